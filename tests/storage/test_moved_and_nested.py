"""Values that moved, or stand inside JSON, are found again in every version, and nothing of them is lost."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from . import packages, parts
from .packages import Package, migrate, stores


@pytest.fixture(scope="module")
def moves(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Package]:
    return packages.programs(parts.MOVES, tmp_path_factory.mktemp("moves"))


@pytest.fixture(scope="module")
def nested(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Package]:
    return packages.programs(parts.NESTED, tmp_path_factory.mktemp("nested"))


@pytest.fixture(scope="module")
def postcodes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Package]:
    return packages.programs(parts.POSTCODES, tmp_path_factory.mktemp("postcodes"))


def insert(program: Package, url: str, record: Any) -> Any:
    with stores(program, url) as found:
        return asyncio.run(found.orders.insert(record))


def get(program: Package, url: str, key: int) -> Any:
    with stores(program, url) as found:
        return asyncio.run(found.orders.get(key))


def edit(program: Package, url: str, key: int, change: Callable[[Any], Any]) -> Any:
    with stores(program, url) as found:
        return asyncio.run(found.orders.edit(key, change))


def first_order(program: Package, **changes: Any) -> Any:
    r, new = program.records, program.module("absent").UNASSIGNED
    values = {
        "id": new,
        "title": "one",
        "ship_street": "Main St",
        "ship_city": None,
        "ship_note": "ring twice",
        "geo": r.OrderGeo(lat=1.25, lon=-3.0),
        "site": r.OrderSite(shelf="a"),
        "first": "Ada",
        "last": "Lovelace",
        "limit": None,
    }
    return r.Order(**{**values, **changes})


def test_values_are_found_wherever_they_moved(moves, url):
    migrate(moves, url, "v1")
    absent = moves["v1"].module("absent").ABSENT
    insert(moves["v1"], url, first_order(moves["v1"]))
    insert(moves["v1"], url, first_order(moves["v1"], ship_street=absent, ship_city=absent, site=absent, limit=absent))
    for version in ("v2", "v3", "v4"):
        migrate(moves, url, version)
    absent = moves["v4"].module("absent").ABSENT
    one, two = get(moves["v4"], url, 1), get(moves["v4"], url, 2)
    shipping = one.contact.shipping
    assert (shipping.road, shipping.ship_city, shipping.zip) == ("Main St", None, absent)
    assert (one.contact.note, one.contact.rating, one.limit) == ("ring twice", 3, None)
    assert (one.latitude, one.lon, one.first, one.last) == (Decimal("1.25"), -3.0, "Lovelace", "Ada")
    assert (one.title, one.title_v2, one.site.floor) == (1, "one", 0)
    assert (two.contact.shipping, two.site, two.limit) == (absent, absent, absent)


def test_a_required_field_of_an_object_that_a_move_made_is_filled_where_that_is_there(moves, url):
    migrate(moves, url, "v1")
    absent = moves["v1"].module("absent").ABSENT
    insert(moves["v1"], url, first_order(moves["v1"]))
    insert(moves["v1"], url, first_order(moves["v1"], ship_street=absent, ship_city=absent, colour="red"))
    migrate(moves, url, "v2")
    one, two = get(moves["v2"], url, 1), get(moves["v2"], url, 2)
    assert (one.shipping.country, two.looks.colour) == ("GB", "red")
    assert two.shipping is moves["v2"].module("absent").ABSENT
    bare = moves["v2"].records.OrderLooks()
    edit(moves["v2"], url, 1, lambda order: dataclasses.replace(order, looks=bare))  # there, and nothing inside
    for version in ("v3", "v4"):
        migrate(moves, url, version)
    one, two = get(moves["v4"], url, 1), get(moves["v4"], url, 2)
    assert (one.looks.gloss, two.looks.gloss) == (7, 7)
    assert two.contact.shipping is moves["v4"].module("absent").ABSENT


def test_what_the_newest_writes_stands_where_older_programs_look(moves, url):
    for version in moves:
        migrate(moves, url, version)
        if version == "v1":
            insert(moves["v1"], url, first_order(moves["v1"]))
    newest = moves["v4"]
    absent = newest.module("absent").ABSENT

    def change(order: Any) -> Any:
        contact = dataclasses.replace(order.contact, shipping=absent, note="knock")
        return dataclasses.replace(order, contact=contact, latitude=Decimal("2.50"), title_v2="two")

    edit(newest, url, 1, change)
    row = read_row(newest, url)
    assert (row["ship_street"], row["ship_note"], row["title"]) == (None, "knock", "two")
    assert row["geo"] == {"lat": 2.5, "lat_v4": "2.50", "lon": -3.0}


def read_row(program: Package, url: str) -> Any:
    with stores(program, url) as found:
        return asyncio.run(
            found.storage.read(lambda c: c.execute(select(program.storage.orders_table)).mappings().one())
        )


def line(program: Package, sku: str, price: str, status: str) -> Any:
    r = program.records
    return r.Line(sku=sku, price=price, status=status, lat=1.0, lon=2.0)


def test_json_inside_rows_is_read_in_its_newest_form_and_keeps_what_was_written(nested, url):
    migrate(nested, url, "v1")
    old = nested["v1"]
    r, new = old.records, old.module("absent").UNASSIGNED
    lines = [line(old, "a", "01.5", "old"), line(old, "b", "2.00", "draft")]
    insert(
        old,
        url,
        r.Order(id=new, lines=lines, by_name={"x": lines[0]}, shop=r.Shop(name="s", city="c"), shelf="top"),
    )
    for version in ("v2", "v3"):
        migrate(nested, url, version)
    order = get(nested["v3"], url, 1)
    a, b = order.lines
    assert (a.price, a.status, a.count, a.geo.lat) == (Decimal("1.5"), "done", 1, 1.0)
    assert a.kept == {
        "price@v1": {"written": ["01.5"], "image": ["1.5"]},
        "status@v1": {"written": ["old"], "image": ["done"]},
    }
    assert (b.price, b.status, b.kept) == (Decimal("2.00"), "open", {})
    assert order.by_name["x"] == a
    assert (order.shop.rack, order.shop.name) == ("top", "s")
    edit(nested["v3"], url, 1, dataclasses.replace)  # a copy: everything is written again
    assert get(nested["v3"], url, 1) == order
    assert [x.price for x in get(old, url, 1).lines] == ["01.5", "2.00"]


def test_a_shadow_inside_json_goes_when_its_value_is_changed(nested, url):
    for version in nested:
        migrate(nested, url, version)
        if version == "v1":
            old = nested["v1"]
            r, new = old.records, old.module("absent").UNASSIGNED
            lines = [line(old, "a", "01.5", "old")]
            insert(old, url, r.Order(id=new, lines=lines, by_name={}, shop=r.Shop(name="s", city="c")))

    def change(order: Any) -> Any:
        return dataclasses.replace(order, lines=[dataclasses.replace(order.lines[0], price=Decimal("3"))])

    changed = edit(nested["v3"], url, 1, change)
    assert set(changed.lines[0].kept) == {"status@v1"}
    assert get(nested["v1"], url, 1).lines[0].price == "3"


def test_an_object_put_together_from_columns_keeps_what_its_versions_wrote(postcodes, url):
    one, two, three = postcodes.values()
    r = one.records
    migrate(postcodes, url, "v1")
    insert(one, url, r.Order(id=one.module("absent").UNASSIGNED, postcode="007"))
    migrate(postcodes, url, "v2")
    insert(
        two,
        url,
        two.records.Order(id=two.module("absent").UNASSIGNED, address=two.records.OrderAddress(postcode="008")),
    )
    migrate(postcodes, url, "v3")
    for key, number, word in ((1, 7, "007"), (2, 8, "008")):
        shadow = {"written": [word], "image": [number]}
        order = get(three, url, key)
        assert order.address.postcode == number
        assert list(order.kept.values()) == [shadow]
        assert list(order.address.kept.values()) == [shadow]
        assert edit(three, url, key, dataclasses.replace) == order
        assert get(three, url, key) == order
        assert get(two, url, key).address.postcode == word

    def change(order: Any) -> Any:
        return dataclasses.replace(order, address=dataclasses.replace(order.address, postcode=9))

    changed = edit(three, url, 1, change)
    assert (changed.kept, changed.address.kept) == ({}, {})
    assert get(one, url, 1).postcode == "9"
