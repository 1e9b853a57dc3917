"""A value that is held back is for callers who ask; others see another one, find by that, and destroy nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from ..projects import json_of

pytestmark = pytest.mark.slow
ASKS = {"X-Preview-Values": "true"}


@pytest.fixture(params=["sqlite", "postgresql"])
def client(request: pytest.FixtureRequest, serve: Callable[..., TestClient]) -> TestClient:
    return serve("held", "sqlite://" if request.param == "sqlite" else request.getfixturevalue("postgres_url"))


@pytest.fixture
def made(client: TestClient) -> Any:
    """An article as a caller who asks made it, with the value everywhere that it can stand."""
    step = {"id": "6f1c1b5e-8a36-4d0e-9d0a-2f6b3f0c9e11", "status": "scheduled"}
    sent = {"title": "soon", "status": "scheduled", "seen": ["scheduled", "published"], "steps": [step]}
    return json_of(client.post("/v2/articles", json={**sent, "by_language": {"en": "scheduled"}}, headers=ASKS))


@pytest.mark.parametrize(("version", "seen"), [("v1", "draft"), ("v2", "sketch"), ("v3", "sketch")])
def test_others_see_another_value_wherever_it_stands(client: TestClient, made: Any, version: str, seen: str) -> None:
    place = f"/{version}/articles/{made['id']}"
    found = json_of(client.get(place))
    assert (found["status"], found["seen"][0], found["by_language"]["en"]) == (seen,) * 3
    assert found["steps"][0]["status"] == seen
    del found["id"]
    json_of(client.put(place, json=found))
    json_of(client.patch(place, json={**found, "title": "sooner"}))
    now = json_of(client.get(f"/v2/articles/{made['id']}", headers=ASKS))
    assert now == {**made, "title": "sooner"}


@pytest.mark.parametrize("version", ["v2", "v3"])
def test_a_filter_finds_what_the_caller_sees(client: TestClient, made: Any, version: str) -> None:
    json_of(client.post("/v3/articles", json={"title": "sketch", "status": "sketch"}))

    def found(status: str, headers: dict[str, str]) -> list[str]:
        answer = client.get(f"/{version}/articles?status={status}&sort=title", headers=headers)
        assert answer.headers["vary"].split(", ") == ["X-Preview-Values", "X-Preview-Moods"]
        return [a["title"] for a in json_of(answer)]

    assert found("sketch", {}) == ["sketch", "soon"]
    assert found("sketch", ASKS) == ["sketch"]
    assert found("scheduled", ASKS) == ["soon"]
    refused = client.get(f"/{version}/articles?status=scheduled")
    assert refused.status_code == 422
    assert refused.headers["vary"].startswith("X-Preview-Values")


@pytest.mark.parametrize("said", ["", "0", "?0", "false", "False"])
def test_some_words_ask_for_nothing(client: TestClient, made: Any, said: str) -> None:
    answer = client.get(f"/v2/articles/{made['id']}", headers={"X-Preview-Values": said})
    assert json_of(answer)["status"] == "sketch"


@pytest.mark.parametrize("said", ["true", "?1", "1", "scheduled"])
def test_all_others_ask(client: TestClient, made: Any, said: str) -> None:
    answer = client.get(f"/v2/articles/{made['id']}", headers={"x-preview-values": said})
    assert json_of(answer)["status"] == "scheduled"


def test_what_is_changed_is_changed_by_anybody(client: TestClient, made: Any) -> None:
    json_of(client.patch(f"/v2/articles/{made['id']}", json={"status": "published"}))
    assert json_of(client.get(f"/v2/articles/{made['id']}", headers=ASKS))["status"] == "published"


def test_from_a_version_on_everybody_is_shown_it(client: TestClient, made: Any) -> None:
    place = f"articles/{made['id']}"
    found = json_of(client.get(f"/v4/{place}"))
    assert (found["status"], found["seen"], found["steps"][0]["status"]) == ("scheduled", made["seen"], "scheduled")
    assert json_of(client.get(f"/v3/{place}"))["status"] == "sketch"
    sent = json_of(client.post("/v4/articles", json={"title": "later", "status": "scheduled"}))
    assert json_of(client.get("/v4/articles?status=scheduled&sort=title"))[0] == sent
    assert json_of(client.get("/v1/articles?status=draft&sort=title"))[0]["title"] == "later"


def test_a_value_that_everybody_saw_can_be_held_back(client: TestClient) -> None:
    old = json_of(client.post("/v3/articles", json={"title": "still", "mood": "calm"}))
    place = f"articles/{old['id']}"
    assert client.post("/v4/articles", json={"title": "x", "mood": "calm"}).status_code == 422
    shown = json_of(client.get(f"/v4/{place}"))
    assert shown["mood"] == "loud"
    json_of(client.put(f"/v4/{place}", json={k: v for k, v in shown.items() if k != "id"}))
    for version, headers in (("v3", {}), ("v1", {}), ("v4", {"X-Preview-Moods": "1"})):
        assert json_of(client.get(f"/{version}/{place}", headers=headers))["mood"] == "calm"


def test_an_error_does_not_name_it(client: TestClient) -> None:
    answer = client.post("/v2/articles", json={"title": "x", "status": "scheduled"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == ["body", "status"]
    assert "scheduled" not in answer.text


def test_operations_that_it_does_not_reach_vary_on_nothing(client: TestClient) -> None:
    assert "vary" not in client.get("/versions").headers
