"""Renames and moves are recognised with a stated confidence, and what is not likely enough stays remove and add."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scaffold.contract.changes import Change, MoveFields, RenameFields
from scaffold.contract.contract import Contract
from scaffold.contract.message import Header, Response
from scaffold.contract.named_types import EnumValue, Field, NamedType, ObjectType
from scaffold.contract.parameter import Location, Parameter
from scaffold.contract.types import ListOf, Ref, Type, UnionOf
from scaffold.openapi.inference import Inferred
from scaffold.openapi.inference.matching import THRESHOLD

from .inferring import DATE, INT, STR, alias, contract, enum_type, field, inferred, object_type, operation, sentences


def cards(*fields: Field, more: tuple[NamedType, ...] = ()) -> Contract:
    """A contract that takes and gives a card."""
    held = object_type("Card", *fields)
    return contract(held, *more, operation("POST /cards", takes=Ref("Card"), gives=Ref("Card")))


def guessed(old: Contract, new: Contract) -> list[str]:
    """The sentences of what was guessed; without guesses nothing is renamed or moved."""
    plain = inferred(old, new, guess=False)
    assert not any(isinstance(c, RenameFields | MoveFields) for c in plain.changes)
    return [g.change.sentence() for g in inferred(old, new).guesses]


def sure(found: Inferred) -> list[float]:
    """How sure the guesses are."""
    return [g.confidence for g in found.guesses]


# Fields.

PAD = (field("id", INT), field("status", Ref("Status")), field("created", DATE))
STATUS = enum_type("Status", "open", "closed")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (field("cardNumber"), field("card_number")),
        (field("name"), field("full_name")),
        (field("fullName"), field("name")),
        (field("addr"), field("address")),
        (field("colour"), field("color")),
        (field("zip?"), field("zip_code?")),
        (field("merchantAccount"), field("merchantAccountCode")),
        (field("phone?", example="555"), field("phone_number?", example="555")),
        (
            field("ref", description="What you call this card."),
            field("label", description="What you call this card."),
        ),
        (field("tags", ListOf(STR)), field("labels", ListOf(STR), description="Tags.")),
    ],
)
def test_a_field_under_another_name_is_found(before: Field, after: Field) -> None:
    if before.name == "tags":
        before = replace(before, description="Tags.")
    old, new = cards(*PAD, before, more=(STATUS,)), cards(*PAD, after, more=(STATUS,))
    assert guessed(old, new) == [f"Renamed `Card.{before.name}` to `{after.name}`."]
    (guess,) = inferred(old, new).guesses
    assert THRESHOLD <= guess.confidence < 1
    assert guess.reasons


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (field("legacyCode"), field("nickname?")),
        (field("note?"), field("currency?")),
        (field("cardNumber"), field("cardNumber2", INT)),
        (field("line1?"), field("line2?")),
        (field("submittedAsync?"), field("invalidFields?", ListOf(STR))),
        (field("firstName", description="The name."), field("currency", description="A code of three letters.")),
        (field("issuer?", description="Who issued it."), field("expiry?", description="When it ends.")),
        (field("startDate", DATE), field("amount", INT)),
        (field("iban?"), field("bic?")),
    ],
)
def test_a_field_that_is_another_one_is_not_taken_for_it(before: Field, after: Field) -> None:
    old, new = cards(*PAD, before, more=(STATUS,)), cards(*PAD, after, more=(STATUS,))
    assert guessed(old, new) == []


def test_where_two_are_as_likely_none_is_taken() -> None:
    old = cards(field("a", INT), field("name"))
    new = cards(field("a", INT), field("name_one"), field("name_two"))
    assert guessed(old, new) == []


def test_a_rename_is_followed_by_what_else_changed() -> None:
    old, new = cards(*PAD, field("name"), more=(STATUS,)), cards(*PAD, field("full_name?"), more=(STATUS,))
    assert sentences(inferred(old, new)) == [
        "Renamed `Card.name` to `full_name`.",
        "Changed `Card.full_name`: it to be optional.",
    ]


def address(*names: str, inline: bool = False, name: str = "Address") -> ObjectType:
    """An object of texts."""
    return object_type(name, *(field(n) for n in names), inline=inline)


@pytest.mark.parametrize("inline", [False, True])
def test_fields_that_moved_into_an_object_are_found(inline: bool) -> None:
    name = "CardHome" if inline else "Address"
    held = address("street", "city", inline=inline, name=name)
    old = cards(field("number"), field("street"), field("city"))
    new = cards(field("number"), field("home", Ref(name)), more=(held,))
    assert guessed(old, new) == ["Moved `Card.street` and `Card.city` into `Card.home`."]
    assert guessed(new, old) == ["Moved `Card.home.street` and `Card.home.city` up to `Card`."]


def test_the_name_of_the_object_before_the_names_of_fields_goes_with_the_move() -> None:
    old = cards(field("number"), field("home_street?"), field("home_city?"))
    held = object_type("Home", field("street?"), field("city?"), field("zip?"))
    new = cards(field("number"), field("home?", Ref("Home")), more=(held,))
    assert guessed(old, new) == [
        "Moved `Card.home_street` and `Card.home_city` into `Card.home`.",
        "Renamed `Home.home_street` to `street`.",
        "Renamed `Home.home_city` to `city`.",
    ]
    assert len(guessed(new, old)) == 3


def test_fields_do_not_move_into_an_object_that_others_have_too() -> None:
    held = address("street", "city")
    old = contract(
        object_type("Card", field("street"), field("city")), object_type("Shop", field("at", Ref("Address"))), held
    )
    new = contract(
        object_type("Card", field("at", Ref("Address"))), object_type("Shop", field("at", Ref("Address"))), held
    )
    assert guessed(old, new) == []


# Values.


def test_a_value_in_another_spelling_is_found_and_one_like_it_is_not() -> None:
    def held(*values: str) -> Contract:
        return cards(field("s", Ref("S")), more=(enum_type("S", *values),))

    assert guessed(held("inProgress", "done"), held("in_progress", "done")) == [
        'Renamed value `"inProgress"` of `S` to `"in_progress"`.'
    ]
    assert guessed(held("v1", "done"), held("v2", "done")) == []
    assert guessed(held("captured", "done"), held("capture", "done")) == []


def test_a_value_with_the_description_of_another_is_found() -> None:
    def held(value: str) -> Contract:
        made = enum_type("S", "done")
        told = EnumValue("x", value, "Waits for the bank.")
        return cards(field("s", Ref("S")), more=(replace(made, values=(*made.values, told)),))

    assert len(guessed(held("waiting"), held("pending"))) == 1


# Types.

WHOLE = ("number", "holder", "expiry", "brand")


def holding(name: str, *names: str, more: tuple[NamedType, ...] = ()) -> Contract:
    """A contract whose operations carry an object called `name`."""
    held = object_type(name, *(field(n) for n in names))
    return contract(held, *more, operation("POST /x", takes=Ref(name), gives=ListOf(Ref(name))))


def test_a_type_under_another_name_is_found() -> None:
    assert guessed(holding("Card", *WHOLE), holding("PaymentCard", *WHOLE)) == ["Renamed type `Card` to `PaymentCard`."]
    assert guessed(holding("CardV1", *WHOLE), holding("CardV2", *WHOLE, "x")) == ["Renamed type `CardV1` to `CardV2`."]
    assert guessed(holding("Card", *WHOLE), holding("Instrument", *WHOLE)) == ["Renamed type `Card` to `Instrument`."]


def test_a_type_that_holds_other_things_is_another_type() -> None:
    assert guessed(holding("Card", *WHOLE), holding("Wallet", "owner", "balance", "currency")) == []
    assert guessed(holding("Card", "id", "name"), contract(object_type("Shop", field("id"), field("name")))) == []


def test_a_rename_goes_first_and_edits_follow_under_the_new_name() -> None:
    found = inferred(holding("Card", *WHOLE), holding("PaymentCard", *WHOLE, "issuer"))
    assert sentences(found) == ["Renamed type `Card` to `PaymentCard`.", "Added field `PaymentCard.issuer` (str)."]


def test_the_name_that_documents_use_follows_a_rename() -> None:
    old, new = holding("acme_Card", *WHOLE), holding("acme_PaymentCard", *WHOLE)
    told = [
        replace(c, types={n: replace(t, component=n.replace("_", ".")) for n, t in c.types.items()}) for c in (old, new)
    ]
    assert sentences(inferred(*told)) == ["Renamed type `acme_Card` to `acme_PaymentCard`."]


def test_enums_and_aliases_are_renamed_too() -> None:
    def held(name: str, type_: NamedType) -> Contract:
        return cards(field("x", Ref(name)), more=(replace(type_, name=name),))

    colours = enum_type("C", "red", "green", "blue", "black")
    assert guessed(held("Colour", colours), held("Color", colours)) == ["Renamed type `Colour` to `Color`."]
    money = alias("M", UnionOf((STR, INT)))
    assert guessed(held("Money", money), held("MoneyAmount", money)) == ["Renamed type `Money` to `MoneyAmount`."]


def test_what_was_written_in_a_place_becomes_a_type_of_its_own_and_back() -> None:
    inner = address("street", "city", "zip", inline=True, name="CardHome")
    old = cards(field("home", Ref("CardHome")), more=(inner,))
    new = cards(field("home", Ref("Address")), more=(address("street", "city", "zip"),))
    assert guessed(old, new) == ["Renamed type `CardHome` to `Address`."]
    assert sentences(inferred(old, new)) == [
        "Renamed type `CardHome` to `Address`.",
        "Changed type `Address`: documents state it by name.",
    ]
    assert guessed(new, old) == ["Changed type `Address`: documents state it in its place."]


# Operations.


def at(address_: str, *, id_: str, takes: Type | None = STR, gives: Type | None = INT) -> Contract:
    """A contract with one operation."""
    return contract(operation(address_, id_=id_, takes=takes, gives=gives))


@pytest.mark.parametrize(
    ("before", "after", "ids"),
    [
        ("POST /cards", "POST /payment/cards", ("add", "add")),
        ("POST /balanceTransfer", "POST /balanceTransfers", ("post-balanceTransfer", "post-balanceTransfers")),
        ("PUT /cards/{id}", "PATCH /cards/{id}", ("change_card", "change_card")),
        ("GET /v1/users/{id}", "GET /v2/users/{user}", ("get_user", "get_user")),
    ],
)
def test_an_operation_at_another_address_is_found(before: str, after: str, ids: tuple[str, str]) -> None:
    old, new = at(before, id_=ids[0]), at(after, id_=ids[1])
    assert guessed(old, new) == [f"Moved operation `{before}` to `{after}`."]


@pytest.mark.parametrize(
    ("before", "after"),
    [("POST /cards", "POST /refunds"), ("GET /users/{id}", "GET /users"), ("POST /pay", "GET /pay/methods")],
)
def test_an_operation_that_does_something_else_is_another_one(before: str, after: str) -> None:
    assert guessed(at(before, id_="one"), at(after, id_="other", gives=DATE)) == []


def parameters(*held: tuple[str, Location]) -> Contract:
    """A contract with one operation that has these parameters."""
    made = [Parameter(n, n, place, STR) for n, place in held]
    return contract(operation("GET /cards", parameters=made, gives=STR))


def test_a_parameter_under_another_name_or_elsewhere_is_found() -> None:
    query, header = Location.QUERY, Location.HEADER
    assert guessed(parameters(("page_size", query)), parameters(("pageSize", query))) == [
        "Renamed query parameter `page_size` of `GET /cards` to `pageSize`."
    ]
    assert guessed(parameters(("trace", query)), parameters(("X-Trace", header))) == [
        "Moved parameter `trace` of `GET /cards` from query to header as `X-Trace`."
    ]
    assert guessed(parameters(("page", query)), parameters(("status", query))) == []


def test_the_status_of_the_one_success_changes() -> None:
    def gives(*responses: Response) -> Contract:
        return contract(operation("POST /cards", gives=responses))

    old, new = Response(200, "Done.", STR, headers=(Header("X", INT),)), Response(201, "Made.", STR)
    assert guessed(gives(old), gives(new)) == [
        "Changed answer 200 of `POST /cards`: its status is 201, it carries str as `application/json`."
    ]
    assert guessed(gives(old), gives(replace(new, type=INT))) == []
    assert guessed(gives(old), gives(new, Response(202, "Later.", STR))) == []


# All of it.


def test_nothing_is_guessed_of_what_only_comes_or_goes() -> None:
    old = cards(field("number"))
    new = cards(field("number"), field("name?"), field("full_name?"), more=(STATUS,))
    assert guessed(old, new) == []
    assert guessed(new, old) == []


def test_every_guess_is_marked_in_its_change_and_nothing_else_is() -> None:
    old, new = cards(*PAD, field("name"), more=(STATUS,)), cards(*PAD, field("full_name"), field("b?"), more=(STATUS,))
    found = inferred(old, new)
    marked: list[Change] = [c for c in found.changes if c.guessed is not None]
    assert [type(c) for c in marked] == [RenameFields]
    assert [c.guessed for c in marked] == sure(found)
