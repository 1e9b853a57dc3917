"""Schemas of published documents as types, and back again."""

from __future__ import annotations

from typing import Any

import pytest

from scaffold.contract.named_types import AliasType, EnumType, ObjectType, Unknown
from scaffold.contract.types import MISSING, Kind, ListOf, MapOf, Ref, Scalar, UnionOf

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


def test_an_object_has_fields_with_everything_said_of_them() -> None:
    contract = contract_of(
        {
            "Card": {
                "type": "object",
                "title": "A card",
                "description": "Pays.",
                "required": ["number"],
                "x-note": 1,
                "properties": {
                    "number": {"type": "string", "description": "Long.", "example": "4111", "title": "No"},
                    "limit": {"type": "integer", "default": 5, "deprecated": True, "x-a": {"b": [1]}},
                    "secret": {"type": "string", "writeOnly": True},
                    "id": {"type": "string", "readOnly": True, "externalDocs": {"url": "https://a.co"}},
                },
            }
        }
    )
    card = contract.types["Card"]
    assert isinstance(card, ObjectType)
    number, limit, secret, id_ = card.fields
    assert (card.description, dict(card.extra)) == ("Pays.", {"title": "A card", "x-note": 1})
    assert (number.required, number.description, number.example) == (True, "Long.", "4111")
    assert dict(number.extra) == {"title": "No"}
    assert (limit.required, limit.default, limit.deprecated) == (False, 5, True)
    assert dict(limit.extra) == {"x-a": {"b": [1]}}
    assert (secret.write_only, id_.read_only) == (True, True)
    assert dict(id_.extra) == {"externalDocs": {"url": "https://a.co"}}
    assert (card.identity, number.identity) == ("v1:Card", "v1:v1:Card.number")


@pytest.mark.parametrize(
    ("rest", "unknown"),
    [
        ({}, Unknown.IGNORE),
        ({"additionalProperties": True}, Unknown.KEEP),
        ({"additionalProperties": {}}, Unknown.KEEP),
        ({"additionalProperties": False}, Unknown.REFUSE),
        ({"additionalProperties": {"type": "string"}}, Unknown.KEEP),
        ({"unevaluatedProperties": False}, Unknown.REFUSE),
        ({"patternProperties": {"^x-": {"type": "string"}}}, Unknown.KEEP),
        ({"patternProperties": {"^x-": {"type": "string"}}, "additionalProperties": False}, Unknown.KEEP),
    ],
)
def test_what_becomes_of_other_fields_is_said(rest: Any, unknown: Unknown) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}, **rest}
    found = changed(doc({"Thing": schema})) if "unevaluatedProperties" in rest else published(doc({"Thing": schema}))
    thing = found.contract.types["Thing"]
    assert isinstance(thing, ObjectType)
    assert thing.unknown is unknown
    bounded = rest.get("additionalProperties") == {"type": "string"}
    assert thing.rest == (Scalar(Kind.STR) if bounded else None)


def test_a_named_object_without_fields_keeps_what_it_is_sent() -> None:
    contract = contract_of(
        {
            "Free": {"type": "object"},
            "Open": {"type": "object", "additionalProperties": True},
            "Empty": {"type": "object", "additionalProperties": False},
            "Counts": {"type": "object", "additionalProperties": {"type": "integer"}},
        }
    )
    free, open_, empty, counts = contract.types.values()
    assert [isinstance(t, ObjectType) and t.unknown for t in (free, open_, empty)] == [
        Unknown.KEEP, Unknown.KEEP, Unknown.REFUSE,
    ]  # fmt: skip
    assert isinstance(counts, AliasType)
    assert counts.type == MapOf(Scalar(Kind.INT, "unbounded"))


def test_objects_in_place_are_named_after_their_owner_and_place() -> None:
    address = {"type": "object", "properties": {"street": {"type": "string"}}}
    contract = contract_of(
        {
            "User": {
                "type": "object",
                "properties": {
                    "home_address": {**address, "description": "Where."},
                    "past": {"type": "array", "items": address},
                    "byYear": {"type": "object", "additionalProperties": address},
                },
                "additionalProperties": address,
            },
            "UserPast": {"type": "string"},
        }
    )
    assert list(contract.types) == ["User", "UserRest", "UserHomeAddress", "UserPast2", "UserByYear", "UserPast"]
    assert all(t.inline for t in contract.types.values() if isinstance(t, ObjectType) and t.name != "User")
    user, home = contract.types["User"], contract.types["UserHomeAddress"]
    assert isinstance(user, ObjectType)
    assert user.field("past") is not None
    assert user.fields[0].description == "Where."
    assert home.description is None
    assert user.fields[1].type == ListOf(Ref("UserPast2"))
    assert user.rest == Ref("UserRest")


def test_names_for_what_is_no_object_stay_names() -> None:
    contract = contract_of(
        {
            "Money": {"type": "string", "pattern": "^[0-9]+$", "description": "Cents.", "example": "100"},
            "Ids": {"type": "array", "items": {"type": "integer"}, "maxItems": 5},
            "Again": {"$ref": "#/components/schemas/Money"},
            "Maybe": {"type": ["string", "null"]},
            "Anything": {},
            "Colour": {"type": "string", "enum": ["red"]},
            "MaybeColour": {"type": ["string", "null"], "enum": ["red", None]},
            "MaybeCard": {"type": ["object", "null"], "properties": {"a": {"type": "string"}}},
        }
    )
    assert contract.types["Money"] == AliasType(
        "v1:Money", "Money", Scalar(Kind.STR, pattern="^[0-9]+$"), False, "Cents."
    )
    assert contract.types["Money"].extra == {"example": "100"}
    assert contract.types["Ids"] == AliasType("v1:Ids", "Ids", ListOf(Scalar(Kind.INT, "unbounded"), max_items=5))
    assert contract.types["Again"] == AliasType("v1:Again", "Again", Ref("Money"))
    assert contract.types["Maybe"] == AliasType("v1:Maybe", "Maybe", Scalar(Kind.STR), True)
    assert contract.types["Anything"] == AliasType("v1:Anything", "Anything", ANY, True)
    assert isinstance(contract.types["Colour"], EnumType)
    maybe = contract.types["MaybeColour"]
    assert isinstance(maybe, AliasType)
    assert (maybe.type, maybe.nullable) == (Ref("MaybeColour2"), True)
    assert contract.types["MaybeCard"] == AliasType("v1:MaybeCard", "MaybeCard", Ref("MaybeCard2"), True)


def test_recursion_goes_on_for_ever_and_is_read_once() -> None:
    contract = contract_of(
        {
            "Tree": {"type": "object", "properties": {"left": {"$ref": "#/components/schemas/Tree"}}},
            "Json": {
                "anyOf": [
                    {"type": "string"},
                    {"type": "array", "items": {"$ref": "#/components/schemas/Json"}},
                    {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Json"}},
                ]
            },
        }
    )
    json_ = contract.types["Json"]
    assert isinstance(json_, AliasType)
    assert json_.type == UnionOf((Scalar(Kind.STR), ListOf(Ref("Json")), MapOf(Ref("Json"))), exclusive=False)


def test_the_parts_of_all_of_are_one_object_and_that_is_told() -> None:
    base = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}, "description": "Base."}
    found = published(
        doc(
            {
                "Base": base,
                "Card": {
                    "description": "Card.",
                    "allOf": [
                        {"$ref": "#/components/schemas/Base"},
                        {"type": "object", "properties": {"number": {"type": "string"}}},
                    ],
                },
            }
        )
    )
    card = found.contract.types["Card"]
    assert isinstance(card, ObjectType)
    assert [(f.name, f.required, f.identity) for f in card.fields] == [
        ("id", True, "v1:v1:Card.id"),
        ("number", False, "v1:v1:Card.number"),
    ]
    assert card.description == "Card."
    assert said(found) == [("merged", "#/components/schemas/Card")]


def test_merging_takes_the_tighter_bound_and_keeps_what_does_not_go_together() -> None:
    found = changed(
        doc(
            {
                "Word": {"allOf": [{"type": "string", "maxLength": 9}, {"maxLength": 5, "minLength": 1}]},
                "Odd": {"allOf": [{"type": "string", "pattern": "a"}, {"pattern": "b"}]},
                "Both": {
                    "allOf": [
                        {"type": "object", "properties": {"a": {"type": "string"}}},
                        {"type": "object", "properties": {"a": {"maxLength": 3}}, "additionalProperties": False},
                    ]
                },
            }
        )
    )
    word, odd, both = found.contract.types.values()
    assert isinstance(word, AliasType)
    assert word.type == Scalar(Kind.STR, min_length=1, max_length=5)
    assert isinstance(odd, AliasType)
    assert (odd.type, dict(odd.extra)) == (Scalar(Kind.STR, pattern="a"), {"allOf": [{"pattern": "b"}]})
    assert isinstance(both, ObjectType)
    assert both.fields[0].type == Scalar(Kind.STR, max_length=3)
    assert both.unknown is Unknown.REFUSE
    assert ("unchecked", "#/components/schemas/Odd/allOf") in said(found)


def test_prose_around_a_reference_is_said_of_the_place() -> None:
    other = {"type": "object", "properties": {"a": {"type": "string"}}}
    found = field_of({"$ref": "#/components/schemas/Other", "description": "Mine.", "readOnly": True}, Other=other)
    assert (found.type, found.description, found.read_only) == (Ref("Other"), "Mine.", True)
    found = field_of({"allOf": [{"$ref": "#/components/schemas/Other"}, {"description": "Mine."}]}, Other=other)
    assert (found.type, found.description) == (Ref("Other"), "Mine.")


def test_bounds_beside_a_reference_make_a_type_of_its_own() -> None:
    found = changed(
        doc(
            {
                "Word": {"type": "string", "maxLength": 9},
                "Thing": {
                    "type": "object",
                    "properties": {"it": {"$ref": "#/components/schemas/Word", "minLength": 2}},
                },
            }
        )
    )
    thing = found.contract.types["Thing"]
    assert isinstance(thing, ObjectType)
    assert thing.fields[0].type == Scalar(Kind.STR, min_length=2, max_length=9)
    assert said(found) == [("merged", "#/components/schemas/Thing/properties/it")]


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


def test_a_required_property_of_which_nothing_is_said_can_be_anything() -> None:
    found = changed(doc({"Thing": {"type": "object", "required": ["a"]}}))
    thing = found.contract.types["Thing"]
    assert isinstance(thing, ObjectType)
    assert (thing.fields[0].type, thing.fields[0].nullable, thing.fields[0].required) == (ANY, True, True)
    assert said(found) == [("assumed", "#/components/schemas/Thing/required")]


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


def test_a_reference_to_a_schema_inside_another_is_a_type_of_its_own() -> None:
    found = changed(
        doc(
            {
                "User": {
                    "type": "object",
                    "properties": {
                        "address": {"type": "object", "properties": {"city": {"type": "string"}}},
                        "other": {"$ref": "#/components/schemas/User/properties/address"},
                        "self": {"$ref": "#/components/schemas/User/properties/address/properties/city"},
                    },
                }
            }
        )
    )
    user = found.contract.types["User"]
    assert isinstance(user, ObjectType)
    assert user.fields[1].type == Ref("UserAddress2")
    assert [k for k, _ in said(found)] == ["named", "named"]


def test_a_keyword_that_nobody_knows_is_kept_and_told() -> None:
    found = published(doc({"Thing": {"type": "string", "colour": "red"}}))
    assert dict(found.contract.types["Thing"].extra) == {"colour": "red"}
    assert said(found) == [("raw", "#/components/schemas/Thing/colour")]


def test_an_enum_keeps_the_format_of_its_texts() -> None:
    found = field_of({"type": "string", "format": "date", "enum": ["2026-01-01", "2026-01-02"]})
    assert (found.type, dict(found.extra)) == (Ref("ThingIt"), {"format": "date"})


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


def test_an_enum_that_says_that_others_may_come_is_open() -> None:
    schema = {"type": "string", "enum": ["a", "b"], "x-extensible-enum": ["a", "b"]}
    contract = contract_of({"Open": schema, "Word": {"type": "string", "x-extensible-enum": ["a"]}})
    open_, word = contract.types["Open"], contract.types["Word"]
    assert isinstance(open_, EnumType)
    assert open_.open
    assert dict(open_.extra) == {}
    assert word.extra == {"x-extensible-enum": ["a"]}
