"""Objects that keep or refuse what they do not know, and enums that have other values too."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from .calls import calls
from .shops import shop

LOOSE = "Loose: {fields: {a: str}, unknown: keep, rest: decimal}"
BOX = "Box: {fields: {a: str}, unknown: keep}"
FREE = "Free: {fields: {a: str}, unknown: keep}"


def test_unknown_fields_reach_the_record_and_are_shown_back() -> None:
    with calls(FREE, "Free") as call:
        given = call.given("v1", {"a": "x", "b": [1, {"c": None}], "": 0})
        assert given == call.record("Free", a="x", unknown_fields={"b": [1, {"c": None}], "": 0})
        assert call.shown("v1", given) == {"a": "x", "b": [1, {"c": None}], "": 0}
        assert call.given("v1", {"a": "x"}) == call.record("Free", a="x")


def test_unknown_fields_are_read_as_what_they_are_said_to_hold() -> None:
    with calls(LOOSE, "list[Loose]") as call:
        sent = [{"a": "x", "b": "1.50"}]
        assert call.echo("v1", sent) == sent
        with pytest.raises(ValidationError) as caught:
            call.given("v1", [{"a": "x", "b": 1}])
        assert [e["loc"] for e in caught.value.errors()] == [(0, "b")]


def test_unknown_fields_may_hold_objects_that_change() -> None:
    types = "Part: {fields: {size: int}}\nBag: {fields: {a: str}, unknown: keep, rest: Part | str}"
    with calls(types, "Bag", "- {rename: Part.size, to: extent}") as call:
        assert call.echo("v1", {"a": "x", "b": {"size": 1}, "c": "y"}, "v2") == {"a": "x", "b": {"extent": 1}, "c": "y"}


def test_a_field_that_is_known_later_is_not_shown_what_was_unknown() -> None:
    with calls(FREE, "Free", "- {add: 'Free.b?', type: int}") as call:
        given = call.given("v1", {"a": "x", "b": "old"})
        assert call.shown("v1", given) == {"a": "x", "b": "old"}
        assert call.shown("v2", given) == {"a": "x"}
        assert call.echo("v2", {"a": "x", "b": 1}, "v1") == {"a": "x"}


def test_versions_that_do_not_keep_unknown_fields_do_not_show_them() -> None:
    with calls(FREE, "Free", "- {change: Free, unknown: refuse, policy: keep}") as call:
        assert call.echo("v1", {"a": "x", "b": 1}, "v2") == {"a": "x"}
        with pytest.raises(ValidationError):
            call.given("v2", {"a": "x", "b": 1})


@pytest.mark.parametrize("name", ["a", "not-a-name"])
def test_what_refuses_unknown_fields_refuses_them_whatever_its_own_are_called(name: str) -> None:
    with calls(f"Shut: {{fields: {{{name}: str}}, unknown: refuse}}", "Shut") as call:
        assert call.echo("v1", {name: "x"}) == {name: "x"}
        with pytest.raises(ValidationError):
            call.given("v1", {name: "x", "b": 1})


@pytest.mark.parametrize("unknown", ["keep", "keep, rest: int"])
def test_a_field_called_like_the_attribute_for_the_rest_is_another_one(unknown: str) -> None:
    with calls(f"Odd: {{fields: {{unknown_fields: str, x-y: int}}, unknown: {unknown}}}", "Odd") as call:
        sent = {"unknown_fields": "x", "x-y": 1, "b": 1}
        assert call.echo("v1", sent) == sent


def test_a_stored_resource_keeps_unknown_fields_through_its_versions() -> None:
    types = "Note: {fields: {text: str}, unknown: keep}"
    with shop("title: str\nnote: Note", "- {rename: Item.title, to: name}", types=types) as item:
        item.post("v1", {"title": "a", "note": {"text": "t", "more": 1}})
        assert item.get("v2") == {"name": "a", "note": {"text": "t", "more": 1}}
        item.patch("v2", {"note": {"more": None, "else": 2}})
        assert item.get("v1") == {"title": "a", "note": {"text": "t", "else": 2}}
        item.put("v1", {"title": "a", "note": {"text": "u"}})
        assert item.get("v2") == {"name": "a", "note": {"text": "u"}}


OPEN = "Status: {enum: [draft, published], open: true}\nPost: {fields: {status: Status}}"


def test_an_open_enum_takes_other_texts_and_a_closed_one_none() -> None:
    with calls(OPEN, "Post") as call:
        assert call.echo("v1", {"status": "anything"}) == {"status": "anything"}
        with pytest.raises(ValidationError):
            call.given("v1", {"status": 1})
    with calls(OPEN.replace(", open: true", ""), "Post") as call, pytest.raises(ValidationError):
        call.given("v1", {"status": "anything"})


def test_values_of_an_open_enum_come_and_go_without_a_policy() -> None:
    changes = ("- {add: Status.archived}", "- {remove: Status.draft}", "- {rename: Status.published, to: out}")
    with calls(OPEN, "Post", *changes) as call:
        assert call.echo("v2", {"status": "archived"}, "v1") == {"status": "archived"}
        assert call.echo("v1", {"status": "draft"}, "v3") == {"status": "draft"}
        assert call.echo("v1", {"status": "published"}, "v4") == {"status": "out"}
        assert call.echo("v4", {"status": "out"}, "v1") == {"status": "published"}
        for status in ("out", "published", "draft", "archived", "x"):
            for version in ("v1", "v2", "v3", "v4"):
                assert call.echo(version, {"status": status}) == {"status": status}


def test_an_enum_that_is_closed_later_still_shows_older_clients_what_they_wrote() -> None:
    with calls(OPEN, "Post", "- {change: Status, open: false, policy: keep}") as call:
        assert call.echo("v1", {"status": "anything"}) == {"status": "anything"}
        with pytest.raises(ValidationError):
            call.given("v2", {"status": "anything"})


def test_an_answer_that_is_an_enum_itself_is_in_the_words_of_its_reader() -> None:
    with calls(OPEN, "list[Status]", "- {rename: Status.draft, to: sketch}") as call:
        assert call.echo("v1", ["draft", "x"], "v2") == ["sketch", "x"]


@pytest.mark.parametrize(("field", "held"), [("box: Box", "{}"), ("box: list[Box]", "[{}]")])
def test_what_was_unknown_stays_where_a_version_has_a_field_of_that_name(field: str, held: str) -> None:
    changes = ("- {add: 'Box.b?', type: int}", "- {remove: Box.b}\n- {rename: Box.a, to: c}")

    def box(**fields: object) -> dict[str, object]:
        return {"box": [fields] if held == "[{}]" else fields}

    with shop(f"{field}\n'name?': str", *changes, types=BOX) as item:
        item.post("v1", box(a="x", b="old", c=4))
        assert item.put_back("v2", name="n") == {**box(a="x", c=4), "name": "n"}
        assert item.put_back("v3") == {**box(c="x", b="old"), "name": "n"}
        assert item.get("v1") == {**box(a="x", b="old", c=4), "name": "n"}
        assert item.put("v1", box(a="x", c=5)) == box(a="x", c=5)


def test_parts_of_what_is_unknown_are_read_in_the_words_of_their_sender() -> None:
    types = """
    State: {enum: [a, b]}
    Part: {fields: {n: int}}
    Bag: {fields: {name: str}, unknown: keep, rest: State}
    Box: {fields: {name: str}, unknown: keep, rest: Part}
    """
    later = "- {rename: State.a, to: first}\n- {rename: Part.n, to: m}"
    again = "- {add: State.c, old_sees: b}\n- {change: Part.m, to: 'list[int]', pick: first, old_sees: 0}"
    with shop("bag: Bag\nbox: Box", later, again, types=types) as item:
        item.post("v3", {"bag": {"name": "x", "p": "c"}, "box": {"name": "y", "q": {"m": [1, 2]}}})
        item.patch("v1", {"bag": {"r": "a"}, "box": {"s": {"n": 4}}})
        assert item.get("v3") == {
            "bag": {"name": "x", "p": "c", "r": "first"},
            "box": {"name": "y", "q": {"m": [1, 2]}, "s": {"m": [4]}},
        }
        item.patch("v1", {"bag": {"p": None}, "box": {"q": {"n": 5}}})
        assert item.get("v2") == {
            "bag": {"name": "x", "r": "first"},
            "box": {"name": "y", "q": {"m": 5}, "s": {"m": 4}},
        }
