"""What v3 needs in the database.

New tables: topics_slug_v3_numbers.
New columns: topics.slug_v3, posts.topic_v3, posts.editor.
Values for the rows of: topics.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from identifiers_api.generated import columns
from identifiers_api.generated.following import lacks_column, lacks_table
from identifiers_api.generated.identifiers import Numbers

revision: str = "a digest of what it does"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

topics_table = sa.table(
    "topics",
    sa.column("slug", sa.Text()),
    sa.column("slug_v3", sa.BigInteger()),
    sa.column("revision", sa.Integer()),
    sa.column("kept", columns.json_column()),
)
topics_slug_v3_numbers = Numbers("topics_slug_v3_numbers", sa.MetaData())


def upgrade() -> None:
    """Add what is new, and fill it for the rows that are there."""
    if lacks_table(op, "topics_slug_v3_numbers"):
        op.create_table(
            "topics_slug_v3_numbers",
            sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
            sqlite_autoincrement=True,
        )
    if lacks_column(op, "topics", "slug_v3"):
        op.add_column("topics", sa.Column("slug_v3", sa.BigInteger(), nullable=True))
    if lacks_column(op, "posts", "topic_v3"):
        op.add_column("posts", sa.Column("topic_v3", sa.BigInteger(), nullable=True))
    if lacks_column(op, "posts", "editor"):
        op.add_column("posts", sa.Column("editor", sa.Uuid(), nullable=True))
    change(topics_table, "slug", filled_topics)
    op.execute(
        'UPDATE "posts" SET "topic_v3" = '
        '(SELECT other."slug_v3" FROM "topics" AS other WHERE other."slug" = "posts"."topic")'
        ' WHERE "topic_v3" IS NULL'
    )
    op.create_index("uq_topics_slug_v3", "topics", ["slug_v3"], unique=True, if_not_exists=True)


def downgrade() -> None:
    """Undo it; what older versions were shown stays what they are shown."""
    op.drop_index("uq_topics_slug_v3", "topics")
    op.drop_column("posts", "editor")
    op.drop_column("posts", "topic_v3")
    op.drop_column("topics", "slug_v3")
    op.drop_table("topics_slug_v3_numbers")


def filled_topics(row: sa.RowMapping, now: datetime) -> dict[str, Any]:
    """What one row gets."""
    new: dict[str, Any] = {}
    if row["slug_v3"] is None:
        new["slug_v3"] = topics_slug_v3_numbers.following(op.get_bind())
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
