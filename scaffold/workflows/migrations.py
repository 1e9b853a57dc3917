"""The migrations that commands write: the first one, and one for each cut that needs it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from ..contract.history import History
from ..convert.prepared import prepared
from ..convert.records import records
from ..diagnostics import Diagnostic, ScaffoldError, Span
from ..generate.converters import converters
from ..generate.migrations import Migration, migration
from ..generate.shapes import shapes
from ..generate.tables import Tables, tables
from ..project.files import File, Owner
from ..project.layout import MIGRATIONS, Project
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
    made = migration(tables_of(before), tables_of(after), package=project.package, down_revision=head(project.root))
    return None if made is None else _file(made, project)


def _file(made: Migration, project: Project) -> File:
    path = f"{MIGRATIONS}/{made.filename}"
    return File(path, format_files({path: made.text}, packages=[project.package])[path], Owner.USER_ONCE)


def head(root: Path) -> str | None:
    """The revision that no other one follows; None where there is no migration.

    Raises:
        ScaffoldError: SC560 for two heads, or a script that says no revision.
    """
    follows: dict[str, tuple[str, tuple[str, ...]]] = {}
    for path in sorted((root / MIGRATIONS).glob("*.py")):
        name = path.relative_to(root).as_posix()
        stated = _stated(path.read_text(encoding="utf-8"), name)
        revision = stated.get("revision")
        if not isinstance(revision, str):
            raise _broken(name, "it says no `revision`")
        down = stated.get("down_revision")
        follows[revision] = (name, (down,) if isinstance(down, str) else tuple(down) if isinstance(down, tuple) else ())
    followed = {parent for _, parents in follows.values() for parent in parents}
    heads = [revision for revision in follows if revision not in followed]
    if len(heads) > 1:
        names = ", ".join(f"`{follows[h][0]}`" for h in heads)
        raise ScaffoldError(
            Diagnostic("SC560", f"there are two migration heads: {names}", help="join them with `alembic merge heads`")
        )
    return heads[0] if heads else None


def _stated(text: str, name: str) -> dict[str, object]:
    """The constants of a script, without running it."""
    try:
        body = ast.parse(text).body
    except SyntaxError as error:
        raise _broken(name, f"it is no Python: {error.msg}") from error
    found: dict[str, object] = {}
    for node in body:
        targets: list[ast.expr] = []
        if isinstance(node, ast.AnnAssign):
            targets = [node.target]
        elif isinstance(node, ast.Assign):
            targets = node.targets
        value = getattr(node, "value", None)
        for target in targets:
            if isinstance(target, ast.Name) and isinstance(value, ast.Constant | ast.Tuple):
                found[target.id] = ast.literal_eval(value)
    return found


def _broken(name: str, cause: str) -> ScaffoldError:
    return ScaffoldError(Diagnostic("SC560", f"the migration `{name}` cannot be read: {cause}", Span(name, 1, 1, 1, 1)))
