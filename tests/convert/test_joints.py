"""One field that became several, several that became one: converted together, shadowed together, updated together."""

from __future__ import annotations

import pytest

from scaffold.convert.policies import findings
from scaffold.diagnostics import ScaffoldError
from scaffold.generate.runtime.problems import Invalid
from scaffold.spec import load

from .shops import shop, spec

SPLIT = "- {split: Item.name, into: {first: str, last: str}, with: words}"
MERGE = "- {merge: [Item.first, Item.last], into: name, with: words}"


def test_one_field_becomes_several() -> None:
    with shop("name: str\nage?: int", SPLIT) as item:
        assert item.post("v1", {"name": "Ada King Lovelace"}) == {"name": "Ada King Lovelace"}
        assert item.get("v2") == {"first": "Ada King", "last": "Lovelace"}
        item.put("v2", {"first": "Grace", "last": "Hopper"})
        assert item.get("v1") == {"name": "Grace Hopper"}
        item.patch("v1", {"name": "Cher"})
        assert item.get("v2") == {"first": "Cher", "last": ""}


def test_what_was_written_is_read_back_until_a_part_changes() -> None:
    with shop("name: str\nage?: int", SPLIT) as item:
        item.post("v1", {"name": "  Ada  Lovelace "})
        assert item.get("v1") == {"name": "  Ada  Lovelace "}
        item.patch("v2", {"age": 3})
        assert item.get("v1") == {"name": "  Ada  Lovelace ", "age": 3}
        item.patch("v2", {"last": "King"})
        assert item.get("v1")["name"].endswith("Lovelace King")


def test_what_comes_back_as_it_was_shown_changes_nothing() -> None:
    with shop("name: str\nage?: int", SPLIT) as item:
        item.post("v2", {"first": "Ada King", "last": "of Lovelace"})
        assert item.get("v1") == {"name": "Ada King of Lovelace"}
        item.put_back("v1", age=36)
        assert item.get("v2") == {"first": "Ada King", "last": "of Lovelace", "age": 36}


def test_several_fields_become_one() -> None:
    with shop("first: str\nlast?: str", MERGE) as item:
        assert item.post("v1", {"first": "Ada", "last": "Lovelace"}) == {"first": "Ada", "last": "Lovelace"}
        assert item.get("v2") == {"name": "Ada Lovelace"}
        item.put("v2", {"name": "Grace Brewster Hopper"})
        assert item.get("v1") == {"first": "Grace Brewster", "last": "Hopper"}
        item.put("v1", {"first": "Cher"})
        assert (item.get("v1"), item.get("v2")) == ({"first": "Cher"}, {"name": "Cher"})


def test_a_partial_update_takes_what_it_does_not_send_from_what_its_caller_sees() -> None:
    with shop("first: str\nlast?: str", MERGE) as item:
        item.post("v2", {"name": "Ada King Lovelace"})
        item.patch("v1", {"last": "Hopper"})
        assert item.get("v2") == {"name": "Ada King Hopper"}
        item.patch("v1", {"last": None})
        assert (item.get("v2"), item.get("v1")) == ({"name": "Ada King"}, {"first": "Ada King"})


def test_nothing_is_made_of_nothing() -> None:
    with shop("name?: str | null", "- {split: Item.name, into: {'first?': str, 'last?': str}, with: words}") as item:
        assert (item.post("v1", {}), item.get("v2")) == ({}, {})
        assert (item.post("v1", {"name": None}), item.get("v2")) == ({"name": None}, {})
        assert item.post("v1", {"name": "a b"}) == {"name": "a b"}
        item.put("v2", {})
        assert item.get("v1") == {}
        item.put("v2", {"last": "x"})
        assert item.get("v1") == {"name": "x"}
        item.patch("v1", {"name": None})
        assert item.get("v2") == {}


def test_parts_are_renamed_moved_retyped_and_removed_as_any_field() -> None:
    with shop(
        "code: str",
        "- {split: Item.code, into: {letters: str, digits: str}, with: words}",
        "- rename Item.letters to area",
        "- {move: [Item.area, Item.digits], to: Item.plate}",
        "- {change: Item.plate.digits, to: 'list[str]', codec: conversions.digits, old_sees: '0'}",
        "- {remove: Item.plate.area, old_sees: XX}",
        hooks={"digits_up": list, "digits_down": "".join},
    ) as item:
        assert item.post("v1", {"code": "AB 12"}) == {"code": "AB 12"}
        assert item.get("v4") == {"plate": {"area": "AB", "digits": "12"}}
        assert item.get("v6") == {"plate": {"digits": ["1", "2"]}}
        item.put("v6", {"plate": {"digits": ["7"]}})
        assert item.get("v1") == {"code": "AB 7"}
        item.post("v6", {"plate": {"digits": ["7"]}})
        assert item.get("v1") == {"code": "XX 7"}


def test_what_was_renamed_and_moved_before_is_split_where_it_is() -> None:
    with shop(
        "title: str",
        "- {rename: Item.title, to: name}",
        "- {move: Item.name, to: Item.person.name}",
        "- {split: Item.person.name, into: {first: str, last: str}, with: words}",
    ) as item:
        item.post("v1", {"title": "Ada Lovelace"})
        assert item.get("v4") == {"person": {"first": "Ada", "last": "Lovelace"}}
        item.patch("v4", {"person": {"first": "Eve"}})
        assert item.get("v1") == {"title": "Eve Lovelace"}
        item.patch("v3", {"person": {"name": "Grace Hopper"}})
        assert item.get("v4") == {"person": {"first": "Grace", "last": "Hopper"}}


def test_what_was_merged_is_split_again() -> None:
    with shop(
        "first: str\nlast: str",
        MERGE,
        "- {split: Item.name, into: {given: str, family: str}, with: comma}",
    ) as item:
        assert item.post("v1", {"first": "Lovelace, Ada", "last": "B"}) == {"first": "Lovelace, Ada", "last": "B"}
        assert item.get("v2") == {"name": "Lovelace, Ada B"}
        assert item.get("v3") == {"given": "Lovelace", "family": "Ada B"}
        item.patch("v1", {"last": "C"})
        assert item.get("v3") == {"given": "Lovelace", "family": "Ada C"}
        item.put("v3", {"given": "x", "family": "y"})
        assert (item.get("v2"), item.get("v1")) == ({"name": "x, y"}, {"first": "x,", "last": "y"})


def test_a_field_that_came_later_is_merged_too() -> None:
    with shop("first: str", "- {add: Item.last, type: str, old_sends: Doe}", MERGE) as item:
        item.post("v1", {"first": "Jane"})
        assert (item.get("v1"), item.get("v3")) == ({"first": "Jane"}, {"name": "Jane Doe"})
        item.put("v3", {"name": "Ada Lovelace"})
        item.put("v1", {"first": "Grace"})
        assert (item.get("v3"), item.get("v2")) == ({"name": "Grace Lovelace"}, {"first": "Grace", "last": "Lovelace"})


def test_hooks_convert_together_what_no_built_in_pair_does() -> None:
    hooks = {
        "split_range": lambda span: tuple(int(n) for n in span.split("-")),
        "join_range": lambda low, high: f"{low}-{high}",
    }
    change = "- {split: Item.span, into: {low: int, high: int}, with: conversions.split_range}"
    with shop("span: str", change, hooks=hooks) as item:
        item.post("v1", {"span": "1-05"})
        assert (item.get("v2"), item.get("v1")) == ({"low": 1, "high": 5}, {"span": "1-05"})
        item.put("v2", {"low": 2, "high": 3})
        assert item.get("v1") == {"span": "2-3"}
        with pytest.raises(Invalid, match="span"):
            item.patch("v1", {"span": "x"})


def test_what_a_release_added_and_was_split_is_kept_by_a_replacement_without_it() -> None:
    change = '- {split: Item.name, into: {"first?": str, "last?": str}, with: words}'
    with shop("note?: str", change, releases='- {add: "Item.name?", type: str}') as item:
        item.post("v1", {"name": "Ada Lovelace"})
        assert item.put("v1", {"note": "x"}) == {"name": "Ada Lovelace", "note": "x"}
        assert item.put("v1", {"name": None}) == {}


def test_a_hook_that_refuses_what_is_merged_is_the_mistake_of_its_caller() -> None:
    def join(day: int, month: str) -> str:
        if day > 31:
            raise ValueError("must be a day")
        return f"{day} {month}"

    hooks = {"join_day": join, "split_day": lambda date: (int(date.split()[0]), date.split()[1])}
    change = "- {merge: [Item.day, Item.month], into: date, with: conversions.join_day}"
    with shop("day: int\nmonth: str", change, hooks=hooks) as item:
        item.post("v1", {"day": 3, "month": "May"})
        assert item.get("v2") == {"date": "3 May"}
        with pytest.raises(Invalid) as caught:
            item.patch("v1", {"day": 32})
        assert caught.value.errors[0]["loc"] == ["body", "day"]


@pytest.mark.parametrize(
    "change",
    [
        "- {merge: [Item.who.first, Item.who.last], into: name, with: words}",
        "- {custom: ItemWho, up: conversions.who_up, down: conversions.who_down, fields: {name: str}}",
    ],
)
def test_what_stood_apart_is_not_converted_together(change: str) -> None:
    found = findings(
        load(spec("first: str\nwho: {fields: {last: str}}", "- {move: Item.first, to: Item.who}", change)).history
    )
    assert [d.code for _, d in found] == ["SC309"]
    assert "stands apart in v1: `Item.first` and `ItemWho.last`" in found[0][1].message


def test_what_a_split_makes_is_not_removed_in_the_same_version() -> None:
    remove = "- {remove: Item.last, old_sees: x}"
    found = findings(load(spec("name: str", f"{SPLIT}\n{remove}")).history)
    assert [(d.code, d.message) for _, d in found] == [("SC325", "`last` came and went in v2 already")]
    with shop("name: str", SPLIT, remove) as item:
        item.post("v1", {"name": "a b"})
        assert (item.get("v1"), item.get("v3")) == ({"name": "a b"}, {"first": "a"})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("- {custom: Item, up: item_up, down: conversions.item_down}", "SC309"),
        ("- {custom: Item, up: conversions.up, down: conversions.down, fields: {id: str}}", "SC303"),
        ("- {split: Item.id, into: {a: str, b: str}, with: words}", "SC304"),
        ("- {split: Item.name, into: {a: str, b: str}, with: magic}", "SC309"),
        ("- {split: Item.name, into: {a: str}, with: words}", "SC309"),
        ("- {split: Item.name, into: {a: str, size: str}, with: words}", "SC303"),
        ("- {split: Item.name, into: {'a?': str, 'b?': str}, with: words}", "SC309"),
        ("- {split: Item.maybe, into: {a: str, b: str}, with: words}", "SC309"),
        ("- {split: Item.size, into: {a: str, b: str}, with: words}", "SC309"),
        ("- {merge: [Item.name], into: x, with: words}", "SC309"),
        ("- {merge: [Item.name, Item.nothing], into: x, with: words}", "SC302"),
        ("- {merge: [Item.name, Item.maybe], with: words}", "SC313"),
    ],
)
def test_what_cannot_be_split_or_merged_is_told(change: str, code: str) -> None:
    with pytest.raises(ScaffoldError) as caught:
        findings(load(spec("name: str\nsize: int\nmaybe?: str", change)).history)
    assert [d.code for d in caught.value.diagnostics] == [code]


def test_what_is_stated_for_a_field_that_came_later_is_split_too() -> None:
    add = "- {add: Item.name, type: str, old_sends: Jane Doe}"
    with shop("age: int", f"{add}\n{SPLIT}", "- rename Item.first to given") as item:
        item.post("v1", {"age": 3})
        assert item.get("v2") == {"age": 3, "first": "Jane", "last": "Doe"}
        item.patch("v3", {"last": "Roe"})
        item.put("v1", {"age": 4})
        assert item.get("v3") == {"age": 4, "given": "Jane", "last": "Roe"}


def test_a_field_that_clients_cannot_send_is_split_with_its_default() -> None:
    with shop("age: int\nname: {type: str, read_only: true, default: Jane Doe}", SPLIT) as item:
        assert item.post("v1", {"age": 3}) == {"age": 3, "name": "Jane Doe"}
        assert item.get("v2") == {"age": 3, "first": "Jane", "last": "Doe"}


def test_a_name_that_comes_and_goes_in_one_version_is_told() -> None:
    again = "- {split: Item.first, into: {one: str, two: str}, with: words}"
    back = "- {split: Item.one, into: {first: str, three: str}, with: words}"
    found = findings(load(spec("name: str", f"{SPLIT}\n{again}\n{back}")).history)
    assert [d.code for _, d in found] == ["SC325"]


@pytest.mark.parametrize("kind", ["int", "date"])
def test_a_part_that_a_later_codec_cannot_read_is_the_mistake_of_who_sent_the_whole(kind: str) -> None:
    split = "- {split: Item.title, into: {note: str, price: str}, with: words}"
    read = f"- {{change: Item.price, to: {kind}, old_sees: none}}"
    with shop("title: str\nn?: int", split, read) as item:
        good = {"int": "7", "date": "2026-01-15"}[kind]
        assert item.post("v1", {"title": f"a {good}"}) == {"title": f"a {good}"}
        for write in (lambda: item.post("v1", {"title": "abc"}), lambda: item.patch("v1", {"title": "a b"})):
            with pytest.raises(Invalid) as refused:
                write()
            assert [e["loc"] for e in refused.value.errors] == [["body", "title"]]
        assert item.patch("v1", {"n": 1}) == {"title": f"a {good}", "n": 1}
