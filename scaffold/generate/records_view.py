"""What `records.py` says: the view for its template."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..convert.records import RecordField, Records
from ..convert.stated import is_rest
from .enum_tables import EnumView, values_of
from .python import plain


@dataclass(frozen=True)
class AttributeView:
    """One attribute of a record class."""

    attr: str
    annotation: str
    default: str
    comment: str


@dataclass(frozen=True)
class RecordView:
    """One record class."""

    name: str
    doc: str
    fields: tuple[AttributeView, ...]


def enum_views(records: Records) -> list[EnumView]:
    """The enums of `records.py`."""
    return [EnumView(e.name, "", values_of(e.type), open=e.type.open) for e in records.enums.values()]


def record_views(records: Records, keeping: frozenset[str]) -> tuple[RecordView, ...]:
    """The record classes, in the order of the newest contract."""
    made = []
    for record in records.objects.values():
        fields = [_attribute(f, records) for f in record.fields]
        if record.identity in keeping:
            fields.append(AttributeView("kept", "Kept", "field(default_factory=dict)", ""))
        fields = _told_apart(fields)
        what = "resource" if record.resource else "object"
        made.append(RecordView(record.name, f"The {what} `{record.name}`.", tuple(fields)))
    return tuple(made)


def _attribute(f: RecordField, records: Records) -> AttributeView:
    annotation = plain(f.type, records.name)
    if annotation != "Any":
        annotation += "" if f.required else " | Absent"
        annotation += " | None" if f.nullable and not annotation.endswith(" | None") else ""
    comment = "what it was sent and does not know" if is_rest(f.field) else "" if f.shown else "for older versions"
    default = "" if f.required else "ABSENT"
    return AttributeView(f.attr, annotation, "UNASSIGNED" if f.required and not f.shown else default, comment)


_OUTSIDE = {
    **dict.fromkeys(("date", "datetime", "time", "timedelta"), "dt"),
    **dict.fromkeys(("str", "int", "float", "bool", "bytes", "list", "dict"), "builtins"),
    "field": "dataclasses",
}


def _told_apart(fields: list[AttributeView]) -> list[AttributeView]:
    """`fields`, where an attribute called like a type (`date: date`) does not hide that type from the others."""
    names = [f.attr for f in fields if f.attr in _OUTSIDE]
    if not names:
        return fields
    hidden = re.compile(rf"(?<![\w.\"])({'|'.join(names)})(?![\w\"])")

    def qualified(said: str) -> str:
        return said if "Literal[" in said else hidden.sub(lambda m: f"{_OUTSIDE[m[1]]}.{m[1]}", said)

    return [AttributeView(f.attr, qualified(f.annotation), qualified(f.default), f.comment) for f in fields]
