"""The stores of random histories: one row of each resource, to which others refer."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from scaffold.contract.naming import safe_name
from scaffold.contract.types import Kind, Scalar, Type
from scaffold.convert.records import Records

from .values import REFERRED


@dataclass(frozen=True)
class OneRow:
    """The stores of resources that have one row each, `REFERRED` by every kind of key."""

    records: Records
    store: str = ""

    def __getattr__(self, store: str) -> OneRow:
        return OneRow(self.records, store)

    def mine(self) -> OneRow:
        """All of it."""
        return self

    @property
    def type_name(self) -> str:
        """What the row is."""
        return self.store

    async def find_by(self, attribute: str, key: object) -> Any:
        """The row, where `key` is its key called `attribute`."""
        (record,) = (r for r in self.records.objects.values() if safe_name(r.resource or "") == self.store)
        keys = {f.attr: as_key(f.type) for f in record.fields if f.field.key}
        return SimpleNamespace(**keys) if keys[attribute] == key else None


def as_key(type_: Type) -> Any:
    """The key of a kind that the one row has, as records hold it."""
    assert isinstance(type_, Scalar)
    key = REFERRED[type_.kind]
    return UUID(key) if type_.kind is Kind.UUID else key
