"""Who is let in, and what those are told who are not."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI, Request
from starlette.testclient import TestClient

from scaffold.generate.runtime.security import (
    Access,
    ApiKey,
    Authorization,
    Basic,
    Bearer,
    Caller,
    Certificate,
    Credential,
    Gate,
    Guarded,
    Scheme,
    gates,
)

from .conftest import Clock
from .shop.app import create_app
from .shop.records import Users

SCHEMES = {
    "Key": Scheme(kind="apiKey", location="header", parameter="X-API-Key"),
    "QueryKey": Scheme(kind="apiKey", location="query", parameter="key"),
    "CookieKey": Scheme(kind="apiKey", location="cookie", parameter="session"),
    "Basic": Scheme(kind="http", word="basic"),
    "Bearer": Scheme(kind="http", word="bearer"),
    "Digest": Scheme(kind="http", word="digest"),
    "OAuth": Scheme(kind="oauth2"),
    "OpenId": Scheme(kind="openIdConnect"),
    "Tls": Scheme(kind="mutualTLS"),
}
ADA = {"X-API-Key": "ada"}


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


seen: list[Credential] = []


async def authenticate(credential: Credential) -> Caller | None:
    """Whoever says `ada`, anywhere, is Ada, who may read."""
    seen.append(credential)
    match credential:
        case ApiKey(key=word) | Bearer(token=word) | Basic(password=word) | Authorization(value=word) if word == "ada":
            return Caller(id="ada", scopes={"read"})
        case Certificate(name="CN=ada"):
            return Caller(id="ada")
        case _:
            return None


@pytest.fixture(autouse=True)
def nothing_seen() -> None:
    seen.clear()


def one(scheme: str, *scopes: str) -> Any:
    return (((scheme, scopes),),)


@pytest.fixture
def guard(make: Callable[..., TestClient]) -> Callable[..., TestClient]:
    """Makes a client of a shop that requires `usual` in v1 and v3, and nothing in v2."""

    def made(usual: Any, others: Any = None, **settings: Any) -> TestClient:
        access = Access(schemes=SCHEMES, usual=usual, others=others or {})
        required = {"v1": access, "v2": Access(), "v3": access}
        return make(gates=gates(required, authenticate, 'The "Shop"'), **settings)

    return made


def test_without_a_credential_nobody_is_let_in_and_the_way_is_told(guard: Callable[..., TestClient]) -> None:
    client = guard((*one("Key"), *one("Basic"), *one("Bearer")))
    answer = client.get("/api/v1/users/1")
    assert (answer.status_code, answer.headers["api-version"]) == (401, "v1")
    assert answer.headers["www-authenticate"] == (
        'ApiKey realm="The \'Shop\'", in="header", name="X-API-Key", '
        'Basic realm="The \'Shop\'", charset="UTF-8", '
        "Bearer realm=\"The 'Shop'\""
    )
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "https://docs.example.com/problems/unauthorized"
    assert client.get("/api/v1/users/1", headers=ADA).status_code == 200


def test_a_version_keeps_its_own_scheme(make: Callable[..., TestClient]) -> None:
    required = {
        "v1": Access(schemes=SCHEMES, usual=one("Key")),
        "v2": Access(schemes=SCHEMES, usual=one("Bearer")),
        "v3": Access(),
    }
    client = make(gates=gates(required, authenticate, "Shop"))
    bearer = {"Authorization": "Bearer ada"}
    statuses = [
        client.get(path, headers=headers).status_code
        for path in ("/api/v1/users/1", "/api/v2/people/1", "/api/v3/people/1")
        for headers in (ADA, bearer, {})
    ]
    assert statuses == [200, 401, 401, 401, 200, 401, 200, 200, 200]


@pytest.mark.parametrize(
    ("scheme", "sent"),
    [
        ("Key", {"headers": ADA}),
        ("QueryKey", {"params": {"key": "ada"}}),
        ("CookieKey", {"headers": {"Cookie": "a=b; session=ada"}}),
        ("Basic", {"headers": {"Authorization": basic("grace", "ada")}}),
        ("Basic", {"headers": {"Authorization": basic("grace", "ada").replace("Basic", "bAsIc")}}),
        ("Bearer", {"headers": {"authorization": "bearer   ada "}}),
        ("Digest", {"headers": {"authorization": "Digest ada"}}),
        ("OAuth", {"headers": {"authorization": "Bearer ada"}}),
        ("OpenId", {"headers": {"authorization": "Bearer ada"}}),
    ],
)
def test_each_way_to_say_who_calls_is_read(guard: Callable[..., TestClient], scheme: str, sent: Any) -> None:
    client = guard(one(scheme))
    wrong: Any = {k: {n: v.replace("ada", "eve") for n, v in values.items()} for k, values in sent.items()}
    if scheme == "Basic":
        wrong = {"headers": {"Authorization": basic("ada", "eve")}}
    assert client.get("/api/v1/users/1", **sent).status_code == 200
    assert client.get("/api/v1/users/1", **wrong).status_code == 401
    assert [c.scheme for c in seen] == [scheme, scheme]


@pytest.mark.parametrize(
    ("scheme", "header", "sent"),
    [
        ("Basic", "Authorization", "Basic not-base64!"),
        ("Basic", "Authorization", "Basic " + base64.b64encode(b"nocolon").decode()),
        ("Basic", "Authorization", "Basic " + base64.b64encode(b"\xff:\xff").decode()),
        ("Basic", "Authorization", "Bearer ada"),
        ("Bearer", "Authorization", "Bearer"),
        ("Bearer", "Authorization", "ada"),
        ("Key", "X-API-Key", ""),
        ("Key", "X-Other", "ada"),
    ],
)
def test_what_is_no_credential_is_not_shown_to_anybody(
    guard: Callable[..., TestClient], scheme: str, header: str, sent: str
) -> None:
    assert guard(one(scheme)).get("/api/v1/users/1", headers={header: sent}).status_code == 401
    assert seen == []


def test_a_credential_that_is_sent_twice_is_none(guard: Callable[..., TestClient]) -> None:
    headers = [("X-API-Key", "ada"), ("X-API-Key", "eve")]
    assert guard(one("Key")).get("/api/v1/users/1", headers=headers).status_code == 401
    assert guard(one("QueryKey")).get("/api/v1/users/1?key=ada&key=eve").status_code == 401
    assert seen == []


def test_a_certificate_comes_from_the_server(clock: Clock) -> None:
    async def provide() -> Users:
        return Users()

    required = Access(schemes=SCHEMES, usual=one("Tls"))
    app = create_app(
        provide, clock=clock, gates=gates({"v1": required, "v2": required, "v3": required}, authenticate, "Shop")
    )

    def with_certificate(inner: Any, name: str) -> Any:
        async def call(scope: Any, receive: Any, send: Any) -> None:
            tls = {"client_cert_chain": ["PEM"], "client_cert_name": name}
            await inner({**scope, "extensions": {"tls": tls}}, receive, send)

        return call

    assert TestClient(app).get("/api/v1/users").headers["www-authenticate"] == 'MutualTLS realm="Shop"'
    assert TestClient(with_certificate(app, "CN=ada")).get("/api/v1/users").status_code == 200
    assert TestClient(with_certificate(app, "CN=eve")).get("/api/v1/users").status_code == 401


def test_any_alternative_lets_in(guard: Callable[..., TestClient]) -> None:
    client, bearer = guard((*one("Key"), *one("Bearer"))), {"Authorization": "Bearer ada"}
    assert [client.get("/api/v1/users/1", headers=h).status_code for h in (ADA, bearer, {**ADA, **bearer})] == [200] * 3


@pytest.mark.parametrize("wrong", ["Bearer eve", "Bearer", "Basic YTpi", "nonsense", ""])
def test_what_is_sent_must_be_right_also_beside_a_right_one(guard: Callable[..., TestClient], wrong: str) -> None:
    client = guard((*one("Key"), *one("Bearer"), ()))
    assert client.get("/api/v1/users/1", headers={**ADA, "Authorization": wrong}).status_code == 401
    assert client.get("/api/v1/users/1", headers={"X-API-Key": "", "Authorization": "Bearer ada"}).status_code == 401


def test_what_no_scheme_of_the_operation_reads_is_nobodys_business(guard: Callable[..., TestClient]) -> None:
    assert guard(one("Key")).get("/api/v1/users/1", headers={**ADA, "Authorization": "Bearer eve"}).status_code == 200


def test_two_schemes_may_share_a_place(guard: Callable[..., TestClient]) -> None:
    client = guard((*one("Basic"), *one("Bearer")))
    assert client.get("/api/v1/users/1", headers={"Authorization": "Bearer ada"}).status_code == 200
    assert client.get("/api/v1/users/1", headers={"Authorization": basic("grace", "ada")}).status_code == 200
    assert client.get("/api/v1/users/1", headers={"Authorization": "Digest ada"}).status_code == 401


def test_what_is_required_together_is_needed_together(guard: Callable[..., TestClient]) -> None:
    client = guard(((("Key", ()), ("Bearer", ())),))
    bearer = {"Authorization": "Bearer ada"}
    statuses = [client.get("/api/v1/users/1", headers=h).status_code for h in (ADA, bearer, {**ADA, **bearer})]
    assert statuses == [401, 401, 200]


def test_each_credential_is_verified_once(guard: Callable[..., TestClient]) -> None:
    client = guard(((("Key", ()), ("Bearer", ())), (("Key", ("write",)),), (("Key", ()),)))
    assert client.get("/api/v1/users/1", headers=ADA).status_code == 200
    assert len(seen) == 1


def test_a_missing_scope_is_another_thing_than_a_wrong_credential(guard: Callable[..., TestClient]) -> None:
    client = guard(one("OAuth", "read"), {"update_user": one("OAuth", "read", "write")})
    ada, eve = {"Authorization": "Bearer ada"}, {"Authorization": "Bearer eve"}
    assert client.get("/api/v1/users/1", headers=ada).status_code == 200
    lacking = client.patch("/api/v1/users/1", headers=ada, json={})
    assert (lacking.status_code, lacking.json()["scopes"]) == (403, ["write"])
    stated = 'Bearer realm="The \'Shop\'", error="insufficient_scope", scope="read write"'
    assert lacking.headers["www-authenticate"] == stated
    wrong = client.patch("/api/v1/users/1", headers=eve, json={})
    assert wrong.status_code == 401
    assert wrong.headers["www-authenticate"] == 'Bearer realm="The \'Shop\'", error="invalid_token"'


def test_where_anybody_is_let_in_a_wrong_credential_is_refused_all_the_same(
    guard: Callable[..., TestClient],
) -> None:
    client = guard((*one("Key", "write"), ()))
    assert client.get("/api/v1/users/1").status_code == 200
    assert client.get("/api/v1/users/1", headers={"X-API-Key": "eve"}).status_code == 401
    assert client.get("/api/v1/users/1", headers=ADA).status_code == 200


def test_the_order_is_version_then_method_then_credential_then_body(
    guard: Callable[..., TestClient], clock: Clock
) -> None:
    client = guard(one("Key"))
    assert client.get("/api/v9/users/1").status_code == 404
    assert client.get("/api/v1/nothing").status_code == 404
    wrong_method = client.put("/api/v1/users/1")
    assert (wrong_method.status_code, wrong_method.headers["allow"]) == (405, "DELETE, GET, HEAD, OPTIONS, PATCH")
    assert client.options("/api/v1/users/1").status_code == 204
    assert client.post("/api/v1/users", content=b"no JSON").status_code == 401
    assert client.get("/api/v1/users/no-number").status_code == 401
    assert client.post("/api/v1/users", content=b"no JSON", headers=ADA).status_code == 415
    assert client.get("/api/v1/users/no-number", headers=ADA).status_code == 422
    assert client.head("/api/v1/users/1").status_code == 401
    assert client.head("/api/v1/users/1", headers=ADA).status_code == 200
    clock.set("2026-07-14")
    assert client.get("/api/v1/users/1").status_code == 410


def test_the_body_is_not_read_before_the_caller_is_known(guard: Callable[..., TestClient]) -> None:
    client = guard(one("Key"))
    sent: list[Any] = []

    async def receive() -> Any:
        raise AssertionError("the body was asked for")

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": "/api/v1/users", "headers": headers, "query_string": b""}
    assert client.portal is not None
    client.portal.call(client.app, scope, receive, send)
    assert sent[0]["status"] == 401


def test_documents_health_and_versions_are_open(guard: Callable[..., TestClient]) -> None:
    client = guard(one("Key"))
    assert [client.get(p).status_code for p in ("/api/v1/openapi.json", "/healthz", "/api/versions")] == [200] * 3


def test_who_calls_is_known_to_what_runs_below(guard: Callable[..., TestClient]) -> None:
    found: list[Any] = []

    async def provide(request: Request) -> Users:
        found.append((getattr(request.state, "caller", "nobody asked"), getattr(request.state, "callers", None)))
        return Users()

    client = guard((*one("Key"), ()), users=provide)
    client.get("/api/v1/users", headers=ADA)
    client.get("/api/v1/users")
    client.get("/api/v2/people", headers=ADA)
    ada = Caller(id="ada", scopes={"read"})
    assert found == [(ada, {"Key": ada}), (None, {}), ("nobody asked", None)]


def test_tests_replace_who_is_accepted(guard: Callable[..., TestClient]) -> None:
    async def everybody(credential: Credential) -> Caller | None:
        return Caller(id="anybody")

    def prepare(app: FastAPI) -> None:
        app.dependency_overrides[authenticate] = everybody

    client = guard(one("Key"), prepare=prepare)
    assert client.get("/api/v1/users/1", headers={"X-API-Key": "eve"}).status_code == 200


def test_a_route_that_requires_nothing_is_left_as_it_is() -> None:
    gate = Gate(Access(schemes=SCHEMES, usual=one("Key"), others={"open": (), "maybe": ((),)}), authenticate, "Shop")
    route: Any = object()
    assert gate.guarded("open", route) is route
    assert gate.guarded("maybe", route) is route
    assert isinstance(gate.guarded("closed", route), Guarded)


def test_a_table_may_be_told_by_its_difference() -> None:
    older = Access(schemes=SCHEMES, usual=one("Key"), others={"a": (), "b": ()})
    newer = older.but({"b": one("Basic"), "c": ()})
    assert {i: newer.required(i) for i in "abcd"} == {"a": (), "b": one("Basic"), "c": (), "d": one("Key")}


def test_secrets_are_not_in_what_is_printed() -> None:
    connection: Any = None
    shown = [ApiKey("Key", "s3cret", connection), Basic("Basic", "ada", "s3cret", connection)]
    assert "s3cret" not in str([*shown, Bearer("Bearer", "s3cret", connection)])
