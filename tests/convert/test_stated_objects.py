"""Objects that a spec states say the same in every version, wherever their parts stood before or stand since."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scaffold.contract.types import Json
from scaffold.diagnostics import ScaffoldError
from scaffold.spec import load

from .shops import shop, spec

HOUSE = "House:\n  fields: {city: str, zip: int}\nBox:\n  fields: {in: House}"
OUT = "- move Item.box.in.city to Item.box.city"
TO_HOME = "- move Item.city to Item.home.city"
TWICE = "- alias ItemHome.city as ItemHome.in.city"
GONE = "{remove: Item.home, old_sees: {city: Ulm, in: {city: Ulm}}}"
MAYBE = "{change: Item.home, required: false, old_sees: {city: Ulm, in: {city: Ulm}}}"


@pytest.mark.parametrize("goes", [GONE, MAYBE])
def test_a_value_with_a_second_place_is_shown_where_it_stood_before(goes: str) -> None:
    with shop("city: str\n'age?': int", TO_HOME, TWICE, f"- {goes}") as item:
        assert item.post("v4", {"age": 1}) == {"age": 1}
        assert item.get("v3") == {"home": {"city": "Ulm", "in": {"city": "Ulm"}}, "age": 1}
        assert item.get("v2") == {"home": {"city": "Ulm"}, "age": 1}
        assert item.get("v1") == {"city": "Ulm", "age": 1}
        assert item.put_back("v2", age=2) == {"home": {"city": "Ulm"}, "age": 2}


@pytest.mark.parametrize(
    ("kind", "around"), [("list[House]", lambda v: [v]), ("'map[str, House]'", lambda v: {"k": v})]
)
def test_so_are_values_with_a_second_place_in_lists_and_maps(kind: str, around: Callable[[Json], Json]) -> None:
    versions = ("- move House.city to House.at.city", "- alias HouseAt.city as HouseAt.in.city")
    shown = around({"zip": 3, "at": {"city": "Ulm", "in": {"city": "Ulm"}}})
    goes = f"- {{remove: Item.homes, old_sees: {shown!r}}}"
    with shop(f"homes: {kind}\n'age?': int", *versions, goes, types=HOUSE) as item:
        item.post("v4", {})
        assert item.get("v3") == {"homes": shown}
        assert item.get("v2") == {"homes": around({"zip": 3, "at": {"city": "Ulm"}})}
        assert item.get("v1") == {"homes": around({"zip": 3, "city": "Ulm"})}


@pytest.mark.parametrize("goes", ["remove: Item.box", "change: Item.box, required: false"])
@pytest.mark.parametrize("twice", [(), ("- alias Item.box.city as Item.box.in.city",)])
def test_what_moved_inside_of_a_stated_object_is_where_it_was(goes: str, twice: tuple[str, ...]) -> None:
    seen = {"in": {"zip": 3, **({"city": "Ulm"} if twice else {})}, "city": "Ulm"}
    with shop("box: Box\n'age?': int", OUT, *twice, f"- {{{goes}, old_sees: {seen!r}}}", types=HOUSE) as item:
        item.post(f"v{len(twice) + 3}", {})
        assert item.get(f"v{len(twice) + 2}") == {"box": seen}
        assert item.get("v2") == {"box": {"in": {"zip": 3}, "city": "Ulm"}}
        assert item.get("v1") == {"box": {"in": {"city": "Ulm", "zip": 3}}}


@pytest.mark.parametrize("goes", ["remove: Item.box", "change: Item.box, required: false"])
def test_what_is_stated_more_than_one_object_deep_is_found_where_something_moved_out(goes: str) -> None:
    versions = ("- move Item.box.in.city to Item.city", f"- {{{goes}, old_sees: {{in: {{zip: 3}}}}}}")
    with shop("box: Box\n'age?': int", *versions, types=HOUSE) as item:
        item.post("v3", {"city": "Ulm"})
        assert item.get("v2") == {"box": {"in": {"zip": 3}}, "city": "Ulm"}
        assert item.get("v1") == {"box": {"in": {"city": "Ulm", "zip": 3}}}


def test_of_two_objects_of_one_type_the_one_that_a_value_was_in_says_what_it_is() -> None:
    versions = (
        OUT,
        "- {add: Item.box.also, type: House, old_sends: {zip: 9}}",
        "- move Item.box.in to Item.box.at.in",
        "- {remove: Item.box, old_sees: {also: {zip: 9}, city: Ulm, at: {in: {zip: 3}}}}",
    )
    with shop("box: Box\n'age?': int", *versions, types=HOUSE) as item:
        item.post("v5", {})
        assert item.get("v3") == {"box": {"in": {"zip": 3}, "also": {"zip": 9}, "city": "Ulm"}}
        assert item.get("v1") == {"box": {"in": {"city": "Ulm", "zip": 3}}}


@pytest.mark.parametrize(("moved", "shown"), [("move", {}), ("alias", {"city": "Ulm"})])
def test_what_moves_into_an_object_that_is_stated_as_null_makes_it(moved: str, shown: Json) -> None:
    types = "House:\n  fields: {'zip?': int}\nBox:\n  fields: {'city?': str, in: {type: House, nullable: true}}"
    added = "- {add: Item.box, type: Box, old_sends: {city: Ulm, in: null}}"
    to = f"- {moved} Box.city {'to' if moved == 'move' else 'as'} Box.in.city"
    with shop("'age?': int", added, to, types=types) as item:
        assert item.post("v1", {}) == {}
        assert item.get("v2") == {"box": {"city": "Ulm", "in": None}}
        assert item.get("v3") == {"box": {"in": {"city": "Ulm"}, **shown}}


NAMES = "- alias House.city as town"
PLACES = "- alias House.city as House.in.city"
ITS = "House:\n  fields: {city: str, 'zip?': int}"


@pytest.mark.parametrize("policy", ["old_sends", "default"])
@pytest.mark.parametrize(
    ("names", "said", "whole"),
    [
        (NAMES, "{city: Ulm}", {"town": "Ulm", "city": "Ulm"}),
        (NAMES, "{town: Ulm}", {"town": "Ulm", "city": "Ulm"}),
        (PLACES, "{city: Ulm, zip: 3}", {"city": "Ulm", "zip": 3, "in": {"city": "Ulm"}}),
        (PLACES, "{in: {city: Ulm}}", {"city": "Ulm", "in": {"city": "Ulm"}}),
    ],
)
def test_a_value_is_stated_by_any_of_its_names(names: str, policy: str, said: str, whole: Json) -> None:
    added = f"- {{add: Item.home, type: House, {policy}: {said}}}"
    with shop("'age?': int\n'was?': House", f"{names}\n{added}", types=ITS) as item:
        assert item.post("v1", {}) == {}
        assert item.get("v2") == {"home": whole}
    with shop("home: House", names, f"- {{remove: Item.home, old_sees: {said}}}", types=ITS) as item:
        item.post("v3", {})
        assert item.get("v2") == {"home": whole}
        assert item.get("v1") == {"home": {k: v for k, v in whole.items() if k in ("city", "zip")}}


@pytest.mark.parametrize(
    ("names", "said", "own"),
    [
        (NAMES, "{town: Bonn, city: Ulm}", "town"),
        (PLACES, "{in: {city: Bonn}, city: Ulm}", "in.city"),
        (f"{PLACES}\n- alias HouseIn.city as town", "{in: {town: Bonn}, city: Ulm}", "in.town"),
    ],
)
@pytest.mark.parametrize("change", ["remove: Item.home, old_sees", "add: Item.next, type: House, default"])
def test_all_names_of_a_value_state_the_same(change: str, names: str, said: str, own: str) -> None:
    with pytest.raises(ScaffoldError) as refused:
        load(spec("home: House", names, f"- {{{change}: {said}}}", types=ITS))
    (error,) = refused.value.diagnostics
    assert error.code == "SC213"
    assert f"`city` and `{own}` are one value" in error.message
    assert error.span is not None


AWAY = ("- move Item.home.city to Item.city", "- move Item.city to Item.home.city")
RENAMED = ("- move Item.home.city to Item.city", "- move Item.city to Item.home.town")
DEEPER = ("- move Item.home.city to Item.city", "- move Item.city to Item.home.in.city")


@pytest.mark.parametrize("goes", ["remove: Item.home", "change: Item.home, required: false"])
@pytest.mark.parametrize(
    ("moves", "home"),
    [(AWAY, "{city: Ulm, zip: 3}"), (RENAMED, "{town: Ulm, zip: 3}"), (DEEPER, "{in: {city: Ulm}, zip: 3}")],
)
def test_what_moved_out_of_an_object_and_back_is_in_what_stands_for_it(
    moves: tuple[str, ...], home: str, goes: str
) -> None:
    last = f"- {{{goes}, old_sees: {home}}}"
    with shop("home: House\n'age?': int", *moves, last, types="House:\n  fields: {city: str, zip: int}") as item:
        item.post("v4", {"age": 1})
        assert item.get("v2") == {"home": {"zip": 3}, "city": "Ulm", "age": 1}
        assert item.get("v1") == {"home": {"city": "Ulm", "zip": 3}, "age": 1}
        for version in ("v1", "v2", "v3"):
            assert item.put_back(version) == item.get(version)
            assert item.get("v4") == {"age": 1}


@pytest.mark.parametrize("moves", [AWAY, RENAMED, DEEPER])
def test_what_moved_out_of_an_object_and_back_is_stored_of_what_stands_for_it(moves: tuple[str, ...]) -> None:
    comes = "- {add: Item.home, type: House, old_sends: {city: Ulm, zip: 3}}"
    with shop("'age?': int", comes, *moves, types="House:\n  fields: {city: str, zip: int}") as item:
        assert item.post("v1", {"age": 1}) == {"age": 1}
        assert item.get("v2") == {"home": {"city": "Ulm", "zip": 3}, "age": 1}
        assert item.get("v3") == {"home": {"zip": 3}, "city": "Ulm", "age": 1}
        assert "Ulm" in str(item.get("v4")["home"])


def test_what_moves_back_into_a_stated_object_has_the_words_of_its_version() -> None:
    moves = (AWAY[0], "- rename Status.held to kept", AWAY[1], "- {remove: Item.home, old_sees: {city: kept, zip: 3}}")
    types = "Status: {enum: [held, done]}\nHouse:\n  fields: {city: Status, zip: int}"
    with shop("home: House\n'age?': int", *moves, types=types) as item:
        item.post("v5", {})
        assert item.get("v2") == {"home": {"zip": 3}, "city": "held"}
        assert item.get("v1") == {"home": {"city": "held", "zip": 3}}


def test_an_object_that_holds_one_of_its_own_kind_and_nothing_else_is_stated() -> None:
    tree = "Tree:\n  fields: {'next?': Tree}"
    added, renamed = "- {add: Item.tree, type: Tree, old_sends: {next: {}}}", "- rename Tree.next to more"
    with shop("'age?': int", added, renamed, types=tree) as item:
        assert item.post("v1", {"age": 3}) == {"age": 3}
        assert item.get("v2") == {"age": 3, "tree": {"next": {}}}
        assert item.get("v3") == {"age": 3, "tree": {"more": {}}}
    with shop("tree: Tree\n'age?': int", renamed, "- {remove: Item.tree, old_sees: {more: {}}}", types=tree) as item:
        item.post("v3", {})
        assert item.get("v1") == {"tree": {"next": {}}}
