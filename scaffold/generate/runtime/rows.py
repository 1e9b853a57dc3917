"""The rows of one table as records, within a transaction. What a project adds is how a row and a record match."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from functools import partial
from typing import Any, ClassVar, Generic, Self, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    RowMapping,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import DataError, IntegrityError, StatementError

from .absent import ABSENT, UNASSIGNED
from .context import calling, serving
from .cursors import Ordered
from .database import RevisionConflict, dangling, duplicates
from .hiding import seen_by
from .identifiers import new_text
from .problems import Conflict, Forbidden, Invalid, NotFound, Taken
from .query import Query, Stored, Words
from .relations import Reference, Referrer
from .stored import HERE, INSIDE, NULL
from .wire import Page

R = TypeVar("R", bound=Any)
T = TypeVar("T")

_KEY, _REVISION, _OWNER = "key_of_this_row", "revision_of_this_row", "owner_of_this_row"
"""Names of parameters, such as no column has."""


class Rows(ABC, Generic[R]):
    """The records of one type, one row each."""

    type_name: ClassVar[str]
    table: ClassVar[Table]
    key: ClassVar[str]
    """The column of the key."""
    key_attribute: ClassVar[str]
    keys: ClassVar[Mapping[str, Callable[[Connection], Any] | None]] = {}
    """The columns by which some version names a row, and what gives each its value: None is the client, or the
    database."""
    fields: ClassVar[Mapping[str, Stored]]
    """By path of the attribute."""
    shadows: ClassVar[Mapping[str, Callable[[Any], object]]] = {}
    """What each shadow in `kept` is the shadow of."""
    references: ClassVar[tuple[Reference, ...]] = ()
    """What its columns refer to, where they have more than one kind of key, or the database does not check it."""
    referrers: ClassVar[tuple[Referrer, ...]] = ()
    """What refers to it."""
    distinct: ClassVar[tuple[str, ...]] = ()
    """Columns that are unique by this code alone, as the table was made before they were."""
    owner: ClassVar[str | None] = None
    """The column that says whose a row is."""
    hides: ClassVar[str | None] = None
    """The column with the versions that do not see a row."""
    blind: ClassVar[frozenset[str]] = frozenset()
    """The versions that do not see every row."""

    def __init__(self) -> None:
        (self._first,) = self.table.primary_key
        self._later = [self.table.c[name] for name in self.keys if name != self._first.name]
        key, revision = self.table.c[self.key], self.table.c.revision
        mine = key == bindparam(_KEY, type_=key.type)
        # Built once: the database's driver is quicker than the building of a statement.
        self._one = select(self.table).where(mine)
        self._all = select(self.table)
        self._count = select(func.count()).select_from(self.table)
        self._insert = insert(self.table).returning(self.table)
        self._update = update(self.table).where(mine, revision == bindparam(_REVISION)).returning(self.table)
        self._delete = delete(self.table).where(mine)
        self._given: dict[str, Any] = {}
        """What the statements ask for beside a key: whose rows, below what; empty where they are all at hand."""
        self._placed: dict[str, Any] = {}
        """The columns that say what new rows stand below."""
        self._scope: tuple[object, ...] = ()
        self._narrowed: dict[tuple[object, ...], Any] = {}
        """The statements for fewer rows, by what they are narrowed to."""

    def of(self, caller: str | None) -> Self:
        """The same for the rows of one caller alone: no other is there, and new ones are theirs.

        Of nobody, None, there are none. Where rows have no owner they are everybody's.
        """
        if self.owner is None:
            return self
        column = self.table.c[self.owner]
        return self._narrow(_OWNER, lambda: column == bindparam(_OWNER, type_=column.type), {_OWNER: caller})

    def for_version(self, version: str | None) -> Self:
        """The same for the rows that a version sees: no other is there. None sees them all."""
        if self.hides is None or version not in self.blind:
            return self
        column = self.table.c[self.hides]
        return self._narrow(("version", version), lambda: seen_by(version, column), {})

    def below(self, /, **keys: Any) -> Self:
        """The same for the rows that stand below others alone: no other is there, and new ones stand there.

        `keys` are attributes that refer to those others, each with the key of one; None stands for any.
        """
        found = self
        for attribute, key in keys.items():
            if key is not None:
                column, name = self.fields[attribute].column, f"{attribute}_above_this_row"
                found = found._narrow(name, partial(_is, column, name), {name: key})
                found._placed = {**found._placed, column.name: key}
        return found

    def mine(self) -> Self:
        """The same for the rows of who calls now, and that their version sees."""
        return self.of(calling()).for_version(serving())

    @abstractmethod
    def load(self, row: RowMapping) -> R:
        """The record in `row`."""

    @abstractmethod
    def dump(self, record: R) -> dict[str, Any]:
        """The row of `record`, without its revision."""

    def find_one(self, connection: Connection, key: Any) -> R | None:
        """The record called `key`, if there is one."""
        row = self._row(connection, key)
        return None if row is None else self.load(row)

    def find_one_by(self, connection: Connection, attribute: str, value: Any) -> R | None:
        """The record whose `attribute`, by which no two are called the same, is `value`, if there is one."""
        row = self._only(connection, self._all.where(self.fields[attribute].among([value])), self._given)
        return None if row is None else self.load(row)

    def give_keys(self, connection: Connection) -> None:
        """Give every row the keys of its own that it lacks."""
        for column in self._later:
            give = self.keys[column.name] or new_text
            for first in connection.scalars(select(self._first).where(column.is_(None))).all():
                mine = update(self.table).where(self._first == first, column.is_(None))
                connection.execute(mine.values({column.name: give(connection)}))

    def load_one(self, connection: Connection, key: Any) -> tuple[R, int]:
        """The record called `key` and its revision, which `save` takes. Raises NotFound."""
        row = self._row(connection, key)
        if row is None:
            raise NotFound(self.type_name, key)
        return self.load(row), row["revision"]

    def find_page(self, connection: Connection, query: Query) -> Page[R]:
        """A part of the list that `query` asks for. Raises KeyError for an attribute that cannot be searched."""
        wanted = [self._among(path, values, query.words.get(path)) for path, values in query.filters.items()]
        count, rows = self._count.where(*wanted), self._all.where(*wanted).order_by(*self._order(query.sort))
        ordered = None
        if query.cursor is not None:
            by = None if query.sort is None else self.fields[query.sort.removeprefix("-")].column
            ordered = Ordered(query.sort, by, self._first)
            rows = ordered.behind(rows, query.cursor)
        more = None if query.limit is None else query.limit + 1  # one more says whether it is the last part
        rows = rows.limit(query.limit if ordered is None else more).offset(query.offset)
        try:
            with _unstorable():
                total = connection.execute(count, self._given).scalar_one()
                found = connection.execute(rows, self._given).mappings().all()
        except Invalid:  # what cannot be stored is not there
            total, found = 0, []
        limit = total if query.limit is None else query.limit
        items = [self.load(self._named(row)) for row in found[:limit]]
        return Page(items, total, limit, query.offset, ABSENT if ordered is None else ordered.next(found, limit))

    def _among(self, path: str, values: Sequence[Any], words: tuple[Words, str] | None) -> ColumnElement[bool]:
        if words is None:
            return self.fields[path].among(values)
        shadow, said = words
        return shadow.are(said, self.table.c.kept, self.fields[path], values)

    def add(self, connection: Connection, record: R) -> R:
        """Store a new record; the record as it is stored. Raises Conflict and Invalid, and Forbidden for nobody's."""
        values = self.dump(record) | self._placed
        self._settle_owner(values)
        for name, give in self.keys.items():
            if values[name] is UNASSIGNED:
                del values[name]
                if give is not None:
                    values[name] = give(connection)
        for reference in self.references:
            reference.settle(connection, values, {})
        self._check_distinct(connection, values, None)
        with self._told():
            made = connection.execute(self._insert, {"revision": 1, **values}).mappings().one()
        return self.load(made)

    def edit_one(self, connection: Connection, key: Any, change: Callable[[R], R]) -> R:
        """Read, change and write the record called `key`.

        Raises NotFound, Conflict, Invalid, and RevisionConflict where somebody else was faster.
        """
        row = self._row(connection, key)
        if row is None:
            raise NotFound(self.type_name, key)
        current = self.load(row)
        changed = change(current)
        return current if changed is current else self._write(connection, row, changed)

    def save(self, connection: Connection, record: R, revision: int | None = None) -> R:
        """Store `record` over the one that has its key; over that `revision` of it, where one is given.

        Raises NotFound, Conflict, Invalid, and RevisionConflict where the revision is another by now.
        """
        key = getattr(record, self.key_attribute)
        row = self._row(connection, key)
        if row is None:
            raise NotFound(self.type_name, key)
        if revision is not None and row["revision"] != revision:
            raise RevisionConflict
        return self._write(connection, row, record)

    def remove(self, connection: Connection, key: Any) -> None:
        """Delete the record called `key`. Raises NotFound, and Conflict where another one refers to it."""
        row = self._row(connection, key) if self.referrers else None
        if row is not None:
            for referrer in self.referrers:
                referrer.refuse(connection, self.type_name, self._first, row)
        try:
            with self._told():
                done = connection.execute(self._delete, {_KEY: key, **self._given})
        except Invalid:
            raise NotFound(self.type_name, key) from None
        if not done.rowcount:
            raise NotFound(self.type_name, key)

    # The rest is for this class alone.

    def _narrow(self, by: object, condition: Callable[[], ColumnElement[bool]], given: Mapping[str, Any]) -> Self:
        """The same for the rows that meet a `condition`, whose parameters are `given`; it is built once."""
        theirs = copy(self)
        theirs._scope = (*self._scope, by)
        if theirs._scope not in self._narrowed:
            met, statements = condition(), (self._one, self._all, self._count, self._delete)
            self._narrowed[theirs._scope] = tuple(s.where(met) for s in statements)
        theirs._one, theirs._all, theirs._count, theirs._delete = self._narrowed[theirs._scope]
        theirs._given = {**self._given, **given}
        return theirs

    def _row(self, connection: Connection, key: Any) -> RowMapping | None:
        return self._only(connection, self._one, {_KEY: key, **self._given})

    def _only(
        self, connection: Connection, query: Executable, values: Mapping[str, Any] | None = None
    ) -> RowMapping | None:
        try:
            with _unstorable():
                row = connection.execute(query, values).mappings().one_or_none()
        except Invalid:  # what cannot be stored is not there
            return None
        return None if row is None else self._named(row)

    def _named(self, row: RowMapping) -> RowMapping:
        """`row`, which has all its keys. Raises Unnamed where it has not."""
        if any(row[column.name] is None for column in self._later) or any(r.lacks(row) for r in self.references):
            raise Unnamed
        return row

    def _write(self, connection: Connection, row: RowMapping, record: R) -> R:
        values = self.dump(record)
        self._settle_owner(values)
        for name in self.keys:
            del values[name]
        values["kept"] = self._kept(row["kept"], values["kept"])
        for reference in self.references:
            reference.settle(connection, values, row)
        self._check_distinct(connection, values, row[self.key])
        mine = {_KEY: row[self.key], _REVISION: row["revision"]}
        with self._told():
            changed = {"revision": row["revision"] + 1, **values, **mine}
            made = connection.execute(self._update, changed).mappings().one_or_none()
        if made is None:
            raise RevisionConflict
        return self.load(made)

    def _settle_owner(self, values: dict[str, Any]) -> None:
        """Put in whose a row is: it stays what it was, unless all rows are at hand. Raises Forbidden for nobody's."""
        if self.owner is None:
            return
        if _OWNER in self._given:
            values[self.owner] = self._given[_OWNER]
        if values[self.owner] in (None, UNASSIGNED):
            raise Forbidden(f"It is not known whose this {self.type_name} would be.")

    def _kept(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
        """What is kept from now on: what others keep stays as it was."""
        mine = {NULL, HERE, INSIDE, *self.shadows}
        return {key: value for key, value in before.items() if key not in mine} | dict(after)

    def _order(self, sort: str | None) -> list[ColumnElement[Any]]:
        last = self._first
        if sort is None:
            return [last]
        column = self.fields[sort.removeprefix("-")].column
        return [(column.desc() if sort.startswith("-") else column.asc()).nulls_last(), last]

    def _check_distinct(self, connection: Connection, values: Mapping[str, Any], key: Any) -> None:
        for name in self.distinct:
            if values[name] is not None:
                same = select(self.table.c[self.key]).where(self.table.c[name] == values[name])
                with _unstorable():
                    others = connection.scalars(same.limit(2)).all()
                if any(other != key for other in others):
                    raise self._taken((name,))

    def _taken(self, columns: Sequence[str]) -> Taken:
        held = {path.partition("@")[0]: stored for path, stored in self.fields.items()}
        paths = [p for p, s in held.items() if getattr(s.column, "name", None) in columns]
        return Taken(self.type_name, paths or columns)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the database refuses into problems, without its words."""
        try:
            with _unstorable():
                yield
        except IntegrityError as error:
            if dangling(error):
                raise Conflict(f"A {self.type_name} would refer to what is not there, or be referred to.") from error
            columns = duplicates(error, self.table)
            if not columns:
                raise
            raise self._taken(columns) from error


def _is(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """The condition that a column holds the parameter called `name`."""
    return column == bindparam(name, type_=column.type)


class Unnamed(Exception):
    """A row lacks a key that this program knows."""


@contextmanager
def _unstorable() -> Iterator[None]:
    """Turn a value that no column can hold into Invalid."""
    try:
        yield
    except (DataError, OverflowError, UnicodeEncodeError) as error:
        raise _refusal() from error
    except StatementError as error:
        if isinstance(error.orig, OverflowError | ValueError):
            raise _refusal() from error
        raise


def _refusal() -> Invalid:
    said = "A value cannot be stored: it is too large, or has a character that no text here may have."
    return Invalid([{"loc": ("body",), "msg": said, "type": "unstorable"}])
