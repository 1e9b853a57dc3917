"""The standard operations of a resource: list, get, create, update, replace, delete."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .contract import Pagination, identity
from .message import Body, Response, View
from .named_types import Field, ObjectType
from .naming import indefinite
from .nesting import Level
from .operation import Action, Operation
from .paging import paging
from .parameter import Location, Parameter, Role
from .types import Kind, ListOf, Ref, Scalar

METHODS = {
    Action.LIST: "GET",
    Action.GET: "GET",
    Action.CREATE: "POST",
    Action.UPDATE: "PATCH",
    Action.REPLACE: "PUT",
    Action.DELETE: "DELETE",
}
KEY_PATTERN = r"^(?!\.{1,2}$)[^/\x00-\x1f\x7f]+$"
"""What a text must be to stand in a path as a segment of its own (RFC 3986, 3.3 and 5.2.4)."""


def plural(path: str) -> str:
    """The last fixed segment of a resource's path as a Python name: `/order-lines` gives `order_lines`."""
    words = [w for w in path.split("/") if w and not w.startswith("{")]
    return re.sub(r"\W+", "_", words[-1]).strip("_").lower() if words else "items"


def singular(type_name: str) -> str:
    """A type name as a Python name: `OrderLine` gives `order_line`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", type_name)
    return re.sub(r"\W+", "_", spaced).strip("_").lower()


def as_resource(type_: ObjectType) -> ObjectType:
    """`type_` with its key as a resource has it: given by the server for int and uuid, else by its creator."""

    def marked(f: Field) -> Field:
        if not f.key or f.read_only or f.create_only:
            return f
        if isinstance(f.type, Scalar) and f.type.kind in (Kind.INT, Kind.UUID):
            return replace(f, read_only=True)
        type_ = f.type
        if isinstance(type_, Scalar) and type_.kind is Kind.STR and type_.pattern is None:
            type_ = replace(type_, pattern=KEY_PATTERN)
        return replace(f, type=type_, create_only=True)

    return replace(type_, fields=tuple(marked(f) for f in type_.fields))


def standard_operations(
    version: str,
    type_: ObjectType,
    path: str,
    handler: str,
    actions: Sequence[Action],
    filters: Sequence[Field] = (),
    sort: Sequence[Field] = (),
    pagination: Pagination = Pagination(),
    above: Sequence[Level] = (),
) -> tuple[Operation, ...]:
    """The operations of a resource of `type_` at `path`, in the order of `actions`; `type_` must have a key.

    `above` are the objects that it stands below, the outermost first.
    """
    key = type_.key
    if key is None:
        raise ValueError(f"{type_.name} has no key")
    made = []
    one, many = singular(type_.name), plural(path)
    words = one.replace("_", " ")
    a = f"{indefinite(words)} {words}"
    summaries = {
        Action.LIST: f"List {many.replace('_', ' ')}",
        Action.GET: f"Get one {words}",
        Action.CREATE: f"Create {a}",
        Action.UPDATE: f"Change parts of {a}",
        Action.REPLACE: f"Replace {a}",
        Action.DELETE: f"Delete {a}",
    }
    for action in actions:
        method = METHODS[action]
        on_one = action not in (Action.LIST, Action.CREATE)
        at = f"{path}/{{{key.name}}}" if on_one else path
        born = identity(version, f"{method} {at}")
        parameters = [parent_parameter(born, level) for level in above]
        if on_one:
            parameters.append(
                Parameter(
                    f"{born}.{key.name}",
                    key.name,
                    Location.PATH,
                    key.type,
                    required=True,
                    role=Role.KEY,
                    fields=(key.identity,),
                    description=f"The {key.name} of the {words}.",
                )
            )
        if action is Action.LIST:
            parameters += _reading(born, filters, sort, pagination)
        made.append(
            Operation(
                identity=born,
                id=f"list_{many}" if action is Action.LIST else f"{action}_{one}",
                method=method,
                path=at,
                responses=(_answer(action, type_, words),),
                parameters=tuple(parameters),
                body=_body(action, type_),
                action=action,
                resource=type_.name,
                handler=handler,
                summary=summaries[action],
                tags=(many,),
            )
        )
    return tuple(made)


def parent_parameter(born: str, level: Level) -> Parameter:
    """The parameter of the path that names an object above, in the operation with the identity `born`.

    It is the same one wherever the operation stands below such an object, also when it comes back there.
    """
    key = level.above.key
    assert key is not None  # a resource is referred to by its key
    return Parameter(
        parent_identity(born, level.field),
        level.field.name,
        Location.PATH,
        level.field.type,
        required=True,
        role=Role.PARENT,
        fields=(level.field.identity,),
        description=f"The {key.name} of the {singular(level.above.name).replace('_', ' ')}.",
    )


def parent_identity(born: str, field: Field) -> str:
    """The identity of that parameter: no version is in it but those of the operation and the field."""
    return f"{born}.{field.identity}"


def _reading(born: str, filters: Sequence[Field], sort: Sequence[Field], pagination: Pagination) -> list[Parameter]:
    made = [
        Parameter(
            f"{born}.{f.name}",
            f.name,
            Location.QUERY,
            f.type,
            role=Role.FILTER,
            fields=(f.identity,),
            description=f"Only those whose {f.name} is this.",
        )
        for f in filters
    ]
    if sort:
        choices = tuple(word for f in sort for word in (f.name, f"-{f.name}"))
        made.append(
            Parameter(
                f"{born}.sort",
                "sort",
                Location.QUERY,
                Scalar(Kind.STR, choices=choices),
                role=Role.SORT,
                fields=tuple(f.identity for f in sort),
                description="The order; a minus sign turns it round.",
            )
        )
    return [*made, *paging(born, pagination)]


def _answer(action: Action, type_: ObjectType, words: str) -> Response:
    if action is Action.LIST:
        return Response(200, f"A page of {words}s.", ListOf(Ref(type_.name)), page=True)
    if action is Action.DELETE:
        return Response(204, f"The {words} is gone.")
    if action is Action.CREATE:
        return Response(201, f"The new {words}.", Ref(type_.name))
    return Response(200, f"The {words}.", Ref(type_.name))


def _body(action: Action, type_: ObjectType) -> Body | None:
    views = {Action.CREATE: View.CREATE, Action.UPDATE: View.UPDATE, Action.REPLACE: View.REPLACE}
    return Body(Ref(type_.name), view=views[action]) if action in views else None
