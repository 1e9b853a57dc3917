"""The migrations that commands write: the first one, and one for each cut that needs it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..contract.history import History
from ..convert.prepared import prepared
from ..convert.records import records
from ..diagnostics import Diagnostic, ScaffoldError
from ..generate.contraction import contraction
from ..generate.conversion_plan import converters
from ..generate.homes import USAGE
from ..generate.migration_script import Migration
from ..generate.migrations import migration
from ..generate.shapes import shapes
from ..generate.table_model import Tables
from ..generate.tables import tables
from ..project.files import File, Owner
from ..project.layout import MIGRATIONS, Project
from ..project.migration_scripts import Script, heads, made_by, read_scripts
from ..project.ruff import format_files


def tables_of(history: History) -> Tables:
    """The tables that the program of `history` works on."""
    history = prepared(history)
    held = records(history)
    return tables(history, held, converters(history, held, shapes(history)).keeping)


def first_migration(history: History, held: Tables, project: Project) -> Iterator[File]:
    """The migration that makes every table, once a version is released: until then tables follow the spec."""
    if any(v.frozen for v in history.versions):
        made = migration(None, held, package=project.package, down_revision=None)
        if made is not None:
            yield _file(made, project)


def missing_migration(history: History, project: Project) -> Iterator[File]:
    """The first migration, where the project has none yet."""
    if head(project.root) is None:
        yield from first_migration(history, tables_of(history), project)


def next_migration(before: History, after: History, project: Project) -> File | None:
    """The migration from the tables of one history to those of the next; None where nothing is to be done.

    Raises:
        ScaffoldError: SC560 when the migrations that are there have several heads or cannot be read.
    """
    scripts = read_scripts(project.root)
    made = migration(
        tables_of(before),
        tables_of(after),
        package=project.package,
        down_revision=head(project.root),
        usage=USAGE not in made_by(scripts).tables,
    )
    return None if made is None else _file(made, project)


@dataclass(frozen=True)
class Dropping:
    """The migrations that a drop needs, in order; for people what rows are held to then, and what needs a stop."""

    files: tuple[File, ...]
    held: tuple[str, ...]
    stops: tuple[str, ...]


def dropping_migrations(before: History, after: History, version: str, project: Project) -> Dropping:
    """The migrations that take out what only `version` needed, which was dropped; none where nothing changes.

    Raises:
        ScaffoldError: SC560 when the migrations that are there have several heads or cannot be read.
    """
    made = contraction(
        tables_of(before),
        tables_of(after),
        version=version,
        package=project.package,
        down_revision=head(project.root),
    )
    return Dropping(tuple(_file(each, project) for each in made.scripts), made.held, made.stops)


def _file(made: Migration, project: Project) -> File:
    path = f"{MIGRATIONS}/{made.filename}"
    return File(path, format_files({path: made.text}, packages=[project.package])[path], Owner.USER_ONCE)


def head(root: Path) -> str | None:
    """The revision that no other one follows; None where there is no migration.

    Raises:
        ScaffoldError: SC560 for two heads, or a script that cannot be read.
    """
    found = heads(read_scripts(root))
    if len(found) > 1:
        raise ScaffoldError(two_heads(found))
    return found[0].revision if found else None


def two_heads(found: Sequence[Script]) -> Diagnostic:
    """SC560: migrations that were written side by side."""
    names = ", ".join(f"`{script.path}`" for script in found)
    return Diagnostic("SC560", f"there are two migration heads: {names}", help="join them with `alembic merge heads`")
