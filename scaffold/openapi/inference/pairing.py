"""Types that are written in a place: the same place on both sides has the same one, whatever it is called."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ...contract.changes import ChangeType, RenameType
from ...contract.changes.types import with_names
from ...contract.named_types import AliasType, EnumType, NamedType, ObjectType
from ...contract.operation import Operation
from ...contract.types import ListOf, MapOf, Ref, Type, UnionOf
from .comparing import is_inline
from .draft import Draft
from .enums import rename_values
from .fields import rename_fields
from .matching import THRESHOLD, names_alike
from .moves import move_fields
from .shapes import alike, members_alike, used_once


def settle(draft: Draft) -> None:
    """Rename what is inside of types, and give the target's types written in place the names they have here."""
    names: dict[str, str] = {}
    used: set[str] = set()
    seen: set[str] = set()
    waiting = deque(n for n, t in draft.target.types.items() if not is_inline(t) and n in draft.contract.types)
    operations = deque(draft.target.operations)
    while waiting or operations:
        if waiting:
            name = waiting.popleft()
            if name in seen:
                continue
            seen.add(name)
            pairs = _inside(draft, names.get(name, name), draft.target.types[name])
        else:
            pairs = _carried(draft, operations.popleft())
        for one, other in pairs:
            met = _meet(draft, one.name, other.name, names, used)
            if met is not None:
                waiting.append(met)
    _rename_target(draft, names)


def _inside(draft: Draft, name: str, target: NamedType) -> Iterator[tuple[Ref, Ref]]:
    """The types at the same places inside two named types, after renames inside."""
    match target:
        case ObjectType():
            move_fields(draft, name, target)
            rename_fields(draft, name, target)
            held = draft.contract.object(name)
            if held is None:
                return
            for f in target.fields:
                before = held.field(f.name)
                if before is not None:
                    yield from _places(draft, before.type, f.type)
            if held.rest is not None and target.rest is not None:
                yield from _places(draft, held.rest, target.rest)
        case EnumType():
            rename_values(draft, name, target)
        case AliasType():
            alias = draft.contract.alias(name)
            if alias is not None:
                yield from _places(draft, alias.type, target.type)


def _places(draft: Draft, one: Type, other: Type) -> Iterator[tuple[Ref, Ref]]:
    """The references at the same places inside two types; variants are those that are alike, and the one left over."""
    match one, other:
        case Ref(), Ref():
            yield one, other
        case ListOf(items=old), ListOf(items=new):
            yield from _places(draft, old, new)
        case MapOf(values=old), MapOf(values=new):
            yield from _places(draft, old, new)
        case UnionOf(old_variants), UnionOf(new_variants):
            left = list(old_variants)
            later = []
            for variant in new_variants:
                met = next((v for v in left if alike(draft, v, variant)), None)
                if met is None:
                    later.append(variant)
                else:
                    left.remove(met)
                    yield from _places(draft, met, variant)
            if len(left) == len(later) == 1:
                yield from _places(draft, left[0], later[0])
        case _:
            return


def _carried(draft: Draft, new: Operation) -> Iterator[tuple[Ref, Ref]]:
    """The types at the same places of two operations."""
    old = draft.contract.operation(new.method, new.path)
    if old is None:
        return
    for p in new.parameters:
        before = old.parameter(p.name, p.location)
        if before is not None:
            yield from _places(draft, before.type, p.type)
    messages = [] if old.body is None or new.body is None else [(old.body.forms, new.body.forms)]
    for r in new.responses:
        answer = next((o for o in old.responses if str(o.status) == str(r.status)), None)
        if answer is not None:
            messages.append((answer.forms, r.forms))
            headers = {h.name.lower(): h.type for h in answer.headers}
            for h in r.headers:
                if h.name.lower() in headers:
                    yield from _places(draft, headers[h.name.lower()], h.type)
    for before_forms, after_forms in messages:
        held = {f.media_type: f.type for f in before_forms}
        for f in after_forms:
            one = held.get(f.media_type)
            if one is not None and f.type is not None:
                yield from _places(draft, one, f.type)


def _meet(draft: Draft, one: str, other: str, names: dict[str, str], used: set[str]) -> str | None:
    """Two types that stand in the same place; the name of the second where its inside is to be looked at."""
    old, new = draft.contract.types.get(one), draft.target.types.get(other)
    if old is None or new is None or type(old) is not type(new) or other in names or one in used:
        return None
    if is_inline(new):
        there = draft.target.types.get(one)
        free = there is None or is_inline(there)
        if is_inline(old) or (free and _put_in_place(draft, old, new)):
            names[other] = one
            used.add(one)
            return other
        return None
    if is_inline(old) and other not in draft.contract.types:
        return _split_off(draft, old, new)
    return None


def _split_off(draft: Draft, old: NamedType, new: NamedType) -> str | None:
    """What was written in a place is a type of its own."""
    inside = members_alike(old, new)
    confidence = round(min(0.99, 0.7 * inside + 0.3 * max(0.7, names_alike(old.name, new.name))), 2)
    if not draft.guess or confidence < THRESHOLD:
        return None
    reasons = (f"it stands in the place of `{old.name}`", "they have the same members")
    if not draft.make(RenameType(name=old.name, to=new.name, guessed=confidence), reasons):
        return None
    stated: dict[str, Any] = {"component": new.component} if new.component else {}
    draft.make(ChangeType(name=new.name, inline=False, **stated))
    return new.name


def _put_in_place(draft: Draft, old: NamedType, new: NamedType) -> bool:
    """What was a type of its own is written in the one place that mentions it."""
    inside = members_alike(old, new)
    if not draft.guess or inside < THRESHOLD or not used_once(draft.contract, old.name):
        return False
    stated: dict[str, Any] = {"component": None} if old.component else {}
    reasons = (f"it stands in the place of `{old.name}`", "they have the same members")
    change = ChangeType(name=old.name, inline=True, guessed=round(min(0.99, inside), 2), **stated)
    return draft.make(change, reasons)


def _rename_target(draft: Draft, names: dict[str, str]) -> None:
    """Give the target's types written in place the names they have in the contract so far, and new ones free names."""
    taken = {*draft.contract.types, *(n for n, t in draft.target.types.items() if not is_inline(t)), *names.values()}
    for name, type_ in draft.target.types.items():
        if is_inline(type_) and name not in names:
            found, number = name, 1
            while found in taken:
                number += 1
                found = f"{name}{number}"
            names[name] = found
            taken.add(found)
    moved = {old: new for old, new in names.items() if old != new}
    if moved:
        draft.target = with_names(draft.target, moved)
    draft.target = replace(draft.target, version=draft.version)
