"""What v2 needs in the database.

New columns: orders.shipping_v2, orders.billing_v2, orders.contacts_v2, orders.stops_v2.
Values for the rows of: orders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from picks_api.generated import columns, list_codecs
from picks_api.generated.following import lacks_column
from picks_api.generated.kept import image

revision: str = "a digest of what it does"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

orders_table = sa.table(
    "orders",
    sa.column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
    sa.column("shipping", columns.json_column()),
    sa.column("billing", columns.json_column()),
    sa.column("contacts", columns.json_column()),
    sa.column("stops", columns.json_column()),
    sa.column("shipping_v2", columns.json_column()),
    sa.column("billing_v2", columns.json_column()),
    sa.column("contacts_v2", columns.json_column()),
    sa.column("stops_v2", columns.json_column()),
    sa.column("revision", sa.Integer()),
    sa.column("kept", columns.json_column()),
)


def upgrade() -> None:
    """Add what is new, and fill it for the rows that are there."""
    if lacks_column(op, "orders", "shipping_v2"):
        op.add_column("orders", sa.Column("shipping_v2", columns.json_column(), nullable=True))
    if lacks_column(op, "orders", "billing_v2"):
        op.add_column("orders", sa.Column("billing_v2", columns.json_column(), nullable=True))
    if lacks_column(op, "orders", "contacts_v2"):
        op.add_column("orders", sa.Column("contacts_v2", columns.json_column(), nullable=True))
    if lacks_column(op, "orders", "stops_v2"):
        op.add_column("orders", sa.Column("stops_v2", columns.json_column(), nullable=True))
    change(orders_table, "id", filled_orders)


def downgrade() -> None:
    """Undo it; what older versions were shown stays what they are shown."""
    change(orders_table, "id", restored_orders)
    op.drop_column("orders", "stops_v2")
    op.drop_column("orders", "contacts_v2")
    op.drop_column("orders", "billing_v2")
    op.drop_column("orders", "shipping_v2")


def filled_orders(row: sa.RowMapping, now: datetime) -> dict[str, Any]:
    """What one row gets."""
    new: dict[str, Any] = {}
    kept = dict(row["kept"])
    shipping = boxed(row["shipping"])
    shipping_new = [read("orders.shipping", row["id"], list_codecs.listed, v) for v in shipping]
    new["shipping_v2"] = only(shipping_new)
    billing = boxed(row["billing"])
    billing_new = [read("orders.billing", row["id"], list_codecs.listed, v) for v in billing]
    new["billing_v2"] = only(billing_new)
    contacts = boxed(row["contacts"])
    contacts_new = [read("orders.contacts", row["id"], list_codecs.first, v) for v in contacts]
    new["contacts_v2"] = only(contacts_new)
    keep(kept, "contacts@v1", contacts, contacts, contacts_new, contacts_new)
    stops = boxed(row["stops"])
    stops_new = [read("orders.stops", row["id"], list_codecs.last, v) for v in stops]
    new["stops_v2"] = only(stops_new)
    keep(kept, "stops@v1", stops, stops, stops_new, stops_new)
    new["kept"] = kept
    return new


def restored_orders(row: sa.RowMapping, now: datetime) -> dict[str, Any]:
    """What one row gets back."""
    new: dict[str, Any] = {}
    kept = dict(row["kept"])
    kept.pop("contacts@v1", None)
    kept.pop("stops@v1", None)
    new["kept"] = kept
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


def as_image(box: list[Any]) -> list[Any]:
    """What a box holds, as a shadow has it."""
    return image(box[0]) if box else []


def keep(kept: dict[str, Any], key: str, value: list[Any], shown: list[Any], new: list[Any], then: list[Any]) -> None:
    """An older version that was `shown` something for `value` is shown the same for `new`, not what comes `then`."""
    shadow = kept.get(key)
    words = shadow["written"] if shadow is not None and shadow["image"] == as_image(value) else as_image(shown)
    if words == as_image(then):
        kept.pop(key, None)
    else:
        kept[key] = {"written": words, "image": as_image(new)}


def read(column: str, key: Any, convert: Callable[[Any], Any], value: Any) -> Any:
    """`value` converted; an error that names its row where that cannot be done."""
    try:
        return convert(value)
    except ValueError as error:
        told = f"{column}, row {key}: {value!r} cannot be converted ({error}); correct it, then migrate again"
        raise ValueError(told) from error
