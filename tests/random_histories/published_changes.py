"""Strategies of the changes that only published contracts have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    VariantAddress,
)
from scaffold.contract.changes import (
    AddBody,
    AddHeader,
    AddResponse,
    AddVariant,
    Change,
    ChangeAuth,
    ChangeBody,
    ChangeHeader,
    ChangeResponse,
    ChangeSecurity,
    ChangeType,
    Deprecate,
    Describe,
    RemoveBody,
    RemoveHeader,
    RemoveResponse,
    RemoveVariant,
)
from scaffold.contract.changes.base import written_in
from scaffold.contract.contract import Contract
from scaffold.contract.documentation import documentation
from scaffold.contract.message import Header, Response
from scaffold.contract.named_types import AliasType, EnumType, NamedType, ObjectType, Unknown
from scaffold.contract.operation import Operation
from scaffold.contract.types import Kind, ListOf, Ref, Scalar

from .drawing import Strategy, pick
from .made_types import Draw
from .published import body, header, requirements, response, schemes
from .published_types import Scope, type_of
from .variant_changes import unions


def operation_at(operation: Operation) -> OperationAddress:
    return OperationAddress(operation.method, operation.path)


def _scope(draw: Draw, contract: Contract, version: str) -> Scope:
    named = tuple(n for n, t in contract.types.items() if isinstance(t, AliasType) or not t.inline)
    return Scope(draw, named, version)


def _made(scope: Scope, contract: Contract) -> tuple[NamedType, ...] | None:
    """The types that were written on the way; None where a name is taken."""
    return None if scope.types.keys() & contract.types.keys() else tuple(scope.types.values())


def change_type(draw: Draw, contract: Contract, version: str) -> Change | None:
    type_: NamedType | None = pick(draw, contract.types.values())
    scope = _scope(draw, contract, version)
    stated: dict[str, Any] = {}
    match type_:
        case ObjectType():
            stated["unknown"] = draw(st.sampled_from(Unknown))
            stated["rest"] = type_of(scope, "FreshRest", 1) if stated["unknown"] is Unknown.KEEP else None
            if not type_.inline:
                stated["component"] = draw(st.sampled_from((None, "acme.Other")))
        case EnumType():
            stated["open"] = not type_.open
        case AliasType():
            stated["nullable"] = not type_.nullable
            if draw(st.booleans()):
                stated["type"] = ListOf(type_of(scope, "FreshItem", 1), 2)
        case None:
            return None
    types = _made(scope, contract)
    return None if types is None else ChangeType(name=type_.name, types=types, **stated)


def add_variant(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = pick(draw, unions(contract))
    if found is None:
        return None
    holder, union_ = found
    scope = _scope(draw, contract, version)
    variant = draw(st.sampled_from([*map(Ref, scope.named), Scalar(Kind.DATE)])) if draw(st.booleans()) else None
    variant = variant or type_of(scope, "FreshVariant", 1)
    types = _made(scope, contract)
    tag = "fresh" if union_.discriminator is not None and isinstance(variant, Ref) and draw(st.booleans()) else None
    if types is None or str(variant) in map(str, union_.variants):
        return None
    return AddVariant(at=VariantAddress(holder, str(variant)), variant=variant, tag=tag, types=types)


def remove_variant(draw: Draw, contract: Contract, version: str) -> Change | None:
    several = [(h, u) for h, u in unions(contract) if len(u.variants) > 2]
    found = pick(draw, [(h, u) for h, u in several if len(set(map(str, u.variants))) == len(u.variants)])
    if found is None:
        return None
    holder, union_ = found
    return RemoveVariant(at=VariantAddress(holder, str(draw(st.sampled_from(union_.variants)))))


def add_body(draw: Draw, contract: Contract, version: str) -> Change | None:
    found: Operation | None = pick(draw, [o for o in contract.operations if o.body is None])
    if found is None:
        return None
    scope = _scope(draw, contract, version)
    made = body(scope, "Fresh")
    types = _made(scope, contract)
    return None if types is None else AddBody(at=BodyAddress(operation_at(found)), body=made, types=types)


def remove_body(draw: Draw, contract: Contract, version: str) -> Change | None:
    found: Operation | None = pick(draw, [o for o in contract.operations if o.body is not None])
    return None if found is None else RemoveBody(at=BodyAddress(operation_at(found)))


def change_body(draw: Draw, contract: Contract, version: str) -> Change | None:
    found: Operation | None = pick(draw, [o for o in contract.operations if o.body is not None])
    if found is None:
        return None
    assert found.body is not None
    if draw(st.booleans()):
        return ChangeBody(at=BodyAddress(operation_at(found)), to=replace(found.body, required=not found.body.required))
    scope = _scope(draw, contract, version)
    made = body(scope, "Fresh")
    types = _made(scope, contract)
    return None if types is None else ChangeBody(at=BodyAddress(operation_at(found)), to=made, types=types)


def _answer(draw: Draw, contract: Contract) -> tuple[Operation, Response] | None:
    chosen: tuple[Operation, Response] | None = pick(draw, [(o, r) for o in contract.operations for r in o.responses])
    return chosen


def add_response(draw: Draw, contract: Contract, version: str) -> Change | None:
    found: Operation | None = pick(draw, contract.operations)
    if found is None:
        return None
    scope = _scope(draw, contract, version)
    made = response(scope, "Fresh", draw(st.sampled_from((202, 409, "5XX"))))
    types = _made(scope, contract)
    at = ResponseAddress(operation_at(found), str(made.status))
    return None if types is None else AddResponse(at=at, response=made, types=types)


def remove_response(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = _answer(draw, contract)
    return None if found is None else RemoveResponse(at=ResponseAddress(operation_at(found[0]), str(found[1].status)))


def change_response(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = _answer(draw, contract)
    if found is None:
        return None
    at = ResponseAddress(operation_at(found[0]), str(found[1].status))
    if draw(st.booleans()):
        return ChangeResponse(at=at, to=replace(found[1], status=draw(st.sampled_from((202, 205)))))
    scope = _scope(draw, contract, version)
    made = response(scope, "Fresh", found[1].status)
    scope.types = {n: t for n, t in scope.types.items() if not n.startswith(("FreshXRate", "FreshLocation"))}
    types = _made(scope, contract)
    plain = replace(made, headers=(), description="", extra={})
    mentioned = [f.type for f in plain.forms if f.type is not None]
    held = replace(contract, types={**contract.types, **scope.types})
    return None if types is None else ChangeResponse(at=at, to=plain, types=_new(contract, written_in(held, mentioned)))


def _new(contract: Contract, types: Sequence[NamedType]) -> tuple[NamedType, ...]:
    return tuple(t for t in types if t.name not in contract.types)


def add_header(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = _answer(draw, contract)
    if found is None:
        return None
    scope = _scope(draw, contract, version)
    made = header(scope, "Fresh", "X-Fresh")
    types = _made(scope, contract)
    at = HeaderAddress(ResponseAddress(operation_at(found[0]), str(found[1].status)), made.name)
    return None if types is None else AddHeader(at=at, header=made, types=types)


def _header(draw: Draw, contract: Contract) -> tuple[HeaderAddress, Header] | None:
    chosen: tuple[HeaderAddress, Header] | None = pick(
        draw,
        [
            (HeaderAddress(ResponseAddress(operation_at(o), str(r.status)), h.name), h)
            for o in contract.operations
            for r in o.responses
            for h in r.headers
        ],
    )
    return chosen


def remove_header(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = _header(draw, contract)
    return None if found is None else RemoveHeader(at=found[0])


def change_header(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = _header(draw, contract)
    if found is None:
        return None
    if draw(st.booleans()):
        return ChangeHeader(at=found[0], to=replace(found[1], name="X-Number", required=not found[1].required))
    scope = _scope(draw, contract, version)
    made = header(scope, "Fresh", found[1].name)
    types = _made(scope, contract)
    return None if types is None else ChangeHeader(at=found[0], to=made, types=types)


def change_security(draw: Draw, contract: Contract, version: str) -> Change | None:
    found: Operation | None = pick(draw, contract.operations)
    return None if found is None else ChangeSecurity(at=operation_at(found), to=draw(st.none() | requirements()))


def change_auth(draw: Draw, contract: Contract, version: str) -> Change | None:
    return ChangeAuth(to=draw(requirements()), schemes=schemes(draw))


def deprecate(draw: Draw, contract: Contract, version: str) -> Change | None:
    marks: list[tuple[Any, bool]] = [(operation_at(o), o.deprecated) for o in contract.operations]
    for o in contract.operations:
        marks += [(ParameterAddress(operation_at(o), p.location, p.name), p.deprecated) for p in o.parameters]
    for t in contract.types.values():
        if isinstance(t, ObjectType):
            marks += [(MemberAddress(t.name, (f.name,)), f.deprecated) for f in t.fields]
    found = pick(draw, marks)
    return None if found is None else Deprecate(at=found[0], deprecated=not found[1])


def describe(draw: Draw, contract: Contract, version: str) -> Change | None:
    known = documentation(contract, empty=True)
    places = draw(st.lists(st.sampled_from(sorted(known)), min_size=1, max_size=3, unique=True))
    said = documentation(contract)
    texts = {
        at: {
            "x-note": draw(st.sampled_from(("new", 7, None))),
            **{w: None for w in said.get(at, {}) if draw(st.booleans())},
        }
        for at in places
    }
    nulls = {places[0]: ("x-null",)} if draw(st.booleans()) else {}
    return Describe(texts=texts, nulls=nulls)


PUBLISHED: Mapping[type[Change], Strategy] = {
    ChangeType: change_type,
    AddVariant: add_variant,
    RemoveVariant: remove_variant,
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
"""The strategy of each class of change that only published contracts have."""
