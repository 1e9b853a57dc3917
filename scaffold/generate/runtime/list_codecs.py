"""Conversions between one value and a list of values."""

from __future__ import annotations

import csv
import io
from typing import TypeVar

T = TypeVar("T")

END = "\r\n"
"""What ends a line of comma-separated values."""


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
    csv.writer(line, lineterminator=END).writerow(items)  # items that hold a part of it need quotes too
    return line.getvalue().removesuffix(END)
