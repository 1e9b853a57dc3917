"""Objects of which the record keeps parts elsewhere, in versions that still have them, while newer ones have none."""

from __future__ import annotations

import pytest

from scaffold.contract.types import Json

from .shops import shop

HOUSE = "House:\n  fields: {city: str, 'in?': Deep}\nDeep:\n  fields: {'word?': str, 'more?': int}"
WHOLE = "House:\n  fields: {city: str, in: Deep}\nDeep:\n  fields: {word: str, 'more?': int}"
NULLS = "House:\n  fields: {city: str, in: {type: Deep, nullable: true}}\nDeep:\n  fields: {'word?': str, more: int}"
WORD = "- move Item.home.in.word to Item.word"
DEEP = "- move Item.home.in to Item.deep"


def test_an_object_inside_of_one_that_is_made_anew_is_made_with_it() -> None:
    with shop("home: House", WORD, "- {remove: Item.home, old_sees: {city: Ulm, in: {}}}", types=WHOLE) as item:
        item.post("v3", {"word": "a"})
        assert item.put("v1", {"home": {"city": "Bonn", "in": {"word": "b"}}}) == item.get("v1")
        assert item.get("v2") == {"home": {"city": "Bonn", "in": {}}, "word": "b"}
        assert item.get("v1") == {"home": {"city": "Bonn", "in": {"word": "b"}}}


@pytest.mark.parametrize(
    "sent", [{"city": "Bonn"}, {"city": "Bonn", "in": {}}, {"city": "Bonn", "in": {"word": "b", "more": 3}}]
)
def test_objects_inside_of_objects_may_both_be_missing(sent: Json) -> None:
    with shop("'home?': House\n'age?': int", WORD, "- remove Item.home", types=HOUSE) as item:
        for write in (item.put, item.patch):
            item.post("v3", {"age": 1})
            assert write("v1", {"age": 2}) == {"age": 2}
            assert write("v1", {"age": 2, "home": sent}) == {"age": 2, "home": sent}
            assert item.put_back("v1", age=3) == {"age": 3, "home": sent}
            assert item.put("v1", {}) == {}
            assert item.get("v3") == {}


@pytest.mark.parametrize("into", [None, {"more": 3}, {"word": "b", "more": 4}])
def test_an_object_inside_of_one_that_may_be_missing_may_be_null(into: Json) -> None:
    with shop("'home?': House\n'age?': int", WORD, "- remove Item.home", types=NULLS) as item:
        for write in (item.put, item.patch):
            item.post("v3", {"word": "a"})
            home = {"city": "Bonn", "in": into}
            assert write("v1", {"home": home}) == {"home": home}
            record = item.record
            for version in ("v1", "v2", "v3"):
                assert item.put_back(version) == item.get(version)
                assert item.record == record


@pytest.mark.parametrize("kind", ["House", "{type: House, nullable: true}"])
@pytest.mark.parametrize("word", [{}, {"in": {"word": "a"}}])
def test_what_stands_for_an_object_with_parts_elsewhere_comes_back_as_it_was(kind: str, word: dict[str, Json]) -> None:
    more = "- {add: 'House.new?', type: int}"
    gone = "- {remove: Item.home, old_sees: {city: Ulm, new: 3}}"
    with shop(f"home: {kind}\n'age?': int", DEEP, more, gone, types=HOUSE) as item:
        item.post("v4", {"deep": word["in"]} if word else {})
        record = item.record
        for version in ("v1", "v2", "v3"):
            for write in (item.put, item.patch):
                assert write(version, item.get(version)) == item.get(version)
                assert item.record == record
        assert item.get("v3")["home"] == {"city": "Ulm", "new": 3}
        for city in ("Ulm", "Bonn"):
            item.record = record
            assert item.put("v1", {"home": {"city": city}}) == {"home": {"city": city}}
            assert item.get("v3")["home"]["city"] == city


def test_an_object_that_may_be_null_by_now_is_there_when_older_clients_send_one() -> None:
    null = "- {change: Item.home, nullable: true, old_sees: {in: {word: x}}}"
    with shop("home: House", "- move Item.home.city to Item.city", null, types=HOUSE) as item:
        assert item.post("v1", {"home": {"city": "Bonn"}}) == {"home": {"city": "Bonn"}}
        assert item.get("v3") == {"home": {}, "city": "Bonn"}
        assert item.put("v3", {"home": None, "city": "Bonn"})["home"] is None
        record = item.record
        assert item.put_back("v1") == item.get("v1")
        assert item.record == record


BACK = ("- move Item.home.city to Item.city", "- move Item.city to Item.home.city")


@pytest.mark.parametrize(
    ("kind", "none"), [("'home?': House", {}), ("home: {type: House, nullable: true}", {"home": None})]
)
@pytest.mark.parametrize("city", ["str", "{type: str, nullable: true}"])
def test_an_object_without_what_older_versions_need_in_it_is_none_to_them(kind: str, none: Json, city: str) -> None:
    """Outside of an object that may be missing the value may be missing too, and so it may when it comes back."""
    with shop(kind, *BACK, types=f"House:\n  fields: {{city: {city}, 'zip?': int}}") as item:
        for version in ("v2", "v3"):
            for home in ({}, {"zip": 3}):
                assert item.post(version, {"home": home}) == {"home": home}
                assert item.get("v1") == none
                before = [item.get(v) for v in ("v1", "v2", "v3")]
                for older in ("v1", "v2"):
                    assert item.put_back(older) == item.get(older)
                    assert [item.get(v) for v in ("v1", "v2", "v3")] == before
        assert item.put("v1", {"home": {"city": "Ulm"}}) == {"home": {"city": "Ulm"}}
        assert item.get("v3") == {"home": {"city": "Ulm"}}


def test_versions_whose_objects_have_other_parts_keep_apart_whether_they_sent_one() -> None:
    moves = ("- move Item.home.city to Item.city", "- move Item.home.zip to Item.zip")
    types = "House:\n  fields: {'city?': str, 'zip?': int, 'more?': int}"
    with shop("home: {type: House, nullable: true}", *moves, types=types) as item:
        for writer in ("v1", "v2", "v3"):
            item.post(writer, {"home": {}})
            before = [item.get(v) for v in ("v1", "v2", "v3")]
            for version in ("v1", "v2", "v3"):
                item.put_back(version)
                assert [item.get(v) for v in ("v1", "v2", "v3")] == before


def test_what_an_object_inside_of_one_that_is_stated_holds_is_kept() -> None:
    stated = "- {change: Item.home, required: false, old_sees: {city: Ulm, in: {more: 3}}}"
    with shop("home: House\n'age?': int", WORD, stated, types=NULLS) as item:
        for word in ({}, {"word": "a"}):
            for home in ({"city": "Ulm", "in": {"more": 3}}, {"city": "Ulm", "in": {"more": 3, "word": "b"}}):
                for write in (item.put, item.patch):
                    item.post("v3", word)
                    shown = write("v1", {"home": home})["home"]
                    assert shown == {**home, "in": {**(word if write == item.patch else {}), **home["in"]}}
                    assert item.get("v2")["home"] == {"city": "Ulm", "in": {"more": 3}}


@pytest.mark.parametrize(
    ("kind", "none"), [("home: {type: House, nullable: true}", {"home": None}), ("'home?': House", {})]
)
@pytest.mark.parametrize("parts", ["city: str, 'zip?': int", "'city?': str, 'zip?': int"])
def test_an_object_that_is_null_stays_so_when_what_moved_out_of_it_is_edited(kind: str, none: Json, parts: str) -> None:
    more = "- {add: 'Item.more?', type: str}"
    with shop(kind, BACK[0], more, types=f"House:\n  fields: {{{parts}}}") as item:
        for write in (item.patch, item.put):
            item.post("v3", {**none, "city": "Bonn"})
            assert write("v1", {"home": {"city": "Ulm"}}) == {"home": {"city": "Ulm"}}
            assert item.get("v2") == item.get("v3") == {**none, "city": "Ulm"}
            assert write("v1", {"home": {"city": "Ulm", "zip": 3}}) == {"home": {"city": "Ulm", "zip": 3}}
            assert item.get("v3") == {"home": {"zip": 3}, "city": "Ulm"}


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("field", "change", "nothing"),
    [
        ("'home?': Home", "required: true", {}),
        ("'home?': {type: Home, nullable: true}", "required: true", {}),
        ("home: {type: Home, nullable: true}", "nullable: false", {"home": None}),
        ("'home?': {type: Home, nullable: true}", "required: true, nullable: false", {"home": None}),
        ("'home?': {type: Home, nullable: true}", "required: true, nullable: false", {}),
    ],
)
def test_an_object_that_newer_versions_need_is_what_is_stated_where_none_is_sent_of_one_in_parts(
    field: str, change: str, nothing: Json, order: int
) -> None:
    needed = f"- {{change: Item.home, {change}, old_sends: {{city: c}}}}"
    versions = ["- {move: Item.home.zip, to: Item}", needed][::order]
    with shop(field, *versions, types="Home: {fields: {'zip?': str, city: str}}") as item:
        assert item.post("v1", nothing) == nothing
        assert item.get("v3") == {"home": {"city": "c"}}
        item.post("v1", {"home": {"zip": "z", "city": "x"}})
        assert item.put("v1", nothing) == nothing
        assert item.get("v3") == {"home": {"city": "c"}}
        assert item.patch("v1", {"home": {"city": "y"}}) == {"home": {"city": "y"}}
        assert item.patch("v1", {"home": None}) == ({"home": None} if "nullable" in field else {})
        stands = {"home": {"city": "c"}} if "nullable" not in field or "nullable" in change else {"home": None}
        assert item.get("v3") == stands


PARTS = "House:\n  fields: {city: str, 'zip?': int, 'no?': int}"
STATED = "- {remove: Item.home, old_sees: {zip: 3}}"


@pytest.mark.parametrize("kind", ["House", "{type: House, nullable: true}"])
def test_what_may_be_left_out_of_a_removed_object_is_shown_to_all_that_had_it(kind: str) -> None:
    with shop(f"home: {kind}", BACK[0], STATED, types=PARTS) as item:
        item.post("v3", {"city": "Bonn"})
        record, seen = item.record, {"home": {"city": "Bonn", "zip": 3}}
        assert item.get("v1") == seen
        assert item.get("v2") == {"home": {"zip": 3}, "city": "Bonn"}
        for write in (item.put, item.patch):
            assert write("v1", seen) == seen
            assert item.record == record
        assert item.patch("v1", {"home": {"city": "Ulm"}})["home"] == {"city": "Ulm", "zip": 3}
        assert item.patch("v1", {"home": {"no": 1}})["home"] == {"city": "Ulm", "zip": 3, "no": 1}
        assert item.get("v2") == {"home": {"zip": 3, "no": 1}, "city": "Ulm"}


def test_what_is_left_out_of_an_object_that_is_sent_is_not_what_stands_for_a_missing_one() -> None:
    with shop("home: House", BACK[0], STATED, types=PARTS) as item:
        assert item.post("v1", {"home": {"city": "Bonn"}}) == {"home": {"city": "Bonn"}}
        assert item.get("v2") == {"home": {}, "city": "Bonn"}
        for sent in ({"city": "Bonn"}, {"city": "Bonn", "no": 1}):
            item.post("v3", {"city": "Bonn"})
            assert item.put("v1", {"home": sent}) == {"home": sent}
            assert item.get("v2") == {"home": {k: v for k, v in sent.items() if k == "no"}, "city": "Bonn"}
        item.post("v3", {"city": "Bonn"})
        assert item.patch("v1", {"home": {"zip": None}}) == {"home": {"city": "Bonn"}}
        assert item.get("v2") == {"home": {}, "city": "Bonn"}


def test_what_stood_beside_before_it_moved_into_a_removed_object_is_shown_too() -> None:
    moved = "- {move: [Item.name, Item.zip], to: Item.home}"
    gone = "- {remove: Item.home, old_sees: {name: none, zip: 3}}"
    with shop("name: str\n'zip?': int", moved, gone) as item:
        item.post("v3", {})
        assert item.get("v1") == item.put_back("v1") == {"name": "none", "zip": 3}
        assert item.put("v1", {"name": "none"}) == {"name": "none"}
        assert item.get("v2") == {"home": {"name": "none"}}


@pytest.mark.parametrize(
    ("kind", "none"), [("'home?': House", {}), ("home: {type: House, nullable: true}", {"home": None})]
)
def test_an_object_that_is_there_and_empty_is_so_to_versions_that_need_nothing_of_it(kind: str, none: Json) -> None:
    with shop(kind, BACK[0], types="House:\n  fields: {'city?': str, 'zip?': int}") as item:
        item.post("v2", {"home": {}})
        assert item.get("v1") == item.put_back("v1") == {"home": {}}
        assert item.put("v1", none) == none
        assert item.get("v2") == none
        item.post("v2", {"home": {"zip": 3}, "city": "Ulm"})
        for write in (item.put, item.patch):
            write("v1", {"home": {"zip": None, "city": None} if write == item.patch else {}})
            assert item.get("v1") == item.get("v2") == {"home": {}}


def test_an_object_that_is_there_for_what_moved_into_it_is_none_to_versions_from_before() -> None:
    moves = (
        "- {add: 'Item.word?', type: str}",
        "- move Item.word to Item.home.word",
        "- move Item.home.city to Item.city",
    )
    with shop("'home?': House", *moves, types="House:\n  fields: {'city?': str, 'zip?': int}") as item:
        item.post("v2", {"word": "a"})
        assert item.get("v1") == {}
        assert item.get("v4") == {"home": {"word": "a"}}


@pytest.mark.parametrize("place", ["home", "house.home"])
@pytest.mark.parametrize("said", ["%s.name, type: str, old_sends: a", "'%s.name?', type: str, default: a"])
def test_what_is_stated_of_a_field_does_not_make_the_object_that_it_is_added_to(place: str, said: str) -> None:
    holder = "Item" + place.title().replace(".", "")
    versions = f"- move Item.zip to Item.{place}.zip", f"- {{add: {said % holder}}}"
    with shop("'zip?': {type: int, read_only: true}", *versions) as item:
        assert item.post("v1", {}) == item.get("v2") == item.get("v3") == {}
        assert item.put("v1", {}) == item.get("v2") == item.get("v3") == {}
        item.post("v2", sent := {"home": {}} if place == "home" else {"house": {"home": {}}})
        assert item.get("v2") == sent
    both = "- {add: Item.name, type: str, old_sends: a}", f"- {{move: [Item.zip, Item.name], to: Item.{place}}}"
    with shop("'zip?': {type: int, read_only: true}", *both) as item:
        item.post("v1", {})
        assert item.get("v3") == ({"home": {"name": "a"}} if place == "home" else {"house": {"home": {"name": "a"}}})


@pytest.mark.parametrize("city", ["city", "'city?'"])
def test_what_is_stated_of_an_object_that_is_not_sent_is_stored_for_the_parts_that_leave_it_later(city: str) -> None:
    versions = (
        "- {change: Item.home, required: true, old_sends: {city: c}}",
        "- {move: Item.home.city, to: Item}",
    )
    types = f"Home: {{fields: {{'zip?': str, {city}: str}}}}"
    with shop("'home?': Home\n'age?': int", *versions, types=types) as item:

        def unsent() -> None:
            assert "home" not in item.get("v1")
            assert (item.get("v2")["home"], item.get("v3")["home"]) == ({"city": "c"}, {})
            assert item.get("v3")["city"] == "c"

        item.post("v1", {})
        unsent()
        assert item.post("v1", {"home": {"city": "x"}}) == {"home": {"city": "x"}}
        assert item.get("v3") == {"home": {}, "city": "x"}
        item.patch("v1", {"home": None})
        unsent()
        item.put("v3", {"home": {"zip": "1"}, "city": "y"})
        item.put("v1", {"age": 1})
        unsent()


@pytest.mark.parametrize("held", ["'map[str, int]'", "'map[str, str | int]'", "int", "'list[int]'"])
def test_what_leaves_an_object_that_clients_only_write_is_written_there(held: str) -> None:
    types = f"House: {{fields: {{'of?': {held}, 'zip?': int}}}}"
    value: Json = {"a": 1} if "map" in held else [1] if "list" in held else 1
    with shop("'home?': {type: House, write_only: true}", "- move Item.home.of to Item.of", types=types) as item:
        assert item.post("v1", {"home": {"of": value}}) == {}
        assert item.get("v2") == {"of": value}
        assert item.patch("v1", {"home": {"zip": 1}}) == {}
        assert item.get("v2") == {"of": value}
        item.put("v1", {"home": {"of": {"b": 2} if "map" in held else value}})
        assert item.get("v2") == {"of": {"b": 2} if "map" in held else value}
