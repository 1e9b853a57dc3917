"""What of a stored request is deprecated below its version: since when its answer says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ..contract.contract import Contract
from ..contract.fitting import fitting_variant
from ..contract.history import History
from ..contract.message import View
from ..contract.named_types import AliasType, EnumType, ObjectType
from ..contract.operation import Operation
from ..contract.types import Json, ListOf, MapOf, Ref, Type, UnionOf
from ..contract.views import view_fields
from .deprecations import marks, released
from .tests_calendar import instant


@dataclass(frozen=True)
class Uses:
    """What is deprecated in a version, by identity, and since when; `born` has the day of each version and release."""

    contract: Contract
    days: Mapping[str, date | datetime]
    born: Mapping[str, date | datetime | None]

    def header(self, operation: Operation, sends: Json, given: Mapping[str, Json]) -> str | None:
        """The `Deprecation` (RFC 9745) of an answer to a body, and to parameters by name; None where it has none."""
        used = [i for p in operation.parameters if p.name in given for i in self._in(p.type, given[p.name], View.INPUT)]
        used += [p.identity for p in operation.parameters if p.name in given and p.deprecated]
        if operation.body is not None:
            used += self._in(operation.body.type, sends, operation.body.view)
        days = [d for i in used if (d := self.days.get(i) or self.born.get(i.partition(":")[0])) is not None]
        return f"@{min(int(instant(d).timestamp()) for d in days)}" if days else None

    def _in(self, type_: Type, value: Json, view: View) -> Iterator[str]:
        """What is deprecated of a value, and of what stands in it."""
        match type_, value:
            case ListOf(items=inner), list():
                for item in value:
                    yield from self._in(inner, item, view)
            case MapOf(values=inner), dict():
                for item in value.values():
                    yield from self._in(inner, item, view)
            case UnionOf(variants), _:
                chosen = fitting_variant(self.contract, type_, value, view=view)
                yield from () if chosen is None else self._in(variants[chosen], value, view)
            case Ref(name), _:
                named = self.contract.types.get(name)
                if isinstance(named, AliasType):
                    yield from self._in(named.type, value, view)
                elif isinstance(named, EnumType):
                    yield from (v.identity for v in named.values if v.deprecated and v.value == value)
                elif isinstance(named, ObjectType) and isinstance(value, dict):
                    yield from self._fields(named, value, view)

    def _fields(self, owner: ObjectType, value: Mapping[str, Json], view: View) -> Iterator[str]:
        for f in view_fields(owner, view, self.contract.version):
            if f.name in value:
                yield from (f.field.identity,) if f.field.deprecated else ()
                yield from self._in(f.type, value[f.name], f.nested)


def uses(history: History, contract: Contract) -> Uses:
    """What is deprecated in a version."""
    days = {identity: found.since for identity, found in marks(history, contract).items()}
    return Uses(contract, days, released(history))
