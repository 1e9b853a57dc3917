"""Operations and resources of the spec as values of the contract."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from ..contract.contract import (
    Action,
    Body,
    Location,
    Operation,
    Parameter,
    Resource,
    Response,
    View,
    identity,
)
from ..contract.naming import pascal
from ..contract.standard import plural, standard_operations
from ..contract.types import MISSING, EnumType, Field, Kind, ListOf, NamedType, ObjectType, Ref, Scalar, Type
from ..diagnostics import ScaffoldError, Span, did_you_mean
from .change_shapes import AddSpec
from .fields import bounded, build_expression
from .json_values import read_value
from .scope import Scope
from .shapes import BodySpec, OperationSpec, ParameterSpec, ResourceSpec, ResponseSpec, Typed

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
_SEGMENT = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@%-]+|\{[A-Za-z_][A-Za-z0-9_]*\}")


def path_problem(path: str) -> str | None:
    """Why `path` cannot be served, if it cannot."""
    if not path.startswith("/") or path == "/":
        return "a path begins with a slash and names something: `/users`"
    if path.endswith("/"):
        return "a path does not end with a slash"
    for segment in path[1:].split("/"):
        if not segment:
            return "there is nothing between two slashes"
        if not _SEGMENT.fullmatch(segment) or segment in (".", ".."):
            return f"`{segment}` can be no part of a path; a parameter is a whole part: `/users/{{id}}`"
    names = re.findall(r"{([^}]+)}", path)
    if len(set(names)) < len(names):
        return "two parameters have the same name"
    return None


def build_resource(
    name: str, spec: ResourceSpec | AddSpec, type_: ObjectType, scope: Scope
) -> tuple[Resource, tuple[Operation, ...]] | None:
    """The resource that `spec` states and its standard operations; None, with findings, when it cannot be."""
    path, found = spec.path or "", scope.findings
    problem = path_problem(path)
    if problem is None and "{" in path:
        found.add(
            "SC390",
            "a resource below another one is not supported yet",
            spec.place("path"),
            "give it a path of its own",
        )
        return None
    if problem is not None:
        found.add("SC221", f"`{path}` is no path: {problem}", spec.place("path"))
        return None
    if type_.key is None:
        if not any(name in d.message for d in found.errors):
            found.add(
                "SC222",
                f"the resource `{name}` has no key",
                spec.key_place(),
                "mark one field: `id: {type: int, key: true}`",
            )
        return None
    handler = spec.handler or plural(path)
    if not handler.isidentifier():
        found.add(
            "SC221",
            f"`{handler}` cannot name a handler",
            spec.place("handler" if spec.handler else "path"),
            "letters, digits and underscores: `handler: users`",
        )
        return None
    words = spec.operations if spec.operations is not None else [a for a in Action if a is not Action.FREE]
    actions = list(dict.fromkeys(Action(a) for a in words))
    reading = [
        _readable(name, type_, list_, key, spec, scope)
        for key, list_ in (("filters", spec.filters), ("sort", spec.sort))
    ]
    operations = standard_operations(scope.version, type_, path, handler, actions, *reading)
    return Resource(identity(scope.version, name), name, path, handler), operations


def _readable(name: str, type_: ObjectType, names: Sequence[str], key: str, spec: Any, scope: Scope) -> list[Field]:
    """The fields that a list is filtered or sorted by."""
    made = []
    types = scope.all_types
    for position, word in enumerate(names):
        field = type_.field(word)
        span = _item_place(spec, key, position)
        if field is None:
            scope.findings.add(
                "SC223",
                f"`{name}` has no field `{word}` for `{key}`",
                span,
                did_you_mean(word, [f.name for f in type_.fields]),
            )
        elif field.write_only or not _single(field.type, types):
            scope.findings.add(
                "SC223",
                f"`{name}.{word}` cannot stand in `{key}`",
                span,
                "only single values that clients see can be filtered and sorted by",
            )
        elif field in made:
            scope.findings.add("SC223", f"`{word}` stands twice in `{key}`", span, "keep one of the two")
        elif key == "filters" and word in ("sort", "limit", "offset"):
            scope.findings.add(
                "SC223",
                f"a filter cannot be called `{word}`: lists have such a parameter already",
                span,
                "leave it out",
            )
        else:
            made.append(field)
    return made


def _item_place(spec: Any, key: str, position: int) -> Span:
    from .tree import ListNode, MapNode

    node = spec._node.entries.get(key) if isinstance(spec._node, MapNode) else None
    found = node.items[position].mark if isinstance(node, ListNode) and position < len(node.items) else spec.place(key)
    return Span(found.file, found.line, found.column, found.end_line, found.end_column)


def _single(type_: Type, types: Mapping[str, NamedType]) -> bool:
    if isinstance(type_, Ref):
        return isinstance(types.get(type_.name), EnumType)
    return isinstance(type_, Scalar) and type_.kind not in (Kind.JSON, Kind.BYTES)


def build_operation(key: str, spec: OperationSpec | AddSpec, scope: Scope, where: Span) -> Operation | None:
    """The operation written under `METHOD /path`; None, with findings, when it cannot be."""
    method, _, path = key.strip().partition(" ")
    path = path.strip()
    if method.upper() not in METHODS or not path:
        scope.findings.add(
            "SC224", f"`{key}` is no operation", where, "write a method and a path: `POST /orders/{id}/cancel`"
        )
        return None
    method = method.upper()
    problem = path_problem(path)
    if problem is not None:
        scope.findings.add("SC221", f"`{path}` is no path: {problem}", where)
        return None
    before = len(scope.findings.found)
    born = identity(scope.version, f"{method} {path}")
    id_ = spec.id or _default_id(method, path)
    if not id_.isidentifier():
        scope.findings.add(
            "SC224",
            f"`{id_}` cannot be the id of an operation",
            spec.place("id"),
            "letters, digits and underscores: `cancel_order`",
        )
    handler = spec.handler or handler_of(path, scope)
    if not handler.isidentifier():
        scope.findings.add(
            "SC221", f"`{handler}` cannot name a handler", spec.place("handler"), "letters, digits and underscores"
        )
    made = Operation(
        identity=born,
        id=id_,
        method=method,
        path=path,
        responses=_responses(key, id_, spec, scope),
        parameters=_parameters(key, born, path, spec, scope),
        body=_body(id_, spec.body, scope),
        handler=handler,
        summary=spec.summary,
        description=spec.description,
        tags=tuple(spec.tags) if spec.tags is not None else (() if handler == "operations" else (handler,)),
        deprecated=spec.deprecated,
    )
    if made.body is not None and method in ("GET", "HEAD", "OPTIONS"):
        scope.findings.add("SC225", f"`{key}` cannot carry a body", spec.place("body"), "use POST, or parameters")
    return made if len(scope.findings.found) == before else None


def _default_id(method: str, path: str) -> str:
    return re.sub(r"\W+", "_", f"{method.lower()}{path}").strip("_").lower()


def handler_of(path: str, scope: Scope) -> str:
    """The handler of the resource whose path begins `path`, else `operations`."""
    owner = _resource_at(path, scope)
    return owner.handler if owner is not None else "operations"


def _resource_at(path: str, scope: Scope) -> Resource | None:
    owners = [r for r in scope.resources.values() if path == r.path or path.startswith(f"{r.path}/")]
    return max(owners, key=lambda r: len(r.path), default=None)


def _parameters(key: str, born: str, path: str, spec: OperationSpec | AddSpec, scope: Scope) -> tuple[Parameter, ...]:
    in_path = re.findall(r"{([^}]+)}", path)
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
    owner = _resource_at(path, scope)
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
    if not _single(inner, scope.all_types) and not (isinstance(inner, Ref) and scope.all_types.get(inner.name) is None):
        scope.findings.add(
            "SC226",
            f"{at} cannot be {made.type}: a parameter is one value or a list of them",
            spec.place("type"),
            "send it as the body",
        )
        return None
    return made.type


def _body(id_: str, spec: BodySpec | None, scope: Scope) -> Body | None:
    if spec is None:
        return None
    if spec.media_type not in (None, "application/json"):
        scope.findings.add(
            "SC390",
            f"bodies of `{spec.media_type}` are not supported yet",
            spec.place("media_type"),
            "leave it out: JSON",
        )
        return None
    made = build_expression(spec, f"{pascal(id_)}Body", scope, f"the body of `{id_}`")
    if made is None:
        return None
    if made.nullable:
        scope.findings.add(
            "SC225", "a body cannot be null", spec.place("type"), "write `required: false` where it may be left out"
        )
        return None
    return Body(made.type, required=spec.required, view=View.INPUT, description=spec.description)


def _responses(key: str, id_: str, spec: OperationSpec | AddSpec, scope: Scope) -> tuple[Response, ...]:
    if spec.response is not None and spec.responses is not None:
        scope.findings.add(
            "SC225", f"`{key}` has both `response` and `responses`", spec.place("responses"), "keep one of the two"
        )
        return ()
    if spec.response is not None:
        made = _response(200 if _says_type(spec.response) else 204, f"{pascal(id_)}Response", spec.response, scope)
        return () if made is None else (made,)
    if spec.responses is None:
        return (Response(204, _phrase(204)),)
    found = []
    for status, answer in spec.responses.items():
        if not re.fullmatch(r"[1-5][0-9][0-9]", status) or int(status) < 200:
            scope.findings.add(
                "SC225", f"`{status}` is no status of an answer", answer.key_place(), "write a number from 200 to 599"
            )
            continue
        made = _response(int(status), f"{pascal(id_)}Response{status}", answer, scope)
        if made is not None:
            found.append(made)
    if not any(r.status < 400 for r in found) and len(found) == len(spec.responses):
        scope.findings.add(
            "SC225",
            f"`{key}` has no answer for success",
            spec.place("responses"),
            "add one below 400: `200: Order` or `204: null`",
        )
    return tuple(found)


def _says_type(spec: Typed) -> bool:
    return any(getattr(spec, k) is not None for k in ("type", "enum", "fields", "items", "values"))


def _response(status: int, name: str, spec: ResponseSpec, scope: Scope) -> Response | None:
    description = spec.description or _phrase(status)
    if not _says_type(spec):
        if spec.page:
            scope.findings.add("SC225", "`page` needs a list", spec.place("page"), "write `type: list[User]`")
        return Response(status, description)
    made = build_expression(spec, name, scope, f"the answer {status}")
    if made is None:
        return None
    if made.nullable:
        scope.findings.add(
            "SC225",
            f"the answer {status} cannot be null",
            spec.place("type"),
            "write an answer of its own: `204: null`",
        )
        return None
    if status in (204, 304):
        scope.findings.add("SC225", f"an answer {status} has no body", spec.place("type"), f"write `{status}: null`")
        return None
    if spec.page and not isinstance(made.type, ListOf):
        scope.findings.add("SC225", f"`page` needs a list, and this is {made.type}", spec.place("page"), "drop `page`")
    return Response(status, description, made.type, page=spec.page)


def _phrase(status: int) -> str:
    try:
        return f"{HTTPStatus(status).phrase}."
    except ValueError:
        return f"Status {status}."
