"""Callers filter and sort by what they see, where a codec shows them something else than what is stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from ..projects import json_of

pytestmark = pytest.mark.slow

OLD = {
    "total": 150,
    "tax": "10",
    "amount": "007",
    "delays": [],
    "placed": 60,
    "length": 5,
    "small": 1,
    "note": "7",
    "share": 0.5,
    "email": "ada@example.com",
    "tags": "",
    "numbers": [1],
    "state": "open",
    "mood": "open",
    "gift": True,
    "way": "mail",
    "day": "2026-01-15",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def client(request: pytest.FixtureRequest, serve: Callable[..., TestClient]) -> TestClient:
    return serve("codecs", "sqlite://" if request.param == "sqlite" else request.getfixturevalue("postgres_url"))


def made(client: TestClient, version: str, id_: int | None = None, **values: Any) -> int:
    """An order that v1 created, changed in a version."""
    if id_ is None:
        id_ = json_of(client.post("/v1/orders", json=OLD))["id"]
    json_of(client.patch(f"/{version}/orders/{id_}", json=values))
    return id_


def found(client: TestClient, version: str, asked: str) -> list[int]:
    return [order["id"] for order in json_of(client.get(f"/{version}/orders?{asked}"))]


def test_an_instant_is_found_by_its_day_in_the_version_that_sees_days(client: TestClient) -> None:
    noon, next_ = made(client, "v2", day="2026-01-15T12:00:00Z"), made(client, "v2", day="2026-01-16T00:00:00Z")
    assert found(client, "v1", "day=2026-01-15") == [noon]
    assert found(client, "v1", "day=2026-01-16") == [next_]
    assert found(client, "v2", "day=2026-01-15T12:00:00Z") == [noon]
    assert found(client, "v2", "day=2026-01-15T00:00:00Z") == []


def test_what_was_written_word_for_word_is_found_by_these_words(client: TestClient) -> None:
    mine, theirs = made(client, "v1"), made(client, "v3", made(client, "v3", amount="8"), amount="7")
    assert found(client, "v1", "amount=007") == [mine]
    assert found(client, "v1", "amount=7") == [theirs]
    assert found(client, "v3", "amount=7") == [mine, theirs]
    made(client, "v3", mine, amount="8")
    assert found(client, "v1", "amount=007") == []


def test_all_that_is_shown_as_a_value_is_found_by_it(client: TestClient) -> None:
    odd, open_, paid = made(client, "v3", state="odd"), made(client, "v1"), made(client, "v1", state="paid")
    assert found(client, "v1", "state=open") == [odd, open_]
    assert found(client, "v2", "state=paid") == [paid]
    assert found(client, "v3", "state=odd") == [odd]


def test_each_version_sees_its_own_order(client: TestClient) -> None:
    nine, ten = made(client, "v1", amount="9"), made(client, "v1", amount="10")
    assert found(client, "v1", "sort=amount") == [ten, nine]
    assert found(client, "v2", "sort=amount") == [nine, ten]
    assert found(client, "v1", "sort=-amount") == [nine, ten]
