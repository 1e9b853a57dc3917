"""The policies of changes by which a field or a type takes fewer values, or more, than it did."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ..contract.address import find_field
from ..contract.changes import ChangeField, ChangeType
from ..contract.contract import Contract
from ..contract.history import Applied
from ..contract.named_types import EnumType, Field, ObjectType, Unknown
from ..contract.reach import Direction
from ..contract.types import CONSTRAINTS, LIST_CONSTRAINTS, MISSING, Kind, ListOf, Scalar, Type
from ..diagnostics import Diagnostic
from .crossing import due
from .tolerance import CUT, bounds_differ, taken_away

_KEEP = "policy: keep        what older clients send is kept, what newer ones send is shown as it is"
_CLAMP = "policy: clamp       what is shown is cut to the bounds"
_REFUSE = "policy: refuse      they are answered 422, unless they send back what they are shown; with a `waiver`"


def of_field(applied: Applied, ways: Direction) -> Iterator[Diagnostic]:
    """What a change of the bounds or marks of a field must say."""
    change = applied.change
    assert isinstance(change, ChangeField)
    before, after = (find_field(c, change.at).field for c in (applied.before, applied.after))
    bounded = change.type is None and bool(change.bounds or set(change.drop) - {"default"})
    if change.policy is None:
        yield from _unsaid(change, before, after, ways, bounded=bounded)
    elif change.policy == "clamp":
        wrong = uncuttable(before.type, after.type)
        if wrong or not bounds_differ(before.type, after.type):
            what = f"its {' and '.join(wrong)}" if wrong else "what is no bound"
            yield _wrong(change, f"no value of `{change.at}` can be cut to {what}", "choose `keep` or `refuse`")
    elif change.policy == "drop" and not taken_away(before, after):
        yield _wrong(change, f"clients may write `{change.at}` as they did", "leave `policy` out")
    elif change.policy == "refuse" and after.read_only and not before.read_only:
        if before.required and before.default is MISSING and Direction.REQUEST in ways:
            problem = f"clients of older versions must send `{change.at}`, so refusing it ends their requests"
            yield _wrong(change, problem, "choose `policy: drop` or `policy: keep`")


def _unsaid(
    change: ChangeField, before: Field, after: Field, ways: Direction, *, bounded: bool
) -> Iterator[Diagnostic]:
    if bounded:
        offers = (_KEEP, *(() if uncuttable(before.type, after.type) else (_CLAMP,)), _REFUSE)
        yield due(change, f"the bounds of `{change.at}` change, and older versions keep theirs", offers)
    if taken_away(before, after) and Direction.REQUEST in ways:
        offers = (
            "policy: keep        they go on writing it",
            "policy: drop        what they send is passed over",
            _REFUSE,
        )
        yield due(change, f"clients of older versions may send `{change.at}`", offers)
    if after.write_only and not before.write_only and Direction.RESPONSE in ways:
        offers = ("policy: keep        they are shown it as they were",)
        yield due(change, f"older versions promise `{change.at}` in their answers", offers)


def uncuttable(older: Type, newer: Type) -> list[str]:
    """The bounds that differ and to which no value can be cut."""
    names = chain(CONSTRAINTS, LIST_CONSTRAINTS)
    differing = [n for n in names if getattr(older, n, None) != getattr(newer, n, None)]
    wrong = [n for n in differing if n not in CUT]
    exact = isinstance(newer, Scalar) and newer.kind is Kind.DECIMAL
    wrong += [n for n in differing if n in ("gt", "lt") and exact]
    inner = isinstance(older, ListOf) and isinstance(newer, ListOf) and bounds_differ(older.items, newer.items)
    return [*wrong, "items"] if inner else wrong


def of_type(applied: Applied, base: Contract, ways: Direction) -> Iterator[Diagnostic]:
    """What a change must say by which an enum is opened or closed, or an object takes other fields."""
    change = applied.change
    assert isinstance(change, ChangeType)
    old, new = applied.before.types.get(change.name), applied.after.types.get(change.name)
    if change.policy is not None or not ways:
        return
    if isinstance(old, EnumType) and isinstance(new, EnumType) and old.open != new.open:
        if change.old_sends is MISSING and change.old_sees is MISSING:
            yield due(change, f"clients of older versions know other values of `{change.name}`", _opening(new))
    if isinstance(old, ObjectType) and isinstance(new, ObjectType) and closes(old, new) and Direction.REQUEST in ways:
        kept = ("policy: keep        they are kept for them",) if old.unknown is Unknown.KEEP else ()
        offers = (*kept, "policy: strip       they are passed over", _REFUSE)
        yield due(change, f"clients of older versions may send fields that `{change.name}` does not know", offers)


def _opening(new: EnumType) -> tuple[str, ...]:
    if new.open:
        return (_KEEP, "old_sees: VALUE     what other values are shown as")
    return (_KEEP, "old_sends: VALUE    what other values are taken as", _REFUSE)


def closes(old: ObjectType, new: ObjectType) -> bool:
    """Whether an object takes fewer of the fields that it does not know."""
    order = (Unknown.REFUSE, Unknown.IGNORE, Unknown.KEEP)
    return order.index(new.unknown) < order.index(old.unknown)


def _wrong(change: ChangeField, problem: str, help_: str) -> Diagnostic:
    return Diagnostic("SC327", problem, help=help_)
