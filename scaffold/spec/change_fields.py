"""Additions and changes of fields and parameters."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from ..contract.address import MemberAddress, ParameterAddress, find_field, find_owner
from ..contract.changes import AddField, ChangeField, ChangeParameter
from ..contract.changes.base import need_parameter
from ..contract.contract import identity
from ..contract.naming import pascal
from ..contract.types import MISSING, Field, Json, Kind, ListOf, Missing, Scalar, Type
from ..diagnostics import ScaffoldError, did_you_mean
from .bounds import allowed_bounds, bound_problems
from .change_shapes import AddSpec, ChangeSpec
from .expressions import Expression
from .fields import build_expression, check_field, modes, settle, settled
from .json_values import read_value
from .point import Point, fail
from .scalars import Block, Raw
from .scope import Scope
from .shapes import BOUNDS

MARKS = ("read_only", "write_only", "create_only", "unique", "deprecated", "description")


def add_field(spec: AddSpec, at: MemberAddress, required: bool, point: Point, said: dict[str, Any]) -> AddField:
    """The field that `spec` adds at `at`."""
    owner, _ = find_owner(point.contract, at)
    scope = point.scope()
    made = build_expression(spec, owner.name + pascal(at.name), scope, f"`{at}`")
    if made is None:
        raise ScaffoldError(())
    settle(scope)
    born = identity(point.version, owner.identity, at.name)
    field = Field(born, at.name, made.type, required=required, nullable=made.nullable, **modes(spec))
    check_field(owner.name, field, spec, scope)
    field = settled(field, scope, scope.all_types)
    return AddField(
        at=at,
        field=field,
        types=scope.new_types,
        old_sends=point.policy(spec, "old_sends", field.type, nullable=field.nullable or not required, scope=scope),
        existing=existing(spec, field, scope),
        **said,
    )


def existing(spec: AddSpec | ChangeSpec, field: Field, scope: Scope) -> Json | Missing:
    """What rows that are there get: a value of the field, `now`, `{from: address}` or `{hook: name}`."""
    if "existing" not in spec.stated():
        return MISSING
    raw = spec.existing
    if isinstance(raw, Block) and len(raw) == 1 and next(iter(raw)) in ("from", "hook"):
        ((word, text),) = raw.items()
        if not isinstance(text, str) or not re.fullmatch(r"[^\s.]+(\.[^\s.]+)+", text):
            example = "{from: User.signup_date}" if word == "from" else "{hook: conversions.created_at}"
            raise fail("SC313", f"`{word}` takes one name", spec.place("existing"), f"write `{example}`")
        return {word: str(text)}
    timed = isinstance(field.type, Scalar) and field.type.kind in (Kind.DATE, Kind.DATETIME, Kind.TIME)
    if timed and raw == "now":
        return "now"
    return read_value(raw, field.type, scope.all_types, nullable=field.nullable or not field.required)


def change_field(spec: ChangeSpec, at: MemberAddress, point: Point, said: dict[str, Any]) -> ChangeField:
    """The change of a field that `spec` declares."""
    place = find_field(point.contract, at)
    scope = point.scope()
    new = _new_type(spec, scope)
    type_ = place.field.type if new is None else new.type
    nullable = True if new is not None and new.nullable else spec.nullable
    from_ = scope.expression(spec.from_, spec.place("from")) if spec.from_ is not None else None
    if spec.from_ is not None and from_ is None:
        raise ScaffoldError(())
    change = ChangeField(
        at=at,
        type=None if new is None else new.type,
        from_type=None if from_ is None else from_.type,
        codec=spec.codec,
        required=spec.required,
        nullable=nullable,
        bounds=_bounds(spec, type_, at) or None,
        drop=_drop(spec, type_),
        marks={m: getattr(spec, m) for m in MARKS if getattr(spec, m) is not None} or None,
        unreadable=spec.unreadable,
        policy=spec.policy,
        as_seen=spec.as_seen,
        **said,
    )
    after = change.after(place.field)
    _sane(after.type, spec, at)
    default: Json | Missing = MISSING
    if "default" in spec.stated():
        default = read_value(spec.default, after.type, point.contract.types, nullable=after.nullable)
    old_sees_nullable = place.field.nullable or not place.field.required
    return replace(
        change,
        default=default,
        old_sends=point.policy(spec, "old_sends", after.type, nullable=after.nullable),
        old_sees=point.policy(spec, "old_sees", place.field.type, nullable=old_sees_nullable),
        existing=existing(spec, after, scope),
    )


def change_parameter(spec: ChangeSpec, at: ParameterAddress, point: Point, said: dict[str, Any]) -> ChangeParameter:
    """The change of a parameter that `spec` declares."""
    _, parameter = need_parameter(point.contract, at)
    scope = point.scope()
    new = _new_type(spec, scope)
    if new is not None and new.nullable:
        raise fail("SC226", f"`{at}` cannot be null: a parameter is there or not", spec.place("to"), "drop `null`")
    type_ = parameter.type if new is None else new.type
    change = ChangeParameter(
        at=at,
        type=None if new is None else new.type,
        codec=spec.codec,
        required=spec.required,
        bounds=_bounds(spec, type_, at) or None,
        drop=_drop(spec, type_),
        policy=spec.policy,
        **said,
    )
    after = change.after(parameter)
    _sane(after.type, spec, at)
    default: Json | Missing = MISSING
    if "default" in spec.stated():
        default = read_value(spec.default, after.type, point.contract.types)
    elif after.default is not MISSING:
        try:
            read_value(after.default, after.type, point.contract.types)
        except ScaffoldError as error:
            problem = f"the default of `{at}` would not fit any more: {error.diagnostics[0].message}"
            raise fail("SC217", problem, spec.place("change"), "state a new `default:`, or `drop: [default]`") from None
    return replace(change, default=default, old_sends=point.policy(spec, "old_sends", after.type))


def _new_type(spec: ChangeSpec, scope: Scope) -> Expression | None:
    stated = [k for k in ("to", "type") if k in spec.stated()]
    if not stated:
        return None
    if len(stated) == 2:
        raise fail("SC312", "`to` and `type` say the same thing", spec.place("type"), "keep one of the two")
    text = getattr(spec, stated[0])
    if not isinstance(text, str) or (isinstance(text, Raw) and text.null):
        raise fail("SC211", "a type is needed here", spec.place(stated[0]), "write `to: decimal`")
    made = scope.expression(str(text), spec.place(stated[0]))
    if made is None:
        raise ScaffoldError(())
    return made


def _bounds(spec: ChangeSpec, type_: Type, at: MemberAddress | ParameterAddress) -> dict[str, Json]:
    stated = {b: getattr(spec, b) for b in BOUNDS if getattr(spec, b) is not None}
    known = allowed_bounds(type_)
    for bound in stated:
        if bound not in known:
            choices = ", ".join(f"`{k}`" for k in known)
            help_ = f"{type_} can have {choices}" if choices else f"{type_} has no bounds"
            raise fail("SC219", f"`{bound}` cannot bound `{at}`, which is {type_}", spec.place(bound), help_)
    return stated


def _drop(spec: ChangeSpec, type_: Type) -> tuple[str, ...]:
    known = (*allowed_bounds(type_), "default")
    for name in spec.drop:
        if name not in known:
            raise fail("SC219", f"`{name}` cannot be dropped here", spec.place("drop"), did_you_mean(name, known))
    return tuple(spec.drop)


def _sane(type_: Type, spec: ChangeSpec, at: MemberAddress | ParameterAddress) -> None:
    problems = bound_problems(type_) if isinstance(type_, Scalar | ListOf) else []
    if problems:
        bound, problem = problems[0]
        raise fail("SC219", f"`{at}`: {problem}", spec.place(bound))
