"""Conversions between an older form of a value and a newer one, each with its way back."""

from __future__ import annotations

import base64
import binascii
import csv
import io
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from pydantic import TypeAdapter

from . import scalars

T = TypeVar("T")
U = TypeVar("U")

LONGEST = 1000
"""How many digits a decimal may have that is written as text: `1e999999999` is short, and its digits are not."""

LEAST, MOST = -(2**63), 2**63 - 1
"""What 64 bits can hold."""

_DURATION: TypeAdapter[timedelta] = TypeAdapter(scalars.Duration)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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
    return _in_64_bits(int(text))


def _in_64_bits(number: int) -> int:
    if not LEAST <= number <= MOST:
        raise ValueError("must fit in 64 bits")
    return number


def _nearest_in_64_bits(number: int) -> int:
    return min(max(number, LEAST), MOST)


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
    """The time of day written as `text` (ISO 8601); ValueError when it is none."""
    return time.fromisoformat(text)


def time_to_text(value: time) -> str:
    """`value` as ISO 8601 writes it."""
    return value.isoformat()


def text_to_duration(text: str) -> timedelta:
    """The duration written as `text` (ISO 8601, days and less); ValueError when it is none."""
    return _DURATION.validate_python(text)


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
    """The floating-point number nearest to `number`."""
    return float(number)


def number_to_int(number: float | Decimal) -> int:
    """The integer nearest to `number`, halves to the even one; ValueError when 64 bits cannot hold it."""
    return _in_64_bits(round(number))


def nearest_int(number: float | Decimal) -> int:
    """The integer nearest to `number` among those that 64 bits can hold; halves go to the even one."""
    return _nearest_in_64_bits(round(number))


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


# Numbers that count something else.


def hundredth(number: Decimal) -> Decimal:
    """A hundredth of `number`, whose digits stay."""
    return _shifted(number, -2)


def hundredfold(number: Decimal) -> Decimal:
    """A hundred times `number`, whose digits stay, without an exponent."""
    found = _shifted(number, 2)
    return found if int(found.as_tuple().exponent) <= 0 else Decimal(format(found, "f"))


def _shifted(number: Decimal, places: int) -> Decimal:
    sign, digits, exponent = number.as_tuple()
    return Decimal((sign, digits, int(exponent) + places))


def cents_to_decimal(cents: int) -> Decimal:
    """An amount in cents as a decimal with two places."""
    return hundredth(Decimal(cents))


def decimal_to_cents(amount: Decimal) -> int:
    """The cents nearest to `amount`, halves to the even one; ValueError when 64 bits cannot hold them."""
    return number_to_int(hundredfold(amount))


def nearest_cents(amount: Decimal) -> int:
    """The cents nearest to `amount` among those that 64 bits can hold; halves go to the even one."""
    return nearest_int(hundredfold(amount))


def _times(factor: int) -> Callable[[int], int]:
    """How many smaller units a number of larger ones is; ValueError when 64 bits cannot hold it."""
    return lambda number: _in_64_bits(number * factor)


def _nearest_times(factor: int) -> Callable[[int], int]:
    """How many smaller units a number of larger ones is, as far as 64 bits can hold it."""
    return lambda number: _nearest_in_64_bits(number * factor)


def _parts(factor: int) -> Callable[[int], int]:
    """The number of larger units nearest to a number of smaller ones; halves go to the even one."""

    def nearest(number: int) -> int:
        whole, left = divmod(number, factor)
        return whole + (2 * left > factor or (2 * left == factor and whole % 2 == 1))

    return nearest


seconds_to_milliseconds, nearest_seconds_to_milliseconds = _times(1000), _nearest_times(1000)
minutes_to_seconds, nearest_minutes_to_seconds = _times(60), _nearest_times(60)
hours_to_minutes, nearest_hours_to_minutes = _times(60), _nearest_times(60)
days_to_hours, nearest_days_to_hours = _times(24), _nearest_times(24)
milliseconds_to_seconds = _parts(1000)
seconds_to_minutes = _parts(60)
minutes_to_hours = _parts(60)
hours_to_days = _parts(24)


def unix_seconds_to_datetime(number: int) -> datetime:
    """The instant so many seconds after 1970; ValueError outside the years 1 to 9999."""
    return _instant(seconds_to_duration(number))


def datetime_to_unix_seconds(value: datetime) -> int:
    """The whole seconds from 1970 to `value`."""
    return duration_to_seconds(value - EPOCH)


def unix_milliseconds_to_datetime(number: int) -> datetime:
    """The instant so many milliseconds after 1970; ValueError outside the years 1 to 9999."""
    return _instant(milliseconds_to_duration(number))


def datetime_to_unix_milliseconds(value: datetime) -> int:
    """The whole milliseconds from 1970 to `value`."""
    return duration_to_milliseconds(value - EPOCH)


def _instant(since: timedelta) -> datetime:
    try:
        return EPOCH + since
    except OverflowError:
        raise ValueError("must be an instant of the years 1 to 9999") from None


def seconds_to_duration(number: int) -> timedelta:
    """A duration of so many seconds; ValueError when that is too long."""
    return _duration(number, timedelta(seconds=1))


def duration_to_seconds(value: timedelta) -> int:
    """The whole seconds of `value`."""
    return value // timedelta(seconds=1)


def milliseconds_to_duration(number: int) -> timedelta:
    """A duration of so many milliseconds; ValueError when that is too long."""
    return _duration(number, timedelta(milliseconds=1))


def duration_to_milliseconds(value: timedelta) -> int:
    """The whole milliseconds of `value`."""
    return value // timedelta(milliseconds=1)


def _duration(number: int, unit: timedelta) -> timedelta:
    try:
        return number * unit
    except OverflowError:
        raise ValueError("is too long a duration") from None


# One value and a list of values.


def listed(value: T) -> list[T]:
    """A list of `value` alone."""
    return [value]


def first(items: list[T]) -> T:
    """The first item; ValueError where there is none."""
    if not items:
        raise ValueError("must have an item")
    return items[0]


def last(items: list[T]) -> T:
    """The last item; ValueError where there is none."""
    if not items:
        raise ValueError("must have an item")
    return items[-1]


def only(items: list[T]) -> T:
    """The one item; ValueError where there is none, or where there are several."""
    if len(items) != 1:
        raise ValueError("must have one item")
    return items[0]


def csv_to_list(text: str) -> list[str]:
    """The items of one line of comma-separated values (RFC 4180); ValueError when it is none."""
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        raise ValueError("must be comma-separated values") from None
    if len(lines) > 1:
        raise ValueError("must be one line of comma-separated values")
    return lines[0] if lines else []


def list_to_csv(items: list[str]) -> str:
    """`items` with commas between them, in quotes where they need them (RFC 4180)."""
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="").writerow(items)
    return line.getvalue()


# How codecs are used.


K = TypeVar("K", contravariant=True)
V = TypeVar("V", covariant=True)


@dataclass(frozen=True, slots=True)
class Table(Generic[K, V]):
    """What a few values become; of an `open` one all others stay what they are."""

    rows: Mapping[Any, Any]
    open: bool = False

    def __call__(self, value: K) -> V:
        """What `value` becomes; ValueError where there is nothing that it could become."""
        if value in self.rows:
            return cast("V", self.rows[value])
        if self.open:
            return cast("V", value)
        raise ValueError(f"must be one of {', '.join(map(repr, self.rows))}")


@dataclass(frozen=True, slots=True)
class Lenient:
    """A step of which it is said what stands for values that it cannot convert."""

    step: Callable[[Any], Any]


def by_name(
    way: Callable[[dict[str, Any]], Mapping[str, Any]],
    taken: Sequence[str],
    made: Sequence[str],
    nullable: Sequence[str] = (),
) -> Callable[..., Any]:
    """A function of objects as one of their values, called `taken`, which gives those called `made`, or the one.

    A value that is not there is left out of the object, unless it is one that is null then.
    """

    def convert(*values: Any) -> Any:
        found = way({n: v for n, v in zip(taken, values, strict=True) if v is not None or n in nullable})
        return [found.get(name) for name in made] if len(made) > 1 else found.get(made[0])

    return convert


def join_words(*parts: str | None) -> str:
    """`parts` with a space between those that are there."""
    return " ".join(part for part in parts if part)


def split_words(text: str, count: int) -> list[str]:
    """`text` in `count` parts, split at its last spaces; what is not there is empty."""
    return _filled(text.rsplit(" ", count - 1), count)


def join_lines(*parts: str | None) -> str:
    """`parts`, one a line."""
    return "\n".join(part or "" for part in parts)


def split_lines(text: str, count: int) -> list[str]:
    """The first lines of `text`, the last one with all that is left; what is not there is empty."""
    return _filled(text.split("\n", count - 1), count)


def join_comma(*parts: str | None) -> str:
    """`parts` with a comma and a space between those that are there."""
    return ", ".join(part for part in parts if part)


def split_comma(text: str, count: int) -> list[str]:
    """`text` in `count` parts, split at its first commas; what is not there is empty."""
    return _filled([part.strip() for part in text.split(",", count - 1)], count)


def _filled(parts: list[str], count: int) -> list[str]:
    return [*parts, *[""] * (count - len(parts))]


@dataclass(frozen=True, slots=True)
class Readable:
    """A validator that lets through what all of `steps` can convert, and refuses the rest as the caller's error.

    What a lenient one cannot convert is let through too.
    """

    steps: tuple[Callable[[Any], Any] | Lenient, ...]

    def __call__(self, value: T) -> T:
        """`value` itself; ValueError for what cannot be converted."""
        converted: Any = value
        for step in self.steps:
            if not isinstance(step, Lenient):
                converted = step(converted)
                continue
            try:
                converted = step.step(converted)
            except ValueError:
                return value
        return value


def readable(*steps: Callable[[Any], Any] | Lenient) -> Readable:
    """The validator of what all of `steps` can convert."""
    return Readable(steps)


def unless_null(step: Callable[[T], U], value: T | None) -> U | None:
    """`step(value)`; null stays null."""
    return None if value is None else step(value)


def attempt(step: Callable[[T], U], value: T, otherwise: U) -> U:
    """`step(value)`, or `otherwise` where the value cannot be converted."""
    try:
        return step(value)
    except ValueError:
        return otherwise
