"""What a resource's key of another kind brings along: who gives it its value, and the fields that refer to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..accepting import accepted
from ..contract import Contract
from ..named_types import Field, ObjectType
from ..standard import KEY_PATTERN
from ..types import Kind, Scalar, Type
from .base import listing, refuse

KEYS = (Kind.INT, Kind.UUID, Kind.STR)
"""What a key may be."""


def is_another_kind(one: Type, other: Type) -> bool:
    """Whether values of one type are none of the other, whatever bounds they have."""
    return not (isinstance(one, Scalar) and isinstance(other, Scalar) and one.kind is other.kind)


def check_kept(owner: ObjectType, field: Field, type_: Type, kept: Kind, resource: bool) -> None:
    """SC316 where a field cannot take another kind and keep the one it had for older versions."""
    at = f"`{owner.name}.{field.name}`"
    if not field.key or not resource:
        help_ = "leave `keep` out; `codec` and `unreadable` say how values of a field cross"
        raise refuse("SC316", f"{at} is no key of a resource, so it has one value and keeps no other", help_)
    if not is_another_kind(field.type, type_):
        raise refuse("SC316", f"{at} stays {field.type}, so there is nothing to keep", "leave `keep` out")
    if not isinstance(type_, Scalar) or type_.kind not in KEYS:
        raise refuse("SC316", f"{at} is a key and cannot be {type_}", f"a key is {listing(KEYS)}")
    if not isinstance(field.type, Scalar) or field.type.kind is not kept:
        raise refuse("SC316", f"{at} is {field.type} before this change, not {kept}", f"write `keep: {field.type}`")
    bounds = [b for b in ("min_length", "max_length", "pattern", "choices") if getattr(field.type, b) not in (None, ())]
    mine = [b for b in bounds if b != "pattern" or field.type.pattern != KEY_PATTERN]
    if field.type.kind is Kind.STR and mine:
        raise refuse(
            "SC316",
            f"{at} is bounded by {listing(mine)}, and rows born later get a text that is a UUID as their old key",
            "add the new identifier as a field of its own: `unique: true`, `read_only: true`",
        )


def marks_of_kind(field: Field, type_: Type) -> dict[str, Any]:
    """Who gives the key its value, now that it is of another kind: the server, but for texts of its creator."""
    if isinstance(type_, Scalar) and type_.kind is not Kind.STR:
        return {"read_only": True, "create_only": False}
    return {"read_only": field.read_only, "create_only": field.create_only}


def in_paths(field: Field) -> Field:
    """`field` as a key that clients give: a text that can stand in a path."""
    if not field.create_only or not isinstance(field.type, Scalar) or field.type.pattern is not None:
        return field
    return replace(field, type=replace(field.type, pattern=KEY_PATTERN))


def referring(contract: Contract, identity: str) -> tuple[tuple[ObjectType, Field], ...]:
    """The fields that refer to the resource with this identity of its type."""
    objects = (t for t in contract.types.values() if isinstance(t, ObjectType))
    return tuple((t, f) for t in objects for f in t.fields if f.refers == identity)


def _retyped(field: Field, type_: Type) -> Field:
    """What refers to a key of another type: of the forms it is accepted in those that the type has."""
    forms = tuple(form for form in field.accepts or () if form in accepted(type_))
    return replace(field, type=type_, accepts=forms or None)


def retyped_references(contract: Contract, identity: str, type_: Type) -> tuple[Contract, tuple[Field, ...]]:
    """`contract` where what refers to a resource has the type of its key, and the fields that changed."""
    for owner in {t.name: t for t, _ in referring(contract, identity)}.values():
        fields = tuple(_retyped(f, type_) if f.refers == identity else f for f in owner.fields)
        contract = contract.with_type(replace(owner, fields=fields))
    return contract, tuple(f for _, f in referring(contract, identity))
