"""Media types that come and go: each version reads and answers the forms that it has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from .service import Service, service

FIRST = """
types:
  Note: {fields: {text: str, "n?": int}}
operations:
  POST /loses:
    id: loses
    body: {type: Note, others: {application/x-www-form-urlencoded: Note, text/plain: str}}
    responses: {200: {type: Note, others: {text/csv: str}}}
  POST /gains:
    id: gains
    body: Note
    responses: {200: Note}
"""
SECOND = """
- {change: POST /loses body, to: Note}
- {change: POST /loses 200, to: Note}
- {change: POST /gains body, to: {type: Note, others: {application/x-www-form-urlencoded: Note, text/plain: str}}}
- {change: POST /gains 200, to: {type: Note, others: {text/csv: str}}}
- {rename: Note.text, to: said}
"""


@pytest.fixture(scope="module")
def shop() -> Iterator[Service]:
    with service(FIRST, SECOND) as made:
        yield made


HAS = (("v1", "loses", "text", True), ("v1", "gains", "text", False), ("v2", "loses", "said", False))
"""Versions and operations, what the field is called there, and whether they have the other forms."""


@pytest.mark.parametrize(("version", "name", "field", "has"), [*HAS, ("v2", "gains", "said", True)])
def test_a_body_is_read_in_the_forms_of_the_version(
    shop: Service, version: str, name: str, field: str, has: bool
) -> None:
    shop.answers[name] = note = shop.record("Note", said="a")
    sent: tuple[tuple[dict[str, Any], Any, bool], ...] = (
        ({"json": {field: "a"}}, note, True),
        ({"data": {field: "a"}}, note, has),
        ({"content": "hello", "headers": {"Content-Type": "text/plain"}}, "hello", has),
    )
    for body, given, known in sent:
        answer = shop.call(version, f"POST /{name}", **body)
        assert answer.status_code == (200 if known else 415)
        assert not known or (shop.given["body"], answer.json()) == (given, {field: "a"})


@pytest.mark.parametrize(("version", "name", "field", "has"), [*HAS, ("v2", "gains", "said", True)])
def test_what_a_handler_makes_for_one_form_is_no_answer_of_another(
    shop: Service, version: str, name: str, field: str, has: bool
) -> None:
    for answered in ("a,b", shop.module("wire").Reply(200, "a,b", media_type="text/csv")):
        shop.answers[name] = answered
        answer = shop.call(version, f"POST /{name}", json={field: "a"}, headers={"Accept": "text/csv"})
        assert answer.status_code == (200 if has else 406), answer.text
        assert not has or answer.text == "a,b"


def test_a_handler_knows_every_form_that_it_may_be_given(shop: Service) -> None:
    text = shop.text("handlers")
    assert "async def loses(self, *, body: records.Note | str)" in text
    assert text.count("- 200: records.Note, or str as text/csv.") == 2
