"""Parameters that change: what a caller of any version sends reaches the handler in the newest form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .service import Service, service

FIRST = """
types:
  Status: {enum: [draft, published]}
  Range: {fields: {low: int, high: int}}
resources:
  User:
    path: /users
    fields: {id: {type: int, key: true}, name: str, "age?": int}
    operations: [list, get, create, update, replace, delete]
    filters: [name]
    sort: [name]
operations:
  GET /reports:
    id: report
    parameters:
      year: {type: int, required: true}
      mode: {type: str, max_length: 9}
      n: str
      q: str
      ids: "list[int]"
      range: {type: Range, style: deepObject}
      limit: {type: int, default: 5, le: 50}
      trace: {type: str, in: cookie}
      level: {enum: [low, high]}
      gone: str
    responses: {200: str}
  GET /files/{name}/raw:
    id: raw
    parameters: {name: {in: path, type: str}}
    responses: {200: str}
"""
SECOND = """
- {move: "GET /reports?year", to: "path /reports/{period}"}
- {move: "GET /files/{name}/raw path name", to: query file}
- {add: "GET /reports/{period}?state", type: Status, required: true, old_sends: draft}
- {add: "GET /reports/{period}?page", type: int, default: 7, old_sends: null}
- {add: "GET /reports/{period}?count", type: str, default: "3"}
- {add: "GET /reports/{period}?more", type: bool}
- {change: "GET /reports/{period}?mode", max_length: 3, policy: keep}
- {change: "GET /reports/{period}?n", to: int}
- {change: "GET /reports/{period}?limit", default: 20, le: 100}
- {change: "GET /reports/{period}?ids", style: pipeDelimited, explode: false}
- {change: "GET /reports/{period}?range", drop: [style], explode: false}
- {rename: "GET /reports/{period}?q", to: query}
- {move: "GET /reports/{period}?query", to: header X-Query}
- {move: "GET /reports/{period} cookie trace", to: query}
- {remove: "GET /reports/{period}?gone"}
- {rename: "GET /users?limit", to: page_size}
- {rename: "GET /users?offset", to: skip}
- {rename: "GET /users?name", to: called}
"""
THIRD = """
- {rename: Status.draft, to: sketch}
- {rename: "GET /reports/{period} path period", to: when}
- {rename: "GET /reports/{when}?state", to: status}
- {change: "GET /reports/{when}?count", to: int, default: 4}
- {change: "GET /reports/{when}?mode", required: true, old_sends: all}
- {move: "GET /reports/{when} header X-Query", to: query search}
- {rename: User.name, to: full_name}
"""


@pytest.fixture(scope="module")
def shop() -> Iterator[Service]:
    with service(FIRST, SECOND, THIRD) as made:
        made.answers |= {"report": "ok", "raw": "ok"}
        yield made


def given(shop: Service, version: str, at: str, **sent: object) -> dict[str, object]:
    """What the handler is given of a request."""
    answer = shop.call(version, at, **sent)
    assert answer.status_code == 200, answer.text
    return shop.given


def test_every_version_sends_its_own_and_the_handler_is_given_the_newest(shop: Service) -> None:
    asked = "year=3&q=a&n=5&ids=1&ids=2&range[low]=1&range[high]=2&gone=x&level=low"
    old = given(shop, "v1", f"GET /reports?{asked}", headers={"Cookie": "trace=t"})
    new = given(
        shop,
        "v2",
        "GET /reports/3?state=draft&page=7&n=5&ids=1|2&range=low,1,high,2&trace=t&level=low&limit=5",
        headers={"X-Query": "a"},
    )
    assert {k: v for k, v in old.items() if new.get(k) != v} == {"page": None, "gone": "x"}
    assert old["n"] == 5
    newest = given(
        shop,
        "v3",
        "GET /reports/3?status=sketch&search=a&n=5&ids=1|2&range=low,1,high,2&trace=t&level=low&limit=5&mode=all",
    )
    assert {k: v for k, v in new.items() if newest[k] != v} == {"count": 3}


@pytest.mark.parametrize(
    ("version", "path", "found"),
    [
        ("v1", "/reports?year=3", {"status": "sketch", "page": None, "count": 3, "limit": 5, "mode": "all"}),
        ("v2", "/reports/3?state=draft", {"status": "sketch", "page": 7, "count": 3, "limit": 20, "mode": "all"}),
        ("v3", "/reports/3?status=sketch&mode=a", {"page": 7, "count": 4, "limit": 20, "mode": "a"}),
        ("v1", "/reports?year=3&mode=123456789", {"mode": "123456789"}),
    ],
)
def test_what_is_not_sent_is_what_it_was_in_the_callers_version(
    shop: Service, version: str, path: str, found: dict[str, object]
) -> None:
    sent = given(shop, version, f"GET {path}")
    assert {name: sent[name] for name in found} == found
    assert sent.get("more") is None


def test_a_parameter_comes_out_of_the_path(shop: Service) -> None:
    assert given(shop, "v1", "GET /files/a.txt/raw") == given(shop, "v3", "GET /files/raw?file=a.txt")
    assert shop.call("v2", "GET /files/a.txt/raw").status_code == 404


@pytest.mark.parametrize(
    ("version", "path", "loc"),
    [
        ("v1", "/reports?year=x", ["query", "year"]),
        ("v2", "/reports/x?state=draft", ["path", "period"]),
        ("v3", "/reports/x?status=sketch&mode=a", ["path", "when"]),
        ("v1", "/reports?year=3&n=x", ["query", "n"]),
        ("v2", "/reports/3?state=sketch", ["query", "state"]),
        ("v3", "/reports/3?status=draft&mode=a", ["query", "status"]),
        ("v2", "/files/raw", ["query", "file"]),
        ("v1", "/reports?year=3&limit=51", ["query", "limit"]),
        ("v1", "/reports?year=3&range[low]=x&range[high]=1", ["query", "range", "low"]),
    ],
)
def test_errors_name_the_parameter_as_the_caller_calls_it(
    shop: Service, version: str, path: str, loc: list[str]
) -> None:
    answer = shop.call(version, f"GET {path}")
    assert (answer.status_code, [e["loc"] for e in answer.json()["errors"]]) == (422, [loc])


def test_links_to_other_pages_ask_as_the_caller_does(shop: Service) -> None:
    for name in ("a", "b", "c"):
        shop.call("v1", "POST /users", json={"name": name})
    for version, asked, names in (
        ("v1", "limit=1&offset=1&sort=-name", ("limit", "offset", "sort=-name")),
        ("v2", "page_size=1&skip=1&sort=-name", ("page_size", "skip", "sort=-name")),
        ("v3", "page_size=1&skip=1&sort=-full_name", ("page_size", "skip", "sort=-full_name")),
    ):
        answer = shop.call(version, f"GET /users?{asked}")
        limit, offset, sort = names
        wanted = [f"</api/{version}/users?{sort}&{limit}=1&{offset}={n}>; rel=" for n in (2, 0)]
        assert all(link in answer.headers["link"] for link in wanted), answer.headers["link"]
        assert len(answer.json()) == 1


def test_filters_have_the_names_of_the_version(shop: Service) -> None:
    shop.call("v1", "POST /users", json={"name": "Ada"})
    for version, name in (("v1", "name"), ("v2", "called"), ("v3", "called")):
        assert len(shop.call(version, f"GET /users?{name}=Ada").json()) == 1
