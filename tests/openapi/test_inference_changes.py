"""Each kind of difference between two contracts becomes the change that a person would write."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from scaffold.contract.codecs import between
from scaffold.contract.contract import Contract
from scaffold.contract.message import Body, Header, Media, Response
from scaffold.contract.named_types import NamedType, Unknown
from scaffold.contract.parameter import Location, Parameter
from scaffold.contract.security import SecurityKind, SecurityScheme
from scaffold.contract.types import UNDECIDED, Discriminator, Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf

from .inferring import INT, STR, alias, contract, enum_type, field, inferred, object_type, operation, sentences


def said(old: Contract, new: Contract) -> list[str]:
    """The sentences of what leads from `old` to `new`, the same without guesses."""
    assert sentences(inferred(old, new, guess=False)) == sentences(inferred(old, new))
    return sentences(inferred(old, new))


def shop(*types: NamedType, card: object = None, **more: object) -> Contract:
    """A contract that takes and gives a card."""
    held = card if card is not None else object_type("Card", field("number"))
    return contract(held, *types, operation("POST /cards", takes=Ref("Card"), gives=Ref("Card")), **more)  # type: ignore[arg-type]  # a type


def cards(*fields: object, **more: object) -> Contract:
    """A contract whose card has these fields."""
    return shop(card=object_type("Card", *fields, **more))  # type: ignore[arg-type]  # fields


def test_two_contracts_that_say_the_same_differ_in_nothing() -> None:
    one, other = cards(field("a"), field("b")), cards(field("b"), field("a"))
    assert said(one, other) == []


# Fields.


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
        (field("a"), field("a", read_only=True), "its read only mark to `true`"),
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


# Named types.


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


# Operations.


def test_operations_come_and_go() -> None:
    old, new = contract(operation("GET /cards", gives=INT)), contract(operation("GET /users", gives=STR))
    assert said(old, new) == ["Removed operation `GET /cards`.", "Added operation `GET /users`."]


def test_an_operation_takes_a_new_id_and_two_swap_theirs() -> None:
    one, other = operation("GET /a", id_="x"), operation("GET /b", id_="y")
    assert said(contract(one, other), contract(replace(one, id="z"), other)) == [
        "Renamed operation `GET /a` to id `z`."
    ]
    swapped = contract(replace(one, id="y"), replace(other, id="x"))
    assert len(said(contract(one, other), swapped)) == 3


def path_parameter(name: str, type_: Type = STR) -> Parameter:
    """A parameter in the path."""
    return Parameter(name, name, Location.PATH, type_, required=True)


def test_another_name_in_a_path_is_no_guess() -> None:
    old = contract(operation("GET /cards/{id}", parameters=[path_parameter("id")], id_="x"))
    new = contract(operation("GET /cards/{card}", parameters=[path_parameter("card")], id_="x"))
    assert said(old, new) == ["Renamed path parameter `id` of `GET /cards/{id}` to `card`."]


def test_a_parameter_in_the_path_that_nobody_stated_is_stated() -> None:
    old = contract(operation("GET /cards/{id}", id_="x"))
    new = contract(operation("GET /cards/{id}", parameters=[path_parameter("id", INT)], id_="x"))
    assert said(old, new) == ["Added required path parameter `id` to `GET /cards/{id}`."]
    assert said(new, old) == ["Removed operation `GET /cards/{id}`.", "Added operation `GET /cards/{id}`."]


def query(name: str, type_: Type = STR, **more: object) -> Parameter:
    """A query parameter."""
    return replace(Parameter(name, name, Location.QUERY, type_), **more)  # type: ignore[arg-type]  # keys of a parameter


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (query("q"), query("q", required=True), "it to be required"),
        (query("q"), query("q", INT), "its type to int"),
        (query("q"), query("q", default="x"), 'its default to `"x"`'),
        (query("q", style="form"), query("q"), "it to have no style"),
        (query("q"), query("q", explode=False), "its explode to `false`"),
        (query("q"), query("q", media_type="application/json"), 'its media type to `"application/json"`'),
        (query("q", ListOf(STR)), query("q", ListOf(STR, max_items=3)), "its max_items to `3`"),
        (query("q", Scalar(Kind.STR, pattern="x")), query("q"), "it to have no pattern"),
    ],
)
def test_a_parameter_changes_in_one_line(before: Parameter, after: Parameter, sentence: str) -> None:
    old, new = (contract(operation("GET /cards", parameters=[p])) for p in (before, after))
    assert said(old, new) == [f"Changed query parameter `q` of `GET /cards`: {sentence}."]


def test_parameters_come_and_go() -> None:
    old = contract(operation("GET /cards", parameters=[query("a")]))
    new = contract(operation("GET /cards", parameters=[query("zebra", INT, required=True)]))
    assert said(old, new) == [
        "Removed query parameter `a` from `GET /cards`.",
        "Added required query parameter `zebra` to `GET /cards`.",
    ]
    assert [(c.key, c.value) for c in inferred(old, new).choices] == [("old_sends", UNDECIDED)]


def test_bodies_come_change_and_go() -> None:
    bare, text, other = (contract(operation("POST /a", takes=t)) for t in (None, STR, Body(INT, required=False)))
    assert said(bare, text) == ["Added a required body to `POST /a`: str."]
    assert said(text, other) == ["Changed the body of `POST /a`: it is int, optional, as `application/json`."]
    assert said(text, bare) == ["Removed the body of `POST /a`."]
    forms = contract(operation("POST /a", takes=Body(STR, others=(Media("text/plain", STR),))))
    assert said(text, forms) == [
        "Changed the body of `POST /a`: it is str, required, as `application/json` and `text/plain`."
    ]
    assert inferred(text, forms).choices == ()
    assert [c.key for c in inferred(bare, text).choices] == ["codec"]


def test_answers_and_their_headers_come_change_and_go() -> None:
    def gives(*responses: Response) -> Contract:
        return contract(operation("POST /a", gives=responses))

    done = Response(200, "Done.", STR)
    assert said(gives(done), gives(done, Response("default", "Else.", INT))) == [
        "Added answer default to `POST /a`: int."
    ]
    assert said(gives(done, Response("4XX", "No.")), gives(done)) == ["Removed answer 4XX from `POST /a`."]
    assert said(gives(done), gives(replace(done, type=INT))) == [
        "Changed answer 200 of `POST /a`: it carries int as `application/json`."
    ]
    rate, often = Header("X-Rate", INT), Header("X-Rate", INT, required=True)
    assert said(gives(done), gives(replace(done, headers=(rate,)))) == [
        "Added header `X-Rate` to answer 200 of `POST /a`."
    ]
    assert said(gives(replace(done, headers=(rate,))), gives(replace(done, headers=(often,)))) == [
        "Changed header `X-Rate` of answer 200 of `POST /a`: it is int, always there."
    ]
    assert said(gives(replace(done, headers=(rate,))), gives(done)) == [
        "Removed header `X-Rate` from answer 200 of `POST /a`."
    ]


def test_what_is_written_in_the_place_of_a_header_comes_and_goes_with_it() -> None:
    done = Response(200, "Done.", STR)
    colour = Header("X-Colour", Ref("AColour"))
    new = contract(
        enum_type("AColour", "red", inline=True), operation("POST /a", gives=[replace(done, headers=(colour,))])
    )
    old = contract(operation("POST /a", gives=[done]))
    assert len(said(old, new)) == len(said(new, old)) == 1


def test_who_is_let_in_changes() -> None:
    key = SecurityScheme("Key", SecurityKind.API_KEY, Location.HEADER, "X-Key")
    bare = operation("GET /a")
    old = contract(bare, security_schemes={"Key": key}, security=((("Key", ()),),))
    assert said(contract(bare), old) == [
        "Changed who is let in: the API asks for `Key`, and its schemes are `Key`.",
    ]
    new = replace(old, operations=(replace(bare, security=()),))
    assert said(old, new) == ["Changed who may call `GET /a`: it asks for nothing."]
    told = replace(old, security_schemes={"Key": replace(key, description="A key.")})
    assert said(old, told) == ["Documents say more, or otherwise, of `auth Key`."]


# Prose.


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


# Names that are hard to live with.


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


def test_a_type_that_leads_back_to_itself_through_what_is_written_in_it_goes() -> None:
    inner = object_type("CardNext", field("card?", Ref("Card")), inline=True)
    assert said(contract(object_type("Card", field("next?", Ref("CardNext"))), inner), contract()) == [
        "Removed type `Card`."
    ]
