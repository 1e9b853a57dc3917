"""Parameters whose bounds got tighter, with `policy: clamp`: what older callers send is cut to them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from scaffold.convert.policies import findings
from scaffold.spec import load

from .service import Service, service, spec

FIRST = """
operations:
  GET /r:
    id: r
    parameters:
      limit: {type: int, default: 40, le: 1000}
      least: {type: int, ge: 0}
      share: {type: float, lt: 1.0}
      words: {type: str, max_length: 20}
      ids: {type: "list[int]", max_items: 9}
      price: {type: str}
    responses: {200: str}
  GET /y/{year}:
    id: y
    parameters: {year: {in: path, type: int, gt: 1900}}
    responses: {200: str}
"""
SECOND = """
- {change: "GET /r?limit", le: 100, policy: clamp}
- {change: "GET /r?least", gt: 4, policy: clamp}
- {change: "GET /r?share", lt: 0.5, policy: clamp}
- {change: "GET /r?words", max_length: 3, policy: clamp}
- {change: "GET /r?ids", max_items: 2, policy: clamp}
- {change: "GET /r?price", to: decimal, unreadable: refuse}
- {change: "GET /y/{year} path year", gt: 1999, policy: clamp}
"""
THIRD = """
- {change: "GET /r?limit", le: 30, default: 10, policy: clamp}
- {change: "GET /r?price", le: 9, policy: clamp}
"""


@pytest.fixture(scope="module")
def shop() -> Iterator[Service]:
    with service(FIRST, SECOND, THIRD) as made:
        yield made


@pytest.mark.parametrize(
    ("version", "asked", "given"),
    [
        ("v1", "limit=500", {"limit": 30}),
        ("v1", "limit=20", {"limit": 20}),
        ("v1", "", {"limit": 30}),
        ("v2", "limit=99", {"limit": 30}),
        ("v3", "", {"limit": 10}),
        ("v1", "least=0", {"least": 5}),
        ("v1", "share=0.9", {"share": 0.49999999999999994}),
        ("v1", "words=everything", {"words": "eve"}),
        ("v1", "ids=1&ids=2&ids=3", {"ids": [1, 2]}),
        ("v1", "price=12.50", {"price": Decimal(9)}),
        ("v2", "price=12.50", {"price": Decimal(9)}),
        ("v1", "price=1.50", {"price": Decimal("1.50")}),
    ],
)
def test_it_is_cut_to_the_bounds_of_today(shop: Service, version: str, asked: str, given: dict[str, object]) -> None:
    shop.answers["r"] = "ok"
    assert shop.call(version, f"GET /r?{asked}").status_code == 200
    assert {name: shop.given[name] for name in given} == given


def test_in_a_path_too(shop: Service) -> None:
    shop.answers["y"] = "ok"
    assert shop.call("v1", "GET /y/1950").status_code == 200
    assert shop.given["year"] == 2000


@pytest.mark.parametrize(("version", "most"), [("v1", 1000), ("v2", 100), ("v3", 30)])
def test_each_version_goes_on_to_refuse_beyond_its_own_bounds(shop: Service, version: str, most: int) -> None:
    shop.answers["r"] = "ok"
    assert shop.call(version, f"GET /r?limit={most}").status_code == 200
    refused = shop.call(version, f"GET /r?limit={most + 1}")
    assert (refused.status_code, refused.json()["errors"][0]["loc"]) == (422, ["query", "limit"])


USERS = """
resources:
  User:
    path: /users
    fields: {id: {type: int, key: true}, age: {type: int, le: 200}, code: {type: str, pattern: "[a-z]+"}}
    filters: [age]
operations:
  GET /r:
    id: r
    parameters: {code: {type: str, max_length: 9}, cents: {type: int, le: 900}}
    responses: {200: str}
"""


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (['{change: "GET /r?code", max_length: 3}'], "policy: clamp"),
        (['{change: "GET /r?code", max_length: 12, policy: clamp}'], "no bound of `GET /r?code` gets tighter"),
        (['{change: "GET /r?code", pattern: "[a-z]+", policy: clamp}'], "can be cut to its pattern"),
        (['{change: "GET /users?age", le: 20, policy: clamp}'], "says which objects are meant"),
        (
            [
                '{change: "GET /r?cents", to: str}',
                '{change: "GET /r?cents", max_length: 2, policy: clamp}',
                '{change: "GET /r?cents", to: int, unreadable: refuse}',
            ],
            "is of another kind before and after",
        ),
    ],
)
def test_what_cannot_be_cut_is_refused(changes: list[str], says: str) -> None:
    found = findings(load(spec(USERS, "\n".join(f"- {change}" for change in changes))).history)
    assert says in "\n".join("\n".join((d.message, *d.notes)) for _, d in found)
