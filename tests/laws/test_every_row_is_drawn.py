"""Random histories have every kind of change that is done, or it is said why they do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from scaffold.contract.changes import Change
from scaffold.contract.history import Applied
from scaffold.contract.vocabulary import ROWS, rows_of
from scaffold.contract.vocabulary.row import State

from ..random_histories import contracts
from ..random_histories.calls import CLASSES, called, crossed_call
from ..random_histories.histories import ALL, changes

LOOK = settings(
    max_examples=400,
    deadline=None,
    database=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)

RELEASES = "it stands in a release after a later version, which random histories have not: tests/spec/test_backports.py"
NOT_DRAWN = {
    "bring a field back to an older version": RELEASES,
    "bring an operation of a later version to an older one": RELEASES,
}
"""The rows that no random history has, and why."""

DONE = {row.title for row in ROWS if row.state is State.DONE}


def _stored(class_: type[Change]) -> st.SearchStrategy[Applied | None]:
    return contracts().flatmap(lambda contract: changes(contract, "v2", (class_,)))


def _called(class_: type[Change]) -> st.SearchStrategy[Applied | None]:
    return called().flatmap(lambda contract: crossed_call(contract, "v2", (class_,)))


SOURCES: tuple[tuple[tuple[type[Change], ...], Callable[[type[Change]], st.SearchStrategy[Applied | None]]], ...] = (
    (ALL, _stored),
    (tuple(dict.fromkeys(CLASSES)), _called),
)
"""What draws histories for the laws: the classes of changes it has, and how it draws one of them."""


def test_every_kind_of_change_is_drawn() -> None:
    wanted: dict[type[Change], set[str]] = defaultdict(set)
    for row in ROWS:
        for class_ in row.classes if row.title in DONE - NOT_DRAWN.keys() else ():
            wanted[class_].add(row.title)
    drawn: set[str] = set()
    for classes, strategy in SOURCES:
        for class_ in classes:
            if wanted[class_] - drawn:
                drawn |= _drawn(strategy(class_), wanted[class_] - drawn)
    assert DONE - NOT_DRAWN.keys() - drawn == set(), DONE - NOT_DRAWN.keys() - drawn


def _drawn(strategy: st.SearchStrategy[Applied | None], titles: set[str]) -> set[str]:
    """Which of the rows with these titles a strategy draws; it is asked no further once it drew them all."""
    found: set[str] = set()

    def looked(more: frozenset[str]) -> bool:
        found.update(more)
        return titles <= found

    with suppress(NoSuchExample):
        find(strategy.map(_titles), looked, settings=LOOK)
    return found


def _titles(applied: Applied | None) -> frozenset[str]:
    return frozenset() if applied is None else frozenset(row.title for row in rows_of(applied))


@pytest.mark.parametrize("title", NOT_DRAWN)
def test_what_is_not_drawn_is_a_row_that_is_done(title: str) -> None:
    assert title in DONE
