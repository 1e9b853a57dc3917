"""The rules for a type as a whole, for variants of unions, for who is let in, and for prose."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.address import MemberAddress, TypeAddress, VariantAddress, find_owner
from ..contract.changes import AddVariant, ChangeAuth, ChangeSecurity, ChangeType, RemoveVariant
from ..contract.contract import Contract
from ..contract.named_types import AliasType, EnumType, NamedType, ObjectType, Unknown
from ..contract.operation import Operation
from ..contract.security import Requirement
from .case import Case, turn_reason
from .values import Turn, turn_of_type
from .verdicts import Direction, Reason, Verdict

BOTH = (Direction.REQUEST, Direction.RESPONSE)


def of_type(case: Case) -> Iterator[Reason]:
    """What it means that a type takes other fields, other values, or stands for something else."""
    change = case.applied.change
    assert isinstance(change, ChangeType)
    old, new = case.before.types[change.name], case.after.types[change.name]
    turn = _turn(case, old, new)
    for direction in case.directions(old.identity):
        found = list(turn_reason(direction, turn, "type", f"`{change.name}`"))
        yield from found or [Reason(direction, Verdict.SAFE, "type-restated", "What is sent stays what it was.")]
    if turn is Turn.SAME and not case.directions(old.identity):
        yield from (Reason(d, Verdict.SAFE, "type-unused", "Nothing that old clients use mentions it.") for d in BOTH)


def _turn(case: Case, old: NamedType, new: NamedType) -> Turn:
    match old, new:
        case ObjectType(), ObjectType():
            return _turn_of_rest(case, old, new)
        case EnumType(), EnumType():
            if old.open == new.open:
                return Turn.SAME
            return Turn.WIDER if new.open else Turn.NARROWER
        case AliasType(), AliasType():
            turn = turn_of_type(case.before, old.type, case.after, new.type)
            if old.nullable == new.nullable or turn is Turn.OTHER:
                return turn
            nulls = Turn.WIDER if new.nullable else Turn.NARROWER
            return nulls if turn in (Turn.SAME, nulls) else Turn.OTHER
        case _:
            return Turn.OTHER


def _turn_of_rest(case: Case, old: ObjectType, new: ObjectType) -> Turn:
    """Which way the fields go that the type does not know."""
    was, now = (t.unknown is Unknown.REFUSE for t in (old, new))
    if was != now:
        return Turn.NARROWER if now else Turn.WIDER
    if old.rest is None or new.rest is None:
        if old.rest is new.rest:
            return Turn.SAME
        return Turn.NARROWER if old.rest is None else Turn.WIDER
    return turn_of_type(case.before, old.rest, case.after, new.rest)


def of_added_variant(case: Case) -> Iterator[Reason]:
    """Old clients never send a new variant, and may not know what to do with one that they read."""
    change = case.applied.change
    assert isinstance(change, AddVariant)
    says = {
        Direction.REQUEST: (Verdict.SAFE, f"Old clients never send `{change.at.variant}`."),
        Direction.RESPONSE: (Verdict.BREAKING, f"Old clients do not know `{change.at.variant}`."),
    }
    for direction in case.directions(_holder(case.before, change.at)):
        yield Reason(direction, says[direction][0], "variant-added", says[direction][1])


def of_removed_variant(case: Case) -> Iterator[Reason]:
    """Old clients may send a variant that is gone; they will not read it."""
    change = case.applied.change
    assert isinstance(change, RemoveVariant)
    says = {
        Direction.REQUEST: (Verdict.BREAKING, f"Old clients may send `{change.at.variant}`, which is refused."),
        Direction.RESPONSE: (Verdict.SAFE, f"`{change.at.variant}` is never answered."),
    }
    for direction in case.directions(_holder(case.before, change.at)):
        yield Reason(direction, says[direction][0], "variant-removed", says[direction][1])


def _holder(contract: Contract, at: VariantAddress) -> str:
    """The identity of the type that has the union."""
    if isinstance(at.holder, TypeAddress):
        return contract.types[at.holder.name].identity
    assert isinstance(at.holder, MemberAddress)
    return find_owner(contract, at.holder)[0].identity


def of_security(case: Case) -> Iterator[Reason]:
    """Old clients show what they were asked for."""
    assert isinstance(case.applied.change, ChangeSecurity | ChangeAuth)
    for before, after in case.operations():
        if after is None:
            continue
        old, new = _asked(case.before, before), _asked(case.after, after)
        if _spelled(case.before, old) == _spelled(case.after, new):
            continue
        yield _of_requirements(case, before, old, new)
    if isinstance(case.applied.change, ChangeAuth):
        yield Reason(Direction.RESPONSE, Verdict.SAFE, "auth-changed", "Answers stay what they were.")


def _of_requirements(
    case: Case, operation: Operation, old: tuple[Requirement, ...], new: tuple[Requirement, ...]
) -> Reason:
    was, now = _spelled(case.before, old), _spelled(case.after, new)
    anybody = not new or () in new
    if anybody or all(way in now for way in was):
        sentence = f"Old clients go on being let in to `{operation.address}`."
        return Reason(Direction.REQUEST, Verdict.SAFE, "auth-loosened", sentence)
    sentence = f"`{operation.address}` asks for what old clients do not show."
    return Reason(Direction.REQUEST, Verdict.BREAKING, "auth-tightened", sentence)


def _asked(contract: Contract, operation: Operation) -> tuple[Requirement, ...]:
    return contract.security if operation.security is None else operation.security


def _spelled(contract: Contract, ways: tuple[Requirement, ...]) -> list[object]:
    """What is asked for, scheme by scheme as they are and not as they are called."""
    return [
        tuple((contract.security_schemes.get(name), frozenset(scopes)) for name, scopes in way) for way in ways or ((),)
    ]


def of_prose(case: Case) -> Iterator[Reason]:
    """Documents promise nothing in their prose."""
    for direction in BOTH:
        yield Reason(direction, Verdict.SAFE, "described", "Nothing that is sent changes.")


def of_deprecation(case: Case) -> Iterator[Reason]:
    """What is deprecated works as it did."""
    for direction in BOTH:
        yield Reason(direction, Verdict.SAFE, "deprecated", "It works as it did.")
