"""In development the database follows the program: its migrations are run, then what is missing is added.

Nothing is ever dropped. A draft's columns are there before its migration is written, so migrations ask first.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, DefaultClause, MetaData, Table, TextClause, inspect


def follow(metadata: MetaData, migrations: Path, connection: Connection) -> tuple[str, ...]:
    """Bring a database of development to the program: run the scripts in `migrations`, then add what is missing.

    A database that followed the program before there was a script has the tables of the first one: it is taken to
    be there. Raises sqlalchemy.exc.SQLAlchemyError when the database refuses.
    """
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    if any((migrations / "versions").glob("*.py")):
        known = MigrationContext.configure(connection).get_current_heads()
        present = set(inspect(connection).get_table_names())
        if not known and present & set(metadata.tables):
            first = list(ScriptDirectory.from_config(config).walk_revisions())[-1]
            command.stamp(config, first.revision)
        command.upgrade(config, "head")
    return add_what_is_missing(metadata, connection)


def lacks_table(operations: Any, name: str) -> bool:
    """Whether a migration, given Alembic's `op`, must make the table; scripts that are only printed always do."""
    return bool(operations.get_context().as_sql) or not inspect(operations.get_bind()).has_table(name)


def lacks_column(operations: Any, table: str, name: str) -> bool:
    """Whether a migration, given Alembic's `op`, must add the column; scripts that are only printed always do."""
    if operations.get_context().as_sql:
        return True
    return name not in {column["name"] for column in inspect(operations.get_bind()).get_columns(table)}


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
