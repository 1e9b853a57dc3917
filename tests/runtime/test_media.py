"""Media types and texts, apart from any project."""

from __future__ import annotations

from typing import Any

import pytest

from scaffold.generate.runtime import texts
from scaffold.generate.runtime.media import find, kinds, parameter_of, preferred


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("application/json", "application/json"),
        ("application/merge-patch+json", "application/json"),
        ("text/plain", "text/plain; charset=utf-8"),
        ("image/png", "image/*"),
        ("audio/ogg", None),
        ("nonsense", None),
    ],
)
def test_the_form_that_a_content_type_means(sent: str, meant: str | None) -> None:
    assert find(kinds(["application/json", "text/plain; charset=utf-8", "image/*"]), sent) == meant


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("*/*", "application/json"),
        ("text/csv", "text/csv"),
        ("text/*;q=0.5, application/json;q=0.1", "text/csv"),
        ("text/csv;q=0, */*", "application/json"),
        ("image/png", "application/json"),
        ("text/csv;q=much", "application/json"),
        ("", "application/json"),
        (";;,,q=1", "application/json"),
    ],
)
def test_the_form_that_an_accept_asks_for(accept: str, chosen: str) -> None:
    assert preferred(["application/json", "text/csv"], accept) == chosen


def test_parameters_of_a_content_type() -> None:
    assert parameter_of('text/plain; Charset="utf-8"', "charset") == "utf-8"
    assert parameter_of("text/plain; charset", "charset") in (None, "")
    assert parameter_of("", "charset") is None


@pytest.mark.parametrize(
    ("reader", "text", "value"),
    [
        (texts.number, "-12", -12),
        (texts.number, "1.5e3", 1500.0),
        (texts.number, "0x10", "0x10"),
        (texts.number, "١", "١"),
        (texts.number, "9" * 5000, "9" * 5000),
        (texts.number, b"5", b"5"),
        (texts.boolean, "true", True),
        (texts.boolean, "True", "True"),
        (texts.null, "null", None),
        (texts.null, "", ""),
        (texts.document, "[1]", [1]),
        (texts.document, "[", "["),
        (texts.document, "[" * 100_000, "[" * 100_000),
        (texts.document, "NaN", "NaN"),
        (texts.either(texts.number, texts.boolean), "false", False),
        (texts.either(texts.number, texts.boolean), "no", "no"),
    ],
)
def test_a_text_that_is_not_what_was_meant_stays_a_text(reader: texts.Reader, text: Any, value: Any) -> None:
    assert reader(text) == value
