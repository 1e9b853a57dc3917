"""A key of another kind is a second key: records have both, and so has whatever refers to them.

From the change on, the key and the fields that refer to it have identities of their own. So the record keeps what
older versions show, beside what newer ones do, and every place that follows an identity finds the right one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..contract.address import find_field
from ..contract.changes import AddField, ChangeField
from ..contract.changes.identifiers import referring
from ..contract.contract import Contract
from ..contract.history import Applied, History
from ..contract.named_types import Field, NamedType, ObjectType
from ..contract.operation import Operation

_MARK = "|key"


@dataclass(frozen=True, kw_only=True)
class AddKey(AddField):
    """A key of another kind, beside the one that there was; `stated` is the change as the spec has it."""

    stated: ChangeField

    def sentence(self) -> str:
        return self.stated.sentence()


def with_identifiers(history: History) -> History:
    """`history`, where a key that took another kind is another field from then on. Doing it twice changes nothing."""
    if history.complete is not None:
        return with_identifiers(history.complete).served
    if not any(_keeps(a) for a in history.applied):
        return history
    walk = _Walk()
    later = list(history.applied)
    applied: list[Applied] = []
    contracts: list[Contract] = []
    for contract, version in zip(history.contracts, history.versions, strict=True):
        mine = {version.id, *(r.id for r in version.releases)}
        while later and later[0].version in mine:
            applied.append(walk.step(later.pop(0)))
        contracts.append(walk.look(contract))
    return replace(history, contracts=tuple(contracts), applied=tuple(applied))


def root(identity: str) -> str:
    """The identity that a key, or what refers to one, was born with, whichever form of it is meant."""
    return identity.partition(_MARK)[0].partition(":")[2] if _MARK in identity else identity


def references(history: History) -> Mapping[str, tuple[str, str]]:
    """By identity of a field that refers to a resource: the resource's type, and the key that it holds.

    `history` is prepared; what dropped versions referred by counts as long as it is stored.
    """
    found = {}
    for contract in history.whole.contracts:
        for identity, (_, f) in contract.fields_by_identity.items():
            if f.refers is not None:
                target = contract.types_by_identity[f.refers]
                assert isinstance(target, ObjectType)
                assert target.key is not None
                found[identity] = (f.refers, target.key.identity)
    return found


def _keeps(applied: Applied) -> bool:
    return isinstance(applied.change, ChangeField) and applied.change.keep is not None


@dataclass
class _Walk:
    """Goes through the contracts in order of time."""

    names: dict[str, str] = field(default_factory=dict)
    """By the identity that contracts state: the one it has by now."""
    contracts: dict[int, tuple[Contract, Contract]] = field(default_factory=dict)
    types: dict[int, tuple[NamedType, NamedType]] = field(default_factory=dict)

    def step(self, applied: Applied) -> Applied:
        """A change between contracts that are looked through; one that keeps a key adds another one."""
        change, before = applied.change, self.look(applied.before)
        if not isinstance(change, ChangeField) or change.keep is None:
            return replace(applied, before=before, after=self.look(applied.after))
        place = find_field(applied.after, change.at)
        for f in (place.field, *(f for _, f in referring(applied.after, place.owner.identity))):
            number = self.names.get(f.identity, "").partition(_MARK)[2]
            self.names[f.identity] = f"{applied.version}:{f.identity}{_MARK}{int(number or 0) + 1}"
        after = self.look(applied.after)
        second = find_field(after, change.at).field
        return Applied(applied.version, AddKey(at=change.at, field=second, stated=change), before, after)

    def look(self, contract: Contract) -> Contract:
        """`contract` with the identities of today; what stays the same stays the same object."""
        if not self.names:
            return contract
        if id(contract) not in self.contracts:
            self.contracts[id(contract)] = (contract, self._looked(contract))
        return self.contracts[id(contract)][1]

    def _looked(self, contract: Contract) -> Contract:
        operations = tuple(self._operation(o) for o in contract.operations)
        return replace(contract, types={n: self._type(t) for n, t in contract.types.items()}, operations=operations)

    def _type(self, type_: NamedType) -> NamedType:
        if not isinstance(type_, ObjectType):
            return type_
        if not any(f.identity in self.names or f.alias_of in self.names for f in type_.fields):
            return type_
        if id(type_) not in self.types:
            self.types[id(type_)] = (type_, replace(type_, fields=tuple(map(self._field, type_.fields))))
        return self.types[id(type_)][1]

    def _field(self, f: Field) -> Field:
        """A field with its identity of today, and that of the value that it is another name of."""
        value = None if f.alias_of is None else self.names.get(f.alias_of, f.alias_of)
        return replace(f, identity=self.names.get(f.identity, f.identity), alias_of=value)

    def _operation(self, operation: Operation) -> Operation:
        if not any(i in self.names for p in operation.parameters for i in p.fields):
            return operation
        parameters = tuple(
            replace(p, fields=tuple(self.names.get(i, i) for i in p.fields)) if p.fields else p
            for p in operation.parameters
        )
        return replace(operation, parameters=parameters)
