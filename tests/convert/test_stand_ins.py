"""What stands for a value that is missing or null reaches every version that promises one, whatever was made of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.contract.changes.joints import WAYS
from scaffold.contract.types import Json
from scaffold.convert.joint_constants import divided, joined
from scaffold.convert.policies import findings
from scaffold.generate.runtime import joint_codecs
from scaffold.generate.runtime.problems import Invalid
from scaffold.spec import load

from .shops import shop, spec

WHO = "- {move: [Item.name], to: Item.who}"
MAYBE = "- {change: Item.who, required: false, old_sees: {name: No One}}"
SPLIT = "- {split: Item.who.name, into: {first: str, last: str}, with: words}"


def test_what_is_stated_for_an_object_holds_for_fields_that_moved_out_of_it() -> None:
    with shop(
        "price: str\nunit: str\nage?: int",
        "- {move: [Item.price, Item.unit], to: Item.cost}",
        "- {change: Item.cost, required: false, old_sees: {price: none, unit: EUR}}",
        "- {move: Item.cost.price, to: Item}",
    ) as item:
        item.post("v4", {"age": 1})
        assert item.get("v1") == {"price": "none", "unit": "EUR", "age": 1}
        assert item.get("v2") == {"cost": {"price": "none", "unit": "EUR"}, "age": 1}
        item.post("v4", {"cost": {"unit": "USD"}})
        assert item.get("v1") == {"price": "none", "unit": "USD"}


@pytest.mark.parametrize("moved", ["Item.cost.price", "[Item.cost.price, Item.cost.unit]"])
@pytest.mark.parametrize("late", [False, True])
def test_what_is_stated_for_an_object_that_comes_holds_for_fields_that_move_out_of_it(moved: str, late: bool) -> None:
    """Its type was there before, and nothing had one; `late`: with a field less."""
    more = "- {add: Cost.price, type: str, old_sends: never}" if late else "- add: Item.more?\n  type: str"
    with shop(
        "name: str",
        more,
        "- {add: Item.cost, type: Cost, old_sends: {price: none, unit: EUR}}",
        f"- {{move: {moved}, to: Item}}",
        types="Cost: {fields: {unit: str" + ("" if late else ", price: str") + "}}",
    ) as item:
        assert item.post("v1", {"name": "x"}) == {"name": "x"}
        assert item.get("v3") == {"name": "x", "cost": {"price": "none", "unit": "EUR"}}
        assert item.get("v4")["price"] == "none"


def test_what_is_stated_for_an_object_that_comes_is_split_where_a_part_moved_out_of_it() -> None:
    with shop(
        "name: str",
        "- {rename: Item.name, to: title}",
        "- {add: Item.who, type: Who, old_sends: {said: No One}}",
        "- {move: Item.who.said, to: Item}",
        "- {split: Item.said, into: {first: str, last: str}, with: words}",
        types="Who: {fields: {said: str}}",
    ) as item:
        item.post("v1", {"name": "x"})
        assert item.get("v3") == {"title": "x", "who": {"said": "No One"}}
        assert item.get("v5") == {"title": "x", "first": "No", "last": "One"}


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param((WHO, MAYBE, SPLIT), id="split later"),
        pytest.param(
            (WHO, SPLIT, "- {change: Item.who, required: false, old_sees: {first: No, last: One}}"), id="split before"
        ),
        pytest.param(
            (WHO, MAYBE, "- {move: Item.who.name, to: Item}", SPLIT.replace(".who", "").replace(": str", "?: str")),
            id="moved out and split",
        ),
        pytest.param(
            (
                WHO,
                SPLIT,
                "- {split: Item.who.last, into: {mid: str, end: str}, with: words}",
                "- {change: Item.who, required: false, old_sees: {first: No, mid: One, end: ''}}",
            ),
            id="split twice before",
        ),
    ],
)
def test_what_is_stated_for_an_object_is_split_and_merged_as_its_fields_are(changes: tuple[str, ...]) -> None:
    quoted = tuple(c.replace("first?", "'first?'").replace("last?", "'last?'") for c in changes)
    with shop("name: str\nage?: int", *quoted) as item:
        item.post(f"v{len(changes) + 1}", {"age": 1})
        assert item.get("v1")["name"].rstrip() == "No One"
        assert item.get("v2")["who"]["name"].rstrip() == "No One"


def test_a_merge_is_undone_in_what_is_stated_for_an_object() -> None:
    with shop(
        "first: str\nlast: str\nage?: int",
        "- {move: [Item.first, Item.last], to: Item.who}",
        "- {merge: [Item.who.first, Item.who.last], into: name, with: words}",
        MAYBE,
    ) as item:
        item.post("v4", {"age": 1})
        assert item.get("v1") == {"first": "No", "last": "One", "age": 1}
        assert item.get("v2") == {"who": {"first": "No", "last": "One"}, "age": 1}


@pytest.mark.parametrize(
    ("place", "change", "shown"),
    [
        ("'a?': str, 'b?': str", "merge: [Place.a, Place.b], into: {d: {type: str, nullable: true}}", {"d": None}),
        ("'a?': str, 'b?': str", "merge: [Place.a, Place.b], into: {'d?': {type: str, nullable: true}}", {}),
        ("'a?': str", "split: Place.a, into: {d: 'str | null', 'e?': str}", {"d": None}),
        ("'a?': str", "split: Place.a, into: {'d?': str, 'e?': str}", {}),
    ],
)
def test_parts_that_are_not_stated_make_null_where_a_value_is_promised(
    place: str, change: str, shown: dict[str, Any]
) -> None:
    types = f"Place: {{fields: {{id: {{type: str, key: true}}, {place}}}}}"
    add = "- {add: Item.home, type: Place, old_sends: {id: x}}"
    with shop("n?: int", add, f"- {{{change}, with: words}}", types=types) as item:
        item.post("v1", {"n": 1})
        assert item.get("v2") == {"n": 1, "home": {"id": "x"}}
        assert item.get("v3") == {"n": 1, "home": {"id": "x", **shown}}
        item.post("v2", {"home": {"id": "x"}})
        assert item.get("v3") == {"home": {"id": "x", **shown}}


def test_null_for_what_cannot_be_shown_is_no_null_where_there_was_none_yet() -> None:
    with shop(
        "kept: bool",
        "- {change: Item.kept, nullable: true, old_sees: true}",
        "- {change: Item.kept, type: str, old_sees: null}",
    ) as item:
        item.post("v3", {"kept": "maybe"})
        assert (item.get("v1"), item.get("v2")) == ({"kept": True}, {"kept": None})


def test_what_stands_for_that_null_is_taken_through_the_codecs_on_the_way() -> None:
    with shop(
        "kept: int",
        "- {change: Item.kept, type: float}",
        "- {change: Item.kept, nullable: true, old_sees: 8.2}",
        "- {change: Item.kept, type: str, old_sees: null}",
    ) as item:
        item.post("v4", {"kept": "many"})
        assert [item.get(v)["kept"] for v in ("v1", "v2", "v3")] == [8, 8.2, None]


def test_null_for_what_cannot_be_read_is_no_null_where_there_is_none_any_more() -> None:
    with shop(
        "kept: {type: str, nullable: true}",
        "- {change: Item.kept, type: int, unreadable: null}",
        "- {change: Item.kept, type: decimal}",
        "- {change: Item.kept, nullable: false, old_sends: 2.5}",
    ) as item:
        item.post("v1", {"kept": "many"})
        assert item.get("v1") == {"kept": "many"}
        assert item.get("v4") == {"kept": "2"}


def test_what_no_hook_can_read_in_a_spec_is_said_before_it() -> None:
    hooked = SPLIT.replace("words", "conversions.parts")
    changes = (WHO, hooked, "- {change: Item.who, required: false, old_sees: {first: No, last: One}}")
    found = findings(load(spec("name: str", *changes)).history)
    assert [(d.code, d.message) for _, d in found] == [
        ("SC322", "`old_sees` of `Item.who` does not say what clients of v2 are shown")
    ]
    told = hooked.replace("into", "old_sees: No One, into")
    with shop("name: str", WHO, told, changes[2], hooks={"parts_up": str.split, "parts_down": "{} {}".format}) as item:
        item.post("v4", {})
        assert (item.get("v2"), item.get("v3")) == (
            {"who": {"name": "No One"}},
            {"who": {"first": "No", "last": "One"}},
        )


@given(st.sampled_from(WAYS), st.lists(st.none() | st.text("ab, \n", max_size=5), min_size=2, max_size=3))
def test_stated_texts_are_split_and_joined_as_programs_do_it(way: str, parts: list[Any]) -> None:
    text = joined(way, parts)
    assert text == getattr(joint_codecs, f"join_{way}")(*parts)
    assert divided(way, text, len(parts)) == getattr(joint_codecs, f"split_{way}")(text, len(parts))


def test_a_value_that_is_held_back_is_not_shown_because_an_older_client_wrote_it() -> None:
    with shop(
        "code: Status",
        "- {change: Status.archived, opt_in: X-Preview, old_sees: published}",
        "- {change: Status.archived, opt_in: null}",
        "- {remove: Status.archived, old_sends: published}",
        types="Status: {enum: [published, archived]}",
    ) as item:
        item.post("v1", {"code": "archived"})
        assert [item.get(v)["code"] for v in ("v1", "v2", "v3")] == ["archived", "published", "archived"]


@pytest.mark.parametrize(
    "goes",
    ["- {remove: Item.code, old_sees: {name: Ada}}", "- {change: Item.code, required: false, old_sees: {name: Ada}}"],
)
def test_an_object_that_stands_for_one_that_is_missing_may_come_back(goes: str) -> None:
    fields, types = "code: Place\n'other?': Place", "Place:\n  fields:\n    name: str"
    refused = "- {change: Place.name, to: uuid, unreadable: refuse}"
    found = [d for _, d in findings(load(spec(fields, goes, refused, types=types)).history)]
    assert [(d.code, "cannot send it back once `Place.name` is uuid" in d.message) for d in found] == [("SC322", True)]
    taken = refused.replace("refuse", "12345678-1234-5678-1234-567812345678")
    with shop(fields, goes, taken, types=types) as item:
        item.post("v3", {})
        assert item.get("v1") == {"code": {"name": "Ada"}}
        assert item.put_back("v1") == {"code": {"name": "Ada"}}


@pytest.mark.parametrize(
    "versions", [("- {rename: Item.boss, to: chief}",), ("- {change: Item.id, to: uuid, keep: int}",)]
)
@pytest.mark.parametrize("shown", [0, 7])  # 7 is there
def test_a_key_that_stands_for_none_refers_to_nothing_when_it_comes_back(versions: tuple[str, ...], shown: int) -> None:
    loose = f"- {{change: Item.boss, nullable: true, old_sees: {shown}}}"
    with shop("boss: {ref: Item}\nname: str", loose, *versions) as item:
        item.post("v2", {"boss": None, "name": "a"})
        before = item.record
        assert item.put_back("v1") == {"boss": shown, "name": "a"}
        assert item.record == before
        assert item.patch("v1", {"boss": shown, "name": "b"})["name"] == "b"
        assert item.get("v2") == {"boss": None, "name": "b"}
        with pytest.raises(Invalid):
            item.put_back("v1", boss=8)
        with pytest.raises(Invalid):
            item.post("v1", {"boss": 0, "name": "a"})


def test_null_that_stands_for_what_is_gone_is_no_null_to_who_never_had_one() -> None:
    versions = ("- {change: Item.codes, nullable: true, old_sees: [1]}", "- {remove: Item.codes, old_sees: null}")
    with shop("codes: list[int]\n'o?': int", *versions) as item:
        item.post("v3", {})
        assert [item.get(v) for v in ("v1", "v2")] == [{"codes": [1]}, {"codes": None}]
        assert item.put_back("v1") == {"codes": [1]}
    versions = (
        "- {add: Item.code, type: int, nullable: true, old_sends: null}",
        "- {change: Item.code, nullable: false, old_sends: 7}",
    )
    with shop("name: str", *versions) as item:
        item.post("v1", {"name": "x"})
        assert [item.get(v) for v in ("v2", "v3")] == [{"name": "x", "code": 7}, {"name": "x", "code": 7}]


@pytest.mark.parametrize(
    ("kind", "sent"),
    [("House", {"city": "Ulm"}), ("'map[str, House]'", {"k": {"city": "Ulm"}}), ("'list[House]'", [{"city": "Ulm"}])],
)
@pytest.mark.parametrize(
    "fields", ["{'city?': str}", "{'city?': str, 'made?': {type: str, read_only: true}}"], ids=["plain", "read-only"]
)
def test_what_stands_for_null_is_written_where_nothing_is(kind: str, fields: str, sent: Json) -> None:
    made = ", made: today" if "made" in fields else ""
    held = {"House": "{%s}", "'list[House]'": "[{%s}]"}.get(kind, "{k: {%s}}") % f"city: Ulm{made}"
    null = f"- {{change: Item.home, nullable: true, old_sees: {held}}}"
    with shop(f"'home?': {kind}\n'age?': int", null, types=f"House:\n  fields: {fields}") as item:
        for write in (item.put, item.patch):
            assert item.post("v2", {"age": 1}) == {"age": 1}
            assert write("v1", {"age": 1, "home": sent}) == {"age": 1, "home": sent}
            assert item.get("v2") == {"age": 1, "home": sent}
            assert item.post("v2", {"home": None, "age": 1}) == {"home": None, "age": 1}
            write("v1", {"age": 2, "home": sent})
            assert item.get("v2") == {"home": None, "age": 2}


@pytest.mark.parametrize("goes", ["remove: Item.home", "change: Item.home, required: false"])
def test_what_is_stated_for_an_object_holds_for_a_part_that_it_lost_since(goes: str) -> None:
    moved = "- {move: [Item.city, Item.zip], to: Item.home}"
    stated = f"- {{{goes}, old_sees: {{city: Ulm, zip: 3}}}}"
    with shop("city: str\nzip: int", moved, stated, "- {remove: ItemHome.city, old_sees: Bonn}") as item:
        item.post("v4", {})
        assert item.get("v2") == {"home": {"city": "Ulm", "zip": 3}}
        assert item.get("v1") == {"city": "Ulm", "zip": 3}
        record = item.record
        assert item.put_back("v1") == {"city": "Ulm", "zip": 3}
        assert item.record == record
        assert item.put_back("v1", zip=4) == {"city": "Ulm", "zip": 4}
        if goes.startswith("change"):
            item.post("v4", {"home": {"zip": 3}})
            assert item.get("v2") == {"home": {"city": "Bonn", "zip": 3}}
            assert item.put_back("v1") == {"city": "Bonn", "zip": 3}


@pytest.mark.parametrize("null", ["nullable: true, old_sees: {at: now}", "required: false, old_sees: {at: now}"])
def test_an_object_that_a_move_made_of_what_is_stated_is_there_though_it_may_be_null_or_missing_later(
    null: str,
) -> None:
    made = "- {add: Item.at, type: str, old_sends: then}\n- {move: [Item.at], to: Item.box}"
    with shop("'age?': int", made, f"- {{change: Item.box, {null}}}") as item:
        item.post("v1", {})
        assert item.get("v2") == item.get("v3") == {"box": {"at": "then"}}
        item.put("v1", {"age": 1})
        assert item.get("v3") == {"box": {"at": "then"}, "age": 1}
