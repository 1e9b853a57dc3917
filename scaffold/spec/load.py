"""YAML text to the typed spec and its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..contract.history import History
from ..diagnostics import Diagnostic, ScaffoldError, Span
from .build import build_history
from .findings import Findings
from .models import Spec
from .scalars import Block, values
from .tree import ListNode, MapNode, Node, read_tree
from .validate import validate


@dataclass(frozen=True)
class Spans:
    """Where everything of the spec stands; a path is a sequence of keys and indices."""

    root: Node

    def of(self, *path: str | int) -> Span:
        """Where the value at `path` stands.

        Raises:
            KeyError: nothing is there.
        """
        return self._node(path).mark

    def key(self, *path: str | int) -> Span:
        """Where the key of the value at `path` stands.

        Raises:
            KeyError: nothing is there.
        """
        node = self._node(path)
        return node.mark if node.key is None else node.key.span

    def _node(self, path: tuple[str | int, ...]) -> Node:
        node = self.root
        for part in path:
            if isinstance(node, MapNode) and part in node.entries:
                node = node.entries[str(part)]
            elif isinstance(node, ListNode) and isinstance(part, int) and 0 <= part < len(node.items):
                node = node.items[part]
            else:
                raise KeyError(path)
        return node


@dataclass(frozen=True)
class Loaded:
    """A spec that holds together: the typed spec, its history with the draft, and where everything stands."""

    spec: Spec
    history: History
    spans: Spans
    warnings: tuple[Diagnostic, ...] = ()


def load(text_by_file: Mapping[str, str] | str, *, file: str = "api.yaml") -> Loaded:
    """The spec in `text_by_file`, whose main file is `file`; a single text is that file.

    Raises:
        ScaffoldError: everything that is wrong with it, each finding at its place.
    """
    texts = {file: text_by_file} if isinstance(text_by_file, str) else text_by_file
    if file not in texts:
        raise ScaffoldError(Diagnostic("SC101", f"there is no `{file}`", help="a spec begins in this file"))
    root = read_tree(texts[file], file)
    data = values(root)
    findings = Findings()
    assert isinstance(data, Block)
    spec, broken = validate(data, findings)
    if spec is None:
        raise ScaffoldError(findings.errors)
    history = build_history(spec, findings, broken)
    if findings.errors:
        raise ScaffoldError(findings.errors)
    return Loaded(spec, history, Spans(root), findings.warnings)
