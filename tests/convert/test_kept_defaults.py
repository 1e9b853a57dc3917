"""What is kept word for word of an object has the default of what its client left out: so it can be shown again."""

from __future__ import annotations

import pytest

from scaffold.contract.types import Json

from .shops import shop

TYPES = """
Place: {fields: {street: str, country: {type: str, default: GB}, "day?": date}}
Home: {fields: {place: Place, "others?": "list[Place]", since: {type: date, default: "2020-01-01"}}}
Card: {fields: {kind: {const: card}, number: str, "place?": Place, brand: {type: str, default: none}}}
Cash: {fields: {kind: {const: cash}}}
Method: {type: Card | Cash, discriminator: kind, tags: {card: Card, cash: Cash}}
"""
FILLED = {"street": "High Street", "country": "GB"}
SENT = {"street": "High Street"}
GONE = """
- {add: Method|Cheque, tag: cheque, old_sees: {kind: cash}}
- {remove: Method|Card, old_sends: {kind: cash}}
"""
CHEQUE = "Cheque: {fields: {kind: {const: cheque}}}\n"


@pytest.mark.parametrize(
    ("field", "change", "sent", "shown"),
    [
        pytest.param(
            '"list[Place]"',
            "- {change: Item.it, to: Place, pick: first, unreadable: {street: none, country: none}}",
            [SENT, {**SENT, "day": "2026-01-15"}],
            [FILLED, {**FILLED, "day": "2026-01-15"}],
            id="objects of a list",
        ),
        pytest.param(
            '"list[Home]"',
            "- {change: Item.it, to: Home, pick: last, unreadable: refuse}",
            [{"place": SENT, "others": [SENT]}, {"place": SENT}],
            [{"place": FILLED, "others": [FILLED], "since": "2020-01-01"}, {"place": FILLED, "since": "2020-01-01"}],
            id="objects inside of these",
        ),
        pytest.param(
            "Method",
            GONE,
            {"kind": "card", "number": "1", "place": SENT},
            {"kind": "card", "number": "1", "place": FILLED, "brand": "none"},
            id="one of several",
        ),
        pytest.param(
            '"list[Method]"',
            GONE,
            [{"kind": "cash"}, {"kind": "card", "number": "1"}],
            [{"kind": "cash"}, {"kind": "card", "number": "1", "brand": "none"}],
            id="a list of such",
        ),
    ],
)
def test_what_is_kept_has_its_defaults(field: str, change: str, sent: Json, shown: Json) -> None:
    with shop(f"name: str\nit: {{type: {field}}}", change, types=TYPES + CHEQUE) as item:
        assert item.post("v1", {"name": "x", "it": sent}) == {"name": "x", "it": shown}
        before = item.record
        item.put_back("v1")
        assert item.record == before
        assert item.put("v1", {"name": "y", "it": sent}) == {"name": "y", "it": shown}
        assert item.patch("v2", {"name": "z"})["name"] == "z"
        assert item.patch("v1", {"it": sent}) == {"name": "z", "it": shown}
