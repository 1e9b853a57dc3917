"""What is worked out of records; the spec names it."""

from __future__ import annotations

from typing import Literal

from .generated import records
from .generated.absent import ABSENT


def initial(record: records.User) -> str:
    """The letter that a name begins with."""
    return record.full_name[:1]


def age_range(record: records.User) -> str | None:
    """How old somebody is, about."""
    if record.age is ABSENT:
        return None
    low = record.age // 10 * 10
    return f"{low}-{low + 9}"


def total(record: records.Line) -> int:
    """What a line comes to."""
    return record.amount * record.count


def size(record: records.User) -> Literal["little", "large"]:
    """How much somebody has."""
    return "large" if len(record.lines) > 1 else "little"
