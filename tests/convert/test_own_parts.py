"""What clients are shown and cannot send, in objects that are kept for them word for word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scaffold.contract.types import Json

from .shops import shop

AT = "2026-03-01T12:00:00Z"
TYPES = """
Place: {fields: {'town?': str, 'at?': {type: datetime, read_only: true, on_create: now}}}
Card:
  fields:
    %(card)s
    city: int
    place: Place
    'code?': {type: datetime, read_only: true, on_create: now}
Wallet: {fields: {%(wallet)s, name: str}}
Other: {fields: {%(other)s, word: str}}
Method: {type: Card | Wallet | Other%(told)s}
"""
TOLD = {
    "told": ", discriminator: kind, tags: {card: Card, wallet: Wallet, other: Other}",
    **{word: f"kind: {{const: {word}}}" for word in ("card", "wallet", "other")},
}
APART = {"told": "", **{word: f"'{word}?': str" for word in ("card", "wallet", "other")}}
GONE = "- {remove: Method|Wallet, old_sends: {variant: Card, values: {city: 0, place: {}}}}"


@pytest.mark.parametrize("words", [TOLD, APART])
@pytest.mark.parametrize(
    ("kind", "held"),
    [
        ("Method", lambda one: one),
        ("list[Method]", lambda one: [one]),
        ("map[str, Method]", lambda one: {"a": one}),
        ("map[str, list[Method]]", lambda one: {"a": [one]}),
    ],
)
def test_of_one_of_several_objects_it_is_shown_where_another_cannot_be_any_more(
    kind: str, held: Callable[[Json], Json], words: dict[str, str]
) -> None:
    card: dict[str, Json] = {"kind": "card"} if words is TOLD else {}
    wallet = {"kind": "wallet", "name": "a"} if words is TOLD else {"name": "a"}
    sent = {**card, "city": 4, "place": {"town": "Ulm"}}
    seen = {**card, "city": 4, "place": {"town": "Ulm", "at": AT}, "code": AT}
    with shop(f"home: {kind}", GONE, types=TYPES % words) as item:
        assert item.post("v1", {"home": held(sent)}) == {"home": held(seen)}
        before = item.record
        assert item.put("v1", {"home": held(sent)}) == item.get("v2") == {"home": held(seen)}
        assert item.record == before
        assert item.put("v1", {"home": held({**sent, "city": 5})}) == {"home": held({**seen, "city": 5})}
        assert item.put("v1", {"home": held(wallet)}) == {"home": held(wallet)}


def test_beside_one_that_cannot_be_any_more_it_is_shown_too() -> None:
    card = {"kind": "card", "city": 4, "place": {}}
    wallet = {"kind": "wallet", "name": "a"}
    with shop("home: list[Method]", GONE, types=TYPES % TOLD) as item:
        seen = {**card, "place": {"at": AT}, "code": AT}
        assert item.post("v1", {"home": [wallet, card]}) == {"home": [wallet, seen]}
        assert item.put("v1", {"home": [card, wallet, card]}) == {"home": [seen, wallet, seen]}


def test_of_an_object_that_is_one_of_a_list_since_it_is_shown() -> None:
    picked = "- {change: Item.home, to: 'list[Place]', pick: first, old_sees: {}}"
    types = "Place: {fields: {'town?': str, 'at?': {type: datetime, read_only: true, on_create: now}}}"
    with shop("home: Place", picked, types=types) as item:
        assert item.post("v1", {"home": {"town": "Ulm"}}) == {"home": {"town": "Ulm", "at": AT}}
        assert item.put("v1", {"home": {"town": "Bonn"}}) == {"home": {"town": "Bonn", "at": AT}}
        assert item.get("v2") == {"home": [{"town": "Bonn", "at": AT}]}
