"""Enums that become texts, bools or other enums, and what becomes an enum."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from scaffold.contract.message import View
from scaffold.convert.policies import findings
from scaffold.diagnostics import ScaffoldError
from scaffold.generate.runtime.problems import Invalid
from scaffold.spec import load

from .shops import shop, spec

TYPES = "Status: {enum: [draft, published]}\nOther: {enum: [published, hidden]}"


def test_an_enum_becomes_text_and_old_clients_see_a_value_they_know() -> None:
    with shop("x: Status", "- {change: Item.x, to: str, old_sees: published}", types=TYPES) as item:
        assert item.post("v1", {"x": "draft"}) == {"x": "draft"}
        assert item.get("v2") == {"x": "draft"}
        item.put("v2", {"x": "anything"})
        assert item.get("v1") == {"x": "published"}
        assert item.put_back("v1") == {"x": "published"}
        assert item.get("v2") == {"x": "anything"}


def test_a_text_becomes_an_enum_and_other_texts_are_refused_at_their_field() -> None:
    with shop("x: str", "- {change: Item.x, to: Status}", types=TYPES) as item:
        assert item.post("v1", {"x": "draft"}) == {"x": "draft"}
        with pytest.raises(ValidationError) as caught:
            item.post("v1", {"x": "anything"})
        assert caught.value.errors()[0]["loc"] == ("x",)
        assert "'draft', 'published'" in caught.value.errors()[0]["msg"]


def test_other_texts_are_taken_as_a_value_and_come_back_word_for_word() -> None:
    with shop("x: str", "- {change: Item.x, to: Status, unreadable: draft}", types=TYPES) as item:
        assert item.post("v1", {"x": "anything"}) == {"x": "anything"}
        assert item.get("v2") == {"x": "draft"}
        item.put("v2", {"x": "published"})
        assert item.get("v1") == {"x": "published"}


def test_values_that_are_renamed_before_and_after_are_found() -> None:
    changes = (
        "- {rename: Status.draft, to: sketch}",
        "- {change: Item.x, to: str, old_sees: published}\n- {change: Item.y, to: Status, unreadable: sketch}",
        "- {rename: Status.sketch, to: idea}",
    )
    with shop("x: Status\ny: str", *changes, types=TYPES) as item:
        assert item.post("v1", {"x": "draft", "y": "sketch"}) == {"x": "draft", "y": "sketch"}
        assert item.get("v2") == {"x": "sketch", "y": "sketch"}
        assert item.get("v3") == {"x": "sketch", "y": "sketch"}
        assert item.get("v4") == {"x": "sketch", "y": "idea"}
        assert item.post("v1", {"x": "draft", "y": "?"}) == {"x": "draft", "y": "?"}
        assert item.get("v4")["y"] == "idea"


@pytest.mark.parametrize(
    "later",
    ["- {add: Status.archived, old_sees: published}", "- {split: Status.published, into: [published, archived]}"],
)
@pytest.mark.parametrize("text", ["to: Status", "to: Status, unreadable: draft"])
def test_a_value_that_comes_later_is_shown_as_the_one_that_stands_for_it(text: str, later: str) -> None:
    later = later.replace("archived]", "archived], pick: published")
    with shop("x: str", f"- {{change: Item.x, {text}}}", later, types=TYPES) as item:
        item.post("v3", {"x": "archived"})
        assert item.get("v2") == {"x": "published"}
        assert item.get("v1") == {"x": "published"}
        assert item.put_back("v1") == {"x": "published"}
        assert item.get("v3") == {"x": "archived"}
        item.put("v1", {"x": "draft"})
        assert item.get("v3") == {"x": "draft"}


def test_a_value_that_went_later_is_refused_or_taken_as_its_heir() -> None:
    text = "- {change: Item.x, to: Status, unreadable: draft}"
    with shop("x: str", text, "- {remove: Status.draft, old_sends: published}", types=TYPES) as item:
        for sent in ("draft", "?"):
            assert item.post("v1", {"x": sent}) == {"x": sent}
            assert item.get("v3") == {"x": "published"}
    waiver = "waiver: {name: Ada, reason: Nobody sends it.}"
    gone = f"- {{remove: Status.draft, policy: refuse, existing: published, {waiver}}}"
    with shop("x: str", "- {change: Item.x, to: Status}", gone, types=TYPES) as item:
        with pytest.raises(ValidationError) as caught:
            item.post("v1", {"x": "draft"})
        assert caught.value.errors()[0]["loc"] == ("x",)
    with shop("x: str", text, gone, types=TYPES) as item:
        assert item.post("v1", {"x": "?"}) == {"x": "?"}
        assert item.get("v3") == {"x": "published"}


def test_a_bool_becomes_an_enum_and_an_enum_a_bool() -> None:
    change = "- {change: Item.x, to: {enum: [on, off, away]}, values: {true: on, false: off}, old_sees: false}"
    with shop("x: bool", change) as item:
        assert item.post("v1", {"x": True}) == {"x": True}
        assert item.get("v2") == {"x": "on"}
        item.put("v2", {"x": "away"})
        assert item.put_back("v1") == {"x": False}
        assert item.get("v2") == {"x": "away"}
    change = "- {change: Item.x, to: bool, values: {draft: false, published: true}}"
    with shop("x: Status", change, types=TYPES) as item:
        assert item.post("v1", {"x": "draft"}) == {"x": "draft"}
        assert item.get("v2") == {"x": False}
        item.put("v2", {"x": True})
        assert item.get("v1") == {"x": "published"}


def test_an_enum_becomes_another_value_by_value_in_lists_too() -> None:
    change = '- {change: Item.x, to: "list[Other]", values: {draft: hidden}}'
    with shop('x: "list[Status]"', change, types=TYPES) as item:
        assert item.post("v1", {"x": ["draft", "published"]}) == {"x": ["draft", "published"]}
        assert item.get("v2") == {"x": ["hidden", "published"]}
        item.put("v2", {"x": ["published"]})
        assert item.get("v1") == {"x": ["published"]}


def test_what_has_no_value_of_the_other_enum_is_shown_as_the_spec_says() -> None:
    change = "- {change: Item.x, to: Other, values: {draft: published}, old_sees: draft}"
    with shop("x: Status", change, types=TYPES) as item:
        assert item.post("v1", {"x": "published"}) == {"x": "published"}
        assert item.get("v2") == {"x": "published"}
        item.put("v2", {"x": "hidden"})
        assert item.get("v1") == {"x": "draft"}


def test_the_default_of_an_old_version_crosses_too() -> None:
    change = "- {change: Item.x, to: str, default: other, old_sees: published}"
    with shop("x: {type: Status, default: draft}", change, types=TYPES) as item:
        assert item.post("v1", {}) == {"x": "draft"}
        assert item.get("v2") == {"x": "draft"}


@pytest.mark.parametrize(
    ("fields", "change", "notes"),
    [
        ("x: bool", "to: Status", ("values: {true: VALUE, false: VALUE}",)),
        ("x: Status", "to: Other", ("values: {draft: VALUE}", "unreadable: refuse    older clients are told so")),
        ("x: Status", "to: str", ("old_sees: VALUE     what they are shown then",)),
    ],
)
def test_what_has_to_be_said_is_told(fields: str, change: str, notes: tuple[str, ...]) -> None:
    found = [d for _, d in findings(load(spec(fields, f"- {{change: Item.x, {change}}}", types=TYPES)).history)]
    assert [(d.code, d.notes) for d in found] == [("SC320", notes)]


@pytest.mark.parametrize(
    ("fields", "change", "code"),
    [
        ("x: int", "to: str, values: {a: b}", "SC323"),
        ("x: Status", "to: Other, values: {none: hidden}", "SC213"),
        ("x: Status", "to: Other, values: {draft: none}", "SC213"),
    ],
)
def test_tables_that_do_not_fit_are_errors(fields: str, change: str, code: str) -> None:
    with pytest.raises(ScaffoldError) as caught:
        load(spec(fields, f"- {{change: Item.x, {change}}}", types=TYPES))
    assert [d.code for d in caught.value.diagnostics] == [code]


OPEN = "- {change: Item.x, to: Status, unreadable: draft}\n- {change: Status, open: true}"
CLOSED = "- {change: Status, open: false, old_sends: published}"


def test_a_text_that_became_an_enum_shows_what_the_enum_has_since_it_was_opened() -> None:
    with shop("x: str", OPEN, CLOSED, "- {rename: Status.published, to: out}", types=TYPES) as item:
        assert item.post("v2", {"x": "elsewhere"}) == {"x": "elsewhere"}
        assert [item.get(v)["x"] for v in ("v1", "v3", "v4")] == ["elsewhere", "published", "out"]
        assert item.put_back("v1") == {"x": "elsewhere"}
        assert item.get("v2") == {"x": "elsewhere"}


def test_older_clients_are_shown_what_the_opening_of_an_enum_says_to_those_who_know_it_closed() -> None:
    later = "- {change: Status, open: true, old_sees: published}"
    with shop("x: str", "- {change: Item.x, to: Status, unreadable: draft}", later, types=TYPES) as item:
        assert item.post("v3", {"x": "elsewhere"}) == {"x": "elsewhere"}
        assert [item.get(v)["x"] for v in ("v1", "v2")] == ["published", "published"]


def test_what_an_open_enum_had_crosses_to_what_it_became_as_its_closing_says() -> None:
    types = "Status: {enum: [draft, published], open: true}\nOther: {enum: [published, hidden]}"
    for change, shown in (
        ("- {change: Item.x, to: str, old_sees: draft}", "published"),
        ("- {change: Item.x, to: Other, values: {draft: hidden}}", "published"),
        ("- {change: Item.x, to: bool, values: {draft: false, published: true}}", True),
    ):
        with shop("x: Status", CLOSED, change, types=types) as item:
            assert item.post("v1", {"x": "elsewhere"}) == {"x": "elsewhere"}
            assert [item.get(v)["x"] for v in ("v2", "v3")] == ["published", shown]
            assert item.put_back("v1") == {"x": "elsewhere"}


def test_what_an_open_enum_has_is_shown_to_who_knows_a_closed_one_as_the_spec_says() -> None:
    types = "Status: {enum: [draft, published]}\nMood: {enum: [draft, published], open: true}"
    found = [d for _, d in findings(load(spec("x: Status", "- {change: Item.x, to: Mood}", types=types)).history)]
    assert [(d.code, d.notes) for d in found] == [("SC320", ("old_sees: VALUE     what they are shown then",))]
    with shop("x: Status", "- {change: Item.x, to: Mood, old_sees: draft}", types=types) as item:
        assert item.post("v2", {"x": "elsewhere"}) == {"x": "elsewhere"}
        assert item.get("v1") == {"x": "draft"}


def test_what_an_open_enum_has_is_refused_or_taken_as_a_value_where_it_became_a_closed_one() -> None:
    types = "Mood: {enum: [draft, published], open: true}\nStatus: {enum: [draft, published]}"
    with shop("x: Mood", "- {change: Item.x, to: Status, unreadable: draft}", types=types) as item:
        assert item.post("v1", {"x": "elsewhere"}) == {"x": "elsewhere"}
        assert item.get("v2") == {"x": "draft"}
    with shop("x: Mood", "- {change: Item.x, to: Status}", types=types) as item, pytest.raises(ValidationError):
        item.post("v1", {"x": "elsewhere"})


def test_a_value_that_the_other_enum_has_not_is_refused_at_its_field() -> None:
    change = "- {change: Item.x, to: Other, unreadable: refuse, old_sees: published}"
    with shop("x: Status", change, types=TYPES) as item:
        assert item.post("v1", {"x": "published"}) == {"x": "published"}
        with pytest.raises(ValidationError) as caught:
            item.post("v1", {"x": "draft"})
        assert caught.value.errors()[0]["loc"] == ("x",)


def test_a_text_that_an_open_enum_is_shown_for_another_value_comes_back() -> None:
    types = "Mood: {enum: [a, b], open: true}\nState: {enum: [one, two, three]}"
    change = "- {change: Item.x, to: State, values: {a: one, b: two}, unreadable: refuse}"
    with shop("x: Mood\n'name?': str", change, types=types) as item:
        item.post("v2", {"x": "three"})
        assert item.put_back("v1", name="n") == {"x": "three", "name": "n"}
        assert item.get("v2") == {"x": "three", "name": "n"}
        with pytest.raises((ValidationError, Invalid)):
            item.post("v1", {"x": "three"})


def test_a_list_that_stands_for_what_no_table_has_is_in_the_words_of_today() -> None:
    types = "Mood: {enum: [a, b]}\nState: {enum: [one, two]}"
    table = "- {change: Item.x, to: 'list[State]', values: {a: one}, unreadable: [two], old_sees: [a]}"
    with shop("x: list[Mood]", table, "- {rename: State.two, to: second}", types=types) as item:
        assert item.post("v1", {"x": ["a", "b"]}) == {"x": ["a", "b"]}
        assert (item.get("v2"), item.get("v3")) == ({"x": ["two"]}, {"x": ["second"]})
    csv = "- {change: Item.x, to: 'list[str]', codec: csv<->list, unreadable: refuse}"
    read = "- {change: Item.x, to: 'list[State]', unreadable: [two]}"
    with shop("x: str", csv, read, "- {rename: State.two, to: second}", types=types) as item:
        assert item.post("v1", {"x": "one,else"}) == {"x": "one,else"}
        assert (item.get("v3"), item.get("v4")) == ({"x": ["two"]}, {"x": ["second"]})


@pytest.mark.parametrize(("status", "seen"), [("[on, off]", "off"), ("[on], open: true", "elsewhere")])
def test_what_stands_for_a_value_without_a_counterpart_comes_back_though_no_row_reads_it(
    status: str, seen: str
) -> None:
    change = f"- {{change: Item.state, to: bool, values: {{on: true}}, old_sees: {seen}, unreadable: refuse}}"
    with shop("state: Status\n'age?': int", change, types=f"Status: {{enum: {status}}}") as item:
        assert item.post("v2", {"state": False}) == {"state": False}
        assert item.put_back("v1", age=3) == {"state": seen, "age": 3}
        assert item.made.read("v1", "Item", View.OUTPUT, {"id": 1, "state": seen})
        assert item.get("v2") == {"state": False, "age": 3}
        with pytest.raises(ValidationError, match="must be one of 'on'"):
            item.post("v1", {"state": seen})
