"""The changes a history can declare."""

from .aliases import AliasFields
from .backport import Backport
from .base import Change, Waiver
from .change_field import ChangeField
from .enums import AddEnumValue, MergeEnumValues, RemoveEnumValue, RenameEnumValue, SplitEnumValue
from .fields import AddField, RemoveField, RenameFields
from .general import ChangeAuth, ChangeSecurity, Deprecate, Describe
from .headers import AddHeader, ChangeHeader, RemoveHeader
from .holding import ChangeEnumValue
from .joints import CustomType, MergeFields, SplitField
from .messages import AddBody, AddResponse, ChangeBody, ChangeResponse, RemoveBody, RemoveResponse
from .moves import MoveFields
from .named import AddVariant, ChangeType, RemoveVariant
from .operations import AddOperation, ChangeEnvelope, MoveOperation, RemoveOperation, RenameOperation
from .parameters import AddParameter, ChangeParameter, MoveParameter, RemoveParameter, RenameParameter
from .resources import MoveResource
from .types import (
    AddResource,
    AddType,
    RemoveResource,
    RemoveType,
    RenameType,
)
from .whole import ChangeBasePath, ChangeBehaviour, ChangeErrors, ChangePagination

CHANGES: tuple[type[Change], ...] = (
    AddField,
    RemoveField,
    RenameFields,
    MoveFields,
    SplitField,
    MergeFields,
    AliasFields,
    CustomType,
    ChangeField,
    AddEnumValue,
    RemoveEnumValue,
    RenameEnumValue,
    SplitEnumValue,
    MergeEnumValues,
    ChangeEnumValue,
    AddType,
    RemoveType,
    RenameType,
    AddResource,
    RemoveResource,
    MoveResource,
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
    ChangeErrors,
    ChangePagination,
    ChangeBehaviour,
    ChangeBasePath,
    Backport,
    ChangeType,
    AddVariant,
    RemoveVariant,
    AddBody,
    RemoveBody,
    ChangeBody,
    AddResponse,
    RemoveResponse,
    ChangeResponse,
    AddHeader,
    RemoveHeader,
    ChangeHeader,
    ChangeSecurity,
    ChangeAuth,
    Deprecate,
    Describe,
)
"""Every class of change; each layer has a row for each."""

__all__ = [
    "CHANGES",
    "AddBody",
    "AddEnumValue",
    "AddField",
    "AddHeader",
    "AddOperation",
    "AddParameter",
    "AddResource",
    "AddResponse",
    "AddType",
    "AddVariant",
    "AliasFields",
    "Backport",
    "Change",
    "ChangeAuth",
    "ChangeBasePath",
    "ChangeBehaviour",
    "ChangeBody",
    "ChangeEnumValue",
    "ChangeEnvelope",
    "ChangeErrors",
    "ChangeField",
    "ChangeHeader",
    "ChangePagination",
    "ChangeParameter",
    "ChangeResponse",
    "ChangeSecurity",
    "ChangeType",
    "CustomType",
    "Deprecate",
    "Describe",
    "MergeEnumValues",
    "MergeFields",
    "MoveFields",
    "MoveOperation",
    "MoveParameter",
    "MoveResource",
    "RemoveBody",
    "RemoveEnumValue",
    "RemoveField",
    "RemoveHeader",
    "RemoveOperation",
    "RemoveParameter",
    "RemoveResource",
    "RemoveResponse",
    "RemoveType",
    "RemoveVariant",
    "RenameEnumValue",
    "RenameFields",
    "RenameOperation",
    "RenameParameter",
    "RenameType",
    "SplitEnumValue",
    "SplitField",
    "Waiver",
]
