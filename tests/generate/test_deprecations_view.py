"""What of a request is deprecated is found wherever it stands, and nothing else is."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from typing import Any

import pytest

from scaffold.generate.deprecations_view import deprecations_views
from scaffold.generate.render import render
from scaffold.generate.runtime import noting
from scaffold.generate.runtime.noting import Deprecations, Instead, noticed
from scaffold.spec import load

SPEC = """
api: {name: shop}
types:
  Kind: {enum: [a, b, old]}
  Leaf: {fields: {"gone?": str, "kept?": str, "inner?": Leaf, "kind?": Kind}}
  Plain: {fields: {"gone?": str}}
  Card: {fields: {kind: {enum: [card]}, "number?": str}}
  Cash: {fields: {kind: {enum: [cash]}, "number?": str}}
  Order:
    fields:
      name?: str
      leaf?: Leaf
      leaves?: "list[Leaf]"
      named?: "map[str, Leaf]"
      deep?: "map[str, list[map[str, Leaf]]]"
      paid?: {type: Card | Cash, discriminator: kind, tags: {card: Card, cash: Cash}}
      kinds?: "list[Kind]"
      plain?: Plain
      shown?: {type: str, read_only: true}
operations:
  POST /orders:
    id: send
    parameters:
      page: int
      kinds: {type: "list[Kind]", in: query}
      X-Old: {type: str, in: header}
      theme: {type: str, in: cookie}
    body: Order
    responses: {200: Order}
  GET /orders/{order-kind}/{page}:
    id: find
    parameters:
      order-kind: {type: Kind, in: path}
      page: {type: str, in: path}
    responses: {204: null}
  POST /plain:
    id: plain
    body: Plain
    responses: {204: null}
versions:
  - id: v1
    released: 2025-01-01
  - id: v1.1
    released: 2025-02-01
    changes:
      - deprecate: Leaf.gone
        use: kept
      - deprecate: Card.number
      - deprecate: Kind.old
      - deprecate: Order.shown
      - deprecate: POST /orders?page
        sunset: 2099-01-01
      - deprecate: POST /orders header X-Old
      - deprecate: POST /orders cookie theme
      - deprecate: GET /orders/{order-kind}/{page} path page
      - alias: Order.name
        as: title
"""


@pytest.fixture(scope="module")
def stated() -> Deprecations:
    views = deprecations_views(load(SPEC).history)
    names: dict[str, Any] = {}
    body = render("deprecations.py.jinja", versions=views)
    exec(
        compile(body.replace("from .noting import", f"from {noting.__name__} import"), "deprecations.py", "exec"), names
    )
    found: Deprecations = names["DEPRECATIONS"]["v1"]
    return found


def seen(stated: Deprecations, body: bytes, *headers: tuple[str, str], query: str = "") -> list[str]:
    usual = [] if any(name == "content-type" for name, _ in headers) else [("content-type", "application/json")]
    scope = {
        "type": "http",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in (*headers, *usual)],
        "method": "POST",
        "path": "/orders",
    }

    async def found() -> list[str]:
        return [what async for what in noticed(stated.operations["send"], stated.types, scope, body)]

    return asyncio.run(found())


LEAF = {"gone": "x"}


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ({"leaf": LEAF}, ["Leaf.gone"]),
        ({"leaf": {"gone": None}}, ["Leaf.gone"]),
        ({"leaf": {"kept": "gone", "inner": {"inner": LEAF}}}, ["Leaf.gone"]),
        ({"leaves": [{"kept": "x"}, LEAF]}, ["Leaf.gone"]),
        ({"named": {"gone": {"kept": "x"}}}, []),
        ({"named": {"kept": LEAF}}, ["Leaf.gone"]),
        ({"deep": {"gone": [{"gone": {"kept": "x"}}]}}, []),
        ({"deep": {"a": [{}, {"b": LEAF}]}}, ["Leaf.gone"]),
        ({"paid": {"kind": "card", "number": "1"}}, ["Card.number"]),
        ({"paid": {"kind": "cash", "number": "1"}}, []),
        ({"paid": {"kind": ["card"], "number": "1"}}, []),
        ({"kinds": ["a", "old"]}, ["Kind.old"]),
        ({"leaf": {"kind": "old"}}, ["Kind.old"]),
        ({"leaf": {"kept": "old"}, "name": "old"}, ["Order.name"]),
        ({"title": "old"}, []),
        ({"plain": LEAF, "gone": 1, "shown": "x"}, []),
        ({"leaf": [LEAF], "leaves": LEAF}, ["Leaf.gone", "Leaf.gone"]),  # refused, and sent all the same
        ([], []),
        (None, []),
        ("old", []),
    ],
)
def test_a_body_is_looked_through(stated, body, what):
    assert seen(stated, json.dumps(body).encode()) == what


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000])
def test_what_cannot_be_read_holds_nothing(stated, body):
    assert seen(stated, body) == []


def test_forms_have_fields_too(stated):
    assert seen(stated, b"title=x&name=y", ("content-type", "application/x-www-form-urlencoded")) == ["Order.name"]
    part = b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nAda\r\n--x--\r\n'
    assert seen(stated, part, ("content-type", "multipart/form-data; boundary=x")) == ["Order.name"]
    assert seen(stated, b"nonsense", ("content-type", "multipart/form-data")) == []


def test_parameters_are_found_in_their_places(stated):
    assert seen(stated, b"", query="page=1") == ["POST /orders?page"]
    assert seen(stated, b"", query="kinds=a&kinds=old") == ["Kind.old"]
    assert seen(stated, b"", query="kinds=a,old") == ["Kind.old"]
    assert seen(stated, b"", query="kinds=a&other=old") == []
    assert seen(stated, b"", ("x-old", "1")) == ["POST /orders?X-Old"]
    assert seen(stated, b"", ("cookie", "theme=dark; other=1")) == ["POST /orders?theme"]


def test_parts_of_a_path_are_parameters_too(stated):
    async def found(kind: str) -> list[str]:
        given = {"order_kind": kind, "page": 1}
        scope = {"type": "http", "headers": [], "query_string": b"", "path_params": given}
        return [what async for what in noticed(stated.operations["find"], stated.types, scope, b"")]

    assert asyncio.run(found("old")) == ["Kind.old", "GET /orders/{order-kind}/{page}?page"]
    assert asyncio.run(found("a")) == ["GET /orders/{order-kind}/{page}?page"]


def test_operations_without_such_things_are_not_looked_at(stated):
    assert set(stated.operations) == {"send", "find"}


def test_what_stands_in_for_it_is_known(stated):
    since = date(2025, 2, 1)
    assert stated.instead["Leaf.gone"] == Instead(use="kept", since=since)
    assert stated.instead["Order.name"] == Instead(use="title", since=since)
    assert stated.instead["POST /orders?page"] == Instead(sunset="2099-01-01", since=since)


def test_what_answers_show_is_known(stated):
    shown = {"Order.name", "Order.shown", "Leaf.gone", "Card.number", "Kind.old"}
    assert set(stated.operations["send"].shown) == shown


def test_a_type_that_stands_for_lists_of_itself_ends() -> None:
    spec = """
api: {name: trees}
types:
  Leaf: {fields: {"gone?": str}}
  Tree: Leaf | list[Tree]
operations:
  POST /trees: {id: plant, body: Tree, responses: {200: Tree}}
versions:
  - {id: v1, released: 2025-01-01}
  - {id: v1.1, released: 2025-02-01, changes: [{deprecate: Leaf.gone}]}
"""
    (view,) = deprecations_views(load(spec).history)
    assert [str(operation.id) for operation in view.operations] == ['"plant"']
