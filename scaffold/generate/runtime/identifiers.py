"""What gives a new row its keys, where neither a client nor the database's own counting does."""

from __future__ import annotations

import uuid

from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, Table, delete, insert


def new_uuid(_connection: Connection) -> uuid.UUID:
    """A random UUID (RFC 9562, 5.4)."""
    return uuid.uuid4()


def new_text(_connection: Connection) -> str:
    """A random UUID as text."""
    return str(uuid.uuid4())


class Numbers:
    """A sequence of numbers, none of which comes twice, on SQLite and on PostgreSQL: a table that only counts.

    `following(connection)` is the next one.
    """

    def __init__(self, name: str, metadata: MetaData) -> None:
        number = Column("number", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True)
        self.table = Table(name, metadata, number, sqlite_autoincrement=True)

    def following(self, connection: Connection) -> int:
        """The next number; a transaction that is undone leaves a gap at most."""
        number: int = connection.execute(insert(self.table).returning(self.table.c.number)).scalar_one()
        connection.execute(delete(self.table).where(self.table.c.number == number))
        return number
