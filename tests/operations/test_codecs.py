"""Parameters and headers that change their type: by the same codecs as fields, in the direction they travel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from .service import Service, service

FIRST = """
operations:
  GET /r:
    id: r
    parameters: {ids: str, one: int, many: "list[int]", when: int, day: date}
    responses:
      200: {type: str, headers: {X-Ids: str, X-Cents: {type: int, required: true}, X-Day: date}}
"""
SECOND = """
- {change: "GET /r?ids", to: "list[str]", codec: csv<->list}
- {change: "GET /r?one", to: "list[int]", pick: first}
- {change: "GET /r?many", to: int, pick: last}
- {change: "GET /r?when", to: datetime, codec: unix_seconds<->datetime}
- {change: "GET /r?day", to: datetime}
- {change: GET /r 200 header X-Ids, to: "list[str]", codec: csv<->list}
- {change: GET /r 200 header X-Cents, to: {name: X-Price, type: decimal, required: true}, codec: cents<->decimal}
- {change: GET /r 200 header X-Day, to: datetime}
"""
NEW_YEAR = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def shop() -> Iterator[Service]:
    with service(FIRST, SECOND) as made:
        yield made


def test_what_is_sent_is_read_as_the_newest_type(shop: Service) -> None:
    shop.answers["r"] = shop.reply(200, "ok", X_Price=Decimal(1))
    new = {"ids": ["a", "b"], "one": [3], "many": 2, "when": NEW_YEAR, "day": NEW_YEAR}
    for version, asked in (
        ("v1", "ids=a,b&one=3&many=1&many=2&when=1577836800&day=2020-01-01"),
        ("v2", "ids=a&ids=b&one=3&many=2&when=2020-01-01T00:00:00Z&day=2020-01-01T00:00:00Z"),
    ):
        assert shop.call(version, f"GET /r?{asked}").status_code == 200
        assert shop.given == new


def test_what_cannot_be_read_is_told_by_the_callers_name(shop: Service) -> None:
    for asked in ("one=x", "when=x", "day=x"):
        answer = shop.call("v1", f"GET /r?{asked}")
        assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, ["query", asked[:-2]])


def test_headers_are_written_as_the_version_has_them(shop: Service) -> None:
    stated = {"X-Ids": ["a", "b"], "X-Price": Decimal("1.50"), "X-Day": NEW_YEAR}
    shop.answers["r"] = shop.module("wire").Reply(200, "ok", stated)
    old, new = (shop.call(version, "GET /r").headers for version in ("v1", "v2"))
    assert (old["x-ids"], old["x-cents"], old["x-day"]) == ("a,b", "150", "2020-01-01")
    assert (new["x-ids"], new["x-price"], new["x-day"]) == ("a, b", "1.50", "2020-01-01T00:00:00Z")
