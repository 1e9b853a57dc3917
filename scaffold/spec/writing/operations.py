"""Operations, their parameters, bodies and answers, and who is let in, as a spec states them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ...contract.contract import Contract, Resource
from ...contract.message import JSON, Body, Header, Media, Response
from ...contract.naming import pascal
from ...contract.operation import Operation
from ...contract.parameter import Location, Parameter
from ...contract.security import Requirement, SecurityScheme
from ...contract.types import MISSING, Kind, Scalar, Type
from ..answers import phrase
from ..parameters import resource_at, usual_in_path
from ..paths import parameters_in
from .keys import PLAIN, Keys, Naming, Places, said, short
from .layout import Block, Members, Value
from .scalars import Word
from .types import bare


def operation_keys(operation: Operation, places: Places, contract: Contract) -> Keys:
    """What stands under `METHOD /path`, where the types and resources of `contract` are known."""
    owner = resource_at(operation.path, contract.resources)
    made: Keys = {}
    if operation.id != _default_id(operation.method, operation.path):
        made["id"] = operation.id
    for name in ("summary", "description"):
        if getattr(operation, name) is not None:
            made[name] = getattr(operation, name)
    if operation.handler != ("operations" if owner is None else owner.handler):
        made["handler"] = operation.handler
    if operation.tags != (() if operation.handler == "operations" else (operation.handler,)):
        made["tags"] = list(operation.tags)
    if operation.deprecated:
        made["deprecated"] = True
    if operation.security is not None:
        made["security"] = security(operation.security)
    made |= said(operation.extra)
    answers = _answers(operation, places)  # types that are written in a place are read in this order
    parameters = _parameters(operation, places, owner, contract)
    if parameters:
        made["parameters"] = Block(parameters)
    if operation.body is not None:
        made["body"] = short_of(body_keys(operation.body, body_name(operation.id), places))
    return made | answers


def _default_id(method: str, path: str) -> str:
    return re.sub(r"\W+", "_", f"{method.lower()}{path}").strip("_").lower()


def short_of(keys: Keys) -> Value:
    """A type expression where that is all there is; null where there is nothing."""
    return short(keys) if keys else None


def _answers(operation: Operation, places: Places) -> Keys:
    if [(r.status, r.type is None) for r in operation.responses] == [(200, False)]:
        name = f"{pascal(operation.id)}Response"
        return {"response": short(response_keys(operation.responses[0], name, places))}
    made = Block()
    for r in operation.responses:
        made[Word(r.status)] = short_of(response_keys(r, answer_name(operation.id, r.status), places))
    return {"responses": made}


def answer_name(operation: str, status: int | str) -> str:
    """What a type is called that is written in an answer of the operation with this id."""
    return f"{pascal(operation)}Response{pascal(str(status))}"


def body_name(operation: str) -> str:
    """What a type is called that is written in the body of the operation with this id."""
    return f"{pascal(operation)}Body"


def _parameters(operation: Operation, places: Places, owner: Resource | None, contract: Contract) -> Keys:
    in_path = parameters_in(operation.path)
    names = [p.name for p in operation.parameters]
    made: Keys = {}
    for p in operation.parameters:
        keys = parameter_keys(p, places)
        name = p.name
        if p.location is Location.PATH:
            known = None if owner is None else usual_in_path(p.name, operation.path, owner, contract.types)
            usual = Scalar(Kind.STR) if known is None else known[1].type
            if p.type == usual and set(keys) == {"type"}:
                continue
        elif names.count(p.name) > 1 or p.name in in_path:
            name = f"{p.location} {p.name}"
        elif p.location is not Location.QUERY:
            keys = {**({"type": keys["type"]} if "type" in keys else {}), "in": str(p.location), **keys}
        made[name] = short(keys)
    return made


def parameter_keys(parameter: Parameter, places: Places) -> Keys:
    """The long form of a parameter, without its place."""
    keys = bare(parameter.type, places, PLAIN)
    if parameter.required and parameter.location is not Location.PATH:
        keys["required"] = True
    for part in ("default", "example"):
        value = getattr(parameter, part)
        if value is not MISSING:
            keys[part] = value
    for part in ("style", "explode", "media_type"):
        value = getattr(parameter, part)
        if value is not None:
            keys[part] = value
    return keys | _about(parameter, parameter.type)


def _about(value: Parameter | Header | Body, type_: Type) -> Keys:
    """What is said of a parameter, a header or a body, and what its schema says."""
    made: Keys = {}
    if isinstance(value, Parameter | Header) and value.deprecated:
        made["deprecated"] = True
    if value.description is not None:
        made["description"] = value.description
    made |= said(value.extra)
    return made | schema(type_)


def schema(type_: Type) -> Keys:
    """What a type says of itself where something else speaks of its place."""
    return {"schema": dict(type_.extra)} if type_.extra else {}


def body_keys(body: Body, name: str, places: Places) -> Keys:
    """The long form of a body; a type that is written in it is called `name`."""
    keys = bare(body.type, places, Naming(name))
    if not body.required:
        keys["required"] = False
    keys |= _form(body.media_type) | _about(body, body.type)
    if body.media:
        keys["media"] = dict(body.media)
    keys |= {} if body.wrap is None else {"wrap": body.wrap}
    return keys | _others(body.others, name, places)


def _form(media_type: str) -> Keys:
    return {} if media_type == JSON else {"media_type": media_type}


def _others(forms: Sequence[Media], name: str, places: Places) -> Keys:
    if not forms:
        return {}
    made = Members()
    for form in forms:
        keys: Keys = {}
        if form.type is not None:
            keys = bare(form.type, places, Naming(name + pascal(form.media_type))) | schema(form.type)
        if form.extra:
            keys["media"] = dict(form.extra)
        made[form.media_type] = short_of(keys)
    return {"others": made}


def response_keys(response: Response, name: str, places: Places, *, whole: bool = True) -> Keys:
    """The long form of an answer; unless it is `whole` it has neither description nor headers."""
    told: Keys = {}
    if whole and response.description != phrase(response.status):
        told["description"] = response.description
    if whole:
        told |= said(response.extra)
    headers = Members({h.name: short(header_keys(h, places)) for h in response.headers}) if whole else {}
    carried = {"headers": headers} if headers else {}
    if response.type is None:
        return told | carried
    keys = bare(response.type, places, Naming(name))
    if response.page:
        keys["page"] = True
    keys |= _form(response.media_type) | told | schema(response.type) | carried
    if response.media:
        keys["media"] = dict(response.media)
    keys |= {} if response.wrap is None else {"wrap": response.wrap}
    return keys | _others(response.others, name, places)


def header_keys(header: Header, places: Places) -> Keys:
    """The long form of a header."""
    keys = bare(header.type, places, PLAIN)
    if header.required:
        keys["required"] = True
    return keys | _about(header, header.type)


def security(ways: Iterable[Requirement]) -> list[Value]:
    """The ways to be let in."""
    made: list[Value] = []
    for way in ways:
        if len(way) == 1 and not way[0][1]:
            made.append(way[0][0])
        else:
            made.append({name: list(scopes) for name, scopes in way})
    return made


def auth(ways: Sequence[Requirement], schemes: Iterable[SecurityScheme]) -> Keys:
    """Who is let in, in the whole API."""
    made: Keys = {"schemes": Block({s.name: _scheme(s) for s in schemes})}
    return made | ({"default": security(ways)} if ways else {})


def _scheme(scheme: SecurityScheme) -> Keys:
    made: Keys = {"type": str(scheme.kind)}
    stated = {
        "in": None if scheme.location is None else str(scheme.location),
        "name": scheme.parameter,
        "scheme": scheme.scheme,
        "openIdConnectUrl": scheme.url,
        "flows": scheme.flows,
        "description": scheme.description,
        "bearerFormat": scheme.extra.get("bearerFormat"),
    }
    others = {word: value for word, value in scheme.extra.items() if word != "bearerFormat"}
    return made | {key: value for key, value in stated.items() if value is not None} | said(others)
