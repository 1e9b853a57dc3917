"""Fields that are converted together inside of an object, that move into one, or have left it."""

from __future__ import annotations

import pytest

from scaffold.contract.types import Json

from .shops import shop


def test_fields_that_moved_into_an_object_are_merged_there() -> None:
    types = "In:\n  fields: {'zip?': int}\nBox:\n  fields: {title: str, name: str, in: In}"
    moved = "- {move: [Box.title, Box.name], to: Box.in}"
    with shop("box: Box", moved, "- {merge: [In.title, In.name], into: both, with: comma}", types=types) as item:
        sent = {"box": {"title": "a", "name": "b", "in": {"zip": 3}}}
        assert item.post("v1", sent) == sent
        assert item.get("v2") == {"box": {"in": {"title": "a", "name": "b", "zip": 3}}}
        assert item.put("v3", {"box": {"in": {"both": "c, d"}}}) == {"box": {"in": {"both": "c, d"}}}
        assert item.get("v1") == {"box": {"title": "c", "name": "d", "in": {}}}


def test_items_of_lists_are_split_too() -> None:
    types = "Person: {fields: {name: str, age?: int}}"
    change = "- {split: Person.name, into: {first: str, last: str}, with: words}"
    with shop('people: "list[Person]"\nboss?: Person', change, types=types.replace("age?", '"age?"')) as item:
        item.post("v1", {"people": [{"name": "Ada  L"}, {"name": "Eve"}], "boss": {"name": "A B"}})
        assert item.get("v2")["people"][0] == {"first": "Ada ", "last": "L"}
        assert item.get("v1")["people"] == [{"name": "Ada  L"}, {"name": "Eve"}]
        item.patch("v1", {"boss": {"name": "C D"}})
        assert item.get("v2")["boss"] == {"first": "C", "last": "D"}


@pytest.mark.parametrize(("made", "first"), [("made", "'first?'"), ("'made?'", "'first?'"), ("'made?'", "first")])
def test_fields_that_left_an_object_are_merged_where_they_are(made: str, first: str) -> None:
    versions = (
        "- move: [Item.made.first, Item.made.last]\n  to: Item",
        "- {merge: [Item.first, Item.last], into: 'name?', with: words}",
    )
    types = f"Made: {{fields: {{{first}: str, 'last?': str, title: str}}}}"
    with shop(f"{made}: Made\n'age?': int", *versions, types=types) as item:
        sent = {"title": "t", "first": "Ada", "last": "Lovelace"}
        assert item.post("v1", {"made": sent}) == {"made": sent}
        assert item.get("v3") == {"made": {"title": "t"}, "name": "Ada Lovelace"}
        assert item.patch("v1", {"made": {"last": "King"}}) == {"made": {**sent, "last": "King"}}
        assert item.get("v3")["name"] == "Ada King"
        assert item.put("v1", {"made": {"title": "u", "first": "Eve"}}) == {"made": {"title": "u", "first": "Eve"}}
        assert item.put_back("v1", age=3)["made"] == {"title": "u", "first": "Eve"}
        assert item.get("v3") == {"made": {"title": "u"}, "name": "Eve", "age": 3}


def test_a_field_that_left_an_object_is_split_where_it_is() -> None:
    versions = ("- move Item.made.name to Item.name", "- {split: Item.name, into: [first, last], with: words}")
    with shop("made: Made", *versions, types="Made: {fields: {name: str, title: str}}") as item:
        sent = {"made": {"title": "t", "name": "Ada Lovelace"}}
        assert item.post("v1", sent) == sent
        assert item.get("v3") == {"made": {"title": "t"}, "first": "Ada", "last": "Lovelace"}
        assert item.patch("v1", {"made": {"name": "Eve King"}})["made"]["name"] == "Eve King"
        assert item.get("v3")["first"] == "Eve"


@pytest.mark.parametrize(
    ("change", "sent", "shown"),
    [
        (
            "merge: [Made.first, Made.last]\n  with: words\n  into: name",
            {"first": "Ada", "last": "L"},
            {"name": "Ada L"},
        ),
        ("split: Made.first\n  with: words\n  into: [one, two]", {"first": "Ada L"}, {"one": "Ada", "two": "L"}),
    ],
)
def test_what_is_made_in_an_object_and_leaves_it_is_nothing_where_that_is_missing(
    change: str, sent: dict[str, Json], shown: dict[str, Json]
) -> None:
    out = ", ".join(f"Item.made.{name}" for name in shown)
    types = "Made: {fields: {first: str, 'last?': str, 'f?': str}}"
    with shop("'made?': Made", f"- {change}", f"- {{move: [{out}], to: Item}}", types=types) as item:
        assert item.post("v1", {}) == item.get("v2") == item.get("v3") == {}
        assert item.put("v1", {"made": sent}) == {"made": sent}
        assert (item.get("v2"), item.get("v3")) == ({"made": shown}, {"made": {}, **shown})
        assert item.patch("v1", {"made": None}) == item.get("v3") == {}


@pytest.mark.parametrize("holder", ["'home?': Pair", "home: {type: Pair, nullable: true}"])
@pytest.mark.parametrize(
    "joined",
    [
        "- {merge: [Pair.name, Pair.title], into: said, with: comma}",
        "- {split: Pair.name, into: {first: str, last: str}, with: words}",
        "- move Pair.name, Pair.title to Pair.in\n- {merge: [PairIn.name, PairIn.title], into: said, with: lines}",
    ],
)
def test_nothing_is_converted_together_in_an_object_that_is_not_there(holder: str, joined: str) -> None:
    pair = {"name": "a b", "title": "c", "age": 1}
    types = "Pair: {fields: {name: str, title: str, age: int}}"
    with shop(f"{holder}\nn: int", "- move Item.home.age to Item.age", joined, types=types) as item:
        none = {"home": None} if "null" in holder else {}
        assert item.post("v1", {"n": 1, **none}) == {"n": 1, **none}
        assert item.get("v2") == item.get("v3") == {"n": 1, **none}
        assert item.put_back("v2") == {"n": 1, **none}
        assert item.patch("v1", {"home": pair}) == {"n": 1, "home": pair}
        assert item.patch("v1", {"home": None}) == {"n": 1, **none}
        assert item.put("v1", {"n": 2, "home": pair}) == {"n": 2, "home": pair}
        assert item.put_back("v3", n=3)["n"] == 3
        assert item.get("v1") == {"n": 3, "home": pair}
