"""Reading objects: their fields, the names of those in place, the parts of `allOf`."""

from __future__ import annotations

from typing import Any

import pytest

from scaffold.contract.named_types import AliasType, EnumType, ObjectType, Unknown
from scaffold.contract.types import Kind, ListOf, MapOf, Ref, Scalar, UnionOf

from .reading import changed, contract_of, doc, field_of, published, said

ANY = Scalar(Kind.JSON)


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


def test_a_required_property_of_which_nothing_is_said_can_be_anything() -> None:
    found = changed(doc({"Thing": {"type": "object", "required": ["a"]}}))
    thing = found.contract.types["Thing"]
    assert isinstance(thing, ObjectType)
    assert (thing.fields[0].type, thing.fields[0].nullable, thing.fields[0].required) == (ANY, True, True)
    assert said(found) == [("assumed", "#/components/schemas/Thing/required")]


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
