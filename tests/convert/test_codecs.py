"""Codecs that a change names, units that no type shows, and what stands for values that cannot be converted."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from pydantic import ValidationError

from scaffold.contract.codecs import CODECS, NAMES
from scaffold.convert.policies import findings
from scaffold.diagnostics import ScaffoldError
from scaffold.spec import load
from scaffold.spec.schema import schema

from .shops import shop, spec

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("older", "change", "sent", "newer", "written", "shown"),
    [
        ("int", "to: decimal, codec: cents<->decimal", 150, "1.50", "2.005", 200),
        ("decimal", "codec: cents<->decimal", "150", "1.50", "2.5", "250"),
        ("decimal", "to: int, codec: decimal<->cents", "1.505", 150, 175, "1.75"),
        ("int", "codec: seconds<->milliseconds", 3, 3000, 4500, 4),
        ("int", "codec: milliseconds<->seconds", 2600, 3, 7, 7000),
        (
            "int",
            "to: datetime, codec: unix_seconds<->datetime",
            60,
            "1970-01-01T00:01:00Z",
            "1969-12-31T23:59:59.5Z",
            -1,
        ),
        ("int", "to: duration, codec: milliseconds<->duration", 1500, "PT1.5S", "PT0.0019S", 1),
        ("time", "to: str, old_sees: '00:00'", "09:30:00", "09:30:00", "noon", "00:00:00"),
        ("list[int]", "codec: minutes<->seconds", [1, 2], [60, 120], [90], [2]),
        (
            "map[str, int]",
            "to: 'map[str, decimal]', codec: cents<->decimal",
            {"a": 5},
            {"a": "0.05"},
            {"b": "1"},
            {"b": 100},
        ),
    ],
)
def test_a_codec_that_is_named_converts_in_both_directions(
    older: str, change: str, sent: object, newer: object, written: object, shown: object
) -> None:
    with shop(f"x: {older}", f"- {{change: Item.x, {change}}}") as item:
        assert item.post("v1", {"x": sent}) == {"x": sent}
        assert item.get("v2") == {"x": newer}
        item.put("v2", {"x": written})
        assert item.get("v1") == {"x": shown}
        assert item.put_back("v1") == {"x": shown}
        assert item.get("v2") == {"x": written if not isinstance(written, str) else item.get("v2")["x"]}


def test_what_an_old_client_wrote_in_its_unit_is_kept_word_for_word() -> None:
    with shop("x: int", "- {change: Item.x, codec: milliseconds<->seconds}") as item:
        assert item.post("v1", {"x": 2600}) == {"x": 2600}
        item.put_back("v1", x=2601)
        assert item.get("v1") == {"x": 2601}
        item.put("v2", {"x": 3})
        assert item.get("v1") == {"x": 2601}
        item.put("v2", {"x": 4})
        assert item.get("v1") == {"x": 4000}


def test_a_unit_that_comes_back_is_the_old_one_again() -> None:
    there, back = "seconds<->milliseconds", "milliseconds<->seconds"
    with shop("x: int", f"- {{change: Item.x, codec: {there}}}", f"- {{change: Item.x, codec: {back}}}") as item:
        item.post("v1", {"x": 3})
        assert item.get("v2") == {"x": 3000}
        assert item.get("v3") == {"x": 3}
        assert "codecs.milliseconds_to_seconds" in item.made.sources["types.item"]
        assert "_v1(record: records.Item) -> int" not in item.made.sources["types.item"]


def test_a_unit_and_a_kind_change_one_after_the_other_are_one_expression() -> None:
    changes = ("- {change: Item.x, codec: seconds<->milliseconds}", "- {change: Item.x, to: decimal}")
    with shop("x: int", *changes, "- {rename: Item.x, to: y}") as item:
        item.post("v1", {"x": 3})
        assert item.get("v4") == {"y": "3000"}
        assert "codecs.int_to_decimal(unit_codecs.seconds_to_milliseconds(" in item.made.sources["types.item"]


@pytest.mark.parametrize(
    ("says", "stored"),
    [
        ("unreadable: 7", 7),
        ("default: 3, unreadable: default", 3),
        ("nullable: true, old_sees: '', unreadable: null", None),
    ],
)
def test_what_cannot_be_read_is_what_the_spec_says_and_comes_back_to_its_writer(says: str, stored: object) -> None:
    with shop("x: str", f"- {{change: Item.x, to: int, {says}}}") as item:
        assert item.post("v1", {"x": "many"}) == {"x": "many"}
        assert item.get("v2") == {"x": stored}
        assert item.put_back("v1", x="12") == {"x": "12"}
        assert item.get("v2") == {"x": 12}


def test_what_cannot_be_read_goes_on_through_later_changes() -> None:
    changes = ("- {change: Item.x, to: int, nullable: true, old_sees: '', unreadable: null}",)
    with shop("x: str", *changes, "- {change: Item.x, codec: seconds<->milliseconds}") as item:
        assert item.post("v1", {"x": "many"}) == {"x": "many"}
        assert item.get("v3") == {"x": None}
        item.put_back("v1", x="2")
        assert item.get("v3") == {"x": 2000}


def test_what_cannot_be_read_is_refused_at_the_callers_field_otherwise() -> None:
    with shop("x: int", "- {change: Item.x, to: datetime, codec: unix_seconds<->datetime}") as item:
        with pytest.raises(ValidationError) as caught:
            item.post("v1", {"x": 2**62})
        assert caught.value.errors()[0]["loc"] == ("x",)


def test_what_cannot_be_shown_is_null_or_the_default_where_the_older_field_has_one() -> None:
    with shop("x: int | null", "- {change: Item.x, to: str, unreadable: null}") as item:
        item.post("v2", {"x": "many"})
        assert item.get("v1") == {"x": None}
        assert item.put_back("v1") == {"x": None}
        assert item.get("v2") == {"x": "many"}


@pytest.mark.parametrize(
    ("fields", "change", "code", "says"),
    [
        ("x: int", "codec: feet<->metres", "SC323", "there is no codec `feet<->metres`"),
        ("x: int", "codec: cents<->decimal", "SC323", "does not lead between values of int"),
        ("x: int", "to: datetime, codec: cents<->decimal", "SC323", "does not lead from int to datetime"),
        ("x: {type: int, default: 5}", "codec: seconds<->milliseconds", "SC217", "would mean something else"),
        ("x: str", 'to: "list[str]", pick: refuse', "SC323", "refuses answers"),
        ("x: str", "to: int, pick: first", "SC323", "there is none"),
        ("x: str", 'to: "list[str]", codec: cents<->decimal', "SC323", "does not lead"),
        ("x: str", "to: int, unreadable: null", "SC310", "null is no value"),
        ("x: str", "to: int, unreadable: default", "SC310", "no default"),
        ("x: str", "to: int, unreadable: some", "SC213", "`unreadable`"),
    ],
)
def test_what_does_not_fit_is_an_error_at_its_line(fields: str, change: str, code: str, says: str) -> None:
    with pytest.raises(ScaffoldError) as caught:
        load(spec(fields, f"- {{change: Item.x, {change}}}"))
    (found,) = caught.value.diagnostics
    assert (found.code, says in found.message) == (code, True), found
    assert found.span is not None
    assert found.span.line == 14


def test_an_unfit_codec_is_told_with_those_that_fit() -> None:
    with pytest.raises(ScaffoldError) as caught:
        load(spec("x: int", "- {change: Item.x, to: datetime, codec: cents<->decimal}"))
    help_ = caught.value.diagnostics[0].help
    assert help_ == "from int to datetime there is `unix_seconds<->datetime`, `unix_milliseconds<->datetime`"


def test_one_value_becomes_a_list_of_which_old_clients_see_one() -> None:
    with shop("x: str", '- {change: Item.x, to: "list[str]", pick: first, old_sees: nobody}') as item:
        assert item.post("v1", {"x": "a"}) == {"x": "a"}
        assert item.get("v2") == {"x": ["a"]}
        item.put("v2", {"x": ["b", "c"]})
        assert item.put_back("v1") == {"x": "b"}
        assert item.get("v2") == {"x": ["b", "c"]}
        item.put("v2", {"x": []})
        assert item.put_back("v1") == {"x": "nobody"}
        assert item.get("v2") == {"x": []}
        item.put_back("v1", x="d")
        assert item.get("v2") == {"x": ["d"]}


def test_of_a_list_one_value_is_left_and_its_writer_reads_all_of_it() -> None:
    with shop('x: {type: "list[int]", min_items: 1}', "- {change: Item.x, to: int, pick: last}") as item:
        assert item.post("v1", {"x": [1, 2]}) == {"x": [1, 2]}
        assert item.get("v2") == {"x": 2}
        item.put("v2", {"x": 3})
        assert item.get("v1") == {"x": [3]}


def test_a_list_of_which_none_may_be_lost_is_refused_at_its_field() -> None:
    with shop('x: "list[int]"', "- {change: Item.x, to: int, pick: refuse}") as item:
        assert item.post("v1", {"x": [1]}) == {"x": [1]}
        for several in ([], [1, 2]):
            with pytest.raises(ValidationError) as caught:
                item.post("v1", {"x": several})
            assert caught.value.errors()[0]["loc"] == ("x",)


@pytest.mark.parametrize(
    ("sent", "items"),
    [("", []), ("a,b", ["a", "b"]), ('"a,b",c', ["a,b", "c"]), ('"a"', ["a"]), ("a, b", ["a", " b"]), ('""', [""])],
)
def test_a_text_with_commas_is_a_list_and_comes_back_word_for_word(sent: str, items: list[str]) -> None:
    with shop("x: str", '- {change: Item.x, to: "list[str]", codec: csv<->list}') as item:
        assert item.post("v1", {"x": sent}) == {"x": sent}
        assert item.get("v2") == {"x": items}
        item.put("v2", {"x": [*items, 'q"', "n\n"]})
        assert item.put_back("v1")
        assert item.get("v2") == {"x": [*items, 'q"', "n\n"]}


def test_lists_in_maps_and_items_of_another_kind_are_reached_too() -> None:
    listed = '- {change: Item.x, to: "map[str, list[str]]", pick: first, old_sees: {}}'
    read = '- {change: Item.x, to: "map[str, list[int]]", unreadable: {}}'
    with shop('x: "map[str, str]"', listed, read, "- {rename: Item.x, to: y}") as item:
        assert item.post("v1", {"x": {"a": "1"}}) == {"x": {"a": "1"}}
        assert item.get("v4") == {"y": {"a": [1]}}
        assert item.post("v1", {"x": {"a": "one"}}) == {"x": {"a": "one"}}
        assert item.get("v4") == {"y": {}}


@pytest.mark.parametrize(
    ("fields", "change", "notes"),
    [
        ("x: str", 'to: "list[str]"', ("codec: csv<->list", "pick: first", "pick: last")),
        ('x: "list[int]"', "to: int", ("pick: first", "pick: last", "pick: refuse")),
    ],
)
def test_what_stands_for_a_list_has_to_be_said(fields: str, change: str, notes: tuple[str, ...]) -> None:
    (found,) = [d for _, d in findings(load(spec(fields, f"- {{change: Item.x, {change}}}")).history)]
    assert (found.code, found.notes) == ("SC320", notes)


def test_where_two_would_fit_one_has_to_be_named() -> None:
    history = load(spec("x: int", "- {change: Item.x, to: duration}")).history
    (found,) = [d for _, d in findings(history)]
    assert found.code == "SC320"
    assert found.notes == ("codec: seconds<->duration", "codec: milliseconds<->duration")


def test_an_editor_knows_every_name() -> None:
    said = schema()["$defs"]["ChangeSpec"]["properties"]["codec"]
    assert {name for option in said["anyOf"] for name in option.get("enum", ())} == {*NAMES, "undecided"}


def test_the_page_of_codecs_is_as_it_is_made() -> None:
    made = runpy.run_path(str(ROOT / "scripts/codecs_page.py"))["page"]()
    assert (ROOT / "docs/codecs.md").read_text("utf-8") == made, "`make docs` writes it anew"
    assert all(f"`{codec.name}`" in made for codec in CODECS)
