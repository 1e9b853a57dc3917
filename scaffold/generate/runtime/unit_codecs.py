"""Conversions between numbers that count different things, and the moments and durations that they count."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from .codecs import nearest_in_64_bits, nearest_int, number_to_int, read_back
from .scalars import MAX_DURATION

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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
    show = _parts(factor)
    return lambda number: read_back(number * factor, show, number)


def _nearest_times(factor: int) -> Callable[[int], int]:
    """How many smaller units a number of larger ones is, as far as 64 bits can hold it."""
    return lambda number: nearest_in_64_bits(number * factor)


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
        value = number * unit
    except OverflowError:
        raise ValueError("is too long a duration") from None
    nearest = min(max(value, -MAX_DURATION), MAX_DURATION)
    if nearest != value and nearest // unit != number:  # what is shown is cut off: the longest is read back
        raise ValueError("is too long a duration")
    return nearest
