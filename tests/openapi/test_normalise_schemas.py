"""Comparing schemas to the last description: `docs/openapi.md` has the rules, each of which is tested here."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from scaffold.openapi import canonical, differences

from .normalising import CARD, CARD_REF, NULL, TEXT, TINY_REF, of_operation, of_schema, string

SAME_SCHEMAS: dict[str, tuple[Any, Any]] = {
    "keys in another order": ({"type": "string", "maxLength": 3}, {"maxLength": 3, "type": "string"}),
    "required in another order": ({"required": ["b", "a"]}, {"required": ["a", "b", "a"]}),
    "an enum in another order": (string(enum=["b", "a"]), string(enum=["a", "b"])),
    "a constant": ({"const": 1}, {"enum": [1]}),
    "variants in another order": ({"anyOf": [CARD_REF, TINY_REF]}, {"anyOf": [TINY_REF, CARD_REF]}),
    "one type in a list": (string(), {"type": ["string"]}),
    "types in another order": ({"type": ["string", "null"]}, {"type": ["null", "string"]}),
    "types that no value of an enum has": ({"type": ["string", "null"], "enum": ["a"]}, string(enum=["a"])),
    "an enum that has its type anyway": ({"enum": ["a", "b"]}, string(enum=["a", "b"])),
    "null as a variant": ({"type": ["string", "null"], "maxLength": 3}, {"anyOf": [string(maxLength=3), NULL]}),
    "null in oneOf": ({"oneOf": [CARD_REF, NULL]}, {"anyOf": [NULL, CARD_REF]}),
    "null of an enum": ({"type": ["string", "null"], "enum": ["a", None]}, {"anyOf": [string(enum=["a"]), NULL]}),
    "null as a constant": ({"const": None}, {"enum": [None]}),
    "null as an only value": ({"enum": [None]}, NULL),
    "prose on both sides of null, of which the outer counts": (
        {"anyOf": [string(title="In"), NULL], "title": "Out"},
        {"type": ["string", "null"], "title": "Out"},
    ),
    "a union of one": ({"oneOf": [CARD_REF], "title": "T"}, {**CARD_REF, "title": "T"}),
    "null of one of several variants": (
        {"anyOf": [{"type": ["string", "null"]}, CARD_REF]},
        {"anyOf": [TEXT, CARD_REF, NULL]},
    ),
    "null that the type beside it leaves no room for": (
        {"type": "object", "oneOf": [{"minProperties": 1}, NULL]},
        {"type": "object", "minProperties": 1},
    ),
    "the names that a discriminator has anyway": (
        {"oneOf": [CARD_REF], "discriminator": {"propertyName": "k", "mapping": {"Card": "Card", "c": "Card"}}},
        {"oneOf": [CARD_REF], "discriminator": {"propertyName": "k", "mapping": {"c": CARD_REF["$ref"]}}},
    ),
    "null beside a union": (
        {"oneOf": [CARD_REF, TINY_REF, NULL]},
        {"anyOf": [{"oneOf": [CARD_REF, TINY_REF]}, NULL]},
    ),
    "prose beside null": ({"type": ["string", "null"], "title": "T"}, {"anyOf": [string(title="T"), NULL]}),
    "several types": (
        {"type": ["string", "integer"], "minimum": 1, "maxLength": 2},
        {"anyOf": [string(maxLength=2), {"type": "integer", "minimum": 1}]},
    ),
    "one example": (string(example="a"), string(examples=["a"])),
    "one example, twice": (string(example="a", examples=["a"]), string(examples=["a"])),
    "allOf of one": ({"allOf": [CARD_REF], "description": "D."}, {**CARD_REF, "description": "D."}),
    "allOf of one in place": ({"allOf": [string(maxLength=3)], "title": "T"}, string(maxLength=3, title="T")),
    "allOf of objects": (
        {"allOf": [CARD_REF, {"type": "object", "properties": {"a": TEXT}, "required": ["a"]}], "title": "T"},
        {
            "type": "object",
            "properties": {"a": TEXT, "number": TEXT},
            "required": ["a", "number"],
            "title": "T",
        },
    ),
    "allOf of a property twice": (
        {"allOf": [CARD_REF, {"properties": {"number": string(maxLength=3)}}]},
        {"type": "object", "properties": {"number": string(maxLength=3)}, "required": ["number"]},
    ),
    "what keywords say anyway": (
        {
            **CARD,
            "additionalProperties": True,
            "minProperties": 0,
            "readOnly": False,
            "writeOnly": False,
            "deprecated": False,
        },
        CARD,
    ),
    "no requirement": ({"type": "object", "required": [], "properties": {}}, {"type": "object"}),
    "anything": ({"type": "array", "items": {}, "minItems": 0, "uniqueItems": False}, {"type": "array", "items": True}),
    "a short text": (string(minLength=0), TEXT),
    "nothing": (False, {"not": {}}),
    "whole numbers": ({"type": "number", "minimum": 1.0}, {"type": "number", "minimum": 1}),
    "a reference spelled out": ({"$ref": "#/components/schemas/C%61rd"}, CARD_REF),
    "a discriminator's short name": (
        {"oneOf": [CARD_REF], "discriminator": {"propertyName": "k", "mapping": {"c": "Card"}}},
        {"oneOf": [CARD_REF], "discriminator": {"propertyName": "k", "mapping": {"c": "#/components/schemas/Card"}}},
    ),
    "an empty mapping": (
        {"discriminator": {"propertyName": "k", "mapping": {}}},
        {"discriminator": {"propertyName": "k"}},
    ),
}

OTHER_SCHEMAS: dict[str, tuple[Any, Any]] = {
    "type": (TEXT, {"type": "integer"}),
    "no type": ({"maxLength": 3}, string(maxLength=3)),
    "format": (TEXT, string(format="date")),
    "bound": (TEXT, string(maxLength=3)),
    "pattern": (TEXT, string(pattern="a")),
    "null": (TEXT, {"type": ["string", "null"]}),
    "null of a reference": (CARD_REF, {"anyOf": [CARD_REF, NULL]}),
    "null of an enum": (string(enum=["a"]), {"enum": ["a", None]}),
    "enum value": (string(enum=["a"]), string(enum=["a", "b"])),
    "true and one": ({"enum": [1]}, {"enum": [True]}),
    "default": (TEXT, string(default="")),
    "default of true and one": ({"default": 1}, {"default": True}),
    "description": (TEXT, string(description="D.")),
    "empty description": (TEXT, string(description="")),
    "title": (TEXT, string(title="T")),
    "example": (string(example="a"), string(example="b")),
    "examples": (string(examples=["a"]), string(examples=["a", "b"])),
    "order of examples": (string(examples=["b", "a"]), string(examples=["a", "b"])),
    "example beside others": (string(example="c", examples=["a", "b"]), string(examples=["a", "b"])),
    "deprecated": (TEXT, string(deprecated=True)),
    "readOnly": (TEXT, string(readOnly=True)),
    "writeOnly": (TEXT, string(writeOnly=True)),
    "extension": (TEXT, {"type": "string", "x-a": False}),
    "extension of null": (TEXT, {"type": "string", "x-a": None}),
    "order in an extension": ({"x-a": [1, 2]}, {"x-a": [2, 1]}),
    "external documentation": (TEXT, string(externalDocs={"url": "https://a.example"})),
    "xml": (TEXT, string(xml={"name": "a"})),
    "encoding": (TEXT, string(contentEncoding="base64")),
    "required": (CARD, {**CARD, "required": []}),
    "property": (CARD, {**CARD, "properties": {}}),
    "refusing": (CARD, {**CARD, "additionalProperties": False}),
    "bounding the rest": (CARD, {**CARD, "additionalProperties": TEXT}),
    "items": ({"type": "array"}, {"type": "array", "items": TEXT}),
    "unique": ({"type": "array"}, {"type": "array", "uniqueItems": True}),
    "prefix order": ({"prefixItems": [TEXT, {}]}, {"prefixItems": [{}, TEXT]}),
    "reference": (CARD_REF, TINY_REF),
    "a name for what stands in place": (CARD_REF, CARD),
    "exclusive": ({"oneOf": [CARD_REF, TINY_REF]}, {"anyOf": [CARD_REF, TINY_REF]}),
    "variant": ({"anyOf": [CARD_REF, TEXT]}, {"anyOf": [CARD_REF, TEXT, {"type": "integer"}]}),
    "null of two of several variants": (
        {"oneOf": [{"type": ["string", "null"]}, {"anyOf": [CARD_REF, NULL]}]},
        {"oneOf": [TEXT, CARD_REF, NULL]},
    ),
    "null beside a type and a reference": (
        {"type": "object", "oneOf": [CARD_REF, NULL]},
        {"type": "object", **CARD_REF},
    ),
    "a bound beside null": (
        {"anyOf": [{"type": "string", "not": {"const": "a"}}, NULL]},
        {"type": ["string", "null"], "not": {"const": "a"}},
    ),
    "types with prose of their own": (
        {"anyOf": [string(title="T"), {"type": "integer"}]},
        {"type": ["string", "integer"], "title": "T"},
    ),
    "discriminator": ({"oneOf": [CARD_REF]}, {"oneOf": [CARD_REF], "discriminator": {"propertyName": "k"}}),
    "allOf with other bounds": ({"allOf": [string(maxLength=3)], "maxLength": 5}, string(maxLength=5)),
    "allOf of a property twice": (
        {"allOf": [CARD_REF, {"properties": {"number": {"type": "integer"}}}]},
        {"type": "object", "properties": {"number": {"type": "integer"}}, "required": ["number"]},
    ),
    "allOf that refuses": (
        {"allOf": [CARD_REF, {"properties": {"a": TEXT}, "additionalProperties": False}]},
        {"allOf": [CARD_REF, {"properties": {"a": TEXT}}]},
    ),
    "unknown keyword": (TEXT, string(foo=1)),
    "not": (TEXT, string(**{"not": {"const": "a"}})),
}


@pytest.mark.parametrize("pair", SAME_SCHEMAS.values(), ids=SAME_SCHEMAS)
def test_schemas_that_say_the_same_are_equal_wherever_they_stand(pair: tuple[Any, Any]) -> None:
    one, other = pair
    assert differences(of_schema(one), of_schema(other)) == ()
    for around in ("items", "not", "additionalProperties"):
        assert differences(of_schema({around: one}), of_schema({around: other})) == ()
    for part in (one, other):
        assert canonical(canonical(of_schema(part)) | {"openapi": "3.1.0"}) == canonical(of_schema(part))


@pytest.mark.parametrize("pair", OTHER_SCHEMAS.values(), ids=OTHER_SCHEMAS)
def test_schemas_that_say_something_else_differ_wherever_they_stand(pair: tuple[Any, Any]) -> None:
    one, other = pair
    assert differences(of_schema(one), of_schema(other))
    in_body = [{"requestBody": {"content": {"a/b": {"schema": schema}}}} for schema in pair]
    assert differences(of_operation(in_body[0]), of_operation(in_body[1]))
    in_property = [{"properties": {"not": schema}} for schema in pair]
    assert differences(of_schema(in_property[0]), of_schema(in_property[1]))


@pytest.mark.parametrize(
    "schemas",
    [
        {"A": {"$ref": "#/components/schemas/A"}},
        {
            "A": {"allOf": [{"$ref": "#/components/schemas/B"}, CARD]},
            "B": {"allOf": [{"$ref": "#/components/schemas/A"}, CARD]},
        },
        {"A": {"properties": {"next": {"$ref": "#/components/schemas/A"}}}},
        {"A": {"allOf": [{"$ref": "#/components/schemas/Lost"}, CARD]}},
        {"A": {"$ref": "https://a.example/b.json#/C"}},
    ],
)
def test_references_that_lead_in_a_circle_or_nowhere_stay_what_they_are(schemas: Any) -> None:
    found = {"openapi": "3.1.0", "components": {"schemas": schemas}}
    assert differences(found, deepcopy(found)) == ()
