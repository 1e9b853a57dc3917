"""Which types a client meets, and on which side: what it sends and what it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..contract.contract import Contract
from ..contract.message import View
from ..contract.named_types import AliasType, NamedType, ObjectType
from ..contract.operation import Operation
from ..contract.reach import carried
from ..contract.types import Type, references
from ..contract.views import rest_view, side_within, view_fields
from .verdicts import Direction

Sides = Mapping[str, frozenset[View]]
"""The sides on which each type, by identity, is met."""


def reachable(contract: Contract) -> dict[str, frozenset[Direction]]:
    """The directions in which each type, by identity, is met; a type no operation reaches is left out."""
    return {identity: frozenset(direction_of(view) for view in views) for identity, views in sides(contract).items()}


def direction_of(view: View) -> Direction:
    """The way in which a side travels."""
    return Direction.RESPONSE if view is View.OUTPUT else Direction.REQUEST


def sides(contract: Contract) -> dict[str, frozenset[View]]:
    """The sides on which the whole API meets each type; worked out once for a contract."""
    known: dict[str, frozenset[View]] | None = contract.__dict__.get("_sides")
    if known is None:
        known = contract.__dict__["_sides"] = _sides(contract)
    return known


def _sides(contract: Contract) -> dict[str, frozenset[View]]:
    merged: dict[str, set[View]] = {}
    for operation in contract.operations:
        for identity, views in operation_sides(contract, operation).items():
            merged.setdefault(identity, set()).update(views)
    return {identity: frozenset(views) for identity, views in merged.items()}


def operation_sides(contract: Contract, operation: Operation) -> dict[str, frozenset[View]]:
    """The sides on which one operation meets each type, through fields, lists, maps and recursion.

    Worked out again only when one of the types it meets is another than the last time: a history has a contract
    for every change, and most of them leave most operations alone.
    """
    known: tuple[dict[str, NamedType | None], dict[str, frozenset[View]]] | None = operation.__dict__.get("_sides")
    if known is not None and all(contract.types.get(name) is type_ for name, type_ in known[0].items()):
        return known[1]
    looked_up: dict[str, NamedType | None] = {}
    met = _operation_sides(contract, operation, looked_up)
    operation.__dict__["_sides"] = (looked_up, met)
    return met


def _operation_sides(
    contract: Contract, operation: Operation, looked_up: dict[str, NamedType | None]
) -> dict[str, frozenset[View]]:
    found: dict[str, set[View]] = {}
    open_ = list(_roots(operation))
    while open_:
        type_, view = open_.pop()
        for name in references(type_):
            target = looked_up[name] = contract.types.get(name)
            if target is None or view in found.setdefault(target.identity, set()):
                continue
            found[target.identity].add(view)
            if isinstance(target, ObjectType):
                open_ += [(f.type, side_within(contract, f)) for f in view_fields(target, view)]
                open_ += [] if target.rest is None else [(target.rest, rest_view(view))]
            elif isinstance(target, AliasType):
                open_.append((target.type, view))
    return {identity: frozenset(views) for identity, views in found.items()}


def _roots(operation: Operation) -> Iterator[tuple[Type, View]]:
    for parameter in operation.parameters:
        yield parameter.type, View.INPUT
    for response in operation.responses:
        for header in response.headers:
            yield header.type, View.OUTPUT
    yield from carried(operation)
