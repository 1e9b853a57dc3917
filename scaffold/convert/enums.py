"""How the values of an enum cross between a version and the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ..contract.changes import Change, RemoveEnumValue
from ..contract.changes.enums import shown_as, stored_as, taken_as
from ..contract.contract import Contract
from ..contract.held_back import shown_to_others
from ..contract.history import Applied, History
from ..contract.named_types import EnumType, EnumValue, NamedType, ObjectType
from ..contract.types import MISSING, Json
from ..contract.views import enums_in
from ..diagnostics import Diagnostic
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
    special = any(v.opt_in is not None for v in enum.values) or _half_open(history, enum)
    if not isinstance(newest, EnumType) or (newest.values == enum.values and not special):
        return Same()
    later = _steps(history, version, enum.identity)
    up = {v.value: to for v in enum.values if (to := _forward(v, enum.identity, later, newest)) is not None}
    down = {v.value: to for v in newest.values if (to := _backward(v, enum, later)) is not None}
    open_ = enum.open or is_open(history, enum.identity)
    other = None if enum.open or not open_ else other_shown(history, version, enum)
    mapped = Mapped(enum.identity, version, up, down, open_, other, tuple(_held(enum, down)))
    if other is not None or mapped.held:
        return mapped
    same = all(old == new for old, new in (*up.items(), *down.items()))
    plain = same and len(up) == len(down) == len(newest.values)
    return Same() if plain or (same and mapped.open) else mapped


def _held(enum: EnumType, down: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """The record's values that a version shows to some callers alone: the header that asks, and what others see."""
    for word, shown in down.items():
        value = enum.value(shown)
        if value is not None and value.opt_in is not None:
            instead = shown_to_others(enum, value)
            yield word, value.opt_in.header, shown if instead is None else instead.value


def _half_open(history: History, enum: EnumType) -> bool:
    """Whether `enum` is closed here, and open in some other version."""
    return not enum.open and is_open(history, enum.identity)


def other_shown(history: History, version: str, enum: EnumType) -> str | None:
    """What a version that closed an enum, or knows it closed still, shows for texts that the enum does not have.

    The change that closed or opened it, the nearest one to the version, says so; None where it does not. What is held
    back is shown for nothing else: nobody asked for that.
    """
    found = _other(history, version, enum)
    instead = None if found is None else shown_to_others(enum, found)
    return None if found is None else (instead or found).value


def _other(history: History, version: str, enum: EnumType) -> EnumValue | None:
    later = _steps(history, version, enum.identity)
    turned = [a for a in history.whole.applied if _turns(a, enum.identity)]
    ahead = [a for a in turned if a in later]
    before = [a for a in turned if a not in later]
    if before:
        closing = before[-1]
        found = _values(closing.after, enum.identity).value(str(getattr(closing.change, "old_sends", MISSING)))
        here = None if found is None else enum.by_identity(found.identity)
    else:
        opening = ahead[0] if ahead else None
        if opening is None:
            return None
        found = _values(opening.before, enum.identity).value(str(getattr(opening.change, "old_sees", MISSING)))
        return None if found is None else enum.value(_backward(found, enum, later[: later.index(opening)]) or "")
    return here


def _turns(applied: Applied, enum: str) -> bool:
    """Whether a change opens or closes the enum."""
    old, new = applied.before.types_by_identity.get(enum), applied.after.types_by_identity.get(enum)
    return isinstance(old, EnumType) and isinstance(new, EnumType) and old.open != new.open


def refused(history: History, version: str, enum: NamedType) -> tuple[str, ...]:
    """The values of `enum`, as `version` has it, that its clients may not send any more: a waiver says so."""
    if not isinstance(enum, EnumType) or is_open(history, enum.identity):
        return ()
    later = _steps(history, version, enum.identity)
    return tuple(v.value for v in enum.values if _refused(v, enum.identity, later))


def emptied(history: History) -> Iterator[tuple[Applied, Diagnostic]]:
    """The changes that leave clients of an older version no value that they may send, or not what is usual there."""
    told: set[int] = set()
    for contract in history.contracts[:-1]:
        for enum in contract.types.values():
            gone = refused(history, contract.version, enum)
            if not gone or not isinstance(enum, EnumType):
                continue
            steps = _steps(history, contract.version, enum.identity)
            last = next(a for a in reversed(steps) if isinstance(a.change, RemoveEnumValue) and a.change.policy)
            usual = next(_usual(contract, enum, gone), None)
            if id(last) in told or (len(gone) < len(enum.values) and usual is None):
                continue
            told.add(id(last))
            message = f"clients of {contract.version} could send no value of `{enum.name}` any more"
            if len(gone) < len(enum.values):
                message = f"clients of {contract.version} that leave `{usual}` out would send what is refused"
            yield (
                last,
                Diagnostic("SC328", message, help=f"say what `{last.change.address}` is taken as: `old_sends: VALUE`"),
            )


def _usual(contract: Contract, enum: EnumType, gone: tuple[str, ...]) -> Iterator[str]:
    """The fields and parameters that have one of the values that are `gone` where nothing is sent."""
    for type_ in contract.types.values():
        for f in type_.fields if isinstance(type_, ObjectType) else ():
            if enum in enums_in(contract, f.type) and _says(f.default, gone):
                yield f"{type_.name}.{f.name}"
    for operation in contract.operations:
        for p in operation.parameters:
            if enum in enums_in(contract, p.type) and _says(p.default, gone):
                yield f"{operation.address}?{p.name}"


def _says(value: Json, gone: tuple[str, ...]) -> bool:
    if isinstance(value, list | dict):
        return any(_says(v, gone) for v in (value.values() if isinstance(value, dict) else value))
    return isinstance(value, str) and value in gone


def _steps(history: History, version: str, enum: str) -> list[Applied]:
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
    known = _values(applied.before if before else applied.after, enum)
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


def _values(contract: Contract, enum: str) -> EnumType:
    found = contract.types_by_identity[enum]
    assert isinstance(found, EnumType)
    return found


def _forward(
    value: EnumValue, enum: str, later: list[Applied], newest: EnumType, heir_of: Heir = taken_as
) -> str | None:
    """What `value` of an old version is called in the record; None where no policy says."""
    identity = value.identity
    for applied in later:
        before, after = _values(applied.before, enum), _values(applied.after, enum)
        gone = before.by_identity(identity)
        if gone is not None and after.by_identity(identity) is None:
            heir = heir_of(applied.change, gone, before, after)
            if heir is None:
                return None
            identity = heir.identity
    found = newest.by_identity(identity)
    return None if found is None else found.value


def _refused(value: EnumValue, enum: str, later: list[Applied]) -> bool:
    """Whether the way of `value` ends at a change that refuses it."""
    identity = value.identity
    for applied in later:
        before, after = _values(applied.before, enum), _values(applied.after, enum)
        gone = before.by_identity(identity)
        if gone is not None and after.by_identity(identity) is None:
            heir = taken_as(applied.change, gone, before, after)
            if heir is None:
                return isinstance(applied.change, RemoveEnumValue) and applied.change.policy == "refuse"
            identity = heir.identity
    return False


def _backward(value: EnumValue, enum: EnumType, later: list[Applied]) -> str | None:
    """How the old version is shown the record's `value`; None where no policy says."""
    identity = value.identity
    for applied in reversed(later):
        before, after = _values(applied.before, enum.identity), _values(applied.after, enum.identity)
        new = after.by_identity(identity)
        if new is not None and before.by_identity(identity) is None:
            shown = shown_as(applied.change, new, before, after)
            if shown is None:
                return None
            identity = shown.identity
    found = enum.by_identity(identity)
    return None if found is None else found.value
