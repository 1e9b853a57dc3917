"""Whether a JSON value is a value of a type."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from .contract import Contract
from .ecma import searching
from .kinds import INT64, KINDS, WHOLE
from .message import View
from .named_types import AliasType, EnumType, NamedType, ObjectType, Unknown
from .types import MISSING, Json, Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf
from .views import rest_view, settled_fields, side_within, view_fields

_searching = lru_cache(searching)


def fits(contract: Contract, type_: Type, value: Json, *, view: View = View.OUTPUT) -> bool:
    """Whether `value` is one that a field of this type may hold; null is one only where the type itself says so."""
    match type_:
        case Scalar():
            return KINDS[type_.kind](value) and _bounded(type_, value)
        case ListOf():
            return (
                isinstance(value, list)
                and len(value) >= (type_.min_items or 0)
                and (type_.max_items is None or len(value) <= type_.max_items)
                and not (type_.unique_items and any(v in value[:i] for i, v in enumerate(value)))
                and all(fits(contract, type_.items, v, view=view) for v in value)
                and said_twice(value, type_.items, contract.types) is None
            )
        case MapOf():
            return isinstance(value, dict) and all(fits(contract, type_.values, v, view=view) for v in value.values())
        case UnionOf():
            return fitting_variant(contract, type_, value, view=view) is not None
        case Ref():
            return _fits_named(contract, type_.name, value, view)


def said_twice(items: list[Json], type_: Type, types: Mapping[str, NamedType]) -> tuple[str, Json] | None:
    """The key that two of `items`, values of `type_`, have, and what it is: nothing tells these apart."""
    found = types.get(type_.name) if isinstance(type_, Ref) else None
    key = found.key if isinstance(found, ObjectType) else None
    seen: list[Json] = [item[key.name] for item in items if key.name in item] if key is not None else []
    twice = next((value for n, value in enumerate(seen) if value in seen[:n]), MISSING)
    return None if key is None or twice is MISSING else (key.name, twice)


def fitting_variant(contract: Contract, union: UnionOf, value: Json, *, view: View = View.OUTPUT) -> int | None:
    """The position of the first variant that `value` is of, and says the word of where there is a discriminator."""
    return next((n for n, v in enumerate(union.variants) if _fits_variant(contract, v, value, view, union)), None)


def _fits_variant(contract: Contract, variant: Type, value: Json, view: View, union: UnionOf) -> bool:
    """Whether `value` is of this variant, and named as such where the union has a discriminator."""
    if union.discriminator is not None and isinstance(variant, Ref):
        if not isinstance(value, dict) or value.get(union.discriminator.property) not in tags(union, variant.name):
            return False
    return fits(contract, variant, value, view=view)


def tags(union: UnionOf, variant: str) -> tuple[str, ...]:
    """The values of the discriminator that stand for the variant called so: those stated, else its own name."""
    stated = () if union.discriminator is None else union.discriminator.mapping
    return tuple(value for value, name in stated if name == variant) or (variant,)


def said_of_several(union: UnionOf) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The values of the discriminator that stand for more than one variant, each with their names."""
    found: dict[str, list[str]] = {}
    if union.discriminator is not None:
        for name in (v.name for v in union.variants if isinstance(v, Ref)):
            for word in tags(union, name):
                found.setdefault(word, []).append(name)
    yield from ((word, tuple(names)) for word, names in found.items() if len(names) > 1)


def said_by(type_: Type, types: Mapping[str, NamedType]) -> tuple[str, ...] | None:
    """The words that a field of `type_` may say of its object: those it is closed to, None where it may say any."""
    found: Type | NamedType | None = type_
    passed: set[str] = set()
    while isinstance(found, Ref | AliasType):
        inner = found.type if isinstance(found, AliasType) else found
        if not isinstance(inner, Ref) or inner.name in passed:
            found = None if isinstance(inner, Ref) else inner
        else:
            passed.add(inner.name)
            found = types.get(inner.name)
    if isinstance(found, EnumType):
        return None if found.open else tuple(v.value for v in found.values)
    if isinstance(found, Scalar) and found.choices:
        return tuple(word for word in found.choices if isinstance(word, str))
    return None


def _fits_named(contract: Contract, name: str, value: Json, view: View) -> bool:
    found = contract.types.get(name)
    if isinstance(found, AliasType):
        return found.nullable if value is None else fits(contract, found.type, value, view=view)
    if isinstance(found, EnumType):
        return isinstance(value, str) and (found.open or found.value(value) is not None)
    if not isinstance(found, ObjectType) or not isinstance(value, dict):
        return False
    fields = {f.name: f for f in view_fields(found, view, contract.version)}
    needed = fields.values() if view is View.OUTPUT else settled_fields(found, view, contract.version)
    return (
        all(f.name in value for f in needed if f.required)
        and all(
            (
                fields[n].nullable
                if v is None
                else fits(contract, fields[n].type, v, view=side_within(contract, fields[n]))
            )
            for n, v in value.items()
            if n in fields
        )
        and all(_fits_rest(contract, found, v, view) for n, v in value.items() if n not in fields)
    )


def _fits_rest(contract: Contract, type_: ObjectType, value: Json, view: View) -> bool:
    """Whether an object may hold `value` in a field that it does not know."""
    if type_.unknown is Unknown.REFUSE:
        return False
    return type_.rest is None or fits(contract, type_.rest, value, view=rest_view(view))


def _bounded(scalar: Scalar, value: Json) -> bool:
    if scalar.choices and value not in scalar.choices:
        return False
    if isinstance(value, str):
        if scalar.pattern is not None and not _searching(scalar.pattern)(value):
            return False
        if not (scalar.min_length or 0) <= len(value) <= (math.inf if scalar.max_length is None else scalar.max_length):
            return False
        if scalar.kind is not Kind.DECIMAL:
            return True
    number = Decimal(str(value)) if scalar.kind in (Kind.INT, Kind.FLOAT, Kind.DECIMAL) else None
    if number is None:
        return True
    least, most = WHOLE.get(scalar.format, INT64) if scalar.kind is Kind.INT else (-math.inf, math.inf)
    return (
        least <= number <= most
        and (scalar.ge is None or number >= Decimal(str(scalar.ge)))
        and (scalar.gt is None or number > Decimal(str(scalar.gt)))
        and (scalar.le is None or number <= Decimal(str(scalar.le)))
        and (scalar.lt is None or number < Decimal(str(scalar.lt)))
        and (scalar.multiple_of is None or number % Decimal(str(scalar.multiple_of)) == 0)
    )
