"""Builds the application: the root, the edge around it, and the routes of each version when they are needed."""

import logging
import os
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import anyio
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from .calendar import Calendar
from .checks import Resource, check_drafts, check_handlers, check_routes
from .context import Wiring, context
from .documents import Document, derived, listed
from .edge import Edge
from .entrance import Entrance, Remaining
from .error_forms import PROBLEM
from .examples import Examples, check_examples, fill_in
from .links import Links
from .locating import Locator
from .naming import naming
from .noting import Deprecations, noting
from .operations import Provider
from .pages import Pages
from .postponing import in_environment
from .problems import HANDLERS, NotWritten, Problem, Undecided, UnknownKey, render
from .readers import InPath, InQuery, Reader
from .redirects import redirect
from .shapes import Envelope
from .sites import Catalogue, Edition, Gate, Site, merged
from .stages import Clock, Stage, utc_now
from .usage import Ledger
from .usage_report import Sources
from .usage_route import usage_route
from .watching import Watch, Watching
from .ways import Way

log = logging.getLogger(__name__)
Lifespan = Callable[[Any], AbstractAsyncContextManager[Any]]


class Storage(Protocol):
    """What keeps the records: opened before the first request, closed after the last."""

    async def start(self) -> None:
        """Open it."""

    async def close(self) -> None:
        """Close it."""

    async def ready(self) -> bool:
        """Whether it answers."""
        ...


class Application(FastAPI):
    """A FastAPI application with the edge outside of everything, also of the middleware that is added later."""

    calendar: Calendar
    locate: Sequence[Reader]
    document: Document
    watch: Watch
    around: Callable[[ASGIApp], ASGIApp]
    routes_checked: Callable[[], None]

    def check(self) -> None:
        """Raise StartRefused for a route that was added on the path of a version; the start raises it too."""
        self.routes_checked()

    def build_middleware_stack(self) -> ASGIApp:
        return self.around(super().build_middleware_stack())


def build(
    *,
    title: str,
    package: str,
    base_path: str,
    editions: Sequence[Edition],
    resources: Mapping[str, Resource],
    providers: Mapping[str, Provider[Any]],
    name: str = "API",
    environment: str = "production",
    clock: Clock = utc_now,
    validate_responses: bool | None = None,
    problem_base: str = "/problems",
    docs_base: str | None = None,
    documents: Path | None = None,
    storage: Storage | None = None,
    lifespan: Lifespan | None = None,
    sunsets: Mapping[str, str] | None = None,
    max_body: int = 0,
    unspecified: str | None = None,
    locate: Sequence[Reader] = (InPath(),),
    dates: bool = False,
    gates: Mapping[str, Gate] | None = None,
    examples: Path | None = None,
    pages: Pages | None = None,
    ledger: Ledger | None = None,
    deprecations: Mapping[str, Deprecations] | None = None,
    watching: Watching = Watching(),
) -> Application:
    """The application that serves every version of `editions`, oldest first.

    `package` is the generated package, below which route modules are imported; `providers` are by the names
    that the route modules give to their parameters, `resources` what their handlers must have. `sunsets` are those
    that are postponed, by version; `name` is what the variables begin with in which the environment has them, where
    they are not given. `max_body` is the largest body that is read, in bytes; 0 for any.
    `validate_responses` is on in development and test unless stated. `documents` is the folder of `v1.json` ….
    `lifespan` is the user's own and runs inside the application's, when storage is open. `unspecified` is the
    version that answers callers who name none. `locate` are the readers of the version, in order of precedence, and
    `dates` says that versions are days; without any, no request names a version, and the only one there is answers.
    `gates` stand before the operations of versions that ask who
    calls. `examples` is the folder that the editions' files of examples are in: given, it is example mode, in
    which an operation that is not written yet, or undecided, answers with its example. `pages` are the documentation
    for people, where it is served. `ledger` is where it is kept who called what, and what of `deprecations` was sent,
    by version; `watching` says how much of all that is wanted.

    Raises StartRefused for an incomplete handler (not in example mode), for a draft or example mode outside
    development, for a sunset that would be advanced, and at the start of the lifespan for a route on the path of a
    version.
    """
    handlers = dict(HANDLERS)
    if examples is not None:
        check_examples(environment)
        fill_in(resources, providers)
        made = Examples({e.version.id: None if e.examples is None else examples / e.examples for e in editions})
        handlers |= dict.fromkeys((NotWritten, Undecided, UnknownKey), made.answer)
        log.warning("example mode: operations that are not written yet answer with examples")
    check_handlers(resources, providers, complete=examples is None)
    check_drafts([edition.version.id for edition in editions if edition.draft], environment)
    calendar = calendar_of(
        editions, locate, name=name, base_path=base_path, docs_base=docs_base, clock=clock, sunsets=sunsets
    )
    validate = environment in ("development", "test") if validate_responses is None else validate_responses
    sites: dict[str, Site] = {}
    links = _links(calendar, editions, sites)
    wirings = {
        edition.version.id: Wiring(
            Envelope(edition.envelope, edition.version.id), edition.errors, problem_base, validate, links
        )
        for edition in editions
    }
    entrance = Entrance(calendar, sites)
    ledger = ledger if watching.usage else None
    watch = Watch(calendar, ledger, rate=watching.log_rate, seconds=watching.seconds)
    noted = deprecations or {}
    unnamed = _own_routes(calendar, locate, sites, storage, pages)
    if watching.metrics:
        unnamed.append(watch.metrics.route("/metrics"))
    if ledger is not None:
        sources = Sources(calendar, noted, documents)
        asked = [] if gates is None else [*gates.values()][::-1]
        unnamed.append(usage_route(f"{base_path}/usage/deprecations", watch, ledger, sources, asked))
    own = [entrance, *unnamed]
    locator = Locator(
        locate, calendar.bases, calendar.ways, dates=dates, own=[getattr(r, "path", "/") for r in unnamed]
    )
    app = Application(
        title=title,
        openapi_url=None,
        exception_handlers=handlers,
        lifespan=partial(
            _lifespan,
            calendar=calendar,
            sites=sites,
            storage=storage,
            watch=watch,
            inner=lifespan,
        ),
    )
    app.calendar = calendar
    betas = [] if examples is not None else [e.version for e in editions if e.version.clients]
    app.state.invited = {version.id: frozenset(version.clients) for version in betas}
    app.locate = locate
    app.document = Document(
        {} if documents is None else {id: documents / f"{id}.json" for id in wirings},
        {id: partial(_derive, sites, id, title) for id in wirings},
        {e.version.id: e.undecided for e in editions},
        {e.version.id: e.prefix for e in editions},
        calendar.places,
        {id: naming(locate, id, required=id != unspecified) for id in wirings},
    )
    catalogue = Catalogue(package, providers, app)
    extra = [app.document.route()]
    for edition, table in zip(editions, merged(editions).values(), strict=True):
        id = edition.version.id
        gate = None if gates is None else gates.get(id)
        leading = [redirect(at, target, status) for at, (target, status) in edition.redirects.items()]
        envelope = wirings[id].envelope
        noted_ = noting(noted[id], watch.tally) if id in noted else None
        led = (edition.aliases, edition.opt_ins, noted_)
        sites[id] = Site(catalogue, edition.version, table, envelope, [*extra, *leading], gate, *led)
    app.router.routes[:0] = own
    app.router.default = Remaining(unspecified, wirings, calendar, entrance, app.router.default)
    unversioned = Wiring(Envelope(), editions[-1].errors if editions else PROBLEM, problem_base)
    app.watch = watch
    paths = {id: partial(_paths, site) for id, site in sites.items()}
    named = [reader.way for reader in locate]
    app.routes_checked = lambda: check_routes(app.routes[len(own) :], calendar, named, paths, unspecified)
    app.around = partial(
        Edge,
        calendar=calendar,
        locator=locator,
        wirings=wirings,
        unversioned=unversioned,
        most=max_body,
        passes_on=environment == "test",
        watch=watch,
    )
    return app


def calendar_of(
    editions: Sequence[Edition],
    locate: Sequence[Reader],
    *,
    name: str,
    base_path: str,
    docs_base: str | None = None,
    clock: Clock = utc_now,
    sunsets: Mapping[str, str] | None = None,
) -> Calendar:
    """The calendar of an application that is built with the same. Raises StartRefused as `build` does."""
    return Calendar(
        [edition.version for edition in editions],
        name=name,
        base_path=base_path,
        docs_base=docs_base,
        located=bool(locate),
        way=locate[0].way if locate else Way.BESIDE,
        parameter=next((reader.name for reader in locate if isinstance(reader, InQuery)), None),
        clock=clock,
        sunsets=in_environment(name, os.environ) if sunsets is None else sunsets,
    )


def _links(calendar: Calendar, editions: Sequence[Edition], sites: Mapping[str, Site]) -> Links | None:
    """What leads paths in headers to the caller's version, where handlers write any."""
    moved = {edition.version.id: edition.moved for edition in editions if edition.moved is not None}
    return Links(calendar, lambda id: [o.path for o in sites[id].operations()], moved) if moved else None


def _derive(sites: Mapping[str, Site], id: str, title: str) -> dict[str, Any]:
    site = sites[id]
    return derived(site.operations(), site.envelope, title, site.version.release)


def _live(calendar: Calendar, sites: Mapping[str, Site]) -> tuple[list[Site], list[Site]]:
    """The sites that are not retired, newest first: those down to the newest stable one, and the others."""
    notices = calendar.at(calendar.clock()).notices
    live = [id for id, notice in notices.items() if notice.stage is not Stage.RETIRED][::-1]
    stable = (i + 1 for i, id in enumerate(live) if notices[id].stage is Stage.STABLE)
    first = next(stable, 1)
    return [sites[id] for id in live[:first]], [sites[id] for id in live[first:]]


def _paths(site: Site) -> list[str]:
    return [operation.path for operation in site.operations()]


@asynccontextmanager
async def _lifespan(
    app: Application,
    *,
    calendar: Calendar,
    sites: Mapping[str, Site],
    storage: Storage | None,
    watch: Watch,
    inner: Lifespan | None,
) -> AsyncIterator[Any]:
    """Open storage, build the newest versions, then the others beside the first requests."""
    app.check()
    if storage is not None:
        await storage.start()
    try:
        first, others = _live(calendar, sites)
        for site in first:
            await run_in_threadpool(site.build)
        async with anyio.create_task_group() as beside:
            beside.start_soon(_build, others)
            beside.start_soon(watch.run)
            if inner is None:
                yield None
            else:
                async with inner(app) as state:
                    yield state
            beside.cancel_scope.cancel()
    finally:
        await watch.close()
        if storage is not None:
            await storage.close()


async def _build(sites: Sequence[Site]) -> None:
    for site in sites:
        try:
            await run_in_threadpool(site.build)
        except Exception:  # one version that cannot be built must not take the others down
            log.exception("%s could not be built", site.version.id)


def _own_routes(
    calendar: Calendar,
    locate: Sequence[Reader],
    sites: Mapping[str, Site],
    storage: Storage | None,
    pages: Pages | None,
) -> list[BaseRoute]:
    """Health, the documentation and the list of versions, which carry no version."""
    docs = [] if pages is None else pages.routes(calendar)

    async def healthz(request: Request) -> Response:
        return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})

    async def readyz(request: Request) -> Response:
        built = all(site.is_built for site in _live(calendar, sites)[0])
        if built and (storage is None or await storage.ready()):
            return JSONResponse({"status": "ready"}, headers={"Cache-Control": "no-store"})
        waits = "storage does not answer" if built else "the newest version is being built"
        headers = {"Cache-Control": "no-store", "Retry-After": "1"}
        return render(
            Problem(f"Not ready: {waits}.", status=503, code="not-ready", title="Not ready", headers=headers), request
        )

    async def versions(request: Request) -> Response:
        found = context(request)
        there = pages.at if pages is not None and docs else None
        return JSONResponse(listed(calendar, found.almanac, locate, found.root, there))

    own: list[BaseRoute] = [
        Route("/healthz", healthz, include_in_schema=False),
        Route("/readyz", readyz, include_in_schema=False),
        *docs,
    ]
    if calendar.located:
        own.append(Route(f"{calendar.base_path}/versions", versions, include_in_schema=False))
    return own
