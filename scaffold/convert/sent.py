"""What callers of older versions are taken to have sent in parameters that they do not know, or may leave out."""

from __future__ import annotations

from ..contract.changes import AddParameter, ChangeParameter
from ..contract.changes.base import need_parameter
from ..contract.history import Applied, History
from ..contract.places import parameters
from ..contract.types import MISSING, Json, Missing, Undecided
from .stating import Step, carried_on


def old_sends(history: History, version: str, identity: str) -> Json | Missing:
    """What a caller of `version` who sends nothing is taken to have sent, in the words of today; MISSING: nothing."""
    found: Json | Missing = MISSING
    steps: list[Step] = []
    for applied in history.since(version):
        older, newer = parameters(applied.before).get(identity), parameters(applied.after).get(identity)
        if isinstance(applied.change, ChangeParameter) and identity not in applied.touched:
            continue
        if found is MISSING:
            found = _stated(applied, identity)
        elif older is not None and newer is not None:
            steps.append((applied, older, newer))
    return found if found is None else carried_on(found, steps)


def _stated(applied: Applied, identity: str) -> Json | Missing:
    """What a change says of those who do not send a parameter."""
    change = applied.change
    if not isinstance(change, AddParameter | ChangeParameter) or isinstance(change.old_sends, Undecided):
        return MISSING
    if need_parameter(applied.after, change.at)[1].identity != identity:
        return MISSING
    born = change.parameter.default if isinstance(change, AddParameter) else MISSING
    return born if change.old_sends is MISSING else change.old_sends
