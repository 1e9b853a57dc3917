"""What a JSON value of each kind looks like on the wire; generated projects read the same forms (`scalars.py`)."""

from __future__ import annotations

import base64
import binascii
import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from .types import Json, Kind

Reads = Callable[[Json], bool]

INT64 = (-(2**63), 2**63 - 1)
WHOLE: Mapping[str | None, tuple[float, float]] = {
    "int32": (-(2**31), 2**31 - 1),
    "unbounded": (-math.inf, math.inf),
}
"""The integers of a format; those of any other are `INT64`."""


def _text(form: str, parse: Callable[[str], object] = str) -> Reads:
    """Whether a value is text of this form that `parse` takes."""
    matcher = re.compile(form, re.ASCII)

    def reads(value: Json) -> bool:
        if not isinstance(value, str) or matcher.fullmatch(value) is None:
            return False
        try:
            parse(value)
        except (ValueError, OverflowError, ArithmeticError):
            return False
        return True

    return reads


def _bytes(value: Json) -> bool:
    try:
        return isinstance(value, str) and base64.b64decode(value, validate=True) is not None
    except (binascii.Error, ValueError):
        return False


def _length(text: str) -> timedelta:
    """The duration that `text` says, of a form that was looked at; OverflowError where it is too long."""
    found = {unit: float(number) for number, unit in re.findall(r"(\d+(?:\.\d+)?)([DHMS])", text)}
    length = timedelta(found.get("D", 0), found.get("S", 0), 0, 0, found.get("M", 0), found.get("H", 0))
    if length > _LONGEST:
        raise OverflowError("longer than 2**63 microseconds")
    return length


_LONGEST = timedelta(microseconds=2**63 - 1)
_CLOCK = r"\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?"
_INSTANT = r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})"
_DURATION = r"-?P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d{1,6})?S)?)?"
_UUID = r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
_EMAIL = r"[^@\s\"(),:;<>\[\]\\]+@[^@\s\"(),:;<>\[\]\\]+"
_URL = r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\"<>\\^`{|}]+"

KINDS: Mapping[Kind, Reads] = {
    Kind.STR: lambda v: isinstance(v, str),
    Kind.INT: lambda v: isinstance(v, int) and not isinstance(v, bool),
    Kind.FLOAT: lambda v: isinstance(v, int | float) and not isinstance(v, bool) and math.isfinite(v),
    Kind.BOOL: lambda v: isinstance(v, bool),
    Kind.DECIMAL: _text(r"-?\d+(\.\d+)?", Decimal),
    Kind.DATE: _text(r"\d{4}-\d{2}-\d{2}", date.fromisoformat),
    Kind.DATETIME: _text(_INSTANT, lambda t: datetime.fromisoformat(t.upper()).astimezone(UTC)),
    Kind.TIME: _text(_CLOCK, time.fromisoformat),
    Kind.DURATION: _text(_DURATION, _length),
    Kind.UUID: _text(_UUID),
    Kind.EMAIL: _text(_EMAIL),
    Kind.URL: _text(_URL),
    Kind.BYTES: _bytes,
    Kind.JSON: lambda v: True,
    Kind.NULL: lambda v: v is None,
}
"""Whether a value is of a kind."""
