"""Which deprecated fields, parameters and values a client still sends: looked for when its answer begins.

Only operations that have such things are watched; what of them is deprecated is a table, made with the code.
"""

import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, NoReturn

from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import HTTPConnection, Request
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Message, Receive, Scope, Send

from .context import KEY, Context
from .tally import Tally
from .using import Uses
from .watching import client_of

FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
LARGEST: Final = 1024 * 1024
"""How much of a body is looked at; of a longer one nothing is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """What may stand at a place: `what` is said where anything does, `values` where one of them does.

    `types` are those of the objects there, by name; they stand `maps` maps deep. Where they are the variants of a
    union, `choose` names the field that tells them apart, and the variant by each of its values. Lists are looked
    through.
    """

    what: str | None = None
    types: tuple[str, ...] = ()
    maps: int = 0
    values: Mapping[str, str] = field(default_factory=dict)
    choose: tuple[str, Mapping[str, str]] | None = None


Types = Mapping[str, Mapping[str, At]]
"""The fields of objects that lead to something deprecated, by the name of the type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instead:
    """What is said of something deprecated: what to use, the day on which it ends, and that on which it was said."""

    use: str | None = None
    sunset: str | None = None
    since: date | datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What of one operation is deprecated: of its body, and of its parameters by place and name. `shown` is in its
    answers: whether a client reads that cannot be known."""

    body: At | None = None
    parameters: Mapping[tuple[str, str], At] = field(default_factory=dict)
    shown: tuple[str, ...] = ()

    @property
    def watched(self) -> bool:
        """Whether there is anything that a request could hold."""
        return self.body is not None or bool(self.parameters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deprecations:
    """What of one version is deprecated, by the id of the operation; and what to do about it, by what it is called."""

    operations: Mapping[str, Noted] = field(default_factory=dict)
    types: Types = field(default_factory=dict)
    instead: Mapping[str, Instead] = field(default_factory=dict)


class Noting(BaseRoute):
    """A route that looks at what it was sent when its answer begins, which tells who used something deprecated."""

    def __init__(self, route: BaseRoute, id: str, noted: Noted, types: Types, tally: Tally, uses: Uses) -> None:
        self.path: str = getattr(route, "path", "/")
        self.methods: set[str] = set(getattr(route, "methods", None) or ())
        self._route = route
        self._id = id
        self._noted = noted
        self._types = types
        self._tally = tally
        self._uses = uses

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        return self._route.matches(scope)

    def url_path_for(self, name: str, /, **path_params: object) -> NoReturn:
        raise NoMatchFound(name, path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in self.methods:
            await self._route.handle(scope, receive, send)
            return
        context: Context = scope[KEY]
        notice = context.notice
        assert notice is not None  # it has routes, so it is a version
        parts: list[bytes] = []
        length = 0
        used: dict[str, None] | None = None

        async def receive_noted() -> Message:
            nonlocal length
            message = await receive()
            part: bytes = message.get("body", b"")
            length += len(part)
            if length <= LARGEST:
                parts.append(part)
            return message

        async def look() -> dict[str, None]:
            body = b"".join(parts) if length <= LARGEST else b""
            return dict.fromkeys([found async for found in noticed(self._noted, self._types, scope, body)])

        async def send_told(message: Message) -> None:
            nonlocal used
            if message["type"] == "http.response.start":
                used = await look()
                if used:
                    told = self._uses.told(used, notice, self._id)
                    message["headers"] = [*message.get("headers", ()), *told]
            await send(message)

        try:
            await self._route.handle(scope, receive if self._noted.body is None else receive_noted, send_told)
        finally:
            used = await look() if used is None else used
            if used:
                self._tally.note(client_of(scope), notice.version.id, self._id, used, context.now)


def noting(deprecations: Deprecations, tally: Tally) -> Callable[[str, BaseRoute], BaseRoute]:
    """What makes a route look, where its operation has something that is deprecated."""
    uses = Uses({what: said.since for what, said in deprecations.instead.items() if said.since is not None})

    def watched(id: str, route: BaseRoute) -> BaseRoute:
        noted = deprecations.operations.get(id)
        if noted is None or not noted.watched:
            return route
        return Noting(route, id, noted, deprecations.types, tally, uses)

    return watched


async def noticed(noted: Noted, types: Types, scope: Scope, body: bytes) -> AsyncIterator[str]:
    """What is deprecated and stands in a request all the same."""
    connection = HTTPConnection(scope)
    for (place, name), at in noted.parameters.items():
        held: Any = {
            "query": connection.query_params, "header": connection.headers, "cookie": connection.cookies,
            "path": connection.path_params,
        }[place]  # fmt: skip
        if name in held:
            values = held.getlist(name) if place == "query" else [held[name]]
            for what in _inside(at, [piece for value in values for piece in str(value).split(",")], types):
                yield what
    if noted.body is not None and body:
        for what in _inside(noted.body, await _read(scope, body), types):
            yield what


async def _read(scope: Scope, body: bytes) -> Any:
    """What a body says; None where it cannot be read, and so was refused."""

    async def again() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    request = Request(scope, again)
    try:
        if request.headers.get("content-type", "").startswith(FORMS):
            async with request.form() as form:
                return {name: value if isinstance(value, str) else None for name, value in form.items()}
        return json.loads(body)
    except (ValueError, RecursionError, HTTPException, MultiPartException):
        return None


def _inside(at: At, value: Any, types: Types, maps: int = 0) -> Iterator[str]:
    """What is deprecated of `value`, and of what stands in it."""
    if at.what is not None and maps == 0:
        yield at.what
    if isinstance(value, list):
        for item in value:
            yield from _inside(_silent(at), item, types, maps)
    elif isinstance(value, str):
        if value in at.values:
            yield at.values[value]
    elif isinstance(value, dict) and maps < at.maps:
        for item in value.values():
            yield from _inside(_silent(at), item, types, maps + 1)
    elif isinstance(value, dict):
        for type_ in _variants(at, value):
            for name, inner in types.get(type_, {}).items():
                if name in value:
                    yield from _inside(inner, value[name], types)


def _silent(at: At) -> At:
    """The same place, of which itself nothing more is said."""
    return at if at.what is None else At(types=at.types, maps=at.maps, values=at.values, choose=at.choose)


def _variants(at: At, value: Mapping[str, Any]) -> tuple[str, ...]:
    if at.choose is None:
        return at.types
    name, variants = at.choose
    chosen = variants.get(str(value.get(name)))
    return () if chosen is None else (chosen,)
