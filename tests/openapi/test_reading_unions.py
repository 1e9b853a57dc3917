"""Unions of published documents, told apart or not."""

from __future__ import annotations

from typing import Any

import pytest

from scaffold.contract.named_types import AliasType, ObjectType
from scaffold.contract.types import Discriminator, Kind, ListOf, MapOf, Ref, Scalar, UnionOf

from .reading import changed, contract_of, doc, field_of, published, refused, said

CARD = {"type": "object", "properties": {"kind": {"const": "card"}, "number": {"type": "string"}}}
BANK = {"type": "object", "properties": {"kind": {"const": "bank"}, "iban": {"type": "string"}}}
OTHERS: dict[str, Any] = {"Card": CARD, "Bank": BANK}
CARD_REF, BANK_REF = {"$ref": "#/components/schemas/Card"}, {"$ref": "#/components/schemas/Bank"}
INT32 = Scalar(Kind.INT, "int32")
NULL = Scalar(Kind.NULL)


def test_one_of_is_exclusive_and_any_of_is_not() -> None:
    assert field_of({"oneOf": [CARD_REF, BANK_REF]}, **OTHERS).type == UnionOf((Ref("Card"), Ref("Bank")))
    assert field_of({"anyOf": [CARD_REF, BANK_REF]}, **OTHERS).type == UnionOf(
        (Ref("Card"), Ref("Bank")), exclusive=False
    )


def test_a_union_may_be_null_and_says_so_in_its_field() -> None:
    found = field_of({"oneOf": [CARD_REF, BANK_REF, {"type": "null"}], "description": "How."}, **OTHERS)
    assert (found.type, found.nullable, found.description) == (UnionOf((Ref("Card"), Ref("Bank"))), True, "How.")


def test_null_inside_a_list_is_a_variant() -> None:
    found = field_of({"type": "array", "items": {"oneOf": [CARD_REF, BANK_REF, {"type": "null"}]}}, **OTHERS)
    assert found.type == ListOf(UnionOf((Ref("Card"), Ref("Bank"), NULL)))


def test_several_types_are_a_union_each_with_its_own_bounds() -> None:
    found = field_of({"type": ["string", "integer", "null"], "maxLength": 3, "minimum": 0, "maximum": 9})
    assert found.nullable
    assert found.type == UnionOf((Scalar(Kind.STR, max_length=3), Scalar(Kind.INT, ge=0, le=9)), exclusive=False)
    found = field_of({"type": ["array", "object"], "items": {"type": "string"}})
    assert found.type == UnionOf((ListOf(Scalar(Kind.STR)), MapOf(Scalar(Kind.JSON))), exclusive=False)


def test_variants_in_place_have_names_that_say_what_they_are() -> None:
    contract = contract_of(
        {
            "Payment": {
                "type": "object",
                "properties": {
                    "method": {
                        "oneOf": [
                            CARD,
                            {"type": "object", "title": "Gift voucher", "properties": {"code": {"type": "string"}}},
                            {"type": "object", "properties": {"points": {"type": "integer"}}},
                        ]
                    }
                },
            }
        }
    )
    payment = contract.types["Payment"]
    assert isinstance(payment, ObjectType)
    assert payment.fields[0].type == UnionOf(
        (Ref("PaymentMethodCard"), Ref("GiftVoucher"), Ref("PaymentMethodOption3"))
    )
    assert payment.fields[0].type.variants[1].extra == {"title": "Gift voucher"}


def test_a_discriminator_names_a_type_for_each_of_its_values() -> None:
    contract = contract_of(
        {
            **OTHERS,
            "Method": {
                "oneOf": [CARD_REF, BANK_REF],
                "discriminator": {
                    "propertyName": "kind",
                    "mapping": {"card": "#/components/schemas/Card", "b": "Bank"},
                },
            },
            "Bare": {"oneOf": [CARD_REF, BANK_REF], "discriminator": {"propertyName": "kind"}},
        }
    )
    method, bare = contract.types["Method"], contract.types["Bare"]
    assert isinstance(method, AliasType)
    assert isinstance(method.type, UnionOf)
    assert method.type.discriminator == Discriminator("kind", (("card", "Card"), ("b", "Bank")))
    assert isinstance(bare, AliasType)
    assert isinstance(bare.type, UnionOf)
    assert bare.type.discriminator == Discriminator("kind")


def test_a_variant_that_had_to_be_renamed_keeps_its_value() -> None:
    found = changed(
        doc(
            {
                "acme.Card": CARD,
                "Bank": BANK,
                "Method": {
                    "oneOf": [{"$ref": "#/components/schemas/acme.Card"}, BANK_REF],
                    "discriminator": {"propertyName": "kind"},
                },
            }
        )
    )
    method = found.contract.types["Method"]
    assert isinstance(method, AliasType)
    assert isinstance(method.type, UnionOf)
    assert method.type.discriminator == Discriminator("kind", (("acme.Card", "AcmeCard"),))


def test_a_discriminator_that_cannot_be_used_is_kept_and_told() -> None:
    wrong = {"propertyName": "kind", "mapping": {"card": "#/components/schemas/Card", "x": "#/components/schemas/Tree"}}
    found = published(
        doc(
            {
                **OTHERS,
                "Tree": {"type": "object", "properties": {"a": {"type": "string"}}},
                "Some": {"oneOf": [CARD_REF, {"type": "string"}], "discriminator": {"propertyName": "kind"}},
                "Other": {"oneOf": [CARD_REF, BANK_REF], "discriminator": wrong},
            }
        )
    )
    some, other = found.contract.types["Some"], found.contract.types["Other"]
    assert dict(some.extra) == {"discriminator": {"propertyName": "kind"}}
    assert dict(other.extra) == {"discriminator": wrong}
    assert said(found) == [
        ("unchecked", "#/components/schemas/Some/discriminator"),
        ("raw", "#/components/schemas/Other/discriminator/mapping/x"),
    ]


def test_a_discriminator_whose_word_stands_for_two_variants_is_kept_and_told() -> None:
    given = {"propertyName": "kind", "mapping": {"Bank": "#/components/schemas/Card"}}
    found = published(doc({**OTHERS, "Method": {"oneOf": [CARD_REF, BANK_REF], "discriminator": given}}))
    method = found.contract.types["Method"]
    assert isinstance(method, AliasType)
    assert (method.type, dict(method.extra)) == (UnionOf((Ref("Card"), Ref("Bank"))), {"discriminator": given})
    assert said(found) == [("unchecked", "#/components/schemas/Method/discriminator")]


def test_a_discriminator_that_leads_nowhere_is_refused() -> None:
    schema = {"oneOf": [CARD_REF], "discriminator": {"propertyName": "kind", "mapping": {"a": "Nobody"}}}
    two = {**schema, "oneOf": [CARD_REF, BANK_REF]}
    ((code, message, line),) = refused(doc({**OTHERS, "Method": two}))
    assert code == "SC711"
    assert "`Nobody` leads nowhere" in message
    assert line is not None


def test_a_type_beside_variants_leaves_only_those_of_it() -> None:
    schema = {"type": "object", "description": "Why.", "oneOf": [CARD_REF, {"type": "null"}]}
    found = published(doc({**OTHERS, "Thing": {"type": "object", "properties": {"it": schema}}}))
    thing = found.contract.types["Thing"]
    assert isinstance(thing, ObjectType)
    assert (thing.fields[0].type, thing.fields[0].nullable) == (Ref("Card"), False)
    assert said(found) == [("ignored", "#/components/schemas/Thing/properties/it/oneOf/1")]


def test_a_type_that_leaves_no_variant_is_told() -> None:
    enum = {"type": "string", "enum": ["a", "b"]}
    schema = {"type": "object", "oneOf": [{"$ref": "#/components/schemas/Word"}, {"type": "null"}]}
    found = published(doc({"Word": enum, "Thing": {"type": "object", "properties": {"it": schema}}}))
    thing = found.contract.types["Thing"]
    assert isinstance(thing, ObjectType)
    assert (thing.fields[0].type, thing.fields[0].nullable) == (Ref("Word"), False)
    assert said(found) == [("unchecked", "#/components/schemas/Thing/properties/it/type")]


def test_a_type_beside_variants_is_theirs_where_they_state_none() -> None:
    schema = {"type": "string", "anyOf": [{"maxLength": 3}, {"format": "date"}]}
    thing = changed(doc({"Thing": schema})).contract.types["Thing"]
    assert isinstance(thing, AliasType)
    assert thing.type == UnionOf((Scalar(Kind.STR, max_length=3), Scalar(Kind.DATE)), exclusive=False)


@pytest.mark.parametrize("word", ["oneOf", "anyOf"])
def test_what_is_said_inside_and_around_one_variant_is_said_once(word: str) -> None:
    found = field_of({word: [{"type": "string", "maxLength": 3, "description": "In."}, {"type": "null"}], "title": "T"})
    assert (found.type, found.description, dict(found.extra)) == (Scalar(Kind.STR, max_length=3), "In.", {"title": "T"})


def test_a_union_of_one_is_that_one() -> None:
    assert field_of({"oneOf": [CARD_REF]}, **OTHERS).type == Ref("Card")
    contract = contract_of({"Only": {"anyOf": [CARD]}})
    assert isinstance(contract.types["Only"], ObjectType)


def test_null_of_two_variants_of_one_of_stays_where_it_is() -> None:
    maybe = {"type": ["string", "null"], "maxLength": 1}
    other = {"type": ["integer", "null"], "format": "int32"}
    found = field_of({"oneOf": [maybe, other]})
    text = UnionOf((Scalar(Kind.STR, max_length=1), NULL), exclusive=False)
    assert not found.nullable
    assert found.type == UnionOf((text, UnionOf((INT32, NULL), exclusive=False)))
    either = changed(doc({"Either": {"anyOf": [maybe, other]}})).contract.types["Either"]
    assert isinstance(either, AliasType)
    assert either.nullable
