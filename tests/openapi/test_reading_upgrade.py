"""OpenAPI 3.0 in the words of 3.1."""

from __future__ import annotations

from typing import Any

import pytest

from scaffold.contract.named_types import EnumType, ObjectType
from scaffold.contract.types import Kind, Ref, Scalar, UnionOf
from scaffold.openapi.reading import upgraded

from .reading import OK, doc, field_of, published

CARD = {"type": "object", "properties": {"number": {"type": "string"}}}
REF = {"$ref": "#/components/schemas/Card"}


@pytest.mark.parametrize(
    ("schema", "type_", "nullable"),
    [
        ({"type": "string", "nullable": True}, Scalar(Kind.STR), True),
        ({"type": "string", "nullable": False}, Scalar(Kind.STR), False),
        ({"type": "integer", "format": "int32", "nullable": True, "enum": [1]},
         Scalar(Kind.INT, "int32", choices=(1,)), True),
        ({"allOf": [REF], "nullable": True}, Ref("Card"), True),
        ({"type": "object", "allOf": [REF], "nullable": True, "description": "d"}, Ref("Card"), True),
        ({"oneOf": [REF], "nullable": True}, Ref("Card"), True),
        ({"anyOf": [REF, {"type": "string"}], "nullable": True},
         UnionOf((Ref("Card"), Scalar(Kind.STR)), exclusive=False), True),
        ({"$ref": "#/components/schemas/Card", "nullable": True, "description": "d"}, Ref("Card"), False),
        ({"type": "number", "minimum": 1, "exclusiveMinimum": True}, Scalar(Kind.FLOAT, gt=1), False),
        ({"type": "number", "minimum": 1, "exclusiveMinimum": False}, Scalar(Kind.FLOAT, ge=1), False),
        ({"type": "number", "maximum": 1, "exclusiveMaximum": True}, Scalar(Kind.FLOAT, lt=1), False),
        ({"type": "string", "format": "byte"}, Scalar(Kind.BYTES), False),
        ({"type": "string", "format": "binary"}, Scalar(Kind.STR, "binary"), False),
        ({"nullable": True}, Scalar(Kind.JSON), True),
    ],
)  # fmt: skip
def test_null_bounds_and_bytes_are_read(schema: Any, type_: Any, nullable: bool) -> None:
    found = field_of(schema, openapi="3.0.3", Card=CARD)
    assert (found.type, found.nullable) == (type_, nullable)


def test_a_nullable_enum_may_be_null() -> None:
    contract = published(doc({"A": {"type": "object", "properties": {"b": {
        "type": "string", "nullable": True, "enum": ["x", "y"]}}}}, openapi="3.0.0")).contract  # fmt: skip
    owner, enum = contract.types["A"], contract.types["AB"]
    assert isinstance(owner, ObjectType)
    assert owner.fields[0].nullable
    assert isinstance(enum, EnumType)
    assert [v.value for v in enum.values] == ["x", "y"]


def test_only_prose_counts_beside_a_reference() -> None:
    found = field_of({**REF, "description": "Mine.", "maxProperties": 3, "x-a": 1}, openapi="3.0.3", Card=CARD)
    assert (found.type, found.description, dict(found.extra)) == (Ref("Card"), "Mine.", {"x-a": 1})


def test_values_that_are_only_quoted_stay_as_they_are() -> None:
    value = {"nullable": True, "type": "string", "$ref": "nowhere", "format": "byte"}
    fields = {"nullable": {"type": "boolean"}, "example": {"type": "string"}}
    document = doc(
        {
            "nullable": {"type": "object", "properties": fields},
            "Thing": {"type": "object", "example": value, "default": value, "enum": [value], "x-note": value},
        },
        {"/a": {"get": {"responses": {"200": {"description": "", "content": {"application/json": {
            "example": value, "examples": {"one": {"value": value}}}}}}}}},
        openapi="3.0.3",
    )  # fmt: skip
    assert upgraded(document) == {**document, "openapi": "3.1.0"}


def test_a_newer_document_is_left_alone() -> None:
    document = doc({"A": {"nullable": True, "type": "string"}})
    assert upgraded(document) == document


def test_the_whole_of_an_older_document_is_read() -> None:
    published(
        doc(
            {"Card": CARD},
            {"/cards": {"post": {
                "requestBody": {"content": {"application/json": {"schema": REF}}},
                "responses": OK,
                "parameters": [{"name": "a", "in": "query", "schema": {"type": "string", "nullable": True}}],
            }}},
            openapi="3.0.1",
        )
    )  # fmt: skip
