"""The rules for nginx agree with the edge: on the whole reader matrix, at every boundary, and without its help."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import product

import httpx2
import pytest

from scaffold.diagnostics import ScaffoldError
from scaffold.generate.gateway import nginx
from scaffold.generate.runtime.calendar import Calendar
from scaffold.spec import load

from .gateway import free_port, gateway, needs_nginx, plain_program
from .saying import Asked, cells, say
from .services import IDS, TODAY, service, spec
from .test_reader_matrix import check

pytestmark = [pytest.mark.slow, needs_nginx]
PLACES = [("path",), ("header",), ("query",), ("media_type",)]
PAIRS = [("path", "header"), ("header", "path"), ("query", "path"), ("media_type", "header"), ("query", "media_type")]
MATRIX = [("major", places) for places in (*PLACES, *PAIRS)] + [("date", places) for places in (*PLACES, PAIRS[0])]
TOLD = (
    *("api-version", "x-api-version", "api-supported-versions", "api-deprecated-versions", "x-api-warn"),
    *("deprecation", "sunset", "link", "vary", "cache-control", "retry-after", "x-request-id"),
)


@contextmanager
def in_front(text: str, program: str) -> Iterator[httpx2.Client]:
    """A client of the gateway of a spec in front of a program."""
    port = free_port()
    rules = nginx(
        load(text).history,
        name="EDGE",
        programs={"": program},
        listen=f"127.0.0.1:{port}",
        docs_base="https://docs.example.com",
    )
    with gateway(rules, port) as client:
        yield client


def sent(client: httpx2.Client, method: str, asked: Asked, now: datetime = TODAY, **more: str) -> httpx2.Response:
    headers = [*asked.headers, ("X-Now", f"{now.timestamp():.3f}"), *more.items()]
    request = client.build_request(method, asked.path, headers=headers, params=asked.query or None)
    if not any(name == "Accept" for name, _ in asked.headers):
        del request.headers["accept"]
    return client.send(request)


def told(answer: httpx2.Response) -> Mapping[str, str | None]:
    return {name: answer.headers.get(name) for name in TOLD}


@pytest.mark.parametrize(("scheme", "places"), MATRIX)
def test_in_front_of_the_program_every_cell_is_answered_as_without_it(places: tuple[str, ...], scheme: str) -> None:
    text = spec(scheme, places)
    with service(text) as edge, in_front(text, edge.base_url.netloc.decode()) as client:
        for row in product(*([(place, cell) for cell in cells(place, scheme)] for place in places)):
            asked = Asked()
            for _, cell in row:
                cell.write(asked)
            through = sent(client, "GET", asked, **{"X-Request-ID": "one"})
            straight = sent(edge, "GET", asked, **{"X-Request-ID": "one"})
            said = ", ".join(f"{place}: {cell.name}" for place, cell in row)
            if through.status_code != straight.status_code:
                left = [(place, cell) for place, cell in row if (place, cell.name) != ("header", "empty")]
                assert len(left) < len(row), said  # nginx takes an empty header for none, and says so
                check(through, left, scheme, also=("header",))
                continue
            check(through, row, scheme)
            assert (through.status_code, told(through)) == (straight.status_code, told(straight)), said
            assert through.text == straight.text or through.json() == straight.json(), said


@pytest.mark.parametrize("places", [*PLACES, PAIRS[0]], ids="-".join)
def test_without_help_of_the_program_the_headers_are_the_same(places: tuple[str, ...]) -> None:
    text = spec("major", places)
    paths = ["/users", "/users/1", "/users/a%20b", "/people/1", "/nowhere", ""]
    with service(text) as edge, plain_program() as program, in_front(text, program) as client:
        for id_, path, method in product([*IDS["major"], "v9"], paths, ("GET", "HEAD", "POST", "DELETE")):
            for place in places:
                asked = Asked(f"/api/{id_}{path}" if place == "path" else f"/api{path}")
                if place != "path":
                    say(asked, place, id_)
                through = sent(client, method, asked, **{"X-Request-ID": "one"})
                straight = sent(edge, method, asked, **{"X-Request-ID": "one"})
                elsewhere = place != "path" and path in ("", "/nowhere") and id_ in ("v1", "v9")
                if elsewhere or (place, id_) == ("media_type", "v9"):
                    assert through.text in ("plain", ""), "the program's: a path without a version, a type it refuses"
                    continue
                assert through.headers["x-request-id"] == "one"
                expected = told(straight) | ({} if straight.status_code in (410, 400) else {"cache-control": None})
                assert told(through) == expected, (method, asked, straight.text)
                if id_ in ("v1", "v9"):
                    assert through.status_code == straight.status_code
                    assert through.headers["content-type"] == straight.headers["content-type"]
                    assert (through.text, straight.text) == ("", "") or through.json() == straight.json()
                else:
                    assert (through.status_code, through.text) == (200, "" if method == "HEAD" else "plain")


BROWNOUTS = """\
api: {name: shop, base_path: /api}
versioning: {scheme: major, locate: [path, header]}
policy: {support: 1 months, notice: 1 days}
resources:
  User:
    path: /users
    fields: {id: {type: int, key: true}, name: str}
    operations: [list, get]
versions:
  - id: v1
    released: 2025-01-15
    deprecated: 2025-09-01
    sunset: 2026-07-14
    brownouts:
      - {from: "2026-06-01T10:00:00Z", until: "2026-06-01T12:00:00Z"}
      - {from: "2026-06-02T10:00:00Z", until: "2026-06-02T12:00:00Z", status: 503}
  - id: v2
    released: 2025-09-01
    changes: [rename User.name to full_name, {deprecate: GET /users, sunset: 2027-01-01}]
"""


@pytest.mark.parametrize("second", [-1, 0, 1])
@pytest.mark.parametrize(
    "moment",
    [
        "2025-01-15T00:00:00", "2025-09-01T00:00:00", "2026-06-01T10:00:00", "2026-06-01T12:00:00",
        "2026-06-02T10:00:00", "2026-06-02T12:00:00", "2026-07-14T00:00:00",
    ],
)  # fmt: skip
def test_every_boundary_is_kept_to_the_second(boundaries: httpx2.Client, moment: str, second: int) -> None:
    at = datetime.fromtimestamp(datetime.fromisoformat(f"{moment}+00:00").timestamp() + second, UTC)
    for id_ in ("v1", "v2"):
        answer = sent(boundaries, "GET", Asked(f"/api/{id_}/users"), at)
        notice = CALENDAR.at(at).notices[id_]
        status = 410 if notice.stage == "retired" else notice.brownout.status if notice.brownout is not None else 200
        assert answer.status_code == status
        own = dict(notice.own.get("list_users", notice.headers) if status == 200 else notice.headers)
        wanted = {name.decode(): value.decode() for name, value in own.items()}
        names = [n for n in TOLD[:7] if n in answer.headers]
        assert {n: answer.headers[n] for n in names} == wanted
        if status == 503:
            assert answer.headers["retry-after"] == "Tue, 02 Jun 2026 12:00:00 GMT"
        if status in (410, 503) and notice.brownout is not None:
            assert answer.headers["cache-control"] == "no-store"
            assert answer.json()["until"] == notice.brownout.until.isoformat().replace("+00:00", "Z")


def _calendar() -> Calendar:
    from scaffold.generate.gateway.timetable import timetable

    return timetable(load(BROWNOUTS).history, name="EDGE", docs_base=None, sunsets={}).calendar


CALENDAR = _calendar()


@pytest.fixture(scope="module")
def boundaries() -> Iterator[httpx2.Client]:
    with plain_program() as program, in_front(BROWNOUTS, program) as client:
        yield client


def test_where_requests_name_no_version_there_is_nothing_to_export() -> None:
    text = BROWNOUTS.partition("  - id: v2")[0].replace("locate: [path, header]", "locate: []")
    alone = text.replace("    deprecated: 2025-09-01\n    sunset: 2026-07-14\n", "").partition("    brownouts")[0]
    with pytest.raises(ScaffoldError) as caught:
        nginx(load(alone).history, name="EDGE", programs={"": "127.0.0.1:1"}, listen="1")
    assert caught.value.diagnostics[0].code == "SC580"


QUERIES = (
    *("version=v1", "version=1", "a=b&version=v1&c", "version=v1&version=1", "version=v1&version=v2", "version"),
    *("%76ersion=v1", "version=%761", "version=v1+", "versions=v1", "xversion=v1", "version=v1%26", "&&version=v1&"),
    *("Version=v1", "a=version=v1", "version=v9", "version=v9&version=v8", "version==v1", "version=v1;version=v2"),
)
KIND = "application/vnd.shop"
TYPES = (
    *(f"{KIND}+json;version=1", f'{KIND}+json ; version="v1"', f"{KIND}.v1+json", f"text/html, {KIND}.v1+json;q=0.001"),
    *(f"{KIND}.v1+json;q=0.000", f"{KIND}.v1+json;q=1;a=b", f"{KIND}.v1+json, {KIND}.v1+json", f"{KIND}.V1+json"),
    *(f'a/b;c="{KIND}.v1+json"', f"{KIND}ping.v1+json", f"{KIND}+json;VERSION=1", f"{KIND.upper()}+json;version=1"),
    *(f"{KIND}+json;version=1;version=2", "text/html", "*/*;q=0.1", ""),
)


HOSTILE = (
    *(Asked(headers=[("Accept", text * 1_000)]) for text in (",,,,,,", "a,b,c,", f"{KIND},"[-6:], 'a;b="c",')),
    *(Asked(headers=[("Accept", f"{text * 500}{KIND}+json;version=1{text * 500}")]) for text in (",,,,,,", "a/b,")),
    *(Asked(f"/api/users?{text * 1_000}") for text in ("&&&&&&", "a=b&", "versio", "version", "version=v1&"[-6:])),
    *(Asked(f"/api/users?{text * 500}version=v1{text * 500}") for text in ("&&&&&&", "a&b=c&")),
)


def test_hostile_headers_and_queries_are_read_in_little_time() -> None:
    with plain_program() as program, in_front(spec("major", ("query", "media_type")), program) as client:
        for one in HOSTILE:
            start = time.monotonic()
            assert sent(client, "GET", one).status_code in (200, 400, 410)
            assert time.monotonic() - start < 10, "it is searched for again and again"


def test_what_may_mean_something_else_is_left_to_the_program() -> None:
    text = spec("major", ("query", "media_type"))
    with service(text) as edge, in_front(text, edge.base_url.netloc.decode()) as client:
        asked = [Asked(f"/api/users?{query}") for query in QUERIES]
        asked += [Asked(headers=[(name, kind)]) for kind in TYPES for name in ("Accept", "Content-Type")]
        asked += [Asked("/api/users?version=v1", headers=[("Accept", kind)]) for kind in TYPES]
        for one in asked:
            through = sent(client, "GET", one, **{"X-Request-ID": "one"})
            straight = sent(edge, "GET", one, **{"X-Request-ID": "one"})
            assert (through.status_code, told(through)) == (straight.status_code, told(straight)), one
            assert through.text == straight.text or through.json() == straight.json(), one


def test_each_version_may_have_a_program_of_its_own() -> None:
    text, port = spec("major", ("path",)), free_port()
    with plain_program() as one, plain_program() as other:
        programs = {"": one, "v2": other, "v1": "127.0.0.1:9"}
        rules = nginx(load(text).history, name="EDGE", programs=programs, listen=f"127.0.0.1:{port}")
        assert f"server {other};" in rules
        with gateway(rules, port) as client:
            assert sent(client, "GET", Asked("/api/v2/users")).text == "plain"
            assert sent(client, "GET", Asked("/api/v1/users")).status_code == 410, "nobody needs to listen any more"
