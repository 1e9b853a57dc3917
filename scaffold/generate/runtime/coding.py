"""How conversions are used: what they become that cannot be converted, and how a request is refused for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")
U = TypeVar("U")
K = TypeVar("K", contravariant=True)
V = TypeVar("V", covariant=True)


@dataclass(frozen=True, slots=True, eq=False)  # as a validator it stands in annotations, which are hashed
class Table(Generic[K, V]):
    """What a few values become; all others become `other`, or stay what they are where it is `open`."""

    rows: Mapping[Any, Any]
    open: bool = False
    other: Any = None

    def __call__(self, value: K) -> V:
        """What `value` becomes; ValueError where there is nothing that it could become."""
        if value in self.rows:
            return cast("V", self.rows[value])
        if self.open:
            return cast("V", value)
        if self.other is not None:
            return cast("V", self.other)
        raise ValueError(f"must be one of {', '.join(map(repr, self.rows))}")


@dataclass(frozen=True, slots=True)
class Lenient:
    """A step of which it is said what stands for values that it cannot convert."""

    step: Callable[[Any], Any]


SHOWN: ContextVar[bool] = ContextVar("shown", default=False)
"""Whether what is read is an answer: what the newest version wrote may be shown as what nobody could have sent."""


@dataclass(frozen=True, slots=True)
class Readable:
    """A validator that lets through what all of `steps` can convert, and refuses the rest as the caller's error.

    What a lenient one cannot convert is let through too.
    """

    steps: tuple[Callable[[Any], Any] | Lenient, ...]

    def __call__(self, value: T) -> T:
        """`value` itself; ValueError for what cannot be converted, if it is sent."""
        try:
            self._convert(value)
        except ValueError:
            if not SHOWN.get():
                raise
        return value

    def _convert(self, converted: Any) -> None:
        for step in self.steps:
            if not isinstance(step, Lenient):
                converted = step(converted)
                continue
            try:
                converted = step.step(converted)
            except ValueError:
                return


def readable(*steps: Callable[[Any], Any] | Lenient) -> Readable:
    """The validator of what all of `steps` can convert."""
    return Readable(steps)


def keyed(value: Any, deep: int = 1) -> Any:
    """What a partial update puts into a map, of maps where it is `deep`: null takes a key away (RFC 7396)."""
    if value is None or not deep:
        return value
    return {key: keyed(item, deep - 1) for key, item in value.items() if item is not None}


def unless_null(step: Callable[[T], U], value: T | None) -> U | None:
    """`step(value)`; null stays null."""
    return None if value is None else step(value)


def attempt(step: Callable[[T], U], value: T, otherwise: U) -> U:
    """`step(value)`, or `otherwise` where the value cannot be converted."""
    try:
        return step(value)
    except ValueError:
        return otherwise
