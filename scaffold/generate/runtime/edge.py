"""The edge: finds the version of a request, sends it there, and keeps the calendar on every response.

Two parts. `Edge` is pure ASGI around the whole application: it gives each request its context and each response
its headers, whoever made it. `Entrance` is the first route of the application: behind the user's middleware it
hands a request to the routes of its version, or answers for a version that is not there any more.
"""

import os
import re
from collections.abc import Awaitable, Mapping
from typing import Final, NoReturn, Protocol

from fastapi import APIRouter
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .calendar import Calendar, Stage
from .context import KEY, Context, Wiring, serve
from .problems import VersionRetired, VersionUnsupported, allowed

REQUEST_ID: Final = re.compile(rb"[A-Za-z0-9._-]{1,128}")
VERSION_LIKE: Final = re.compile(r"v\d[\w.]*|\d{4}-\d{2}-\d{2}|next")


class Site(Protocol):
    """The routes of one version, which may have to be built first."""

    async def router(self, path: str) -> APIRouter:
        """The router for `path` below the version."""
        ...


class Edge:
    """ASGI around the application; WebSocket and lifespan pass untouched."""

    def __init__(self, app: ASGIApp, calendar: Calendar, wirings: Mapping[str, Wiring], unversioned: Wiring) -> None:
        self.app = app
        self.calendar = calendar
        self._clock = calendar.clock
        self._wirings = wirings
        self._unversioned = unversioned
        self._starts: dict[str, set[str]] = {}
        for id, base in calendar.bases.items() if calendar.located else ():
            self._starts.setdefault(f"{base}/", set()).add(id)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        found = scope[KEY] = self.locate(scope)
        serve(found)

        def send_marked(message: Message) -> Awaitable[None]:
            if message["type"] == "http.response.start":
                notice = found.notice
                headers = message["headers"] = [
                    *message.get("headers", ()),
                    (b"x-request-id", found.request_id.encode()),
                ]
                if notice is not None:
                    operation: str | None = getattr(scope.get("route"), "operation_id", None)
                    headers += notice.own.get(operation or "", notice.headers)
                    if notice.linked:
                        link = notice.link(found.root, scope["method"], found.path, operation)
                        if link is not None:
                            headers.append((b"link", link))
                elif found.asked is not None:
                    headers += found.almanac.offer
            return send(message)

        await self.app(scope, receive, send_marked)

    def locate(self, scope: Scope) -> Context:
        """The context of a request: the version is the first segment below its base path."""
        moment = self._clock()
        almanac = self.calendar.at(moment)
        path: str = scope["path"]
        root: str = scope.get("root_path", "").rstrip("/")
        if root and path.startswith(f"{root}/"):
            path = path[len(root) :]
        asked, notice, wiring, prefix = None, None, self._unversioned, root
        for start, versions in self._starts.items():
            if not path.startswith(start):
                continue
            segment, _, _ = path[len(start) :].partition("/")
            if segment in versions:
                asked, notice, wiring = segment, almanac.notices[segment], self._wirings[segment]
            elif VERSION_LIKE.fullmatch(segment):
                asked = segment
            if asked is not None:
                prefix = f"{root}{start}{segment}"
                path = path[len(start) + len(segment) :]
                break
        return Context(asked, notice, almanac, wiring, root, prefix, path, _request_id(scope), moment)


def _request_id(scope: Scope) -> str:
    """The caller's `X-Request-ID` if it is sane, else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and REQUEST_ID.fullmatch(value):
            sent: bytes = value
            return sent.decode()
    return os.urandom(16).hex()


class Entrance(BaseRoute):
    """The first route of the application: takes every request that names a version.

    Being a route of the application, not an application of its own, it leaves the dependency overrides, the
    state, the exception handlers and the middleware of the application in force.
    """

    def __init__(self, calendar: Calendar, sites: Mapping[str, Site]) -> None:
        self._calendar = calendar
        self._sites = sites

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        found: Context | None = scope.get(KEY)
        if found is None or found.asked is None or scope["type"] != "http":
            return Match.NONE, {}
        return Match.FULL, {"root_path": found.prefix, "path": found.prefix + found.path}

    def url_path_for(self, name: str, /, **path_params: object) -> NoReturn:
        raise NoMatchFound(name, path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        found: Context = scope[KEY]
        if found.notice is None or (site := self._sites.get(found.notice.version.id)) is None:
            if found.notice is not None and found.notice.stage is Stage.RETIRED:
                raise VersionRetired(found, scope["method"])
            raise VersionUnsupported(found)
        if found.notice.stage is Stage.RETIRED:
            raise VersionRetired(found, scope["method"])
        router = scope["router"] = await site.router(found.path)
        method = scope["method"]
        if method in ("HEAD", "OPTIONS") and not _declared(router, scope):
            if method == "HEAD":
                scope, send = {**scope, "method": "GET"}, _without_body(send)
            elif allow := allowed(router.routes, scope):
                description = f'<{found.prefix}/openapi.json>; rel="service-desc"; type="application/json"'
                headers = {"Allow": ", ".join(allow), "Link": description}
                await Response(status_code=204, headers=headers)(scope, receive, send)
                return
        await router(scope, receive, send)


class Unspecified:
    """The last route of the application: what names no version is answered as if it had named `version`.

    It stands behind every other route: health, the list of versions and the user's own are found first. `otherwise`
    takes what is not below the base path.
    """

    def __init__(
        self, version: str, wiring: Wiring, calendar: Calendar, entrance: Entrance, otherwise: ASGIApp
    ) -> None:
        self._version = version
        self._wiring = wiring
        self._base, self._place = calendar.bases[version], calendar.places[version]
        self._entrance = entrance
        self._otherwise = otherwise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found: Context | None = scope.get(KEY)
        if found is None or scope["type"] != "http" or not f"{found.path}/".startswith(f"{self._base}/"):
            await self._otherwise(scope, receive, send)
            return
        found.asked = self._version
        found.notice = found.almanac.notices[self._version]
        found.wiring = self._wiring
        found.prefix = f"{found.root}{self._place}"
        found.path = found.path[len(self._base) :]
        scope.update({"root_path": found.prefix, "path": found.prefix + found.path})
        await self._entrance.handle(scope, receive, send)


def _declared(router: APIRouter, scope: Scope) -> bool:
    return any(route.matches(scope)[0] is Match.FULL for route in router.routes)


def _without_body(send: Send) -> Send:
    """A `send` that keeps the head of a response, with its Content-Length, and drops the body."""

    def send_head(message: Message) -> Awaitable[None]:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        return send(message)

    return send_head
