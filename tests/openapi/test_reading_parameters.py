"""Reading the parameters of operations."""

from __future__ import annotations

from scaffold.contract.named_types import EnumType
from scaffold.contract.parameter import Location, Parameter
from scaffold.contract.types import MISSING, Kind, ListOf, Ref, Scalar, UnionOf

from .reading import OK, changed, doc, operation_of, published, said

JSON = "application/json"
TEXT = Scalar(Kind.STR)
THING = {"type": "object", "properties": {"a": {"type": "string"}}}
REF = {"$ref": "#/components/schemas/Thing"}


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


def test_path_parameters_that_are_missing_or_too_many_are_told() -> None:
    parameters = [{"name": "x", "in": "path", "required": True, "schema": {"type": "string"}}]
    found = changed(doc(paths={"/a/{id}": {"get": {"parameters": parameters, "responses": OK}}}))
    assert [(p.name, p.type) for p in found.contract.operations[0].parameters] == [("id", TEXT)]
    assert said(found) == [
        ("assumed", "#/paths/~1a~1{id}/get"),
        ("ignored", "#/paths/~1a~1{id}/get/parameters/0"),
    ]


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
