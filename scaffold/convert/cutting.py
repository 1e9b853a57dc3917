"""Parameters whose bounds got tighter: what callers of older versions send beyond them is cut to them, or refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..contract.changes import ChangeParameter
from ..contract.changes.base import need_parameter
from ..contract.fitting import fits
from ..contract.history import Applied, History
from ..contract.parameter import OF_A_FIELD, Parameter, Role
from ..contract.places import parameters
from ..contract.types import CONSTRAINTS, LIST_CONSTRAINTS, MISSING, Json, ListOf, Scalar, Type
from ..contract.vocabulary.telling import bare, turns
from ..diagnostics import Diagnostic
from .stated import alike, identified
from .tolerance import CUT, looser
from .value_policies import uncuttable

Bounds = dict[str, Json]


@dataclass(frozen=True)
class Cut:
    """The bounds that a value is cut to: before it crosses, in its version's words, and after, in today's.

    `read` is what alone is still taken of it, in its version's words, and `held` what it has to keep once it crossed,
    where something is refused.
    """

    before: Bounds = field(default_factory=dict)
    after: Bounds = field(default_factory=dict)
    read: Type | None = None
    held: Type | None = None


def cut(history: History, version: str, identity: str) -> Cut:
    """What a parameter of `version` is cut to, or held to, on its way to handlers."""
    contract = next(c for c in history.contracts if c.version == version)
    return _followed(history.since(version), identity, parameters(contract)[identity])[0]


def uncut(history: History) -> Iterator[tuple[Applied, Diagnostic]]:
    """The changes that say what becomes of a parameter beyond tighter bounds, and cannot hold for an older version.

    It was of another kind there and is of another one now, or what it means where it is left out is refused.
    """
    told: set[int] = set()
    bounded = {p: a for a in history.applied if (p := _bounded(a)) is not None}
    for contract in history.contracts[:-1]:
        later = history.since(contract.version)
        known = parameters(contract)
        for identity in sorted(bounded.keys() & known.keys()):
            found, between = _followed(later, identity, known[identity])
            if between is not None and id(between) not in told:
                told.add(id(between))
                message = f"`{between.change.address}` is of another kind before and after, so nothing is cut between"
                yield between, Diagnostic("SC327", message, help="choose `policy: keep`")
            default = next(p.default for o in contract.operations for p in o.parameters if p.identity == identity)
            if found.read is not None and default is not MISSING and not fits(contract, found.read, default):
                applied = bounded[identity]
                address = applied.change.address
                message = f"who leaves `{address}` out in {contract.version} means {default!r}, which would be refused"
                yield applied, Diagnostic("SC327", message, help="choose `policy: keep` or `policy: clamp`")


def _followed(later: Iterable[Applied], identity: str, stated: Type) -> tuple[Cut, Applied | None]:
    """The bounds on the way of a parameter through `later`, and the change that sets them while it is of no kind here.

    It is `stated` so where the way begins.
    """
    cuts, crossed, between = (Bounds(), Bounds()), False, None
    kept: list[Type | None] = [None, None]
    last: Applied | None = None
    for applied in later:
        older, newer = parameters(applied.before).get(identity), parameters(applied.after).get(identity)
        if older is None or newer is None:
            continue
        if _crosses(applied, identity, older, newer):
            between = between or last
            crossed = True
        elif _bounded(applied) == identity:
            last = applied if crossed else None
            if getattr(applied.change, "policy", None) == "clamp":
                cuts[crossed].update(_tighter(older, newer))
            else:
                kept[crossed] = narrowed(kept[crossed] or (bare(newer) if crossed else stated), older, newer)
    return Cut(*cuts, *kept), between


def narrowed(type_: Type, older: Type, newer: Type) -> Type:
    """`type_` with the bounds of `newer` that `older` does not keep."""
    match type_, older, newer:
        case Scalar(), Scalar(), Scalar():
            return replace(type_, **{n: getattr(newer, n) for n in CONSTRAINTS[1:] if looser(n, older, newer)})
        case ListOf(), ListOf(), ListOf():
            tighter = {n: getattr(newer, n) for n in LIST_CONSTRAINTS if looser(n, older, newer)}
            return replace(type_, items=narrowed(type_.items, older.items, newer.items), **tighter)
        case _:
            return type_


def _bounded(applied: Applied) -> str | None:
    """The identity of the parameter of which a change says that it is cut, or refused."""
    change = applied.change
    if not isinstance(change, ChangeParameter) or change.policy not in ("clamp", "refuse"):
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


_NAMING = (*OF_A_FIELD, Role.SORT)
"""The roles of parameters that say which objects are meant, or in which order they come."""


def misplaced(applied: Applied) -> Iterator[Diagnostic]:
    """What is wrong with `policy: clamp`, or `refuse`, of a parameter: SC327."""
    change = applied.change
    assert isinstance(change, ChangeParameter)
    if change.policy not in ("clamp", "refuse"):
        return
    found = need_parameter(applied.before, change.at)[1]
    after = change.after(found)
    clamps = change.policy == "clamp"
    wrong = uncuttable(found.type, after.type) if clamps else []
    if clamps and found.role in _NAMING:
        message = f"`{change.at}` says which objects are meant, and cut it would mean others"
        yield Diagnostic("SC327", message, help="choose `policy: keep`, or `refuse` with a `waiver`")
    elif wrong:
        message = f"no value of `{change.at}` can be cut to its {' and '.join(wrong)}"
        yield Diagnostic("SC327", message, help="choose `policy: keep`, or `refuse` with a `waiver`")
    elif "tighter" not in turns(found.type, after.type):
        done = "cut" if clamps else "refused"
        yield Diagnostic(
            "SC327", f"no bound of `{change.at}` gets tighter, so nothing is {done}", help="leave `policy` out"
        )
