"""Conversions that no built-in codec makes; the spec names them."""

from __future__ import annotations

import re


def split_span(span: str) -> tuple[int, int]:
    """`3-7` as its two ends."""
    found = re.fullmatch(r"(-?[0-9]{1,15})-(-?[0-9]{1,15})", span)
    if found is None:
        raise ValueError("must be two numbers, such as `3-7`")
    return int(found[1]), int(found[2])


def join_span(low: int, high: int) -> str:
    """Two ends as one text."""
    most = 10**15 - 1
    return f"{max(-most, min(low, most))}-{max(-most, min(high, most))}"


def join_birthday(day: int, month: int) -> str:
    """The day of a year, as documents write it."""
    return f"{month:02}-{day:02}"


def split_birthday(birthday: str) -> tuple[int, int]:
    """The day and the month; the first of the year where it is none."""
    found = re.fullmatch(r"([0-9]{2})-([0-9]{2})", birthday)
    month, day = (int(found[1]), int(found[2])) if found else (1, 1)
    return min(max(day, 1), 31), min(max(month, 1), 12)
