"""What older versions are shown and taken to have sent: enums, codecs, policies, shadows."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from scaffold.convert.policies import findings
from scaffold.diagnostics import ScaffoldError
from scaffold.spec import load

from .shops import shop, spec

STATUS = "Status: {enum: [draft, published]}"


def test_what_an_old_client_was_shown_for_a_newer_value_does_not_overwrite_it() -> None:
    with shop("title: str\nstatus: Status", "- {add: Status.archived, old_sees: published}", types=STATUS) as item:
        item.post("v2", {"title": "a", "status": "archived"})
        assert item.get("v1") == {"title": "a", "status": "published"}
        item.put_back("v1", title="b")
        assert item.get("v2") == {"title": "b", "status": "archived"}
        item.patch("v1", {"status": "published"})
        assert item.get("v2")["status"] == "archived"
        item.patch("v1", {"status": "draft"})
        assert item.get("v2")["status"] == "draft"


@pytest.mark.parametrize(
    ("as_seen", "kept"), [("", "2026-01-15T10:30:00Z"), (", as_seen: write", "2026-01-15T00:00:00Z")]
)
def test_what_comes_back_as_it_was_shown_is_written_only_if_that_is_stated(as_seen: str, kept: str) -> None:
    with shop("at: date", f"- {{change: Item.at, to: datetime{as_seen}}}") as item:
        item.post("v2", {"at": "2026-01-15T10:30:00Z"})
        assert item.put_back("v1") == {"at": "2026-01-15"}
        assert item.get("v2") == {"at": kept}


def test_a_value_that_was_merged_into_another_comes_back_to_who_wrote_it() -> None:
    with shop("title?: str\nstatus: Status", "- {remove: Status.draft, old_sends: published}", types=STATUS) as item:
        assert item.post("v1", {"status": "draft"}) == {"status": "draft"}
        assert item.get("v2") == {"status": "published"}
        item.patch("v2", {"title": "x"})
        assert item.get("v1") == {"title": "x", "status": "draft"}


def test_a_value_that_comes_back_under_its_name_is_another_value() -> None:
    with shop(
        "status: Status",
        "- {remove: Status.draft, old_sends: published}",
        "- {add: Status.draft, old_sees: published}",
        types=STATUS,
    ) as item:
        item.post("v3", {"status": "draft"})
        assert item.get("v1") == {"status": "published"}
        item.post("v1", {"status": "draft"})
        assert item.get("v3") == {"status": "published"}
        assert item.get("v1") == {"status": "draft"}


def test_the_default_of_an_old_version_follows_a_renamed_value() -> None:
    with shop("status: {type: Status, default: draft}", "- {rename: Status.draft, to: sketch}", types=STATUS) as item:
        assert item.post("v1", {}) == {"status": "draft"}
        assert item.get("v2") == {"status": "sketch"}
        assert item.post("v2", {}) == {"status": "sketch"}


def test_what_old_clients_are_taken_to_send_follows_a_renamed_value() -> None:
    with shop(
        "title?: str",
        "- {add: Item.status, type: Status, old_sends: draft}",
        "- {rename: Status.draft, to: sketch}",
        types=STATUS,
    ) as item:
        item.post("v1", {})
        assert item.get("v2") == {"status": "draft"}
        assert item.get("v3") == {"status": "sketch"}


def test_what_old_clients_are_shown_is_in_their_own_words() -> None:
    with shop(
        "title?: str\nstatus: Status",
        "- {rename: Status.draft, to: sketch}",
        "- {remove: Item.status, old_sees: sketch}",
        types=STATUS,
    ) as item:
        item.post("v3", {})
        assert item.get("v2") == {"status": "sketch"}
        assert item.get("v1") == {"status": "draft"}


def test_what_old_clients_are_shown_goes_back_through_a_change_of_type() -> None:
    with shop("price: str", "- {change: Item.price, to: decimal}", "- {remove: Item.price, old_sees: '0.00'}") as item:
        item.post("v3", {})
        assert item.get("v2") == {"price": "0.00"}
        assert item.get("v1") == {"price": "0.00"}


@pytest.mark.parametrize("text", ["1.50", " 1.50", "1.5e1", "007.10", "+3", "1_000"])
def test_a_text_that_became_a_number_comes_back_word_for_word(text: str) -> None:
    with shop("price: str\nnote?: str", "- {change: Item.price, to: decimal}") as item:
        assert item.post("v1", {"price": text}) == {"price": text}
        item.patch("v2", {"note": "x"})
        assert item.get("v1") == {"price": text, "note": "x"}
        assert item.put_back("v1") == {"price": text, "note": "x"}
        item.patch("v2", {"price": "2.00"})
        assert item.get("v1") == {"price": "2.00", "note": "x"}


def test_a_text_that_is_no_number_is_the_callers_error() -> None:
    with shop("price: str", "- {change: Item.price, to: decimal}") as item:
        for text in ("abc", "", "NaN", "Infinity", "1e999999999"):
            with pytest.raises(ValidationError):
                item.post("v1", {"price": text})


def test_items_of_a_list_cross_one_by_one_and_one_that_cannot_is_the_callers_error() -> None:
    with shop("prices: 'list[str]'", "- {change: Item.prices, to: 'list[decimal]'}") as item:
        assert item.post("v1", {"prices": ["1.5", " 2"]}) == {"prices": ["1.5", " 2"]}
        assert item.get("v2") == {"prices": ["1.5", "2"]}
        with pytest.raises(ValidationError):
            item.post("v1", {"prices": ["1", "x"]})


def test_a_value_that_an_old_type_cannot_say_is_shown_as_stated() -> None:
    with shop("code: int", "- {change: Item.code, to: str, old_sees: 0}") as item:
        item.post("v2", {"code": "A7"})
        assert item.get("v1") == {"code": 0}
        item.put_back("v1")
        assert item.get("v2") == {"code": "A7"}
        item.put("v1", {"code": 5})
        assert item.get("v2") == {"code": "5"}


def test_a_text_that_is_no_address_is_shown_as_stated() -> None:
    with shop("mail: email", "- {change: Item.mail, to: str, old_sees: a@b.co}") as item:
        item.post("v2", {"mail": "nobody"})
        assert item.get("v1") == {"mail": "a@b.co"}


def test_a_type_that_comes_back_is_not_crossed_at_all() -> None:
    with shop(
        "code: str",
        "- {change: Item.code, to: int}",
        "- {change: Item.code, to: str, old_sees: 0}",
    ) as item:
        assert item.post("v1", {"code": "not a number"}) == {"code": "not a number"}
        assert item.get("v2") == {"code": 0}
        assert item.get("v3") == {"code": "not a number"}


def test_a_chain_of_types_is_crossed_step_by_step_and_back() -> None:
    with shop("price: str", "- {change: Item.price, to: int}", "- {change: Item.price, to: decimal}") as item:
        assert item.post("v1", {"price": "007"}) == {"price": "007"}
        assert item.get("v2") == {"price": 7}
        assert item.get("v3") == {"price": "7"}
        item.put("v3", {"price": "8.4"})
        assert (item.get("v2"), item.get("v1")) == ({"price": 8}, {"price": "8"})
        item.put_back("v2")
        assert item.get("v3") == {"price": "8.4"}


def test_the_scale_of_a_decimal_is_kept() -> None:
    with shop("price: decimal", "- {change: Item.price, to: float}") as item:
        assert item.post("v1", {"price": "1.50"}) == {"price": "1.50"}
        assert item.get("v2") == {"price": 1.5}
        assert item.put("v1", {"price": "1.500"}) == {"price": "1.500"}


def test_null_that_a_later_version_refuses_comes_back_until_it_is_changed() -> None:
    with shop("bio: {type: str, nullable: true}", "- {change: Item.bio, nullable: false, old_sends: ''}") as item:
        assert item.post("v1", {"bio": None}) == {"bio": None}
        assert item.get("v2") == {"bio": ""}
        item.put_back("v1")
        assert item.get("v1") == {"bio": None}
        item.put("v2", {"bio": "x"})
        assert item.get("v1") == {"bio": "x"}


def test_a_removed_field_is_kept_and_records_born_later_show_what_is_stated() -> None:
    with shop("a: str\nb: str", "- {remove: Item.b, old_sees: none}") as item:
        item.post("v1", {"a": "1", "b": "2"})
        item.put("v2", {"a": "3"})
        assert item.get("v1") == {"a": "3", "b": "2"}
        item.post("v2", {"a": "1"})
        assert item.get("v1") == {"a": "1", "b": "none"}
        item.put_back("v1", a="9")
        assert item.record.b is not None
        assert not item.record.b
        item.patch("v1", {"b": "x"})
        assert item.get("v1") == {"a": "9", "b": "x"}


def test_a_field_that_became_required_is_filled_and_its_absence_comes_back() -> None:
    with shop("country?: str", "- {change: Item.country, required: true, old_sends: GB}") as item:
        assert item.post("v1", {}) == {}
        assert item.get("v2") == {"country": "GB"}
        assert item.put("v1", {}) == {}
        item.put("v2", {"country": "FR"})
        assert item.get("v1") == {"country": "FR"}
        assert item.patch("v1", {"country": None}) == {}
        assert item.get("v2") == {"country": "GB"}


def test_durations_and_objects_can_be_stated() -> None:
    with shop(
        "title?: str",
        """
        - {add: Item.length, type: duration, old_sends: PT1H30M}
        - {add: Item.size, type: Size, old_sends: {width: "1.50", unit: {name: cm}}}
        """,
        types="Unit: {fields: {name: str}}\nSize: {fields: {width: decimal, unit: Unit}}",
    ) as item:
        item.post("v1", {})
        assert item.get("v2") == {"length": "PT1H30M", "size": {"width": "1.50", "unit": {"name": "cm"}}}


def test_what_is_stated_for_an_object_follows_its_parts_when_they_move() -> None:
    with shop(
        "title?: str",
        """
        - {add: Item.size, type: Size, old_sends: {unit: cm}}
        - {move: [Size.unit], to: Size.kind}
        """,
        "- {add: Item.box, type: Box, old_sends: {width: 1}}",
        "- {move: [Box.width], to: Box.outer}",
        types="Size: {fields: {unit: {type: str, default: cm}}}\nBox: {fields: {width: int}}",
    ) as item:
        item.post("v1", {})
        assert item.get("v4") == {"size": {"kind": {"unit": "cm"}}, "box": {"outer": {"width": 1}}}
        assert item.get("v3") == {"size": {"kind": {"unit": "cm"}}, "box": {"width": 1}}


def test_an_old_client_is_left_some_value_that_it_may_send() -> None:
    waiver = "policy: refuse, waiver: {name: Ada, reason: Nobody sends it.}, existing: archived"
    changes = f"- {{add: Status.archived, old_sees: draft}}\n- {{remove: Status.draft, {waiver}}}"
    history = load(spec("status?: Status", changes, types="Status: {enum: [draft]}")).history
    assert [(d.code, d.message) for _, d in findings(history)] == [
        ("SC328", "clients of v1 could send no value of `Status` any more")
    ]


def test_what_is_usual_in_an_older_version_is_not_refused() -> None:
    waiver = "policy: refuse, waiver: {name: Ada, reason: Nobody sends it.}, existing: published"
    fields = "status: {type: Status, default: draft}"
    change = f"- {{change: Item.status, default: published}}\n- {{remove: Status.draft, {waiver}}}"
    history = load(spec(fields, change, types=STATUS)).history
    assert [(d.code, d.message) for _, d in findings(history)] == [
        ("SC328", "clients of v1 that leave `Item.status` out would send what is refused")
    ]


REFUSE = "- {remove: Status.draft, policy: refuse, waiver: {name: Ada, reason: Nobody sends it.}, existing: published}"
SHUT = "- {change: Status, open: false, policy: keep}"
WAIVED_SHUT = "- {change: Status, open: false, policy: refuse, waiver: {name: Ada, reason: Nobody sends others.}}"
OPENED = "- {change: Status, open: true, old_sees: published}"


@pytest.mark.parametrize(
    ("types", "changes", "who"),
    [
        (STATUS.replace("]}", "], open: true}"), (REFUSE,), "clients of `v1`"),
        (STATUS.replace("]}", "], open: true}"), (SHUT, REFUSE), "clients of `v1`"),
        (STATUS, (f"{OPENED}\n{REFUSE}",), "clients"),
    ],
)
def test_nothing_is_refused_of_those_who_may_send_any_text(types: str, changes: tuple[str, ...], who: str) -> None:
    history = load(spec("status?: Status", *changes, types=types)).history
    says = f"{who} may send any text for `Status`, which is open, so nothing refuses `draft`"
    assert [(d.code, d.message) for _, d in findings(history)] == [("SC329", says)]


@pytest.mark.parametrize(
    ("types", "changes"),
    [
        (STATUS, (REFUSE, OPENED)),
        (STATUS.replace("]}", "], open: true}"), (WAIVED_SHUT, REFUSE)),
    ],
)
def test_what_is_refused_of_an_enum_that_is_closed_stays_so(types: str, changes: tuple[str, ...]) -> None:
    with shop("status?: Status", *changes, types=types) as item:
        for word in ("draft", "else"):
            with pytest.raises(ValidationError):
                item.post("v1", {"status": word})
        assert item.post("v1", {"status": "published"}) == {"status": "published"}


def test_what_is_stated_for_an_object_is_whole_in_each_older_version() -> None:
    with shop(
        "kept: {fields: {name: str, note: {type: str, nullable: true}, kind: str}}",
        "- {change: Item.kept.note, nullable: false, old_sends: none}",
        "- {change: Item.kept.name, required: false, old_sees: nobody}",
        "- {change: Item.kept.note, nullable: true, old_sees: ''}",
        "- {change: Item.kept, required: false, old_sees: {note: null, kind: x}}",
    ) as item:
        item.post("v5", {})
        assert item.get("v4") == {"kept": {"note": None, "kind": "x"}}
        assert item.get("v3") == {"kept": {"note": "", "kind": "x"}}
        assert item.get("v2") == item.get("v1") == {"kept": {"name": "nobody", "note": "", "kind": "x"}}


@pytest.mark.parametrize(
    ("field", "shown"), [("x?: str", "left out"), ("x: {type: str, default: a}", "by its default")]
)
def test_a_stand_in_that_nobody_would_be_shown_is_refused(field: str, shown: str) -> None:
    with pytest.raises(ScaffoldError, match=f"SC312 `old_sees` says nothing about `Item.x`: .* {shown}"):
        load(spec(f"{field}\ny: str", "- {remove: Item.x, old_sees: b}"))


def test_what_the_server_gives_is_given_to_what_is_stated_too() -> None:
    with shop(
        "name: str",
        "- {add: Item.parts, type: 'map[str, Part]', old_sends: {a: {id: x}}}",
        "- {add: Part.made, type: datetime, read_only: true, on_create: now}",
        types="Part: {fields: {id: str}}",
    ) as item:
        item.post("v1", {"name": "n"})
        assert item.get("v2")["parts"] == {"a": {"id": "x"}}
        assert item.get("v3")["parts"] == {"a": {"id": "x", "made": "2026-03-01T12:00:00Z"}}
