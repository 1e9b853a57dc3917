"""The converters: which functions there are, each with the sides it serves, found the way shapes are."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from ..contract.contract import Contract, View
from ..contract.history import History
from ..contract.types import ObjectType
from ..contract.views import added_by_release
from ..convert.mapping import Fill, Inline, Leaf, Mapper, Node, SideMap
from ..convert.records import Records
from ..convert.values import Each, Mapped
from .python import snake, version_suffix
from .shapes import Shapes, Side, classes, refers_to, sides


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


@dataclass
class Converters:
    """Every converter of a history, and which side uses which."""

    history: History
    records: Records
    shapes: Shapes
    of: dict[tuple[Side, Mode], Converter] = field(default_factory=dict)
    all: list[Converter] = field(default_factory=list)
    contracts: dict[str, Contract] = field(default_factory=dict)

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
            elif node.shadowed:
                found.append(node)

    walk(mapping.nodes)
    return found


def marks_presence(node: Inline) -> bool:
    """Whether the object can be there without any of its fields, which the record cannot say."""
    return not node.field.field.required or node.field.field.nullable


def converters(history: History, records: Records, shapes: Shapes) -> Converters:
    """The converters of `history`.

    Raises:
        NoWay: a change of type has no codec.
    """
    reached = sides(history)
    mappers = {c.version: Mapper(history, records, c.version) for c in history.contracts}
    mapped: dict[Side, SideMap] = {}
    for side, (_, type_) in reached.items():
        found = mappers[side.version].side(type_, side.view)
        if found is not None:
            mapped[side] = found
    local: dict[Side, Hashable] = {
        s: (s.type, id(shapes.of[s]), tuple(_node(n, s) for n in m.nodes), tuple(_fill(f) for f in m.fills))
        for s, m in mapped.items()
    }
    refers = {s: _refers(reached[s][0], m) for s, m in mapped.items()}
    classed = classes(local, refers)
    result = Converters(history, records, shapes, contracts={c.version: c for c in history.contracts})
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
    return result


def _base(type_: ObjectType, side: Side) -> str:
    return f"{snake(type_.name)}_{version_suffix(side.version).lower()}"


def _refers(contract: Contract, mapping: SideMap) -> list[Side]:
    """The sides whose converters those of `mapping` call, those inside objects in parts too."""
    found = refers_to(contract, [leaf.field for leaf in mapping.leaves()])
    whole = [Side(s.version, s.type, View.REPLACE) for s in found if s.view is View.UPDATE]
    return [*found, *whole]


def _node(node: Node, side: Side) -> Hashable:
    added = side.view is View.REPLACE and added_by_release(node.field.field, side.version)
    if isinstance(node, Inline):
        return (node.field.name, node.shadow, added, tuple(_node(c, side) for c in node.children))
    return (*_leaf(node), added)


def _leaf(leaf: Leaf) -> tuple[Hashable, ...]:
    helped = (leaf.shown_absent, leaf.shown_null, leaf.stored_absent, leaf.stored_null, leaf.field.field.default)
    path = tuple((f.identity, f.attr, f.required, f.nullable) for f in leaf.record)
    shadow = leaf.shadow if leaf.shadowed else None
    return (leaf.field.name, path, _crossing(leaf), shadow, leaf.as_seen, repr(helped))


def _crossing(leaf: Leaf) -> Hashable:
    inner = leaf.conversion
    depth = 0
    while isinstance(inner, Each):
        inner, depth = inner.inner, depth + 1
    if isinstance(inner, Mapped):
        return (depth, inner.enum, tuple(inner.up.items()), tuple(inner.down.items()))
    return (depth, repr(inner))


def _fill(fill: Fill) -> Hashable:
    return (tuple(f.identity for f in fill.record), repr(fill.value))
