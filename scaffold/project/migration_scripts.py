"""The migrations of a project, read without running them: how they follow each other, and which columns they make."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..diagnostics import Diagnostic, ScaffoldError, Span
from .layout import MIGRATIONS


@dataclass(frozen=True)
class Script:
    """One migration: where it stands, its revision, those it follows, and its code."""

    path: str
    revision: str
    follows: tuple[str, ...]
    code: ast.Module


@dataclass(frozen=True)
class Made:
    """What the migrations make: of each table its columns with their types as they are written.

    `words` are those of SQL that is run as text: what it makes cannot be told, but it says what it is about.
    """

    tables: Mapping[str, Mapping[str, str]]
    words: frozenset[str] = frozenset()


def read_scripts(root: Path) -> dict[str, Script]:
    """The migrations of the project at `root`, by revision.

    Raises:
        ScaffoldError: SC560 for a script that is no Python or says no revision.
    """
    found: dict[str, Script] = {}
    for place in sorted((root / MIGRATIONS).glob("*.py")):
        path = place.relative_to(root).as_posix()
        try:
            code = ast.parse(place.read_text(encoding="utf-8"))
        except SyntaxError as error:
            raise _broken(path, f"it is no Python: {error.msg}") from error
        stated = _constants(code)
        revision, down = stated.get("revision"), stated.get("down_revision")
        if not isinstance(revision, str):
            raise _broken(path, "it says no `revision`")
        follows = (down,) if isinstance(down, str) else tuple(down) if isinstance(down, tuple) else ()
        found[revision] = Script(path, revision, follows, code)
    return found


def heads(scripts: Mapping[str, Script]) -> tuple[Script, ...]:
    """The migrations that no other one follows."""
    followed = {parent for script in scripts.values() for parent in script.follows}
    return tuple(script for revision, script in scripts.items() if revision not in followed)


def in_order(scripts: Mapping[str, Script]) -> Iterator[Script]:
    """Every migration after all that it follows; one that follows a missing one as if it followed none."""
    done: set[str] = set()

    def after(script: Script) -> Iterator[Script]:
        if script.revision in done:
            return
        done.add(script.revision)
        for parent in script.follows:
            if parent in scripts:
                yield from after(scripts[parent])
        yield script

    for script in scripts.values():
        yield from after(script)


def made_by(scripts: Mapping[str, Script]) -> Made:
    """The tables and columns that the migrations leave behind, one after the other."""
    tables: dict[str, dict[str, str]] = {}
    words: set[str] = set()
    for script in in_order(scripts):
        for body in script.code.body:
            if isinstance(body, ast.FunctionDef) and body.name == "upgrade":
                words |= _replay(body, tables)
    return Made(tables, frozenset(words))


def _replay(body: ast.FunctionDef, tables: dict[str, dict[str, str]]) -> set[str]:
    """Do to `tables` what `body` does to a database; the words of the SQL that it runs."""
    words: set[str] = set()
    batches = dict(_batches(body))
    calls = [n for n in ast.walk(body) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)]
    for call in sorted(calls, key=lambda c: (c.lineno, c.col_offset)):
        assert isinstance(call.func, ast.Attribute)
        on = call.func.value
        batch = batches.get(on.id) if isinstance(on, ast.Name) else None
        texts = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        names = texts if batch is None else [batch, *texts]
        match call.func.attr, names:
            case "execute", _:
                words |= {w for n in ast.walk(call) if isinstance(n, ast.Constant) for w in _words(n.value)}
            case "create_table", [table, *_]:
                tables[table] = dict(_columns(call))
            case "drop_table", [table, *_]:
                tables.pop(table, None)
            case "rename_table", [old, new, *_]:
                tables[new] = tables.pop(old, {})
            case "add_column", [table, *_]:
                tables.setdefault(table, {}).update(_columns(call))
            case "drop_column", [table, column, *_]:
                tables.get(table, {}).pop(column, None)
            case "alter_column", [table, column, *_]:
                _alter(tables.setdefault(table, {}), column, {k.arg: k.value for k in call.keywords})
            case _:
                pass
    return words


def _alter(columns: dict[str, str], column: str, said: Mapping[str | None, ast.expr]) -> None:
    """A column takes another name or another type."""
    type_ = columns.pop(column, "")
    name = said.get("new_column_name")
    new = name.value if isinstance(name, ast.Constant) and isinstance(name.value, str) else column
    columns[new] = ast.unparse(said["type_"]) if "type_" in said else type_


def _batches(body: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """The names that stand for a table: `with op.batch_alter_table("users") as batch`, `with rebuilt(op, "users")`."""
    for node in ast.walk(body):
        for item in node.items if isinstance(node, ast.With) else ():
            call, name = item.context_expr, item.optional_vars
            if isinstance(call, ast.Call) and isinstance(name, ast.Name):
                for table in [a.value for a in call.args if isinstance(a, ast.Constant)][:1]:
                    yield name.id, str(table)


def _columns(call: ast.Call) -> Iterator[tuple[str, str]]:
    """The columns that stand among the arguments of a call, with their types as they are written."""
    for given in call.args:
        if isinstance(given, ast.Call) and isinstance(given.func, ast.Attribute | ast.Name):
            called = given.func.attr if isinstance(given.func, ast.Attribute) else given.func.id
            if called == "Column" and given.args and isinstance(given.args[0], ast.Constant):
                yield str(given.args[0].value), ast.unparse(given.args[1]) if len(given.args) > 1 else ""


def _words(value: object) -> set[str]:
    return set(re.findall(r"\w+", value)) if isinstance(value, str) else set()


def _constants(code: ast.Module) -> dict[str, object]:
    """The constants of a script."""
    found: dict[str, object] = {}
    for node in code.body:
        targets = (
            [node.target] if isinstance(node, ast.AnnAssign) else node.targets if isinstance(node, ast.Assign) else []
        )
        value = getattr(node, "value", None)
        for target in targets:
            if isinstance(target, ast.Name) and isinstance(value, ast.Constant | ast.Tuple):
                found[target.id] = ast.literal_eval(value)
    return found


def _broken(path: str, cause: str) -> ScaffoldError:
    return ScaffoldError(Diagnostic("SC560", f"the migration `{path}` cannot be read: {cause}", Span(path, 1, 1, 1, 1)))
