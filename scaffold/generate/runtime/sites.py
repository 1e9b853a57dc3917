"""The routes of each version, put together from the modules of the versions before it and built when needed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from inspect import signature
from threading import RLock
from typing import Any, Protocol

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute, Route

from .endings import Ending
from .error_forms import PROBLEM, ErrorForm
from .held_back import Asking
from .invited import Invited
from .operations import Operation, Operations, Provider
from .shapes import Envelope
from .stages import Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What one version states of itself.

    `routes` names, by module (`v2.users`, below the generated package), the operations that this version introduced
    or changed; `removed` the ones it no longer has. All else is as in the version before. `examples` is the file,
    below the generated package, with the examples of what it introduced or changed; `undecided` names every
    operation for whose callers something is still to be decided. `prefix` is what the published document puts
    before the paths. `aliases` are places that operations had before this version moved them and that it still
    answers, by the id of each; `redirects` such places with the path and the status that lead away. `moved` is
    where this version has what is elsewhere in the newest one; None where no handler writes such paths. `opt_ins` has
    the headers that ask for values which are held back, by the ids of the operations that such values reach.
    """

    version: Version
    routes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    removed: Sequence[str] = ()
    envelope: Mapping[str, Any] | None = None
    errors: ErrorForm = PROBLEM
    draft: bool = False
    examples: str | None = None
    undecided: Sequence[str] = ()
    prefix: str = ""
    aliases: Mapping[str, str] = field(default_factory=dict)
    redirects: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    moved: Mapping[str, str | None] | None = None
    opt_ins: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Caller(Protocol):
    """Whoever a credential says it is."""

    @property
    def id(self) -> str:
        """Its name."""
        ...


class Gate(Protocol):
    """What stands before the operations of one version."""

    def guarded(self, id: str, route: BaseRoute) -> BaseRoute:
        """The route of the operation `id`, behind a check where one is wanted."""
        ...

    async def identify(self, connection: HTTPConnection) -> Caller | None:
        """Who calls, by any credential of the version; None where none is sent. Raises where one is wrong."""
        ...


def merged(editions: Iterable[Edition]) -> dict[str, dict[str, str]]:
    """For each version, the module of each of its operations."""
    tables: dict[str, dict[str, str]] = {}
    table: dict[str, str] = {}
    for edition in editions:
        table = {id: module for id, module in table.items() if id not in edition.removed}
        table.update({id: module for module, ids in edition.routes.items() for id in ids})
        tables[edition.version.id] = table
    return tables


class Catalogue:
    """The operations of all route modules; a module is imported, and a route made, once for all versions.

    `routes` of a module is called with the providers that its parameters name.
    """

    def __init__(self, package: str, providers: Mapping[str, Provider[Any]], overrides: Any) -> None:
        self._package = package
        self._providers = providers
        self._overrides = overrides
        self._modules: dict[str, Operations] = {}
        self._routes: dict[tuple[str, str], BaseRoute] = {}
        self._lock = RLock()

    def operation(self, module: str, id: str) -> Operation:
        """The operation `id` of `module`. Raises LookupError where it has none."""
        with self._lock:
            if module not in self._modules:
                routes = import_module(f"{self._package}.{module}").routes
                self._modules[module] = routes(*(self._providers[name] for name in signature(routes).parameters))
            try:
                return self._modules[module].by_id[id]
            except KeyError:
                raise LookupError(f"{self._package}.{module} has no operation {id}") from None

    def route(self, module: str, id: str) -> BaseRoute:
        """The route that serves the operation `id` of `module`."""
        with self._lock:
            if (module, id) not in self._routes:
                self._routes[module, id] = self.operation(module, id).route(self._overrides)
            return self._routes[module, id]

    def alias(self, module: str, id: str, address: str) -> BaseRoute:
        """A route that serves the operation `id` of `module` at another place."""
        return self.operation(module, id).route(self._overrides, address)


class Site:
    """The routes of one version, built once, off the event loop, when first needed.

    They are kept by the length and the first segment of their paths, so that finding one among hundreds takes
    as long as among a few.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        version: Version,
        table: Mapping[str, str],
        envelope: Envelope,
        extra: Sequence[Route] = (),
        gate: Gate | None = None,
        aliases: Mapping[str, str] | None = None,
        opt_ins: Mapping[str, Sequence[str]] | None = None,
        noting: Callable[[str, BaseRoute], BaseRoute] | None = None,
    ) -> None:
        self.version = version
        self.envelope = envelope
        self._catalogue = catalogue
        self._table = table
        self._extra = extra
        self._gate = gate
        self._aliases = aliases or {}
        self.opt_ins = opt_ins or {}
        self._noting = noting
        self._routers: dict[tuple[int, str], APIRouter] | None = None
        self._elsewhere = APIRouter(redirect_slashes=False)
        self._lock = RLock()

    @property
    def is_built(self) -> bool:
        """Whether the routes are there."""
        return self._routers is not None

    async def router(self, path: str) -> APIRouter:
        """The router that has all routes which may match `path`."""
        routers = self._routers
        if routers is None:
            routers = await run_in_threadpool(self.build)
        return routers.get(_place(path), self._elsewhere)

    def operations(self) -> list[Operation]:
        """The operations of the version; imports their modules."""
        found = {id: self._catalogue.operation(module, id) for id, module in self._table.items()}
        return [replace(o, opt_ins=tuple(self.opt_ins.get(id, ()))) for id, o in found.items()]

    def build(self) -> dict[tuple[int, str], APIRouter]:
        """Make the routes if they are not there. May be called from any thread."""
        with self._lock:
            if self._routers is None:
                self._routers = self._build()
            return self._routers

    def _build(self) -> dict[tuple[int, str], APIRouter]:
        made = [self._guarded(id, self._catalogue.route(module, id)) for id, module in self._table.items()]
        made += [self._guarded(id, self._catalogue.alias(self._table[id], id, at)) for at, id in self._aliases.items()]
        routes = sorted([*self._extra, *made], key=_literal_first)
        placed: dict[tuple[int, str], list[BaseRoute]] = {}
        anywhere = []
        for route in routes:
            length, first = _place(_path(route))
            if "{" in first or ":path}" in _path(route):
                anywhere.append(route)
            else:
                placed.setdefault((length, first), []).append(route)
        self._elsewhere = APIRouter(routes=anywhere, redirect_slashes=False)
        return {
            place: APIRouter(routes=sorted([*here, *anywhere], key=_literal_first), redirect_slashes=False)
            for place, here in placed.items()
        }

    def _guarded(self, id: str, route: BaseRoute) -> BaseRoute:
        if self._noting is not None:
            route = self._noting(id, route)
        if self.version.clients:
            route = Invited(route, self.version.id)
        guarded = route if self._gate is None else self._gate.guarded(id, route)
        sunset = self.version.deprecations.get(id, (None, None))[1]
        lasting = guarded if sunset is None else Ending(guarded, sunset)
        return Asking(lasting, self.opt_ins[id]) if id in self.opt_ins else lasting


def _place(path: str) -> tuple[int, str]:
    """The number of segments of a path and the first of them: what routes are kept by."""
    segments = path.split("/")
    return len(segments), segments[1] if len(segments) > 1 else ""


def _path(route: BaseRoute) -> str:
    path: str = getattr(route, "path", "/")
    return path


def _literal_first(route: BaseRoute) -> list[bool]:
    """`/users/me` is tried before `/users/{id}`."""
    return ["{" in segment for segment in _path(route).split("/")]
