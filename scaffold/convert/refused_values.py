"""Values of enums that clients of older versions may not send any more, since a waiver says so."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.changes import ChangeType, RemoveEnumValue
from ..contract.changes.base import listing
from ..contract.changes.enums import taken_as
from ..contract.contract import Contract
from ..contract.history import Applied, History
from ..contract.named_types import EnumType, EnumValue, NamedType, ObjectType
from ..contract.types import Json
from ..contract.views import enums_in
from ..diagnostics import Diagnostic
from .enums import steps, turns, values_at


def takes_any(history: History, version: str, enum: EnumType) -> bool:
    """Whether clients of `version` may send any text for `enum`: it is open, and nothing refused others later."""
    closing = [a for a in steps(history, version, enum.identity) if turns(a, enum.identity)]
    return enum.open and not any(isinstance(a.change, ChangeType) and a.change.policy == "refuse" for a in closing)


def refused(history: History, version: str, enum: NamedType) -> tuple[str, ...]:
    """The values of `enum`, as `version` has it, that its clients may not send any more: a waiver says so."""
    if not isinstance(enum, EnumType) or takes_any(history, version, enum):
        return ()
    later = steps(history, version, enum.identity)
    return tuple(v.value for v in enum.values if _refused(v, enum.identity, later))


def emptied(history: History) -> Iterator[tuple[Applied, Diagnostic]]:
    """The changes that leave clients of an older version no value that they may send, or not what is usual there."""
    told: set[int] = set()
    for contract in history.contracts[:-1]:
        for enum in contract.types.values():
            gone = refused(history, contract.version, enum)
            if not gone or not isinstance(enum, EnumType):
                continue
            ways = steps(history, contract.version, enum.identity)
            last = next(a for a in reversed(ways) if isinstance(a.change, RemoveEnumValue) and a.change.policy)
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


def not_refused(history: History) -> Iterator[tuple[Applied, Diagnostic]]:
    """The changes that refuse a value of an enum of which some clients who know it may send any text."""
    for applied in history.applied:
        change = applied.change
        if not isinstance(change, RemoveEnumValue) or change.policy != "refuse":
            continue
        enum = applied.before.types[change.at.type]
        assert isinstance(enum, EnumType)
        gone = enum.value(change.at.name)
        assert gone is not None
        older = [c for c in history.contracts[:-1] if any(a is applied for a in history.since(c.version))]
        found = ((c.version, c.types_by_identity.get(enum.identity)) for c in older)
        free = [v for v, e in found if isinstance(e, EnumType) and _sends(history, v, e, gone)]
        if enum.open or free:
            who = f"clients of {listing(free)}" if free else "clients"
            yield (
                applied,
                Diagnostic(
                    "SC329",
                    f"{who} may send any text for `{enum.name}`, which is open, so nothing refuses `{gone.value}`",
                    help=f"leave `policy` and `waiver` out, and `{gone.value}` is a text like any other; "
                    "or say what it is taken as: `old_sends: VALUE`",
                ),
            )


def _sends(history: History, version: str, enum: EnumType, value: EnumValue) -> bool:
    """Whether clients of `version` know a value, and may send any text."""
    return enum.by_identity(value.identity) is not None and takes_any(history, version, enum)


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


def _refused(value: EnumValue, enum: str, later: list[Applied]) -> bool:
    """Whether the way of `value` ends at a change that refuses it."""
    identity = value.identity
    for applied in later:
        before, after = values_at(applied.before, enum), values_at(applied.after, enum)
        gone = before.by_identity(identity)
        if gone is not None and after.by_identity(identity) is None:
            heir = taken_as(applied.change, gone, before, after)
            if heir is None:
                return isinstance(applied.change, RemoveEnumValue) and applied.change.policy == "refuse"
            identity = heir.identity
    return False
