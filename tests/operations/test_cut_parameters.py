"""Parameters whose bounds got tighter: what older callers send is cut to them, or refused."""

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
  GET /s:
    id: s
    parameters:
      word: {type: str, required: true, min_length: 1, example: everything}
      count: {type: int, ge: 0, default: 7}
      ids: {type: "list[int]", max_items: 9}
      price: {type: str}
      share: {type: float, le: 1}
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
- {change: "GET /s?price", to: decimal, unreadable: refuse}
- {change: "GET /s?share", le: 0.5, policy: clamp}
- change: GET /s?word
  pattern: ^[a-z]+$
  max_length: 4
  policy: refuse
  waiver: {name: Ada Lovelace, reason: Nobody sends it.}
"""
WAIVED = "policy: refuse, waiver: {name: Ada Lovelace, reason: Nobody sends it.}"
THIRD = f"""
- {{change: "GET /s?count", le: 9, {WAIVED}}}
- {{change: "GET /s?ids", max_items: 2, {WAIVED}}}
- {{change: "GET /s?price", le: 9, {WAIVED}}}
- {{change: "GET /s?share", ge: 0.25, {WAIVED}}}
- {{change: "GET /r?limit", le: 30, default: 10, policy: clamp}}
- {{change: "GET /r?price", le: 9, policy: clamp}}
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


@pytest.mark.parametrize(
    ("version", "asked", "wrong"),
    [
        ("v1", "word=ada", None),
        ("v1", "word=longer", "word"),
        ("v1", "word=A1", "word"),
        ("v1", "word=", "word"),
        ("v2", "word=longer", "word"),
        ("v1", "word=ada&count=9", None),
        ("v1", "word=ada&count=10", "count"),
        ("v2", "word=ada&count=10", "count"),
        ("v1", "word=ada&count=-1", "count"),
        ("v1", "word=ada&ids=1&ids=2", None),
        ("v1", "word=ada&ids=1&ids=2&ids=3", "ids"),
        ("v1", "word=ada&price=9.00", None),
        ("v1", "word=ada&price=9.01", "price"),
        ("v2", "word=ada&price=9.01", "price"),
        ("v1", "word=ada&price=dear", "price"),
        ("v1", "word=ada&share=0.2", "share"),
        ("v1", "word=ada&share=0.9", None),
    ],
)
def test_what_is_not_taken_any_more_is_refused(shop: Service, version: str, asked: str, wrong: str | None) -> None:
    shop.answers["s"] = "ok"
    answer = shop.call(version, f"GET /s?{asked}")
    assert answer.status_code == (422 if wrong else 200), answer.text
    if wrong:
        assert [e["loc"] for e in answer.json()["errors"]] == [["query", wrong]]


def test_several_are_told_at_once(shop: Service) -> None:
    found = shop.call("v1", "GET /s?word=longer&count=10").json()["errors"]
    assert [e["loc"][1] for e in found] == ["word", "count"]


USERS = """
resources:
  User:
    path: /users
    fields: {id: {type: int, key: true}, age: {type: int, le: 200}, code: {type: str, pattern: "[a-z]+"}}
    filters: [age]
operations:
  GET /r:
    id: r
    parameters: {code: {type: str, max_length: 9}, cents: {type: int, le: 900}, n: {type: int, default: 40}}
    responses: {200: str}
"""


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (['{change: "GET /r?code", max_length: 3}'], "policy: clamp"),
        (['{change: "GET /r?code", max_length: 12, policy: clamp}'], "no bound of `GET /r?code` gets tighter"),
        (['{change: "GET /r?code", pattern: "[a-z]+", policy: clamp}'], "can be cut to its pattern"),
        (['{change: "GET /users?age", le: 20, policy: clamp}'], "says which objects are meant"),
        ([f'{{change: "GET /r?code", max_length: 12, {WAIVED}}}'], "so nothing is refused"),
        (['{change: "GET /r?code", max_length: 3}'], "policy: refuse"),
        (['{change: "GET /r?code", max_length: 3, policy: refuse}'], "refuses what older versions promised"),
        ([f'{{change: "GET /r?n", le: 30, default: 10, {WAIVED}}}'], "means 40, which would be refused"),
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
