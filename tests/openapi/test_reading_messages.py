"""Reading bodies and answers: each form, status and header."""

from __future__ import annotations

from scaffold.contract.message import Body, Header, Media, Response, View
from scaffold.contract.named_types import ObjectType
from scaffold.contract.types import Kind, ListOf, MapOf, Ref, Scalar, UnionOf

from .reading import OK, doc, operation_of, published, said

JSON = "application/json"
TEXT = Scalar(Kind.STR)
THING = {"type": "object", "properties": {"a": {"type": "string"}}}
REF = {"$ref": "#/components/schemas/Thing"}


def test_a_body_has_all_its_forms_json_first() -> None:
    found = operation_of(
        {
            "operationId": "add",
            "requestBody": {
                "description": "What.",
                "required": True,
                "x-a": 1,
                "content": {
                    "multipart/form-data": {
                        "schema": {
                            "type": "object",
                            "properties": {"file": {"type": "string", "format": "binary"}, "note": {"type": "string"}},
                        },
                        "encoding": {"file": {"contentType": "image/png", "headers": {"X-A": {"schema": {}}}}},
                    },
                    "application/json": {"schema": REF, "examples": {"one": {"value": {"a": "b"}}}},
                    "application/octet-stream": {},
                    "application/x-www-form-urlencoded": {"schema": THING},
                },
            },
        },
        schemas={"Thing": THING},
    )
    body = found.body
    assert body == Body(
        Ref("Thing"),
        True,
        View.INPUT,
        "What.",
        JSON,
        (
            Media("multipart/form-data", Ref("AddBodyFormData")),
            Media("application/octet-stream"),
            Media("application/x-www-form-urlencoded", Ref("AddBodyXWwwFormUrlencoded")),
        ),
    )
    assert body is not None
    assert dict(body.media) == {"examples": {"one": {"value": {"a": "b"}}}}
    assert list(body.others[0].extra) == ["encoding"]
    assert dict(body.extra) == {"x-a": 1}


def test_a_body_in_place_is_named_after_its_operation_and_may_be_left_out() -> None:
    found = published(
        doc(paths={"/a": {"put": {"operationId": "set-a", "responses": OK, "requestBody": {
            "content": {JSON: {"schema": {**THING, "description": "In.", "title": "T"}}}}}}})
    )  # fmt: skip
    body = found.contract.operations[0].body
    assert body == Body(Ref("SetABody"), required=False)
    assert dict(body.type.extra) == {"description": "In.", "title": "T"}
    type_ = found.contract.types["SetABody"]
    assert isinstance(type_, ObjectType)
    assert type_.inline


def test_bodies_that_are_no_json_are_read() -> None:
    form = operation_of({"requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": REF}}}},
                        schemas={"Thing": THING})  # fmt: skip
    assert form.body == Body(Ref("Thing"), False, media_type="application/x-www-form-urlencoded")
    binary = {"type": "string", "format": "binary"}
    raw = operation_of({"requestBody": {"content": {"application/octet-stream": {"schema": binary}}}})
    assert raw.body == Body(Scalar(Kind.STR, "binary"), False, media_type="application/octet-stream")
    bare = operation_of({"requestBody": {"content": {"image/png": {}}}})
    assert bare.body == Body(Scalar(Kind.JSON), False, media_type="image/png")


def test_answers_have_every_status_header_and_form() -> None:
    found = operation_of(
        {
            "operationId": "add",
            "responses": {
                "200": {
                    "description": "Fine.",
                    "headers": {
                        "X-Rate": {"required": True, "description": "Left.", "schema": {"type": "integer"}},
                        "X-Mode": {"deprecated": True, "example": "on", "schema": {"enum": ["on", "off"]}},
                    },
                    "content": {"text/csv": {"schema": {"type": "string"}}, JSON: {"schema": REF}},
                    "links": {"next": {"operationId": "add"}},
                },
                "204": {"description": ""},
                "4XX": {"description": "Wrong.", "content": {"application/problem+json": {"schema": THING}}},
                "default": {"$ref": "#/components/responses/Any"},
            },
        },
        schemas={"Thing": THING},
        components={"responses": {"Any": {"description": "Any.", "content": {JSON: {"schema": REF}}}}},
    )
    ok, none, wrong, default = found.responses
    assert ok == Response(
        200, "Fine.", Ref("Thing"), others=(Media("text/csv", TEXT),),
        headers=(
            Header("X-Rate", Scalar(Kind.INT, "unbounded"), True, "Left."),
            Header("X-Mode", Ref("AddResponse200XMode"), deprecated=True),
        ),
    )  # fmt: skip
    assert dict(ok.headers[1].extra) == {"example": "on"}
    assert dict(ok.extra) == {"links": {"next": {"operationId": "add"}}}
    assert none == Response(204, "")
    assert wrong == Response("4XX", "Wrong.", Ref("AddResponse4XX"), media_type="application/problem+json")
    assert default == Response("default", "Any.", Ref("Thing"))


def test_inline_answers_are_named_after_operation_and_status() -> None:
    found = operation_of(
        {
            "operationId": "list_things",
            "responses": {
                "200": {"description": "", "content": {JSON: {"schema": {"type": "array", "items": THING}}}},
                "404": {"description": "", "content": {JSON: {"schema": {"type": "object"}}}},
                "409": {"description": "", "content": {JSON: {"schema": {"type": ["string", "null"]}}}},
            },
        }
    )
    assert [r.type for r in found.responses] == [
        ListOf(Ref("ListThingsResponse200")),
        MapOf(Scalar(Kind.JSON)),
        UnionOf((TEXT, Scalar(Kind.NULL)), exclusive=False),
    ]


def test_a_body_that_means_nothing_is_only_kept() -> None:
    body = {"content": {JSON: {"schema": REF}}}
    found = published(doc({"Thing": THING}, {"/a": {"get": {"requestBody": body, "responses": OK}}}))
    operation = found.contract.operations[0]
    assert (operation.body, dict(operation.extra)) == (None, {"requestBody": body})
    assert said(found) == [("raw", "#/paths/~1a/get/requestBody")]


def test_an_answer_that_never_has_a_body_has_none() -> None:
    content = {JSON: {"schema": REF}}
    answers = {"204": {"description": "Gone.", "content": content}}
    found = published(doc({"Thing": THING}, {"/a": {"delete": {"responses": answers}}}))
    (answer,) = found.contract.operations[0].responses
    assert (answer, dict(answer.extra)) == (Response(204, "Gone."), {"content": content})
    assert said(found) == [("raw", "#/paths/~1a/delete/responses/204/content")]
