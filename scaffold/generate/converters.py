"""The converters: which functions there are, each with the sides it serves."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from ..contract.contract import Contract
from ..contract.history import Applied, History
from ..contract.message import View
from ..contract.named_types import ObjectType
from ..contract.types import Type
from ..contract.views import objects_in, view_fields
from ..convert.conversions import Boxed, Chosen, Conversion, Each, Unboxed
from ..convert.joints import consumed
from ..convert.nodes import Group, Inline, Node, SideMap
from ..convert.records import Records
from .same_text import said, said_of_group
from .shapes import Shape, Shapes
from .sides import Side, refers_to


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
    replacing: dict[tuple[str, Hashable, View], Choosing] = field(default_factory=dict)
    """The same, for what writes such a value over one that is there."""
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
        found = {t.identity for _, t in objects if any(f.loose or f.check or f.dropped or f.late for f in t.fields)}
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
