"""One change that a value crosses which a spec states, and what it says of values that it cannot convert."""

from __future__ import annotations

from dataclasses import dataclass

from ..contract.address import find_field
from ..contract.changes import Change, ChangeField
from ..contract.contract import Contract
from ..contract.history import Applied
from ..contract.named_types import Field
from ..contract.types import MISSING, Json, ListOf, MapOf, Missing, Ref, Type
from .completed import completed
from .stated import stated
from .tables import stated_rows, table_at
from .unreadable import unread


class Lost(Exception):
    """A stated value that does not cross."""


@dataclass(frozen=True)
class Across:
    """One change that a stated value crosses, from the contract `here` to its neighbour `there`; `up` to the later."""

    here: Contract
    there: Contract
    change: Change
    up: bool

    def codec(self, older: Field, newer: Field) -> str | None:
        """The codec that the change names for a field, if it is about that one."""
        name = getattr(self.change, "codec", None)
        about = (older.type, older.meaning) != (newer.type, newer.meaning)
        return name if about and isinstance(name, str) else None

    def unread(self, field: Field) -> Json | Missing:
        """What the change states for values of `field`, as it is on the other side, that no codec reads."""
        older, newer = (self.here, self.there) if self.up else (self.there, self.here)
        change = self.change
        if not isinstance(change, ChangeField) or find_field(older, change.at).field.identity != field.identity:
            return MISSING
        made = unread(Applied("", change, older, newer)) if self.up else change.old_sees
        return completed(made, field.type, self.there, sent=self.up) if stated(made) else MISSING

    def table(self, type_: Type, other: Type) -> dict[Json, Json] | None:
        """What values of an enum that is something else on the other side become there."""
        if isinstance(type_, ListOf | MapOf) or not (isinstance(type_, Ref) or isinstance(other, Ref)):
            return None
        contracts = (self.here, self.there) if self.up else (self.there, self.here)
        types = (type_, other) if self.up else (other, type_)
        applied = Applied("", self.change, *contracts)
        if table_at(None, applied, "", *types) is None:
            return None
        rows = stated_rows(applied, *types)
        return None if rows is None else rows[0 if self.up else 1]
