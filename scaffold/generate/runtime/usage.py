"""Who called what, in the database: one row for a day, a client, a version, an operation, and what was sent there.

Several processes write to the same rows; each adds what it counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import uuid4

from sqlalchemy import BigInteger, Boolean, Column, Connection, Date, MetaData, Table, Text, case, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from .columns import UtcDateTime
from .database import Storage
from .tally import Client, Count, Row

NAME = "_api_usage"
KEPT_DAYS = 400
NOTHING = ""
"""The version of rows that count nothing: they say which batch of a process was written last."""


def usage_table(metadata: MetaData) -> Table:
    """The table, which is made and migrated like all others."""
    return Table(
        NAME,
        metadata,
        Column("day", Date(), primary_key=True),
        Column("client", Text(), primary_key=True),
        Column("verified", Boolean(), primary_key=True),
        Column("version", Text(), primary_key=True),
        Column("operation", Text(), primary_key=True),
        Column("sent", Text(), primary_key=True),
        Column("count", BigInteger(), nullable=False),
        Column("last_seen", UtcDateTime(), nullable=False),
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the table: `sent` is empty for calls, else the deprecated thing that was sent in them."""

    day: date
    client: Client
    version: str
    operation: str
    sent: str
    count: int
    last_seen: datetime


class Ledger:
    """What is known of callers, kept for `days` days."""

    def __init__(self, storage: Storage, table: Table, days: int = KEPT_DAYS) -> None:
        self._storage = storage
        self._table = table
        self._days = days
        self._tidied: date | None = None
        self._writer = uuid4().hex
        self._begun: tuple[int, date] | None = None

    async def write(self, rows: Mapping[Row, Count], batch: int, today: date) -> None:
        """Add counts to what is there: all of them, or none where it raises.

        Whether a commit was heard of is not known when a connection breaks: the same `batch` may be written again,
        and counts once. Raises what the database raises. Once a day what is older than it is kept goes.
        """
        tidy = self._tidied != today
        if self._begun is None or self._begun[0] != batch:
            self._begun = batch, today
        await self._storage.write(
            partial(self._add_once, rows=rows, mark=self._mark(*self._begun), today=today, tidy=tidy)
        )
        self._tidied = today

    async def read(self, since: date, client: Client | None = None) -> list[Entry]:
        """The rows from a day on, of one client where one is given; oldest first."""
        return await self._storage.read(partial(self._found, since=since, client=client))

    def _mark(self, batch: int, begun: date) -> dict[str, object]:
        """The row that says that a batch was written: the same one each time it is tried, past midnight too."""
        return {
            "day": begun,
            "client": self._writer,
            "verified": False,
            "version": NOTHING,
            "operation": "",
            "sent": str(batch),
            "count": 0,
            "last_seen": datetime.now(UTC),
        }

    def _add_once(
        self, connection: Connection, rows: Mapping[Row, Count], mark: Mapping[str, object], today: date, *, tidy: bool
    ) -> None:
        table, own = self._table, self._table.c
        # The first statement, since it waits for a commit of the same batch that is still on its way.
        first = _insert(connection)(table).on_conflict_do_nothing().returning(own.sent)
        if connection.execute(first, mark).first() is None:
            return
        mine = [own.version == NOTHING, own.client == self._writer]
        connection.execute(delete(table).where(*mine, own.sent != mark["sent"]))
        self._add(connection, rows)
        if tidy:
            connection.execute(delete(table).where(own.day < today - timedelta(days=self._days)))
            others = [own.version == NOTHING, own.client != self._writer]
            connection.execute(delete(table).where(*others, own.day < today - timedelta(days=1)))

    def _add(self, connection: Connection, rows: Mapping[Row, Count]) -> None:
        table = self._table
        stated = _insert(connection)(table)
        new = stated.excluded
        later = case((new.last_seen > table.c.last_seen, new.last_seen), else_=table.c.last_seen)
        add = stated.on_conflict_do_update(
            index_elements=list(table.primary_key), set_={"count": table.c.count + new.count, "last_seen": later}
        )
        values = [
            {
                "day": row.day,
                "client": _storable(row.client.name),
                "verified": row.client.verified,
                "version": row.version,
                "operation": row.operation,
                "sent": row.sent,
                "count": count.count,
                "last_seen": count.last,
            }
            for row, count in sorted(
                rows.items(), key=lambda item: item[0]
            )  # one order, so that nobody waits in a ring
        ]
        if values:
            connection.execute(add, values)

    def _found(self, connection: Connection, since: date, client: Client | None) -> list[Entry]:
        query = select(self._table).where(self._table.c.day >= since, self._table.c.version != NOTHING)
        if client is not None:
            name = _storable(client.name)
            query = query.where(self._table.c.client == name, self._table.c.verified == client.verified)
        rows = connection.execute(query.order_by(*self._table.primary_key)).mappings().all()
        return [
            Entry(
                day=row["day"],
                client=Client(row["client"], row["verified"]),
                version=row["version"],
                operation=row["operation"],
                sent=row["sent"],
                count=row["count"],
                last_seen=row["last_seen"],
            )
            for row in rows
        ]


def _insert(connection: Connection) -> Callable[[Table], postgresql.Insert | sqlite.Insert]:
    return postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert


def _storable(name: str) -> str:
    """A name as a column holds it: whoever verifies credentials may have called a client anything."""
    return name.replace("\0", "").encode("utf-8", "replace").decode()[:200]
