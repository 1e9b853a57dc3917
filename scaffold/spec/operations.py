"""Operations and resources of the spec as values of the contract."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..contract.contract import Resource, identity
from ..contract.named_types import Field, ObjectType
from ..contract.nesting import put_below
from ..contract.operation import Action, Operation
from ..contract.standard import as_resource, plural, standard_operations
from ..diagnostics import Span
from .answers import body_spot, build_body, build_responses
from .auth import requirements
from .change_shapes import AddSpec
from .nested import placed
from .operation_shapes import OperationSpec
from .owners import owned
from .paging import read_pagination
from .parameters import build_parameters, handler_of
from .paths import path_problem
from .reading import read_by
from .scope import Scope
from .shapes import ResourceSpec

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE")


def build_resource(
    name: str, spec: ResourceSpec | AddSpec, type_: ObjectType, scope: Scope
) -> tuple[Resource, tuple[Operation, ...]] | None:
    """The resource that `spec` states and its standard operations; None, with findings, when it cannot be."""
    path, found = spec.path or "", scope.findings
    problem = path_problem(path, resource=True)
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
    type_ = as_resource(type_ if spec.owner is None else owned(type_, spec, scope))
    above = placed(type_, path, scope.all_types, spec.place("path"), found)
    if above is None:
        return None
    type_ = scope.made[name] = put_below(type_, above)
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
    own = None if spec.pagination is None else read_pagination(spec.pagination, scope.pagination, found)
    paged = own or scope.pagination
    operations = standard_operations(scope.version, type_, path, handler, actions, reading[0], reading[1], paged, above)
    return Resource(identity(scope.version, name), name, path, handler, own), operations


def _readable(name: str, type_: ObjectType, names: Sequence[str], key: str, spec: Any, scope: Scope) -> list[Field]:
    """The fields that a list is filtered or sorted by, under the names that it knows them by."""
    made: list[Field] = []
    for position, word in enumerate(names):
        span = spec.item_place(key, position)
        field, problem, help_ = read_by(type_, word, key, scope.all_types)
        if field is not None and field in made:
            problem, help_ = f"`{word}` stands twice in `{key}`", "keep one of the two"
        if problem is not None:
            scope.findings.add("SC223", problem, span, help_)
        elif field is not None:
            made.append(field)
    return made


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
    if not id_.strip() or not id_.isprintable():
        scope.findings.add(
            "SC224",
            f"`{id_}` cannot be the id of an operation",
            spec.place("id"),
            "one line of text: `cancel_order`",
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
        responses=build_responses(key, id_, spec, scope),
        parameters=build_parameters(key, id_, born, path, spec, scope),
        body=None if spec.body is None else build_body(spec.body, scope, body_spot(id_, f"the body of `{id_}`")),
        handler=handler,
        summary=spec.summary,
        description=spec.description,
        tags=tuple(spec.tags) if spec.tags is not None else (() if handler == "operations" else (handler,)),
        deprecated=bool(spec.deprecated),
        security=None if spec.security is None else requirements(spec.security, spec, "security", scope),
        extra=spec.beside,
    )
    if made.body is not None and method in ("GET", "HEAD", "OPTIONS"):
        scope.findings.add("SC225", f"`{key}` cannot carry a body", spec.place("body"), "use POST, or parameters")
    return made if len(scope.findings.found) == before else None


def _default_id(method: str, path: str) -> str:
    return re.sub(r"\W+", "_", f"{method.lower()}{path}").strip("_").lower()
