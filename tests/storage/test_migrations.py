"""A migration adds, fills and undoes, with rows in the tables, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import inspect, select

from scaffold.generate.migrations import migration

from . import packages, specs
from .packages import Package, history, migrate, stores, tables_of, until

VERSIONS = ("v1", "v2", "v3")


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Package]:
    return packages.programs(specs.SHOP, tmp_path_factory.mktemp("shop"))


def fill_v1(program: Package, url: str) -> dict[str, list[Any]]:
    r, absent = program.records, program.module("absent")
    new = absent.UNASSIGNED
    users = [
        r.User(id=new, name="Ada", email="ada@example.com", street="Main St", city="London", country="FR"),
        r.User(id=new, name="Eve", email="eve@example.com"),
    ]
    place = r.ProductPlace(shelf="a", room="b", sizes=["s"])
    products = [
        r.Product(id=new, title="Chair", price="01.50", status="hidden", tags=["x"], place=place),
        r.Product(id=new, title="Table", price="2.5", status="published", tags=[], place=place),
    ]

    async def work(found: Any) -> dict[str, list[Any]]:
        return {
            "users": [await found.users.insert(u) for u in users],
            "products": [await found.products.insert(p) for p in products],
        }

    with stores(program, url) as found:
        return asyncio.run(work(found))


def everything(program: Package, url: str) -> dict[str, list[Any]]:
    query = program.module("store").Query(limit=100)

    async def work(found: Any) -> dict[str, list[Any]]:
        return {name: list((await getattr(found, name).page(query)).items) for name in ("users", "products")}

    with stores(program, url) as found:
        return asyncio.run(work(found))


def schema(program: Package, url: str) -> dict[str, Any]:
    engine = program.module("database").Storage(url).engine
    with engine.connect() as connection:
        found = inspect(connection)
        made = {
            table: (
                {c["name"]: (str(c["type"]), c["nullable"]) for c in found.get_columns(table)},
                {(i["name"], *i["column_names"], i["unique"]) for i in found.get_indexes(table)},
            )
            for table in found.get_table_names()
        }
    engine.dispose()
    return made


def test_the_first_migration_makes_what_the_program_wants(programs, url, tmp_path):
    migrate(programs, url, "v1")
    made = schema(programs["v1"], url)
    migrate(programs, url, "v1", "downgrade")
    assert schema(programs["v1"], url) == {}
    storage = programs["v1"].module("database").Storage(url)
    asyncio.run(storage.follow(programs["v1"].storage.metadata))
    assert schema(programs["v1"], url) == made


def test_later_migrations_lead_to_what_the_program_wants(programs, url):
    for version in VERSIONS:
        migrate(programs, url, version)
    storage = programs["v3"].module("database").Storage(url)
    assert asyncio.run(storage.follow(programs["v3"].storage.metadata)) == ()
    names = {t: set(columns) for t, (columns, _) in schema(programs["v3"], url).items()}
    assert names == {t.name: set(t.columns.keys()) for t in programs["v3"].storage.metadata.sorted_tables}


def test_rows_get_what_is_new(programs, url):
    migrate(programs, url, "v1")
    fill_v1(programs["v1"], url)
    started = dt.datetime.now(dt.UTC)
    migrate(programs, url, "v2")
    found = everything(programs["v2"], url)
    ada, eve = found["users"]
    absent = programs["v2"].module("absent").ABSENT
    assert (ada.full_name, ada.nickname, ada.country) == ("Ada", "Ada", "FR")
    assert (ada.address.street, ada.address.city) == ("Main St", "London")
    assert abs(ada.created_at - started) < dt.timedelta(minutes=1)
    assert (eve.address, eve.country) == (absent, "GB")
    assert eve.kept == {"country@v1": {"written": [], "image": ["GB"]}}
    chair, table = found["products"]
    assert (str(chair.price), chair.status) == ("1.50", "draft")
    assert chair.kept == {
        "price@v1": {"written": ["01.50"], "image": ["1.50"]},
        "status@v1": {"written": ["hidden"], "image": ["draft"]},
    }
    assert (table.price, table.status, table.kept) == (Decimal("2.5"), "published", {})


def test_what_older_versions_wrote_goes_along_to_the_version_after_next(programs, url):
    for version in VERSIONS:
        migrate(programs, url, version)
        if version == "v1":
            fill_v1(programs["v1"], url)
    found = everything(programs["v3"], url)
    assert [u.display_name for u in found["users"]] == ["Ada", "Eve"]
    chair, table = found["products"]
    assert (chair.price, chair.status, chair.rating) == (1.5, "private", 5)
    assert chair.kept == {
        "price@v1": {"written": ["01.50"], "image": [1.5]},
        "price@v2": {"written": ["1.50"], "image": [1.5]},
        "status@v1": {"written": ["hidden"], "image": ["private"]},
    }
    assert (table.price, table.kept) == (2.5, {})


def test_undoing_brings_everything_back(programs, url):
    migrate(programs, url, "v1")
    before = fill_v1(programs["v1"], url)
    migrate(programs, url, "v2")
    between = everything(programs["v2"], url)
    migrate(programs, url, "v3")
    migrate(programs, url, "v3", "downgrade")
    assert everything(programs["v2"], url) == between
    migrate(programs, url, "v2", "downgrade")
    assert everything(programs["v1"], url) == before


def test_the_program_before_goes_on_running_on_the_database_after(programs, url):
    migrate(programs, url, "v1")
    fill_v1(programs["v1"], url)
    migrate(programs, url, "v2")
    old, new = programs["v1"], programs["v2"]
    written = fill_v1_again(old, url)
    with stores(new, url) as found:
        product = asyncio.run(found.products.get(written.id))
        assert (str(product.price), product.status) == ("7.0", "draft")
        assert product.kept == {
            "price@v1": {"written": ["07.0"], "image": ["7.0"]},
            "status@v1": {"written": ["hidden"], "image": ["draft"]},
        }
        asyncio.run(found.products.edit(written.id, lambda p: changed(p, price=Decimal("8.10"))))
    with stores(old, url) as found:
        assert asyncio.run(found.products.get(written.id)).price == "8.10"
        asyncio.run(found.products.edit(written.id, lambda p: changed(p, price="09.0", status="hidden")))
    with stores(new, url) as found:
        product = asyncio.run(found.products.get(written.id))  # the older program wrote last
        assert (str(product.price), product.kept["price@v1"]["written"]) == ("9.0", ["09.0"])
    with stores(new, url) as found:
        asyncio.run(found.products.edit(1, lambda p: changed(p, title="Stool")))
    with stores(old, url) as found:
        assert asyncio.run(found.products.get(1)).price == "01.50"  # word for word, as it was written


def fill_v1_again(old: Package, url: str) -> Any:
    r = old.records
    place = r.ProductPlace(shelf="a", room="b", sizes=["s"])
    new = old.module("absent").UNASSIGNED
    product = r.Product(id=new, title="Lamp", price="07.0", status="hidden", tags=[], place=place)
    with stores(old, url) as found:
        return asyncio.run(found.products.insert(product))


def changed(record: Any, **changes: Any) -> Any:
    import dataclasses

    return dataclasses.replace(record, **changes)


def test_a_shadow_goes_when_its_value_is_changed(programs, url):
    migrate(programs, url, "v1")
    fill_v1(programs["v1"], url)
    migrate(programs, url, "v2")
    with stores(programs["v2"], url) as found:
        product = asyncio.run(found.products.edit(1, lambda p: changed(p, price=Decimal("3"))))
    assert set(product.kept) == {"status@v1"}


def test_an_object_without_values_is_still_there(programs, url):
    for version in ("v1", "v2"):
        migrate(programs, url, version)
    fill_v1(programs["v1"], url)
    r, absent = programs["v2"].records, programs["v2"].module("absent").ABSENT
    with stores(programs["v2"], url) as found:
        eve = asyncio.run(found.users.edit(2, lambda u: changed(u, address=r.UserAddress())))
        assert eve.address == r.UserAddress()
        assert asyncio.run(found.users.get(2)) == eve
        assert asyncio.run(found.users.edit(2, lambda u: changed(u, address=absent))).address is absent


def test_more_rows_than_a_batch_are_all_changed(programs, url):
    migrate(programs, url, "v1")
    fill_v1(programs["v1"], url)
    table = programs["v1"].storage.products_table
    engine = programs["v1"].module("database").Storage(url).engine
    with engine.begin() as connection:
        row = dict(connection.execute(select(table).where(table.c.id == 1)).mappings().one())
        row.pop("id")
        connection.execute(table.insert(), [row] * 2100)
    engine.dispose()
    migrate(programs, url, "v2")
    table = programs["v2"].storage.products_table
    with engine.connect() as connection:
        statuses = {tuple(row) for row in connection.execute(select(table.c.status, table.c.revision))}
        missing = connection.execute(select(table).where(table.c.price_v2.is_(None))).all()
    engine.dispose()
    assert statuses == {("draft", 2), ("published", 2)}
    assert missing == []


def test_a_row_that_cannot_be_converted_is_named(programs, url):
    migrate(programs, url, "v1")
    fill_v1(programs["v1"], url)
    with stores(programs["v1"], url) as found:
        asyncio.run(found.products.edit(2, lambda p: changed(p, price="cheap")))
    with pytest.raises(ValueError, match=r"products\.price, row 2: 'cheap' cannot be converted"):
        migrate(programs, url, "v2")
    assert everything(programs["v1"], url)["products"][1].price == "cheap"  # nothing was left half done


def test_what_rows_get_stands_under_the_variant_that_its_word_names():
    text = """
api: {name: shop}
types:
  Card: {fields: {kind: str}}
  Wallet: {fields: {kind: str}}
  Method: {type: Card | Wallet, discriminator: kind}
resources:
  Item: {path: /items, fields: {id: {type: int, key: true}, "note?": str}, operations: [list, get, create]}
versions:
  - {id: v1, released: 2020-01-01}
  - id: v2
    released: 2021-01-01
    changes:
      - {add: Item.pay, type: Method, old_sends: {kind: Wallet}, existing: {kind: Wallet}}
      - {add: Item.more, type: "list[Method]", default: [], existing: [{kind: Wallet}, {kind: Card}]}
"""
    found = history(text)
    made = migration(tables_of(until(found, "v1")), tables_of(found), package="shop", down_revision="x")
    assert made is not None
    assert '{"Wallet": {"kind": "Wallet"}}' in made.text
    assert '[{"Wallet": {"kind": "Wallet"}}, {"Card": {"kind": "Card"}}]' in made.text


def test_nothing_to_do_is_no_migration_and_the_same_is_the_same(programs):
    found = history(specs.SHOP)
    assert migration(tables_of(found), tables_of(found), package="shop", down_revision="x") is None
    first = migration(None, tables_of(found), package="shop", down_revision=None)
    assert first == migration(None, tables_of(found), package="shop", down_revision=None)
    assert first.revision in first.filename
    other = migration(None, tables_of(until(found, "v1")), package="shop", down_revision=None)
    assert other.revision != first.revision
