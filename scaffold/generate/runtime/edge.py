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
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .calendar import Calendar
from .context import KEY, Context, Wiring, serve
from .discovery import discovered
from .limits import limited
from .problems import allowed
from .refusals import VersionBrownout, VersionRetired, VersionUnsupported
from .stages import Stage

REQUEST_ID: Final = re.compile(rb"[A-Za-z0-9._-]{1,128}")
VERSION_LIKE: Final = re.compile(r"v\d[\w.]*|\d{4}-\d{2}-\d{2}|next")


class Site(Protocol):
    """The routes of one version, which may have to be built first."""

    async def router(self, path: str) -> APIRouter:
        """The router for `path` below the version."""
        ...


class Edge:
    """ASGI around the application; WebSocket and lifespan pass untouched.

    `most` is the largest body that is read, in bytes; 0 for any.
    """

    def __init__(
        self, app: ASGIApp, calendar: Calendar, wirings: Mapping[str, Wiring], unversioned: Wiring, most: int = 0
    ) -> None:
        self.app = app
        self._most = most
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
                    closing = notice.closings.get(operation or "", notice.closing)
                    if closing is not None:
                        headers = message["headers"] = closing.cut(headers, found.now)
                    headers += notice.own.get(operation or "", notice.headers)
                    if notice.linked:
                        link = notice.link(found.root, scope["method"], found.path, operation)
                        if link is not None:
                            headers.append((b"link", link))
                elif found.asked is not None:
                    headers += found.almanac.offer
            return send(message)

        if self._most:
            receive = limited(scope, receive, self._most)
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
        notice, method = found.notice, scope["method"]
        if notice is None:
            raise VersionUnsupported(found)
        if notice.stage is Stage.RETIRED:
            raise VersionRetired(found, notice, method)
        if notice.brownout is not None:
            raise VersionBrownout(found, notice, notice.brownout, method)
        if (site := self._sites.get(notice.version.id)) is None:
            raise VersionUnsupported(found)
        router = scope["router"] = await site.router(found.path)
        if method in ("HEAD", "OPTIONS") and not _declared(router, scope):
            if method == "HEAD":
                scope, send = {**scope, "method": "GET"}, _without_body(send)
            elif allow := allowed(router.routes, scope):
                await discovered(found, allow)(scope, receive, send)
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
        found.asked, found.in_path = self._version, False
        found.notice = found.almanac.notices[self._version]
        found.wiring = self._wiring
        found.prefix = f"{found.root}{self._place}"
        found.path = found.path[len(self._base) :]
        scope.update({"root_path": found.prefix, "path": found.prefix + found.path})
        await self._entrance.handle(scope, receive, send)


def _declared(router: APIRouter, scope: Scope) -> bool:
    return any(route.matches(scope)[0] is Match.FULL for route in router.routes)


def _without_body(send: Send) -> Send:
    """A `send` that keeps the head of a response, with its Content-Length, and ends it where its body would begin.

    What the application goes on to send is dropped, so that a stream without an end has one here.
    """
    is_over = False

    async def send_head(message: Message) -> None:
        nonlocal is_over
        if message["type"] == "http.response.start":
            await send(message)
        elif not is_over:
            is_over = True
            await send({"type": "http.response.body", "body": b""})

    return send_head
