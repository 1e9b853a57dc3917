"""Strategies of changes of the whole API."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from scaffold.contract.changes import (
    AddField,
    Change,
    ChangeBasePath,
    ChangeBehaviour,
    ChangeEnvelope,
    ChangeErrors,
    ChangePagination,
)
from scaffold.contract.changes.backport import brought
from scaffold.contract.contract import Contract, Envelope, PageStyle, Pagination
from scaffold.contract.error_form import ErrorForm, ErrorFormat
from scaffold.contract.types import MISSING

from .contracts import ENVELOPES
from .drawing import member_at, objects, pick
from .made_types import NAMES, Draw, fields

FORMS = (
    *ErrorFormat,
    ErrorForm({"error": {"code": "$code_upper", "text": "$detail|$title", "at": [{"at": "$loc", "why": "$message"}]}}),
    ErrorForm({"detail": "$errors|$detail|$title", "id": "$request_id"}, "application/vnd.error+json", extend=True),
)


def change_envelope(draw: Draw, contract: Contract, version: str) -> Change | None:
    return ChangeEnvelope(to=Envelope(draw(st.sampled_from(ENVELOPES))))


def change_errors(draw: Draw, contract: Contract, version: str) -> Change | None:
    return ChangeErrors(to=draw(st.sampled_from([form for form in FORMS if form != contract.errors])))


def change_behaviour(draw: Draw, contract: Contract, version: str) -> Change | None:
    name = draw(st.sampled_from(("strict_rounding", "half_even")))
    return ChangeBehaviour(name=name, on=name not in contract.behaviours, why="Totals are rounded half even.")


def change_base_path(draw: Draw, contract: Contract, version: str) -> Change | None:
    return ChangeBasePath(to=draw(st.sampled_from([p for p in (None, "/rest", "/v/api") if p != contract.base_path])))


def backport(draw: Draw, contract: Contract, version: str) -> Change | None:
    """Something optional that a later version has."""
    owner = pick(draw, objects(contract))
    free = [n for n in NAMES if owner is not None and owner.field(n) is None]
    if not free:
        return None
    name = draw(st.sampled_from(free))
    made = draw(fields(contract, owner.identity, name, (), "v9"))
    made = replace(made, required=False, default=MISSING, read_only=False, on_create=None)
    newer = AddField(at=member_at(owner, name), field=made).apply(contract, "v9")
    return brought(member_at(owner, name), replace(newer, version="v9"), contract)


def change_pagination(draw: Draw, contract: Contract, version: str) -> Change | None:
    styles = [style for style in PageStyle if style is not contract.pagination.style]
    style, most = draw(st.sampled_from(styles)), draw(st.integers(1, 100))
    whole = style is PageStyle.NONE
    return ChangePagination(to=Pagination(style) if whole else Pagination(style, draw(st.integers(1, most)), most))
