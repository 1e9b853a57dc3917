"""The shop, its clock and a client of it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from .shop.app import create_app
from .shop.records import User, Users


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2025, 12, 24, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def set(self, text: str, seconds: int = 0) -> None:
        self.at = datetime.fromisoformat(text).replace(tzinfo=UTC) + timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def users() -> Users:
    handler = Users()
    for id in range(1, 6):
        created = datetime(2025, 1, id, tzinfo=UTC)
        handler.rows[id] = User(id=id, full_name=f"User {id}", email=f"u{id}@example.com", created_at=created)
    return handler


@pytest.fixture
def make(clock: Clock, users: Users) -> Iterator[Callable[..., TestClient]]:
    """Makes a client of the started shop; arguments are settings, `prepare` gets the application before."""

    async def provide() -> Users:
        return users

    with ExitStack() as stack:

        def made(prepare: Callable[[Any], None] = lambda app: None, **settings: Any) -> TestClient:
            app = create_app(settings.pop("users", provide), **{"clock": clock, **settings})
            app.state.provide = provide
            prepare(app)
            return stack.enter_context(TestClient(app, raise_server_exceptions=False))

        yield made


@pytest.fixture
def client(make: Callable[..., TestClient]) -> TestClient:
    return make()
