"""Changes of operations and what they carry, and of the whole API, as a spec states them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ...contract.address import OperationAddress, ResponseAddress
from ...contract.changes import (
    AddBody,
    AddHeader,
    AddOperation,
    AddParameter,
    AddResponse,
    ChangeAuth,
    ChangeBody,
    ChangeEnvelope,
    ChangeHeader,
    ChangeParameter,
    ChangeResponse,
    ChangeSecurity,
    Deprecate,
    Describe,
    MoveOperation,
    MoveParameter,
    RemoveBody,
    RemoveHeader,
    RemoveOperation,
    RemoveParameter,
    RemoveResponse,
    RenameOperation,
    RenameParameter,
)
from ...contract.contract import Contract, Operation, Response
from ...contract.documentation import documentation
from ...contract.types import Extra
from ..replacing import edits
from .keys import PLAIN, Keys, short
from .layout import Block, Value
from .member_changes import bounds_of
from .operations import (
    answer_name,
    auth,
    body_keys,
    body_name,
    header_keys,
    operation_keys,
    parameter_keys,
    response_keys,
    security,
    short_of,
)
from .rows import Here, Rows, line, stated
from .scalars import Word
from .substitution import same, substitution
from .types import bare


def _add_operation(change: AddOperation, at: Here) -> Keys:
    return {"add": line(change.address), **operation_keys(change.operation, at.places, at.contract)}


def _remove(change: Any, at: Here) -> Keys:
    return {"remove": line(change.at)}


def _rename(change: RenameOperation | RenameParameter, at: Here) -> Keys:
    return {"rename": line(change.at), "to": line(change.to)}


def _move_operation(change: MoveOperation, at: Here) -> Keys:
    return {"move": line(change.at), "to": line(change.to)}


def _move_parameter(change: MoveParameter, at: Here) -> Keys:
    to = str(change.to) if change.name is None else f"{change.to} {change.name}"
    return {"move": line(change.at), "to": line(to)}


def _add_parameter(change: AddParameter, at: Here) -> Keys:
    keys = parameter_keys(change.parameter, at.places)
    return {"add": line(change.address), **keys, **stated(change, "old_sends")}


def _change_parameter(change: ChangeParameter, at: Here) -> Keys:
    made: Keys = {"change": line(change.at)}
    if change.type is not None:
        made["to"] = short(bare(change.type, at.places, PLAIN))
    made |= stated(change, "codec", "style", "explode", "media_type", "required", "default") | bounds_of(change.bounds)
    if change.drop:
        made["drop"] = list(change.drop)
    return made | stated(change, "old_sends", "policy")


def _envelope(change: ChangeEnvelope, at: Here) -> Keys:
    return {"change": line("envelope"), "to": Word("none") if change.to.template is None else change.to.template}


def _add_body(change: AddBody, at: Here) -> Keys:
    name = body_name(_id(at.contract, change.at.operation))
    return {"add": line(change.at), **body_keys(change.body, name, at.places), **stated(change, "codec")}


def _change_body(change: ChangeBody, at: Here) -> Keys:
    name = body_name(_id(at.contract, change.at.operation))
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
    return {"add": line(change.at), **response_keys(change.response, name, at.places)}


def _change_response(change: ChangeResponse, at: Here) -> Keys:
    made: Keys = {"change": line(change.at)}
    name = answer_name(_id(at.contract, change.at.operation), change.at.status)
    same = _same_answer(change, at.contract)
    if not same:
        made["to"] = short_of(response_keys(change.to, name, at.places, whole=False))
    if str(change.to.status) != change.at.status:
        made["status"] = Word(change.to.status)
    return made | stated(change, "codec")


def _same_answer(change: ChangeResponse, contract: Contract) -> bool:
    """Whether an answer changes its status and nothing else."""
    found = _answer(contract, change.at)
    if found is None or str(change.to.status) == change.at.status:
        return False
    to = replace(change.to, headers=found.headers, description=found.description, status=found.status)
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
    if old is not None and name != old.name and replace(old, name=name) == change.to and old.extra == change.to.extra:
        return {"rename": line(change.at), "to": line(name)}
    keys = {key: value for key, value in header_keys(change.to, at.places).items() if key != "name"}
    if name != (change.at.name if old is None else old.name):
        keys = {"name": line(name), **keys}  # here it is that of the header
    return {"change": line(change.at), "to": short(keys)}


def _security(change: ChangeSecurity, at: Here) -> Keys:
    return {"change": line(change.at), "security": Word("default") if change.to is None else security(change.to)}


def _auth(change: ChangeAuth, at: Here) -> Keys:
    return {"change": line("auth"), "to": Block(auth(change.to, change.schemes.values()))}


def _deprecate(change: Deprecate, at: Here) -> Keys:
    made: Keys = {"deprecate": line(change.at), **stated(change, "use")}
    return made if change.deprecated else made | {"deprecated": False}


def _describe(change: Describe, at: Here) -> Keys:
    before = documentation(at.contract)
    put = {address: substitution(before.get(address, {}), words) for address, words in change.texts.items()}
    told: dict[str, Extra] = {}
    for address, words in change.texts.items():
        made = edits(before.get(address, {}), put[address])
        left = {word: value for word, value in words.items() if word not in made or not same(made[word], value)}
        if left or not put[address]:
            told[address] = left
    made_: Keys = {"describe": Block({address: _text(words) for address, words in told.items()})}
    replaced = [address for address in (*told, *(a for a in put if a not in told)) if put[address]]
    if replaced:
        made_["replace"] = Block({address: put[address] for address in replaced})
    if change.nulls:
        made_["nulls"] = Block({address: list(words) for address, words in change.nulls.items()})
    return made_


def _text(words: Extra) -> Value:
    only = words.get("description")
    return only if len(words) == 1 and isinstance(only, str) else dict(words)


ROWS: Rows = {
    AddOperation: _add_operation,
    RemoveOperation: _remove,
    RenameOperation: _rename,
    MoveOperation: _move_operation,
    AddParameter: _add_parameter,
    RemoveParameter: _remove,
    RenameParameter: _rename,
    MoveParameter: _move_parameter,
    ChangeParameter: _change_parameter,
    ChangeEnvelope: _envelope,
    AddBody: _add_body,
    RemoveBody: _remove,
    ChangeBody: _change_body,
    AddResponse: _add_response,
    RemoveResponse: _remove,
    ChangeResponse: _change_response,
    AddHeader: _add_header,
    RemoveHeader: _remove,
    ChangeHeader: _change_header,
    ChangeSecurity: _security,
    ChangeAuth: _auth,
    Deprecate: _deprecate,
    Describe: _describe,
}
"""How each change of operations and of the whole API is written."""
