"""The migration before the one that takes away: rows as programs need them that do not know the dropped version.

It runs while programs that know it still do, and both kinds run on what it leaves. A value that a program of long ago
wrote in its older form last is put into the newer one, which is all that the new program looks at. And where that
writes a newer form without the older one, the older one is emptied: what was left there would be taken for newer.
"""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from ..contract.naming import safe_name
from .home import shortened
from .migrations import Migration, constants, type_of
from .python import text
from .render import render
from .row_settling import Settling, settling
from .stored_values import Values
from .table_model import Table, Tables


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


def readied(before: Tables, after: Tables, *, version: str, package: str, down_revision: str | None) -> Readied | None:
    """The script that makes rows ready for a program without `version`; None where they are."""
    found = [(t, settling(t, left, before)) for t in before.tables if (left := after.table(t.record.identity))]
    settled = tuple(_settled(table, made, before) for table, made in found if made.up)
    leftovers = tuple(left for table, made in found for left in _leftovers(table, made, version))
    if not settled and not leftovers:
        return None
    lines = "\n".join(line for each in settled for line in each.lines)
    view = {
        "version": version,
        "package": package,
        "summary": tuple(_summary(settled, leftovers)),
        "settled": settled,
        "leftovers": leftovers,
        "constants": tuple(constants(Values(before), lines)),
        "hooks": re.search(r"\bhooks\.", lines) is not None,
        "meanings": re.search(r"\bmeanings\.", lines) is not None,
    }
    body = render("readying.py.jinja", revision="", down_revision=repr(down_revision), **view)
    revision = hashlib.sha256(body.encode()).hexdigest()[:12]
    down = "None" if down_revision is None else text(down_revision)
    made = render("readying.py.jinja", revision=text(revision), down_revision=down, **view)
    slug = re.sub(r"\W+", "_", version).strip("_").lower()
    return Readied(Migration(revision, down_revision, f"{revision}_before_dropping_{slug}.py", made), leftovers)


def _settled(table: Table, made: Settling, tables: Tables) -> SettledView:
    said = "\n".join(made.up)
    used = [c for c in table.columns if c.key or text(c.name) in said]
    return SettledView(
        table=table.name,
        variable=f"{table.name}_table",
        key=text(table.key_column.name),
        columns=tuple((text(c.name), type_of(c, tables)) for c in used),
        lines=made.up,
    )


def _leftovers(table: Table, made: Settling, version: str) -> Iterator[Leftover]:
    for older, newer in made.followed:
        name = shortened(f"_dropped_{safe_name(version)}_{table.name}_{older[0]}")
        yield Leftover(text(name), text(table.name), _listed(older), _listed(newer))


def _listed(names: tuple[str, ...]) -> str:
    return f"[{', '.join(map(text, names))}]"


def _summary(settled: tuple[SettledView, ...], leftovers: tuple[Leftover, ...]) -> Iterator[str]:
    """What it does, for people."""
    said = [
        ("Rows that are brought up to date", [s.table for s in settled]),
        ("Emptied once newer forms are written", [f"{left.table}: {left.older}" for left in leftovers]),
    ]
    for what, names in said:
        if names:
            told = f"{what}: {', '.join(names)}.".replace('"', "")
            yield from textwrap.wrap(told, 100, break_long_words=False, break_on_hyphens=False)
