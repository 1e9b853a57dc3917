"""Each kind of difference between two contracts becomes the change that a person would write."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from scaffold.contract.codecs import between
from scaffold.contract.contract import Contract
from scaffold.contract.types import UNDECIDED, Kind, ListOf, MapOf, Ref, Scalar
from scaffold.openapi.inference import infer

from .inferring import (
    INT,
    STR,
    cards,
    contract,
    enum_type,
    field,
    inferred,
    object_type,
    operation,
    query,
    said,
    sentences,
    shop,
)


def test_two_contracts_that_say_the_same_differ_in_nothing() -> None:
    one, other = cards(field("a"), field("b")), cards(field("b"), field("a"))
    assert said(one, other) == []


@pytest.mark.parametrize("more", [{"owner": True}, {"accepts": ("text",)}])
def test_what_no_document_states_of_a_field_is_no_difference(more: dict[str, object]) -> None:
    found = infer(cards(field("a", INT)), cards(field("a", INT, **more)), "v2")
    assert (found.changes, found.remaining) == ((), ())


def test_a_field_comes_and_goes() -> None:
    assert said(cards(field("number")), cards(field("number"), field("note?"))) == [
        "Added optional field `Card.note` (str)."
    ]
    assert said(cards(field("number"), field("note?")), cards(field("number"))) == ["Removed field `Card.note`."]


def test_a_field_that_comes_brings_its_prose_and_what_is_written_in_its_place() -> None:
    inner = object_type("CardHome", field("street", description="Where."), inline=True)
    new = contract(
        object_type("Card", field("number"), field("home?", Ref("CardHome"), description="A home.", deprecated=True)),
        inner,
        operation("POST /cards", takes=Ref("Card"), gives=Ref("Card")),
    )
    assert said(cards(field("number")), new) == ["Added optional field `Card.home` (CardHome)."]


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (field("a"), field("a?"), "it to be optional"),
        (field("a", nullable=True), field("a"), "it to refuse null"),
        (field("a", default="x"), field("a"), "it to have no default"),
        (field("a"), field("a", default=""), 'its default to `""`'),
        (
            field("a", Scalar(Kind.STR, max_length=9)),
            field("a", Scalar(Kind.STR, max_length=5)),
            "its max_length to `5`",
        ),
        (field("a", Scalar(Kind.STR, pattern="x")), field("a"), "it to have no pattern"),
        (field("a", INT), field("a", Scalar(Kind.INT, format="int32")), 'its format to `"int32"`'),
        (field("a", ListOf(STR)), field("a", ListOf(STR, min_items=0)), "its min_items to `0`"),
        (field("a", ListOf(STR, unique_items=True)), field("a", ListOf(STR)), "it to have no unique_items"),
        (field("a", INT), field("a", STR), "its type to str"),
        (field("a", MapOf(STR)), field("a", MapOf(INT)), "its type to map[str, int]"),
        (field("a", Scalar(Kind.INT, choices=(1, 2))), field("a", Scalar(Kind.INT, choices=(1, 3))), "its type to int"),
        (field("a"), field("a", read_only=True), "it to be read-only"),
        (field("a", write_only=True), field("a"), "it not to be write-only"),
    ],
)
def test_a_field_changes_in_one_line(before: object, after: object, sentence: str) -> None:
    assert said(cards(before), cards(after)) == [f"Changed `Card.a`: {sentence}."]


def test_choices_in_another_order_are_the_same() -> None:
    one, other = (field("a", Scalar(Kind.INT, choices=c)) for c in ((1, 2), (2, 1)))
    assert said(cards(one), cards(other)) == []


def test_policies_are_safe_or_undecided_and_listed() -> None:
    old = cards(field("a"), field("b"), field("c", INT), field("d", nullable=True))
    new = cards(
        field("a", Scalar(Kind.STR, max_length=5)), field("c", Ref("Card")), field("e"), field("f", nullable=True)
    )
    found = inferred(old, new, guess=False)
    assert [(c.change.address, c.key, c.value) for c in found.choices] == [
        ("Card.b", "old_sees", UNDECIDED),
        ("Card.d", "old_sees", None),
        ("Card.a", "policy", "keep"),
        ("Card.c", "codec", UNDECIDED),
        ("Card.e", "old_sends", UNDECIDED),
        ("Card.f", "old_sends", None),
    ]


def test_the_only_value_there_is_is_a_safe_choice() -> None:
    found = inferred(cards(field("a")), cards(field("a"), field("kind", Scalar(Kind.STR, choices=("card",)))))
    assert [(c.key, c.value) for c in found.choices] == [("old_sends", "card")]


def test_a_default_is_all_that_a_new_required_field_needs() -> None:
    assert inferred(cards(field("a")), cards(field("a"), field("b", default="x"))).choices == ()


def test_types_that_no_operation_carries_need_no_policy() -> None:
    old, new = contract(object_type("Event", field("a"))), contract(object_type("Event", field("b", INT)))
    assert inferred(old, new).choices == ()


def test_kinds_that_cross_are_those_that_have_a_codec() -> None:
    for one, other in product(Kind, Kind):
        found = inferred(cards(field("a", Scalar(one))), cards(field("a", Scalar(other))))
        left = "codec" in [c.key for c in found.choices]
        assert left == (one is not other and between(Scalar(one), Scalar(other)) is None), (one, other)


def test_all_prose_is_one_change() -> None:
    old = shop(card=object_type("Card", field("a", example="x", extra={"x-a": 1}), description="A."))
    new = shop(card=object_type("Card", field("a", description="An a.", extra={"x-a": True}), extra={"title": "C"}))
    new = replace(new, extra={"servers": [{"url": "/"}]})
    found = inferred(old, new)
    assert sentences(found) == ["Documents say more, or otherwise, of `Card`, `Card.a` and `api`."]


def test_an_example_may_be_null() -> None:
    old, new = cards(field("a", example="x")), cards(field("a", example=None, extra={"x-a": None}))
    assert len(said(old, new)) == len(said(new, old)) == 1


def test_marks_of_deprecation_come_and_go() -> None:
    def held(mark: bool) -> Contract:
        card = object_type("Card", field("a", deprecated=mark))
        listing = operation("GET /cards", parameters=[query("q", deprecated=mark)], deprecated=mark)
        return contract(card, listing)

    assert said(held(False), held(True)) == [
        "Deprecated `Card.a`.",
        "Deprecated `GET /cards`.",
        "Deprecated `GET /cards?q`.",
    ]
    assert said(held(True), held(False))[0] == "Took back that `Card.a` is deprecated."


@pytest.mark.parametrize("name", ["a.b", "a b", "a/b", "$ref", "🂡", "class", "", '"'])
def test_fields_and_values_may_be_called_anything(name: str) -> None:
    old = shop(enum_type("E", "x"), card=object_type("Card", field("a")))
    new = shop(
        enum_type("E", "x", name, "X"),
        card=object_type("Card", field("a"), replace(field("z?", description="Z."), name=name or "empty")),
    )
    assert len(said(old, new)) == 3
    changed = shop(
        enum_type("E", "x", name, "X"),
        card=object_type("Card", field("a"), replace(field("z?", INT, description="Y."), name=name or "empty")),
    )
    assert len(said(new, changed)) == 2
