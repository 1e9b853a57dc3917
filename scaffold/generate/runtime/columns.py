"""Column types whose values come back as they went in, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import datetime as dt
import decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Numeric, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine

from .scalars import MAX_DURATION

DECIMAL_ORDER = "decimal_order"

_MAX_DIGITS, _MAX_SCALE = 131072, 16384  # of NUMERIC, before and after the point
_MICROSECOND = dt.timedelta(microseconds=1)


class ExactDecimal(TypeDecorator[decimal.Decimal]):
    """A decimal that keeps its digits and its scale: 1.50 comes back as 1.50.

    NUMERIC on PostgreSQL. SQLite has no such type, so there it is text in a collation that compares as
    numbers do (`compare_decimals`, which `Storage` registers on every connection). Raises ValueError for NaN,
    infinities, and what NUMERIC could not hold either.
    """

    impl = Text
    cache_ok = True
    python_type = decimal.Decimal

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type of the column in this database."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Text(collation=DECIMAL_ORDER))
        return dialect.type_descriptor(Numeric())

    def process_bind_param(self, value: decimal.Decimal | None, dialect: Dialect) -> Any:
        """The value as the driver takes it."""
        if value is None:
            return None
        if not value.is_finite():
            raise ValueError(f"a decimal must be finite, not {value}")
        if value.adjusted() >= _MAX_DIGITS or -int(value.as_tuple().exponent) >= _MAX_SCALE:
            raise ValueError("a decimal with that many digits cannot be stored")
        return format(value, "f") if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> decimal.Decimal | None:
        """The value as the program sees it."""
        return decimal.Decimal(value) if isinstance(value, str) else value


def compare_decimals(left: str, right: str) -> int:
    """The order of two decimals written as text: negative, zero or positive."""
    one, two = _decimal(left), _decimal(right)
    return (one > two) - (one < two)


@lru_cache(maxsize=4096)
def _decimal(text: str) -> decimal.Decimal:
    return decimal.Decimal(text)


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An instant, to the microsecond: goes in with any offset, comes back in UTC.

    TIMESTAMP WITH TIME ZONE on PostgreSQL, text in UTC on SQLite. Raises TypeError for a datetime without
    an offset: it is no instant.
    """

    impl = DateTime(timezone=True)
    cache_ok = True
    python_type = dt.datetime

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """The value as the driver takes it."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise TypeError(f"a datetime needs an offset: {value.isoformat()}")
        utc = value.astimezone(dt.UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """The value as the program sees it."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Duration(TypeDecorator[dt.timedelta]):
    """A length of time as whole microseconds in a BIGINT: exact, and in order, in both databases.

    Raises OverflowError beyond `MAX_DURATION`, which is 292,000 years.
    """

    impl = BigInteger
    cache_ok = True
    python_type = dt.timedelta

    def process_bind_param(self, value: dt.timedelta | None, dialect: Dialect) -> int | None:
        """The value as the driver takes it."""
        if value is None:
            return None
        if abs(value) > MAX_DURATION:
            raise OverflowError(f"a duration of {value} is too long to be stored")
        return value // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> dt.timedelta | None:
        """The value as the program sees it."""
        return None if value is None else value * _MICROSECOND


def json_column() -> TypeEngine[Any]:
    """Any JSON value: JSONB on PostgreSQL, text on SQLite. None is stored as SQL NULL."""
    return JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
