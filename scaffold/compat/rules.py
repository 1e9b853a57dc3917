"""The table of rules: for each class of change, what doing it is called and what it means to old clients."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ..contract import changes as c
from ..contract.changes import Change
from ..contract.changes.base import listing
from ..contract.contract import Contract
from ..contract.history import Applied
from . import fields, others, types, whole
from .case import Case, Rule, case_of
from .messages import of_messages
from .parameters import all_parameter_reasons
from .verdicts import Judgement, Reason, judgement


def _row(verb: str, reasons: Callable[[Case], Iterator[Reason]]) -> Rule:
    def doing(change: Change) -> str:
        return f"{verb} {_what(change)}"

    return Rule(doing, reasons)


def _what(change: Change) -> str:
    if isinstance(change, c.RenameFields):
        holder = ".".join((change.at.type, *change.at.path[:-1]))
        return listing(f"{holder}.{old}" for old in change.names)
    if isinstance(change, c.MoveFields):
        return listing(map(str, change.sources))
    if isinstance(change, c.MergeFields):
        return listing(map(str, change.sources))
    if isinstance(change, c.ChangeEnvelope):
        return "the envelope of lists"
    if isinstance(change, c.ChangeAuth):
        return "who is let in"
    if isinstance(change, c.Describe):
        return f"`{change.address}`" + (f" and {len(change.texts) - 1} more" if len(change.texts) > 1 else "")
    return f"`{change.address}`"


RULES: Mapping[type[Change], Rule] = {
    c.AddField: _row("adding", fields.of_one_field),
    c.RemoveField: _row("removing", fields.of_one_field),
    c.RenameFields: _row("renaming", fields.of_renamed),
    c.MoveFields: _row("moving", fields.of_moved),
    c.SplitField: _row("splitting", fields.of_joined),
    c.MergeFields: _row("merging", fields.of_joined),
    c.AliasFields: _row("naming anew", fields.of_aliased),
    c.CustomType: _row("converting", fields.of_custom),
    c.ChangeField: _row("changing", fields.of_one_field),
    c.AddEnumValue: _row("adding the value", others.of_added_value),
    c.RemoveEnumValue: _row("removing the value", others.of_removed_value),
    c.RenameEnumValue: _row("renaming the value", others.of_renamed_value),
    c.SplitEnumValue: _row("splitting the value", others.of_split_value),
    c.MergeEnumValues: _row("merging the value", others.of_merged_values),
    c.ChangeEnumValue: _row("changing who sees the value", others.of_held_value),
    c.AddType: _row("adding the type", others.of_nothing_met),
    c.RemoveType: _row("removing the type", others.of_nothing_met),
    c.RenameType: _row("renaming the type", others.of_renamed_type),
    c.AddResource: _row("adding the resource", others.of_added_operations),
    c.RemoveResource: _row("removing the resource", others.of_removed_operations),
    c.MoveResource: _row("moving the resource", others.of_moved_resource),
    c.AddOperation: _row("adding", others.of_added_operations),
    c.RemoveOperation: _row("removing", others.of_removed_operations),
    c.RenameOperation: _row("renaming the id of", others.of_renamed_operation),
    c.MoveOperation: _row("moving", others.of_moved_operation),
    c.AddParameter: _row("adding", all_parameter_reasons),
    c.RemoveParameter: _row("removing", all_parameter_reasons),
    c.RenameParameter: _row("renaming", all_parameter_reasons),
    c.MoveParameter: _row("moving", all_parameter_reasons),
    c.ChangeParameter: _row("changing", all_parameter_reasons),
    c.ChangeEnvelope: _row("changing", others.of_envelope),
    c.ChangeErrors: _row("changing the form of", whole.of_errors),
    c.ChangePagination: _row("changing", whole.of_pagination),
    c.ChangeBehaviour: _row("changing", whole.of_behaviour),
    c.ChangeBasePath: _row("changing", whole.of_base_path),
    c.Backport: _row("backporting", whole.of_backport),
    c.ChangeType: _row("changing", types.of_type),
    c.AddVariant: _row("adding the variant", types.of_added_variant),
    c.RemoveVariant: _row("removing the variant", types.of_removed_variant),
    c.AddBody: _row("adding", of_messages),
    c.RemoveBody: _row("removing", of_messages),
    c.ChangeBody: _row("changing", of_messages),
    c.AddResponse: _row("adding the answer", of_messages),
    c.RemoveResponse: _row("removing the answer", of_messages),
    c.ChangeResponse: _row("changing the answer", of_messages),
    c.AddHeader: _row("adding", of_messages),
    c.RemoveHeader: _row("removing", of_messages),
    c.ChangeHeader: _row("changing", of_messages),
    c.ChangeSecurity: _row("changing who is let in to", types.of_security),
    c.ChangeAuth: _row("changing", types.of_security),
    c.Deprecate: _row("deprecating", types.of_deprecation),
    c.Describe: _row("describing", types.of_prose),
}


def judge(applied: Applied, base: Contract | None = None) -> Judgement:
    """What `applied` means to clients of `base`, the contract before the change if it is not given.

    A type is judged only in the directions in which those clients meet it.
    """
    return judgement(RULES[type(applied.change)].reasons(case_of(applied, base)))


def doing(change: Change) -> str:
    """What making this change is called, to stand inside a sentence: "renaming `User.name`"."""
    return RULES[type(change)].doing(change)
