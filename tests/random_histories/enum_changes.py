"""Strategies of changes of the values of enums."""

from __future__ import annotations

from hypothesis import strategies as st

from scaffold.contract.address import MemberAddress
from scaffold.contract.changes import (
    AddEnumValue,
    Change,
    ChangeEnumValue,
    MergeEnumValues,
    RemoveEnumValue,
    RenameEnumValue,
    SplitEnumValue,
    Waiver,
)
from scaffold.contract.contract import Contract
from scaffold.contract.held_back import usual
from scaffold.contract.types import Ref

from .drawing import enums, objects, pick
from .made_types import WORDS, Draw


def add_enum_value(draw: Draw, contract: Contract, version: str) -> Change | None:
    enum = pick(draw, enums(contract))
    if enum is None:
        return None
    seen = [v.value for v in enum.values if v.opt_in is None]
    if not seen:
        return None
    header = draw(st.sampled_from([None, None, "X-Preview"]))
    at = MemberAddress(enum.name, (draw(st.sampled_from(WORDS)),))
    return AddEnumValue(at=at, old_sees=draw(st.sampled_from(seen)), opt_in=header)


def change_enum_value(draw: Draw, contract: Contract, version: str) -> Change | None:
    """What is held back is shown to everybody, or one that everybody sees is held back."""
    found = [(e, v) for e in enums(contract) for v in e.values]
    held = [(e, v) for e, v in found if v.opt_in is not None]
    enum, value = draw(st.sampled_from(held or found)) if found else (None, None)
    if enum is None or value is None:
        return None
    at = MemberAddress(enum.name, (value.value,))
    if value.opt_in is not None:
        return ChangeEnumValue(at=at, opt_in=None)
    seen = [v.value for v in enum.values if v.opt_in is None and v is not value]
    if not seen:
        return None
    made = ChangeEnumValue(at=at, opt_in="X-Preview", old_sees=draw(st.sampled_from(seen)))
    return None if any(usual(made.apply(contract, version))) else made


def remove_enum_value(draw: Draw, contract: Contract, version: str) -> Change | None:
    enum = pick(draw, enums(contract))
    if enum is None or len(enum.values) < 2:
        return None
    gone, heir = draw(st.permutations([v.value for v in enum.values]))[:2]
    at = MemberAddress(enum.name, (gone,))
    if not enum.open and draw(st.integers(0, 2)) == 0:
        return RemoveEnumValue(at=at, policy="refuse", waiver=Waiver("Ada", "Nobody sends it."), existing=heir)
    return RemoveEnumValue(at=at, old_sends=heir)


def split_enum_value(draw: Draw, contract: Contract, version: str) -> Change | None:
    enum = pick(draw, enums(contract))
    if enum is None:
        return None
    old = draw(st.sampled_from([v.value for v in enum.values]))
    free = [old, *(w for w in WORDS if enum.value(w) is None)]
    if len(free) < 2:
        return None
    into = tuple(draw(st.lists(st.sampled_from(free), min_size=2, max_size=3, unique=True)))
    return SplitEnumValue(at=MemberAddress(enum.name, (old,)), into=into, pick=draw(st.sampled_from(into)))


def merge_enum_values(draw: Draw, contract: Contract, version: str) -> Change | None:
    enum = pick(draw, enums(contract))
    if enum is None or len(enum.values) < 2:
        return None
    old = draw(st.lists(st.sampled_from([v.value for v in enum.values]), min_size=2, unique=True))
    stays = draw(st.sampled_from(old))
    stated = {f.default for t in objects(contract) for f in t.fields if f.type == Ref(enum.name)}
    if stated & set(old) - {stays}:
        return None  # a default that becomes another value does not come back
    values_ = tuple(MemberAddress(enum.name, (name,)) for name in old)
    return MergeEnumValues(values=values_, into=draw(st.sampled_from((*old, *WORDS))), pick=stays)


def rename_enum_value(draw: Draw, contract: Contract, version: str) -> Change | None:
    enum = pick(draw, enums(contract))
    if enum is None:
        return None
    old = draw(st.sampled_from([v.value for v in enum.values]))
    return RenameEnumValue(at=MemberAddress(enum.name, (old,)), to=draw(st.sampled_from(WORDS)))
