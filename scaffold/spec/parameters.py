"""Parameters of the spec as values of the contract."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..contract.contract import Resource, identity
from ..contract.named_types import AliasType, EnumType, Field, NamedType, ObjectType
from ..contract.naming import pascal
from ..contract.nesting import NoLevel, levels, rest_below
from ..contract.parameter import Location, Parameter, Role
from ..contract.standard import parent_identity
from ..contract.types import MISSING, Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf
from ..diagnostics import ScaffoldError, did_you_mean
from .change_shapes import AddSpec
from .change_verb import ChangeSpec
from .fields import build_expression
from .findings import Findings
from .json_values import read_value, under
from .kinds import type_place
from .operation_shapes import OperationSpec, ParameterSpec
from .paths import parameters_in
from .scalar_values import untyped
from .scope import Scope, Spot


def build_parameters(
    key: str, id_: str, born: str, path: str, spec: OperationSpec | AddSpec, scope: Scope
) -> tuple[Parameter, ...]:
    """The parameters of the operation `key`: those that are written, and those of its path that are not."""
    in_path = parameters_in(path)
    stated: dict[tuple[Location, str], ParameterSpec] = {}
    for written, parameter in spec.parameters.items():
        at = _where(written, parameter, path, scope)
        if at is None:
            continue
        if at in stated:
            where = parameter.key_place()
            scope.findings.add("SC226", f"the {at[0]} parameter `{at[1]}` stands here twice", where, "keep one")
            continue
        stated[at] = parameter
    made = [_in_path(name, born, path, scope) for name in in_path if (Location.PATH, name) not in stated]
    for (location, name), parameter in stated.items():
        spot = parameter_spot(id_, name, f"`{name}` of `{key}`")
        one = build_parameter(name, location, parameter, scope, spot, identity(scope.version, born, location, name))
        if one is not None:
            made.append(_as_key(one, born, path, scope) if location is Location.PATH else one)
    order = {name: i for i, name in enumerate(in_path)}
    return tuple(sorted(made, key=lambda p: order[p.name] if p.location is Location.PATH else len(order)))


def parameter_spot(id_: str, name: str, at: str) -> Spot:
    """The place of a parameter's type, in the operation called `id_`."""
    return Spot(pascal(id_) + pascal(name), at, bare=True)


def _where(written: str, spec: ParameterSpec, path: str, scope: Scope) -> tuple[Location, str] | None:
    """Where the parameter under the key `written` travels, and its name; None, with a finding, when it cannot."""
    found = re.fullmatch(r"(query|path|header|cookie)\s+(\S+)", written)
    name, in_path = (found[2] if found else written), parameters_in(path)
    location = Location((found[1] if found else None) or spec.in_ or ("path" if name in in_path else "query"))
    if name.endswith("?"):
        scope.findings.add(
            "SC226",
            f"`{written}`: a parameter is optional unless it says `required: true`",
            spec.key_place(),
            f"write `{written[:-1]}`",
        )
    elif found and spec.in_ not in (None, location):
        scope.findings.add(
            "SC226", f"`{written}` cannot be `in: {spec.in_}` as well", spec.place("in"), "leave `in` out"
        )
    elif location is Location.PATH and name not in in_path:
        scope.findings.add(
            "SC226",
            f"`{name}` is not in the path `{path}`",
            spec.key_place(),
            f"write `{{{name}}}` there, or `in: query` here",
        )
    elif not found and name in in_path and location is not Location.PATH:
        scope.findings.add(
            "SC226",
            f"`{name}` stands in the path `{path}`",
            spec.place("in"),
            f"leave `in` out; another one of this name is called `{location} {name}`",
        )
    else:
        return location, name
    return None


def _in_path(name: str, operation: str, path: str, scope: Scope) -> Parameter:
    """A parameter of the path that nothing more is said of: the key of the resource there, or a text."""
    born = identity(scope.version, operation, "path", name)
    made = Parameter(born, name, Location.PATH, Scalar(Kind.STR), required=True)
    owner, types = resource_at(path, scope.resources), scope.all_types
    found = None if owner is None else usual_in_path(name, path, owner, types)
    if found is None:
        return made
    role, field = found
    own = born if role is Role.KEY else parent_identity(operation, field)
    return replace(made, identity=own, type=field.type, role=role, fields=(field.identity,))


def usual_in_path(name: str, path: str, owner: Resource, types: Mapping[str, NamedType]) -> tuple[Role, Field] | None:
    """What `{name}` in a path below that of `owner` is the key of: one object of its type, or one above that."""
    type_, rest = types.get(owner.type), rest_below(path, owner.path) or ""
    if not isinstance(type_, ObjectType):
        return None
    if type_.key is not None and type_.key.name == name and f"{rest}/".startswith(f"/{{{name}}}/"):
        return Role.KEY, type_.key
    try:
        found = levels(type_, owner.path, {t.identity: t for t in types.values()})
    except NoLevel:  # its own finding says so
        return None
    return next(((Role.PARENT, level.field) for level in found if level.field.name == name), None)


def _as_key(parameter: Parameter, operation: str, path: str, scope: Scope) -> Parameter:
    """A parameter of the path that more is said of is the key of the resource there, too, if it has its type."""
    usual = _in_path(parameter.name, operation, path, scope)
    if usual.type != parameter.type:
        return parameter
    return replace(parameter, identity=usual.identity, role=usual.role, fields=usual.fields)


def build_parameter(
    name: str, location: Location, spec: ParameterSpec | AddSpec, scope: Scope, spot: Spot, born: str
) -> Parameter | None:
    """One parameter; None, with findings, when it cannot be."""
    at = spot.at
    type_ = _parameter_type(spec, scope, spot)
    if type_ is None:
        return None
    refuse_style(location, spec, at, scope.findings)
    required = location is Location.PATH if spec.required is None else spec.required
    if location is Location.PATH and not required:
        scope.findings.add(
            "SC226", f"{at} stands in the path and is always required", spec.place("required"), "leave `required` out"
        )
    stated = spec.stated()
    made: dict[str, Any] = {}
    for part in ("default", "example"):
        if part in stated:
            try:
                with under(part, type_):
                    made[part] = read_value(getattr(spec, part), type_, scope.all_types)
            except ScaffoldError as error:
                for diagnostic in error.diagnostics:
                    scope.findings.put(diagnostic.at(spec.place(part)))
    if required and "default" in stated:
        scope.findings.add("SC226", f"{at} is required and has a default", spec.place("default"), "keep one of the two")
    return Parameter(
        born,
        name,
        location,
        type_,
        required=required,
        default=made.get("default", MISSING),
        description=spec.description,
        example=made.get("example", MISSING),
        deprecated=spec.deprecated,
        style=spec.style,
        explode=spec.explode,
        media_type=spec.media_type,
        extra=spec.beside,
    )


STYLES: Mapping[Location, tuple[str, ...]] = {
    Location.PATH: ("simple", "label", "matrix"),
    Location.QUERY: ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    Location.HEADER: ("simple",),
    Location.COOKIE: ("form",),
}
"""How values may be written in each place (OpenAPI 3.1, 4.8.12.3)."""


def refuse_style(location: Location, spec: ParameterSpec | AddSpec | ChangeSpec, at: str, findings: Findings) -> None:
    """SC226 for a style that is none of this place, and for one of a value that is a document."""
    known = STYLES[location]
    if spec.style is not None and spec.style not in known:
        where = spec.place("style")
        findings.add(
            "SC226", f"`{spec.style}` is no style of a {location} parameter", where, did_you_mean(spec.style, known)
        )
    if getattr(spec, "media_type", None) is not None:
        for key in spec.stated() & {"style", "explode"}:
            help_ = "keep one of the two"
            findings.add("SC226", f"{at} is a document and has no `{key}`", spec.place(key), help_)


def _parameter_type(spec: ParameterSpec | AddSpec, scope: Scope, spot: Spot) -> Type | None:
    made = build_expression(spec, spot, scope)
    if made is None:
        return None
    type_ = with_schema(made.whole, spec)
    if spec.media_type is None and not can_be_parameter(type_, scope.all_types):
        scope.findings.add(
            "SC226",
            f"{spot.at} cannot be {made.type}: a parameter is one value, a list of them, or an object of them",
            type_place(spec),
            "write `media_type: application/json`, or send it as the body",
        )
        return None
    return type_


def with_schema(type_: Type, spec: Any) -> Type:
    """`type_` with the keywords under `schema`, where something else holds what stands beside."""
    return type_ if spec.schema_ is None else replace(type_, extra=untyped(spec.schema_))


Seen = tuple[str, ...]


def can_be_parameter(type_: Type, types: Mapping[str, NamedType], inside: bool = False, seen: Seen = ()) -> bool:
    """Whether values of `type_` can be written as text by a style: single ones, and one level of lists or objects."""
    match type_:
        case Scalar():
            return True
        case Ref(name):
            found = types.get(name)
            if isinstance(found, AliasType):
                return name in seen or can_be_parameter(found.type, types, inside, (*seen, name))
            if isinstance(found, ObjectType):
                return not inside and all(can_be_parameter(f.type, types, True, seen) for f in found.fields)
            return True
        case UnionOf(variants):
            return all(can_be_parameter(v, types, inside, seen) for v in variants)
        case ListOf(items=inner) | MapOf(values=inner):
            return not inside and can_be_parameter(inner, types, True, seen)


def handler_of(path: str, scope: Scope) -> str:
    """The handler of the resource whose path begins `path`, else `operations`."""
    owner = resource_at(path, scope.resources)
    return owner.handler if owner is not None else "operations"


def resource_at(path: str, resources: Mapping[str, Resource]) -> Resource | None:
    """The resource whose path begins `path`, the closest one."""
    owners = [r for r in resources.values() if rest_below(path, r.path) is not None]
    return max(owners, key=lambda r: r.path.count("/"), default=None)


def is_single(type_: Type, types: Mapping[str, NamedType]) -> bool:
    """Whether values of `type_` can be written as one text."""
    if isinstance(type_, Ref):
        return isinstance(types.get(type_.name), EnumType)
    return isinstance(type_, Scalar) and type_.kind not in (Kind.JSON, Kind.BYTES)
