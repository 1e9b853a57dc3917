"""Values of enums that are split, merged or refused: what every version writes and reads."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from scaffold.generate.runtime.problems import Invalid

from .shops import shop

STATE = "State: {enum: [active, inactive, closed]}"
SPLIT = "- {split: State.inactive, into: [suspended, asleep], pick: asleep}"
MERGE = "- {merge: [State.inactive, State.closed], into: off, pick: closed}"
WAIVER = "waiver: {name: Ada Lovelace, reason: Nobody sends it.}"
REFUSE = f"- {{remove: State.closed, policy: refuse, existing: inactive, {WAIVER}}}"


def test_a_value_that_is_split_is_shown_whole_to_who_knows_it_so() -> None:
    with shop("state: State", SPLIT, types=STATE) as item:
        assert item.post("v1", {"state": "inactive"}) == {"state": "inactive"}
        assert item.get("v2") == {"state": "asleep"}
        assert item.put("v2", {"state": "suspended"}) == {"state": "suspended"}
        assert item.get("v1") == {"state": "inactive"}


def test_what_comes_back_as_it_was_shown_changes_nothing() -> None:
    with shop("state: State\nname: str", SPLIT, types=STATE) as item:
        item.post("v2", {"state": "suspended", "name": "a"})
        assert item.put_back("v1", name="b") == {"state": "inactive", "name": "b"}
        assert item.get("v2") == {"state": "suspended", "name": "b"}
        assert item.patch("v1", {"state": "active"}) == {"state": "active", "name": "b"}
        assert item.patch("v1", {"state": "inactive"}) == {"state": "inactive", "name": "b"}
        assert item.get("v2") == {"state": "asleep", "name": "b"}


def test_values_that_are_merged_stay_apart_for_who_wrote_them() -> None:
    with shop("state: State", MERGE, types=STATE) as item:
        for written in ("inactive", "closed"):
            assert item.post("v1", {"state": written}) == {"state": written}
            assert item.get("v2") == {"state": "off"}
        item.post("v2", {"state": "off"})
        assert item.get("v1") == {"state": "closed"}
        item.put("v1", {"state": "inactive"})
        assert item.get("v1") == {"state": "inactive"}
        assert item.put_back("v2") == {"state": "off"}
        assert item.get("v1") == {"state": "inactive"}


def test_in_lists_and_maps_each_value_goes_its_way() -> None:
    fields = 'states: "list[State]"\nby: "map[str, State]"'
    with shop(fields, SPLIT, "- {rename: State.asleep, to: idle}", types=STATE) as item:
        item.post("v1", {"states": ["inactive", "active"], "by": {"k": "inactive"}})
        assert item.get("v3") == {"states": ["idle", "active"], "by": {"k": "idle"}}
        item.put("v3", {"states": ["suspended", "closed"], "by": {"k": "suspended"}})
        assert item.get("v1") == {"states": ["inactive", "closed"], "by": {"k": "inactive"}}
        item.put_back("v1")
        assert item.get("v3") == {"states": ["suspended", "closed"], "by": {"k": "suspended"}}


def test_a_value_split_from_one_that_was_merged_is_its_heir() -> None:
    again = "- {split: State.off, into: [off, gone], pick: gone}"
    with shop("state: State", MERGE, again, types=STATE) as item:
        item.post("v1", {"state": "inactive"})
        assert (item.get("v2"), item.get("v3")) == ({"state": "off"}, {"state": "gone"})
        item.put("v3", {"state": "off"})
        assert (item.get("v2"), item.get("v1")) == ({"state": "off"}, {"state": "closed"})


def test_the_default_of_an_older_version_is_what_it_means_now() -> None:
    with shop("state: {type: State, default: inactive}", SPLIT, types=STATE) as item:
        item.post("v1", {})
        assert item.get("v2") == {"state": "asleep"}
        assert item.post("v2", {}) == {"state": "asleep"}


def test_a_value_that_is_refused_is_answered_with_those_that_are_left() -> None:
    with shop('state: State\nmore: "list[State]"', REFUSE, types=STATE) as item:
        with pytest.raises(ValidationError) as caught:
            item.post("v1", {"state": "closed", "more": ["active", "closed"]})
        assert [e["loc"] for e in caught.value.errors()] == [("state",), ("more", 1)]
        assert "'active' or 'inactive'" in str(caught.value)
        item.post("v1", {"state": "inactive", "more": []})
        with pytest.raises(Invalid) as refused:
            item.patch("v1", {"state": "closed"})
        assert [(e["loc"], e["msg"]) for e in refused.value.errors] == [
            (["body", "state"], "Input should be 'active' or 'inactive'")
        ]
        assert item.get("v2") == {"state": "inactive", "more": []}


def test_what_is_refused_of_an_enum_is_refused_in_a_union_too() -> None:
    later = f"- {{add: State.gone, old_sees: closed}}\n{REFUSE}"
    with shop("state: State | date\nname?: str", later, types=STATE) as item:
        with pytest.raises(ValidationError):
            item.post("v1", {"state": "closed"})
        item.post("v2", {"state": "gone"})
        assert item.put_back("v1", name="a") == {"state": "closed", "name": "a"}
        assert item.patch("v1", {"state": "2026-01-15"})["state"] == "2026-01-15"
        with pytest.raises(Invalid):
            item.patch("v1", {"state": "closed"})
        assert item.patch("v1", {"state": "active"})["state"] == "active"


def test_a_name_that_comes_back_is_another_value() -> None:
    again = "- {add: State.closed, old_sees: active}"
    with shop("state: State", REFUSE, again, types=STATE) as item:
        item.post("v3", {"state": "closed"})
        assert (item.get("v2"), item.get("v1")) == ({"state": "active"}, {"state": "active"})
        with pytest.raises(Invalid):
            item.put("v1", {"state": "closed"})


def test_a_value_that_is_refused_is_taken_back_from_who_is_shown_it() -> None:
    later = f"- {{add: State.gone, old_sees: closed}}\n{REFUSE}"
    with shop("state: State\n'more?': \"list[State]\"", later, types=STATE) as item:
        item.post("v2", {"state": "gone", "more": ["gone", "active"]})
        assert item.get("v1") == {"state": "closed", "more": ["closed", "active"]}
        assert item.put_back("v1") == {"state": "closed", "more": ["closed", "active"]}
        assert item.patch("v1", {"state": "closed"})["state"] == "closed"
        with pytest.raises(Invalid):
            item.patch("v1", {"more": ["closed", "closed"]})
        item.patch("v1", {"state": "active"})
        with pytest.raises(Invalid):
            item.patch("v1", {"state": "closed"})
        assert item.get("v2") == {"state": "active", "more": ["gone", "active"]}


def test_null_that_stands_for_a_text_that_is_no_value_goes_through_the_enum_of_before() -> None:
    steps = ("- {rename: Status.draft, to: sketch}", "- {change: Item.status, to: str, old_sees: null}")
    with shop("status: Status | null", *steps, types="Status: {enum: [draft, published]}") as item:
        item.post("v3", {"status": "anything"})
        assert item.get("v1") == item.get("v2") == {"status": None}
        item.post("v1", {"status": "draft"})
        assert item.get("v3") == {"status": "sketch"}
