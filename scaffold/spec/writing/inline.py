"""Which of a contract's types are written in the place where they are mentioned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...contract.contract import Contract
from ...contract.named_types import AliasType, NamedType, ObjectType
from ...contract.operation import mentioned
from ...contract.types import Ref, Type, references


def in_places(contract: Contract) -> dict[str, NamedType]:
    """The inline types that are mentioned once, from what is written itself, and of which nothing else is said."""
    counts = Counter(name for t in contract.types.values() for name in _names(t))
    counts.update(t.type.name for t in contract.types.values() if isinstance(t, AliasType) and isinstance(t.type, Ref))
    outer = [n for o in contract.operations for t in mentioned(o) for n in references(t)]
    counts.update(outer)
    waiting = [name for t in contract.types.values() if not _fits(t, counts) for name in _names(t)] + outer
    found: dict[str, NamedType] = {}
    while waiting:
        name = waiting.pop()
        type_ = contract.types.get(name)
        if type_ is not None and name not in found and _fits(type_, counts):
            found[name] = type_
            waiting += _names(type_)
    return {name: t for name, t in contract.types.items() if name in found}


def _fits(type_: NamedType, counts: Counter[str]) -> bool:
    if isinstance(type_, AliasType) or not type_.inline or counts[type_.name] != 1:
        return False
    return type_.description is None and not type_.extra and type_.component is None


def _names(type_: NamedType) -> Iterator[str]:
    for held in held_types(type_):
        yield from references(held)


def held_types(type_: NamedType) -> Iterator[Type]:
    """The types that a named type is made of."""
    if isinstance(type_, AliasType):
        yield type_.type
    elif isinstance(type_, ObjectType):
        yield from (f.type for f in type_.fields)
        if type_.rest is not None:
            yield type_.rest
