"""Strategies of changes that convert fields together: splits, merges, and what is converted by hand."""

from __future__ import annotations

from hypothesis import strategies as st

from scaffold.contract.changes import Change, CustomType, MergeFields, SplitField
from scaffold.contract.changes.joints import WAYS, by_hand
from scaffold.contract.contract import Contract
from scaffold.contract.named_types import Field, ObjectType
from scaffold.contract.types import MISSING, Kind, Scalar

from .drawing import member_at, objects
from .made_types import NAMES, Draw


def split_field(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = _texts(contract)
    if not found:
        return None
    owner, field = draw(st.sampled_from(found))
    names = [n for n in NAMES if owner.field(n) is None]
    chosen = draw(st.lists(st.sampled_from(names), min_size=2, max_size=3, unique=True)) if len(names) > 1 else []
    lacking = field.nullable or (not field.required and field.default is MISSING)
    into = tuple(_text(draw, n, lacking=lacking, given=field.read_only) for n in chosen)
    return SplitField(at=member_at(owner, field.name), into=into, by=draw(st.sampled_from(WAYS))) if into else None


def merge_fields(draw: Draw, contract: Contract, version: str) -> Change | None:
    by_owner: dict[str, list[tuple[ObjectType, Field]]] = {}
    for owner, field in _texts(contract):
        by_owner.setdefault(owner.name, []).append((owner, field))
    groups = [g for g in by_owner.values() if len(g) > 1]
    if not groups:
        return None
    some = draw(st.sampled_from(groups))
    chosen = draw(st.lists(st.sampled_from(some), min_size=2, max_size=3, unique_by=lambda found: found[1].name))
    names = [n for n in NAMES if some[0][0].field(n) is None]
    if not names:
        return None
    lacking = all(f.nullable or (not f.required and f.default is MISSING) for _, f in chosen)
    given = any(f.read_only for _, f in chosen)
    into = _text(draw, draw(st.sampled_from(names)), lacking=lacking, given=given)
    return MergeFields(
        sources=tuple(member_at(owner, f.name) for owner, f in chosen), into=into, by=draw(st.sampled_from(WAYS))
    )


def custom_type(draw: Draw, contract: Contract, version: str) -> Change | None:
    found = [t for t in objects(contract) if by_hand(t)]
    if not found:
        return None
    owner = draw(st.sampled_from(found))
    return CustomType(name=owner.name, into=by_hand(owner), up="conversions.same", down="conversions.same")


def _texts(contract: Contract) -> list[tuple[ObjectType, Field]]:
    return [(t, f) for t in objects(contract) for f in t.fields if not f.key and f.type == Scalar(Kind.STR)]


def _text(draw: Draw, name: str, *, lacking: bool, given: bool) -> Field:
    """A text field; one that may be missing or null where `lacking`, and never has to be there if only a server that
    there is none of here had `given` it.
    """
    required = not lacking or (not given and draw(st.booleans()))
    return Field("", name, Scalar(Kind.STR), required=required, nullable=lacking and (required or draw(st.booleans())))
