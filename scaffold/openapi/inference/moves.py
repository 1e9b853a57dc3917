"""Fields that moved into an object inside their own, or out of it: nest and flatten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...contract.address import MemberAddress, TypeAddress
from ...contract.changes import ChangeType, MoveFields, RenameFields
from ...contract.contract import Contract
from ...contract.named_types import Field, ObjectType
from ...contract.types import Ref
from .comparing import is_inline
from .draft import Draft
from .matching import THRESHOLD, Evidence, about_prose, words
from .shapes import alike, used_once


@dataclass(frozen=True)
class _Moved:
    """One field with its name on both sides."""

    outer: Field
    inner: Field

    @property
    def renamed(self) -> bool:
        return self.outer.name != self.inner.name


def move_fields(draft: Draft, owner: str, target: ObjectType) -> None:
    """Nest and flatten fields of `owner`, where that is likely enough."""
    if not draft.guess:
        return
    for holder in target.fields:
        _nest(draft, owner, target, holder)
    old = draft.contract.object(owner)
    for holder in old.fields if old is not None else ():
        _flatten(draft, owner, target, holder)


def _object(contract: Contract, field: Field | None) -> ObjectType | None:
    return contract.object(field.type.name) if field is not None and isinstance(field.type, Ref) else None


def _nest(draft: Draft, owner: str, target: ObjectType, holder: Field) -> None:
    old, inner = draft.contract.object(owner), _object(draft.target, holder)
    if old is None or inner is None:
        return
    gone = [f for f in old.fields if target.field(f.name) is None]
    if not gone:
        return
    there = old.field(holder.name)
    held = _object(draft.contract, there)
    if there is not None and (held is None or not used_once(draft.contract, held.name)):
        return
    if there is None and inner.name in draft.contract.types and not is_inline(inner):
        return  # the object is one that others have too
    come = [f for f in inner.fields if held is None or held.field(f.name) is None]
    pairs = _pairs(draft, holder.name, gone, come, outer_is_old=True)
    evidence = _evidence(pairs, len(come))
    if evidence.confidence < THRESHOLD:
        return
    name = None if held is not None else draft_name(draft, inner)
    move = MoveFields(
        sources=tuple(MemberAddress(owner, (p.outer.name,)) for p in pairs),
        to=MemberAddress(owner, (holder.name,)),
        type_name=name,
        guessed=evidence.confidence,
    )
    if draft.make(move, evidence.reasons):
        made = draft.contract.object(owner)
        inside = _object(draft.contract, None if made is None else made.field(holder.name))
        if inside is not None:
            if is_inline(inner) and not is_inline(inside):
                draft.make(ChangeType(name=inside.name, inline=True))
            _rename(draft, inside.name, {p.outer.name: p.inner.name for p in pairs if p.renamed}, evidence)


def draft_name(draft: Draft, inner: ObjectType) -> str:
    """What the object that is made to receive fields is called."""
    return draft.free_name(inner.name) if is_inline(inner) and inner.name in draft.contract.types else inner.name


def _flatten(draft: Draft, owner: str, target: ObjectType, holder: Field) -> None:
    old = draft.contract.object(owner)
    inner = _object(draft.contract, holder)
    if old is None or inner is None or inner.name == owner:
        return
    left = _object(draft.target, target.field(holder.name))
    gone = [f for f in inner.fields if left is None or left.field(f.name) is None]
    come = [f for f in target.fields if old.field(f.name) is None]
    if not gone or not come or not used_once(draft.contract, inner.name):
        return
    pairs = _pairs(draft, holder.name, gone, come, outer_is_old=False)
    evidence = _evidence(pairs, len(gone))
    if evidence.confidence < THRESHOLD:
        return
    move = MoveFields(
        sources=tuple(MemberAddress(owner, (holder.name, p.inner.name)) for p in pairs),
        to=TypeAddress(owner),
        guessed=evidence.confidence,
    )
    if draft.make(move, evidence.reasons):
        _rename(draft, owner, {p.inner.name: p.outer.name for p in pairs if p.renamed}, evidence)


def _pairs(draft: Draft, holder: str, old: list[Field], new: list[Field], *, outer_is_old: bool) -> list[_Moved]:
    """The fields that have the same name on both sides, or the holder's name before it outside, and alike types."""
    found: list[_Moved] = []
    for one in old:
        for other in new:
            outer, inner = (one, other) if outer_is_old else (other, one)
            named = outer.name == inner.name or words(outer.name) == (*words(holder), *words(inner.name))
            taken = any(m.outer is outer or m.inner is inner for m in found)
            if named and not taken and alike(draft, one.type, other.type):
                found.append(_Moved(outer, inner))
    return found


def _evidence(pairs: list[_Moved], whole: int) -> Evidence:
    found = Evidence()
    if not pairs:
        return found
    listed = ", ".join(f"`{p.outer.name}`" for p in pairs)
    prefixed = any(p.renamed for p in pairs)
    found.add(2.0, 1.0 if len(pairs) > 1 or prefixed else 0.4, f"{listed} by name and type", telling=True)
    found.add(2.0, len(pairs) / whole, "they are most of what the object holds")
    for p in pairs:
        about_prose(found, p.outer.description, p.inner.description, 1.0)
    return found


def _rename(draft: Draft, owner: str, names: Mapping[str, str], evidence: Evidence) -> None:
    for old, new in names.items():
        change = RenameFields(at=MemberAddress(owner, (old,)), names={old: new}, guessed=evidence.confidence)
        draft.make(change, ("the name had the holder's before it, or lost it",))
