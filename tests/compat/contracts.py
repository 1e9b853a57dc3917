"""Contracts and histories written in Python, small enough to read beside a test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from scaffold.contract.address import MemberAddress, OperationAddress, ParameterAddress, parse_address
from scaffold.contract.changes import Change
from scaffold.contract.contract import Contract, Resource, identity
from scaffold.contract.history import Api, Applied, History, Policy, Release, Scheme, Version, evolve
from scaffold.contract.message import Body, Response
from scaffold.contract.named_types import EnumType, EnumValue, Field, NamedType, ObjectType
from scaffold.contract.operation import Action, Operation
from scaffold.contract.parameter import Location, Parameter
from scaffold.contract.standard import standard_operations
from scaffold.contract.types import Kind, ListOf, Ref, Scalar, Type

STR, INT, DECIMAL = Scalar(Kind.STR), Scalar(Kind.INT), Scalar(Kind.DECIMAL)
ALL = (Action.LIST, Action.GET, Action.CREATE, Action.UPDATE, Action.REPLACE, Action.DELETE)


def member(text: str) -> MemberAddress:
    """The member address written as `text`."""
    found = parse_address(text)
    assert isinstance(found, MemberAddress)
    return found


def parameter_at(text: str) -> ParameterAddress:
    """The parameter address written as `text`."""
    found = parse_address(text)
    assert isinstance(found, ParameterAddress)
    return found


def operation_at(text: str) -> OperationAddress:
    """The operation address written as `text`."""
    found = parse_address(text)
    assert isinstance(found, OperationAddress)
    return found


def field(owner: str, name: str, type_: Type = STR, **more: Any) -> Field:
    """A field of `owner`, born in v1; a name with a question mark is optional."""
    bare = name.rstrip("?")
    return Field(identity("v1", owner, bare), bare, type_, required=bare == name, **more)


def object_type(name: str, *fields: Field, **more: Any) -> ObjectType:
    """An object type born in v1."""
    return ObjectType(identity("v1", name), name, fields, **more)


def enum_type(name: str, *values: str) -> EnumType:
    """An enum born in v1."""
    return EnumType(identity("v1", name), name, tuple(EnumValue(identity("v1", name, v), v) for v in values))


def free_operation(
    id_: str,
    method: str,
    path: str,
    *,
    body: Body | None = None,
    answers: Type | None = None,
    parameters: tuple[Parameter, ...] = (),
) -> Operation:
    """An operation beside the resources, born in v1."""
    born = identity("v1", f"{method} {path}")
    return Operation(born, id_, method, path, (Response(200, "Done.", answers),), parameters, body, summary=id_)


def parameter(operation: str, name: str, type_: Type = STR, **more: Any) -> Parameter:
    """A query parameter of the operation at an address, born in v1."""
    return Parameter(identity("v1", operation, name), name, Location.QUERY, type_, **more)


def contract(
    *types: NamedType,
    resources: Sequence[str] = (),
    operations: Sequence[Operation] = (),
    actions: Sequence[Action] = ALL,
    filters: Sequence[str] = (),
    sort: Sequence[str] = (),
) -> Contract:
    """A contract of `types`, of which `resources` have standard operations at `/<name>s`."""
    made: list[Operation] = list(operations)
    found: dict[str, Resource] = {}
    for type_ in types:
        if isinstance(type_, ObjectType) and type_.name in resources:
            path = f"/{type_.name.lower()}s"
            handler = path[1:]
            chosen = [[f for f in type_.fields if f.name in names] for names in (filters, sort)]
            made += standard_operations("v1", type_, path, handler, actions, *chosen)
            found[type_.name] = Resource(type_.identity, type_.name, path, handler)
    return Contract("v1", {t.name: t for t in types}, found, tuple(made))


KEY: dict[str, Any] = {"key": True, "read_only": True}


def shop() -> Contract:
    """The first version of the example shop."""
    return contract(
        enum_type("Status", "draft", "published"),
        object_type(
            "User",
            field("User", "id", INT, **KEY),
            field("User", "name", Scalar(Kind.STR, min_length=1, max_length=200), example="Ada Lovelace"),
            field("User", "email", Scalar(Kind.EMAIL), unique=True, example="ada@example.com"),
            field("User", "street?", Scalar(Kind.STR, max_length=200)),
            field("User", "city?", Scalar(Kind.STR, max_length=100)),
        ),
        object_type(
            "Product",
            field("Product", "id", INT, **KEY),
            field("Product", "title", Scalar(Kind.STR, min_length=1, max_length=80), example="Garden chair"),
            field(
                "Product",
                "price",
                Scalar(Kind.STR, pattern=r"^[0-9]{1,8}(\.[0-9]{1,2})?$"),
                example="49.90",
            ),
            field("Product", "status", Ref("Status"), default="draft"),
            field("Product", "tags", ListOf(STR, max_items=20), default=[]),
        ),
        resources=("User", "Product"),
        filters=("email", "status"),
        sort=("name", "title"),
    )


def applied(before: Contract, change: Change, version: str = "v2") -> Applied:
    """`change`, made to `before`."""
    return Applied(version, change, before, change.apply(before, version))


def history(
    first: Contract,
    *steps: Sequence[Change],
    releases: Sequence[Change] = (),
    scheme: Scheme = Scheme.MAJOR,
    draft: bool = False,
) -> History:
    """v1 as `first`, with one version a step after it; `releases` are the changes of v1.1."""
    version = Version("v1", date(2025, 1, 15), deprecated=date(2026, 7, 15), sunset=date(2027, 7, 15))
    contracts, versions = [first], [version]
    made: tuple[Applied, ...] = ()
    if releases:
        grown, done = evolve(first, releases, "v1.1")
        contracts = [replace(grown, version="v1")]
        made += done
        release = Release("v1.1", date(2025, 6, 1), tuple(releases))
        versions = [replace(version, releases=(release,))]
    for number, changes in enumerate(steps, start=2):
        last = draft and number == len(steps) + 1
        id_ = "next" if last else f"v{number}"
        grown, done = evolve(contracts[-1], changes, id_)
        contracts.append(grown)
        made += done
        released = None if last else date(2024 + number, 7, 15)
        versions.append(Version(id_, released, changes=tuple(changes), draft=last))
    api = Api("shop", "Shop API")
    return History(api, Policy(), scheme, tuple(versions), tuple(contracts), tuple(made))
