"""The operations of a route module: what the application needs to serve them, and to document them."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Required, TypedDict, TypeVar, Unpack

from fastapi import Response
from fastapi.routing import APIRoute

from .answers import Answers
from .bodies import Bodies
from .parameters import Parameter
from .shapes import Shape

H = TypeVar("H")
E = TypeVar("E", bound=Callable[..., Awaitable[Response]])

Provider = Callable[..., Awaitable[H]] | Callable[..., AsyncIterator[H]]
"""A function of the user's that returns, or yields, a handler; its parameters are FastAPI dependencies."""


class Stated(TypedDict, total=False):
    """What a route module says of an operation beside its method and path."""

    id: Required[str]
    at: str | None  # the path as the route has it, where its names are no Python names
    parameters: tuple[Parameter, ...]  # those that FastAPI does not read by itself
    body: Shape[Any] | None  # what is read, as JSON
    body_required: bool  # whether it must be sent
    bodies: Bodies | None  # what is read, where it travels in other forms
    answers: Mapping[int, Shape[Any] | None]  # what is answered, by status; the first is the usual one
    replies: Answers | None  # what is answered, where there is more than one answer, or headers, or other forms
    page_of: Shape[Any] | None  # a 200 with a page of these, in the version's envelope
    summary: str | None
    description: str | None
    tags: tuple[str, ...]
    deprecated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method on one path."""

    method: str
    path: str
    endpoint: Callable[..., Awaitable[Response]]
    id: str
    at: str | None = None
    parameters: tuple[Parameter, ...] = ()
    body: Shape[Any] | None = None
    body_required: bool = True
    bodies: Bodies | None = None
    answers: Mapping[int, Shape[Any] | None] = field(default_factory=dict)
    replies: Answers | None = None
    page_of: Shape[Any] | None = None
    summary: str | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    deprecated: bool = False
    opt_ins: tuple[str, ...] = ()
    """The headers that ask for values which are held back, in the version that it is looked at in."""

    def route(self, overrides: Any, address: str | None = None) -> APIRoute:
        """The route that serves it; `overrides` is the application whose `dependency_overrides` count.

        `address` is another place of the same operation: `GET /users/{id}`. The route carries no models: the endpoint
        answers with bytes, so none would ever be used.
        """
        method, _, path = (address or f"{self.method} {self.at or self.path}").partition(" ")
        return APIRoute(
            path,
            self.endpoint,
            methods=[method],
            operation_id=self.id,
            name=self.id,
            response_model=None,
            dependency_overrides_provider=overrides,
        )


class Operations:
    """The operations that one function of a route module makes, by their ids."""

    def __init__(self) -> None:
        self.by_id: dict[str, Operation] = {}

    def operation(self, method: str, path: str, **stated: Unpack[Stated]) -> Callable[[E], E]:
        """Take the decorated function as the operation `method` on `path`. Raises ValueError for an id twice."""

        def take(endpoint: E) -> E:
            operation = Operation(method=method, path=path, endpoint=endpoint, **stated)
            if self.by_id.setdefault(operation.id, operation) is not operation:
                raise ValueError(f"two operations have the id {operation.id}")
            return endpoint

        return take

    def get(self, path: str, **stated: Unpack[Stated]) -> Callable[[E], E]:
        """Take the decorated function as `GET path`."""
        return self.operation("GET", path, **stated)

    def post(self, path: str, **stated: Unpack[Stated]) -> Callable[[E], E]:
        """Take the decorated function as `POST path`."""
        return self.operation("POST", path, **stated)

    def put(self, path: str, **stated: Unpack[Stated]) -> Callable[[E], E]:
        """Take the decorated function as `PUT path`."""
        return self.operation("PUT", path, **stated)

    def patch(self, path: str, **stated: Unpack[Stated]) -> Callable[[E], E]:
        """Take the decorated function as `PATCH path`."""
        return self.operation("PATCH", path, **stated)

    def delete(self, path: str, **stated: Unpack[Stated]) -> Callable[[E], E]:
        """Take the decorated function as `DELETE path`."""
        return self.operation("DELETE", path, **stated)
