"""The storage of a generated project keeps its promises on SQLite in a file, in memory, and on PostgreSQL."""

from __future__ import annotations

import asyncio
import decimal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError

from scaffold.generate.runtime.database import (
    RevisionConflict,
    Storage,
    Unstorable,
    duplicates,
    normalised,
    retrying,
)
from scaffold.generate.runtime.problems import Conflict

pytestmark = pytest.mark.anyio

metadata = MetaData()
users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("email", Text, unique=True),
    Column("visits", BigInteger, default=0),
    Column("revision", Integer, default=1),
    Column("first", Text),
    Column("last", Text),
    UniqueConstraint("first", "last", name="one_name_each"),
)
posts = Table("posts", metadata, Column("id", Integer, primary_key=True), Column("user_id", ForeignKey(users.c.id)))


@pytest.fixture(params=["file", "memory", "postgres"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    urls = {"file": f"sqlite:///{tmp_path}/shop.db", "memory": "sqlite://"}
    url = urls.get(request.param) or request.getfixturevalue("postgres_url")
    made = Storage(url)
    asyncio.run(made.follow(metadata))
    yield made
    asyncio.run(made.close())


def add(email: str, **values: object) -> object:
    return lambda connection: connection.execute(insert(users).values(email=email, **values))


def emails(connection: Connection) -> list[str | None]:
    return list(connection.scalars(select(users.c.email).order_by(users.c.id)))


async def test_what_a_write_did_is_kept_when_it_returns(storage):
    await storage.write(add("ada@example.com"))
    assert await storage.read(emails) == ["ada@example.com"]


async def test_what_a_write_did_is_undone_when_it_raises(storage):
    def fail(connection):
        connection.execute(insert(users).values(email="ada@example.com"))
        raise LookupError("too late")

    with pytest.raises(LookupError):
        await storage.write(fail)
    assert await storage.read(emails) == []


@pytest.mark.parametrize("storage", ["file", "postgres"], indirect=True)  # in memory there is one connection
async def test_a_read_may_not_write(storage):
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        await storage.read(add("ada@example.com"))


async def test_work_runs_outside_the_thread_of_the_event_loop(storage):
    assert await storage.read(lambda connection: threading.get_ident()) != threading.get_ident()


async def test_a_hundred_writers_at_once_lose_no_update(storage):
    await storage.write(add("ada@example.com", id=1))

    async def visit():
        def once(connection):
            row = connection.execute(select(users).where(users.c.id == 1)).one()
            changed = connection.execute(
                update(users)
                .where(users.c.id == 1, users.c.revision == row.revision)
                .values(visits=row.visits + 1, revision=row.revision + 1)
            )
            if not changed.rowcount:
                raise RevisionConflict

        await retrying(lambda: storage.write(once), times=1000)

    await asyncio.gather(*(visit() for _ in range(100)))
    assert await storage.read(lambda c: c.scalar(select(users.c.visits))) == 100


async def test_a_revision_that_is_never_ours_becomes_a_409_after_three_attempts():
    attempts = []

    async def attempt():
        attempts.append(1)
        raise RevisionConflict

    with pytest.raises(Conflict) as raised:
        await retrying(attempt)
    assert len(attempts) == 3
    assert (raised.value.status, raised.value.code) == (409, "conflict")


async def test_a_foreign_key_to_nothing_is_refused(storage):
    with pytest.raises(IntegrityError) as raised:
        await storage.write(lambda c: c.execute(insert(posts).values(user_id=404)))
    assert duplicates(raised.value, users) == ()


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        ({"email": "ada@example.com"}, ("email",)),
        ({"id": 100, "email": "eve@example.com"}, ("id",)),
        ({"email": "eve@example.com", "first": "Ada", "last": "Lovelace"}, ("first", "last")),
    ],
)
async def test_a_taken_value_names_its_columns(storage, row, columns):
    await storage.write(add("ada@example.com", id=100, first="Ada", last="Lovelace"))
    with pytest.raises(IntegrityError) as raised:
        await storage.write(lambda c: c.execute(insert(users).values(**row)))
    assert duplicates(raised.value, users) == columns
    assert duplicates(raised.value, posts) == ()


async def test_a_number_beyond_64_bits_is_told_from_a_fault(storage):
    with pytest.raises(Unstorable) as raised:
        await storage.write(add("ada@example.com", visits=2**70))
    assert raised.value.status == 422
    assert "INSERT" not in f"{raised.value} {raised.value.members}"
    with pytest.raises(Unstorable):
        await storage.read(lambda c: c.execute(select(users).where(users.c.visits == 2**70)).all())


async def test_a_nul_in_a_postgresql_text_is_told_from_a_fault(postgres_url):
    storage = Storage(postgres_url)
    await storage.follow(metadata)
    with pytest.raises(Unstorable):
        await storage.write(add("ada\x00@example.com"))
    await storage.close()


async def test_nothing_is_opened_before_it_is_needed(tmp_path):
    storage = Storage(f"sqlite:///{tmp_path}/shop.db")
    await storage.start()
    assert not (tmp_path / "shop.db").exists()
    assert await storage.ready()
    assert (tmp_path / "shop.db").exists()
    await storage.close()


async def test_a_database_that_is_not_there_is_not_ready(tmp_path):
    assert not await Storage(f"sqlite:///{tmp_path}/no/such/folder/shop.db").ready()
    assert not await Storage("postgresql://nobody@127.0.0.1:9/none").ready()


async def test_readers_go_on_while_somebody_writes(tmp_path):
    storage = Storage(f"sqlite:///{tmp_path}/shop.db")
    await storage.follow(metadata)
    inside, done = threading.Event(), threading.Event()

    def slow(connection):
        connection.execute(insert(users).values(email="ada@example.com"))
        inside.set()
        assert done.wait(10)

    writing = asyncio.create_task(storage.write(slow))
    assert await asyncio.to_thread(inside.wait, 10)
    assert await asyncio.wait_for(storage.read(emails), 5) == []
    done.set()
    await writing
    assert await storage.read(emails) == ["ada@example.com"]
    await storage.close()


async def test_two_programs_on_one_file_wait_for_each_other(tmp_path):
    one, two = (Storage(f"sqlite:///{tmp_path}/shop.db") for _ in range(2))
    await asyncio.gather(one.follow(metadata), two.follow(metadata))
    await asyncio.gather(*(each.write(add(f"{n}{n}@example.com")) for n in range(20) for each in (one,)))
    writes = (each.write(lambda c: c.execute(insert(posts))) for _ in range(20) for each in (one, two))
    await asyncio.gather(*writes)
    assert len(await two.read(lambda c: c.execute(select(posts)).all())) == 40
    await one.close()
    await two.close()


async def test_programs_that_open_a_new_file_at_the_same_moment_wait_for_each_other(tmp_path):
    for attempt in range(10):
        programs = [Storage(f"sqlite:///{tmp_path}/shop{attempt}.db") for _ in range(8)]
        await asyncio.gather(*(each.follow(metadata) for each in programs))
        for each in programs:
            await each.close()


async def test_a_column_that_the_program_gained_is_added_and_rows_stay(storage):
    await storage.write(add("ada@example.com"))
    newer = MetaData()
    Table(
        "users",
        newer,
        Column("id", Integer, primary_key=True),
        Column("email", Text, unique=True),
        Column("phone", Text, nullable=False, server_default="none"),
        Column("rank", Integer, nullable=False),
        Index("ix_users_phone", "phone"),
    )
    Table("notes", newer, Column("id", Integer, primary_key=True))
    assert await storage.follow(newer) == ("notes", "users.phone", "users.rank", "ix_users_phone")
    assert await storage.follow(newer) == ()
    row = await storage.read(lambda c: c.execute(select(newer.tables["users"])).one())
    assert (row.email, row.phone, row.rank) == ("ada@example.com", "none", None)
    columns = await storage.read(lambda c: [column["name"] for column in inspect(c).get_columns("users")])
    assert "visits" in columns  # nothing is dropped


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("postgres://a:b@db/shop", "postgresql+psycopg://a:b@db/shop"),
        ("postgresql://a:b@db/shop", "postgresql+psycopg://a:b@db/shop"),
        ("postgresql+psycopg://db/shop?sslmode=require", "postgresql+psycopg://db/shop?sslmode=require"),
        ("sqlite:///shop.db", "sqlite:///shop.db"),
    ],
)
def test_the_driver_of_a_url_is_filled_in(given, made):
    assert normalised(given).render_as_string(hide_password=False) == made


def test_a_password_is_not_shown():
    assert "secret" not in repr(Storage("postgres://shop:secret@db/shop"))


async def test_it_serves_again_after_it_was_closed(tmp_path):
    storage = Storage(f"sqlite:///{tmp_path}/shop.db")
    await storage.follow(metadata)
    await storage.close()
    assert await storage.read(emails) == []
    await storage.close()


async def test_a_fault_of_the_database_stays_a_fault(storage):
    with pytest.raises(DBAPIError):
        await storage.read(lambda c: c.exec_driver_sql("SELECT * FROM nowhere"))


async def test_a_value_error_of_the_work_itself_passes_through(storage):
    def wrong(connection):
        raise decimal.InvalidOperation("mine")

    with pytest.raises(decimal.InvalidOperation):
        await storage.write(wrong)
