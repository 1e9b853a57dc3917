"""What was kept word for word before a version was cut, where records have it in another form since."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from scaffold.contract.types import Json

from .shops import shop

HOUSE = "House: {fields: {'no?': int, 'zip?': decimal, place: Place}}\nPlace: {fields: {'town?': str}}"
METHOD = """
Card: {fields: {kind: {const: card}, city: decimal, 'place?': Place}}
Wallet: {fields: {kind: {const: wallet}, name: str}}
Other: {fields: {kind: {const: other}, word: str}}
Place: {fields: {'town?': str}}
Method: {type: Card | Wallet | Other, discriminator: kind, tags: {card: Card, wallet: Wallet, other: Other}}
"""
NO_NULL = "- {change: Item.home, nullable: false, old_sends: {zip: '1.50', place: {}}}"
NEEDED = "- {change: Item.home, required: true, old_sends: {zip: '1.50', place: {town: Ulm}}}"
GONE = "- {remove: Method|Wallet, old_sends: {variant: Card, values: {city: '0.5', place: {town: Ulm}}}}"
WALLET = {"kind": "wallet", "name": "Ada"}
HOMES = [
    "- rename House.zip to code",
    "- rename House to Home",
    "- {change: House.zip, type: float, unreadable: refuse}",
    "- {add: House.word, type: str, old_sends: x}",
    "- {add: 'House.word?', type: str}",
    "- rename Place.town to city",
]
MOVES = ["- move Item.home.zip to Item.zip", "- move Item.home.place.town to Item.town"]
METHODS = [
    "- rename Card.city to town",
    "- {change: Card.city, type: float, unreadable: refuse}",
    "- {add: Card.word, type: str, old_sends: x}",
    "- rename Place.town to city",
]
CASES = [
    *(("home: {type: House, nullable: true}", HOUSE, NO_NULL, {"home": None}, later) for later in HOMES + MOVES),
    *(("'home?': House", HOUSE, NEEDED, {}, later) for later in HOMES + MOVES),
    *(("by: Method", METHOD, GONE, {"by": WALLET}, later) for later in METHODS),
    *(("by: 'list[Method]'", METHOD, GONE, {"by": [WALLET]}, later) for later in METHODS),
    *(("by: 'map[str, Method]'", METHOD, GONE, {"by": {"a": WALLET}}, later) for later in METHODS),
]


@pytest.mark.parametrize(("fields", "types", "v2", "sent", "later"), CASES)
def test_it_stands_until_its_client_would_be_shown_something_else(
    fields: str, types: str, v2: str, sent: Json, later: str
) -> None:
    with shop(fields, v2, types=types) as item:
        assert item.post("v1", sent) == sent
        kept, shown = json.loads(json.dumps(item.record.kept)), item.get("v2")
    with shop(fields, v2, later, types=types) as item:
        item.post("v2", shown)
        item.record = replace(item.record, kept=kept)
        assert (item.get("v1"), item.get("v2")) == (sent, shown)
        for version in ("v1", "v2", "v3"):
            item.put_back(version)
            assert (item.get("v1"), item.get("v2")) == (sent, shown)
        other = {**shown, "home": {**shown["home"], "no": 7}} if "home" in shown else {"by": _others(shown["by"])}
        assert item.put("v2", other) == other
        assert item.get("v1") == other


def _others(by: Json) -> Json:
    """Another value of one of several types, however it is held."""
    other = {"kind": "other", "word": "x"}
    return [other] if isinstance(by, list) else other if "kind" in by else {"a": other}


def test_it_is_kept_by_versions_that_show_what_older_ones_only_send() -> None:
    versions = (
        "- {add: 'Item.other?', type: Place}",
        "- {split: Place.title, into: {note: str, home: str}, with: lines}",
    )
    types = "Place: {fields: {title: str}}"
    with shop("place: {type: Place, write_only: true}", *versions, types=types) as item:
        sent = {"title": "a"}
        assert item.post("v2", {"place": sent, "other": sent}) == {"other": sent}
        assert item.put("v2", {"place": sent, "other": sent}) == {"other": sent}
        assert item.patch("v2", {"other": {"title": "b"}}) == {"other": {"title": "b"}}
        assert item.get("v3") == {"other": {"note": "b", "home": ""}}


def test_it_falls_where_a_newer_client_writes_what_its_client_does_not_see() -> None:
    versions = NO_NULL, "- {add: 'House.word?', type: str}"
    with shop("home: {type: House, nullable: true}", *versions, types=HOUSE) as item:
        item.post("v1", {"home": None})
        item.patch("v3", {"home": {"word": "x"}})
        assert item.get("v1") == {"home": {"zip": "1.50", "place": {}}}
