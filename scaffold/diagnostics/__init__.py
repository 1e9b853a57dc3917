"""What is told to the user when something is wrong: a code, a place, a cause and a way out."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    """How grave a diagnostic is: an error stops the command, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text in a file; lines and columns count from 1, the end is exclusive.

    `text` is its first line, where that is in no file.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: `code` names its kind, `span` its place, `help` the way out, `notes` what else is known."""

    code: str
    message: str
    span: Span | None = None
    help: str | None = None
    notes: tuple[str, ...] = ()
    severity: Severity = Severity.ERROR

    def at(self, span: Span | None) -> Diagnostic:
        """The same finding at `span`, unless it has a place already."""
        return self if self.span is not None or span is None else replace(self, span=span)


class ScaffoldError(Exception):
    """Work cannot go on; carries every diagnostic found, in the order of their places."""

    def __init__(self, diagnostics: Iterable[Diagnostic] | Diagnostic) -> None:
        found = (diagnostics,) if isinstance(diagnostics, Diagnostic) else tuple(diagnostics)
        self.diagnostics: tuple[Diagnostic, ...] = tuple(sorted(found, key=_place))
        super().__init__("; ".join(f"{d.code} {d.message}" for d in self.diagnostics))


def _place(diagnostic: Diagnostic) -> tuple[str, int, int]:
    span = diagnostic.span
    return ("", 0, 0) if span is None else (span.file, span.line, span.column)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word closest to `word`, if one is close enough to be what was meant."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """A help line: the nearest of `known` words, else the list of them."""
    best = nearest(word, known)
    if best is not None:
        return f"did you mean `{best}`?"
    listed = ", ".join(f"`{k}`" for k in known)
    return f"one of {listed}" if listed else "nothing of this kind exists here"
