"""Documents say everything around the types: parameters, bodies, answers, security, and what was published beside."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from scaffold.contract.contract import Contract
from scaffold.contract.history import Api, Version
from scaffold.contract.message import Body, Header, Media, Response
from scaffold.contract.operation import Operation
from scaffold.contract.parameter import Location, Parameter
from scaffold.contract.security import SecurityKind, SecurityScheme
from scaffold.contract.types import Kind, ListOf, MapOf, Ref, Scalar
from scaffold.openapi import document, to_json, to_yaml

from ..compat.contracts import field, object_type

STR, TEXT = Scalar(Kind.STR), {"type": "string"}
BARE = Operation("o", "do", "POST", "/x", (Response(200, "Done."),))
VERSION = Version("v1", None)


def made(of: Contract, **api: Any) -> dict[str, Any]:
    return document(of, Api("shop", "Shop API", **api), VERSION)


def said(operation: Operation) -> Any:
    types = {"Card": object_type("Card", field("Card", "number"))}
    return made(Contract("v1", types, operations=(operation,)))["paths"]["/x"]["post"]


def test_an_operation_says_who_is_let_in() -> None:
    ways = ((("Key", ()), ("OAuth", ("read", "write"))), ())
    assert said(replace(BARE, security=ways))["security"] == [{"Key": [], "OAuth": ["read", "write"]}, {}]
    assert said(replace(BARE, security=()))["security"] == []
    assert "security" not in said(BARE)


def test_parameters_say_how_they_are_written() -> None:
    parameters = (
        Parameter("a", "ids", Location.QUERY, ListOf(STR), style="pipeDelimited", explode=False),
        Parameter("b", "filter", Location.QUERY, MapOf(STR), media_type="application/json", extra={"x-a": 1}),
    )
    assert said(replace(BARE, parameters=parameters))["parameters"] == [
        {
            "name": "ids",
            "in": "query",
            "style": "pipeDelimited",
            "explode": False,
            "schema": {"type": "array", "items": TEXT},
        },
        {
            "name": "filter",
            "in": "query",
            "content": {"application/json": {"schema": {"type": "object", "additionalProperties": TEXT}}},
            "x-a": 1,
        },
    ]


def test_a_body_says_every_form_it_travels_in() -> None:
    form = Media("multipart/form-data", Ref("Card"), extra={"encoding": {"number": {"contentType": "text/plain"}}})
    body = Body(
        STR,
        description="What to do.",
        media_type="text/plain",
        media={"examples": {"a": {"value": "go"}}},
        others=(form, Media("application/octet-stream")),
        extra={"x-codegen-request-body-name": "it"},
    )
    assert said(replace(BARE, body=body))["requestBody"] == {
        "description": "What to do.",
        "required": True,
        "content": {
            "text/plain": {"schema": TEXT, "examples": {"a": {"value": "go"}}},
            "multipart/form-data": {
                "schema": {"$ref": "#/components/schemas/Card"},
                "encoding": {"number": {"contentType": "text/plain"}},
            },
            "application/octet-stream": {},
        },
        "x-codegen-request-body-name": "it",
    }


def test_answers_are_told_by_number_class_and_default() -> None:
    answers = (Response(200, "Done."), Response("4XX", "No.", Ref("Card")), Response("default", "Other."))
    found = said(replace(BARE, responses=answers))["responses"]
    assert list(found) == ["200", "4XX", "default"]
    assert list(found["4XX"]["content"]) == ["application/json"]


def test_an_answer_says_its_headers_and_forms() -> None:
    header = Header("X-Rate", Scalar(Kind.INT, "int32"), required=True, description="How many.", deprecated=True)
    plain = Header("X-Id", STR, extra={"example": "a"})
    answer = Response(
        200,
        "Done.",
        Ref("Card"),
        media_type="application/xml",
        others=(Media("text/csv", STR),),
        headers=(header, plain),
        media={"example": 1},
        extra={"links": {}},
    )
    assert said(replace(BARE, responses=(answer,)))["responses"]["200"] == {
        "description": "Done.",
        "headers": {
            "X-Rate": {
                "description": "How many.",
                "required": True,
                "deprecated": True,
                "schema": {"type": "integer", "format": "int32"},
            },
            "X-Id": {"schema": TEXT, "example": "a"},
        },
        "content": {
            "application/xml": {"schema": {"$ref": "#/components/schemas/Card"}, "example": 1},
            "text/csv": {"schema": TEXT},
        },
        "links": {},
    }


def test_security_schemes_are_components() -> None:
    flows = {"implicit": {"authorizationUrl": "https://a.example", "scopes": {"read": "Reads."}}}
    schemes = (
        SecurityScheme("Key", SecurityKind.API_KEY, Location.HEADER, "X-Key", description="A key."),
        SecurityScheme("Bearer", SecurityKind.HTTP, scheme="bearer", extra={"bearerFormat": "JWT"}),
        SecurityScheme("OAuth", SecurityKind.OAUTH2, flows=flows),
        SecurityScheme("Open", SecurityKind.OPENID, url="https://a.example/.well-known"),
        SecurityScheme("Mutual", SecurityKind.MUTUAL_TLS),
    )
    of = Contract(
        "v1", security=((("Key", ()),), (("OAuth", ("read",)),)), security_schemes={s.name: s for s in schemes}
    )
    found = made(of)
    assert found["security"] == [{"Key": []}, {"OAuth": ["read"]}]
    assert found["components"] == {
        "securitySchemes": {
            "Key": {"type": "apiKey", "description": "A key.", "name": "X-Key", "in": "header"},
            "Bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
            "OAuth": {"type": "oauth2", "flows": flows},
            "Open": {"type": "openIdConnect", "openIdConnectUrl": "https://a.example/.well-known"},
            "Mutual": {"type": "mutualTLS"},
        }
    }


def test_what_a_document_said_as_a_whole_is_put_over_what_is_made() -> None:
    kept = {
        "openapi": "3.0.3",
        "info": {"title": "Theirs", "version": "68", "contact": {"name": "Ada"}},
        "servers": [{"url": "https://a.example"}],
        "tags": [{"name": "b", "description": "B."}],
        "paths": {"/x": {"x-a": 1}, "/y": {"servers": []}, "x-b": 2},
        "components": {"examples": {"e": {"value": 1}}, "schemas": {"Kept": TEXT}},
        "x-more": [1],
    }
    before = deepcopy(kept)
    types = {"Card": object_type("Card", field("Card", "number"))}
    of = Contract("v1", types, operations=(replace(BARE, tags=("a", "b")),), extra=kept)
    found = made(of, description="Ours.")
    assert found["openapi"] == "3.1.0"
    assert found["info"] == kept["info"]
    assert (found["servers"], found["tags"], found["x-more"]) == (kept["servers"], kept["tags"], [1])
    assert list(found["paths"]) == ["/x", "/y", "x-b"]
    assert list(found["paths"]["/x"]) == ["post", "x-a"]
    assert list(found["components"]) == ["schemas", "examples"]
    assert list(found["components"]["schemas"]) == ["Card", "Kept"]
    assert kept == before


def test_an_info_that_is_not_whole_is_added_to() -> None:
    of = Contract("v1", extra={"info": {"contact": {"name": "Ada"}}})
    assert made(of, description="Ours.")["info"] == {
        "title": "Shop API",
        "version": "1",
        "description": "Ours.",
        "contact": {"name": "Ada"},
    }
    titled = Contract("v1", extra={"info": {"title": "Theirs"}})
    assert made(titled, description="Ours.")["info"] == {"title": "Theirs", "version": "1"}


def test_tags_are_those_of_the_operations_unless_the_document_describes_none() -> None:
    tagged = replace(BARE, tags=("a",))
    assert made(Contract("v1", operations=(tagged,)))["tags"] == [{"name": "a"}]
    assert "tags" not in made(Contract("v1", operations=(tagged,), extra={"tags": []}))


SPOILT = [
    "on",
    "No",
    "y",
    "1.0",
    "010",
    "1_000",
    "12:30:45",
    "2026-01-01",
    "2026-01-01T10:00:00Z",
    "~",
    "",
    " a ",
    "0x1",
]
TEXTS = [
    "a: b",
    "- a",
    "# no",
    "a #b",
    "'",
    '"',
    "{a}",
    "@a",
    "%a",
    "a\nb",
    "a\nb\n",
    "\na",
    "a \nb",
    "é🙂",
    "\u2028",
    "x" * 300,
]


@pytest.mark.parametrize("text", [*SPOILT, *TEXTS])
def test_yaml_keeps_every_text_for_readers_of_either_version(text: str) -> None:
    value = {"openapi": "3.1.0", text or "empty": [text, {"a": text}]}
    assert yaml.safe_load(to_yaml(value)) == value
    assert YAML(typ="safe").load(to_yaml(value)) == value


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), VALUES, max_size=4))
def test_yaml_and_json_say_the_same(value: dict[str, Any]) -> None:
    assert YAML(typ="safe").load(to_yaml(value)) == value
    assert yaml.safe_load(to_yaml(value)) == value


def test_yaml_is_readable_and_always_the_same() -> None:
    shared = {"type": "string"}
    value = {
        "openapi": "3.1.0",
        "paths": {"/x": {"get": {"responses": {"200": {"description": "A\nB"}}}}},
        "l": [shared] * 2,
    }
    assert to_yaml(value) == (
        "openapi: 3.1.0\n"
        "paths:\n"
        "  /x:\n"
        "    get:\n"
        "      responses:\n"
        '        "200":\n'
        "          description: |-\n"
        "            A\n"
        "            B\n"
        "l:\n"
        "  - type: string\n"
        "  - type: string\n"
    )
    assert to_yaml(value) == to_yaml(deepcopy(value))


def test_parts_of_a_document_are_its_own() -> None:
    """Changing a document changes no contract and no other part of it."""
    kept = {"servers": [{"url": "/"}]}
    found = made(Contract("v1", extra=kept))
    found["servers"].append({})
    assert kept == {"servers": [{"url": "/"}]}
    assert to_json(found) != to_json(made(Contract("v1", extra=kept)))
