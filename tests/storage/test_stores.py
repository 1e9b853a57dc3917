"""Records come back from the database as they went in, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from . import specs
from .packages import Package, history, package

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return package(history(specs.EVERYTHING), tmp_path_factory.mktemp("everything"))


@pytest.fixture
def stores(everything: Package, url: str) -> Iterator[Any]:
    storage = everything.module("database").Storage(url)
    asyncio.run(storage.follow(everything.storage.metadata))
    yield everything.storage.Stores(storage)
    asyncio.run(storage.close())


def thing(records: Any, **changes: Any) -> Any:
    absent = __import__(records.__name__.replace("records", "absent"), fromlist=["x"])
    values: dict[str, Any] = {
        "id": absent.UNASSIGNED,
        "text": "täxt 'quoted\"",
        "number": 2**63 - 1,
        "ratio": 0.1,
        "flag": False,
        "price": Decimal("1.50"),
        "day": dt.date(2026, 1, 2),
        "moment": dt.datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=dt.UTC),
        "clock": dt.time(12, 30, 1, 5),
        "lasts": dt.timedelta(days=1, microseconds=1),
        "tag": uuid.UUID(int=7),
        "mail": "ada@example.com",
        "link": "https://example.com",
        "blob": b"\0\xff",
        "free": {"a": [1, None, {"b": 1.5}]},
        "colour": "red",
        "nothing": None,
        "words": ["a", "b"],
        "prices": [Decimal("1.50"), Decimal("0")],
        "points": [records.Point(x=1.0, y=-2.5, at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), label=None)],
    }
    return records.Thing(**{**values, **changes})


async def test_every_kind_of_value_comes_back(everything, stores):
    records = everything.records
    point = records.Point(x=1.0, y=1e300, at=dt.datetime(2026, 1, 1, 2, tzinfo=dt.UTC))
    tree = records.Node(name="a", children=[records.Node(name="b", children=[], weight=Decimal("2.0"))])
    full = thing(
        records,
        maybe="",
        both=None,
        both_json=None,
        colours=["blue"],
        by_day={"x": dt.date(2026, 1, 1)},
        point=point,
        tree=tree,
        everything={"k": point},
    )
    for record in (thing(records), full, thing(records, point=None), thing(records, both=3, both_json={})):
        made = await stores.things.insert(record)
        record.id = made.id
        assert made == record
        found = await stores.things.get(made.id)
        assert found == record
        assert str(found.price) == "1.50"
        assert str(found.prices) == str(record.prices)


async def test_absent_and_null_stay_apart(everything, stores):
    absent = everything.module("absent").ABSENT
    for value in (absent, None, 0):
        made = await stores.things.insert(thing(everything.records, both=value))
        found = await stores.things.get(made.id)
        assert found.both is value or found.both == value
        assert found.maybe is absent
        assert found.nothing is None


async def test_what_is_not_there_is_a_404(everything, stores):
    problems = everything.module("problems")
    for key in (1, 2**70):
        assert await stores.things.find(key) is None
        for call in (stores.things.get(key), stores.things.delete(key), stores.things.edit(key, lambda r: r)):
            with pytest.raises(problems.NotFound):
                await call


async def test_keys_are_given_by_the_database_by_chance_or_by_the_caller(everything, stores):
    records, absent = everything.records, everything.module("absent")
    first = await stores.things.insert(thing(records))
    assert (first.id, (await stores.things.insert(thing(records))).id) == (1, 2)
    await stores.things.delete(2)
    assert (await stores.things.insert(thing(records))).id == 3  # a key is never given twice
    note = await stores.notes.insert(records.Note(id=absent.UNASSIGNED, body="x"))
    assert note.id.version == 4
    assert await stores.notes.get(note.id) == note
    country = records.Country(code="GB", name="Great Britain")
    assert await stores.countries.insert(country) == country


async def test_a_taken_value_is_a_409_that_tells_no_sql(everything, stores):
    records, problems = everything.records, everything.module("problems")
    await stores.countries.insert(records.Country(code="GB", name="Great Britain"))
    await stores.countries.insert(records.Country(code="FR", name="France"))
    taken = [
        stores.countries.insert(records.Country(code="GB", name="Other")),
        stores.countries.insert(records.Country(code="UK", name="Great Britain")),
        stores.countries.edit("FR", lambda r: records.Country(code="FR", name="Great Britain")),
        stores.countries.replace_row(records.Country(code="FR", name="Great Britain")),
    ]
    for call in taken:
        with pytest.raises(problems.Conflict) as raised:
            await call
        assert raised.value.detail in ("Another Country has the same name.", "Another Country has the same code.")


async def test_a_value_no_column_holds_is_a_422(everything, stores):
    invalid = everything.module("problems").Invalid
    with pytest.raises(invalid):
        await stores.things.insert(thing(everything.records, number=2**70))
    made = await stores.things.insert(thing(everything.records))

    def grow(record):
        record.number = 2**70
        return everything.records.Thing(**{f: getattr(record, f) for f in record.__slots__})

    with pytest.raises(invalid):
        await stores.things.edit(made.id, grow)


async def test_a_page_is_filtered_sorted_cut_and_counted(everything, stores):
    query = everything.module("store").Query
    records, absent = everything.records, everything.module("absent").ABSENT
    for number, (text, maybe, colour) in enumerate(
        [("b", "x", "red"), ("a", absent, "green"), ("c", "x", "red"), ("a", "y", "blue")]
    ):
        await stores.things.insert(thing(records, text=text, maybe=maybe, colour=colour, number=number))

    async def ids(**asked: Any) -> list[int]:
        return [r.id for r in (await stores.things.page(query(**{"limit": 10, **asked}))).items]

    assert await ids() == [1, 2, 3, 4]
    assert await ids(sort="text") == [2, 4, 1, 3]
    assert await ids(sort="-text") == [3, 1, 2, 4]
    assert await ids(sort="maybe") == [1, 3, 4, 2]
    assert await ids(sort="-maybe") == [4, 1, 3, 2]
    assert await ids(filters={"colour": ("red",)}) == [1, 3]
    assert await ids(filters={"colour": ("red", "blue"), "maybe": ("x",)}) == [1, 3]
    assert await ids(filters={"maybe": (absent,)}) == [2]
    assert await ids(filters={"colour": ()}) == []
    assert await ids(filters={"price": (Decimal("1.5"),)}) == [1, 2, 3, 4]
    assert await ids(filters={"number": (2**70,)}) == []
    page = await stores.things.page(query(limit=1, offset=1, filters={"colour": ("red",)}))
    assert (page.total, page.limit, page.offset, [r.id for r in page.items]) == (2, 1, 1, [3])
    with pytest.raises(KeyError):
        await ids(sort="words")


async def test_a_list_is_walked_by_cursor_in_every_order(everything, stores):
    query = everything.module("store").Query
    absent = everything.module("absent").ABSENT
    for number, (text, maybe) in enumerate([("b", "x"), ("a", absent), ("c", "x"), ("a", "y"), ("a", absent)]):
        await stores.things.insert(thing(everything.records, text=text, maybe=maybe, number=number % 2))
    for path in stores.things.fields:
        for sort in (path, f"-{path}"):
            whole = await stores.things.page(query(limit=None, sort=sort))
            walked, cursor = [], ""
            while cursor is not None:
                page = await stores.things.page(query(limit=2, sort=sort, cursor=cursor))
                assert page.total == 5
                walked += page.items
                cursor = page.next
            assert [r.id for r in walked] == [r.id for r in whole.items], sort


async def test_a_row_that_is_born_or_gone_moves_nothing_behind_a_cursor(everything, stores):
    query = everything.module("store").Query
    for _ in range(4):
        await stores.things.insert(thing(everything.records))
    first = await stores.things.page(query(limit=2, cursor=""))
    await stores.things.delete(2)
    rest = await stores.things.page(query(limit=2, cursor=first.next))
    assert ([r.id for r in first.items], [r.id for r in rest.items], rest.next) == ([1, 2], [3, 4], None)


@pytest.mark.parametrize("cursor", ["x", "bm9uZQ", "W251bGwsbnVsbCwiYSJd", "W251bGwsbnVsbCwxXQ"])
async def test_a_cursor_of_no_list_or_of_another_order_is_the_callers_mistake(everything, stores, cursor):
    query, invalid = everything.module("store").Query, everything.module("problems").Invalid
    with pytest.raises(invalid, match="No cursor"):
        await stores.things.page(query(limit=2, sort="text", cursor=cursor))


async def test_an_edit_that_lost_a_race_reads_again(everything, stores):
    records, problems = everything.records, everything.module("problems")
    made = await stores.countries.insert(records.Country(code="GB", name="0"))

    async def grow() -> None:
        def longer(country):
            return records.Country(code="GB", name=country.name + "x")

        await stores.countries.edit("GB", longer, times=100)

    await asyncio.gather(*(grow() for _ in range(20)))
    assert (await stores.countries.get("GB")).name == made.name + "x" * 20

    def stale(connection):
        _, revision = stores.countries.load_one(connection, "GB")
        assert revision == 21
        return stores.countries.save(connection, made, revision - 1)

    with pytest.raises(everything.module("database").RevisionConflict):
        await stores.storage.write(stale)
    assert problems.Conflict.status == 409


async def test_an_edit_that_changes_nothing_writes_nothing(everything, stores):
    records = everything.records
    await stores.countries.insert(records.Country(code="GB", name="x"))
    await stores.countries.edit("GB", lambda r: r)
    assert (await stores.storage.read(lambda c: stores.countries.load_one(c, "GB")))[1] == 1


async def test_what_others_keep_in_a_row_stays(everything, stores):
    from sqlalchemy import select, update

    records = everything.records
    await stores.countries.insert(records.Country(code="GB", name="x"))
    table = everything.storage.countries_table
    await stores.storage.write(lambda c: c.execute(update(table).values(kept={"theirs": 1})))
    await stores.countries.edit("GB", lambda r: records.Country(code="GB", name="y"))
    assert await stores.storage.read(lambda c: c.scalar(select(table.c.kept))) == {"theirs": 1}
