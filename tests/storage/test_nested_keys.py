"""The key of an object inside a list is a field like others: its kind may change, and items are found by it in both."""

from __future__ import annotations

import pytest

from . import specs
from .apps import App, apps, migrate, ok

CARTS = (
    specs.HEAD
    + """
types:
  Line: {fields: {id: {type: int, key: true}, text: str}}
resources:
  Cart:
    path: /carts
    fields:
      id: {type: int, key: true}
      lines: "list[Line]"
versions:
  - id: v1
    released: 2025-01-15
  - id: v2
    released: 2026-01-15
    changes:
      - {change: Line.id, to: str, old_sees: 0}
      - {rename: Line.id, to: code}
      - {add: "Line.note?", type: str}
  - id: v3
    released: 2026-06-15
    changes:
      - {change: Cart.id, to: uuid, keep: int}
"""
)


@pytest.fixture(scope="module")
def carts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, App]:
    return apps(CARTS, tmp_path_factory.mktemp("carts"))


def test_items_keep_what_an_older_client_cannot_see_when_it_sorts_them_anew(carts, url):
    migrate(carts, url, "v1")
    with carts["v1"].client(url) as client:
        lines = [{"id": 1, "text": "a"}, {"id": 2, "text": "b"}]
        ok(client.post("/api/v1/carts", json={"lines": lines}), 201)
    migrate(carts, url, "v2")
    migrate(carts, url, "v3")
    with carts["v3"].client(url) as client:
        assert ok(client.get("/api/v1/carts/1")) == {"id": 1, "lines": lines}
        (cart,) = ok(client.get("/api/v3/carts"))
        assert [line["code"] for line in cart["lines"]] == ["1", "2"]
        noted = [{**line, "note": f"of {line['code']}"} for line in cart["lines"]]
        ok(client.patch(f"/api/v3/carts/{cart['id']}", json={"lines": [*noted, {"code": "x", "text": "c"}]}))
        assert [line["id"] for line in ok(client.get("/api/v1/carts/1"))["lines"]] == [1, 2, 0]
        ok(client.put("/api/v1/carts/1", json={"lines": [{"id": 2, "text": "B"}, {"id": 1, "text": "a"}]}))
        assert ok(client.get(f"/api/v3/carts/{cart['id']}"))["lines"] == [
            {"code": "2", "text": "B", "note": "of 2"},
            {"code": "1", "text": "a", "note": "of 1"},
        ]
