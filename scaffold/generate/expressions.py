"""Expressions of generated converters: reaching into a record, and a value's way up and down."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from ..contract.contract import Contract, View
from ..contract.fitting import fits
from ..contract.hooks import hook_name
from ..contract.naming import safe_name
from ..contract.types import (
    MISSING,
    EnumType,
    Json,
    Kind,
    ListOf,
    MapOf,
    ObjectType,
    Ref,
    Scalar,
    Type,
    UnionOf,
)
from ..convert.conversions import (
    Boxed,
    Chosen,
    Coded,
    Conversion,
    Each,
    Mapped,
    Nested,
    Same,
    Then,
    Unboxed,
    Way,
    innermost,
    wrapped,
)
from ..convert.enums import refused
from ..convert.nodes import Group, Inline, Leaf, Node
from ..convert.records import RecordField
from .coding import decoded, each_item, encoded, ends_in_null, nested_each
from .converters import Choosing, Converter, Converters, Joining, Mode, marks_presence, said
from .python import NULL, annotated, literal_of, plain, snake, text, value_of, wire
from .shapes import Shape, Side
from .variants import shape_variants


@dataclass
class Names:
    """What a module of `types/` mentions, and how: everything of another module by that module's name."""

    converters: Converters
    module: str
    imports: set[str] = field(default_factory=set)
    checks: dict[str, str] = field(default_factory=dict)
    """The constants that check single values beside their shapes: the type of each, by name."""
    called: set[Converter | Choosing | Joining] = field(default_factory=set)

    def shape(self, shape: Shape) -> str:
        """The name of a shape."""
        return self._qualified(shape.module, shape.name)

    def constant(self, shape: Shape) -> str:
        """The name of a shape's reader and writer."""
        return self._qualified(shape.module, constant_of(shape))

    def wire(
        self, contract: Contract, type_: Type, view: View, extra: tuple[str, ...] = (), *, whole: bool = False
    ) -> str:
        """The annotation that reads and shows a type of `contract` on the wire.

        `extra` are more validators: of single values, or of the `whole`.
        """
        union = self._union(contract, view)

        def named(name: str) -> str:
            return self._taken(contract, name, view)

        return annotated(wire(type_, named, (), union), extra) if whole else wire(type_, named, extra, union)

    def plain(self, contract: Contract, type_: Type, view: View) -> str:
        """The Python type of a value of `contract` once it is read from the wire."""
        shapes = self.converters.shapes
        return plain(type_, lambda name: self.shape(shapes.named(contract, name, view)), self._union(contract, view))

    def held(self, type_: Type) -> str:
        """The Python type of a value as records hold it; `type_` is by identity."""
        return plain(type_, self.record)

    def _taken(self, contract: Contract, name: str, view: View) -> str:
        """The annotation of a named type: of an enum without the values that clients may not send any more."""
        shape = self.shape(self.converters.shapes.named(contract, name, view))
        enum = contract.types[name]
        gone = () if view is View.OUTPUT else refused(self.converters.history, contract.version, enum)
        if not gone or not isinstance(enum, EnumType):
            return shape
        left = literal_of(tuple(v.value for v in enum.values if v.value not in gone))
        return f"Annotated[{left}, Promised({shape})]"

    def _union(self, contract: Contract, view: View) -> Callable[[UnionOf], str]:
        return lambda union: self.shape(self.converters.shapes.union(contract, union, view))

    def check(self, wanted: str, type_: str) -> str:
        """The name of a constant that reads values of `type_`, like `wanted`."""
        name = wanted
        while self.checks.setdefault(name, type_) != type_:
            name += "_"
        return name

    def converter(self, converter: Converter | Choosing) -> str:
        """The name of a converter."""
        self.called.add(converter)
        return self._qualified(converter.module, converter.name)

    def joining(self, joining: Joining, function: str) -> str:
        """The name of one of the functions of a group."""
        self.called.add(joining)
        return self._qualified(joining.module, function)

    def enum_map(self, mapped: Mapped, way: str) -> str:
        """The name of an enum's table, `way` being UP or DOWN."""
        shape = self.converters.shapes.enums[mapped.version, mapped.enum]
        return self._qualified(shape.module, enum_table(shape, mapped, way))

    def record(self, identity: str) -> str:
        """The name of a record class or of the values of an enum."""
        return f"records.{self.converters.records.name(identity)}"

    def _qualified(self, module: str, name: str) -> str:
        if module == self.module:
            return name
        self.imports.add(module)
        return f"{module}_shapes.{name}"


def constant_of(shape: Shape) -> str:
    """The name of a shape's reader and writer in its own module: `USER_V1`; `ACHV1_SHAPE` of a class `ACHV1`."""
    name = snake(shape.name).upper()
    return f"{name}_SHAPE" if name == shape.name else name


def enum_table(shape: Shape, mapped: Mapped, way: str) -> str:
    """The constant that maps the values of an enum's shape to the record's, or back."""
    return f"{snake(shape.name).upper()}_{way}"


@dataclass(frozen=True)
class Place:
    """A record attribute as an expression, with what must hold for it to be there."""

    access: str
    parents: tuple[str, ...]
    """Conditions under which the attribute can be reached at all."""
    optional: bool
    nullable: bool

    @property
    def present(self) -> tuple[str, ...]:
        """Conditions under which there is a value, null included."""
        return (*self.parents, f"{self.access} is not ABSENT") if self.optional else self.parents

    @property
    def or_absent(self) -> str:
        """The attribute, or ABSENT where it cannot be reached."""
        return f"{self.access} if {' and '.join(self.parents)} else ABSENT" if self.parents else self.access


def place(base: str, path: tuple[RecordField, ...]) -> Place:
    """Where `path` leads from the record called `base`."""
    access, parents = base, []
    for step in path[:-1]:
        access = f"{access}.{step.attr}"
        if not step.required:
            parents.append(f"{access} is not ABSENT")
        if step.nullable:
            parents.append(f"{access} is not None")
    end = path[-1]
    return Place(f"{access}.{end.attr}", tuple(parents), not end.required, end.nullable)


@dataclass
class Crossing:
    """Makes the expressions by which values cross, for one version's contract."""

    names: Names
    contract: Contract

    def guarded(self, conversion: Conversion) -> bool:
        """Whether objects in a value may be refused though their shapes let them pass: then errors name their place."""
        inner = innermost(conversion)
        return isinstance(inner, Nested) and inner.record in self.names.converters.guarded

    def down(self, conversion: Conversion, value: str) -> str:
        """`value` of the record as the version is shown it."""
        match conversion:
            case Chosen(record=(_,)):
                return self.shown_as(conversion, conversion.down[0], value)
            case Chosen():
                return f"{self.choosing(conversion, View.OUTPUT)}({value})"
            case Same():
                return value
            case Coded():
                return decoded(conversion, value, ())
            case Mapped():
                return f"{self.names.enum_map(conversion, 'DOWN')}[{value}]"
            case Nested(record):
                return f"{self._function(record, View.OUTPUT, Mode.SHOW)}({value})"
            case Then(first, rest):
                shown = decoded(rest, value, ())
                if not ends_in_null(rest):
                    return self.down(first, shown)
                return f"codecs.unless_null({self.names.enum_map(first, 'DOWN')}.__getitem__, {shown})"
            case Boxed(name, inner):
                return f"{{{text(name)}: {self.down(inner, value)}}}"
            case Unboxed(record, held, inner):
                return self.down(inner, f"{value}.{self._attr(record, held)}")
            case Each(inner, mapping):
                levels = [mapping]
                while isinstance(inner, Each):
                    levels, inner = [*levels, inner.mapping], inner.inner
                if isinstance(inner, Coded):
                    return decoded(inner, value, tuple(levels))
                if isinstance(inner, Then):
                    shown = decoded(inner.rest, value, tuple(levels))
                    table = f"{self.names.enum_map(inner.first, 'DOWN')}.__getitem__"
                    if not ends_in_null(inner.rest):
                        return nested_each(shown, tuple(levels), table)
                    each = f"lambda value: {nested_each('value', tuple(levels), table)}"
                    return f"codecs.unless_null({each}, {shown})"
                return each_item(value, mapping, lambda v: self.down(conversion.inner, v))

    def shown_as(self, chosen: Chosen, way: Way | None, value: str) -> str:
        """`value`, which is of the record's variant that goes this `way`, as the version is shown it."""
        assert way is not None  # else nothing is made of it
        type_ = chosen.here[way.to]
        made = self.down(way.conversion, value) if way.stated is MISSING else self.literal(way.stated, type_)
        return self.wrapped(chosen, way.to, made)

    def wrapped(self, chosen: Chosen, variant: int, value: str) -> str:
        """`value` of one variant as it stands on the wire."""
        if chosen.here[variant] == NULL:
            return "None"
        if not chosen.wraps or chosen.union is None:
            return value
        return self._as_variant(chosen.union, View.OUTPUT, variant, value)

    def _as_variant(self, union: UnionOf, view: View, variant: int, value: str) -> str:
        shape = self.names.converters.shapes.union(self.contract, union, view)
        return f"{self.names.shape(shape)}({shape_variants(shape)[variant]}={value})"

    def choosing(self, chosen: Chosen, view: View) -> str:
        """The function that carries a value of one of several types."""
        return self.names.converter(self.names.converters.choosing[self.contract.version, said(chosen), view])

    def up(self, conversion: Conversion, value: str, view: View) -> str:
        """`value` as the version sent it, as the record has it; objects are made anew from side `view`."""
        match conversion:
            case Chosen(here=(_,)):
                return self.kept_as(conversion, conversion.up[0], value, view)
            case Chosen():
                return f"{self.choosing(conversion, view)}({value}, now)"
            case Same():
                return value
            case Coded():
                return encoded(conversion, value, ())
            case Mapped():
                return f"{self.names.enum_map(conversion, 'UP')}[{value}]"
            case Nested(record):
                return f"{self._function(record, view, Mode.CREATE)}({value}, now)"
            case Then(first, rest):
                return encoded(rest, self.up(first, value, view), ())
            case Boxed(name, inner):
                return self.up(inner, f"{value}[{text(name)}]", view)
            case Unboxed(record, held, inner):
                made = self.up(inner, value, view)
                return f"{self.names.record(record)}({self._attr(record, held)}={made})"
            case Each(inner, mapping):
                if isinstance(inner, Nested) and self.guarded(inner):
                    return _each_inside(value, mapping, self._function(inner.record, view, Mode.CREATE))
                levels = [mapping]
                while isinstance(inner, Each):
                    levels, inner = [*levels, inner.mapping], inner.inner
                if isinstance(inner, Coded):
                    return encoded(inner, value, tuple(levels))
                if isinstance(inner, Then):
                    table = f"{self.names.enum_map(inner.first, 'UP')}.__getitem__"
                    return encoded(inner.rest, nested_each(value, tuple(levels), table), tuple(levels))
                box = conversion.inner
                only = box.name if isinstance(box, Boxed) and not box.sure else ""
                return each_item(value, mapping, lambda v: self.up(conversion.inner, v, view), only)

    def kept_as(self, chosen: Chosen, way: Way | None, value: str, view: View) -> str:
        """`value`, which is of the version's variant that goes this `way`, as the record has it."""
        assert way is not None  # else nothing is made of it
        if way.stated is not MISSING:
            return self.stored(way.stated, chosen.record[way.to])
        return self.up(way.conversion, value, view)

    def _attr(self, record: str, field: str) -> str:
        return self.names.converters.records.objects[record].by_identity[field].attr

    def _function(self, record: str, view: View, mode: Mode) -> str:
        return self.names.converter(self.converter(record, view, mode))

    def converter(self, record: str, view: View, mode: Mode) -> Converter:
        """The converter of a nested object."""
        return self.names.converters.of[Side(self.contract.version, record, view), mode]

    def literal(self, value: object, type_: Type, view: View = View.OUTPUT) -> str:
        """A JSON value of the version's `type_` as an expression, seen from side `view`."""

        def made(name: str, fields: dict[str, Json]) -> str:
            target = self.contract.types[name]
            assert isinstance(target, ObjectType)
            types = {f.name: f.type for f in target.fields}
            parts = [f"{text(k)}: {self.literal(v, types[k], view)}" for k, v in fields.items() if k in types]
            return f"{{{', '.join(parts)}}}"

        match type_:
            case ListOf(items=inner) if value is not None:
                return f"[{', '.join(self.literal(v, inner, view) for v in _list(value))}]"
            case MapOf(values=inner) if isinstance(value, dict):
                return f"{{{', '.join(f'{text(k)}: {self.literal(v, inner, view)}' for k, v in value.items())}}}"
            case UnionOf(variants) if value is not None:
                number = next((n for n, v in enumerate(variants) if fits(self.contract, v, value, view=view)), 0)
                literal = self.literal(value, variants[number], view)
                if not wrapped(variants):
                    return literal
                return self._as_variant(type_, view, number, literal)
        return value_of(value, type_, made)

    def typed(self, value: object, leaf: Leaf) -> str:
        """A JSON value of a leaf's own type as an expression that a type checker takes for it."""
        made = self.literal(value, leaf.field.type, leaf.field.nested)
        inner = leaf.field.type
        while isinstance(inner, ListOf | MapOf):
            inner = inner.items if isinstance(inner, ListOf) else inner.values
        if isinstance(inner, Ref) and not isinstance(value, str | None):
            return f"cast({text(self.wire_type(leaf))}, {made})"
        return made

    def stored(self, value: object, type_: Type) -> str:
        """A JSON value of a record's `type_`, in the newest words, as an expression."""
        inside: list[str] = []

        def made(identity: str, fields: dict[str, Json]) -> str:
            inside.append(identity)
            record = self.names.converters.records.objects[identity]
            parts = []
            for f in record.fields:
                if f.shown and f.field.name in fields:
                    parts.append(f"{f.attr}={self.stored(fields[f.field.name], f.type)}")
                elif f.field.on_create is not None:
                    parts.append(f"{f.attr}={moment(f)}")
                elif f.required and f.field.default is not MISSING:
                    parts.append(f"{f.attr}={self.stored(f.field.default, f.type)}")
                elif f.required and isinstance(f.type, Ref) and f.type.name in self.names.converters.records.objects:
                    endless = f.type.name in inside and not fields
                    parts.append(f"{f.attr}={'UNASSIGNED' if endless else made(f.type.name, {})}")
            inside.pop()
            return f"{self.names.record(identity)}({', '.join(parts)})"

        return value_of(value, type_, made)

    def wire_type(self, leaf: Leaf) -> str:
        """The plain Python type of a leaf on the wire."""

        return self.names.plain(self.contract, leaf.field.type, leaf.field.nested)


def _list(value: object) -> list[Json]:
    assert isinstance(value, list)
    return value


def _each_inside(value: str, mapping: bool, create: str) -> str:
    """Every item made by `create`, which says where it refuses one."""
    if mapping:
        return f"{{key: inside(key, {create}, item, now) for key, item in {value}.items()}}"
    return f"[inside(nth, {create}, item, now) for nth, item in enumerate({value})]"


def moment(field: RecordField) -> str:
    """What `on_create` puts into a record."""
    stated = field.field.on_create
    if (hook := hook_name(stated)) is not None:
        return f"hooks.{hook}(now)"
    times = {Kind.DATETIME: "now", Kind.DATE: "now.date()", Kind.TIME: "now.timetz()"}
    if stated == "now" and isinstance(field.type, Scalar) and field.type.kind in times:
        return times[field.type.kind]
    return value_of(stated, field.type)


def shown(cross: Crossing, leaf: Leaf, at: Place) -> tuple[str, bool]:
    """The expression of what a version is shown for `leaf`, and whether it may be ABSENT."""
    value = cut(cross.down(leaf.conversion, at.access), leaf)
    type_ = leaf.field.type
    if at.nullable:
        if leaf.field.nullable:
            if value != at.access:
                value = f"{value} if {at.access} is not None else None"
        elif leaf.shown_null is not MISSING:
            value = f"{value} if {at.access} is not None else {cross.literal(leaf.shown_null, type_)}"
    if not at.present:
        return value, False
    condition = " and ".join(at.present)
    if leaf.shown_absent is not MISSING:
        return f"({value}) if {condition} else {cross.literal(leaf.shown_absent, type_)}", False
    return f"({value}) if {condition} else ABSENT", True


def cut(value: str, leaf: Leaf) -> str:
    """`value` within the bounds that the version promises, where records may go beyond them."""
    bounds, type_ = dict(leaf.field.field.cut), leaf.field.type
    most = bounds.get("max_length", bounds.get("max_items"))
    if most is not None:
        value = f"{value}[:{most}]"
    for name, bound in _inclusive(bounds, type_):
        value = f"{'max' if name == 'ge' else 'min'}({value}, {value_of(bound, type_)})"
    return value


def _inclusive(bounds: dict[str, Json], type_: Type) -> Iterator[tuple[str, Json]]:
    """The bounds of a number as the least and the most that it may be."""
    whole = isinstance(type_, Scalar) and type_.kind is Kind.INT
    for name, bound in bounds.items():
        if name in ("ge", "le"):
            yield name, (math.ceil(bound) if name == "ge" else math.floor(bound)) if whole else bound
        elif name in ("gt", "lt"):
            up = name == "gt"
            nearest = (math.floor(bound) + 1 if up else math.ceil(bound) - 1) if whole else None
            yield (
                "ge" if up else "le",
                math.nextafter(bound, math.inf if up else -math.inf) if nearest is None else nearest,
            )


def complex_(leaf: Leaf) -> bool:
    """Whether a leaf takes more than an expression: what is shown decides what is stored."""
    return leaf.shadowed or leaf.as_seen


def helper_names(converter: Converter) -> dict[object, str]:
    """The small functions beside a showing converter, by the place in the record that each looks at.

    There is one for each field whose shown value decides something, and one for each object that is put together.
    """
    found: dict[object, str] = {}
    taken: set[str] = set()

    def walk(nodes: tuple[Node, ...]) -> None:
        for node in nodes:
            if isinstance(node, Group):
                named = "_".join(safe_name(f.name) for f in node.fields).lower() if node.shown else ""
            elif isinstance(node, Inline):
                named = safe_name(node.field.name).lower() if marks_presence(node) else ""
            else:
                named = safe_name(node.field.name).lower() if complex_(node) else ""
            if not named:
                if isinstance(node, Inline):
                    walk(node.children)
                continue
            name = f"_{named}_{converter.name}"
            if name in taken and isinstance(node, Leaf):
                name = f"_{'_'.join(step.attr for step in node.record)}_{converter.name}".lower()
            while name in taken:
                name += "_"
            taken.add(name)
            found[node.record if isinstance(node, Leaf) else node.shadow] = name
            if isinstance(node, Inline):
                walk(node.children)

    walk(converter.mapping.nodes)
    return found


class Locals:
    """The local names of one function: each place gets one that nothing else in it uses."""

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self._taken = {*RESERVED, *reserved}
        self._of: dict[object, str] = {}

    def of(self, place: object, wanted: str) -> str:
        """The name for `place`, like `wanted`; names with `_sent`, `_now`, `_seen` behind it are its own too."""
        if place not in self._of:
            name = wanted
            while name.endswith("_shapes") or not self._taken.isdisjoint(_family(name)):
                name += "_"
            self._taken.update(_family(name))
            self._of[place] = name
        return self._of[place]


def _family(name: str) -> set[str]:
    return {name, *(f"{name}{end}" for end in ("_sent", "_now", "_seen", "_parts"))}


RESERVED = frozenset(
    {"payload", "now", "current", "kept", "record", "records", "codecs", "scalars", "replace", "item", "key", "one"}
    | {
        "shown",
        "stored",
        "made",
        "value",
        "cast",
        "keep",
        "mark",
        "written",
        "cleared",
        "differs",
        "whole",
        "given",
        "together",
        "parted",
        "match_items",
        "merge_keys",
        "merged_keys",
        "dict",
        "enumerate",
        "inside",
        "none_new",
        "nth",
        "unchanged",
        "unknown",
        "within",
    }
    | {"base64", "date", "datetime", "time", "timedelta", "same_seen", "list", "lambda"}
)
"""Names that the functions of a types module use themselves."""


def quoted(leaf: Leaf) -> str:
    """The wire name of a leaf as a literal."""
    return text(leaf.field.name)
