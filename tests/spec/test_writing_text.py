"""Whatever is written as YAML reads back as the same value, and as a person would have written it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold.spec.layout import item_lines
from scaffold.spec.scalar_values import untyped
from scaffold.spec.scalars import values
from scaffold.spec.tree import read_tree
from scaffold.spec.writing.layout import Block, Spaced, SpacedList, mapping, sequence
from scaffold.spec.writing.scalars import Line, Quoted, inline

CHARACTERS = st.one_of(
    st.characters(exclude_categories=["Cs"]),
    st.sampled_from(" \n\t\r:#-'\"\\,[]{}?!|>&*%@`ab1.\x00\x07\x85\xa0\u2028\u200b\ufeff\U0001f600"),
)
TEXTS = st.one_of(
    st.text(CHARACTERS),
    st.lists(
        st.sampled_from(["word", "longer-word", "\n", "\n\n", " ", "", "# no", "a: b", "- x", "\\"]), max_size=60
    ).map(" ".join),
    st.lists(st.text("ab .-#\\'\"", max_size=130), max_size=12).map("\n".join),
    st.builds(
        lambda lines, tail: "\n".join(lines) + tail,
        st.lists(st.sampled_from(["", "word", " word", "word ", "word " * 40, "# x"]), min_size=8, max_size=12),
        st.sampled_from(["", "\n", "\n\n", "\n\n\n", " ", "end"]),
    ),
    st.sampled_from(["null", "Null", "~", "true", "no", "On", "1.0", "1e5", ".5", "0x1f", "0o7", "1_000", "12:30"]),
    st.sampled_from(["2020-01-01", "undecided", "=", "<<", "---", "...", "-", "?", "!x", "&a", "*a"]),
)
NUMBERS = st.one_of(st.integers(-(10**18), 10**18), st.floats(allow_nan=False, allow_infinity=False))
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5),
        st.dictionaries(TEXTS, inner, max_size=5),
        st.lists(st.text("abc ,", max_size=20), min_size=10, max_size=40),
    ),
    max_leaves=20,
)


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are the same, in the same order; numbers by their kind."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def read(lines: list[str]) -> Any:
    """The value that the lines hold."""
    return untyped(values(read_tree("\n".join(lines) + "\n", "a.yaml")))


@settings(max_examples=400, deadline=None)
@given(JSON, st.sampled_from((0, 2, 60)))
def test_any_value_reads_back(value: Any, indent: int) -> None:
    held = Spaced({"a": value, "b": Block({"c": value}), "d": SpacedList([value, value])})
    lines = [*(" " * at + "x:" for at in range(0, indent, 2)), *mapping(held, indent)]
    made = read(lines)
    for _ in range(0, indent, 2):
        made = made["x"]
    assert same(made, {"a": value, "b": {"c": value}, "d": [value, value]}), "\n".join(lines)


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.booleans())
def test_any_text_reads_back_on_one_line(text: str, quoted: bool) -> None:
    shown = inline(Quoted(text) if quoted else Line(text))
    assert "\n" not in shown
    assert read([f"k: {shown}", f"l: [{inline(text, flow=True)}]"]) == {"k": text, "l": [text]}
    if len(text) < 80:
        assert read([f"{{{inline(text, flow=True)}: 1}}"]) == {text: 1}


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS)
def test_any_text_stays_what_it_is_as_the_text_of_a_change(one: str, other: str) -> None:
    """A change goes into a spec by its text: moved to the right, without what comes behind it."""
    change = "\n".join(mapping(Block({"add": one, "why": Block({"x": other})})))
    lines = [f"      {line}" if line.strip() else line for line in item_lines(change)]
    assert read(["v:", "  - changes:", *lines]) == {"v": [{"changes": [{"add": one, "why": {"x": other}}]}]}


@settings(max_examples=200, deadline=None)
@given(st.lists(st.dictionaries(st.text("abc", max_size=3), TEXTS, min_size=1), max_size=4))
def test_lists_of_mappings_read_back(items: list[dict[str, str]]) -> None:
    assert read(["k:", *sequence(items, 2)] if items else ["k: []"]) == {"k": items}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("str", "k: str"),
        ("list[str]", "k: list[str]"),
        ("int | null", "k: int | null"),
        ("", 'k: ""'),
        ("no", 'k: "no"'),
        ("1.10", 'k: "1.10"'),
        ("12:30", 'k: "12:30"'),
        ("2020-01-31", "k: 2020-01-31"),
        ("In minor units: 1999 is 19.99.", 'k: "In minor units: 1999 is 19.99."'),
        ("row #3", 'k: "row #3"'),
        ("C#", "k: C#"),
        (r"^\d+$", r"k: ^\d+$"),
        (r'say "\d"', r"k: say " + r'"\d"'),
        (r'"\d" it is', "k: '\"\\d\" it is'"),
        ("it's", "k: it's"),
        ("a\u200bb", 'k: "a\\u200bb"'),
        ("50\xa0%", 'k: "50\\xa0%"'),
        ("\U0001f600 and \u00e9", "k: \U0001f600 and \u00e9"),
        ({"type": "str", "max_length": 80}, "k: {type: str, max_length: 80}"),
        ({"type": "list[str]"}, 'k: {type: "list[str]"}'),
        ({}, "k: {}"),
        ([], "k: []"),
        (["a", "b, c"], 'k: [a, "b, c"]'),
        ([None, True, 1, 1.5, "1"], 'k: [null, true, 1, 1.5, "1"]'),
        ("One line.\nAnother one.\n", "k: |\n  One line.\n  Another one."),
        ("A list:\n\n- one\n  - two", "k: |-\n  A list:\n\n  - one\n    - two"),
        ("Seen. \nNot seen.", 'k: "Seen. \\n\\\n  Not seen."'),
        ("x" * 200, "k: " + "x" * 200),
        ({"a": {"b": {"c": 1}}}, "k:\n  a: {b: {c: 1}}"),
    ],
)
def test_values_are_written_as_a_person_would(value: Any, expected: str) -> None:
    lines = mapping({"k": value})
    assert "\n".join(lines) == expected
    assert same(read(lines), {"k": value})


def test_long_prose_is_folded_at_words() -> None:
    text = "The three-character ISO currency code of the amount that is paid. " * 3
    assert mapping({"description": text.strip()}, 4) == [
        "    description: >-",
        "      The three-character ISO currency code of the amount that is paid. The three-character ISO",
        "      currency code of the amount that is paid. The three-character ISO currency code of the amount",
        "      that is paid.",
    ]


def test_many_short_values_share_lines() -> None:
    lines = mapping({"enum": [f"value{i}" for i in range(20)]}, 8)
    assert lines[0].startswith("        enum: [value0, value1, ")
    assert lines[-1].endswith("value19]")
    assert max(map(len, lines)) <= 100
    assert len(lines) == 2


def test_many_long_values_have_a_line_each() -> None:
    values_ = [f"a rather long value that has more than sixty-four characters, {number}" for number in range(12)]
    lines = mapping({"values": values_})
    assert lines[:2] == ["values:", "  - a rather long value that has more than sixty-four characters, 0"]
    assert len(lines) == 13
