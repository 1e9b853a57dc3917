"""The codecs, for JSON values that a spec states: what the functions of generated projects do to values they read."""

from __future__ import annotations

import base64
import binascii
import csv
import io
import re
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from ..contract.codecs import SCALES
from ..contract.kinds import KINDS
from ..contract.types import Json, Kind

LEAST, MOST = -(2**63), 2**63 - 1
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _day(text: str) -> str:
    return datetime.fromisoformat(text).astimezone(UTC).date().isoformat()


def _midnight(text: str) -> str:
    return _instant(datetime.combine(date.fromisoformat(text), time(), UTC))


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _moment(text: str) -> str:
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError(text)
    return _instant(value)


def _clock(text: str) -> str:
    value = time.fromisoformat(text)
    if (value.utcoffset() or timedelta()) % timedelta(minutes=1):
        raise ValueError(text)
    return value.isoformat()


def _same(value: Json) -> Json:
    return value


def _known(text: str, kind: Kind) -> str:
    if not KINDS[kind](text):
        raise ValueError(text)
    return text


def _within(number: int, least: int = LEAST, most: int = MOST) -> int:
    if not least <= number <= most:
        raise ValueError(number)
    return number


def _nearest(number: int) -> int:
    return min(max(number, LEAST), MOST)


def _read_back(number: int, show: Callable[[int], Json], stated: Json) -> int:
    """`number`, or the nearest there is, where that is shown as what is `stated`."""
    nearest = _nearest(number)
    return nearest if show(nearest) == stated else _within(number)


def _rounded(value: Json) -> int:
    return round(value) if isinstance(value, float) else round(Decimal(value))


def _finite(text: str) -> float:
    return _float(Decimal(text))


def _float(number: Decimal) -> float:
    found = float(number)
    if not abs(found) <= sys.float_info.max:
        raise ValueError(number)
    return found


def _nearest_float(number: Decimal) -> float:
    return min(max(float(number), -sys.float_info.max), sys.float_info.max)


def _shifted(text: Json, places: int) -> str:
    sign, digits, exponent = Decimal(str(text)).as_tuple()
    return format(Decimal((sign, digits, int(exponent) + places)), "f")


def _bytes(text: str) -> str:
    try:
        return base64.b64encode(base64.b64decode(text, validate=True)).decode("ascii")
    except binascii.Error:
        raise ValueError(text) from None


_DURATION = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,6}))?S)?)?")


def _duration(text: str) -> timedelta:
    """A duration as ISO 8601 writes it, of weeks and less."""
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError(text)
    weeks, days, hours, minutes, seconds = (int(n or 0) for n in found.groups()[:5])
    micros = int((found[6] or "").ljust(6, "0"))
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds, microseconds=micros)


def _duration_text(value: timedelta) -> str:
    """`value` as a spec may state it: not below nothing."""
    if value < timedelta():
        raise ValueError(value)
    fraction = f".{value.microseconds:06}".rstrip("0") if value.microseconds else ""
    minutes, seconds = divmod(value.seconds, 60)
    parts = (
        (value.seconds // 3600, "H"),
        (minutes % 60, "M"),
        (f"{seconds}{fraction}" if seconds or fraction else 0, "S"),
    )
    clock = "".join(f"{number}{unit}" for number, unit in parts if number)
    days = f"{value.days}D" * bool(value.days)
    return f"P{days}T{clock}" if clock else f"P{days}" if days else "PT0S"


def _only(items: list[Json]) -> Json:
    (one,) = items
    return one


def _items(text: str) -> Json:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        raise ValueError(text) from None
    if len(rows) > 1:
        raise ValueError(text)
    return rows[0] if rows else []


def _line(items: list[str]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerow(items)
    return written.getvalue().removesuffix("\r\n")


CONSTANTS: dict[str, Callable[[Json], Json]] = {
    "as_text": _same,
    "text_to_email": lambda v: _known(v, Kind.EMAIL),
    "text_to_url": lambda v: _known(v, Kind.URL),
    "text_to_int": lambda v: _within(int(v)),
    "int_to_text": str,
    "text_to_float": _finite,
    "float_to_text": lambda v: repr(float(v)),
    "text_to_decimal": lambda v: format(Decimal(v), "f"),
    "decimal_to_text": _same,
    "text_to_bool": lambda v: {"true": True, "false": False}[v],
    "bool_to_text": lambda v: "true" if v else "false",
    "text_to_uuid": lambda v: str(UUID(v)),
    "uuid_to_text": _same,
    "text_to_date": lambda v: date.fromisoformat(v).isoformat(),
    "date_to_text": _same,
    "text_to_datetime": _moment,
    "datetime_to_text": lambda v: _instant(datetime.fromisoformat(v)),
    "text_to_time": _clock,
    "time_to_text": lambda v: time.fromisoformat(v).isoformat(),
    "text_to_duration": lambda v: _duration_text(_duration(v)),
    "duration_to_text": lambda v: _duration_text(_duration(v)),
    "base64_to_bytes": _bytes,
    "bytes_to_base64": _bytes,
    "date_to_datetime": _midnight,
    "datetime_to_date": _day,
    "int_to_float": lambda v: _nearest_float(Decimal(v)),
    "number_to_int": lambda v: _read_back(_rounded(v), float if isinstance(v, float) else str, v),
    "nearest_int": lambda v: _nearest(_rounded(v)),
    "int_to_decimal": str,
    "float_to_decimal": lambda v: format(Decimal(repr(v)), "f"),
    "decimal_to_float": lambda v: _float(Decimal(v)),
    "nearest_float": lambda v: _nearest_float(Decimal(v)),
    "listed": lambda v: [v],
    "first": lambda v: v[0],
    "last": lambda v: v[-1],
    "only": _only,
    "csv_to_list": _items,
    "list_to_csv": _line,
    "as_int": _same,
    "int64_to_int32": lambda v: _within(v, -(2**31), 2**31 - 1),
    "hundredth": lambda v: _shifted(v, -2),
    "hundredfold": lambda v: _shifted(v, 2),
    "cents_to_decimal": lambda v: _shifted(v, -2),
    "decimal_to_cents": lambda v: _within(_rounded(_shifted(v, 2))),
    "nearest_cents": lambda v: _nearest(_rounded(_shifted(v, 2))),
}
"""By name of the function."""


def _scaled(large: str, small: str, factor: int) -> dict[str, Callable[[Json], Json]]:
    def larger(number: int) -> int:
        return round(Fraction(number, factor))

    return {
        f"{large}_to_{small}": lambda v: _read_back(v * factor, larger, v),
        f"nearest_{large}_to_{small}": lambda v: _nearest(v * factor),
        f"{small}_to_{large}": larger,
    }


def _timed(part: str, unit: timedelta) -> dict[str, Callable[[Json], Json]]:
    return {
        f"unix_{part}_to_datetime": lambda v: _instant(EPOCH + v * unit),
        f"datetime_to_unix_{part}": lambda v: (datetime.fromisoformat(v) - EPOCH) // unit,
        f"{part}_to_duration": lambda v: _duration_text(v * unit),
        f"duration_to_{part}": lambda v: _duration(v) // unit,
    }


for _scale in SCALES:
    CONSTANTS |= _scaled(*_scale)
CONSTANTS |= _timed("seconds", timedelta(seconds=1)) | _timed("milliseconds", timedelta(milliseconds=1))
