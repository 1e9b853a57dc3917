"""The table of words: for each class of change, how it is told."""

from __future__ import annotations

from collections.abc import Mapping

from ..contract import changes as c
from ..contract.changes import Change
from . import field_words as f
from . import other_words as o
from .scene import Words

WORDS: Mapping[type[Change], Words] = {
    c.AddField: f.ADD,
    c.RemoveField: f.REMOVE,
    c.RenameFields: f.RENAME,
    c.MoveFields: f.MOVE,
    c.ChangeField: f.CHANGE,
    c.AddEnumValue: o.ADD_VALUE,
    c.RemoveEnumValue: o.REMOVE_VALUE,
    c.RenameEnumValue: o.RENAME_VALUE,
    c.AddType: o.ADD_TYPE,
    c.RemoveType: o.REMOVE_TYPE,
    c.RenameType: o.RENAME_TYPE,
    c.AddResource: o.ADD_RESOURCE,
    c.RemoveResource: o.REMOVE_RESOURCE,
    c.AddOperation: o.ADD_OPERATION,
    c.RemoveOperation: o.REMOVE_OPERATION,
    c.RenameOperation: o.RENAME_OPERATION,
    c.MoveOperation: o.MOVE_OPERATION,
    c.AddParameter: o.ADD_PARAMETER,
    c.RemoveParameter: o.REMOVE_PARAMETER,
    c.RenameParameter: o.RENAME_PARAMETER,
    c.MoveParameter: o.MOVE_PARAMETER,
    c.ChangeParameter: o.CHANGE_PARAMETER,
    c.ChangeEnvelope: o.ENVELOPE,
}
