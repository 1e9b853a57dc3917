"""The database: an engine opened when first needed, worker threads, one transaction a call, revisions."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import anyio
import anyio.to_thread
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Index,
    MetaData,
    StaticPool,
    Table,
    UniqueConstraint,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError, StatementError

from .columns import DECIMAL_ORDER, compare_decimals
from .following import add_what_is_missing, follow
from .problems import Conflict, Invalid

T = TypeVar("T")

BUSY_SECONDS = 10
CONNECT_SECONDS = 5


class RevisionConflict(Exception):
    """The row was changed by somebody else between reading and writing it."""


class Unstorable(Invalid):
    """A value that no column can hold, such as a number beyond 64 bits or a NUL in a PostgreSQL text: 422.

    The cause is what the driver said; the caller is not told, it may contain SQL.
    """

    def __init__(self) -> None:
        super().__init__([], "A value in the request is beyond what can be stored.")


class Storage:
    """One database, reached through worker threads; opens nothing before it is first used.

    `url` is a SQLAlchemy URL; `postgres://` and `postgresql://` mean psycopg 3. At most `threads` calls run
    at once, the others wait in the event loop. SQLite has one writer at a time, so its writes wait in a line
    of their own; a database in memory is one connection and one line. Raises sqlalchemy.exc.ArgumentError for
    a URL that cannot be read.
    """

    def __init__(self, url: str, *, echo: bool = False, threads: int = 10) -> None:
        self.url = normalised(url)
        self._echo = echo
        self._threads = 1 if in_memory(self.url) else threads
        self._readers: Engine | None = None
        self._writers: Engine | None = None
        self._reading = anyio.CapacityLimiter(self._threads)
        one_line = not self.is_sqlite or in_memory(self.url)
        self._writing = self._reading if one_line else anyio.CapacityLimiter(1)
        self._asking = anyio.CapacityLimiter(1)

    def __repr__(self) -> str:
        return f"Storage({self.url.render_as_string(hide_password=True)!r})"

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite; otherwise it is PostgreSQL."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def engine(self) -> Engine:
        """The engine for reading and writing, made when first asked for. Migrations use it too."""
        if self._writers is None:
            self._writers = self._make_engine(writes=True)
        return self._writers

    @property
    def _reader(self) -> Engine:
        if self._readers is None:
            if in_memory(self.url):
                self._readers = self.engine
            elif self.is_sqlite:
                self._readers = self._make_engine(writes=False)
            else:
                self._readers = self.engine.execution_options(postgresql_readonly=True)
        return self._readers

    async def start(self) -> None:
        """Make the engines; connections open with the first call, so after a server has forked."""
        _ = self.engine, self._reader

    async def close(self) -> None:
        """Close every connection. A later call opens new ones."""
        engines, self._readers, self._writers = {self._readers, self._writers}, None, None
        for engine in engines - {None}:
            if engine is not None:
                await anyio.to_thread.run_sync(engine.dispose)

    async def ready(self) -> bool:
        """Whether the database answers within a few seconds."""
        with anyio.move_on_after(CONNECT_SECONDS):
            limiter = self._reading if in_memory(self.url) else self._asking
            ask = partial(_answers, self._reader)
            return await anyio.to_thread.run_sync(ask, limiter=limiter, abandon_on_cancel=True)
        return False

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in a worker thread, in one transaction that may not write.

        Raises whatever `work` raises, and Unstorable for a value that no column can hold.
        """
        return await anyio.to_thread.run_sync(partial(_run, self._reader, work), limiter=self._reading)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in a worker thread, in one transaction: kept when it returns, undone when it raises.

        Raises whatever `work` raises, and Unstorable for a value that no column can hold. sqlalchemy's
        IntegrityError passes through: `duplicates` tells which columns were meant.
        """
        return await anyio.to_thread.run_sync(partial(_run, self.engine, work), limiter=self._writing)

    async def follow(self, metadata: MetaData, migrations: Path | None = None) -> tuple[str, ...]:
        """For development: run the `migrations`, then add the tables, columns and indexes that are missing.

        Tells what it added. Nothing is ever dropped or changed but by a migration.
        """
        if migrations is None:
            return await self.write(partial(add_what_is_missing, metadata))
        return await self.write(partial(follow, metadata, migrations))

    def _make_engine(self, *, writes: bool) -> Engine:
        options: dict[str, Any] = {"echo": self._echo, "json_serializer": _dump_json}
        if in_memory(self.url):
            options |= {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}
        else:
            size = 1 if self.is_sqlite and writes else self._threads
            options |= {"pool_size": size, "max_overflow": 1}  # one more, for `ready`
        if not self.is_sqlite:
            options |= {"pool_pre_ping": True, "connect_args": {"connect_timeout": CONNECT_SECONDS}}
        engine = create_engine(self.url, **options)
        if self.is_sqlite:
            begin = "BEGIN IMMEDIATE" if writes else "BEGIN"
            event.listen(engine, "connect", partial(_prepare_sqlite, writes=writes))
            event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
        return engine


def normalised(url: str) -> URL:
    """The URL with the driver that this project uses: psycopg 3 for PostgreSQL."""
    if url.startswith("postgres://"):
        url = url.replace("postgres://", "postgresql://", 1)
    parsed = make_url(url)
    return parsed.set(drivername="postgresql+psycopg") if parsed.drivername == "postgresql" else parsed


def in_memory(url: URL) -> bool:
    """Whether this is a SQLite database that lives as long as its connection."""
    if url.get_backend_name() != "sqlite":
        return False
    return url.database in (None, "", ":memory:") or url.query.get("mode") == "memory"


async def retrying(attempt: Callable[[], Awaitable[T]], times: int = 3) -> T:
    """Await `attempt()` until it meets no RevisionConflict, `times` times at most.

    Each attempt must read again what it writes. Raises Conflict (409) when the last one fails too.
    """
    for _ in range(times):
        try:
            return await attempt()
        except RevisionConflict:
            continue
    raise Conflict("The resource was changed by another request at the same time.")


def duplicates(error: IntegrityError, table: Table) -> tuple[str, ...]:
    """The columns of `table` whose unique values were taken, or nothing when the error was another one."""
    cause = error.orig
    name: str | None = getattr(getattr(cause, "diag", None), "constraint_name", None)
    if name is not None:
        return _unique(table).get(name, ()) if getattr(cause, "sqlstate", None) == "23505" else ()
    if getattr(cause, "sqlite_errorname", "") not in _SQLITE_DUPLICATE:
        return ()
    told = str(cause).partition(": ")[2].split(", ")  # "UNIQUE constraint failed: users.email"
    return tuple(column.partition(".")[2] for column in told if column.startswith(f"{table.name}."))


def dangling(error: IntegrityError) -> bool:
    """Whether a row would refer to one that is not there."""
    cause = error.orig
    named = getattr(cause, "sqlite_errorname", "") == "SQLITE_CONSTRAINT_FOREIGNKEY"
    return named or getattr(cause, "sqlstate", None) == "23503"


_SQLITE_DUPLICATE = ("SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_ROWID")


def _unique(table: Table) -> dict[str, tuple[str, ...]]:
    """The unique constraints of a table by name, those that PostgreSQL named itself included."""
    key = tuple(column.name for column in table.primary_key)
    found = {str(table.primary_key.name or f"{table.name}_pkey"): key}
    for rule in (*table.constraints, *table.indexes):
        if isinstance(rule, UniqueConstraint) or (isinstance(rule, Index) and rule.unique):
            columns = tuple(column.name for column in rule.columns)
            found[str(rule.name or "_".join((table.name, *columns, "key")))] = columns
    return found


def _run(engine: Engine, work: Callable[[Connection], T]) -> T:
    try:
        with engine.begin() as connection:
            return work(connection)
    except (DataError, OverflowError, UnicodeEncodeError) as error:
        raise Unstorable from error
    except StatementError as error:
        if isinstance(error.orig, (OverflowError, ValueError)):
            raise Unstorable from error
        raise


def _answers(engine: Engine) -> bool:
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True


def _prepare_sqlite(connection: Any, _record: object, *, writes: bool) -> None:
    """A new SQLite connection: our own BEGIN, the order of decimals, foreign keys, readers beside a writer.

    `synchronous = NORMAL` with a write-ahead log never damages the file; a power cut may undo the last
    moments.
    """
    connection.isolation_level = None
    connection.create_collation(DECIMAL_ORDER, compare_decimals)
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    _write_ahead(connection)
    for pragma in ("synchronous = NORMAL", "foreign_keys = ON", *(() if writes else ("query_only = ON",))):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: Any) -> None:
    """Switch the file to its write-ahead log, which it keeps from then on.

    SQLite does not wait (`busy_timeout`) when two connections switch a new file at the same moment.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _dump_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
