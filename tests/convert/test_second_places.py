"""A value that is shown at two places: both say the same, whatever becomes of it and of the objects around it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from scaffold.contract.types import Json

from .shops import shop

TO_HOME = "- {alias: Item.city, as: Item.home.city}"
STATUS = "Status: {enum: [draft, held, done]}"


def test_both_places_show_word_for_word_what_was_written_at_one() -> None:
    merged = "- move Item.home.city to Item.home.place\n- {merge: [Status.draft, Status.held], into: open, pick: held}"
    with shop("city: Status", TO_HOME, merged, types=STATUS) as item:
        shown = item.post("v2", {"city": "draft"})
        assert shown == {"city": "draft", "home": {"city": "draft"}}
        assert item.patch("v2", {"home": {"city": "draft"}}) == shown
        assert item.post("v3", {"home": {"place": "open"}}) == {"city": "open", "home": {"place": "open"}}
        assert item.get("v2") == {"city": "held", "home": {"city": "held"}}


def test_a_second_place_of_a_second_place_is_found_by_its_own_names() -> None:
    deeper = "- {alias: ItemHome.city, as: ItemHome.of.city}\n- {alias: ItemHome.of, as: ItemHome.in.of}"
    with shop("'city?': str", TO_HOME, deeper) as item:
        shown = item.post("v1", {"city": "Bonn"})
        assert shown == {"city": "Bonn"}
        assert item.get("v3") == {
            "city": "Bonn",
            "home": {"city": "Bonn", "of": {"city": "Bonn"}, "in": {"of": {"city": "Bonn"}}},
        }
        assert item.post("v3", {"home": {"of": {"city": "Ulm"}}})["city"] == "Ulm"
        assert item.post("v3", {}) == {}


def test_nothing_is_shown_twice_of_an_object_that_is_not_there() -> None:
    with shop("'city?': str", TO_HOME, "- {change: Item.home, nullable: true, old_sees: {}}") as item:
        assert item.post("v3", {"home": None}) == {"home": None}
        assert item.put("v3", {"city": "Ulm"}) == {"city": "Ulm", "home": {"city": "Ulm"}}
        assert item.patch("v3", {"home": None}) == {"home": None}
        assert item.get("v2") == {"home": {}}


@pytest.mark.parametrize(
    ("alias", "own", "sent"),
    [("city", "Item.city", {"city": "soon"}), ("Item.home.city", "ItemHome.city", {"home": {"city": "soon"}})],
)
def test_what_no_codec_reads_is_refused_by_each_of_its_names(alias: str, own: str, sent: Json) -> None:
    dated = f"- {{change: {own}, type: datetime, unreadable: refuse}}"
    with shop("name: str", f"- {{alias: Item.name, as: {alias}}}", dated) as item:
        for payload in (sent, {"name": "soon"}):
            with pytest.raises(ValidationError):
                item.post("v2", payload)


def test_what_is_stated_of_an_object_has_the_names_that_its_values_take_later() -> None:
    types = "Current:\n  fields: {date: str, name: bool}"
    added = '- {add: Item.other, type: Current, old_sends: {date: "", name: false}}'
    for alias in ("{alias: Current.name, as: sent}", "{alias: Current.name, as: Current.in.name}"):
        with shop("age?: int", added, f"- {alias}", types=types) as item:
            item.post("v1", {})
            assert item.get("v2") == {"other": {"date": "", "name": False}}
            assert item.get("v3")["other"]["name"] is False
    removed = '- {remove: Item.current, old_sees: {date: "", sent: true}}'
    with shop("current: Current", "- {alias: Current.name, as: sent}", removed, types=types) as item:
        item.post("v3", {})
        assert item.get("v2") == {"current": {"date": "", "sent": True, "name": True}}
        assert item.get("v1") == {"current": {"date": "", "name": True}}


def test_another_variant_of_a_value_may_stand_at_both_of_its_places() -> None:
    moved = "- {alias: Item.code, as: Item.home.code}\n- {add: 'ItemHome.code|list[int]', old_sees: 0}"
    with shop("code: int | bool", moved, "- {add: 'ItemHome.code|str', old_sees: false}") as item:
        assert item.post("v2", {"code": [3]}) == {"code": [3], "home": {"code": [3]}}
        assert item.get("v1") == {"code": 0}
        assert item.post("v3", {"home": {"code": "x"}}) == {"code": "x", "home": {"code": "x"}}
        assert item.get("v2") == {"code": False, "home": {"code": False}}
        assert item.get("v1") == {"code": False}


def test_a_value_loses_a_variant_at_both_of_its_places() -> None:
    moved = "- {alias: Item.code, as: Item.home.code}\n- {remove: 'ItemHome.code|str', old_sends: 0}"
    with shop("code: int | bool | str", moved) as item:
        assert item.post("v1", {"code": "x"}) == {"code": "x"}
        assert item.get("v2") == {"code": 0, "home": {"code": 0}}
        for payload in ({"code": "x"}, {"home": {"code": "x"}}):
            with pytest.raises(ValidationError):
                item.post("v2", payload)


KEYS = "- {change: Item.id, to: uuid, keep: int}"
ABOVE = "- {alias: Item.parent, as: above}"


@pytest.mark.parametrize("versions", [(KEYS, ABOVE), (ABOVE, KEYS)])
def test_a_reference_has_several_names_whatever_becomes_of_the_key_that_it_holds(versions: tuple[str, ...]) -> None:
    with shop("'parent?': {ref: Item}\nname: str", *versions) as item:
        assert item.post("v1", {"name": "x"}) == {"name": "x"}
        assert item.get("v3") == {"name": "x"}
        kept = item.made.converters.records.objects["v1:Item"].fields
        assert len([f for f in kept if f.field.refers]) == 2


def test_the_type_of_a_value_may_be_renamed_while_the_object_around_it_stays() -> None:
    versions = ("- {alias: Item.state, as: Item.title.state}", "- rename Status to State\n- {remove: Item.sent}")
    with shop("state: Status\n'sent?': int", *versions, types=STATUS) as item:
        assert item.post("v3", {"title": {"state": "held"}}) == {"title": {"state": "held"}, "state": "held"}
        assert item.get("v1") == {"state": "held"}


def test_a_type_whose_values_have_several_names_settles_them_wherever_one_body_has_it() -> None:
    types = "House:\n  fields: {city: str, 'next?': House}"
    with shop("one: House\n'more?': list[House]", "- alias House.city as town", types=types) as item:
        for payload in ({"one": {"city": "a"}, "more": [{}]}, {"one": {"city": "a", "next": {}}}):
            with pytest.raises(ValidationError):
                item.post("v2", payload)
        shown = item.post("v2", {"one": {"city": "a", "next": {"city": "b"}}, "more": [{"town": "c"}]})
        assert shown == item.put_back("v2")
        assert shown["more"] == [{"town": "c", "city": "c"}]
        assert shown["one"]["next"] == {"town": "b", "city": "b"}


def test_an_object_has_several_names_as_its_values_do() -> None:
    twice = "- alias Item.home as house\n- alias House.city as town"
    with shop("home: House", twice, types="House:\n  fields: {city: str}") as item:
        house = {"town": "a", "city": "a"}
        assert item.post("v2", {"home": house, "house": house}) == {"home": house, "house": house}
        shown = item.put("v2", {"home": house, "house": {"town": "b", "city": "a"}})
        assert shown["home"] == {"town": "b", "city": "b"}


@pytest.mark.parametrize(
    "more", ["- {add: 'ItemHome.size?', type: int}", "- remove Item.city\n- move Item.home.city to Item.town"]
)
def test_an_object_of_which_a_replacement_changes_nothing_may_be_left_out_of_it(more: str) -> None:
    with shop("city: {type: str, create_only: true}\nage: int", TO_HOME, more) as item:
        item.post("v1", {"city": "Bonn", "age": 1})
        assert item.put("v2", {"age": 2}) == {"city": "Bonn", "age": 2, "home": {"city": "Bonn"}}
        assert item.put("v3", {"age": 3})["age"] == 3
        assert item.get("v1") == {"city": "Bonn", "age": 3}


HOUSE = "House:\n  fields: {city: str, 'zip?': int}"
COMES = "- {add: Item.home, type: House, old_sends: {city: Bonn, zip: 3}}"


@pytest.mark.parametrize(
    ("versions", "zip_"),
    [
        ((COMES, "- {alias: Item.age, as: Item.home.age}"), {"zip": 3}),
        ((COMES, "- {move: Item.age, to: Item.home.age}"), {"zip": 3}),
        ((COMES, "- move Item.home to Item.in.home\n- move Item.age to Item.in.home.age"), {"zip": 3}),
        ((f"{COMES}\n- move Item.age to Item.home.age", "- move Item.home.city to Item.in.city"), {"zip": 3}),
        (("- {add: Item.home, type: House, default: {city: Bonn}}", "- move Item.home.city to Item.city"), {}),
    ],
)
def test_an_object_that_came_later_is_whole_though_older_clients_send_a_part_of_it(
    versions: tuple[str, ...], zip_: Json
) -> None:
    with shop("age: int", *versions, types=HOUSE) as item:
        assert item.post("v1", {"age": 1}) == {"age": 1}
        home = item.get("v2")["home"]
        assert home == {**home, "city": "Bonn", **zip_}
        assert "city" in str(item.get("v3"))
        assert item.put_back("v3") == item.get("v3")


def test_an_object_with_a_default_may_be_left_out_though_its_parts_stand_elsewhere_later() -> None:
    for more in ("", ", nullable: true"):
        home = f"home: {{type: House, default: {{city: Bonn}}{more}}}\nage: int"
        with shop(home, "- move Item.home.city to Item.city", types=HOUSE) as item:
            assert item.post("v1", {"age": 1}) == {"age": 1, "home": {"city": "Bonn"}}
            assert item.put("v1", {"age": 2}) == {"age": 2, "home": {"city": "Bonn"}}


def test_a_second_place_may_be_in_a_type_that_refers_to_itself() -> None:
    with shop(
        "tree: Tree", "- {alias: Tree.name, as: Tree.in.name}", types="Tree:\n  fields: {name: str, 'below?': Tree}"
    ) as item:
        item.post("v1", {"tree": {"name": "a", "below": {"name": "b"}}})
        assert item.put_back("v2") == item.get("v2")
        assert item.get("v1") == {"tree": {"name": "a", "below": {"name": "b"}}}


def test_an_object_that_may_be_null_is_shown_in_its_place_when_parts_of_it_stand_elsewhere() -> None:
    with shop(
        "home: {type: House, nullable: true}\nage: int", "- move Item.home.city to Item.city", types=HOUSE
    ) as item:
        for home in ({"city": "Bonn"}, None):
            assert list(item.post("v1", {"home": home, "age": 1}).items()) == [("home", home), ("age", 1)]


@pytest.mark.parametrize(("alias", "own"), [("code", "Item.code"), ("Item.home.size", "ItemHome.size")])
def test_a_hook_converts_a_value_with_all_its_names(alias: str, own: str) -> None:
    hooks = {"text_up": str, "text_down": int}
    change = f"- {{change: {own}, to: str, codec: conversions.text}}"
    with shop("size: int", f"- {{alias: Item.size, as: {alias}}}", change, hooks=hooks) as item:
        assert item.post("v1", {"size": 3}) == {"size": 3}
        assert item.get("v3")["size"] == "3"
        item.put("v3", {"size": "4"})
        assert item.get("v1") == {"size": 4}
