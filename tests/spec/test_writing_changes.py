"""Changes are written as they stand in a spec, and go into one as they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from scaffold.contract.address import HeaderAddress, MemberAddress, OperationAddress, ResponseAddress, VariantAddress
from scaffold.contract.changes import (
    CHANGES,
    AddField,
    AddVariant,
    Change,
    ChangeField,
    ChangeHeader,
    ChangeResponse,
    Describe,
    MoveFields,
    RemoveField,
    RenameEnumValue,
    RenameFields,
)
from scaffold.contract.contract import Contract
from scaffold.contract.history import Promise, Version
from scaffold.contract.message import Header, Response
from scaffold.contract.named_types import EnumType, EnumValue, Field, ObjectType
from scaffold.contract.types import UNDECIDED, Kind, ListOf, Ref, Scalar
from scaffold.spec import append_changes, cut_next, load
from scaffold.spec.replacing import replaced
from scaffold.spec.writing import change_items, changes_text, spec_files, version_text
from scaffold.spec.writing.changes import ROWS

from .comparing import said

SPEC = """\
api: {name: cards}
types:
  Colour: {enum: [red, blue]}
  Card:
    description: >-
      A card of version v1, which is the first one of several. It has a number, and whom it belongs to where that is
      known. Its colour is one of a few; clients are told of new ones before they come.
    fields: {number: str, "holder?": str, colour: Colour, street: str, method: Wallet | Bank}
  Wallet: {fields: {id: str}}
  Bank: {fields: {iban: str}}
operations:
  GET /cards/{id}:
    id: get_card
    responses:
      200: {type: Card, headers: {X-Id: str}}
      404: {description: There is no such card.}
versions:
  - id: v1
    released: 2025-01-01
"""


@pytest.fixture(scope="module")
def contract() -> Contract:
    """What the small spec states."""
    return load(SPEC).history.newest


def at(*path: str) -> MemberAddress:
    """A place in a card."""
    return MemberAddress("Card", path)


ANSWER = ResponseAddress(OperationAddress("GET", "/cards/{id}"), "200")
MADE = ObjectType("", "CardOwner", (Field("", "name", Scalar(Kind.STR)),), inline=True)
TABLE: list[tuple[Change, str]] = [
    (
        AddField(at=at("note"), field=Field("", "note", Scalar(Kind.STR, max_length=9), required=False, nullable=True)),
        "add: Card.note?\ntype: str\nmax_length: 9\nnullable: true",
    ),
    (
        AddField(at=at("note"), field=Field("", "note", Scalar(Kind.STR), nullable=True), old_sends=None, existing="x"),
        "add: Card.note\ntype: str | null\nold_sends: null\nexisting: x",
    ),
    (
        AddField(at=at("owner"), field=Field("", "owner", Ref("CardOwner"), description="Whose it is."), types=(MADE,)),
        "add: Card.owner\ndescription: Whose it is.\nfields: {name: str}",
    ),
    (
        AddField(at=at("the owner"), field=Field("", "the owner", Ref("CardOwner")), types=(MADE,)),
        'add: Card."the owner"\nname: CardOwner\nfields: {name: str}',
    ),
    (RemoveField(at=at("number"), old_sees=UNDECIDED), "remove: Card.number\nold_sees: undecided"),
    (RemoveField(at=at("number"), old_sees="undecided"), 'remove: Card.number\nold_sees: "undecided"'),
    (RenameFields(at=at("number"), names={"number": "pan"}), "rename: Card.number\nto: pan"),
    (
        RenameFields(at=at("number"), names={"number": "holder", "holder": "number"}),
        "rename: {Card.number: holder, Card.holder: number}",
    ),
    (RenameEnumValue(at=MemberAddress("Colour", ("red",)), to="Colour.on"), "rename: Colour.red\nto: '\"Colour.on\"'"),
    (MoveFields(sources=(at("street"),), to=at("address")), "move: [Card.street]\nto: Card.address"),
    (MoveFields(sources=(at("street"),), to=at("road"), into=False), "move: Card.street\nto: Card.road"),
    (
        ChangeField(at=at("number"), type=ListOf(Scalar(Kind.STR, max_length=4)), codec=UNDECIDED, guessed=0.5),
        "# guessed by the import: keep it if it is right, else write remove and add\n"
        "change: Card.number\nto: {items: {type: str, max_length: 4}}\ncodec: undecided\nguessed: 0.5",
    ),
    (
        ChangeField(
            at=at("number"), bounds={"pattern": "^a$", "max_length": 3}, drop=("default",), marks={"read_only": True}
        ),
        'change: Card.number\npattern: "^a$"\nmax_length: 3\ndrop: [default]\nread_only: true',
    ),
    (
        AddVariant(at=VariantAddress(at("method"), "Card"), variant=Ref("Card"), old_sees={"id": "1"}),
        'add: Card.method|Card\nold_sees: {id: "1"}',
    ),
    (
        AddVariant(at=VariantAddress(at("method"), "Card"), variant=Ref("Card"), hide=True),
        "add: Card.method|Card\nhide: true",
    ),
    (
        AddVariant(
            at=VariantAddress(at("method"), "Way"),
            variant=Ref("Way"),
            types=(EnumType("", "Way", (EnumValue("", "cash"),), inline=True),),
        ),
        "add: Card.method|Way\nenum: [cash]",
    ),
    (
        ChangeResponse(at=ANSWER, to=Response(203, "", Ref("Card"))),
        "change: GET /cards/{id} 200\nstatus: 203",
    ),
    (
        ChangeResponse(at=ANSWER, to=Response(200, "", ListOf(Ref("Card")))),
        "change: GET /cards/{id} 200\nto: list[Card]",
    ),
    (
        ChangeHeader(at=HeaderAddress(ANSWER, "X-Id"), to=Header("X-Name", Scalar(Kind.STR))),
        "rename: GET /cards/{id} 200 header X-Id\nto: X-Name",
    ),
    (
        ChangeHeader(at=HeaderAddress(ANSWER, "X-Id"), to=Header("X-Name", Scalar(Kind.INT), required=True)),
        "change: GET /cards/{id} 200 header X-Id\nto: {name: X-Name, type: int, required: true}",
    ),
    (
        Describe(texts={"Card": {"description": "New."}, "Card.number": {"x-a": None}}, nulls={"Card": ("example",)}),
        "describe:\n  Card: New.\n  Card.number: {x-a: null}\nnulls:\n  Card: [example]",
    ),
]


def test_every_class_of_change_has_a_row() -> None:
    assert set(ROWS) == set(CHANGES)


@pytest.mark.parametrize(("change", "text"), TABLE, ids=lambda v: v.partition("\n")[0] if isinstance(v, str) else "")
def test_changes_are_written_as_a_person_would(change: Change, text: str, contract: Contract) -> None:
    (written,) = change_items([change], contract)
    assert written == text


@pytest.mark.parametrize(("change", "text"), TABLE, ids=lambda v: v.partition("\n")[0] if isinstance(v, str) else "")
def test_what_is_written_goes_into_the_spec(change: Change, text: str, contract: Contract) -> None:
    made = load(append_changes(SPEC, change_items([change], contract))).history
    assert [said(c) for c in made.versions[-1].changes] == [said(change)]
    cut = load(cut_next(SPEC, "v2", changes=change_items([change], contract))).history
    assert [said(c) for c in cut.versions[-1].changes] == [said(change)]


def test_comments_stand_above_their_changes(contract: Contract) -> None:
    change = RenameFields(at=at("number"), names={"number": "pan"}, guessed=0.9)
    made = cut_next(SPEC + "next: []\n", "v2", released=date(2026, 1, 1), changes=change_items([change], contract))
    assert made.endswith(
        "  - id: v2\n"
        "    released: 2026-01-01\n"
        "    changes:\n"
        "      # guessed by the import: keep it if it is right, else write remove and add\n"
        "      - rename: Card.number\n"
        "        to: pan\n"
        "        guessed: 0.9\n"
        "next: []\n"
    )


def test_each_change_is_written_against_the_contract_before_it(contract: Contract) -> None:
    rename = RenameFields(at=at("number"), names={"number": "pan"})
    add = AddField(at=at("pan2"), field=Field("", "pan2", Scalar(Kind.INT), required=False))
    assert changes_text([rename, add], contract) == (
        "- rename: Card.number\n  to: pan\n- add: Card.pan2?\n  type: int\n"
    )


def test_a_version_is_written_as_a_file_and_as_an_item(contract: Contract) -> None:
    version = Version("v2", date(2026, 1, 1), changes=(RemoveField(at=at("holder")),), note="Less.")
    text = "id: v2\nreleased: 2026-01-01\nnote: Less.\nchanges:\n  - remove: Card.holder\n"
    assert version_text(version, contract) == text
    listed = text.replace("\n", "\n  ").rstrip(" ")
    assert version_text(version, contract, listed=True) == f"- {listed}"
    assert version_text(Version("v2", None, Promise.BETA), contract) == "id: v2\npromise: beta\n"


def test_words_that_change_in_long_prose_are_put_for_one_another(contract: Contract) -> None:
    prose = str(contract.types["Card"].description)
    assert "v1" in prose
    change = Describe(texts={"Card": {"description": prose.replace("v1", "v2"), "x-a": 1}, "Wallet": {"x-b": 2}})
    (text,) = change_items([change], contract)
    assert text == "describe:\n  Card: {x-a: 1}\n  Wallet: {x-b: 2}\nreplace:\n  Card: {v1: v2}"
    (made,) = load(append_changes(SPEC, [text])).history.versions[-1].changes
    assert said(made) == said(change)


def test_prose_that_changes_otherwise_is_written_whole(contract: Contract) -> None:
    prose = str(contract.types["Card"].description)
    change = Describe(texts={"Card": {"description": prose.replace("v1", "v2").replace("number", "pan")}})
    (text,) = change_items([change], contract)
    assert text.startswith("describe:\n  Card: >-\n    A card of version v2,")


@pytest.mark.parametrize(
    ("text", "pairs", "made"),
    [
        ("v1 is not v12", {"v1": "v2"}, "v2 is not v12"),
        ("/v1/dev1 (v1)", {"v1": "v2"}, "/v2/dev1 (v2)"),
        ("a.b\\1", {"a.b": "\\1"}, "\\1\\1"),
        ({"a": ["v1", 1], "v1": None}, {"v1": "v2", "v2": "v3"}, {"a": ["v3", 1], "v1": None}),
        ("", {"": "x"}, ""),
    ],
)
def test_words_are_put_for_one_another_where_they_stand_alone(
    text: object, pairs: dict[str, str], made: object
) -> None:
    assert replaced(text, pairs) == made


def test_words_that_nobody_says_are_refused() -> None:
    change = "describe: {}\nreplace: {Card: {v7: v8}}"
    with pytest.raises(Exception, match="nothing that is said of `Card` has these words"):
        load(append_changes(SPEC, [change]))
    with pytest.raises(Exception, match="there is no `Crad` to describe here"):
        load(append_changes(SPEC, ["describe: {}\nreplace: {Crad: {v1: v2}}"]))


def test_what_the_import_of_a_published_history_writes_can_be_read() -> None:
    """Texts of every kind, as a spec that has one of everything holds them, in the draft of another."""
    everything = (Path(__file__).parent / "everything.yaml").read_text(encoding="utf-8")
    history = load(everything).history
    first = spec_files(load(everything[: everything.index("  - id: v2")]).history, folder=False)["api.yaml"]
    changes = history.versions[-1].changes
    made = load(append_changes(first, change_items(changes, history.contracts[0], version="v2"))).history
    assert [said(c) for c in made.versions[-1].changes] == [said(c) for c in changes]
