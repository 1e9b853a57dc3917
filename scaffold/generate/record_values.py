"""JSON values in the newest words as expressions of what records have."""

from __future__ import annotations

from ..contract.contract import Contract
from ..contract.fitting import fitting_variant
from ..contract.hooks import hook_name
from ..contract.types import MISSING, Json, Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf, renamed
from ..convert.records import RecordField, Records
from ..convert.removed_parts import without_removed
from .python import could_be, text, value_of


class RecordValues:
    """Makes the expressions; `now` is the present instant, where what records are created with is made of it."""

    def __init__(self, records: Records, newest: Contract, now: str = "now") -> None:
        self.records, self.newest, self.now = records, newest, now
        self._names = {t.identity: t.name for t in newest.types.values()}
        self._inside: list[str] = []

    def of(self, value: object, type_: Type) -> str:
        """A JSON value of a record's `type_` as an expression."""
        match type_:
            case ListOf(items=inner) if isinstance(value, list):
                return f"[{', '.join(self.of(v, inner) for v in value)}]"
            case MapOf(values=inner) if isinstance(value, dict):
                return f"{{{', '.join(f'{text(k)}: {self.of(v, inner)}' for k, v in value.items())}}}"
            case UnionOf() if value is not None:
                return self.of(value, self.variant(value, type_))
            case _:
                return value_of(value, type_, self._object)

    def variant(self, value: object, union: UnionOf) -> Type:
        """Which of several types a value is of: the first that it fits, or may be of if none of today's fits."""
        named = renamed(union, self._names)
        assert isinstance(named, UnionOf)
        fitting = fitting_variant(self.newest, named, without_removed(value))
        if fitting is not None:
            return union.variants[fitting]
        return next((v for v in union.variants if could_be(value, v)), union.variants[0])

    def _object(self, identity: str, fields: dict[Json, Json]) -> str:
        self._inside.append(identity)
        record = self.records.objects[identity]
        parts = []
        for f in record.fields:
            if f.stated_at in fields:
                parts.append(f"{f.attr}={self.of(fields[f.stated_at], f.type)}")
            elif f.field.on_create is not None:
                parts.append(f"{f.attr}={moment(f, self.now)}")
            elif f.required and f.field.default is not MISSING:
                parts.append(f"{f.attr}={self.of(f.field.default, f.type)}")
            elif f.required and isinstance(f.type, Ref) and f.type.name in self.records.objects:
                endless = f.type.name in self._inside and not fields
                parts.append(f"{f.attr}={'UNASSIGNED' if endless else self._object(f.type.name, {})}")
            elif f.required:
                parts.append(f"{f.attr}=UNASSIGNED")  # only the server gives it
        self._inside.pop()
        return f"records.{record.name}({', '.join(parts)})"


def moment(field: RecordField, now: str = "now") -> str:
    """What `on_create` puts into a record."""
    stated = field.field.on_create
    if (hook := hook_name(stated)) is not None:
        return f"hooks.{hook}({now})"
    times = {Kind.DATETIME: now, Kind.DATE: f"{now}.date()", Kind.TIME: f"{now}.timetz()"}
    if stated == "now" and isinstance(field.type, Scalar) and field.type.kind in times:
        return times[field.type.kind]
    return value_of(stated, field.type)
