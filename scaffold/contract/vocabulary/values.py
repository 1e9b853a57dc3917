"""Changes of enums, of unions and of named types."""

from __future__ import annotations

from ..changes import (
    AddEnumValue,
    AddType,
    AddVariant,
    ChangeEnumValue,
    ChangeField,
    ChangeType,
    Deprecate,
    MergeEnumValues,
    RemoveEnumValue,
    RemoveType,
    RemoveVariant,
    RenameEnumValue,
    RenameType,
    SplitEnumValue,
)
from ..history import Applied
from ..named_types import AliasType, EnumType
from ..types import MISSING, Ref, Scalar, Type
from .row import Bridge, Row
from .telling import deprecates_value, field, union_retagged


def _closed_or_opened(applied: Applied) -> bool:
    """A text becomes one of a few, or the other way round; an enum starts or stops taking others."""
    change = applied.change
    if isinstance(change, ChangeType):
        return change.open is not None

    def is_enum(type_: Type) -> bool:
        return isinstance(type_, Ref) and (
            isinstance(applied.before.types.get(type_.name), EnumType)
            or isinstance(applied.after.types.get(type_.name), EnumType)
        )

    return field(
        lambda old, new: (
            (isinstance(old.type, Scalar) and is_enum(new.type)) or (is_enum(old.type) and isinstance(new.type, Scalar))
        )
    )(applied)


def _alias_restated(applied: Applied) -> bool:
    change = applied.change
    assert isinstance(change, ChangeType)
    return isinstance(applied.before.types.get(change.name), AliasType) and not union_retagged(applied)


VALUES: tuple[Row, ...] = (
    Row(
        title="add a value to an enum",
        written="add: Status.archived",
        classes=(AddEnumValue,),
        when=lambda a: isinstance(a.change, AddEnumValue) and a.change.opt_in is None,
        bridge=(Bridge.POLICY,),
        policies=("old_sees",),
        up="as it is; what was shown for it and comes back untouched changes nothing",
        down="`old_sees`",
        storage="the column takes it",
        golden="values",
    ),
    Row(
        title="add a value to an enum, held back",
        written="add: Status.scheduled",
        classes=(AddEnumValue,),
        when=lambda a: isinstance(a.change, AddEnumValue) and a.change.opt_in is not None,
        bridge=(Bridge.LOSSLESS,),
        policies=("opt_in", "old_sees"),
        up="as it is, from callers who send the header; what others were shown for it changes nothing",
        down="`old_sees`, but for callers who send the header",
        storage="the column takes it",
        golden="held",
    ),
    Row(
        title="show a value that was held back to everybody, or hold one back",
        written="change: Status.scheduled",
        classes=(ChangeEnumValue,),
        bridge=(Bridge.LOSSLESS,),
        policies=("opt_in", "old_sees"),
        up="as the caller's version has it: whoever must ask for the value may send it only then",
        down="as the caller's version has it: `old_sees` to those who must ask and do not",
        golden="held",
    ),
    Row(
        title="remove a value from an enum",
        written="remove: Status.draft",
        classes=(RemoveEnumValue,),
        bridge=(Bridge.POLICY,),
        policies=("old_sends", "policy", "waiver", "existing"),
        up="taken as `old_sends`, or refused with the values that are left",
        down="what an old client wrote until it changes",
        storage="rows move to `old_sends`, or to `existing`",
        golden="states",
    ),
    Row(
        title="deprecate a value of an enum",
        written="deprecate: Status.lost",
        classes=(Deprecate,),
        when=deprecates_value,
        bridge=(Bridge.LOSSLESS,),
        policies=("use", "sunset"),
        up="as it is",
        down="as it is; documents name it, with what to use and until when",
        golden="deprecated",
    ),
    Row(
        title="rename a value of an enum",
        written="rename: Status.inactive",
        classes=(RenameEnumValue,),
        bridge=(Bridge.LOSSLESS,),
        up="taken as the new one",
        down="shown as the old one",
        golden="values",
    ),
    Row(
        title="split or merge values of an enum",
        written="split: Status.closed",
        classes=(SplitEnumValue, MergeEnumValues),
        bridge=(Bridge.POLICY,),
        policies=("pick",),
        up="mapped",
        down="mapped back; what an old client wrote until it changes",
        storage="rows move",
        golden="states",
    ),
    Row(
        title="close a text to an enum, or open one",
        written="change: Status",
        classes=(ChangeType, ChangeField),
        when=_closed_or_opened,
        bridge=(Bridge.POLICY,),
        policies=("policy", "old_sends", "old_sees", "unreadable", "values", "waiver"),
        up="other values are kept, refused, or become another",
        down="other values as they are, or as the value that is stated",
        storage="as it is",
        golden="codecs",
    ),
    Row(
        title="add a variant to a union",
        written="add: Payment.method|Wallet",
        classes=(AddVariant,),
        bridge=(Bridge.POLICY,),
        policies=("old_sees", "hide"),
        up="as it is; what was shown for it and comes back untouched changes nothing",
        down="`old_sees`; or what holds it is left out of lists, and not found by its key",
        storage="the column takes it; a column says which versions do not see a row",
        golden="variants",
    ),
    Row(
        title="remove a variant from a union",
        written="remove: Payment.method|Wallet",
        classes=(RemoveVariant,),
        bridge=(Bridge.POLICY,),
        policies=("old_sends",),
        up="taken as `old_sends`",
        down="as it is",
        golden="values",
    ),
    Row(
        title="change what tells the variants of a union apart",
        written="change: Method",
        classes=(ChangeType, ChangeField),
        when=lambda a: isinstance(a.change, ChangeType) and union_retagged(a),
        bridge=(Bridge.LOSSLESS,),
        up="the new tag",
        down="the old tag",
        golden="tags",
    ),
    Row(
        title="add a named type",
        written="add: Colour",
        classes=(AddType,),
        bridge=(Bridge.LOSSLESS,),
        up="never met",
        down="never met",
        golden="values",
    ),
    Row(
        title="remove a named type that nothing mentions",
        written="remove: Colour",
        classes=(RemoveType,),
        bridge=(Bridge.LOSSLESS,),
        up="never met",
        down="never met",
        golden="values",
    ),
    Row(
        title="rename a type",
        written="rename: Address",
        classes=(RenameType,),
        when=lambda a: isinstance(a.change, RenameType) and a.change.name not in a.before.resources,
        bridge=(Bridge.LOSSLESS,),
        up="as it is",
        down="as it is",
        golden="values",
    ),
    Row(
        title="change what a name stands for",
        written="change: Money",
        classes=(ChangeType,),
        when=_alias_restated,
        bridge=(Bridge.CODEC,),
        policies=("codec",),
        up="as a change of each field that holds it",
        down="as a change of each field that holds it",
        golden="values",
    ),
    Row(
        title="where documents state a type, and what they call it",
        written="change: Address",
        classes=(ChangeType,),
        when=lambda a: (
            isinstance(a.change, ChangeType) and (a.change.inline is not None or a.change.component is not MISSING)
        ),
        bridge=(Bridge.LOSSLESS,),
        up="as it is",
        down="as it is",
        golden="values",
    ),
)
