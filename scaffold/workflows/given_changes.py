"""Where a finding stands that is about changes given on the command line: these are in no file yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from ..diagnostics import Diagnostic, ScaffoldError, Span
from ..project.layout import SPEC

GIVEN = "<change>"
"""What takes the place of a file: its lines are those of the changes, one below the other."""


@contextmanager
def placed(before: str, after: str) -> Iterator[None]:
    """What is found in `after`, the spec with the given changes in it, is told where it stands in `before`, or among
    the changes."""
    try:
        yield
    except ScaffoldError as error:
        given = _Given.between(before.splitlines(), after.splitlines())
        raise type(error)(given.place(found) for found in error.diagnostics) from None


@dataclass(frozen=True)
class _Given:
    """The lines that came in: the first of them, counted from 1, themselves, and how many there were before."""

    first: int
    lines: Sequence[str]
    replaced: int

    @classmethod
    def between(cls, old: Sequence[str], new: Sequence[str]) -> _Given:
        start = _alike(old, new)
        end = _alike(old[start:][::-1], new[start:][::-1])
        return cls(start + 1, new[start : len(new) - end], len(old) - start - end)

    def place(self, found: Diagnostic) -> Diagnostic:
        """The finding where its reader finds it."""
        span = found.span
        if span is None or span.file != SPEC or span.line < self.first:
            return found
        number = span.line - self.first
        if number >= len(self.lines):
            return replace(found, span=_moved(span, self.replaced - len(self.lines), 0))
        head = next((n for n, line in enumerate(self.lines) if line.lstrip().startswith("- ")), None)
        if head is None or head > number:
            return replace(found, span=None)
        indent = len(self.lines[head]) - len(self.lines[head].lstrip()) + 2
        there = _moved(span, 1 - head - self.first, indent)
        return replace(found, span=replace(there, file=GIVEN, text=self.lines[number][indent:]))


def _moved(span: Span, lines: int, columns: int) -> Span:
    return replace(
        span,
        line=span.line + lines,
        end_line=span.end_line + lines,
        column=max(1, span.column - columns),
        end_column=max(1, span.end_column - columns),
    )


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines are the same at the beginning."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
