"""What is said of a published document: remarks, and the findings of one reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ...diagnostics import Diagnostic, ScaffoldError, Span


class RemarkKind(StrEnum):
    """What became of something that a contract does not say in the words of the document."""

    UNCHECKED = "unchecked"
    """Kept and published as it stands, and never checked."""
    MERGED = "merged"
    """Several schemas became one that says the same."""
    RAW = "raw"
    """Kept and published as it stands; it promises nothing about the values of an operation."""
    NAMED = "named"
    """A schema got another name than the document gave it."""
    ASSUMED = "assumed"
    """The document leaves it open, and it was read as what it surely means."""
    IGNORED = "ignored"
    """Left out, because it says nothing or no value can meet it."""


@dataclass(frozen=True)
class Remark:
    """Something of a document that its contract says in another way, or only keeps; `place` is a JSON pointer."""

    kind: RemarkKind
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class Document(dict[str, Any]):
    """A document that remembers its text, so that findings can say the line they speak of."""

    __slots__ = ("text",)
    text: str


def child(at: str, *keys: str | int) -> str:
    """The JSON pointer (RFC 6901, as a URI fragment's) of what stands under `keys` at `at`."""
    return at + "".join(f"/{str(key).replace('~', '~0').replace('/', '~1')}" for key in keys)


@dataclass
class Findings:
    """Everything wrong with one document, each finding under the JSON pointer of its place."""

    file: str
    found: dict[tuple[str, str, str], str | None] = field(default_factory=dict)

    def add(self, code: str, at: str, message: str, help_: str | None = None) -> None:
        """Tell of `message` at the pointer `at`; the same finding at the same place counts once."""
        self.found.setdefault((code, at, message), help_)

    def stop(self, document: Mapping[str, Any]) -> None:
        """Go on only if nothing was found.

        Raises:
            ScaffoldError: all that was found, with lines where the text of the document is known.
        """
        if not self.found:
            return
        spans = _spans(document, self.file, [at for _, at, _ in self.found])
        raise ScaffoldError(
            Diagnostic(code, f"`{self.file}{at}`: {message}", spans.get(at), help_)
            for (code, at, message), help_ in self.found.items()
        )


def _spans(document: Mapping[str, Any], file: str, places: Iterable[str]) -> dict[str, Span]:
    text = getattr(document, "text", None)
    if text is None or len(text) > MAX_LOCATED:
        return {}
    from .yaml_text import locate

    return locate(text, file, frozenset(places))


MAX_LOCATED = 4_000_000
"""Characters of a text in which places are still looked up."""


def said(value: object) -> str:
    """A value as a message quotes it: on one line, and short."""
    text = re.sub(r"\s+", " ", str(value))
    return text if len(text) <= 60 else f"{text[:57]}…"
