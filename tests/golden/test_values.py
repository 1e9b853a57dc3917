"""Callers filter by what they see, also where they see word for word what they wrote and something else is stored."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from ..projects import json_of

pytestmark = pytest.mark.slow


@pytest.fixture(params=["sqlite", "postgresql"])
def client(request: pytest.FixtureRequest, serve: Callable[..., TestClient]) -> TestClient:
    return serve("values", "sqlite://" if request.param == "sqlite" else request.getfixturevalue("postgres_url"))


def titles(client: TestClient, version: str, status: str) -> list[str]:
    return sorted(a["title"] for a in json_of(client.get(f"/{version}/articles?status={status}")))


def test_a_value_that_was_removed_is_found_by_those_who_are_shown_it(client: TestClient) -> None:
    mine = json_of(client.post("/v1/articles", json={"title": "mine", "status": "draft"}))
    json_of(client.post("/v1/articles", json={"title": "plain", "status": "published"}))
    json_of(client.post("/v3/articles", json={"title": "theirs", "status": "published"}))
    json_of(client.post("/v3/articles", json={"title": "old", "status": "archived"}))
    assert titles(client, "v1", "draft") == ["mine"]
    assert titles(client, "v1", "published") == ["old", "plain", "theirs"]
    assert titles(client, "v1", "inactive") == []
    assert titles(client, "v3", "published") == ["mine", "plain", "theirs"]
    assert json_of(client.get(f"/v1/articles/{mine['id']}"))["status"] == "draft"


def test_and_no_longer_once_somebody_changed_it(client: TestClient) -> None:
    mine = json_of(client.post("/v1/articles", json={"title": "mine", "status": "draft"}))
    json_of(client.patch(f"/v3/articles/{mine['id']}", json={"status": "hidden"}))
    assert titles(client, "v1", "draft") == []
    assert titles(client, "v1", "inactive") == ["mine"]
    json_of(client.patch(f"/v3/articles/{mine['id']}", json={"status": "published"}))
    assert titles(client, "v1", "published") == ["mine"]
