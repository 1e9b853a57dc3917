"""The order of a contract does not promise anything, and should not show in what is found: it follows the older one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from ...contract.contract import Contract
from ...contract.named_types import EnumType, NamedType, ObjectType
from ...contract.operation import Operation

T = TypeVar("T")


def ordered_as(old: Contract, new: Contract) -> Contract:
    """`new` with what `old` has too in the order of `old`, and the rest behind, in its own."""
    types = [_type(old.types.get(t.name), t) for t in _sorted(list(new.types.values()), old.types, _name)]
    known = {o.address: o for o in old.operations}
    operations = [_operation(known.get(o.address), o) for o in _sorted(new.operations, known, lambda o: o.address)]
    return replace(new, types={t.name: t for t in types}, operations=tuple(operations))


def _name(type_: NamedType) -> str:
    return type_.name


def _type(old: NamedType | None, new: NamedType) -> NamedType:
    if isinstance(old, ObjectType) and isinstance(new, ObjectType):
        return replace(new, fields=tuple(_sorted(new.fields, [f.name for f in old.fields], lambda f: f.name)))
    if isinstance(old, EnumType) and isinstance(new, EnumType):
        return replace(new, values=tuple(_sorted(new.values, [v.value for v in old.values], lambda v: v.value)))
    return new


def _operation(old: Operation | None, new: Operation) -> Operation:
    if old is None:
        return new
    parameters = _sorted(new.parameters, [(p.location, p.name) for p in old.parameters], lambda p: (p.location, p.name))
    responses = _sorted(new.responses, [str(r.status) for r in old.responses], lambda r: str(r.status))
    return replace(new, parameters=tuple(parameters), responses=tuple(responses))


def _sorted(found: Sequence[T], known: Iterable[object], by: Callable[[T], object]) -> list[T]:
    places = {key: place for place, key in enumerate(known)}
    return sorted(found, key=lambda one: places.get(by(one), len(places)))
