"""Values in a spec that have several names: any of them states the value, and all that are stated agree."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Any

from ..contract.contract import Contract
from ..contract.named_types import NamedType, ObjectType
from ..contract.names import OtherName, other_names
from ..contract.types import MISSING, Json
from .scalar_values import misfit


def stated_names(raw: dict[str, Any], type_: ObjectType, types: Mapping[str, NamedType]) -> dict[str, Any]:
    """`raw`, what is stated of an object of `type_`, with each value at all of its names and places."""
    names = _names(type_, types)
    for other in names:
        if other.field.name in raw and _at(raw, _path(other)) is MISSING:
            raw = _put(raw, _path(other), raw[other.field.name])
    for other in names:
        own = _at(raw, _path(other))
        if own is not MISSING and other.field.name not in raw:
            raw = _put(raw, (other.field.name,), own)
    return raw


def agree(raw: dict[str, Any], made: dict[str, Json], type_: ObjectType, types: Mapping[str, NamedType]) -> None:
    """Refuse two values of what has two names in `made`, the object that `raw` stands for.

    Raises:
        ScaffoldError: SC213, at the name that says otherwise.
    """
    for other in _names(type_, types):
        name, own = other.field.name, _at(made, _path(other))
        if name in made and own is not MISSING and made[name] != own:
            value = ".".join(_path(other))
            raise misfit(
                raw.get(name, raw), f"`{name}` and `{value}` are one value, and they differ here", "state one of them"
            )


def _names(type_: ObjectType, types: Mapping[str, NamedType]) -> tuple[OtherName, ...]:
    if all(f.alias_of is None for f in type_.fields):
        return ()
    return other_names(Contract("", types={**types, type_.name: type_}), type_)


def _path(other: OtherName) -> tuple[str, ...]:
    return tuple(f.name for f in other.path)


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        value = value.get(name, MISSING) if isinstance(value, dict) else MISSING
    return value


def _put(held: dict[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    """`held` with `value` at `path`, where nothing but objects is on the way; each keeps its place in the spec."""
    made = copy(held)
    name, *rest = path
    if not rest:
        made[name] = value
        return made
    inner = held.get(name, MISSING)
    if inner is MISSING:
        inner = copy(held)
        inner.clear()
    if isinstance(inner, dict):
        made[name] = _put(inner, tuple(rest), value)
    return made
