"""What words stand for in a script of the database: as it was when the script was written.

The package's own `meanings` go on changing as values are renamed, and a database may be several versions behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .meanings_view import meanings
from .table_model import Tables

BEFORE = "_BEFORE"
"""What the names of the tables from before end with, where those of two histories stand in one script."""
_MENTIONED = re.compile(r"\bmeanings(_before)?\.(\w+)")


def of_before(expression: str) -> str:
    """An expression whose words are those from before the script."""
    return _MENTIONED.sub(r"meanings_before.\2", expression)


def stated(text: str) -> str:
    """The text of a script that has the tables itself."""
    return _MENTIONED.sub(lambda found: _constant(found[2], BEFORE if found[1] else ""), text)


def mentioned(lines: str, after: Tables, before: Tables | None = None) -> Iterator[tuple[str, str]]:
    """The tables that lines mention, as constants with their values."""
    wanted = {(found[2], bool(found[1])) for found in _MENTIONED.finditer(lines)}
    for tables, old in ((before, True), (after, False)):
        if tables is None or not any(was is old for _, was in wanted):
            continue
        found = meanings(tables.history, tables.records)
        suffix = BEFORE if old else ""
        for other in found.others:
            if (other.name, old) in wanted:
                yield f"{_constant(other.name, suffix)}: Any", other.value
        for table in found.tables:
            if (table.name, old) in wanted:
                rows = ", ".join(f"{key}: {value}" for key, value in table.rows)
                yield (
                    f"{_constant(table.name, suffix)}: coding.Table[Any, Any]",
                    f"coding.Table({{{rows}}}{table.rest})",
                )


def _constant(name: str, suffix: str) -> str:
    return f"{name.upper()}{suffix}"
