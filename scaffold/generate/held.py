"""What handlers answer: the newest form of each answer, and what only older versions still show of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..contract.address import HeaderAddress
from ..contract.changes import ChangeHeader, ChangeResponse, RemoveHeader, RemoveResponse
from ..contract.contract import Contract
from ..contract.history import Applied, History
from ..contract.message import Header, Response
from ..contract.operation import Operation
from ..contract.types import MISSING, Json, Missing, references
from ..convert.moved import about
from ..convert.stating import Step, carried_back


@dataclass(frozen=True)
class Held:
    """One answer as a handler gives it; its types have the names of `contract`.

    `gone` are headers that only older versions have. `flag` is the name under which a handler is told not to give
    this answer any more; None where it may always.
    """

    contract: Contract
    response: Response
    gone: tuple[Header, ...] = ()
    flag: str | None = None


@dataclass(frozen=True)
class Flag:
    """A change that handlers are told of: whether the caller's version has it."""

    name: str
    applied: Applied


def flags(history: History, identity: str) -> tuple[Flag, ...]:
    """The changes of an operation that handlers are told of, in order of time; each name once."""
    known: dict[str, tuple[Flag, ...]] | None = history.__dict__.get("_flags")
    if known is None:
        known = history.__dict__["_flags"] = _flags(history)
    return known.get(identity, ())


def _flags(history: History) -> dict[str, tuple[Flag, ...]]:
    found: dict[str, dict[str, Flag]] = {}
    for applied in history.applied:
        change = applied.change
        if isinstance(change, ChangeResponse) and change.flag is not None:
            at = change.at.operation
            operation = applied.before.operation(at.method, at.path)
            if operation is not None:
                found.setdefault(operation.identity, {}).setdefault(change.flag, Flag(change.flag, applied))
    return {identity: tuple(named.values()) for identity, named in found.items()}


def held(history: History, identity: str) -> tuple[Held, ...]:
    """Every answer of an operation: those of its newest form first; worked out once."""
    known: dict[str, tuple[Held, ...]] = history.__dict__.setdefault("_held", {})
    if identity not in known:
        known[identity] = _held(history, identity)
    return known[identity]


def _held(history: History, identity: str) -> tuple[Held, ...]:
    versions = [(c, o) for c in reversed(history.contracts) if (o := c.operations_by_identity.get(identity))]
    contract, newest = versions[0]
    made = {str(r.status): Held(contract, r) for r in newest.responses}
    before: dict[str, Held] = {}
    for older, operation in versions[1:]:
        for response in operation.responses:
            status, flag = leads(history, older, operation, response)
            if flag is not None:
                before.setdefault(str(response.status), Held(older, response, flag=flag))
            elif status in made:
                made[status] = _with(made[status], older, response, history, operation)
    return (*made.values(), *before.values())


def _with(found: Held, older: Contract, response: Response, history: History, operation: Operation) -> Held:
    """An answer with what only an older version shows of it: its body, headers."""
    named = {h.name.lower() for h in (*found.response.headers, *found.gone)}
    last = [(header, follow(history, older, operation, response, header)) for header in response.headers]
    gone = [replace(header, name=way.name, required=False) for header, way in last if way.name.lower() not in named]
    response_ = found.response
    known = {f.media_type for f in response_.forms}
    # What stands in a form that is gone is the handler's own text or bytes; JSON is made of the record in any case.
    forms = [f for f in response.others if f.media_type not in known and f.type and not any(references(f.type))]
    if response_.type is not None:
        response_ = replace(response_, others=(*response_.others, *forms))
    found = replace(found, response=response_, gone=(*found.gone, *gone))
    if found.response.type is not None or response.type is None:
        return found
    filled = replace(
        found.response,
        type=response.type,
        page=response.page,
        media_type=response.media_type,
        others=response.others,
    )
    return replace(found, contract=older, response=filled)


def leads(
    history: History, contract: Contract, operation: Operation, response: Response
) -> tuple[str | None, str | None]:
    """The status that an answer of a version has by now, None where it is gone; or the flag that ends it."""
    status = str(response.status)
    for change in _about(history, contract, operation):
        match change:
            case ChangeResponse(flag=flag) if change.at.status == status:
                if flag is not None:
                    return None, flag
                status = str(change.to.status)
            case RemoveResponse() if change.at.status == status:
                return None, None
    return status, None


def _about(history: History, contract: Contract, operation: Operation) -> Iterator[ChangeResponse | RemoveResponse]:
    for applied in history.since_about(contract.version, (operation.identity,)):
        change = applied.change
        if isinstance(change, ChangeResponse | RemoveResponse) and about(applied, change.at.operation, operation):
            yield change


@dataclass(frozen=True)
class Way:
    """Where a header of a version leads: the name that handlers know it by, and what is read where they set none."""

    name: str
    gone: bool
    otherwise: Json | Missing


def follow(history: History, contract: Contract, operation: Operation, response: Response, header: Header) -> Way:
    """The way of one header through the changes since a version."""
    status, name, gone, otherwise = str(response.status), header.name, False, MISSING
    steps: list[Step] = []
    for applied in history.since(contract.version):
        change, older = applied.change, _header(applied.before, operation, status, name)
        if isinstance(change, ChangeResponse) and change.at.status == status:
            if about(applied, change.at.operation, operation):
                status = str(change.to.status)
        elif isinstance(change, ChangeHeader | RemoveHeader) and _names(applied, change.at, operation, status, name):
            if otherwise is MISSING:
                otherwise = carried_back(change.old_sees, steps)
            if isinstance(change, ChangeHeader):
                name = change.to.name
        newer = _header(applied.after, operation, status, name)
        if older is None or newer is None:
            gone = older is not None
            break
        steps.append((applied, older.type, newer.type))
    return Way(name, gone, otherwise)


def _names(applied: Applied, at: HeaderAddress, operation: Operation, status: str, name: str) -> bool:
    same = at.response.status == status and at.name.lower() == name.lower()
    return same and about(applied, at.response.operation, operation)


def _header(contract: Contract, operation: Operation, status: str, name: str) -> Header | None:
    found = contract.operations_by_identity.get(operation.identity)
    answers = [] if found is None else [r for r in found.responses if str(r.status) == status]
    return next((h for r in answers for h in r.headers if h.name.lower() == name.lower()), None)
