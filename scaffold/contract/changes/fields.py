"""Changes by which fields come, go and are renamed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..address import MemberAddress, OperationAddress, find_field, find_owner, no_field
from ..contract import Contract, identity
from ..named_types import Field, NamedType
from ..names import alone, with_names
from ..parameter import Parameter
from ..types import (
    MISSING,
    Json,
    Missing,
    Undecided,
)
from .base import Change, fresh, refuse, taken, tidied, written_in
from .reading import below, read_again, renamed_reading, without_filters, without_reading


@dataclass(frozen=True, kw_only=True)
class AddField(Change):
    """A field appears. `old_sends` fills creations by older clients, `existing` the rows that are there."""

    at: MemberAddress
    field: Field
    types: tuple[NamedType, ...] = ()
    old_sends: Json | Missing | Undecided = MISSING
    existing: Json | Missing = MISSING
    reading: tuple[tuple[OperationAddress, Parameter], ...] = ()
    """The filters and sort words that come back with it; only the inverse of a removal says so."""

    @property
    def address(self) -> str:
        return f"{self.at}{'' if self.field.required else '?'}"

    def apply(self, contract: Contract, version: str) -> Contract:
        owner, _ = find_owner(contract, self.at)
        if owner.field(self.at.name) is not None:
            raise taken("a field", str(self.at))
        for type_ in self.types:
            if type_.name in contract.types:
                raise taken("a type", type_.name)
            contract = contract.with_type(type_)
        born = replace(self.field, identity=fresh(contract, identity(version, owner.identity, self.field.name)))
        after = contract.with_type(replace(owner, fields=(*owner.fields, born)))
        for at, parameter in self.reading:
            after = read_again(after, at, parameter, self.field.identity, born.identity)
        return with_names(after)

    def inverse(self, before: Contract) -> Change:
        return RemoveField(at=self.at, types=tuple(t.name for t in self.types))

    def sentence(self) -> str:
        how = "" if self.field.required else "optional "
        return f"Added {how}field `{self.at}` ({self.field.type})."


@dataclass(frozen=True, kw_only=True)
class RemoveField(Change):
    """A field goes; older versions keep it, and show `old_sees` for records that never had it."""

    at: MemberAddress
    old_sees: Json | Missing | Undecided = MISSING
    types: tuple[str, ...] = ()
    """The types that go with it; only the inverse of an addition says so."""

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        place = find_field(contract, self.at)
        if place.field.key:
            raise refuse("SC304", f"`{self.at}` is the key of `{place.owner.name}`", "remove the resource instead")
        alone(contract, place.field, str(self.at))
        kept = tuple(f for f in place.owner.fields if f is not place.field)
        after = without_filters(contract, below(contract, place.field))
        after = after.with_type(replace(place.owner, fields=kept))
        for name in self.types:
            after = after.without_type(name)
        return with_names(tidied(without_reading(after, place.field.identity, place.field.name)))

    def inverse(self, before: Contract) -> Change:
        place = find_field(before, self.at)
        reading = tuple(
            (OperationAddress(o.method, o.path), p)
            for o in before.operations
            for p in o.parameters
            if place.field.identity in p.fields
        )
        reading += below(before, place.field)
        types = written_in(before, [place.field.type])
        return AddField(at=self.at, field=place.field, types=types, old_sends=self.old_sees, reading=reading)

    def sentence(self) -> str:
        return f"Removed field `{self.at}`."


@dataclass(frozen=True, kw_only=True)
class RenameFields(Change):
    """Fields of one object take new names, all at once: a swap is possible."""

    at: MemberAddress
    names: Mapping[str, str]
    storage: str | None = None

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        owner, _ = find_owner(contract, self.at)
        for old in self.names:
            if owner.field(old) is None:
                from ...diagnostics import ScaffoldError

                raise ScaffoldError(no_field(owner, old))
        fields = tuple(replace(f, name=self.names.get(f.name, f.name)) for f in owner.fields)
        seen: set[str] = set()
        for f in fields:
            if f.name in seen:
                raise taken("a field", f"{owner.name}.{f.name}")
            seen.add(f.name)
        after = contract.with_type(replace(owner, fields=fields))
        renamed = {f.identity: (f.name, self.names[f.name]) for f in owner.fields if f.name in self.names}
        return renamed_reading(after, renamed)

    def inverse(self, before: Contract) -> Change:
        first = next(iter(self.names.values()))
        at = MemberAddress(self.at.type, (*self.at.path[:-1], first))
        return RenameFields(at=at, names={new: old for old, new in self.names.items()})

    def sentence(self) -> str:
        holder = ".".join((self.at.type, *self.at.path[:-1]))
        pairs = [f"`{holder}.{old}` to `{new}`" for old, new in self.names.items()]
        return f"Renamed {' and '.join(pairs)}."
