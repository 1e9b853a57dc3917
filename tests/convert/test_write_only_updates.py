"""Partial updates of what clients only write: it is merged and taken away as what they see is."""

from __future__ import annotations

import pytest

from scaffold.contract.types import Json

from .shops import shop

PLACE = """
Place:
  fields:
    'city?': str
    'street?': str
"""
HOLDER = """
Holder:
  fields:
    'secret?': {type: Place, write_only: true}
    'note?': str
"""
WHOLE: Json = {"city": "c", "street": "s"}


@pytest.mark.parametrize("null", ["", " | null"])
@pytest.mark.parametrize(
    "up", ["- {move: [Item.secret.city], to: Item}", "- {move: [Item.secret.city, Item.secret.street], to: Item}"]
)
def test_null_takes_an_object_away_whose_parts_are_elsewhere_by_now(null: str, up: str) -> None:
    with shop(f"'secret?': {{type: 'Place{null}', write_only: true}}", up, types=PLACE) as made:
        made.post("v1", {"secret": WHOLE})
        assert made.get("v2")["city"] == "c"
        made.patch("v1", {"secret": {"street": "t"}})
        assert made.get("v2")["city"] == "c"
        made.patch("v1", {"secret": None})
        assert made.get("v2") == {}
        assert not getattr(made.record, "secret", None)
        made.patch("v1", {"secret": {"city": "d"}})
        assert made.get("v2") == {"city": "d"}


def test_so_it_does_inside_of_another_object() -> None:
    with shop("'at?': Holder", "- {move: [Item.at.secret.city], to: Item.at}", types=PLACE + HOLDER) as made:
        made.post("v1", {"at": {"secret": WHOLE, "note": "n"}})
        assert made.get("v2") == {"at": {"note": "n", "city": "c"}}
        made.patch("v1", {"at": {"note": "m"}})
        assert made.get("v2") == {"at": {"note": "m", "city": "c"}}
        made.patch("v1", {"at": {"secret": None}})
        assert made.get("v2") == {"at": {"note": "m"}}


@pytest.mark.parametrize(
    ("type_", "up", "sent", "edit", "left"),
    [
        ("map[str, str]", "- {rename: Item.secret, to: hidden}", {"a": "1", "b": "2"}, {"a": "3"}, ["3", "2"]),
        ("map[str, str]", "- {rename: Item.secret, to: hidden}", {"a": "1", "b": "2"}, {"a": None}, ["2"]),
        ("map[str, int]", "- {change: Item.secret, to: 'map[str, str]'}", {"a": 1, "b": 2}, {"a": 3}, ["3", "2"]),
        (
            "map[str, Place]",
            "- {rename: Place.city, to: town}",
            {"a": WHOLE, "b": {}},
            {"a": {"city": "d"}},
            ["d", "s"],
        ),
        (
            "map[str, map[str, str]]",
            "- {rename: Item.secret, to: hidden}",
            {"a": {"x": "1"}},
            {"a": {"y": "2"}},
            ["1", "2"],
        ),
    ],
)
def test_a_map_is_merged(type_: str, up: str, sent: Json, edit: Json, left: list[str]) -> None:
    with shop(f"'secret?': {{type: '{type_}', write_only: true}}", up, types=PLACE) as made:
        made.post("v1", {"secret": sent})
        made.patch("v1", {"secret": edit})
        held = str(made.record)
        assert [word for word in "123dcs" if f"'{word}'" in held] == sorted(left, key="123dcs".index)
        made.patch("v1", {"secret": None})
        assert not getattr(made.record, "secret", None)
        assert not getattr(made.record, "hidden", None)
