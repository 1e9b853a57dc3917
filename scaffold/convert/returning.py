"""What comes back of a field whose values are converted: its version may be shown what it could not have written.

A text that became a number is shown longer than the text may be; a moment that is cut to seconds on its way is shown
as one that has no way back. Neither bounds nor codecs refuse what a caller is shown: it stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from ..contract.changes import ChangeField
from ..contract.contract import Contract
from ..contract.history import Applied, History
from ..contract.named_types import Field
from ..contract.reach import Direction
from ..contract.types import CONSTRAINTS, ListOf, MapOf, Scalar, Type
from .codecs import hook_at
from .innermost import coded, reads_back
from .joints import joints
from .stated import alike, identified
from .stating import concerns
from .values import NoWay, conversion


@dataclass(frozen=True)
class Returning:
    """Says of the fields of each version what comes back of them."""

    history: History

    @cached_property
    def fields(self) -> frozenset[str]:
        """The fields whose values some change converts, alone or together with others."""
        alone = (identity for applied in self.history.applied for identity in _converted(applied))
        together = (f.identity for j in joints(self.history.applied) for f in (*j.older, *j.newer))
        return frozenset((*alone, *together))

    def unheld(self, field: Field) -> Type:
        """The type of what a field may be shown: without bounds, where other versions have it in another form."""
        return unbounded(field.type) if field.identity in self.fields else field.type

    def late(self, field: Field, contract: Contract, version: str) -> bool:
        """Whether a version may be shown of a field what no codec reads: only the record tells what to refuse then."""
        if field.identity not in self.fields or field.write_only:
            return False
        later = self.history.since_about(version, {field.identity})
        if any(
            isinstance(a.change, ChangeField) and a.change.as_seen == "write" and concerns(a, field.identity)
            for a in later
        ):
            return False
        split = next((j for j in joints(later) if field.identity in (f.identity for f in j.older)), None)
        if split is not None and split.hook and split.splits:
            return True
        try:
            crossing = conversion(self.history, version, field.identity, field.type, contract, Direction.REQUEST)
        except NoWay:
            return False
        return not reads_back(crossing) or (coded(crossing) is not None and any(map(_of_any_size, self._forms(field))))

    def _forms(self, field: Field) -> Iterator[Type]:
        """Every type that a field ever had."""
        for contract in self.history.contracts:
            if field.identity in contract.fields_by_identity:
                yield contract.fields_by_identity[field.identity][1].type


def _converted(applied: Applied) -> Iterator[str]:
    before, after = applied.before.fields_by_identity, applied.after.fields_by_identity
    for identity in applied.touched & before.keys() & after.keys():
        older, newer = before[identity][1], after[identity][1]
        same = alike(identified(older.type, applied.before), identified(newer.type, applied.after))
        if not same or older.meaning != newer.meaning or hook_at(applied, identity):
            yield identity


def unbounded(type_: Type) -> Type:
    """`type_` with all values of its kinds."""
    match type_:
        case Scalar():
            kept = () if type_.format == "int32" else ("format",)
            free: dict[str, Any] = {name: None for name in CONSTRAINTS if name not in kept}
            return replace(type_, **free)
        case ListOf(items=inner):
            return replace(type_, items=unbounded(inner), min_items=None, max_items=None, unique_items=False)
        case MapOf(values=inner):
            return replace(type_, values=unbounded(inner))
        case _:
            return type_


def _of_any_size(type_: Type) -> bool:
    while isinstance(type_, ListOf | MapOf):
        type_ = type_.items if isinstance(type_, ListOf) else type_.values
    return isinstance(type_, Scalar) and type_.format == "unbounded"
