"""Operations that move: each version has its own place, and what leads to others leads to the caller's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .service import Service, service

FIRST = """
types:
  Ticket: {fields: {subject: str}}
resources:
  User:
    path: /users
    fields: {id: {type: int, key: true}, name: str}
    operations: [list, get, create, update, replace, delete]
operations:
  GET /files/{name}/raw:
    id: raw
    parameters: {name: {in: path, type: str}, q: str}
    responses: {200: str}
  GET /tickets/{id}:
    id: ticket
    parameters: {id: {in: path, type: int}}
    responses: {200: Ticket}
  POST /tickets:
    id: open_ticket
    body: Ticket
    responses: {201: {type: Ticket, headers: {Location: str, Link: str}}}
"""
RELEASE = """
- {move: "GET /files/{name}/raw", to: "GET /blobs/{blob-name}", keep: true}
"""
SECOND = """
- {move: "GET /users/{id}", to: "GET /accounts/{uid}", redirect: 308}
- {move: "PUT /users/{id}", to: "PATCH /accounts/{uid}", keep: true}
- {move: "PATCH /users/{id}", to: "PATCH /persons/{id}", redirect: 307}
- {move: POST /users, to: POST /accounts, redirect: 308}
- {move: "GET /tickets/{id}", to: "GET /cases/{number}"}
- {rename: "GET /accounts/{uid} path uid", to: account}
"""
THIRD = """
- {move: GET /users, to: GET /accounts}
- {add: "GET /jobs/{id}", id: job, parameters: {id: {in: path, type: int}}, responses: {200: Ticket}}
"""


@pytest.fixture(scope="module")
def shop() -> Iterator[Service]:
    with service(FIRST, SECOND, THIRD, releases=RELEASE) as made:
        made.answers["raw"] = "ok"
        yield made


def test_each_version_has_its_own_places(shop: Service) -> None:
    for version, one, many in (("v1", "users", "users"), ("v2", "accounts", "users"), ("v3", "accounts", "accounts")):
        made = shop.call(version, f"POST /{one}", json={"name": "Ada"})
        key = made.json()["id"]
        assert made.headers["location"] == f"/api/{version}/{one}/{key}"
        assert shop.call(version, f"GET /{one}/{key}").json()["name"] == "Ada"
        assert shop.call(version, f"GET /{many}").status_code == 200
        method = "PUT" if version == "v1" else "PATCH"
        assert shop.call(version, f"{method} /{one}/{key}", json={"name": "Grace"}).json()["name"] == "Grace"


def test_the_version_that_moves_an_operation_leads_there(shop: Service) -> None:
    for call, status, place in (
        ("GET /users/1?a=b", 308, "/api/v2/accounts/1?a=b"),
        ("HEAD /users/1", 308, "/api/v2/accounts/1"),
        ("GET /users/a%20b", 308, "/api/v2/accounts/a%20b"),
        ("PATCH /users/1", 307, "/api/v2/persons/1"),
        ("POST /users", 308, "/api/v2/accounts"),
    ):
        answer = shop.call("v2", call)
        assert (answer.status_code, answer.headers["location"], answer.content) == (status, place, b"")
    assert shop.call("v3", "GET /users/1").status_code == 405
    assert shop.call("v3", "POST /users", json={"name": "a"}).status_code == 404


def test_an_operation_may_work_in_both_places(shop: Service) -> None:
    assert shop.call("v1", "GET /files/a.txt/raw?q=1").status_code == 200
    assert shop.given == {"blob_name": "a.txt", "q": "1"}
    assert shop.call("v1", "GET /blobs/a.txt").status_code == 200
    assert shop.call("v2", "GET /files/a.txt/raw").status_code == 404
    key = shop.call("v2", "POST /accounts", json={"name": "Ada"}).json()["id"]
    assert shop.call("v2", f"PUT /users/{key}", json={"name": "Grace"}).json()["name"] == "Grace"
    assert "PUT" in shop.call("v2", f"OPTIONS /users/{key}").headers["allow"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("/cases/7", ("/api/v1/tickets/7", "/api/v2/cases/7", "/api/v3/cases/7")),
        ("/api/v3/cases/7?a=b#c", ("/api/v1/tickets/7?a=b#c", "/api/v2/cases/7?a=b#c", "/api/v3/cases/7?a=b#c")),
        ("/accounts", ("/api/v1/users", "/api/v2/users", "/api/v3/accounts")),
        ("/jobs/3", ("/api/v3/jobs/3",) * 3),
        ("/elsewhere", ("/elsewhere",) * 3),
        ("https://example.com/cases/7", ("https://example.com/cases/7",) * 3),
    ],
)
def test_headers_lead_to_the_version_of_the_caller(shop: Service, written: str, read: tuple[str, ...]) -> None:
    ticket = shop.record("Ticket", subject="a")
    shop.answers["open_ticket"] = shop.reply(201, ticket, Location=written, Link=f'<{written}>; rel="self", </x>')
    for version, place in zip(("v1", "v2", "v3"), read, strict=True):
        answer = shop.call(version, "POST /tickets", json={"subject": "a"})
        assert answer.headers["location"] == place
        assert answer.headers["link"] == f'<{place}>; rel="self", </x>'


def test_an_api_without_versions_keeps_both_places() -> None:
    with service(f"versioning: {{locate: []}}\n{FIRST}", releases=RELEASE) as shop:
        shop.answers |= {
            "raw": "ok",
            "open_ticket": shop.reply(201, shop.record("Ticket", subject="a"), Location="/tickets/7"),
        }
        for path in ("/files/a.txt/raw", "/blobs/a.txt"):
            assert shop.client.get(f"/api{path}").status_code == 200
        assert shop.client.post("/api/tickets", json={"subject": "a"}).headers["location"] == "/api/tickets/7"
