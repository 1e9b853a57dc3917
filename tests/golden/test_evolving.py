"""The case `evolving`: an API whose requests name no version."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from .conftest import Serve

pytestmark = pytest.mark.slow


@pytest.fixture
def client(serve: Serve) -> TestClient:
    return serve("evolving")


def test_paths_and_headers_have_no_version(client: TestClient) -> None:
    made = client.post("/people", json={"name": "Ada", "nickname": "A"})
    assert (made.status_code, made.headers["location"]) == (201, f"/api/people/{made.json()['id']}")
    assert not [name for name in made.headers if "version" in name]
    assert client.get(made.headers["location"].removeprefix("/api")).json() == made.json()


@pytest.mark.parametrize("path", ["/v1/people", "/v2/people", "/versions", "/nothing"])
def test_there_is_nothing_else(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert "supported" not in answer.json()


def test_the_document_is_beside_the_operations(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    assert (document["info"]["version"], document["servers"]) == ("1.2", [{"url": "/api"}])


def test_a_replacement_of_the_first_day_keeps_what_was_added_since(client: TestClient) -> None:
    id = client.post("/people", json={"name": "Ada", "nickname": "A"}).json()["id"]
    assert client.put(f"/people/{id}", json={"name": "Ada L."}).json() == {"id": id, "name": "Ada L.", "nickname": "A"}
