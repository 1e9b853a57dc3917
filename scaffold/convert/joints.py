"""Splits and merges between a version and the record: which fields are converted together, and how each gets there."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..contract.address import MemberAddress, find_field
from ..contract.changes import CustomType, MergeFields, SplitField
from ..contract.changes.joints import by_hand, lacks
from ..contract.history import Applied, History
from ..contract.hooks import hook_name, joint_pair
from ..contract.named_types import Field
from ..contract.types import MISSING, Json, Missing, Undecided
from .conversions import Conversion


@dataclass(frozen=True)
class Joint:
    """One split or merge: the `older` fields that it takes away, as they were, and the `newer` ones in their place."""

    applied: Applied
    older: tuple[Field, ...]
    newer: tuple[Field, ...]

    @property
    def splits(self) -> bool:
        """Whether one field becomes several."""
        return isinstance(self.applied.change, SplitField)

    @property
    def ways(self) -> tuple[str, str]:
        """The functions up and down, with the module of generated projects that has them."""
        change = self.applied.change
        if isinstance(change, CustomType):
            up, down = hook_name(change.up) or "", hook_name(change.down) or ""
            return _by_name(up, self.older, self.newer), _by_name(down, self.newer, self.older)
        assert isinstance(change, SplitField | MergeFields)
        hook = hook_name(change.by)
        if hook is not None:
            up, down = joint_pair(hook, splits=self.splits)
            return f"hooks.{up}", f"hooks.{down}"
        split, join = f"joint_codecs.split_{change.by}", f"joint_codecs.join_{change.by}"
        return (split, join) if self.splits else (join, split)

    @property
    def hook(self) -> bool:
        """Whether functions of the user's convert it."""
        return "hooks." in self.ways[0]

    @property
    def unreadable(self) -> Json | Missing:
        """What older versions are shown where the way down fails."""
        stated: Json | Missing | Undecided = getattr(self.applied.change, "old_sees", MISSING)
        return MISSING if isinstance(stated, Undecided) else stated

    @property
    def may_lack(self) -> bool:
        """Whether all of one side may be missing, so that nothing is converted then."""
        if isinstance(self.applied.change, CustomType):
            return False
        return all(lacks(f) for f in self.older) and all(lacks(f) for f in self.newer)


def _by_name(hook: str, taken: Sequence[Field], made: Sequence[Field]) -> str:
    """A hook of whole objects as a function of their single values."""
    names, results = (json.dumps([f.name for f in fields]) for fields in (taken, made))
    null = [f.name for f in taken if f.nullable and f.required]
    return f"joint_codecs.by_name(hooks.{hook}, {names}, {results}{f', {json.dumps(null)}' if null else ''})"


def joint_of(applied: Applied) -> Joint | None:
    """The joint that a change is, if it is one."""
    change = applied.change
    if isinstance(change, CustomType):
        owner, names_ = applied.before.object(change.name), [f.name for f in change.into]
        later = applied.after.object(change.name)
        assert owner is not None
        assert later is not None
        return Joint(applied, by_hand(owner), tuple(f for f in later.fields if f.name in names_))
    if isinstance(change, SplitField):
        at, older, names = change.at, [change.at], [f.name for f in change.into]
    elif isinstance(change, MergeFields):
        at, older, names = change.sources[0], list(change.sources), [change.into.name]
    else:
        return None
    newer = [MemberAddress(at.type, (*at.path[:-1], name)) for name in names]
    return Joint(
        applied,
        tuple(find_field(applied.before, a).field for a in older),
        tuple(find_field(applied.after, a).field for a in newer),
    )


def joints(applied: Sequence[Applied]) -> tuple[Joint, ...]:
    """The joints among changes, in order."""
    return tuple(j for a in applied if (j := joint_of(a)) is not None)


def consumed(history: History) -> frozenset[str]:
    """The fields that splits and merges took away: records have what became of them instead."""
    return frozenset(f.identity for j in joints(history.applied) for f in j.older)


@dataclass(frozen=True)
class Slot:
    """A field on the way from a version to the record, as it was at first there.

    `conversion` leads to what it was last, before a joint took it away. None stands for absent and null:
    `stored_none` is what it becomes going up, `shown_none` going down, where the other end cannot have it.
    """

    field: Field
    conversion: Conversion
    stored_none: Json | Missing
    shown_none: Json | Missing
    unsent: Json | Missing = MISSING
    """What a creation by a version that does not send it is taken to have sent."""

    @property
    def none(self) -> bool:
        """Whether it may be None at first."""
        return lacks(self.field)


@dataclass(frozen=True)
class Program:
    """How the members of a group become what the record has: all joints between, in order, and the slots they take.

    `members` are the fields as a version has them, by identity; those that it does not know come last.
    """

    members: tuple[str, ...]
    slots: Mapping[str, Slot]
    """By identity: the members, and what is between; what the record has is not among them."""
    joints: tuple[Joint, ...]
    ends: tuple[str, ...]
    """The fields of the record, by identity."""


def connected(identity: str, among: Sequence[Joint]) -> tuple[Joint, ...]:
    """The joints that a field is converted by, together with all that are converted with it."""
    ids, found = {identity}, list[Joint]()
    while True:
        more = [j for j in among if j not in found and not ids.isdisjoint(f.identity for f in (*j.older, *j.newer))]
        if not more:
            return tuple(j for j in among if j in found)
        found += more
        ids |= {f.identity for j in more for f in (*j.older, *j.newer)}
