"""Changes of bodies, answers and their headers, as a spec states them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ...contract.address import OperationAddress, ResponseAddress
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
from ...contract.types import MISSING
from .keys import Keys, short
from .operations import answer_name, body_keys, body_name, header_keys, response_keys, short_of
from .rows import Here, Rows, line, stated
from .scalars import Word


def _remove(change: Any, at: Here) -> Keys:
    return {"remove": line(change.at)}


def _remove_header(change: RemoveHeader, at: Here) -> Keys:
    return {"remove": line(change.at), **stated(change, "old_sees")}


def _add_body(change: AddBody, at: Here) -> Keys:
    name = body_name(_id(at.contract, change.at.operation))
    return {"add": line(change.at), **body_keys(change.body, name, at.places), **stated(change, "codec")}


def _change_body(change: ChangeBody, at: Here) -> Keys:
    name = body_name(_id(at.contract, change.at.operation))
    operation = at.contract.operation(change.at.operation.method, change.at.operation.path)
    if operation is not None and operation.body is not None and (wrapped := _rewrapped(change, operation.body)):
        return {"change": line(change.at), **wrapped}
    return {
        "change": line(change.at),
        "to": short(body_keys(change.to, name, at.places)),
        **stated(change, "codec"),
    }


def _id(contract: Contract, at: OperationAddress) -> str:
    found: Operation | None = contract.operation(at.method, at.path)
    return found.id if found is not None else ""


def _add_response(change: AddResponse, at: Here) -> Keys:
    name = answer_name(_id(at.contract, change.at.operation), change.at.status)
    keys = response_keys(change.response, name, at.places)
    return {"add": line(change.at), **keys, **stated(change, "old_sees")}


def _change_response(change: ChangeResponse, at: Here) -> Keys:
    made: Keys = {"change": line(change.at)}
    found = _answer(at.contract, change.at)
    if found is not None and (wrapped := _rewrapped(change, found)):
        return made | wrapped
    name = answer_name(_id(at.contract, change.at.operation), change.at.status)
    same = _same_answer(change, at.contract)
    if not same:
        made["to"] = short_of(response_keys(change.to, name, at.places, whole=False))
    if str(change.to.status) != change.at.status:
        made["status"] = Word(change.to.status)
    return made | stated(change, "codec", "flag")


def _rewrapped(change: ChangeBody | ChangeResponse, found: Body | Response) -> Keys:
    """The field that a body or an answer is put under, or taken out of, where nothing else changes."""
    if change.to.wrap == found.wrap or change.codec is not None or getattr(change, "flag", None) is not None:
        return {}
    to: Body | Response = replace(change.to, wrap=found.wrap)
    if isinstance(to, Response) and isinstance(found, Response):
        to = replace(to, headers=found.headers, description=found.description)
    if to != found or to.media != found.media:
        return {}
    if change.to.wrap is None:
        return {"unwrap": line(found.wrap)}
    return {} if found.wrap is not None else {"wrap": line(change.to.wrap)}


def _same_answer(change: ChangeResponse, contract: Contract) -> bool:
    """Whether an answer changes its status and nothing else."""
    found = _answer(contract, change.at)
    if found is None or str(change.to.status) == change.at.status:
        return False
    to = replace(change.to, headers=found.headers, description=found.description, status=found.status)
    if change.to.status in (204, 304):
        return change.to.type is None and not change.to.media
    return to == found and to.media == found.media


def _answer(contract: Contract, at: ResponseAddress) -> Response | None:
    operation = contract.operation(at.operation.method, at.operation.path)
    responses = () if operation is None else operation.responses
    return next((r for r in responses if str(r.status) == at.status), None)


def _add_header(change: AddHeader, at: Here) -> Keys:
    return {"add": line(change.at), **header_keys(change.header, at.places)}


def _change_header(change: ChangeHeader, at: Here) -> Keys:
    answer = _answer(at.contract, change.at.response)
    headers = () if answer is None else answer.headers
    old = next((h for h in headers if h.name.lower() == change.at.name.lower()), None)
    name = change.to.name
    plain = change.old_sees is MISSING and change.codec is None
    if (
        plain
        and old is not None
        and name != old.name
        and replace(old, name=name) == change.to
        and old.extra == change.to.extra
    ):
        return {"rename": line(change.at), "to": line(name)}
    keys = {key: value for key, value in header_keys(change.to, at.places).items() if key != "name"}
    if name != (change.at.name if old is None else old.name):
        keys = {"name": line(name), **keys}  # here it is that of the header
    return {"change": line(change.at), "to": short(keys), **stated(change, "codec", "old_sees")}


def _only_named(old: Header, new: Header) -> bool:
    """Whether a header has another name, and all else is the same."""
    return replace(old, name=new.name) == new and old.extra == new.extra


MESSAGES: Rows = {
    AddBody: _add_body,
    RemoveBody: _remove,
    ChangeBody: _change_body,
    AddResponse: _add_response,
    RemoveResponse: _remove,
    ChangeResponse: _change_response,
    AddHeader: _add_header,
    RemoveHeader: _remove_header,
    ChangeHeader: _change_header,
}
"""How each change of what operations carry is written."""
