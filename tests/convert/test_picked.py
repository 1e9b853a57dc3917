"""One object or value of an enum becomes a list of such, or a list becomes one: in every version, and where not."""

from __future__ import annotations

import pytest

from scaffold.convert.policies import findings
from scaffold.spec import load

from .shops import shop, spec

TYPES = "Part:\n  fields:\n    state: str\n    'code?': str\nMood: {enum: [on, off]}\nTone: {enum: [on, off]}"
LATER = "- {change: Item.part, nullable: false, old_sends: []}"


@pytest.mark.parametrize("sees", ["null", "{state: z}"])
def test_parts_of_an_object_that_became_a_list_are_written_over_what_its_writer_sees(sees: str) -> None:
    listed = f"- {{change: Item.part, to: 'list[Part] | null', pick: first, old_sees: {sees}}}"
    with shop("part: Part | null", listed, LATER, types=TYPES) as item:
        item.post("v3", {"part": []})
        assert item.patch("v1", {"part": {"state": "a", "code": None}}) == {"part": {"state": "a"}}
        assert item.get("v3") == {"part": [{"state": "a"}]}
        item.post("v3", {"part": [{"state": "a"}, {"state": "b"}]})
        assert item.patch("v1", {"part": {"code": "c"}}) == {"part": {"state": "a", "code": "c"}}
        assert item.get("v2") == {"part": [{"state": "a", "code": "c"}, {"state": "b"}]}
        assert item.post("v1", {"part": None}) == {"part": None}
        assert item.put_back("v1") == {"part": None}
        assert item.get("v3") == {"part": []}


@pytest.mark.parametrize(
    ("older", "newer", "more"),
    [
        ("map[str, Part]", "map[str, list[Part]]", "old_sees: {}"),
        ("map[str, list[Part]]", "map[str, Part]", "unreadable: refuse"),
        ("list[Mood]", "list[list[Mood]]", "old_sees: []"),
    ],
)
def test_inside_of_a_list_or_a_map_none_is_picked(older: str, newer: str, more: str) -> None:
    change = f"- {{change: Item.x, to: '{newer}', pick: first, {more}}}"
    (found,) = [d for _, d in findings(load(spec(f"x: '{older}'", change, types=TYPES)).history)]
    assert (found.code, found.message.partition(":")[0]) == ("SC322", f"no codec leads from {older} to {newer}")


def test_what_changes_together_leave_no_way_for_is_refused() -> None:
    listed = "- {change: Item.x, to: 'list[Mood]', pick: first, old_sees: on}"
    found = [
        d
        for _, d in findings(load(spec("x: Mood", listed, "- {change: Item.x, to: 'list[Tone]'}", types=TYPES)).history)
    ]
    assert [(d.code, d.message) for d in found] == [
        ("SC322", "no way leads from Mood in v1 to list[Tone] through what v2 and v3 change of it")
    ]


@pytest.mark.parametrize("pick", ["first", "refuse"])
def test_a_partial_update_takes_a_list_out_of_a_map_though_none_can_be_picked_of_nothing(pick: str) -> None:
    change = f"- {{change: Item.x, to: 'map[str, map[str, str]]', pick: {pick}, unreadable: refuse}}"
    with shop("x: 'map[str, map[str, list[str]]]'", change) as item:
        item.post("v1", {"x": {"a": {"b": ["c"], "d": ["e"]}, "f": {}}})
        assert item.patch("v1", {"x": {"a": {"b": None}, "f": None}}) == {"x": {"a": {"d": ["e"]}}}
        assert item.get("v2") == {"x": {"a": {"d": "e"}}}


@pytest.mark.parametrize("type_", ["int", "Mood", "Part"])
def test_a_list_of_which_older_clients_see_an_item_is_never_empty(type_: str) -> None:
    listed = f"- {{change: Item.x, to: {{type: 'list[{type_}]', min_items: 1}}, pick: first}}"
    with shop(f"x: {type_}", listed, types=TYPES):
        pass
    looser = "- {change: Item.x, min_items: 0, policy: keep}"
    found = [d for _, d in findings(load(spec(f"x: {type_}", listed, looser, types=TYPES)).history)]
    assert [(d.code, d.message) for d in found] == [
        (
            "SC322",
            "`Item.x` may be empty from then on, and clients from before v2 are shown one item of it",
        )
    ]
