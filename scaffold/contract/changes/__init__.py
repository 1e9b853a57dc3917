"""The changes a history can declare."""

from .base import Change
from .fields import AddField, ChangeField, RemoveField, RenameFields
from .moves import MoveFields
from .operations import (
    AddOperation,
    AddParameter,
    ChangeEnvelope,
    ChangeParameter,
    MoveOperation,
    MoveParameter,
    RemoveOperation,
    RemoveParameter,
    RenameOperation,
    RenameParameter,
)
from .types import (
    AddEnumValue,
    AddResource,
    AddType,
    RemoveEnumValue,
    RemoveResource,
    RemoveType,
    RenameEnumValue,
    RenameType,
)

CHANGES: tuple[type[Change], ...] = (
    AddField,
    RemoveField,
    RenameFields,
    MoveFields,
    ChangeField,
    AddEnumValue,
    RemoveEnumValue,
    RenameEnumValue,
    AddType,
    RemoveType,
    RenameType,
    AddResource,
    RemoveResource,
    AddOperation,
    RemoveOperation,
    RenameOperation,
    MoveOperation,
    AddParameter,
    RemoveParameter,
    RenameParameter,
    MoveParameter,
    ChangeParameter,
    ChangeEnvelope,
)
"""Every class of change; each layer has a row for each."""

__all__ = [
    "CHANGES",
    "AddEnumValue",
    "AddField",
    "AddOperation",
    "AddParameter",
    "AddResource",
    "AddType",
    "Change",
    "ChangeEnvelope",
    "ChangeField",
    "ChangeParameter",
    "MoveFields",
    "MoveOperation",
    "MoveParameter",
    "RemoveEnumValue",
    "RemoveField",
    "RemoveOperation",
    "RemoveParameter",
    "RemoveResource",
    "RemoveType",
    "RenameEnumValue",
    "RenameFields",
    "RenameOperation",
    "RenameParameter",
    "RenameType",
]
