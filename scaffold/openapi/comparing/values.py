"""JSON values as they are compared: true is not 1, and the order of a set is that of its texts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any


def text(value: Any) -> str:
    """A value as text; equal values have one text, and a number that is whole is written so."""
    return json.dumps(_whole(value), sort_keys=True, default=str)


def _whole(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {str(name): _whole(inner) for name, inner in value.items()}
    return [_whole(inner) for inner in value] if isinstance(value, list) else value


def in_order(values: Iterable[Any]) -> list[Any]:
    """`values` in an order that only depends on what they are."""
    return sorted(values, key=text)


def as_set(values: Iterable[Any]) -> list[Any]:
    """`values` in such an order, each once."""
    return [value for _, value in sorted({text(value): value for value in values}.items())]


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal; true and 1 are not."""
    return text(one) == text(other)


def is_nothing(word: str, value: Any, nothing: Mapping[str, Any]) -> bool:
    """Whether the keyword `word` at `value` says what its absence says too."""
    return word in nothing and same(value, nothing[word])
