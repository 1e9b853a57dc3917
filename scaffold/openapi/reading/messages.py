"""Parameters, bodies, answers and headers of operations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...contract.message import JSON, Body, Header, Media, Response
from ...contract.naming import pascal
from ...contract.parameter import Location, Parameter
from ...contract.types import MISSING, Json, Kind, Scalar
from .problems import RemarkKind, child
from .schemas import read_schema
from .state import Reading
from .unions import placed

ANYTHING = Scalar(Kind.JSON)

BODILESS = ("204", "304")
"""Answers that never have a body (RFC 9110, 15.3.5 and 15.4.5)."""

SILENT = {"deprecated": False, "allowEmptyValue": False, "allowReserved": False}
"""Keywords at the value at which they say nothing."""


def read_parameter(reading: Reading, given: Mapping[str, Any], born: str, name: str, at: str) -> Parameter:
    """A parameter; an object or enum written in it is called `name`."""
    words = {w: v for w, v in given.items() if w not in SILENT or v is not SILENT[w]}
    location, called = Location(words.pop("in")), words.pop("name")
    schema, media_type, place = words.pop("schema", True), None, child(at, "schema")
    content = words.pop("content", None)
    if content:
        media_type, media = next(iter(content.items()))
        media, here = reading.resolved(media, child(at, "content", media_type))
        schema, place = media.get("schema", True), child(here, "schema")
        if set(media) - {"schema"}:
            words["content"] = {media_type: {w: v for w, v in media.items() if w != "schema"}}
            reading.remark(RemarkKind.RAW, here, "what is said of its form beside the schema is only kept")
    required = words.pop("required", False) or location is Location.PATH
    default: Json = MISSING
    if not required and isinstance(schema, Mapping) and "default" in schema:
        default = schema["default"]
        schema = {word: value for word, value in schema.items() if word != "default"}
    identity = reading.identity(born, location, called)
    reading.places[identity] = at
    return Parameter(
        identity,
        called,
        location,
        placed(read_schema(reading, schema, name, place)),
        required=required,
        default=default,
        description=words.pop("description", None),
        example=words.pop("example", MISSING),
        deprecated=words.pop("deprecated", False),
        style=words.pop("style", None),
        explode=words.pop("explode", None),
        media_type=media_type,
        extra=words,
    )


def read_body(reading: Reading, given: Mapping[str, Any], name: str, at: str) -> Body:
    """A request's body in all its forms, JSON first where it is one of them."""
    words = dict(given)
    forms = _forms(reading, words.pop("content", {}), name, child(at, "content"))
    first, *others = forms or [Media(JSON)]
    return Body(
        first.type or ANYTHING,
        required=words.pop("required", False),
        description=words.pop("description", None),
        media_type=first.media_type,
        others=tuple(others),
        media=first.extra,
        extra=words,
    )


def read_response(reading: Reading, status: str, given: Mapping[str, Any], name: str, at: str) -> Response:
    """One answer, with its headers and all its forms."""
    words = dict(given)
    if status in BODILESS and words.get("content"):
        message = f"an answer {status} has no body: it is published and never sent"
        reading.remark(RemarkKind.RAW, child(at, "content"), message)
        reading.raw.append(words["content"])
        forms = []
    else:
        forms = _forms(reading, words.pop("content", {}), name, child(at, "content"))
    headers = []
    for header, stated in words.pop("headers", {}).items():
        found, here = reading.resolved(stated, child(at, "headers", header))
        headers.append(_header(reading, header, found, name + pascal(header), here))
    if "links" in words:
        reading.remark(RemarkKind.RAW, child(at, "links"), "links are published and never followed")
    first = forms[0] if forms else None
    return Response(
        int(status) if status.isdigit() else status,
        words.pop("description", ""),
        None if first is None else first.type or ANYTHING,
        media_type=JSON if first is None else first.media_type,
        others=tuple(forms[1:]),
        headers=tuple(headers),
        media={} if first is None else first.extra,
        extra=words,
    )


def _forms(reading: Reading, content: Mapping[str, Any], name: str, at: str) -> list[Media]:
    made: list[Media] = []
    order = sorted(content, key=lambda media_type: media_type != JSON)
    for media_type in order:
        media, here = reading.resolved(content[media_type], child(at, media_type))
        extra = {word: value for word, value in media.items() if word != "schema"}
        called = name if not made else name + _form_name(media_type)
        type_ = None
        if "schema" in media:
            type_ = placed(read_schema(reading, media["schema"], called, child(here, "schema")))
        reading.raw.append(extra)
        made.append(Media(media_type, type_, extra=extra))
    return made


def _form_name(media_type: str) -> str:
    """What tells a form apart in a name: `multipart/form-data` is `FormData`."""
    return pascal(media_type.partition(";")[0].partition("/")[2]) or "Other"


def _header(reading: Reading, name: str, given: Mapping[str, Any], called: str, at: str) -> Header:
    words = {w: v for w, v in given.items() if w not in SILENT or v is not SILENT[w]}
    schema: Any = words.pop("schema", None)
    if schema is None and "content" in words:
        reading.remark(RemarkKind.RAW, child(at, "content"), "a header that travels as a document is only kept")
    return Header(
        name,
        Scalar(Kind.STR) if schema is None else placed(read_schema(reading, schema, called, child(at, "schema"))),
        required=words.pop("required", False),
        description=words.pop("description", None),
        deprecated=words.pop("deprecated", False),
        extra=words,
    )
