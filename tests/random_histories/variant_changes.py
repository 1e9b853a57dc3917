"""Strategies of changes of what a stored value may be one of: its variants, and what tells them apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from scaffold.contract.address import MemberAddress, TypeAddress, VariantAddress
from scaffold.contract.changes import AddVariant, Change, ChangeType, RemoveVariant
from scaffold.contract.contract import Contract
from scaffold.contract.fitting import said_of_several, tags
from scaffold.contract.message import View
from scaffold.contract.named_types import AliasType, Field, NamedType, ObjectType
from scaffold.contract.types import Discriminator, Ref, Scalar, Type, UnionOf

from .drawing import objects, pick, value_of
from .made_types import APART, VARIANTS, Draw, is_whole, variant_types

Holder = TypeAddress | MemberAddress


def unions(contract: Contract) -> list[tuple[Holder, UnionOf]]:
    """The unions that have an address."""
    found: list[tuple[Holder, UnionOf]] = []
    for type_ in contract.types.values():
        if isinstance(type_, AliasType) and isinstance(type_.type, UnionOf):
            found.append((TypeAddress(type_.name), type_.type))
    for type_ in objects(contract):
        found += [(MemberAddress(type_.name, (f.name,)), f.type) for f in type_.fields if isinstance(f.type, UnionOf)]
    return found


def add_variant(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = pick(draw, unions(contract))
    if found is None:
        return None
    holder, union = found
    free = [t for t in (*map(Ref, VARIANTS), *APART) if t not in union.variants]
    of_kind = [t for t in free if isinstance(t, Ref) == isinstance(union.variants[0], Ref)]
    variant: Type | None = pick(draw, of_kind)
    if variant is None:
        return None
    types: tuple[NamedType, ...] = ()
    if isinstance(variant, Ref) and variant.name not in contract.types:
        types = (draw(variant_types(contract, variant.name, version)),)
    tag = None
    if union.discriminator is not None and isinstance(variant, Ref):
        known = types[0] if types else contract.types[variant.name]
        tag = _word(known, union.discriminator.property)
        if tag is None:
            return None
    sees = value_of(draw, contract, union)
    return AddVariant(at=VariantAddress(holder, str(variant)), variant=variant, tag=tag, types=types, old_sees=sees)


def remove_variant(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = pick(draw, [(h, u) for h, u in unions(contract) if len(u.variants) > 2])
    if found is None:
        return None
    holder, union = found
    gone = draw(st.sampled_from(union.variants))
    change = RemoveVariant(at=VariantAddress(holder, str(gone)))
    left = replace(union, variants=tuple(v for v in union.variants if v is not gone))
    return replace(change, old_sends=value_of(draw, contract, left, view=View.CREATE))


def retag(draw: Draw, contract: Contract, version: str) -> Change | None:
    """Another word that each variant has tells them apart."""
    named = [t for t in contract.types.values() if isinstance(t, AliasType) and isinstance(t.type, UnionOf)]
    alias = pick(draw, [t for t in named if t.type.discriminator is not None])
    if alias is None:
        return None
    union: Any = alias.type
    ways = [d for d in told_apart(contract, union) if d.property != union.discriminator.property]
    told = pick(draw, ways)
    return None if told is None else ChangeType(name=alias.name, type=replace(union, discriminator=told))


def told_apart(contract: Contract, union: UnionOf) -> Iterator[Discriminator]:
    """What could tell the objects of a union apart: each word that all of them have, with a value of its own."""
    held = [t for v in union.variants if isinstance(v, Ref) and (t := contract.object(v.name)) is not None]
    for name in [f.name for f in held[0].fields] if held else []:
        words = [(word, t.name) for t in held if (word := _word(t, name)) is not None]
        if len({word for word, _ in words}) == len(union.variants):
            yield Discriminator(name, tuple(words))


def _word(type_: NamedType, name: str) -> str | None:
    """The only text that an object may have in a field that is always there."""
    field = type_.field(name) if isinstance(type_, ObjectType) else None
    return None if field is None else _constant(field)


def _constant(field: Field) -> str | None:
    choices = field.type.choices if isinstance(field.type, Scalar) else ()
    always = field.required and not field.nullable and not (field.read_only or field.write_only or field.create_only)
    return str(choices[0]) if always and len(choices) == 1 else None


def are_whole(contract: Contract) -> bool:
    """Whether an object that is one of several is shown as it was sent: nothing is what only the server writes.

    What is kept word for word of a variant that a later version does not have would lack it.
    """
    return all(is_whole(contract, union) for _, union in unions(contract))


def are_told_apart(contract: Contract) -> bool:
    """Whether every variant of every union says words of its own by which it is told, and nobody can take them away."""
    for _, union in unions(contract):
        if any(said_of_several(union)):
            return False
        if union.discriminator is not None:
            for variant in union.variants:
                found = contract.types.get(variant.name) if isinstance(variant, Ref) else None
                word = None if found is None else _word(found, union.discriminator.property)
                if not isinstance(variant, Ref) or word not in tags(union, variant.name):
                    return False
    return True
