"""Schemas of published documents as types, and back again."""

from __future__ import annotations

from typing import Any

import pytest

from scaffold.contract.named_types import AliasType, EnumType, ObjectType
from scaffold.contract.types import Kind, ListOf, MapOf, Ref, Scalar, UnionOf

from .reading import changed, contract_of, doc, field_of, published, said

NULL = Scalar(Kind.NULL)
ANY = Scalar(Kind.JSON)


@pytest.mark.parametrize(
    ("schema", "type_"),
    [
        ({"type": "string"}, Scalar(Kind.STR)),
        ({"type": "string", "minLength": 1, "maxLength": 3, "pattern": "^a"},
         Scalar(Kind.STR, min_length=1, max_length=3, pattern="^a")),
        ({"type": "string", "format": "date"}, Scalar(Kind.DATE)),
        ({"type": "string", "format": "date-time"}, Scalar(Kind.DATETIME)),
        ({"type": "string", "format": "time"}, Scalar(Kind.TIME)),
        ({"type": "string", "format": "duration"}, Scalar(Kind.DURATION)),
        ({"type": "string", "format": "uuid"}, Scalar(Kind.UUID)),
        ({"type": "string", "format": "email", "maxLength": 80}, Scalar(Kind.EMAIL, max_length=80)),
        ({"type": "string", "format": "uri"}, Scalar(Kind.URL)),
        ({"type": "string", "format": "byte"}, Scalar(Kind.STR, "byte")),
        ({"type": "string", "format": "byte", "contentEncoding": "base64"}, Scalar(Kind.BYTES)),
        ({"type": "string", "format": "binary"}, Scalar(Kind.STR, "binary")),
        ({"type": "string", "format": "decimal"}, Scalar(Kind.STR, "decimal")),
        ({"type": "string", "format": "decimal", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}, Scalar(Kind.DECIMAL)),
        ({"type": "string", "format": "decimal", "pattern": r"^[0-9]+(\.[0-9]+)?$"}, Scalar(Kind.DECIMAL, ge=0)),
        ({"type": "string", "format": "hostname"}, Scalar(Kind.STR, "hostname")),
        ({"type": "integer"}, Scalar(Kind.INT, "unbounded")),
        ({"type": "integer", "minimum": 0}, Scalar(Kind.INT, "unbounded", ge=0)),
        ({"type": "integer", "minimum": 0, "exclusiveMaximum": 9}, Scalar(Kind.INT, ge=0, lt=9)),
        ({"type": "integer", "minimum": -(2**63), "maximum": 2**63 - 1}, Scalar(Kind.INT)),
        ({"type": "integer", "minimum": 0, "maximum": 2**63 - 1}, Scalar(Kind.INT, ge=0)),
        ({"type": "integer", "minimum": 0, "maximum": 2**64}, Scalar(Kind.INT, "unbounded", ge=0, le=2**64)),
        ({"type": "integer", "format": "int32"}, Scalar(Kind.INT, "int32")),
        ({"type": "integer", "format": "int64", "multipleOf": 5}, Scalar(Kind.INT, "int64", multiple_of=5)),
        ({"type": "number"}, Scalar(Kind.FLOAT)),
        ({"type": "number", "format": "float", "exclusiveMinimum": 0.5}, Scalar(Kind.FLOAT, "float", gt=0.5)),
        ({"type": "number", "format": "double"}, Scalar(Kind.FLOAT, "double")),
        ({"type": "boolean"}, Scalar(Kind.BOOL)),
        ({"const": 1}, Scalar(Kind.INT, "unbounded", choices=(1,))),
        ({"const": "a"}, Scalar(Kind.STR, choices=("a",))),
        ({"type": "string", "format": "date", "const": "2026-01-01"},
         Scalar(Kind.STR, "date", choices=("2026-01-01",))),
        ({"const": True}, Scalar(Kind.BOOL, choices=(True,))),
        ({"type": "integer", "enum": [1, 2]}, Scalar(Kind.INT, "unbounded", choices=(1, 2))),
        ({"type": "integer", "format": "int32", "enum": [1, 2]}, Scalar(Kind.INT, "int32", choices=(1, 2))),
        ({"type": "number", "enum": [1, 2.5]}, Scalar(Kind.FLOAT, choices=(1, 2.5))),
        ({"type": "boolean", "enum": [True]}, Scalar(Kind.BOOL, choices=(True,))),
        ({"enum": ["a", 1, False]}, Scalar(Kind.JSON, choices=("a", 1, False))),
        ({"type": "array", "items": {"type": "string"}}, ListOf(Scalar(Kind.STR))),
        ({"type": "array"}, ListOf(ANY)),
        ({"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 3, "uniqueItems": True},
         ListOf(Scalar(Kind.STR), 1, 3, True)),
        ({"type": "array", "items": {"type": "array", "items": {}}}, ListOf(ListOf(ANY))),
        ({"type": "array", "items": {"type": ["string", "null"]}},
         ListOf(UnionOf((Scalar(Kind.STR), NULL), exclusive=False))),
        ({"type": "object"}, MapOf(ANY)),
        ({"type": "object", "additionalProperties": True}, MapOf(ANY)),
        ({"type": "object", "additionalProperties": {}}, MapOf(ANY)),
        ({"type": "object", "additionalProperties": {"type": "boolean"}}, MapOf(Scalar(Kind.BOOL))),
        ({"type": "object", "additionalProperties": {"type": ["integer", "null"], "format": "int32"}},
         MapOf(UnionOf((Scalar(Kind.INT, "int32"), NULL), exclusive=False))),
        ({"$ref": "#/components/schemas/Other"}, Ref("Other")),
        ({"allOf": [{"$ref": "#/components/schemas/Other"}]}, Ref("Other")),
        ({"type": "object", "allOf": [{"$ref": "#/components/schemas/Other"}]}, Ref("Other")),
    ],
)  # fmt: skip
def test_a_schema_is_a_type(schema: Any, type_: Any) -> None:
    other = {"type": "object", "properties": {"a": {"type": "string"}}}
    found = field_of(schema, Other=other)
    assert found.type == type_
    assert not found.nullable


@pytest.mark.parametrize(
    ("schema", "type_"),
    [
        ({"type": ["string", "null"]}, Scalar(Kind.STR)),
        ({"type": ["null", "string"], "maxLength": 3}, Scalar(Kind.STR, max_length=3)),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, Scalar(Kind.STR)),
        ({"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/Other"}]}, Ref("Other")),
        ({"oneOf": [{"$ref": "#/components/schemas/Other"}, {"const": None}]}, Ref("Other")),
        ({"type": ["array", "null"], "items": {"type": "string"}}, ListOf(Scalar(Kind.STR))),
        ({"type": ["integer", "null"], "format": "int32", "enum": [1, None]}, Scalar(Kind.INT, "int32", choices=(1,))),
        ({"type": ["object", "null"]}, MapOf(ANY)),
        (True, ANY),
        ({}, ANY),
        ({"title": "It"}, ANY),
    ],
)
def test_null_is_a_mark_of_the_field(schema: Any, type_: Any) -> None:
    found = field_of(schema, Other={"type": "object", "properties": {"a": {"type": "string"}}})
    assert found.type == type_
    assert found.nullable


def test_null_that_no_value_can_be_is_no_null() -> None:
    assert not field_of({"type": ["string", "null"], "const": "a"}).nullable
    assert not field_of({"type": ["string", "null"], "enum": ["a", "b"]}).nullable


def test_texts_in_a_list_are_an_enum_in_its_place() -> None:
    contract = contract_of({"Thing": {"type": "object", "properties": {"colour": {"enum": ["red", "", "RED", "1"]}}}})
    enum = contract.types["ThingColour"]
    assert isinstance(enum, EnumType)
    assert enum.inline
    assert [v.value for v in enum.values] == ["red", "", "RED", "1"]
    assert enum.values[1].identity == "v1:v1:ThingColour."


def test_enums_may_be_null_too() -> None:
    found = field_of({"type": ["string", "null"], "enum": ["a", None]})
    assert (found.type, found.nullable) == (Ref("ThingIt"), True)


def test_what_no_value_can_be_is_left_out_of_an_enum() -> None:
    found = changed(
        doc({"Odd": {"type": "string", "enum": ["a", 1, "a"]}, "Never": {"type": "string", "enum": [1, 2]}})
    )
    odd, never = found.contract.types["Odd"], found.contract.types["Never"]
    assert isinstance(odd, EnumType)
    assert [v.value for v in odd.values] == ["a"]
    assert isinstance(never, AliasType)
    assert never.type == Scalar(Kind.STR)
    assert never.extra == {"enum": [1, 2]}
    assert ("unchecked", "#/components/schemas/Never/enum") in said(found)
    assert [k for k, _ in said(found)].count("ignored") == 4


def test_an_empty_enum_is_kept_and_told() -> None:
    found = published(doc({"Nothing": {"type": "string", "enum": []}}))
    assert found.contract.types["Nothing"].extra == {"enum": []}
    assert said(found) == [("unchecked", "#/components/schemas/Nothing/enum")]


def test_a_type_that_is_not_stated_is_the_one_that_the_keywords_speak_of() -> None:
    found = published(
        doc(
            {
                "Wrapper": {"properties": {"a": {"$ref": "#/components/schemas/Word"}}},
                "Word": {"maxLength": 3},
                "Day": {"format": "date"},
                "Small": {"maximum": 3},
                "Some": {"items": {"type": "string"}},
            }
        )
    )
    assert [k for k, _ in said(found)] == ["assumed"] * 5
    kinds = [t.type for t in found.contract.types.values() if isinstance(t, AliasType)]
    assert kinds == [
        Scalar(Kind.STR, max_length=3), Scalar(Kind.DATE), Scalar(Kind.FLOAT, le=3), ListOf(Scalar(Kind.STR)),
    ]  # fmt: skip
    assert isinstance(found.contract.types["Wrapper"], ObjectType)


def test_an_enum_keeps_the_format_of_its_texts() -> None:
    found = field_of({"type": "string", "format": "date", "enum": ["2026-01-01", "2026-01-02"]})
    assert (found.type, dict(found.extra)) == (Ref("ThingIt"), {"format": "date"})


def test_an_enum_that_says_that_others_may_come_is_open() -> None:
    schema = {"type": "string", "enum": ["a", "b"], "x-extensible-enum": ["a", "b"]}
    contract = contract_of({"Open": schema, "Word": {"type": "string", "x-extensible-enum": ["a"]}})
    open_, word = contract.types["Open"], contract.types["Word"]
    assert isinstance(open_, EnumType)
    assert open_.open
    assert dict(open_.extra) == {}
    assert word.extra == {"x-extensible-enum": ["a"]}
