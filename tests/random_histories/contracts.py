"""Strategies of first contracts: resources with nested objects, enums, lists, maps and free operations."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from scaffold.contract.contract import Contract, Envelope, Resource, identity
from scaffold.contract.message import Body, Header, Response, View
from scaffold.contract.named_types import Field, NamedType, ObjectType
from scaffold.contract.operation import Action, Operation
from scaffold.contract.parameter import Location, Parameter
from scaffold.contract.security import Requirement, SecurityKind, SecurityScheme
from scaffold.contract.standard import as_resource, standard_operations
from scaffold.contract.types import MISSING, Kind, ListOf, Ref, Scalar, Type

from .made_types import NAMES, ROOTS, Draw, enum_types, name_of, object_types, with_union
from .values import values

CARRIED: tuple[Type, ...] = (Scalar(Kind.INT), Scalar(Kind.DATE), ListOf(Scalar(Kind.STR)))
"""What operations carry beside objects."""

SCHEMES = {
    "Key": SecurityScheme("Key", SecurityKind.API_KEY, Location.HEADER, "X-Key"),
    "Basic": SecurityScheme("Basic", SecurityKind.HTTP, scheme="basic"),
}
KEY: tuple[Requirement, ...] = ((("Key", ()),),)
"""The ways to be let in, and the one that is asked for where objects are somebody's."""

ENVELOPES = (None, {"data": "$items"}, {"data": "$items", "meta": {"total": "$total"}}, {"items": "$items", "n": 1})
ACTIONS = (Action.LIST, Action.GET, Action.CREATE, Action.UPDATE, Action.REPLACE, Action.DELETE)


def kept(contract: Contract) -> list[ObjectType]:
    """The types of the resources, also of those that are being made."""
    objects = (t for t in contract.types.values() if isinstance(t, ObjectType))
    return [t for t in objects if name_of(t.identity) in ROOTS and t.key is not None]


@st.composite
def references(draw: Draw, contract: Contract, owner: str, name: str, version: str, *, lacking: bool) -> Field:
    """A field that refers to a resource, of which there is one row; it may be `lacking`."""
    target = draw(st.sampled_from(kept(contract)))
    assert target.key is not None
    required = not lacking and draw(st.booleans())
    nullable = draw(st.integers(0, 3)) == 0
    born = identity(version, owner, name)
    return Field(born, name, target.key.type, required=required, nullable=nullable, refers=target.identity)


@st.composite
def resources(
    draw: Draw, contract: Contract, name: str, version: str
) -> tuple[Resource, tuple[NamedType, ...], tuple[Operation, ...]]:
    """A resource with its type and its standard operations; it may refer to others, and be somebody's."""
    type_ = as_resource(draw(object_types(contract, name, version, key=True)))
    if kept(contract) and draw(st.integers(0, 2)) == 0:
        free = [n for n in NAMES if type_.field(n) is None]
        made = draw(references(contract, type_.identity, draw(st.sampled_from(free)), version, lacking=False))
        type_ = replace(type_, fields=(*type_.fields, made))
    if contract.security:
        whose = Field(identity(version, type_.identity, "whose"), "whose", Scalar(Kind.STR), owner=True, read_only=True)
        type_ = replace(type_, fields=(*type_.fields, whose))
    path = f"/{name.lower()}s"
    simple = [f for f in type_.fields if isinstance(f.type, Scalar) and f.type.kind is not Kind.JSON]
    open_ = [f for f in simple if not f.write_only]
    chosen = draw(st.lists(st.sampled_from(open_), max_size=2, unique_by=lambda f: f.name)) if open_ else []
    handler = path[1:] if version == "v1" else draw(st.sampled_from((path[1:], f"{path[1:]}_{version}")))
    made = standard_operations(version, type_, path, handler, ACTIONS, chosen, chosen, contract.pagination)
    return Resource(type_.identity, name, path, handler), (type_,), made


@st.composite
def operations(draw: Draw, contract: Contract, version: str, number: int) -> Operation:
    """A free operation: a body of some type, an answer of another or two, a header, one parameter."""
    objects = [n for n, t in contract.types.items() if isinstance(t, ObjectType)]
    method, path = draw(st.sampled_from(("POST", "PUT"))), f"/actions/a{number}"
    born = identity(version, f"{method} {path}")
    carried: list[Type] = [*map(Ref, objects), *CARRIED]
    body = Body(draw(st.sampled_from(carried)), view=View.INPUT) if draw(st.booleans()) else None
    answer = draw(st.sampled_from(carried)) if draw(st.integers(0, 3)) else None
    named = draw(st.sampled_from(((), (Header("X-Rate", Scalar(Kind.INT), required=True),))))
    answers = (Response(200, "Done.", answer, headers=named), Response(409, "It is taken."))
    return Operation(
        born,
        f"action_{number}",
        method,
        path,
        answers[: draw(st.integers(1, 2))],
        (draw(parameters(born, "mode")),),
        body,
        summary="Act",
    )


@st.composite
def parameters(draw: Draw, operation: str, name: str) -> Parameter:
    """A query or header parameter."""
    location = draw(st.sampled_from((Location.QUERY, Location.HEADER)))
    kind = draw(st.sampled_from((Kind.STR, Kind.INT, Kind.BOOL)))
    default = draw(values(Contract(""), Scalar(kind))) if draw(st.booleans()) else MISSING
    return Parameter(f"{operation}.{location}.{name}", name, location, Scalar(kind), default=default)


@st.composite
def contracts(draw: Draw, version: str = "v1") -> Contract:
    """A first contract: an enum, up to two nested types, one or two resources, perhaps a union, a free operation."""
    made = Contract(version)
    if draw(st.integers(0, 4)) == 0:
        made = replace(made, security=KEY, security_schemes=SCHEMES)
    made = made.with_type(draw(enum_types("Status", version)))
    for name in ("Place", "Part")[: draw(st.integers(0, 2))]:
        key = draw(st.booleans())
        made = made.with_type(draw(object_types(made, name, version, key=key, most=3)))
    if draw(st.integers(0, 2)) == 0:
        made = draw(with_union(made, version))
    found: dict[str, Resource] = {}
    done: tuple[Operation, ...] = ()
    for name in ("User", "Order")[: draw(st.integers(1, 2))]:
        resource, types_, standard = draw(resources(made, name, version))
        for type_ in types_:
            made = made.with_type(type_)
        found[name] = resource
        done += standard
    made = replace(made, resources=found, operations=done, envelope=Envelope(draw(st.sampled_from(ENVELOPES))))
    if draw(st.integers(0, 3)):
        made = made.with_operation(draw(operations(made, version, 0)))
    return made
