"""A field that moves out of an object and comes back is where it was."""

from __future__ import annotations

import pytest

from .shops import shop

TYPES = "House:\n  fields: {city: str, zip: int}\nBox:\n  fields: {in: House}"


@pytest.mark.parametrize(
    "versions",
    [
        ("- move Item.box.in.city to Item.box.city", "- move Item.box.city to Item.box.in.city"),
        ("- move Item.box.in.city to Item.city", "- move Item.city to Item.box.in.city"),
        (
            "- move Item.box.in.city to Item.box.city",
            "- move Item.box.city to Item.city",
            "- move Item.city to Item.box.in.city",
        ),
        ("- move Box.in.city to Box.city", "- move Box.city to Box.in.town", "- rename House.town to city"),
    ],
)
def test_what_moves_out_of_an_object_may_come_back(versions: tuple[str, ...]) -> None:
    with shop("box: Box", *versions, types=TYPES) as item:
        shown = {"box": {"in": {"city": "Bonn", "zip": 3}}}
        assert item.post("v1", shown) == shown
        newest = f"v{len(versions) + 1}"
        assert item.get(newest) == shown
        assert item.put(newest, {"box": {"in": {"city": "Ulm", "zip": 3}}}) == item.get("v1")
        for version in (f"v{number}" for number in range(1, len(versions) + 2)):
            assert item.put_back(version) == item.get(version)
            assert item.get("v1") == {"box": {"in": {"city": "Ulm", "zip": 3}}}
