"""What the modules of `types/` and `records.py` say: views for their templates."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..contract.accepting import accepted
from ..contract.address import find_field
from ..contract.changes import AddField
from ..contract.contract import Contract, View
from ..contract.history import History
from ..contract.types import EnumType, ObjectType, Ref, UnionOf, Unknown
from ..contract.views import ViewField, objects_in, rest_view, view_fields
from ..convert.conversions import NULL, Boxed, Chosen, Coded, Conversion, Each, Mapped, Then, Unboxed
from ..convert.nodes import Group, Leaf, Node
from ..convert.records import Record, RecordField, Records
from ..convert.stated import is_rest
from .choosing import choosing_function
from .coding import readable
from .converters import Choosing, Converter, Converters, Joining, Mode
from .expressions import Names, constant_of, enum_table
from .joining import joining_functions
from .python import annotated, plain, text
from .shapes import Shape, Side, is_keyed
from .showing import Function, Showing
from .variants import variant_names, words_of
from .writing import Writing


@dataclass(frozen=True)
class AttributeView:
    """One attribute of a record class."""

    attr: str
    annotation: str
    default: str
    comment: str


@dataclass(frozen=True)
class RecordView:
    """One record class."""

    name: str
    doc: str
    fields: tuple[AttributeView, ...]


@dataclass(frozen=True)
class EnumTable:
    """A constant that maps an enum's values to the record's, or back."""

    name: str
    keys: str
    values: str
    rows: tuple[tuple[str, str], ...]
    kind: str = "dict"
    """`Open`, `OpenMeaning` and `Otherwise` are for enums that have other values too."""
    otherwise: str = ""
    """What those are shown as, if it is always the same."""


@dataclass(frozen=True)
class EnumView:
    """One distinct form of an enum, or the record's own values; an `open` one has any other text too."""

    name: str
    doc: str
    values: tuple[str, ...]
    tables: tuple[EnumTable, ...] = ()
    open: bool = False


@dataclass(frozen=True)
class WireField:
    """One key of a TypedDict."""

    name: str
    key: str
    annotation: str
    quoted: str


@dataclass(frozen=True)
class ShapeView:
    """One TypedDict."""

    name: str
    doc: str
    constant: str
    closed: bool
    functional: bool
    fields: tuple[WireField, ...]
    open: bool = False
    """Whether it keeps keys that it does not know."""
    guarded: bool = False
    """Whether it says that it ignores them: else it would do what the object does that holds it."""
    rest: str = ""
    """The type of what those hold, where that is bounded."""
    known: tuple[str, ...] = ()
    """Every name that is none of them, as literals."""
    other_names: tuple[tuple[str, str], ...] = ()
    """Other names of values, each with the way to the value's own place: literals."""
    needed: str = ""
    """The places of which one name has to be sent, as the arguments of a decorator."""


@dataclass(frozen=True)
class UnionView:
    """One class of values of several types."""

    name: str
    doc: str
    constant: str
    bases: str
    """The base class, and what tells the variants apart."""
    variants: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TypesModule:
    """One module of `types/`."""

    name: str
    doc: str
    imports: tuple[str, ...]
    enums: tuple[EnumView, ...]
    shapes: tuple[ShapeView, ...]
    functions: tuple[Function, ...]
    unions: tuple[UnionView, ...] = ()
    checks: tuple[tuple[str, str], ...] = ()
    """The constants that check single values, each with its type."""


def enum_views(records: Records) -> list[EnumView]:
    """The enums of `records.py`."""
    return [EnumView(e.name, "", _literal(e.type), open=e.type.open) for e in records.enums.values()]


constant = constant_of
"""The name of a shape's reader and writer: `USER_V1`."""


def record_views(records: Records, keeping: frozenset[str]) -> tuple[RecordView, ...]:
    """The record classes, in the order of the newest contract."""
    made = []
    for record in records.objects.values():
        fields = [_attribute(f, records) for f in record.fields]
        if record.identity in keeping:
            fields.append(AttributeView("kept", "Kept", "field(default_factory=dict)", ""))
        fields = _told_apart(fields)
        what = "resource" if record.resource else "object"
        made.append(RecordView(record.name, f"The {what} `{record.name}`.", tuple(fields)))
    return tuple(made)


def _attribute(f: RecordField, records: Records) -> AttributeView:
    annotation = plain(f.type, records.name)
    if annotation != "Any":
        annotation += "" if f.required else " | Absent"
        annotation += " | None" if f.nullable and not annotation.endswith(" | None") else ""
    comment = "what it was sent and does not know" if is_rest(f.field) else "" if f.shown else "for older versions"
    default = "" if f.required else "ABSENT"
    return AttributeView(f.attr, annotation, "UNASSIGNED" if f.required and not f.shown else default, comment)


_OUTSIDE = {
    **dict.fromkeys(("date", "datetime", "time", "timedelta"), "dt"),
    **dict.fromkeys(("str", "int", "float", "bool", "bytes", "list", "dict"), "builtins"),
    "field": "dataclasses",
}


def _told_apart(fields: list[AttributeView]) -> list[AttributeView]:
    """`fields`, where an attribute called like a type (`date: date`) does not hide that type from the others."""
    names = [f.attr for f in fields if f.attr in _OUTSIDE]
    if not names:
        return fields
    hidden = re.compile(rf"(?<![\w.\"])({'|'.join(names)})(?![\w\"])")

    def qualified(said: str) -> str:
        return said if "Literal[" in said else hidden.sub(lambda m: f"{_OUTSIDE[m[1]]}.{m[1]}", said)

    return [AttributeView(f.attr, qualified(f.annotation), qualified(f.default), f.comment) for f in fields]


def types_modules(converters: Converters) -> tuple[TypesModule, ...]:
    """Every module of `types/`."""
    shapes = converters.shapes
    by_module: dict[str, list[Shape]] = {}
    for shape in shapes.all:
        by_module.setdefault(shape.module, []).append(shape)
    made: list[Made] = [*converters.all, *converters.all_choosing, *converters.all_joining]
    written = {c: _write(c, converters) for c in made}
    used = _used(converters, {c: w.calls for c, w in written.items()})
    tables = _enum_tables(converters)
    modules = sorted({*by_module, *(c.module for c in used)})
    return tuple(
        _module(
            name,
            converters,
            by_module.get(name, []),
            [w for c, w in written.items() if c.module == name and c in used],
            tables,
        )
        for name in modules
    )


@dataclass(frozen=True)
class _Written:
    """The functions of one converter, with what they call and where that is."""

    functions: tuple[Function, ...]
    calls: frozenset[Made]
    imports: frozenset[str]
    checks: Mapping[str, str]


def _write(made: Made, converters: Converters) -> _Written:
    names = Names(converters, made.module)
    if isinstance(made, Choosing):
        functions = [choosing_function(names, made)]
    elif isinstance(made, Joining):
        functions = joining_functions(names, made)
    else:
        maker = Showing if made.mode is Mode.SHOW else Writing
        functions = maker(names, made, _converter_doc(made, converters)).functions()
    return _Written(tuple(functions), frozenset(names.called), frozenset(names.imports), names.checks)


Made = Converter | Choosing | Joining


def _used(converters: Converters, calls: Mapping[Made, frozenset[Made]]) -> set[Made]:
    """The converters that an operation needs, directly or inside another one."""
    found: set[Made] = set(_wanted(converters))
    waiting = list(found)
    while waiting:
        for called in calls[waiting.pop()]:
            if called not in found:
                found.add(called)
                waiting.append(called)
    return found


def _wanted(converters: Converters) -> Iterable[Made]:
    for contract in converters.history.contracts:
        for held, view, crossing in converters.carried.get(contract.version, ()):
            for type_ in objects_in(contract, held):
                found = converters.of.get((Side(contract.version, type_.identity, view), _MODES.get(view, Mode.CREATE)))
                yield from () if found is None else (found,)
            yield from converters.choosing_in(contract, crossing, view)


_MODES = {View.OUTPUT: Mode.SHOW, View.UPDATE: Mode.UPDATE, View.REPLACE: Mode.REPLACE}


def _module(
    name: str,
    converters: Converters,
    shapes: list[Shape],
    written: list[_Written],
    tables: dict[str, list[EnumTable]],
) -> TypesModule:
    names = Names(converters, name)
    enums = tuple(
        EnumView(s.name, _said(s, converters.history), _literal(s.type), tuple(tables.get(s.name, ())), s.type.open)
        for s in shapes
        if isinstance(s.type, EnumType)
    )
    objects = tuple(_shape(s, names) for s in shapes if isinstance(s.type, ObjectType))
    unions = tuple(_union(s, s.type, names) for s in shapes if isinstance(s.type, UnionOf))
    kinds = "values" if enums and not objects else "forms"
    if name == converters.shapes.messages:
        doc = "Values of several types that requests and answers are made of"
    else:
        doc = f"The {kinds} of {shapes[0].title} that versions show and accept"
    return TypesModule(
        name=name,
        doc=doc + (", and their ways to and from the record." if written else "."),
        imports=tuple(sorted(names.imports.union(*(w.imports for w in written)))),
        enums=enums,
        shapes=objects,
        functions=tuple(f for w in written for f in w.functions),
        unions=unions,
        checks=tuple({name: type_ for w in written for name, type_ in w.checks.items()}.items()),
    )


def _union(shape: Shape, union: UnionOf, names: Names) -> UnionView:
    contract = names.converters.contracts[shape.origin.version]
    named = zip(variant_names(union), union.variants, strict=True)
    bases = ["OneOf"]
    if union.discriminator is not None:
        words = ", ".join(f"{text(word)}: {text(name)}" for word, name in words_of(union))
        bases += [f"told_by={text(union.discriminator.property)}", f"words={{{words}}}"]
    bases += [] if union.exclusive else ["exclusive=False"]
    return UnionView(
        name=shape.name,
        doc=_said(shape, names.converters.history),
        constant=constant(shape),
        bases=", ".join(bases),
        variants=tuple((n, names.wire(contract, v, shape.origin.view)) for n, v in named if v != NULL),
    )


def _literal(type_: EnumType) -> tuple[str, ...]:
    return tuple(text(v.value) for v in type_.values)


def _shape(shape: Shape, names: Names) -> ShapeView:
    contract = names.converters.contracts[shape.origin.version]
    assert isinstance(shape.type, ObjectType)
    fields = tuple(_wire_field(f, shape, contract, names) for f in shape.fields if not is_rest(f.field))
    functional = any(not f.name.isidentifier() or keyword.iskeyword(f.name) or f.name.startswith("__") for f in fields)
    return ShapeView(
        name=shape.name,
        doc=_said(shape, names.converters.history),
        constant=constant(shape),
        closed=shape.type.unknown is Unknown.REFUSE,
        functional=functional,
        fields=fields,
        open=shape.type.unknown is Unknown.KEEP,
        guarded=shape.type.unknown is Unknown.IGNORE and names.converters.shapes.mixed,
        rest=_rest(shape, shape.type, contract, names),
        known=tuple(text(f.name) for f in shape.type.fields if not is_rest(f))
        if shape.type.unknown is Unknown.KEEP
        else (),
        other_names=tuple((text(name), _tuple(path)) for name, path in shape.other_names),
        needed="".join(f", {_tuple(path)}" for path in shape.needed),
    )


def _tuple(words: tuple[str, ...]) -> str:
    return f"({', '.join(map(text, words))}{',' if len(words) == 1 else ''})"


def _keyed(f: ViewField, shape: Shape, contract: Contract) -> tuple[str, ...]:
    """The validator of a list that is sent, whose items are told apart by their key."""
    if shape.origin.view is View.OUTPUT or not is_keyed(contract, f.type):
        return ()
    item = next(objects_in(contract, f.type))
    sent = (s.name for s in view_fields(item, f.nested) if s.field.key)
    return tuple(f"scalars.keyed({text(name)})" for name in sent)


def _rest(shape: Shape, type_: ObjectType, contract: Contract, names: Names) -> str:
    """What bounds fields that a type does not know; null takes one away in a partial update (RFC 7396)."""
    if type_.rest is None:
        return ""
    held = names.wire(contract, type_.rest, rest_view(shape.origin.view))
    if shape.origin.view is not View.UPDATE or held in ("Any", "None") or held.endswith(" | None"):
        return held
    return f"Annotated[{held} | None, Promised({held})]"


def _wire_field(f: ViewField, shape: Shape, contract: Contract, names: Names) -> WireField:
    crossing, splits = _crossing(f, shape, names.converters)
    found = _readable(crossing) or Coded(())
    check = found.rest if isinstance(found, Then) else found
    before = names.enum_map(found.first, "UP") if isinstance(found, Then) else ""
    extra = readable(check, splits, before=before)
    annotation = names.wire(contract, f.wire, f.nested, extra, whole=bool(splits) or check.whole)
    annotation = annotated(annotation, _keyed(f, shape, contract))
    if f.wire != f.promised:
        annotation = annotated(annotation, (f"Promised({names.wire(contract, f.promised, f.nested)})",))
    if f.nested is not View.OUTPUT:
        read = (f"Accepts(codecs.{accepted(f.type)[form]})" for form in f.field.accepts or ())
        annotation = annotated(annotation, tuple(read))
    if f.nullable and annotation != "None" and not annotation.endswith(" | None"):
        annotation += " | None"
    if not f.required:
        annotation = f"NotRequired[{annotation}]"
    return WireField(f.name, text(f.name), annotation, text(annotation))


def _crossing(f: ViewField, shape: Shape, converters: Converters) -> tuple[Conversion | None, tuple[str, ...]]:
    """How the values of a field cross, for the first converter of its shape, and the hook that splits them then."""
    mapping = converters.by_shape.get(id(shape))
    nodes = () if mapping is None else mapping.nodes
    node = next((n for n in nodes if f.field.identity in _identities(n)), None)
    if isinstance(node, Group):
        first = next(j for j in node.program.joints if f.field.identity in (o.identity for o in j.older))
        splits = (first.ways[0],) if first.hook and first.splits else ()
        return node.program.slots[f.field.identity].conversion, splits
    return (node.conversion if isinstance(node, Leaf) else None), ()


def _identities(node: Node) -> tuple[str, ...]:
    return node.program.members if isinstance(node, Group) else (node.field.field.identity,)


def _readable(conversion: Conversion | None) -> Coded | Then | None:
    """The codecs on the way up, which may fail: their validator refuses what they could not convert."""
    while isinstance(conversion, Each | Chosen):
        if isinstance(conversion, Each):
            conversion = conversion.inner
        elif len(conversion.here) == 1 and conversion.up[0] is not None:
            conversion = conversion.up[0].conversion
        else:
            return None
    return conversion if isinstance(conversion, Coded | Then) else None


def _enum_tables(converters: Converters) -> dict[str, list[EnumTable]]:
    """The tables that some leaf uses, by the name of the enum's shape."""
    found: dict[str, dict[str, EnumTable]] = {}
    for mapped in _mapped(converters):
        shape = converters.shapes.enums[mapped.version, mapped.enum]
        record = f"records.{converters.records.name(mapped.enum)}"
        table, meaning = ("Open", "OpenMeaning") if mapped.open else ("dict", "dict")
        closed = isinstance(shape.type, EnumType) and not shape.type.open
        taken = f"{shape.name} | str" if mapped.open and closed else shape.name
        rows_up = tuple((text(k), text(v)) for k, v in mapped.up.items())
        rows_down = tuple((text(k), text(v)) for k, v in mapped.down.items())
        mine = found.setdefault(shape.name, {})
        means = record if mapped.open else f"tuple[{record}, ...]"
        other = "" if mapped.other is None else text(mapped.other)
        for way, keys, values, rows, kind, otherwise in (
            ("UP", taken, record, rows_up, table, ""),
            ("DOWN", record, shape.name, rows_down, "Otherwise" if other else table, other),
            ("MEANS", taken, means, _means(mapped), meaning, ""),
        ):
            name = enum_table(shape, mapped, way)
            mine.setdefault(name, EnumTable(name, keys, values, rows, kind, otherwise))
    return {name: list(tables.values()) for name, tables in found.items()}


def _means(mapped: Mapped) -> tuple[tuple[str, str], ...]:
    """For each value of the version, the record's values that are shown as it: what a filter asks for."""
    rows = []
    for value in mapped.up:
        stored = [text(r) for r, shown in mapped.down.items() if shown == value]
        if value == mapped.other:
            others = [text(r) for r, shown in mapped.down.items() if shown != value]
            rows.append((text(value), f"Except([{', '.join(others)}])"))
            continue
        rows.append((text(value), f"({', '.join(stored)}{',' if len(stored) == 1 else ''})"))
    return tuple(rows)


def _mapped(converters: Converters) -> Iterable[Mapped]:
    crossings = [leaf.conversion for c in converters.all for leaf in c.mapping.leaves()]
    crossings += [made.conversion for c in converters.all for made in c.mapping.computed]
    crossings += [crossing for carried in converters.carried.values() for _, _, crossing in carried]
    while crossings:
        match crossings.pop(0):
            case Mapped() as found:
                yield found
            case Then(first=found):
                yield found
            case Each(inner) | Boxed(inner=inner) | Unboxed(inner=inner):
                crossings.append(inner)
            case Chosen(up=up, down=down):
                crossings += [way.conversion for way in (*up, *down) if way is not None]
            case _:
                pass


_SIDES = {
    View.OUTPUT: "{name} as it is shown, since {version}.",
    View.INPUT: "{name} as it is sent, since {version}.",
    View.CREATE: "What {name} is created from, since {version}.",
    View.REPLACE: "What replaces {name}, since {version}.",
    View.UPDATE: "What changes parts of {name}, since {version}.",
}


def _said(shape: Shape, history: History) -> str:
    if isinstance(shape.type, EnumType):
        return f"The values of {shape.title} since {shape.origin.version}."
    if isinstance(shape.type, UnionOf):
        alone = "" if shape.type.exclusive else ", or of several"
        return f"One of the types of {shape.title}{alone}, since {shape.origin.version}."
    return _SIDES[shape.origin.view].format(name=shape.title, version=shape.origin.version)


_DOES = {
    Mode.SHOW: "Show the record to a client of {version}.",
    Mode.CREATE: "Make the record that a client of {version} asks for.",
    Mode.REPLACE: "Replace what a client of {version} can see of the record.",
    Mode.UPDATE: "Change what a client of {version} sent, and nothing else.",
}


def _converter_doc(converter: Converter, converters: Converters) -> str:
    lines = [_DOES[converter.mode].format(version=converter.side.version)]
    identities = {leaf.field.field.identity for leaf in converter.mapping.leaves()}
    if converter.mode is Mode.SHOW:
        crossed = list(_crossed(converters.history, converter.side.version, converter.mapping.record, identities))
        if crossed:
            lines += ["", *crossed]
    return ("\n    ".join(lines) + ("\n    " if len(lines) > 1 else "")).replace("\n    \n", "\n\n")


def _crossed(history: History, version: str, record: Record, identities: set[str]) -> Iterable[str]:
    """The changes since `version` that this converter crosses, one sentence each."""
    enums = {f.type.name for f in record.fields if isinstance(f.type, Ref)}
    mine = {record.identity, *(f.identity for f in record.fields), *identities, *enums}
    for applied in history.since_about(version, mine):
        change = applied.change
        if isinstance(change, AddField):
            added = find_field(applied.after, change.at).field
            if history.is_backport(version, added.identity):
                continue
        yield f"{applied.version}: {change.sentence()}"
