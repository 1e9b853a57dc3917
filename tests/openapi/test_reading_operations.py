"""Operations of published documents: parameters, bodies, answers, who is let in, and what stands around."""

from __future__ import annotations

from typing import Any

from scaffold.contract.parameter import Location
from scaffold.contract.security import SecurityKind, SecurityScheme
from scaffold.contract.types import Kind, Scalar

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
