"""Named types that come, go and change between two contracts."""

from __future__ import annotations

import pytest

from scaffold.contract.contract import Contract
from scaffold.contract.named_types import Unknown
from scaffold.contract.types import UNDECIDED, Discriminator, Kind, ListOf, Ref, Scalar, Type, UnionOf

from .inferring import INT, STR, alias, cards, contract, enum_type, field, inferred, object_type, said, shop


def test_new_types_come_before_they_are_mentioned_and_gone_ones_go_last() -> None:
    old = shop(object_type("Old", field("a")), card=object_type("Card", field("x", Ref("Old"))))
    new = shop(
        object_type("Home", field("town", Ref("Town"))),
        object_type("Town", field("zip", INT)),
        card=object_type("Card", field("y", Ref("Home"))),
    )
    assert said(old, new) == [
        "Added type `Town`.",
        "Added type `Home`.",
        "Removed field `Card.x`.",
        "Added field `Card.y` (Home).",
        "Removed type `Old`.",
    ]


def test_types_that_mention_each_other_come_and_go_together() -> None:
    circle = (
        object_type("Node", field("up?", Ref("Tree")), field("me?", Ref("Node"))),
        object_type("Tree", field("root", Ref("Node"))),
    )
    assert said(contract(), contract(*circle)) == ["Added type `Node`."]
    assert said(contract(*circle), contract()) == ["Removed type `Node`."]


def test_a_name_that_leads_back_to_itself_goes() -> None:
    assert said(contract(alias("Tree", ListOf(Ref("Tree")))), contract()) == ["Removed type `Tree`."]


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ({"unknown": Unknown.KEEP}, {"unknown": Unknown.REFUSE}, "fields it does not know are refused"),
        ({"unknown": Unknown.KEEP}, {"unknown": Unknown.KEEP, "rest": STR}, "other fields are str"),
        ({"component": "a.Card"}, {"component": "b.Card"}, "documents call it `b.Card`"),
    ],
)
def test_an_object_changes_what_it_says_of_itself(
    before: dict[str, object], after: dict[str, object], sentence: str
) -> None:
    assert said(cards(field("a"), **before), cards(field("a"), **after)) == [f"Changed type `Card`: {sentence}."]


def test_values_of_an_enum_come_and_go_and_it_opens() -> None:
    def held(*values: str, **more: object) -> Contract:
        return shop(enum_type("Colour", *values, **more), card=object_type("Card", field("c", Ref("Colour"))))

    assert said(held("red", "blue"), held("green", "red")) == [
        "Added value `green` to `Colour`.",
        "Removed value `blue` from `Colour`.",
    ]
    assert said(held("red"), held("blue")) == ["Added value `blue` to `Colour`.", "Removed value `red` from `Colour`."]
    assert said(held("red"), held("red", open=True)) == ["Changed type `Colour`: other values may come."]
    assert inferred(held("red", open=True), held("red", "blue", open=True)).choices == ()


def test_an_alias_stands_for_something_else() -> None:
    def held(type_: Type, **more: object) -> Contract:
        return shop(alias("Money", type_, **more), card=object_type("Card", field("m", Ref("Money"))))

    assert said(held(STR), held(Scalar(Kind.STR, max_length=3))) == ["Changed type `Money`: it is str."]
    assert said(held(STR), held(STR, nullable=True)) == ["Changed type `Money`: it may be null."]
    found = inferred(held(STR), held(ListOf(STR)))
    assert [(c.key, c.value) for c in found.choices] == [("codec", UNDECIDED)]


def test_a_name_for_what_stood_there_needs_no_codec() -> None:
    short = Scalar(Kind.STR, max_length=3)
    old = cards(field("m", short))
    new = shop(alias("Money", short), card=object_type("Card", field("m", Ref("Money"))))
    assert said(old, new) == ["Added type `Money`.", "Changed `Card.m`: its type to Money."]
    assert [c.key for c in inferred(old, new).choices] == ["policy"]


def test_a_type_that_changed_its_nature_is_another_type() -> None:
    old = shop(object_type("Kind", field("a")), card=object_type("Card", field("k", Ref("Kind"))))
    new = shop(enum_type("Kind", "a"), card=object_type("Card", field("k", Ref("Kind"))))
    assert said(old, new) == [
        "Renamed type `Kind` to `OldKind`.",
        "Added type `Kind`.",
        "Changed `Card.k`: its type to Kind.",
        "Removed type `OldKind`.",
    ]
    assert [(c.key, c.value) for c in inferred(old, new).choices] == [("codec", UNDECIDED)]


def test_variants_come_and_go() -> None:
    def held(*names: str, tags: tuple[tuple[str, str], ...] = ()) -> Contract:
        method = UnionOf(tuple(map(Ref, names)), Discriminator("kind", tags))
        objects = [object_type(n, field("kind")) for n in ("Bank", "Cash", "Coin")]
        return shop(*objects, card=object_type("Card", field("by", method)))

    assert said(held("Bank", "Cash"), held("Bank", "Coin")) == [
        "Added variant `Coin` to `Card.by`.",
        "Removed variant `Cash` from `Card.by`.",
    ]
    tagged = held("Bank", "Cash", "Coin", tags=(("coin", "Coin"),))
    assert said(held("Bank", "Cash"), tagged) == ["Added variant `Coin` to `Card.by`."]
    assert said(tagged, held("Bank", "Cash")) == ["Removed variant `Coin` from `Card.by`."]
    assert said(held("Bank", "Cash"), held("Bank", "Cash", tags=(("b", "Bank"),))) == [
        "Changed `Card.by`: its type to Bank | Cash."
    ]
    assert said(held("Cash", "Bank"), held("Bank", "Cash")) == []


def test_what_is_written_in_place_changes_in_its_place_whatever_it_is_called() -> None:
    def held(name: str, *values: str) -> Contract:
        return shop(enum_type(name, *values, inline=True), card=object_type("Card", field("c", Ref(name))))

    assert said(held("CardC", "red"), held("Other", "red")) == []
    assert said(held("CardC", "red"), held("Other", "red", "blue")) == ["Added value `blue` to `CardC`."]


def test_a_type_that_leads_back_to_itself_through_what_is_written_in_it_goes() -> None:
    inner = object_type("CardNext", field("card?", Ref("Card")), inline=True)
    assert said(contract(object_type("Card", field("next?", Ref("CardNext"))), inner), contract()) == [
        "Removed type `Card`."
    ]
