"""Since when operations are deprecated in a version, and when they end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ..contract.address import OperationAddress
from ..contract.changes import Deprecate
from ..contract.contract import Contract
from ..contract.history import History, owner


@dataclass(frozen=True)
class Deprecation:
    """The dates of one operation: when it was said that it goes, and when it does."""

    since: date | datetime
    sunset: date | datetime | None


def deprecations(history: History, contract: Contract) -> Mapping[str, Deprecation]:
    """The operations of a version that a change deprecates, by id; what was never released says nothing yet."""
    known = {v.id for v in history.versions[: history.index(contract.version) + 1]}
    days = {v.id: v.released for v in history.versions if v.frozen}
    days |= {r.id: r.released for v in history.versions for r in v.releases}
    found: dict[str, Deprecation] = {}
    for applied in history.declared:
        change = applied.change
        if not isinstance(change, Deprecate) or not isinstance(change.at, OperationAddress):
            continue
        operation = applied.after.operation(change.at.method, change.at.path)
        now = None if operation is None else contract.operations_by_identity.get(operation.identity)
        since = days.get(applied.version)
        mine = owner(applied.version, history)
        elsewhere = mine != contract.version and any(applied is other for other in history.backported)
        if now is None or since is None or mine not in known or elsewhere:
            continue
        if change.deprecated:
            found[now.id] = Deprecation(since, change.sunset)
        else:
            found.pop(now.id, None)
    return found
