"""What a release may hold: changes that only add, and that no client of its version can notice."""

from __future__ import annotations

from .address import find_owner
from .changes import (
    AddBody,
    AddEnumValue,
    AddField,
    AddHeader,
    AddOperation,
    AddParameter,
    AddResource,
    AddType,
    AliasFields,
    Backport,
    Change,
    ChangeEnumValue,
    ChangeField,
    Deprecate,
    Describe,
    MoveFields,
    MoveOperation,
)
from .changes.base import need_operation
from .contract import Contract
from .types import MISSING


def additive(change: Change, before: Contract, base: Contract) -> bool:
    """Whether a release may hold `change`, made to `before`; policies are for versions.

    What is not in `base`, the contract before the release, is known to nobody, and may be asked for.
    """
    if isinstance(change, AddEnumValue) and change.opt_in is not None:
        return True  # nobody sees it who does not ask
    if any(getattr(change, word, MISSING) is not MISSING for word in ("old_sends", "old_sees")):
        return False
    match change:
        case AliasFields():
            return True
        case ChangeField():
            return bool(change.accepts) and change == ChangeField(
                at=change.at, accepts=change.accepts, why=change.why, note=change.note, guessed=change.guessed
            )
        case MoveFields():
            return change.stays
        case Backport() | AddType() | AddResource() | AddOperation() | AddHeader() | Deprecate() | Describe():
            return True
        case AddField():
            return not change.field.required or find_owner(before, change.at)[0].identity not in base.types_by_identity
        case AddParameter():
            operation = need_operation(before, change.at.operation)
            return not change.parameter.required or operation.identity not in base.operations_by_identity
        case AddBody():
            return not change.body.required
        case MoveOperation():
            return change.alias
        case ChangeEnumValue():
            enum = before.enum(change.at.type)
            return change.opt_in is None and enum is not None and enum.open
        case AddEnumValue():
            enum = before.enum(change.at.type)
            return enum is not None and enum.open
        case _:
            return False
