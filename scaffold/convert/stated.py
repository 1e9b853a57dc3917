"""What a type or field is, whatever it is called: variants that are the same, values that are of them, the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..contract.contract import Contract
from ..contract.fitting import fits, tags
from ..contract.message import View
from ..contract.named_types import Field, ObjectType
from ..contract.types import MISSING, Json, ListOf, MapOf, Ref, Scalar, Type, Undecided, UnionOf, renamed


def variants_of(type_: Type) -> tuple[Type, ...]:
    """The variants of a union, or the one type there is."""
    return type_.variants if isinstance(type_, UnionOf) else (type_,)


def identified(type_: Type, contract: Contract) -> Type:
    """`type_` with its references by identity instead of by name."""
    if isinstance(type_, Scalar):
        return type_
    return renamed(type_, {name: t.identity for name, t in contract.types.items()})


def alike(one: Type, other: Type) -> bool:
    """Whether values of two types, both by identity, are the same but for bounds."""
    match one, other:
        case Scalar(kind=kind), Scalar(kind=wanted):
            return kind is wanted
        case (ListOf(items=a), ListOf(items=b)) | (MapOf(values=a), MapOf(values=b)):
            return alike(a, b)
        case Ref(name), Ref(wanted):
            return name == wanted
        case UnionOf(a), UnionOf(b):
            return all(any(alike(x, y) for y in b) for x in a) and all(any(alike(x, y) for x in a) for y in b)
        case _:
            return False


def match(one: Type, among: Sequence[Type]) -> int | None:
    """The variant that `one` is, all by identity: an equal one, else the first that is alike."""
    found = [n for n, t in enumerate(among) if t == one] or [n for n, t in enumerate(among) if alike(one, t)]
    return found[0] if found else None


def unmatched(older: Sequence[Type], newer: Sequence[Type]) -> tuple[list[int], list[int]]:
    """The variants of each side, by identity, that the other side does not have."""
    gone = [n for n, t in enumerate(older) if match(t, newer) is None]
    new = [n for n, t in enumerate(newer) if match(t, older) is None]
    return gone, new


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
        if fits(contract, _alone(type_, variant), made, view=view):
            return number, made
    return None


def variant_of(value: Json, type_: Type, contract: Contract, view: View) -> Type | None:
    """The variant of `type_` that `value` is of, by the word that names it where there is one."""
    for variant in variants_of(type_):
        if fits(contract, _alone(type_, variant), value, view=view):
            return variant
    return None


def _alone(type_: Type, variant: Type) -> Type:
    """`type_` with this variant only, which is told by its word as before."""
    return replace(type_, variants=(variant,)) if isinstance(type_, UnionOf) else variant


def _tagged(value: Json, type_: Type, variant: Type, contract: Contract) -> Json:
    """`value` with the discriminator's word for its variant, where it lacks it."""
    if not isinstance(type_, UnionOf) or type_.discriminator is None or not isinstance(variant, Ref):
        return value
    found, word = contract.types.get(variant.name), type_.discriminator.property
    if not isinstance(found, ObjectType) or found.field(word) is None or not isinstance(value, dict) or word in value:
        return value
    return {word: tags(type_, variant.name)[0], **value}


_REST = re.compile(r"[^.]*\|rest\d*")


def is_rest(field: Field) -> bool:
    """Whether a field stands for all that its object does not know."""
    return _REST.fullmatch(field.identity.rpartition(":")[2]) is not None


def stated(value: object) -> bool:
    """Whether a policy says something."""
    return value is not MISSING and not isinstance(value, Undecided)
