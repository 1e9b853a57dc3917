"""The record: for each type, every field that some active version needs, under its newest name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from ..contract.changes import MoveFields
from ..contract.contract import Contract
from ..contract.history import History
from ..contract.named_types import AliasType, EnumType, Field, ObjectType
from ..contract.naming import safe_name
from ..contract.types import MISSING, Ref, Type
from .enums import is_open
from .identifiers import root
from .joints import consumed
from .removed_parts import Removed
from .stated import identified
from .stating import newest


@dataclass(frozen=True)
class RecordField:
    """One attribute of a record; `type` refers to other records by identity.

    `required` means the attribute always has a value; `shown` that the newest version exposes it.
    """

    identity: str
    attr: str
    type: Type
    required: bool
    nullable: bool
    field: Field
    shown: bool

    def __hash__(self) -> int:
        return hash(self.identity)

    @property
    def stated_at(self) -> str | Removed:
        """Where an object that a spec states has it, in the newest words."""
        return self.field.name if self.shown else Removed(self.identity, self.type)


@dataclass(frozen=True)
class Record:
    """The record of one object type."""

    identity: str
    name: str
    fields: tuple[RecordField, ...]
    resource: str | None

    @cached_property
    def by_identity(self) -> Mapping[str, RecordField]:
        """Its attributes, by identity of the field."""
        return {f.identity: f for f in self.fields}

    @property
    def key(self) -> RecordField | None:
        """The attribute that names one record among others."""
        return next((f for f in self.fields if f.field.key), None)


@dataclass(frozen=True)
class RecordEnum:
    """The values of an enum as records hold them: those of the newest version that has it.

    It is open where some version's is.
    """

    identity: str
    name: str
    type: EnumType


@dataclass(frozen=True)
class Records:
    """All records of a history, by identity of their type."""

    objects: Mapping[str, Record]
    enums: Mapping[str, RecordEnum]

    def name(self, identity: str) -> str:
        """The class name of a record or enum."""
        return (self.objects.get(identity) or self.enums[identity]).name


def records(history: History) -> Records:
    """The records that every version of `history`, which is prepared, together needs."""
    newest_first = list(reversed(_steps(history)))
    owners = _owners(newest_first, _public(history))
    owners |= _older_keys(history, owners)
    held = {o for o, _, _ in owners.values()}
    objects: dict[str, Record] = {}
    enums: dict[str, RecordEnum] = {}
    names: set[str] = set()
    for contract in newest_first:
        for type_ in contract.types.values():
            if type_.identity in objects or type_.identity in enums or isinstance(type_, AliasType):
                continue
            if isinstance(type_, ObjectType) and type_.fields and type_.identity not in held:
                continue  # its fields live elsewhere by now
            name = _free(safe_name(type_.name), contract.version, names)
            names.add(name)
            if isinstance(type_, EnumType):
                loosest = replace(type_, open=is_open(history, type_.identity))
                enums[type_.identity] = RecordEnum(type_.identity, name, loosest)
                continue
            resource = next((r.handler for r in contract.resources.values() if r.type == type_.name), None)
            objects[type_.identity] = Record(
                type_.identity, name, tuple(_fields(type_, contract, history, owners)), resource
            )
    return Records(objects, enums)


def _steps(history: History) -> list[Contract]:
    """Every contract on the way, in order of time: what changes within a version decides where a field ends up."""
    found: list[Contract] = []
    later = list(history.applied)
    for contract, version in zip(history.contracts, history.versions, strict=True):
        mine = {version.id, *(r.id for r in version.releases)}
        while later and later[0].version in mine:
            found.append(later.pop(0).after)
        found.append(contract)
    return found


def _public(history: History) -> frozenset[str]:
    """The fields that records may need: those of some version, and those that moves made to hold them.

    An object that a move emptied is gone, unless it holds what was removed from it before.
    """
    found = {i for c in history.contracts for i in c.fields_by_identity}
    holders: dict[str, str] = {}
    for applied in history.applied:
        if isinstance(applied.change, MoveFields):
            before, after = applied.before.fields_by_identity, applied.after.fields_by_identity
            found |= after.keys() - before.keys()
            for identity in before.keys() - after.keys():
                type_ = before[identity][1].type
                if isinstance(type_, Ref):  # what else is gone was in an object that went with the move
                    holders[identity] = applied.before.types[type_.name].identity
    kept = frozenset(found - holders.keys() - consumed(history))
    newest_first = list(reversed(_steps(history)))
    while True:
        held = {owner for owner, _, _ in _owners(newest_first, kept).values()}
        more = {identity for identity, type_ in holders.items() if type_ in held} - kept
        if not more:
            return kept
        kept |= more


Owner = tuple[str, Contract, Field]


def _older_keys(history: History, owners: Mapping[str, Owner]) -> dict[str, Owner]:
    """The kinds of a key, and of what refers to it, that only dropped versions had: tables are keyed by the first."""
    if history.complete is None:
        return {}
    known = {root(identity) for identity in owners}
    past = list(reversed(_steps(history.complete)))
    wanted = frozenset(i for c in past for i in c.fields_by_identity if i not in owners and root(i) in known)
    found = _owners(past, wanted)
    there = {owner for owner, _, _ in owners.values()}
    return {identity: owner for identity, owner in found.items() if owner[0] in there}


def _owners(newest_first: list[Contract], public: frozenset[str]) -> dict[str, Owner]:
    """For each field identity: the type that holds it at last, the newest contract that has it, the field there."""
    found: dict[str, Owner] = {}
    for contract in newest_first:
        for identity, (type_, field) in contract.fields_by_identity.items():
            if identity in public and field.alias_of is None and field.computed is None:
                found.setdefault(identity, (type_.identity, contract, field))
    return found


def _fields(
    type_: ObjectType, contract: Contract, history: History, owners: Mapping[str, Owner]
) -> Iterator[RecordField]:
    newest_one = history.newest
    here = [f.identity for f in type_.fields if f.identity in owners and owners[f.identity][0] == type_.identity]
    here += [i for i, (owner, _, _) in owners.items() if owner == type_.identity and i not in here]
    taken: set[str] = {"kept"}
    roots: set[str] = set()
    for identity in here:
        _, found_in, field = owners[identity]
        shown = found_in is newest_one or found_in is contract
        always = shown or root(identity) in roots  # an older kind of key is there where the newest is
        roots |= {root(identity)} if shown else set()
        attr = _free(safe_name(field.name), found_in.version, taken)
        taken.add(attr)
        yield RecordField(
            identity=identity,
            attr=attr,
            type=identified(field.type, found_in),
            required=always and (field.required or field.default is not MISSING),
            nullable=field.nullable,
            field=field if shown else _carried(field, found_in, history),
            shown=shown,
        )


def _carried(field: Field, found_in: Contract, history: History) -> Field:
    """A field that is gone, with its default in the words of today."""
    later = [n for n, a in enumerate(history.applied) if a.after is found_in]
    if not later and found_in not in history.contracts:
        return field
    changes = history.applied[later[-1] + 1 :] if later else tuple(history.since(found_in.version))
    return replace(field, default=newest(field.default, field.identity, found_in, changes))


def _free(name: str, version: str, taken: set[str]) -> str:
    """`name`, or with the version it last had as suffix where a newer thing claims it."""
    if name not in taken:
        return name
    suffixed = f"{name}_{safe_name(version)}"
    while suffixed in taken:
        suffixed += "_"
    return suffixed


__all__ = ["Record", "RecordEnum", "RecordField", "Records", "identified", "records"]
