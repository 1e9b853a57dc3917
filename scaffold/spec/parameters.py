"""Parameters of the spec as values of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..contract.contract import Location, Parameter, Resource, identity
from ..contract.types import MISSING, EnumType, Kind, ListOf, NamedType, ObjectType, Ref, Scalar, Type
from ..diagnostics import ScaffoldError
from .bounds import bounded
from .change_shapes import AddSpec
from .fields import build_expression
from .json_values import read_value
from .paths import parameters_in
from .scope import Scope
from .shapes import OperationSpec, ParameterSpec


def build_parameters(
    key: str, born: str, path: str, spec: OperationSpec | AddSpec, scope: Scope
) -> tuple[Parameter, ...]:
    in_path = parameters_in(path)
    made: list[Parameter] = []
    stated = {}
    for name, parameter in spec.parameters.items():
        location = parameter.in_ or ("path" if name in in_path else "query")
        if name.endswith("?"):
            scope.findings.add(
                "SC226",
                f"`{name}`: a parameter is optional unless it says `required: true`",
                parameter.key_place(),
                f"write `{name[:-1]}`",
            )
            continue
        if location == "path" and name not in in_path:
            scope.findings.add(
                "SC226",
                f"`{name}` is not in the path `{path}`",
                parameter.key_place(),
                f"write `{{{name}}}` there, or `in: query` here",
            )
            continue
        if name in in_path and location != "path":
            scope.findings.add(
                "SC226", f"`{name}` stands in the path `{path}`", parameter.place("in"), "leave `in` out"
            )
            continue
        stated[name] = parameter, location
    for name in in_path:
        if name in stated:
            continue
        made.append(
            Parameter(
                identity(scope.version, born, "path", name),
                name,
                Location.PATH,
                _key_type(path, name, scope),
                required=True,
            )
        )
    for name, (parameter, location) in stated.items():
        one = build_parameter(
            name,
            Location(location),
            parameter,
            scope,
            f"`{name}` of `{key}`",
            identity(scope.version, born, location, name),
        )
        if one is not None:
            made.append(one)
    order = {name: i for i, name in enumerate(in_path)}
    return tuple(sorted(made, key=lambda p: order[p.name] if p.location is Location.PATH else len(order)))


def _key_type(path: str, name: str, scope: Scope) -> Type:
    owner = resource_at(path, scope)
    type_ = scope.all_types.get(owner.type) if owner is not None else None
    if owner is not None and isinstance(type_, ObjectType) and type_.key is not None:
        if path.startswith(f"{owner.path}/{{{name}}}") and type_.key.name == name:
            return type_.key.type
    return Scalar(Kind.STR)


def build_parameter(
    name: str, location: Location, spec: ParameterSpec | AddSpec, scope: Scope, at: str, born: str
) -> Parameter | None:
    """One parameter; None, with findings, when it cannot be."""
    type_ = _parameter_type(spec, scope, at)
    if type_ is None:
        return None
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
    )


def _parameter_type(spec: ParameterSpec | AddSpec, scope: Scope, at: str) -> Type | None:
    for key in ("fields", "values", "unknown"):
        if key in spec.stated():
            scope.findings.add(
                "SC226", f"{at} is a single text and cannot have `{key}`", spec.place(key), "send an object as the body"
            )
            return None
    if spec.enum is not None and spec.type is None:
        type_: Type = Scalar(Kind.STR, choices=tuple(v.value for v in spec.enum))
        return bounded(type_, spec, scope, at)
    made = build_expression(spec, "", scope, at)
    if made is None:
        return None
    inner = made.type.items if isinstance(made.type, ListOf) else made.type
    if made.nullable:
        scope.findings.add(
            "SC226", f"{at} cannot be null: a parameter is there or not", spec.place("type"), "drop `null`"
        )
        return None
    if not is_single(inner, scope.all_types) and not (
        isinstance(inner, Ref) and scope.all_types.get(inner.name) is None
    ):
        scope.findings.add(
            "SC226",
            f"{at} cannot be {made.type}: a parameter is one value or a list of them",
            spec.place("type"),
            "send it as the body",
        )
        return None
    return made.type


def handler_of(path: str, scope: Scope) -> str:
    """The handler of the resource whose path begins `path`, else `operations`."""
    owner = resource_at(path, scope)
    return owner.handler if owner is not None else "operations"


def resource_at(path: str, scope: Scope) -> Resource | None:
    """The resource whose path begins `path`, the closest one."""
    owners = [r for r in scope.resources.values() if path == r.path or path.startswith(f"{r.path}/")]
    return max(owners, key=lambda r: len(r.path), default=None)


def is_single(type_: Type, types: Mapping[str, NamedType]) -> bool:
    """Whether values of `type_` can be written as one text."""
    if isinstance(type_, Ref):
        return isinstance(types.get(type_.name), EnumType)
    return isinstance(type_, Scalar) and type_.kind not in (Kind.JSON, Kind.BYTES)
