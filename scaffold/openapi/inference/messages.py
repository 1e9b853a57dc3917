"""What operations carry: how bodies, answers and their headers differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...contract.address import BodyAddress, HeaderAddress, OperationAddress, ResponseAddress
from ...contract.changes import (
    AddBody,
    AddHeader,
    AddResponse,
    ChangeBody,
    ChangeHeader,
    ChangeResponse,
    RemoveBody,
    RemoveHeader,
    RemoveResponse,
)
from ...contract.contract import Contract
from ...contract.message import Body, Header, Response
from ...contract.operation import Operation
from ...contract.types import MISSING, UNDECIDED, Missing, Type, Undecided
from .choosing import OPEN, Chosen, codec_for, reads_back
from .comparing import forms, same_type
from .draft import Draft
from .shapes import forms_alike


def _at(operation: Operation) -> OperationAddress:
    return OperationAddress(operation.method, operation.path)


def _types(message: Body | Response) -> list[Type]:
    return [f.type for f in message.forms if f.type is not None]


def change_body(draft: Draft, operation: Operation) -> None:
    """Add, remove or change what requests of an operation carry until it is what `operation` says."""
    found = draft.contract.operation(operation.method, operation.path)
    assert found is not None  # both are here
    old, new, where = found.body, operation.body, BodyAddress(_at(operation))
    chosen: Chosen = []
    if old is None and new is not None:
        codec = _unsent(chosen) if new.required else None
        draft.make(AddBody(at=where, body=new, types=draft.brought(_types(new)), codec=codec), chosen=chosen)
    elif old is not None and new is None:
        draft.make(RemoveBody(at=where))
    elif old is not None and new is not None:
        same = forms(old) == forms(new) and old.media_type in forms(new)
        if same and (old.required, old.view) == (new.required, new.view):
            return
        codec = _codec(draft.contract, old, new, chosen)
        if codec is None and new.required and not old.required:
            codec = _unsent(chosen)
        draft.make(ChangeBody(at=where, to=new, types=draft.brought(_types(new)), codec=codec), chosen=chosen)


def _unsent(chosen: Chosen) -> Undecided:
    chosen.append(("codec", UNDECIDED, "older clients may send nothing"))
    return UNDECIDED


def _codec(contract: Contract, old: Body | Response, new: Body | Response, chosen: Chosen) -> Undecided | None:
    """How the forms that both have cross, or the first ones where they share none."""
    held = {f.media_type: f.type for f in old.forms}
    shared = [(held[f.media_type], f.type) for f in new.forms if f.media_type in held]
    for one, other in shared or [(old.type, new.type)]:
        if not same_type(one, other):
            found = codec_for(contract, one, other, chosen)
            if found is not None:
                return found
    return None


def change_responses(draft: Draft, operation: Operation) -> None:
    """Add, remove and change the answers of an operation until they are those of `operation`."""
    found = draft.contract.operation(operation.method, operation.path)
    assert found is not None  # both are here
    old = {str(r.status): r for r in found.responses}
    new = {str(r.status): r for r in operation.responses}
    for status, response in new.items():
        if status not in old:
            held = [*_types(response), *(h.type for h in response.headers)]
            where = ResponseAddress(_at(operation), status)
            chosen: Chosen = []
            sees = _heir(response, list(old.values()), chosen)
            draft.make(
                AddResponse(at=where, response=response, types=draft.brought(held), old_sees=sees), chosen=chosen
            )
    for status in old:
        if status not in new:
            draft.make(RemoveResponse(at=ResponseAddress(_at(operation), status)))
    for status, response in new.items():
        if status in old:
            _change_response(draft, ResponseAddress(_at(operation), status), old[status], response)


def move_status(draft: Draft) -> None:
    """Give the one success of an operation its new status, where everything else about it stays."""
    if not draft.guess:
        return
    for new in draft.target.operations:
        old = draft.contract.operation(new.method, new.path)
        if old is None:
            continue
        known = [{str(r.status) for r in o.responses} for o in (old, new)]
        gone = [r for r in old.responses if r.success and str(r.status) not in known[1]]
        come = [r for r in new.responses if r.success and str(r.status) not in known[0]]
        if len(gone) == len(come) == 1 and forms_alike(draft, gone[0], come[0]):
            where = ResponseAddress(_at(new), str(gone[0].status))
            to = replace(gone[0], status=come[0].status)
            change = ChangeResponse(at=where, to=to, guessed=0.8)
            draft.make(change, ("the only success that goes and the only one that comes carry the same",))


def _change_response(draft: Draft, where: ResponseAddress, old: Response, new: Response) -> None:
    if forms(old) != forms(new) or old.page != new.page or not same_type(old.type, new.type):
        chosen: Chosen = []
        codec = _codec(draft.contract, old, new, chosen) if old.type is not None else None
        to = replace(new, headers=(), description="", extra={})
        draft.make(ChangeResponse(at=where, to=to, types=draft.brought(_types(new)), codec=codec), chosen=chosen)
    held = {h.name.lower(): h for h in old.headers}
    wanted = {h.name.lower() for h in new.headers}
    for header in old.headers:
        if header.name.lower() not in wanted:
            chosen = []
            sees = _open("old_sees", chosen) if header.required else MISSING
            draft.make(RemoveHeader(at=HeaderAddress(where, header.name), old_sees=sees), chosen=chosen)
    for header in new.headers:
        before = held.get(header.name.lower())
        if before is None:
            types = draft.brought([header.type])
            draft.make(AddHeader(at=HeaderAddress(where, header.name), header=header, types=types))
        elif not _same_header(before, header):
            types, chosen = draft.brought([header.type]), []
            codec = codec_for(draft.contract, before.type, header.type, chosen)
            lacks = before.required and not header.required
            unread = codec is None and not reads_back(before.type, header.type)
            sees = _open("old_sees", chosen) if lacks or unread else MISSING
            at = HeaderAddress(where, before.name)
            draft.make(ChangeHeader(at=at, to=header, types=types, codec=codec, old_sees=sees), chosen=chosen)


def _heir(new: Response, old: Sequence[Response], chosen: Chosen) -> int | Missing | Undecided:
    """The answer that older clients read where they do not know a new one that is no error."""
    kind = str(new.status)[0]
    known = {str(r.status) for r in old}
    if kind not in "23" or {f"{kind}XX", "default"} & known:
        return MISSING
    for found in (r for r in old if r.success and isinstance(r.status, int)):
        if found.type is None or (forms(found) == forms(new) and same_type(found.type, new.type)):
            chosen.append(("old_sees", found.status, "it carries the same" if found.type else "it carries nothing"))
            return int(found.status)
    return _open("old_sees", chosen)


def _open(key: str, chosen: Chosen) -> Undecided:
    chosen.append((key, UNDECIDED, OPEN))
    return UNDECIDED


def _same_header(one: Header, other: Header) -> bool:
    facts = [(h.name, h.required, h.deprecated) for h in (one, other)]
    return facts[0] == facts[1] and same_type(one.type, other.type)
