"""What other versions' values do in a field whose bounds, marks or enum changed: they stay, are cut, or are refused.

Records hold the loosest of all versions. A version that is narrower reads back what it is shown, whatever its own
bounds are, and is held to them where it writes something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ..contract.changes import ChangeField, ChangeType, RemoveEnumValue
from ..contract.contract import Contract
from ..contract.history import Applied, History
from ..contract.named_types import EnumType, Field, ObjectType, Unknown
from ..contract.types import CONSTRAINTS, LIST_CONSTRAINTS, Json, Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf
from .enums import is_open, other_shown
from .refused_values import refused, takes_any
from .returning import Returning
from .stated import alike, identified, is_rest

CUT = ("max_length", "max_items", "ge", "gt", "le", "lt")
"""The bounds that a value can be cut to."""


@dataclass(frozen=True)
class Event:
    """A change of the bounds of a field, and what its policy says of other versions' values."""

    applied: Applied
    identity: str
    older: Type
    newer: Type
    policy: str


def tolerant(history: History) -> History:
    """`history`, whose aliases are gone, with each field of a version saying what else may stand in it."""
    events = list(_events(history))
    enums = {e for a in history.applied if (e := _opened(a) or _refusing(a)) is not None}
    marks = [m for a in history.applied for m in _marked(a)]
    closed = [c for a in history.applied for c in _closed(a)]
    returning = Returning(history)
    if not events and not enums and not marks and not closed and not returning.fields:
        return history
    found = _Tolerance(history, events, enums, marks, closed, returning)
    return replace(
        history,
        contracts=tuple(found.contract(c, v.id) for v, c in zip(history.versions, history.contracts, strict=True)),
    )


def _events(history: History) -> Iterator[Event]:
    for applied in history.applied:
        policy = getattr(applied.change, "policy", None)
        before, after = applied.before.fields_by_identity, applied.after.fields_by_identity
        if policy is None:
            continue
        for identity in sorted(applied.touched & before.keys() & after.keys()):
            older, newer = before[identity][1].type, after[identity][1].type
            same = alike(identified(older, applied.before), identified(newer, applied.after))
            if older != newer and same and bounds_differ(older, newer):
                yield Event(applied, identity, older, newer, policy)


def bounds_differ(one: Type, other: Type) -> bool:
    """Whether two types of the same kind have other bounds, at any depth."""
    match one, other:
        case Scalar(), Scalar():
            return any(getattr(one, n) != getattr(other, n) for n in CONSTRAINTS)
        case ListOf(), ListOf():
            mine = any(getattr(one, n) != getattr(other, n) for n in LIST_CONSTRAINTS)
            return mine or bounds_differ(one.items, other.items)
        case MapOf(), MapOf():
            return bounds_differ(one.values, other.values)
        case _:
            return False


def _opened(applied: Applied) -> str | None:
    """The identity of the enum that a change opens or closes."""
    change = applied.change
    if not isinstance(change, ChangeType) or change.open is None:
        return None
    found = applied.before.types.get(change.name)
    return found.identity if isinstance(found, EnumType) else None


def _refusing(applied: Applied) -> str | None:
    """The identity of the enum of which a change refuses a value."""
    change = applied.change
    if not isinstance(change, RemoveEnumValue) or change.policy != "refuse":
        return None
    return applied.before.types[change.at.type].identity


def _marked(applied: Applied) -> Iterator[tuple[Applied, str, tuple[str, str]]]:
    """The field that a change takes from the hands of clients, with the mark, and the policy for what they send."""
    change = applied.change
    if isinstance(change, ChangeField) and change.policy in ("drop", "refuse") and change.marks:
        before, after = applied.before.fields_by_identity, applied.after.fields_by_identity
        for identity in sorted(applied.touched & before.keys() & after.keys()):
            old, new = before[identity][1], after[identity][1]
            if taken_away(old, new):
                mark = "read_only" if new.read_only and not old.read_only else "create_only"
                yield applied, identity, (mark, change.policy)


def _closed(applied: Applied) -> Iterator[tuple[Applied, str, str]]:
    """The object that takes fewer fields that it does not know, with the policy for what older clients send."""
    change = applied.change
    if isinstance(change, ChangeType) and change.unknown is not None and change.policy in ("strip", "refuse"):
        yield applied, applied.before.types[change.name].identity, change.policy


def taken_away(before: Field, after: Field) -> bool:
    """Whether clients may write a field less often than before."""
    return (after.read_only and not before.read_only) or (after.create_only and not before.create_only)


@dataclass(frozen=True)
class _Tolerance:
    """Says of the fields of each version what else may stand in them."""

    history: History
    events: list[Event]
    enums: set[str]
    marks: list[tuple[Applied, str, tuple[str, str]]]
    closed: list[tuple[Applied, str, str]]
    returning: Returning

    def contract(self, contract: Contract, version: str) -> Contract:
        """`contract`, of `version`, with its fields as converters see them."""
        later = {id(a) for a in self.history.since(version)}
        changed = {}
        for name, type_ in contract.types.items():
            if isinstance(type_, ObjectType):
                made = self._object(type_, contract, version, later)
                if made != type_:
                    changed[name] = made
        return replace(contract, types={**contract.types, **changed}) if changed else contract

    def _object(self, type_: ObjectType, contract: Contract, version: str, later: set[int]) -> ObjectType:
        fields = tuple(self._field(f, contract, version, later) for f in type_.fields)
        policy = next((p for a, i, p in self.closed if i == type_.identity and id(a) in later), None)
        if policy is None:
            return replace(type_, fields=fields)
        if type_.unknown is Unknown.KEEP:
            how = ("read_only", "refuse" if policy == "refuse" else "drop")
            fields = tuple(replace(f, dropped=how) if is_rest(f) else f for f in fields)
        elif type_.unknown is Unknown.IGNORE and policy == "refuse":
            return replace(type_, fields=fields, unknown=Unknown.REFUSE)
        return replace(type_, fields=fields)

    def _field(self, field: Field, contract: Contract, version: str, later: set[int]) -> Field:
        loose, check = self.returning.unheld(field), field.type
        cut: dict[str, Json] = {}
        for event in self.events:
            ahead = id(event.applied) in later
            other = event.newer if ahead else event.older
            if event.identity != field.identity or not _comparable(field.type, other, contract, event, ahead):
                continue
            if event.policy == "clamp":
                cut |= {n: getattr(field.type, n) for n in CUT if looser(n, other, field.type)}
            elif ahead and event.policy == "refuse":
                check = _narrowed(check, event.newer)
            else:
                loose = _loosened(loose, other)
        for enum in self.enums:
            loose, check = _of_enum(enum, contract, version, self.history, loose, check)
        marks = [m for a, identity, m in self.marks if identity == field.identity and id(a) in later]
        said: dict[str, Any] = {
            "loose": loose if loose != field.type else None,
            "check": check if check != field.type else None,
            "cut": tuple(cut.items()),
            "dropped": marks[0] if marks else None,
            "late": self.returning.late(field, contract, version),
        }
        return replace(field, **said) if any(getattr(field, k) != v for k, v in said.items()) else field


def _comparable(type_: Type, other: Type, contract: Contract, event: Event, ahead: bool) -> bool:
    there = event.applied.after if ahead else event.applied.before
    return alike(identified(type_, contract), identified(other, there))


def looser(name: str, other: Type, mine: Type) -> bool:
    """Whether `other` allows what `mine` does not, by the bound called `name`."""
    if not hasattr(mine, name) or not hasattr(other, name):
        return False
    bound, theirs = getattr(mine, name), getattr(other, name)
    if bound is None or bound is False or bound == theirs:
        return False
    if theirs is None or theirs is False:
        return True
    if name in ("ge", "gt", "min_length", "min_items"):
        return bool(theirs < bound)
    return bool(theirs > bound) if name in ("le", "lt", "max_length", "max_items") else True


def _loosened(type_: Type, other: Type) -> Type:
    """`type_` without the bounds that `other` does not keep."""
    match type_, other:
        case Scalar(), Scalar():
            gone: dict[str, Any] = {n: None for n in CONSTRAINTS if n != "format" and looser(n, other, type_)}
            return replace(type_, **gone)
        case ListOf(), ListOf():
            gone = {n: None for n in ("min_items", "max_items") if looser(n, other, type_)}
            gone |= {"unique_items": False} if looser("unique_items", other, type_) else {}
            return replace(type_, items=_loosened(type_.items, other.items), **gone)
        case MapOf(), MapOf():
            return replace(type_, values=_loosened(type_.values, other.values))
        case _:
            return type_


def _narrowed(type_: Type, other: Type) -> Type:
    """`type_` with the bounds of `other` where those are tighter."""
    match type_, other:
        case Scalar(), Scalar():
            return replace(type_, **{n: getattr(other, n) for n in CONSTRAINTS if looser(n, type_, other)})
        case ListOf(), ListOf():
            tighter = {n: getattr(other, n) for n in LIST_CONSTRAINTS if looser(n, type_, other)}
            return replace(type_, items=_narrowed(type_.items, other.items), **tighter)
        case MapOf(), MapOf():
            return replace(type_, values=_narrowed(type_.values, other.values))
        case _:
            return type_


def _of_enum(
    identity: str,
    contract: Contract,
    version: str,
    history: History,
    loose: Type,
    check: Type,
) -> tuple[Type, Type]:
    """What else may stand in a field that holds an enum which is open in some version and closed in another.

    What is refused of an enum may be written back by who is shown it, and by nobody else.
    """
    enum = contract.types_by_identity.get(identity)
    if not isinstance(enum, EnumType):
        return loose, check
    gone = refused(history, version, enum)
    if not enum.open:
        free = is_open(history, identity) and other_shown(history, version, enum) is None
        loose = _worded(loose, enum.name, Scalar(Kind.STR)) if free else loose
        if not gone:
            return loose, check
    if takes_any(history, version, enum):
        return loose, check
    words = tuple(v.value for v in enum.values if v.value not in gone)
    return loose, _worded(check, enum.name, Scalar(Kind.STR, choices=words))


def _worded(type_: Type, name: str, instead: Scalar) -> Type:
    """`type_` with `instead` in the place of the enum called `name`."""
    match type_:
        case Ref(name=found) if found == name:
            return instead
        case ListOf(items=inner):
            return replace(type_, items=_worded(inner, name, instead))
        case MapOf(values=inner):
            return replace(type_, values=_worded(inner, name, instead))
        case UnionOf(variants):
            return replace(type_, variants=tuple(_worded(v, name, instead) for v in variants))
        case _:
            return type_
