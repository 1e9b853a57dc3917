"""What is asked of a store: which records, and where their attributes can be searched."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, false, func, not_, or_

from .absent import ABSENT
from .held_back import asks
from .variants import Except


@dataclass(frozen=True, kw_only=True)
class Query:
    """Which records, in which order, and which part of them.

    `sort` is the path of an attribute, with a minus sign for the other way round: `-address.city`. `filters`
    name attributes by path too, each with the values of which it must have one, as records hold them. `words` has
    what was asked for where records are shown to the caller word for word as they were written. A `limit` of None
    asks for all. Where there is a `cursor`, the part behind it is wanted, from the beginning where it is empty, and
    the page must say what is `next`.
    """

    limit: int | None
    offset: int = 0
    cursor: str | None = None
    sort: str | None = None
    filters: Mapping[str, Sequence[Any]] = dataclasses.field(default_factory=dict)
    words: Mapping[str, tuple[Words, str]] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Words:
    """A shadow of an attribute: what older clients wrote for it, while it has one of `values`, which are all there
    are; None where it is any text. Words that are `held` back, each by a header, stand for callers who ask for them.
    """

    shadow: str
    values: tuple[str, ...] | None = None
    held: tuple[tuple[str, str], ...] = ()

    def are(self, said: str, kept: Column[Any], attribute: Stored, values: Sequence[Any]) -> ColumnElement[bool]:
        """The condition that `said` was written, or nothing that still stands and the attribute is among `values`.

        `kept` is the column with the shadows of whole records; an object that is JSON has its own inside.
        """
        column, way = (kept, ()) if attribute.kept is None else attribute.kept
        written, image = (column[(*way, self.shadow, part, 0)].as_string() for part in ("written", "image"))
        same = image == attribute.column
        if self.values is not None:
            same = or_(*(and_(attribute.among([value]), image == value) for value in self.values))
        hidden = [word for word, header in self.held if not asks(header)]
        if hidden:
            same = and_(same, written.not_in(hidden))
        stands = func.coalesce(same, false())
        return or_(and_(stands, written == said), and_(not_(stands), attribute.among(values)))


@dataclass(frozen=True)
class Stored:
    """Where an attribute can be searched, how its values are written there, and the shadows beside it."""

    column: ColumnElement[Any]
    write: Callable[[Any], Any] | None = None
    kept: tuple[Column[Any], tuple[str, ...]] | None = None
    """Where the shadows of the object are that it is inside of: a column, and the keys that lead there."""

    def among(self, values: Sequence[Any]) -> ColumnElement[bool]:
        """The condition that it has one of `values`; null and absent ask for rows without one."""
        given = [v for v in values if v is not None and v is not ABSENT]
        written = given if self.write is None else [self.write(v) for v in given]
        if isinstance(values, Except):
            return self.column.not_in(written)
        found = [self.column == written[0]] if len(written) == 1 else [self.column.in_(written)] if written else []
        if len(given) < len(values):
            found.append(self.column.is_(None))
        return or_(*found) if found else false()
