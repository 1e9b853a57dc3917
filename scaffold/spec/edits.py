"""Edits of YAML text at the places of its nodes, and the proof that an edit did what was meant and no more."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..diagnostics import Diagnostic, ScaffoldError
from .nodes import ListNode, MapNode, Node, ScalarNode
from .tree import read_tree

Plain = Any
"""A node without its place: a text, `(text,)` where quotes matter and stand, a list or a dict."""


@dataclass(frozen=True)
class Document:
    """A text with its tree and its kind of line end."""

    text: str
    root: MapNode
    newline: str

    def list_at(self, *path: str) -> ListNode | None:
        """The list under the keys of `path`, if there is one."""
        node: Node | None = self.root
        for key in path:
            node = node.entries.get(key) if isinstance(node, MapNode) else None
        return node if isinstance(node, ListNode) else None


@dataclass(frozen=True, order=True)
class Edit:
    """What stands from `start` to `end` becomes `new`."""

    start: int
    end: int
    new: str


def open_document(text: str, file: str) -> Document:
    """The document that `text` holds.

    Raises:
        ScaffoldError: SC1xx when it cannot be read.
    """
    body = text.removeprefix("\ufeff")
    return Document(body, read_tree(body, file), "\r\n" if "\r\n" in body else "\n")


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """`text` after all `edits`, which do not overlap; those at one place come in their order."""
    for edit in sorted(edits, key=lambda e: (e.start, e.end), reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


def plain(node: Node, listed: bool = False) -> Plain:
    """`node` without its place, to compare by."""
    if isinstance(node, ScalarNode):
        text = node.text.rstrip("\n")  # the last line of a file need not be ended, and is when lines follow it
        return quoted(text) if node.quoted and not listed else text
    if isinstance(node, MapNode):
        return {key: plain(child) for key, child in node.entries.items()}
    return [plain(child, listed=True) for child in node.items]


def quoted(text: str) -> Plain:
    """A text in quotes: marked where it would mean something else without them."""
    return (text,) if re.fullmatch(r"null|Null|NULL|~|true|false|undecided|-?[0-9][0-9.eE+-]*", text) else text


def verified(before: Document, text: str, intended: Plain, file: str) -> str:
    """`text`, when it says what was intended and has every comment that was there.

    Raises:
        ScaffoldError: SC111 when it does not.
    """
    try:
        after = read_tree(text, file)
    except ScaffoldError as error:
        raise _refused(f"it would not be readable any more: {error.diagnostics[0].message}") from None
    if plain(after) != intended:
        raise _refused("it would come to mean something else")
    if Counter(comments(before.text, before.root)) - Counter(comments(text, after)):
        raise _refused("a comment would be lost")
    return text


def _refused(cause: str) -> ScaffoldError:
    return ScaffoldError(
        Diagnostic(
            "SC111",
            f"the spec cannot be edited in place: {cause}",
            help="write `versions:` and `next:` as lists with a dash before each item",
        )
    )


def comments(text: str, root: Node) -> list[str]:
    """Every comment of `text`, from its `#` on."""
    found, position = [], 0
    for start, end in [*sorted(_scalars(root)), (len(text), len(text))]:
        found += [m[0].rstrip() for m in re.finditer(r"#[^\r\n]*", text[position:start])]
        position = max(position, end)
    return found


def _scalars(root: Node) -> Iterator[tuple[int, int]]:
    todo = [root]
    while todo:
        node = todo.pop()
        if node.key is not None:
            yield node.key.start, node.key.end
        if isinstance(node, ScalarNode):
            yield node.start, node.end
        else:
            todo += node.items if isinstance(node, ListNode) else node.entries.values()


def last_end(node: Node, text: str) -> int:
    """Where the last thing written in `node` ends, without the comments and blank lines behind it."""
    while isinstance(node, ListNode | MapNode) and not node.flow:
        node = node.items[-1] if isinstance(node, ListNode) else list(node.entries.values())[-1]
    if isinstance(node, ScalarNode) and text[node.start : node.start + 1] in ("|", ">"):
        header = re.match(r"[|>][^\s]*", text[node.start : node.end])
        if header is not None and "+" not in header[0]:
            return node.start + len(text[node.start : node.end].rstrip())
    return node.end


def next_line(text: str, position: int) -> int:
    """Where the line after `position` begins; `position` itself where a line has just ended."""
    if position and text[position - 1] == "\n":
        return position
    end = text.find("\n", position)
    return len(text) if end < 0 else end + 1


def insert_lines(document: Document, position: int, lines: Sequence[str]) -> Edit:
    """New lines at `position`, which is the begin of a line or the end of the text."""
    newline = document.newline
    block = newline.join(lines)
    if position == len(document.text) and not document.text.endswith("\n"):
        return Edit(position, position, newline + block)
    return Edit(position, position, block + newline)


def dash_column(node: ListNode) -> int:
    """How far the dashes of a block list are indented."""
    return node.span.column - 1


def shifted(block: str, by: int) -> str:
    """Every line of `block` moved to the right by `by` columns, to the left where that is negative."""
    made = []
    for line in block.split("\n"):
        if not line.strip():
            made.append(line)
        elif by >= 0:
            made.append(" " * by + line)
        else:
            made.append(line[min(-by, len(line) - len(line.lstrip(" "))) :])
    return "\n".join(made)


def flow(node: Node) -> str:
    """`node` written on one line, in braces and brackets."""
    if isinstance(node, ListNode):
        return "[" + ", ".join(flow(i) for i in node.items) + "]"
    if isinstance(node, MapNode):
        return "{" + ", ".join(f"{_flow_text(k, False)}: {flow(v)}" for k, v in node.entries.items()) + "}"
    return _flow_text(node.text, node.quoted)


def _flow_text(text: str, quoted: bool) -> str:
    if not quoted and re.fullmatch(r"[A-Za-z0-9_.$/+-]+( [A-Za-z0-9_.$/+-]+)*", text) and text[0] not in "-":
        return text
    if not quoted and re.fullmatch(r"-?[0-9.]+", text):
        return text
    return json.dumps(text, ensure_ascii=False)
