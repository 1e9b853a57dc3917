"""What a creation stores in the attributes that its version does not send."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..contract.changes import AddField
from ..contract.history import Applied, History
from ..contract.types import MISSING, Json, Missing, Ref
from .nodes import Fill
from .records import Record, RecordField, Records
from .stand_ins import born, comes, promised, stored_for
from .stating import newest


@dataclass(frozen=True)
class Filling:
    """Works out what creations by one version store in what it does not send."""

    history: History
    records: Records
    version: str

    @cached_property
    def later(self) -> tuple[Applied, ...]:
        """The changes since the version."""
        return tuple(self.history.since(self.version))

    def fills(
        self,
        record: Record,
        visible: set[tuple[RecordField, ...]],
        prefix: tuple[RecordField, ...],
        written: set[tuple[RecordField, ...]],
        around: Json | Missing = MISSING,
    ) -> Iterator[Fill]:
        """What a creation stores in the attributes that the version does not send.

        `around` is what is stated of the object that they are in, where the version sends parts of it.
        """
        for field in record.fields:
            path = (*prefix, field)
            if path in written:
                continue
            below = [p for p in written if p[: len(path)] == path]
            stated = around.get(field.field.name, MISSING) if isinstance(around, dict) else MISSING
            value = self._born(field) if stated is MISSING else stated
            made = field.required and value is MISSING and field.field.on_create is None
            inner = self.records.objects.get(field.type.name) if isinstance(field.type, Ref) else None
            endless = inner is record or any(p.type == field.type for p in prefix)
            if inner is not None and (below or made) and not endless:
                yield from self.fills(inner, visible, path, written, value)
            else:
                yield Fill(path, value)

    def _born(self, field: RecordField) -> Json | Missing:
        identity = field.identity
        if not self.history.since_about(self.version, (identity,)):
            return field.field.default
        for position, applied in enumerate(self.later):
            if not isinstance(applied.change, AddField) or not comes(applied, identity):
                continue
            value = born(applied, identity)
            if value is not MISSING:
                return newest(value, identity, applied.after, self.later[position + 1 :])
            found = stored_for("absent", identity, self.later[position + 1 :])
            if found is not MISSING and not promised(applied.after.fields_by_identity[identity][1]):
                return found
            if field.required and field.field.default is MISSING:
                return self._last_default(identity, position)
        return field.field.default

    def _last_default(self, identity: str, position: int) -> Json | Missing:
        """The default that a field born at `position` had at last, before it was dropped, in the newest words."""
        for place in range(len(self.later) - 1, position - 1, -1):
            after = self.later[place].after
            if identity in after.fields_by_identity:
                default = after.fields_by_identity[identity][1].default
                if default is not MISSING:
                    return newest(default, identity, after, self.later[place + 1 :])
        return MISSING
