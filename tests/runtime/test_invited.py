"""A beta may be for named clients alone."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from scaffold.generate.runtime.security import Access, ApiKey, Caller, Credential, Scheme, gates

from .conftest import Clock
from .shop.app import EDITIONS

BETA = replace(EDITIONS[2], version=replace(EDITIONS[2].version, beta=True, clients=("acme", "umbrella")))
LIMITED = (*EDITIONS[:2], BETA)
KEYS = {"key-a": "acme", "key-b": "initech"}


@pytest.fixture
def client(make: Callable[..., TestClient]) -> TestClient:
    return make(editions=LIMITED)


@pytest.fixture
def guarded(make: Callable[..., TestClient]) -> TestClient:
    async def authenticate(credential: Credential) -> Caller | None:
        known = KEYS.get(credential.key) if isinstance(credential, ApiKey) else None
        return None if known is None else Caller(id=known)

    access = Access(schemes={"Key": Scheme(kind="apiKey", parameter="X-Key")}, usual=((("Key", ()),),))
    return make(editions=LIMITED, gates=gates({e.version.id: access for e in LIMITED}, authenticate, "Shop"))


def test_clients_that_are_named_may_call_it_and_are_warned(client: TestClient) -> None:
    answer = client.get("/api/v3/people/1", headers={"X-Client-ID": "umbrella"})
    assert answer.status_code == 200
    assert answer.headers["x-api-warn"] == "v3 is a beta: it may change without notice"
    assert answer.headers["vary"] == "X-Client-ID", "a cache must not hand it to others"
    assert "vary" not in client.get("/api/v2/people/1").headers


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({}, "the request names no client"),
        ({"X-Client-ID": "initech"}, "this client is none of them"),
        ({"X-Client-ID": ""}, "this client is none of them"),
        ({"X-Client-ID": "acme, umbrella"}, "this client is none of them"),
    ],
)
def test_others_are_told_what_they_may_call(client: TestClient, headers: dict[str, str], why: str) -> None:
    answer = client.get("/api/v3/people/1", headers={**headers, "x-request-id": "r"})
    assert (answer.status_code, answer.headers["cache-control"]) == (403, "no-store")
    assert answer.headers["api-version"] == "v3"
    assert answer.json() == {
        "type": "https://docs.example.com/problems/version-limited",
        "title": "API version for named clients",
        "status": 403,
        "detail": f"v3 is a beta for named clients, and {why}. "
        "Ask for yours to be one of them, or call another version.",
        "instance": "/api/v3/people/1",
        "requestId": "r",
        "requested": "v3",
        "supported": ["v1", "v2"],
    }


def test_path_and_method_are_told_first_and_other_versions_are_for_everybody(client: TestClient) -> None:
    assert client.get("/api/v3/nothing").status_code == 404
    assert client.put("/api/v3/people/1").status_code == 405
    assert client.options("/api/v3/people/1").status_code == 204
    assert client.head("/api/v3/people/1").status_code == 403
    assert client.get("/api/v2/people/1").status_code == 200


def test_where_a_credential_is_asked_for_it_says_who_calls(guarded: TestClient) -> None:
    def status(**headers: str) -> int:
        return guarded.get("/api/v3/people/1", headers={k.replace("_", "-"): v for k, v in headers.items()}).status_code

    assert status(X_Key="key-a") == 200
    assert status(X_Key="key-b") == 403
    assert status(X_Key="key-b", X_Client_ID="acme") == 403, "nobody is who they only say they are"
    assert status(X_Client_ID="acme") == 401
    assert status(X_Key="wrong") == 401


def test_a_preview_or_released_version_is_for_everybody(make: Callable[..., TestClient], clock: Clock) -> None:
    released = replace(BETA, version=replace(BETA.version, released=clock.at.date()))
    assert make(editions=(*EDITIONS[:2], released)).get("/api/v3/people/1").status_code == 200
    preview = replace(BETA, version=replace(BETA.version, beta=False))
    assert make(editions=(*EDITIONS[:2], preview)).get("/api/v3/people/1").status_code == 200


def test_the_program_may_invite_others(make: Callable[..., TestClient]) -> None:
    def prepare(app: Any) -> None:
        assert app.state.invited == {"v3": {"acme", "umbrella"}}
        app.state.invited = {"v3": {"initech"}}

    client = make(editions=LIMITED, prepare=prepare)
    assert client.get("/api/v3/people/1", headers={"X-Client-ID": "initech"}).status_code == 200
    assert client.get("/api/v3/people/1", headers={"X-Client-ID": "acme"}).status_code == 403


def test_the_list_and_the_document_say_so(client: TestClient) -> None:
    assert [v.get("limited") for v in client.get("/api/versions").json()["versions"]] == [None, None, True]
    document = client.get("/api/v3/openapi.json").json()
    assert "403" in document["paths"]["/people"]["get"]["responses"]
    assert "403" not in client.get("/api/v2/openapi.json").json()["paths"]["/people"]["get"]["responses"]
