"""Documents that are wrong: all of it is told at once, with code, place and a way out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scaffold.diagnostics import ScaffoldError
from scaffold.openapi.reading import parse, read

from .reading import OK, doc, refused

THING = {"type": "object", "properties": {"a": {"type": "string"}}}


def test_everything_wrong_is_told_at_once_with_its_place() -> None:
    document = doc(
        {
            "Thing": {"type": "objekt"},
            "Other": {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/Thin"}}},
            "Far": {"$ref": "https://example.com/schema.json"},
        },
        {
            "/a/{id}": {"get": {"operationId": "a"}},
            "/a/{name}": {"get": {"operationId": "a", "responses": {"200": {}}, "colour": "red"}},
        },
    )
    found = refused(document)
    assert {code for code, _, _ in found} == {"SC710", "SC711", "SC712", "SC714", "SC715"}
    messages = "\n".join(message for _, message, _ in found)
    for place in (
        "shop.json#/components/schemas/Thing/type",
        "shop.json#/components/schemas/Other/properties/a",
        "shop.json#/components/schemas/Far",
        "shop.json#/paths/~1a~1{name}/get/operationId",
        "shop.json#/paths/~1a~1{name}/get/responses/200",
        "shop.json#/paths/~1a~1{name}`",
    ):
        assert place in messages
    assert "`description` is missing" in messages
    assert "`colour` cannot stand here" in messages
    assert all(line is not None for _, _, line in found)
    lines = json.dumps(document, indent=1).splitlines()
    (line,) = [line for code, _, line in found if code == "SC712"]
    assert line is not None
    assert '"Far"' in lines[line - 1]


@pytest.mark.parametrize("openapi", ["3.0.3", "3.1.0"])
@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        ({"info": {"title": "x"}}, "#/info", "`version` is missing"),
        ({"paths": {"a": {}}}, "#/paths", "cannot stand here"),
        ({"paths": {"/a": {"get": {"responses": {"200": {"description": 1}}}}}},
         "#/paths/~1a/get/responses/200/description", "is not of type"),
        ({"paths": {"/a": {"get": {"parameters": [{"name": "a", "in": "body", "schema": {}}], "responses": OK}}}},
         "#/paths/~1a/get/parameters/0/in", "is not one of"),
        ({"paths": {"/a": {"get": {"parameters": [{"name": "a", "in": "query"}], "responses": OK}}}},
         "#/paths/~1a/get/parameters/0", "is missing"),
        ({"components": {"schemas": {"A": {"type": "object", "properties": {"b": {"minimum": "1"}}}}}},
         "#/components/schemas/A/properties/b/minimum", "is not of type"),
        ({"components": {"schemas": {"A": {"required": "a"}}}}, "#/components/schemas/A/required", "is not of type"),
        ({"components": {"securitySchemes": {"A": {"type": "apiKey"}}}},
         "#/components/securitySchemes/A", "is missing"),
        ({"security": {"A": []}}, "#/security", "is not of type"),
    ],
)  # fmt: skip
def test_a_breach_of_the_specification_is_told_with_its_place(
    openapi: str, change: Any, place: str, words: str
) -> None:
    found = refused({**doc(openapi=openapi), **change})
    assert {code for code, _, _ in found} == {"SC710"}
    assert any(f"`shop.json{place}`" in message and words in message for _, message, _ in found), found


def test_hundreds_of_breaches_are_counted() -> None:
    found = refused(doc({f"A{n}": {"type": "objekt"} for n in range(300)}))
    assert len(found) == 51
    assert any("250 places more" in message for _, message, _ in found)


@pytest.mark.parametrize(
    ("ref", "code", "words"),
    [
        ("#/components/schemas/Thinf", "SC711", "leads nowhere"),
        ("#/components/schema/Thing", "SC711", "leads nowhere"),
        ("#Thing", "SC711", "names an anchor"),
        ("other.yaml#/Thing", "SC712", "never fetched"),
        ("https://example.com/a.json", "SC712", "never fetched"),
        ("file:///etc/passwd", "SC712", "never fetched"),
        ("../secret.json", "SC712", "never fetched"),
    ],
)
def test_a_reference_that_cannot_be_followed_is_told(ref: str, code: str, words: str) -> None:
    for document in (
        doc({"Thing": THING, "A": {"type": "array", "items": {"$ref": ref}}}),
        doc({"Thing": THING}, {"/a": {"get": {"responses": {"200": {"$ref": ref}}}}}),
        doc({"Thing": THING}, webhooks={"a": {"$ref": ref}}),
    ):
        ((found, message, _),) = refused(document)
        assert found == code
        assert words in message


def test_a_reference_that_is_misspelt_is_told_what_was_meant() -> None:
    with pytest.raises(ScaffoldError) as caught:
        read(doc({"Thing": THING, "A": {"$ref": "#/components/schemas/Thign"}}), version="v1", file="a.json")
    assert caught.value.diagnostics[0].help == "did you mean `Thing`?"


def test_references_are_found_in_the_words_that_escape_them() -> None:
    document = doc({"a.b": THING, "A": {"$ref": "#/components/schemas/a%2Eb"}})
    assert "A" in read(document, version="v1", file="a.json").contract.types


@pytest.mark.parametrize(
    "schemas",
    [
        {"A": {"$ref": "#/components/schemas/A"}},
        {"A": {"$ref": "#/components/schemas/B"}, "B": {"$ref": "#/components/schemas/A"}},
        {"A": {"allOf": [{"$ref": "#/components/schemas/A"}, {"type": "object"}]}},
        {"A": {"oneOf": [{"$ref": "#/components/schemas/B"}, {"type": "string"}]},
         "B": {"anyOf": [{"$ref": "#/components/schemas/A"}]}},
        {"A": {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/B"}}},
         "B": {"allOf": [{"$ref": "#/components/schemas/C"}]}, "C": {"allOf": [{"$ref": "#/components/schemas/B"}]}},
    ],
)  # fmt: skip
def test_references_in_a_circle_are_told(schemas: Any) -> None:
    schemas = {**schemas, "Use": {"type": "array", "items": {"$ref": "#/components/schemas/A"}}}
    found = refused(doc(schemas))
    assert {code for code, _, _ in found} == {"SC713"}


def test_parameters_in_a_circle_are_told() -> None:
    loop = {"A": {"$ref": "#/components/parameters/B"}, "B": {"$ref": "#/components/parameters/A"}}
    paths = {"/a": {"get": {"parameters": [{"$ref": "#/components/parameters/A"}], "responses": OK}}}
    assert {code for code, _, _ in refused(doc(paths=paths, components={"parameters": loop}))} == {"SC713"}


def test_a_scheme_that_nobody_declared_is_told() -> None:
    schemes = {"Key": {"type": "apiKey", "in": "header", "name": "X"}}
    paths = {"/a": {"get": {"responses": OK, "security": [{"Kee": []}]}}}
    ((code, message, line),) = refused(doc(paths=paths, components={"securitySchemes": schemes}))
    assert (code, line is not None) == ("SC717", True)
    assert "`Kee`" in message


def test_a_parameter_declared_twice_is_told() -> None:
    parameters = [{"name": "a", "in": "query", "schema": {"type": t}} for t in ("string", "integer")]
    ((code, _, _),) = refused(doc(paths={"/a": {"get": {"responses": OK, "parameters": parameters}}}))
    assert code == "SC718"


def test_paths_that_differ_in_names_alone_may_share_no_method() -> None:
    paths = {"/a/{id}": {"get": {"responses": OK}}, "/a/{name}": {"post": {"responses": OK}}}
    assert len(read(doc(paths=paths), version="v1", file="a.json").contract.operations) == 2


def test_a_cut_document_is_told_wherever_it_is_cut() -> None:
    text = json.dumps(doc({"Thing": THING}, {"/a": {"get": {"responses": OK}}}), indent=2)
    for end in range(1, len(text) - 1, 7):
        with pytest.raises(ScaffoldError):
            read(parse(text[:end], "a.json"), version="v1", file="a.json")
