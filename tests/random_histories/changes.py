"""The strategy of each class of change: it draws one that fits a contract, with the policies it needs."""

from __future__ import annotations

from collections.abc import Mapping

from scaffold.contract.changes import (
    AddEnumValue,
    AddField,
    AddOperation,
    AddParameter,
    AddResource,
    AddType,
    AliasFields,
    Backport,
    Change,
    ChangeBasePath,
    ChangeBehaviour,
    ChangeEnumValue,
    ChangeEnvelope,
    ChangeErrors,
    ChangeField,
    ChangePagination,
    ChangeParameter,
    CustomType,
    MergeEnumValues,
    MergeFields,
    MoveFields,
    MoveOperation,
    MoveParameter,
    MoveResource,
    RemoveEnumValue,
    RemoveField,
    RemoveOperation,
    RemoveParameter,
    RemoveResource,
    RemoveType,
    RenameEnumValue,
    RenameFields,
    RenameOperation,
    RenameParameter,
    RenameType,
    SplitEnumValue,
    SplitField,
)

from .altered_fields import change_field
from .drawing import Strategy
from .enum_changes import (
    add_enum_value,
    change_enum_value,
    merge_enum_values,
    remove_enum_value,
    rename_enum_value,
    split_enum_value,
)
from .field_changes import add_field, alias_fields, move_fields, remove_field, rename_fields
from .joint_changes import custom_type, merge_fields, split_field
from .operation_changes import (
    add_operation,
    add_parameter,
    change_parameter,
    move_operation,
    move_parameter,
    remove_operation,
    remove_parameter,
    rename_operation,
    rename_parameter,
)
from .type_changes import add_resource, add_type, move_resource, remove_resource, remove_type, rename_type
from .whole_changes import (
    backport,
    change_base_path,
    change_behaviour,
    change_envelope,
    change_errors,
    change_pagination,
)

STRATEGIES: Mapping[type[Change], Strategy] = {
    AddField: add_field,
    RemoveField: remove_field,
    RenameFields: rename_fields,
    AliasFields: alias_fields,
    MoveFields: move_fields,
    SplitField: split_field,
    MergeFields: merge_fields,
    CustomType: custom_type,
    ChangeField: change_field,
    AddEnumValue: add_enum_value,
    RemoveEnumValue: remove_enum_value,
    RenameEnumValue: rename_enum_value,
    ChangeEnumValue: change_enum_value,
    SplitEnumValue: split_enum_value,
    MergeEnumValues: merge_enum_values,
    AddType: add_type,
    RemoveType: remove_type,
    RenameType: rename_type,
    AddResource: add_resource,
    RemoveResource: remove_resource,
    MoveResource: move_resource,
    AddOperation: add_operation,
    RemoveOperation: remove_operation,
    RenameOperation: rename_operation,
    MoveOperation: move_operation,
    AddParameter: add_parameter,
    RemoveParameter: remove_parameter,
    RenameParameter: rename_parameter,
    MoveParameter: move_parameter,
    ChangeParameter: change_parameter,
    ChangeEnvelope: change_envelope,
    ChangeErrors: change_errors,
    ChangePagination: change_pagination,
    Backport: backport,
    ChangeBasePath: change_base_path,
    ChangeBehaviour: change_behaviour,
}
"""The strategy of each class of change."""


OF_VALUES = (
    *(AddField, RemoveField, RenameFields, MoveFields, ChangeField, ChangeField, MoveFields, AliasFields),
    *(
        AddEnumValue,
        RemoveEnumValue,
        RenameEnumValue,
        SplitEnumValue,
        MergeEnumValues,
        ChangeEnumValue,
        RenameType,
        AddResource,
        AddType,
    ),
)
"""The classes that converters have to cross, the hard ones more often."""
