"""Fields of one object: which were renamed or moved, and what else changed about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields as attributes
from typing import Any

from ...contract.address import MemberAddress
from ...contract.changes import AddField, ChangeField, RemoveField, RenameFields
from ...contract.named_types import Field, ObjectType
from ...contract.reach import Direction
from ...contract.types import CONSTRAINTS, LIST_CONSTRAINTS, MISSING, Json, ListOf, Ref, Scalar, Type
from .choosing import Chosen, codec_for, field_values, keep, value_for
from .comparing import same_type, text
from .draft import Draft
from .matching import Evidence, about_examples, about_names, about_prose, best_pairs
from .shapes import alike
from .unions import change_union

MARKS = ("key", "read_only", "write_only", "create_only", "unique", "on_create")


def rename_fields(draft: Draft, owner: str, target: ObjectType) -> None:
    """Rename fields of `owner` that stand under other names in `target`, where that is likely enough."""
    old = draft.contract.object(owner)
    if old is None or not draft.guess:
        return
    gone = [f for f in old.fields if target.field(f.name) is None]
    come = [f for f in target.fields if old.field(f.name) is None]
    candidates = [(f.name, g.name, _evidence(draft, f, g, gone, come)) for f in gone for g in come]
    for pair in best_pairs((o, n, e) for o, n, e in candidates if e is not None):
        change = RenameFields(at=_at(owner, pair.old), names={pair.old: pair.new}, guessed=pair.confidence)
        draft.make(change, pair.reasons)


def _at(owner: str, *names: str) -> MemberAddress:
    return MemberAddress(owner, names)


def _evidence(draft: Draft, one: Field, other: Field, gone: list[Field], come: list[Field]) -> Evidence | None:
    """What speaks for two fields being one; not their order, which an exported document may have otherwise."""
    if not alike(draft, one.type, other.type):
        return None
    found = Evidence()
    about_names(found, one.name, other.name)
    about_prose(found, one.description, other.description)
    about_examples(found, one.example, other.example)
    common = isinstance(one.type, Scalar) and one.type == Scalar(one.type.kind)
    found.add(1.0 if common else 2.0, 1.0, f"both are {one.type}")
    modes = [getattr(one, m) == getattr(other, m) for m in ("required", "nullable", "read_only", "write_only")]
    found.add(1.0, sum(modes) / len(modes), "required and shown alike")
    alone = [sum(alike(draft, f.type, other.type) for f in gone), sum(alike(draft, one.type, f.type) for f in come)]
    found.add(1.0, 1.0 if alone == [1, 1] else None, "the only ones of their type that go and come")
    return found


def change_fields(draft: Draft, owner: str) -> None:
    """Remove, add and change the fields of `owner` until they are those of the target."""
    old, new = draft.contract.object(owner), draft.target.object(owner)
    assert old is not None  # both are here
    assert new is not None
    for f in old.fields:
        if new.field(f.name) is None:
            _remove(draft, old, f)
    for f in new.fields:
        before = old.field(f.name)
        if before is None:
            _add(draft, old, f)
        elif not _change(draft, old, before, f):
            _remove(draft, old, before)
            _add(draft, old, f)


def _remove(draft: Draft, owner: ObjectType, field: Field) -> None:
    chosen: Chosen = []
    sees: Any = MISSING
    promised = field.required and field.default is MISSING and not field.write_only
    if promised and Direction.RESPONSE in draft.ways(owner):
        sees = value_for(draft.contract, field.type, nullable=field.nullable, key="old_sees", chosen=chosen)
    draft.make(RemoveField(at=_at(owner.name, field.name), old_sees=sees), chosen=chosen)


def _add(draft: Draft, owner: ObjectType, field: Field) -> None:
    chosen: Chosen = []
    sends: Any = MISSING
    needed = field.required and field.default is MISSING and field.on_create is None and not field.read_only
    if needed and Direction.REQUEST in draft.ways(owner):
        sends = value_for(draft.target, field.type, nullable=field.nullable, key="old_sends", chosen=chosen)
    types = draft.brought([field.type])
    change = AddField(at=_at(owner.name, field.name), field=field, types=types, old_sends=sends)
    draft.make(change, chosen=chosen)


def _change(draft: Draft, owner: ObjectType, before: Field, after: Field) -> bool:
    """Change what differs but prose and the deprecated mark; False where that cannot be said."""
    stated: dict[str, Any] = {}
    chosen: Chosen = []
    at = _at(owner.name, before.name)
    if not same_type(before.type, after.type) and not change_union(draft, at, before.type, after.type):
        found = bounds_between(before.type, after.type)
        if found is not None:
            bounds, drop = found
            stated |= {"bounds": bounds or None, "drop": drop, "policy": keep(chosen)}
        else:
            stated |= {"type": after.type, "types": draft.brought([after.type])}
            stated["codec"] = codec_for(draft.contract, before.type, after.type, chosen)
            if _bounded(before.type) and stated["codec"] is None:
                stated["policy"] = keep(chosen)
    for word in ("required", "nullable"):
        if getattr(before, word) != getattr(after, word):
            stated[word] = getattr(after, word)
    if after.default is MISSING and before.default is not MISSING:
        stated["drop"] = (*stated.get("drop", ()), "default")
    elif after.default is not MISSING and (before.default is MISSING or text(before.default) != text(after.default)):
        stated["default"] = after.default
    marks = {m: getattr(after, m) for m in MARKS if getattr(before, m) != getattr(after, m)}
    if marks:
        stated["marks"] = marks
        if before.write_only < after.write_only or before.read_only < after.read_only:
            stated["policy"] = keep(chosen)
    if not stated:
        return True
    sends, sees = field_values(draft.target, draft.ways(owner), before, after, chosen)
    change = ChangeField(at=at, old_sends=sends, old_sees=sees, **stated)
    return draft.make(change, chosen=chosen)


def _bounded(type_: Type) -> bool:
    return isinstance(type_, Scalar) and any(getattr(type_, n) is not None for n in CONSTRAINTS)


def bounds_between(before: Type, after: Type) -> tuple[Mapping[str, Json], tuple[str, ...]] | None:
    """The bounds that are new and the names of those that go, where nothing else about a type changes."""
    names: tuple[str, ...]
    match before, after:
        case Scalar(), Scalar():
            names = CONSTRAINTS
        case ListOf(), ListOf():
            names = LIST_CONSTRAINTS
        case _:
            return None
    rest = [a.name for a in attributes(before) if a.name not in (*names, "extra")]
    if any(not _same(getattr(before, n), getattr(after, n)) for n in rest):
        return None
    changed = {n: getattr(after, n) for n in names if text(getattr(before, n)) != text(getattr(after, n))}
    bounds = {n: value for n, value in changed.items() if value is not None and value is not False}
    return bounds, tuple(n for n in changed if n not in bounds)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Scalar | ListOf | Ref) or hasattr(one, "extra"):
        return same_type(one, other)
    return sorted(map(text, one)) == sorted(map(text, other)) if isinstance(one, tuple) else bool(one == other)
