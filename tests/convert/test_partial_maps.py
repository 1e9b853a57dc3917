"""Partial updates (RFC 7396) of maps, and where their errors are said to be."""

from __future__ import annotations

from typing import Any

import pytest

from scaffold.generate.runtime.problems import Invalid

from .shops import Shop, shop

RENAME = "- {rename: Item.labels, to: words}"
PART = "Part: {fields: {name: str, 'note?': str, size: int}}"


def wrong(item: Shop, version: str, payload: Any) -> list[list[Any]]:
    """Where the errors of a partial update are."""
    with pytest.raises(Invalid) as caught:
        item.patch(version, payload)
    return [e["loc"] for e in caught.value.errors]


def test_keys_that_are_not_sent_stay_and_null_takes_one_away() -> None:
    with shop('labels: "map[str, int]"', RENAME, "- {change: Item.words, to: 'map[str, str]', old_sees: {}}") as item:
        item.post("v1", {"labels": {"a": 1, "b": 2}})
        assert item.patch("v1", {"labels": {"b": None, "c": 3}}) == {"labels": {"a": 1, "c": 3}}
        assert item.patch("v3", {"words": {"a": "7"}}) == {"words": {"a": "7", "c": "3"}}
        assert item.patch("v2", {"words": {}}) == {"words": {"a": 7, "c": 3}}
        assert item.put("v1", {"labels": {"z": 0}}) == {"labels": {"z": 0}}


def test_what_was_written_word_for_word_stays_so_beside_a_key_that_changes() -> None:
    with shop('labels: "map[str, str]"', "- {change: Item.labels, to: 'map[str, decimal]'}") as item:
        item.post("v1", {"labels": {"a": " 1.50", "b": "2"}})
        assert item.patch("v1", {"labels": {"b": "03"}}) == {"labels": {"a": " 1.50", "b": "03"}}
        assert item.get("v2") == {"labels": {"a": "1.50", "b": "3"}}


def test_maps_of_maps_merge_too() -> None:
    with shop('deep: "map[str, map[str, int]]"', "- {rename: Item.deep, to: far}") as item:
        item.post("v1", {"deep": {"a": {"x": 1, "y": 2}}})
        changed = item.patch("v1", {"deep": {"a": {"x": None, "z": 3}, "b": {"q": None, "w": 1}}})
        assert changed == {"deep": {"a": {"y": 2, "z": 3}, "b": {"w": 1}}}
        assert item.patch("v2", {"far": {"a": None}}) == {"far": {"b": {"w": 1}}}


def test_objects_in_maps_are_changed_field_by_field() -> None:
    with shop('parts: "map[str, Part]"', "- {add: 'Part.extra?', type: str}", types=PART) as item:
        item.post(
            "v2", {"parts": {"k": {"name": "a", "size": 1, "extra": "e", "note": "n"}, "l": {"name": "b", "size": 2}}}
        )
        item.patch("v1", {"parts": {"k": {"size": 5, "note": None}, "l": None, "m": {"name": "c", "size": 3}}})
        assert item.get("v2") == {
            "parts": {"k": {"name": "a", "size": 5, "extra": "e"}, "m": {"name": "c", "size": 3}},
        }
        assert wrong(item, "v1", {"parts": {"n": {"name": "d"}}}) == [["body", "parts", "n", "size"]]


def test_errors_of_nested_partial_updates_name_the_whole_way() -> None:
    types = "Inner: {fields: {x: int, y: int}}\nOuter: {fields: {'inner?': Inner, z: int}}"
    with shop("outer: Outer\n'far?': Outer", "- {rename: Item.outer, to: near}", types=types) as item:
        item.post("v1", {"outer": {"z": 1}})
        assert wrong(item, "v1", {"outer": {"inner": {"x": 1}}}) == [["body", "outer", "inner", "y"]]
        assert wrong(item, "v2", {"near": {"inner": {"x": 1}}}) == [["body", "near", "inner", "y"]]
        assert wrong(item, "v1", {"far": {"inner": {"x": 1}, "z": 1}}) == [["body", "far", "inner", "y"]]


def test_unknown_fields_that_are_bounded_are_taken_away_by_null_too() -> None:
    types = "Note: {fields: {text: str}, unknown: keep, rest: int}"
    with shop("note: Note", "- {rename: Note.text, to: words}", types=types) as item:
        item.post("v1", {"note": {"text": "a", "b": 1}})
        assert item.patch("v1", {"note": {"b": None, "c": 2}}) == {"note": {"text": "a", "c": 2}}


def test_a_map_that_is_converted_with_others_is_merged_key_by_key() -> None:
    change = "- custom: Item\n  up: conversions.same\n  down: conversions.same"
    with shop("labels?: map[str, str]\nname: str", change, hooks={"same": lambda value: value}) as item:
        item.post("v1", {"name": "a", "labels": {"x": "1", "y": "2"}})
        assert item.patch("v1", {"labels": {"x": None, "z": "3"}})["labels"] == {"y": "2", "z": "3"}
        assert item.get("v2") == {"name": "a", "labels": {"y": "2", "z": "3"}}
