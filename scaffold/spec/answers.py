"""Bodies and answers of operations in the spec as values of the contract."""

from __future__ import annotations

import re
from http import HTTPStatus

from ..contract.contract import Body, Response, View
from ..contract.naming import pascal
from ..contract.types import ListOf
from .change_shapes import AddSpec
from .fields import build_expression
from .scope import Scope
from .shapes import BodySpec, OperationSpec, ResponseSpec, Typed


def build_body(id_: str, spec: BodySpec | None, scope: Scope) -> Body | None:
    if spec is None:
        return None
    if spec.media_type not in (None, "application/json"):
        scope.findings.add(
            "SC390",
            f"bodies of `{spec.media_type}` are not supported yet",
            spec.place("media_type"),
            "leave it out: JSON",
        )
        return None
    made = build_expression(spec, f"{pascal(id_)}Body", scope, f"the body of `{id_}`")
    if made is None:
        return None
    if made.nullable:
        scope.findings.add(
            "SC225", "a body cannot be null", spec.place("type"), "write `required: false` where it may be left out"
        )
        return None
    return Body(made.type, required=spec.required, view=View.INPUT, description=spec.description)


def build_responses(key: str, id_: str, spec: OperationSpec | AddSpec, scope: Scope) -> tuple[Response, ...]:
    if spec.response is not None and spec.responses is not None:
        scope.findings.add(
            "SC225", f"`{key}` has both `response` and `responses`", spec.place("responses"), "keep one of the two"
        )
        return ()
    if spec.response is not None:
        made = _response(200 if _says_type(spec.response) else 204, f"{pascal(id_)}Response", spec.response, scope)
        return () if made is None else (made,)
    if spec.responses is None:
        return (Response(204, _phrase(204)),)
    found = []
    for status, answer in spec.responses.items():
        if not re.fullmatch(r"[1-5][0-9][0-9]", status) or int(status) < 200:
            scope.findings.add(
                "SC225", f"`{status}` is no status of an answer", answer.key_place(), "write a number from 200 to 599"
            )
            continue
        made = _response(int(status), f"{pascal(id_)}Response{status}", answer, scope)
        if made is not None:
            found.append(made)
    if not any(r.status < 400 for r in found) and len(found) == len(spec.responses):
        scope.findings.add(
            "SC225",
            f"`{key}` has no answer for success",
            spec.place("responses"),
            "add one below 400: `200: Order` or `204: null`",
        )
    return tuple(found)


def _says_type(spec: Typed) -> bool:
    return any(getattr(spec, k) is not None for k in ("type", "enum", "fields", "items", "values"))


def _response(status: int, name: str, spec: ResponseSpec, scope: Scope) -> Response | None:
    description = spec.description or _phrase(status)
    if not _says_type(spec):
        if spec.page:
            scope.findings.add("SC225", "`page` needs a list", spec.place("page"), "write `type: list[User]`")
        return Response(status, description)
    made = build_expression(spec, name, scope, f"the answer {status}")
    if made is None:
        return None
    if made.nullable:
        scope.findings.add(
            "SC225",
            f"the answer {status} cannot be null",
            spec.place("type"),
            "write an answer of its own: `204: null`",
        )
        return None
    if status in (204, 304):
        scope.findings.add("SC225", f"an answer {status} has no body", spec.place("type"), f"write `{status}: null`")
        return None
    if spec.page and not isinstance(made.type, ListOf):
        scope.findings.add("SC225", f"`page` needs a list, and this is {made.type}", spec.place("page"), "drop `page`")
    return Response(status, description, made.type, page=spec.page)


def _phrase(status: int) -> str:
    try:
        return f"{HTTPStatus(status).phrase}."
    except ValueError:
        return f"Status {status}."
