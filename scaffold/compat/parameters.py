"""The rules for parameters: every operation that old clients know is compared, before and after."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.operation import Operation
from ..contract.parameter import Location, Parameter, Role
from ..contract.types import MISSING
from .case import Case, turn_reason
from .values import turn_of_type
from .verdicts import Direction, Reason, Verdict

NARROWING = (Role.FILTER, Role.LIMIT)
"""The roles whose default leaves something out of the answer."""


def all_parameter_reasons(case: Case) -> Iterator[Reason]:
    """What a change means to the parameters of the operations that old clients know."""
    for before, after in case.operations():
        if after is not None and before.parameters != after.parameters:
            yield from _of_operation(case, before, after)


def _of_operation(case: Case, before: Operation, after: Operation) -> Iterator[Reason]:
    new = {p.identity: p for p in after.parameters}
    old = {p.identity: p for p in before.parameters}
    for identity, parameter in old.items():
        if identity not in new:
            sentence = f"Old clients still send `{parameter.name}` to `{before.address}`, and it has no effect."
            yield Reason(Direction.REQUEST, Verdict.RISKY, "parameter-removed", sentence)
        else:
            yield from _changed(case, after, parameter, new[identity])
    for identity, parameter in new.items():
        if identity not in old:
            yield _added(after, parameter)


def _added(operation: Operation, new: Parameter) -> Reason:
    what = f"`{new.name}` of `{operation.address}`"
    if new.required:
        sentence = f"{what} must be sent, and old clients do not know it."
        return Reason(Direction.REQUEST, Verdict.BREAKING, "required-parameter-added", sentence)
    if new.default is not MISSING and new.role in NARROWING:
        sentence = f"Old clients do not send {what}, and its default leaves results out."
        return Reason(Direction.REQUEST, Verdict.MEANING, "narrowing-parameter-added", sentence)
    return Reason(Direction.REQUEST, Verdict.SAFE, "parameter-added", f"{what} may be left out.")


def _changed(case: Case, operation: Operation, old: Parameter, new: Parameter) -> Iterator[Reason]:
    what = f"`{new.name}` of `{operation.address}`"
    if old.location is not new.location:
        sentence = f"Old clients send `{old.name}` in the {old.location}, not in the {new.location}."
        yield Reason(Direction.REQUEST, Verdict.BREAKING, "parameter-moved", sentence)
    elif old.name != new.name and old.location is Location.PATH:
        sentence = f"The name of {what} is never sent: only generated clients see it."
        yield Reason(Direction.REQUEST, Verdict.SAFE, "path-parameter-renamed", sentence)
    elif old.name != new.name:
        sentence = f"Old clients send `{old.name}` to `{operation.address}`, not `{new.name}`."
        yield Reason(Direction.REQUEST, Verdict.BREAKING, "parameter-renamed", sentence)
    turn = turn_of_type(case.before, old.type, case.after, new.type)
    yield from turn_reason(Direction.REQUEST, turn, "parameter", what)
    if new.required and not old.required:
        sentence = f"{what} must be sent, and old clients may leave it out."
        yield Reason(Direction.REQUEST, Verdict.BREAKING, "parameter-made-required", sentence)
    elif old.required and not new.required:
        yield Reason(Direction.REQUEST, Verdict.SAFE, "parameter-made-optional", f"{what} may be left out.")
    if old.default != new.default and not old.required and not new.required:
        sentence = f"Old clients that leave {what} out get another answer than they used to."
        yield Reason(Direction.REQUEST, Verdict.BREAKING, "parameter-default-changed", sentence)
