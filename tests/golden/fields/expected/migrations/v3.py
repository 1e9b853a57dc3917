"""What v3 needs in the database.

New columns: people.height_v3, people.born_v3.
Values for the rows of: people.
No longer unique: people.email.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from fields_api.generated import codecs, columns
from fields_api.generated.following import lacks_column
from fields_api.generated.kept import image

revision: str = "a digest of what it does"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

people_table = sa.table(
    "people",
    sa.column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
    sa.column("country", sa.Text()),
    sa.column("motto", sa.Text()),
    sa.column("height", sa.Text()),
    sa.column("born", sa.Date()),
    sa.column("height_v3", columns.ExactDecimal()),
    sa.column("born_v3", columns.UtcDateTime()),
    sa.column("revision", sa.Integer()),
    sa.column("kept", columns.json_column()),
)


def upgrade() -> None:
    """Add what is new, and fill it for the rows that are there."""
    op.drop_index("uq_people_email", "people")
    if lacks_column(op, "people", "height_v3"):
        op.add_column("people", sa.Column("height_v3", columns.ExactDecimal(), nullable=True))
    if lacks_column(op, "people", "born_v3"):
        op.add_column("people", sa.Column("born_v3", columns.UtcDateTime(), nullable=True))
    change(people_table, "id", filled_people)


def downgrade() -> None:
    """Undo it; what older versions were shown stays what they are shown."""
    change(people_table, "id", restored_people)
    op.drop_column("people", "born_v3")
    op.drop_column("people", "height_v3")
    op.create_index("uq_people_email", "people", ["email"], unique=True)


def filled_people(row: sa.RowMapping, now: datetime) -> dict[str, Any]:
    """What one row gets."""
    new: dict[str, Any] = {}
    kept = dict(row["kept"])
    country = boxed(row["country"])
    country_new = country
    country_new = country_new or ["GB"]
    new["country"] = only(country_new)
    keep(kept, "country@v1", country, country, country_new, country_new)
    motto = [row["motto"]]
    motto_new = motto
    motto_new = ["" if v is None else v for v in motto_new]
    new["motto"] = only(motto_new)
    keep(kept, "motto@v1", motto, motto, motto_new, motto_new)
    height = boxed(row["height"])
    height_new = [read("people.height", row["id"], codecs.text_to_decimal, v) for v in height]
    new["height_v3"] = only(height_new)
    keep(kept, "height@v1", height, height, height_new, [codecs.decimal_to_text(v) for v in height_new])
    born = boxed(row["born"])
    born_new = [read("people.born", row["id"], codecs.date_to_datetime, v) for v in born]
    new["born_v3"] = only(born_new)
    new["kept"] = kept
    return new


def restored_people(row: sa.RowMapping, now: datetime) -> dict[str, Any]:
    """What one row gets back."""
    new: dict[str, Any] = {}
    kept = dict(row["kept"])
    country_new = boxed(row["country"])
    words = kept_words(kept, "country@v1", country_new)
    country = country_new if words is None else words
    new["country"] = only(country)
    kept.pop("country@v1", None)
    motto_new = boxed(row["motto"])
    words = kept_words(kept, "motto@v1", motto_new)
    motto = motto_new if words is None else words
    new["motto"] = only(motto)
    kept.pop("motto@v1", None)
    kept.pop("height@v1", None)
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


def kept_words(kept: dict[str, Any], key: str, value: list[Any]) -> list[Any] | None:
    """What an older version wrote, while that stands for `value`."""
    shadow = kept.get(key)
    if shadow is None or shadow["image"] != as_image(value):
        return None
    words: list[Any] = shadow["written"]
    return words


def read(column: str, key: Any, convert: Callable[[Any], Any], value: Any) -> Any:
    """`value` converted; an error that names its row where that cannot be done."""
    try:
        return convert(value)
    except ValueError as error:
        told = f"{column}, row {key}: {value!r} cannot be converted ({error}); correct it, then migrate again"
        raise ValueError(told) from error
