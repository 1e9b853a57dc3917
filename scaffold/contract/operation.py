"""An operation: one method on one path, with its parameters, its body and its answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from .message import Body, Response
from .parameter import Location, Parameter
from .security import Requirement
from .types import Extra, Type


class Action(StrEnum):
    """The standard operations of a resource, and FREE for any other."""

    LIST = "list"
    GET = "get"
    CREATE = "create"
    UPDATE = "update"
    REPLACE = "replace"
    DELETE = "delete"
    FREE = "free"


@dataclass(frozen=True)
class Operation:
    """One method on one path."""

    identity: str
    id: str
    method: str
    path: str
    responses: tuple[Response, ...]
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    action: Action = Action.FREE
    resource: str | None = None
    handler: str = "operations"
    summary: str | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    deprecated: bool = False
    security: tuple[Requirement, ...] | None = None
    """Who is let in: any of these. None is what the whole contract says, an empty tuple anybody."""
    extra: Extra = field(default_factory=dict, compare=False, kw_only=True)

    @property
    def address(self) -> str:
        """How a spec names this operation: `GET /users/{id}`."""
        return f"{self.method} {self.path}"

    def parameter(self, name: str, location: Location | None = None) -> Parameter | None:
        """The parameter called `name`, at `location` if that is given."""
        return next(
            (p for p in self.parameters if p.name == name and location in (None, p.location)),
            None,
        )


def mentioned(operation: Operation) -> Iterator[Type]:
    """Every type that an operation states: of its parameters, bodies, answers and their headers."""
    yield from (p.type for p in operation.parameters)
    forms = [*(operation.body.forms if operation.body else ()), *(f for r in operation.responses for f in r.forms)]
    yield from (f.type for f in forms if f.type is not None)
    yield from (h.type for r in operation.responses for h in r.headers)
