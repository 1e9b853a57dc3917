"""The migrations that take away: what no version needs any more once one is dropped, kept in tables of its own.

One makes rows ready while programs that serve the dropped version still run. The other takes away, and holds rows to
what every version that is left keeps: it runs when none of these programs does any more.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from ..contract.naming import safe_name
from .column_renames import named_as
from .columns import Column
from .home import shortened
from .json_trimming import Trimming, trimming
from .kept_by_record import kept_by_record
from .migration_script import Migration, script
from .migrations import constants, in_order, made_table, type_of
from .python import text
from .readying import Moved, column_moves, readied
from .row_settling import settling
from .script_meanings import mentioned
from .stored_values import Values
from .table_model import Table, Tables
from .table_rules import HeldTable, held_tables, rules


@dataclass(frozen=True)
class ArchiveView:
    """A table that holds what is taken away of another one: its key, and columns as they were.

    `followed` are the lines that work out the columns that come back; `shadows` are the keys that go from `kept`, and
    `marks` those that tell null from absent in what goes; `trimmed` are the columns of JSON of which something goes.
    """

    table: str
    name: str
    variable: str
    key: str
    columns: tuple[tuple[str, str], ...]
    plain: tuple[str, ...]
    followed: tuple[str, ...]
    beside: tuple[tuple[str, str], ...]
    shadows: tuple[str, ...]
    marks: tuple[str, ...]
    trimmed: tuple[tuple[str, str], ...]
    whole: bool
    references: tuple[tuple[str, str, str], ...]
    """Of a table that goes: its columns that the database holds to others', with those."""
    counts: bool

    @property
    def copied(self) -> str:
        """The columns that are kept, as a list."""
        names = [name for name, _ in (*self.columns, *self.beside)]
        return f"[{', '.join(names if self.whole else [*names, text('kept')])}]"

    @property
    def referring(self) -> str:
        """The references, as a list."""
        return "[" + ", ".join(f"({', '.join(each)})" for each in self.references) + "]"


@dataclass(frozen=True)
class GoneColumn:
    """A column that goes: all but `index` are as the script writes them; `refers` is what the database holds it to."""

    table: str
    name: str
    type: str
    index: str | None
    refers: tuple[str, str] | None
    bound: str
    """What the database calls that."""


@dataclass(frozen=True)
class Held:
    """What rows are held to from now on: every rule with the key of its table, and those that are new, to be eased."""

    rules: tuple[tuple[str, ...], ...]
    tables: tuple[HeldTable, ...]
    new: tuple[HeldTable, ...]
    unique: tuple[tuple[str, str, str], ...]
    said: tuple[str, ...]


@dataclass(frozen=True)
class Contraction:
    """The scripts that lead from the tables with a version to those without it.

    For people: what the last one holds rows to, and the columns for which the old program has to stop before the new
    one starts.
    """

    scripts: tuple[Migration, ...]
    held: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()


def contraction(before: Tables, after: Tables, *, version: str, package: str, down_revision: str | None) -> Contraction:
    """The scripts that lead from the tables with `version` to those without it; none where nothing is to be done."""
    were, before = before, named_as(before, after)
    moved = tuple(column_moves(were, after, version))
    trims = trimming(before, after)
    archives = tuple(_archives(before, after, version, trims))
    held = _held(were, after)
    if not (archives or moved or held.new or held.unique):
        return Contraction(())
    first = readied(before, after, moved, version=version, package=package, down_revision=down_revision)
    down_revision = down_revision if first is None else first.script.revision
    dropped = {t.record.identity: t for t in before.tables if after.table(t.record.identity) is None}
    columns = tuple(_gone_columns(before, after))
    lines = "\n".join(line for a in archives for line in a.followed)
    view = {
        "version": version,
        "package": package,
        "summary": tuple(_summary(archives, columns, moved, held)),
        "archives": archives,
        "columns": columns,
        "batched": tuple(dict.fromkeys(c.table for c in columns if c.refers is not None)),
        "dropped": tuple(made_table(t, before) for t in in_order(before) if t.record.identity in dropped),
        "counters": tuple(text(t.numbers(c)) for t in dropped.values() for c in t.counted),
        "leftovers": () if first is None else first.leftovers,
        "gone": trims.objects if any(a.trimmed for a in archives) else (),
        "held": held,
        "moved": moved,
        "constants": tuple(constants(Values(before), lines)),
        "hooks": re.search(r"\bhooks\.", lines) is not None,
        "meant": tuple(mentioned(lines, before)),
    }
    made = script("contraction.py.jinja", view, down_revision, "drop_", version)
    if first is None:
        return Contraction((made,), held.said)
    return Contraction((first.script, made), held.said, first.unsure)


def archive_name(table: str, version: str) -> str:
    """The name of the table that keeps what went from another one with a version."""
    return shortened(f"_dropped_{safe_name(version)}_{table}")


def _archives(before: Tables, after: Tables, version: str, trims: Trimming) -> Iterator[ArchiveView]:
    kept = kept_by_record(before), kept_by_record(after)
    for table in in_order(before):
        left = after.table(table.record.identity)
        if left is None:
            yield _whole(table, before, version)
            continue
        names = {c.name for c in left.columns}
        gone = [c for c in table.columns if c.name not in names]
        getters = [k[table.record.identity].getters if table.record.identity in k else {} for k in kept]
        shadows = tuple(key for key in getters[0] if key not in getters[1])
        trimmed = tuple((text(c), shape) for c, shape in trims.columns.get(table.name, {}).items())
        if gone or shadows or trimmed:
            yield _part(table, left, before, gone, shadows, trimmed, version)


def _part(
    table: Table,
    left: Table,
    before: Tables,
    gone: list[Column],
    shadows: tuple[str, ...],
    trimmed: tuple[tuple[str, str], ...],
    version: str,
) -> ArchiveView:
    """What goes of a table that stays."""
    found = settling(table, left, before)
    columns = {c.name: c for c in table.columns}
    goes = {c.name for c in gone}
    marks = [v.slot.mark for v in table.values() if v.slot.newest.keys[0] in goes and len(v.slot.newest.keys) == 1]
    names = {name for name, _ in trimmed}
    return ArchiveView(
        table=table.name,
        name=text(archive_name(table.name, version)),
        variable=f"{table.name}_table",
        key=text(table.key_column.name),
        columns=tuple((text(c.name), type_of(c, before)) for c in (table.key_column, *gone)),
        plain=tuple(text(c.name) for c in gone if c.name not in found.restored),
        followed=found.down,
        beside=tuple(
            (text(n), type_of(c, before))
            for n, c in columns.items()
            if n not in goes and (n in found.beside or text(n) in names)
        ),
        shadows=tuple(map(text, shadows)),
        marks=tuple(map(text, marks)),
        trimmed=trimmed,
        whole=False,
        references=(),
        counts=False,
    )


def _whole(table: Table, before: Tables, version: str) -> ArchiveView:
    """A table that goes."""
    refers = tuple((text(c.name), *map(text, c.refers.split("."))) for c in table.columns if c.refers)
    others = tuple((own, target, key) for own, target, key in refers if target != text(table.name))
    return ArchiveView(
        table=table.name,
        name=text(archive_name(table.name, version)),
        variable=f"{table.name}_table",
        key=text(table.key_column.name),
        columns=(
            *((text(c.name), type_of(c, before)) for c in table.columns),
            ('"revision"', "sa.Integer()"),
            ('"kept"', "columns.json_column()"),
        ),
        plain=(),
        followed=(),
        beside=(),
        shadows=(),
        marks=(),
        trimmed=(),
        whole=True,
        references=others,
        counts=str(table.key_column.type) == "int",
    )


def _gone_columns(before: Tables, after: Tables) -> Iterator[GoneColumn]:
    for table in before.tables:
        left = after.table(table.record.identity)
        names = set() if left is None else {c.name for c in left.columns}
        for c in table.columns if left is not None else ():
            if c.name not in names:
                index = text(table.unique_index(c)) if c.unique or c.became_unique else None
                target, _, key = (c.refers or "").partition(".")
                refers = (text(target), text(key)) if c.refers else None
                bound = text(shortened(f"fk_{table.name}_{c.name}"))
                yield GoneColumn(text(table.name), text(c.name), type_of(c, before), index, refers, bound)


def _held(before: Tables, after: Tables) -> Held:
    """What the rows are held to by every version that is left."""
    wanted, known = rules(after), set(rules(before))
    tables = {t.name: t for t in after.tables}
    columns = [(t, c) for t in after.tables for c in t.columns if c.became_unique]
    unique = [(text(t.name), text(t.unique_index(c)), text(c.name)) for t, c in columns]
    there = {t.unique_index(c) for t in before.tables for c in t.columns if c.became_unique}
    fresh = tuple(each for each in unique if each[1] not in map(text, there))
    new = [rule for rule in wanted if rule not in known]
    return Held(
        rules=tuple(
            tuple(map(text, (r.table, tables[r.table].key_column.name, r.column, r.condition, r.told))) for r in wanted
        ),
        tables=tuple(held_tables(wanted, after, type_of)),
        new=tuple(held_tables(new, after, type_of)),
        unique=fresh,
        said=(*(r.said for r in new), *(f"{t}.{c} UNIQUE".replace('"', "") for t, _, c in fresh)),
    )


def _summary(
    archives: tuple[ArchiveView, ...], columns: tuple[GoneColumn, ...], moved: tuple[Moved, ...], held: Held
) -> Iterator[str]:
    """What it does, for people."""
    said = [
        ("Tables that go", [a.table for a in archives if a.whole]),
        ("Columns that go", [f"{c.table}.{c.name}".replace('"', "") for c in columns]),
        ("Columns that go under their old names", [f"{m.table}.{m.old}".replace('"', "") for m in moved]),
        ("Members that go inside", [f"{a.table}.{c}".replace('"', "") for a in archives for c, _ in a.trimmed]),
        ("Shadows that go", [f"{a.table}: {s}".replace('"', "") for a in archives for s in a.shadows]),
        ("Kept in", [a.name.replace('"', "") for a in archives]),
        ("Rows are held to", list(held.said)),
    ]
    for what, names in said:
        if names:
            yield from textwrap.wrap(
                f"{what}: {', '.join(names)}.", 100, break_long_words=False, break_on_hyphens=False
            )
