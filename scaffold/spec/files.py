"""A spec in several files: what stands in the folders beside the main one becomes part of it."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import replace

from ..contract.naming import version_key
from ..diagnostics import Diagnostic, ScaffoldError, Severity, Span
from .nodes import ListNode, MapNode, Node, ScalarNode
from .tree import read_tree

PARTS = ("types", "resources", "operations")
DOCUMENT = "document.yaml"
PROSE = ("description", "why", "note", "summary", "title")


def read_files(texts: Mapping[str, str], main: str) -> tuple[MapNode, tuple[Diagnostic, ...]]:
    """The tree of the whole spec, and what is worth a warning in its text.

    Files under `types/`, `resources/` and `operations/` hold `types`, `resources` and `operations`; those under
    `versions/` one version each; `document.yaml` what would stand under `document`.

    Raises:
        ScaffoldError: SC1xx, of all files.
    """
    found: list[Diagnostic] = []
    trees: dict[str, MapNode] = {}
    for name in sorted(texts, key=lambda n: (n != main, n)):
        try:
            trees[name] = read_tree(texts[name], name)
        except ScaffoldError as error:
            found += error.diagnostics
    if found:
        raise ScaffoldError(found)
    root = trees.pop(main)
    versions: list[Node] = []
    for name, tree in trees.items():
        if _folder(name) == "versions":
            versions.append(tree)
        elif name.replace("\\", "/").rsplit("/", 1)[-1] == DOCUMENT and _folder(name) == _folder(main):
            root = _with_document(root, tree, name, found)
        else:
            root = _merged(root, tree, name, found)
    if versions:
        root = _with_versions(root, versions)
    if found:
        raise ScaffoldError(found)
    warnings = [w for name, tree in {main: root, **trees}.items() for w in cut_prose(tree, texts, name)]
    return root, tuple(dict.fromkeys(warnings))


_HELD = {
    "next": "the draft stands in the main file",
    "versions": "a version is a file of its own in `versions/`, with `id:` at its top",
    "changes": "a version is a file of its own in `versions/`",
    "document": "put what it holds into `document.yaml`, beside the main file",
}


def _folder(name: str) -> str:
    parts = name.replace("\\", "/").split("/")
    return parts[-2] if len(parts) > 1 else ""


def _merged(root: MapNode, tree: MapNode, name: str, found: list[Diagnostic]) -> MapNode:
    entries = dict(root.entries)
    for key, node in tree.entries.items():
        where = node.mark if node.key is None else node.key.span
        if key not in PARTS or not isinstance(node, MapNode):
            help_ = _HELD.get(key, "such a file holds `types`, `resources` and `operations`")
            found.append(Diagnostic("SC109", f"`{key}` cannot stand in `{name}`", where, help_))
            continue
        old = entries.get(key)
        if old is None:
            entries[key] = node
        elif isinstance(old, MapNode):
            for inner in old.entries.keys() & node.entries.keys():
                twice = node.entries[inner]
                span = twice.mark if twice.key is None else twice.key.span
                found.append(Diagnostic("SC103", f"`{inner}` stands in two files", span, "keep one of the two"))
            entries[key] = replace(old, entries={**old.entries, **node.entries})
    return replace(root, entries=entries)


def _with_document(root: MapNode, tree: MapNode, name: str, found: list[Diagnostic]) -> MapNode:
    """What documents say beside, in a file of its own."""
    stated = root.entries.get("document")
    if stated is not None:
        help_ = f"put all of it into `{name}`, or all of it here"
        found.append(Diagnostic("SC103", f"`document` stands here and in `{name}`", stated.mark, help_))
    return replace(root, entries={**root.entries, "document": tree})


def _with_versions(root: MapNode, versions: list[Node]) -> MapNode:
    """The version files among the versions of the main file, by number."""
    old = root.entries.get("versions")
    items = [*(old.items if isinstance(old, ListNode) else ()), *versions]
    items.sort(key=_number)
    if isinstance(old, ListNode):
        listed = replace(old, items=tuple(items))
    elif old is None:
        listed = ListNode(root.span, root.start, root.start, None, tuple(items), False)
    else:
        return root
    return replace(root, entries={**root.entries, "versions": listed})


def _number(node: Node) -> tuple[int, ...]:
    """Where a version stands: by its number, or behind the version that it says it stands after."""
    own, after = (_key(node.entries.get(word)) if isinstance(node, MapNode) else () for word in ("id", "after"))
    return (*after, sys.maxsize, *own) if after else own


def _key(node: Node | None) -> tuple[int, ...]:
    return version_key(node.text) if isinstance(node, ScalarNode) and len(node.text) < 40 else ()


def cut_prose(tree: Node, texts: Mapping[str, str], file: str) -> list[Diagnostic]:
    """A warning for each text of prose that YAML cuts at ` #`."""
    found = []
    todo: list[Node] = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, MapNode):
            todo += node.entries.values()
        elif isinstance(node, ListNode):
            todo += node.items
        elif node.key is not None and node.key.text in PROSE and not node.quoted:
            text = texts[node.span.file].removeprefix("\ufeff")
            comment = re.match(r"[ \t]+#[^\r\n]*", text[node.end : node.end + 400])
            if comment is not None:
                line, column = node.span.end_line, node.span.end_column
                span = Span(node.span.file, line, column, line, column + len(comment[0]))
                found.append(_cut(node, comment[0].strip(), span))
    return sorted(found, key=lambda d: d.span or Span(file, 1, 1, 1, 1))


def _cut(node: ScalarNode, comment: str, span: Span) -> Diagnostic:
    key = node.key.text if node.key is not None else ""
    return Diagnostic(
        "SC110",
        f"YAML ends `{key}` before `{comment}`",
        span,
        "put quotes round the whole text, or the comment on a line of its own",
        severity=Severity.WARNING,
    )
