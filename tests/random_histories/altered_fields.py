"""Strategies of changes of a field itself: its bounds, its marks, its default, whether it may be missing or null."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from hypothesis import strategies as st

from scaffold.contract.accepting import accepted
from scaffold.contract.changes import Change, ChangeField, Waiver
from scaffold.contract.contract import Contract
from scaffold.contract.message import View
from scaffold.contract.named_types import Field, ObjectType
from scaffold.contract.types import MISSING, Json, Kind, ListOf, MapOf, Ref, Scalar, Type

from .drawing import member_at, objects, pick, value_for, value_of, way_to
from .made_types import Draw
from .retyped_fields import NOWHERE, RETYPED, Way


def change_field(draw: Draw, contract: Contract, version: str) -> Change | None:
    """A way that fits some field is drawn first, then the field: rare fields are changed as often as others."""
    if draw(st.integers(0, 9)) == 9:
        return _change_key(draw, contract)
    found = [(t, f) for t in objects(contract) for f in t.fields if not f.key]
    fitting = {name: [(t, f) for t, f in found if fits(contract, f)] for name, (fits, _) in WAYS.items()}
    ways = [name for name, fields in fitting.items() if fields for _ in range(3 if name in RARE else 1)]
    if not ways:
        return None
    chosen = way_to(draw, *ways)
    owner, field = draw(st.sampled_from(fitting[chosen]))
    made = WAYS[chosen][1](draw, contract, owner, field)
    return None if made is None else replace(made, at=member_at(owner, field.name))


def _told(draw: Draw, contract: Contract, field: Field, change: ChangeField) -> ChangeField:
    """`change` with what older clients send and see."""
    after = change.after(field)
    return replace(
        change,
        old_sends=value_for(draw, contract, after, View.CREATE),
        old_sees=value_for(draw, contract, field),
    )


def _required(draw: Draw, contract: Contract, owner: ObjectType, field: Field) -> ChangeField | None:
    return _told(draw, contract, field, ChangeField(at=NOWHERE, required=not field.required))


def _nullable(draw: Draw, contract: Contract, owner: ObjectType, field: Field) -> ChangeField | None:
    change = ChangeField(at=NOWHERE, nullable=not field.nullable)
    if field.default is None:
        change = replace(change, default=value_of(draw, contract, field.type))
    return _told(draw, contract, field, change)


def _default(draw: Draw, contract: Contract, owner: ObjectType, field: Field) -> ChangeField | None:
    if field.default is not MISSING:
        change = ChangeField(at=NOWHERE, drop=("default",))
    else:
        change = ChangeField(at=NOWHERE, default=value_of(draw, contract, field.type, field.nullable))
    return _told(draw, contract, field, change)


def _mark(draw: Draw, contract: Contract, owner: ObjectType, field: Field) -> ChangeField | None:
    marks = ["write_only", "deprecated"]
    marks += ["read_only"] if not field.required or field.default is not MISSING or field.on_create else []
    marks += ["create_only"] if owner.name in contract.resources else []
    mark = draw(st.sampled_from(marks))
    policy = draw(st.sampled_from(("keep", "drop"))) if mark in ("read_only", "create_only") else "keep"
    policy = "keep" if getattr(field, mark) else policy
    change = ChangeField(at=NOWHERE, marks={mark: not getattr(field, mark)}, policy=policy)
    return _told(draw, contract, field, change)


def _unique(draw: Draw, contract: Contract, owner: ObjectType, field: Field) -> ChangeField | None:
    return _told(draw, contract, field, ChangeField(at=NOWHERE, marks={"unique": not field.unique}))


def _accepts(draw: Draw, contract: Contract, owner: ObjectType, field: Field) -> ChangeField | None:
    return ChangeField(at=NOWHERE, accepts=() if field.accepts else tuple(accepted(field.type)))


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
LENGTHS: tuple[Mapping[str, Json], ...] = ({"max_items": 1}, {"max_items": 2}, {"max_items": None})


def _bounds(field: Field) -> list[Mapping[str, Json]]:
    """The bounds that it could get, and those it could lose."""
    if field.default is not MISSING or not isinstance(field.type, Scalar | ListOf):
        return []
    if isinstance(field.type, Scalar) and field.type.choices:
        return []
    known = LENGTHS if isinstance(field.type, ListOf) else BOUNDS.get(field.type.kind, ())
    return [b for b in known if any(getattr(field.type, name) != bound for name, bound in b.items())]


def _tighter(draw: Draw, contract: Contract, owner: ObjectType, field: Field) -> ChangeField | None:
    return _bounded(draw, field, draw(st.sampled_from([b for b in _bounds(field) if not _loosens(b)])))


def _looser(draw: Draw, contract: Contract, owner: ObjectType, field: Field) -> ChangeField | None:
    return _bounded(draw, field, draw(st.sampled_from([b for b in _bounds(field) if _loosens(b)])))


def _loosens(bounds: Mapping[str, Json]) -> bool:
    return all(bound is None for bound in bounds.values())


def _bounded(draw: Draw, field: Field, bounds: Mapping[str, Json]) -> ChangeField:
    """Another bound; the policy is one that fits it."""
    tighter = not _loosens(bounds)
    policies = ["keep", *(["refuse"] if tighter else []), *([] if "min_length" in bounds else ["clamp"])]
    policy = draw(st.sampled_from(policies))
    waiver = Waiver("Ada", "Nobody does it.") if policy == "refuse" else None
    gone = tuple(name for name, bound in bounds.items() if bound is None and getattr(field.type, name) is not None)
    new = {name: bound for name, bound in bounds.items() if bound is not None}
    return ChangeField(at=NOWHERE, bounds=new or None, drop=gone, policy=policy, waiver=waiver)


def _refers_to_object(contract: Contract, type_: Type) -> bool:
    while isinstance(type_, ListOf | MapOf):
        type_ = type_.items if isinstance(type_, ListOf) else type_.values
    return isinstance(type_, Ref) and contract.object(type_.name) is not None


def _always(contract: Contract, field: Field) -> bool:
    return True


WAYS: Mapping[str, tuple[Callable[[Contract, Field], bool], Way]] = {
    **RETYPED,
    "required": (_always, _required),
    "nullable": (_always, _nullable),
    "default": (lambda contract, field: not field.refers and not _refers_to_object(contract, field.type), _default),
    "mark": (_always, _mark),
    "unique": (_always, _unique),
    "accepts": (lambda contract, field: any(accepted(field.type)), _accepts),
    "tighter": (lambda contract, field: not all(map(_loosens, _bounds(field))), _tighter),
    "looser": (lambda contract, field: any(map(_loosens, _bounds(field))), _looser),
}
"""What may happen to a field: to which, and how it is drawn."""

RARE = ("format", "unit", "looser")
"""What fits few fields."""
