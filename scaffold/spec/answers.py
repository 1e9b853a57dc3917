"""Bodies and answers of operations in the spec as values of the contract."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus

from ..contract.message import JSON, Body, Header, Media, Response, View
from ..contract.naming import pascal
from ..contract.types import Json, ListOf, Type
from ..diagnostics import Span, nearest
from .change_shapes import AddSpec
from .fields import build_expression
from .kinds import says_type, type_place
from .operation_shapes import BodySpec, HeaderSpec, MediaSpec, OperationSpec, ResponseSpec
from .parameters import with_schema
from .scalar_values import untyped
from .scope import Scope, Spot

_MEDIA_TYPE = re.compile(r"[\w!#$&^.+*-]+/[\w!#$&^.+*-]+(\s*;.*)?")
_STATUS = re.compile(r"default|[2-5]XX|[2-5][0-9][0-9]")


def build_body(spec: BodySpec | AddSpec, scope: Scope, spot: Spot) -> Body | None:
    """What requests carry; None, with findings, when it cannot be."""
    type_ = carried_type(spec, scope, spot)
    if type_ is None:
        return None
    media_type = spec.media_type or JSON
    return Body(
        type_,
        required=spec.required is not False,
        view=View.INPUT,
        description=spec.description,
        media_type=media_type,
        others=_others(media_type, spec, scope, spot),
        wrap=_wrap(spec, media_type, scope, spot),
        media=_kept(spec.media),
        extra=spec.beside,
    )


def body_spot(id_: str, at: str) -> Spot:
    """The place of a body's type, in the operation called `id_`."""
    return Spot(f"{pascal(id_)}Body", at)


def build_responses(key: str, id_: str, spec: OperationSpec | AddSpec, scope: Scope) -> tuple[Response, ...]:
    """The answers of the operation `key`."""
    if spec.response is not None and spec.responses is not None:
        scope.findings.add(
            "SC225", f"`{key}` has both `response` and `responses`", spec.place("responses"), "keep one of the two"
        )
        return ()
    if spec.response is not None:
        status = 200 if says_type(spec.response) else 204
        made = build_response(status, spec.response, scope, answer_spot(id_, None, f"the answer {status}"))
        return () if made is None else (made,)
    if spec.responses is None:
        return (Response(204, phrase(204)),)
    found = []
    for written, answer in spec.responses.items():
        read = read_status(written, answer.key_place(), scope)
        if read is None:
            continue
        one = build_response(read, answer, scope, answer_spot(id_, read, f"the answer {written}"))
        if one is not None:
            found.append(one)
    if not spec.responses:
        help_ = "add one: `200: Order` or `204: null`"
        scope.findings.add("SC225", f"`{key}` has no answer", spec.place("responses"), help_)
    return tuple(found)


def answer_spot(id_: str, status: int | str | None, at: str) -> Spot:
    """The place of an answer's type, in the operation called `id_`; without a status of its only answer."""
    return Spot(f"{pascal(id_)}Response{pascal(str(status)) if status is not None else ''}", at)


def read_status(written: str, span: Span, scope: Scope) -> int | str | None:
    """The status that is written; None, with a finding, when it is none."""
    if _STATUS.fullmatch(written):
        return int(written) if written.isdigit() else written
    meant = written.upper() if _STATUS.fullmatch(written.upper()) else nearest(written, ["default"])
    help_ = f"did you mean `{meant}`?" if meant else "write a number from 200 to 599, `4XX` or `default`"
    scope.findings.add("SC225", f"`{written}` is no status of an answer", span, help_)
    return None


def build_response(status: int | str, spec: ResponseSpec | AddSpec, scope: Scope, spot: Spot) -> Response | None:
    """One answer; None, with findings, when it cannot be."""
    description = phrase(status) if spec.description is None else spec.description
    headers = tuple(
        made
        for name, header in spec.headers.items()
        if (made := build_header(name, header, scope, header_spot(spot, name))) is not None
    )
    if not says_type(spec):
        for key in ("page", "wrap", "media_type", "others", "media", "schema"):
            if key in spec.stated():
                what = "`page` needs a list" if key == "page" else f"`{key}` says nothing of {spot.at}: it has no body"
                scope.findings.add("SC225", what, spec.place(key), "write `type: list[User]`, say")
        return Response(status, description, headers=headers, extra=spec.beside)
    type_ = carried_type(spec, scope, spot)
    if type_ is None:
        return None
    if status in (204, 304):
        scope.findings.add("SC225", f"an answer {status} has no body", type_place(spec), f"write `{status}: null`")
        return None
    if spec.page and not isinstance(type_, ListOf):
        scope.findings.add("SC225", f"`page` needs a list, and this is {type_}", spec.place("page"), "drop `page`")
    media_type = spec.media_type or JSON
    return Response(
        status,
        description,
        type_,
        page=spec.page,
        media_type=media_type,
        others=_others(media_type, spec, scope, spot),
        headers=headers,
        wrap=_wrap(spec, media_type, scope, spot),
        media=_kept(spec.media),
        extra=spec.beside,
    )


def _wrap(spec: BodySpec | ResponseSpec | AddSpec, media_type: str, scope: Scope, spot: Spot) -> str | None:
    """The field under which it travels."""
    if spec.wrap is not None:
        problem = unwrappable(media_type, bool(spec.others), isinstance(spec, ResponseSpec | AddSpec) and spec.page)
        if problem is not None:
            scope.findings.add("SC225", f"{spot.at} cannot stand under `{spec.wrap}`: {problem}", spec.place("wrap"))
    return spec.wrap


def unwrappable(media_type: str, others: bool, page: bool) -> str | None:
    """Why what travels so cannot stand under a field of an object; None where it can."""
    if page:
        return "it is a page, which stands in the envelope"
    return "it travels in several forms" if others else None if media_type == JSON else f"it is {media_type}"


def header_spot(spot: Spot, name: str) -> Spot:
    """The place of a header's type, in the answer at `spot`."""
    return Spot(f"{spot.name}{pascal(name)}", f"the header `{name}` of {spot.at}", bare=True)


def build_header(name: str, spec: HeaderSpec | AddSpec, scope: Scope, spot: Spot) -> Header | None:
    """One header of an answer; None, with findings, when it cannot be."""
    made = build_expression(spec, spot, scope)
    if made is None:
        return None
    return Header(
        name,
        with_schema(made.whole, spec),
        required=bool(spec.required),
        description=spec.description,
        deprecated=spec.deprecated,
        extra=spec.beside,
    )


def carried_type(spec: BodySpec | ResponseSpec | AddSpec, scope: Scope, spot: Spot) -> Type | None:
    """The type of the usual form of a body or an answer."""
    _check_media_type(spec.media_type, spec.place("media_type"), scope)
    made = build_expression(spec, spot, scope)
    return None if made is None else with_schema(made.whole, spec)


def _others(first: str, spec: BodySpec | ResponseSpec | AddSpec, scope: Scope, spot: Spot) -> tuple[Media, ...]:
    """The other forms it may have."""
    made = []
    for media_type, form in spec.others.items():
        _check_media_type(media_type, form.key_place(), scope)
        if media_type == first:
            help_ = "it is stated beside `others`"
            scope.findings.add("SC225", f"{spot.at} has the form `{first}` twice", form.key_place(), help_)
        one = _form(media_type, form, scope, spot)
        if one is not None:
            made.append(one)
    return tuple(made)


def _form(media_type: str, spec: MediaSpec, scope: Scope, spot: Spot) -> Media | None:
    if spec.description is not None:
        help_ = "write `schema: {description: …}`"
        scope.findings.add("SC225", "a form has no description of its own", spec.place("description"), help_)
    kept = {**_kept(spec.media), **spec.beside}
    if not says_type(spec):
        return Media(media_type, None, extra=kept)
    made = build_expression(spec, Spot(spot.name + pascal(media_type), f"`{media_type}` of {spot.at}"), scope)
    return None if made is None else Media(media_type, with_schema(made.whole, spec), extra=kept)


def _check_media_type(text: str | None, span: Span, scope: Scope) -> None:
    if text is not None and not _MEDIA_TYPE.fullmatch(text):
        scope.findings.add("SC225", f"`{text}` is no media type", span, "write `application/json`, say")


def _kept(keywords: object) -> Mapping[str, Json]:
    kept: Mapping[str, Json] = untyped(keywords) if keywords is not None else {}
    return kept


def phrase(status: int | str) -> str:
    """What an answer of this status is, where nothing is said."""
    if status == "default":
        return "Any other answer."
    if isinstance(status, str):
        return _CLASSES[status[0]]
    try:
        return f"{HTTPStatus(status).phrase}."
    except ValueError:
        return f"Status {status}."


_CLASSES = {
    "2": "The request was done.",
    "3": "The answer is elsewhere.",
    "4": "The request cannot be done.",
    "5": "The server has failed.",
}
