"""What functions of the user's convert: the rows that are there, and those that an older program writes later."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import Any

import pytest

from . import packages
from .packages import Package, migrate, stores

SPEC = """
api: {name: shop}
resources:
  Item:
    path: /items
    fields:
      id: {type: int, key: true}
      price: str
      state: State
      at?: time
    operations: [list, get, create, update]
types:
  State: {enum: [new, old]}
versions:
  - id: v1
    released: 2020-01-01
  - id: v2
    released: 2021-01-01
    changes:
      - {rename: State.new, to: fresh}
      - {change: Item.price, to: decimal, codec: conversions.price}
      - {add: Item.code, type: str, read_only: true, on_create: conversions.code}
      - add: Item.rank
        type: int
        old_sends: 0
        existing: {hook: conversions.rank, from: [Item.state, Item.at]}
next: []
"""
CONVERSIONS = """
from decimal import Decimal

def price_up(value):
    if not value.startswith("EUR "):
        raise ValueError("must be in EUR")
    return Decimal(value.removeprefix("EUR "))

def price_down(value):
    return f"EUR {value}"

def code(now):
    return f"C{now.year > 2000}"

def rank(state, at):
    return {"fresh": 1, "old": 2}[state] + (at.hour if at else 0)
"""


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Package]:
    return packages.programs(SPEC, tmp_path_factory.mktemp("hooked"), CONVERSIONS)


def insert(program: Package, url: str, **values: Any) -> Any:
    with stores(program, url) as found:
        item = program.records.Item(id=program.module("absent").UNASSIGNED, **values)
        return asyncio.run(found.items.insert(item))


def rows(program: Package, url: str) -> list[Any]:
    query = program.module("store").Query(limit=100)
    with stores(program, url) as found:
        return list(asyncio.run(found.items.page(query)).items)


def test_the_rows_that_are_there_are_converted(programs: dict[str, Package], url: str) -> None:
    migrate(programs, url, "v1")
    insert(programs["v1"], url, price="EUR  1.50", state="new")
    migrate(programs, url, "v2")
    (item,) = rows(programs["v2"], url)
    assert (item.price, item.state, item.code, item.rank) == (Decimal("1.50"), "fresh", "CTrue", 1)
    assert item.kept == {"price@v1": {"written": ["EUR  1.50"], "image": ["1.50"]}}


def test_what_an_older_program_writes_later_is_converted_when_it_is_read(
    programs: dict[str, Package], url: str
) -> None:
    migrate(programs, url, "v1")
    migrate(programs, url, "v2")
    insert(programs["v1"], url, price="EUR 2", state="old")
    insert(programs["v2"], url, price=Decimal("3.10"), state="old", code="x", rank=7)
    assert [i.price for i in rows(programs["v2"], url)] == [Decimal("2"), Decimal("3.10")]
    assert [i.price for i in rows(programs["v1"], url)] == ["EUR 2", "EUR 3.10"]


def test_a_row_that_cannot_be_converted_is_named(programs: dict[str, Package], url: str) -> None:
    migrate(programs, url, "v1")
    insert(programs["v1"], url, price="free", state="old")
    with pytest.raises(ValueError, match=r"items\.price, row 1: 'free'"):
        migrate(programs, url, "v2")
