"""How the values of an enum cross between a version and the record."""

from __future__ import annotations

from ..contract.changes import AddEnumValue, RemoveEnumValue
from ..contract.contract import Contract
from ..contract.history import Applied, History
from ..contract.types import EnumType, EnumValue
from .conversions import Conversion, Mapped, Same


def is_open(history: History, enum: str) -> bool:
    """Whether a record may hold other texts than the values of the enum: some version takes them."""
    found = (c.types_by_identity.get(enum) for c in history.contracts)
    return any(isinstance(t, EnumType) and t.open for t in found)


def enum_conversion(history: History, version: str, enum: EnumType) -> Conversion:
    """The map of one enum between `version` and the newest version that has it."""
    newest = next(t for c in reversed(history.contracts) if (t := c.types_by_identity.get(enum.identity)) is not None)
    if not isinstance(newest, EnumType) or newest.values == enum.values:
        return Same()
    later = list(history.since_about(version, (enum.identity,)))
    up = {v.value: to for v in enum.values if (to := _forward(v, enum.identity, later, newest)) is not None}
    down = {v.value: to for v in newest.values if (to := _backward(v, enum, later)) is not None}
    mapped = Mapped(enum.identity, version, up, down, enum.open or is_open(history, enum.identity))
    same = all(old == new for old, new in (*up.items(), *down.items()))
    plain = same and len(up) == len(down) == len(newest.values)
    return Same() if plain or (same and mapped.open) else mapped


def _values(contract: Contract, enum: str) -> EnumType:
    found = contract.types_by_identity[enum]
    assert isinstance(found, EnumType)
    return found


def _forward(value: EnumValue, enum: str, later: list[Applied], newest: EnumType) -> str | None:
    """What `value` of an old version is called in the record; None where no policy says."""
    identity = value.identity
    for applied in later:
        change = applied.change
        if isinstance(change, RemoveEnumValue):
            if _values(applied.before, enum).value(change.at.name) is not None and (
                _values(applied.after, enum).by_identity(identity) is None
            ):
                heir = _values(applied.after, enum).value(str(change.old_sends))
                if heir is None:
                    return None
                identity = heir.identity
    found = newest.by_identity(identity)
    return None if found is None else found.value


def _backward(value: EnumValue, enum: EnumType, later: list[Applied]) -> str | None:
    """How the old version is shown the record's `value`; None where no policy says."""
    identity = value.identity
    for applied in reversed(later):
        change = applied.change
        if isinstance(change, AddEnumValue) and _values(applied.before, enum.identity).by_identity(identity) is None:
            shown = _values(applied.before, enum.identity).value(str(change.old_sees))
            if shown is None:
                return None
            identity = shown.identity
    found = enum.by_identity(identity)
    return None if found is None else found.value
