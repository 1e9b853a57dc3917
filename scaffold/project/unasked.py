"""What the user's code still hands to a program that does not ask for it any more, and the patch that takes it out."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..diagnostics import Diagnostic, Span
from .diff import lines_of, unified


@dataclass(frozen=True)
class Given:
    """A handler that `create_app` was given: its name there, and the module that has it, below the package."""

    name: str
    module: str


@dataclass(frozen=True)
class Passed:
    """What a method of a handler was passed, and is not any more: by the base class, and the method's name."""

    base: str
    method: str
    names: frozenset[str]


def unasked(root: Path, package: str, handlers: Sequence[Given]) -> tuple[tuple[Diagnostic, ...], str]:
    """SC598 for each of `handlers` that `create_app` is given though it takes it no longer, and a patch for that.

    The patch for `git apply` takes out lines that say nothing else; what is written in other ways is only told.
    """
    found: list[Diagnostic] = []
    patch = ""
    names = {handler.name for handler in handlers}
    source = root / "src" / package.replace(".", "/")
    for file, text, tree in _modules(root, source) if names else ():
        given = [k for call in _calls(tree) for k in call.keywords if k.arg in names]
        if given:
            found += [_told(file, keyword) for keyword in given]
            patch += unified(file, text, _without(text, tree, given))
    for handler in handlers if found else ():
        place = source / f"{handler.module.replace('.', '/')}.py"
        if place.is_file():
            patch += unified(place.relative_to(root).as_posix(), place.read_text(encoding="utf-8"), None)
    return tuple(found), patch


def unpassed(root: Path, package: str, methods: Sequence[Passed]) -> Iterator[Diagnostic]:
    """SC598 for each parameter of a handler's method that nothing is passed for any more, and that must be."""
    for file, _, tree in _modules(root, root / "src" / package.replace(".", "/")) if methods else ():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                bases = {b.id if isinstance(b, ast.Name) else getattr(b, "attr", "") for b in node.bases}
                yield from (d for m in methods if m.base in bases for d in _needless(file, node, m))


def _needless(file: str, node: ast.ClassDef, method: Passed) -> Iterator[Diagnostic]:
    for written in node.body:
        if not isinstance(written, ast.AsyncFunctionDef | ast.FunctionDef) or written.name != method.method:
            continue
        defaults = zip(written.args.kwonlyargs, written.args.kw_defaults, strict=True)
        optional = {a.arg for a, default in defaults if default is not None}
        positional = [*written.args.posonlyargs, *written.args.args]
        optional |= {a.arg for a in positional[len(positional) - len(written.args.defaults) :]}
        for argument in (*positional, *written.args.kwonlyargs):
            if argument.arg in method.names - optional:
                end = argument.col_offset + len(argument.arg) + 1
                yield Diagnostic(
                    "SC598",
                    f"`{node.name}.{written.name}` takes `{argument.arg}`, which no version passes any more",
                    Span(file, argument.lineno, argument.col_offset + 1, argument.lineno, end),
                    help="take the parameter out, with what was done for it",
                )


def _modules(root: Path, source: Path) -> Iterator[tuple[str, str, ast.Module]]:
    """The user's own modules: their place, their text and their code; what cannot be read is left to the start."""
    for path in sorted(source.rglob("*.py")):
        if "generated" in path.relative_to(source).parts:
            continue
        try:
            text = path.read_text(encoding="utf-8")
            yield path.relative_to(root).as_posix(), text, ast.parse(text)
        except (OSError, SyntaxError, UnicodeDecodeError):
            continue


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if called == "create_app":
                yield node


def _told(file: str, keyword: ast.keyword) -> Diagnostic:
    end = keyword.col_offset + len(keyword.arg or "") + 1
    return Diagnostic(
        "SC598",
        f"`create_app` is given `{keyword.arg}`, which no version has any more",
        Span(file, keyword.lineno, keyword.col_offset + 1, keyword.lineno, end),
        help=f"take it out, with what it imports: `{ast.unparse(keyword.value)}`",
    )


def _without(text: str, tree: ast.Module, given: Sequence[ast.keyword]) -> str:
    """The text without these arguments, and without the imports of what they were, where those stand alone."""
    lines = lines_of(text)
    values = {k.value.id for k in given if isinstance(k.value, ast.Name)}
    spans = [(k.lineno, k.end_lineno or k.lineno, f"{ast.unparse(k)},") for k in given]
    spans += [
        (node.lineno, node.end_lineno or node.lineno, ast.unparse(node))
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and {a.asname or a.name for a in node.names} <= values
    ]
    gone = {n for first, last, said in spans if _is_all(lines[first - 1 : last], said) for n in range(first, last + 1)}
    return "".join(line for number, line in enumerate(lines, 1) if number not in gone)


def _is_all(lines: Sequence[str], said: str) -> bool:
    """Whether lines say this and nothing else."""
    return "".join("".join(lines).split()) == "".join(said.split())
