"""Which sides of which types a contract's operations reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Flag, auto

from .contract import Contract
from .message import View
from .named_types import ObjectType
from .operation import Operation
from .types import Type
from .views import named_in, objects_in, rest_view, side_within, view_fields


class Direction(Flag):
    """The way a value travels."""

    NONE = 0
    REQUEST = auto()
    RESPONSE = auto()


def reached_sides(contract: Contract) -> tuple[tuple[str, View], ...]:
    """Every (object type name, side) that some operation shows or reads, in order of first use."""
    seen: dict[tuple[str, View], None] = {}
    for operation in contract.operations:
        for type_, view in carried(operation):
            _sides(contract, type_, view, seen)
        for parameter in operation.parameters:
            _sides(contract, parameter.type, View.INPUT, seen)
        for header in (h for r in operation.responses for h in r.headers):
            _sides(contract, header.type, View.OUTPUT, seen)
    return tuple(seen)


def carried(operation: Operation) -> Iterator[tuple[Type, View]]:
    """Every type that a body or an answer of `operation` is made of, in each of its forms, and the side of it."""
    if operation.body is not None:
        yield from ((f.type, operation.body.view) for f in operation.body.forms if f.type is not None)
    for response in operation.responses:
        yield from ((f.type, View.OUTPUT) for f in response.forms if f.type is not None)


def _sides(contract: Contract, type_: Type, view: View, seen: dict[tuple[str, View], None]) -> None:
    for target in objects_in(contract, type_):
        if (target.name, view) in seen:
            continue
        seen[target.name, view] = None
        for f in view_fields(target, view, contract.version):
            _sides(contract, f.type, side_within(contract, f), seen)
        if target.rest is not None:
            _sides(contract, target.rest, rest_view(view), seen)


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
                for named in named_in(contract, f.type):
                    found[named.identity] |= way
            for named in named_in(contract, type_.rest) if type_.rest is not None else ():
                found[named.identity] |= way
    for operation in contract.operations:
        for parameter in operation.parameters:
            for named in named_in(contract, parameter.type):
                found[named.identity] |= Direction.REQUEST
        for held, view in carried(operation):
            for named in named_in(contract, held):
                found[named.identity] |= Direction.RESPONSE if view is View.OUTPUT else Direction.REQUEST
        for header in (h for r in operation.responses for h in r.headers):
            for named in named_in(contract, header.type):
                found[named.identity] |= Direction.RESPONSE
    return found
