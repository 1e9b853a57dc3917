"""What v2 needs in the database.

New columns: orders.price_v2, orders.tags_v2, orders.heat_v2, orders.reference.
Values for the rows of: orders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from hooks_api import conversions as hooks
from hooks_api.generated import columns
from hooks_api.generated.following import lacks_column
from hooks_api.generated.kept import image

revision: str = "a digest of what it does"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

orders_table = sa.table(
    "orders",
    sa.column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
    sa.column("price", sa.Text()),
    sa.column("tags", columns.json_column()),
    sa.column("heat", sa.BigInteger()),
    sa.column("size", sa.Text()),
    sa.column("price_v2", columns.ExactDecimal()),
    sa.column("tags_v2", sa.Text()),
    sa.column("heat_v2", sa.BigInteger()),
    sa.column("reference", sa.Text()),
    sa.column("revision", sa.Integer()),
    sa.column("kept", columns.json_column()),
)


def upgrade() -> None:
    """Add what is new, and fill it for the rows that are there."""
    if lacks_column(op, "orders", "price_v2"):
        op.add_column("orders", sa.Column("price_v2", columns.ExactDecimal(), nullable=True))
    if lacks_column(op, "orders", "tags_v2"):
        op.add_column("orders", sa.Column("tags_v2", sa.Text(), nullable=True))
    if lacks_column(op, "orders", "heat_v2"):
        op.add_column("orders", sa.Column("heat_v2", sa.BigInteger(), nullable=True))
    if lacks_column(op, "orders", "reference"):
        op.add_column("orders", sa.Column("reference", sa.Text(), nullable=True))
    change(orders_table, "id", filled_orders)


def downgrade() -> None:
    """Undo it; what older versions were shown stays what they are shown."""
    change(orders_table, "id", restored_orders)
    op.drop_column("orders", "reference")
    op.drop_column("orders", "heat_v2")
    op.drop_column("orders", "tags_v2")
    op.drop_column("orders", "price_v2")


def filled_orders(row: sa.RowMapping, now: datetime) -> dict[str, Any]:
    """What one row gets."""
    new: dict[str, Any] = {}
    kept = dict(row["kept"])
    amount = boxed(row["price"])
    amount_new = [read("orders.price", row["id"], hooks.price_up, v) for v in amount]
    new["price_v2"] = only(amount_new)
    keep(kept, "price@v1", amount, amount, amount_new, [hooks.price_down(v) for v in amount_new])
    tags = boxed(row["tags"])
    tags_new = [read("orders.tags", row["id"], hooks.tags_up, v) for v in tags]
    new["tags_v2"] = only(tags_new)
    keep(kept, "tags@v1", tags, tags, tags_new, [hooks.tags_down(v) for v in tags_new])
    heat = boxed(row["heat"])
    heat_new = [read("orders.heat", row["id"], hooks.heat_up, v) for v in heat]
    new["heat_v2"] = only(heat_new)
    keep(kept, "heat@v1", heat, heat, heat_new, [hooks.heat_down(v) for v in heat_new])
    if row["reference"] is None:
        new["reference"] = hooks.old_reference(new.get("id", row["id"]), new.get("size", row["size"]))
    new["kept"] = kept
    return new


def restored_orders(row: sa.RowMapping, now: datetime) -> dict[str, Any]:
    """What one row gets back."""
    new: dict[str, Any] = {}
    kept = dict(row["kept"])
    kept.pop("price@v1", None)
    kept.pop("tags@v1", None)
    kept.pop("heat@v1", None)
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
