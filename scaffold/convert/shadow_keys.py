"""The keys of shadows: a field, and the first version that represents it as this one does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..contract.contract import Contract
from ..contract.history import History
from ..contract.named_types import EnumType
from ..contract.types import ListOf, MapOf, Ref, Type, UnionOf
from .records import Record


@dataclass(frozen=True)
class ShadowKeys:
    """Names what the record keeps word for word of one version's fields."""

    history: History
    contract: Contract
    version: str

    def of(self, identity: str, record: Record, *, parts: bool = False) -> str:
        """The key of a shadow: the field, and the first version that represents it as this one does.

        A field of another type than the record's is named with it: two objects in one record may have a street. Of an
        object that the record has in `parts` versions say the same that have the same parts; of one that it has whole,
        those that have no part of it elsewhere.
        """
        first, whole = self.version, self.history.whole
        mine = self._representation(self.contract, identity)
        inside = _inside(self.contract, identity)
        for version, contract in zip(whole.versions, whole.contracts, strict=True):
            if any(self.history.is_backport(version.id, i) for i in (identity, *(inside if parts else ()))):
                continue  # or a key that is in rows already would be another one
            there = _inside(contract, identity)
            same = there == inside if parts else not self._apart(contract, set(there) ^ set(inside))
            if same and self._representation(contract, identity) == mine:
                first = version.id
                break
        born = identity.partition(":")[0]
        owner, _, name = identity.rpartition(":")[2].rpartition(".")
        if owner != record.identity.rpartition(":")[2]:
            name = f"{owner}.{name}"
        return f"{name}@{first}" if born == whole.versions[0].id else f"{name}@{first}+{born}"

    def of_group(self, members: list[str], record: Record) -> str:
        """The key of a group's shadow: its fields, and the first version that represents them as this one does."""
        keys, whole = [self.of(identity, record) for identity in members], self.history.whole
        names, first = [k.partition("@")[0] for k in keys], self.version
        for version, contract in zip(whole.versions, whole.contracts, strict=True):
            if all(self._representation(contract, i) == self._representation(self.contract, i) for i in members):
                first = version.id
                break
        return f"{'+'.join(names)}@{first}"

    def _apart(self, contract: Contract, parts: set[str]) -> bool:
        """Whether some of these parts are in both versions: inside the object in the one, elsewhere in the other."""
        return any(p in contract.fields_by_identity and p in self.contract.fields_by_identity for p in parts)

    def _representation(self, contract: Contract, identity: str) -> object:
        found = contract.fields_by_identity.get(identity)
        if found is None:
            return None
        return _said(contract, found[1].type), found[1].meaning, found[1].required, found[1].nullable


def _inside(contract: Contract, identity: str) -> tuple[str, ...]:
    """The parts of the object that the field `identity` holds, and theirs."""
    found = contract.fields_by_identity.get(identity)
    return () if found is None else tuple(_parts(contract, found[1].type, frozenset()))


def _parts(contract: Contract, type_: Type, around: frozenset[str]) -> Iterator[str]:
    held = contract.object(type_.name) if isinstance(type_, Ref) else None
    if held is None or held.identity in around:
        return
    for f in held.fields:
        if f.alias_of is None:
            yield f.identity
            yield from _parts(contract, f.type, around | {held.identity})


def _said(contract: Contract, type_: Type) -> object:
    """What values of a type look like on the wire: kinds, the words of enums, whatever the types are called."""
    match type_:
        case ListOf(items=inner) | MapOf(values=inner):
            return (type(type_).__name__, _said(contract, inner))
        case Ref(name):
            target = contract.types[name]
            if not isinstance(target, EnumType):
                return (target.identity,)
            return (target.identity, target.open, tuple((v.value, v.opt_in is None) for v in target.values))
        case UnionOf(variants):
            return ("UnionOf", *(_said(contract, v) for v in variants))
        case _:
            return str(type_)
