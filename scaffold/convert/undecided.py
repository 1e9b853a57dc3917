"""What nobody has decided yet (law 4): the operations of older versions that a change keeps from being answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ..contract.address import find_field, find_owner
from ..contract.changes import (
    AddBody,
    AddEnumValue,
    AddField,
    AddParameter,
    AddResponse,
    ChangeField,
    ChangeHeader,
    ChangeParameter,
    RemoveEnumValue,
    RemoveField,
    RemoveHeader,
)
from ..contract.changes.base import need_operation, need_response
from ..contract.changes.headers import need_header
from ..contract.contract import Contract
from ..contract.history import Applied, History
from ..contract.message import View
from ..contract.named_types import EnumType, ObjectType
from ..contract.names import stands_for
from ..contract.operation import Operation
from ..contract.parameter import OF_A_FIELD
from ..contract.places import body_place, header_place, meaning_at, messages
from ..contract.reach import Direction
from ..contract.types import UNDECIDED, Type
from ..contract.views import named_in, rest_view, view_fields
from .moved import moved
from .prepared import prepared
from .values import NoWay, conversion

Concern = tuple[frozenset[str], Direction]
"""Identities of fields, types, enums, places and operations, and the direction in which they cannot be crossed."""


def undecided(history: History) -> Mapping[tuple[str, str], tuple[Applied, ...]]:
    """By version and identity of the operation: the later changes for which no way across is known.

    Such an operation answers 501 in that version. One is here where it reaches the change in the direction that
    is open: in its parameters and body, or in what it answers. Versions that have the change are not here.
    """
    history = prepared(history)
    found: dict[tuple[str, str], tuple[Applied, ...]] = {}
    for contract in history.contracts[:-1]:
        later = history.since(contract.version)
        open_ = [(a, c) for a in later for c in concerns_of(a)]
        crossing = _Crossing(history, contract)
        for operation in contract.operations:
            hit = _hit(crossing, operation, open_)
            if hit:
                found[contract.version, operation.identity] = tuple(a for a in later if id(a) in hit)
    return found


def _hit(crossing: _Crossing, operation: Operation, open_: list[tuple[Applied, Concern]]) -> set[int]:
    """The changes, by `id`, that an operation cannot be carried across."""
    hit: set[int] = set()
    for direction in (Direction.REQUEST, Direction.RESPONSE):
        found = reached(crossing.contract, operation, direction)
        hit |= {id(a) for a, (ids, way) in open_ if way is direction and not ids.isdisjoint(found.ids)}
        hit |= {id(a) for place, type_ in found.places for a in crossing.lost(place, type_, direction)}
    return hit


def concerns_of(applied: Applied) -> Iterator[Concern]:
    """What a change leaves open by an `undecided` that it states; types without a codec are found by crossing them."""
    change = applied.change
    if getattr(change, "old_sends", None) is UNDECIDED:
        yield frozenset(_policy_ids(applied)), Direction.REQUEST
    if getattr(change, "old_sees", None) is UNDECIDED:
        yield frozenset(_policy_ids(applied)), Direction.RESPONSE
    if getattr(change, "codec", None) is UNDECIDED:
        for identity, gained in nullability(applied):
            yield frozenset((identity,)), Direction.RESPONSE if gained else Direction.REQUEST
        needed = [o.identity for o in _newly_needed(applied)]
        if needed:
            yield frozenset(needed), Direction.REQUEST


def _policy_ids(applied: Applied) -> Iterator[str]:
    """What a change with a policy is about."""
    change, before, after = applied.change, applied.before, applied.after
    match change:
        case AddField():
            yield f"new {find_owner(after, change.at)[0].identity}"
        case RemoveField() | ChangeField():
            yield find_field(before, change.at).field.identity
        case AddEnumValue() | RemoveEnumValue():
            yield before.types[change.at.type].identity
        case AddParameter() | ChangeParameter():
            found = before.operation(change.at.operation.method, change.at.operation.path)
            yield from () if found is None else (found.identity,)
        case AddResponse():
            yield f"answers of {need_operation(before, change.at.operation).identity}"
        case RemoveHeader() | ChangeHeader():
            operation, answer = need_response(before, change.at.response)
            yield header_place(operation, answer.status, need_header(answer, change.at))
        case _:
            yield from (place for place, _, _ in retyped(applied))


def retyped(applied: Applied) -> Iterator[tuple[str, Type, Type]]:
    """The places that have another type after a change than before, with both; of other names only the value's own."""
    before, after = applied.before, applied.after
    for identity in sorted(applied.touched):
        if identity in before.fields_by_identity and identity in after.fields_by_identity:
            was, now = before.fields_by_identity[identity][1], after.fields_by_identity[identity][1]
            if was.alias_of is None and (was.type, was.meaning) != (now.type, now.meaning):
                yield identity, was.type, now.type
        elif identity in before.operations_by_identity and identity in after.operations_by_identity:
            old, new = before.operations_by_identity[identity], after.operations_by_identity[identity]
            theirs = dict(_carried(new))
            for place, older in _carried(old):
                there = moved(applied, old, place)
                if there is None or there not in theirs:
                    continue
                if theirs[there] != older or meaning_at(before, place) != meaning_at(after, there):
                    yield place, older, theirs[there]


def _carried(operation: Operation) -> Iterator[tuple[str, Type]]:
    yield from ((p.identity, p.type) for p in operation.parameters)
    yield from messages(operation)


def nullability(applied: Applied) -> Iterator[tuple[str, bool]]:
    """The fields that may be null from now on (True), or no more."""
    before, after = applied.before.fields_by_identity, applied.after.fields_by_identity
    for identity in applied.touched & before.keys() & after.keys():
        old, new = before[identity][1].nullable, after[identity][1].nullable
        if old != new:
            yield identity, new


def _newly_needed(applied: Applied) -> Iterator[Operation]:
    """The operations whose body must be there from now on."""
    for identity in applied.touched & applied.before.operations_by_identity.keys():
        old = applied.before.operations_by_identity[identity]
        new = applied.after.operations_by_identity.get(identity)
        if new is not None and new.body is not None and new.body.required:
            if (old.body is None and isinstance(applied.change, AddBody)) or (old.body and not old.body.required):
                yield old


@dataclass
class Reached:
    """What one direction of an operation reaches: identities, and places with their types."""

    ids: set[str] = field(default_factory=set)
    places: list[tuple[str, Type]] = field(default_factory=list)


def reached(contract: Contract, operation: Operation, direction: Direction) -> Reached:
    """What an operation of a contract reaches in one direction."""
    found = Reached()
    waiting: list[tuple[Type, View]] = []
    if direction is Direction.REQUEST:
        found.ids.add(operation.identity)
        for p in operation.parameters:
            place = p.fields[0] if p.role in OF_A_FIELD and p.fields else p.identity
            found.places.append((place, p.type))
            waiting.append((p.type, View.INPUT))
    else:
        found.ids.add(f"answers of {operation.identity}")
    for place, type_ in messages(operation):
        if place.startswith(body_place(operation)) is (direction is Direction.REQUEST):
            view = operation.body.view if direction is Direction.REQUEST and operation.body else View.OUTPUT
            found.places.append((place, type_))
            waiting.append((type_, view))
    seen: set[tuple[str, View]] = set()
    while waiting:
        held, view = waiting.pop()
        for named in named_in(contract, held):
            if isinstance(named, EnumType):
                found.ids.add(named.identity)
            elif isinstance(named, ObjectType) and (named.identity, view) not in seen:
                seen.add((named.identity, view))
                found.ids |= set() if view is View.UPDATE else {f"new {named.identity}"}
                for f in view_fields(named, view, contract.version):
                    found.places.append((f.field.identity, f.type))
                    waiting.append((f.type, f.nested))
                waiting += [] if named.rest is None else [(named.rest, rest_view(view))]
    found.places = [(stands_for(contract, place), type_) for place, type_ in found.places]
    found.places = [(stands_for(contract, place), type_) for place, type_ in found.places]
    found.places = [(stands_for(contract, place), type_) for place, type_ in found.places]
    found.ids |= {place for place, _ in found.places}
    return found


@dataclass
class _Crossing:
    """Looks for the changes that a place of one version cannot cross; each is looked at once."""

    history: History
    contract: Contract
    known: dict[tuple[str, Direction], tuple[Applied, ...]] = field(default_factory=dict)

    def lost(self, place: str, type_: Type, direction: Direction) -> Iterable[Applied]:
        """The change for which there is no way."""
        if (place, direction) not in self.known:
            try:
                conversion(self.history, self.contract.version, place, type_, self.contract, direction)
                self.known[place, direction] = ()
            except NoWay as error:
                self.known[place, direction] = (error.applied,)
        return self.known[place, direction]
