"""What null, and what is not there, becomes of fields that are converted together."""

from __future__ import annotations

import pytest

from scaffold.contract.types import Json

from .shops import shop

DOUBLE = "a: {type: str, nullable: true, default: x}\nb: {type: str, nullable: true, default: y}"
SINGLE = "a: {type: str, nullable: true, default: x y}"
KIND_OF_D = "d: 'str | null'"
AS_ONE = "- {merge: [Item.a, Item.b], into: {KIND}, with: words}"
APART = "- {split: Item.a, into: {d: 'str | null', e: 'str | null'}, with: words}"


@pytest.mark.parametrize(
    ("fields", "joined", "nulls"),
    [
        (DOUBLE, AS_ONE.replace("KIND", KIND_OF_D), {"d": None}),
        (DOUBLE, AS_ONE.replace("KIND", "'d?': {type: str, nullable: true}"), {"d": None}),
        (SINGLE, APART, {"d": None, "e": None}),
    ],
)
def test_null_of_what_was_converted_together_is_null_and_no_default(fields: str, joined: str, nulls: Json) -> None:
    none = dict.fromkeys(["a", "b"] if fields == DOUBLE else ["a"])
    with shop(fields, joined) as item:
        assert item.post("v2", nulls) == nulls
        assert item.get("v1") == none
        assert item.put_back("v1") == none
        assert item.get("v2") == nulls


@pytest.mark.parametrize(
    ("stated", "shown"), [("", ["x", "y"]), (", old_sees: u v", ["u", "v"]), (", old_sees: null", [None] * 2)]
)
def test_defaults_stand_for_what_was_converted_together_and_is_not_there(stated: str, shown: list[Json]) -> None:
    kind = KIND_OF_D if stated else "'d?': {type: str, nullable: true}"
    versions = (AS_ONE.replace("KIND", kind), *([f"- {{change: Item.d, required: false{stated}}}"] if stated else []))
    with shop(DOUBLE, *versions) as item:
        item.post(f"v{len(versions) + 1}", {})
        assert item.get("v1") == dict(zip("ab", shown, strict=True))
        item.post(f"v{len(versions) + 1}", {"d": None})
        assert item.get("v1") == {"a": None, "b": None}


@pytest.mark.parametrize("later", ["remove: Item.d, old_sees: none", "change: Item.d, required: false, old_sees: none"])
def test_null_that_was_made_together_is_null_where_nothing_may_be_since(later: str) -> None:
    hooks = {"item_up": lambda old: {"d": old["a"]}, "item_down": lambda new: {"a": new["d"]}}
    custom = "- {custom: Item, up: conversions.item_up, down: conversions.item_down, fields: {d: str | null}}"
    merged = "- {merge: [Item.a, Item.b], into: {d: 'str | null'}, with: words}"
    for fields, joint, null in (("a: str | null", custom, {"a": None}), (DOUBLE, merged, {"a": None, "b": None})):
        with shop(fields, joint, f"- {{{later}}}", hooks=hooks) as item:
            assert item.post("v1", null) == null
            assert item.get("v2") == {"d": None}
            item.post("v3", {})
            assert item.get("v2") == {"d": "none"}
            assert item.put("v1", null) == null
            assert item.get("v2") == {"d": None}
