"""What v2 needs in the database.

Values for the rows of: tickets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from states_api.generated import columns

revision: str = "a digest of what it does"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

tickets_table = sa.table(
    "tickets",
    sa.column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
    sa.column("state", sa.Text()),
    sa.column("seen", columns.json_column()),
    sa.column("by_team", columns.json_column()),
    sa.column("revision", sa.Integer()),
    sa.column("kept", columns.json_column()),
)
STATE_STORED: dict[str, str] = {"open": "open", "blocked": "waiting", "closed": "closed", "scheduled": "scheduled"}
STATE_LOADED: dict[str, str] = {
    "open": "open",
    "waiting": "blocked",
    "closed": "closed",
    "lost": "closed",
    "scheduled": "scheduled",
}


def upgrade() -> None:
    """Add what is new, and fill it for the rows that are there."""
    change(tickets_table, "id", filled_tickets)


def downgrade() -> None:
    """Undo it; what older versions were shown stays what they are shown."""
    change(tickets_table, "id", restored_tickets)


def filled_tickets(row: sa.RowMapping, now: datetime) -> dict[str, Any]:
    """What one row gets."""
    new: dict[str, Any] = {}
    state = boxed(row["state"])
    state_new = [STATE_LOADED[v] for v in boxed(row["state"])]
    new["state"] = only([STATE_STORED[v] for v in state_new])
    seen = boxed(row["seen"])
    seen_new = [[STATE_LOADED[item] for item in v] for v in boxed(row["seen"])]
    new["seen"] = only([[STATE_STORED[item] for item in v] for v in seen_new])
    by_team = boxed(row["by_team"])
    by_team_new = [{key: STATE_LOADED[item] for key, item in v.items()} for v in boxed(row["by_team"])]
    new["by_team"] = only([{key: STATE_STORED[item] for key, item in v.items()} for v in by_team_new])
    return new


def restored_tickets(row: sa.RowMapping, now: datetime) -> dict[str, Any]:
    """What one row gets back."""
    new: dict[str, Any] = {}
    state_new = [STATE_LOADED[v] for v in boxed(row["state"])]
    state = [{"blocked": "waiting", "scheduled": "waiting"}.get(v, v) for v in state_new]
    new["state"] = only(state)
    seen_new = [[STATE_LOADED[item] for item in v] for v in boxed(row["seen"])]
    seen = [[{"blocked": "waiting", "scheduled": "waiting"}.get(item, item) for item in v] for v in seen_new]
    new["seen"] = only(seen)
    by_team_new = [{key: STATE_LOADED[item] for key, item in v.items()} for v in boxed(row["by_team"])]
    by_team = [
        {key: {"blocked": "waiting", "scheduled": "waiting"}.get(item, item) for key, item in v.items()}
        for v in by_team_new
    ]
    new["by_team"] = only(by_team)
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


def boxed(value: Any, null: bool = False) -> list[Any]:
    """A value in a list, which is empty where there is none; null is a value where it is marked so."""
    return [value] if value is not None or null else []


def only(box: list[Any]) -> Any:
    """What a box holds, as a column has it."""
    return box[0] if box else None
