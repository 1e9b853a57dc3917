"""One value between the wire and the record: how it crosses, and what stands for none of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ..contract.address import find_field
from ..contract.changes import ChangeField, MoveFields
from ..contract.contract import Contract
from ..contract.history import Applied, History
from ..contract.named_types import Field
from ..contract.reach import Direction
from ..contract.types import MISSING, Json, Missing
from ..contract.views import ViewField, reached_types
from .conversions import Conversion, Same
from .joints import Slot
from .nodes import Leaf
from .records import Record, RecordField
from .shadow_keys import ShadowKeys
from .stand_ins import born, comes, promised, shown_for, stored_for
from .stated_parts import within
from .stating import concerns, field_of, oldest
from .values import conversion


@dataclass(frozen=True)
class Leaves:
    """Makes the leaves of one version's sides."""

    history: History
    contract: Contract
    version: str
    keys: ShadowKeys

    @cached_property
    def later(self) -> tuple[Applied, ...]:
        """The changes since the version."""
        return tuple(self.history.since(self.version))

    def leaf(self, record: Record, f: ViewField, target: tuple[RecordField, ...], way: Direction | None) -> Leaf:
        """The leaf of a field whose value the record has at `target`; without a `way` it is not converted.

        Raises:
            NoWay: no way is known for its values.
        """
        identity = f.field.identity
        later = self._about(f)
        end = target[-1]
        stored_absent, stored_null = self.stored(f, end)
        may_lack = any(not step.required for step in target) or any(step.nullable for step in target[:-1])
        absent, outside = self._shown_absent(f, target) if may_lack and promised(f.field) else (MISSING, MISSING)
        outside = outside if promised(f.field) else self._without_holder(identity, target)
        return Leaf(
            field=f,
            record=target,
            conversion=Same()
            if way is None
            else conversion(self.history, self.version, identity, f.type, self.contract, way),
            shadow=self.keys.of(identity, record),
            shown_absent=absent,
            shown_outside=outside,
            shown_null=shown_for("null", identity, later) if end.nullable and not f.field.nullable else MISSING,
            stored_absent=stored_absent,
            stored_null=stored_null,
            stored_outside=self._stored_outside(identity),
            always_written=any(
                isinstance(a.change, ChangeField) and a.change.as_seen == "write" and concerns(a, identity)
                for a in later
            ),
        )

    def stored(self, f: ViewField, end: RecordField) -> tuple[Json | Missing, Json | Missing]:
        """What the record has at `end` where the version sends nothing, and null, and the record cannot say so."""
        identity, later = f.field.identity, self._about(f)
        optional = not promised(f.field)
        return (
            stored_for("absent", identity, later) if optional else MISSING,
            stored_for("null", identity, later) if f.field.nullable and not end.nullable else MISSING,
        )

    def _stored_outside(self, identity: str) -> Json | Missing:
        """What the record has of a part that has left an object since, where that is not sent and is stated."""
        left = tuple(self._left(identity))
        parts = (stored_for(n, h, self.later, (identity, left)) for h in left for n in ("absent", "null"))
        return _first(list(parts))

    def slot(self, field: Field, way: Direction | None, holders: Iterable[str]) -> Slot:
        """The slot of a field that joints between the version and the record convert.

        `holders` are the objects in the record around what it becomes, the innermost first.

        Raises:
            NoWay: no way is known for its values.
        """
        identity = field.identity
        later = self.history.since_about(self.version, {identity})
        sends = [stored_for(nothing, identity, later) for nothing in ("absent", "null")]
        sees = [shown_for(nothing, identity, later) for nothing in ("absent", "null")]
        if promised(field):
            sees += [self._within(holders, identity), field.default]
        crossing: Conversion = Same()
        if way is not None:
            crossing = conversion(self.history, self.version, identity, field.type, self.contract, way)
        came = next((a for a in self.later if comes(a, identity)), None)
        unsent = MISSING if came is None else born(came, identity)
        return Slot(field, crossing, _first(sends), _first(sees), _first([unsent, field.default]))

    def _about(self, f: ViewField) -> tuple[Applied, ...]:
        """The changes since this version that can concern a field, or the values inside it."""
        inside = {t.identity for t in reached_types(self.contract, f.type)}
        return self.history.since_about(self.version, {f.field.identity, *inside})

    def _shown_absent(self, f: ViewField, target: tuple[RecordField, ...]) -> tuple[Json | Missing, Json | Missing]:
        """What a promised field shows where the record lacks it, and where it lacks an object around it, if that is
        something else.
        """
        identity = f.field.identity
        holders = tuple(step.identity for step in reversed(target[:-1]))
        own = shown_for("absent", identity, self._about(f))
        if own is MISSING:
            found = self._within(holders, identity)
            return f.field.default if found is MISSING else found, MISSING
        around = (*holders, *self._left(identity))
        outside = _first([self._inside(holder, identity, around) for holder in holders])
        return own, MISSING if outside == own else outside

    def _without_holder(self, identity: str, target: tuple[RecordField, ...]) -> Json | Missing:
        """What a field that may be missing shows where the record lacks the object around it, and that one only."""
        if len(target) < 2 or any(not step.required or step.nullable for step in target[:-2]):
            return MISSING
        holder = target[-2].identity
        for applied in self.later:
            before, after = (field_of(c, holder) for c in (applied.before, applied.after))
            if before is not None and not promised(before):
                return MISSING  # versions in between show nothing of it
            if before is not None and (after is None or not promised(after) or after.nullable != before.nullable):
                break
        return self._inside(holder, identity, (holder, *self._left(identity)))

    def _within(self, holders: Iterable[str], identity: str) -> Json | Missing:
        """What is stated for a field where an object around it is missing: one of `holders`, or one that it left."""
        around = (*holders, *self._left(identity))
        return _first([self._inside(holder, identity, around) for holder in around])

    def _left(self, identity: str) -> Iterator[str]:
        """The objects around a field that it has moved out of since, the last one first."""
        for applied in reversed(self.later):
            for source in applied.change.sources if isinstance(applied.change, MoveFields) else ():
                place = find_field(applied.before, source)
                owner, _ = applied.before.fields_by_identity.get(identity, (None, None))
                inside = {t.identity for t in reached_types(applied.before, place.field.type)}
                if place.field.identity == identity or (owner is not None and owner.identity in inside):
                    yield from (passed.identity for passed in reversed(place.passed))

    def _inside(self, holder: str, identity: str, around: tuple[str, ...]) -> Json | Missing:
        """The part for `identity` in what a policy states for the object around it, the field `holder`."""
        for nothing in ("absent", "null"):
            for position, applied in enumerate(self.later):
                place = applied.before.fields_by_identity.get(identity)
                if place is None or not concerns(applied, holder):
                    continue
                whole = shown_for(nothing, holder, self.later[position:])
                part = within(whole, applied.before.fields_by_identity[holder][1], identity, applied.before, around)
                if part is not MISSING:
                    return oldest(part, identity, applied.before, self.later[:position])
        return MISSING


def _first(values: list[Json | Missing]) -> Json | Missing:
    """The first of `values` that is stated."""
    return next((v for v in values if v is not MISSING), MISSING)
