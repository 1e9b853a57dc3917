"""What records that are there already get, when a change wants a value that they do not have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeGuard

from ..contract.address import find_field
from ..contract.changes import AddField, ChangeField
from ..contract.history import Applied, History
from ..contract.hooks import hook_name
from ..contract.named_types import Field
from ..contract.types import MISSING, Json, Kind, Missing, Scalar, Undecided
from ..convert.records import RecordField, Records
from ..convert.stating import newest
from .record_values import RecordValues


def filled_field(applied: Applied) -> Field | None:
    """The field that a change adds or changes, as it stands afterwards; None for other changes."""
    change = applied.change
    if not isinstance(change, AddField | ChangeField):
        return None
    return find_field(applied.after, change.at).field


def fill(applied: Applied) -> Json | Missing:
    """What records that are there get in the field that `applied` adds or changes.

    As `existing` says; else what older clients are taken to send, the default, or what new records get: where a hook
    makes that, `{"created": its name}`.
    """
    field = filled_field(applied)
    if field is None:
        return MISSING
    assert isinstance(applied.change, AddField | ChangeField)
    created = {"created": field.on_create} if hook_name(field.on_create) else field.on_create
    for value in (applied.change.existing, applied.change.old_sends, field.default, created):
        if value is not MISSING and value is not None and not isinstance(value, Undecided):
            return value
    return MISSING


def is_now(value: Json | Missing, field: Field) -> bool:
    """Whether a fill is the time at which it happens."""
    timed = isinstance(field.type, Scalar) and field.type.kind in (Kind.DATE, Kind.DATETIME, Kind.TIME)
    return timed and value == "now"


def is_constant(value: Json | Missing, field: Field) -> bool:
    """Whether a fill is one value for all records, and not the time, a sibling or a hook."""
    return value is not MISSING and not is_made(value) and not is_now(value, field)


def is_made(value: Json | Missing) -> TypeGuard[dict[str, Json]]:
    """Whether a fill is said by where it comes from: a sibling, a hook of its own, or the one for new records."""
    return isinstance(value, dict) and bool(value) and set(value) <= {"from", "hook", "created"}


def missing_in_json(history: History, records: Records) -> Mapping[str, str]:
    """By field: the value it has in JSON that was written before it was there or required."""
    fields: dict[str, RecordField] = {f.identity: f for r in records.objects.values() for f in r.fields}
    found = {}
    whole = history.whole
    values = RecordValues(records, whole.newest, "datetime.now(UTC)")
    for place, applied in enumerate(whole.applied):
        field = filled_field(applied)
        if field is None or field.identity not in fields:
            continue
        assert isinstance(applied.change, AddField | ChangeField)
        value = fill(applied)
        if is_constant(value, field):
            said = newest(value, field.identity, applied.after, whole.applied[place + 1 :])
            if said is not MISSING:
                found[field.identity] = values.of(said, fields[field.identity].type)
        elif is_made(value) and value.keys() == {"hook"}:
            found[field.identity] = f"hooks.{hook_name(value['hook'])}()"
        elif value is MISSING and field.nullable and (isinstance(applied.change, AddField) or applied.change.required):
            found.setdefault(field.identity, "None")
    return found
