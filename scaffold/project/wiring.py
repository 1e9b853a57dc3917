"""What the user's code still lacks: a provider that `create_app` is not given, a method that a handler has not."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..diagnostics import Diagnostic, Span


@dataclass(frozen=True)
class Expected:
    """What `create_app` is to be given under a name: a handler, with its base class, or a function of the user's."""

    name: str
    base: str
    stubs: Mapping[str, str]
    """Each abstract method with the line that begins it."""
    value: str
    """What stands for it where `create_app` is called, and the line that imports that."""
    source: str


def lacking(root: Path, package: str, handlers: Sequence[Expected]) -> Iterator[Diagnostic]:
    """What stops the start of the program, each finding with what to paste.

    SC602: `create_app` is called without a handler. SC603: a handler lacks a method. Code that cannot be parsed, or
    builds its application in other ways, is left to the start itself.
    """
    source = root / "src" / package.replace(".", "/")
    trees: dict[str, ast.Module] = {}
    for path in sorted(source.rglob("*.py")):
        if "generated" not in path.relative_to(source).parts:
            try:
                trees[path.relative_to(root).as_posix()] = ast.parse(path.read_text(encoding="utf-8"))
            except (SyntaxError, UnicodeDecodeError):
                continue
    for file, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _called(node) == "create_app":
                yield from _providers(file, node, handlers)
            elif isinstance(node, ast.ClassDef):
                yield from _methods(file, node, handlers)


def lacking_functions(root: Path, file: str, stubs: Mapping[str, str]) -> Iterator[Diagnostic]:
    """SC604: the module at `file` below `root` has no function of a name in `stubs`, which are what to paste.

    A module that cannot be read or parsed is left to the start of the program.
    """
    try:
        tree = ast.parse((root / file).read_text(encoding="utf-8"))
    except FileNotFoundError:
        tree = ast.Module([], [])
    except (OSError, SyntaxError, UnicodeDecodeError):
        return
    bound = {name for node in ast.walk(tree) for name in _bound(node)}
    for name, stub in stubs.items():
        if name not in bound and "*" not in bound:
            yield Diagnostic("SC604", f"`{file}` has no function `{name}`", help="paste and write it", notes=(stub,))


def _bound(node: ast.AST) -> Iterator[str]:
    """The names that a statement gives a meaning."""
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Name(id=name, ctx=ast.Store()):
            yield name
        case ast.ImportFrom(names=names) | ast.Import(names=names):
            yield from (alias.asname or alias.name for alias in names)


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _providers(file: str, node: ast.Call, handlers: Sequence[Expected]) -> Iterator[Diagnostic]:
    given = {k.arg for k in node.keywords}
    if None in given:  # `**providers`
        return
    for handler in handlers:
        if handler.name not in given:
            yield Diagnostic(
                "SC602",
                f"`create_app` is not given `{handler.name}`",
                Span(file, node.lineno, node.col_offset + 1, node.lineno, node.col_offset + len("create_app") + 1),
                help=f"add `{handler.name}={handler.value},` to the call",
                notes=(handler.source,),
            )


def _methods(file: str, node: ast.ClassDef, handlers: Sequence[Expected]) -> Iterator[Diagnostic]:
    bases = {b.id if isinstance(b, ast.Name) else getattr(b, "attr", "") for b in node.bases}
    written = {n.name for n in node.body if isinstance(n, ast.AsyncFunctionDef | ast.FunctionDef)}
    for handler in handlers:
        if handler.base in bases:
            for method, stub in handler.stubs.items():
                if method not in written:
                    yield Diagnostic(
                        "SC603",
                        f"`{node.name}` has no method `{method}`",
                        Span(file, node.lineno, node.col_offset + 1, node.lineno, node.col_offset + 6),
                        help="paste and write it",
                        notes=(stub,),
                    )
