"""The two sides of a migration, and the lines that lead one row from one to the other."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..contract.message import View
from ..contract.named_types import ObjectType
from ..convert.mapping import Mapper
from ..convert.nodes import Leaf
from .stored_values import Values
from .table_model import Table, Tables


@dataclass
class RowChanges:
    """The lines that change one row and those that change it back, and the columns they read and write."""

    table: Table
    up: list[str] = field(default_factory=list)
    down: list[str] = field(default_factory=list)
    read: dict[str, None] = field(default_factory=dict)
    written: dict[str, None] = field(default_factory=dict)
    restored: dict[str, None] = field(default_factory=dict)
    keeps: bool = False


@dataclass(frozen=True)
class State:
    """One side of a migration: the tables, and what each version is shown of their records."""

    tables: Tables
    suffix: str = ""

    @property
    def values(self) -> Values:
        """How its values are stored."""
        return Values(self.tables, self.suffix, raw=True)

    def leaves(self, root: str, identity: str) -> dict[str, Leaf]:
        """By version: how the field of a resource crosses."""
        found: dict[str, Leaf] = {}
        for contract in self.tables.history.contracts:
            type_ = contract.types_by_identity.get(root)
            if isinstance(type_, ObjectType):
                mapper = Mapper(self.tables.history, self.tables.records, contract.version)
                for view in (View.OUTPUT, View.CREATE):
                    mapping = mapper.side(type_, view)
                    for leaf in mapping.leaves() if mapping else ():
                        if leaf.field.field.identity == identity:
                            found.setdefault(contract.version, leaf)
        return found
