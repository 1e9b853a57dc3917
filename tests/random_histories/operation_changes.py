"""Strategies of changes of operations and their parameters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from scaffold.contract.address import OperationAddress, ParameterAddress
from scaffold.contract.changes import (
    AddOperation,
    AddParameter,
    Change,
    ChangeParameter,
    MoveOperation,
    MoveParameter,
    RemoveOperation,
    RemoveParameter,
    RenameOperation,
    RenameParameter,
)
from scaffold.contract.contract import Contract
from scaffold.contract.operation import Action, Operation
from scaffold.contract.parameter import Location, Parameter, Role
from scaffold.contract.types import MISSING, Scalar

from .contracts import operations, parameters
from .drawing import pick, value_of, way_to
from .made_types import Draw
from .retyped_fields import recoded


def add_operation(draw: Draw, contract: Contract, version: str) -> Change | None:
    return AddOperation(operation=draw(operations(contract, version, draw(st.integers(1, 99)))))


def _operation(draw: Draw, contract: Contract) -> Operation | None:
    chosen: Operation | None = pick(draw, contract.operations)
    return chosen


def _address(operation: Operation) -> OperationAddress:
    return OperationAddress(operation.method, operation.path)


def remove_operation(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = [o for o in contract.operations if o.action in (Action.FREE, Action.DELETE, Action.UPDATE)]
    operation = pick(draw, found)
    return None if operation is None else RemoveOperation(at=_address(operation))


def rename_operation(draw: Draw, contract: Contract, version: str) -> Change | None:
    operation = _operation(draw, contract)
    if operation is None:
        return None
    return RenameOperation(at=_address(operation), to=f"{operation.id.split('__')[0]}__{draw(st.integers(0, 99))}")


def move_operation(draw: Draw, contract: Contract, version: str) -> Change | None:
    operation = _operation(draw, contract)
    if operation is None:
        return None
    if operation.action is Action.FREE and way_to(draw, "path", "method") == "method":
        other = {"POST": "PUT"}.get(operation.method, "POST")
        kept: dict[str, Any] = draw(st.sampled_from(({}, {"alias": True})))
        return MoveOperation(at=_address(operation), to=OperationAddress(other, operation.path), **kept)
    to = OperationAddress(operation.method, f"/m{draw(st.integers(0, 99))}{operation.path}")
    left: dict[str, Any] = draw(st.sampled_from(({}, {"redirect": 308}, {"alias": True})))
    return MoveOperation(at=_address(operation), to=to, **left)


def add_parameter(draw: Draw, contract: Contract, version: str) -> Change | None:
    operation = _operation(draw, contract)
    if operation is None:
        return None
    made: Parameter = draw(parameters(operation.identity, draw(st.sampled_from(("mode", "X-Kind", "lang")))))
    at = ParameterAddress(_address(operation), made.location, made.name)
    if made.default is MISSING and draw(st.booleans()):
        made = replace(made, required=True)
        return AddParameter(at=at, parameter=made, old_sends=value_of(draw, contract, made.type))
    return AddParameter(at=at, parameter=made)


def _parameter(draw: Draw, contract: Contract, *, in_path: bool = False) -> ParameterAddress | None:
    found = [
        ParameterAddress(_address(o), p.location, p.name)
        for o in contract.operations
        for p in o.parameters
        if (p.location is Location.PATH) is in_path
    ]
    chosen: ParameterAddress | None = pick(draw, found)
    return chosen


def remove_parameter(draw: Draw, contract: Contract, version: str) -> Change | None:
    at = _parameter(draw, contract)
    return None if at is None else RemoveParameter(at=at)


def rename_parameter(draw: Draw, contract: Contract, version: str) -> Change | None:
    in_path = way_to(draw, "outside", "outside", "in_path") == "in_path"
    at = _parameter(draw, contract, in_path=in_path)
    names = ("key", "which") if in_path else ("mode", "how", "q")
    return None if at is None else RenameParameter(at=at, to=draw(st.sampled_from(names)))


def move_parameter(draw: Draw, contract: Contract, version: str) -> Change | None:
    at = _parameter(draw, contract)
    if at is None:
        return None
    operation = contract.operation(at.operation.method, at.operation.path)
    found = None if operation is None else operation.parameter(at.name, at.location)
    if found is not None and found.required and found.role is Role.PLAIN and draw(st.booleans()):
        return MoveParameter(at=at, to=Location.PATH, path=f"{at.operation.path}/{{{at.name}}}")
    to = Location.HEADER if at.location is Location.QUERY else Location.QUERY
    return MoveParameter(at=at, to=to, name=draw(st.sampled_from((None, "X-How", "how"))))


def change_parameter(draw: Draw, contract: Contract, version: str) -> Change | None:
    at = _parameter(draw, contract)
    if at is None:
        return None
    operation = contract.operation(at.operation.method, at.operation.path)
    found = None if operation is None else operation.parameter(at.name, at.location)
    if found is None or not isinstance(found.type, Scalar):
        return None
    what = draw(st.sampled_from(("required", "default", "type")))
    if what == "required":
        sends = value_of(draw, contract, found.type)
        return ChangeParameter(at=at, required=not found.required, old_sends=sends)
    if what == "default":
        if found.default is not MISSING:
            return ChangeParameter(at=at, drop=("default",))
        return ChangeParameter(at=at, default=value_of(draw, contract, found.type))
    if found.fields or found.default is not MISSING:
        return None
    made = recoded(draw, found.type)
    if made is None:
        return None
    new, codec = made
    return ChangeParameter(at=at, type=new if new != found.type else None, codec=codec.name)
