"""What v2 needs in the database.

New columns: orders.total_v2, orders.tax_v2, orders.amount_v2, orders.timeout_v2, orders.delays_v2,
orders.placed_v2, orders.day_v2, orders.length_v2.
Values for the rows of: orders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from alembic import op

from codecs_api.generated import codecs, coding, columns, unit_codecs
from codecs_api.generated.following import lacks_column
from codecs_api.generated.kept import image

revision: str = "a digest of what it does"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

orders_table = sa.table(
    "orders",
    sa.column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
    sa.column("total", sa.BigInteger()),
    sa.column("tax", columns.ExactDecimal()),
    sa.column("amount", sa.Text()),
    sa.column("timeout", sa.BigInteger()),
    sa.column("delays", columns.json_column()),
    sa.column("placed", sa.BigInteger()),
    sa.column("length", sa.BigInteger()),
    sa.column("day", sa.Date()),
    sa.column("total_v2", columns.ExactDecimal()),
    sa.column("tax_v2", columns.ExactDecimal()),
    sa.column("amount_v2", columns.ExactDecimal()),
    sa.column("timeout_v2", sa.BigInteger()),
    sa.column("delays_v2", columns.json_column()),
    sa.column("placed_v2", columns.UtcDateTime()),
    sa.column("length_v2", columns.Duration()),
    sa.column("day_v2", columns.UtcDateTime()),
    sa.column("revision", sa.Integer()),
    sa.column("kept", columns.json_column()),
)


def upgrade() -> None:
    """Add what is new, and fill it for the rows that are there."""
    if lacks_column(op, "orders", "total_v2"):
        op.add_column("orders", sa.Column("total_v2", columns.ExactDecimal(), nullable=True))
    if lacks_column(op, "orders", "tax_v2"):
        op.add_column("orders", sa.Column("tax_v2", columns.ExactDecimal(), nullable=True))
    if lacks_column(op, "orders", "amount_v2"):
        op.add_column("orders", sa.Column("amount_v2", columns.ExactDecimal(), nullable=True))
    if lacks_column(op, "orders", "timeout_v2"):
        op.add_column("orders", sa.Column("timeout_v2", sa.BigInteger(), nullable=True))
    if lacks_column(op, "orders", "delays_v2"):
        op.add_column("orders", sa.Column("delays_v2", columns.json_column(), nullable=True))
    if lacks_column(op, "orders", "placed_v2"):
        op.add_column("orders", sa.Column("placed_v2", columns.UtcDateTime(), nullable=True))
    if lacks_column(op, "orders", "day_v2"):
        op.add_column("orders", sa.Column("day_v2", columns.UtcDateTime(), nullable=True))
    if lacks_column(op, "orders", "length_v2"):
        op.add_column("orders", sa.Column("length_v2", columns.Duration(), nullable=True))
    change(orders_table, "id", filled_orders)


def downgrade() -> None:
    """Undo it; what older versions were shown stays what they are shown."""
    change(orders_table, "id", restored_orders)
    op.drop_column("orders", "length_v2")
    op.drop_column("orders", "day_v2")
    op.drop_column("orders", "placed_v2")
    op.drop_column("orders", "delays_v2")
    op.drop_column("orders", "timeout_v2")
    op.drop_column("orders", "amount_v2")
    op.drop_column("orders", "tax_v2")
    op.drop_column("orders", "total_v2")


def filled_orders(row: sa.RowMapping, now: datetime) -> dict[str, Any]:
    """What one row gets."""
    new: dict[str, Any] = {}
    kept = dict(row["kept"])
    total = boxed(row["total"])
    total_new = [read("orders.total", row["id"], unit_codecs.cents_to_decimal, v) for v in total]
    new["total_v2"] = only(total_new)
    tax = boxed(row["tax"])
    tax_new = [read("orders.tax", row["id"], unit_codecs.hundredth, v) for v in tax]
    new["tax_v2"] = only(tax_new)
    amount = boxed(row["amount"])
    amount_new = [
        read("orders.amount", row["id"], lambda item: coding.attempt(codecs.text_to_decimal, item, Decimal("0")), v)
        for v in amount
    ]
    new["amount_v2"] = only(amount_new)
    keep(kept, "amount@v1", amount, amount, amount_new, [codecs.decimal_to_text(v) for v in amount_new])
    timeout = boxed(row["timeout"])
    timeout_new = [read("orders.timeout", row["id"], unit_codecs.seconds_to_milliseconds, v) for v in timeout]
    new["timeout_v2"] = only(timeout_new)
    delays = boxed(row["delays"])
    delays_new = [
        read("orders.delays", row["id"], lambda item: [unit_codecs.minutes_to_seconds(item) for item in item], v)
        for v in delays
    ]
    new["delays_v2"] = only(delays_new)
    placed = boxed(row["placed"])
    placed_new = [read("orders.placed", row["id"], unit_codecs.unix_seconds_to_datetime, v) for v in placed]
    new["placed_v2"] = only(placed_new)
    length = boxed(row["length"])
    length_new = [read("orders.length", row["id"], unit_codecs.seconds_to_duration, v) for v in length]
    new["length_v2"] = only(length_new)
    day = boxed(row["day"])
    day_new = [read("orders.day", row["id"], codecs.date_to_datetime, v) for v in day]
    new["day_v2"] = only(day_new)
    new["kept"] = kept
    return new


def restored_orders(row: sa.RowMapping, now: datetime) -> dict[str, Any]:
    """What one row gets back."""
    new: dict[str, Any] = {}
    kept = dict(row["kept"])
    kept.pop("amount@v1", None)
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
