"""Callers filter by what they see: what was filled in for them is not there for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from ..projects import json_of

pytestmark = pytest.mark.slow
PERSON: dict[str, Any] = {"name": "Ada", "email": "ada@example.com", "phone": "1", "motto": None, "height": "1.70"}
PERSON |= {"born": "1815-12-10", "level": 1, "badge": "b", "geo": {"lat": "1", "lon": "2"}}


@pytest.fixture(params=["sqlite", "postgresql"])
def client(request: pytest.FixtureRequest, serve: Callable[..., TestClient]) -> TestClient:
    return serve("fields", "sqlite://" if request.param == "sqlite" else request.getfixturevalue("postgres_url"))


def found(client: TestClient, version: str, country: str) -> list[int]:
    return [p["id"] for p in json_of(client.get(f"/{version}/people?country={country}"))]


def test_what_was_filled_in_is_found_by_those_who_see_it(client: TestClient) -> None:
    without = json_of(client.post("/v1/people", json=PERSON))["id"]
    with_one = json_of(client.post("/v1/people", json={**PERSON, "email": "b@example.com", "country": "GB"}))["id"]
    assert "country" not in json_of(client.get(f"/v1/people/{without}"))
    assert found(client, "v1", "GB") == [with_one]
    assert found(client, "v3", "GB") == [without, with_one]
    json_of(client.patch(f"/v3/people/{without}", json={"country": "FR"}))
    assert (found(client, "v1", "FR"), found(client, "v3", "FR")) == ([without], [without])
    json_of(client.patch(f"/v3/people/{without}", json={"country": "GB"}))
    assert found(client, "v1", "GB") == [without, with_one]
