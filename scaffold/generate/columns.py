"""The columns of tables, and which of them hold keys of other tables' rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..contract.types import Type
from ..convert.identifiers import root


@dataclass(frozen=True)
class Column:
    """A column, under the name it has had since birth; `type` refers to other types by identity."""

    name: str
    type: Type
    field: str
    unique: bool
    key: bool
    comment: str | None
    names_rows: bool = False
    """Whether it is a key: the one there was first, or one of another kind."""
    fresh: bool = False
    """Whether it was made with its table."""
    became_unique: bool = False
    """Whether it is unique since a version was dropped: by a migration that may not have run, so by the code too."""
    refers: str | None = None
    """The column, `users.id`, that the database holds it to."""


@dataclass(frozen=True)
class Reference:
    """A field that holds keys of the rows of another table, or of its own.

    `columns` are its columns, one for each kind of key, the newest first, each with the column of the key.
    """

    target: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Relations:
    """What refers to what: by type the references of its table, and by table and column what the database checks."""

    references: Mapping[str, tuple[Reference, ...]]
    held: Mapping[tuple[str, str], str]


def relations(tables: Mapping[str, tuple[str, tuple[Column, ...]]], known: Mapping[str, tuple[str, str]]) -> Relations:
    """The relations of `tables`, which are named and have columns, by their types; `known` says what fields refer to.

    The database checks what was made with its table, as long as one table can be made after the other.
    """
    keys = {c.field: c for _, columns in tables.values() for c in columns if c.names_rows}
    references: dict[str, tuple[Reference, ...]] = {}
    held: dict[tuple[str, str], str] = {}
    after: dict[str, set[str]] = {}
    for identity, (name, columns) in tables.items():
        groups: dict[str, list[tuple[str, str]]] = {}
        targets: dict[str, str] = {}
        for column in columns:
            target, key = known.get(column.field, ("", ""))
            if target not in tables or key not in keys:
                continue
            targets[root(column.field)] = target
            groups.setdefault(root(column.field), []).insert(0, (column.name, keys[key].name))
            other = tables[target][0]
            if column.fresh and keys[key].key and (other == name or name not in _before(other, after)):
                after.setdefault(name, set()).add(other)
                held[name, column.name] = f"{other}.{keys[key].name}"
        references[identity] = tuple(Reference(targets[r], tuple(pairs)) for r, pairs in groups.items())
    return Relations(references, held)


def _before(name: str, after: Mapping[str, set[str]]) -> set[str]:
    """The tables that must be made before the one called `name`."""
    found: set[str] = set()
    waiting = [*after.get(name, ())]
    while waiting:
        other = waiting.pop()
        if other not in found:
            found.add(other)
            waiting += after.get(other, ())
    return found
