"""The table of words: for each class of change, how it is told."""

from __future__ import annotations

from collections.abc import Mapping

from ..contract import changes as c
from ..contract.changes import Change
from . import alias_words, change_words, error_words, joint_words, value_words
from . import field_words as f
from . import message_words as m
from . import other_words as o
from . import parameter_words as p
from . import type_words as t
from . import whole_words as w
from .scene import Words

WORDS: Mapping[type[Change], Words] = {
    c.AddField: f.ADD,
    c.RemoveField: f.REMOVE,
    c.RenameFields: f.RENAME,
    c.MoveFields: f.MOVE,
    c.SplitField: joint_words.SPLIT,
    c.MergeFields: joint_words.MERGE,
    c.AliasFields: alias_words.ALIAS,
    c.CustomType: joint_words.CUSTOM,
    c.ChangeField: change_words.CHANGE,
    c.AddEnumValue: value_words.ADD_VALUE,
    c.RemoveEnumValue: value_words.REMOVE_VALUE,
    c.RenameEnumValue: value_words.RENAME_VALUE,
    c.SplitEnumValue: value_words.SPLIT_VALUE,
    c.MergeEnumValues: value_words.MERGE_VALUES,
    c.ChangeEnumValue: value_words.HOLD_VALUE,
    c.AddType: o.ADD_TYPE,
    c.RemoveType: o.REMOVE_TYPE,
    c.RenameType: o.RENAME_TYPE,
    c.AddResource: o.ADD_RESOURCE,
    c.RemoveResource: o.REMOVE_RESOURCE,
    c.MoveResource: o.MOVE_RESOURCE,
    c.AddOperation: o.ADD_OPERATION,
    c.RemoveOperation: o.REMOVE_OPERATION,
    c.RenameOperation: o.RENAME_OPERATION,
    c.MoveOperation: o.MOVE_OPERATION,
    c.AddParameter: p.ADD_PARAMETER,
    c.RemoveParameter: p.REMOVE_PARAMETER,
    c.RenameParameter: p.RENAME_PARAMETER,
    c.MoveParameter: p.MOVE_PARAMETER,
    c.ChangeParameter: p.CHANGE_PARAMETER,
    c.ChangeEnvelope: o.ENVELOPE,
    c.ChangeErrors: error_words.ERRORS,
    c.ChangePagination: w.PAGINATION,
    c.ChangeBehaviour: w.BEHAVIOUR,
    c.ChangeBasePath: w.BASE_PATH,
    c.Backport: w.BACKPORT,
    c.ChangeType: t.CHANGE_TYPE,
    c.AddVariant: t.ADD_VARIANT,
    c.RemoveVariant: t.REMOVE_VARIANT,
    c.AddBody: m.ADD_BODY,
    c.RemoveBody: m.REMOVE_BODY,
    c.ChangeBody: m.CHANGE_BODY,
    c.AddResponse: m.ADD_RESPONSE,
    c.RemoveResponse: m.REMOVE_RESPONSE,
    c.ChangeResponse: m.CHANGE_RESPONSE,
    c.AddHeader: m.ADD_HEADER,
    c.RemoveHeader: m.REMOVE_HEADER,
    c.ChangeHeader: m.CHANGE_HEADER,
    c.ChangeSecurity: m.CHANGE_SECURITY,
    c.ChangeAuth: m.CHANGE_AUTH,
    c.Deprecate: m.DEPRECATE,
    c.Describe: m.DESCRIBE,
}


def words_of(change: Change) -> Words:
    """How `change` is told: what moves and stays in its old place too has another name."""
    stays = isinstance(change, c.MoveFields) and change.stays
    return alias_words.ALIAS if stays else WORDS[type(change)]
