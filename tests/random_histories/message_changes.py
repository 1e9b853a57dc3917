"""Strategies of changes of what operations say and ask beside their values: answers, headers, marks, prose, keys.

They fit contracts with resources; `published_changes.py` has those of contracts as published documents state them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from scaffold.contract.address import (
    BodyAddress,
    HeaderAddress,
    MemberAddress,
    OperationAddress,
    ParameterAddress,
    ResponseAddress,
)
from scaffold.contract.changes import (
    AddBody,
    AddHeader,
    AddResponse,
    Change,
    ChangeAuth,
    ChangeBody,
    ChangeHeader,
    ChangeResponse,
    ChangeSecurity,
    Deprecate,
    Describe,
    RemoveBody,
    RemoveHeader,
    RemoveResponse,
)
from scaffold.contract.contract import Contract
from scaffold.contract.message import Body, Header, Media, Response, View
from scaffold.contract.named_types import EnumType, ObjectType
from scaffold.contract.operation import Action, Operation
from scaffold.contract.security import Requirement
from scaffold.contract.types import Kind, Ref, Scalar, Type

from .contracts import SCHEMES
from .drawing import Strategy, objects, pick, value_of, way_to
from .made_types import Draw
from .published_changes import describe, operation_at
from .retyped_fields import recoded


def change_auth(draw: Draw, contract: Contract, version: str) -> Change | None:
    to = tuple(_way(name) for name in draw(st.lists(st.sampled_from(sorted(SCHEMES)), max_size=2, unique=True)))
    return ChangeAuth(to=to, schemes=SCHEMES)


def change_security(draw: Draw, contract: Contract, version: str) -> Change | None:
    ways = [None, (), *((_way(name),) for name in contract.security_schemes)]
    operation: Operation = pick(draw, contract.operations)
    return ChangeSecurity(at=operation_at(operation), to=draw(st.sampled_from(ways)))


def _way(name: str) -> Requirement:
    return ((name, ()),)


def deprecate(draw: Draw, contract: Contract, version: str) -> Change | None:
    marks: dict[str, list[OperationAddress | ParameterAddress | MemberAddress]] = {
        "operation": [operation_at(o) for o in contract.operations],
        "parameter": [
            ParameterAddress(operation_at(o), p.location, p.name) for o in contract.operations for p in o.parameters
        ],
        "field": [MemberAddress(t.name, (f.name,)) for t in objects(contract) for f in t.fields],
        "value": [
            MemberAddress(t.name, (v.value,))
            for t in contract.types.values()
            for v in (t.values if isinstance(t, EnumType) else ())
        ],
    }
    at = pick(draw, marks[draw(st.sampled_from(sorted(marks)))])
    return None if at is None else Deprecate(at=at, deprecated=draw(st.integers(0, 3)) != 0)


def _answer(draw: Draw, contract: Contract) -> tuple[ResponseAddress, Operation, Response] | None:
    free = [o for o in contract.operations if o.action is Action.FREE]
    operations = free if free and draw(st.booleans()) else contract.operations
    chosen: tuple[ResponseAddress, Operation, Response] | None = pick(
        draw, [(ResponseAddress(operation_at(o), str(r.status)), o, r) for o in operations for r in o.responses]
    )
    return chosen


def _parts(contract: Contract) -> list[str]:
    """The objects that are no resources."""
    return [n for n, t in contract.types.items() if isinstance(t, ObjectType) and n not in contract.resources]


def add_response(draw: Draw, contract: Contract, version: str) -> Change | None:
    operation: Operation = pick(draw, contract.operations)
    status = draw(st.sampled_from((202, 409, 418)))
    held = _parts(contract)
    type_ = Ref(draw(st.sampled_from(held))) if held and status == 418 else None
    made = Response(status, "It is done.", type_)
    return AddResponse(at=ResponseAddress(operation_at(operation), str(status)), response=made)


def remove_response(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = _answer(draw, contract)
    return None if found is None or len(found[1].responses) < 2 else RemoveResponse(at=found[0])


def change_response(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = _answer(draw, contract)
    if found is None or str(found[2].status)[0] != "2":
        return None
    at, operation, answer = found
    ways = ["status"]
    if operation.action is Action.FREE:
        ways += ["flag", *(["wrap", "empty", "type"] if answer.type is not None else [])]
    status = draw(st.sampled_from((200, 201, 202)))
    match way_to(draw, *ways):
        case "flag":
            return ChangeResponse(at=at, to=replace(answer, status=202), flag="waits")
        case "wrap":
            return ChangeResponse(at=at, to=replace(answer, wrap=None if answer.wrap else "result"))
        case "type":
            other = _other(draw, answer.type)
            return None if other is None else ChangeResponse(at=at, to=replace(answer, type=other))
        case "empty":
            return ChangeResponse(at=at, to=replace(answer, status=204, type=None, wrap=None))
        case _:
            return ChangeResponse(at=at, to=replace(answer, status=status))


def _other(draw: Draw, type_: Type | None) -> Type | None:
    """Another type that a codec leads to by itself."""
    made = None if type_ is None else recoded(draw, type_)
    return made[0] if made is not None and made[1].natural and made[0] != type_ else None


def add_body(draw: Draw, contract: Contract, version: str) -> Change | None:
    operation = pick(draw, [o for o in contract.operations if o.action is Action.FREE and o.body is None])
    held = _parts(contract)
    if operation is None or not held:
        return None
    made = Body(Ref(draw(st.sampled_from(held))), required=draw(st.booleans()), view=View.INPUT)
    return AddBody(at=BodyAddress(operation_at(operation)), body=made)


def _with_body(draw: Draw, contract: Contract) -> Operation | None:
    chosen: Operation | None = pick(
        draw, [o for o in contract.operations if o.action is Action.FREE and o.body is not None]
    )
    return chosen


def remove_body(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = _with_body(draw, contract)
    return None if found is None else RemoveBody(at=BodyAddress(operation_at(found)))


def change_body(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = _with_body(draw, contract)
    if found is None:
        return None
    body = found.body
    assert body is not None
    if way_to(draw, "form", "form", "type") == "type":
        other = _other(draw, body.type)
        return None if other is None else ChangeBody(at=BodyAddress(operation_at(found)), to=replace(body, type=other))
    others = () if body.others else (Media("text/csv", Scalar(Kind.STR)),)
    new: dict[str, Any] = draw(
        st.sampled_from(({"wrap": None if body.wrap else "input"}, {"required": not body.required}, {"others": others}))
    )
    return ChangeBody(at=BodyAddress(operation_at(found)), to=replace(body, **new))


HEADERS = (Scalar(Kind.STR), Scalar(Kind.INT), Scalar(Kind.BOOL))


def add_header(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = _answer(draw, contract)
    if found is None:
        return None
    name = draw(st.sampled_from(("X-Rate", "X-Trace")))
    made = Header(name, draw(st.sampled_from(HEADERS)), required=draw(st.booleans()))
    return AddHeader(at=HeaderAddress(found[0], name), header=made)


def _header(draw: Draw, contract: Contract) -> tuple[HeaderAddress, Header] | None:
    found = [
        (HeaderAddress(ResponseAddress(operation_at(o), str(r.status)), h.name), h)
        for o in contract.operations
        for r in o.responses
        for h in r.headers
    ]
    chosen: tuple[HeaderAddress, Header] | None = pick(draw, found)
    return chosen


def remove_header(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = _header(draw, contract)
    return None if found is None else RemoveHeader(at=found[0], old_sees=value_of(draw, contract, found[1].type))


def change_header(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = _header(draw, contract)
    if found is None:
        return None
    at, header = found
    new: dict[str, Any] = draw(st.sampled_from(({"name": "X-Number"}, {"required": not header.required})))
    return ChangeHeader(at=at, to=replace(header, **new), old_sees=value_of(draw, contract, header.type))


MESSAGES: Mapping[type[Change], Strategy] = {
    AddBody: add_body,
    RemoveBody: remove_body,
    ChangeBody: change_body,
    AddResponse: add_response,
    RemoveResponse: remove_response,
    ChangeResponse: change_response,
    AddHeader: add_header,
    RemoveHeader: remove_header,
    ChangeHeader: change_header,
    ChangeSecurity: change_security,
    ChangeAuth: change_auth,
    Deprecate: deprecate,
    Describe: describe,
}
"""The strategy of each class of change."""
