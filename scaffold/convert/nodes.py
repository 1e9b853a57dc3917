"""What a side map is made of: a place on the wire, a place in the record, and the way between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from typing import TypeAlias

from ..contract.message import View
from ..contract.named_types import Field, ObjectType
from ..contract.reach import Direction
from ..contract.types import MISSING, Json, Missing
from ..contract.views import ViewField
from .conversions import Conversion
from .innermost import directions_of
from .joints import Program
from .records import Record, RecordField


@dataclass(frozen=True)
class Leaf:
    """One wire value and its place in the record.

    `shown_absent` and `shown_null` are what the version is shown where the record has nothing or null and the
    version cannot say so; `stored_absent` and `stored_null` what is kept when the version sends nothing or null
    and the record cannot say so. MISSING: the case does not arise, or needs no help.
    """

    field: ViewField
    record: tuple[RecordField, ...]
    conversion: Conversion
    shadow: str
    shown_absent: Json | Missing = MISSING
    shown_null: Json | Missing = MISSING
    shown_outside: Json | Missing = MISSING
    """What it is shown where the record lacks an object around it, if that is not `shown_absent` too."""
    stored_absent: Json | Missing = MISSING
    stored_null: Json | Missing = MISSING
    stored_outside: Json | Missing = MISSING
    """What is kept of it when the version sends no object around it, of which newer ones have more than it sends."""
    always_written: bool = False
    """`as_seen: write`: what comes back as it was shown is written all the same."""
    beside: tuple[str, ...] = ()
    """The other names that it is shown under, in the same object."""

    @property
    def target(self) -> RecordField:
        """The record's attribute itself."""
        return self.record[-1]

    @property
    def as_seen(self) -> bool:
        """Whether two record values can look the same here, so that what comes back as shown changes nothing."""
        if self.field.field.write_only or self.always_written or not self._shows:
            return False
        if self.field.field.cut:
            return True
        helped = self.shown_absent is not MISSING or self.shown_null is not MISSING or self.left_out
        return helped or not self.conversion.one_to_one or self.field.field.late

    @property
    def left_out(self) -> bool:
        """Whether it is missing in an object that is there, and stated where the object is not."""
        return self.shown_outside is not MISSING and self.shown_absent is MISSING

    @property
    def _shows(self) -> bool:
        return Direction.RESPONSE in directions_of(self.conversion)

    @property
    def shadowed(self) -> bool:
        """Whether what is written may come back differently, so that the record keeps it word for word.

        Null that the record cannot hold is of rows from before, where the version does not write the field.
        """
        if self.field.field.write_only or not self._shows:
            return False
        filled = self.stored_null is not MISSING or self.stored_absent is not MISSING
        lost = self.field.field.nullable and not self.target.nullable
        return filled or lost or not self.conversion.exact


@dataclass(frozen=True)
class Inline:
    """A wire object whose fields the record keeps in several places; built and taken apart on the spot."""

    field: ViewField
    type_name: str
    view: View
    children: tuple[Node, ...]
    shadow: str
    record: tuple[RecordField, ...] | None = None
    """The object in the record that has its place, where there still is one."""
    alone: bool = False
    """Whether that is there for itself only: nothing from outside moved into it."""
    beside: tuple[str, ...] = ()
    """The other names that it is shown under, in the same object."""
    again: tuple[Again, ...] = ()
    """What of it is shown at a second place, in the same object."""
    stored_absent: Json | Missing = MISSING
    """What the record has in its place where the version sends nothing there, if the record cannot say so."""
    stored_null: Json | Missing = MISSING


@dataclass(frozen=True)
class Group:
    """Fields that are converted together: one that was split, several that were merged.

    `fields` are those of this side; `ends` the places in the record, each with its way from where the last joint
    made it. The record keeps what was written word for word, for all of them together.
    """

    fields: tuple[ViewField, ...]
    ends: tuple[Leaf, ...]
    program: Program
    shadow: str
    beside: Mapping[str, tuple[str, ...]] = dataclass_field(default_factory=dict)
    """The other names that each of the fields is shown under, in the same object."""

    @property
    def field(self) -> ViewField:
        """The first of them."""
        return self.fields[0]

    @property
    def shown(self) -> bool:
        """Whether anything of it is shown to the version: then that decides what a write changes."""
        return bool(self.fields) and not all(self.program.slots[m].field.write_only for m in self.program.members)


@dataclass(frozen=True)
class Computed:
    """A field that a hook makes of the record when it is shown."""

    field: ViewField
    hook: str
    conversion: Conversion
    beside: tuple[str, ...] = ()
    """The other names that it is shown under, in the same object."""


@dataclass(frozen=True)
class Again:
    """A field that shows what is shown already, where `path` leads to from the object that has both."""

    field: ViewField
    path: tuple[Field, ...]

    @property
    def required(self) -> bool:
        """Whether it is always shown; then so is all of its path."""
        return self.field.required


Node: TypeAlias = Leaf | Inline | Group


@dataclass(frozen=True)
class Fill:
    """What a creation by this version stores in an attribute that it does not know."""

    record: tuple[RecordField, ...]
    value: Json | Missing
    """A JSON value of the record's type; MISSING leaves it absent, or is given by `on_create`."""


@dataclass(frozen=True)
class SideMap:
    """One side of a type in one version: the wire's fields in order, and what a creation adds."""

    version: str
    type: ObjectType
    record: Record
    view: View
    nodes: tuple[Node, ...]
    fills: tuple[Fill, ...]
    fixed: tuple[Leaf, ...] = ()
    """What its clients may not change any more: they are refused if they try."""
    computed: tuple[Computed, ...] = ()
    """What is shown and not kept."""
    again: tuple[Again, ...] = ()
    """What is shown at a second place."""

    def leaves(self) -> Iterator[Leaf]:
        """Every leaf, those inside inlined objects too."""
        yield from leaves_of(self.nodes)


def leaves_of(nodes: tuple[Node, ...]) -> Iterator[Leaf]:
    """Every leaf among nodes: those inside inlined objects, and the ends of groups."""
    for node in nodes:
        match node:
            case Leaf():
                yield node
            case Group(ends=ends):
                yield from ends
            case Inline(children=children):
                yield from leaves_of(children)


def inlines_of(nodes: tuple[Node, ...]) -> Iterator[Inline]:
    """Every object in parts among nodes, those inside of others too."""
    for node in nodes:
        if isinstance(node, Inline):
            yield node
            yield from inlines_of(node.children)


def with_names(node: Node, beside: Mapping[str, list[str]]) -> Node:
    """A node with the other names of its fields, by their identities."""
    if isinstance(node, Group):
        found = {f.name: tuple(beside[i]) for f in node.fields if (i := f.field.identity) in beside}
        return replace(node, beside=found) if found else node
    names = beside.get(node.field.field.identity)
    return node if names is None else replace(node, beside=tuple(names))


def whole(field: Field) -> ViewField:
    """A field as it is where a joint made it: neither side of a request."""
    return ViewField(field, field.required or field.default is not MISSING, field.nullable, MISSING, View.OUTPUT)
