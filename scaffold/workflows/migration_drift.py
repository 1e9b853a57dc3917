"""Whether the migrations of a project make what its program keeps."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

from ..contract.history import History
from ..diagnostics import Diagnostic, ScaffoldError, Severity, Span
from ..generate.migrations import column_types
from ..project.layout import MIGRATIONS, Project
from ..project.migration_scripts import Made, Script, heads, in_order, made_by, read_scripts
from .migrations import tables_of, two_heads

FROM_GIT = "take it from version control, `git checkout -- migrations`"
BY_HAND = "write it with `alembic revision --autogenerate`, on a database that is migrated; read what it wrote"
OWN = ("revision", "kept")
"""The columns that every table has beside those of its record."""


def drift(history: History, project: Project) -> Iterator[Diagnostic]:
    """What the migrations of `project` lack for the tables of `history`, which has no draft; each with a way out.

    Until a version is released tables follow the spec, and there is no migration.
    """
    try:
        scripts = read_scripts(project.root)
    except ScaffoldError as error:
        yield from error.diagnostics
        return
    wanted = column_types(tables_of(history))
    if not scripts:
        if wanted and any(v.frozen for v in history.versions):
            yield Diagnostic("SC561", f"there is no migration in `{MIGRATIONS}`", help=FROM_GIT)
        return
    lost = list(_lost(scripts))
    yield from lost
    found = heads(scripts)
    if len(found) > 1:
        yield two_heads(found)
    if not lost:
        yield from _differences(wanted, made_by(scripts), _newest(scripts))


def _lost(scripts: dict[str, Script]) -> Iterator[Diagnostic]:
    """The migrations that others follow and that are gone."""
    for script in scripts.values():
        for parent in script.follows:
            if parent not in scripts:
                message = f"`{script.path}` follows the migration {parent}, which is gone"
                yield Diagnostic("SC561", message, _at(script), help=FROM_GIT)


def _newest(scripts: dict[str, Script]) -> Script:
    return list(in_order(scripts))[-1]


def _differences(wanted: dict[str, dict[str, str]], made: Made, newest: Script) -> Iterator[Diagnostic]:
    """The columns that are not made, that are of another type, and that nothing is kept in."""
    for table, columns in wanted.items():
        there = made.tables.get(table)
        if there is None:
            if table not in made.words:
                yield Diagnostic("SC562", f"no migration makes the table `{table}`", _at(newest), help=BY_HAND)
            continue
        for column, type_ in columns.items():
            if column not in there:
                if column not in made.words:
                    message = f"no migration makes the column `{table}.{column}`"
                    yield Diagnostic("SC562", message, _at(newest), help=BY_HAND)
            elif _plain(there[column]) != _plain(type_) and _is_ours(there[column]):
                message = f"`{table}.{column}` is `{there[column]}` in the migrations and `{type_}` in the program"
                yield Diagnostic("SC562", message, _at(newest), help=BY_HAND)
        for column in there.keys() - columns.keys() - {*OWN}:
            message = f"a migration makes the column `{table}.{column}`, and nothing is kept in it"
            yield Diagnostic("SC563", message, _at(newest), help=BY_HAND, severity=Severity.WARNING)


def _at(script: Script) -> Span:
    return Span(script.path, 1, 1, 1, 1)


@cache
def _plain(type_: str) -> str:
    """A type without how it is laid out."""
    return ast.unparse(ast.parse(type_)) if type_ else ""


def _is_ours(type_: str) -> bool:
    """Whether a type is written as the tool writes it; another one is somebody's own choice."""
    return type_.startswith("columns.") or _plain(type_) in _OURS


_OURS = frozenset(
    _plain(t)
    for t in (
        'sa.BigInteger().with_variant(sa.Integer(), "sqlite")',
        *(f"sa.{name}()" for name in ("BigInteger", "Boolean", "Date", "Float", "Integer", "Text", "Time", "Uuid")),
    )
)
