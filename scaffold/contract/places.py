"""Places: whatever has a type of its own and an identity by which it is found in every version.

Fields and parameters have their identity; a body is `v1:POST /u body`, an answer `v1:POST /u 200`, another form of
either has its media type behind that, and a header of an answer `header` and its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .contract import Contract
from .message import Header
from .operation import Operation
from .types import Type


def body_place(operation: Operation, media_type: str | None = None) -> str:
    """The place of an operation's body; of another form of it, with its media type."""
    return " ".join((operation.identity, "body", *([] if media_type is None else [media_type])))


def answer_place(operation: Operation, status: int | str, media_type: str | None = None) -> str:
    """The place of an answer; of another form of it, with its media type."""
    return " ".join((operation.identity, str(status), *([] if media_type is None else [media_type])))


def header_place(operation: Operation, status: int | str, header: Header) -> str:
    """The place of a header of an answer."""
    return f"{answer_place(operation, status)} header {header.name.lower()}"


def messages(operation: Operation) -> Iterator[tuple[str, Type]]:
    """Every place of what an operation carries, with its type; its parameters have places of their own."""
    if operation.body is not None:
        yield body_place(operation), operation.body.type
        yield from ((body_place(operation, m.media_type), m.type) for m in operation.body.others if m.type is not None)
    for response in operation.responses:
        if response.type is None:
            continue
        yield answer_place(operation, response.status), response.type
        for form in response.others:
            if form.type is not None:
                yield answer_place(operation, response.status, form.media_type), form.type
    for response in operation.responses:
        yield from ((header_place(operation, response.status, h), h.type) for h in response.headers)


def type_at(contract: Contract, place: str) -> Type | None:
    """The type of what is at `place`; None where there is nothing."""
    if place in contract.fields_by_identity:
        return contract.fields_by_identity[place][1].type
    operation = operation_of(contract, place)
    if operation is not None:
        return next((t for p, t in messages(operation) if p == place), None)
    return parameters(contract).get(place)


def meaning_at(contract: Contract, place: str) -> tuple[str, ...] | None:
    """What the values at `place` mean beyond their type: see `Field.meaning`."""
    if place in contract.fields_by_identity:
        return contract.fields_by_identity[place][1].meaning
    parameters(contract)
    found: Mapping[str, tuple[str, ...]] = contract.__dict__["_meanings"]
    return found.get(place)


def parameters(contract: Contract) -> Mapping[str, Type]:
    """The type of every parameter of a contract, by identity; worked out once."""
    known: dict[str, Type] | None = contract.__dict__.get("_parameters")
    if known is None:
        known = {p.identity: p.type for o in contract.operations for p in o.parameters}
        contract.__dict__["_parameters"] = known
        contract.__dict__["_meanings"] = {p.identity: p.meaning for o in contract.operations for p in o.parameters}
    return known


def operation_of(contract: Contract, place: str) -> Operation | None:
    """The operation whose body, answer or header is at `place`; None for fields and parameters."""
    identity = " ".join(place.split(" ")[:2])
    return None if identity == place else contract.operations_by_identity.get(identity)
