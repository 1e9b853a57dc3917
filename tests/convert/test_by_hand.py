"""Types that functions of the user's convert as a whole, and what goes through no function."""

from __future__ import annotations

from typing import Any

import pytest

from scaffold.convert.policies import findings
from scaffold.diagnostics import ScaffoldError
from scaffold.generate.runtime.problems import Invalid
from scaffold.spec import load

from .shops import shop, spec


def test_a_type_is_converted_by_hand_as_a_whole() -> None:
    def up(old: dict[str, Any]) -> dict[str, Any]:
        if old["net"] < 0:
            raise ValueError("must not be negative")
        return {"gross": old["net"] + old.get("tax", 0), **({"tax": old["tax"]} if "tax" in old else {})}

    def down(new: dict[str, Any]) -> dict[str, Any]:
        return {"net": new["gross"] - new.get("tax", 0), **({"tax": new["tax"]} if "tax" in new else {})}

    change = """
- custom: Item
  up: conversions.item_up
  down: conversions.item_down
  fields: {gross: int, "tax?": int}
"""
    hooks = {"item_up": up, "item_down": down}
    with shop("net: int\ntax?: int", change, "- rename Item.tax to vat", hooks=hooks) as item:
        assert item.post("v1", {"net": 10, "tax": 2}) == {"net": 10, "tax": 2}
        assert (item.get("v2"), item.get("v3")) == ({"gross": 12, "tax": 2}, {"gross": 12, "vat": 2})
        item.patch("v1", {"net": 20})
        assert item.get("v2") == {"gross": 22, "tax": 2}
        item.patch("v3", {"vat": None})
        assert item.get("v1") == {"net": 22}
        with pytest.raises(Invalid):
            item.patch("v1", {"net": -1})


def test_what_a_function_makes_of_other_fields_is_not_looked_up_in_what_they_are_called() -> None:
    versions = (
        "- {rename: Item.of, to: words}\n- {add: 'Item.of?', ref: Item}",
        "- {custom: Item, up: conversions.item_up, down: conversions.item_down}",
    )
    hooks = {"item_up": dict, "item_down": dict}
    with shop("'of?': 'map[str, float]'\n'note?': str", *versions, hooks=hooks) as item:
        assert item.post("v1", {"of": {"a": 1.5}}) == {"of": {"a": 1.5}}
        assert item.put("v1", {"of": {}, "note": "x"}) == {"of": {}, "note": "x"}
        assert item.get("v3") == {"words": {}, "note": "x"}


def test_a_type_that_is_converted_by_hand_may_refer_to_a_resource_since() -> None:
    change = "- {custom: Item, up: conversions.item_up, down: conversions.item_down, fields: {'of?': {ref: Item}}}"
    hooks = {"item_up": lambda value: {"of": value["n"]} if "n" in value else {}, "item_down": lambda value: {}}
    with shop("'n?': int", change, hooks=hooks) as item:
        assert item.post("v1", {"n": 7}) == {"n": 7}
        assert item.get("v2") == {"of": 7}
        assert item.put("v2", {"of": 7}) == {"of": 7}
        with pytest.raises(Invalid, match="There is no items 5"):
            item.put("v2", {"of": 5})
    with pytest.raises(ScaffoldError, match="SC217"):
        load(spec("'n?': int", change.replace("ref: Item", "ref: Nobody")))


def test_nothing_else_changes_a_type_that_is_converted_by_hand() -> None:
    custom = "- {custom: Item, up: conversions.item_up, down: conversions.item_down}"
    found = findings(load(spec("name: str", f"{custom}\n- {{add: 'Item.x?', type: str}}")).history)
    assert [d.code for _, d in found] == ["SC325"]


@pytest.mark.parametrize(
    "by_hand",
    [
        "- {split: Outer.title, into: {home: str, city: str}, with: conversions.split_title}",
        "- {custom: Outer, up: conversions.up, down: conversions.down, lossless: true}",
    ],
)
@pytest.mark.parametrize(
    ("fields", "added"),
    [
        ("place?: str", "- {add: Item.sent, type: Outer, old_sends: {title: a b}}"),
        ("place?: str", '- {add: Item.sent, type: "list[Outer]", old_sends: [{title: a b}]}'),
        ("sent: {type: Outer, default: {title: a b}}", "- {add: Item.place, type: str, old_sends: x}"),
    ],
)
def test_objects_that_are_stated_do_not_go_through_hooks(fields: str, added: str, by_hand: str) -> None:
    outer = "Outer:\n  fields: {title: str}"
    history = load(spec(fields, added, by_hand, types=outer)).history
    assert [d.code for _, d in findings(history)] == ["SC322"]
    words = "- {split: Outer.title, into: {home: str, city: str}, with: words}"
    words += "\n- {change: Item.sent, default: {home: c, city: d}}" if "default" in fields else ""
    with shop(fields, added, words, types=outer) as item:
        item.post("v1", {})
        shown = item.get("v3")["sent"]
        assert shown in ({"home": "a", "city": "b"}, [{"home": "a", "city": "b"}])
