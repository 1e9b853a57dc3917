"""A named type changes what it says of itself, and unions their variants."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from ..address import MemberAddress, TypeAddress, VariantAddress, find_field
from ..contract import Contract
from ..named_types import AliasType, NamedType, ObjectType, Unknown
from ..names import agreeing, main_one
from ..types import MISSING, Discriminator, Json, Missing, Ref, Type, Undecided, UnionOf
from .base import Change, Waiver, gone_with, listing, need_type, refuse, taken, tidied, with_types, written_in
from .change_field import ChangeField


@dataclass(frozen=True, kw_only=True)
class ChangeType(Change):
    """A named type changes what it says of itself: whether it is open, or what an alias stands for.

    What is None or MISSING stays. `types` are those that are written in the place of `type` or `rest`.
    """

    name: str
    unknown: Unknown | None = None
    rest: Type | Missing | None = MISSING
    type: Type | None = None
    nullable: bool | None = None
    open: bool | None = None
    inline: bool | None = None
    component: str | Missing | None = MISSING
    types: tuple[NamedType, ...] = ()
    codec: str | Undecided | None = None
    policy: str | None = None
    waiver: Waiver | None = None
    old_sends: Json | Missing | Undecided = MISSING
    old_sees: Json | Missing | Undecided = MISSING
    """What a text that an enum does not have is taken as, or shown as, where it is closed or opened."""

    @property
    def address(self) -> str:
        return self.name

    def apply(self, contract: Contract, version: str) -> Contract:
        found = need_type(contract, self.name)
        contract = with_types(contract, self.types)
        edits: dict[str, Any] = {
            "unknown": self.unknown,
            "type": self.type,
            "nullable": self.nullable,
            "open": self.open,
            "inline": self.inline,
        }
        edits = {name: value for name, value in edits.items() if value is not None}
        if self.rest is not MISSING:
            edits["rest"] = self.rest
        if self.component is not MISSING:
            edits["component"] = self.component
        wrong = [name for name in edits if not hasattr(found, name)]
        if wrong:
            raise refuse("SC305", f"`{self.name}` has no {listing(wrong)}", "change what it has")
        changed = replace(found, **edits)
        if changed == found:
            raise refuse("SC307", f"nothing about `{self.name}` changes here", "remove the line, or say what changes")
        return tidied(contract.with_type(changed))

    def inverse(self, before: Contract) -> Change:
        found = need_type(before, self.name)
        stated: dict[str, Any] = {
            name: getattr(found, name)
            for name in ("unknown", "type", "nullable", "open", "inline")
            if getattr(self, name) is not None
        }
        if self.rest is not MISSING:
            stated["rest"] = found.rest if isinstance(found, ObjectType) else None
        if self.component is not MISSING:
            stated["component"] = found.component
        held = [t for t in (stated.get("type"), stated.get("rest")) if t is not None]
        new = [t for t in (self.type, self.rest) if t is not None and t is not MISSING]
        return ChangeType(name=self.name, types=gone_with(before, held, new), codec=self.codec, **stated)

    def sentence(self) -> str:
        parts = []
        if self.type is not None:
            parts.append(f"it is {self.type}")
        if self.nullable is not None:
            parts.append("it may be null" if self.nullable else "it is never null")
        if self.unknown is not None:
            parts.append(_UNKNOWN[self.unknown])
        if self.rest is not MISSING:
            parts.append("other fields are free" if self.rest is None else f"other fields are {self.rest}")
        if self.open is not None:
            parts.append("other values may come" if self.open else "it has no other values")
        if self.inline is not None:
            parts.append("documents state it in its place" if self.inline else "documents state it by name")
        if self.component is not MISSING:
            parts.append(f"documents call it `{self.component or self.name}`")
        return f"Changed type `{self.name}`: {', '.join(parts)}."


_UNKNOWN = {
    Unknown.IGNORE: "fields it does not know are ignored",
    Unknown.KEEP: "fields it does not know are kept",
    Unknown.REFUSE: "fields it does not know are refused",
}


@dataclass(frozen=True, kw_only=True)
class AddVariant(Change):
    """A union gets another variant. `old_sees` is what clients of older versions are shown instead; with `hide` they
    do not see the objects that hold it.

    `tag` is the value of the discriminator that stands for it, where that is not the type's name.
    """

    at: VariantAddress
    variant: Type
    tag: str | None = None
    types: tuple[NamedType, ...] = ()
    old_sees: Json | Missing | Undecided = MISSING
    hide: bool = False

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        contract = with_types(contract, self.types)
        union = need_union(contract, self.at)
        if self.variant in union.variants:
            raise taken("a variant", str(self.at))
        discriminator = union.discriminator
        if self.tag is not None:
            if discriminator is None or not isinstance(self.variant, Ref):
                raise refuse("SC305", f"`{self.at}` has no discriminator to name it by", "leave `tag` out")
            mapping = (*discriminator.mapping, (self.tag, self.variant.name))
            discriminator = replace(discriminator, mapping=mapping)
        made = replace(union, variants=(*union.variants, self.variant), discriminator=discriminator)
        return _with_union(contract, self.at, made)

    def inverse(self, before: Contract) -> Change:
        return RemoveVariant(at=self.at)

    def sentence(self) -> str:
        return f"Added variant `{self.at.variant}` to `{self.at.holder}`."


@dataclass(frozen=True, kw_only=True)
class RemoveVariant(Change):
    """A union loses a variant. `old_sends` is what one that an older client sends is taken as."""

    at: VariantAddress
    old_sends: Json | Missing | Undecided = MISSING

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        union = need_union(contract, self.at)
        gone = need_variant(union, self.at)
        left = tuple(v for v in union.variants if v is not gone)
        if len(left) < 2:
            raise refuse("SC305", f"`{self.at.holder}` would be no union any more", "change its type with `to`")
        discriminator = union.discriminator
        if discriminator is not None:
            mapping = tuple((value, name) for value, name in discriminator.mapping if Ref(name) != gone)
            discriminator = Discriminator(discriminator.property, mapping)
        return tidied(_with_union(contract, self.at, replace(union, variants=left, discriminator=discriminator)))

    def inverse(self, before: Contract) -> Change:
        union = need_union(before, self.at)
        gone = need_variant(union, self.at)
        mapping = () if union.discriminator is None else union.discriminator.mapping
        named = [value for value, name in mapping if Ref(name) == gone]
        types = written_in(before, [gone])
        if len(named) > 1:  # several values stand for it: the union is stated whole
            if isinstance(self.at.holder, MemberAddress):
                return ChangeField(at=self.at.holder, type=union, types=types)
            return ChangeType(name=self.at.holder.name, type=union, types=types)
        return AddVariant(at=self.at, variant=gone, tag=named[0] if named else None, types=types)

    def sentence(self) -> str:
        return f"Removed variant `{self.at.variant}` from `{self.at.holder}`."


def need_union(contract: Contract, at: VariantAddress) -> UnionOf:
    """The union that holds the variant at `at`, or SC302."""
    if isinstance(at.holder, TypeAddress):
        held = need_type(contract, at.holder.name)
        type_ = held.type if isinstance(held, AliasType) else None
    else:
        type_ = find_field(contract, at.holder).field.type
        named = contract.alias(type_.name) if isinstance(type_, Ref) else None
        if named is not None and isinstance(named.type, UnionOf):
            help_ = f"its variants are those of `{named.name}`: write `{named.name}|{at.variant}`"
            raise refuse("SC302", f"`{at.holder}` is no union itself", help_)
    if not isinstance(type_, UnionOf):
        raise refuse("SC302", f"`{at.holder}` is no union", "change its type with `to: A | B`")
    return type_


def need_variant(union: UnionOf, at: VariantAddress) -> Type:
    """The variant at `at`, or SC302."""
    found = next((v for v in union.variants if str(v) == at.variant), None)
    if found is None:
        raise refuse(
            "SC302", f"`{at.holder}` has no variant `{at.variant}`", f"it has {listing(map(str, union.variants))}"
        )
    return found


def _with_union(contract: Contract, at: VariantAddress, union: UnionOf) -> Contract:
    if isinstance(at.holder, MemberAddress):
        place = find_field(contract, at.holder)
        main_one(contract, place.field, str(at.holder))
        changed = replace(place.field, type=union)
        fields = tuple(changed if f is place.field else f for f in place.owner.fields)
        return agreeing(contract.with_type(replace(place.owner, fields=fields)), changed)
    held = need_type(contract, at.holder.name)
    assert isinstance(held, AliasType)  # need_union has looked
    return contract.with_type(replace(held, type=union))
