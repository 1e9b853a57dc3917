"""Resources that come, go, or are called otherwise: older versions go on at their own paths, on the same rows."""

from __future__ import annotations

import pytest

from . import specs
from .apps import App, apps, migrate, ok

SHOP = (
    specs.HEAD
    + """
resources:
  User:
    path: /users
    fields: {id: {type: int, key: true}, name: str}
  Order:
    path: /orders
    fields: {id: {type: int, key: true}, user: {ref: User}}
    filters: [user]
  Draft:
    path: /drafts
    fields: {id: {type: uuid, key: true}, text: str}
operations:
  POST /users/{id}/ban: {response: User}
versions:
  - id: v1
    released: 2025-01-15
  - id: v2
    released: 2026-01-15
    changes:
      - {rename: User, to: Account}
      - {rename: Order.user, to: account}
      - {remove: Draft}
      - add: Invoice
        path: /invoices
        fields: {id: {type: str, key: true}, order: {ref: Order}}
  - id: v3
    released: 2026-06-15
    changes:
      - {change: Account.id, to: uuid, keep: int}
      - {rename: Account, to: Customer, path: /people}
"""
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> dict[str, App]:
    return apps(SHOP, tmp_path_factory.mktemp("resources"))


def test_a_resource_that_is_called_otherwise_is_the_same_rows_at_every_path(shop, url):
    migrate(shop, url, "v1")
    with shop["v1"].client(url) as client:
        assert client.post("/api/v1/users", json={"name": "Ada"}).headers["location"].endswith("/api/v1/users/1")
        ok(client.post("/api/v1/orders", json={"user": 1}), 201)
    migrate(shop, url, "v2")
    with shop["v2"].client(url) as client:
        assert ok(client.get("/api/v2/accounts/1")) == ok(client.get("/api/v1/users/1")) == {"id": 1, "name": "Ada"}
        made = client.post("/api/v2/accounts", json={"name": "Eve"})
        assert made.headers["location"].endswith("/api/v2/accounts/2")
        assert client.get("/api/v2/users/1").status_code == 404
        assert client.get("/api/v1/accounts/1").status_code == 404
        assert ok(client.get("/api/v2/orders?account=1")) == [{"id": 1, "account": 1}]
        assert client.delete("/api/v2/accounts/1").status_code == 409
    migrate(shop, url, "v3")
    with shop["v3"].client(url) as client:
        ada, eve = ok(client.get("/api/v3/people"))
        assert ok(client.get(f"/api/v3/people/{eve['id']}"))["name"] == "Eve"
        assert ok(client.get("/api/v1/users/2"))["name"] == "Eve"
        assert ok(client.get("/api/v3/orders/1")) == {"id": 1, "account": ada["id"]}
        assert ok(client.patch("/api/v2/orders/1", json={"account": 2})) == {"id": 1, "account": 2}
        assert ok(client.get("/api/v3/orders/1"))["account"] == eve["id"]
        made = client.post("/api/v3/people", json={"name": "Bob"})
        assert made.headers["location"].endswith(f"/api/v3/people/{made.json()['id']}")


def test_what_came_and_what_went_is_where_its_versions_have_it(shop, url):
    migrate(shop, url, "v1")
    with shop["v1"].client(url) as client:
        draft = ok(client.post("/api/v1/drafts", json={"text": "old"}), 201)
        ok(client.post("/api/v1/users", json={"name": "Ada"}), 201)
        ok(client.post("/api/v1/orders", json={"user": 1}), 201)
        assert client.get("/api/v1/invoices").status_code == 404
    migrate(shop, url, "v2")
    with shop["v2"].client(url) as client:
        assert ok(client.get(f"/api/v1/drafts/{draft['id']}")) == draft
        ok(client.post("/api/v1/drafts", json={"text": "new"}), 201)
        assert client.get("/api/v2/drafts").status_code == 404
        assert client.get("/api/v1/invoices").status_code == 404
        assert client.post("/api/v2/invoices", json={"id": "a", "order": 9}).status_code == 422
        assert ok(client.post("/api/v2/invoices", json={"id": "a", "order": 1}), 201) == {"id": "a", "order": 1}
        assert client.delete("/api/v1/orders/1").status_code == 409
    migrate(shop, url, "v2", "downgrade")
    with shop["v1"].client(url) as client:
        assert len(ok(client.get("/api/v1/drafts"))) == 2
        ok(client.delete("/api/v1/orders/1"), 204)
