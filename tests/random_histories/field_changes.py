"""Strategies of changes of which fields there are: they come, go, and take other names and places."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from scaffold.contract.address import TypeAddress
from scaffold.contract.changes import AddField, AliasFields, Change, MoveFields, RemoveField, RenameFields
from scaffold.contract.contract import Contract
from scaffold.contract.fitting import fits
from scaffold.contract.message import View
from scaffold.contract.named_types import Field
from scaffold.contract.types import MISSING, Kind, Ref, Scalar

from .contracts import references
from .drawing import member, member_at, objects, pick, value_for, value_of
from .hooks import MADE_UP
from .made_types import NAMES, ROOTS, Draw, fields, name_of, object_types


def add_field(draw: Draw, contract: Contract, version: str) -> Change | None:
    owner = pick(draw, objects(contract))
    free = [n for n in NAMES if owner is not None and owner.field(n) is None]
    if not free:
        return None
    if owner.name in contract.resources and draw(st.integers(0, 5)) == 0:
        made = draw(references(contract, owner.identity, draw(st.sampled_from(free)), version, lacking=True))
        return AddField(at=member_at(owner, made.name), field=made)
    # A resource inside another object would need someone to give it its key.
    named = tuple(n for n, t in contract.types.items() if name_of(t.identity) not in ROOTS)
    made = draw(fields(contract, owner.identity, draw(st.sampled_from(free)), named, version))
    if draw(st.integers(0, 9)) == 0:
        return AddField(at=member_at(owner, made.name), field=_computed(made, draw(st.sampled_from(list(MADE_UP)))))
    types: tuple[Any, ...] = ()
    if draw(st.integers(0, 4)) == 0 and f"Made{version.replace('.', '_')}" not in contract.types:
        types = (draw(object_types(contract, f"Made{version.replace('.', '_')}", version, most=2)),)
        made = replace(made, type=Ref(types[0].name), default=MISSING, on_create=None)
    grown = contract
    for type_ in types:
        grown = grown.with_type(type_)
    sends: Any = MISSING
    if made.required and made.default is MISSING and made.on_create is None:
        if made.read_only:
            return None
        sends = value_of(draw, grown, made.type, made.nullable, View.CREATE)
    change = AddField(at=member_at(owner, made.name), field=made, types=types, old_sends=sends)
    after = change.apply(contract, version)
    whole = sends is MISSING or sends is None or fits(after, made.type, sends, view=View.CREATE)
    return change if whole else None


def _computed(field: Field, kind: Kind) -> Field:
    plain = Field(field.identity, field.name, Scalar(kind), description=field.description)
    return replace(plain, read_only=True, computed=f"conversions.made_{kind}")


def remove_field(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = member(draw, contract)
    if found is None or len(found[0].fields) < 2:
        return None
    owner, field = found
    sees: Any = MISSING
    if field.required and field.default is MISSING:
        sees = value_for(draw, contract, field)
    return RemoveField(at=member_at(owner, field.name), old_sees=sees)


def rename_fields(draw: Draw, contract: Contract, version: str) -> Change | None:
    owner = pick(draw, objects(contract))
    if owner is None:
        return None
    if len(owner.fields) > 1 and draw(st.booleans()):
        one, other = draw(st.permutations([f.name for f in owner.fields]))[:2]
        return RenameFields(at=member_at(owner, one), names={one: other, other: one})
    one = draw(st.sampled_from([f.name for f in owner.fields]))
    return RenameFields(at=member_at(owner, one), names={one: draw(st.sampled_from(NAMES))})


def alias_fields(draw: Draw, contract: Contract, version: str) -> Change | None:
    owner = pick(draw, objects(contract))
    free = [n for n in NAMES if owner is not None and owner.field(n) is None]
    if len(free) < 2:
        return None
    names = draw(st.lists(st.sampled_from(free), min_size=1, max_size=2, unique=True))
    return AliasFields(at=member_at(owner, draw(st.sampled_from([f.name for f in owner.fields]))), names=tuple(names))


def move_fields(draw: Draw, contract: Contract, version: str) -> Change | None:
    owner = pick(draw, objects(contract))
    if owner is None:
        return None
    movable = [f for f in owner.fields if not f.key]
    nested = [
        (f, inner)
        for f in movable
        if isinstance(f.type, Ref) and (inner := contract.object(f.type.name)) is not None and inner.fields
    ]
    ways = ["nest"] + (["flatten", "into", "flatten"] if nested else [])
    way = draw(st.sampled_from(ways))
    if way == "flatten":
        holder, inner = draw(st.sampled_from(nested))
        parts = draw(st.lists(st.sampled_from([f.name for f in inner.fields]), min_size=1, unique=True))
        return MoveFields(sources=tuple(member_at(owner, holder.name, p) for p in parts), to=TypeAddress(owner.name))
    if not movable:
        return None
    chosen = draw(st.lists(st.sampled_from([f.name for f in movable]), min_size=1, max_size=2, unique=True))
    sources, stays = tuple(member_at(owner, n) for n in chosen), draw(st.integers(0, 3)) == 0
    if way == "into":
        holder, _ = draw(st.sampled_from(nested))
        if len(sources) == 1 and draw(st.booleans()):
            to = member_at(owner, holder.name, draw(st.sampled_from(NAMES)))
            return MoveFields(sources=sources, to=to, into=False, stays=stays)
        return MoveFields(sources=sources, to=member_at(owner, holder.name), stays=stays)
    return MoveFields(sources=sources, to=member_at(owner, draw(st.sampled_from(NAMES))), stays=stays)
