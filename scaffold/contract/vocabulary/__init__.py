"""The vocabulary: every change that a history can declare, one row each, by group.

A row tells what a change means (`bridge`, `policies`, `up`, `down`, `storage`), recognises it (`classes`, `when`), and
says where it is shown: `golden` is the folder of `tests/golden/` whose history has such a change. `docs/changes.md` is
made of the rows by `make docs`; its examples, sentences and verdicts are worked out from those histories. To finish a
row: name its classes, put a change of it into a golden case, name the case, take `missing` away.
"""

from collections.abc import Mapping

from ..history import Applied
from .behaviour import BEHAVIOUR
from .fields import FIELDS
from .operations import OPERATIONS
from .parameters import PARAMETERS
from .resources import RESOURCES
from .row import Bridge, Row, State
from .values import VALUES
from .whole import WHOLE

GROUPS: Mapping[str, tuple[Row, ...]] = {
    "Fields": FIELDS,
    "Enums and unions": VALUES,
    "Operations": OPERATIONS,
    "Parameters and headers": PARAMETERS,
    "The whole API": WHOLE,
    "Resources and relations": RESOURCES,
    "Behaviour": BEHAVIOUR,
}
"""The rows by the part of an API that they change."""

ROWS: tuple[Row, ...] = tuple(row for rows in GROUPS.values() for row in rows)


def rows_of(applied: Applied) -> tuple[Row, ...]:
    """The rows that a change belongs to: several where it says several things at once."""
    return tuple(row for row in ROWS if row.matches(applied))


__all__ = ["GROUPS", "ROWS", "Bridge", "Row", "State", "rows_of"]
