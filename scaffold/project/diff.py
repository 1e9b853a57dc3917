"""Unified diffs that `git apply` takes: only LF ends a line, CRLF is kept, no line end at the end is said."""

from __future__ import annotations

import difflib


def lines_of(text: str) -> list[str]:
    """The lines of `text` with their ends. Only LF ends a line: form feeds and exotic separators do not."""
    parts = text.split("\n")
    return [f"{line}\n" for line in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def unified(path: str, before: str | None, after: str | None, context: int = 3) -> str:
    """The diff that turns `before` into `after`; None stands for no file. Empty when they are equal."""
    if before == after:
        return ""
    old = "/dev/null" if before is None else _name(f"a/{path}")
    new = "/dev/null" if after is None else _name(f"b/{path}")
    body = difflib.unified_diff(lines_of(before or ""), lines_of(after or ""), n=context)
    hunks = list(body)[2:]  # the two header lines are written here
    ended = (line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in hunks)
    return f"--- {old}\n+++ {new}\n" + "".join(ended)


def _name(path: str) -> str:
    """A file name as git writes it: a tab ends one with a space in it, control characters are quoted."""
    if any(ord(c) < 32 or c in '"\\' for c in path):
        return '"' + "".join(f"\\{ord(c):03o}" if ord(c) < 32 or c in '"\\' else c for c in path) + '"'
    return f"{path}\t" if " " in path else path
