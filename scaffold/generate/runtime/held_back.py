"""Values that are held back: only callers who ask for them, by a header, are shown them and may send them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final, Generic, NoReturn, TypeVar, get_args

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Message, Receive, Scope, Send

from .variants import Except

K = TypeVar("K")
V = TypeVar("V")

NO: Final = frozenset({b"", b"0", b"?0", b"false"})
"""What a header says that asks for nothing, whether its letters are large or small."""

_asked: ContextVar[frozenset[str]] = ContextVar("asked", default=frozenset())


def asks(header: str) -> bool:
    """Whether the caller asks, by `header`, for what is held back; outside of requests nobody does."""
    return header in _asked.get()


@contextmanager
def asking(*headers: str) -> Iterator[None]:
    """For what is done within: somebody asks by these headers. For jobs that write for callers who do."""
    token = _asked.set(frozenset(headers))
    try:
        yield
    finally:
        _asked.reset(token)


class HeldBack(Generic[K, V]):
    """A table in which `others` has, by key, a header, and what stands there for callers who do not send it."""

    __slots__ = ("_others", "_rows")

    def __init__(self, rows: Mapping[K, V], others: Mapping[K, tuple[str, V]]) -> None:
        self._rows = rows
        self._others = others

    def __getitem__(self, key: K) -> V:
        found = self._others.get(key)
        return self._rows[key] if found is None or asks(found[0]) else found[1]


class HeldMeaning(Generic[K, V]):
    """For each value those that are shown as it; by `hidden` more of them to callers who do not send a header."""

    __slots__ = ("_hidden", "_rows")

    def __init__(
        self, rows: Mapping[K, tuple[V, ...]], hidden: Mapping[K, Sequence[tuple[str, tuple[V, ...]]]]
    ) -> None:
        self._rows = rows
        self._hidden = hidden

    def __getitem__(self, key: K) -> tuple[V, ...]:
        found = self._rows[key]
        more = [v for header, values in self._hidden.get(key, ()) if not asks(header) for v in values]
        if not more:
            return found
        return Except(v for v in found if v not in more) if isinstance(found, Except) else (*found, *more)


@dataclass(frozen=True)
class Withheld:
    """Reads a value of an enum; one that is `held` back only from callers who send the header that stands by it."""

    held: tuple[tuple[str, str], ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        held, values = dict(self.held), tuple(_texts(source))

        def read(value: str) -> str:
            header = held.get(value)
            if header is not None and not asks(header):
                seen = [v for v in values if v not in held or asks(held[v])]
                raise ValueError(f"must be one of {', '.join(map(repr, seen))}")
            return value

        return core_schema.no_info_after_validator_function(read, handler(source))


def _texts(type_: Any) -> Iterator[str]:
    """The texts of a literal, which may be a part of a union."""
    for part in get_args(type_):
        yield from [part] if isinstance(part, str) else _texts(part)


class Asking(BaseRoute):
    """A route of an operation that shows, or takes, values which some of its callers ask for by `headers`."""

    def __init__(self, route: BaseRoute, headers: Collection[str]) -> None:
        self.path: str = getattr(route, "path", "/")
        self.methods: set[str] = set(getattr(route, "methods", None) or ())
        self._route = route
        self._headers = {name.lower().encode(): name for name in headers}
        self._vary = (b"vary", ", ".join(headers).encode())

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        return self._route.matches(scope)

    def url_path_for(self, name: str, /, **path_params: object) -> NoReturn:
        raise NoMatchFound(name, path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_varied(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), self._vary]
            await send(message)

        headers = self._headers
        found = frozenset(headers[n] for n, v in scope["headers"] if n in headers and v.strip().lower() not in NO)
        token = _asked.set(found)
        try:
            await self._route.handle(scope, receive, send_varied)
        finally:
            _asked.reset(token)
