"""Operations of published documents: parameters, bodies, answers, who is let in, and what stands around."""

from __future__ import annotations

from typing import Any

from scaffold.contract.message import Body, Header, Media, Response, View
from scaffold.contract.named_types import EnumType, ObjectType
from scaffold.contract.parameter import Location, Parameter
from scaffold.contract.security import SecurityKind, SecurityScheme
from scaffold.contract.types import MISSING, Kind, ListOf, MapOf, Ref, Scalar, UnionOf

from .reading import OK, changed, doc, operation_of, published, said

JSON = "application/json"
TEXT = Scalar(Kind.STR)
THING = {"type": "object", "properties": {"a": {"type": "string"}}}
REF = {"$ref": "#/components/schemas/Thing"}


def test_an_operation_says_what_its_document_says() -> None:
    found = operation_of(
        {
            "operationId": "addThing",
            "summary": "Add.",
            "description": "Adds it.",
            "tags": ["Hosted payment pages", "b"],
            "deprecated": True,
            "externalDocs": {"url": "https://a.co"},
            "x-sortIndex": 3,
        }
    )
    assert (found.identity, found.id, found.method, found.path) == ("v1:POST /things", "addThing", "POST", "/things")
    assert (found.summary, found.description, found.deprecated) == ("Add.", "Adds it.", True)
    assert (found.tags, found.handler) == (("Hosted payment pages", "b"), "hosted_payment_pages")
    assert found.extra == {"externalDocs": {"url": "https://a.co"}, "x-sortIndex": 3}
    assert (found.action, found.resource, found.security) == ("free", None, None)


def test_operations_without_an_id_get_one_from_their_path() -> None:
    paths = {
        "/users/all/3ds": {"get": {"responses": OK}},
        "/users/all-3ds": {"get": {"responses": OK, "operationId": "get_users_all_3ds"}},
        "/": {"get": {"responses": OK}},
    }
    found = published(doc(paths=paths)).contract
    assert [o.id for o in found.operations] == ["get_users_all_3ds_2", "get_users_all_3ds", "get"]
    assert {o.handler for o in found.operations} == {"operations"}


def test_ids_that_would_be_one_python_name_are_told_apart() -> None:
    paths = {
        "/a": {"get": {"responses": OK, "operationId": "get-a"}},
        "/b": {"get": {"responses": OK, "operationId": "get_a"}},
    }
    first, second = published(doc(paths=paths)).contract.operations
    assert (first.id, dict(first.extra)) == ("get-a", {})
    assert (second.id, dict(second.extra)) == ("get_a_2", {"operationId": "get_a"})


def test_parameters_of_the_path_come_first_and_in_its_order() -> None:
    found = operation_of(
        {
            "parameters": [
                {"name": "q", "in": "query", "schema": {"type": "string"}},
                {"name": "b", "in": "path", "required": True, "schema": {"type": "string"}},
                {"name": "a", "in": "path", "required": True, "schema": {"type": "integer", "format": "int32"}},
            ]
        },
        "/things/{a}/{b}",
    )
    assert [(p.name, p.location, p.required) for p in found.parameters] == [
        ("a", Location.PATH, True),
        ("b", Location.PATH, True),
        ("q", Location.QUERY, False),
    ]
    assert found.parameters[0].identity == "v1:v1:POST /things/{a}/{b}.path.a"


def test_a_parameter_says_what_its_document_says() -> None:
    found = operation_of(
        {
            "operationId": "search",
            "parameters": [
                {
                    "name": "ids",
                    "in": "query",
                    "required": True,
                    "style": "pipeDelimited",
                    "explode": False,
                    "description": "Which.",
                    "deprecated": True,
                    "example": ["a"],
                    "allowReserved": True,
                    "x-a": 1,
                    "schema": {"type": "array", "items": {"type": "string"}, "title": "Ids"},
                },
                {"name": "limit", "in": "query", "schema": {"type": "integer", "format": "int32", "default": 10}},
                {"name": "X-Trace", "in": "header", "schema": {"type": "string", "enum": ["on", "off"]}},
                {"name": "session", "in": "cookie", "schema": {"type": ["string", "null"]}},
                {"name": "filter", "in": "query", "style": "deepObject", "schema": THING},
                {"name": "where", "in": "query", "content": {JSON: {"schema": REF, "example": {"a": "b"}}}},
            ],
        },
        schemas={"Thing": THING},
    )
    ids, limit, trace, session, filter_, where = found.parameters
    assert ids == Parameter(
        "v1:v1:POST /things.query.ids", "ids", Location.QUERY, ListOf(TEXT), True, description="Which.",
        example=["a"], deprecated=True, style="pipeDelimited", explode=False,
    )  # fmt: skip
    assert (dict(ids.extra), dict(ids.type.extra)) == ({"allowReserved": True, "x-a": 1}, {"title": "Ids"})
    assert (limit.default, limit.type) == (10, Scalar(Kind.INT, "int32"))
    assert (trace.type, trace.location) == (Ref("SearchXTrace"), Location.HEADER)
    assert session.type == UnionOf((TEXT, Scalar(Kind.NULL)), exclusive=False)
    assert (filter_.type, filter_.style) == (Ref("SearchFilter"), "deepObject")
    assert (where.type, where.media_type) == (Ref("Thing"), JSON)


def test_a_default_that_no_parameter_can_use_stays_in_its_schema() -> None:
    found = operation_of(
        {
            "parameters": [
                {"name": "a", "in": "query", "required": True, "schema": {"type": "string", "default": "x"}},
                {"name": "b", "in": "query", "schema": {"type": "integer", "format": "int32", "default": "x"}},
            ]
        }
    )
    assert [(p.default, dict(p.type.extra)) for p in found.parameters] == [(MISSING, {"default": "x"})] * 2


def test_what_a_path_says_holds_for_each_of_its_operations() -> None:
    paths = {
        "/things/{id}": {
            "summary": "Things.",
            "description": "All of them.",
            "parameters": [
                {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                {"$ref": "#/components/parameters/Lang"},
            ],
            "get": {"responses": OK},
            "put": {
                "summary": "Put.",
                "responses": OK,
                "parameters": [{"name": "lang", "in": "query", "required": True, "schema": {"type": "string"}}],
            },
        }
    }
    lang = {"name": "lang", "in": "query", "schema": {"type": "string", "enum": ["en", "de"]}}
    found = changed(doc(paths=paths, components={"parameters": {"Lang": lang}}))
    get, put = found.contract.operations
    assert (get.summary, get.description, put.summary) == ("Things.", "All of them.", "Put.")
    assert [(p.name, p.required) for p in get.parameters] == [("id", True), ("lang", False)]
    assert [(p.name, p.required, p.type) for p in put.parameters] == [("id", True, TEXT), ("lang", True, TEXT)]
    assert said(found) == [("ignored", "#/paths/~1things~1{id}/summary")]


def test_what_a_path_says_beside_its_operations_is_kept() -> None:
    servers = [{"url": "https://other.example.com"}]
    found = published(doc(paths={"/a": {"servers": servers, "x-a": 1, "get": {"responses": OK}}, "/b": {}, "x-p": 2}))
    assert found.contract.extra["paths"] == {"/a": {"servers": servers, "x-a": 1}, "/b": {}, "x-p": 2}


def test_path_parameters_that_are_missing_or_too_many_are_told() -> None:
    parameters = [{"name": "x", "in": "path", "required": True, "schema": {"type": "string"}}]
    found = changed(doc(paths={"/a/{id}": {"get": {"parameters": parameters, "responses": OK}}}))
    assert [(p.name, p.type) for p in found.contract.operations[0].parameters] == [("id", TEXT)]
    assert said(found) == [
        ("assumed", "#/paths/~1a~1{id}/get"),
        ("ignored", "#/paths/~1a~1{id}/get/parameters/0"),
    ]


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


def test_security_is_read_whole() -> None:
    flows = {"clientCredentials": {"tokenUrl": "https://a.co/t", "scopes": {"read": "Look.", "write": "Touch."}}}
    schemes: dict[str, Any] = {
        "Key": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "Ours."},
        "Basic": {"type": "http", "scheme": "basic"},
        "Bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "x-a": 1},
        "OAuth": {"type": "oauth2", "flows": flows},
        "Open": {"type": "openIdConnect", "openIdConnectUrl": "https://a.co/.well-known"},
        "Tls": {"type": "mutualTLS"},
    }
    paths = {
        "/a": {
            "get": {"responses": OK},
            "post": {"responses": OK, "security": []},
            "put": {"responses": OK, "security": [{"OAuth": ["read", "write"]}, {"Key": [], "Basic": []}, {}]},
        }
    }
    found = published(doc(paths=paths, components={"securitySchemes": schemes}, security=[{"Key": []}, {"Bearer": []}]))
    contract = found.contract
    assert contract.security == ((("Key", ()),), (("Bearer", ()),))
    get, post, put = contract.operations
    assert (get.security, post.security) == (None, ())
    assert put.security == ((("OAuth", ("read", "write")),), (("Key", ()), ("Basic", ())), ())
    assert list(contract.security_schemes.values()) == [
        SecurityScheme("Key", SecurityKind.API_KEY, Location.HEADER, "X-API-Key", description="Ours."),
        SecurityScheme("Basic", SecurityKind.HTTP, scheme="basic"),
        SecurityScheme("Bearer", SecurityKind.HTTP, scheme="bearer"),
        SecurityScheme("OAuth", SecurityKind.OAUTH2, flows=flows),
        SecurityScheme("Open", SecurityKind.OPENID, url="https://a.co/.well-known"),
        SecurityScheme("Tls", SecurityKind.MUTUAL_TLS),
    ]
    assert dict(contract.security_schemes["Bearer"].extra) == {"bearerFormat": "JWT", "x-a": 1}


def test_what_a_document_says_of_itself_is_kept() -> None:
    info = {"title": "Pay", "version": "1.2.3", "description": "Pays.", "contact": {"name": "We"}, "x-a": 1}
    servers = [{"url": "https://{env}.a.co/pay/v1", "variables": {"env": {"default": "test"}}}, {"url": "/b"}]
    tags = [{"name": "a", "description": "A."}]
    docs = {"url": "https://a.co"}
    document = doc(info=info, servers=servers, tags=tags, externalDocs=docs, **{"x-root": [1]})
    found = published(document)
    assert found.contract.extra == {
        "info": info, "servers": servers, "tags": tags, "externalDocs": docs, "x-root": [1],
    }  # fmt: skip
    assert (found.file, found.version, found.stated_version) == ("shop.json", "v1", "1.2.3")
    assert (found.title, found.description) == ("Pay", "Pays.")
    assert found.servers == ("https://test.a.co/pay/v1", "/b")


def test_a_document_of_webhooks_is_taken_in_as_types() -> None:
    hook = {"post": {"requestBody": {"content": {JSON: {"schema": REF}}}, "responses": OK}}
    document = doc({"Thing": THING}, webhooks={"thing.added": hook})
    del document["paths"]
    found = published(document)
    assert list(found.contract.types) == ["Thing"]
    assert found.contract.operations == ()
    assert found.contract.extra["webhooks"] == {"thing.added": hook}
    assert said(found) == [("raw", "#/webhooks/thing.added")]


def test_callbacks_links_and_examples_stay_where_they_are_and_what_they_need_with_them() -> None:
    components = {
        "examples": {"one": {"value": 1}},
        "links": {"Next": {"operationId": "add", "x-a": 1}},
        "callbacks": {"Done": {"{$request.body#/url}": {"post": {"requestBody": {
            "$ref": "#/components/requestBodies/Event"}, "responses": OK}}}},
        "requestBodies": {
            "Event": {"content": {JSON: {"schema": REF}}},
            "Used": {"content": {JSON: {"schema": REF, "examples": {"one": {"$ref": "#/components/examples/one"}}}}},
        },
        "headers": {"Rate": {"schema": {"type": "integer"}}},
    }  # fmt: skip
    operation = {
        "operationId": "add",
        "requestBody": {"$ref": "#/components/requestBodies/Used"},
        "responses": {"200": {"description": "", "links": {"next": {"$ref": "#/components/links/Next"}}}},
        "callbacks": {"done": {"$ref": "#/components/callbacks/Done"}},
    }
    found = published(doc({"Thing": THING}, {"/a": {"post": operation}}, components=components))
    kept = found.contract.extra["components"]
    assert set(kept) == {"examples", "links", "callbacks", "requestBodies", "headers"}
    assert list(kept["requestBodies"]) == ["Event"]
    assert found.contract.operations[0].extra["callbacks"] == {"done": {"$ref": "#/components/callbacks/Done"}}
    assert set(said(found)) == {
        ("raw", "#/paths/~1a/post/callbacks"),
        ("raw", "#/paths/~1a/post/responses/200/links"),
        ("raw", "#/components/links/Next"),
        ("raw", "#/components/callbacks/Done"),
        ("raw", "#/components/headers/Rate"),
    }


def test_an_enum_of_a_parameter_is_written_in_its_place() -> None:
    parameter = {"name": "sort", "in": "query", "schema": {"type": "string", "enum": ["up", "down"], "default": "up"}}
    found = published(doc(paths={"/a": {"get": {"operationId": "find", "parameters": [parameter], "responses": OK}}}))
    type_ = found.contract.types["FindSort"]
    assert isinstance(type_, EnumType)
    assert type_.inline
    assert found.contract.operations[0].parameters[0].default == "up"


def test_a_header_that_travels_as_a_document_is_only_kept() -> None:
    content = {JSON: {"schema": {"type": "object"}}}
    answer = {"200": {"description": "", "headers": {"X-Map": {"content": content}}}}
    found = published(doc(paths={"/a": {"get": {"responses": answer}}}))
    (header,) = found.contract.operations[0].responses[0].headers
    assert (header.type, dict(header.extra)) == (TEXT, {"content": content})
    assert said(found) == [("raw", "#/paths/~1a/get/responses/200/headers/X-Map/content")]


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
