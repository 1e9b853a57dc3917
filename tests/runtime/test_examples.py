"""Example mode: what is not written yet answers with an example, and nothing else changes."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from scaffold.generate.runtime.checks import Resource, StartRefused
from scaffold.generate.runtime.examples import stand_in
from scaffold.generate.runtime.problems import NotWritten, Undecided
from scaffold.generate.runtime.security import Access, Caller, Credential, Scheme, gates

from .conftest import Clock
from .shop.app import EDITIONS, METHODS, create_app
from .shop.records import Users, UsersBase

USER = {"id": 7, "name": "Ada", "email": "ada@example.com"}


@pytest.fixture
def examples(tmp_path: Path) -> dict[str, Any]:
    """Settings of a shop in example mode: examples of v1, of which v2 has one of its own."""
    first = {
        "get_user": {"status": 200, "media_type": "application/json", "body": USER, "headers": {"X-Kept": "yes"}},
        "create_user": {"status": 201, "media_type": "text/csv", "text": "7,Ådá"},
        "delete_user": {"status": 204},
        "verify_user": {"status": 200, "media_type": "image/png", "base64": "aGk="},
        "list_users": None,
    }
    second = {"get_user": {"status": 200, "media_type": "application/json", "body": {"full_name": "Ada"}}}
    for name, stated in (("v1", first), ("v2", second)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "examples.json").write_text(json.dumps(stated))
    editions = [replace(e, examples=f"{e.version.id}/examples.json") for e in EDITIONS[:2]]
    return {"examples": tmp_path, "editions": (*editions, EDITIONS[2])}


class Half(UsersBase):
    """A handler of which one method raises, and the others are missing."""

    async def get(self, id: int) -> Any:
        raise NotWritten("Half.get")


async def half() -> Half:
    return Half()  # type: ignore[abstract]  # example mode fills it in


@pytest.fixture
def client(make: Callable[..., TestClient], examples: dict[str, Any]) -> TestClient:
    return make(users=half, **examples)


def test_what_is_not_written_answers_with_the_example_of_the_version_asked(client: TestClient) -> None:
    answer = client.get("/api/v1/users/1")
    assert (answer.status_code, answer.json(), answer.headers["x-kept"]) == (200, USER, "yes")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["api-version"] == "v1"
    assert client.get("/api/v2/people/1").json() == {"full_name": "Ada"}
    assert client.get("/api/v3/people/1").json() == {"full_name": "Ada"}


def test_an_example_has_its_form(client: TestClient) -> None:
    text = client.post("/api/v1/users", json={"name": "Ada", "email": "ada@example.com"})
    assert (text.status_code, text.headers["content-type"], text.text) == (201, "text/csv; charset=utf-8", "7,Ådá")
    nothing = client.delete("/api/v1/users/1")
    assert (nothing.status_code, nothing.content, "content-type" in nothing.headers) == (204, b"", False)
    image = client.post("/api/v1/users/1/verify")
    assert (image.headers["content-type"], image.content) == ("image/png", b"hi")


def test_requests_are_read_as_always(client: TestClient) -> None:
    assert client.post("/api/v1/users", json={"name": 1}).status_code == 422
    assert client.get("/api/v1/users/no-number").status_code == 422
    assert client.put("/api/v1/users/1").status_code == 405


def test_an_operation_without_an_example_says_that_it_is_not_written(client: TestClient) -> None:
    answer = client.get("/api/v1/users")
    assert (answer.status_code, answer.json()["title"]) == (501, "Not written yet")


def test_what_is_written_answers_for_itself(make: Callable[..., TestClient], examples: dict[str, Any]) -> None:
    assert make(**examples).get("/api/v1/users/2").json()["name"] == "User 2"


def test_what_is_undecided_answers_with_its_example_in_that_mode_alone(
    make: Callable[..., TestClient], examples: dict[str, Any]
) -> None:
    class Open(Users):
        async def get(self, id: int) -> Any:
            raise Undecided("User.name becomes something else")

    assert make(users=Open, **examples).get("/api/v1/users/2").json() == USER
    answer = make(users=Open).get("/api/v1/users/2")
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (501, "undecided")
    assert answer.json()["detail"].endswith("still to be decided: User.name becomes something else.")


def test_without_the_mode_the_start_is_refused_even_after_it_was_on(client: TestClient, clock: Clock) -> None:
    with pytest.raises(StartRefused, match="Half has no method update"):
        create_app(half, clock=clock)


def test_a_missing_provider_is_refused_in_any_mode(examples: dict[str, Any]) -> None:
    resources = {"orders": Resource(UsersBase, ("get",))}
    with pytest.raises(StartRefused, match="no provider for orders"):
        create_app(half, resources=resources, **examples)


def test_production_never_answers_with_examples(examples: dict[str, Any]) -> None:
    with pytest.raises(StartRefused, match="never done in production"):
        create_app(half, environment="production", **examples)


def test_the_mode_is_said_in_the_log(
    make: Callable[..., TestClient], examples: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    make(users=half, **examples)
    assert "example mode" in caplog.text


def test_files_are_read_when_they_are_needed_and_only_in_that_mode(
    make: Callable[..., TestClient], examples: dict[str, Any]
) -> None:
    client = make(users=half, **examples)
    (examples["examples"] / "v1/examples.json").write_text('{"get_user": {"status": 204}}')
    assert client.get("/api/v1/users/1").status_code == 204
    (examples["examples"] / "v1/examples.json").unlink()
    assert client.get("/api/v1/users/1").status_code == 204
    assert make(editions=examples["editions"]).get("/api/v1/users/1").status_code == 200


def test_a_stand_in_has_nothing_written_but_what_works_by_itself() -> None:
    class Base(UsersBase):
        def __init__(self, stores: Any) -> None: ...

        async def get(self, id: int) -> Any:
            return id

    provider = stand_in(Resource(Base, METHODS))
    made: Any = provider.__annotations__["return"](None)
    with pytest.raises(NotWritten, match=r"Base\.update"):
        made.update(1).send(None)
    with pytest.raises(StopIteration) as caught:
        made.get(1).send(None)
    assert caught.value.value == 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"X-API-Key": "example"}, 200),
        ({"X-API-Key": "Example"}, 401),
        ({"Authorization": "Basic ZXhhbXBsZTpleGFtcGxl"}, 200),
        ({"Authorization": "Basic ZXhhbXBsZTp3cm9uZw=="}, 401),
        ({"Authorization": "Bearer example"}, 200),
        ({"Authorization": "Bearer mine"}, 200),
        ({"Authorization": "Bearer other"}, 401),
    ],
)
def test_one_documented_credential_is_accepted_beside_those_of_the_user(
    make: Callable[..., TestClient], examples: dict[str, Any], headers: dict[str, str], status: int
) -> None:
    async def authenticate(credential: Credential) -> Caller | None:
        return Caller(id="me", scopes={"write"}) if getattr(credential, "token", "") == "mine" else None

    schemes = {
        "Key": Scheme(kind="apiKey", parameter="X-API-Key"),
        "Basic": Scheme(kind="http", word="basic"),
        "OAuth": Scheme(kind="oauth2"),
    }
    access = Access(schemes=schemes, usual=((("Key", ()),), (("Basic", ()),), (("OAuth", ("write",)),)))
    required = dict.fromkeys(("v1", "v2", "v3"), access)
    client = make(users=half, gates=gates(required, authenticate, "Shop", example=True), **examples)
    assert client.get("/api/v1/users/1", headers=headers).status_code == status
