"""Strategies of changes of a field itself: its type, its unit, its bounds, its marks, its default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from scaffold.contract.accepting import accepted
from scaffold.contract.address import MemberAddress
from scaffold.contract.changes import Change, ChangeField, Waiver
from scaffold.contract.codecs import CODECS, Codec
from scaffold.contract.contract import Contract
from scaffold.contract.message import View
from scaffold.contract.named_types import EnumType, Field
from scaffold.contract.types import MISSING, Fallback, Json, Kind, ListOf, MapOf, Ref, Scalar, Type

from .contracts import Draw
from .drawing import enums, member, member_at, objects, pick, value_of, way_to


def change_field(draw: Draw, contract: Contract, version: str) -> Change | None:
    if draw(st.integers(0, 7)) == 7:
        return _change_key(draw, contract)
    found = member(draw, contract)
    if found is None:
        return None
    owner, field = found
    what = way_to(draw, "type", "type", "required", "nullable", "default", "mark", "bounds")
    at = member_at(owner, field.name)
    if (forms := tuple(accepted(field.type))) and draw(st.integers(0, 5)) == 0:
        return ChangeField(at=at, accepts=() if field.accepts else forms)
    if what == "bounds":
        return _bounded(draw, at, field)
    if what == "type" and draw(st.integers(0, 2)) == 0 and (tabled := _tabled(draw, contract, field)) is not None:
        return replace(tabled, at=at)
    if what == "type" and draw(st.integers(0, 3)) == 0 and (listed := _listed(draw, contract, field)) is not None:
        return replace(listed, at=at)
    if what == "type":
        made = recoded(draw, field.type)
        if made is None:
            return None
        new, codec = made
        more: dict[str, Any] = {"old_sees": value_of(draw, contract, field.type, field.nullable)}
        if field.default is not MISSING:
            more["default"] = value_of(draw, contract, new)
        if codec.up_fails:
            ways = (None, *(["null"] if field.nullable else []), *(["default"] if "default" in more else []), Fallback)
            way = draw(st.sampled_from(ways))
            more["unreadable"] = Fallback(value_of(draw, contract, new)) if way is Fallback else way
        named = not codec.natural or draw(st.booleans())
        return ChangeField(at=at, type=new if new != field.type else None, codec=codec.name if named else None, **more)
    if what == "required":
        change = ChangeField(at=at, required=not field.required)
    elif what == "nullable":
        change = ChangeField(at=at, nullable=not field.nullable)
        if field.default is None:
            change = replace(change, default=value_of(draw, contract, field.type))
    elif what == "default":
        if _refers_to_object(contract, field.type):
            return None
        if field.default is not MISSING:
            change = ChangeField(at=at, drop=("default",))
        else:
            change = ChangeField(at=at, default=value_of(draw, contract, field.type, field.nullable))
    else:
        marks = ["write_only", "unique", "deprecated"]
        marks += ["read_only"] if not field.required or field.default is not MISSING or field.on_create else []
        marks += ["create_only"] if owner.name in contract.resources else []
        mark = draw(st.sampled_from(marks))
        policy = draw(st.sampled_from(("keep", "drop"))) if mark in ("read_only", "create_only") else "keep"
        policy = "keep" if getattr(field, mark) else policy
        change = ChangeField(at=at, marks={mark: not getattr(field, mark)}, policy=policy)
    after = change.after(field)
    return replace(
        change,
        old_sends=value_of(draw, contract, after.type, after.nullable, View.CREATE),
        old_sees=value_of(draw, contract, field.type, field.nullable),
    )


def _change_key(draw: Draw, contract: Contract) -> Change | None:
    """The key of a resource is of another kind, and older versions keep theirs."""
    owner = pick(draw, [t for t in objects(contract) if t.name in contract.resources])
    if owner is None or owner.key is None:
        return None
    kind = owner.key.type.kind
    other = draw(st.sampled_from([k for k in (Kind.INT, Kind.UUID, Kind.STR) if k is not kind]))
    return ChangeField(at=member_at(owner, owner.key.name), type=Scalar(other), keep=kind)


BOUNDS: Mapping[Kind, tuple[Mapping[str, Json], ...]] = {
    Kind.STR: ({"max_length": 3}, {"max_length": 7}, {"max_length": None}, {"min_length": 1}, {"min_length": None}),
    Kind.INT: ({"ge": 0}, {"ge": None}, {"le": 3}, {"lt": 9}, {"le": None, "lt": None}),
    Kind.FLOAT: ({"ge": 0.5}, {"ge": None}, {"gt": -2.5}, {"le": 1.5}),
    Kind.DECIMAL: ({"ge": 0}, {"le": 2}, {"le": None}),
}


def _bounded(draw: Draw, at: MemberAddress, field: Field) -> Change | None:
    """Another bound; the policy is one that fits it."""
    if isinstance(field.type, ListOf):
        bounds: Mapping[str, Json] = {"max_items": draw(st.sampled_from((1, 2, None)))}
    elif isinstance(field.type, Scalar) and field.type.kind in BOUNDS and not field.type.choices:
        bounds = draw(st.sampled_from(BOUNDS[field.type.kind]))
    else:
        return None
    if all(getattr(field.type, name) == bound for name, bound in bounds.items()) or field.default is not MISSING:
        return None
    policies = ["keep", "refuse", *([] if "min_length" in bounds else ["clamp"])]
    policy = draw(st.sampled_from(policies))
    waiver = Waiver("Ada", "Nobody does it.") if policy == "refuse" else None
    gone = tuple(name for name, bound in bounds.items() if bound is None and getattr(field.type, name) is not None)
    new = {name: bound for name, bound in bounds.items() if bound is not None}
    return ChangeField(at=at, bounds=new or None, drop=gone, policy=policy, waiver=waiver)


def _refers_to_object(contract: Contract, type_: Type) -> bool:
    while isinstance(type_, ListOf | MapOf):
        type_ = type_.items if isinstance(type_, ListOf) else type_.values
    return isinstance(type_, Ref) and contract.object(type_.name) is not None


def _tabled(draw: Draw, contract: Contract, field: Field) -> ChangeField | None:
    """An enum becomes a text, a bool or another enum, or something becomes an enum."""
    at = MemberAddress("", ())
    sees = value_of(draw, contract, field.type, field.nullable)
    held = contract.types.get(field.type.name) if isinstance(field.type, Ref) else None
    enum = pick(draw, enums(contract))
    if field.default is not MISSING or enum is None:
        return None
    words = st.sampled_from([v.value for v in enum.values])
    match field.type:
        case Scalar(kind=Kind.STR, choices=()):
            return ChangeField(at=at, type=Ref(enum.name), unreadable=Fallback(draw(words)))
        case Scalar(kind=Kind.BOOL, choices=()):
            rows = tuple((flag, draw(words)) for flag in (True, False))
            return ChangeField(at=at, type=Ref(enum.name), values=rows, old_sees=sees)
        case _ if not isinstance(held, EnumType):
            return None
    others = (Scalar(Kind.STR), Scalar(Kind.BOOL), *([Ref(enum.name)] if enum.name != held.name else []))
    new = draw(st.sampled_from(others))
    rows = tuple((v.value, value_of(draw, contract, new)) for v in held.values)
    said = None if new == Scalar(Kind.STR) else rows
    return ChangeField(at=at, type=new, values=said, old_sees=sees)


def _listed(draw: Draw, contract: Contract, field: Field) -> ChangeField | None:
    """One value becomes a list of values, or a list one value."""
    at = MemberAddress("", ())
    sees = value_of(draw, contract, field.type, field.nullable)
    match field.type:
        case _ if field.default is not MISSING:
            return None
        case Scalar(kind=Kind.STR, choices=()) as one if draw(st.booleans()):
            return ChangeField(at=at, type=ListOf(Scalar(Kind.STR)), codec="csv<->list")
        case Scalar(choices=()) as one:
            pick = draw(st.sampled_from(("first", "last")))
            return ChangeField(at=at, type=ListOf(one), pick=pick, old_sees=sees)
        case ListOf(items=Scalar(kind=Kind.STR, choices=())) if draw(st.booleans()):
            return ChangeField(at=at, type=Scalar(Kind.STR), codec="list<->csv", old_sees=sees)
        case ListOf(items=Scalar(choices=()) as one):
            pick = draw(st.sampled_from(("first", "last", "refuse")))
            return ChangeField(at=at, type=one, pick=pick, unreadable=Fallback(value_of(draw, contract, one)))
    return None


def recoded(draw: Draw, type_: Type) -> tuple[Type, Codec] | None:
    """Another type, or the same one for another unit, and the codec that leads there."""
    match type_:
        case Scalar(kind=kind):
            small = type_.format == "int32"
            rows = [c for c in CODECS if c.older is kind and (small or c.name != "int32<->int64")]
            if not rows or type_.choices:
                return None
            codec = draw(st.sampled_from(rows))
            if codec.older is codec.newer and not codec.alike:
                return type_, codec
            return Scalar(codec.newer, format="int32" if codec.name == "int64<->int32" else None), codec
        case ListOf(items=inner):
            made = recoded(draw, inner)
            return None if made is None else (replace(type_, items=made[0]), made[1])
        case MapOf(values=inner):
            made = recoded(draw, inner)
            return None if made is None else (MapOf(made[0]), made[1])
    return None
