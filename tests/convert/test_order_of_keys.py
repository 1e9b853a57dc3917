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


PARTS = """
Geo: {fields: {'lat?': int, lon: int}}
Place: {fields: {'zip?': str, city: str, 'geo?': Geo, street: str}}
Yard: {fields: {'zip?': str, city: str, gate: str}}
Card: {fields: {kind: {const: Card}, 'issuer?': str, number: str, 'note?': str, yard: Yard,
  limit: {default: 3, type: int}}}
Cash: {fields: {kind: {const: Cash}, 'coin?': str, amount: int, 'yards?': 'list[Yard]'}}
Bank: {fields: {kind: {const: Bank}, amount: int}}
Method: {type: Card | Cash | Bank, discriminator: kind}
"""
FIELDS = """
'place?': Place
pay: {type: Card | Cash | Bank, discriminator: kind}
'others?': list[Method]
"""
YARD = {"zip": "y", "city": "b", "gate": "g"}
CARD = {"kind": "Card", "issuer": "i", "number": "1", "note": "n", "yard": YARD}
CASH = {"kind": "Cash", "coin": "c", "amount": 1, "yards": [YARD]}
PLACE = {"zip": "z", "city": "c", "geo": {"lat": 1, "lon": 2}, "street": "s"}
NAMES = """
- {alias: Card.number, as: [digits, pan]}
- {alias: Card.issuer, as: by}
- {alias: Item.place.geo.lat, as: Item.lat}
- {alias: Yard.city, as: town}
"""


@pytest.mark.parametrize("names", ["", NAMES])
@pytest.mark.parametrize(
    "change",
    [
        "- {remove: Item.pay|Card, old_sends: {variant: Bank, values: {amount: 0}}}",
        "- {remove: Item.pay|Cash, old_sends: {variant: Bank, values: {amount: 0}}}",
        "- {remove: Method|Card, old_sends: {variant: Bank, values: {amount: 0}}}",
        "- {remove: Method|Cash, old_sends: {variant: Bank, values: {amount: 0}}}",
        "- {move: Item.place.city, to: Item}",
        "- {move: Item.place.geo, to: Item}",
        "- {move: Item.place.geo.lon, to: Item}",
        "- {move: [Item.place.city, Item.place.street], to: Item}",
        "- {change: Card.note, required: true, old_sends: none}",
        "- {remove: Yard.gate, old_sees: none}",
    ],
)
def test_what_comes_back_word_for_word_or_in_parts_has_its_keys_in_their_order(change: str, names: str) -> None:
    sent = [{"place": PLACE, "pay": CARD, "others": [CASH, CARD]}, {"place": PLACE, "pay": CASH, "others": [CARD]}]
    with shop(FIELDS, types=PARTS, releases=names) as item:
        before = [json.dumps(item.post("v1", one)) for one in sent]
    shown = json.loads(before[0])
    assert [k for k in shown["place"] if k != "geo"] == ["city", "street", "zip"]
    own = ["digits", "number", "pan", "yard", "limit", "by", "issuer", "note"]
    assert list(shown["pay"]) == ["kind", *(k for k in own if k in CARD or k == "limit" or names)]
    with shop(FIELDS, change, types=PARTS, releases=names) as item:
        assert [json.dumps(item.post("v1", one)) for one in sent] == before


@pytest.mark.parametrize("nothing", ["required: false", "nullable: true"])
def test_what_stands_for_nothing_has_its_keys_in_the_order_of_its_type(nothing: str) -> None:
    stated = f"- {{change: Item.yard, {nothing}, old_sees: {{gate: g, zip: z, city: c}}}}"
    with shop("yard: Yard", stated, types=PARTS) as item:
        item.post("v2", {} if "required" in nothing else {"yard": None})
        assert list(item.get("v1")["yard"]) == list(item.post("v1", {"yard": YARD})["yard"]) == ["city", "gate", "zip"]
