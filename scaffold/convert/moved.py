"""Where a place of an operation is after a change: answers take other statuses, their headers other names."""

from __future__ import annotations

from ..contract.address import OperationAddress
from ..contract.changes import ChangeHeader, ChangeResponse
from ..contract.history import Applied
from ..contract.operation import Operation
from ..contract.places import answer_place


def moved(applied: Applied, operation: Operation, place: str) -> str | None:
    """The place of what stood at `place` of `operation` before `applied`; None where it ends: handlers are told."""
    change = applied.change
    becomes: str | None
    match change:
        case ChangeResponse() if change.flag is not None:
            at, was, becomes = change.at.operation, change.at.status, None
        case ChangeResponse() if str(change.to.status) != change.at.status:
            at, was, becomes = change.at.operation, change.at.status, str(change.to.status)
        case ChangeHeader() if change.to.name.lower() != change.at.name.lower():
            status = change.at.response.status
            at = change.at.response.operation
            was, becomes = (f"{status} header {name.lower()}" for name in (change.at.name, change.to.name))
        case _:
            return place
    old = answer_place(operation, was)
    if not about(applied, at, operation) or not (place == old or place.startswith(f"{old} ")):
        return place
    return None if becomes is None else answer_place(operation, becomes) + place[len(old) :]


def about(applied: Applied, at: OperationAddress, operation: Operation) -> bool:
    """Whether an address of a change names `operation`, as it is called by then."""
    found = applied.before.operation(at.method, at.path)
    return found is not None and found.identity == operation.identity
