"""The migration before the one that takes away: rows as programs need them that do not know the dropped version.

It runs while programs that know it still do, and both kinds run on what it leaves. A value that a program of long ago
wrote in its older form last is put into the newer one, which is all that the new program looks at. And where that
writes a newer form without the older one, the older one is emptied: what was left there would be taken for newer.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..contract.naming import safe_name
from .column_renames import renamed_since
from .home import shortened
from .migration_script import Migration, script
from .migrations import constants, type_of
from .python import text
from .row_changes import missing_values
from .row_settling import Settling, settling
from .script_meanings import mentioned
from .stored_values import Values
from .table_model import Table, Tables
from .table_rules import HeldTable, Rule, held_tables, rules


@dataclass(frozen=True)
class SettledView:
    """The rows of a table that are brought up to date: the columns that are read or written, and the lines."""

    table: str
    variable: str
    key: str
    columns: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Leftover:
    """Columns that go, and the newer ones that are written instead; `name` is that of the triggers."""

    name: str
    table: str
    older: str
    newer: str


@dataclass(frozen=True)
class Readied:
    """The script, and the triggers that it leaves, which go with the columns."""

    script: Migration
    leftovers: tuple[Leftover, ...]
    unsure: tuple[str, ...]
    """The columns for which programs that know them have to stop before others start: `users.place`."""


@dataclass(frozen=True)
class Moved:
    """A column that goes under another name, all as scripts write it: both stand side by side for a while."""

    name: str
    """That of the triggers."""
    table: str
    old: str
    new: str
    type: str
    indexes: tuple[str, str] | None
    """The unique index of the old one, and of the new one."""
    refers: tuple[str, str, str, str] | None
    """What the database holds it to: what it calls that of the new one and of the old one, the table, and its key."""
    held: HeldTable | None
    """What the old one is held to; not while both stand there."""


def column_moves(before: Tables, after: Tables, version: str) -> Iterator[Moved]:
    """The columns of `before` that have another name in `after`, since `version` was dropped."""
    for table in before.tables:
        left = after.table(table.record.identity)
        columns = {c.name: c for c in table.columns}
        for old, new in ({} if left is None else renamed_since(table, left)).items():
            column = columns[old]
            unique = column.unique or column.became_unique
            indexes = text(table.unique_index(column)), text(shortened(f"uq_{table.name}_{new}"))
            target, _, key = (column.refers or "").partition(".")
            bound = text(shortened(f"fk_{table.name}_{new}")), text(shortened(f"fk_{table.name}_{old}"))
            mine = [rule for rule in rules(before) if rule.table == table.name and rule.column == old]
            yield Moved(
                name=text(shortened(f"_dropped_{safe_name(version)}_{table.name}_{old}")),
                table=text(table.name),
                old=text(old),
                new=text(new),
                type=type_of(column, before),
                indexes=indexes if unique else None,
                refers=(*bound, text(target), text(key)) if column.refers else None,
                held=next(held_tables(mine, before, type_of), None),
            )


def readied(
    before: Tables, after: Tables, moved: tuple[Moved, ...], *, version: str, package: str, down_revision: str | None
) -> Readied | None:
    """The script that makes rows ready for a program without `version`; None where they are.

    `before` has its columns under the names that they have in `after`; `moved` are those that had others.
    """
    found = [(t, settling(t, left, before)) for t in before.tables if (left := after.table(t.record.identity))]
    held = rules(after)
    settled = tuple(each for table, made in found if (each := _settled(table, made, before, held)) is not None)
    leftovers = tuple(left for table, made in found for left in _leftovers(table, made, version))
    if not (settled or leftovers or moved):
        return None
    lines = "\n".join(line for each in settled for line in each.lines)
    view = {
        "version": version,
        "package": package,
        "summary": tuple(_summary(settled, leftovers, moved)),
        "settled": settled,
        "leftovers": leftovers,
        "moved": moved,
        "constants": tuple(constants(Values(before), lines)),
        "hooks": re.search(r"\bhooks\.", lines) is not None,
        "meant": tuple(mentioned(lines, before)),
    }
    made = script("readying.py.jinja", view, down_revision, "before_dropping_", version)
    return Readied(made, leftovers, tuple(f"{t.name}.{c}" for t, each in found for c in each.unsure))


def _settled(table: Table, made: Settling, tables: Tables, held: Sequence[Rule]) -> SettledView | None:
    """The rows of a table; None where there is nothing to bring up to date.

    What a program from before a value was necessary did not write gets what was declared for rows of its kind.
    """
    missing = missing_values(tables, table, {r.column for r in held if r.table == table.name and r.name is None})
    lines = (*made.up, *missing)
    if not lines:
        return None
    said = "\n".join(lines)
    used = [c for c in table.columns if c.key or text(c.name) in said]
    return SettledView(
        table=table.name,
        variable=f"{table.name}_table",
        key=text(table.key_column.name),
        columns=tuple((text(c.name), type_of(c, tables)) for c in used),
        lines=lines,
    )


def _leftovers(table: Table, made: Settling, version: str) -> Iterator[Leftover]:
    for older, newer in made.followed:
        name = shortened(f"_dropped_{safe_name(version)}_{table.name}_{older[0]}")
        yield Leftover(text(name), text(table.name), _listed(older), _listed(newer))


def _listed(names: tuple[str, ...]) -> str:
    return f"[{', '.join(map(text, names))}]"


def _summary(
    settled: tuple[SettledView, ...], leftovers: tuple[Leftover, ...], moved: tuple[Moved, ...]
) -> Iterator[str]:
    """What it does, for people."""
    said = [
        ("Columns that stand under both names for a while", [f"{m.table}.{m.old}, {m.new}" for m in moved]),
        ("Rows that are brought up to date", [s.table for s in settled]),
        ("Emptied once newer forms are written", [f"{left.table}: {left.older}" for left in leftovers]),
    ]
    for what, names in said:
        if names:
            told = f"{what}: {', '.join(names)}.".replace('"', "")
            yield from textwrap.wrap(told, 100, break_long_words=False, break_on_hyphens=False)
