"""What filters, sort words and keys of lists become when the fields they act on change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..address import OperationAddress
from ..contract import Contract
from ..named_types import Field
from ..names import ways_to
from ..operation import Operation
from ..parameter import OF_A_FIELD, Parameter, Role
from ..types import Scalar

Reading = tuple[tuple[OperationAddress, Parameter], ...]
"""Parameters of lists by their operations."""


def read_again(contract: Contract, at: OperationAddress, parameter: Parameter, old: str, new: str) -> Contract:
    """A field that comes back is filtered and sorted by again; it has another identity by now."""
    operation = contract.operation(at.method, at.path)
    if operation is None:
        return contract
    fields = tuple(new if i == old else i for i in parameter.fields)
    others = tuple(p for p in operation.parameters if p.identity != parameter.identity)
    return contract.with_operation(replace(operation, parameters=(*others, replace(parameter, fields=fields))))


def renamed_reading(contract: Contract, renamed: Mapping[str, tuple[str, str]]) -> Contract:
    """Filters and sort words follow the names of the fields they act on, all at once."""
    for operation in contract.operations:
        if not any(i in renamed or "." in p.name for p in operation.parameters for i in p.fields):
            continue
        parameters = []
        for p in operation.parameters:
            names = dict(renamed[i] for i in p.fields if i in renamed)
            if p.role is Role.SORT and isinstance(p.type, Scalar):
                words = names | {f"-{old}": f"-{new}" for old, new in names.items()}
                p = replace(p, type=replace(p.type, choices=tuple(words.get(c, c) for c in p.type.choices)))
            elif p.role is Role.FILTER and p.name in names:
                p = replace(p, name=names[p.name])
            elif p.role is Role.FILTER and "." in p.name:
                p = replace(p, name=_inner_name(contract, operation, p, renamed))
            elif p.role in (Role.KEY, Role.PARENT) and p.name in names:
                old, new = f"{{{p.name}}}", f"{{{names[p.name]}}}"
                operation = replace(operation, path=operation.path.replace(old, new))
                p = replace(p, name=names[p.name])
                if (found := contract.resources.get(operation.resource or "")) is not None:
                    found = replace(found, path=found.path.replace(old, new))
                    contract = replace(contract, resources={**contract.resources, found.type: found})
            parameters.append(p)
        contract = contract.with_operation(replace(operation, parameters=tuple(parameters)))
    return contract


def _inner_name(
    contract: Contract, operation: Operation, parameter: Parameter, renamed: Mapping[str, tuple[str, str]]
) -> str:
    """What a filter by a field inside an object is called, where it was called after the way to it."""
    way = way_of(contract, operation, parameter)
    before = ".".join(renamed[f.identity][0] if f.identity in renamed else f.name for f in way)
    return ".".join(f.name for f in way) if parameter.name == before else parameter.name


def way_of(contract: Contract, operation: Operation, parameter: Parameter) -> tuple[Field, ...]:
    """The fields that lead from what a list holds to the field that it is filtered by; empty where there are none."""
    held = contract.object(operation.resource or "")
    return () if held is None else next(iter(ways_to(contract, held, parameter.fields[0])), ())


def below(contract: Contract, field: Field) -> Reading:
    """The filters that reach what they act on through `field`."""
    return tuple(
        (OperationAddress(o.method, o.path), p)
        for o in contract.operations
        for p in o.parameters
        if p.role is Role.FILTER and any(f is field for f in way_of(contract, o, p)[:-1])
    )


def without_filters(contract: Contract, gone: Reading) -> Contract:
    """`contract` without these filters."""
    lost = {p.identity for _, p in gone}
    for operation in contract.operations:
        if any(p.identity in lost for p in operation.parameters):
            left = tuple(p for p in operation.parameters if p.identity not in lost)
            contract = contract.with_operation(replace(operation, parameters=left))
    return contract


def without_reading(contract: Contract, identity_: str, name: str) -> Contract:
    """A field that is gone is no longer filtered or sorted by."""
    for operation in contract.operations:
        if any(identity_ in p.fields for p in operation.parameters):
            contract = contract.with_operation(_stop_reading(operation, identity_, name))
    return contract


def _stop_reading(operation: Operation, identity_: str, name: str) -> Operation:
    parameters = []
    for p in operation.parameters:
        if identity_ in p.fields and p.role is Role.FILTER:
            continue
        if identity_ in p.fields and p.role is Role.SORT and isinstance(p.type, Scalar):
            words = tuple(c for c in p.type.choices if c.removeprefix("-") != name)
            if not words:
                continue
            fields = tuple(f for f in p.fields if f != identity_)
            p = replace(p, type=replace(p.type, choices=words), fields=fields)
        parameters.append(p)
    return replace(operation, parameters=tuple(parameters))


def retyped_reading(contract: Contract, field: Field) -> Contract:
    """Filters and keys take the new type of the field they act on."""
    for operation in contract.operations:
        if any(field.identity in p.fields for p in operation.parameters):
            parameters = tuple(
                replace(p, type=field.type, meaning=field.meaning)
                if field.identity in p.fields and p.role in OF_A_FIELD
                else p
                for p in operation.parameters
            )
            contract = contract.with_operation(replace(operation, parameters=parameters))
    return contract
