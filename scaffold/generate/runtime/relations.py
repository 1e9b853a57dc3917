"""Rows that refer to others: in every kind of key that those have, and never to one that is not there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Connection, RowMapping, Table, select, update

from .absent import ABSENT
from .problems import Conflict, Invalid

Values = dict[str, Any]


@dataclass(frozen=True)
class Reference:
    """The columns that hold keys of another row, one for each kind of key, the newest first, with that key's column."""

    store: Callable[[], Any]
    columns: Mapping[str, str]

    def settle(self, connection: Connection, values: Values, row: RowMapping | Mapping[str, Any]) -> None:
        """Put every kind of the key into `values`, which are to be written over `row`.

        Raises Conflict where there is no such row any more.
        """
        changed = [n for n in self.columns if _there(values[n]) and values[n] != row.get(n)]
        if changed:
            store, key = self.store(), self.columns[changed[0]]
            wanted = select(store.table).where(store.table.c[key] == values[changed[0]])
            found = connection.execute(wanted).mappings().one_or_none()
            if found is None:
                raise Conflict(f"There is no {store.type_name} {values[changed[0]]} to refer to.")
            values.update({name: found[key] for name, key in self.columns.items()})
        elif not _there(values[next(iter(self.columns))]):
            values.update(dict.fromkeys(self.columns))

    def lacks(self, row: RowMapping) -> bool:
        """Whether a program that knows fewer kinds of keys wrote `row`."""
        return len({row[name] is None for name in self.columns}) > 1

    def complete(self, connection: Connection, table: Table) -> None:
        """Give every row of `table` the kinds of the key that it lacks."""
        theirs: Table = self.store().table
        names = list(self.columns)
        for name in names[:-1]:
            one, other = table.c[names[-1]], theirs.c[self.columns[names[-1]]]
            found = select(theirs.c[self.columns[name]]).where(other == one).scalar_subquery()
            connection.execute(update(table).where(table.c[name].is_(None), one.is_not(None)).values({name: found}))


@dataclass(frozen=True)
class Referrer:
    """A column of other rows that holds the key in the column `key`."""

    type_name: str
    column: Column[Any]
    key: str

    def refuse(self, connection: Connection, type_name: str, first: Column[Any], row: RowMapping) -> None:
        """Raise Conflict where another row refers to `row`, which is to go; `first` is what its table is keyed by."""
        wanted = select(self.column).where(self.column == row[self.key])
        if first.table is self.column.table:
            wanted = wanted.where(first != row[first.name])
        if connection.execute(wanted.limit(1)).first() is not None:
            raise Conflict(f"This {type_name} is still referred to by {self.type_name}.", "referred-to")


@dataclass(frozen=True)
class Refers:
    """A field of a body that holds a key: whose store has the row, and what records call this kind of its key.

    `others` are the attributes for its other kinds, each with what the row that is referred to calls it; they may be
    null where it is `nullable`, else null takes them away. `shown` are the keys, as texts, that stand for none: they
    come back from who is shown them, and only the record tells whether they mean a row.
    """

    sent: str
    store: str
    attribute: str
    others: Mapping[str, str] = field(default_factory=dict)
    nullable: bool = False
    shown: tuple[str, ...] = ()


async def referred(
    stores: Any, payload: Mapping[str, object], fields: tuple[Refers, ...], *, whole: bool, under: str | None = None
) -> Values:
    """What a record holds beside what was sent: the other kinds of the keys in `payload`, which says all if `whole`.

    `under` is the field of the body that it stands in. Raises Invalid, with the caller's own fields, for keys of what
    is not there, or is somebody else's.
    """
    body = ("body",) if under is None else ("body", under)
    known: Values = {}
    errors = []
    for f in fields:
        key = payload.get(f.sent, ABSENT)
        if str(key) in f.shown:
            continue  # where it is none that was shown, what stores the record looks it up
        if _there(key):
            store = getattr(stores, f.store).mine()
            found = await store.find_by(f.attribute, key)
            if found is None:
                said = f"There is no {store.type_name} {key}."
                errors.append({"loc": (*body, f.sent), "msg": said, "type": "dangling"})
            else:
                known |= {own: getattr(found, theirs) for own, theirs in f.others.items()}
        elif whole or key is None:
            known |= dict.fromkeys(f.others, None if key is None and f.nullable else ABSENT)
    if errors:
        raise Invalid(errors)
    return known


def _there(value: object) -> bool:
    return value is not None and value is not ABSENT
