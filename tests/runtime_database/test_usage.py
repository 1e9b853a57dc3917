"""Usage is written once, added up by several writers, and waits while the database is away."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Connection, MetaData, event, make_url

from scaffold.generate.runtime.calendar import Calendar
from scaffold.generate.runtime.database import Storage
from scaffold.generate.runtime.tally import Client, Count, Row
from scaffold.generate.runtime.usage import Ledger, usage_table
from scaffold.generate.runtime.watching import Watch

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
TODAY = NOW.date()
METADATA = MetaData()
TABLE = usage_table(METADATA)
ACME = Client("acme", True)
BATCH = count(1)


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'usage.db'}"
    found: str = request.getfixturevalue("postgres_url")
    return found


async def opened(url: str) -> Storage:
    storage = Storage(url)
    await storage.start()
    await storage.follow(METADATA)
    return storage


def row(day: date = TODAY, client: Client = ACME, operation: str = "get_user", sent: str = "") -> Row:
    return Row(day, client, "v1", operation, sent)


async def counts(ledger: Ledger, client: Client | None = None) -> dict[tuple[str, str, str], int]:
    found = await ledger.read(date(2000, 1, 1), client)
    return {(e.client.name, e.operation, e.sent): e.count for e in found}


async def test_what_is_written_is_read_and_adds_up(url):
    storage = await opened(url)
    ledger = Ledger(storage, TABLE)
    later = NOW + timedelta(seconds=5)
    await ledger.write({row(): Count(2, later), row(sent="User.name"): Count(1, NOW)}, next(BATCH), TODAY)
    await ledger.write({row(): Count(3, NOW)}, next(BATCH), TODAY)
    (call, sent) = await ledger.read(TODAY)
    assert (call.day, call.client, call.version, call.count, call.last_seen) == (TODAY, ACME, "v1", 5, later)
    assert (sent.sent, sent.count) == ("User.name", 1)
    await storage.close()


async def test_a_client_that_only_says_its_name_is_another_one(url):
    storage = await opened(url)
    ledger = Ledger(storage, TABLE)
    said = Client("acme", False)
    await ledger.write({row(): Count(2, NOW), row(client=said): Count(1, NOW)}, next(BATCH), TODAY)
    assert await counts(ledger, said) == {("acme", "get_user", ""): 1}
    assert await counts(ledger, ACME) == {("acme", "get_user", ""): 2}
    await storage.close()


@pytest.mark.parametrize("name", ["a\0b", "\ud800", "x" * 1000, "Ünïcødé ✓", "'; DROP TABLE users; --"])
async def test_whatever_a_client_is_called_can_be_stored(url, name):
    storage = await opened(url)
    ledger = Ledger(storage, TABLE)
    await ledger.write({row(client=Client(name, True)): Count(1, NOW)}, next(BATCH), TODAY)
    assert list((await counts(ledger, Client(name, True))).values()) == [1]
    await storage.close()


async def test_writers_in_any_order_add_up(url):
    storages = [await opened(url) for _ in range(4)]
    rows = [row(client=Client(f"c{n}", True)) for n in range(40)]

    async def write(number: int) -> None:
        ledger = Ledger(storages[number], TABLE)
        order = rows if number % 2 else rows[::-1]
        for _ in range(10):
            await ledger.write({r: Count(1, NOW) for r in order}, next(BATCH), TODAY)

    await asyncio.gather(*(write(n) for n in range(4)))
    assert set((await counts(Ledger(storages[0], TABLE))).values()) == {40}
    for storage in storages:
        await storage.close()


async def test_what_is_older_than_it_is_kept_goes(url):
    storage = await opened(url)
    ledger = Ledger(storage, TABLE, days=10)
    await ledger.write({row(TODAY - timedelta(days=n)): Count(1, NOW) for n in (9, 10, 11)}, next(BATCH), TODAY)
    assert [e.day for e in await ledger.read(date(2000, 1, 1))] == [TODAY - timedelta(days=n) for n in (10, 9)]
    await storage.close()


class Line:
    """A way to PostgreSQL that can be cut: a socket of its own, in front of the server's."""

    def __init__(self, url: str, folder: Path) -> None:
        host = str(make_url(url).query["host"])
        self._target = f"{host}/.s.PGSQL.5432"
        self._place = folder / ".s.PGSQL.5432"
        self.url = make_url(url).update_query_dict({"host": str(folder)}).render_as_string(hide_password=False)
        self._open: list[socket.socket] = []
        self._listener: socket.socket | None = None

    def lay(self) -> None:
        """Let connections through."""
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self._place))
        self._listener.listen()
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        """Cut every connection, and let none through any more."""
        assert self._listener is not None
        for end in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._open.clear()
        self._place.unlink()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            far = socket.socket(socket.AF_UNIX)
            far.connect(self._target)
            self._open += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=_pass_on, args=(one, other), daemon=True).start()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    try:
        while data := one.recv(65536):
            other.sendall(data)
    except OSError:
        pass


@pytest.fixture
def line(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    made = Line(postgres_url, tmp_path_factory.mktemp("line"))
    made.lay()
    yield made
    made.cut()


async def test_while_the_database_is_away_counts_wait_and_none_is_lost_or_doubled(line):
    storage = await opened(line.url)
    ledger = Ledger(storage, TABLE)
    watch = Watch(Calendar([], clock=lambda: NOW), ledger, seconds=0.02)
    running = asyncio.create_task(watch.run())
    sent = 0
    for cut in (False, True, False, True, False):
        for _ in range(200):
            watch.tally.add(ACME, "v1", "get_user", "stable", 2, NOW)
            sent += 1
            await asyncio.sleep(0.001)
        if cut:
            line.lay()
        elif sent < 1000:
            line.cut()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await watch.close()
    assert watch.waiting == 0
    assert await counts(ledger) == {("acme", "get_user", ""): sent}
    await storage.close()


async def test_a_commit_that_nobody_heard_of_counts_once(url):
    storage = await opened(url)
    written = storage.write
    deaf = iter([True, False, True, True, False, False])

    async def unheard(work: Callable[[Connection], object]) -> object:
        done = await written(work)
        if next(deaf, False):
            raise OSError("the connection broke")
        return done

    storage.write = unheard
    ledger = Ledger(storage, TABLE)
    watch = Watch(Calendar([], clock=lambda: NOW), ledger)
    done = []
    for _ in range(5):
        watch.tally.add(ACME, "v1", "get_user", "stable", 2, NOW)
        done.append(await watch.flush())
    assert done == [False, False, False, True, True]
    assert watch.waiting == 0
    assert await counts(ledger) == {("acme", "get_user", ""): 5}
    await storage.close()


async def test_every_process_has_batches_of_its_own(url):
    storage = await opened(url)
    one, other = Ledger(storage, TABLE), Ledger(storage, TABLE)
    for ledger in (one, other, one):
        await ledger.write({row(): Count(1, NOW)}, 1, TODAY)
    await one.write({row(): Count(1, NOW)}, 2, TODAY)
    assert await counts(one) == {("acme", "get_user", ""): 3}
    await storage.close()


@pytest.mark.parametrize("passed", [timedelta(0), timedelta(days=1)], ids=["the same day", "past midnight"])
async def test_a_commit_that_comes_while_the_batch_is_written_again_counts_once(postgres_url, passed):
    one, other = await opened(postgres_url), await opened(postgres_url)
    ledger = Ledger(one, TABLE)
    await ledger.write({row(): Count(2, NOW)}, 1, TODAY)
    written, sent, alone = one.write, {row(): Count(3, NOW)}, threading.Lock()

    async def again_meanwhile(work: Callable[[Connection], object]) -> object:
        """Where nobody waits any more, the batch is half done; it is committed as its second writing has begun."""
        one.write = other.write
        with one.engine.connect() as unheard:
            work(unheard)

            def commit(*args: object) -> None:
                with alone:
                    if unheard.in_transaction():
                        unheard.commit()

            event.listen(other.engine, "after_cursor_execute", commit, once=True)
            begun = threading.Timer(0.5, commit)  # where the second waits for the first
            begun.start()
            await ledger.write(sent, 2, TODAY + passed)
            begun.join()
        return await written(lambda connection: None)

    one.write = again_meanwhile
    await ledger.write(sent, 2, TODAY)
    assert await counts(ledger) == {("acme", "get_user", ""): 5}
    for storage in (one, other):
        await storage.close()
