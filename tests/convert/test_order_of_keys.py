"""The keys of what a version is shown keep their order: what it promises first, then the rest, each as it declares."""

from __future__ import annotations

import json

import pytest

from scaffold.contract.types import Json

from .shops import shop

TYPES = "Home: {fields: {'zip?': str, city: str}}"
WHOLE = {"code": "c", "name": "n", "more": "m", "home": {"zip": "z", "city": "x"}}


@pytest.mark.parametrize(
    "change",
    [
        "- {change: Item.code, required: true, old_sends: none}",
        "- {change: Item.name, required: false, old_sees: none}",
        "- {change: Home.zip, required: true, old_sends: none}",
        "- {remove: Item.code}",
        "- {remove: Item.name, old_sees: none}",
        "- {move: [Item.code, Item.more], to: Item.extra}",
        "- {move: Item.name, to: Item.home}",
        "- {move: Item.home.city, to: Item}",
        "- {move: Item.home.zip, to: Item}",
        "- {merge: [Item.name, Item.more], into: title, with: words}",
        "- {alias: Item.code, as: Item.home.code}\n- {remove: Item.code}",
        "- {alias: Item.name, as: label}\n- {remove: Item.name, old_sees: none}",
        "- {change: Item.more, type: datetime, unreadable: '2026-01-15T09:30:00Z'}",
    ],
)
@pytest.mark.parametrize("sent", [WHOLE, {k: v for k, v in WHOLE.items() if k != "code"}])
def test_a_change_leaves_the_keys_in_their_order(change: str, sent: Json) -> None:
    fields = "'code?': str\nname: str\n'more?': str\nhome: Home"
    with shop(fields, types=TYPES) as item:
        before = json.dumps(item.post("v1", sent))
    assert list(json.loads(before)) == ["name", "home", *(k for k in ("code", "more") if k in sent)]
    with shop(fields, change, types=TYPES) as item:
        assert list(item.post("v1", sent)) == list(json.loads(before))
        assert list(item.get("v1")["home"]) == ["city", "zip"]
