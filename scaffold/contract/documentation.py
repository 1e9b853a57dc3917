"""What a contract says in prose, by address: descriptions, examples, `x-` keywords. It promises nothing.

Addresses are those of changes, and beyond them: `api` the whole contract, `auth Key` a security scheme,
`User.tags[]` the items of a list, `User.labels{}` the values of a map, `Payment.method|Card` a variant,
`POST /users body application/json` one form of a body, `… schema` what is written in the place of a type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any, TypeVar, cast

from .address import quoted
from .contract import Contract
from .message import Body, Media, Response
from .named_types import AliasType, EnumType, EnumValue, Field, NamedType, ObjectType
from .operation import Operation
from .types import Extra, ListOf, MapOf, Type, UnionOf

T = TypeVar("T")
Visit = Callable[[str, Extra], Extra]
"""Called with an address and what is said there; gives what is to be said there."""

PROSE = ("summary", "description", "example", "tags")
"""Keywords that the values of a contract hold as attributes."""


def documentation(contract: Contract, *, empty: bool = False) -> dict[str, Extra]:
    """What is said at each address of `contract`, and with `empty` also the addresses where nothing is."""
    found: dict[str, Extra] = {}

    def look(at: str, said: Extra) -> Extra:
        if said or empty:
            found[at] = said
        return said

    _visited(contract, look)
    return found


def documented(
    contract: Contract, texts: Mapping[str, Extra], nulls: Mapping[str, tuple[str, ...]] | None = None
) -> Contract:
    """`contract` saying `texts` at their addresses; a keyword that is None goes, those of `nulls` are null."""
    null = nulls or {}

    def say(at: str, said: Extra) -> Extra:
        new = texts.get(at, {})
        if not new and at not in null:
            return said
        gone = {word for word, value in new.items() if value is None}
        made = {word: value for word, value in {**said, **new}.items() if word not in gone}
        return made | dict.fromkeys(null.get(at, ()))

    return _visited(contract, say)


def _visited(contract: Contract, visit: Visit) -> Contract:
    types = {name: _named(t, visit) for name, t in contract.types.items()}
    operations = tuple(_operation(o, visit) for o in contract.operations)
    schemes = {name: _said(s, f"auth {name}", visit) for name, s in contract.security_schemes.items()}
    made = replace(contract, types=types, operations=operations, security_schemes=schemes)
    return _said(made, "api", visit)


def _said(value: T, at: str, visit: Visit) -> T:
    """`value` saying what `visit` gives; its attributes for prose and its `extra` are one mapping to it."""
    held: Any = value
    class_: Any = type(value)
    unsaid = _unsaid(class_)
    before = {word: getattr(held, word) for word in unsaid if getattr(held, word) != unsaid[word]}
    before = {word: list(v) if isinstance(v, tuple) else v for word, v in before.items()} | dict(held.extra)
    found = visit(at, before)
    if found is before or repr(found) == repr(before):  # `==` would take 1 for true
        return value
    after = dict(found)
    edits: dict[str, Any] = {}
    for word, nothing in unsaid.items():
        said = after.pop(word, nothing)
        edits[word] = tuple(said) if isinstance(said, list) and word == "tags" else said
    return cast(T, replace(held, extra=after, **edits))


@cache
def _unsaid(class_: Any) -> Mapping[str, Any]:
    """The attributes for prose that values of a class have, each with what it is when nothing is said."""
    nothing = {f.name: f.default for f in fields(class_) if f.name in PROSE}
    return {**nothing, "description": ""} if class_ is Response else nothing


def _named(type_: NamedType, visit: Visit) -> NamedType:
    made = _said(type_, type_.name, visit)
    match made:
        case ObjectType():
            rest = None if made.rest is None else _type(made.rest, f"{made.name}{{}}", visit)
            fields_ = tuple(_field(f, made.name, visit) for f in made.fields)
            same = rest is made.rest and all(f is g for f, g in zip(fields_, made.fields, strict=True))
            return made if same else replace(made, fields=fields_, rest=rest)
        case EnumType():
            values = tuple(_value(v, made.name, visit) for v in made.values)
            same = all(v is w for v, w in zip(values, made.values, strict=True))
            return made if same else replace(made, values=values)
        case AliasType():
            return _holding(made, made.name, visit)


def _field(field: Field, owner: str, visit: Visit) -> Field:
    at = f"{owner}.{quoted(field.name)}"
    return _holding(_said(field, at, visit), at, visit)


def _value(value: EnumValue, owner: str, visit: Visit) -> EnumValue:
    return _said(value, f"{owner}.{quoted(value.value)}", visit)


def _type(type_: Type, at: str, visit: Visit) -> Type:
    """A type that is written in a place of its own."""
    return _inside(_said(type_, at, visit), at, visit)


H = TypeVar("H", Field, AliasType)


def _holding(value: H, at: str, visit: Visit) -> H:
    """What speaks for the place of its type, with what the type holds."""
    type_ = _inside(value.type, at, visit)
    return value if type_ is value.type else replace(value, type=type_)


def _inside(type_: Type, at: str, visit: Visit) -> Type:
    """A type of whose place something else speaks, with what it holds."""
    match type_:
        case ListOf(items=inner):
            items = _type(inner, f"{at}[]", visit)
            return type_ if items is inner else replace(type_, items=items)
        case MapOf(values=inner):
            values = _type(inner, f"{at}{{}}", visit)
            return type_ if values is inner else replace(type_, values=values)
        case UnionOf(variants):
            names = [str(v) for v in variants]
            told = [n if names.count(n) == 1 else str(i + 1) for i, n in enumerate(names)]
            made = tuple(_type(v, f"{at}|{n}", visit) for v, n in zip(variants, told, strict=True))
            same = all(v is w for v, w in zip(made, variants, strict=True))
            return type_ if same else replace(type_, variants=made)
        case _:
            return type_


def _operation(operation: Operation, visit: Visit) -> Operation:
    at = operation.address
    made = _said(operation, at, visit)
    parameters = []
    for p in made.parameters:
        where = f"{at}?{p.name}" if p.location == "query" else f"{at} {p.location} {p.name}"
        said = _said(p, where, visit)
        parameters.append(replace(said, type=_type(said.type, f"{where} schema", visit)))
    return replace(
        made,
        parameters=tuple(parameters),
        body=None if made.body is None else _carried(made.body, f"{at} body", visit),
        responses=tuple(_response(r, f"{at} {r.status}", visit) for r in made.responses),
    )


def _response(response: Response, at: str, visit: Visit) -> Response:
    made = _carried(response, at, visit)
    headers = []
    for h in made.headers:
        said = _said(h, f"{at} header {h.name}", visit)
        headers.append(replace(said, type=_type(said.type, f"{at} header {h.name} schema", visit)))
    return replace(made, headers=tuple(headers))


C = TypeVar("C", Body, Response)


def _carried(value: C, at: str, visit: Visit) -> C:
    """A body or an answer with each form it travels in."""
    made = _said(value, at, visit)
    if made.type is None:
        return made
    first, *others = (_media(m, at, visit) for m in made.forms)
    assert first.type is not None  # a form for itself keeps its type
    return replace(made, type=first.type, media=first.extra, others=tuple(others))


def _media(media: Media, at: str, visit: Visit) -> Media:
    where = f"{at} {media.media_type}"
    made = _said(media, where, visit)
    return made if made.type is None else replace(made, type=_type(made.type, f"{where} schema", visit))
