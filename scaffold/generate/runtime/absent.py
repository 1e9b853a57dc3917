"""A value that was not sent or is not there, which is something else than null."""

from enum import Enum
from typing import Any, Final, Literal


class Absent(Enum):
    """The type of `ABSENT`; an optional attribute has the type `T | Absent`."""

    ABSENT = "absent"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent.ABSENT

UNASSIGNED: Any = ABSENT
"""The key of a record that is not stored yet: the database gives one."""
