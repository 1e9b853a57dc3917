"""Values of enums: which are written differently now, which come and go."""

from __future__ import annotations

from typing import Any

from ...contract.address import MemberAddress
from ...contract.changes import AddEnumValue, ChangeEnumValue, RemoveEnumValue, RenameEnumValue
from ...contract.held_back import shown_to_others
from ...contract.named_types import EnumType, EnumValue
from ...contract.reach import Direction
from ...contract.types import MISSING, UNDECIDED
from .choosing import OPEN, Chosen
from .draft import Draft
from .matching import Evidence, about_prose, best_pairs, names_alike


def rename_values(draft: Draft, name: str, target: EnumType) -> None:
    """Rename values of the enum called `name` that are written differently in `target`, where that is likely enough."""
    old = draft.contract.enum(name)
    if old is None or not draft.guess:
        return
    gone = [v for v in old.values if target.value(v.value) is None]
    come = [v for v in target.values if old.value(v.value) is None]
    for pair in best_pairs((v.value, w.value, _evidence(v, w)) for v in gone for w in come):
        at = MemberAddress(name, (pair.old,))
        draft.make(RenameEnumValue(at=at, to=pair.new, guessed=pair.confidence), pair.reasons)


def _evidence(one: EnumValue, other: EnumValue) -> Evidence:
    """Values are often alike and mean different things: only the spelling or the description tells."""
    found = Evidence()
    same = names_alike(one.value, other.value) == 1.0
    found.add(2.0, 0.95 if same else 0.0, "the same words in another spelling", telling=True)
    about_prose(found, one.description, other.description, 4.0)
    return found


def change_values(draft: Draft, name: str) -> None:
    """Add and remove values of the enum called `name` until they are those of the target."""
    old, new = draft.contract.enum(name), draft.target.enum(name)
    assert old is not None  # both are here
    assert new is not None
    ways = draft.ways(old)
    for value in new.values:
        if old.value(value.value) is None:
            chosen: Chosen = []
            at, held, seen = MemberAddress(name, (value.value,)), value.opt_in, shown_to_others(new, value)
            if held is not None and (seen is None or old.value(seen.value) is not None):
                shown = MISSING if seen is None else seen.value
                draft.make(AddEnumValue(at=at, description=value.description, old_sees=shown, opt_in=held.header))
                continue
            sees = _undecided("old_sees", chosen) if Direction.RESPONSE in ways and not old.open else MISSING
            draft.make(AddEnumValue(at=at, description=value.description, old_sees=sees), chosen=chosen)
    _hold_values(draft, name, new)
    for value in old.values:
        if new.value(value.value) is None:
            chosen = []
            sends = _undecided("old_sends", chosen) if ways and not new.open else MISSING
            draft.make(RemoveEnumValue(at=MemberAddress(name, (value.value,)), old_sends=sends), chosen=chosen)


def _hold_values(draft: Draft, name: str, new: EnumType) -> None:
    """Hold back what the target holds back, by its headers, and nothing else."""
    for value in new.values:
        enum = draft.contract.enum(name)
        was = None if enum is None else enum.value(value.value)
        if enum is None or was is None:
            continue
        mine, theirs = shown_to_others(enum, was), shown_to_others(new, value)
        seen = None if theirs is None else theirs.value
        headers = [None if v.opt_in is None else v.opt_in.header for v in (was, value)]
        if headers[0] != headers[1] or (None if mine is None else mine.value) != seen:
            at, known = MemberAddress(name, (value.value,)), seen is not None and headers[1] is not None
            draft.make(ChangeEnumValue(at=at, opt_in=headers[1], old_sees=seen if known else MISSING))


def _undecided(key: str, chosen: Chosen) -> Any:
    chosen.append((key, UNDECIDED, OPEN))
    return UNDECIDED
