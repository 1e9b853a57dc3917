"""Each boundary of the calendar, one second before it, at it and one second after it, on every kind of answer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import http_sf
import httpx2
import pytest
from starlette.testclient import TestClient

from scaffold.generate.runtime.calendar import Brownout
from scaffold.generate.runtime.error_forms import SIMPLE
from scaffold.generate.runtime.readers import InHeader, InPath

from .conftest import Clock
from .servers import listening
from .shop.app import EDITIONS, create_app
from .shop.records import Users
from .shop.v1 import ROUTES

HARD = Brownout(date(2026, 5, 1), date(2026, 5, 2))
SOFT = Brownout(datetime(2026, 6, 1, 9, tzinfo=UTC), datetime(2026, 6, 1, 11, 30, tzinfo=UTC), 503)
OPERATION = datetime(2026, 3, 1, tzinfo=UTC)
FIRST = replace(
    EDITIONS[0],
    version=replace(
        EDITIONS[0].version, brownouts=(HARD, SOFT), deprecations={"old_reports": (date(2025, 6, 1), date(2026, 3, 1))}
    ),
    routes={**ROUTES, "v1.reports": ("get_report", "create_report", "old_reports")},
)
SECOND = timedelta(seconds=1)
DAY = 86400


async def provide() -> Users:
    return Users()


@dataclass(frozen=True)
class State:
    """What every answer says while it lasts."""

    refused: tuple[int, str] | None = None
    preview: bool = False
    supported: str = "v2"
    deprecated: str | None = "v1"


PREVIEW = State(preview=True, supported="v1, v2, v3", deprecated=None)
ALONE = State(supported="v1", deprecated=None)
STABLE = State(supported="v1, v2", deprecated=None)
DEPRECATED = State()
OFF = State(refused=(410, "version-brownout"))
OFF_SOFTLY = State(refused=(503, "version-brownout"))
RETIRED = State(refused=(410, "version-retired"), deprecated=None)

BOUNDARIES = {
    "released": (datetime(2025, 1, 15, tzinfo=UTC), PREVIEW, ALONE),
    "successor released": (datetime(2025, 12, 1, tzinfo=UTC), ALONE, STABLE),
    "deprecated": (datetime(2026, 1, 15, tzinfo=UTC), STABLE, DEPRECATED),
    "an operation ends": (OPERATION, DEPRECATED, DEPRECATED),
    "brownout begins": (datetime(2026, 5, 1, tzinfo=UTC), DEPRECATED, OFF),
    "brownout is over": (datetime(2026, 5, 2, tzinfo=UTC), OFF, DEPRECATED),
    "second brownout begins": (datetime(2026, 6, 1, 9, tzinfo=UTC), DEPRECATED, OFF_SOFTLY),
    "second brownout is over": (datetime(2026, 6, 1, 11, 30, tzinfo=UTC), OFF_SOFTLY, DEPRECATED),
    "sunset": (datetime(2026, 7, 14, tzinfo=UTC), DEPRECATED, RETIRED),
}
CLOSINGS = [boundary for boundary, _, after in BOUNDARIES.values() if after.refused is not None]
ANSWERS = {
    "200": ("GET", "/reports/ok", 200),
    "201": ("POST", "/reports", 201),
    "304": ("GET", "/reports/unchanged", 304),
    "404": ("GET", "/users/99", 404),
    "404 of a path": ("GET", "/nothing", 404),
    "405": ("PUT", "/reports/ok", 405),
    "409": ("GET", "/reports/conflict", 409),
    "415": ("POST", "/reports", 415),
    "422": ("POST", "/reports", 422),
    "500": ("GET", "/reports/broken", 500),
    "HEAD": ("HEAD", "/reports/ok", 200),
    "OPTIONS": ("OPTIONS", "/reports/ok", 204),
    "streamed": ("GET", "/reports/streamed", 200),
    "streamed HEAD": ("HEAD", "/reports/streamed", 200),
    "document": ("GET", "/openapi.json", 200),
}
BODIES = {
    "201": (b'{"name": "A", "email": "a@example.com"}', "application/json"),
    "415": (b"{}", "text/plain"),
    "422": (b"{}", "application/json"),
}


@pytest.fixture
def client(make: Callable[..., TestClient]) -> TestClient:
    return make(editions=(FIRST, *EDITIONS[1:]))


@pytest.mark.parametrize("seconds", [-1, 0, 1])
@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_every_answer_is_on_its_side_of_the_boundary(
    client: TestClient, clock: Clock, boundary: str, answer: str, seconds: int
) -> None:
    _check(client, clock, boundary, answer, seconds)


@pytest.mark.parametrize("place", ["path", "header"])
def test_over_a_socket_it_is_the_same(clock: Clock, place: str) -> None:
    locate = (InPath(),) if place == "path" else (InHeader("API-Version"),)
    editions = (FIRST, *EDITIONS[1:])
    app = create_app(provide, environment="production", clock=clock, editions=editions, locate=locate)
    with listening(app) as base, httpx2.Client(base_url=f"http://{base}") as client:
        for boundary in BOUNDARIES:
            for answer in ANSWERS:
                for seconds in (-1, 0, 1):
                    _check(client, clock, boundary, answer, seconds, place)


def _check(client: httpx2.Client, clock: Clock, boundary: str, answer: str, seconds: int, place: str = "path") -> None:
    """Ask for one answer so many seconds after a boundary, and look at all that it says of the calendar."""
    instant, before, after = BOUNDARIES[boundary]
    state = before if seconds < 0 else after
    clock.at = instant + seconds * SECOND
    method, path, status = ANSWERS[answer]
    body, kind = BODIES.get(answer, (None, None))
    headers = {"x-request-id": "r-1", **({"content-type": kind} if kind else {})}
    prefix = "/api/v1"
    if place == "header" and answer != "document":
        prefix, headers = "/api", {**headers, "API-Version": "v1"}
    got = client.request(method, f"{prefix}{path}", content=body, headers=headers)
    assert got.status_code == (status if state.refused is None else state.refused[0])
    assert got.headers["x-request-id"] == "r-1"
    assert (got.headers["api-version"], got.headers["x-api-version"]) == ("v1", "1.2")
    assert got.headers["api-supported-versions"] == state.supported
    assert got.headers.get("api-deprecated-versions") == state.deprecated
    assert ("x-api-warn" in got.headers) is state.preview
    since: Any = http_sf.parse(got.headers["deprecation"].encode(), tltype="item")
    assert since[0] == datetime(2026, 1, 15, tzinfo=UTC)
    assert got.headers["sunset"] == "Tue, 14 Jul 2026 00:00:00 GMT"
    if place == "path":
        assert ('rel="successor-version"' in got.headers["link"]) is (state not in (PREVIEW, ALONE))
    elif answer != "document":
        assert "API-Version" in got.headers["vary"]
    if method == "HEAD":
        assert got.content == b""
    elif state.refused is not None:
        assert got.json()["type"].endswith(f"/{state.refused[1]}")
        assert got.json()["requestId"] == "r-1"
    elif answer == "streamed":
        assert got.text == "one two three"
    elif answer == "304":
        assert (got.content, got.headers["etag"]) == (b"", '"1"')
    _check_caches(got.headers.get("cache-control"), clock.at, state, in_path=prefix == "/api/v1")


def _check_caches(stated: str | None, moment: datetime, state: State, *, in_path: bool) -> None:
    """Nothing is kept beyond the next time at which the version does not answer."""
    if state.refused is not None:
        kept = in_path and state.refused[1] != "version-brownout"
        assert stated == (None if kept else "no-store")
    elif stated is not None:
        left = min((c - moment).total_seconds() for c in CLOSINGS if c > moment)
        assert stated == f"public, max-age={min(DAY, left):.0f}, s-maxage={min(10 * DAY, left):.0f}"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_an_operation_ends_on_its_own_day(client: TestClient, clock: Clock, seconds: int, method: str) -> None:
    clock.at = OPERATION + seconds * SECOND
    got = client.request(method, "/api/v1/old-reports")
    assert got.status_code == (200 if seconds < 0 else 410)
    assert got.headers["deprecation"] == f"@{datetime(2025, 6, 1, tzinfo=UTC).timestamp():.0f}"
    assert got.headers["sunset"] == "Sun, 01 Mar 2026 00:00:00 GMT"
    if seconds < 0:
        assert got.headers["cache-control"] == "public, max-age=1, s-maxage=1"
    elif method == "GET":
        assert got.json()["type"].endswith("/operation-retired")


def test_a_brownout_says_until_when_and_where_to_go(client: TestClient, clock: Clock) -> None:
    clock.at = datetime(2026, 6, 1, 10, tzinfo=UTC)
    got = client.get("/api/v1/users/7", headers={"x-request-id": "r"})
    assert got.headers["retry-after"] == "Mon, 01 Jun 2026 11:30:00 GMT"
    assert got.headers["link"].startswith('</api/v2/people/7>; rel="successor-version"')
    assert got.json() == {
        "type": "https://docs.example.com/problems/version-brownout",
        "title": "API version switched off for a while",
        "status": 503,
        "detail": "v1 is switched off until 2026-06-01T11:30:00Z, and for good from 2026-07-14 on.",
        "instance": "/api/v1/users/7",
        "requestId": "r",
        "until": "2026-06-01T11:30:00Z",
        "requested": "v1",
        "successor": "/api/v2/people/7",
        "supported": ["v2"],
        "documentation": "https://docs.example.com/migration/v1-to-v2",
    }
    clock.at = datetime(2026, 5, 1, tzinfo=UTC)
    hard = client.get("/api/v1/users/7")
    assert (hard.json()["until"], "retry-after" in hard.headers) == ("2026-05-02", False)
    assert client.get("/api/v1/nothing").status_code == 410, "a brownout is told before a path is looked for"
    assert client.get("/api/v2/people/7").status_code == 404, "other versions go on"


def test_a_brownout_is_told_in_the_error_format_of_its_version(make: Callable[..., TestClient], clock: Clock) -> None:
    client = make(editions=(replace(FIRST, errors=SIMPLE), *EDITIONS[1:]))
    clock.at = datetime(2026, 5, 1, tzinfo=UTC)
    said = client.get("/api/v1/users/7").json()
    assert (said["error"], said["until"], said["migrate_to"]) == ("version_brownout", "2026-05-02", "/api/v2/people/7")


@pytest.mark.parametrize("path", ["/users/1", "/old-reports"])
def test_what_is_gone_is_not_kept_where_the_path_names_no_version(
    make: Callable[..., TestClient], clock: Clock, path: str
) -> None:
    client = make(editions=(FIRST, *EDITIONS[1:]), unspecified="v1")
    clock.at = datetime(2026, 7, 14, tzinfo=UTC) if path == "/users/1" else OPERATION
    named, unnamed = client.get(f"/api/v1{path}"), client.get(f"/api{path}")
    assert named.status_code == unnamed.status_code == 410
    assert "cache-control" not in named.headers
    assert unnamed.headers["cache-control"] == "no-store"


def test_a_postponed_sunset_moves_every_header(make: Callable[..., TestClient], clock: Clock) -> None:
    client = make(editions=(FIRST, *EDITIONS[1:]), sunsets={"v1": "2027-01-01"})
    clock.at = datetime(2026, 12, 31, 23, 59, 50, tzinfo=UTC)
    got = client.get("/api/v1/reports/ok")
    assert (got.status_code, got.headers["sunset"]) == (200, "Fri, 01 Jan 2027 00:00:00 GMT")
    assert got.headers["cache-control"] == "public, max-age=10, s-maxage=10"
    listed = client.get("/api/versions").json()["versions"][0]
    assert (listed["sunset"], listed["postponed_from"]) == ("2027-01-01T00:00:00+00:00", "2026-07-14")
    clock.at = datetime(2027, 1, 1, tzinfo=UTC)
    assert client.get("/api/v1/reports/ok").json()["detail"] == "v1 was retired on 2027-01-01."


def test_the_list_of_versions_tells_of_brownouts(client: TestClient) -> None:
    assert client.get("/api/versions").json()["versions"][0]["brownouts"] == [
        {"from": "2026-05-01", "until": "2026-05-02", "status": 410},
        {"from": "2026-06-01T09:00:00+00:00", "until": "2026-06-01T11:30:00+00:00", "status": 503},
    ]
