"""Rows that hold what some versions do not see: which those are is written along with each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, not_, or_


@dataclass(frozen=True)
class Hides:
    """An attribute that leads to what some versions do not see.

    `shown` are the versions that show it; `hidden` has, by class, those that do not see what holds such a value.
    """

    shown: frozenset[str]
    hidden: Mapping[type, frozenset[str]]


Hiding = Mapping[tuple[type, str], Hides]
"""By class and attribute."""


def hidden_from(record: object, hiding: Hiding) -> str | None:
    """The versions that do not see `record`, as a column holds them; None where all do."""
    found = _versions(record, hiding)
    return f",{','.join(sorted(found))}," if found else None


def _versions(value: object, hiding: Hiding) -> set[str]:
    found: set[str] = set()
    for (class_, attribute), hides in hiding.items():
        if type(value) is class_:
            for held in _items(getattr(value, attribute)):
                mine = hides.hidden.get(type(held), frozenset()) | _versions(held, hiding)
                found |= mine & hides.shown
    return found


def _items(value: Any) -> list[Any]:
    """What lists and maps hold at last."""
    if isinstance(value, list | dict):
        inside = value if isinstance(value, list) else value.values()
        return [item for one in inside for item in _items(one)]
    return [value]


def seen_by(version: str, column: ColumnElement[Any]) -> ColumnElement[bool]:
    """The condition that a version sees a row."""
    return or_(column.is_(None), not_(column.contains(f",{version},", autoescape=True)))
