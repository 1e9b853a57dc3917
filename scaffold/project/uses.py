"""Find where one module of the user's uses a renamed attribute, or one that means something else by now."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass

from scaffold.project.diff import lines_of
from scaffold.project.infer import known, something
from scaffold.project.modules import Code, Module, Type, dotted_name
from scaffold.project.scope import ScopeWalker

_BY_TEXT = frozenset({"getattr", "setattr", "hasattr", "delattr"})
_REPLACE = frozenset({"dataclasses.replace", "copy.replace"})


@dataclass(frozen=True, slots=True)
class RenamedUse:
    """An attribute that gets another name: the class in the generated package that has it, the old and the
    new name, which are the same where it only means something else.

    `module` is where in the generated package the class stands. `meaning` says what values mean something else by;
    such uses are told, and left to their author. `text` says that it is a value of the enum `owner` instead.
    """

    owner: str
    old: str
    new: str
    module: str = "records"
    meaning: str = ""
    text: bool = False

    def __str__(self) -> str:
        if self.text:
            return f"{self.old!r} of {self.owner} is {self.new!r} now"
        if self.old == self.new:
            return f"{self.owner}.{self.old} means something else now: {self.meaning}"
        more = f", and means something else: {self.meaning}" if self.meaning else ""
        return f"{self.owner}.{self.old} is {self.owner}.{self.new} now{more}"


@dataclass(frozen=True, slots=True)
class Use:
    """One place that uses a renamed attribute; line and column count from 1.

    `certain` says that the object is known to be of the renamed attribute's class; otherwise only the name is
    the same.
    """

    file: str
    line: int
    column: int
    source: str
    renamed: RenamedUse
    certain: bool

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def data(self) -> dict[str, object]:
        """The use for `--json`."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "source": self.source.strip(),
            "owner": self.renamed.owner,
            "old": self.renamed.old,
            "new": self.renamed.new,
            "meaning": self.renamed.meaning or None,
            "certain": self.certain,
        }


def uses_in(code: Code, module: Module, package: str, names: Sequence[RenamedUse]) -> list[Use]:
    """All uses of the renamed attributes in one module."""
    walker = _Uses(code, module, package, names)
    walker.block(module.tree.body)
    return walker.found


class _Uses(ScopeWalker, ast.NodeVisitor):
    """Collects the uses on its way through a module."""

    def __init__(self, code: Code, module: Module, package: str, names: Sequence[RenamedUse]) -> None:
        super().__init__(code, module)
        self.package, self.renamed = package, [n for n in names if not n.text]
        in_tests = module.path.startswith("tests/")  # these speak older versions too
        self.words = [] if in_tests else [n for n in names if n.text]
        self.lines = lines_of(module.source)
        self.found: list[Use] = []

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self.visit(node.value)
        line, end = node.end_lineno or node.lineno, node.end_col_offset or 0
        for renamed in self.renamed:
            if renamed.old == node.attr:
                self._note(renamed, line, end - len(node.attr.encode()), self.infer.of(node.value, self.names))

    def visit_Call(self, node: ast.Call) -> None:
        dotted = dotted_name(node.func)
        name = "" if dotted is None else self.code.qualify(self.module, dotted)
        first = node.args[0] if node.args else None
        if isinstance(node.func, ast.Attribute) and known(self.infer.of(node.func.value, self.names)) is None:
            self.visit(node.func.value)  # `x.title()` on an unknown x is a method: records hold values
        else:
            self.visit(node.func)
        self.visit_all([*node.args, *node.keywords])
        made = self.infer.of(node.func, self.names)
        if name in _REPLACE and first is not None:
            self._keywords(node, self.infer.of(first, self.names))
        elif made is not None and made.name == "type":
            self._keywords(node, made.args[0])
        if name in _BY_TEXT and first is not None and len(node.args) > 1:
            self._text(node.args[1], self.infer.of(first, self.names))

    def _keywords(self, node: ast.Call, type_: Type | None) -> None:
        for keyword in node.keywords:
            for renamed in self.renamed:
                if keyword.arg == renamed.old:
                    self._note(renamed, keyword.lineno, keyword.col_offset, type_)

    def _text(self, node: ast.expr, type_: Type | None) -> None:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for renamed in self.renamed:
                if node.value == renamed.old:
                    self._quoted(renamed, node, type_)

    def _quoted(self, renamed: RenamedUse, node: ast.Constant, type_: Type | None) -> None:
        quote = re.match(rb"[rRuU]?(\"\"\"|'''|\"|')", self._bytes(node.lineno)[node.col_offset :])
        self._note(renamed, node.lineno, node.col_offset + (quote.end() if quote else 0), type_)

    def visit_Constant(self, node: ast.Constant) -> None:
        for word in self.words:
            if node.value == word.old:
                self._quoted(word, node, None)

    def visit_MatchClass(self, node: ast.MatchClass) -> None:
        type_ = self.annotation(node.cls)
        for name, value in zip(node.kwd_attrs, node.kwd_patterns, strict=True):
            before = self._bytes(value.lineno)[: value.col_offset]
            place = re.search(rb"(\w+)\s*=\s*\(*$", before)
            for renamed in self.renamed:
                if renamed.old == name and place is not None:
                    self._note(renamed, value.lineno, place.start(1), type_)
        self.generic_visit(node)

    def _note(self, renamed: RenamedUse, line: int, offset: int, type_: Type | None) -> None:
        """Keep a use at a byte offset of a line, unless the object is known to be something else."""
        type_ = known(type_)
        if type_ is not None and type_.name == "type":
            type_ = type_.args[0]
        certain = False
        if type_ is not None:
            fitting = [self._is(member, renamed) for member in something(type_)]
            if not any(fitting):
                return
            certain = all(fitting)
        column = len(self._bytes(line)[:offset].decode(errors="replace"))
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        if not text.startswith(renamed.old, column):  # before Python 3.12 places inside f-strings are not exact
            near = re.search(rf"\b{re.escape(renamed.old)}\b", text)
            column, certain = (near.start() if near else 0), False
        use = Use(self.module.path, line, column + 1, text.rstrip("\r\n"), renamed, certain)
        self.found.append(use)

    def _is(self, type_: Type, renamed: RenamedUse) -> bool:
        generated = f"{self.package}.generated"
        homes = (f"{generated}.{renamed.module}.{renamed.owner}", f"{generated}.{renamed.owner}")
        return any(self.infer.is_a(type_, home) for home in homes)

    def _bytes(self, line: int) -> bytes:
        return self.lines[line - 1].encode() if line <= len(self.lines) else b""
