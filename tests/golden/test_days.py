"""The case `days`: versions are days, named beside the path."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from .conftest import Serve

pytestmark = pytest.mark.slow


@pytest.fixture
def client(serve: Serve) -> TestClient:
    return serve("days")


@pytest.mark.parametrize(
    ("sent", "answered"),
    [
        (None, "2025-03-01"),
        ("2025-03-01", "2025-03-01"),
        ("2025-09-30", "2025-03-01"),
        ("2025-10-01", "2025-10-01"),
        ("2026-03-01", "2026-03-01"),
    ],
)
def test_a_day_means_the_newest_version_that_is_not_after_it(
    client: TestClient, sent: str | None, answered: str
) -> None:
    for name, value in (("API-Version", sent), ("Accept", f"application/vnd.days+json; version={sent}")):
        answer = client.get("/people", headers={name: value} if sent is not None else {})
        assert (answer.status_code, answer.headers["api-version"]) == (200, answered)
        assert answer.headers["vary"] == "API-Version, Accept, Content-Type"


@pytest.mark.parametrize("sent", ["2025-02-28", "9999-12-31"])
def test_before_the_first_and_after_today_there_is_none(client: TestClient, sent: str) -> None:
    answer = client.get("/people", headers={"API-Version": sent})
    assert (answer.status_code, answer.json()["requested"]) == (400, sent)
    assert answer.json()["type"].endswith("/version-unsupported")


def test_what_one_version_writes_another_reads(client: TestClient) -> None:
    made = client.post("/people", json={"name": "Ada"})
    place = made.headers["location"].removeprefix("/api")
    found = client.get(place, headers={"API-Version": "2025-12-24"})
    assert found.json() == {"id": made.json()["id"], "full_name": "Ada"}
