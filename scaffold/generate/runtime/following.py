"""In development the database follows the program's tables: what is missing is added, nothing dropped."""

from __future__ import annotations

from typing import Any

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Column, Connection, DefaultClause, MetaData, Table, TextClause, inspect


def add_what_is_missing(metadata: MetaData, connection: Connection) -> tuple[str, ...]:
    """Create missing tables, columns and indexes; tells each as `users`, `users.phone`, `ix_users_email`.

    A column added to a table that is there allows NULL, whatever the program says: its rows have no value for
    it. Raises sqlalchemy.exc.SQLAlchemyError when the database refuses.
    """
    present = set(inspect(connection).get_table_names())
    added = [table.name for table in metadata.sorted_tables if table.name not in present]
    metadata.create_all(connection)
    operations = Operations(MigrationContext.configure(connection))
    for table in metadata.sorted_tables:
        if table.name in present:
            added += _add_columns(table, connection, operations)
            added += _add_indexes(table, connection)
    return tuple(added)


def _add_columns(table: Table, connection: Connection, operations: Operations) -> list[str]:
    present = {column["name"] for column in inspect(connection).get_columns(table.name)}
    missing = [column for column in table.columns if column.name not in present]
    for column in missing:
        new = Column(column.name, column.type, nullable=True, server_default=_default(column))
        operations.add_column(table.name, new)
    return [f"{table.name}.{column.name}" for column in missing]


def _default(column: Column[Any]) -> str | TextClause | None:
    written = column.server_default.arg if isinstance(column.server_default, DefaultClause) else None
    return written if isinstance(written, (str, TextClause)) else None


def _add_indexes(table: Table, connection: Connection) -> list[str]:
    present = {index["name"] for index in inspect(connection).get_indexes(table.name)}
    missing = [index for index in table.indexes if index.name not in present]
    for index in missing:
        index.create(connection)
    return [str(index.name) for index in missing]
