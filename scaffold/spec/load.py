"""YAML text to the typed spec and its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..contract.history import History
from ..diagnostics import Diagnostic, ScaffoldError, Span
from .build import build_history
from .change_base import ChangeBase
from .files import read_files
from .findings import Findings
from .grammar import USAGE
from .models import Spec
from .nodes import ListNode, MapNode, Node, ScalarNode
from .scalars import Block, Raw, Row, values
from .tree import read_tree
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


def parse_change(text: str) -> ChangeBase:
    """The change that `text` says on one line, or as YAML: `rename User.name to full_name`.

    Raises:
        ScaffoldError: SC301 or SC390 when it is none.
    """
    findings = Findings()
    file = "<change>"
    if "\n" not in text.strip() and ": " not in text and not text.strip().startswith(("{", "- ")):
        span = Span(file, 1, 1, 1, len(text) + 1)
        raw = Raw(text.strip())
        raw.node = ScalarNode(span, 0, len(text), None, str(raw), False)
        item: Raw | Block | Row = raw
    else:
        body = text if text.lstrip().startswith("- ") else "- " + "\n  ".join(text.strip().splitlines())
        listed = values(read_tree(f"next:\n{body}\n", file))
        found = listed.get("next") if isinstance(listed, Block) else None
        if not isinstance(found, Row) or len(found) != 1:
            raise ScaffoldError(Diagnostic("SC301", "one change is needed here", help=USAGE))
        item = found[0]
    row = Row([item])
    row.node = ListNode(item.node.span, 0, 0, None, (item.node,), False)
    api = Block({"api": {"name": "api"}, "next": row})
    api.node = MapNode(item.node.span, 0, 0, None, {"next": row.node}, False)
    spec, _ = validate(api, findings)
    if spec is None or findings.errors:
        raise ScaffoldError(findings.errors)
    return spec.next[0]


def load(text_by_file: Mapping[str, str] | str, *, file: str = "api.yaml") -> Loaded:
    """The spec in `text_by_file`, whose main file is `file`; a single text is that file.

    Raises:
        ScaffoldError: everything that is wrong with it, each finding at its place.
    """
    texts = {file: text_by_file} if isinstance(text_by_file, str) else text_by_file
    if file not in texts:
        raise ScaffoldError(Diagnostic("SC101", f"there is no `{file}`", help="a spec begins in this file"))
    root, cut = read_files(texts, file)
    data = values(root)
    findings = Findings()
    for warning in cut:
        findings.put(warning)
    assert isinstance(data, Block)
    spec, broken = validate(data, findings)
    if spec is None:
        raise ScaffoldError(findings.errors)
    history = build_history(spec, findings, broken)
    if findings.errors:
        raise ScaffoldError(findings.errors)
    return Loaded(spec, history, Spans(root), findings.warnings)
