"""Bounds and marks of a field that change: what older clients write, what newer ones are shown, and what comes back."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from scaffold.generate.runtime.problems import Invalid

from .shops import Shop, shop

WAIVER = "waiver: {name: Ada Lovelace, reason: Nobody does it.}"
TITLE = "title: {type: str, max_length: 10}\nnote?: str"
TIGHTER = "- {change: Item.title, max_length: 4, policy: %s}"
LOOSER = "- {change: Item.title, max_length: 20, policy: %s}"


def refused(item: Shop, method: str, version: str, payload: Any) -> tuple[Any, ...]:
    """Where a payload is refused."""
    with pytest.raises((Invalid, ValidationError)) as caught:
        getattr(item, method)(version, payload)
    errors = caught.value.errors if isinstance(caught.value, Invalid) else caught.value.errors()
    return tuple(tuple(e["loc"]) for e in errors)


def test_kept_values_pass_the_tighter_bound_as_they_are() -> None:
    with shop(TITLE, TIGHTER % "keep") as item:
        item.post("v1", {"title": "long title"})
        assert item.get("v2") == {"title": "long title"}
        assert item.put_back("v2", note="x") == {"title": "long title", "note": "x"}
        assert item.patch("v2", {"title": "long title"}) == {"title": "long title", "note": "x"}
        assert refused(item, "put", "v2", {"title": "other"}) == (("body", "title"),)
        assert refused(item, "patch", "v2", {"title": "other"}) == (("body", "title"),)
        assert refused(item, "post", "v2", {"title": "other"}) == (("title",),)
        assert item.put("v2", {"title": "four"}) == {"title": "four"}
        assert item.get("v1") == {"title": "four"}


@pytest.mark.parametrize(
    ("type_", "bound", "value"),
    [("int", "ge: 0", -3), ("{type: int, ge: -5}", "ge: 0", -3), ("str", "max_length: 0", "x"), ("int", "le: 0", 3)],
)
def test_a_bound_may_be_nothing_at_all(type_: str, bound: str, value: Any) -> None:
    with shop(f"size: {type_}\nnote?: str", f"- {{change: Item.size, {bound}, policy: keep}}") as item:
        item.post("v1", {"size": value})
        assert item.put_back("v2", note="x") == {"size": value, "note": "x"}
        assert refused(item, "put", "v2", {"size": value * 2}) == (("body", "size"),)


def test_what_is_clamped_is_cut_where_it_is_shown_and_not_where_it_is_kept() -> None:
    with shop(TITLE, TIGHTER % "clamp") as item:
        item.post("v1", {"title": "long title"})
        assert item.get("v2") == {"title": "long"}
        assert item.put_back("v2", note="x") == {"title": "long", "note": "x"}
        assert item.get("v1") == {"title": "long title", "note": "x"}
        item.put("v2", {"title": "new"})
        assert item.get("v1") == {"title": "new"}


def test_a_looser_bound_is_clamped_for_older_versions() -> None:
    with shop(TITLE, LOOSER % "clamp") as item:
        item.post("v2", {"title": "a title beyond it"})
        assert item.get("v1") == {"title": "a title be"}
        item.put_back("v1", note="x")
        assert item.get("v2") == {"title": "a title beyond it", "note": "x"}
        assert refused(item, "put", "v1", {"title": "a title beyond it"}) == (("title",),)


def test_a_looser_bound_that_is_kept_is_shown_as_it_is_and_comes_back() -> None:
    with shop(TITLE, LOOSER % "keep") as item:
        item.post("v2", {"title": "a title beyond it"})
        assert item.put_back("v1", note="x") == {"title": "a title beyond it", "note": "x"}
        assert refused(item, "put", "v1", {"title": "another beyond it"}) == (("body", "title"),)


def test_refusing_holds_older_clients_to_the_new_bound_except_for_what_they_are_shown() -> None:
    with shop(
        TITLE, "- {rename: Item.title, to: name}", TIGHTER.replace("title", "name") % f"refuse, {WAIVER}"
    ) as item:
        assert refused(item, "post", "v1", {"title": "long title"}) == (("title",),)
        item.post("v1", {"title": "four"})
        item.record.name = "long title"  # a row that was there
        assert item.put_back("v1", note="x") == {"title": "long title", "note": "x"}
        assert item.put_back("v3", note="y") == {"name": "long title", "note": "y"}
        assert refused(item, "put", "v1", {"title": "other"}) == (("body", "title"),)
        assert refused(item, "patch", "v2", {"name": "other"}) == (("body", "name"),)


@pytest.mark.parametrize(
    ("field", "change", "sent", "shown"),
    [
        ("int, ge: 0", "ge: 10", 3, 10),
        ("int, le: 100", "lt: 10", 30, 9),
        ("float, ge: 0.0", "ge: 1.5", 0.5, 1.5),
        ("decimal, le: 10", "le: 5", "7.50", "5"),
        ("'list[int]', max_items: 3", "max_items: 2", [1, 2, 3], [1, 2]),
    ],
)
def test_what_is_clamped_is_the_nearest_value_within(field: str, change: str, sent: Any, shown: Any) -> None:
    with shop(f"n: {{type: {field}}}", f"- {{change: Item.n, {change}, policy: clamp}}") as item:
        assert item.post("v1", {"n": sent}) == {"n": sent}
        assert item.get("v2") == {"n": shown}
        item.put_back("v2")
        assert item.get("v1") == {"n": sent}


def test_in_lists_of_objects_each_item_is_held_to_what_it_was() -> None:
    types = "Part: {fields: {id: {type: uuid, key: true}, name: {type: str, max_length: 9}}}"
    one, two = ("6f1c1b5e-8a36-4d0e-9d0a-2f6b3f0c9e11", "6f1c1b5e-8a36-4d0e-9d0a-2f6b3f0c9e12")
    tighter = "- {change: Part.name, max_length: 3, policy: keep}"
    with shop('parts: "list[Part]"\nby: "map[str, Part]"\nmain: Part', tighter, types=types) as item:
        long = {"id": one, "name": "too long"}
        short = {"id": two, "name": "ok"}
        item.post("v1", {"parts": [long, short], "by": {"k": long}, "main": long})
        item.put("v2", {"parts": [short, long], "by": {"k": long}, "main": long})
        wrong = {"id": two, "name": "also long"}
        good = {"by": {"k": long}, "main": long}
        assert refused(item, "put", "v2", {"parts": [long, wrong], **good}) == (("body", "parts", 1, "name"),)
        bad = {"id": one, "name": "longer"}
        assert refused(item, "put", "v2", {"parts": [], "by": {"k": bad}, "main": long}) == (
            ("body", "by", "k", "name"),
        )
        assert refused(item, "put", "v2", {"parts": [], "by": {}, "main": bad}) == (("body", "main", "name"),)
        assert refused(item, "patch", "v2", {"main": {"name": "longer"}}) == (("body", "main", "name"),)


OPEN = "Status: {enum: [draft, published], open: true}"
SHUT = "Status: {enum: [draft, published]}"


def test_an_enum_that_is_closed_shows_other_values_as_it_says_and_keeps_them() -> None:
    with shop("s: Status\nnote?: str", "- {change: Status, open: false, old_sends: draft}", types=OPEN) as item:
        assert item.post("v1", {"s": "odd"}) == {"s": "odd"}
        assert item.get("v2") == {"s": "draft"}
        item.put_back("v2", note="x")
        assert item.get("v1") == {"s": "odd", "note": "x"}
        item.put("v2", {"s": "published"})
        assert item.get("v1") == {"s": "published"}


def test_an_enum_that_is_closed_and_keeps_takes_others_back_as_they_were_shown() -> None:
    with shop("s: Status\nnote?: str", "- {change: Status, open: false, policy: keep}", types=OPEN) as item:
        item.post("v1", {"s": "odd"})
        assert item.put_back("v2", note="x") == {"s": "odd", "note": "x"}
        assert refused(item, "put", "v2", {"s": "other"}) == (("body", "s"),)
        assert refused(item, "post", "v2", {"s": "odd"}) == (("s",),)


def test_an_enum_that_is_closed_may_refuse_what_older_clients_send() -> None:
    change = f"- {{change: Status, open: false, policy: refuse, {WAIVER}}}"
    with shop("s: Status\nnote?: str", "- {rename: Status.draft, to: sketch}", change, types=OPEN) as item:
        assert refused(item, "post", "v1", {"s": "odd"}) == (("s",),)
        assert refused(item, "post", "v1", {"s": "sketch"}) == (("s",),)
        item.post("v1", {"s": "draft"})
        assert item.get("v3") == {"s": "sketch"}
        item.record.s = "odd"  # a row that was there
        assert item.put_back("v1", note="x") == {"s": "odd", "note": "x"}
        assert refused(item, "put", "v1", {"s": "other"}) == (("body", "s"),)


def test_an_enum_that_is_opened_shows_older_clients_a_value_they_know() -> None:
    changes = ("- {rename: Status.draft, to: sketch}", "- {change: Status, open: true, old_sees: sketch}")
    with shop('s: Status\nmore: "list[Status]"', *changes, types=SHUT) as item:
        item.post("v3", {"s": "odd", "more": ["odd", "published"]})
        assert item.get("v1") == {"s": "draft", "more": ["draft", "published"]}
        item.put_back("v1")
        assert item.get("v3") == {"s": "odd", "more": ["odd", "published"]}
        item.put("v1", {"s": "draft", "more": []})
        assert item.get("v3") == {"s": "odd", "more": []}
        item.put("v1", {"s": "published", "more": []})
        assert item.get("v3") == {"s": "published", "more": []}


def test_what_older_clients_may_not_write_any_more_is_passed_over() -> None:
    fields = "title: str\nrank: {type: int, default: 5}"
    with shop(fields, "- {change: Item.rank, read_only: true, policy: drop}") as item:
        assert item.post("v1", {"title": "a", "rank": 9}) == {"title": "a", "rank": 5}
        item.record.rank = 7
        assert item.put("v1", {"title": "b", "rank": 9}) == {"title": "b", "rank": 7}
        assert item.patch("v1", {"rank": 9}) == {"title": "b", "rank": 7}


def test_or_refused_unless_it_is_what_they_are_shown() -> None:
    fields = "title: str\nrank: {type: int, default: 5}"
    with shop(fields, f"- {{change: Item.rank, read_only: true, policy: refuse, {WAIVER}}}") as item:
        assert refused(item, "post", "v1", {"title": "a", "rank": 9}) == (("body", "rank"),)
        item.post("v1", {"title": "a"})
        item.record.rank = 7
        assert item.put_back("v1", title="b") == {"title": "b", "rank": 7}
        assert refused(item, "put", "v1", {"title": "b", "rank": 9}) == (("body", "rank"),)
        assert refused(item, "patch", "v1", {"rank": 5}) == (("body", "rank"),)
        assert item.put("v1", {"title": "c"}) == {"title": "c", "rank": 7}


def test_what_is_set_only_at_creation_is_taken_from_older_clients_then() -> None:
    with shop("title: str\ncode: str", "- {change: Item.code, create_only: true, policy: drop}") as item:
        assert item.post("v1", {"title": "a", "code": "x"}) == {"title": "a", "code": "x"}
        assert item.put("v1", {"title": "b", "code": "y"}) == {"title": "b", "code": "x"}


def test_kept_marks_leave_older_clients_what_they_had() -> None:
    with shop("title: str\ncode?: str", "- {change: Item.code, write_only: true, policy: keep}") as item:
        assert item.post("v1", {"title": "a", "code": "x"}) == {"title": "a", "code": "x"}
        assert item.get("v2") == {"title": "a"}


NOTE = "Note: {fields: {text: str}, unknown: %s}"
SHUT_NOTE = "- {change: Note, unknown: refuse, policy: %s}"


def test_fields_that_an_object_does_not_know_are_passed_over_or_refused_by_policy() -> None:
    with shop("note: Note", SHUT_NOTE % "strip", types=NOTE % "keep") as item:
        assert item.post("v1", {"note": {"text": "a", "b": 1}}) == {"note": {"text": "a"}}
    with shop("note: Note", SHUT_NOTE % "keep", types=NOTE % "keep") as item:
        assert item.post("v1", {"note": {"text": "a", "b": 1}}) == {"note": {"text": "a", "b": 1}}
        assert item.put_back("v2") == {"note": {"text": "a"}}
        assert item.get("v1") == {"note": {"text": "a", "b": 1}}
    with shop("note: Note", SHUT_NOTE % f"refuse, {WAIVER}", types=NOTE % "keep") as item:
        assert refused(item, "post", "v1", {"note": {"text": "a", "b": 1}}) == (("body", "note", "b"),)
        item.post("v1", {"note": {"text": "a"}})
        item.record.note.unknown_fields = {"b": 1}  # a row that was there
        assert item.put_back("v1") == {"note": {"text": "a", "b": 1}}
        assert refused(item, "put", "v1", {"note": {"text": "a", "b": 2}}) == (("body", "note", "b"),)
    with shop("note: Note", SHUT_NOTE % f"refuse, {WAIVER}", types=NOTE % "ignore") as item:
        assert refused(item, "post", "v1", {"note": {"text": "a", "b": 1}}) == (("note", "b"),)
    with shop("note: Note", SHUT_NOTE % "strip", types=NOTE % "ignore") as item:
        assert item.post("v1", {"note": {"text": "a", "b": 1}}) == {"note": {"text": "a"}}


def test_two_items_of_a_list_may_not_have_one_key() -> None:
    types = "Part: {fields: {id: {type: int, key: true}, name: str}}"
    with shop('parts: "list[Part]"', "- {rename: Part.id, to: number}", types=types) as item:
        one, other = {"id": 1, "name": "a"}, {"id": 1, "name": "b"}
        assert refused(item, "post", "v1", {"parts": [one, other]}) == (("parts",),)
        item.post("v1", {"parts": [one]})
        twice = [{"number": 2, "name": "a"}, {"number": 2, "name": "b"}]
        assert refused(item, "put", "v2", {"parts": twice}) == (("parts",),)
        assert refused(item, "patch", "v2", {"parts": twice}) == (("parts",),)
        assert item.put("v2", {"parts": [{"number": 2, "name": "a"}, {"number": 1, "name": "b"}]}) is not None


def test_lists_of_types_that_hold_each_other_are_bounded_too() -> None:
    types = "Part: {fields: {wholes?: 'list[Whole]'}}\nWhole: {fields: {part?: Part}}".replace("?", "'?'")
    types = types.replace("wholes'?'", "'wholes?'").replace("part'?'", "'part?'")
    with shop("whole: Whole", "- {change: Part.wholes, max_items: 1, policy: keep}", types=types) as item:
        two = {"whole": {"part": {"wholes": [{}, {}]}}}
        assert item.post("v1", two) == two
        assert item.put_back("v2") == two
        with pytest.raises(Invalid):
            item.put("v2", {"whole": {"part": {"wholes": [{}, {}, {}]}}})
