"""Conversions between several values and one that they make together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any


def by_name(
    way: Callable[[dict[str, Any]], Mapping[str, Any]],
    taken: Sequence[str],
    made: Sequence[str],
    nullable: Sequence[str] = (),
) -> Callable[..., Any]:
    """A function of objects as one of their values, called `taken`, which gives those called `made`, or the one.

    A value that is not there is left out of the object, unless it is one that is null then.
    """

    def convert(*values: Any) -> Any:
        found = way({n: v for n, v in zip(taken, values, strict=True) if v is not None or n in nullable})
        return [found.get(name) for name in made] if len(made) > 1 else found.get(made[0])

    return convert


def join_words(*parts: str | None) -> str:
    """`parts` with a space between those that are there."""
    return " ".join(part for part in parts if part)


def split_words(text: str, count: int) -> list[str]:
    """`text` in `count` parts, split at its last spaces; what is not there is empty."""
    return _filled(text.rsplit(" ", count - 1), count)


def join_lines(*parts: str | None) -> str:
    """`parts`, one a line."""
    return "\n".join(part or "" for part in parts)


def split_lines(text: str, count: int) -> list[str]:
    """The first lines of `text`, the last one with all that is left; what is not there is empty."""
    return _filled(text.split("\n", count - 1), count)


def join_comma(*parts: str | None) -> str:
    """`parts` with a comma and a space between those that are there."""
    return ", ".join(part for part in parts if part)


def split_comma(text: str, count: int) -> list[str]:
    """`text` in `count` parts, split at its first commas; what is not there is empty."""
    return _filled([part.strip() for part in text.split(",", count - 1)], count)


def _filled(parts: list[str], count: int) -> list[str]:
    return [*parts, *[""] * (count - len(parts))]
