"""What a table is: its columns, what they hold of which record, and what several of them hold together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..contract.history import History
from ..contract.types import Kind
from ..convert.joints import Joint
from ..convert.records import Record, RecordField, Records
from .columns import Column, Reference
from .home import Form, Slot, shortened
from .stored_unions import StoredUnion


@dataclass(frozen=True)
class Value:
    """An attribute that is stored in one place; several forms of it where its type changed."""

    path: tuple[RecordField, ...]
    slot: Slot

    @property
    def field(self) -> RecordField:
        """The attribute itself."""
        return self.path[-1]


@dataclass(frozen=True)
class Group:
    """An object put together from several places: one that a move made, or JSON of which a part moved."""

    path: tuple[RecordField, ...]
    slot: Slot
    record: Record
    children: tuple[Node, ...]

    @property
    def field(self) -> RecordField:
        """The attribute itself."""
        return self.path[-1]


Node = Value | Group


@dataclass(frozen=True)
class StoredJoint:
    """A split or merge of stored fields: the places of the older ones, as they were last, and of the newer ones."""

    joint: Joint
    older: tuple[Form, ...]
    newer: tuple[Form, ...]
    marks: tuple[str, ...]
    """What the older ones are called where `kept` says that they are null."""

    @property
    def identities(self) -> tuple[str, ...]:
        """The older fields."""
        return tuple(f.identity for f in self.joint.older)


@dataclass(frozen=True)
class Table:
    """One table, its columns in order of birth without `revision` and `kept`, and the record it holds."""

    name: str
    attr: str
    record: Record
    columns: tuple[Column, ...]
    nodes: tuple[Node, ...]
    joints: tuple[StoredJoint, ...] = ()
    references: tuple[Reference, ...] = ()
    hides: str | None = None
    """The column with the versions that do not see a row."""
    renamed: Mapping[str, str] = field(default_factory=dict, hash=False)
    """The columns that have another name than at birth, by that."""

    @property
    def key(self) -> Value:
        """The attribute that names one row."""
        return next(n for n in self.nodes if isinstance(n, Value) and n.field.field.key)

    @property
    def key_column(self) -> Column:
        """The column of the key that there was first: what the table is keyed by, whatever the API shows."""
        return next(c for c in self.columns if c.key)

    @property
    def key_columns(self) -> tuple[Column, ...]:
        """The columns of every kind of key, that one first."""
        return tuple(c for c in self.columns if c.names_rows)

    @property
    def counted(self) -> tuple[Column, ...]:
        """The keys that are numbers, and that the table does not count itself."""
        return tuple(c for c in self.key_columns if not c.key and getattr(c.type, "kind", None) is Kind.INT)

    def numbers(self, column: Column) -> str:
        """The name of the table that counts for one of those."""
        return shortened(f"{self.name}_{column.name}_numbers")

    def values(self) -> Iterator[Value]:
        """Every stored attribute, those inside groups too."""
        yield from leaves(self.nodes)

    def unique_index(self, column: Column) -> str:
        """The name of the index that keeps `column` unique."""
        return shortened(f"uq_{self.name}_{column.name}")


@dataclass(frozen=True)
class StoredObject:
    """A record that is stored as JSON inside others."""

    record: Record
    nodes: tuple[Node, ...]
    joints: tuple[StoredJoint, ...] = ()


@dataclass(frozen=True)
class StoredEnum:
    """How the values of an enum are stored: under the names they were born with.

    `stored` maps the record's values to them; `loaded` maps back, and also takes what a removed value became.
    """

    identity: str
    name: str
    stored: Mapping[str, str]
    loaded: Mapping[str, str]
    names: Mapping[str, str]
    """Every name there ever was, by identity of the value."""
    open: bool = False
    """Whether any other text is stored too, as it is."""

    @property
    def plain(self) -> bool:
        """Whether the values are stored as records have them."""
        return all(k == v for k, v in self.loaded.items())


@dataclass(frozen=True)
class Tables:
    """Everything that is stored, in order of birth, and what it follows from."""

    history: History
    records: Records
    tables: tuple[Table, ...]
    objects: Mapping[str, StoredObject]
    enums: Mapping[str, StoredEnum]
    keeping: frozenset[str]
    """The record types that keep shadows."""
    words: Mapping[str, str]
    """What each type is called in storage, by its identity."""
    unions: tuple[tuple[str, StoredUnion], ...]
    """The unions that are stored under words, each once, by what their functions are called."""

    def table(self, root: str) -> Table | None:
        """The table of a resource, by identity of its type."""
        return next((t for t in self.tables if t.record.identity == root), None)


def leaves(nodes: tuple[Node, ...]) -> Iterator[Value]:
    """Every stored attribute of `nodes`, those inside groups too."""
    for node in nodes:
        if isinstance(node, Value):
            yield node
        else:
            yield from leaves(node.children)
