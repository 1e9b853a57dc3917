"""What stands beside a list in one version stands in no item of it in another."""

from __future__ import annotations

import pytest

from scaffold.convert.policies import findings
from scaffold.spec import load

from .shops import shop, spec

PART = "Part:\n  fields:\n    state: str\n    'code?': str\n    'of?': Deep\nDeep:\n  fields: {city: str, zip: str}"
ONE = "- {change: Item.part, to: Part, pick: first, unreadable: refuse}"
MERGED = "- {merge: [ItemPart.state, ItemPart.code], into: name, with: words}"
MANY = "- {change: Item.part, to: 'list[ItemPart]', pick: first, old_sees: {state: x}}"


@pytest.mark.parametrize(
    ("fields", "versions", "message"),
    [
        (
            "state: str",
            ("- {move: [Item.state], to: Item.part}", MANY),
            "`Item.part` cannot become list[ItemPart]: v1 has `Item.state` outside of the list",
        ),
        (
            "part: list[Part]",
            (ONE, "- {move: [Item.part.state], to: Item}"),
            "`Item.part.state` cannot move: v1 has `Part.state` inside the list",
        ),
        (
            "part: list[Part]",
            (ONE, "- {move: [Item.part.code], to: Item.beside}"),
            "`Item.part.code` cannot move: v1 has `Part.code` inside the list",
        ),
        (
            "state: str\ncode: str",
            ("- {move: [Item.state, Item.code], to: Item.part}", MERGED, MANY.replace("state", "name")),
            "`Item.part` cannot become list[ItemPart]: v1 has `Item.state` outside of the list",
        ),
    ],
)
def test_a_field_that_would_be_on_the_other_side_of_a_list_is_refused(
    fields: str, versions: tuple[str, ...], message: str
) -> None:
    found = [d for _, d in findings(load(spec(fields, *versions, types=PART)).history)]
    assert [(d.code, d.message) for d in found] == [("SC308", message)]


def test_within_the_items_of_a_list_fields_move() -> None:
    moved = "- {move: [Part.state], to: Part.at}\n- {move: [Part.of.city], to: Part}"
    with shop("part: list[Part]", moved, types=PART) as item:
        sent = {"part": [{"state": "a", "of": {"city": "Ulm", "zip": "1"}}]}
        assert item.post("v1", sent) == sent
        assert item.get("v2") == {"part": [{"at": {"state": "a"}, "city": "Ulm", "of": {"zip": "1"}}]}
