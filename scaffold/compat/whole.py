"""The rules for what holds for every operation: how errors are written, how lists are paged, what is done."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.changes.whole import BY
from ..contract.contract import PageStyle
from ..contract.operation import Action
from ..contract.paging import pagination_of
from .case import Case
from .parameters import all_parameter_reasons
from .verdicts import Direction, Reason, Verdict


def of_errors(case: Case) -> Iterator[Reason]:
    """Old clients read errors as they were written."""
    yield Reason(Direction.REQUEST, Verdict.SAFE, "errors-changed", "Requests stay what they were.")
    sentence = "Old clients read errors in the form that they had."
    yield Reason(Direction.RESPONSE, Verdict.BREAKING, "errors-changed", sentence)


def of_pagination(case: Case) -> Iterator[Reason]:
    """Old clients ask for a part of a list, and find the next one, as they did."""
    yield from all_parameter_reasons(case)
    for before, after in case.operations():
        if before.action is not Action.LIST or after is None:
            continue
        old, new = pagination_of(case.before, before).style, pagination_of(case.after, after).style
        if old is new:
            continue
        if old is not PageStyle.NONE:
            sentence = f"Old clients ask for parts of `{before.address}` by {BY[old]}, which has no effect."
            yield Reason(Direction.REQUEST, Verdict.BREAKING, "pagination-changed", sentence)
        sentence = f"Old clients look for the rest of `{before.address}` where it was."
        yield Reason(Direction.RESPONSE, Verdict.BREAKING, "pagination-changed", sentence)


def of_behaviour(case: Case) -> Iterator[Reason]:
    """What is sent and shown looks as it did, and means something else."""
    change = case.applied.change
    said = change.why or change.sentence()
    for direction in (Direction.REQUEST, Direction.RESPONSE):
        yield Reason(direction, Verdict.MEANING, "behaviour-changed", said)


def of_base_path(case: Case) -> Iterator[Reason]:
    """Old clients call the old path, and links lead to the new one."""
    yield Reason(Direction.REQUEST, Verdict.BREAKING, "base-path-changed", "Old clients call another path.")
    sentence = "Links and `Location` headers lead to another path."
    yield Reason(Direction.RESPONSE, Verdict.RISKY, "links-changed", sentence)


def of_backport(case: Case) -> Iterator[Reason]:
    """Old clients need not use what came to their version."""
    yield Reason(Direction.REQUEST, Verdict.SAFE, "backported", "Old clients need not send it.")
    yield Reason(Direction.RESPONSE, Verdict.SAFE, "backported", "Old clients pass over what they do not know.")
