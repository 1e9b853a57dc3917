"""What migrations hold rows to, in the database: NOT NULL and CHECK, on SQLite and on PostgreSQL.

SQLite can add neither to a table that is there: the table is made anew. Meanwhile its rows stand aside, so that what
refers to them stays, whether foreign keys are checked or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from alembic.operations import BatchOperations
from sqlalchemy import Column, Connection, inspect, text
from sqlalchemy.types import TypeEngine

from .columns import DECIMAL_ORDER, ExactDecimal

SHOWN = 5
"""How many rows are named that break a rule."""


WAY_OUT = "Nothing was changed. Correct these rows, or take the rule out of the migration; then migrate again."


class Unfit(Exception):
    """Rows break what they are to be held to; the message says which, and nothing was changed."""


def require(operations: Any, rules: Sequence[tuple[str, str, str, str, str]]) -> None:
    """Make sure, given Alembic's `op`, that every row keeps the `rules`.

    Each is a table, its key, a column, a condition in SQL, and what is told of a row that breaks it. NULL breaks none
    but one that asks for it. Raises Unfit, which tells all that is found.
    """
    if operations.get_context().as_sql:
        return
    connection: Connection = operations.get_bind()
    found = []
    for table, key, column, condition, told in rules:
        where = f'FROM "{table}" WHERE NOT ({_escaped(condition)})'
        count = connection.scalar(text(f"SELECT count(*) {where}"))
        if count:
            keys = connection.scalars(text(f'SELECT "{key}" {where} ORDER BY "{key}" LIMIT {SHOWN}'))
            named = ", ".join(map(str, keys)) + (", …" if count > SHOWN else "")
            found.append(f"{table}.{column}: {count} {'row' if count == 1 else 'rows'} in which it {told} ({named})")
    if found:
        raise Unfit("\n".join((*found, WAY_OUT)))


def require_distinct(operations: Any, columns: Sequence[tuple[str, str]]) -> None:
    """Make sure that no value stands twice in each of `columns`, given with their tables; NULL may. Raises Unfit."""
    if operations.get_context().as_sql:
        return
    connection: Connection = operations.get_bind()
    found = []
    for table, column in columns:
        twice = f'SELECT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL GROUP BY "{column}" HAVING count(*) > 1'
        count = connection.scalar(text(f"SELECT count(*) FROM ({twice}) AS twice"))
        if count:
            shown = ", ".join(repr(v) for v in connection.scalars(text(f"{twice} ORDER BY 1 LIMIT {SHOWN}")))
            found.append(f"{table}.{column}: {count} {'value' if count == 1 else 'values'} in several rows ({shown})")
    if found:
        raise Unfit("\n".join((*found, WAY_OUT)))


def hold(operations: Any, table: str, *, filled: Mapping[str, TypeEngine[Any]], checks: Mapping[str, str]) -> None:
    """Hold the rows of a table to have the columns `filled`, and to `checks`, conditions by name; not twice."""
    there = _held(operations, table)
    wanted = {name: type_ for name, type_ in filled.items() if name not in there}
    new = {name: condition for name, condition in checks.items() if name not in there}
    if wanted or new:
        with rebuilt(operations, table) as batch:
            for name, type_ in wanted.items():
                batch.alter_column(name, existing_type=type_, nullable=False)
            for name, condition in new.items():
                batch.create_check_constraint(name, text(_escaped(condition)))


def ease(operations: Any, table: str, *, filled: Mapping[str, TypeEngine[Any]], checks: Sequence[str]) -> None:
    """Hold the rows of a table no longer to have the columns `filled`, and to `checks`, as far as it does."""
    there = {*filled, *checks} if operations.get_context().as_sql else _held(operations, table)
    loose = {name: type_ for name, type_ in filled.items() if name in there}
    gone = [name for name in checks if name in there]
    if loose or gone:
        with rebuilt(operations, table, without=gone) as batch:
            for name, type_ in loose.items():
                batch.alter_column(name, existing_type=type_, nullable=True)


def _escaped(condition: str) -> str:
    """A condition in which a colon is no parameter."""
    return condition.replace(":", r"\:")


def _held(operations: Any, table: str) -> set[str]:
    """The columns of a table that are never NULL, and the names of its checks."""
    if operations.get_context().as_sql:
        return set()
    found = inspect(operations.get_bind())
    filled = {column["name"] for column in found.get_columns(table) if not column["nullable"]}
    return filled | {str(check["name"]) for check in found.get_check_constraints(table)}


@contextmanager
def rebuilt(operations: Any, table: str, *, without: Sequence[str] = ()) -> Iterator[BatchOperations]:
    """Changes of a table, given Alembic's `op`, that SQLite makes only in a new one; `without` some of its checks."""
    if operations.get_context().dialect.name != "sqlite":
        with operations.batch_alter_table(table) as batch:
            yield from _changes(batch, without)
        return
    connection: Connection = operations.get_bind()
    made = str(connection.scalar(text("SELECT sql FROM sqlite_schema WHERE name = :name"), {"name": table}))
    decimals = re.findall(rf"[\"(,\s](\w+)\"? TEXT COLLATE \"?{DECIMAL_ORDER}", made)
    counts = "AUTOINCREMENT" in made.upper()
    anew = operations.batch_alter_table(
        table,
        recreate="always",
        table_kwargs={"sqlite_autoincrement": counts},
        reflect_args=[Column(name, ExactDecimal()) for name in decimals],
    )
    with _aside(connection, table, counts=counts), anew as batch:
        yield from _changes(batch, without)


def _changes(batch: BatchOperations, without: Sequence[str]) -> Iterator[BatchOperations]:
    for name in without:
        batch.drop_constraint(name, type_="check")
    yield batch


@contextmanager
def _aside(connection: Connection, table: str, *, counts: bool) -> Iterator[None]:
    """The rows of a table stand in another one meanwhile; numbers of those that were deleted are not given again."""
    aside = f"_aside_{table}"
    given = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    last = connection.scalar(given, {"name": table}) if counts else None
    connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    connection.execute(text(f'CREATE TABLE "{aside}" AS SELECT * FROM "{table}"'))
    connection.execute(text(f'DELETE FROM "{table}"'))
    yield
    left = {column["name"] for column in inspect(connection).get_columns(table)}
    names = [f'"{c["name"]}"' for c in inspect(connection).get_columns(aside) if c["name"] in left]
    listed = ", ".join(names)
    connection.execute(text(f'INSERT INTO "{table}" ({listed}) SELECT {listed} FROM "{aside}"'))
    connection.execute(text(f'DROP TABLE "{aside}"'))
    if last is not None:
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table})
        counted = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)")
        connection.execute(counted, {"name": table, "seq": last})


__all__ = ["Unfit", "ease", "hold", "rebuilt", "require", "require_distinct"]
