"""What a spec states of an object has the parts that a later version removes, for the versions that have them."""

from __future__ import annotations

import pytest

from scaffold.contract.types import Json

from .shops import shop

HOUSE = "House:\n  fields: {city: str, 'zip?': int}"
SAID = "{city: Ulm, zip: 3}"
GONE = "- remove House.zip"


@pytest.mark.parametrize("states", ["old_sends", "default", "read_only: true, default"])
def test_a_part_of_an_added_object_stays_when_it_is_removed(states: str) -> None:
    with shop("'age?': int", f"- {{add: Item.home, type: House, {states}: {SAID}}}", GONE, types=HOUSE) as item:
        item.post("v1", {})
        assert item.get("v2") == {"home": {"city": "Ulm", "zip": 3}}
        assert item.get("v3") == {"home": {"city": "Ulm"}}
        item.post("v3", {} if "default" in states else {"home": {"city": "Bonn"}})
        assert "zip" not in item.get("v2")["home"]


def test_it_is_not_the_part_that_takes_its_name() -> None:
    added, taken = f"- {{add: Item.home, type: House, old_sends: {SAID}}}", "- {add: 'House.zip?', type: int}"
    with shop("'age?': int", added, GONE, taken, types=HOUSE) as item:
        item.post("v1", {})
        assert item.get("v2") == {"home": {"city": "Ulm", "zip": 3}}
        assert item.get("v3") == item.get("v4") == {"home": {"city": "Ulm"}}


@pytest.mark.parametrize(
    ("kind", "change", "sent"),
    [
        ("home: {type: House, nullable: true}", "nullable: false", {"home": None}),
        ("'home?': House", "required: true", {}),
    ],
)
def test_so_does_one_of_an_object_that_stands_for_none(kind: str, change: str, sent: Json) -> None:
    with shop(kind, f"- {{change: Item.home, {change}, old_sends: {SAID}}}", GONE, types=HOUSE) as item:
        assert item.post("v1", sent) == sent
        assert item.get("v2") == {"home": {"city": "Ulm", "zip": 3}}
        assert item.get("v3") == {"home": {"city": "Ulm"}}


@pytest.mark.parametrize("moves", [["Item.home to Item.at.home", GONE], [GONE, "Item.home to Item.at.home"]])
def test_it_moves_with_the_object_that_it_is_in_and_stays_when_nothing_else_is_left(moves: list[str]) -> None:
    added = f"- {{add: Item.home, type: House, old_sends: {SAID}}}"
    changes = [m if m == GONE else f"- move {m}" for m in moves]
    with shop("'age?': int", added, *changes, "- move Item.at.home.city to Item.city", types=HOUSE) as item:
        item.post("v1", {})
        assert item.get("v2") == {"home": {"city": "Ulm", "zip": 3}}
        assert item.get("v4") == {"at": {"home": {"city": "Ulm"}}}
        assert item.get("v5") == {"city": "Ulm"}


def test_parts_in_lists_and_maps_and_inside_of_removed_ones_are_in_the_words_of_their_types() -> None:
    types = "House:\n  fields: {city: str, 'in?': Deep, 'all?': 'list[Deep]', 'by?': 'map[str, Deep]'}\n"
    types += "Deep:\n  fields: {word: str, 'no?': int}"
    said: Json = {"city": "Ulm", "in": {"word": "a", "no": 1}, "all": [{"word": "b", "no": 2}]}
    said |= {"by": {"k": {"word": "c", "no": 3}}}
    changes = ("- remove House.in", "- rename Deep.word to text", "- remove Deep.no", "- remove House.by")
    with shop("'age?': int", f"- {{add: Item.home, type: House, old_sends: {said!r}}}", *changes, types=types) as item:
        item.post("v1", {})
        assert item.get("v2") == {"home": said}
        assert item.get("v4")["home"]["all"] == [{"text": "b", "no": 2}]
        assert item.get("v6") == {"home": {"city": "Ulm", "all": [{"text": "b"}]}}


@pytest.mark.parametrize("said", [SAID, f"{{variant: House, values: {SAID}}}"])
def test_parts_of_one_of_several_types_stay_too(said: str) -> None:
    types = f"{HOUSE}\nFlat:\n  fields: {{floor: int}}\nPlace: House | Flat"
    with shop("'age?': int", f"- {{add: Item.home, type: Place, old_sends: {said}}}", GONE, types=types) as item:
        item.post("v1", {})
        assert item.get("v2") == {"home": {"city": "Ulm", "zip": 3}}
        assert item.get("v3") == {"home": {"city": "Ulm"}}


@pytest.mark.parametrize(
    ("kind", "goes"),
    [
        ("Item.city", "- {remove: Item.at, old_sees: {city: x}}"),
        ("Item.city", "- {remove: Item.at.city, old_sees: x}"),
        ("'Item.city?'", "- {remove: Item.at}"),
        ("'Item.city?'", "- {add: 'Item.more?', type: int}"),
    ],
)
def test_what_is_stated_of_a_field_is_in_the_object_that_it_moves_into(kind: str, goes: str) -> None:
    added = f"- {{add: {kind}, type: str, old_sends: Ulm}}"
    with shop("'age?': int", added, "- move Item.city to Item.at.city", goes) as item:
        item.post("v1", {})
        assert item.get("v2") == {"city": "Ulm"}
        assert item.get("v3") == {"at": {"city": "Ulm"}}
