"""Where operations were before a version moved them: there it sends callers on, or answers as at the new place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..contract.changes import MoveOperation
from ..contract.contract import Contract
from ..contract.history import Applied, History, owner
from ..contract.operation import Operation
from ..contract.parameter import Location
from .parameters_view import read_by, route_path

_NAMED = re.compile(r"{([^}]+)}")


@dataclass(frozen=True)
class Former:
    """A place that an operation had: its address, the operation's id, and how callers are sent to `target`.

    Paths have names that a route can have, those of the operation. Without `redirect` it is answered as at the target.
    """

    address: str
    id: str
    target: str
    redirect: int | None


def former(history: History, contract: Contract) -> Iterator[Former]:
    """The places that operations had before the version of `contract` moved them, and that lead on from there."""
    taken = {(o.method, _NAMED.sub("{}", o.path)) for o in contract.operations}
    history = history.whole
    for applied in history.applied:
        change = applied.change
        if not isinstance(change, MoveOperation) or not (change.redirect or change.alias):
            continue
        now = _now(applied, change, contract) if owner(applied.version, history) == contract.version else None
        path = None if now is None else _path(applied, change, now)
        if now is None or path is None or (change.at.method, _NAMED.sub("{}", path)) in taken:
            continue
        taken.add((change.at.method, _NAMED.sub("{}", path)))
        read = read_by(now, contract)
        here, there = (route_path(replace(now, path=p), read) or p for p in (path, now.path))
        yield Former(f"{change.at.method} {here}", now.id, there, change.redirect)


def _now(applied: Applied, change: MoveOperation, contract: Contract) -> Operation | None:
    moved = applied.after.operation(change.to.method, change.to.path)
    return None if moved is None else contract.operations_by_identity.get(moved.identity)


def _path(applied: Applied, change: MoveOperation, now: Operation) -> str | None:
    """The old path with the names of today; None where the new one has not the same names."""
    moved = applied.after.operations_by_identity[now.identity]
    places = {p.name: p.identity for p in moved.parameters if p.location is Location.PATH}
    names = {p.identity: p.name for p in now.parameters if p.location is Location.PATH}
    words = iter([names.get(places.get(name, "")) for name in _NAMED.findall(change.to.path)])
    path = _NAMED.sub(lambda found: f"{{{next(words) or ''}}}", change.at.path)
    return path if sorted(_NAMED.findall(path)) == sorted(_NAMED.findall(now.path)) else None
