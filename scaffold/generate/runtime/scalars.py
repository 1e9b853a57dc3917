"""The types of single values on the wire, where Python's own are too lenient or lose something."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    PlainSerializer,
    TypeAdapter,
)
from pydantic import GetJsonSchemaHandler as SchemaHandler
from pydantic_core import CoreSchema, core_schema

from .constraints import BOUNDS

_EMAIL = re.compile(r"[^@\s\"(),:;<>\[\]\\]+@[^@\s\"(),:;<>\[\]\\]+")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\"<>\\^`{|}]+")
_DURATION: TypeAdapter[timedelta] = TypeAdapter(timedelta)


def _written(form: str, parse: Callable[[str], Any], what: str) -> BeforeValidator:
    """Reads values that travel as text of a form; Pydantic alone would also take numbers for some of them."""
    matcher = re.compile(form, re.ASCII)

    def read(value: Any) -> Any:
        if not isinstance(value, str):
            if isinstance(value, int | float):
                raise ValueError(f"must be {what}, as text")
            return value
        if not matcher.fullmatch(value):
            raise ValueError(f"must be {what}")
        try:
            return parse(value)
        except (ValueError, OverflowError):
            raise ValueError(f"must be {what}") from None

    return BeforeValidator(read)


_TIME = r"\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?"


@dataclass(frozen=True)
class Whole:
    """Reads a number without a fraction as an integer, as JSON Schema has it, whether it is written 1 or 1.0."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_whole, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: SchemaHandler) -> dict[str, Any]:
        # Pydantic names the bounds that stand behind a validator by its own words.
        return {BOUNDS.get(word, word): value for word, value in handler(core).items()}


def _whole(value: Any) -> Any:
    # By its digits: 1e30 is a one with thirty noughts, and the float nearest to it is not.
    return int(Decimal(repr(value))) if isinstance(value, float) and value.is_integer() else value


DEEPEST = 64
"""How deep free JSON may be nested: what is read must be writable again."""


def _shallow(value: Any) -> Any:
    """Free JSON that is not nested deeper than `DEEPEST`."""
    level, depth = [value], 0
    while level := [
        inner
        for outer in level
        if isinstance(outer, dict | list)
        for inner in (outer.values() if isinstance(outer, dict) else outer)
    ]:
        depth += 1
        if depth > DEEPEST:
            raise ValueError(f"must not be nested deeper than {DEEPEST}")
    return value


def _decode(value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    try:
        return base64.b64decode(value, validate=True)
    except (TypeError, ValueError):
        raise ValueError("must be base64 text") from None


def _encode(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _as_bytes(value: Any) -> Any:
    return value.encode() if isinstance(value, str) else value


def _as_text(value: bytes) -> str:
    return value.decode("utf-8", "replace")


@dataclass(frozen=True)
class Said:
    """What a document says of a value beside what Pydantic knows: what our own validators hold it to."""

    keywords: tuple[tuple[str, Any], ...]

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: SchemaHandler) -> dict[str, Any]:
        return {**handler(core), **dict(self.keywords)}


def _shown(value: Decimal) -> str:
    return format(value, "f")


def email(value: str) -> str:
    """`value`, if it is an e-mail address; ValueError when it is none."""
    if not _EMAIL.fullmatch(value):
        raise ValueError("must be an e-mail address")
    return value


def url(value: str) -> str:
    """`value`, if it is a URL; ValueError when it is none."""
    if not _URL.fullmatch(value):
        raise ValueError("must be a URL")
    return value


MAX_DURATION = timedelta(microseconds=2**63 - 1)
"""The longest duration, 292,000 years: as many microseconds as every database holds in one number."""


def storable(value: timedelta) -> timedelta:
    """`value`; ValueError where it is longer than `MAX_DURATION`."""
    if abs(value) > MAX_DURATION:
        raise ValueError("is too long a duration")
    return value


def duration_text(value: timedelta) -> str:
    """`value` as ISO 8601 writes it, in days and less: a year has no one length."""
    length = abs(value)
    minutes, seconds = divmod(length.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{length.microseconds:06}".rstrip("0") if length.microseconds else ""
    whole = {"H": hours, "M": minutes, "S": f"{seconds}{fraction}" if seconds or fraction else 0}
    clock = "".join(f"{number}{unit}" for unit, number in whole.items() if number)
    days = f"{length.days}D" if length.days else ""
    return f"{'-' * (value < timedelta())}P{days}{'T' * bool(clock or not days)}{clock or '0S' * (not days)}"


PlainDecimal = Annotated[Decimal, PlainSerializer(_shown, return_type=str, when_used="json")]
"""A decimal that is shown as text, its scale kept; combine it with `decimal()` to read it."""

Int = Annotated[int, Whole(), Field(ge=-(2**63), le=2**63 - 1)]
AnyInt = Annotated[int, Whole()]
"""An integer of any size."""

Int32 = Annotated[int, Whole(), Field(ge=-(2**31), le=2**31 - 1), Said((("format", "int32"),))]
Float = Annotated[float, Field(allow_inf_nan=False)]
Email = Annotated[str, AfterValidator(email), Said((("format", "email"),))]
Url = Annotated[str, AfterValidator(url), Said((("format", "uri"),))]
Bytes = Annotated[
    bytes,
    BeforeValidator(_decode),
    PlainSerializer(_encode, return_type=str, when_used="json"),
    Said((("format", "byte"), ("contentEncoding", "base64"))),
]
Binary = Annotated[
    bytes,
    BeforeValidator(_as_bytes),
    PlainSerializer(_as_text, return_type=str, when_used="json"),
    Said((("type", "string"), ("format", "binary"))),
]
"""The bytes of a file; in JSON, where no file can stand, the text that they are in UTF-8."""


def _instant(value: datetime) -> datetime:
    """`value`; OverflowError where it is of no year in UTC, which every instant crosses into on its way."""
    value.astimezone(UTC)
    return value


DateTime = Annotated[
    AwareDatetime,
    _written(
        r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})",
        lambda text: _instant(datetime.fromisoformat(text.upper())),
        "a date and time with an offset (RFC 3339), of the years 1 to 9999 in UTC",
    ),
]
Date = Annotated[date, _written(r"\d{4}-\d{2}-\d{2}", date.fromisoformat, "a date, year-month-day")]
Time = Annotated[time, _written(_TIME + r"(Z|[+-]\d{2}:\d{2})?", time.fromisoformat, "a time of day")]
Duration = Annotated[
    timedelta,
    _written(
        r"-?P(\d+D)?(T(\d+H)?(\d+M)?(\d+(\.\d{1,6})?S)?)?",
        lambda text: storable(_DURATION.validate_python(text)),
        "a duration of days and less (ISO 8601), of 292,000 years at most",
    ),
    PlainSerializer(duration_text, return_type=str, when_used="json"),
    Said((("format", "duration"),)),
]
Uuid = Annotated[UUID, _written(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", UUID, "a UUID")]

Json = Annotated[Any, AfterValidator(_shallow)]
