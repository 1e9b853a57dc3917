"""Any wire name gets a Python name."""

from __future__ import annotations

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.contract.naming import indefinite, pascal, safe_name


@pytest.mark.parametrize(
    ("wire", "python"),
    [
        ("name", "name"),
        ("class", "class_"),
        ("import", "import_"),
        ("from", "from_"),
        ("None", "None_"),
        ("match", "match"),
        ("id", "id"),
        ("model_config", "model_config"),
        ("kept", "kept_"),
        ("X-Y", "X_Y"),
        ("a.b", "a_b"),
        ("3ds", "x3ds"),
        ("_id", "id_"),
        ("__init__", "init_"),
        ("größe", "größe"),
        ("😀", "u1f600"),
        ("", "empty"),
        ("_", "empty_"),
    ],
)
def test_a_wire_name_becomes_this_python_name(wire: str, python: str) -> None:
    assert safe_name(wire) == python


@given(st.text())
def test_every_text_becomes_an_identifier_that_is_no_keyword_and_not_private(text: str) -> None:
    made = safe_name(text)
    assert made.isidentifier()
    assert not keyword.iskeyword(made)
    assert not made.startswith("_")
    assert made == safe_name(text)


def test_the_name_of_a_field_becomes_part_of_a_type_name() -> None:
    assert pascal("card_brand") == "CardBrand"
    assert pascal("billing-address") == "BillingAddress"
    assert pascal("lineItems") == "LineItems"


@pytest.mark.parametrize("an", ["order", "appointment", "Address", "hour", "uncle", "unnamed thing", "online shop"])
def test_words_that_sound_like_a_vowel_are_an(an: str) -> None:
    assert indefinite(an) == "an"


@pytest.mark.parametrize("a", ["user", "unit", "URL", "one time code", "house", "European", "uuid", "usage"])
def test_other_words_are_a(a: str) -> None:
    assert indefinite(a) == "a"
