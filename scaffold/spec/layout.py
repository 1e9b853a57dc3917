"""How new versions and changes are laid out: as the ones that are there."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import pairwise

from ..diagnostics import Diagnostic, ScaffoldError
from .edits import Document, Edit, dash_column, insert_lines, last_end, next_line, shifted
from .nodes import ListNode, MapNode, Node, ScalarNode
from .tree import read_tree


def item_lines(change: str) -> list[str]:
    """A change as the lines of a list item, its dash in the first column; comments above it stay above it."""
    above = re.match(r"(?:[ \t]*#[^\n]*\n|[ \t]*\r?\n)*", change)
    if above is not None and above[0].strip():
        comments = [line.strip() for line in above[0].splitlines() if line.strip()]
        return [*comments, *item_lines(change[above.end() :])]
    body = change.strip().removeprefix("- ").strip()
    if "\n" in body or re.match(r"[a-z]+: ", body) or body.startswith("{"):
        kept = re.search(r"[|>][0-9]?\+$", change, re.MULTILINE) is not None  # a text whose empty lines at the end stay
        whole = change.lstrip("\r\n") if kept else change.strip("\r\n").rstrip()
        first, *rest = whole.replace("\r\n", "\n").split("\n")
        dashed = first.lstrip().startswith("- ")
        if dashed:
            gone = len(first) - len(first.lstrip())
            return [first.lstrip(), *(line[min(gone, len(line) - len(line.lstrip())) :] for line in rest)]
        return [f"- {first}", *(f"  {line}" if line.strip() else line for line in rest)]
    plain_ = f"- {body}"
    try:
        read = read_tree(f"x:\n{plain_}\n", "<change>").entries["x"]
        same = isinstance(read, ListNode) and isinstance(read.items[0], ScalarNode) and read.items[0].text == body
    except ScaffoldError:
        same = False
    return [plain_ if same else f"- {json.dumps(body, ensure_ascii=False)}"]


def unflowed(document: Document, node: ListNode) -> list[str]:
    """The items of a list in brackets as lines with dashes; comments between them keep their places."""
    lines: list[str] = []
    position = node.start + 1
    for item in node.items:
        lines += [m[0].rstrip() for m in re.finditer(r"#[^\r\n]*", document.text[position : item.start])]
        lines.append(f"- {document.text[item.start : item.end]}")
        position = item.end
    lines += [m[0].rstrip() for m in re.finditer(r"#[^\r\n]*", document.text[position : node.end - 1])]
    return lines


def new_version(
    document: Document, keys: Sequence[str], moved: str, column: int, changes: Sequence[str], *, alone: bool
) -> Edit:
    """The entry of a new version at the end of `versions`; unless it is `alone`, v1 comes before it."""
    versions = document.root.entries.get("versions")
    block = isinstance(versions, ListNode) and not versions.flow
    dash, inner, offset = _style(versions) if block else (2, 4, 2)
    items = inner + offset
    lines = [
        f"{' ' * dash}-{' ' * (inner - dash - 1)}{keys[0]}",
        *(f"{' ' * inner}{k}" for k in keys[1:]),
        *([f"{' ' * inner}changes:"] if moved or changes else []),
    ]
    if moved:
        lines.append(shifted(moved, items - column))
    for change in changes:
        lines += [f"{' ' * items}{line}" if line.strip() else line for line in item_lines(change)]
    if block and isinstance(versions, ListNode):
        if _spaced(document, versions):
            lines.insert(0, "")
        return insert_lines(document, next_line(document.text, last_end(versions, document.text)), lines)
    if versions is None:
        first = [] if alone else ["  - id: v1"]
        return versions_block(document, [*first, *lines])
    if not isinstance(versions, ListNode) or document.root.flow:
        raise ScaffoldError(Diagnostic("SC111", "the spec cannot be edited in place: `versions` is no block list"))
    old = [shifted(line, dash) for line in unflowed(document, versions)]
    start = len(document.text[: versions.start].rstrip(" "))
    rest = re.match(r"[^\r\n]*", document.text[versions.end :])
    behind = rest[0] if rest is not None else ""
    lines = [behind.rstrip(), *old, *lines]
    return Edit(start, versions.end + len(behind), document.newline.join(lines))


def _style(versions: Node | None) -> tuple[int, int, int]:
    """How far the dashes of versions, their keys, and then their changes are indented."""
    assert isinstance(versions, ListNode)
    dash = dash_column(versions)
    entries = [e for e in versions.items if isinstance(e, MapNode) and not e.flow]
    inner = entries[-1].span.column - 1 if entries else dash + 2
    columns = []
    for entry in entries:
        listed = entry.entries.get("changes")
        if isinstance(listed, ListNode) and not listed.flow:
            columns.append(dash_column(listed) - (entry.span.column - 1))
    return dash, inner, columns[-1] if columns else 2


def _spaced(document: Document, versions: ListNode) -> bool:
    """Whether blank lines stand between the versions."""
    text = document.text
    for one, two in pairwise(versions.items):
        between = text[next_line(text, last_end(one, text)) : two.start]
        if any(not line.strip() for line in between.split("\n")[:-1]):
            return True
    return False


def versions_block(document: Document, entries: Sequence[str]) -> Edit:
    """A new `versions:` before `next:` and the comments above it, or at the end."""
    draft = document.root.entries.get("next")
    if draft is None or draft.key is None:
        return insert_lines(
            document, next_line(document.text, last_end(document.root, document.text)), ["", "versions:", *entries]
        )
    text = document.text
    position = text.rfind("\n", 0, draft.key.start) + 1
    while position:
        above = text.rfind("\n", 0, position - 1) + 1
        if not text[above:position].lstrip(" ").startswith("#"):
            break
        position = above
    return insert_lines(document, position, ["versions:", *entries, ""])
