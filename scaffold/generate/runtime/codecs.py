"""Conversions between a value of one kind and one of another, each with its way back."""

from __future__ import annotations

import base64
import binascii
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import TypeVar
from uuid import UUID

from pydantic import TypeAdapter

from . import scalars

T = TypeVar("T")

LONGEST = 1000
"""How many digits a decimal may have that are not written out: `1e999999999` is short, and its digits are not."""

LEAST, MOST = -(2**63), 2**63 - 1
"""What 64 bits can hold."""

_DURATION: TypeAdapter[timedelta] = TypeAdapter(scalars.Duration)


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
    return in_64_bits(int(text))


def in_64_bits(number: int) -> int:
    """`number`; ValueError when 64 bits cannot hold it."""
    if not LEAST <= number <= MOST:
        raise ValueError("must fit in 64 bits")
    return number


def nearest_in_64_bits(number: int) -> int:
    """The number nearest to `number` among those that 64 bits can hold."""
    return min(max(number, LEAST), MOST)


def read_back(number: int, show: Callable[[int], T], sent: T) -> int:
    """`number`, which `sent` stands for, or the nearest that 64 bits can hold if it is shown as what was sent.

    Else ValueError. What is shown is rounded: it may lie a little beyond what there is, and is read all the same.
    """
    nearest = nearest_in_64_bits(number)
    if nearest != number and show(nearest) != sent:
        raise ValueError("must fit in 64 bits")
    return nearest


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
    if abs(int(number.as_tuple().exponent)) > max(LONGEST, len(text)):
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
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError("must be an instant of the years 1 to 9999") from None


def datetime_to_text(value: datetime) -> str:
    """`value` as RFC 3339 writes it, in UTC."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def date_to_datetime(value: date) -> datetime:
    """Midnight UTC of `value`."""
    return datetime.combine(value, time(), UTC)


def datetime_to_date(value: datetime) -> date:
    """The day of `value`, in UTC."""
    return value.astimezone(UTC).date()


def text_to_time(text: str) -> time:
    """The time of day written as `text` (ISO 8601); ValueError when it is none, or its offset no whole minutes."""
    value = time.fromisoformat(text)
    if (value.utcoffset() or timedelta()) % timedelta(minutes=1):
        raise ValueError("must have an offset of whole minutes")
    return value


def time_to_text(value: time) -> str:
    """`value` as ISO 8601 writes it."""
    return value.isoformat()


def text_to_duration(text: str) -> timedelta:
    """The duration written as `text` (ISO 8601, days and less); ValueError when it is none."""
    return scalars.storable(_DURATION.validate_python(text))


def duration_to_text(value: timedelta) -> str:
    """`value` as ISO 8601 writes it."""
    return scalars.duration_text(value)


def base64_to_bytes(text: str) -> bytes:
    """The bytes that `text` stands for; ValueError when it is no base64."""
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError("must be base64 text") from None


def bytes_to_base64(value: bytes) -> str:
    """`value` as base64 text."""
    return base64.b64encode(value).decode("ascii")


def int_to_float(number: int) -> float:
    """The finite floating-point number nearest to `number`."""
    try:
        return float(number)
    except OverflowError:
        return sys.float_info.max if number > 0 else -sys.float_info.max


def number_to_int(number: float | Decimal) -> int:
    """The integer nearest to `number`, halves to the even one; ValueError when 64 bits cannot hold it."""
    return read_back(round(number), type(number), number)


def nearest_int(number: float | Decimal) -> int:
    """The integer nearest to `number` among those that 64 bits can hold; halves go to the even one."""
    return nearest_in_64_bits(round(number))


def int_to_decimal(number: int) -> Decimal:
    """`number` as a decimal without fraction."""
    return Decimal(number)


def float_to_decimal(number: float) -> Decimal:
    """The decimal that `number` is written as."""
    return Decimal(repr(number))


def decimal_to_float(number: Decimal) -> float:
    """The floating-point number nearest to `number`; ValueError when it is too large for one."""
    found = float(number)
    if abs(found) > sys.float_info.max:
        raise ValueError("is too large")
    return found


def nearest_float(number: Decimal) -> float:
    """The finite floating-point number nearest to `number`."""
    return min(max(float(number), -sys.float_info.max), sys.float_info.max)


def as_int(number: int) -> int:
    """`number` itself: what fits in 32 bits fits in 64."""
    return number


def int64_to_int32(number: int) -> int:
    """`number`, if 32 bits can hold it; ValueError when they cannot."""
    if not -(2**31) <= number < 2**31:
        raise ValueError("must fit in 32 bits")
    return number
