"""A history as converters see it: no aliases; what an object keeps of fields it does not know is a field too, and a
key of another kind is a field of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..contract.contract import Contract
from ..contract.expand import expanded
from ..contract.history import Applied, History
from ..contract.named_types import Field, NamedType, ObjectType, Unknown
from ..contract.types import Kind, MapOf, Scalar, Type
from .identifiers import with_identifiers
from .stated import alike, identified, is_rest
from .tolerance import tolerant

REST = "unknown_fields"
"""What records call the fields that an object keeps without knowing them."""


def prepared(history: History) -> History:
    """`history` without aliases, where each object that keeps unknown fields has a field for them, and every kind that
    a key ever was is one; without the versions that were dropped, of which there still are rows.

    Doing it twice changes nothing.
    """
    return _prepared(history.whole).served


def _prepared(history: History) -> History:
    plain = with_identifiers(expanded(history))
    rests = _Rests()
    for contract in _in_order(plain):
        rests.look(contract)
    if all(old is new for old, new in rests.made.values()):
        return tolerant(plain)
    applied = tuple(Applied(a.version, a.change, rests.look(a.before), rests.look(a.after)) for a in plain.applied)
    return tolerant(replace(plain, contracts=tuple(rests.look(c) for c in plain.contracts), applied=applied))


def _in_order(history: History) -> Iterator[Contract]:
    """Every contract on the way, in order of time."""
    later = list(history.applied)
    for contract, version in zip(history.contracts, history.versions, strict=True):
        mine = {version.id, *(r.id for r in version.releases)}
        while later and later[0].version in mine:
            step = later.pop(0)
            yield from (step.before, step.after)
        yield contract


@dataclass
class _Rests:
    """Gives contracts the fields for the rest: what is kept again, and is something else by then, is another one."""

    made: dict[int, tuple[Contract, Contract]] = field(default_factory=dict)
    types: dict[tuple[int, str], tuple[ObjectType, ObjectType]] = field(default_factory=dict)
    last: dict[str, tuple[int, Type, bool]] = field(default_factory=dict)
    """By type: how many there were, what the last one held, and whether it is there."""

    def look(self, contract: Contract) -> Contract:
        """`contract` with the fields; objects that stay the same stay the same objects."""
        if id(contract) not in self.made:
            self.made[id(contract)] = (contract, self._with_rest(contract))
        return self.made[id(contract)][1]

    def _with_rest(self, contract: Contract) -> Contract:
        changed: dict[str, NamedType] = {}
        for name, type_ in contract.types.items():
            if not isinstance(type_, ObjectType) or any(map(is_rest, type_.fields)):
                continue
            if type_.unknown is Unknown.KEEP:
                born = self._born(type_, contract)
                known = self.types.setdefault((id(type_), born), (type_, _with_field(type_, born)))
                changed[name] = known[1]
            elif type_.identity in self.last:
                self.last[type_.identity] = (*self.last[type_.identity][:2], False)
        return replace(contract, types={**contract.types, **changed}) if changed else contract

    def _born(self, type_: ObjectType, contract: Contract) -> str:
        held = identified(_held(type_), contract)
        number, was, there = self.last.get(type_.identity, (1, held, True))
        number += 0 if there or alike(was, held) else 1
        self.last[type_.identity] = (number, held, True)
        return f"{type_.identity}|rest{'' if number == 1 else number}"


def _held(type_: ObjectType) -> MapOf:
    return MapOf(type_.rest or Scalar(Kind.JSON))


def _with_field(type_: ObjectType, born: str) -> ObjectType:
    name = REST
    while type_.field(name) is not None:
        name += "_"
    return replace(type_, fields=(*type_.fields, Field(born, name, _held(type_), required=False)))
