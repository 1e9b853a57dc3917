"""What a client sees at the edge."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from scaffold.generate.runtime.checks import StartRefused
from scaffold.generate.runtime.error_forms import SIMPLE
from scaffold.generate.runtime.readers import InHeader, InPath

from .conftest import Clock
from .shop.app import EDITIONS
from .shop.records import Users


@pytest.mark.parametrize("path", ["/api/v1/users/1", "/api/v1/users/99", "/api/v1/nothing", "/api/v1/users/666"])
def test_every_response_carries_version_offer_and_request_id(client: TestClient, path: str) -> None:
    headers = client.get(path, headers={"x-request-id": "abc-1"}).headers
    assert headers["api-version"] == "v1"
    assert headers["x-api-version"] == "1.2"
    assert headers["api-supported-versions"] == "v1, v2"
    assert headers["x-request-id"] == "abc-1"


@pytest.mark.parametrize("sent", ["", "a b", "x" * 129, "a\tb", "{}"])
def test_a_request_id_that_is_not_sane_is_replaced(client: TestClient, sent: str) -> None:
    assert client.get("/healthz", headers={"x-request-id": sent}).headers["x-request-id"] != sent


def test_deprecation_and_retirement_happen_by_the_clock(client: TestClient, clock: Clock) -> None:
    clock.set("2026-01-15", -1)
    assert client.get("/api/v1/users/1").headers["api-supported-versions"] == "v1, v2"
    clock.set("2026-01-15")
    answer = client.get("/api/v1/users/1")
    assert answer.headers["api-deprecated-versions"] == "v1"
    assert '</api/v2/people/1>; rel="successor-version"' in answer.headers["link"]
    assert "migration/v1-to-v2#get-user>" in answer.headers["link"]
    clock.set("2026-07-14", -1)
    assert client.get("/api/v1/users/1").status_code == 200
    clock.set("2026-07-14")
    assert client.get("/api/v1/users/1").status_code == 410


def test_a_retired_version_says_where_to_go(client: TestClient, clock: Clock) -> None:
    clock.set("2026-07-14", 1)
    answer = client.get("/api/v1/users", headers={"x-request-id": "r"})
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["link"] == '</api/v2/people>; rel="successor-version"'
    assert answer.json() == {
        "type": "https://docs.example.com/problems/version-retired",
        "title": "API version retired",
        "status": 410,
        "detail": "v1 was retired on 2026-07-14.",
        "instance": "/api/v1/users",
        "requestId": "r",
        "requested": "v1",
        "successor": "/api/v2/people",
        "supported": ["v2"],
        "documentation": "https://docs.example.com/migration/v1-to-v2",
    }
    assert "successor" not in client.get("/api/v1/users/me").json()


@pytest.mark.parametrize("version", ["v9", "v1.1", "2026-01-01", "next"])
def test_an_unknown_version_is_a_problem(client: TestClient, version: str) -> None:
    answer = client.get(f"/api/{version}/users")
    assert answer.status_code == 404
    assert answer.json()["type"].endswith("/version-unsupported")
    assert answer.json()["requested"] == version
    assert answer.json()["supported"] == ["v1", "v2"]
    assert "api-version" not in answer.headers


def test_a_method_that_is_not_there_gets_all_that_are(client: TestClient) -> None:
    answer = client.put("/api/v1/users/1")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "DELETE, GET, HEAD, OPTIONS, PATCH"
    assert answer.json()["type"].endswith("/method-not-allowed")


def test_options_names_methods_and_document(client: TestClient) -> None:
    answer = client.options("/api/v2/people")
    assert (answer.status_code, answer.headers["allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    assert answer.headers["link"].startswith('</api/v2/openapi.json>; rel="service-desc"')
    assert client.options("/api/v2/nothing").status_code == 404


@pytest.mark.parametrize("path", ["/healthz", "/api/versions", "/mine"])
def test_options_on_any_other_path_leads_to_every_version(make: Callable[..., TestClient], path: str) -> None:
    client = make(prepare=lambda app: app.add_api_route("/mine", lambda: None))
    answer = client.options(path)
    methods = [m for m in ("GET", "HEAD") if client.request(m, path).status_code == 200]
    assert (answer.status_code, answer.headers["allow"]) == (204, ", ".join([*methods, "OPTIONS"]))
    assert answer.headers["api-supported-versions"] == "v1, v2"
    assert "api-version" not in answer.headers
    assert answer.headers["link"].split(", ")[1] == (
        '</api/v2/openapi.json>; rel="service-desc"; type="application/json"'
    )


def test_head_is_wherever_get_is_without_the_body(client: TestClient) -> None:
    got, head = client.get("/api/v1/users/1"), client.head("/api/v1/users/1")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"]
    assert {**got.headers, "x-request-id": ""} == {**head.headers, "x-request-id": ""}
    assert client.head("/api/v1/users/1/verify").status_code == 405


@pytest.mark.parametrize("path", ["/users/1", "/users/99", "/users/me", "/nothing"])
def test_head_leads_on_as_get_does(client: TestClient, clock: Clock, path: str) -> None:
    clock.set("2026-02-01")
    got, head = client.get(f"/api/v1{path}"), client.head(f"/api/v1{path}")
    assert (head.status_code, head.headers["link"]) == (got.status_code, got.headers["link"])


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", None])
def test_a_body_of_another_kind_is_refused_with_what_is_accepted(client: TestClient, kind: str | None) -> None:
    headers = {} if kind is None else {"content-type": kind}
    answer = client.post("/api/v1/users", content=b"{}", headers=headers)
    assert answer.status_code == 415
    assert "application/json" in answer.headers["accept"]


def test_invalid_input_is_named_as_the_caller_named_it_and_not_echoed(client: TestClient) -> None:
    answer = client.post("/api/v1/users", json={"name": 4711})
    assert answer.status_code == 422
    assert [(e["loc"], e["type"]) for e in answer.json()["errors"]] == [
        (["body", "name"], "string_type"),
        (["body", "email"], "missing"),
    ]
    assert "4711" not in answer.text
    query = client.get("/api/v1/users?limit=4711")
    assert (query.status_code, query.json()["errors"][0]["loc"]) == (422, ["query", "limit"])
    assert "4711" not in query.text.replace(query.json()["instance"], "")


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[1", b"null"])
def test_a_body_that_cannot_be_read_is_the_callers_error(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/v1/users", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == ["body"]


def test_an_unexpected_error_leaks_nothing_and_is_logged_once_with_its_request(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = client.get("/api/v1/users/666", headers={"x-request-id": "lost"})
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["requestId"] == "lost"
    assert not any(word in answer.text for word in ("SELECT", "srv", "RuntimeError", "Traceback"))
    assert [r.getMessage() for r in caplog.records] == ["request lost failed: GET /api/v1/users/666"]


def test_what_is_not_found_is_a_problem(client: TestClient) -> None:
    assert client.get("/api/v1/users/99").json()["detail"] == "There is no User 99."
    assert client.get("/api/v1/users/").status_code == 404
    assert client.get("/nowhere").headers["content-type"] == "application/problem+json"
    assert "api-version" not in client.get("/nowhere").headers


def test_the_simple_error_format_is_kept_for_versions_that_had_it(make: Callable[..., TestClient]) -> None:
    client = make(editions=(replace(EDITIONS[0], errors=SIMPLE), *EDITIONS[1:]))
    answer = client.get("/api/v1/users/99")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == {"error": "not_found", "message": "There is no User 99."}
    assert "type" in client.get("/api/v2/people/99").json()


def test_a_proxy_in_front_is_in_every_path(make: Callable[..., TestClient], clock: Clock) -> None:
    clock.set("2026-02-01")

    def behind(app: Any) -> None:
        app.root_path = "/shop"

    client = make(prepare=behind)
    created = client.post("/api/v1/users", json={"name": "A", "email": "a@example.com"})
    assert created.headers["location"] == "/shop/api/v1/users/6"
    assert client.get("/shop/api/v1/users/6").status_code == 200
    assert "</shop/api/v2/people/6>" in client.get("/api/v1/users/6").headers["link"]


def test_a_websocket_passes_untouched(make: Callable[..., TestClient], users: Users) -> None:
    from starlette.websockets import WebSocket

    async def echo(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text(await socket.receive_text())
        await socket.close()

    client = make(prepare=lambda app: app.add_api_websocket_route("/ws", echo))
    with client.websocket_connect("/ws") as socket:
        socket.send_text("hi")
        assert socket.receive_text() == "hi"


@pytest.mark.parametrize("path", ["/users", "/users/1", "/users/me", "/none", "/openapi.json", "/users/99"])
def test_who_names_no_version_is_answered_as_if_one_had_been_named(
    make: Callable[..., TestClient], clock: Clock, path: str
) -> None:
    clock.set("2026-02-01")
    client, id = make(unspecified="v1"), {"x-request-id": "r"}
    answer, wanted = client.get(f"/api{path}", headers=id), client.get(f"/api/v1{path}", headers=id)
    assert (answer.status_code, answer.json()) == (wanted.status_code, wanted.json())
    assert dict(answer.headers) == dict(wanted.headers)
    assert answer.headers["api-version"] == "v1"


def test_links_and_locations_of_unversioned_requests_name_the_version(
    make: Callable[..., TestClient], clock: Clock
) -> None:
    client = make(unspecified="v1")
    created = client.post("/api/users", json={"name": "Ada", "email": "ada@example.com"})
    assert (created.status_code, created.headers["location"]) == (201, "/api/v1/users/6")
    assert '</api/v1/users?limit=2&offset=2>; rel="next"' in client.get("/api/users?limit=2").headers["link"]
    clock.set("2026-07-14")
    assert client.get("/api/users").status_code == 410
    assert client.get("/api/users").json()["requested"] == "v1"


def test_methods_of_unversioned_requests_are_those_of_the_version(make: Callable[..., TestClient]) -> None:
    client = make(unspecified="v1")
    assert client.put("/api/users/1").headers["allow"] == "DELETE, GET, HEAD, OPTIONS, PATCH"
    assert client.head("/api/users/1").headers["api-version"] == "v1"
    assert client.options("/api/users/1").headers["link"].startswith("</api/v1/openapi.json>")


@pytest.mark.parametrize("path", ["/api/v9/users", "/api/2026-01-01/users", "/api/next/users"])
def test_a_version_that_is_unknown_stays_unknown(make: Callable[..., TestClient], path: str) -> None:
    answer = make(unspecified="v1").get(path)
    assert (answer.status_code, answer.json()["title"]) == (404, "API version not supported")


def test_without_a_version_for_them_unversioned_requests_are_refused(client: TestClient) -> None:
    answer = client.get("/api/users")
    assert (answer.status_code, "api-version" in answer.headers) == (400, False)
    assert answer.json()["type"].endswith("/version-unspecified")
    assert answer.headers["api-supported-versions"] == "v1, v2"


def test_routes_beside_the_versions_come_before_unversioned_requests(make: Callable[..., TestClient]) -> None:
    def prepare(app: Any) -> None:
        app.add_api_route("/api/status", lambda: {"mine": True})

    client = make(unspecified="v1", prepare=prepare)
    for path in ("/healthz", "/api/versions", "/api/status"):
        answer = client.get(path)
        assert (answer.status_code, "api-version" in answer.headers) == (200, False)
    assert client.get("/elsewhere").headers.get("api-version") is None
    assert client.get("/apis/users").status_code == 404


@pytest.mark.parametrize(
    "path", ["/api/users", "/api/users/{x}", "/api/users/{id}/verify", "/{rest:path}", "/api/{r:path}"]
)
def test_a_route_that_would_take_what_unversioned_callers_send_stops_the_start(
    make: Callable[..., TestClient], path: str
) -> None:
    with pytest.raises(StartRefused, match="which callers use whose path names no version"):
        make(unspecified="v1", prepare=lambda app: app.add_api_route(path, lambda: None))


def test_a_route_may_not_take_what_callers_send_who_name_the_version_beside_it(make: Callable[..., TestClient]) -> None:
    def adding(path: str) -> Callable[[Any], None]:
        return lambda app: app.add_api_route(path, lambda: {"mine": True})

    header = InHeader("API-Version")
    for locate in ((header,), (InPath(), header)):
        for path in ("/api/users", "/api/people/{id}"):
            with pytest.raises(StartRefused, match=f"the route {path} takes".replace("{", "[{]")):
                make(locate=locate, prepare=adding(path))
    client = make(locate=(header,), prepare=adding("/api/v2/mine"))
    assert client.get("/api/v2/mine").json() == {"mine": True}
    with pytest.raises(StartRefused, match="lies on the path of v2"):
        make(locate=(InPath(), header), prepare=adding("/api/v2/mine"))


def test_a_version_that_is_retired_is_not_looked_at_for_it(make: Callable[..., TestClient], clock: Clock) -> None:
    clock.set("2026-07-14")
    client = make(unspecified="v1", prepare=lambda app: app.add_api_route("/api/users", lambda: {"mine": True}))
    assert client.get("/api/users").json() == {"mine": True}


def test_a_mount_that_would_take_them_stops_the_start_and_another_does_not(make: Callable[..., TestClient]) -> None:
    make(unspecified="v1", prepare=lambda app: app.mount("/api/static", FastAPI()))
    for path in ("/", "/api/users"):
        with pytest.raises(StartRefused):
            make(unspecified="v1", prepare=lambda app, path=path: app.mount(path, FastAPI()))


@pytest.mark.parametrize("base", ["", "/pal/servlet/Payment"])
def test_a_base_path_may_be_empty_or_long(make: Callable[..., TestClient], base: str) -> None:
    client = make(unspecified="v1", base_path=base)
    assert client.get(f"{base}/v1/users/1").json() == client.get(f"{base}/users/1").json()
    assert client.get(f"{base}/v2/people/1").headers["api-version"] == "v2"
    created = client.post(f"{base}/users", json={"name": "Ada", "email": "ada@example.com"})
    assert created.headers["location"] == f"{base}/v1/users/6"
    assert client.get("/healthz").json() == {"status": "ok"}
    listed = client.get(f"{base}/versions").json()["versions"]
    assert [v["url"] for v in listed] == [f"{base}/v1", f"{base}/v2", f"{base}/v3"]
    assert client.get(f"{base}/v9/users").status_code == 404
    assert client.get("/elsewhere" if base else "/v0").status_code == 404


def test_a_version_may_be_served_below_a_path_of_its_own(make: Callable[..., TestClient]) -> None:
    moved = replace(EDITIONS[1], version=replace(EDITIONS[1].version, base="/rest"))
    client = make(editions=(EDITIONS[0], moved, EDITIONS[2]))
    assert client.get("/rest/v2/people/1").status_code == client.get("/api/v1/users/1").status_code == 200
    assert client.get("/api/v2/people/1").status_code == client.get("/rest/v1/users/1").status_code == 404
    assert '</rest/v2/people/1>; rel="successor-version"' in client.get("/api/v1/users/1").headers["link"]
    assert client.get("/api/versions").json()["versions"][1]["document"] == "/rest/v2/openapi.json"


def test_where_requests_name_no_version_the_only_one_answers(make: Callable[..., TestClient]) -> None:
    client = make(editions=(EDITIONS[0],), unspecified="v1", locate=())
    answer = client.get("/api/users/1")
    assert (answer.status_code, answer.json()["id"]) == (200, 1)
    assert "api-version" not in answer.headers
    assert "deprecation" in answer.headers
    assert client.get("/api/v1/users/1").status_code == client.get("/api/versions").status_code == 404
    made = client.post("/api/users", json={"name": "Ada", "email": "ada@example.com"})
    assert made.headers["location"] == f"/api/users/{made.json()['id']}"
