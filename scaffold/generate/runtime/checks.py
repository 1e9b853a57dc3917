"""What is looked at before the first request, so that a mistake stops the start and not a client."""

import inspect
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args, get_origin, get_type_hints

import fastapi.routing
from starlette.routing import BaseRoute, Mount

from .calendar import Calendar
from .stages import Stage
from .starting import StartRefused as StartRefused
from .ways import Way


@dataclass(frozen=True, slots=True)
class Resource:
    """What the handler of one resource has to have: its base class and the methods that operations call."""

    base: type
    methods: Sequence[str]


def check_handlers(
    resources: Mapping[str, Resource], providers: Mapping[str, Callable[..., Any]], *, complete: bool = True
) -> None:
    """Raise StartRefused, naming class and method with a stub to paste, unless every handler is complete.

    Without `complete` methods may be missing, and only providers are looked at.
    """
    found = []
    for name, resource in resources.items():
        provider = providers.get(name)
        if provider is None:
            found.append(f"no provider for {name}: pass {name}=… to create_app, a function that returns a handler")
        elif (handler := provided(provider)) is None:
            found.append(
                f"the provider of {name} does not say what it returns: "
                f"annotate {provider.__module__}.{_name(provider)} with your subclass of {resource.base.__name__}, "
                "imported where the program runs"
            )
        elif complete:
            where = f"{handler.__module__}.{handler.__qualname__}"
            found += [
                f"{where} has no method {method}. Paste and write it:\n\n{_stub(resource.base, method)}"
                for method in missing(handler, resource)
            ]
    if found:
        raise StartRefused("\n\n".join(found))


def provided(provider: Callable[..., Any]) -> type | None:
    """The class of the handlers that `provider` returns or yields, None where it is not annotated with one."""
    if inspect.isclass(provider):
        return provider
    function = provider if inspect.isroutine(provider) else type(provider).__call__
    try:
        stated = get_type_hints(function).get("return")
    except NameError:  # imported for type checkers only; FastAPI could not read the parameters either
        return None
    if get_origin(stated) in (AsyncIterator, AsyncGenerator, Iterator):
        stated = get_args(stated)[0]
    stated = get_origin(stated) or stated
    return stated if inspect.isclass(stated) else None


def missing(handler: type, resource: Resource) -> list[str]:
    """The methods that `handler` lacks; those that example mode filled in are lacking still."""
    abstract: frozenset[str] = getattr(handler, "__abstractmethods__", frozenset())
    methods = {name: getattr(handler, name, None) for name in resource.methods}
    return [
        name
        for name, method in methods.items()
        if name in abstract or not callable(method) or getattr(method, "unwritten", False)
    ]


def check_conversions(conversions: object, wanted: type) -> None:
    """Raise StartRefused, with stubs to paste, unless `conversions` has every function of the protocol `wanted`."""
    found = [
        f"your conversions have no function {name}. Paste and write it:\n\n{_function_stub(name, function)}"
        for name, function in vars(wanted).items()
        if inspect.isfunction(function) and not name.startswith("_") and not callable(getattr(conversions, name, None))
    ]
    if found:
        raise StartRefused("\n\n".join(found))


def _function_stub(name: str, function: Callable[..., Any]) -> str:
    signature = inspect.signature(function)
    parts = [_parameter(p) for p in list(signature.parameters.values())[1:]]
    return f"def {name}({', '.join(parts)}) -> {_said(signature.return_annotation)}:\n    ..."


def _stub(base: type, name: str) -> str:
    """The method as the base class declares it, with a body that fails."""
    method = getattr(base, name, None)
    if method is None:
        return f"    async def {name}(self, *args, **kwargs):\n        ..."
    signature = inspect.signature(method)
    parts: list[str] = []
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in parts:
            parts.append("*")
        parts.append(_parameter(parameter))
    result = "" if signature.return_annotation is signature.empty else f" -> {_said(signature.return_annotation)}"
    return f"    async def {name}({', '.join(parts)}){result}:\n        ..."


def _parameter(parameter: inspect.Parameter) -> str:
    if parameter.annotation is parameter.empty:
        return str(parameter)
    return str(parameter.replace(annotation=parameter.empty)).partition("=")[0] + (
        f": {_said(parameter.annotation)}"
        + ("" if parameter.default is parameter.empty else f" = {parameter.default!r}")
    )


def _said(annotation: Any) -> str:
    """An annotation as it is written in source, without the modules of its names."""
    if isinstance(annotation, str):
        return annotation
    if inspect.isclass(annotation) and not get_args(annotation):
        return "None" if annotation is type(None) else annotation.__name__
    if (origin := get_origin(annotation)) is not None and hasattr(origin, "__name__"):
        return f"{origin.__name__}[{', '.join(_said(a) for a in get_args(annotation))}]"
    return str(annotation)


def _name(function: Callable[..., Any]) -> str:
    return getattr(function, "__qualname__", type(function).__qualname__)


def check_drafts(drafts: Iterable[str], environment: str) -> None:
    """Raise StartRefused where a draft would be served outside development."""
    if environment not in ("development", "test") and (served := sorted(drafts)):
        raise StartRefused(
            f"the generated package holds the draft {', '.join(served)}, which is never served in {environment}: "
            "generate it without the draft, or cut a version from it"
        )


def check_routes(
    routes: Sequence[BaseRoute],
    calendar: Calendar,
    named: Collection[Way],
    paths: Mapping[str, Callable[[], Iterable[str]]],
    unspecified: str | None,
) -> None:
    """Raise StartRefused for a route of the user's on the path of a version, or on one that is called without it.

    `named` says how addresses name versions, `paths` gives those of the operations of one, by its id, and `unspecified`
    is the version that answers who names none.
    """
    if Way.PATH in named:
        check_collisions(routes, {id: found[Way.PATH].prefix for id, found in calendar.ways.items()})
    beside = any(way is not Way.PATH for way in named)
    for id, notice in calendar.at(calendar.clock()).notices.items() if routes else ():
        if (beside or id == unspecified) and notice.stage is not Stage.RETIRED:
            check_unversioned(routes, calendar.bases[id], paths[id]())


def check_collisions(routes: Iterable[BaseRoute], places: Mapping[str, str]) -> None:
    """Raise StartRefused where a route of the user's lies on the path of a version, which `places` has by its id.

    A route that takes any path (`/{rest:path}`, a mount at the root) is a fallback and collides with nothing.
    """
    taken = {id: place.split("/")[1:] for id, place in places.items()}
    for path in sorted(set(_paths(routes))):
        segments = path.rstrip("/").split("/")[1:]
        for id, prefix in taken.items():
            if segments and len(segments) >= len(prefix) and all(map(_meet, segments, prefix)):
                raise StartRefused(
                    f"the route {path} lies on the path of {id}, {places[id]}, and would never be reached: "
                    "move it to a path of its own"
                )


def check_unversioned(routes: Iterable[BaseRoute], base_path: str, paths: Iterable[str]) -> None:
    """Raise StartRefused where a route of the user's would take what callers send whose path names no version.

    `paths` are those of a version that answers them. Here a route that takes any path does so too.
    """
    routes = list(routes)
    mounted = {f"{route.path}/{{rest:path}}" for route in routes if isinstance(route, Mount)}
    wanted = {f"{base_path}{path}": f"{base_path}{path}".split("/")[1:] for path in paths}
    for path in sorted({*_paths(routes), *mounted}):
        for taken, segments in wanted.items():
            if _takes(path.split("/")[1:], segments):
                raise StartRefused(
                    f"the route {path} takes {taken}, which callers use whose path names no version: "
                    "move it to a path of its own"
                )


def _takes(route: Sequence[str], path: Sequence[str]) -> bool:
    if route and route[0].endswith(":path}"):
        return True
    if not route or not path:
        return not route and not path
    return (route[0].startswith("{") or path[0].startswith("{") or route[0] == path[0]) and _takes(route[1:], path[1:])


def _meet(segment: str, wanted: str) -> bool:
    return segment == wanted or (segment.startswith("{") and not segment.endswith(":path}"))


def _paths(routes: Iterable[BaseRoute]) -> Iterator[str]:
    """The paths of `routes`; newer releases of FastAPI keep included routers as one route."""
    contexts = getattr(fastapi.routing, "iter_route_contexts", None)
    for route in routes if contexts is None else contexts(list(routes)):
        if path := getattr(route, "path", None):
            yield path
