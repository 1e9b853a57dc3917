"""What documents say beside: descriptions, examples, kept keywords; and what they call deprecated."""

from __future__ import annotations

from ...contract.address import MemberAddress, OperationAddress, ParameterAddress
from ...contract.changes import Deprecate, Describe
from ...contract.documentation import documentation
from ...contract.named_types import EnumType, NamedType, ObjectType
from ...contract.types import Json
from .comparing import text
from .draft import Draft


def deprecate(draft: Draft) -> None:
    """Mark what the target marks as deprecated, and take marks back."""
    for type_ in draft.target.types.values():
        _values(draft, type_)
        old = draft.contract.object(type_.name)
        for f in type_.fields if isinstance(type_, ObjectType) else ():
            before = None if old is None else old.field(f.name)
            if before is not None and before.deprecated != f.deprecated:
                draft.make(Deprecate(at=MemberAddress(type_.name, (f.name,)), deprecated=f.deprecated))
    for operation in draft.target.operations:
        at = OperationAddress(operation.method, operation.path)
        found = draft.contract.operation(operation.method, operation.path)
        if found is None:
            continue
        if found.deprecated != operation.deprecated:
            draft.make(Deprecate(at=at, deprecated=operation.deprecated))
        for p in operation.parameters:
            held = found.parameter(p.name, p.location)
            if held is not None and held.deprecated != p.deprecated:
                where = ParameterAddress(at, p.location, p.name)
                draft.make(Deprecate(at=where, deprecated=p.deprecated))


def _values(draft: Draft, type_: NamedType) -> None:
    """Mark the values of an enum, and take marks back."""
    old = draft.contract.types.get(type_.name)
    if not isinstance(type_, EnumType) or not isinstance(old, EnumType):
        return
    for value in type_.values:
        before = old.value(value.value)
        if before is not None and before.deprecated != value.deprecated:
            draft.make(Deprecate(at=MemberAddress(type_.name, (value.value,)), deprecated=value.deprecated))


def describe(draft: Draft) -> None:
    """One change for everything that documents say otherwise."""
    old, new = documentation(draft.contract, empty=True), documentation(draft.target, empty=True)
    texts: dict[str, dict[str, Json]] = {}
    nulls: dict[str, tuple[str, ...]] = {}
    for at, said in new.items():
        before = old.get(at)
        if before is None:
            continue
        changed = {w: v for w, v in said.items() if w not in before or not _same(before[w], v)}
        empty = tuple(w for w, v in changed.items() if v is None)
        words = {w: v for w, v in changed.items() if v is not None} | {w: None for w in before if w not in said}
        if words:
            texts[at] = words
        if empty:
            nulls[at] = empty
    if texts or nulls:
        draft.make(Describe(texts=texts, nulls=nulls))


def _same(one: Json, other: Json) -> bool:
    return one == other if isinstance(one, str) else text(one) == text(other)
