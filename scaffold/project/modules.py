"""The Python of a project, parsed: its modules, what their names mean, what annotations name."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scaffold.diagnostics import Diagnostic, Severity, Span

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Type:
    """A type as far as it is known: a qualified name and its arguments. `|` is a union, `type` a class
    itself.
    """

    name: str
    args: tuple[Type, ...] = ()

    @property
    def last(self) -> str:
        """The name without its module."""
        return self.name.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Module:
    """One parsed file; `imports` maps a local name to the qualified name that it stands for."""

    name: str
    path: str
    source: str
    tree: ast.Module
    classes: Mapping[str, ast.ClassDef]
    functions: Mapping[str, Function]
    imports: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Code:
    """All modules of a project by name, the generated ones too, and warnings for those that could not be
    parsed.
    """

    modules: Mapping[str, Module] = field(default_factory=dict)
    warnings: tuple[Diagnostic, ...] = ()

    def resolve(self, name: str) -> str:
        """The qualified name of the definition that a qualified name leads to, through imports that pass it
        on.
        """
        for _ in range(10):  # a circle of imports ends here
            module, rest = self._split(name)
            if module is None or not rest:
                return name
            first, _, more = rest.partition(".")
            if first in module.classes or first in module.functions or first not in module.imports:
                return name
            name = module.imports[first] + (f".{more}" if more else "")
        return name

    def class_of(self, name: str) -> tuple[Module, ast.ClassDef] | None:
        """The class of that qualified name, and where it stands."""
        module, rest = self._split(name)
        found = module.classes.get(rest) if module is not None else None
        return None if module is None or found is None else (module, found)

    def function_of(self, name: str) -> tuple[Module, Function] | None:
        """The function of that qualified name, and where it stands."""
        module, rest = self._split(name)
        found = module.functions.get(rest) if module is not None else None
        return None if module is None or found is None else (module, found)

    def qualify(self, module: Module, dotted: str) -> str:
        """What a dotted name means in a module; names the module does not know are taken for built-in."""
        first, _, more = dotted.partition(".")
        tail = f".{more}" if more else ""
        if first in module.classes or first in module.functions:
            return f"{module.name}.{dotted}"
        return self.resolve(module.imports[first] + tail) if first in module.imports else dotted

    def known(self, name: str) -> bool:
        """Whether a name may be relied on: not one of ours that is no class, as a type variable is."""
        module, rest = self._split(name)
        return module is None or not rest or rest in module.classes

    def _split(self, name: str) -> tuple[Module | None, str]:
        """The longest module in `name`, and the rest."""
        parts = name.split(".")
        for end in range(len(parts), 0, -1):
            module = self.modules.get(".".join(parts[:end]))
            if module is not None:
                return module, ".".join(parts[end:])
        return None, name


def read_code(root: Path, package: str) -> Code:
    """Parse `src/<package>` and `tests` under `root`; a file that cannot be parsed gives a warning, SC601."""
    modules: dict[str, Module] = {}
    warnings: list[Diagnostic] = []
    for path, name in _sources(root, package):
        file = path.relative_to(root).as_posix()
        try:
            data = path.read_bytes()
            tree, source = ast.parse(data, file), data.decode()
        except (SyntaxError, UnicodeDecodeError, ValueError, OSError) as error:
            warnings.append(_unread(file, error))
            continue
        modules[name] = _module(name, file, source, tree, path.name == "__init__.py")
    return Code(modules, tuple(warnings))


def dotted_name(node: ast.expr) -> str | None:
    """`a.b.c` as text, None for any other expression."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted_name(node.value)
        return None if before is None else f"{before}.{node.attr}"
    return None


def annotated(code: Code, module: Module, node: ast.expr | None) -> Type | None:
    """The type that an annotation names, None where it says nothing that can be relied on."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            return annotated(code, module, ast.parse(node.value, mode="eval").body)
        except SyntaxError:
            return None
    if isinstance(node, ast.Constant) and node.value is None:
        return Type("None")
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return union(annotated(code, module, node.left), annotated(code, module, node.right))
    if isinstance(node, ast.Subscript):
        return _subscript(code, module, node)
    dotted = None if node is None else dotted_name(node)
    if dotted is None or dotted.rpartition(".")[2] in ("Any", "object"):
        return None
    name = code.qualify(module, dotted)
    return Type(name) if code.known(name) else Type(f"?{name}")


def union(*members: Type | None) -> Type | None:
    """The union of types: None where one of them is not known."""
    flat: list[Type] = []
    for member in members:
        if member is None:
            return None
        flat += [m for m in (member.args if member.name == "|" else (member,)) if m not in flat]
    return flat[0] if len(flat) == 1 else Type("|", tuple(flat))


def _subscript(code: Code, module: Module, node: ast.Subscript) -> Type | None:
    base = annotated(code, module, node.value)
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if base is None or base.last == "Literal":
        return base
    if base.last == "Annotated":
        return annotated(code, module, parts[0])
    args = tuple(annotated(code, module, part) for part in parts)
    if base.last == "Optional":
        return union(*args, Type("None"))
    if base.last == "Union":
        return union(*args)
    return Type(base.name, tuple(arg or Type("?") for arg in args))


def _sources(root: Path, package: str) -> Iterator[tuple[Path, str]]:
    """Every Python file of the package and the tests, with the name of its module."""
    for folder, base in (
        ((root / "src").joinpath(*package.split(".")), root / "src"),
        (root / "tests", root),
    ):
        for path in sorted(folder.rglob("*.py")):
            parts = path.relative_to(base).with_suffix("").parts
            yield path, ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _module(name: str, file: str, source: str, tree: ast.Module, is_package: bool) -> Module:
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    functions = {n.name: n for n in tree.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)}
    imports: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                imports[alias.asname or top] = alias.name if alias.asname else top
        elif isinstance(node, ast.ImportFrom):
            source_name = _imported_from(name, is_package, node)
            for alias in node.names:
                imports[alias.asname or alias.name] = f"{source_name}.{alias.name}"
    return Module(name, file, source, tree, classes, functions, imports)


def _imported_from(name: str, is_package: bool, node: ast.ImportFrom) -> str:
    if node.level == 0:
        return node.module or ""
    parts = name.split(".")
    up = node.level - 1 if is_package else node.level
    base = parts[: len(parts) - up] if up else parts
    return ".".join([*base, *([node.module] if node.module else [])])


def _unread(file: str, error: Exception) -> Diagnostic:
    line = error.lineno or 1 if isinstance(error, SyntaxError) else 1
    reason = error.msg if isinstance(error, SyntaxError) else str(error)
    return Diagnostic(
        "SC601",
        f"`{file}` was not searched, it cannot be parsed: {reason}",
        Span(file, line, 1, line, 1),
        help="mend the file, then run the command again to see whether the change touches it",
        severity=Severity.WARNING,
    )
