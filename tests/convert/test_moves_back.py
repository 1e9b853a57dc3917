"""Fields that move into objects inside of others, out of them and back."""

from __future__ import annotations

from typing import Any

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


@pytest.mark.parametrize("moved", ["- move Item.age to Item.box.in.age", "- alias Item.age as Item.box.in.age"])
def test_what_moves_into_an_object_inside_of_another_is_kept(moved: str) -> None:
    with shop("age: int\nbox: Box", moved, types=TYPES) as item:
        shown = {"age": 1, "box": {"in": {"city": "Bonn", "zip": 3}}}
        assert item.post("v1", shown) == shown
        assert item.get("v2")["box"] == {"in": {"city": "Bonn", "zip": 3, "age": 1}}
        assert item.put("v1", {**shown, "age": 2}) == {**shown, "age": 2}
        assert item.patch("v2", {"box": {"in": {"age": 3}}}) == item.get("v2")
        assert item.get("v1") == {**shown, "age": 3}


@pytest.mark.parametrize(
    ("box", "made"),
    [
        ("box: 'Box | null'", {"box": None, "city": "Bonn"}),
        ("'box?': 'Box | null'", {"box": None, "city": "Bonn"}),
        ("'box?': 'Box | null'", {"city": "Bonn"}),
        ("'box?': Box", {"city": "Bonn"}),
    ],
)
def test_an_object_that_is_shown_for_what_moved_out_of_it_may_come_back(box: str, made: dict[str, Any]) -> None:
    types = "Box: {fields: {city: str, 'zip?': int}}"
    with shop(f"{box}\nn?: int", "- {move: Item.box.city, to: Item}", types=types) as item:
        assert item.post("v2", made) == made
        assert item.get("v1") == {"box": {"city": "Bonn"}}
        item.put_back("v1", n=1)
        assert item.get("v2") == {**made, "n": 1}
        item.patch("v1", {"box": {"zip": 3}})
        assert item.get("v2") == {"box": {"zip": 3}, "n": 1, "city": "Bonn"}
