"""Inference with its promise kept: what it gives leads from one contract to the other, to the last description."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scaffold.contract.contract import Contract, identity
from scaffold.contract.history import Api, Version, evolve
from scaffold.contract.message import Body, Response, View
from scaffold.contract.named_types import AliasType, EnumType, EnumValue, Field, NamedType, ObjectType
from scaffold.contract.operation import Action, Operation
from scaffold.contract.parameter import Location, Parameter, Role
from scaffold.contract.types import Kind, Ref, Scalar, Type
from scaffold.openapi import differences, document
from scaffold.openapi.inference import Inferred, infer, unlike

API = Api("cards", "Cards")
STR, INT, DATE = Scalar(Kind.STR), Scalar(Kind.INT), Scalar(Kind.DATE)


def inferred(old: Contract, new: Contract, *, guess: bool = True) -> Inferred:
    """What leads from `old` to `new`, after a look at whether it does."""
    found = infer(old, new, "v2", guess=guess)
    assert found.remaining == ()
    after, _ = evolve(old, found.changes, "v2")
    assert unlike(after, new) == ()
    version = Version("v2", None)
    assert list(differences(document(after, API, version), document(new, API, version))) == []
    assert infer(after, new, "v3").changes == ()
    assert [c for c in found.changes if c.guessed is not None] == [g.change for g in found.guesses]
    assert all(c.change in found.changes for c in found.choices)
    if not guess:
        assert found.guesses == ()
    return found


def sentences(found: Inferred) -> list[str]:
    """The changes in English."""
    return [c.sentence() for c in found.changes]


def field(name: str, type_: Type = STR, **more: object) -> Field:
    """A field; a question mark makes it optional."""
    bare = name.rstrip("?")
    return replace(Field(bare, bare, type_, required=bare == name), **more)  # type: ignore[arg-type]  # keys of a field


def object_type(name: str, *fields: Field, **more: object) -> ObjectType:
    """An object of `fields`."""
    held = tuple(replace(f, identity=identity("v1", name, f.name)) for f in fields)
    return replace(ObjectType(identity("v1", name), name, held), **more)  # type: ignore[arg-type]  # keys of an object


def enum_type(name: str, *values: str, **more: object) -> EnumType:
    """An enum of `values`."""
    held = tuple(EnumValue(identity("v1", name, v), v) for v in values)
    return replace(EnumType(identity("v1", name), name, held), **more)  # type: ignore[arg-type]  # keys of an enum


def alias(name: str, type_: Type, **more: object) -> AliasType:
    """A name for a type."""
    return replace(AliasType(identity("v1", name), name, type_), **more)  # type: ignore[arg-type]  # keys of an alias


def operation(
    address: str,
    *,
    takes: Type | Body | None = None,
    gives: Type | Sequence[Response] | None = None,
    parameters: Sequence[Parameter] = (),
    id_: str | None = None,
    **more: object,
) -> Operation:
    """An operation at `address`, `POST /cards`."""
    method, path = address.split()
    body = takes if takes is None or isinstance(takes, Body) else Body(takes)
    responses = tuple(gives) if isinstance(gives, Sequence) else (Response(200, "Done.", gives),)
    named = id_ or f"{method.lower()}{path.replace('/', '_').replace('{', '').replace('}', '')}"
    made = Operation(identity("v1", address), named, method, path, responses, tuple(parameters), body)
    return replace(made, **more)  # type: ignore[arg-type]  # keys of an operation


def contract(*parts: NamedType | Operation, version: str = "v1", **more: object) -> Contract:
    """A contract of types and operations."""
    types = {p.name: p for p in parts if not isinstance(p, Operation)}
    made = Contract(version, types, operations=tuple(p for p in parts if isinstance(p, Operation)))
    return replace(made, **more)  # type: ignore[arg-type]  # keys of a contract


def read_again(contract: Contract) -> Contract:
    """`contract` as if read from its document: without resources, keys, roles, and with other identities."""

    def type_(held: NamedType) -> NamedType:
        born = f"read:{held.name}"
        match held:
            case ObjectType():
                unsaid = dict.fromkeys(("meaning", "refers", "computed", "alias_of", "elsewhere"))
                fields = tuple(replace(f, identity=f"{born}.{f.name}", key=False, **unsaid) for f in held.fields)
                return replace(held, identity=born, fields=fields)
            case EnumType():
                return replace(
                    held, identity=born, values=tuple(replace(v, identity=f"{born}.{v.value}") for v in held.values)
                )
            case AliasType():
                return replace(held, identity=born)

    def operation(held: Operation) -> Operation:
        born = f"read:{held.address}"
        parameters = tuple(
            replace(p, identity=f"{born}.{p.location}.{p.name}", role=Role.PLAIN, fields=()) for p in held.parameters
        )
        body = None if held.body is None else replace(held.body, view=View.INPUT)
        return replace(
            held,
            identity=born,
            parameters=parameters,
            body=body,
            responses=tuple(replace(r, page=False) for r in held.responses),
            action=Action.FREE,
            resource=None,
            handler="operations",
        )

    return replace(
        contract,
        types={n: type_(t) for n, t in contract.types.items()},
        resources={},
        operations=tuple(map(operation, contract.operations)),
    )


def said(old: Contract, new: Contract) -> list[str]:
    """The sentences of what leads from `old` to `new`, the same without guesses."""
    assert sentences(inferred(old, new, guess=False)) == sentences(inferred(old, new))
    return sentences(inferred(old, new))


def shop(*types: NamedType, card: object = None, **more: object) -> Contract:
    """A contract that takes and gives a card."""
    held = card if card is not None else object_type("Card", field("number"))
    return contract(held, *types, operation("POST /cards", takes=Ref("Card"), gives=Ref("Card")), **more)  # type: ignore[arg-type]  # a type


def cards(*fields: object, **more: object) -> Contract:
    """A contract whose card has these fields."""
    return shop(card=object_type("Card", *fields, **more))  # type: ignore[arg-type]  # fields


def query(name: str, type_: Type = STR, **more: object) -> Parameter:
    """A query parameter."""
    return replace(Parameter(name, name, Location.QUERY, type_), **more)  # type: ignore[arg-type]  # keys of a parameter
