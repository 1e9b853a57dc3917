"""Moving fields between an object and the objects inside it: nest and flatten."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

from ..address import MemberAddress, Place, TypeAddress, find_field, find_owner
from ..contract import Contract, identity
from ..named_types import Field, ObjectType
from ..names import with_names
from ..types import MISSING, Ref
from .aliases import AliasFields, with_old
from .base import Change, listing, need_object, refuse, taken


@dataclass(frozen=True, kw_only=True)
class MoveFields(Change):
    """Fields move to another place below the same type.

    With `into`, `to` is the object that receives them, made where there is none and the type itself to
    flatten; without, `to` is the one field's whole new address.
    """

    sources: tuple[MemberAddress, ...]
    to: MemberAddress | TypeAddress
    into: bool = True
    type_name: str | None = None
    arrivals: tuple[Field, ...] = ()
    """The moved fields as they will stand, in order; only an inverse says so."""
    stays: bool = False
    """Whether the old places live on beside the new ones, deprecated."""
    holder: tuple[ObjectType, Field] | None = None
    """The object that is made to receive them, and the field that holds it; only an inverse says so."""

    @property
    def address(self) -> str:
        return ", ".join(str(s) for s in self.sources)

    def targets(self) -> tuple[MemberAddress, ...]:
        """The new address of each source, in order."""
        path = self.to.path if isinstance(self.to, MemberAddress) else ()
        root = self.sources[0].type
        if not self.into:
            return (MemberAddress(root, path),)
        return tuple(MemberAddress(root, (*path, s.name)) for s in self.sources)

    def apply(self, contract: Contract, version: str) -> Contract:
        root = self.sources[0].type
        if {s.type for s in self.sources} | {self.to.name if isinstance(self.to, TypeAddress) else self.to.type} != {
            root
        }:
            raise refuse("SC308", f"a move stays below one type, and {self.address} does not", "remove and add instead")
        if any(
            mark in segment for a in (*self.sources, *self.targets()) for segment in a.path for mark in ("[]", "{}")
        ):
            raise refuse("SC308", "a move cannot pass through a list or a map", "move within the item type instead")
        for source, target in itertools.product(self.sources, self.targets()):
            if target.path[: len(source.path)] == source.path:
                raise refuse("SC308", f"`{source}` cannot move into itself", "move its parts, or rename it")
        places = [find_field(contract, s) for s in self.sources]
        for source, place in zip(self.sources, places, strict=True):
            if place.field.key or place.field.refers is not None:
                what = "is a key" if place.field.key else "refers to a resource"
                raise refuse("SC304", f"`{source}` {what} and stays where it is", "`rename` gives it another name")
            if place.field.computed is not None:
                raise refuse("SC317", f"`{source}` is computed and stays where it is", "add one at the other place")
            if place.field.alias_of is not None:
                raise refuse("SC317", f"`{source}` is another name and stays where it is", "move the value itself")
            self._own(contract, place.passed, source)
        for source, target in zip(self.sources, self.targets(), strict=True):
            if self.stays and target.path[: len(source.path) - 1] != source.path[:-1]:
                help_ = "the second place is inside an object beside the first"
                raise refuse("SC317", f"`{target}` is not below what holds `{source}`", help_)
        required = any(_arriving(p, t, contract).required for p, t in zip(places, self.targets(), strict=True))
        for number, (source, target, place) in enumerate(zip(self.sources, self.targets(), places, strict=True)):
            arriving = self.arrivals[number] if self.arrivals else _arriving(place, target, contract)
            contract = self._take_out(contract, source)
            contract = self._put_in(contract, target, arriving, version, required)
        contract = _prune(contract, self.sources)
        if self.stays:
            for source, place in zip(self.sources, places, strict=True):
                position = place.owner.fields.index(place.field)
                contract = with_old(contract, source, place.field, (source.name,), position, version)
        return with_names(contract)

    def _own(self, contract: Contract, passed: tuple[Field, ...], at: MemberAddress) -> None:
        """Refuse when the object at `at` is also used elsewhere: a move would change that place too."""
        for field in passed:
            if not isinstance(field.type, Ref):
                raise refuse("SC308", f"`{at}` passes through {field.type}", "move within the item type instead")
            users = list(contract.users_of(field.type.name))
            if len(users) > 1:
                raise refuse(
                    "SC308",
                    f"`{field.type.name}` is used in {listing(users)}: moving `{at}` would change them all",
                    "give this place a type of its own first",
                )

    def _take_out(self, contract: Contract, source: MemberAddress) -> Contract:
        place = find_field(contract, source)
        return contract.with_type(
            replace(place.owner, fields=tuple(f for f in place.owner.fields if f is not place.field))
        )

    def _put_in(
        self, contract: Contract, target: MemberAddress, field: Field, version: str, required: bool
    ) -> Contract:
        for depth in range(1, len(target.path)):
            parent = MemberAddress(target.type, target.path[:depth])
            owner, _ = find_owner(contract, parent)
            if owner.field(parent.name) is None:
                name = self.type_name or owner.name + _pascal(parent.name)
                holder = ObjectType(identity(version, name), name, ())
                made = Field(identity(version, owner.identity, parent.name), parent.name, Ref(name), required=required)
                if self.holder is not None:
                    holder, made = replace(self.holder[0], fields=()), self.holder[1]
                    name = holder.name
                if name in contract.types:
                    raise taken("a type", name)
                contract = contract.with_type(holder)
                contract = contract.with_type(replace(owner, fields=(*owner.fields, made)))
        owner, passed = find_owner(contract, target)
        self._own(contract, passed, target)
        if owner.field(target.name) is not None:
            raise taken("a field", str(target))
        lacking = next((f for f in _holders(target, passed) if not f.required or f.nullable), None)
        if field.required and lacking is not None and not self.arrivals and self._arrives(target, lacking):
            raise refuse(
                "SC308",
                f"`{target}` would be required inside `{lacking.name}`, which may be missing",
                f"make `{lacking.name}` required first, or `{field.name}` optional",
            )
        if lacking is not None and not self.arrivals and self._arrives(target, lacking):
            self._could_be_made(contract, target, lacking)
        return contract.with_type(replace(owner, fields=(*owner.fields, replace(field, name=target.name))))

    def _could_be_made(self, contract: Contract, target: MemberAddress, holder: Field) -> None:
        """Refuse when an older client that sends a moved field alone would make an object that is not whole."""
        assert isinstance(holder.type, Ref)  # an object is around the target
        moved = {t.path for t in self.targets()}
        depth = target.path.index(holder.name) + 1
        for f in need_object(contract, holder.type.name).fields:
            if f.required and f.default is MISSING and (*target.path[:depth], f.name) not in moved:
                raise refuse(
                    "SC308",
                    f"`{holder.name}` may be missing and needs `{f.name}`, which older clients do not send with "
                    f"`{target.name}`",
                    f"make `{holder.name}` required first, or `{f.name}` optional",
                )

    def _arrives(self, target: MemberAddress, holder: Field) -> bool:
        """Whether what moves to `target` was outside of `holder` before."""
        depth = target.path.index(holder.name) + 1
        return not all(s.path[:depth] == target.path[:depth] for s in self.sources)

    def inverse(self, before: Contract) -> Change:
        if self.stays:
            undone = (tuple(before.types.values()), before.operations)
            return AliasFields(at=self.targets()[0], names=(self.sources[0].name,), undone=undone)
        places = [find_field(before, s) for s in self.sources]
        arrivals = tuple(p.field for p in places)
        held = places[0].passed[-1] if places[0].passed else None
        holder = (places[0].owner, held) if held is not None else None
        parents = {s.path[:-1] for s in self.sources}
        if not self.into:
            return MoveFields(sources=self.targets(), to=self.sources[0], into=False, arrivals=arrivals, holder=holder)
        (parent,) = parents if len(parents) == 1 else ((),)
        root = self.sources[0].type
        to: MemberAddress | TypeAddress = MemberAddress(root, parent) if parent else TypeAddress(root)
        return MoveFields(sources=self.targets(), to=to, arrivals=arrivals, holder=holder)

    def sentence(self) -> str:
        if self.stays:
            where = f"inside `{self.to}`" if self.into else f"as `{self.to}`"
            return f"Gave {listing(str(s) for s in self.sources)} a second place {where}."
        if not self.into:
            return f"Moved `{self.sources[0]}` to `{self.to}`."
        if isinstance(self.to, TypeAddress):
            return f"Moved {listing(str(s) for s in self.sources)} up to `{self.to}`."
        return f"Moved {listing(str(s) for s in self.sources)} into `{self.to}`."


def _holders(target: MemberAddress, passed: tuple[Field, ...]) -> tuple[Field, ...]:
    """The fields of objects around `target`."""
    return passed[: len(target.path) - 1]


def _arriving(place: Place, target: MemberAddress, contract: Contract) -> Field:
    """A field as it stands at its new place: outside of an object that may be missing it may be missing too."""
    common = 0
    for held, segment in zip(place.passed, target.path[:-1], strict=False):
        if held.name != segment:
            break
        common += 1
    left = place.passed[common:]
    may_lack = any(not f.required or f.nullable for f in left)
    return replace(place.field, required=False) if may_lack else place.field


def _prune(contract: Contract, sources: tuple[MemberAddress, ...]) -> Contract:
    """Objects that were emptied go, with the fields that held them."""
    for source in sources:
        for depth in range(len(source.path) - 1, 0, -1):
            at = MemberAddress(source.type, source.path[:depth])
            owner, _ = find_owner(contract, at)
            field = owner.field(at.name)
            if field is None or not isinstance(field.type, Ref):
                break
            held = need_object(contract, field.type.name)
            if held.fields:
                break
            contract = contract.with_type(
                replace(owner, fields=tuple(f for f in owner.fields if f is not field))
            ).without_type(held.name)
    return contract


def _pascal(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in name.replace("-", "_").split("_") if part)
