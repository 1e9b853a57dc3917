"""Operations that are sent several objects, each with a field that may be refused."""

from __future__ import annotations

from typing import Any

import pytest

from scaffold.spec import load

from ..generated_tests.rendered import files_of
from ..random_histories import package

SPEC = """
api: {name: shop}
types:
  Card: {fields: {a: str, b: str}}
operations:
  POST /cards:
    id: make_cards
    body: BODY
    responses: {200: BODY}
versions:
  - {id: v1, released: 2020-01-01}
  - id: v2
    released: 2021-01-01
    changes:
      - CHANGE
      - {rename: Card.b, to: c}
"""
CHANGES = [
    "{change: Card.a, to: int, unreadable: refuse}",
    "{change: Card.a, max_length: 3, policy: refuse}",
    "{change: Card.a, read_only: true, default: x, policy: drop}",
]


@pytest.mark.parametrize("body", ["'list[Card]'", "'map[str, Card]'"])
@pytest.mark.parametrize("change", CHANGES)
def test_its_routes_are_laid_out(change: str, body: str) -> None:
    made = files_of(load(SPEC.replace("CHANGE", change).replace("BODY", body)).history, "shop")
    text = made["src/shop/generated/v1/operations.py"]
    assert ("import inside" in text) == ("inside(" in text)


@pytest.mark.parametrize("body", ["'list[Card]'", "'map[str, Card]'"])
@pytest.mark.parametrize("change", CHANGES)
def test_each_of_them_is_read(change: str, body: str) -> None:
    with package(load(SPEC.replace("CHANGE", change).replace("BODY", body)).history) as made:
        cards: Any = [{"a": "12", "b": "x"}, {"a": "13", "b": "y"}]
        sent = made.sent("v1", "v1:POST /cards body", cards if "list" in body else {"j": cards[0], "k": cards[1]})
        assert [card.c for card in (sent if "list" in body else sent.values())] == ["x", "y"]
