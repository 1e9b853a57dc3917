"""Contracts without aliases: every name for a type that is no object and no enum replaced by what it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .contract import Contract
from .history import Applied, History
from .message import Body, Header, Media, Response
from .named_types import AliasType, Field, ObjectType
from .operation import Operation
from .parameter import Parameter
from .types import Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf


def expanded(history: History) -> History:
    """`history` with every contract, and every step between two, without aliases.

    Converters, records and shapes are made of this: an alias is a name in documents and nothing on the wire.
    """
    if history.complete is not None:
        return expanded(history.complete).served
    made: dict[int, Contract] = {}

    def once(contract: Contract) -> Contract:
        if id(contract) not in made:
            made[id(contract)] = without_aliases(contract)
        return made[id(contract)]

    if not any(isinstance(t, AliasType) for c in _all(history) for t in c.types.values()):
        return history
    return replace(
        history,
        contracts=tuple(once(c) for c in history.contracts),
        applied=tuple(Applied(a.version, a.change, once(a.before), once(a.after)) for a in history.applied),
    )


def _all(history: History) -> list[Contract]:
    return [*history.contracts, *(c for a in history.applied for c in (a.before, a.after))]


def without_aliases(contract: Contract) -> Contract:
    """`contract` with what each alias stands for in the place of its name."""
    aliases = {n: t for n, t in contract.types.items() if isinstance(t, AliasType)}
    if not aliases:
        return contract
    types = {
        n: replace(
            t,
            fields=tuple(_field(f, aliases) for f in t.fields),
            rest=None if t.rest is None else _type(t.rest, aliases, ()),
        )
        if isinstance(t, ObjectType)
        else t
        for n, t in contract.types.items()
        if n not in aliases
    }
    return replace(contract, types=types, operations=tuple(_operation(o, aliases) for o in contract.operations))


def _field(field: Field, aliases: Mapping[str, AliasType]) -> Field:
    type_, nullable = _apart(_type(field.type, aliases, ()))
    return field if type_ is field.type else replace(field, type=type_, nullable=field.nullable or nullable)


def _operation(operation: Operation, aliases: Mapping[str, AliasType]) -> Operation:
    return replace(
        operation,
        parameters=tuple(_parameter(p, aliases) for p in operation.parameters),
        body=None if operation.body is None else _body(operation.body, aliases),
        responses=tuple(_response(r, aliases) for r in operation.responses),
    )


def _parameter(parameter: Parameter, aliases: Mapping[str, AliasType]) -> Parameter:
    return replace(parameter, type=_type(parameter.type, aliases, ()))


def _body(body: Body, aliases: Mapping[str, AliasType]) -> Body:
    return replace(body, type=_type(body.type, aliases, ()), others=tuple(_media(m, aliases) for m in body.others))


def _response(response: Response, aliases: Mapping[str, AliasType]) -> Response:
    return replace(
        response,
        type=None if response.type is None else _type(response.type, aliases, ()),
        others=tuple(_media(m, aliases) for m in response.others),
        headers=tuple(_header(h, aliases) for h in response.headers),
    )


def _media(media: Media, aliases: Mapping[str, AliasType]) -> Media:
    return media if media.type is None else replace(media, type=_type(media.type, aliases, ()))


def _header(header: Header, aliases: Mapping[str, AliasType]) -> Header:
    return replace(header, type=_type(header.type, aliases, ()))


def _type(type_: Type, aliases: Mapping[str, AliasType], inside: tuple[str, ...]) -> Type:
    """`type_` with aliases replaced; one that leads into itself becomes free JSON there."""
    match type_:
        case Ref(name) if name in aliases:
            if name in inside:
                return Scalar(Kind.JSON)
            made = _type(aliases[name].type, aliases, (*inside, name))
            return _or_null(made) if aliases[name].nullable else made
        case ListOf():
            return replace(type_, items=_type(type_.items, aliases, inside))
        case MapOf():
            return replace(type_, values=_type(type_.values, aliases, inside))
        case UnionOf():
            return _flat(replace(type_, variants=tuple(_type(v, aliases, inside) for v in type_.variants)))
        case _:
            return type_


def _or_null(type_: Type) -> Type:
    null = Scalar(Kind.NULL)
    if isinstance(type_, UnionOf):
        return type_ if null in type_.variants else replace(type_, variants=(*type_.variants, null))
    return UnionOf((type_, null), exclusive=False)


def _flat(union: UnionOf) -> UnionOf:
    """A union of unions as one, where nothing but its variants is said of the inner ones."""
    variants: list[Type] = []
    for variant in union.variants:
        inner = variant.variants if isinstance(variant, UnionOf) and variant.discriminator is None else (variant,)
        variants += [v for v in inner if v not in variants]
    return replace(union, variants=tuple(variants))


def _apart(type_: Type) -> tuple[Type, bool]:
    """A type of a field without its null, and whether it had one: fields say so themselves."""
    null = Scalar(Kind.NULL)
    if not isinstance(type_, UnionOf) or null not in type_.variants:
        return type_, False
    left = tuple(v for v in type_.variants if v != null)
    return (left[0] if len(left) == 1 else replace(type_, variants=left)), True
