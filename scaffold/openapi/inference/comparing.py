"""What a contract says, place by place: no identities, no order of declaration, no names of types written in place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from ...contract.contract import Contract
from ...contract.held_back import shown_to_others
from ...contract.message import Body, Response
from ...contract.named_types import AliasType, EnumType, EnumValue, Field, NamedType, ObjectType
from ...contract.operation import Operation
from ...contract.security import Requirement
from ...contract.types import MISSING, Json, Ref, Type, references

OUTSIDE = frozenset(
    {
        *("identity", "handler", "resource", "action", "role"),
        *("meaning", "refers", "computed", "alias_of", "elsewhere", "shown", "accepts", "owner"),
    }
)
"""Attributes that no document states."""

PROSE = frozenset({"description", "summary", "example", "tags", "extra", "media"})
"""Attributes that promise nothing."""


def text(value: Json) -> str:
    """A JSON value as text: the same for two that JSON calls the same, so 1 and 1.0 but not 1 and true."""
    made = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    if ".0" not in made:
        return made
    return json.dumps(_number(value), sort_keys=True, ensure_ascii=False, default=str)


def _number(value: Json) -> Json:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {str(k): _number(v) for k, v in value.items()}
    return [_number(v) for v in value] if isinstance(value, list | tuple) else value


def type_text(type_: Type | None) -> str:
    """What a type promises, as text; named types by their names."""
    return text(_promise(type_))


def same_type(one: Type | None, other: Type | None) -> bool:
    """Whether two types promise the same, named types by their names."""
    return one is other or one == other or type_text(one) == type_text(other)


def forms(value: Body | Response) -> dict[str, str]:
    """What each form of a body or an answer promises, by media type."""
    return {f.media_type: type_text(f.type) for f in value.forms}


def ways(requirements: tuple[Requirement, ...] | None) -> str:
    """Who is let in, regardless of order."""
    if requirements is None:
        return "default"
    return text(sorted(text(sorted([name, sorted(scopes)] for name, scopes in way)) for way in requirements))


def unlike(one: Contract, other: Contract) -> tuple[str, ...]:
    """Where two contracts say something else, each place in one line; nothing where they say the same."""
    return apart(said(one), said(other))


def apart(left: Mapping[str, str], right: Mapping[str, str]) -> tuple[str, ...]:
    """The same for what two contracts say."""
    found = []
    for at in {**left, **right}:
        if at not in right:
            found.append(f"`{at}` is only in the first")
        elif at not in left:
            found.append(f"`{at}` is only in the second")
        elif left[at] != right[at]:
            found.append(f"`{at}`: {_where(json.loads(left[at]), json.loads(right[at]))}")
    return tuple(found)


def _where(one: Json, other: Json) -> str:
    if not isinstance(one, dict) or not isinstance(other, dict):
        return f"{text(one)} and {text(other)}"
    words = [w for w in {**one, **other} if text(one.get(w)) != text(other.get(w))]
    return "; ".join(f"{w} {text(one.get(w))} and {text(other.get(w))}" for w in words)


def said(contract: Contract) -> dict[str, str]:
    """What is said at each address of `contract`, as text."""
    texts: dict[str, str] = {}
    inline = {n for n, t in contract.types.items() if is_inline(t)}
    for type_ in contract.types.values():
        if type_.name not in inline:
            texts.update(_named(type_, contract, inline))
    found: dict[str, Json] = {}
    for operation in contract.operations:
        _operation(operation, contract, found)
    for scheme in contract.security_schemes.values():
        found[f"auth {scheme.name}"] = _plain(scheme, contract, ())
    found["auth"] = ways(contract.security)
    found["errors"] = _plain(contract.errors, contract, ())
    found["envelope"] = contract.envelope.template
    found["api"] = dict(contract.extra)
    found.update({f"resource {r.type}": r.path for r in contract.resources.values()})
    return texts | {at: text(value) for at, value in found.items()}


def said_by(contract: Contract, operation: Operation) -> dict[str, str]:
    """What is said at each address of one operation of `contract`, as text."""
    found: dict[str, Json] = {}
    _operation(operation, contract, found)
    return {at: text(value) for at, value in found.items()}


def is_inline(type_: NamedType) -> bool:
    """Whether a named type is written in its place."""
    return not isinstance(type_, AliasType) and type_.inline


def _named(type_: NamedType, contract: Contract, inline: set[str]) -> Mapping[str, str]:
    """What is said at the addresses of one type."""
    match type_:
        case ObjectType():
            parts = {f.name: _once(f, references(f.type), contract, inline) for f in type_.fields}
            made = _attributed(type_, contract, (), ("fields",))
        case EnumType():
            parts = {v.value: _once(v, (), contract, inline) + _instead(type_, v) for v in type_.values}
            made = _attributed(type_, contract, (), ("values",))
        case _:
            parts, made = {}, _attributed(type_, contract, (), ())
    return {type_.name: text(made), **{f"{type_.name}.{name}": value for name, value in parts.items()}}


def _instead(enum: EnumType, value: EnumValue) -> str:
    """What callers who do not ask for `value` are shown: an identity in the value, a word here."""
    shown = shown_to_others(enum, value)
    return "" if shown is None else f" others see {shown.value}"


def _once(part: Field | EnumValue, names: Iterable[str], contract: Contract, inline: set[str]) -> str:
    """What one field or value says; worked out once where nothing is written in its place."""
    alone = inline.isdisjoint(names)
    known: str | None = part.__dict__.get("_said") if alone else None
    if known is None:
        known = text(_plain(part, contract, ()))
        if alone:
            part.__dict__["_said"] = known
    return known


def _operation(operation: Operation, contract: Contract, found: dict[str, Json]) -> None:
    made = _plain(operation, contract, ())
    for at, value in made.pop("parameters").items():
        found[f"{operation.address} {at}"] = value
    found[f"{operation.address} body"] = made.pop("body", None)
    for status, value in made.pop("responses").items():
        found[f"{operation.address} {status}"] = value
    found[operation.address] = made


@cache
def _attributes(class_: Any) -> tuple[str, ...]:
    return tuple(f.name for f in fields(class_) if f.name not in OUTSIDE)


def _plain(value: Any, contract: Contract, inside: tuple[str, ...]) -> Any:
    """A value as JSON; types written in place are in their places, those that lead back to themselves by distance."""
    if value is None or isinstance(value, str | int | float):
        return value
    match value:
        case Ref(name) if name in contract.types and is_inline(contract.types[name]):
            if name in inside:
                return {"again": len(inside) - inside.index(name), "extra": dict(value.extra)}
            made = _plain(contract.types[name], contract, (*inside, name))
            del made["name"]
            return {"inline": made, "extra": dict(value.extra)}
        case Body() | Response():
            made = _attributed(value, contract, inside, ("media_type", "type", "others", "media"))
            made["forms"] = {f.media_type: _plain(f, contract, inside) for f in value.forms}
            if isinstance(value, Response):
                made["headers"] = {h.name: _plain(h, contract, inside) for h in value.headers}
            return made
        case _ if is_dataclass(value):
            return _attributed(value, contract, inside, ("fields",) if hasattr(value, "role") else ())
        case Mapping():
            return dict(value)
    return value


def _attributed(value: Any, contract: Contract, inside: tuple[str, ...], leave: Iterable[str]) -> dict[str, Any]:
    class_: Any = type(value)
    made: dict[str, Any] = {"is": class_.__name__}
    for name in _attributes(class_):
        held = getattr(value, name)
        if name in leave or held is None or held is MISSING:
            continue
        if isinstance(held, tuple):
            made[name] = _gathered(name, held, contract, inside)
        else:
            made[name] = _plain(held, contract, inside) if name not in ("default", "example", "flows") else [held]
    if isinstance(value, Operation) and value.security is not None:
        made["security"] = ways(value.security)
    return made


def _gathered(name: str, held: tuple[Any, ...], contract: Contract, inside: tuple[str, ...]) -> Any:
    """A tuple regardless of order: by name where its members have one."""
    parts = [_plain(v, contract, inside) for v in held]
    match name:
        case "fields":
            return {f.name: p for f, p in zip(held, parts, strict=True)}
        case "values":
            return {f.value: p for f, p in zip(held, parts, strict=True)}
        case "parameters":
            return {f"{f.location.value} {f.name}": p for f, p in zip(held, parts, strict=True)}
        case "responses":
            return {str(f.status): p for f, p in zip(held, parts, strict=True)}
        case "tags":
            return parts
        case _:
            return sorted(parts, key=text)


def _promise(value: Any) -> Any:
    """A type as JSON without prose."""
    if value is None or isinstance(value, str | int | float):
        return value
    if is_dataclass(value):
        class_: Any = type(value)
        names = [n for n in _attributes(class_) if n not in PROSE]
        made = {n: _promise(getattr(value, n)) for n in names if getattr(value, n) not in (None, ())}
        return {"is": class_.__name__, **made}
    if isinstance(value, tuple):
        return sorted((_promise(v) for v in value), key=text)
    return value
