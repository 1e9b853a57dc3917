"""Reading what no type can say: it is kept, and told with its place."""

from __future__ import annotations

from typing import Any

import pytest

from scaffold.contract.named_types import AliasType, ObjectType
from scaffold.contract.types import MISSING, Kind, ListOf, Scalar

from .reading import doc, field_of, published, said

ANY = Scalar(Kind.JSON)


@pytest.mark.parametrize(
    "words",
    [
        {"not": {"required": ["b"]}},
        {"minProperties": 1},
        {"maxProperties": 3},
        {"propertyNames": {"pattern": "^a"}},
        {"patternProperties": {"^x": {"type": "string"}}},
        {"dependentRequired": {"a": ["b"]}},
        {"dependentSchemas": {"a": {"required": ["b"]}}},
        {"if": {"required": ["a"]}, "then": {"required": ["b"]}, "else": {"required": ["c"]}},
        {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
        {"anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
        {"discriminator": {"propertyName": "a"}},
    ],
)
def test_what_cannot_be_checked_is_kept_and_told_with_its_place(words: Any) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}, **words}
    found = published(doc({"Thing": schema}))
    assert dict(found.contract.types["Thing"].extra) == words
    assert said(found) == [("unchecked", f"#/components/schemas/Thing/{word}") for word in words]


@pytest.mark.parametrize(
    "words",
    [
        {"contains": {"type": "string"}, "minContains": 1},
        {"prefixItems": [{"type": "string"}], "items": False},
        {"unevaluatedItems": False},
    ],
)
def test_lists_keep_what_cannot_be_checked(words: Any) -> None:
    found = field_of({"type": "array", **words})
    assert found.type == ListOf(ANY)
    assert dict(found.extra) == words


def test_a_schema_that_nothing_meets_is_told() -> None:
    found = published(doc({"Thing": {"type": "object", "properties": {"gone": False}}}))
    thing = found.contract.types["Thing"]
    assert isinstance(thing, ObjectType)
    assert dict(thing.fields[0].extra) == {"not": {}}
    assert said(found) == [("unchecked", "#/components/schemas/Thing/properties/gone")]


def test_a_default_that_is_never_used_is_only_kept() -> None:
    required = field_of({"type": "string", "default": "a"}, required=True)
    assert (required.default, dict(required.extra)) == (MISSING, {"default": "a"})
    wrong = field_of({"type": "integer", "default": "none"})
    assert (wrong.default, dict(wrong.extra)) == (MISSING, {"default": "none"})
    null = field_of({"type": ["integer", "null"], "default": None})
    assert (null.default, dict(null.extra)) == (None, {})


def test_an_example_that_is_no_value_is_only_kept() -> None:
    assert dict(field_of({"type": "integer", "example": "ten"}).extra) == {"example": "ten"}
    assert field_of({"type": "integer", "examples": [10]}).example == 10
    assert dict(field_of({"type": "integer", "examples": [10, 20]}).extra) == {"examples": [10, 20]}


def test_a_keyword_that_nobody_knows_is_kept_and_told() -> None:
    found = published(doc({"Thing": {"type": "string", "colour": "red"}}))
    assert dict(found.contract.types["Thing"].extra) == {"colour": "red"}
    assert said(found) == [("raw", "#/components/schemas/Thing/colour")]


@pytest.mark.parametrize(
    ("schema", "type_", "kept"),
    [
        ({"type": "string", "pattern": r"\p{L}"}, Scalar(Kind.STR), ["pattern"]),
        ({"type": "string", "minLength": 5, "maxLength": 1}, Scalar(Kind.STR), ["minLength", "maxLength"]),
        ({"type": "integer", "minimum": 5, "maximum": 1}, Scalar(Kind.INT, "unbounded"), ["minimum", "maximum"]),
        ({"type": "array", "minItems": 5, "maxItems": 1}, ListOf(ANY), ["minItems", "maxItems"]),
        ({"type": "string", "format": "date", "maxLength": 10}, Scalar(Kind.DATE), ["maxLength"]),
        ({"type": "boolean", "format": "yes"}, Scalar(Kind.BOOL), ["format"]),
        ({"type": "string", "minimum": 3}, Scalar(Kind.STR), ["minimum"]),
    ],
)
def test_bounds_that_cannot_be_checked_are_kept_and_told(schema: Any, type_: Any, kept: list[str]) -> None:
    found = published(doc({"Thing": schema}))
    thing = found.contract.types["Thing"]
    assert isinstance(thing, AliasType)
    assert (thing.type, list(thing.extra)) == (type_, kept)
    assert [place for _, place in said(found)] == [f"#/components/schemas/Thing/{word}" for word in kept]
