"""Conversions between an older form of a value and a newer one, each with its way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar
from uuid import UUID

from . import scalars

T = TypeVar("T")
U = TypeVar("U")

LONGEST = 1000
"""How many digits a decimal may have that is written as text: `1e999999999` is short, and its digits are not."""


def as_text(text: str) -> str:
    """`text` itself: an e-mail address or URL is text already."""
    return text


def text_to_email(text: str) -> str:
    """`text`, if it is an e-mail address; ValueError when it is none."""
    return scalars.email(text)


def text_to_url(text: str) -> str:
    """`text`, if it is a URL; ValueError when it is none."""
    return scalars.url(text)


def text_to_int(text: str) -> int:
    """The integer written as `text`; ValueError when it is none, or one that 64 bits cannot hold."""
    number = int(text)
    if not -(2**63) <= number < 2**63:
        raise ValueError("must fit in 64 bits")
    return number


def int_to_text(number: int) -> str:
    """The digits of `number`."""
    return str(number)


def text_to_float(text: str) -> float:
    """The finite number written as `text`; ValueError when it is none."""
    number = float(text)
    if number != number or number in (float("inf"), float("-inf")):
        raise ValueError("must be a finite number")
    return number


def float_to_text(number: float) -> str:
    """The shortest text that reads back as `number`."""
    return repr(number)


def text_to_decimal(text: str) -> Decimal:
    """The decimal written as `text`, its scale kept; ValueError when it is none."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError("must be a decimal number") from None
    if not number.is_finite():
        raise ValueError("must be a finite number")
    if not -LONGEST <= int(number.as_tuple().exponent) <= LONGEST or len(number.as_tuple().digits) > LONGEST:
        raise ValueError(f"must be a number of at most {LONGEST} digits")
    return number


def decimal_to_text(number: Decimal) -> str:
    """`number` in plain digits, its scale kept."""
    return format(number, "f")


def text_to_bool(text: str) -> bool:
    """True for `true`, False for `false`; ValueError for anything else."""
    if text not in ("true", "false"):
        raise ValueError("must be `true` or `false`")
    return text == "true"


def bool_to_text(value: bool) -> str:
    """`true` or `false`."""
    return "true" if value else "false"


def text_to_uuid(text: str) -> UUID:
    """The UUID written as `text`; ValueError when it is none."""
    return UUID(text)


def uuid_to_text(value: UUID) -> str:
    """The canonical text of `value`."""
    return str(value)


def text_to_date(text: str) -> date:
    """The date written as `text` (ISO 8601); ValueError when it is none."""
    return date.fromisoformat(text)


def date_to_text(value: date) -> str:
    """`value` as ISO 8601 writes it."""
    return value.isoformat()


def text_to_datetime(text: str) -> datetime:
    """The instant written as `text` (RFC 3339); ValueError when it is none or has no offset."""
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError("must have an offset from UTC")
    return value.astimezone(UTC)


def datetime_to_text(value: datetime) -> str:
    """`value` as RFC 3339 writes it, in UTC."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def date_to_datetime(value: date) -> datetime:
    """Midnight UTC of `value`."""
    return datetime.combine(value, time(), UTC)


def datetime_to_date(value: datetime) -> date:
    """The day of `value`, in UTC."""
    return value.astimezone(UTC).date()


def int_to_float(number: int) -> float:
    """The floating-point number nearest to `number`."""
    return float(number)


def float_to_int(number: float) -> int:
    """The integer nearest to `number`; ties go to the even one."""
    return round(number)


def int_to_decimal(number: int) -> Decimal:
    """`number` as a decimal without fraction."""
    return Decimal(number)


def decimal_to_int(number: Decimal) -> int:
    """The integer nearest to `number`; ties go to the even one."""
    return round(number)


def float_to_decimal(number: float) -> Decimal:
    """The decimal that `number` is written as."""
    return Decimal(repr(number))


def decimal_to_float(number: Decimal) -> float:
    """The floating-point number nearest to `number`."""
    return float(number)


@dataclass(frozen=True, slots=True)
class Readable:
    """A validator that lets through what all of `steps` can convert, and refuses the rest as the caller's error."""

    steps: tuple[Callable[[Any], Any], ...]

    def __call__(self, value: T) -> T:
        """`value` itself; ValueError for what cannot be converted."""
        converted: Any = value
        for step in self.steps:
            converted = step(converted)
        return value


def readable(*steps: Callable[[Any], Any]) -> Readable:
    """The validator of what all of `steps` can convert."""
    return Readable(steps)


def attempt(step: Callable[[T], U], value: T, otherwise: U) -> U:
    """`step(value)`, or `otherwise` where the value cannot be converted."""
    try:
        return step(value)
    except ValueError:
        return otherwise
