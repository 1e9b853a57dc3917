"""The operations of a route module: what the application needs to serve them, and to document them."""

import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated, Any, Required, TypedDict, TypeVar, Unpack

from fastapi import Body, Response
from fastapi.routing import APIRoute

from .shapes import Envelope, Shape

H = TypeVar("H")
E = TypeVar("E", bound=Callable[..., Awaitable[Response]])

Provider = Callable[..., Awaitable[H]] | Callable[..., AsyncIterator[H]]
"""A function of the user's that returns, or yields, a handler; its parameters are FastAPI dependencies."""


class Stated(TypedDict, total=False):
    """What a route module says of an operation beside its method and path."""

    id: Required[str]
    body: Shape[Any] | None  # what is read
    body_required: bool  # whether it must be sent
    answers: Mapping[int, Shape[Any] | None]  # what is answered, by status; the first is the usual one
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
    body: Shape[Any] | None = None
    body_required: bool = True
    answers: Mapping[int, Shape[Any] | None] = field(default_factory=dict)
    page_of: Shape[Any] | None = None
    summary: str | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    deprecated: bool = False

    @property
    def status(self) -> int:
        """The usual status of an answer."""
        return next(iter(self.answers), 200)

    def route(self, overrides: Any) -> APIRoute:
        """The route that serves it; `overrides` is the application whose `dependency_overrides` count.

        It carries no models: the endpoint answers with bytes, so none would ever be used.
        """
        return APIRoute(
            self.path,
            self.endpoint,
            methods=[self.method],
            operation_id=self.id,
            name=self.id,
            response_model=None,
            dependency_overrides_provider=overrides,
        )

    def documented(self, envelope: Envelope) -> APIRoute:
        """A route for FastAPI's own document, with every model; it is never called."""
        answers: dict[int, Any] = {
            status: None if shape is None else shape.type for status, shape in self.answers.items()
        }
        if self.page_of is not None:
            name = f"{getattr(self.page_of.type, '__name__', 'Item')}Page"
            answers = {200: envelope.model(self.page_of.type, name), **answers}
        status, model = next(iter(answers.items()), (200, None))
        others: dict[int | str, dict[str, Any]] = {
            code: {"description": _phrase(code), **({} if type_ is None else {"model": type_})}
            for code, type_ in answers.items()
            if code != status
        }
        return APIRoute(
            self.path,
            self.endpoint if self.body is None else _with_body(self.endpoint, self.body, self.body_required),
            methods=[self.method],
            operation_id=self.id,
            name=self.id,
            status_code=status,
            response_model=model,
            response_description=_phrase(status),
            responses=others,
            summary=self.summary,
            description=self.description,
            tags=list(self.tags),
            deprecated=self.deprecated or None,
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


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"Status {status}"


def _with_body(endpoint: Callable[..., Any], body: Shape[Any], required: bool) -> Callable[..., Any]:
    """A function with the parameters of `endpoint` and a body, for documentation alone."""

    def stand_in(**_: Any) -> None: ...

    signature = inspect.signature(endpoint)
    payload = inspect.Parameter("payload", inspect.Parameter.KEYWORD_ONLY, annotation=Annotated[body.type, Body()])
    parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in signature.parameters.values()]
    stand_in.__signature__ = inspect.Signature([*parameters, payload])  # type: ignore[attr-defined]  # PEP 362
    stand_in.__doc__ = endpoint.__doc__
    return stand_in
