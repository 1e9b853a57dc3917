"""Cursors: where a part of a list ended, as a word that only the list itself reads."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import ConfigDict, TypeAdapter
from pydantic_core import to_json
from sqlalchemy import Column, ColumnElement, RowMapping, Select, and_, literal, or_

from .problems import Invalid

_VALUE = "sort_of_this_row"
"""What a row is sorted by, under a name that no column has."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """A list in the order `sort`: by `column`, where one is named, with nulls last, and then by `key`."""

    sort: str | None
    column: ColumnElement[Any] | None
    key: Column[Any]

    def behind(self, rows: Select[Any], cursor: str) -> Select[Any]:
        """Those of `rows` that come after `cursor`; all where it is empty.

        Raises Invalid for a cursor of another order, or of no list.
        """
        if self.column is not None:
            rows = rows.add_columns(self.column.label(_VALUE))
        return rows.where(self._after(*self._read(cursor))) if cursor else rows

    def cursor(self, row: RowMapping) -> str:
        """The cursor behind `row`."""
        said = [self.sort, None if self.column is None else row[_VALUE], row[self.key.name]]
        return urlsafe_b64encode(to_json(said, bytes_mode="base64")).rstrip(b"=").decode()

    def next(self, rows: Sequence[RowMapping], limit: int) -> str | None:
        """The cursor behind the first `limit` of `rows`, None where there are no more of them."""
        return self.cursor(rows[limit - 1]) if len(rows) > limit else None

    def _after(self, value: Any, key: Any) -> ColumnElement[bool]:
        later: ColumnElement[bool] = self.key > key
        if self.column is None:
            return later
        if value is None:
            return and_(self.column.is_(None), later)
        there = literal(value, self.column.type)
        falling = self.sort is not None and self.sort.startswith("-")
        further = self.column < there if falling else self.column > there
        return or_(further, and_(self.column == there, later), self.column.is_(None))

    def _read(self, cursor: str) -> tuple[Any, Any]:
        types: list[Any] = [c.type.python_type for c in (self.column, self.key) if c is not None]
        try:
            text = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            sort, value, key = _form(types[0], types[-1]).validate_json(text)
        except ValueError:
            raise _refusal("it is none that this list gave") from None
        if sort != self.sort:
            raise _refusal("it belongs to another order")
        return value, key


@cache
def _form(value: Any, key: Any) -> TypeAdapter[tuple[str | None, Any, Any]]:
    """What a cursor holds where the order is by values of one type, and by keys of another."""
    form: Any = tuple[str | None, value | None, key]
    return TypeAdapter(form, config=ConfigDict(val_json_bytes="base64"))


def _refusal(why: str) -> Invalid:
    return Invalid([{"loc": ("query", "cursor"), "msg": f"No cursor: {why}", "type": "cursor"}])
