"""What the server gives a new row is the default of its creator's own version, whatever a later version makes of it."""

from __future__ import annotations

import pytest

from scaffold.contract.types import Json

from .shops import shop

TITLE = "title: {type: str, read_only: true, default: a}"
COUNT = "count: {type: int, read_only: true, default: 1}"
PLACE = """
Place:
  fields:
    city: {type: str, read_only: true, default: a}
    street: str
"""
CHANGED = "- {change: Item.title, default: b}"
DROPPED = "- {change: Item.title, required: false, drop: [default], old_sees: c}"


@pytest.mark.parametrize(
    ("fields", "versions", "newest"),
    [
        (TITLE, [CHANGED], {"title": "a"}),
        (TITLE, [CHANGED, "- {change: Item.title, default: c}"], {"title": "a"}),
        (TITLE, ["- {rename: Item.title, to: name}", "- {change: Item.name, default: b}"], {"name": "a"}),
        (TITLE, ["- {move: [Item.title], to: Item.about}", "- {change: Item.about.title, default: b}"], None),
        (TITLE, [DROPPED], {"title": "a"}),
        (TITLE, ["- {alias: Item.title, as: [name, label]}", "- {change: Item.name, default: b}"], None),
        (COUNT, ["- {change: Item.count, to: str, default: '7', old_sees: 0}"], {"count": "1"}),
        (TITLE, [CHANGED, "- {remove: Item.title}"], {}),
    ],
)
def test_an_older_client_s_row_has_its_own_default(fields: str, versions: list[str], newest: Json) -> None:
    with shop(fields) as before, shop(fields, *versions) as after:
        assert after.post("v1", {}) == before.post("v1", {})
        assert newest is None or after.get(f"v{len(versions) + 1}") == newest


@pytest.mark.parametrize("holder", ["Place", "list[Place]", "'map[str, Place]'"])
def test_so_does_what_is_inside_of_an_object(holder: str) -> None:
    place: Json = {"street": "s"}
    sent = {"Place": place, "list[Place]": [place]}.get(holder, {"x": place})
    with shop(f"at: {holder}", "- {change: Place.city, default: b}", types=PLACE) as made:
        for version, city in (("v1", "a"), ("v2", "b")):
            made.post(version, {"at": sent})
            for reader in ("v1", "v2"):
                assert str(made.get(reader)).count(f"'city': '{city}'") == 1


def test_a_default_that_its_version_had_not_is_given_all_the_same() -> None:
    with shop("'title?': {type: str, read_only: true}", CHANGED) as made:
        assert made.post("v1", {}) == {"title": "b"}
