"""What goes with the place that names versions: addresses, documents, media types, and what carries no version."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest

from .saying import Asked, say
from .services import service, spec

pytestmark = pytest.mark.slow
PLACES = ("path", "header", "query", "media_type")


@pytest.fixture(scope="module", params=PLACES)
def served(request: pytest.FixtureRequest) -> Iterator[tuple[str, httpx2.Client]]:
    """A place, and a client of a program whose versions are named there."""
    with service(spec("major", (request.param,))) as client:
        yield request.param, client


def call(served: tuple[str, httpx2.Client], method: str, version: str, **more: object) -> httpx2.Response:
    """What an operation on users answers who names `version`."""
    place, client = served
    asked = Asked()
    say(asked, place, version)
    params = [*asked.query, *more.pop("params", {}).items()]  # type: ignore[attr-defined]  # it is a mapping
    return client.request(method, asked.path, headers=asked.headers, params=params or None, **more)  # type: ignore[arg-type]  # what httpx2 takes besides


def follow(served: tuple[str, httpx2.Client], url: str, version: str) -> httpx2.Response:
    """What is at an address, for who still names `version` wherever addresses do not."""
    place, client = served
    asked = Asked()
    say(asked, place, version)
    return client.get(url, headers=asked.headers)


@pytest.mark.parametrize("version", ["v2", "v3"])
def test_what_was_made_is_found_where_it_is_said_to_be(served: tuple[str, httpx2.Client], version: str) -> None:
    name = "name" if version == "v2" else "full_name"
    made = call(served, "POST", version, json={name: "Ada"})
    assert made.status_code == 201
    found = follow(served, made.headers["location"], version)
    assert (found.status_code, found.json(), found.headers["api-version"]) == (200, made.json(), version)


def test_the_next_page_is_one_of_the_same_version(served: tuple[str, httpx2.Client]) -> None:
    for name in ("Ada", "Bob", "Eve"):
        call(served, "POST", "v2", json={"name": name})
    page = call(served, "GET", "v2", params={"limit": "1"})
    following = follow(served, page.links["next"]["url"], "v2")
    assert (following.status_code, following.headers["api-version"]) == (200, "v2")
    assert following.json() != page.json()


def test_every_document_is_at_the_path_of_its_version_and_says_how_to_name_it(
    served: tuple[str, httpx2.Client],
) -> None:
    place, client = served
    listed = {v["id"]: v for v in client.get("/api/versions").json()["versions"]}
    assert "document" not in listed["v1"]
    for version in ("v2", "v3"):
        assert listed[version]["document"] == f"/api/{version}/openapi.json"
        answer = client.get(listed[version]["document"])
        assert (answer.status_code, answer.headers["api-version"]) == (200, version)
        document, operation = answer.json(), answer.json()["paths"]["/users"]
        assert document["servers"] == [{"url": f"/api/{version}" if place == "path" else "/api"}]
        named = [(p["in"], p["name"], p["required"], p["schema"]["enum"]) for p in operation.get("parameters", ())]
        said = {
            "header": [("header", "API-Version", True, [version])],
            "query": [("query", "version", True, [version])],
        }
        assert named == said.get(place, [])
        content = list(operation["get"]["responses"]["200"]["content"])
        typed = f"application/vnd.shop+json; version={version[1:]}"
        assert content == [*([typed] if place == "media_type" else []), "application/json"]
        assert ("400" in operation["get"]["responses"]) is (place != "path")
    assert client.get("/api/v1/openapi.json").status_code == 410
    assert client.get("/api/v9/openapi.json").status_code in (400, 404)


def test_a_document_is_also_found_by_who_names_its_version(served: tuple[str, httpx2.Client]) -> None:
    place, client = served
    if place != "path":
        asked = Asked()
        say(asked, place, "v2")
        answer = client.get("/api/openapi.json", headers=asked.headers, params=asked.query or None)
        assert answer.json() == client.get("/api/v2/openapi.json").json()
        assert answer.headers["content-type"] == "application/json"


def test_methods_and_heads_are_those_of_the_version(served: tuple[str, httpx2.Client]) -> None:
    options = call(served, "OPTIONS", "v2")
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    assert options.links["service-desc"]["url"] == "/api/v2/openapi.json"
    head, got = call(served, "HEAD", "v2"), call(served, "GET", "v2")
    assert (head.status_code, head.content) == (200, b"")
    assert {n: v for n, v in head.headers.items() if n not in ("date", "x-request-id")} == {
        n: v for n, v in got.headers.items() if n not in ("date", "x-request-id")
    }
    refused = call(served, "PUT", "v2")
    assert (refused.status_code, refused.headers["api-version"]) == (405, "v2")


def test_options_that_name_no_version_tell_what_each_has(served: tuple[str, httpx2.Client]) -> None:
    _, client = served
    answer = client.options("/api/users/1")
    assert (answer.status_code, answer.headers["allow"]) == (204, "DELETE, GET, HEAD, OPTIONS")
    assert (answer.headers["api-supported-versions"], "api-version" in answer.headers) == ("v3", False)
    links = answer.headers["link"]
    assert "</api/v2/openapi.json>" in links
    assert "</api/v3/openapi.json>" in links
    assert client.options("/api/people/1").headers["allow"] == "DELETE, OPTIONS"
    assert client.options("/api/nothing").status_code == 400


def test_what_carries_no_version_asks_for_none(served: tuple[str, httpx2.Client]) -> None:
    place, client = served
    asked = Asked()
    say(asked, "header" if place == "path" else place, "latest")
    for path in ("/healthz", "/readyz", "/api/versions"):
        answer = client.get(path, headers=asked.headers, params=asked.query or None)
        assert (answer.status_code, "api-version" in answer.headers) == (200, False)
        assert "vary" not in answer.headers
    assert client.get("/elsewhere", headers=asked.headers).status_code == 404


def test_a_moved_operation_leads_to_its_new_address(served: tuple[str, httpx2.Client]) -> None:
    place, client = served
    asked = Asked()
    say(asked, place, "v2")
    made = call(served, "POST", "v2", json={"name": "Ada"}).json()
    answer = client.delete(f"{asked.path}/{made['id']}", headers=asked.headers, params=asked.query or None)
    wanted = {"path": "/api/v3/people/{}", "query": "/api/people/{}?version=v3"}.get(place, "/api/people/{}")
    assert (answer.status_code, answer.links["successor-version"]["url"]) == (204, wanted.format(made["id"]))


def test_a_retired_version_names_a_successor_only_at_another_address(served: tuple[str, httpx2.Client]) -> None:
    place, _ = served
    answer = call(served, "GET", "v1")
    assert (answer.status_code, answer.headers["content-type"]) == (410, "application/vnd.shop.error+json")
    wanted = {"path": "/api/v3/users", "query": "/api/users?version=v3"}.get(place)
    assert answer.json().get("migrate_to") == wanted


TYPED = "application/vnd.shop+json"


@pytest.mark.parametrize("place", PLACES)
def test_who_names_no_version_may_be_answered_by_one(place: str) -> None:
    with service(spec("major", (place,), unspecified="v2")) as client:
        made = client.post("/api/users", json={"name": "Ada"})
        assert (made.status_code, made.headers["api-version"]) == (201, "v2")
        found = client.get(made.headers["location"])
        assert (found.status_code, found.json(), found.headers["api-version"]) == (200, made.json(), "v2")
        assert client.get("/api/users").headers["content-type"] == "application/json"
        if place == "media_type":
            assert client.get("/api/users", headers={"Accept": TYPED}).headers["content-type"] == f"{TYPED}; version=2"
        if place in ("header", "query"):
            operation = client.get("/api/v2/openapi.json").json()["paths"]["/users"]
            assert [p["required"] for p in operation["parameters"]] == [False]


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        (f"{TYPED}; version=2", f"{TYPED}; version=2"),
        (f'{TYPED}; version="2", */*;q=0.1', f"{TYPED}; version=2"),
        ("application/vnd.shop.v2+json", "application/vnd.shop.v2+json"),
    ],
)
def test_an_answer_has_the_type_that_was_asked_for(accept: str, content_type: str) -> None:
    with service(spec("major", ("media_type", "header"))) as client:
        answer = client.get("/api/users", headers={"Accept": accept})
        assert answer.headers["content-type"] == content_type
        missing = client.get("/api/users/999", headers={"Accept": accept})
        assert (missing.status_code, missing.headers["content-type"]) == (404, "application/problem+json")
        plain = client.get("/api/users", headers={"Accept": "application/json", "API-Version": "v2"})
        assert plain.headers["content-type"] == "application/json"
        body = client.post(
            "/api/users", content='{"name": "Ada"}', headers={"Content-Type": f"{TYPED}; version=2", "Accept": "*/*"}
        )
        assert (body.status_code, body.headers["content-type"]) == (201, f"{TYPED}; version=2")
        unknown = client.post("/api/users", content="{}", headers={"Content-Type": f"{TYPED}; version=9"})
        assert unknown.status_code == 415
        assert unknown.headers["accept"] == f"{TYPED}; version=1, {TYPED}; version=2, {TYPED}; version=3"


def test_another_name_may_be_read() -> None:
    text = spec("major", ("header", "query")).replace(
        "unspecified", "header: X-Version, query: api-version, unspecified"
    )
    with service(text) as client:
        assert client.get("/api/users", headers={"x-version": "3"}).headers["api-version"] == "v3"
        assert client.get("/api/users?api-version=v2").headers["api-version"] == "v2"
        answer = client.get("/api/users", headers={"API-Version": "v3"}, params={"version": "v3"})
        assert (answer.status_code, answer.headers["vary"]) == (400, "X-Version")
        assert "`X-Version: v3` or `?api-version=v3`" in answer.json()["detail"]


def test_a_body_of_any_size_in_a_header_is_read_in_little_time() -> None:
    with service(spec("major", ("media_type",))) as client:
        for hostile in ('"\\' * 20_000, ";" * 40_000, f"{TYPED};" * 1_000, "," * 40_000):
            answer = client.get("/api/users", headers={"Accept": hostile}, timeout=5)
            assert answer.status_code in (400, 431)
