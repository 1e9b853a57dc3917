"""Values come back from the database as they went in, and sort and compare as what they are."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.exc import IntegrityError, StatementError

from scaffold.generate.runtime.columns import MAX_DURATION, Duration, ExactDecimal, UtcDateTime, json_column
from scaffold.generate.runtime.database import Storage, Unstorable

pytestmark = pytest.mark.anyio

metadata = MetaData()
things = Table(
    "things",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("price", ExactDecimal, unique=True),
    Column("at", UtcDateTime),
    Column("lasts", Duration),
    Column("data", json_column()),
)


@pytest.fixture(params=["sqlite", "postgres"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    sqlite = request.param == "sqlite"
    made = Storage(f"sqlite:///{tmp_path}/things.db" if sqlite else request.getfixturevalue("postgres_url"))
    asyncio.run(made.follow(metadata))
    yield made
    asyncio.run(made.close())


async def back(storage: Storage, **values: object) -> object:
    (name,) = values

    def work(connection):
        connection.execute(insert(things).values(**values))
        return connection.scalar(select(things.c[name]).order_by(things.c.id.desc()).limit(1))

    return await storage.write(work)


@pytest.mark.parametrize("text", ["1.50", "0", "-0.10", "12345678901234567890.123456789012345678901234567890", "100"])
async def test_a_decimal_keeps_its_digits_and_its_scale(storage, text):
    assert str(await back(storage, price=Decimal(text))) == text


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("-Infinity"), Decimal("1E+200000"), Decimal("1E-20000")])
async def test_a_decimal_no_column_can_hold_is_told_from_a_fault(storage, value):
    with pytest.raises(Unstorable):
        await back(storage, price=value)


async def test_decimals_sort_and_compare_as_numbers(storage):
    prices = [Decimal(p) for p in ("9.5", "10", "-3", "0.30", "100.000000000000000000000000001", "100")]
    await storage.write(lambda c: c.execute(insert(things), [{"price": p} for p in prices]))
    column = things.c.price
    assert await storage.read(lambda c: list(c.scalars(select(column).order_by(column)))) == sorted(prices)
    above = await storage.read(lambda c: list(c.scalars(select(column).where(column > Decimal(100)))))
    assert above == [Decimal("100.000000000000000000000000001")]
    equal = await storage.read(lambda c: c.scalar(select(column).where(column == Decimal("0.3"))))
    assert str(equal) == "0.30"


async def test_two_ways_to_write_one_decimal_are_not_unique(storage):
    await back(storage, price=Decimal("1.5"))
    with pytest.raises(IntegrityError):
        await back(storage, price=Decimal("1.50"))


async def test_an_instant_keeps_its_microseconds_and_comes_back_in_utc(storage):
    east = dt.timezone(dt.timedelta(hours=5, minutes=30))
    found = await back(storage, at=dt.datetime(2026, 3, 1, 1, 2, 3, 456789, tzinfo=east))
    assert found == dt.datetime(2026, 2, 28, 19, 32, 3, 456789, tzinfo=dt.UTC)
    assert found.utcoffset() == dt.timedelta(0)


async def test_a_datetime_without_an_offset_is_refused(storage):
    with pytest.raises(StatementError, match="offset"):
        await back(storage, at=dt.datetime(2026, 3, 1))  # noqa: DTZ001  the point of the test


async def test_instants_sort_in_time_whatever_their_offset(storage):
    zones = [dt.timezone(dt.timedelta(hours=hours)) for hours in range(0, 12, 3)]
    moments = [dt.datetime(2026, 3, 1, 12 - n, tzinfo=zone) for n, zone in enumerate(zones)]
    moments[0] += dt.timedelta(microseconds=1)
    await storage.write(lambda c: c.execute(insert(things), [{"at": m} for m in moments]))
    found = await storage.read(lambda c: list(c.scalars(select(things.c.at).order_by(things.c.at))))
    assert found == sorted(moments)


@pytest.mark.parametrize("value", [dt.timedelta(0), dt.timedelta(days=-400, microseconds=1), MAX_DURATION])
async def test_a_duration_is_exact(storage, value):
    assert await back(storage, lasts=value) == value


async def test_a_duration_too_long_is_told_from_a_fault(storage):
    with pytest.raises(Unstorable):
        await back(storage, lasts=dt.timedelta.max)


@pytest.mark.parametrize("value", [{"a": [1, None, "ö", 1.5, True]}, [], {}, "", 0, False])
async def test_any_json_comes_back_by_value(storage, value):
    assert await back(storage, data=value) == value


@pytest.mark.parametrize("name", ["price", "at", "lasts", "data"])
async def test_null_is_null(storage, name):
    assert await back(storage, **{name: None}) is None
    count = await storage.read(lambda c: len(c.execute(select(things).where(things.c[name].is_(None))).all()))
    assert count == 1
