"""What stops the application from starting: handlers, providers and routes that cannot be."""

import asyncio
from abc import ABC
from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import APIRouter
from starlette.testclient import TestClient

from scaffold.generate.runtime.checks import Resource, StartRefused

from .shop.app import create_app
from .shop.records import Users, UsersBase


async def provide() -> Users:
    return Users()


def test_an_incomplete_handler_stops_the_start_with_a_stub() -> None:
    class Half(UsersBase, ABC):
        async def get(self, id: int) -> Any:
            return None

    async def half() -> Half:
        raise LookupError

    with pytest.raises(StartRefused) as caught:
        create_app(half)
    text = str(caught.value)
    assert "Half has no method update." in text
    assert "async def update(self, id: int, edit: Edit[User]) -> User:" in text
    assert "has no method get." not in text


def test_a_provider_that_is_missing_or_says_nothing_stops_the_start() -> None:
    async def silent():  # type: ignore[no-untyped-def]  # what says nothing of its answer is what is tried
        return Users()

    with pytest.raises(StartRefused, match=r"annotate .*silent with your subclass of UsersBase"):
        create_app(silent)
    with pytest.raises(StartRefused, match="no provider for orders"):
        create_app(provide, resources={"orders": Resource(UsersBase, ("get",))})


async def yielding() -> AsyncIterator[Users]:
    yield Users()


def test_a_provider_may_yield_or_be_a_class() -> None:
    assert TestClient(create_app(yielding)).get("/api/v2/people").status_code == 200
    assert TestClient(create_app(Users)).get("/api/v2/people").status_code == 200  # type: ignore[arg-type]  # a class is no provider: that is what is tried


@pytest.mark.parametrize("path", ["/api/v1/special", "/api/{name}", "/{a}/{b}/users"])
def test_a_route_on_the_path_of_a_version_stops_the_start(path: str) -> None:
    router = APIRouter()
    router.add_api_route(path, lambda: None)
    app = create_app(provide)
    app.include_router(router)
    with pytest.raises(StartRefused, match="lies on the path of v1"), TestClient(app):
        pass


def test_a_start_that_is_refused_is_told_in_a_sentence() -> None:
    app = create_app(provide)
    app.add_api_route("/api/v1/special", lambda: None)
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "lifespan.startup"}

    async def send(message: Any) -> None:
        sent.append(message)

    with pytest.raises(StartRefused):
        asyncio.run(app({"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}, receive, send))
    (told,) = sent
    assert told["type"] == "lifespan.startup.failed"
    assert told["message"].startswith(
        "The application does not start: the route /api/v1/special lies on the path of v1"
    )
    with pytest.raises(StartRefused, match="lies on the path of v1"):
        app.check()
