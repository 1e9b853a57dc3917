"""Where a version was dropped its address says that it is gone, and the others go on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from ..projects import json_of

pytestmark = pytest.mark.slow


@pytest.fixture
def client(serve: Callable[..., TestClient], module: Callable[[str, str], Any]) -> TestClient:
    found = serve("dropped")
    app: Any = found.app
    app.dependency_overrides[app.state.authenticate] = module("dropped", "generated.security").example_caller
    return found


def test_every_address_of_it_is_a_tombstone(client: TestClient) -> None:
    for method, path, successor in (
        ("GET", "/v1/tags", "/api/v3/labels"),
        ("DELETE", "/v1/tags/7", None),
        ("GET", "/v1/notes/7", None),
        ("PATCH", "/v1/users/7", "/api/v3/users/7"),
        ("GET", "/v1/openapi.json", "/api/v3/openapi.json"),
        ("GET", "/v1/nothing", "/api/v3/nothing"),
    ):
        answer = client.request(method, path)
        assert (path, answer.status_code) == (path, 410)
        said = answer.json()
        assert (said["detail"], said["requested"]) == ("v1 was retired on 2026-01-01.", "v1")
        assert (path, said.get("successor")) == (path, successor)
        assert answer.headers["sunset"] == "Thu, 01 Jan 2026 00:00:00 GMT"
        assert answer.headers["deprecation"] == "@1748736000"
    assert client.get("/v1").status_code == 410


def test_the_list_of_versions_and_the_pages_still_have_it(client: TestClient, golden: Callable[[str], Path]) -> None:
    first, *others = json_of(client.get("/versions"))["versions"]
    assert (first["id"], first["stage"], "document" in first) == ("v1", "retired", False)
    assert [v["id"] for v in others] == ["v2", "v3"]
    root = str(client.base_url).removesuffix("/api/")
    assert client.get(f"{root}/docs/migration/v1-to-v2").status_code == 200
    page = client.get(f"{root}{first['docs']}")
    assert page.status_code == 200
    assert "was retired on" in page.text
    assert (golden("dropped") / "docs/migration/v1-to-v2.md").is_file()


def test_what_is_left_is_served_as_ever(client: TestClient) -> None:
    key = {"X-API-Key": "example"}
    made = {"full_name": "Ada", "price": "1.50", "city": "London", "country": "UK"}
    user = json_of(client.post("/v2/users", json=made, headers=key))
    assert json_of(client.get(f"/v3/users/{user['id']}", headers=key)) == {**user, **made}
    tag = json_of(client.post("/v3/tags", json={"label": "oak"}, headers=key))
    (old,) = json_of(client.get("/v2/labels", headers=key))
    assert isinstance(old["id"], int)
    assert isinstance(tag["id"], str)
