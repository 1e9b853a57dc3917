"""Lists and errors of the case `whole`, as callers of each of its versions meet them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from ..projects import served

pytestmark = pytest.mark.slow
PLACES = {"v1": "/api/v1", "v2": "/api/v2", "v3": "/api/v3", "v4": "/rest/v4"}
TITLES = ("Emma", "Ulysses", "Dune")


@pytest.fixture(scope="module")
def base(golden: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The case as it is served, with three books."""
    database = tmp_path_factory.mktemp("whole") / "whole.db"
    with served(golden("whole"), "whole_api", DATABASE_URL=f"sqlite:///{database}", ENVIRONMENT="development") as base:
        for title in TITLES:
            assert httpx2.post(f"{base}/api/v1/books", json={"title": title}).status_code == 201
        yield base


def titles(items: list[dict[str, Any]]) -> list[str]:
    return [item["title"] for item in items]


def walked(base: str, path: str) -> Iterator[Any]:
    """The answer at `path`, and those that its links lead to, to the last."""
    answer = httpx2.get(f"{base}{path}")
    while True:
        assert answer.status_code == 200, answer.text
        yield answer
        link = answer.links.get("next")
        if link is None:
            return
        answer = httpx2.get(base + link["url"])


def test_a_list_that_is_not_paged_is_whole(base: str) -> None:
    answer = httpx2.get(f"{base}/api/v1/books?limit=1")
    assert titles(answer.json()) == list(TITLES)
    assert (answer.headers["x-total-count"], "link" in answer.headers) == ("3", False)


def test_pages_are_numbered(base: str) -> None:
    answer = httpx2.get(f"{base}/api/v2/books?limit=2&page=2").json()
    assert titles(answer["data"]) == ["Dune"]
    assert answer["meta"] == {"total": 3, "page": 2, "of": 2, "version": "v2"}
    assert httpx2.get(f"{base}/api/v2/books?page=0").status_code == 422


@pytest.mark.parametrize("version", ["v3", "v4"])
def test_links_lead_through_the_list_in_the_order_that_was_asked_for(base: str, version: str) -> None:
    parts = [titles(answer.json()) for answer in walked(base, f"{PLACES[version]}/books?sort=-title&limit=2")]
    assert parts == [["Ulysses", "Emma"], ["Dune"]]


def test_a_cursor_of_another_order_is_the_callers_mistake(base: str) -> None:
    link = httpx2.get(f"{base}/rest/v4/books?limit=1").links["next"]["url"]
    answer = httpx2.get(base + link + "&sort=title")
    wrong = answer.json()["wrong"][0]
    assert (answer.status_code, wrong["where"], wrong["field"]) == (422, "query", "cursor")


@pytest.mark.parametrize(
    ("method", "path", "status", "word"),
    [
        ("GET", "/books/99", 404, "not_found"),
        ("GET", "/nothing", 404, "not_found"),
        ("PUT", "/books", 405, "method_not_allowed"),
        ("GET", "/books?sort=x", 422, "invalid"),
    ],
)
def test_errors_have_the_form_of_their_version(base: str, method: str, path: str, status: int, word: str) -> None:
    old, new, own = (
        httpx2.request(method, f"{base}{PLACES[v]}{path}", json={} if method == "PUT" else None)
        for v in ("v1", "v2", "v3")
    )
    assert (old.status_code, old.headers["content-type"]) == (status, "application/json")
    assert (new.status_code, new.headers["content-type"]) == (status, "application/problem+json")
    assert old.json()["error"] == word
    assert new.json()["type"].endswith("/" + word.replace("_", "-"))
    assert (own.status_code, own.headers["content-type"]) == (status, "application/vnd.whole.error+json")
    assert own.json()["error"].pop("message")
    wrong = (
        {"wrong": [{"field": "sort", "where": "query", "why": own.json()["wrong"][0]["why"]}]} if status == 422 else {}
    )
    assert own.json() == {"error": own.json()["error"], **wrong}
    assert own.json()["error"]["code"] == word.upper()
    assert own.json()["error"]["request"] == own.headers["x-request-id"]


def test_what_is_done_is_what_the_version_of_the_caller_does(base: str) -> None:
    made = [httpx2.post(f"{base}{PLACES[v]}/books", json={"title": "  Middlemarch "}).json() for v in ("v3", "v4")]
    assert titles(made) == ["  Middlemarch ", "Middlemarch"]
    for book in made:
        assert httpx2.delete(f"{base}/rest/v4/books/{book['id']}").status_code == 204


def test_a_version_is_served_below_its_own_path_and_nowhere_else(base: str) -> None:
    assert [httpx2.get(f"{base}{place}/books").status_code for place in PLACES.values()] == [200] * 4
    assert [httpx2.get(f"{base}{place}/books").status_code for place in ("/api/v4", "/rest/v3")] == [404, 404]
    made = httpx2.post(f"{base}/rest/v4/books", json={"title": "Walden"})
    assert made.headers["location"] == f"/rest/v4/books/{made.json()['id']}"
    assert httpx2.delete(base + made.headers["location"]).status_code == 204
    listed = httpx2.get(f"{base}/api/versions").json()["versions"]
    assert {found["id"]: found["url"] for found in listed} == PLACES


def test_what_was_backported_is_the_same_thing_in_both_versions(base: str) -> None:
    made = httpx2.post(f"{base}/api/v1/books", json={"title": "Walden", "pages": 352})
    assert made.headers["x-api-version"] == "1.1"
    book = made.json()["id"]
    assert httpx2.get(f"{base}/rest/v4/books/{book}").json()["pages"] == 352
    replaced = httpx2.put(f"{base}/api/v1/books/{book}", json={"title": "Walden"})  # as on the first day of v1
    assert replaced.json()["pages"] == 352
    assert "pages" not in httpx2.get(f"{base}/api/v3/books/{book}").json()
    assert httpx2.delete(f"{base}/api/v1/books/{book}").status_code == 204
