"""What `versions.py` says of each version: its dates, its routes, where its operations went."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from ..contract.changes.identifiers import is_another_kind
from ..contract.contract import Contract
from ..contract.held_back import asked_by
from ..contract.history import History, Promise, Version
from ..contract.operation import Operation
from ..contract.parameter import Location, Role
from ..contract.prefix import prefix_of
from .deprecations import deprecations
from .error_forms import form_expression
from .former import Former, former
from .python import text
from .routes import VersionRoutes


@dataclass(frozen=True)
class VersionView:
    """One version as `versions.py` states it; every value is an expression."""

    id: str
    release: str
    released: str
    dates: tuple[tuple[str, str], ...]
    brownouts: tuple[tuple[str, str, int | None], ...]
    clients: tuple[str, ...]
    guide: str | None
    successors: tuple[tuple[str, str], ...]
    beta: bool
    routes: tuple[tuple[str, tuple[str, ...]], ...]
    removed: tuple[str, ...]
    envelope: str
    errors: str | None
    base: str | None
    draft: bool
    examples: str | None
    undecided: tuple[str, ...]
    aliases: tuple[tuple[str, str], ...]
    redirects: tuple[tuple[str, str, int], ...]
    moved: tuple[tuple[str, str], ...] | None
    deprecations: tuple[tuple[str, str, str], ...]
    prefix: str | None
    opt_ins: tuple[tuple[str, tuple[str, ...]], ...]
    dropped: bool = False


def version_views(
    history: History,
    routes: tuple[VersionRoutes, ...],
    *,
    examples: Mapping[str, str],
    undecided: Mapping[str, tuple[str, ...]],
) -> tuple[VersionView, ...]:
    """Every version, oldest first; `examples` are the files that some have, `undecided` ids of operations.

    Of those that were dropped there is what a tombstone says.
    """
    return (
        *(_tombstone(history.whole, position) for position in range(len(history.dropped))),
        *_served(history, routes, examples, undecided),
    )


def _served(
    history: History,
    routes: tuple[VersionRoutes, ...],
    examples: Mapping[str, str],
    undecided: Mapping[str, tuple[str, ...]],
) -> Iterator[VersionView]:
    return (
        _view(history, position, version, stated, examples.get(version.id), undecided.get(version.id, ()))
        for position, (version, stated) in enumerate(zip(history.versions, routes, strict=True))
    )


def undecided_operations(routes: tuple[VersionRoutes, ...]) -> dict[str, tuple[str, ...]]:
    """For each version the ids of the operations that are undecided in it: their routes say so."""
    views = {
        (module.name, route.id): route for stated in routes for module in stated.modules for route in module.routes
    }
    table: dict[str, bool] = {}
    made = {}
    for stated in routes:
        for id_ in stated.removed:
            table.pop(id_, None)
        for module, ids in stated.taken:
            table |= {i: any("raise Undecided(" in line for line in views[module, i].lines) for i in ids}
        made[stated.version] = tuple(i for i, is_open in table.items() if is_open)
    return made


def _tombstone(history: History, position: int) -> VersionView:
    """What is said where a version was: its dates, and where its operations went."""
    nothing = VersionRoutes(history.versions[position].id, "", (), (), ())
    made = _view(history, position, history.versions[position], nothing, None, ())
    return replace(
        made,
        brownouts=(),
        clients=(),
        envelope="None",
        moved=None,
        deprecations=(),
        aliases=(),
        redirects=(),
        prefix=None,
        opt_ins=(),
        dropped=True,
    )


def _view(
    history: History,
    position: int,
    version: Version,
    stated: VersionRoutes,
    examples: str | None,
    undecided: tuple[str, ...],
) -> VersionView:
    contract = history.contracts[position]
    led = tuple(former(history, contract))
    later = history.contracts[position + 1] if position + 1 < len(history.contracts) else None
    guide = None if later is None else text(f"migration/{version.id}-to-{later.version}")
    dates = [(n, moment(v)) for n in ("deprecated", "sunset") if (v := getattr(version, n)) is not None]
    return VersionView(
        id=text(version.id),
        release=text(version.number),
        released="None" if version.released is None or not version.frozen else moment(version.released),
        dates=tuple(dates),
        brownouts=tuple(
            (moment(b.start), moment(b.until), None if b.status == 410 else b.status) for b in version.brownouts
        ),
        clients=tuple(text(client) for client in version.clients),
        guide=guide,
        successors=tuple((text(at), _or_none(to)) for at, to in successors(history, position).items()),
        beta=version.promise is Promise.BETA,
        routes=tuple((text(m), tuple(text(i) for i in ids)) for m, ids in stated.taken),
        removed=tuple(text(i) for i in stated.removed),
        envelope=repr(contract.envelope.template),
        base=None if contract.base_path is None else text(contract.base_path),
        errors=form_expression(contract.errors),
        draft=version.draft,
        examples=None if examples is None else text(examples),
        undecided=tuple(text(i) for i in undecided),
        moved=tuple(_moved(contract, history.newest)) if _leads(history) else None,
        deprecations=tuple(
            (text(id_), moment(d.since), "None" if d.sunset is None else moment(d.sunset))
            for id_, d in deprecations(history, contract).items()
        ),
        aliases=tuple((text(f.address), text(f.id)) for f in led if f.redirect is None),
        redirects=tuple((text(f.address), text(f.target), f.redirect) for f in led if f.redirect is not None),
        prefix=text(prefix) if (prefix := prefix_of(contract)) else None,
        opt_ins=tuple((text(id_), tuple(map(text, headers))) for id_, headers in asked_by(contract).items()),
    )


_LINKS = ("location", "content-location", "link")


def _leads(history: History) -> bool:
    """Whether handlers write paths of other operations into headers."""
    answers = (r for c in history.contracts for o in c.operations for r in o.responses)
    return any(h.name.lower() in _LINKS for r in answers for h in r.headers)


def _moved(contract: Contract, newest: Contract) -> Iterator[tuple[str, str]]:
    """Where a version has what can be read elsewhere in the newest, as far as the path there says all of it."""
    for operation in newest.operations:
        found = contract.operations_by_identity.get(operation.identity)
        if found is not None and operation.method == "GET" and _another_key(found, operation):
            yield text(operation.address), "None"
        elif found is not None and operation.method == "GET" and found.path != operation.path:
            there = _led(operation, found)
            if there is not None:
                yield text(operation.address), text(there)


def _led(one: Operation, other: Operation) -> str | None:
    """The path of `other`, as far as that of `one` says all of it: with its names where it says more."""
    counts = [o.path.count("{") for o in (one, other)]
    if counts[0] == counts[1]:
        return other.path
    names = {p.identity: p.name for p in one.parameters if p.location is Location.PATH}
    mine = {p.name: names.get(p.identity, "") for p in other.parameters if p.location is Location.PATH}
    return None if "" in mine.values() else re.sub(r"{([^}]+)}", lambda m: f"{{{mine[m[1]]}}}", other.path)


def _another_key(one: Operation, other: Operation) -> bool:
    """Whether two forms of an operation name a row by keys of different kinds, so that no path leads to the other."""
    keys = {p.identity: p.type for p in one.parameters if p.role in (Role.KEY, Role.PARENT)}
    return any(p.identity in keys and is_another_kind(keys[p.identity], p.type) for p in other.parameters)


def moment(value: date | datetime) -> str:
    """A date or an instant as an expression."""
    if isinstance(value, datetime):
        return f'datetime.fromisoformat("{value.isoformat()}")'
    return f"date({value.year}, {value.month}, {value.day})"


def _or_none(path: str | None) -> str:
    return "None" if path is None else text(path)


def successors(history: History, position: int) -> dict[str, str | None]:
    """Where the operations of a version are in the next one, where that is elsewhere, or None where they ended.

    Operations go by their address, and also by the places that they had before.
    """
    if position + 1 >= len(history.contracts):
        return {}
    contract, later = history.contracts[position], history.contracts[position + 1]
    return dict(_successors(contract, later, tuple(former(history, contract))))


def _successors(contract: Contract, later: Contract, led: tuple[Former, ...]) -> Iterator[tuple[str, str | None]]:
    before = {f.id: f.address for f in led}
    for operation in contract.operations:
        found = later.operations_by_identity.get(operation.identity)
        if operation.id in before:
            yield before[operation.id], None if found is None else found.path
        if found is None:
            yield operation.address, None
        elif (there := _led(operation, found)) is None or _another_key(operation, found):
            yield operation.address, None  # what the old path does not say cannot be filled in
        elif found.path != operation.path:
            yield operation.address, there
