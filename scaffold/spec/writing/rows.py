"""What the rows of changes have in common: where they are written, and how they say values and addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from ...contract.changes import Change, ChangeField, ChangeParameter, ChangeType, RemoveEnumValue
from ...contract.contract import Contract
from ...contract.named_types import NamedType
from ...contract.types import MISSING, UNDECIDED
from .keys import Keys, Places
from .layout import Value
from .scalars import Line, Word

UNDECIDED_WORD = Word("undecided")
VALUES = ("default", "old_sends", "old_sees", "existing")
"""Attributes that null is a value of."""


@dataclass(frozen=True)
class Here:
    """Where a change is written: the contract before it, and the types that it brings along."""

    contract: Contract
    places: Places = field(default_factory=Places)


Row = Callable[[Any, Here], Keys]
Rows = Mapping[type[Change], Row]


def here(contract: Contract, types: Iterable[NamedType]) -> Here:
    """The place of a change that brings `types`."""
    return Here(contract, Places({t.name: t for t in types}, {t.identity: t.name for t in contract.types.values()}))


def line(value: object) -> Line:
    """An address, or a name, on one line."""
    return Line(value)


def stated(change: Change, *names: str) -> Keys:
    """The attributes of `change` called `names` that say something, under their own names."""
    made: Keys = {}
    for name in names:
        value = getattr(change, name)
        if value is not MISSING and (value is not None or name in VALUES):
            made[name] = word(value)
    return made


def waiver(change: RemoveEnumValue | ChangeField | ChangeParameter | ChangeType) -> Keys:
    """Who lets a change refuse something, if somebody does."""
    return {} if change.waiver is None else {"waiver": {"name": change.waiver.name, "reason": change.waiver.reason}}


def word(value: Value) -> Value:
    """A value, or the word for a policy that is open."""
    return UNDECIDED_WORD if value is UNDECIDED else value


def moment(value: date | datetime) -> Word:
    """A date, or an instant in UTC."""
    if isinstance(value, datetime):
        return Word(value.astimezone(UTC).isoformat().replace("+00:00", "Z"))
    return Word(value.isoformat())
