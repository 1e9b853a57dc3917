"""A rename reaches an old client through whatever holds the renamed thing, and nobody writes a converter for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

pytestmark = pytest.mark.slow
VERSIONS = (("v1", "name"), ("v2", "title"))


@pytest.fixture
def client(serve: Callable[[str], TestClient]) -> TestClient:
    return serve("titles")


@pytest.mark.parametrize(("version", "word"), VERSIONS)
class TestTheRenameIsSeen:
    def test_in_an_object(self, client: TestClient, version: str, word: str) -> None:
        assert client.get(f"/{version}/one").json() == {"id": 1, word: "t"}

    def test_in_a_list(self, client: TestClient, version: str, word: str) -> None:
        assert client.get(f"/{version}/list").json() == [{"id": 1, word: "t"}, {"id": 2, word: "u"}]

    def test_in_an_object_in_another_and_in_a_map(self, client: TestClient, version: str, word: str) -> None:
        wanted = {"item": {"id": 1, word: "t"}, "more": {"other": {"id": 2, word: "u"}}}
        assert client.get(f"/{version}/box").json() == wanted

    def test_in_an_optional_field(self, client: TestClient, version: str, word: str) -> None:
        assert client.get(f"/{version}/opt?with_name=true").json() == {"id": 1, word: "t"}
        assert client.get(f"/{version}/opt?with_name=false").json() == {"id": 1, word: None}
        assert client.get(f"/{version}/opt").json() == {"id": 1}

    def test_in_what_is_created(self, client: TestClient, version: str, word: str) -> None:
        made = client.post(f"/{version}/create", json={word: "q"})
        assert (made.status_code, made.json()) == (200, {"id": 1, word: "q"})

    def test_in_what_is_refused(self, client: TestClient, version: str, word: str) -> None:
        refused = client.post(f"/{version}/create", json={word: 7})
        assert refused.status_code == 422
        assert [e["loc"][-1] for e in refused.json()["errors"]] == [word]

    def test_and_what_a_handler_asks_for_is_asked_once(
        self, client: TestClient, module: Callable[[str, str], Any], version: str, word: str
    ) -> None:
        asked = module("titles", "handlers.operations").asked
        asked.clear()
        client.get(f"/{version}/one")
        assert asked == ["once"]


def test_the_other_name_is_refused(client: TestClient) -> None:
    assert client.post("/v1/create", json={"title": "q"}).status_code == 422
    assert client.post("/v2/create", json={"name": "q"}).status_code == 422


@pytest.mark.parametrize("version", ["v0", "v3"])
def test_a_version_that_is_not_there_is_not_found(client: TestClient, version: str) -> None:
    assert client.get(f"/{version}/one").status_code == 404


def test_what_is_no_version_names_none(client: TestClient) -> None:
    answer = client.get("/banana/one")
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (400, "version-unspecified")
