"""Strategies of histories: a random contract and up to seven versions of random changes after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hypothesis import assume
from hypothesis import strategies as st

from scaffold.contract.changes import (
    AddField,
    AddVariant,
    AliasFields,
    Backport,
    Change,
    ChangeType,
    CustomType,
    MoveFields,
    RemoveVariant,
)
from scaffold.contract.contract import Contract
from scaffold.contract.held_back import usual
from scaffold.contract.history import Api, Applied, History, Policy, Release, Scheme, Version
from scaffold.convert.policies import findings
from scaffold.diagnostics import ScaffoldError
from scaffold.spec.invariants import broken_promises, endless_types
from scaffold.spec.owners import unowned

from .changes import OF_VALUES, STRATEGIES
from .contracts import contracts
from .drawing import FORCED
from .made_types import Draw
from .message_changes import MESSAGES
from .type_changes import change_type
from .variant_changes import add_variant, are_told_apart, are_whole, remove_variant

_STRATEGIES = {
    **STRATEGIES,
    **MESSAGES,
    AddVariant: add_variant,
    RemoveVariant: remove_variant,
    ChangeType: change_type,
}
ALL = tuple(class_ for class_ in _STRATEGIES if class_ is not Backport)
"""Backports belong to releases that stand after a later version; `tests/spec/test_backports.py` has those."""

USUAL = (*OF_VALUES, *(ChangeType, AddVariant, RemoveVariant), *OF_VALUES, *ALL)
"""All of them; what converters have to cross more often."""


def crossed(before: Contract, change: Change, version: str) -> Applied | None:
    """`change` made to `before`; None where it does not fit, breaks the contract or lacks a policy."""
    try:
        after = change.apply(before, version)
        if any(broken_promises(before, after)) or any(endless_types(after)) or any(usual(after)):
            return None
        if not are_told_apart(after) or not are_whole(after) or any(unowned(after)):
            return None
    except ScaffoldError:
        return None
    made = Applied(version, change, before, after)
    owner = version.partition(".")[0]
    releases = (Release(version, date(2024, 6, 1)),) if version != owner else ()
    return None if findings(history_of([Version(owner, None, releases=releases)], [after], [made])) else made


def history_of(versions: Sequence[Version], contracts_: Sequence[Contract], applied: Sequence[Applied]) -> History:
    """A history of the shop."""
    api = Api("shop", "Shop API")
    return History(api, Policy(), Scheme.MAJOR, tuple(versions), tuple(contracts_), tuple(applied))


@st.composite
def changes(draw: Draw, contract: Contract, version: str, classes: Sequence[type[Change]] = ALL) -> Applied | None:
    """One change of one of `classes` that fits `contract`; None where the drawn one does not."""
    forced = [class_ for class_ in classes if class_.__name__ in FORCED]
    try:
        change = _STRATEGIES[draw(st.sampled_from([*classes, *forced * len(classes)]))](draw, contract, version)
    except ScaffoldError:
        return None
    return None if change is None else crossed(contract, change, version)


@st.composite
def histories(
    draw: Draw,
    *,
    least: int = 2,
    most: int = 8,
    classes: Sequence[type[Change]] = USUAL,
) -> History:
    """A history of `least` to `most` versions, some with releases, that lacks no policy."""
    contract = draw(contracts())
    versions: list[Version] = []
    contracts_: list[Contract] = []
    applied: list[Applied] = []
    for number in range(1, draw(st.integers(least, most)) + 1):
        id_ = f"v{number}"
        mine: list[Applied] = []
        if number > 1:
            for _ in range(draw(st.integers(1, 3))):
                made = draw(changes(contract, id_, classes))
                by_hand = made is not None and isinstance(made.change, CustomType)
                if made is not None and not (mine and by_hand):
                    mine.append(made)
                    contract = made.after
                if mine and by_hand:
                    break  # nothing else changes what is converted by hand
        releases: tuple[Release, ...] = ()
        later: list[Applied] = []
        if draw(st.integers(0, 3)) == 0:
            made = draw(changes(contract, f"{id_}.1", (AddField, AliasFields, MoveFields)))
            if made is not None and _additive(made.change):
                later.append(made)
                contract = made.after
                releases = (Release(f"{id_}.1", date(2024 + number, 6, 1), (made.change,)),)
        contract = replace(contract, version=id_)
        released = date(2024 + number, 1, 15)
        versions.append(Version(id_, released, changes=tuple(a.change for a in mine), releases=releases))
        contracts_.append(contract)
        applied += [*mine, *later]
    history = history_of(versions, contracts_, applied)
    assume(not findings(history))
    return history


def _additive(change: Change) -> bool:
    if isinstance(change, MoveFields):
        return change.stays
    return isinstance(change, AliasFields) or (isinstance(change, AddField) and not change.field.required)
