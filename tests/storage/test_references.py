"""What refers to a row is held to it: nothing dangles, and every version has the key that it shows elsewhere too."""

from __future__ import annotations

import asyncio
from uuid import UUID, uuid4

import pytest

from . import specs
from .apps import App, apps, migrate, ok

ORDERS = (
    specs.HEAD
    + """
resources:
  Order:
    path: /orders
    fields:
      id: {type: int, key: true}
      title: str
      user: {ref: User}
      approved_by?: {ref: User, nullable: true}
      parent?: {ref: Order}
    filters: [user, approved_by]
    sort: [user]
  User:
    path: /users
    fields:
      id: {type: int, key: true}
      name: str
versions:
  - id: v1
    released: 2025-01-15
  - id: v2
    released: 2026-01-15
    changes:
      - {change: User.id, to: uuid, keep: int}
      - add: Note
        path: /notes
        fields: {id: {type: uuid, key: true}, by: {ref: User}}
      - rename: Order.user
        to: buyer
      - {add: "User.boss?", ref: User}
  - id: v3
    released: 2026-06-15
    changes:
      - {change: Order.id, to: str, keep: int}
"""
)


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, App]:
    return apps(ORDERS, tmp_path_factory.mktemp("orders"))


def test_what_is_not_there_cannot_be_referred_to(orders, url):
    migrate(orders, url, "v1")
    with orders["v1"].client(url) as client:
        ada = ok(client.post("/api/v1/users", json={"name": "Ada"}), 201)
        refused = client.post("/api/v1/orders", json={"title": "x", "user": 7, "parent": 9})
        assert refused.status_code == 422
        told = [(e["loc"], e["msg"]) for e in refused.json()["errors"]]
        assert told == [(["body", "user"], "There is no User 7."), (["body", "parent"], "There is no Order 9.")]
        one = ok(client.post("/api/v1/orders", json={"title": "x", "user": ada["id"]}), 201)
        assert one == {"id": 1, "title": "x", "user": ada["id"]}
        assert client.patch("/api/v1/orders/1", json={"approved_by": 8}).status_code == 422
        assert ok(client.patch("/api/v1/orders/1", json={"approved_by": None}))["approved_by"] is None
        assert ok(client.get(f"/api/v1/orders?user={ada['id']}")) == [{**one, "approved_by": None}]


def test_what_is_referred_to_cannot_be_deleted(orders, url):
    migrate(orders, url, "v1")
    with orders["v1"].client(url) as client:
        ok(client.post("/api/v1/users", json={"name": "Ada"}), 201)
        ok(client.post("/api/v1/orders", json={"title": "x", "user": 1}), 201)
        ok(client.patch("/api/v1/orders/1", json={"parent": 1}))
        refused = client.delete("/api/v1/users/1")
        assert (refused.status_code, refused.json()["detail"]) == (409, "This User is still referred to by Order.")
        ok(client.delete("/api/v1/orders/1"), 204)
        ok(client.delete("/api/v1/users/1"), 204)


def test_a_key_of_another_kind_is_seen_wherever_something_refers_to_it(orders, url):
    migrate(orders, url, "v1")
    with orders["v1"].client(url) as client:
        for name in ("Ada", "Eve"):
            ok(client.post("/api/v1/users", json={"name": name}), 201)
        ok(client.post("/api/v1/orders", json={"title": "a", "user": 1, "approved_by": 2}), 201)
        ok(client.post("/api/v1/orders", json={"title": "b", "user": 2, "approved_by": None}), 201)
        before = ok(client.get("/api/v1/orders"))
    migrate(orders, url, "v2")
    with orders["v2"].client(url) as client:
        assert ok(client.get("/api/v1/orders")) == before
        ada, eve = (u["id"] for u in ok(client.get("/api/v2/users")))
        assert ok(client.get("/api/v2/orders")) == [
            {"id": 1, "title": "a", "buyer": ada, "approved_by": eve},
            {"id": 2, "title": "b", "buyer": eve, "approved_by": None},
        ]
        assert [o["id"] for o in ok(client.get("/api/v2/orders", params={"buyer": eve}))] == [2]
        assert [o["id"] for o in ok(client.get("/api/v1/orders", params={"user": 2}))] == [2]

        # What one version writes the other one shows.
        assert ok(client.patch("/api/v1/orders/2", json={"user": 1}))["user"] == 1
        assert ok(client.get("/api/v2/orders/2"))["buyer"] == ada
        assert ok(client.patch("/api/v2/orders/2", json={"buyer": eve, "approved_by": ada}))["approved_by"] == ada
        assert ok(client.get("/api/v1/orders/2")) == {"id": 2, "title": "b", "user": 2, "approved_by": 1}
        ok(client.put("/api/v1/orders/2", json={"title": "c", "user": 2}))
        assert ok(client.get("/api/v2/orders/2")) == {"id": 2, "title": "c", "buyer": eve}
        ok(client.patch("/api/v2/orders/2", json={"approved_by": None}))
        assert ok(client.get("/api/v1/orders/2"))["approved_by"] is None
        assert ok(client.post("/api/v1/orders", json={"title": "d", "user": 1}), 201)["user"] == 1
        assert ok(client.get("/api/v2/orders/3"))["buyer"] == ada
        assert ok(client.post("/api/v2/orders", json={"title": "e", "buyer": eve}), 201)["buyer"] == eve
        assert ok(client.get("/api/v1/orders/4"))["user"] == 2

        for path, body, field in (
            ("/api/v1/orders", {"title": "x", "user": 9}, "user"),
            ("/api/v2/orders", {"title": "x", "buyer": str(uuid4())}, "buyer"),
            ("/api/v2/notes", {"by": str(uuid4())}, "by"),
        ):
            refused = client.post(path, json=body)
            assert (refused.status_code, refused.json()["errors"][0]["loc"]) == (422, ["body", field])
        note = ok(client.post("/api/v2/notes", json={"by": ada}), 201)
        for path in ("/api/v1/orders/1", "/api/v1/orders/3"):
            ok(client.delete(path), 204)
        assert client.delete(f"/api/v2/users/{ada}").status_code == 409
        ok(client.delete(f"/api/v2/notes/{note['id']}"), 204)
        ok(client.delete("/api/v1/users/1"), 204)
        assert client.delete("/api/v1/users/2").status_code == 409


def test_rows_of_an_older_program_get_every_kind_of_key_when_they_are_met(orders, url):
    migrate(orders, url, "v1")
    migrate(orders, url, "v2")
    with orders["v1"].client(url) as client:
        ok(client.post("/api/v1/users", json={"name": "Ada"}), 201)
        ok(client.post("/api/v1/orders", json={"title": "a", "user": 1}), 201)
    with orders["v2"].client(url) as client:
        (order,) = ok(client.get("/api/v2/orders"))
        (ada,) = ok(client.get("/api/v2/users"))
        assert order["buyer"] == ada["id"]


def test_a_row_may_refer_to_its_own_kind_by_another_key(orders, url):
    for version in orders:
        migrate(orders, url, version)
    with orders["v3"].client(url) as client:
        ok(client.post("/api/v1/users", json={"name": "Ada"}), 201)
        ok(client.post("/api/v1/orders", json={"title": "a", "user": 1}), 201)
        ok(client.post("/api/v1/orders", json={"title": "b", "user": 1, "parent": 1}), 201)
        one, two = ok(client.get("/api/v3/orders"))
        assert (two["parent"], ok(client.get("/api/v2/orders/2"))["parent"]) == (one["id"], 1)
        assert client.delete("/api/v1/orders/1").status_code == 409
    for version in ("v3", "v2"):
        migrate(orders, url, version, "downgrade")
    with orders["v1"].client(url) as client:
        assert ok(client.get("/api/v1/orders/2"))["parent"] == 1


def test_a_handler_need_not_know_older_keys(orders, url):
    for version in ("v1", "v2"):
        migrate(orders, url, version)
    program = orders["v2"].package
    with orders["v2"].client(url) as client:
        (ada, eve) = (ok(client.post("/api/v2/users", json={"name": n}), 201)["id"] for n in "ab")
        order = program.records.Order(id=program.module("absent").UNASSIGNED, title="x", buyer=UUID(ada))
        stores = program.storage.Stores(program.module("database").Storage(url))

        async def work() -> None:
            made = await stores.orders.insert(order)
            assert made.user == 1
            made.buyer = UUID(eve)
            assert (await stores.orders.replace_row(made)).user == 2
            await stores.storage.close()

        asyncio.run(work())
        assert ok(client.get("/api/v1/orders/1"))["user"] == 2
