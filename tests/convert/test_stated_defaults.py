"""What is stated of an object is what a client would send or be shown: with its defaults, through all that is later."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scaffold.convert.policies import findings
from scaffold.spec import load

from .shops import shop, spec

PLACE = """
Note: {fields: {"text?": {type: str, default: none}}}
From: {fields: {city: str, "zip?": str}}
Via: {fields: {city: str, "zip?": str}}
Place:
  fields:
    id: {type: str, key: true}
    "name?": {type: str, default: here}
    "title?": str
    "said?": {type: str, nullable: true, default: said}
    "note?": Note
    "from?": From
    via: {type: Via, nullable: true}
    "secret?": {type: str, write_only: true, default: hidden}
"""
MERGE = "- {merge: [Place.name, Place.title], into: place, with: comma}"
HOLDERS = {"one": "Place", "list": "list[Place]", "map": "map[str, Place]"}


def held(holder: str, value: Any) -> Any:
    """An object as it stands in a field of this kind."""
    return {"one": value, "list": [value], "map": {"k": value}}[holder]


@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize(
    "changes",
    [
        pytest.param((MERGE,), id="merged"),
        pytest.param(("- {split: Place.name, into: {a: str, b: str}, with: words}",), id="split"),
        pytest.param(("- {split: Place.said, into: {'a?': str, 'b?': str}, with: words}",), id="split, null too"),
        pytest.param(("- {change: Place.name, default: there}",), id="another default"),
        pytest.param(("- {change: Note.text, default: some}",), id="another default inside"),
        pytest.param(
            ("- {add: 'Place.new?', type: str, default: n}", MERGE.replace("title", "new")), id="merged twice"
        ),
        pytest.param(
            ("- {add: Place.more, type: Note, old_sends: {}}", "- {change: Note.text, default: some}"), id="added"
        ),
    ],
)
def test_defaults_hold_in_what_clients_are_taken_to_have_sent(holder: str, changes: tuple[str, ...]) -> None:
    value = held(holder, {"id": "x", "note": {}, "via": None})
    add = f"- {{add: Item.home, type: '{HOLDERS[holder]}', old_sends: {json.dumps(value)}}}"
    with shop("n?: int", add, *changes, types=PLACE) as item:
        item.post("v1", {})
        shown = item.get(f"v{len(changes) + 2}")
        item.post("v2", {"home": value})
        assert shown == item.get(f"v{len(changes) + 2}")


@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize(
    ("change", "stated"),
    [
        pytest.param(MERGE, {"place": "a, b"}, id="merged"),
        pytest.param("- {change: Place.name, default: there}", {}, id="another default"),
        pytest.param("- {change: Note.text, default: some}", {"note": {}}, id="another default inside"),
        pytest.param("- {move: Place.name, to: Place.note}", {}, id="moved"),
        pytest.param("- {remove: Place.name}", {}, id="removed"),
        pytest.param("- {move: Place.from.city, to: Place}", {"from": {"zip": "1"}}, id="what it needs was not there"),
        pytest.param("- {move: Place.via.city, to: Place}", {"via": {"zip": "1"}}, id="null where it was not there"),
        pytest.param("- {move: Place.via.city, to: Place}", {"city": "Bonn"}, id="null before"),
        pytest.param("- {change: Place.name, type: int, default: 3, old_sees: x, unreadable: 5}", {}, id="a codec"),
    ],
)
def test_defaults_hold_in_what_clients_are_shown(holder: str, change: str, stated: dict[str, Any]) -> None:
    value = held(holder, {"id": "x", "via": None, **stated})
    gone = f"- {{remove: Item.home, old_sees: {json.dumps(value)}}}"
    with shop(f"n?: int\nhome: '{HOLDERS[holder]}'", change, gone, types=PLACE) as item:
        item.post("v3", {"n": 1})
        shown = [item.get(v) for v in ("v1", "v2")]
        item.post("v2", {"n": 1, "home": value})
        assert shown == [item.get(v) for v in ("v1", "v2")]


@pytest.mark.parametrize(
    "change",
    [
        "- rename Card.number to digits",
        "- {merge: [Card.number, Card.owner], into: card, with: comma}",
        "- {change: Card.number, default: '00'}",
        "- {change: Card.number, type: int, default: 3, old_sees: '0', unreadable: 9}",
    ],
)
@pytest.mark.parametrize("within", [False, True])
def test_so_it_is_where_an_object_is_one_of_several(change: str, within: bool) -> None:
    types = """
    Card: {fields: {kind: {const: card}, "number?": {type: str, default: none}, "owner?": str}}
    Cash: {fields: {kind: {const: cash}, "note?": str}}
    Method: {type: Card | Cash, discriminator: kind, tags: {card: Card, cash: Cash}}
    Pay: {fields: {method: Method}}
    """
    card = {"kind": "card", "owner": "Ada"}
    stated = {"method": card} if within else {"variant": "Card", "values": {"owner": "Ada"}}
    for said, sent in ((stated, {"method": card} if within else card),) + (() if within else ((card, card),)):
        add = f"- {{add: Item.pay, type: {'Pay' if within else 'Method'}, old_sends: {json.dumps(said)}}}"
        with shop("n?: int", add, change, types=types) as item:
            item.post("v1", {})
            shown = item.get("v3")
            item.post("v2", {"pay": sent})
            assert shown == item.get("v3")


@pytest.mark.parametrize("holder", HOLDERS)
def test_what_stands_for_the_unreadable_stands_for_it_in_stated_objects(holder: str) -> None:
    types = "Place: {fields: {id: {type: str, key: true}, name: str, parts: 'list[str]'}}"
    value = held(holder, {"id": "x", "name": "many", "parts": ["a", "7"]})
    add = f"- {{add: Item.home, type: '{HOLDERS[holder]}', old_sends: {json.dumps(value)}}}"
    name = "- {change: Place.name, type: int, old_sees: '0', unreadable: 9}"
    parts = "- {change: Place.parts, type: 'list[int]', old_sees: ['0'], unreadable: [8]}"
    with shop("n?: int", add, f"{name}\n{parts}", types=types) as item:
        item.post("v1", {})
        assert item.get("v3") == {"home": held(holder, {"id": "x", "name": 9, "parts": [8]})}
    later = held(holder, {"id": "x", "name": "many"})
    types = "Place: {fields: {id: {type: str, key: true}, name: int}}"
    change = "- {change: Place.name, type: str, old_sees: 4}"
    gone = f"- {{remove: Item.home, old_sees: {json.dumps(later)}}}"
    with shop(f"n?: int\nhome: '{HOLDERS[holder]}'", change, gone, types=types) as item:
        item.post("v3", {"n": 1})
        assert item.get("v2") == {"n": 1, "home": later}
        assert item.get("v1") == {"n": 1, "home": held(holder, {"id": "x", "name": 4})}


@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize("change", ["type: int, old_sees: '0'", "type: Mood, old_sees: many, old_sends: bad"])
def test_stated_objects_that_a_later_change_cannot_read_are_refused(holder: str, change: str) -> None:
    types = "Mood: {enum: [good, bad]}\nPlace: {fields: {id: {type: str, key: true}, name: str}}"
    value = held(holder, {"id": "x", "name": "many"})
    add = f"- {{add: Item.home, type: '{HOLDERS[holder]}', old_sends: {json.dumps(value)}}}"
    history = load(spec("n?: int", add, f"- {{change: Place.name, {change}}}", types=types)).history
    assert [d.code for _, d in findings(history)] == ["SC322"]
