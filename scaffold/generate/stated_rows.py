"""What a spec states of a field, as rows and the JSON in them hold it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from ..contract.types import MISSING, Json, ListOf, MapOf, Missing, Ref, Type, UnionOf
from ..convert.records import RecordField
from .python import text, value_of
from .record_values import RecordValues, moment
from .stored_unions import StoredUnion, word
from .stored_values import Values
from .table_model import Tables, leaves

Held: TypeAlias = "dict[str, str | Held]"
"""The members of an object: expressions, and the members of objects inside of it."""


@dataclass(frozen=True)
class StatedRows:
    """Makes expressions of JSON in the newest words, for scripts, which know no records."""

    tables: Tables

    @cached_property
    def _records(self) -> RecordValues:
        return RecordValues(self.tables.records, self.tables.history.newest)

    def of(self, value: Json, type_: Type, *, column: bool = False) -> str:
        """A value of a stored `type_`: inside of JSON, or in a `column` of its own."""
        match type_:
            case _ if value is None:
                return "None"
            case ListOf(items=inner) if isinstance(value, list):
                return f"[{', '.join(self.of(v, inner) for v in value)}]"
            case MapOf(values=inner) if isinstance(value, dict):
                return f"{{{', '.join(f'{text(k)}: {self.of(v, inner)}' for k, v in value.items())}}}"
            case StoredUnion() if type_.worded:
                variant = self._records.variant(value, replace(type_, discriminator=type_.told))
                return f"{{{text(word(variant, self.tables.words))}: {self.of(value, variant)}}}"
            case UnionOf():
                return self.of(value, self._records.variant(value, type_), column=column)
            case Ref(name) if name in self.tables.enums:
                return text(self.tables.enums[name].stored.get(value, value))
            case Ref(name) if isinstance(value, dict):
                return _written(self._members(name, value))
            case _:
                return Values(self.tables).dumped(type_, column=column)(value_of(value, type_))

    def _members(self, identity: str, stated: dict[str, Json]) -> Held:
        """What JSON holds of an object, at the places that its fields have in it."""
        made: Held = {}
        for leaf in leaves(self.tables.objects[identity].nodes):
            held = self._leaf(leaf.path, stated, leaf.slot.newest.type)
            if held is None:
                continue
            *around, last = leaf.slot.newest.keys
            _inside(made, around)[last] = held
        return made

    def _leaf(self, path: tuple[RecordField, ...], stated: Json | Missing, type_: Type) -> str | None:
        """What is stored of a field inside of what is `stated`; None where nothing is."""
        for step in path:
            known = stated.get(step.stated_at, MISSING) if isinstance(stated, dict) else MISSING
            if known is MISSING and step.required:
                known = {} if step.field.default is MISSING and step is not path[-1] else step.field.default
            if known is MISSING and step is path[-1]:
                if step.field.on_create is not None:
                    return Values(self.tables).dumped(type_)(moment(step))
                objects = self.tables.objects
                known = {} if step.required and isinstance(type_, Ref) and type_.name in objects else MISSING
            if known is MISSING:
                return None
            stated = known
        return None if stated is MISSING else self.of(stated, type_)


def _inside(held: Held, keys: Iterable[str]) -> Held:
    for key in keys:
        inner = held.setdefault(key, {})
        assert isinstance(inner, dict)
        held = inner
    return held


def _written(held: Held) -> str:
    members = (f"{text(key)}: {_written(value) if isinstance(value, dict) else value}" for key, value in held.items())
    return f"{{{', '.join(members)}}}"
