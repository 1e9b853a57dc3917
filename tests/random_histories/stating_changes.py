"""Histories in which much is stated of objects: what clients are taken to have sent of them, or are shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import assume
from hypothesis import strategies as st

from scaffold.contract.changes import (
    AddEnumValue,
    AddField,
    AddVariant,
    AliasFields,
    Change,
    ChangeField,
    MergeFields,
    MoveFields,
    RemoveEnumValue,
    RemoveField,
    RemoveVariant,
    RenameFields,
    SplitField,
)
from scaffold.contract.contract import Contract, identity
from scaffold.contract.fitting import fits
from scaffold.contract.history import Applied, History, Version
from scaffold.contract.message import View
from scaffold.contract.named_types import EnumType, Field, ObjectType
from scaffold.contract.types import MISSING, ListOf, MapOf, Ref
from scaffold.contract.views import reached_types
from scaffold.convert.policies import findings
from scaffold.diagnostics import ScaffoldError

from .contracts import contracts
from .drawing import member_at, objects, pick, value_for, value_of
from .histories import changes, crossed, history_of
from .made_types import NAMES, Draw

AROUND: tuple[type[Change], ...] = (
    *(RemoveField,) * 4,
    *(AddField,) * 2,
    *(MoveFields,) * 5,
    *(ChangeField,) * 5,
    *(AliasFields, RenameFields, AddVariant, RemoveVariant, AddEnumValue, RemoveEnumValue, SplitField, MergeFields),
)
"""What happens to objects before something is stated of them and after it; what moves their parts more often."""

WAYS = ("add", "remove", "remove", "optional", "required", "nulls", "no nulls", "default")
PLANS = ("s", "c", "sc", "cs", "cc", "ss")
"""What a version has: changes that state something, and others."""


@st.composite
def stated_histories(draw: Draw, *, least: int = 3, most: int = 8) -> History:
    """A history of `least` to `most` versions of one or two changes, half of which state something."""
    contract = draw(contracts())
    versions: list[Version] = []
    contracts_: list[Contract] = []
    applied: list[Applied] = []
    for number in range(1, draw(st.integers(least, most)) + 1):
        id_ = f"v{number}"
        mine: list[Applied] = []
        for kind in draw(st.sampled_from(PLANS)) if number > 1 else "":
            made = _stating(draw, contract, id_) if kind == "s" else draw(changes(contract, id_, AROUND))
            if made is not None:
                mine.append(made)
                contract = made.after
        contract = replace(contract, version=id_)
        versions.append(Version(id_, date(2024 + number, 1, 15), changes=tuple(a.change for a in mine)))
        contracts_.append(contract)
        applied += mine
    history = history_of(versions, contracts_, applied)
    assume(not findings(history))
    return history


def _stating(draw: Draw, contract: Contract, version: str) -> Applied | None:
    """A change that states something; None where the drawn one does not fit."""
    way = draw(st.sampled_from(WAYS))
    try:
        change = _added(draw, contract, version) if way == "add" else _of_field(draw, contract, way)
        return None if change is None else crossed(contract, change, version)
    except ScaffoldError:
        return None


def _added(draw: Draw, contract: Contract, version: str) -> Change | None:
    """A field that holds objects, with what older clients are taken to have sent, or a default."""
    owner = pick(draw, objects(contract))
    free = [n for n in NAMES if owner is not None and owner.field(n) is None]
    held = [n for n, t in contract.types.items() if n not in contract.resources and not isinstance(t, EnumType)]
    if not held or not free:
        return None
    one, name = Ref(draw(st.sampled_from(held))), draw(st.sampled_from(free))
    type_ = draw(st.sampled_from((one, one, ListOf(one), MapOf(one))))
    nullable = draw(st.integers(0, 3)) == 0
    field = Field(identity(version, owner.identity, name), name, type_, nullable=nullable)
    value = value_of(draw, contract, type_, nullable, View.CREATE)
    if draw(st.booleans()):
        change = AddField(at=member_at(owner, name), field=replace(field, default=value))
    else:
        change = AddField(at=member_at(owner, name), field=field, old_sends=value)
    whole = value is None or fits(change.apply(contract, version), type_, value, view=View.CREATE)
    return change if whole else None


def _of_field(draw: Draw, contract: Contract, way: str) -> Change | None:
    """A field goes, or may or must be there, or null; one that holds objects more often."""
    found = [(t, f) for t in objects(contract) for f in t.fields if not f.key and f.computed is None]
    whole = [(t, f) for t, f in found if any(isinstance(r, ObjectType) for r in reached_types(contract, f.type))]
    chosen = pick(draw, whole if whole and draw(st.integers(0, 3)) else found)
    if chosen is None:
        return None
    owner, field = chosen
    at, sees = member_at(owner, field.name), value_for(draw, contract, field)
    match way:
        case "remove":
            said = field.default is MISSING and (field.required or draw(st.booleans()))
            return RemoveField(at=at, old_sees=sees if said else MISSING)
        case "optional" if field.required and field.default is MISSING:
            return ChangeField(at=at, required=False, old_sees=sees)
        case "nulls" if not field.nullable:
            return ChangeField(at=at, nullable=True, old_sees=sees)
        case "required" if not field.required:
            return _taken(draw, contract, field, ChangeField(at=at, required=True, old_sees=sees))
        case "no nulls" if field.nullable:
            return _taken(draw, contract, field, ChangeField(at=at, nullable=False))
        case "default":
            return ChangeField(at=at, default=value_of(draw, contract, field.type, field.nullable, View.CREATE))
    return None


def _taken(draw: Draw, contract: Contract, field: Field, change: ChangeField) -> ChangeField:
    """`change` of a field with what older clients are taken to have sent."""
    return replace(change, old_sends=value_for(draw, contract, change.after(field), View.CREATE))
