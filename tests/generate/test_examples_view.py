"""The examples of operations: they fit, published ones come first, and each distinct one is stated once."""

from __future__ import annotations

from typing import Any

import pytest

from scaffold.contract.contract import Contract
from scaffold.contract.fitting import fits
from scaffold.contract.history import History
from scaffold.contract.message import Header, Media, Response, View
from scaffold.contract.named_types import Field, ObjectType
from scaffold.contract.operation import Operation
from scaffold.contract.types import Kind, ListOf, Ref, Scalar, Type
from scaffold.generate.examples_view import Answers, example_files, simple, status_of
from scaffold.spec import load

STR = Scalar(Kind.STR)
CARD = ObjectType("v1:Card", "Card", (Field("v1:Card.number", "number", STR, required=True),))


def contract(*types: ObjectType, extra: Any = None) -> Contract:
    return Contract("v1", types={t.name: t for t in types}, extra=extra or {})


def answered(given: Contract, *responses: Response) -> Any:
    return Answers(given).of(Operation("v1:op", "op", "GET", "/op", responses))


def test_a_published_example_that_fits_is_taken_and_another_is_not() -> None:
    examples = {"wrong": {"value": {"number": 1}}, "right": {"value": {"number": "4111"}}}
    made = answered(contract(CARD), Response(200, "", Ref("Card"), media={"examples": examples}))
    assert made == {"status": 200, "media_type": "application/json", "body": {"number": "4111"}}


def test_a_shared_example_is_found() -> None:
    shared = {"components": {"examples": {"One": {"value": {"number": "42"}}}}}
    examples = {"one": {"$ref": "#/components/examples/One"}}
    made = answered(contract(CARD, extra=shared), Response(200, "", Ref("Card"), media={"examples": examples}))
    assert made["body"] == {"number": "42"}


@pytest.mark.parametrize("said", [{"examples": {"a": {"$ref": "#/components/examples/Gone"}}}, {"examples": {"a": 1}}])
def test_examples_that_lead_nowhere_are_left(said: Any) -> None:
    assert answered(contract(CARD), Response(200, "", Ref("Card"), media=said))["body"] == {"number": "Number"}


def test_a_success_comes_before_anything_else() -> None:
    responses = (Response("default", "", STR), Response(404, "", STR), Response(201, "", STR))
    assert answered(contract(), *responses)["status"] == 201


@pytest.mark.parametrize(("status", "number"), [(204, 204), ("2XX", 200), ("4XX", 400), ("default", 200)])
def test_a_status_becomes_a_number(status: int | str, number: int) -> None:
    assert status_of(Response(status, "")) == number


def test_a_body_has_its_form() -> None:
    data = Scalar(Kind.BYTES)
    assert answered(contract(), Response(204, "")) == {"status": 204}
    text = answered(contract(), Response(200, "", STR, media_type="text/csv", media={"example": "a,b"}))
    assert text == {"status": 200, "media_type": "text/csv", "text": "a,b"}
    file = answered(contract(), Response(200, "", data, media_type="image/png"))
    assert file == {"status": 200, "media_type": "image/png", "base64": "aGVsbG8="}
    anything = answered(contract(), Response(200, "", STR, media_type="*/*"))
    assert anything["media_type"] == "application/json"


def test_a_form_that_cannot_be_made_gives_way_to_the_next() -> None:
    never = Scalar(Kind.STR, pattern="^(?!)$")
    others = (Media("text/plain", STR),)
    assert answered(contract(), Response(200, "", never, others=others))["media_type"] == "text/plain"
    assert answered(contract(), Response(200, "", never)) is None


def test_headers_are_answered_and_required_ones_are_needed() -> None:
    headers = (Header("X-Rate", Scalar(Kind.INT, ge=5), required=True), Header("X-Tags", ListOf(STR)))
    assert answered(contract(), Response(204, "", headers=headers))["headers"] == {"X-Rate": "5", "X-Tags": "Tag"}
    never = Header("X-No", Scalar(Kind.STR, pattern="^(?!)$"), required=True)
    assert answered(contract(), Response(204, "", headers=(never,))) is None


def test_a_format_that_nobody_knows_does_not_stand_in_the_way() -> None:
    odd = Field("v1:Odd.a", "a", Scalar(Kind.STR, format="odd-number"), required=True)
    made = answered(contract(ObjectType("v1:Odd", "Odd", (odd,))), Response(200, "", Ref("Odd")))
    assert made["body"] == {"a": "A"}


@pytest.mark.parametrize(
    ("value", "text"), [(True, "true"), ([1, 2], "1,2"), ({"a": 1, "b": False}, "a,1,b,false"), (None, ""), ("x", "x")]
)
def test_values_are_written_simply(value: Any, text: str) -> None:
    assert simple(value) == text


SPEC = """
api: {name: small, title: Small, base_path: /api}
types:
  Card: {fields: {number: str, kind: {enum: [red, blue]}}}
  Other: {fields: {a: str}}
resources:
  Note:
    path: /notes
    fields: {id: {type: int, key: true}, text: str}
    operations: [get]
operations:
  GET /card: {id: card, responses: {200: Card}}
  GET /other: {id: other, responses: {200: Other}}
versions:
  - id: v1
    released: 2025-01-01
  - id: v2
    released: 2025-02-01
    changes: [{rename: Card.number, to: pan}]
  - id: v3
    released: 2025-03-01
    changes: [{add: "Other.b?", type: int}]
next: []
"""


@pytest.fixture(scope="module")
def history() -> History:
    return load(SPEC).history.released


def test_an_example_that_stays_is_stated_once(history: History) -> None:
    made = example_files(history, {})
    assert {version: list(entries) for version, entries in made.items()} == {
        "v1": ["card", "other"],
        "v2": ["card"],
        "v3": ["other"],
    }


def test_examples_fit_the_contract_of_their_version(history: History) -> None:
    made = example_files(history, {})
    for each in history.contracts:
        for one in (o for o in each.operations if o.id in made[each.version]):
            type_: Type | None = one.responses[0].type
            entry = made[each.version][one.id]
            assert type_ is not None
            assert entry is not None
            assert fits(each, type_, entry["body"], view=View.OUTPUT)


def test_standard_operations_have_one_where_they_are_undecided(history: History) -> None:
    made = example_files(history, {"v2": ("get_note",)})
    assert [v for v, entries in made.items() if "get_note" in entries] == ["v2"]


@pytest.mark.parametrize("required", [False, True])
def test_an_example_does_not_go_on_for_ever(required: bool) -> None:
    """Thirty types, each with all the others in it: written out whole, more than can be written."""
    names = [f"T{n}" for n in range(30)]
    types = [
        ObjectType(
            f"v1:{n}", n, tuple(Field(f"v1:{n}.{m}", m.lower(), Ref(m), required=required) for m in names if m != n)
        )
        for n in names
    ]
    made = answered(contract(*types), Response(200, "", Ref("T0")))
    assert (made is None) if required else len(str(made)) < 10_000
