"""Changes of operations and what they carry, and of the whole API, as a spec states them."""

from __future__ import annotations

from typing import Any

from ...contract.changes import (
    AddOperation,
    AddParameter,
    Backport,
    ChangeAuth,
    ChangeBasePath,
    ChangeBehaviour,
    ChangeEnvelope,
    ChangeErrors,
    ChangePagination,
    ChangeParameter,
    ChangeSecurity,
    Deprecate,
    Describe,
    MoveOperation,
    MoveParameter,
    RemoveOperation,
    RemoveParameter,
    RenameOperation,
    RenameParameter,
)
from ...contract.documentation import documentation
from ...contract.parameter import Location
from ...contract.types import Extra
from ..replacing import edits
from .errors import errors
from .keys import PLAIN, Keys, short
from .layout import Block, Value
from .member_changes import bounds_of, policies
from .message_changes import MESSAGES
from .operations import (
    auth,
    operation_keys,
    parameter_keys,
    security,
)
from .resources import pagination
from .rows import Here, Rows, line, moment, stated, waiver
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
    made = {"move": line(change.at), "to": line(change.to), **stated(change, "redirect")}
    return {**made, "keep": True} if change.alias else made


def _move_parameter(change: MoveParameter, at: Here) -> Keys:
    where = change.path if change.to is Location.PATH else change.name
    to = str(change.to) if where is None else f"{change.to} {where}"
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
    return made | policies(change, "old_sends", "unreadable", "pick", "policy") | waiver(change)


def _envelope(change: ChangeEnvelope, at: Here) -> Keys:
    return {"change": line("envelope"), "to": Word("none") if change.to.template is None else change.to.template}


def _errors(change: ChangeErrors, at: Here) -> Keys:
    return {"change": line("errors"), "to": errors(change.to)}


def _pagination(change: ChangePagination, at: Here) -> Keys:
    return {"change": line("pagination"), "to": pagination(change.to)}


def _behaviour(change: ChangeBehaviour, at: Here) -> Keys:
    made: Keys = {"behaviour": line(change.name)}
    return made if change.on else made | {"on": False}


def _base_path(change: ChangeBasePath, at: Here) -> Keys:
    return {"change": line("base_path"), "to": Word("default") if change.to is None else line(change.to or "/")}


def _backport(change: Backport, at: Here) -> Keys:
    return {"backport": line(change.at)}


def _security(change: ChangeSecurity, at: Here) -> Keys:
    return {"change": line(change.at), "security": Word("default") if change.to is None else security(change.to)}


def _auth(change: ChangeAuth, at: Here) -> Keys:
    return {"change": line("auth"), "to": Block(auth(change.to, change.schemes.values()))}


def _deprecate(change: Deprecate, at: Here) -> Keys:
    made: Keys = {"deprecate": line(change.at), **stated(change, "use")}
    made |= {} if change.sunset is None else {"sunset": moment(change.sunset)}
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
    ChangeErrors: _errors,
    ChangePagination: _pagination,
    Backport: _backport,
    ChangeBasePath: _base_path,
    ChangeBehaviour: _behaviour,
    **MESSAGES,
    ChangeSecurity: _security,
    ChangeAuth: _auth,
    Deprecate: _deprecate,
    Describe: _describe,
}
"""How each change of operations and of the whole API is written."""
