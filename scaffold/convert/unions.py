"""How the variants of a union cross the changes of its place: matched by identity or kind, else by a policy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..contract.changes import Change
from ..contract.codecs import Codec, between
from ..contract.contract import Contract
from ..contract.history import Applied, History
from ..contract.message import View
from ..contract.types import (
    MISSING,
    Json,
    Missing,
    Type,
    Undecided,
)
from .codecs import AnyCodec
from .conversions import Coding
from .one_change import Lost
from .stated import alike, identified, match, resolved, variants_of
from .stating import backwards, onwards
from .unreadable import unread, unshown


@dataclass(frozen=True)
class Step:
    """A change that gives a place another type: `older` in the words before it, `newer` in those after it."""

    applied: Applied
    older: Type
    newer: Type
    was: tuple[str, ...] | None = None
    means: tuple[str, ...] | None = None
    """What values meant before it and mean after it, beyond the types."""

    @property
    def stays(self) -> bool:
        """Whether values are the same but for bounds."""
        older, newer = identified(self.older, self.applied.before), identified(self.newer, self.applied.after)
        return self.was == self.means and alike(older, newer)

    @property
    def codec(self) -> Codec | None:
        """The codec between the two: the one that the change names, or else what the kinds say."""
        name = getattr(self.applied.change, "codec", None)
        return between(self.older, self.newer, name if isinstance(name, str) else None)

    def coding(self, codec: AnyCodec) -> Coding:
        """How `codec` is applied here, with what the change states for what it cannot convert."""
        return Coding(codec, unread(self.applied) if codec.up_fails else MISSING, unshown(self.applied, codec))


@dataclass(frozen=True)
class Entry:
    """Where one variant ends: as number `to` of the other side, by codecs or for what is `stated`."""

    to: int
    steps: tuple[Coding, ...] = ()
    stated: Json | Missing = MISSING
    hidden: bool = False
    """Whether what holds it is not seen at all."""


@dataclass(frozen=True)
class Fold:
    """Every variant's way through all changes; `lost_up` and `lost_down` are the first that have none."""

    record: tuple[Type, ...]
    up: tuple[Entry | None, ...]
    down: tuple[Entry | None, ...]
    lost_up: Step | None
    lost_down: Step | None


def folded(history: History, version: str, contract: Contract, type_: Type, steps: Sequence[Step]) -> Fold:
    """The ways of all variants between `type_` in `version` and what it is after `steps`."""
    here = _identified(variants_of(type_), contract)
    last = steps[-1] if steps else None
    record = here if last is None else _identified(variants_of(last.newer), last.applied.after)
    changes = history.since(version)
    up, down = _Up(changes, steps, record), _Down(changes, steps, here)
    ups, downs = [up.entry(t) for t in here], [down.entry(t) for t in record]
    return Fold(record, tuple(ups), tuple(downs), up.lost, down.lost)


def _identified(types: Sequence[Type], contract: Contract) -> tuple[Type, ...]:
    return tuple(identified(t, contract) for t in types)


def _policy(change: Change, name: str) -> Json | Missing:
    found = getattr(change, name, MISSING)
    return MISSING if isinstance(found, Undecided) else found


def _position(changes: Sequence[Applied], step: Step) -> int:
    return next(n for n, a in enumerate(changes) if a is step.applied)


@dataclass(frozen=True)
class _State:
    """A variant on its way: its type by identity, the codecs so far, or what was stated, after which change."""

    type: Type
    steps: tuple[Coding, ...] = ()
    stated: tuple[int, Type, Json] | None = None


@dataclass
class _Up:
    """From a version to the record."""

    changes: tuple[Applied, ...]
    steps: Sequence[Step]
    record: tuple[Type, ...]
    lost: Step | None = None

    def entry(self, variant: Type) -> Entry | None:
        state = _State(variant)
        for step in self.steps:
            after = step.applied.after
            newer = _identified(variants_of(step.newer), after)
            found = match(state.type, newer)
            if found is not None:
                state = replace(state, type=newer[found])
                continue
            codec = step.codec if state.stated is None else None
            if codec is not None:
                state = replace(state, type=newer[0], steps=(*state.steps, step.coding(codec)))
                continue
            sends = _policy(step.applied.change, "old_sends")
            made = None if sends is MISSING else resolved(sends, step.newer, after, View.INPUT)
            if made is None:
                self.lost = self.lost or step
                return None
            named = variants_of(step.newer)[made[0]]
            state = _State(newer[made[0]], stated=(_position(self.changes, step) + 1, named, made[1]))
        to = match(state.type, self.record)
        assert to is not None
        if state.stated is None:
            return Entry(to, state.steps)
        start, type_, value = state.stated
        try:
            return Entry(to, stated=onwards(value, type_, self.changes[start:]))
        except Lost:
            self.lost = self.lost or self.steps[-1]
            return None


@dataclass
class _Down:
    """From the record to a version."""

    changes: tuple[Applied, ...]
    steps: Sequence[Step]
    here: tuple[Type, ...]
    lost: Step | None = None

    def entry(self, variant: Type) -> Entry | None:
        state = _State(variant)
        for step in reversed(self.steps):
            before = step.applied.before
            older = _identified(variants_of(step.older), before)
            found = match(state.type, older)
            if found is not None:
                state = replace(state, type=older[found])
                continue
            sees = _policy(step.applied.change, "old_sees")
            codec = step.codec if state.stated is None else None
            if codec is not None:
                state = replace(state, type=older[0], steps=(step.coding(codec), *state.steps))
                continue
            if getattr(step.applied.change, "hide", False):
                return Entry(0, hidden=True)
            made = None if sees is MISSING else resolved(sees, step.older, before, View.OUTPUT)
            if made is None:
                self.lost = self.lost or step
                return None
            named = variants_of(step.older)[made[0]]
            state = _State(older[made[0]], stated=(_position(self.changes, step), named, made[1]))
        to = match(state.type, self.here)
        assert to is not None
        if state.stated is None:
            return Entry(to, state.steps)
        end, type_, value = state.stated
        try:
            return Entry(to, stated=backwards(value, type_, self.changes[:end]))
        except Lost:
            self.lost = self.lost or self.steps[0]
            return None
