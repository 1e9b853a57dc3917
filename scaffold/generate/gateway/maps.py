"""A map of nginx: from a text with variables to a variable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .text import quoted


@dataclass(frozen=True)
class Map:
    """What `target` is, by what `source` says; a row whose key begins with `~` is a pattern."""

    doc: str
    source: str
    target: str
    default: str
    rows: tuple[tuple[str, str], ...] = ()

    def with_rows(self, rows: Iterable[tuple[str, str]]) -> Map:
        """The same with these rows; of two with one key the first counts."""
        found: dict[str, str] = {}
        for key, value in rows:
            found.setdefault(key, value)
        return replace(self, rows=tuple(found.items()))

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """Keys and values as they are written."""
        return tuple((quoted(key), quoted(value)) for key, value in self.rows)
