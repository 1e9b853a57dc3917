"""What a policy states for a value of one of several types: which variant it is of, and the value itself."""

from __future__ import annotations

from ..contract.contract import Contract, View
from ..contract.fitting import fits, tags
from ..contract.types import Json, ObjectType, Ref, Type, UnionOf


def variants_of(type_: Type) -> tuple[Type, ...]:
    """The variants of a union, or the one type there is."""
    return type_.variants if isinstance(type_, UnionOf) else (type_,)


def resolved(value: Json, type_: Type, contract: Contract, view: View) -> tuple[int, Json] | None:
    """The variant of `type_` that a policy's `value` is of, and the value itself; None where it is of none.

    A policy names a variant as `{variant: Card, values: {…}}` or states a value that fits one.
    """
    variants = variants_of(type_)
    if isinstance(value, dict) and "variant" in value and value.keys() <= {"variant", "values"}:
        found = next((n for n, v in enumerate(variants) if str(v) == value["variant"]), None)
        return None if found is None else (found, _tagged(value.get("values", {}), type_, variants[found], contract))
    for number, variant in enumerate(variants):
        made = _tagged(value, type_, variant, contract)
        if fits(contract, variant, made, view=view):
            return number, made
    return None


def _tagged(value: Json, type_: Type, variant: Type, contract: Contract) -> Json:
    """`value` with the discriminator's word for its variant, where it lacks it."""
    if not isinstance(type_, UnionOf) or type_.discriminator is None or not isinstance(variant, Ref):
        return value
    found, word = contract.types.get(variant.name), type_.discriminator.property
    if not isinstance(found, ObjectType) or found.field(word) is None or not isinstance(value, dict) or word in value:
        return value
    return {word: tags(type_, variant.name)[0], **value}
