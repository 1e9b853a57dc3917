"""What strategies of changes draw with: a type, a field, a value of a contract."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from scaffold.contract.address import MemberAddress
from scaffold.contract.changes import Change
from scaffold.contract.contract import Contract
from scaffold.contract.message import View
from scaffold.contract.named_types import EnumType, Field, ObjectType
from scaffold.contract.types import Json, Scalar, Type

from .made_types import Draw
from .values import REFERRED, values

Strategy = Callable[[Draw, Contract, str], Change | None]
"""Draws a change for a contract and the version that declares it; None where there is nothing to change."""


FORCED = frozenset(filter(None, os.environ.get("SCAFFOLD_DRAW", "").split(",")))
"""Classes of changes, and ways to draw them, to look at alone: `SCAFFOLD_DRAW=ChangeField,bounds pytest tests/laws`."""


def way_to(draw: Draw, *words: str) -> str:
    """One of several ways to draw a change; always the forced one where it is among them."""
    return draw(st.sampled_from([w for w in words if w in FORCED] or words))


def pick(draw: Draw, items: Any) -> Any:
    found = list(items)
    return draw(st.sampled_from(found)) if found else None


def objects(contract: Contract) -> list[ObjectType]:
    return [t for t in contract.types.values() if isinstance(t, ObjectType) and t.fields]


def enums(contract: Contract) -> list[EnumType]:
    return [t for t in contract.types.values() if isinstance(t, EnumType)]


def member(draw: Draw, contract: Contract, *, key: bool = False) -> tuple[ObjectType, Field] | None:
    found = [(t, f) for t in objects(contract) for f in t.fields if key or not f.key]
    chosen: tuple[ObjectType, Field] | None = pick(draw, found)
    return chosen


def member_at(type_: ObjectType, *names: str) -> MemberAddress:
    return MemberAddress(type_.name, names)


def value_of(draw: Draw, contract: Contract, type_: Type, nullable: bool = False, view: View = View.OUTPUT) -> Json:
    """A value of `type_`, without what is held back: nothing may stand for what nobody asked for."""
    shown = {e.identity: tuple(v.value for v in e.values if v.opt_in is None) for e in enums(contract)}
    made = values(contract, type_, view, readable=shown)
    return draw(st.none() | made if nullable else made)


def value_for(draw: Draw, contract: Contract, field: Field, view: View = View.OUTPUT) -> Json:
    """A value of a field; one that refers to a row refers to the one that there is."""
    if field.refers is None or not isinstance(field.type, Scalar):
        return value_of(draw, contract, field.type, field.nullable, view)
    key = REFERRED[field.type.kind]
    return draw(st.sampled_from((key, None))) if field.nullable else key
