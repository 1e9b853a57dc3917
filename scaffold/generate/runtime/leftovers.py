"""Columns that only a version which was dropped needs, while programs that write them and programs that do not run.

Migrations put triggers on tables, on SQLite and on PostgreSQL alike, and take them off when the columns go.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import text


def forget(operations: Any, name: str, table: str, older: Sequence[str], newer: Sequence[str]) -> None:
    """Empty the columns `older` of a row once `newer` are written without them, given Alembic's `op`.

    Programs that know the older form of a value write both; what is left of it otherwise is taken for newer than it is.
    """
    kept = " AND ".join(f"{_new(c)} IS NOT DISTINCT FROM {_old(c)}" for c in older)
    written = " OR ".join(f"{_new(c)} IS DISTINCT FROM {_old(c)}" for c in newer)
    emptied = dict.fromkeys(older, "NULL")
    _put(operations, name, table, [(f"({kept}) AND ({written})", emptied)])


def mirror(operations: Any, name: str, table: str, old: str, new: str) -> None:
    """Keep two columns the same, the one under its name of before and under its new one, whichever is written."""
    renamed = f"{_new(new)} IS DISTINCT FROM {_old(new)} AND {_new(new)} IS DISTINCT FROM {_new(old)}"
    before = f"{_new(new)} IS NOT DISTINCT FROM {_old(new)} AND {_new(old)} IS DISTINCT FROM {_new(new)}"
    _put(
        operations,
        name,
        table,
        [(renamed, {old: f'NEW."{new}"'}), (before, {new: f'NEW."{old}"'})],
        inserted=[
            (f"{_new(new)} IS NULL AND {_new(old)} IS NOT NULL", {new: f'NEW."{old}"'}),
            (f"{_new(old)} IS NULL AND {_new(new)} IS NOT NULL", {old: f'NEW."{new}"'}),
        ],
    )


def leave(operations: Any, name: str, table: str) -> None:
    """Take the triggers called `name` off a table, where they are there."""
    if operations.get_context().dialect.name == "sqlite":
        for event, number in ((e, n) for e in ("update", "insert") for n in range(2)):
            operations.execute(text(f'DROP TRIGGER IF EXISTS "{name}_{event}_{number}"'))
        return
    operations.execute(text(f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"'))
    operations.execute(text(f'DROP FUNCTION IF EXISTS "{name}"()'))


Rule = tuple[str, dict[str, str]]
"""When, and what columns become then."""


def _new(column: str) -> str:
    return f'CAST(NEW."{column}" AS TEXT)'


def _old(column: str) -> str:
    return f'CAST(OLD."{column}" AS TEXT)'


def _put(operations: Any, name: str, table: str, updated: Sequence[Rule], inserted: Sequence[Rule] = ()) -> None:
    leave(operations, name, table)
    events = (("update", updated), ("insert", inserted))
    if operations.get_context().dialect.name == "sqlite":
        for event, rules in events:
            for number, (when, values) in enumerate(rules):
                made = ", ".join(f'"{column}" = {value}' for column, value in values.items())
                made = f'UPDATE "{table}" SET {made} WHERE rowid = NEW.rowid'
                told = when.replace("IS NOT DISTINCT FROM", "IS").replace("IS DISTINCT FROM", "IS NOT")
                trigger = f'"{name}_{event}_{number}" AFTER {event.upper()} ON "{table}" WHEN {told}'
                operations.execute(_plain(f"CREATE TRIGGER {trigger} BEGIN {made}; END"))
        return
    body = "".join(_branch(event, rules) for event, rules in events if rules)
    when = " OR ".join(event.upper() for event, rules in events if rules)
    operations.execute(
        _plain(f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN {body}RETURN NEW; END$$')
    )
    operations.execute(
        _plain(f'CREATE TRIGGER "{name}" BEFORE {when} ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{name}"()')
    )


def _branch(event: str, rules: Sequence[Rule]) -> str:
    """What a function does at an event: the first rule that fits."""
    made = [
        f"{'IF' if number == 0 else 'ELSIF'} {when} THEN "
        + " ".join(f'NEW."{column}" := {value};' for column, value in values.items())
        for number, (when, values) in enumerate(rules)
    ]
    return f"IF TG_OP = '{event.upper()}' THEN {' '.join(made)} END IF; END IF; "


def _plain(statement: str) -> Any:
    """A statement in which a colon is no parameter."""
    return text(statement.replace(":", r"\:"))


__all__ = ["forget", "leave", "mirror"]
