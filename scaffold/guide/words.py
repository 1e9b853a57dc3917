"""Small helpers for English and Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from ..contract.naming import indefinite
from ..contract.types import Json, Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf


def code(text: object) -> str:
    """`text` as inline code."""
    return f"`{text}`"


def value(found: Json) -> str:
    """A JSON value as inline code."""
    return code(json.dumps(found, ensure_ascii=False))


def listed(words: Iterable[str], last: str = "and") -> str:
    """One, two and three."""
    found = list(words)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} {last} {found[-1]}" if found else ""


def codes(words: Iterable[str], last: str = "and") -> str:
    """`one`, `two` and `three`."""
    return listed([code(w) for w in words], last)


def day(found: date | datetime | None) -> str:
    """A date as a table shows it."""
    if isinstance(found, datetime):
        return found.isoformat(timespec="minutes")
    return "–" if found is None else found.isoformat()


def slug(text: str) -> str:
    """`text` as an anchor: lower case, and a hyphen for everything else."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", text)
    return re.sub(r"[^a-z0-9]+", "-", spaced.lower()).strip("-") or "change"


def unique(wanted: str, taken: set[str]) -> str:
    """`wanted`, with a number behind it if it is taken; it is taken from then on."""
    found, number = wanted, 2
    while found in taken:
        found, number = f"{wanted}-{number}", number + 1
    taken.add(found)
    return found


def shortened(words: Sequence[str], most: int = 4) -> list[str]:
    """The first few of `words`, and how many more there are."""
    if len(words) <= most:
        return list(words)
    return [*words[: most - 1], f"{len(words) - most + 1} more"]


SPOKEN: Mapping[Kind, str] = {
    Kind.STR: "text",
    Kind.INT: "a whole number",
    Kind.FLOAT: "a number",
    Kind.BOOL: "true or false",
    Kind.DECIMAL: 'a decimal number written as text (`"12.50"`)',
    Kind.DATE: 'a date (`"2026-01-15"`)',
    Kind.DATETIME: 'a date and time with its offset (`"2026-01-15T09:30:00Z"`)',
    Kind.TIME: 'a time of day (`"09:30:00Z"`)',
    Kind.DURATION: 'a duration (`"PT1H30M"`)',
    Kind.UUID: "a UUID",
    Kind.EMAIL: "an email address",
    Kind.URL: "a URL",
    Kind.BYTES: "bytes in base64",
    Kind.JSON: "any JSON",
    Kind.NULL: "null",
}


def briefly(type_: Type) -> str:
    """A type as a heading names it: without what explains it."""
    return re.sub(r" \([^()]*\)", "", spoken(type_))


def spoken(type_: Type) -> str:
    """A type as a sentence names it."""
    match type_:
        case Scalar(choices=(_, *_)):
            return f"one of {codes(type_.choices, 'or')}"
        case Scalar():
            return SPOKEN[type_.kind]
        case ListOf():
            return f"a list (each item: {spoken(type_.items)})"
        case MapOf():
            return f"an object with any keys (each value: {spoken(type_.values)})"
        case UnionOf():
            return f"either {listed([spoken(v) for v in type_.variants], 'or')}"
        case Ref():
            return f"{indefinite(type_.name)} {code(type_.name)}"
