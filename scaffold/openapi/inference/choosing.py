"""The policies of inferred changes: the safe choice where there is one, else undecided."""

from __future__ import annotations

from typing import TypeAlias

from ...contract.codecs import between
from ...contract.contract import Contract
from ...contract.named_types import AliasType, EnumType, Field, ObjectType
from ...contract.reach import Direction
from ...contract.types import MISSING, UNDECIDED, Json, ListOf, MapOf, Missing, Ref, Scalar, Type, Undecided, UnionOf
from .comparing import same_type

Value: TypeAlias = Json | Missing | Undecided
Chosen: TypeAlias = list[tuple[str, Json, str]]

KEEP = "what older clients send is kept, and what newer ones send is shown as it is"
STRIP = "older clients send what is passed over, as it was"
OPEN = "nothing in the documents says it"


def plain(contract: Contract, type_: Type | None, inside: tuple[str, ...] = ()) -> Type | None:
    """A type with what aliases stand for in their places."""
    match type_:
        case Ref(name):
            held = contract.types.get(name)
            if not isinstance(held, AliasType) or held.nullable or name in inside:
                return type_
            return plain(contract, held.type, (*inside, name))
        case ListOf(items=inner, min_items=low, max_items=high, unique_items=unique):
            return ListOf(plain(contract, inner, inside) or inner, low, high, unique)
        case MapOf(values=inner):
            return MapOf(plain(contract, inner, inside) or inner)
        case UnionOf(variants, discriminator, exclusive):
            held_all = tuple(plain(contract, v, inside) or v for v in variants)
            return UnionOf(held_all, discriminator, exclusive)
        case _:
            return type_


def crossing(contract: Contract, old: Type | None, new: Type | None) -> Undecided | None:
    """UNDECIDED where nothing is known that carries values of one type to the other."""
    one, other = plain(contract, old), plain(contract, new)
    if one is None or other is None:
        return None if one is other else UNDECIDED
    return None if _crosses(one, other) else UNDECIDED


def _crosses(one: Type, other: Type) -> bool:
    match one, other:
        case Scalar(kind=old), Scalar(kind=new):
            return old is new or between(one, other) is not None
        case ListOf(items=old_inner), ListOf(items=new_inner):
            return _crosses(old_inner, new_inner)
        case MapOf(values=old_inner), MapOf(values=new_inner):
            return _crosses(old_inner, new_inner)
        case _:
            return _alike(one, other)


def _alike(one: Type, other: Type) -> bool:
    """Whether values of two types are the same but for bounds."""
    match one, other:
        case Scalar(kind=old), Scalar(kind=new):
            return old is new
        case (ListOf(items=old_inner), ListOf(items=new_inner)) | (MapOf(values=old_inner), MapOf(values=new_inner)):
            return _alike(old_inner, new_inner)
        case UnionOf(olds), UnionOf(news):
            return all(any(_alike(o, n) for n in news) for o in olds) and all(
                any(_alike(o, n) for o in olds) for n in news
            )
        case _:
            return same_type(one, other)


def reads_back(one: Type | None, other: Type | None) -> bool:
    """Whether every value of the newer type can be shown as one of the older, where they cross at all."""
    match one, other:
        case Scalar(kind=old), Scalar(kind=new):
            codec = between(one, other)
            return old is new or codec is None or not codec.down_fails
        case ListOf(items=old_inner), ListOf(items=new_inner):
            return reads_back(old_inner, new_inner)
        case MapOf(values=old_inner), MapOf(values=new_inner):
            return reads_back(old_inner, new_inner)
        case _:
            return True


def value_for(contract: Contract, type_: Type, *, nullable: bool, key: str, chosen: Chosen) -> Value:
    """The one value that a client can be taken to mean by `key`, or UNDECIDED; notes it in `chosen`."""
    only = _only(contract, type_)
    if only is not MISSING:
        chosen.append((key, only, "it is the only value there is"))
        return only
    if nullable:
        chosen.append((key, None, "null is allowed"))
        return None
    chosen.append((key, UNDECIDED, OPEN))
    return UNDECIDED


def _only(contract: Contract, type_: Type) -> Value:
    held = plain(contract, type_)
    if isinstance(held, Scalar) and len(held.choices) == 1:
        return held.choices[0]
    enum = contract.types.get(held.name) if isinstance(held, Ref) else None
    if isinstance(enum, EnumType) and not enum.open and len(enum.values) == 1:
        return enum.values[0].value
    return MISSING


def keep(chosen: Chosen) -> str:
    """The policy of bounds that change."""
    chosen.append(("policy", "keep", KEEP))
    return "keep"


def strip(chosen: Chosen) -> str:
    """The policy of an object that refuses what it passed over."""
    chosen.append(("policy", "strip", STRIP))
    return "strip"


def codec_for(contract: Contract, old: Type | None, new: Type | None, chosen: Chosen) -> Undecided | None:
    """The codec of a type that changes: none where values cross by themselves, else undecided.

    An object that holds one value only crosses to that value.
    """
    found = crossing(contract, old, new)
    if found is not None and _content(contract, old, new):
        return None
    if found is not None:
        chosen.append(("codec", UNDECIDED, f"nothing is known that leads from {old} to {new}"))
    return found


def _content(contract: Contract, old: Type | None, new: Type | None, *, lax: bool = False) -> bool:
    """Whether `old` is an object of which `new` is the only field; in lists and maps (`lax`) one that may be empty."""
    match old, new:
        case (ListOf(items=one), ListOf(items=other)) | (MapOf(values=one), MapOf(values=other)):
            return _content(contract, one, other, lax=True)
        case Ref(name), _ if isinstance(held := contract.types.get(name), ObjectType) and len(held.fields) == 1:
            (only,) = held.fields
            return same_type(only.type, new) and not only.nullable and (lax or only.required)
        case _:
            return False


def field_values(
    contract: Contract, ways: Direction, before: Field, after: Field, chosen: Chosen
) -> tuple[Value, Value]:
    """`old_sends` and `old_sees` of a field that changes."""
    sends: Value = MISSING
    sees: Value = MISSING
    if Direction.REQUEST in ways and not before.read_only:
        lacks = after.required and not before.required and before.default is MISSING and after.default is MISSING
        if lacks or (before.nullable and not after.nullable):
            sends = value_for(contract, after.type, nullable=after.nullable, key="old_sends", chosen=chosen)
    if Direction.RESPONSE in ways and not before.write_only:
        lacks = before.required and not after.required and after.default is MISSING
        old, new = plain(contract, before.type), plain(contract, after.type)
        unread = crossing(contract, old, new) is None and not reads_back(old, new)
        if lacks or unread or (after.nullable and not before.nullable):
            sees = value_for(contract, before.type, nullable=before.nullable, key="old_sees", chosen=chosen)
    return sends, sees
