"""The route functions: each distinct form of an operation once, in the version that introduced it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..contract.history import History
from ..contract.naming import safe_name
from ..contract.operation import Action
from ..convert.records import Records
from . import free_route, standard_route
from .converters import Converters
from .given import given
from .handlers_view import Handler, handler_name, handlers
from .replies import replies
from .reserved import MODULE
from .route import Route


@dataclass(frozen=True)
class RouteView:
    """One route function."""

    id: str
    name: str
    decorator: str
    parameters: tuple[str, ...]
    doc: str
    lines: tuple[str, ...]
    constants: tuple[str, ...]
    imports: frozenset[str]


@dataclass(frozen=True)
class RouteModule:
    """One module of a version: the operations of one handler that this version introduced or changed."""

    version: str
    package: str
    handler: Handler
    routes: tuple[RouteView, ...]

    @property
    def imports(self) -> tuple[str, ...]:
        """The modules of `types/` that the routes mention."""
        return tuple(sorted({i for r in self.routes for i in r.imports}))

    @property
    def name(self) -> str:
        """Its dotted name below the package."""
        return f"{self.package}.{self.handler.name}"


@dataclass(frozen=True)
class VersionRoutes:
    """What a version changes about the routes of the one before: modules it takes routes from, routes gone."""

    version: str
    package: str
    modules: tuple[RouteModule, ...]
    taken: tuple[tuple[str, tuple[str, ...]], ...]
    removed: tuple[str, ...]


def package_of(version: str) -> str:
    """The package of a version: `v1`, `v2026_03_01`."""
    spelled = "".join(c if c.isalnum() else "_" for c in version)
    return spelled if spelled[:1].isalpha() else f"v{spelled}"


def version_routes(
    history: History, records: Records, converters: Converters, undecided: Mapping[tuple[str, str], str]
) -> tuple[VersionRoutes, ...]:
    """The routes of every version, each distinct one in the version where it first stood.

    `undecided` says what is still to be decided, by version and identity of an operation: there it answers 501.
    """
    names = _names(history)
    groups = {h.name: h for h in handlers(history, records)}
    seen: dict[tuple[str, RouteView], str] = {}
    before: dict[str, tuple[str, RouteView]] = {}
    made = []
    for contract in history.contracts:
        package = package_of(contract.version)
        fresh: dict[str, list[RouteView]] = {}
        taken: dict[str, list[str]] = {}
        here: dict[str, tuple[str, RouteView]] = {}
        for operation in contract.operations:
            handler = groups[handler_name(operation.handler)]
            name = names[operation.identity, operation.id]
            open_ = undecided.get((contract.version, operation.identity))
            view = _view(Route(history, converters, contract, operation, handler, name, open_))
            here[view.id] = (handler.name, view)
            if before.get(view.id) == here[view.id]:
                continue
            if (handler.name, view) not in seen:
                seen[handler.name, view] = package
                fresh.setdefault(handler.name, []).append(view)
            taken.setdefault(f"{seen[handler.name, view]}.{handler.name}", []).append(view.id)
        modules = tuple(RouteModule(contract.version, package, groups[n], tuple(v)) for n, v in fresh.items())
        removed = tuple(i for i in before if i not in here)
        stated = tuple((m, tuple(ids)) for m, ids in taken.items())
        made.append(VersionRoutes(contract.version, package, modules, stated, removed))
        before = here
    return tuple(made)


def _view(route: Route) -> RouteView:
    """The function, with what its module must have."""
    if route.operation.action is Action.FREE or route.undecided is not None:
        decorator, constants = free_route.write(route)
    else:
        located = route.location() if route.plural and route.operation.action is Action.CREATE else ""
        answers = replies(route, f'lambda record: f"{located}"' if located else "") if route.plural else None
        decorator = route.decorator(None, answers)
        standard_route.write(route, answers, list(given(route, route.method.more)))
        constants = tuple(route.constants)
    return RouteView(
        id=route.operation.id,
        name=route.name,
        decorator=decorator,
        parameters=route.declared(),
        doc=route.doc,
        lines=tuple(route.lines),
        constants=constants,
        imports=frozenset(route.names.imports),
    )


def _names(history: History) -> dict[tuple[str, str], str]:
    """The name of a route function, by identity and id of its operation: each once in the modules of a handler."""
    taken: dict[str, set[str]] = {}
    made: dict[tuple[str, str], str] = {}
    for contract in history.contracts:
        for o in contract.operations:
            if (o.identity, o.id) not in made:
                handler = handler_name(o.handler)
                mine = taken.setdefault(handler, {_bare(word) for word in (*MODULE, handler)})
                made[o.identity, o.id] = _free(safe_name(o.id), mine)
    return made


def _free(name: str, taken: set[str]) -> str:
    """`name`, or with a number behind it: the constants of a route are called after it, in capital letters."""
    found, number = name, 2
    while _bare(found) in taken:
        found, number = f"{name}_{number}", number + 1
    taken.add(_bare(found))
    return found


def _bare(name: str) -> str:
    return re.sub("_+", "_", name).strip("_").upper()
