"""What is stored as one type alone cannot become one of several, and not the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.changes import AddVariant, ChangeField, ChangeType, RemoveVariant
from ..contract.contract import Contract
from ..contract.history import Applied, History
from ..contract.named_types import ObjectType
from ..contract.types import ListOf, MapOf, Type, UnionOf
from ..contract.views import objects_in
from ..diagnostics import Diagnostic
from .conversions import wrapped
from .stated import identified
from .steps import crossing_of


def of_stored(applied: Applied, history: History) -> Iterator[Diagnostic]:
    """The fields of stored records whose values a change puts among others, though no codec leads there."""
    change = applied.change
    if not isinstance(change, AddVariant | RemoveVariant | ChangeField | ChangeType):
        return
    after = applied.after.fields_by_identity
    for owner in _stored(applied.before):
        for field in owner.fields:
            if field.identity not in after:
                continue
            older = identified(field.type, applied.before)
            newer = identified(after[field.identity][1].type, applied.after)
            if older != newer and _turns(older, newer) and crossing_of(history, applied, field.identity) is None:
                at = f"{owner.name}.{field.name}"
                yield Diagnostic(
                    "SC334",
                    f"`{at}` is stored as `{field.type}`, and cannot be stored as "
                    f"`{after[field.identity][1].type}` from then on",
                    help="add a field of the new type beside it, and remove this one",
                )


def _turns(older: Type, newer: Type) -> bool:
    """Whether values have stood alone and would stand among others, or have stood among others and would not."""
    match older, newer:
        case (ListOf(items=a), ListOf(items=b)) | (MapOf(values=a), MapOf(values=b)):
            return _turns(a, b)
        case (UnionOf(a), UnionOf(b)):
            return not wrapped(a) and wrapped(b)
        case _:
            return any(isinstance(t, UnionOf) and wrapped(t.variants) for t in (older, newer))


def _stored(contract: Contract) -> Iterator[ObjectType]:
    """The objects that rows are, or hold."""
    waiting, seen = list(contract.resources), set[str]()
    while waiting:
        name = waiting.pop()
        found = contract.object(name)
        if found is not None and name not in seen:
            seen.add(name)
            yield found
            waiting += [t.name for f in found.fields for t in objects_in(contract, f.type)]
