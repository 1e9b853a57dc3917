"""Rows whose object becomes a list of such, or whose list one of its objects, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from . import packages, specs
from .packages import Package, migrate, stores

PICKS = (
    specs.HEAD
    + """
types:
  Address: {fields: {street: str, "since?": date}}
  Contact: {fields: {id: {type: int, key: true}, name: str}}
resources:
  Order:
    path: /orders
    fields:
      id: {type: int, key: true}
      shipping: Address
      billing?: Address
      contacts: "list[Contact]"
    operations: [list, get, create, update, replace, delete]
versions:
  - id: v1
    released: 2025-01-15
  - id: v2
    released: 2025-06-15
    changes:
      - {change: Order.shipping, to: "list[Address]", pick: first, old_sees: {street: none}}
      - {change: Order.billing, to: "list[Address]", pick: last, old_sees: {street: none}}
      - {change: Order.contacts, to: Contact, pick: first, unreadable: refuse}
  - id: v3
    released: 2026-01-15
    changes:
      - add: Contact.phone?
        type: str
      - rename: Address.street
        to: road
"""
)


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Package]:
    return packages.programs(PICKS, tmp_path_factory.mktemp("picks"))


def insert(program: Package, url: str, record: Any) -> Any:
    with stores(program, url) as found:
        return asyncio.run(found.orders.insert(record))


def get(program: Package, url: str, key: int) -> Any:
    with stores(program, url) as found:
        return asyncio.run(found.orders.get(key))


def first_order(program: Package, *contacts: str) -> Any:
    r = program.records
    held = [r.Contact(id=n, name=name) for n, name in enumerate(contacts)]
    new = program.module("absent").UNASSIGNED
    return r.Order(id=new, shipping=r.Address(street="Main St"), contacts=held)


def test_rows_become_lists_and_lists_one_and_older_clients_are_shown_all_they_wrote(
    programs: dict[str, Package], url: str
) -> None:
    migrate(programs, url, "v1")
    key = insert(programs["v1"], url, first_order(programs["v1"], "Carl", "Dora")).id
    migrate(programs, url, "v2")
    migrate(programs, url, "v3")
    r, found = programs["v3"].records, get(programs["v3"], url, key)
    assert found.shipping == [r.Address(road="Main St")]
    assert found.contacts == r.Contact(id=0, name="Carl")
    shown = programs["v3"].module("kept").written(found.kept, "contacts@v1", found.contacts, "another")
    assert shown == [{"id": 0, "name": "Carl"}, {"id": 1, "name": "Dora"}]


def test_the_program_before_reads_the_one_that_is_picked(programs: dict[str, Package], url: str) -> None:
    for version in ("v1", "v2"):
        migrate(programs, url, version)
    r = programs["v2"].records
    made = r.Order(
        id=programs["v2"].module("absent").UNASSIGNED,
        shipping=[r.Address(street="a"), r.Address(street="b")],
        billing=[r.Address(street="c"), r.Address(street="d")],
        contacts=r.Contact(id=7, name="Gil"),
    )
    found = get(programs["v1"], url, insert(programs["v2"], url, made).id)
    assert (found.shipping.street, found.billing.street) == ("a", "d")
    assert [c.name for c in found.contacts] == ["Gil"]


def test_a_list_of_which_none_can_be_picked_stops_the_migration(programs: dict[str, Package], url: str) -> None:
    migrate(programs, url, "v1")
    insert(programs["v1"], url, first_order(programs["v1"]))
    with pytest.raises(Exception, match=r"orders\.contacts"):
        migrate(programs, url, "v2")
