"""A request to an operation as text: parameters in their styles, a body that fits, a credential that tests accept."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from ..contract.contract import Contract
from ..contract.examples import parameter_example
from ..contract.fitting import fits
from ..contract.message import Media
from ..contract.operation import Operation
from ..contract.parameter import Location, Parameter
from ..contract.security import SecurityKind, SecurityScheme
from ..contract.types import MISSING, Json
from .access_view import required
from .examples_view import Answers, carried, is_json, simple

Request = dict[str, Any]
EXAMPLE = "example"
"""The key, user, password and token that generated tests, and example mode, let in."""
FORM = "application/x-www-form-urlencoded"
NOT_THESE: tuple[Json, ...] = ([], {}, 0, "text", True)
"""Values of which most types have none; the first that is not one of a type is what it must refuse."""


def request(contract: Contract, operation: Operation, chosen: Mapping[str, Json]) -> Request | None:
    """The request that `operation` is sent in tests, without body and credential; `chosen` fixes parameters.

    The values of `query` are texts or lists of them. None where a parameter that it needs cannot be made.
    """
    made: Request = {"method": operation.method, "path": operation.path, "query": {}, "header": {}, "cookie": {}}
    for p in operation.parameters:
        if not p.required and p.location is not Location.PATH:
            continue
        value = chosen.get(p.identity, parameter_example(contract, p))
        if value is MISSING:
            return None
        if p.location is Location.PATH:
            made["path"] = made["path"].replace(f"{{{p.name}}}", _segment(p, value))
        else:
            made[p.location] |= _written(p, value)
    return made


def credential(contract: Contract, operation: Operation) -> dict[str, dict[str, str]] | None:
    """Where the example credential stands, by location; None where only a certificate lets a caller in."""
    wanted = required(contract, operation)
    for requirement in wanted:
        schemes = [contract.security_schemes[name] for name, _ in requirement]
        if all(s.kind is not SecurityKind.MUTUAL_TLS for s in schemes):
            made: dict[str, dict[str, str]] = {}
            for scheme in schemes:
                place, name, value = _shown(scheme)
                made.setdefault(place, {})[name] = value
            return made
    return None if wanted else {}


def _shown(scheme: SecurityScheme) -> tuple[str, str, str]:
    if scheme.kind is SecurityKind.API_KEY:
        return str(scheme.location or Location.HEADER), scheme.parameter or "", EXAMPLE
    word = (scheme.scheme or "bearer").lower() if scheme.kind is SecurityKind.HTTP else "bearer"
    value = base64.b64encode(f"{EXAMPLE}:{EXAMPLE}".encode()).decode() if word == "basic" else EXAMPLE
    return "header", "Authorization", f"{word.capitalize()} {value}"


def body(contract: Contract, operation: Operation, chosen: Mapping[str, Json]) -> dict[str, Any] | None:
    """A body that `operation` takes, as `media_type` and `content`; empty where it has none, None where none is known.

    `content` is text, or `base64` for what is none. `chosen` fixes the values of fields and enums.
    """
    if operation.body is None:
        return {}
    for form in operation.body.forms:
        value = Answers(contract, chosen).value(form, operation.body.view)
        if value is not MISSING and (sent := _sent(form, value)) is not None:
            return sent
    return None if operation.body.required else {}


def refused(contract: Contract, operation: Operation) -> dict[str, Any] | None:
    """JSON that is no body of `operation`; None where anything is one, or where it reads no JSON."""
    sent = operation.body
    if sent is None or not is_json(sent.media_type):
        return None
    if sent.wrap is not None:
        return {"media_type": sent.media_type, "content": "{}"}
    value = next((v for v in NOT_THESE if not fits(contract, sent.type, v, view=sent.view)), MISSING)
    return None if value is MISSING else {"media_type": sent.media_type, "content": json.dumps(value)}


def _sent(form: Media, value: Json) -> dict[str, Any] | None:
    made = carried(form, value)
    if "base64" in made:
        return {"media_type": made["media_type"], "base64": made["base64"]}
    if is_json(made["media_type"]):
        return {"media_type": made["media_type"], "content": json.dumps(value, ensure_ascii=False)}
    if form.media_type == FORM and isinstance(value, dict):
        flat = {k: [_said(v) for v in vs] if isinstance(vs, list) else _said(vs) for k, vs in value.items()}
        return {"media_type": FORM, "content": urlencode(flat, doseq=True)}
    if form.media_type.startswith("text/"):
        return {"media_type": made["media_type"], "content": made["text"]}
    return None


def _segment(parameter: Parameter, value: Json) -> str:
    """A value in a path (RFC 6570): simple, label or matrix."""
    text, exploded = simple(value), parameter.explode is True
    if parameter.media_type is not None:
        return quote(_said(value), safe="")
    if isinstance(value, dict) and exploded:
        text = ",".join(f"{k}={simple(v)}" for k, v in value.items())
    match parameter.style:
        case "label":
            return "." + quote(text.replace(",", ".") if exploded else text, safe=",=")
        case "matrix" if exploded and isinstance(value, list):
            return "".join(f";{parameter.name}={quote(simple(v), safe='')}" for v in value)
        case "matrix" if exploded and isinstance(value, dict):
            return "".join(f";{k}={quote(simple(v), safe='')}" for k, v in value.items())
        case "matrix":
            return f";{parameter.name}={quote(text, safe=',')}"
        case _:
            return quote(text, safe=",=" if isinstance(value, list | dict) else "")


def _written(parameter: Parameter, value: Json) -> Mapping[str, str | list[str]]:
    """A value in a query, a header or a cookie, by the names it stands under."""
    name = parameter.name
    if parameter.media_type is not None:
        return {name: json.dumps(value, ensure_ascii=False) if is_json(parameter.media_type) else _said(value)}
    if parameter.location is Location.HEADER:
        if isinstance(value, dict) and parameter.explode:
            return {name: ",".join(f"{k}={simple(v)}" for k, v in value.items())}
        return {name: simple(value)}
    if isinstance(value, dict):
        if parameter.style == "deepObject":
            return {f"{name}[{k}]": simple(v) for k, v in value.items()}
        return {name: simple(value)} if parameter.explode is False else {k: simple(v) for k, v in value.items()}
    if isinstance(value, list):
        if parameter.explode is not False and parameter.style in (None, "form"):
            return {name: [simple(v) for v in value]}
        joint = {"spaceDelimited": " ", "pipeDelimited": "|"}.get(parameter.style or "form", ",")
        return {name: joint.join(simple(v) for v in value)}
    return {name: simple(value)}


def _said(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
