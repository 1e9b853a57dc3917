"""Filters and sort words of older versions: they act on what their callers see, which an older form's column has."""

from __future__ import annotations

from ..contract.history import History
from ..convert.conversions import Coded, Conversion, Mapped, Same, Then
from ..convert.steps import crossing_of


def older_form(history: History, version: str, identity: str, crossing: Conversion, *, sorts: bool) -> str | None:
    """The version that began the form in which callers of `version` see a field, as its column is called in searches.

    None where the newest form will do: equal values are equal there, and those that are sorted are in the same order.
    """
    rest = crossing.rest if isinstance(crossing, Then) else crossing
    if not isinstance(rest, Coded) or all(step.codec.alike for step in rest.steps):
        return None
    if crossing.exact and (crossing.one_to_one or sorts) and (not sorts or all(s.codec.ordered for s in rest.steps)):
        return None
    later = {id(a) for a in history.since(version)}
    found = identity.partition(":")[0]
    for applied in history.whole.applied:
        if id(applied) in later:
            break
        if identity in applied.touched and crossing_of(history, applied, identity) is not None:
            found = applied.version
    return found


def first_of(crossing: Conversion) -> Conversion:
    """How a value crosses to the form that it is stored in for the version: an enum's map, or not at all."""
    return crossing.first if isinstance(crossing, Then) else crossing if isinstance(crossing, Mapped) else Same()
