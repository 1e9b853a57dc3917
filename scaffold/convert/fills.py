"""What a creation stores in the attributes that its version does not send."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from ..contract.changes import AddField, MoveFields
from ..contract.history import Applied, History
from ..contract.types import MISSING, Json, Missing, Ref
from .nodes import Fill
from .records import Record, RecordField, Records
from .stand_ins import born, comes, promised, stored_for
from .stating import field_of, newest


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
        prefix: tuple[RecordField, ...],
        written: set[tuple[RecordField, ...]],
        held: set[tuple[RecordField, ...]],
        around: Json | Missing = MISSING,
    ) -> Iterator[Fill]:
        """What a creation stores in the attributes that the version does not send.

        `written` has the places that it writes, `held` those of objects that it sends in parts; `around` is what is
        stated of the object that they are in, where the version sends parts of it.
        """
        for field in record.fields:
            path = (*prefix, field)
            if path in written:
                continue
            below = any(p[: len(path)] == path for p in chain(written, held))
            stated = around.get(field.stated_at, MISSING) if isinstance(around, dict) else MISSING
            value = self._born(field) if stated is MISSING else stated
            made = field.required and value is MISSING and field.field.on_create is None
            inner = self.records.objects.get(field.type.name) if isinstance(field.type, Ref) else None
            endless = inner is record or any(p.type == field.type for p in prefix)
            if inner is not None and (below or made) and not endless:
                yield from self.fills(inner, path, written, held, value)
            else:
                yield Fill(path, self._moved_in(field) if value is MISSING and not below else value)

    @cached_property
    def _holders(self) -> frozenset[str]:
        """The objects that moves have made since the version, to hold what they move."""
        moves = [a for a in self.later if isinstance(a.change, MoveFields)]
        made = (a.after.fields_by_identity.keys() - a.before.fields_by_identity.keys() for a in moves)
        return frozenset(identity for identities in made for identity in identities)

    def _moved_in(self, holder: RecordField) -> Json | Missing:
        """An object that a move made, of what is stated of the fields in it; MISSING where that does not make one."""
        made, there = self._made(holder)
        return made if there else MISSING

    def _made(self, holder: RecordField) -> tuple[Json | Missing, bool]:
        """What is stated of the fields in an object that a move made, and whether that makes the object.

        A field that was added to the object makes none: what is stated of it is for objects that are there.
        """
        inner = self.records.objects.get(holder.type.name) if isinstance(holder.type, Ref) else None
        if inner is None or holder.identity not in self._holders:
            return MISSING, False
        made: dict[Json, Json] = {}
        there = False
        for field in inner.fields:
            value, at_once = self._born(field), field.field.on_create is not None
            makes = (field.identity, inner.identity) not in self._added
            if value is MISSING and not at_once:
                value, makes = self._made(field)
            if value is not MISSING and (makes or at_once or field.required):
                made[field.stated_at] = value
            elif field.required and not at_once:
                return MISSING, False
            there = there or makes
        return made, there

    @cached_property
    def _added(self) -> set[tuple[str, str]]:
        """The fields that were added since the version, with the objects that they were added to."""
        added = [a for a in self.later if isinstance(a.change, AddField)]
        new = [(a, i) for a in added for i in a.after.fields_by_identity.keys() - a.before.fields_by_identity.keys()]
        return {(identity, a.after.fields_by_identity[identity][0].identity) for a, identity in new}

    def _born(self, field: RecordField) -> Json | Missing:
        identity, mine = field.identity, self._own(field)
        if mine is not None and (mine is not MISSING or not field.required):
            return mine
        if not self.history.since_about(self.version, (identity,)):
            return self._today(field)
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
            return self._today(field)
        return self._today(field)

    def _own(self, field: RecordField) -> Json | Missing | None:
        """The version's own default of a field that it has and does not send: later ones are not meant for it."""
        contract = self.history.contract(self.version)
        mine = field_of(contract, field.identity)
        return None if mine is None else newest(mine.default, field.identity, contract, self.later)

    def _today(self, field: RecordField) -> Json | Missing:
        """The default of a field, with what was removed from it since it was stated."""
        stated = field.field.default
        if not field.shown or not isinstance(stated, dict | list):
            return stated
        first, since = self.history.contract(self.version), self.later
        for place, applied in enumerate(self.later):
            before, after = (field_of(c, field.identity) for c in (applied.before, applied.after))
            if after is not None and after.default == stated and (before is None or before.default != stated):
                first, since = applied.after, self.later[place + 1 :]
        return newest(stated, field.identity, first, since)

    def _last_default(self, identity: str, position: int) -> Json | Missing:
        """The default that a field born at `position` had at last, before it was dropped, in the newest words."""
        for place in range(len(self.later) - 1, position - 1, -1):
            after = self.later[place].after
            if identity in after.fields_by_identity:
                default = after.fields_by_identity[identity][1].default
                if default is not MISSING:
                    return newest(default, identity, after, self.later[place + 1 :])
        return MISSING
