"""Migrations: the Alembic script that leads from the tables of one history to those of a later one.

It only adds, so that the program of the version before goes on running on the same database.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from .columns import Column
from .homes import USAGE
from .migration_script import Migration, script
from .python import text
from .row_changes import row_changes
from .row_state import RowChanges, State
from .script_meanings import mentioned
from .stored_values import Values, sql_type
from .table_model import Table, Tables
from .table_rules import HeldTable, held_tables, rules

_SQL = {
    "BigKey": 'sa.BigInteger().with_variant(sa.Integer(), "sqlite")',
    "ExactDecimal": "columns.ExactDecimal()",
    "UtcDateTime": "columns.UtcDateTime()",
    "Duration": "columns.Duration()",
    "json_column()": "columns.json_column()",
}

USAGE_COLUMNS = (
    ("day", "sa.Date()"),
    ("client", "sa.Text()"),
    ("verified", "sa.Boolean()"),
    ("version", "sa.Text()"),
    ("operation", "sa.Text()"),
    ("sent", "sa.Text()"),
    ("count", "sa.BigInteger()"),
    ("last_seen", "columns.UtcDateTime()"),
)
"""The table of who called what: its key, how often, and when last."""

_COUNTS = "sqlite_autoincrement=True"
_HELPERS = ("boxed", "only", "keep", "kept_words", "mark", "put_inside", "read")


@dataclass(frozen=True)
class TableView:
    """A table that is made."""

    name: str
    columns: tuple[str, ...]
    rules: tuple[str, ...]
    indexes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FillView:
    """The rows of one table that are changed, and changed back."""

    name: str
    variable: str
    key: str
    columns: tuple[str, ...]
    up: tuple[str, ...]
    down: tuple[str, ...]
    keeps: bool


@dataclass(frozen=True)
class MigrationView:
    """What the script says."""

    version: str
    summary: tuple[str, ...]
    package: str
    created: tuple[TableView, ...]
    dropped_indexes: tuple[tuple[str, str, str], ...]
    eased: tuple[HeldTable, ...]
    """What the rows are not held to any more, since a version was dropped that allowed more; nor later, undone."""
    unheld: tuple[tuple[str, str, str], ...]
    """The indexes made since then of columns that are not unique any more."""
    added: tuple[tuple[str, str, str], ...]
    added_indexes: tuple[tuple[str, str, str], ...]
    completed: tuple[str, ...]
    counters: tuple[str, ...]
    constants: tuple[tuple[str, str], ...]
    fills: tuple[FillView, ...]
    helpers: frozenset[str]
    hooks: bool
    meant: tuple[tuple[str, str], ...]
    """Whether functions of the user's convert rows."""

    @property
    def empty(self) -> bool:
        """Whether nothing is to be done."""
        loosened = self.dropped_indexes or self.eased or self.unheld
        return not (self.created or loosened or self.added or self.fills)


def migration(
    before: Tables | None,
    after: Tables,
    *,
    package: str,
    down_revision: str | None,
    usage: bool = False,
) -> Migration | None:
    """The script from `before`, None for an empty database, to `after`; None where nothing is to be done.

    The first one makes the table of who called what too; a later one does with `usage`, where none did before. The
    revision is a digest of what the script does and of what it follows.
    """
    view = _view(before, after, package, usage=usage or before is None)
    if view.empty:
        return None
    names = {name: getattr(view, name) for name in view.__dataclass_fields__}
    return script("migration.py.jinja", names, down_revision, "", after.history.versions[-1].id)


def column_types(tables: Tables) -> dict[str, dict[str, str]]:
    """The columns of every table with the types that a script gives them, without those that every resource has."""
    made = {t.name: {c.name: type_of(c, tables) for c in t.columns} for t in tables.tables}
    return {**made, USAGE: dict(USAGE_COLUMNS)}


def _view(before: Tables | None, after: Tables, package: str, *, usage: bool) -> MigrationView:
    known = {} if before is None else {t.record.identity: t for t in before.tables}
    pairs = [(known[t.record.identity], t) for t in after.tables if t.record.identity in known]
    created = tuple(made_table(t, after) for t in in_order(after) if t.record.identity not in known)
    counters = [t.numbers(c) for t in after.tables for c in t.counted]
    counters = [n for n in counters if n not in {t.numbers(c) for t in known.values() for c in t.counted}]
    created += tuple(_counter(n) for n in counters)
    created += (_usage(),) if usage else ()
    added = tuple(
        (text(new.name), text(c.name), type_of(c, after)) for old, new in pairs for c in new.columns[len(old.columns) :]
    )
    named = tuple(
        (text(new.name), text(new.unique_index(c)), text(c.name))
        for old, new in pairs
        for c in new.columns[len(old.columns) :]
        if c.unique
    )
    dropped = tuple(
        (text(new.name), text(old.unique_index(was)), text(now.name))
        for old, new in pairs
        for was, now in zip(old.columns, new.columns, strict=False)
        if was.unique and not now.unique
    )
    unheld = tuple(
        (text(new.name), text(old.unique_index(was)), text(now.name))
        for old, new in pairs
        for was, now in zip(old.columns, new.columns, strict=False)
        if was.became_unique and not now.became_unique
    )
    left = set(rules(after))
    eased = () if before is None else tuple(held_tables((r for r in rules(before) if r not in left), before, type_of))
    changes: list[RowChanges] = []
    if before is not None:
        changes = list(row_changes(State(before, "_BEFORE"), State(after)))
    fills = tuple(_fill(c, after) for c in changes)
    lines = "\n".join(line for f in fills for line in (*f.up, *f.down))
    states = [Values(after)] if before is None else [Values(before, "_BEFORE"), Values(after)]
    return MigrationView(
        version=after.history.versions[-1].id,
        summary=tuple(_summary(created, added, fills, (*dropped, *unheld), eased)),
        package=package,
        created=created,
        dropped_indexes=dropped,
        eased=eased,
        unheld=unheld,
        added=added,
        added_indexes=named,
        completed=tuple(c for old, new in pairs for c in _completed(old, new, after)),
        counters=tuple(n for n in counters if re.search(rf"\b{n}\b", lines)),
        constants=tuple(c for v in states for c in constants(v, lines)),
        fills=fills,
        helpers=frozenset(h for h in _HELPERS if re.search(rf"\b{h}\(", lines)),
        hooks=re.search(r"\bhooks\.", lines) is not None,
        meant=tuple(mentioned(lines, after, before)),
    )


def type_of(column: Column, tables: Tables) -> str:
    """The type of a column as a script writes it."""
    name = sql_type(column.type, tables, key=column.key)
    return _SQL.get(name, f"sa.{name}()")


def made_table(table: Table, tables: Tables) -> TableView:
    """A table as a script makes it."""
    columns = []
    for c in table.columns:
        more = f", sa.ForeignKey({text(c.refers)})" if c.refers else ", primary_key=True" if c.key else ""
        columns.append(f"sa.Column({text(c.name)}, {type_of(c, tables)}{more})")
    columns.append('sa.Column("revision", sa.Integer(), nullable=False, server_default="1")')
    columns.append('sa.Column("kept", columns.json_column(), nullable=False, server_default="{}")')
    rules = (_COUNTS,) if str(table.key_column.type) == "int" else ()
    indexes = tuple((text(table.unique_index(c)), text(c.name)) for c in table.columns if c.unique)
    return TableView(text(table.name), tuple(columns), rules, indexes)


def _completed(old: Table, new: Table, after: Tables) -> Iterator[str]:
    """The statements that give what refers to rows every kind of their key."""
    known = len(old.columns)
    added = {c.name for c in new.columns[known:]}
    for reference in new.references:
        target = after.table(reference.target)
        one, key = reference.columns[-1]
        for name, theirs in reference.columns[:-1]:
            if target is not None and name in added and one not in added:
                same = f'other."{key}" = "{new.name}"."{one}"'
                parts = (
                    f'UPDATE "{new.name}" SET "{name}" = ',
                    f'(SELECT other."{theirs}" FROM "{target.name}" AS other WHERE {same})',
                    f' WHERE "{name}" IS NULL',
                )
                yield " ".join(map(repr, parts))


def in_order(tables: Tables) -> Iterator[Table]:
    """The tables, each after those that the database holds it to."""
    waiting = list(tables.tables)
    done: set[str] = set()
    while waiting:
        for table in list(waiting):
            if all(c.refers.partition(".")[0] in {*done, table.name} for c in table.columns if c.refers):
                yield table
                done.add(table.name)
                waiting.remove(table)


def _counter(name: str) -> TableView:
    """A table that only counts."""
    return TableView(text(name), (f'sa.Column("number", {_SQL["BigKey"]}, primary_key=True)',), (_COUNTS,), ())


def _usage() -> TableView:
    """The table of who called what."""
    keys = (f"sa.Column({text(n)}, {type_}, primary_key=True)" for n, type_ in USAGE_COLUMNS[:-2])
    counts = (f"sa.Column({text(n)}, {type_}, nullable=False)" for n, type_ in USAGE_COLUMNS[-2:])
    return TableView(text(USAGE), (*keys, *counts), (), ())


def _fill(changes: RowChanges, tables: Tables) -> FillView:
    table = changes.table
    columns = {c.name: c for c in table.columns}
    used = dict.fromkeys([table.key_column.name, *changes.read, *changes.written, *changes.restored])
    stated = [f"sa.column({text(name)}, {type_of(columns[name], tables)})" for name in used]
    return FillView(
        name=table.name,
        variable=f"{table.name}_table",
        key=text(table.key_column.name),
        columns=tuple(stated),
        up=tuple(changes.up),
        down=tuple(changes.down),
        keeps=changes.keeps,
    )


def constants(values: Values, lines: str) -> Iterator[tuple[str, str]]:
    """The tables of enums that the lines mention."""
    for enum in values.tables.enums.values():
        for way, rows in (("STORED", enum.stored), ("LOADED", enum.loaded)):
            name = values.enum_table(enum.identity, way)
            if re.search(rf"\b{name}\b", lines):
                yield name, "{" + ", ".join(f"{text(k)}: {text(v)}" for k, v in rows.items()) + "}"


def _summary(
    created: tuple[TableView, ...],
    added: tuple[tuple[str, str, str], ...],
    fills: tuple[FillView, ...],
    dropped: tuple[tuple[str, str, str], ...],
    eased: tuple[HeldTable, ...],
) -> Iterator[str]:
    """What it does, for people."""
    said = [
        ("New tables", [t.name for t in created]),
        ("New columns", [f"{t}.{c}" for t, c, _ in added]),
        ("Values for the rows of", [f.name for f in fills]),
        ("No longer unique", [f"{t}.{c}" for t, _, c in dropped]),
        ("No longer held to", [f"{e.table}: {name}" for e in eased for name, _ in (*e.filled, *e.checks)]),
    ]
    for what, names in said:
        if names:
            listed = ", ".join(dict.fromkeys(n.replace('"', "") for n in names))
            yield from textwrap.wrap(f"{what}: {listed}.", 100, break_long_words=False, break_on_hyphens=False)
