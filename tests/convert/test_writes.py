"""Create, replace, partial update: absent, null and default are three things."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from scaffold.generate.runtime.problems import Invalid

from .shops import shop


def test_a_field_of_a_release_is_kept_by_a_replacement_without_it_and_cleared_by_null() -> None:
    with shop("title: str", "- {rename: Item.title, to: name}", releases='- {add: "Item.note?", type: str}') as item:
        item.post("v1", {"title": "a", "note": "x"})
        assert item.put("v1", {"title": "b"}) == {"title": "b", "note": "x"}
        assert item.put("v1", {"title": "b", "note": None}) == {"title": "b"}
        item.put("v2", {"name": "b", "note": "y"})
        assert item.put("v2", {"name": "b"}) == {"name": "b"}


def test_a_nullable_field_of_a_release_is_kept_too_and_null_is_null() -> None:
    release = '- {add: "Item.note?", type: str, nullable: true}'
    with shop("title: str", "- {rename: Item.title, to: name}", releases=release) as item:
        item.post("v1", {"title": "a", "note": "x"})
        assert item.put("v1", {"title": "b"}) == {"title": "b", "note": "x"}
        assert item.put("v1", {"title": "b", "note": None}) == {"title": "b", "note": None}


def test_a_field_of_a_release_with_a_default_is_kept_too() -> None:
    release = '- {add: "Item.count?", type: int, default: 1}'
    with shop("title: str", "- {change: Item.count, to: str, default: '1', old_sees: 0}", releases=release) as item:
        assert item.post("v1", {"title": "a"}) == {"title": "a", "count": 1}
        item.patch("v1", {"count": 5})
        assert item.put("v1", {"title": "b"}) == {"title": "b", "count": 5}


def test_each_version_stores_its_own_default() -> None:
    with shop("count: {type: int, default: 1}", "- {change: Item.count, default: 2}") as item:
        assert item.post("v1", {}) == {"count": 1}
        assert item.get("v2") == {"count": 1}
        assert item.post("v2", {}) == {"count": 2}
        assert item.put("v1", {}) == {"count": 1}


def test_a_partial_update_gets_no_defaults_and_no_fills() -> None:
    with shop(
        "title: str\ncount: {type: int, default: 1}",
        "- {add: Item.country, type: str, old_sends: GB}",
    ) as item:
        item.post("v2", {"title": "a", "count": 5, "country": "FR"})
        item.patch("v1", {"title": "b"})
        assert item.get("v2") == {"title": "b", "count": 5, "country": "FR"}
        item.put("v1", {"title": "c"})
        assert item.get("v2") == {"title": "c", "count": 1, "country": "FR"}


def test_null_in_a_partial_update_clears_what_is_optional_and_is_null_where_it_may_be() -> None:
    with shop("a?: str\nb?: {type: str, nullable: true}\nc: str", "- {rename: Item.a, to: z}") as item:
        item.post("v1", {"a": "1", "b": "2", "c": "3"})
        assert item.patch("v1", {"a": None, "b": None}) == {"b": None, "c": "3"}
        with pytest.raises(ValidationError):
            item.patch("v1", {"c": None})


def test_absent_and_null_stay_apart_in_the_record() -> None:
    with shop("b?: {type: str, nullable: true}", "- {rename: Item.b, to: c}") as item:
        assert item.post("v1", {}) == {}
        assert item.get("v2") == {}
        assert item.post("v1", {"b": None}) == {"b": None}
        assert item.get("v2") == {"c": None}


# Flat and nested.

NEST = "- {move: [Item.street, Item.city], to: Item.address}"
FLATTEN = "- {move: [Item.address.street, Item.address.city], to: Item}"


def test_flat_fields_are_nested_and_come_back() -> None:
    with shop("street?: str\ncity?: str", NEST) as item:
        item.post("v1", {"street": "a", "city": "b"})
        assert item.get("v2") == {"address": {"street": "a", "city": "b"}}
        item.put("v2", {})
        assert item.get("v1") == {}
        item.put("v1", {"city": "c"})
        assert item.get("v2") == {"address": {"city": "c"}}
        item.put("v1", {})
        assert item.get("v2") == {}


def test_an_empty_object_stays_when_an_old_client_writes_back_the_nothing_it_saw() -> None:
    with shop("street?: str\ncity?: str", NEST) as item:
        item.post("v2", {"address": {}})
        item.put_back("v1")
        assert item.get("v2") == {"address": {}}


def test_a_part_that_the_old_version_does_not_have_stays() -> None:
    with shop("street?: str\ncity?: str", NEST, '- {add: "ItemAddress.zip?", type: str}') as item:
        item.post("v3", {"address": {"street": "a", "zip": "1"}})
        item.put("v1", {"city": "c"})
        assert item.get("v3") == {"address": {"city": "c", "zip": "1"}}


ADDRESS = "address?: {type: Address, nullable: true}"
TYPES = "Address: {fields: {street: str, 'city?': str}}"


def test_an_object_that_was_taken_apart_is_there_absent_or_null_as_it_was_sent() -> None:
    with shop(ADDRESS, FLATTEN, types=TYPES) as item:
        for sent in ({}, {"address": None}, {"address": {"street": "a"}}, {"address": {"street": "a", "city": "b"}}):
            assert item.post("v1", sent) == sent
            assert item.put_back("v1") == sent
        item.post("v1", {"address": None})
        item.patch("v2", {"street": "s"})
        assert item.get("v1") == {"address": {"street": "s"}}


def test_what_cannot_be_shown_as_an_object_is_not_destroyed_by_who_does_not_see_it() -> None:
    with shop(ADDRESS + "\nnote?: str", FLATTEN, types=TYPES) as item:
        item.post("v2", {"city": "London"})
        assert item.get("v1") == {}
        item.put_back("v1", note="x")
        assert item.get("v2") == {"city": "London", "note": "x"}


def test_a_partial_update_reaches_into_an_object_that_was_taken_apart() -> None:
    with shop(ADDRESS, FLATTEN, types=TYPES) as item:
        item.post("v1", {"address": {"street": "a", "city": "b"}})
        assert item.patch("v1", {"address": {"city": "c"}}) == {"address": {"street": "a", "city": "c"}}
        assert item.patch("v1", {"address": {"city": None}}) == {"address": {"street": "a"}}
        assert item.patch("v1", {"address": None}) == {"address": None}
        assert item.get("v2") == {}
        with pytest.raises(Invalid) as error:
            item.patch("v1", {"address": {"city": "c"}})
        assert error.value.errors[0]["loc"] == ["body", "address", "street"]
        assert item.patch("v1", {"address": {"street": "z"}}) == {"address": {"street": "z"}}


def test_fields_that_moved_into_an_object_do_not_fight_with_what_is_sent_of_it() -> None:
    with shop(
        "street: str\naddress: {type: Address}",
        "- {move: [Item.street], to: Item.address}",
        types="Address: {fields: {city: str}}",
    ) as item:
        item.post("v1", {"street": "s", "address": {"city": "c"}})
        assert item.get("v2") == {"address": {"city": "c", "street": "s"}}
        item.put("v1", {"street": "t", "address": {"city": "d"}})
        assert item.get("v2") == {"address": {"city": "d", "street": "t"}}


def test_a_partial_update_of_an_object_that_is_not_there_must_be_whole_at_every_depth() -> None:
    with shop(
        "address?: {fields: {city: str, geo: {fields: {lat: float, lon: float}}}}",
        "- {rename: ItemAddress.city, to: town}",
    ) as item:
        item.post("v1", {})
        with pytest.raises(Invalid):
            item.patch("v1", {"address": {"city": "x", "geo": {"lat": 1.0}}})
        assert item.patch("v1", {"address": {"city": "x", "geo": {"lat": 1.0, "lon": 2.0}}})


# Lists of objects.

KEYED = "lines: {type: 'list[Line]'}"
HIDDEN = '- {add: "Line.note?", type: str}'


def test_items_with_a_key_keep_what_their_writer_cannot_see_wherever_they_go() -> None:
    with shop(KEYED, HIDDEN, types="Line: {fields: {sku: {type: str, key: true}, n: int}}") as item:
        item.post("v2", {"lines": [{"sku": "a", "n": 1, "note": "A"}, {"sku": "b", "n": 2, "note": "B"}]})
        item.put("v1", {"lines": [{"sku": "b", "n": 3}, {"sku": "c", "n": 4}, {"sku": "a", "n": 1}]})
        assert item.get("v2") == {
            "lines": [{"sku": "b", "n": 3, "note": "B"}, {"sku": "c", "n": 4}, {"sku": "a", "n": 1, "note": "A"}]
        }


def test_items_are_matched_by_a_key_whose_type_changed() -> None:
    with shop(
        KEYED,
        HIDDEN + "\n- {change: Line.sku, to: str, old_sees: 0}",
        types="Line: {fields: {sku: {type: int, key: true}}}",
    ) as item:
        item.post("v2", {"lines": [{"sku": "7", "note": "A"}]})
        item.put("v1", {"lines": [{"sku": 8}, {"sku": 7}]})
        assert item.get("v2") == {"lines": [{"sku": "8"}, {"sku": "7", "note": "A"}]}


def test_items_without_a_key_are_matched_by_what_their_writer_saw_then_by_place() -> None:
    with shop(KEYED, HIDDEN, types="Line: {fields: {n: int}}") as item:
        item.post("v2", {"lines": [{"n": 1, "note": "A"}, {"n": 2, "note": "B"}]})
        item.put("v1", {"lines": [{"n": 2}, {"n": 9}]})
        assert item.get("v2") == {"lines": [{"n": 2, "note": "B"}, {"n": 9, "note": "A"}]}


def test_lists_in_lists_and_maps_of_objects_keep_it_too() -> None:
    with shop(
        "rows: {type: 'list[list[Line]]'}\nby: {type: 'map[str, Line]'}",
        HIDDEN,
        types="Line: {fields: {sku: {type: str, key: true}}}",
    ) as item:
        line, plain = {"sku": "a", "note": "A"}, {"sku": "a"}
        item.post("v2", {"rows": [[line]], "by": {"k": line}})
        item.put("v1", {"rows": [[plain, {"sku": "b"}]], "by": {"k": plain, "l": plain}})
        assert item.get("v2") == {"rows": [[line, {"sku": "b"}]], "by": {"k": line, "l": plain}}


def test_a_list_is_emptied_by_an_empty_list() -> None:
    with shop(KEYED, "- {remove: Item.lines, old_sees: []}", types="Line: {fields: {n: int}}") as item:
        item.post("v1", {"lines": [{"n": 1}]})
        assert item.put("v1", {"lines": []}) == {"lines": []}


def test_objects_inside_themselves_cross() -> None:
    with shop(
        "root?: Node",
        "- {rename: Node.name, to: title}",
        types="Node: {fields: {name: str, 'children?': 'list[Node]'}}",
    ) as item:
        item.post("v1", {"root": {"name": "a", "children": [{"name": "b", "children": []}]}})
        assert item.get("v2") == {"root": {"title": "a", "children": [{"title": "b", "children": []}]}}


def test_an_object_that_a_partial_update_makes_shows_nothing_that_was_not_sent() -> None:
    versions = ("- {change: Item.a, default: 5}", "- {move: [Item.a, Item.b], to: Item.both}")
    with shop("'a?': int\n'b?': int", *versions) as item:
        item.post("v3", {})
        assert item.patch("v1", {"b": 1}) == {"b": 1}
        assert item.get("v3") == {"both": {"a": 5, "b": 1}}
        assert item.put_back("v3") == {"both": {"a": 5, "b": 1}}
        assert item.get("v1") == {"b": 1}
