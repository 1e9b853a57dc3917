"""What the operations of a resource take: filters and orders that come, change and go, and parameters of your own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scaffold.diagnostics import ScaffoldError
from scaffold.spec import load

from .service import Service, service, spec

FIRST = """
resources:
  User:
    path: /users
    fields: {id: {type: int, key: true}, name: str, "age?": int, "tags?": "list[str]"}
    operations: [list, get, create, update, replace, delete]
    filters: [name]
    sort: [name]
"""
SECOND = """
- {add: "GET /users?age", type: int}
- {change: "GET /users?sort", to: {enum: [name, -name, age, -age]}, default: -age}
- {remove: "GET /users?name"}
- {add: "GET /users/{id}?expand", type: bool, default: false, old_sends: true}
- {add: POST /users header X-Dry, type: bool}
- {add: "GET /users?query", type: str}
- {add: "DELETE /users/{id}?force", type: bool, required: true, old_sends: false}
"""
THIRD = """
- {rename: User.age, to: years}
- {rename: "GET /users/{id}?expand", to: deep}
- {remove: "GET /users?sort"}
"""


@pytest.fixture(scope="module")
def shop() -> Iterator[Service]:
    with service(FIRST, SECOND, THIRD) as made:
        for name, age in (("b", 1), ("a", 3), ("c", 2)):
            made.call("v1", "POST /users", json={"name": name, "age": age})
        yield made


@pytest.mark.parametrize(
    ("version", "asked", "names"),
    [
        ("v1", "", "bac"),
        ("v1", "?sort=-name", "cba"),
        ("v1", "?name=a", "a"),
        ("v2", "", "acb"),
        ("v2", "?sort=age", "bca"),
        ("v2", "?age=2", "c"),
        ("v2", "?name=a&sort=name", "abc"),
        ("v3", "?years=2", "c"),
        ("v3", "", "bac"),
    ],
)
def test_each_version_finds_and_orders_as_it_says(shop: Service, version: str, asked: str, names: str) -> None:
    answer = shop.call(version, f"GET /users{asked}")
    assert "".join(user["name"] for user in answer.json()) == names, answer.text


def test_an_order_that_a_version_has_not_is_refused(shop: Service) -> None:
    assert shop.call("v1", "GET /users?sort=age").status_code == 422
    assert shop.call("v2", "GET /users?sort=tags").status_code == 422


def test_methods_are_given_what_their_store_has_no_use_for(shop: Service) -> None:
    text, older, newer = shop.text("handlers"), shop.text("v1/users"), shop.text("v3/users")
    assert "async def get(self, id: int, *, deep: bool = False) -> records.User" in text
    assert "async def create(self, user: records.User, *, X_Dry: bool | None = None) -> records.User" in text
    assert "async def list(self, query: Query, *, query_: str | None = None)" in text
    assert "async def delete(self, id: int, *, force: bool) -> None" in text
    assert "handler.get(id, deep=True)" in older
    assert "handler.delete(id, force=False)" in older
    assert "handler.get(id, deep=deep)" in newer
    assert shop.call("v2", "DELETE /users/99").status_code == 422
    assert shop.call("v1", "DELETE /users/99").status_code == 404


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ('{add: "GET /users?age", type: str}', "SC313", "filters by `User.age`"),
        ('{add: "GET /users?tags", type: "list[str]"}', "SC313", "cannot stand in `filters`"),
        ('{change: "GET /users?sort", to: {enum: [name, size]}}', "SC302", "`size` is no field of User"),
        ('{change: "GET /users?sort", to: str}', "SC302", "needs words"),
    ],
)
def test_what_is_no_filter_or_order_is_refused(change: str, code: str, words: str) -> None:
    with pytest.raises(ScaffoldError) as refused:
        load(spec(FIRST, f"- {change}"))
    assert [d.code for d in refused.value.diagnostics] == [code]
    assert words in refused.value.diagnostics[0].message
