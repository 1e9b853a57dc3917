"""The one migration that takes away: what no version needs any more once one is dropped, kept in tables of its own.

It runs before the program that knows the dropped version no longer, and while no program runs that still does.
"""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from ..contract.naming import safe_name
from .columns import Column
from .home import shortened
from .kept_by_record import kept_by_record
from .migrations import Migration, constants, in_order, made_table, type_of
from .python import text
from .render import render
from .row_settling import Settling, settling
from .stored_values import Values
from .table_model import Table, Tables


@dataclass(frozen=True)
class ArchiveView:
    """A table that holds what is taken away of another one: its key, and columns as they were.

    `settled` and `followed` are the lines that bring the columns which stay up to date, and work out those that come
    back; `shadows` are the keys that go from `kept`, and `marks` those that tell null from absent in what goes.
    """

    table: str
    name: str
    variable: str
    key: str
    columns: tuple[tuple[str, str], ...]
    plain: tuple[str, ...]
    settled: tuple[str, ...]
    followed: tuple[str, ...]
    beside: tuple[tuple[str, str], ...]
    shadows: tuple[str, ...]
    marks: tuple[str, ...]
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


def contraction(
    before: Tables, after: Tables, *, version: str, package: str, down_revision: str | None
) -> Migration | None:
    """The script that leads from the tables with `version` to those without it; None where nothing goes."""
    archives = tuple(_archives(before, after, version))
    if not archives:
        return None
    dropped = {t.record.identity: t for t in before.tables if after.table(t.record.identity) is None}
    columns = tuple(_gone_columns(before, after))
    lines = "\n".join(line for a in archives for line in (*a.settled, *a.followed))
    view = {
        "version": version,
        "package": package,
        "summary": tuple(_summary(archives, columns)),
        "archives": archives,
        "columns": columns,
        "batched": tuple(dict.fromkeys(c.table for c in columns if c.refers is not None)),
        "counting": {text(t.name) for t in after.tables if str(t.key_column.type) == "int"},
        "dropped": tuple(made_table(t, before) for t in in_order(before) if t.record.identity in dropped),
        "counters": tuple(text(t.numbers(c)) for t in dropped.values() for c in t.counted),
        "constants": tuple(constants(Values(before), lines)),
        "hooks": re.search(r"\bhooks\.", lines) is not None,
        "meanings": re.search(r"\bmeanings\.", lines) is not None,
    }
    body = render("contraction.py.jinja", revision="", down_revision=repr(down_revision), **view)
    revision = hashlib.sha256(body.encode()).hexdigest()[:12]
    down = "None" if down_revision is None else text(down_revision)
    made = render("contraction.py.jinja", revision=text(revision), down_revision=down, **view)
    slug = re.sub(r"\W+", "_", version).strip("_").lower()
    return Migration(revision, down_revision, f"{revision}_drop_{slug}.py", made)


def archive_name(table: str, version: str) -> str:
    """The name of the table that keeps what went from another one with a version."""
    return shortened(f"_dropped_{safe_name(version)}_{table}")


def _archives(before: Tables, after: Tables, version: str) -> Iterator[ArchiveView]:
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
        if gone or shadows:
            yield _part(table, left, before, gone, shadows, version)


def _part(
    table: Table, left: Table, before: Tables, gone: list[Column], shadows: tuple[str, ...], version: str
) -> ArchiveView:
    """What goes of a table that stays."""
    found = settling(table, left, before)
    columns = {c.name: c for c in table.columns}
    goes = {c.name for c in gone}
    marks = [v.slot.mark for v in table.values() if v.slot.newest.keys[0] in goes and len(v.slot.newest.keys) == 1]
    return ArchiveView(
        table=table.name,
        name=text(archive_name(table.name, version)),
        variable=f"{table.name}_table",
        key=text(table.key_column.name),
        columns=tuple((text(c.name), type_of(c, before)) for c in (table.key_column, *gone)),
        plain=tuple(text(c.name) for c in gone if c.name not in found.restored),
        settled=found.up,
        followed=found.down,
        beside=_typed(found, columns, before, goes),
        shadows=tuple(map(text, shadows)),
        marks=tuple(map(text, marks)),
        whole=False,
        references=(),
        counts=False,
    )


def _typed(found: Settling, columns: dict[str, Column], tables: Tables, goes: set[str]) -> tuple[tuple[str, str], ...]:
    """The columns that stay and that others, which go, follow from."""
    return tuple((text(n), type_of(columns[n], tables)) for n in found.beside if n not in goes)


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
        settled=(),
        followed=(),
        beside=(),
        shadows=(),
        marks=(),
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
                index = text(table.unique_index(c)) if c.unique else None
                target, _, key = (c.refers or "").partition(".")
                refers = (text(target), text(key)) if c.refers else None
                bound = text(shortened(f"fk_{table.name}_{c.name}"))
                yield GoneColumn(text(table.name), text(c.name), type_of(c, before), index, refers, bound)


def _summary(archives: tuple[ArchiveView, ...], columns: tuple[GoneColumn, ...]) -> Iterator[str]:
    """What it does, for people."""
    said = [
        ("Tables that go", [a.table for a in archives if a.whole]),
        ("Columns that go", [f"{c.table}.{c.name}".replace('"', "") for c in columns]),
        ("Shadows that go", [f"{a.table}: {s}".replace('"', "") for a in archives for s in a.shadows]),
        ("Kept in", [a.name.replace('"', "") for a in archives]),
    ]
    for what, names in said:
        if names:
            yield from textwrap.wrap(
                f"{what}: {', '.join(names)}.", 100, break_long_words=False, break_on_hyphens=False
            )
