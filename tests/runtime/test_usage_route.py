"""What a client asks of itself: by its credential, or by the name it gives; of others it is told nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import MetaData
from starlette.testclient import TestClient

from scaffold.generate.runtime.database import Storage
from scaffold.generate.runtime.security import Access, ApiKey, Bearer, Caller, Credential, Scheme, gates
from scaffold.generate.runtime.tally import Client
from scaffold.generate.runtime.usage import Ledger, usage_table

METADATA = MetaData()
TABLE = usage_table(METADATA)
PATH = "/api/usage/deprecations"
KEY = Scheme(kind="apiKey", location="header", parameter="X-API-Key")
BEARER = Scheme(kind="http", word="bearer")


async def authenticate(credential: Credential) -> Caller | None:
    """The secret is the name, backwards."""
    match credential:
        case ApiKey(key=secret) | Bearer(token=secret) if secret.startswith("s-"):
            return Caller(id=secret.removeprefix("s-")[::-1])
        case _:
            return None


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    storage = Storage(f"sqlite:///{tmp_path / 'usage.db'}")
    METADATA.create_all(storage.engine)
    return Ledger(storage, TABLE)


@pytest.fixture
def guarded(make: Callable[..., TestClient], ledger: Ledger, clock) -> TestClient:
    """A shop that asks for a key in v1, for a bearer token in v2, and for nothing in v3."""
    clock.set("2026-02-01")
    access = {
        "v1": Access(schemes={"Key": KEY}, usual=((("Key", ()),),)),
        "v2": Access(schemes={"Token": BEARER}, usual=((("Token", ()),),)),
        "v3": Access(),
    }
    return make(ledger=ledger, gates=gates(access, authenticate, "Shop"))


def calls(client: TestClient, **headers: str) -> list[tuple[str, int]]:
    told = client.get(PATH, headers={name.replace("_", "-"): value for name, value in headers.items()})
    assert told.status_code == 200, told.text
    return [(call["operation"], call["requests"]) for v in told.json()["versions"] for call in v["calls"]]


def test_whoever_has_a_credential_is_counted_and_told_by_it(guarded, ledger):
    for _ in range(3):
        assert guarded.get("/api/v1/users", headers={"X-API-Key": "s-emca", "X-Client-ID": "beta"}).status_code == 200
    assert guarded.get("/api/v1/users", headers={"X-Client-ID": "acme"}).status_code == 401
    assert calls(guarded, X_API_Key="s-emca") == [("list_users", 3)]
    assert calls(guarded, Authorization="Bearer s-emca") == [("list_users", 3)]
    rows = guarded.portal.call(ledger.read, date(2026, 1, 1))
    assert {(r.client, r.count) for r in rows} == {(Client("acme", True), 3), (Client("acme", False), 1)}
    assert "s-emca" not in repr(rows)


def test_who_only_gives_a_name_is_told_of_that_name_alone(guarded):
    guarded.get("/api/v1/users", headers={"X-API-Key": "s-emca"})
    guarded.get("/api/v1/users", headers={"X-Client-ID": "acme"})
    assert calls(guarded, X_Client_ID="acme") == [("list_users", 1)]
    assert calls(guarded, X_Client_ID="nobody") == []


def test_a_wrong_credential_is_refused(guarded):
    told = guarded.get(PATH, headers={"X-API-Key": "wrong", "X-Client-ID": "acme"})
    assert told.status_code == 401
    assert "ApiKey" in told.headers["www-authenticate"]


def test_who_says_nothing_is_asked(guarded):
    told = guarded.get(PATH)
    assert (told.status_code, told.headers["content-type"]) == (400, "application/problem+json")
    assert told.json()["type"].endswith("/client-unspecified")


def test_what_is_told_is_what_ends_and_what_to_do(guarded):
    guarded.get("/api/v1/users/1", headers={"X-API-Key": "s-emca"})
    guarded.get("/api/v2/people", headers={"Authorization": "Bearer s-emca"})
    told = guarded.get(PATH, headers={"X-API-Key": "s-emca"}).json()
    (version,) = told["versions"]
    assert (told["client"], told["verified"]) == ("acme", True)
    assert (version["version"], version["stage"], version["sunset"], version["days_left"]) == (
        "v1", "deprecated", "2026-07-14", 163,
    )  # fmt: skip
    assert version["documentation"] == "https://docs.example.com/migration/v1-to-v2"
    assert version["calls"][0]["documentation"].endswith("#get-user")
