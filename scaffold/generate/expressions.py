"""Expressions of generated converters: reaching into a record, and a value's way up and down."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..contract.contract import Contract, View
from ..contract.types import MISSING, EnumType, ObjectType, Type
from ..convert.mapping import Leaf
from ..convert.records import RecordField
from ..convert.values import Coded, Conversion, Each, Mapped, Nested, Same
from .converters import Converter, Converters, Mode
from .python import plain, text, value_of
from .shapes import Shape, Side


@dataclass
class Names:
    """What a module of `types/` mentions, and how: everything of another module by that module's name."""

    converters: Converters
    module: str
    imports: set[str] = field(default_factory=set)
    called: set[Converter] = field(default_factory=set)

    def shape(self, shape: Shape) -> str:
        """The name of a shape."""
        return self._qualified(shape.module, shape.name)

    def converter(self, converter: Converter) -> str:
        """The name of a converter."""
        self.called.add(converter)
        return self._qualified(converter.module, converter.name)

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


def enum_table(shape: Shape, mapped: Mapped, way: str) -> str:
    """The constant that maps the values of an enum's shape to the record's, or back."""
    from .python import snake

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

    def down(self, conversion: Conversion, value: str) -> str:
        """`value` of the record as the version is shown it."""
        match conversion:
            case Same():
                return value
            case Coded(steps):
                for step in reversed(steps):
                    value = f"codecs.{step.down}({value})"
                return value
            case Mapped():
                return f"{self.names.enum_map(conversion, 'DOWN')}[{value}]"
            case Nested(record):
                return f"{self._function(record, View.OUTPUT, Mode.SHOW)}({value})"
            case Each(inner, mapping):
                return _each(value, mapping, lambda v: self.down(inner, v))

    def up(self, conversion: Conversion, value: str, view: View) -> str:
        """`value` as the version sent it, as the record has it; objects are made anew from side `view`."""
        match conversion:
            case Same():
                return value
            case Coded(steps):
                for step in steps:
                    value = f"codecs.{step.up}({value})"
                return value
            case Mapped():
                return f"{self.names.enum_map(conversion, 'UP')}[{value}]"
            case Nested(record):
                return f"{self._function(record, view, Mode.CREATE)}({value}, now)"
            case Each(inner, mapping):
                return _each(value, mapping, lambda v: self.up(inner, v, view))

    def _function(self, record: str, view: View, mode: Mode) -> str:
        return self.names.converter(self.converter(record, view, mode))

    def converter(self, record: str, view: View, mode: Mode) -> Converter:
        """The converter of a nested object."""
        return self.names.converters.of[Side(self.contract.version, record, view), mode]

    def literal(self, value: object, type_: Type) -> str:
        """A JSON value of the version's `type_` as an expression."""
        return value_of(value, type_)

    def wire_type(self, leaf: Leaf) -> str:
        """The plain Python type of a leaf on the wire."""

        def named(name: str) -> str:
            target = self.contract.types[name]
            view = leaf.field.nested if isinstance(target, ObjectType) else View.OUTPUT
            if isinstance(target, EnumType):
                return self.names.shape(self.names.converters.shapes.enum(self.contract, name))
            return self.names.shape(self.names.converters.shapes.object(self.contract, name, view))

        return plain(leaf.field.type, named)


def _each(value: str, mapping: bool, inner: object) -> str:
    made = inner("item")  # type: ignore[operator]  # a function from text to text
    if mapping:
        return f"{{key: {made} for key, item in {value}.items()}}"
    return f"[{made} for item in {value}]"


def shown(cross: Crossing, leaf: Leaf, at: Place) -> tuple[str, bool]:
    """The expression of what a version is shown for `leaf`, and whether it may be ABSENT."""
    value = cross.down(leaf.conversion, at.access)
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
    fallback = leaf.shown_absent if leaf.shown_absent is not MISSING else leaf.field.field.default
    if leaf.field.required and fallback is not MISSING:
        return f"({value}) if {condition} else {cross.literal(fallback, type_)}", False
    return f"({value}) if {condition} else ABSENT", True


def complex_(leaf: Leaf) -> bool:
    """Whether a leaf takes more than an expression: what is shown decides what is stored."""
    return leaf.shadowed or leaf.as_seen


def quoted(leaf: Leaf) -> str:
    """The wire name of a leaf as a literal."""
    return text(leaf.field.name)
