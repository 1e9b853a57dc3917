"""The converters: which functions there are, each with the sides it serves, found the way shapes are."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from ..contract.contract import Contract, View
from ..contract.history import Applied, History
from ..contract.naming import safe_name
from ..contract.places import body_place, messages
from ..contract.reach import Direction
from ..contract.types import ListOf, MapOf, ObjectType, Ref, Type, UnionOf
from ..contract.views import added_by_release, objects_in, view_fields
from ..convert.conversions import Boxed, Chosen, Coded, Conversion, Each, Mapped, Nested, Then, Unboxed, directions_of
from ..convert.joints import consumed
from ..convert.mapping import Mapper
from ..convert.nodes import Computed, Fill, Group, Inline, Leaf, Node, SideMap
from ..convert.records import Records
from ..convert.undecided import undecided
from ..convert.values import conversion
from .python import snake, version_suffix
from .shapes import Shape, Shapes, Side, classes, refers_to, sides


class Mode(StrEnum):
    """What a converter does: shows a record, makes one, or applies a write to one."""

    SHOW = "show"
    CREATE = "create"
    REPLACE = "replace"
    UPDATE = "update"


MODES: dict[View, tuple[Mode, ...]] = {
    View.OUTPUT: (Mode.SHOW,),
    View.INPUT: (Mode.CREATE,),
    View.CREATE: (Mode.CREATE,),
    View.REPLACE: (Mode.CREATE, Mode.REPLACE),
    View.UPDATE: (Mode.UPDATE,),
}
"""The converters that each side of a type needs; a replacement may also meet a place that is empty."""

PREFIX = {Mode.SHOW: "", Mode.CREATE: "create_", Mode.REPLACE: "replace_", Mode.UPDATE: "update_"}


@dataclass(frozen=True, eq=False)
class Converter:
    """One function of a `types/` module."""

    name: str
    module: str
    mode: Mode
    side: Side
    mapping: SideMap


@dataclass(frozen=True, eq=False)
class Choosing:
    """The function that carries a value of one of several types, in one direction.

    `shape` is how the version's union stands on the wire, where there it is one too.
    """

    name: str
    module: str
    mode: Mode
    version: str
    view: View
    chosen: Chosen
    shape: Shape | None
    title: str


@dataclass(frozen=True, eq=False)
class Joining:
    """The pair of functions of one group, `name` being what both are called after."""

    name: str
    module: str
    version: str
    group: Group

    @property
    def shown(self) -> str:
        """The function that makes what is shown of what is stored."""
        return f"shown_{self.name}"

    @property
    def stored(self) -> str:
        """The function that makes what is stored of what was sent."""
        return f"stored_{self.name}"


@dataclass
class Converters:
    """Every converter of a history, and which side uses which."""

    history: History
    records: Records
    shapes: Shapes
    undecided: Mapping[tuple[str, str], tuple[Applied, ...]] = field(default_factory=dict)
    """By version and operation: the changes for which no way is known; nothing is made for it."""
    choosing: dict[tuple[str, Hashable, View], Choosing] = field(default_factory=dict)
    """By version, what the conversion says, and side."""
    all_choosing: list[Choosing] = field(default_factory=list)
    joining: dict[tuple[str, Hashable], Joining] = field(default_factory=dict)
    """By version, and what the group says."""
    all_joining: list[Joining] = field(default_factory=list)
    carried: dict[str, list[tuple[Type, View, Conversion]]] = field(default_factory=dict)
    """By version: what the operations that are answered carry, and how it crosses."""
    of: dict[tuple[Side, Mode], Converter] = field(default_factory=dict)
    all: list[Converter] = field(default_factory=list)
    contracts: dict[str, Contract] = field(default_factory=dict)

    def joining_of(self, version: str, group: Group) -> Joining:
        """The functions that convert the fields of a group."""
        return self.joining[version, said_of_group(group)]

    def choosing_in(self, contract: Contract, crossing: Conversion, view: View) -> Iterator[Choosing]:
        """The function that a conversion takes at its outermost, inside lists and maps."""
        while isinstance(crossing, Each | Boxed | Unboxed):
            crossing = crossing.inner
        if isinstance(crossing, Chosen):
            found = self.choosing.get((contract.version, said(crossing), view))
            yield from () if found is None else (found,)

    @cached_property
    def joined(self) -> frozenset[str]:
        """The fields that splits and merges took away."""
        return consumed(self.history)

    @cached_property
    def guarded(self) -> frozenset[str]:
        """The types that hold a field, at any depth, which is held to more than its shape says: `convert.tolerance`."""
        objects = [(c, t) for c in self.history.contracts for t in c.types.values() if isinstance(t, ObjectType)]
        found = {t.identity for _, t in objects if any(f.loose or f.check or f.dropped for f in t.fields)}
        size = -1
        while size < len(found):
            size = len(found)
            inside = ((t, objects_in(c, f.type)) for c, t in objects for f in t.fields)
            found |= {t.identity for t, held in inside if any(h.identity in found for h in held)}
        return frozenset(found)

    @cached_property
    def live(self) -> frozenset[Side]:
        """The sides that operations which are answered reach."""
        found: set[Side] = set()
        for version, carried in self.carried.items():
            contract = self.contracts[version]
            waiting = [Side(version, t.identity, view) for held, view, _ in carried for t in objects_in(contract, held)]
            while waiting:
                side = waiting.pop()
                type_ = contract.types_by_identity[side.type]
                if side not in found and isinstance(type_, ObjectType):
                    found.add(side)
                    waiting += refers_to(contract, view_fields(type_, side.view, version))
        return frozenset(found)

    @cached_property
    def by_shape(self) -> Mapping[int, SideMap]:
        """The mapping of the first converter that reads or shows each shape, by the shape's `id`."""
        found: dict[int, SideMap] = {}
        for converter in self.all:
            found.setdefault(id(self.shapes.of[converter.side]), converter.mapping)
        return found

    @cached_property
    def keeping(self) -> frozenset[str]:
        """The record types that keep shadows."""
        return frozenset(c.mapping.record.identity for c in self.all if any(keeps(c.mapping)))


def keeps(mapping: SideMap) -> list[Node]:
    """The places of a mapping where what was written may have to be kept word for word."""
    found: list[Node] = []

    def walk(nodes: tuple[Node, ...]) -> None:
        for node in nodes:
            if isinstance(node, Inline):
                if marks_presence(node):
                    found.append(node)
                walk(node.children)
            elif node.shown if isinstance(node, Group) else node.shadowed:
                found.append(node)

    walk(mapping.nodes)
    return found


def groups_of(nodes: tuple[Node, ...]) -> Iterator[Group]:
    """The groups among nodes, those inside objects in parts too."""
    for node in nodes:
        if isinstance(node, Group):
            yield node
        elif isinstance(node, Inline):
            yield from groups_of(node.children)


def marks_presence(node: Inline) -> bool:
    """Whether the object can be there without any of its fields, which the record cannot say."""
    return not node.field.field.required or node.field.field.nullable


def converters(history: History, records: Records, shapes: Shapes) -> Converters:
    """The converters of `history`, which is prepared; a side that no way leads to has none."""
    reached = sides(history)
    mappers = {c.version: Mapper(history, records, c.version) for c in history.contracts}
    mapped: dict[Side, SideMap] = {}
    for side, (_, type_) in reached.items():
        found = mappers[side.version].side(type_, side.view)
        if found is not None:
            mapped[side] = found
    local: dict[Side, Hashable] = {
        s: (s.type, id(shapes.of[s]), tuple(_node(n, s) for n in m.nodes), _beside(m)) for s, m in mapped.items()
    }
    refers = {s: _refers(reached[s][0], m) for s, m in mapped.items()}
    lost = {s for s in reached if (s.type, s.view) in mappers[s.version].lost}
    _forget(local, refers, lost)
    classed = classes(local, refers)
    result = Converters(
        history, records, shapes, undecided(history), contracts={c.version: c for c in history.contracts}
    )
    made: dict[tuple[int, Mode], Converter] = {}
    names: set[tuple[str, str]] = set()
    for side, number in classed.items():
        for mode in MODES[side.view]:
            if (number, mode) not in made:
                module = shapes.modules[side.type]
                prefix = "fresh_" if side.view is View.REPLACE and mode is Mode.CREATE else PREFIX[mode]
                name = f"{prefix}{_base(reached[side][1], side)}"
                while (module, name) in names:
                    name += "_"
                names.add((module, name))
                made[number, mode] = Converter(name, module, mode, side, mapped[side])
                result.all.append(made[number, mode])
            result.of[side, mode] = made[number, mode]
    _Choices(result, names, classed).find({s: mapped[s] for s in classed})
    for side in classed:
        _join(result, side, mapped[side], reached[side][1], names)
    return result


def _join(result: Converters, side: Side, mapping: SideMap, type_: ObjectType, names: set[tuple[str, str]]) -> None:
    """Find the functions for the groups of a side; those that do the same are one."""
    module = result.shapes.modules[side.type]
    for group in groups_of(mapping.nodes):
        known = said_of_group(group)
        made = next((j for j in result.all_joining if j.module == module and said_of_group(j.group) == known), None)
        if made is None:
            slots = (group.program.slots[m].field for m in group.program.members)
            fields = "_".join(safe_name(f.name) for f in group.fields or slots).lower()
            name = f"{fields}_{_base(type_, side)}"
            while (module, name) in names:
                name += "_"
            names.add((module, name))
            made = Joining(name, module, side.version, group)
            result.all_joining.append(made)
        result.joining[side.version, known] = made


def said_of_group(group: Group) -> Hashable:
    """What the functions of a group do, whichever version it is of."""
    slots = group.program.slots
    steps = tuple((i, said(s.conversion), repr((s.stored_none, s.shown_none, s.field))) for i, s in slots.items())
    joints = tuple((j.ways, repr(j.unreadable)) for j in group.program.joints)
    return (group.program.members, steps, joints, tuple(_leaf(end) for end in group.ends))


def _forget(local: dict[Side, Hashable], refers: Mapping[Side, list[Side]], lost: set[Side]) -> None:
    """Leave out the sides that are `lost`, and those that hold them."""
    while lost:
        for side in lost:
            local.pop(side, None)
        lost = {s for s in local if any(r in lost for r in refers[s])}


def _base(type_: ObjectType, side: Side) -> str:
    return f"{snake(type_.name)}_{version_suffix(side.version).lower()}"


def _refers(contract: Contract, mapping: SideMap) -> list[Side]:
    """The sides whose converters those of `mapping` call, those inside objects in parts too."""
    found = refers_to(contract, [leaf.field for leaf in mapping.leaves()])
    whole = [Side(s.version, s.type, View.REPLACE) for s in found if s.view is View.UPDATE]
    return [*found, *whole]


def _node(node: Node, side: Side) -> Hashable:
    if isinstance(node, Group):
        late = tuple(added_by_release(f.field, side.version) and side.view is View.REPLACE for f in node.fields)
        sent = tuple((f.name, f.required, f.nullable, repr(f.default)) for f in node.fields)
        unsent = tuple(repr(s.unsent) for s in node.program.slots.values())
        return (node.shadow, tuple(node.beside.items()), late, sent, unsent, said_of_group(node))
    added = side.view is View.REPLACE and added_by_release(node.field.field, side.version)
    if isinstance(node, Inline):
        return (node.field.name, node.beside, node.shadow, added, tuple(_node(c, side) for c in node.children))
    return (*_leaf(node), added)


def _leaf(leaf: Leaf) -> tuple[Hashable, ...]:
    helped = (leaf.shown_absent, leaf.shown_null, leaf.stored_absent, leaf.stored_null, leaf.field.field.default)
    path = tuple((f.identity, f.attr, f.required, f.nullable) for f in leaf.record)
    shadow = leaf.shadow if leaf.shadowed else None
    field, names = leaf.field.field, (leaf.field.name, *leaf.beside)
    tolerance = (repr(field.loose), repr(field.check), repr(field.cut))
    return (names, path, _crossing(leaf), shadow, leaf.as_seen, repr(helped), *tolerance)


def _crossing(leaf: Leaf) -> Hashable:
    return said(leaf.conversion)


def said(conversion: Conversion) -> Hashable:
    """What a conversion does, whichever version it is of: equal where the same text would be written."""
    match conversion:
        case Mapped():
            tables = (tuple(conversion.up.items()), tuple(conversion.down.items()))
            return (conversion.enum, conversion.open, conversion.other, *tables)
        case Each(inner, mapping):
            return ("each", mapping, said(inner))
        case Nested(record):
            return ("nested", record)
        case Then(first, rest):
            return ("then", said(first), said(rest))
        case Boxed(name, inner):
            return ("boxed", name, said(inner))
        case Unboxed(record, held, inner):
            return ("unboxed", record, held, said(inner))
        case Coded():
            return repr(conversion)
        case Chosen():
            ways = (conversion.up, conversion.down)
            made = tuple(
                tuple(None if w is None else (w.to, said(w.conversion), repr(w.stated)) for w in side) for side in ways
            )
            union = conversion.union
            told = None if union is None else (union.exclusive, repr(union.discriminator))
            return ("chosen", told, tuple(map(repr, conversion.here)), tuple(map(repr, conversion.record)), made)
        case _:
            return "same"


def _held(contract: Contract, type_: Type, crossing: Each | Boxed | Unboxed) -> Type:
    """The type of what is inside a list, a map, or an object that holds one value only."""
    if isinstance(crossing, Boxed) and isinstance(type_, Ref):
        found = contract.object(type_.name)
        field = None if found is None else found.field(crossing.name)
        return type_ if field is None else field.type
    if isinstance(crossing, Each) and isinstance(type_, ListOf | MapOf):
        return type_.items if isinstance(type_, ListOf) else type_.values
    return type_


def _beside(mapping: SideMap) -> Hashable:
    """What a mapping does besides what it is sent."""
    return (
        tuple(_fill(f) for f in mapping.fills),
        tuple(_leaf(leaf) for leaf in mapping.fixed),
        tuple(map(_made, mapping.computed)),
    )


def _made(made: Computed) -> Hashable:
    return (made.field.name, made.beside, made.hook, made.field.nullable, said(made.conversion))


def _fill(fill: Fill) -> Hashable:
    return (tuple(f.identity for f in fill.record), repr(fill.value))


@dataclass
class _Choices:
    """Finds every place at which a value is of one of several types, and the functions that this takes."""

    result: Converters
    names: set[tuple[str, str]]
    classed: Mapping[Side, int]
    made: dict[Hashable, Choosing] = field(default_factory=dict)

    def find(self, mapped: Mapping[Side, SideMap]) -> None:
        """Look through the sides that are converted, and then through what operations carry."""
        modules = self.result.shapes.modules
        for side, mapping in mapped.items():
            contract = self.result.contracts[side.version]
            for leaf in mapping.leaves():
                owner, f = contract.types_by_identity[side.type].name, leaf.field
                base, title = f"{snake(owner)}_{safe_name(f.name)}".lower(), f"{owner}.{f.name}"
                view: View = View.REPLACE if f.nested is View.UPDATE else f.nested
                self._add(contract, f.type, view, leaf.conversion, modules[side.type], base, title)
        for contract in self.result.history.contracts:
            for type_, view, crossing, base, title in self._carried(contract):
                self.result.carried.setdefault(contract.version, []).append((type_, view, crossing))
                self._add(contract, type_, view, crossing, self.result.shapes.messages, base, title)

    def _carried(self, contract: Contract) -> Iterator[tuple[Type, View, Conversion, str, str]]:
        for operation in contract.operations:
            if (contract.version, operation.identity) in self.result.undecided:
                continue
            base = safe_name(operation.id).lower()
            sent = [
                (p.identity, p.type, View.INPUT, safe_name(p.name).lower())
                for p in operation.parameters
                if not p.fields
            ]
            for place, type_ in messages(operation):
                if operation.body is not None and place.startswith(body_place(operation)):
                    sent.append((place, type_, operation.body.view, "body"))
                else:
                    sent.append((place, type_, View.OUTPUT, "header" if " header " in place else "answer"))
            for place, type_, view, word in sent:
                way = Direction.RESPONSE if view is View.OUTPUT else Direction.REQUEST
                found = conversion(self.result.history, contract.version, place, type_, contract, way)
                yield type_, view, found, f"{base}_{word}", f"{word} of {operation.address}"

    def _add(
        self, contract: Contract, type_: Type, view: View, crossing: Conversion, module: str, base: str, title: str
    ) -> None:
        while isinstance(crossing, Each | Boxed | Unboxed):
            type_ = _held(contract, type_, crossing)
            crossing = crossing.inner
        if not isinstance(crossing, Chosen):
            return
        mode = Mode.SHOW if view is View.OUTPUT else Mode.CREATE
        needed = Direction.RESPONSE if mode is Mode.SHOW else Direction.REQUEST
        known = (contract.version, said(crossing), view)
        if known in self.result.choosing or needed not in directions_of(crossing):
            return
        shapes = self.result.shapes
        shape = shapes.union(contract, type_, view) if isinstance(type_, UnionOf) and crossing.wraps else None
        held = tuple(self.classed.get(Side(contract.version, t.identity, view)) for t in objects_in(contract, type_))
        key = (id(shape), said(crossing), held, mode, view)
        if key not in self.made:
            name = f"{PREFIX[mode]}{base}_{version_suffix(contract.version).lower()}"
            while (module, name) in self.names:
                name += "_"
            self.names.add((module, name))
            self.made[key] = Choosing(name, module, mode, contract.version, view, crossing, shape, title)
            self.result.all_choosing.append(self.made[key])
        self.result.choosing[known] = self.made[key]
        for variant, way in zip(crossing.here, crossing.up, strict=True):
            if way is not None:
                self._add(contract, variant, view, way.conversion, module, f"{base}_part", title)
