"""Small helpers for English and Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from ..contract.types import Json


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


def counted(number: int, noun: str) -> str:
    """1 change, 2 changes."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


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
