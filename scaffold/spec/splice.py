"""Edits of the user's spec that leave every comment where it was: cut the draft, set dates, add changes."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

from ..diagnostics import Diagnostic, ScaffoldError
from .edits import (
    Document,
    Edit,
    Plain,
    apply_edits,
    dash_column,
    flow,
    insert_lines,
    last_end,
    next_line,
    open_document,
    plain,
    quoted,
    verified,
)
from .layout import item_lines, new_version, unflowed, versions_block
from .load import parse_change
from .nodes import ListNode, MapNode, Node, ScalarNode
from .tree import read_tree

_ORDER = ("id", "released", "promise", "deprecated", "sunset", "dropped")


def cut_next(
    text: str,
    version_id: str,
    *,
    released: date | None = None,
    promise: str | None = None,
    note: str | None = None,
    changes: Sequence[str] = (),
    others: bool = False,
    empty: bool = False,
    file: str = "api.yaml",
) -> str:
    """`text` with the draft under `next`, and `changes` after it, cut into a new last version.

    `others` says that there are versions in files of their own, so that none here is not v1 alone; `empty` that
    a version without changes is meant.

    Raises:
        ScaffoldError: SC111 when it cannot be done without disturbing something, SC440 when there is nothing to cut.
    """
    document = open_document(text, file)
    draft = document.root.entries.get("next")
    items = draft.items if isinstance(draft, ListNode) else ()
    if not items and not changes and not empty:
        raise ScaffoldError(
            Diagnostic("SC440", "the draft is empty: there is nothing to cut", help="put changes under `next:`")
        )
    head = {"id": version_id, "released": _written(released) if released else None, "promise": promise}
    keys = [f"{k}: {v}" for k, v in head.items() if v is not None]
    if note is not None:
        keys.append(f"note: {json.dumps(note, ensure_ascii=False)}")
    edits, moved, column = _take_draft(document, draft)
    intended = plain(document.root)
    entry: dict[str, Plain] = {k: v for k, v in head.items() if v is not None}
    if note is not None:
        entry["note"] = quoted(note)
    if items or changes:
        entry["changes"] = [*(plain(i, listed=True) for i in items), *(plain(_node(c), listed=True) for c in changes)]
    alone = version_id == "v1" or others
    intended["versions"] = [*intended.get("versions", [] if alone else [{"id": "v1"}]), entry]
    if "next" in intended:
        intended["next"] = []
    edits.append(new_version(document, keys, moved, column, changes, alone=alone))
    return _done(document, text, edits, intended, file)


def append_changes(text: str, changes: Sequence[str], *, to: str = "next", file: str = "api.yaml") -> str:
    """`text` with `changes` added to the draft, or to the version `to`; each on one line or as a YAML mapping.

    Raises:
        ScaffoldError: SC301 for what is no change, SC433 for an unknown version, SC111 when it cannot be done.
    """
    document = open_document(text, file)
    nodes = [_node(c) for c in changes]
    intended = plain(document.root)
    added = [plain(n, listed=True) for n in nodes]
    if to == "next":
        holder, key = document.root, "next"
        intended["next"] = [*intended.get("next", []), *added]
    else:
        holder, meant = _version(document, to, intended)
        key = "changes"
        meant["changes"] = [*meant.get("changes", []), *added]
    if not changes:
        return text
    return _done(document, text, [_grown(document, holder, key, changes, nodes)], intended, file)


def set_dates(
    text: str,
    version_id: str,
    *,
    released: date | None = None,
    deprecated: date | None = None,
    sunset: date | None = None,
    dropped: date | None = None,
    file: str = "api.yaml",
) -> str:
    """`text` with the dates given written into the version `version_id`; the others stay as they are.

    Raises:
        ScaffoldError: SC433 for an unknown version, SC111 when it cannot be done without disturbing something.
    """
    given = {"released": released, "deprecated": deprecated, "sunset": sunset, "dropped": dropped}
    for name, moment in given.items():
        if moment is not None:
            text = _set_date(text, version_id, name, _written(moment), file)
    return text


def drop_promise(text: str, version_id: str, *, file: str = "api.yaml") -> str:
    """`text` without `promise` and `clients` of the version `version_id`: what is released is stable, and everybody's.

    Raises:
        ScaffoldError: SC433 for an unknown version, SC111 when it cannot be done without disturbing something.
    """
    for key in ("promise", "clients"):
        text = _drop_key(text, version_id, key, file)
    return text


def _drop_key(text: str, version_id: str, key: str, file: str) -> str:
    document = open_document(text, file)
    if "versions" not in document.root.entries and not _is_version(document.root):
        return text
    intended = plain(document.root)
    entry, meant = _version(document, version_id, intended)
    stated = entry.entries.get(key)
    if stated is None or stated.key is None:
        return text
    del meant[key]
    body, start = document.text, stated.key.start
    end = last_end(stated, body)
    if entry.flow:
        start -= len(re.search(r"[,\s]*$", body[:start])[0])  # type: ignore[index]  # it matches every text
    else:
        line = body.rfind("\n", 0, start) + 1
        rest = next_line(body, end)
        if not body[line:start].strip() and not body[end:rest].strip():
            start, end = line, rest
    return _done(document, text, [Edit(start, end, "")], intended, file)


def _set_date(text: str, version_id: str, name: str, value: str, file: str) -> str:
    document = open_document(text, file)
    intended = plain(document.root)
    if "versions" not in document.root.entries and version_id == "v1" and not _is_version(document.root):
        intended["versions"] = [{"id": "v1", name: value}]
        return _done(document, text, [versions_block(document, ["  - id: v1", f"    {name}: {value}"])], intended, file)
    entry, meant = _version(document, version_id, intended)
    meant[name] = value
    old = entry.entries.get(name)
    if old is not None:
        return _done(document, text, [Edit(old.start, old.end, value)], intended, file)
    before = [entry.entries[k] for k in _ORDER[: _ORDER.index(name)] if k in entry.entries]
    last = max(before, key=lambda n: n.start)
    if entry.flow:
        edit = Edit(last.end, last.end, f", {name}: {value}")
    else:
        column = last.key.span.column - 1 if last.key is not None else 0
        edit = insert_lines(
            document, next_line(document.text, last_end(last, document.text)), [f"{' ' * column}{name}: {value}"]
        )
    return _done(document, text, [edit], intended, file)


def _done(document: Document, text: str, edits: Sequence[Edit], intended: Plain, file: str) -> str:
    made = verified(document, apply_edits(document.text, edits), intended, file)
    return "\ufeff" + made if text.startswith("\ufeff") else made


def _written(moment: date) -> str:
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return moment.isoformat()


def _is_version(root: MapNode) -> bool:
    """Whether a file states one version and nothing else."""
    return "id" in root.entries and "api" not in root.entries


def _version(document: Document, version_id: str, intended: Plain) -> tuple[MapNode, Plain]:
    """The version called so, and what it is to say: in a list of versions, or as a file of its own."""
    versions = document.list_at("versions")
    stated: list[tuple[Node, Plain]] = []
    if versions is not None:
        stated = list(zip(versions.items, intended["versions"], strict=True))
    elif _is_version(document.root):
        stated = [(document.root, intended)]
    for entry, meant in stated:
        id_ = entry.entries.get("id") if isinstance(entry, MapNode) else None
        if isinstance(entry, MapNode) and isinstance(id_, ScalarNode) and id_.text == version_id:
            return entry, meant
    raise ScaffoldError(Diagnostic("SC433", f"there is no version `{version_id}` in the spec"))


def _node(change: str) -> Node:
    """A change as a node; what is no change is refused."""
    spec = parse_change(change)
    if spec.node is None:
        raise ScaffoldError(Diagnostic("SC301", f"`{change}` is not a change that can be read"))
    lines = item_lines(change)
    tree = read_tree("x:\n" + "\n".join(lines) + "\n", "<change>")
    listed = tree.entries["x"]
    return listed.items[0] if isinstance(listed, ListNode) else listed


def _take_draft(document: Document, draft: Node | None) -> tuple[list[Edit], str, int]:
    """The edits that empty the draft, the lines of its items, and how far their dashes are indented."""
    text = document.text
    if not isinstance(draft, ListNode) or not draft.items:
        return [], "", 0
    if draft.flow:
        return [Edit(draft.start, draft.end, "[]")], document.newline.join(unflowed(document, draft)), 0
    key = draft.key
    assert key is not None
    colon = text.index(":", key.end) + 1
    found = re.match(r"[ \t]*", text[colon:])
    gap = found[0] if found is not None else ""
    start, end = next_line(text, colon), next_line(text, last_end(draft, text))
    space = " " * max(1, len(gap) - 3) if text[colon + len(gap) : start].strip() else ""
    block = text[start:end]
    edits = [Edit(colon, colon + len(gap), " []" + space), Edit(start, end, "")]
    return edits, block.removesuffix("\n").removesuffix("\r"), dash_column(draft)


def _grown(document: Document, holder: MapNode, key: str, changes: Sequence[str], nodes: Sequence[Node]) -> Edit:
    """The edit that adds items to the list under `key` of `holder`."""
    text, found = document.text, holder.entries.get(key)
    if found is not None and not isinstance(found, ListNode):
        raise ScaffoldError(Diagnostic("SC202", f"a list is needed for `{key}`", found.mark))
    inline = ", ".join(flow(n) for n in nodes)
    if isinstance(found, ListNode) and found.items:
        if found.flow:
            return Edit(found.items[-1].end, found.items[-1].end, f", {inline}")
        lines = _item_lines(changes, dash_column(found))
        return insert_lines(document, next_line(text, last_end(found, text)), lines)
    column = 0 if holder is document.root else holder.span.column - 1
    lines = _item_lines(changes, column + 2)
    if isinstance(found, ListNode):
        empty = re.fullmatch(r"\[[ \t]*\]", text[found.start : found.end])
        beside = found.key is not None and found.key.span.line == found.span.line
        if not empty or not beside or holder.flow:
            return Edit(found.end - 1, found.end - 1, inline)
        return _opened(document, found, lines)
    if holder.flow:
        comma = ", " if holder.entries else ""
        last = list(holder.entries.values())[-1].end if holder.entries else holder.end - 1
        return Edit(last, last, f"{comma}{key}: [{inline}]")
    position = next_line(text, last_end(holder, text))
    space = [""] if holder is document.root else []
    return insert_lines(document, position, [*space, f"{' ' * column}{key}:", *lines])


def _opened(document: Document, found: ListNode, lines: Sequence[str]) -> Edit:
    """An empty `[]` becomes a block list; the comment behind it stays in its column."""
    text = document.text
    end = next_line(text, found.end)
    rest = text[found.end : end].rstrip("\r\n")
    start = found.start
    if rest.strip():
        kept = " " * (found.end - found.start) + rest
    else:
        kept = ""
        while text[start - 1] in " \t":
            start -= 1
    newline = document.newline
    tail = newline if text[found.end : end].endswith("\n") else ""
    return Edit(start, end, kept + newline + newline.join(lines) + tail)


def _item_lines(changes: Sequence[str], column: int) -> list[str]:
    return [f"{' ' * column}{line}" if line.strip() else line for c in changes for line in item_lines(c)]


__all__ = ["append_changes", "cut_next", "set_dates"]
