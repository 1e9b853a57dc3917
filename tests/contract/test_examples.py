"""Examples: values that surely fit, always the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.contract.contract import Contract
from scaffold.contract.ecma import scoped
from scaffold.contract.examples import example, page_example, scalar_example
from scaffold.contract.fitting import fits
from scaffold.contract.message import View
from scaffold.contract.patterns import sample
from scaffold.contract.types import MISSING, Kind, ListOf, Ref, Scalar

from ..compat.contracts import contract, field, object_type, shop

PATTERNS = [
    r"^[0-9]{4}$",
    r"^[0-9]{1,8}(\.[0-9]{1,2})?$",
    r"^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$",
    r"^(foo|bar)-\w+?$",
    r"^[^a-z\s]+$",
    r"[\w.-]+@\w+\.\w{2,}",
    r"^(?:a|bb)*c?$",
    r"\A\S+\Z",
    r"^\+?[1-9]\d{1,14}$",
    r"^$",
    r"^(?P<year>\d{4})-(0[1-9]|1[0-2])$",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_sample_is_found_for_common_patterns(pattern: str) -> None:
    found = sample(pattern)
    assert found is not None
    assert re.search(pattern, found)


@pytest.mark.parametrize("pattern", [r"^(?=x)x$", r"(", r"^(a)\1$", r"a{2}{", r"^a$b", r"\bword"])
def test_what_cannot_be_sampled_is_none_and_never_wrong(pattern: str) -> None:
    assert sample(pattern) is None


@pytest.mark.filterwarnings("ignore:Possible nested set:FutureWarning")
@given(st.text(alphabet="ab01[]()|*+?{},^$.\\dwsDWS-:P<>", max_size=14), st.integers(0, 6), st.integers(0, 12))
def test_any_text_as_a_pattern_gives_a_fitting_sample_or_none(pattern: str, low: int, more: int) -> None:
    found = sample(pattern, low, low + more)
    if found is not None:
        assert re.search(pattern, found)
        assert low <= len(found) <= low + more


@given(
    st.sampled_from([Kind.INT, Kind.FLOAT, Kind.DECIMAL]),
    st.none() | st.integers(-50, 50),
    st.none() | st.integers(0, 100),
    st.sampled_from([None, 1, 3, 7]),
)
def test_numbers_keep_their_bounds(kind: Kind, low: int | None, more: int | None, step: int | None) -> None:
    high = None if more is None else (low or 0) + more
    scalar = Scalar(kind, gt=low, le=high, multiple_of=step)
    found = scalar_example(scalar, "number")
    assert found is MISSING or fits(Contract(""), scalar, found)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_an_example_that_fits(kind: Kind) -> None:
    found = scalar_example(Scalar(kind), "value")
    assert found is not MISSING
    assert fits(Contract(""), Scalar(kind), found)


@pytest.mark.parametrize("view", list(View))
@pytest.mark.parametrize("name", ["User", "Product"])
def test_every_side_has_an_example_that_fits(name: str, view: View) -> None:
    found = example(shop(), Ref(name), view)
    assert fits(shop(), Ref(name), found, view=view)


def test_a_field_s_own_example_is_taken_where_it_fits() -> None:
    found = example(shop(), Ref("User"), View.CREATE)
    assert found == {"name": "Ada Lovelace", "email": "ada@example.com", "street": "Street", "city": "London"}
    thing = object_type("Thing", field("Thing", "size", Scalar(Kind.INT), example="big"))
    assert example(contract(thing), Ref("Thing"), View.CREATE) == {"size": 1}


def test_texts_have_their_lengths() -> None:
    for low, high in ((0, 1), (3, 3), (9, 9), (40, 50)):
        found = scalar_example(Scalar(Kind.STR, min_length=low, max_length=high), "full_name")
        assert isinstance(found, str)
        assert low <= len(found) <= high
        assert found == found.strip()


def test_values_can_be_chosen_and_left_out() -> None:
    chosen = {"v1:Status": "published", "v1:Product.tags": MISSING}
    found = example(shop(), Ref("Product"), View.OUTPUT, chosen=chosen)
    assert found == {"id": 1, "title": "Garden chair", "price": "49.90", "status": "published"}


def test_recursion_ends() -> None:
    node = object_type(
        "Node", field("Node", "name"), field("Node", "next?", Ref("Node")), field("Node", "all", ListOf(Ref("Node")))
    )
    assert example(contract(node), Ref("Node"), View.OUTPUT) == {"name": "Name", "all": []}
    endless = object_type("Endless", field("Endless", "next", Ref("Endless")))
    assert example(contract(endless), Ref("Endless"), View.OUTPUT) is MISSING


def test_no_example_rather_than_a_wrong_one() -> None:
    assert scalar_example(Scalar(Kind.STR, format="iban"), "iban") is MISSING
    assert scalar_example(Scalar(Kind.STR, pattern=r"^(?=x)x$"), "x") is MISSING
    assert scalar_example(Scalar(Kind.INT, gt=1, lt=2), "none") is MISSING


def test_envelopes_are_filled_in() -> None:
    template = {"data": "$items", "meta": {"total": "$total", "v": "$version", "kind": "page"}}
    assert page_example(template, [1, 2], "v2") == {"data": [1, 2], "meta": {"total": 2, "v": "v2", "kind": "page"}}
    assert page_example(None, [1], "v1") == [1]


@pytest.mark.parametrize(
    ("pattern", "scoped_"),
    [
        (r"(\.(?i)(pdf))$", r"(\.(?i:(pdf)))$"),
        ("(?i)abc", "(?i:abc)"),
        ("a(?i)b(c(?s)d)e", "a(?i:b(c(?s:d))e)"),
        (r"[(?i)]\(x", r"[(?i)]\(x"),
    ],
)
def test_flags_in_the_middle_of_a_pattern_are_put_round_what_they_are_meant_for(pattern: str, scoped_: str) -> None:
    assert scoped(pattern) == scoped_
    text = sample(pattern)
    assert text is not None
    assert re.search(scoped_, text)


@pytest.mark.parametrize("kind", [Kind.STR, Kind.INT, Kind.UUID])
def test_objects_of_a_list_have_keys_of_their_own(kind: Kind) -> None:
    card = object_type("Card", field("Card", "id", Scalar(kind), key=True), field("Card", "name"))
    cards = ListOf(Ref("Card"), min_items=12)
    here = contract(card)
    made = example(here, cards, View.CREATE)
    assert fits(here, cards, made)
    assert len({item["id"] for item in made}) == 12
    assert not fits(here, cards, [made[0]] * 12)
