"""Documents say every type that a contract can hold."""

from __future__ import annotations

from typing import Any

import pytest

from scaffold.contract.contract import Contract
from scaffold.contract.history import Api, Version
from scaffold.contract.message import Body, Response
from scaffold.contract.named_types import AliasType, EnumType, EnumValue, ObjectType, Unknown
from scaffold.contract.types import Discriminator, Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf
from scaffold.openapi import document

from ..compat.contracts import KEY, contract, enum_type, field, free_operation, object_type

STR, NULL = Scalar(Kind.STR), Scalar(Kind.NULL)
CARD = object_type("Card", field("Card", "number"))
WALLET = object_type("Wallet", field("Wallet", "owner"))


def made(of: Contract) -> dict[str, Any]:
    return document(of, Api("shop", "Shop API"), Version("v1", None))


def components(*types: Any, operations: Any = ()) -> dict[str, Any]:
    found: dict[str, Any] = made(contract(*types, operations=operations))["components"]["schemas"]
    return found


def written(type_: Type, *types: Any, **more: Any) -> Any:
    """The schema of a field of this type."""
    found = components(object_type("Holder", field("Holder", "it", type_, **more)), *types)
    return found["Holder"]["properties"]["it"]


def alias(name: str, type_: Type, **more: Any) -> AliasType:
    return AliasType(f"v1:{name}", name, type_, **more)


def reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


@pytest.mark.parametrize(("exclusive", "word"), [(True, "oneOf"), (False, "anyOf")])
def test_a_union_says_whether_exactly_one_variant_fits(exclusive: bool, word: str) -> None:
    union = UnionOf((Ref("Card"), STR), exclusive=exclusive)
    assert written(union, CARD) == {word: [reference("Card"), {"type": "string"}]}


def test_a_discriminator_maps_its_values_to_components() -> None:
    wallet = object_type("Wallet", field("Wallet", "owner"), component="acme.Wallet")
    tell = Discriminator("kind", (("card", "Card"), ("wallet", "Wallet")))
    assert written(UnionOf((Ref("Card"), Ref("Wallet")), tell), CARD, wallet) == {
        "oneOf": [reference("Card"), reference("acme.Wallet")],
        "discriminator": {
            "propertyName": "kind",
            "mapping": {"card": "#/components/schemas/Card", "wallet": "#/components/schemas/acme.Wallet"},
        },
    }


def test_a_discriminator_without_a_mapping_has_none() -> None:
    found = written(UnionOf((Ref("Card"), Ref("Wallet")), Discriminator("kind")), CARD, WALLET)
    assert found["discriminator"] == {"propertyName": "kind"}


def test_what_a_discriminator_names_is_a_component_though_it_is_written_in_place() -> None:
    card = object_type("Card", field("Card", "number"), inline=True)
    found = written(UnionOf((Ref("Card"), Ref("Wallet")), Discriminator("kind", (("c", "Card"),))), card, WALLET)
    assert found["discriminator"]["mapping"] == {"c": "#/components/schemas/Card"}


def test_a_union_that_may_be_null_has_null_among_its_variants() -> None:
    union = UnionOf((Ref("Card"), Ref("Wallet")))
    assert written(union, CARD, WALLET, nullable=True)["oneOf"][2] == {"type": "null"}


def test_null_in_a_list_is_a_variant() -> None:
    found = written(ListOf(UnionOf((STR, NULL), exclusive=False)))
    assert found["items"] == {"anyOf": [{"type": "string"}, {"type": "null"}]}


def test_an_alias_is_a_component_of_what_it_stands_for() -> None:
    found = components(
        alias("Money", Scalar(Kind.STR, pattern="^[0-9]+$"), description="An amount.", extra={"title": "M"}),
        alias("Ids", ListOf(Scalar(Kind.INT, "int32"), max_items=5), nullable=True),
        alias("Method", UnionOf((Ref("Money"), Ref("Ids")), exclusive=False)),
        alias("Other", Ref("Money")),
    )
    assert found == {
        "Money": {"type": "string", "pattern": "^[0-9]+$", "description": "An amount.", "title": "M"},
        "Ids": {
            "anyOf": [
                {"type": "array", "items": {"type": "integer", "format": "int32"}, "maxItems": 5},
                {"type": "null"},
            ]
        },
        "Method": {"anyOf": [reference("Money"), reference("Ids")]},
        "Other": reference("Money"),
    }


def test_an_alias_of_a_type_with_sides_has_them_too() -> None:
    user = object_type("User", field("User", "id", Scalar(Kind.INT), **KEY), field("User", "name"))
    someone = alias("Someone", UnionOf((Ref("User"), Ref("Card"))))
    free = free_operation("meet", "POST", "/meet", body=Body(Ref("Someone")), answers=Ref("Someone"))
    found = made(contract(user, CARD, someone, resources=("User",), operations=(free,)))
    content = found["paths"]["/meet"]["post"]["requestBody"]["content"]["application/json"]
    assert content["schema"] == reference("SomeoneCreate") or content["schema"] == reference("SomeoneInput")
    name = content["schema"]["$ref"].rpartition("/")[2]
    assert found["components"]["schemas"][name]["oneOf"][0] == reference("UserCreate")
    assert found["components"]["schemas"]["Someone"]["oneOf"][0] == reference("User")


def test_types_in_place_are_written_there_and_are_no_components() -> None:
    size = EnumType("v1:HolderIt", "HolderIt", (EnumValue("a", "S"), EnumValue("b", "L")), inline=True)
    box = object_type("Box", field("Box", "size", Ref("HolderIt")), inline=True, description="A box.")
    found = components(object_type("Holder", field("Holder", "it?", Ref("Box"), description="Which.")), box, size)
    assert list(found) == ["Holder"]
    assert found["Holder"]["properties"]["it"] == {
        "type": "object",
        "description": "Which.",
        "properties": {"size": {"type": "string", "enum": ["S", "L"]}},
        "required": ["size"],
    }


def test_a_type_in_place_that_leads_into_itself_is_a_component() -> None:
    node = object_type("Node", field("Node", "next?", Ref("Node")), inline=True)
    assert written(Ref("Node"), node) == reference("Node")


def test_components_have_the_names_that_were_published() -> None:
    odd = object_type("Acme_Card", component="acme/Card 1~é")
    found = components(object_type("Holder", field("Holder", "it", Ref("Acme_Card"))), odd)
    assert list(found) == ["Holder", "acme/Card 1~é"]
    assert found["Holder"]["properties"]["it"] == {"$ref": "#/components/schemas/acme~1Card%201~0%C3%A9"}


@pytest.mark.parametrize(
    ("unknown", "rest", "said"),
    [
        (Unknown.IGNORE, None, "nothing"),
        (Unknown.REFUSE, None, False),
        (Unknown.KEEP, None, True),
        (Unknown.KEEP, STR, {"type": "string"}),
        (Unknown.KEEP, Ref("Card"), reference("Card")),
    ],
)
def test_objects_say_what_they_do_with_fields_they_do_not_know(unknown: Unknown, rest: Any, said: Any) -> None:
    loose = object_type("Loose", field("Loose", "a"), unknown=unknown, rest=rest)
    assert components(loose, CARD)["Loose"].get("additionalProperties", "nothing") == said


def test_an_open_enum_tells_that_others_may_come() -> None:
    values = (EnumValue("a", "red"), EnumValue("b", "blue"))
    mine = EnumType("v1:Colour", "Colour", values, open=True)
    theirs = EnumType("v1:Hue", "Hue", values, open=True, extra={"x-extensible-enum": True})
    found = components(mine, theirs, enum_type("Shade", "dark"))
    both = ["red", "blue"]
    assert found["Colour"] == {"type": "string", "enum": both, "x-extensible-enum": both}
    assert found["Hue"] == {"type": "string", "enum": both, "x-extensible-enum": True}
    assert found["Shade"] == {"type": "string", "enum": ["dark"]}


@pytest.mark.parametrize(
    ("scalar", "said"),
    [
        (Scalar(Kind.INT, "unbounded", ge=1), {"type": "integer", "minimum": 1}),
        (Scalar(Kind.INT, "int32"), {"type": "integer", "format": "int32"}),
        (Scalar(Kind.INT, choices=(1, 2)), {"type": "integer", "enum": [1, 2]}),
        (Scalar(Kind.FLOAT, choices=(1.5,)), {"type": "number", "enum": [1.5]}),
        (Scalar(Kind.BOOL, choices=(True,)), {"type": "boolean", "enum": [True]}),
        (Scalar(Kind.JSON, choices=("a", 1, None)), {"enum": ["a", 1, None]}),
        (Scalar(Kind.NULL), {"type": "null"}),
        (Scalar(Kind.STR, "password", extra={"x-a": None}), {"type": "string", "format": "password", "x-a": None}),
    ],
)
def test_single_values_say_their_choices_and_formats(scalar: Scalar, said: Any) -> None:
    assert written(scalar) == said


def test_what_a_document_said_beside_stands_where_it_stood() -> None:
    inner = MapOf(Scalar(Kind.STR, extra={"description": "A value."}), extra={"minProperties": 1})
    found = written(ListOf(inner, extra={"x-items": 1}), extra={"title": "Its title"}, description="It.")
    assert found == {
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": {"type": "string", "description": "A value."},
            "minProperties": 1,
        },
        "x-items": 1,
        "description": "It.",
        "title": "Its title",
    }


def test_prose_of_the_value_stays_with_it_where_null_stands_beside() -> None:
    card = Ref("Card", extra={"description": "The card."})
    found = written(card, CARD, nullable=True, description="The card, or none.")
    assert found == {
        "anyOf": [{**reference("Card"), "description": "The card."}, {"type": "null"}],
        "description": "The card, or none.",
    }


def test_an_example_and_a_list_of_them_are_both_said() -> None:
    assert written(STR, example="a") == {"type": "string", "examples": ["a"]}
    both = {"type": "string", "example": "a", "examples": ["b", "c"]}
    assert written(STR, example="a", extra={"examples": ["b", "c"]}) == both


def thing(**more: Any) -> ObjectType:
    return object_type(
        "Thing",
        field("Thing", "id", read_only=True),
        field("Thing", "secret?", write_only=True),
        field("Thing", "size?", **more),
    )


def test_a_type_of_free_operations_is_one_component_that_marks_its_sides() -> None:
    free = free_operation("swap", "POST", "/swap", body=Body(Ref("Thing")), answers=Ref("Thing"))
    found = components(thing(default="S"), operations=(free,))
    assert found == {
        "Thing": {
            "type": "object",
            "properties": {
                "id": {"type": "string", "readOnly": True},
                "secret": {"type": "string", "writeOnly": True},
                "size": {"type": "string", "default": "S"},
            },
            "required": ["id"],
        }
    }


def test_a_default_that_answers_always_have_needs_two_components() -> None:
    stated = object_type("Thing", field("Thing", "size", default="S"))
    free = free_operation("swap", "POST", "/swap", body=Body(Ref("Box")), answers=Ref("Box"))
    found = components(stated, object_type("Box", field("Box", "it", Ref("Thing"))), operations=(free,))
    assert list(found) == ["Thing", "ThingInput", "Box", "BoxInput"]
    assert found["BoxInput"]["properties"]["it"] == reference("ThingInput")
    assert found["Thing"] == {"type": "object", "properties": {"size": {"type": "string"}}, "required": ["size"]}
    assert found["ThingInput"] == {"type": "object", "properties": {"size": {"type": "string", "default": "S"}}}


def test_every_reference_of_a_type_nobody_carries_leads_somewhere() -> None:
    user = object_type("User", field("User", "id", Scalar(Kind.INT), **KEY), field("User", "name"))
    lone = object_type("Lone", field("Lone", "user", Ref("User")))
    of = contract(user, lone, resources=("User",), actions=())
    found = made(of)["components"]["schemas"]
    assert found["Lone"]["properties"]["it" if "it" in found["Lone"]["properties"] else "user"] == reference("User")
    assert "User" in found


def test_an_answer_only_in_a_header_or_parameter_is_met_too() -> None:
    colour = enum_type("Colour", "red")
    op = free_operation("x", "GET", "/x", answers=ListOf(Ref("Colour")))
    assert isinstance(op.responses[0], Response)
    assert components(colour, operations=(op,)) == {"Colour": {"type": "string", "enum": ["red"]}}
