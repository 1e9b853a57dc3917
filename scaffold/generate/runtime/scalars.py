"""The types of single values on the wire, where Python's own are too lenient or lose something."""

from __future__ import annotations

import base64
import re
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, PlainSerializer

DECIMAL = r"^-?[0-9]+(\.[0-9]+)?$"
_EMAIL = re.compile(r"^[^@\s\"(),:;<>\[\]\\]+@[^@\s\"(),:;<>\[\]\\]+$")
_URL = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s\"<>\\^`{|}]+$")


def _text(value: Any) -> Any:
    if isinstance(value, int | float):
        raise ValueError("must be text")
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


def decimal(pattern: str = DECIMAL) -> Any:
    """A validator for decimals that travel as text matching `pattern`."""
    matcher = re.compile(pattern)

    def read(value: Any) -> Any:
        if isinstance(value, Decimal):
            return value
        if not isinstance(value, str) or not matcher.search(value):
            raise ValueError("must be a decimal number, as text")
        return Decimal(value)

    return BeforeValidator(read)


def _shown(value: Decimal) -> str:
    return format(value, "f")


def matching(pattern: str) -> Any:
    """A validator for text in which `pattern` is found, with the meaning Python gives it."""
    matcher = re.compile(pattern)

    def check(value: str) -> str:
        if not matcher.search(value):
            raise ValueError(f"must match {pattern}")
        return value

    return AfterValidator(check)


def _email(value: str) -> str:
    if not _EMAIL.match(value):
        raise ValueError("must be an e-mail address")
    return value


def _url(value: str) -> str:
    if not _URL.match(value):
        raise ValueError("must be a URL")
    return value


PlainDecimal = Annotated[Decimal, PlainSerializer(_shown, return_type=str, when_used="json")]
"""A decimal that is shown as text, its scale kept; combine it with `decimal()` to read it."""

Int = Annotated[int, Field(ge=-(2**63), le=2**63 - 1)]
Int32 = Annotated[int, Field(ge=-(2**31), le=2**31 - 1)]
Float = Annotated[float, Field(allow_inf_nan=False)]
Email = Annotated[str, AfterValidator(_email)]
Url = Annotated[str, AfterValidator(_url)]
Bytes = Annotated[bytes, BeforeValidator(_decode), PlainSerializer(_encode, return_type=str, when_used="json")]
DateTime = Annotated[AwareDatetime, BeforeValidator(_text)]
Date = Annotated[date, BeforeValidator(_text)]
Time = Annotated[time, BeforeValidator(_text)]
Duration = Annotated[timedelta, BeforeValidator(_text)]
Uuid = Annotated[UUID, BeforeValidator(_text)]

__all__ = [
    "Bytes",
    "Date",
    "DateTime",
    "Duration",
    "Email",
    "Float",
    "Int",
    "Int32",
    "PlainDecimal",
    "Time",
    "Url",
    "Uuid",
    "decimal",
    "matching",
]
