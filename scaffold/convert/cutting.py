"""Parameters whose bounds got tighter, where what callers of older versions send beyond them is cut to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..contract.changes import ChangeParameter
from ..contract.changes.base import need_parameter
from ..contract.history import Applied, History
from ..contract.parameter import Parameter, Role
from ..contract.places import parameters
from ..contract.types import Json, Type
from ..contract.vocabulary.telling import turns
from ..diagnostics import Diagnostic
from .stated import alike, identified
from .tolerance import CUT
from .value_policies import uncuttable

Bounds = dict[str, Json]


@dataclass(frozen=True)
class Cut:
    """The bounds that a value is cut to: before it crosses, in its version's words, and after, in today's."""

    before: Bounds = field(default_factory=dict)
    after: Bounds = field(default_factory=dict)


def cut(history: History, version: str, identity: str) -> Cut:
    """What a parameter of `version` is cut to on its way to handlers."""
    return _followed(history.since(version), identity)[0]


def uncut(history: History) -> Iterator[tuple[Applied, Diagnostic]]:
    """The changes that say `clamp` of a parameter which was of another kind before, and is of another one now."""
    told: set[int] = set()
    clamped = {p for a in history.applied if (p := _clamped(a)) is not None}
    for contract in history.contracts[:-1]:
        later = history.since(contract.version)
        for identity in sorted(clamped & parameters(contract).keys()):
            between = _followed(later, identity)[1]
            if between is not None and id(between) not in told:
                told.add(id(between))
                message = f"`{between.change.address}` is of another kind before and after, so nothing is cut between"
                yield between, Diagnostic("SC327", message, help="choose `policy: keep`")


def _followed(later: Iterable[Applied], identity: str) -> tuple[Cut, Applied | None]:
    """The bounds on the way of a parameter through `later`, and the change that cuts it while it is of no kind here."""
    found, crossed, between = Cut(), False, None
    last: Applied | None = None
    for applied in later:
        older, newer = parameters(applied.before).get(identity), parameters(applied.after).get(identity)
        if older is None or newer is None:
            continue
        if _crosses(applied, identity, older, newer):
            between = between or (last if found.after else None)
            crossed = True
        elif _clamped(applied) == identity:
            last = applied
            (found.after if crossed else found.before).update(_tighter(older, newer))
    return found, between


def _clamped(applied: Applied) -> str | None:
    """The identity of the parameter of which a change says that it is cut."""
    change = applied.change
    if not isinstance(change, ChangeParameter) or change.policy != "clamp":
        return None
    return need_parameter(applied.before, change.at)[1].identity


def _crosses(applied: Applied, identity: str, older: Type, newer: Type) -> bool:
    """Whether a change makes values of one kind values of another, or mean something else."""
    if applied.change.converts(applied.before) == identity:
        return True
    return older != newer and not alike(identified(older, applied.before), identified(newer, applied.after))


def _tighter(older: Type, newer: Type) -> Mapping[str, Json]:
    bounds = ((name, getattr(older, name, None), getattr(newer, name, None)) for name in CUT)
    return {n: new for n, old, new in bounds if new is not None and (old is None or _less(n, old, new))}


def _less(name: str, old: Any, new: Any) -> bool:
    """Whether a bound leaves less than it did."""
    return bool(new > old) if name in ("ge", "gt") else bool(new < old)


def cuttable(before: Parameter, after: Parameter) -> bool:
    """Whether a value of the one can be cut to the bounds of the other, and still means what it meant."""
    return before.role not in _NAMING and not uncuttable(before.type, after.type)


_NAMING = (Role.FILTER, Role.KEY, Role.SORT)
"""The roles of parameters that say which objects are meant, or in which order they come."""


def misplaced(applied: Applied) -> Iterator[Diagnostic]:
    """What is wrong with `policy: clamp` of a parameter: SC327."""
    change = applied.change
    assert isinstance(change, ChangeParameter)
    if change.policy != "clamp":
        return
    found = need_parameter(applied.before, change.at)[1]
    after = change.after(found)
    wrong = uncuttable(found.type, after.type)
    if found.role in _NAMING:
        message = f"`{change.at}` says which objects are meant, and cut it would mean others"
        yield Diagnostic("SC327", message, help="choose `policy: keep`")
    elif wrong:
        message = f"no value of `{change.at}` can be cut to its {' and '.join(wrong)}"
        yield Diagnostic("SC327", message, help="choose `policy: keep`")
    elif "tighter" not in turns(found.type, after.type):
        yield Diagnostic(
            "SC327", f"no bound of `{change.at}` gets tighter, so nothing is cut", help="leave `policy` out"
        )
