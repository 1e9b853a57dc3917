"""The words of nginx's configuration: times, paths and texts as patterns."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.generate.gateway.text import filled, from_on, literal, path_pattern, quoted

MOMENTS = st.integers(31_536_000, 10_413_792_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
"""From 1971 to 2300."""


def msec(moment: datetime) -> str:
    """The time as nginx has it in `$msec`."""
    return f"{moment.timestamp():.3f}"


@given(MOMENTS, MOMENTS)
def test_a_pattern_of_a_time_matches_from_it_on(start: datetime, moment: datetime) -> None:
    assert bool(re.search(from_on(start), msec(moment))) == (moment >= start)


@given(MOMENTS, st.integers(0, 999))
def test_it_is_exact_to_the_thousandth(start: datetime, thousandths: int) -> None:
    pattern = from_on(start)
    assert re.search(pattern, msec(start + timedelta(milliseconds=thousandths)))
    assert not re.search(pattern, msec(start - timedelta(milliseconds=thousandths + 1)))


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_a_literal_matches_itself_alone(text: str) -> None:
    assert re.fullmatch(literal(text), text)
    assert not re.fullmatch(literal(text), f"{text}x")


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_what_is_quoted_ends_where_it_should(text: str) -> None:
    assert re.fullmatch(r'"(?:[^"\\]|\\.)*"', quoted(literal(text)))


@pytest.mark.parametrize(
    ("path", "other", "asked", "found"),
    [
        ("/users/{id}", "/people/{id}", "/users/7", "/people/7"),
        ("/a/{x}/b/{y}", "/{y}/{x}", "/a/1/b/2", "/2/1"),
        ("/users", "/people", "/users", "/people"),
    ],
)
def test_a_path_is_filled_with_what_was_captured(path: str, other: str, asked: str, found: str) -> None:
    pattern, names = path_pattern(path, captured="p")
    captured = re.fullmatch(pattern.replace("(?<", "(?P<"), asked)
    assert captured is not None
    made = filled(other, names)
    for name, value in captured.groupdict().items():
        made = made.replace(f"${{{name}}}", value)
    assert made == found
    assert re.fullmatch(pattern.replace("(?<", "(?P<"), f"{asked}/more") is None
