"""How the values of an enum cross between a version and the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ..contract.changes import Change
from ..contract.changes.enums import shown_as, stored_as, taken_as
from ..contract.contract import Contract
from ..contract.held_back import shown_to_others
from ..contract.history import Applied, History
from ..contract.named_types import EnumType, EnumValue
from ..contract.types import MISSING
from .conversions import Conversion, Mapped, Same

Heir = Callable[[Change, EnumValue, EnumType, EnumType], EnumValue | None]
"""What a value that a change takes out of an enum is from then on."""


def is_open(history: History, enum: str) -> bool:
    """Whether a record may hold other texts than the values of the enum: some version takes them, or did."""
    found = (c.types_by_identity.get(enum) for c in history.whole.contracts)
    return any(isinstance(t, EnumType) and t.open for t in found)


def enum_conversion(history: History, version: str, enum: EnumType) -> Conversion:
    """The map of one enum between `version` and the newest version that has it."""
    newest = next(t for c in reversed(history.contracts) if (t := c.types_by_identity.get(enum.identity)) is not None)
    open_ = enum.open or is_open(history, enum.identity)
    special = open_ or any(v.opt_in is not None for v in enum.values)
    if not isinstance(newest, EnumType) or (newest.values == enum.values and not special):
        return Same()
    later = steps(history, version, enum.identity)
    up = {v.value: to for v in enum.values if (to := _forward(v, enum.identity, later, newest)) is not None}
    down = {v.value: to for v in newest.values if (to := _backward(v, enum, later)) is not None}
    if open_:
        _add_texts(history, version, enum, up, down)
    other = None if enum.open or not open_ else other_shown(history, version, enum)
    mapped = Mapped(enum.identity, version, up, down, open_, other, tuple(_held(enum, down)))
    if other is not None or mapped.held:
        return mapped
    same = all(old == new for old, new in (*up.items(), *down.items()))
    plain = same and len(up) == len(down) == len(newest.values)
    return Same() if plain or (same and mapped.open) else mapped


def _add_texts(history: History, version: str, enum: EnumType, up: dict[str, str], down: dict[str, str]) -> None:
    """The words that are no values any more, or of another one, and which records of an open enum may hold as texts.

    Each version sees them as the values that they were: it may hold one back, or show another one for it.
    """
    later = steps(history, version, enum.identity)
    place = history.index(version)
    for later_version, contract in zip(history.versions[place:], history.contracts[place:], strict=True):
        known = contract.types_by_identity.get(enum.identity)
        ahead = steps(history, later_version.id, enum.identity)
        between = [a for a in later if all(a is not b for b in ahead)]
        for value in known.values if isinstance(known, EnumType) else ():
            shown = _backward(value, enum, between)
            if shown is not None:
                down.setdefault(value.value, shown)
    for value in enum.values:
        up.setdefault(value.value, value.value)


def _held(enum: EnumType, down: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """The record's values that a version shows to some callers alone: the header that asks, and what others see."""
    for word, shown in down.items():
        value = enum.value(shown)
        if value is not None and value.opt_in is not None:
            instead = shown_to_others(enum, value)
            yield word, value.opt_in.header, shown if instead is None else instead.value


def other_shown(history: History, version: str, enum: EnumType) -> str | None:
    """What a version that closed an enum, or knows it closed still, shows for texts that the enum does not have.

    The change that closed or opened it, the nearest one to the version, says so; None where it does not. What is held
    back is shown for nothing else: nobody asked for that.
    """
    return _other(history, steps(history, version, enum.identity), enum)


def other_between(history: History, applied: Applied, enum: EnumType, *, before: bool) -> str | None:
    """The same of an enum as a change finds it (`before`) or leaves it."""
    place = next(n for n, a in enumerate(history.applied) if a is applied)
    ahead = history.applied[place if before else place + 1 :]
    there = (a for a in ahead if all(enum.identity in c.types_by_identity for c in (a.before, a.after)))
    return _other(history, [a for a in there if enum.identity in a.touched], enum)


def _other(history: History, later: list[Applied], enum: EnumType) -> str | None:
    found = _said_of_others(history, later, enum)
    instead = None if found is None else shown_to_others(enum, found)
    return None if found is None else (instead or found).value


def _said_of_others(history: History, later: list[Applied], enum: EnumType) -> EnumValue | None:
    turned = [a for a in history.whole.applied if turns(a, enum.identity)]
    ahead = [a for a in turned if a in later]
    before = [a for a in turned if a not in later]
    if before:
        closing = before[-1]
        found = values_at(closing.after, enum.identity).value(str(getattr(closing.change, "old_sends", MISSING)))
        here = None if found is None else enum.by_identity(found.identity)
    else:
        opening = ahead[0] if ahead else None
        if opening is None:
            return None
        found = values_at(opening.before, enum.identity).value(str(getattr(opening.change, "old_sees", MISSING)))
        return None if found is None else enum.value(_backward(found, enum, later[: later.index(opening)]) or "")
    return here


def turns(applied: Applied, enum: str) -> bool:
    """Whether a change opens or closes the enum."""
    old, new = applied.before.types_by_identity.get(enum), applied.after.types_by_identity.get(enum)
    return isinstance(old, EnumType) and isinstance(new, EnumType) and old.open != new.open


def steps(history: History, version: str, enum: str) -> list[Applied]:
    """The changes of an enum since `version`, up to where it goes."""
    return [a for a in history.since_about(version, (enum,)) if enum in a.after.types_by_identity]


@dataclass(frozen=True)
class Words:
    """What the values of an enum are called as a change finds it or leaves it, and in records."""

    sent: Mapping[str, str]
    """What records call each value that clients may send there still."""
    stated: Mapping[str, str]
    """What records call each value that the spec may state there: what may not be sent is what was stored of it."""
    shown: Mapping[str, str]
    """What each value of records is shown as there."""


def words_between(history: History, applied: Applied, enum: str, *, before: bool) -> Words:
    """The words of an enum as a change finds it (`before`) or leaves it, against those of records."""
    known = values_at(applied.before if before else applied.after, enum)
    newest = next(t for c in reversed(history.contracts) if (t := c.types_by_identity.get(enum)) is not None)
    place = next(n for n, a in enumerate(history.applied) if a is applied)
    steps = history.applied[place if before else place + 1 :]
    there = [a for a in steps if all(enum in c.types_by_identity for c in (a.before, a.after))]
    later = [a for a in there if enum in a.touched]
    assert isinstance(newest, EnumType)
    sent, stated = (
        {v.value: to for v in known.values if (to := _forward(v, enum, later, newest, heir)) is not None}
        for heir in (taken_as, stored_as)
    )
    shown = {v.value: to for v in newest.values if (to := _backward(v, known, later)) is not None}
    return Words(sent, stated, shown)


def values_at(contract: Contract, enum: str) -> EnumType:
    """An enum that a contract has, by its identity."""
    found = contract.types_by_identity[enum]
    assert isinstance(found, EnumType)
    return found


def _forward(
    value: EnumValue, enum: str, later: list[Applied], newest: EnumType, heir_of: Heir = taken_as
) -> str | None:
    """What `value` of an old version is called in the record; None where no policy says."""
    identity = value.identity
    for applied in later:
        before, after = values_at(applied.before, enum), values_at(applied.after, enum)
        gone = before.by_identity(identity)
        if gone is not None and after.by_identity(identity) is None:
            heir = heir_of(applied.change, gone, before, after)
            if heir is None:
                return None
            identity = heir.identity
    found = newest.by_identity(identity)
    return None if found is None else found.value


def _backward(value: EnumValue, enum: EnumType, later: list[Applied]) -> str | None:
    """How the old version is shown the record's `value`; None where no policy says."""
    identity = value.identity
    for applied in reversed(later):
        before, after = values_at(applied.before, enum.identity), values_at(applied.after, enum.identity)
        new = after.by_identity(identity)
        if new is not None and before.by_identity(identity) is None:
            shown = shown_as(applied.change, new, before, after)
            if shown is None:
                return None
            identity = shown.identity
    found = enum.by_identity(identity)
    return None if found is None else found.value
