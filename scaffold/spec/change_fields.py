"""Additions and changes of fields and parameters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..contract.accepting import accepted
from ..contract.address import MemberAddress, ParameterAddress, find_field, find_owner
from ..contract.changes import AddField, ChangeField, ChangeParameter
from ..contract.changes.base import need_parameter
from ..contract.contract import identity
from ..contract.hooks import MODULE, hook_name
from ..contract.named_types import Field
from ..contract.naming import pascal
from ..contract.types import MISSING, Json, Kind, ListOf, Missing, Scalar, Type
from ..diagnostics import ScaffoldError, did_you_mean
from .bounds import allowed_bounds, bound_problems
from .change_addresses import read_address
from .change_codecs import codec_of, pick_of, unreadable_of, values_of
from .change_shapes import AddSpec
from .change_verb import ChangeSpec
from .expressions import Expression
from .field_checks import check_field, modes
from .fields import build_expression
from .json_values import read_value, under
from .kinds import type_place
from .parameters import can_be_parameter, parameter_spot, refuse_style
from .point import Point, fail, part
from .references import referring
from .scalars import Block, Raw
from .scope import Scope, Spot
from .settling import settle, settled
from .shapes import BOUNDS, Typed

MARKS = ("read_only", "write_only", "create_only", "unique", "deprecated", "description")


def add_field(spec: AddSpec, at: MemberAddress, required: bool, point: Point, said: dict[str, Any]) -> AddField:
    """The field that `spec` adds at `at`."""
    owner, _ = find_owner(point.contract, at)
    scope = point.scope()
    made = build_expression(spec, Spot(owner.name + pascal(at.name), f"`{at}`"), scope)
    if made is None:
        raise ScaffoldError(())
    settle(scope)
    born = identity(point.version, owner.identity, at.name)
    field = Field(born, at.name, made.type, required=required, nullable=made.nullable, **modes(spec))
    point.places[f"{owner.name}.{at.name}"] = type_place(spec)
    if spec.ref is not None:
        field = referring(replace(field, refers=spec.ref), owner.name, scope, point.contract.resources)
    check_field(owner.name, field, spec, scope)
    field = settled(field, scope, scope.all_types)
    return AddField(
        at=at,
        field=field,
        types=scope.new_types,
        old_sends=point.policy(spec, "old_sends", field.type, nullable=field.nullable or not required, scope=scope),
        existing=existing(spec, field, scope, at, point),
        **said,
    )


def existing(spec: AddSpec | ChangeSpec, field: Field, scope: Scope, at: MemberAddress, point: Point) -> Json | Missing:
    """What rows that are there get: a value of the field, `now`, `{from: address}` or `{hook: name, from: […]}`."""
    if "existing" not in spec.stated():
        return MISSING
    raw = spec.existing
    if isinstance(raw, Block) and raw and set(raw) <= {"from", "hook"}:
        return _made(raw, spec, at, point)
    timed = isinstance(field.type, Scalar) and field.type.kind in (Kind.DATE, Kind.DATETIME, Kind.TIME)
    if timed and raw == "now":
        return "now"
    with under("existing", field.type):
        return read_value(raw, field.type, scope.all_types, nullable=field.nullable or not field.required)


def _made(raw: Block, spec: AddSpec | ChangeSpec, at: MemberAddress, point: Point) -> Json:
    """Where rows that are there take a value from: a sibling, or a hook, which may be handed siblings."""
    where, hook, sources = spec.place("existing"), raw.get("hook"), raw.get("from")
    if hook is not None and hook_name(str(hook)) is None:
        raise fail("SC313", f"`{hook}` names no hook", where, f"write `{{hook: {MODULE}.created_at}}`")
    listed = sources if isinstance(sources, list) and hook is not None else [] if sources is None else [sources]
    for source in listed:
        found = read_address(str(source), where) if isinstance(source, str) else None
        if not isinstance(found, MemberAddress) or (found.type, found.path[:-1]) != (at.type, at.path[:-1]):
            raise fail("SC313", f"`from` names a field beside `{at}`", where, "write `{from: User.signup_date}`")
        find_field(point.contract, found)
    if hook is None:
        return {"from": str(sources)}
    made: dict[str, Json] = {"hook": str(hook)}
    return made | ({"from": [str(s) for s in listed]} if listed else {})


def change_field(spec: ChangeSpec, at: MemberAddress, point: Point, said: dict[str, Any]) -> ChangeField:
    """The change of a field that `spec` declares."""
    place = find_field(point.contract, at)
    scope = point.scope()
    new = new_type(spec, scope, Spot(place.owner.name + pascal(at.name), f"`{at}`"))
    settle(scope)
    if new is not None:
        point.places[f"{place.owner.name}.{at.name}"] = type_place(spec)
    type_ = place.field.type if new is None else new.type
    nullable = True if new is not None and new.nullable else spec.nullable
    from_ = scope.expression(spec.from_, spec.place("from")) if spec.from_ is not None else None
    if spec.from_ is not None and from_ is None:
        raise ScaffoldError(())
    change = ChangeField(
        at=at,
        type=None if new is None else new.type,
        from_type=None if from_ is None else from_.type,
        types=scope.new_types,
        codec=codec_of(spec, point, place.field.type, type_, at),
        required=spec.required,
        nullable=nullable,
        bounds=_bounds(spec, type_, at) or None,
        drop=_drop(spec, type_),
        marks={m: getattr(spec, m) for m in MARKS if getattr(spec, m) is not None} or None,
        pick=pick_of(spec, place.field.type, type_),
        values=values_of(spec, place.field.type, type_, scope, point),
        policy=_policy(spec, at, "keep", "clamp", "drop", "refuse"),
        waiver=point.waiver(spec),
        as_seen=spec.as_seen,
        accepts=_accepts(spec, type_, at),
        keep=None if spec.keep is None else Kind(spec.keep),
        **said,
    )
    after = change.after(place.field)
    _sane(after.type, spec, at)
    default: Json | Missing = MISSING
    if "default" in spec.stated():
        with under("default", after.type):
            default = read_value(spec.default, after.type, scope.all_types, nullable=after.nullable)
    elif after.meaning != place.field.meaning and after.default is not MISSING:
        raise fail("SC217", f"the default of `{at}` would mean something else", spec.place("codec"), _NEW_DEFAULT)
    old_sees_nullable = place.field.nullable or not place.field.required
    return replace(
        change,
        default=default,
        unreadable=unreadable_of(
            spec,
            after.type,
            scope,
            nullable=after.nullable,
            default=after.default if default is MISSING else default,
        ),
        old_sends=point.policy(spec, "old_sends", after.type, nullable=after.nullable, scope=scope),
        old_sees=point.policy(spec, "old_sees", place.field.type, nullable=old_sees_nullable),
        existing=existing(spec, after, scope, at, point),
    )


def _policy(spec: ChangeSpec, at: MemberAddress | ParameterAddress, *known: str) -> str | None:
    if spec.policy is not None and spec.policy not in known:
        problem = f"`policy: {spec.policy}` does nothing for `{at}`"
        raise fail("SC313", problem, spec.place("policy"), f"one of {', '.join(f'`{k}`' for k in known)}")
    return spec.policy


def change_parameter(spec: ChangeSpec, at: ParameterAddress, point: Point, said: dict[str, Any]) -> ChangeParameter:
    """The change of a parameter that `spec` declares."""
    operation, parameter = need_parameter(point.contract, at)
    scope = point.scope()
    new = new_type(spec, scope, parameter_spot(operation.id, at.name, f"`{at}`"))
    settle(scope)
    refuse_style(parameter.location, spec, f"`{at}`", scope.findings)
    type_ = parameter.type if new is None else new.whole
    media_type = None if "media_type" in spec.drop else spec.media_type or parameter.media_type
    if new is not None and media_type is None and not can_be_parameter(type_, scope.all_types):
        help_ = "a parameter is one value, a list of them, or an object of them"
        raise fail("SC226", f"`{at}` cannot be {type_}", type_place(spec), help_)
    change = ChangeParameter(
        at=at,
        type=None if new is None else type_,
        types=scope.new_types,
        codec=codec_of(spec, point, parameter.type, type_, at),
        style=spec.style,
        explode=spec.explode,
        media_type=spec.media_type,
        required=spec.required,
        bounds=_bounds(spec, type_, at) or None,
        drop=_drop(spec, type_, "style", "explode", "media_type"),
        pick=pick_of(spec, parameter.type, type_),
        values=values_of(spec, parameter.type, type_, scope, point),
        policy=_policy(spec, at, "keep", "clamp", "refuse"),
        waiver=point.waiver(spec),
        **said,
    )
    after = change.after(parameter)
    _sane(after.type, spec, at)
    default: Json | Missing = MISSING
    if "default" in spec.stated():
        with under("default", after.type):
            default = read_value(spec.default, after.type, scope.all_types)
    elif after.meaning != parameter.meaning and after.default is not MISSING:
        raise fail("SC217", f"the default of `{at}` would mean something else", spec.place("codec"), _NEW_DEFAULT)
    elif after.default is not MISSING:
        try:
            read_value(after.default, after.type, scope.all_types)
        except ScaffoldError as error:
            problem = f"the default of `{at}` would not fit any more: {error.diagnostics[0].message}"
            raise fail("SC217", problem, spec.place("change"), _NEW_DEFAULT) from None
    known = after.default if default is MISSING else default
    return replace(
        change,
        default=default,
        unreadable=unreadable_of(spec, after.type, scope, nullable=False, default=known),
        old_sends=point.policy(spec, "old_sends", after.type, scope=scope),
    )


_NEW_DEFAULT = "state a new `default:`, or `drop: [default]`"


def new_type(spec: ChangeSpec, scope: Scope, spot: Spot) -> Expression | None:
    """The type under `to` or `type`: a type expression, or its long form; None where neither is stated.

    Raises:
        ScaffoldError: SC2xx for what is no type, SC312 for what says nothing of one.
    """
    stated = [k for k in ("to", "type") if k in spec.stated()]
    if not stated:
        return None
    if len(stated) == 2:
        raise fail("SC312", "`to` and `type` say the same thing", spec.place("type"), "keep one of the two")
    raw = getattr(spec, stated[0])
    if isinstance(raw, str) and not (isinstance(raw, Raw) and raw.null):
        made = scope.expression(str(raw), spec.place(stated[0]))
    elif isinstance(raw, Block):
        made = _long_type(spec, scope, spot)
    else:
        raise fail("SC211", "a type is needed here", spec.place(stated[0]), "write `to: decimal`")
    if made is None:
        raise ScaffoldError(())
    return made


def _long_type(spec: ChangeSpec, scope: Scope, spot: Spot) -> Expression | None:
    typed = part(Typed, spec, "to")
    idle = sorted({"description", "openapi"} & typed.stated()) + list(typed.marked)
    if idle:
        help_ = f"write `describe: {{{spec.change}: …}}`"
        raise fail("SC312", f"`{idle[0]}` is no part of a type", typed.place(idle[0]), help_)
    return build_expression(typed, spot, scope)


def _accepts(spec: ChangeSpec, type_: Type, at: MemberAddress) -> tuple[str, ...] | None:
    """The other forms that requests may send a value in."""
    forms = accepted(type_)
    for word in spec.accepts or ():
        if word not in forms:
            help_ = (
                f"it can be sent as {', '.join(f'`{f}`' for f in forms)}" if forms else "a list of texts can, as `csv`"
            )
            raise fail("SC323", f"`{at}`, which is {type_}, cannot be sent as `{word}`", spec.place("accepts"), help_)
    return None if spec.accepts is None else tuple(dict.fromkeys(spec.accepts))


def _bounds(spec: ChangeSpec, type_: Type, at: MemberAddress | ParameterAddress) -> dict[str, Json]:
    stated = {b: getattr(spec, b) for b in BOUNDS if getattr(spec, b) is not None}
    known = allowed_bounds(type_)
    for bound in stated:
        if bound not in known:
            choices = ", ".join(f"`{k}`" for k in known)
            help_ = f"{type_} can have {choices}" if choices else f"{type_} has no bounds"
            raise fail("SC219", f"`{bound}` cannot bound `{at}`, which is {type_}", spec.place(bound), help_)
    return stated


def _drop(spec: ChangeSpec, type_: Type, *more: str) -> tuple[str, ...]:
    known = (*allowed_bounds(type_), "default", *more)
    for name in spec.drop:
        if name not in known:
            raise fail("SC219", f"`{name}` cannot be dropped here", spec.place("drop"), did_you_mean(name, known))
    return tuple(spec.drop)


def _sane(type_: Type, spec: ChangeSpec, at: MemberAddress | ParameterAddress) -> None:
    problems = bound_problems(type_) if isinstance(type_, Scalar | ListOf) else []
    if problems:
        bound, problem = problems[0]
        raise fail("SC219", f"`{at}`: {problem}", spec.place(bound))
