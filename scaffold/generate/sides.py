"""The sides of types, and which of them say the same.

They are told apart by refinement: first by what they say themselves, then again and again by the classes of what
they refer to, until no class splits.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from ..contract.contract import Contract
from ..contract.fitting import tags
from ..contract.history import History
from ..contract.message import View
from ..contract.named_types import EnumType, ObjectType
from ..contract.reach import reached_sides
from ..contract.types import ListOf, MapOf, Ref, Scalar, Type, UnionOf
from ..contract.views import ViewField, enums_in, objects_in, view_fields
from ..convert.refused_values import refused


@dataclass(frozen=True)
class Side:
    """One side of a type in one version."""

    version: str
    type: str
    """Identity of the type."""
    view: View


def sides(history: History) -> dict[Side, tuple[Contract, ObjectType]]:
    """Every side that an operation of some version reaches, oldest version first."""
    found: dict[Side, tuple[Contract, ObjectType]] = {}
    for contract in history.contracts:
        for name, view in reached_sides(contract):
            type_ = contract.types[name]
            if isinstance(type_, ObjectType):
                found[Side(contract.version, type_.identity, view)] = (contract, type_)
                for inner in _completed(contract, type_, view):
                    found.setdefault(Side(contract.version, inner.identity, View.REPLACE), (contract, inner))
    return found


def _completed(contract: Contract, type_: ObjectType, view: View) -> list[ObjectType]:
    """The objects that a partial update of `type_` may have to make: what it sends of them must be complete."""
    waiting = [t for f in view_fields(type_, view, contract.version) for t in objects_in(contract, f.type)]
    found: list[ObjectType] = []
    while waiting and view is View.UPDATE:
        inner = waiting.pop(0)
        if inner not in found:
            found.append(inner)
            fields = view_fields(inner, View.REPLACE, contract.version)
            waiting += [t for f in fields for t in objects_in(contract, f.type)]
    return found


def classes(items: Mapping[Side, Hashable], refers: Mapping[Side, Iterable[Side]]) -> dict[Side, int]:
    """The coarsest partition in which equal sides say the same and refer to equal sides."""
    numbers = _number(dict(items))
    count = len(set(numbers.values()))
    while True:
        finer = _number({s: (numbers[s], tuple(numbers[r] for r in refers[s] if r in numbers)) for s in items})
        if len(set(finer.values())) == count:
            return finer
        numbers, count = finer, len(set(finer.values()))


def _number(signatures: Mapping[Side, Hashable]) -> dict[Side, int]:
    seen: dict[Hashable, int] = {}
    return {side: seen.setdefault(signature, len(seen)) for side, signature in signatures.items()}


def said_of(contract: Contract, type_: Type) -> Hashable:
    """`type_` with references by identity, and enums by what they say: hashable, equal where the wire is equal."""
    match type_:
        case Scalar(choices=choices):
            return (type_, json.dumps(choices))  # true is no 1 here
        case ListOf(items=inner):
            return ("list", said_of(contract, inner), type_.min_items, type_.max_items, type_.unique_items)
        case MapOf(values=inner):
            return ("map", said_of(contract, inner))
        case Ref(name):
            target = contract.types[name]
            if isinstance(target, EnumType):
                return ("enum", *values_of(target))
            return ("object", target.identity)
        case UnionOf(variants, discriminator):
            told_by = None if discriminator is None else discriminator.property
            words = () if discriminator is None else tuple(tags(type_, v.name) for v in variants if isinstance(v, Ref))
            return ("union", type_.exclusive, told_by, words, tuple(said_of(contract, v) for v in variants))


def values_of(enum: EnumType) -> tuple[Hashable, ...]:
    return (enum.identity, enum.open, tuple((v.identity, v.value, v.opt_in) for v in enum.values))


def is_keyed(contract: Contract, type_: Type) -> bool:
    """Whether a value is a list of objects that are told apart by a key: no two of what is sent may have the same."""
    item = contract.object(type_.items.name) if isinstance(type_, ListOf) and isinstance(type_.items, Ref) else None
    return item is not None and item.key is not None


def refused_in(history: History, contract: Contract, type_: Type, view: View) -> tuple[tuple[str, ...], ...]:
    """For each enum in `type_`, the values that clients may not send any more of what is new."""
    if view not in (View.CREATE, View.INPUT):
        return ()
    found = tuple(refused(history, contract.version, enum) for enum in enums_in(contract, type_))
    return found if any(found) else ()


def refers_to(contract: Contract, fields: Iterable[ViewField]) -> list[Side]:
    """The sides that `fields` refer to."""
    return [Side(contract.version, t.identity, f.nested) for f in fields for t in objects_in(contract, f.type)]
