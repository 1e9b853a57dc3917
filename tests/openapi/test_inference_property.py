"""Whatever two contracts say, what is inferred leads from one to the other."""

from __future__ import annotations

import os
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scaffold.contract.changes import CHANGES
from scaffold.contract.contract import Contract
from scaffold.contract.history import Api, History, Policy, Scheme, Version, evolve
from scaffold.convert.policies import findings
from scaffold.diagnostics import ScaffoldError
from scaffold.openapi.inference import infer, unlike
from scaffold.spec import load

from ..random_histories import histories
from ..random_histories.changes import STRATEGIES
from ..random_histories.published import published
from ..random_histories.published_changes import PUBLISHED
from .inferring import read_again

EXAMPLES = 400 if os.environ.get("SCAFFOLD_HYPOTHESIS") == "nightly" else 15
FEW = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))

NOT_PUBLISHED = {
    "AddResource",
    "RemoveResource",
    "ChangeEnvelope",
    "ChangePagination",
    "Backport",
    "ChangeBehaviour",
    "ChangeBasePath",
}


def leads(old: Contract, new: Contract) -> None:
    """Look at whether what is inferred leads from `old` to `new`, with guesses and without."""
    for guess in (True, False):
        found = infer(old, new, "v9", guess=guess)
        assert found.remaining == ()
        after, _ = evolve(old, found.changes, "v9")
        assert unlike(after, new) == ()
        assert infer(after, new, "v10").changes == ()
        assert guess or not found.guesses


@FEW
@given(histories())
def test_between_versions_of_a_history(history: History) -> None:
    for old, new in pairwise(history.contracts):
        leads(read_again(old), read_again(new))


@FEW
@given(published("v1"), published("v2"))
def test_between_contracts_that_have_little_in_common(old: Contract, new: Contract) -> None:
    leads(old, new)


@st.composite
def changed(draw: st.DrawFn) -> tuple[Contract, Contract]:
    """A contract as documents state one, and the same after a few changes."""
    old = new = draw(published("v1"))
    strategies = {**STRATEGIES, **PUBLISHED}
    classes = [c for c in CHANGES if c.__name__ not in NOT_PUBLISHED]
    for class_ in draw(st.lists(st.sampled_from(classes), min_size=1, max_size=4)):
        try:
            change = strategies[class_](draw, new, "v2") if new.types or class_ in PUBLISHED else None
            new = new if change is None else change.apply(new, "v2")
        except (ScaffoldError, KeyError, TypeError):  # older strategies do not know unions
            continue
    return old, new


@FEW
@given(changed())
def test_after_a_few_changes(pair: tuple[Contract, Contract]) -> None:
    leads(pair[0], read_again(pair[1]))


@FEW
@given(published("v1"), published("v2"))
def test_no_policy_is_forgotten(old: Contract, new: Contract) -> None:
    found = infer(old, new, "v2")
    after, applied = evolve(old, found.changes, "v2")
    versions = (Version("v1", None), Version("v2", None, changes=found.changes))
    history = History(Api("x", "X"), Policy(), Scheme.MAJOR, versions, (old, after), applied)
    assert {d.code for _, d in findings(history)} <= {"SC321"}  # undecided, and nothing else


def test_what_no_document_says_is_no_difference_to_one() -> None:
    spec = """\
api: {name: x}
types:
  Item: {fields: {name: str}}
operations:
  POST /items: {id: make, body: Item, responses: {200: Item}}
versions:
  - id: v1
  - id: v2
    changes:
      - {alias: Item.name, as: full_name}
"""
    declared = load(spec).history.newest
    found = infer(declared, read_again(declared), "v3")
    assert (found.changes, found.remaining) == ((), ())
