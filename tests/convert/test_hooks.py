"""Functions of the user's convert what no built-in codec does; all else is as for built-in codecs."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

import pytest
from pydantic import ValidationError

from scaffold.contract.types import Kind, ListOf, Scalar
from scaffold.convert.hooks import hooks
from scaffold.convert.policies import findings
from scaffold.convert.prepared import prepared
from scaffold.generate.runtime.checks import StartRefused
from scaffold.spec import load

from .shops import shop, spec


def price_up(value: str) -> Decimal:
    """`€ 1.50` as an amount."""
    try:
        return Decimal(value.removeprefix("€").strip())
    except InvalidOperation:
        raise ValueError("must be a price") from None


def price_down(value: Decimal) -> str:
    """An amount as older clients write it."""
    return f"€ {value}"


PRICE: dict[str, Any] = {"price_up": price_up, "price_down": price_down}
TO_DECIMAL = "- {change: Item.price, to: decimal, codec: conversions.price}"


def test_a_value_crosses_by_the_pair_that_the_spec_names() -> None:
    with shop("price: str", TO_DECIMAL, hooks=PRICE) as item:
        assert item.post("v1", {"price": "€1.50"}) == {"price": "€1.50"}
        assert item.get("v2") == {"price": "1.50"}
        item.put("v2", {"price": "2.00"})
        assert item.get("v1") == {"price": "€ 2.00"}


def test_what_the_hook_refuses_is_the_mistake_of_its_caller() -> None:
    with shop("price: str", TO_DECIMAL, hooks=PRICE) as item:
        with pytest.raises(ValidationError) as caught:
            item.post("v1", {"price": "much"})
        assert caught.value.errors()[0]["loc"] == ("price",)
        assert "must be a price" in str(caught.value)
        item.post("v2", {"price": "7"})  # v2 knows nothing of it


def test_what_comes_back_as_it_was_shown_changes_nothing() -> None:
    with shop("price: str\nname: str", TO_DECIMAL, hooks=PRICE) as item:
        item.post("v1", {"price": "€1.50", "name": "a"})
        item.put_back("v1", name="b")
        assert item.get("v2") == {"price": "1.50", "name": "b"}
        item.patch("v2", {"name": "c"})
        assert item.get("v1") == {"price": "€1.50", "name": "c"}
        item.patch("v2", {"price": "3"})
        assert item.get("v1")["price"] == "€ 3"


def test_a_field_that_was_converted_is_renamed_moved_and_retyped_as_any_other() -> None:
    with shop(
        "price: str",
        "- {change: Item.price, to: decimal, codec: conversions.price, old_sees: '€ 0'}",
        "- rename Item.price to amount",
        "- {move: Item.amount, to: Item.cost.net}",
        "- {change: Item.cost.net, to: str, old_sees: '0'}",
        hooks=PRICE,
    ) as item:
        assert item.post("v1", {"price": "€1.50"}) == {"price": "€1.50"}
        assert item.get("v5") == {"cost": {"net": "1.50"}}
        item.put("v5", {"cost": {"net": "4.10"}})
        assert item.get("v1") == {"price": "€ 4.10"}


def test_a_hook_gets_a_list_whole() -> None:
    words = {"tags_up": ";".join, "tags_down": lambda v: v.split(";")}
    change = "- {change: Item.tags, to: str, codec: conversions.tags}"
    with shop("tags: list[int]", "- {change: Item.tags, to: 'list[str]', old_sees: []}", change, hooks=words) as item:
        assert item.post("v1", {"tags": [1, 2]}) == {"tags": [1, 2]}
        assert item.get("v2") == {"tags": ["1", "2"]}
        assert item.get("v3") == {"tags": "1;2"}
        item.put("v3", {"tags": "5;6"})
        assert item.get("v1") == {"tags": [5, 6]}


def test_a_change_of_meaning_alone_is_converted_too() -> None:
    scale = {"level_up": lambda v: v * 10, "level_down": lambda v: v // 10}
    with shop("level: int", "- {change: Item.level, codec: conversions.level}", hooks=scale) as item:
        item.post("v1", {"level": 3})
        assert (item.get("v1"), item.get("v2")) == ({"level": 3}, {"level": 30})
        item.put("v2", {"level": 35})
        assert item.get("v1") == {"level": 3}
        item.put_back("v1")
        assert item.get("v2") == {"level": 35}


def test_what_the_way_back_refuses_is_shown_as_it_is_stated() -> None:
    def down(value: str) -> int:
        return int(value)

    change = "- {change: Item.size, to: str, codec: conversions.size, old_sees: 0}"
    with shop("size: int", change, hooks={"size_up": str, "size_down": down}) as item:
        item.post("v2", {"size": "large"})
        assert item.get("v1") == {"size": 0}
        item.put_back("v1")
        assert item.get("v2") == {"size": "large"}


def test_the_default_of_an_older_version_goes_through_the_hook() -> None:
    change = "- {change: Item.price, to: decimal, codec: conversions.price, default: '2'}"
    with shop("price: {type: str, default: '€1'}", change, hooks=PRICE) as item:
        assert item.post("v1", {}) == {"price": "€1"}
        assert item.get("v2") == {"price": "1"}


def test_what_the_server_makes_of_a_creation_may_be_a_hook() -> None:
    made = {"reference": lambda now: f"R-{now.year}"}
    change = "- {add: Item.reference, type: str, read_only: true, on_create: conversions.reference}"
    with shop("name: str", change, hooks=made) as item:
        item.post("v1", {"name": "a"})
        assert item.get("v2") == {"name": "a", "reference": "R-2026"}


def test_the_start_is_refused_for_a_function_that_is_missing() -> None:
    with pytest.raises(StartRefused) as caught, shop("price: str", TO_DECIMAL, hooks={"price_up": price_up}):
        pass
    assert "price_down" in str(caught.value)
    assert "def price_down(value: Decimal) -> str:" in str(caught.value)
    assert "def price_up" not in str(caught.value)


def test_each_function_has_the_types_that_its_field_has_there() -> None:
    history = load(
        spec(
            "price: str\nstate: State",
            "- {change: Item.price, to: 'list[int]', codec: conversions.price}\n"
            "- {add: 'Item.rank?', type: int, existing: {hook: conversions.rank, from: [Item.state]}}",
            types="State: {enum: [a, b]}",
        )
    ).history
    found = {h.name: h for h in hooks(prepared(history))}
    assert [str(v.type) for v in found["price_up"].parameters] == ["str"]
    assert [v.type for v in found["price_up"].returns] == [ListOf(Scalar(Kind.INT))]
    assert found["rank"].parameters[0].type == Scalar(Kind.STR, choices=("a", "b"))
    assert found["rank"].returns[0].none


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (["- {change: Item.part, to: str, codec: conversions.part}"], "SC322"),
        ([TO_DECIMAL, "- {change: Item.size, to: str, codec: conversions.price}"], "SC324"),
        (
            [
                "- {add: Item.tax, type: str, old_sends: x}",
                "- {change: Item.tax, to: int, codec: conversions.tax}",
            ],
            "SC320",
        ),
        ([TO_DECIMAL, "- {remove: Item.price, old_sees: '1'}"], "SC322"),
    ],
)
def test_what_a_hook_cannot_do_is_told(changes: list[str], code: str) -> None:
    text = spec("price: str\nsize: int\npart: Part", *changes, types="Part: {fields: {a: int}}")
    assert [d.code for _, d in findings(load(text).history)] == [code]


def test_what_a_spec_states_goes_on_beyond_a_hook_in_the_words_of_the_change_that_names_it() -> None:
    with shop(
        "name: str",
        "- {add: Item.tax, type: str, old_sends: none}",
        "- {change: Item.tax, to: int, codec: conversions.tax, old_sends: 0, old_sees: '?'}",
        "- {remove: Item.tax, old_sees: 7}",
        hooks={"tax_up": int, "tax_down": str},
    ) as item:
        item.post("v1", {"name": "a"})
        assert item.get("v3") == {"name": "a", "tax": 0}
        item.post("v4", {"name": "a"})
        assert (item.get("v3")["tax"], item.get("v2")["tax"]) == (7, "?")
