"""What v2 needs in the database.

New columns: people.first_name, people.last_name, people.address, people.short, people.long,
people.low, people.high.
Values for the rows of: people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from joints_api import conversions as hooks
from joints_api.generated import columns, joint_codecs
from joints_api.generated.following import lacks_column
from joints_api.generated.stored import (
    converted,
)

revision: str = "a digest of what it does"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

people_table = sa.table(
    "people",
    sa.column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
    sa.column("full_name", sa.Text()),
    sa.column("street", sa.Text()),
    sa.column("city", sa.Text()),
    sa.column("nickname", sa.Text()),
    sa.column("span", sa.Text()),
    sa.column("first_name", sa.Text()),
    sa.column("last_name", sa.Text()),
    sa.column("address", sa.Text()),
    sa.column("short", sa.Text()),
    sa.column("long", sa.Text()),
    sa.column("low", sa.BigInteger()),
    sa.column("high", sa.BigInteger()),
    sa.column("revision", sa.Integer()),
    sa.column("kept", columns.json_column()),
)


def upgrade() -> None:
    """Add what is new, and fill it for the rows that are there."""
    if lacks_column(op, "people", "first_name"):
        op.add_column("people", sa.Column("first_name", sa.Text(), nullable=True))
    if lacks_column(op, "people", "last_name"):
        op.add_column("people", sa.Column("last_name", sa.Text(), nullable=True))
    if lacks_column(op, "people", "address"):
        op.add_column("people", sa.Column("address", sa.Text(), nullable=True))
    if lacks_column(op, "people", "short"):
        op.add_column("people", sa.Column("short", sa.Text(), nullable=True))
    if lacks_column(op, "people", "long"):
        op.add_column("people", sa.Column("long", sa.Text(), nullable=True))
    if lacks_column(op, "people", "low"):
        op.add_column("people", sa.Column("low", sa.BigInteger(), nullable=True))
    if lacks_column(op, "people", "high"):
        op.add_column("people", sa.Column("high", sa.BigInteger(), nullable=True))
    change(people_table, "id", filled_people)


def downgrade() -> None:
    """Undo it; what older versions were shown stays what they are shown."""
    op.drop_column("people", "high")
    op.drop_column("people", "low")
    op.drop_column("people", "long")
    op.drop_column("people", "short")
    op.drop_column("people", "address")
    op.drop_column("people", "last_name")
    op.drop_column("people", "first_name")


def filled_people(row: sa.RowMapping, now: datetime) -> dict[str, Any]:
    """What one row gets."""
    new: dict[str, Any] = {}
    if row["first_name"] is None and row["last_name"] is None and (row["full_name"] is not None):
        new["first_name"], new["last_name"] = read(
            "people.full_name",
            row["id"],
            lambda older: converted(lambda value: joint_codecs.split_words(value, 2), older, 2),
            [row["full_name"]],
        )
    if row["address"] is None and (row["street"] is not None or row["city"] is not None):
        (new["address"],) = read(
            "people.street",
            row["id"],
            lambda older: converted(joint_codecs.join_lines, older, 1),
            [row["street"], row["city"]],
        )
    if row["short"] is None and row["long"] is None and (row["nickname"] is not None):
        new["short"], new["long"] = read(
            "people.nickname",
            row["id"],
            lambda older: converted(lambda value: joint_codecs.split_comma(value, 2), older, 2, lacks=True),
            [row["nickname"]],
        )
    if row["low"] is None and row["high"] is None and (row["span"] is not None):
        new["low"], new["high"] = read(
            "people.span", row["id"], lambda older: converted(hooks.split_span, older, 2), [row["span"]]
        )
    return new


def change(table: sa.TableClause, key: str, new: Callable[[sa.RowMapping, datetime], dict[str, Any]]) -> None:
    """Write what `new` says of each row, a thousand rows at a time; whoever edits one meanwhile reads it again."""
    connection, now = op.get_bind(), datetime.now(UTC)
    for rows in batches(connection, table, key):
        changes: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for row in rows:
            values = {name: value for name, value in new(row, now).items() if value != row[name]}
            if values:
                given = {"this_key": row[key], **{f"new_{name}": value for name, value in values.items()}}
                changes.setdefault(tuple(values), []).append(given)
        for names, given_rows in changes.items():
            update = table.update().where(table.c[key] == sa.bindparam("this_key"))
            changed: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in names}
            connection.execute(update.values(revision=table.c.revision + 1, **changed), given_rows)


def batches(connection: sa.Connection, table: sa.TableClause, key: str) -> Iterator[Sequence[sa.RowMapping]]:
    """The rows by key, a thousand at a time, held until the migration is through."""
    query = sa.select(table).order_by(table.c[key]).limit(1000).with_for_update()
    rows = connection.execute(query).mappings().all()
    while rows:
        yield rows
        rows = connection.execute(query.where(table.c[key] > rows[-1][key])).mappings().all()


def read(column: str, key: Any, convert: Callable[[Any], Any], value: Any) -> Any:
    """`value` converted; an error that names its row where that cannot be done."""
    try:
        return convert(value)
    except ValueError as error:
        told = f"{column}, row {key}: {value!r} cannot be converted ({error}); correct it, then migrate again"
        raise ValueError(told) from error
