"""Which sides of which types a contract's operations reach."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Flag, auto

from .contract import Contract, View
from .types import ObjectType, Type
from .views import enums_in, objects_in, view_fields


class Direction(Flag):
    """The way a value travels."""

    NONE = 0
    REQUEST = auto()
    RESPONSE = auto()


def reached_sides(contract: Contract) -> tuple[tuple[str, View], ...]:
    """Every (object type name, side) that some operation shows or reads, in order of first use."""
    seen: dict[tuple[str, View], None] = {}
    for operation in contract.operations:
        if operation.body is not None:
            _sides(contract, operation.body.type, operation.body.view, seen)
        for response in operation.responses:
            if response.type is not None:
                _sides(contract, response.type, View.OUTPUT, seen)
    return tuple(seen)


def _sides(contract: Contract, type_: Type, view: View, seen: dict[tuple[str, View], None]) -> None:
    for target in objects_in(contract, type_):
        if (target.name, view) in seen:
            continue
        seen[target.name, view] = None
        for f in view_fields(target, view, contract.version):
            _sides(contract, f.type, f.nested, seen)


def directions(contract: Contract) -> Mapping[str, Direction]:
    """For each type identity, the directions in which the contract's operations reach it; worked out once."""
    known: dict[str, Direction] | None = contract.__dict__.get("_directions")
    if known is None:
        known = contract.__dict__["_directions"] = _directions(contract)
    return known


def _directions(contract: Contract) -> dict[str, Direction]:
    found: dict[str, Direction] = {t.identity: Direction.NONE for t in contract.types.values()}
    for name, view in reached_sides(contract):
        type_ = contract.types[name]
        way = Direction.RESPONSE if view is View.OUTPUT else Direction.REQUEST
        found[type_.identity] |= way
        if isinstance(type_, ObjectType):
            for f in view_fields(type_, view, contract.version):
                for enum in enums_in(contract, f.type):
                    found[enum.identity] |= way
    for operation in contract.operations:
        for parameter in operation.parameters:
            for enum in enums_in(contract, parameter.type):
                found[enum.identity] |= Direction.REQUEST
        bodies = [(operation.body.type, Direction.REQUEST)] if operation.body else []
        bodies += [(r.type, Direction.RESPONSE) for r in operation.responses if r.type is not None]
        for carried, way in bodies:
            for enum in enums_in(contract, carried):
                found[enum.identity] |= way
    return found
