"""The edge: finds the version of a request, sends it there, and keeps the calendar on every response.

Two parts. `Edge` is pure ASGI around the whole application: it gives each request its context and each response
its headers, whoever made it. `Entrance` is the first route of the application: behind the user's middleware it
hands a request to the routes of its version, or answers for a version that is not there any more.
"""

import os
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, NoReturn, Protocol

from fastapi import APIRouter
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .calendar import Calendar
from .context import KEY, Context, Wiring, serve
from .discovery import discovered
from .limits import limited
from .locating import Locator
from .problems import allowed
from .refusals import VersionBrownout, VersionRetired, refusal
from .stages import Stage

REQUEST_ID: Final = re.compile(rb"[A-Za-z0-9._-]{1,128}")


Watch = Callable[[Context, Scope, int], None]
"""Is told of every answer as it begins, with its status."""


class Site(Protocol):
    """The routes of one version, which may have to be built first."""

    async def router(self, path: str) -> APIRouter:
        """The router for `path` below the version."""
        ...


class Edge:
    """ASGI around the application; WebSocket and lifespan pass untouched.

    `most` is the largest body that is read, in bytes; 0 for any. What failed inside, was logged and told to the caller
    is done with, unless the edge `passes_on` errors, as tests want it: a server would close the caller's connection.
    `watch` is told of every answer as it begins.
    """

    def __init__(
        self,
        app: ASGIApp,
        calendar: Calendar,
        locator: Locator,
        wirings: Mapping[str, Wiring],
        unversioned: Wiring,
        most: int = 0,
        *,
        passes_on: bool = False,
        watch: Watch | None = None,
    ) -> None:
        self.app = app
        self._most = most
        self._passes_on = passes_on
        self.calendar = calendar
        self._locator = locator
        self._vary = ((b"vary", locator.vary.encode()),) if locator.vary else ()
        self._clock = calendar.clock
        self._wirings = wirings
        self._unversioned = unversioned
        self._watch = watch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        found = scope[KEY] = self.locate(scope)
        serve(found)
        watch = self._watch

        def send_marked(message: Message) -> Awaitable[None]:
            if message["type"] == "http.response.start":
                found.answering = True
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
                        link = notice.link(found.root, scope["method"], found.path, operation, found.at.way)
                        if link is not None:
                            headers.append((b"link", link))
                    if found.at.typed is not None and operation is not None:
                        _type(headers, message["status"], found.at.typed(notice.version.id))
                elif found.at.refused:
                    headers += found.almanac.offer
                if found.at.varies:
                    headers += self._vary
                if watch is not None:
                    watch(found, scope, message["status"])
            return send(message)

        if self._most:
            receive = limited(scope, receive, found, self._most)
        try:
            await self.app(scope, receive, send_marked)
        except Exception:  # of any kind: who sees to it is asked, not what it is
            if self._passes_on or not found.failed:
                raise

    def locate(self, scope: Scope) -> Context:
        """The context of a request, whose version is looked for where the API reads it."""
        moment = self._clock()
        almanac = self.calendar.at(moment)
        path: str = scope["path"]
        root: str = scope.get("root_path", "").rstrip("/")
        if root and path.startswith(f"{root}/"):
            path = path[len(root) :]
        at = self._locator.find(scope, path, moment, almanac)
        if at.accept is not None:
            kept = [header for header in scope["headers"] if header[0] != b"accept"]
            scope["headers"] = [*kept, (b"accept", at.accept)]
        notice = None if at.version is None else almanac.notices[at.version]
        wiring = self._unversioned if at.speaks is None else self._wirings[at.speaks]
        prefix, id = f"{root}{at.prefix}", _request_id(scope)
        return Context(at.asked, notice, almanac, wiring, root, prefix, at.path, id, moment, at)


def _request_id(scope: Scope) -> str:
    """The caller's `X-Request-ID` if it is sane, else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and REQUEST_ID.fullmatch(value):
            sent: bytes = value
            return sent.decode()
    return os.urandom(16).hex()


class Entrance(BaseRoute):
    """The first route of the application: takes every request whose path names a version.

    Being a route of the application, not an application of its own, it leaves the dependency overrides, the
    state, the exception handlers and the middleware of the application in force.
    """

    def __init__(self, calendar: Calendar, sites: Mapping[str, Site]) -> None:
        self._calendar = calendar
        self._sites = sites

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        found: Context | None = scope.get(KEY)
        if found is None or not found.at.in_path or scope["type"] != "http":
            return Match.NONE, {}
        return Match.FULL, {"root_path": found.prefix, "path": found.prefix + found.path}

    def url_path_for(self, name: str, /, **path_params: object) -> NoReturn:
        raise NoMatchFound(name, path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        found: Context = scope[KEY]
        notice, method = found.notice, scope["method"]
        if notice is None:
            raise refusal(found)
        if notice.stage is Stage.RETIRED:
            raise VersionRetired(found, notice, method)
        if notice.brownout is not None:
            raise VersionBrownout(found, notice, notice.brownout, method)
        site = self._sites[notice.version.id]
        router = scope["router"] = await site.router(found.path)
        if method in ("HEAD", "OPTIONS") and not _declared(router, scope):
            if method == "HEAD":
                await _as_get(router, scope, receive, send)
                return
            if allow := allowed(router.routes, scope):
                await discovered(found, allow)(scope, receive, send)
                return
        await router(scope, receive, send)

    async def allowed(self, found: Context, scope: Scope) -> list[str]:
        """The methods that any version which is not retired has for the path of `found`."""
        methods: set[str] = set()
        for id, base in self._calendar.bases.items():
            if found.path.startswith(f"{base}/") and found.almanac.notices[id].stage is not Stage.RETIRED:
                path = found.path.removeprefix(base)
                router = await self._sites[id].router(path)
                methods.update(allowed(router.routes, {**scope, "root_path": "", "path": path}))
        return sorted(methods | ({"HEAD"} if "GET" in methods else set()))


class Remaining:
    """The last route of the application: what names its version beside the path, or names none.

    It stands behind every other route: health, the list of versions and the user's own are found first. Who names no
    version is answered as if it had been `unspecified`, or refused. `otherwise` takes what is not below a base path.
    """

    def __init__(
        self,
        unspecified: str | None,
        wirings: Mapping[str, Wiring],
        calendar: Calendar,
        entrance: Entrance,
        otherwise: ASGIApp,
    ) -> None:
        self._unspecified = unspecified
        self._wirings = wirings
        self._calendar = calendar
        self._entrance = entrance
        self._otherwise = otherwise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found: Context | None = scope.get(KEY)
        if found is None or scope["type"] != "http" or not found.at.below:
            await self._otherwise(scope, receive, send)
            return
        trouble = found.at.trouble
        nameless = trouble is not None and trouble.kind == "unspecified"
        if nameless and self._unspecified is not None:
            base = self._calendar.bases[self._unspecified]
            if not f"{found.path}/".startswith(f"{base}/"):
                await self._otherwise(scope, receive, send)
                return
            self._name(found, self._unspecified, base)
        elif nameless and scope["method"] == "OPTIONS" and (allow := await self._entrance.allowed(found, scope)):
            await discovered(found, allow)(scope, receive, send)
            return
        scope.update({"root_path": found.prefix, "path": found.prefix + found.path})
        await self._entrance.handle(scope, receive, send)

    def _name(self, found: Context, version: str, base: str) -> None:
        """Let `found` be of `version`, as if the request had named it where that counts most."""
        place = self._calendar.canonical(version)
        found.asked, found.wiring = version, self._wirings[version]
        found.notice = found.almanac.notices[version]
        found.prefix = f"{found.root}{place.prefix}"
        found.path = found.path[len(base) :]
        found.at.way, found.at.suffix = self._calendar.way, place.suffix


def _type(headers: list[tuple[bytes, bytes]], status: int, content_type: bytes) -> None:
    """Let a success in JSON have the media type that it was asked for."""
    usual = (b"content-type", b"application/json")
    if 200 <= status < 300 and usual in headers:
        headers[headers.index(usual)] = (usual[0], content_type)


def _declared(router: APIRouter, scope: Scope) -> bool:
    return any(route.matches(scope)[0] is Match.FULL for route in router.routes)


async def _as_get(router: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer HEAD with the head of what GET answers (RFC 9110, 9.3.2), its Content-Length included.

    It is over where the body would begin: what is sent after that is dropped, and the application is told that nobody
    listens, so that a stream without an end has one here.
    """
    asked = {**scope, "method": "GET"}
    is_over = False

    async def send_head(message: Message) -> None:
        nonlocal is_over
        if message["type"] == "http.response.start":
            scope["route"] = asked.get("route")
            await send(message)
        elif not is_over:
            is_over = True
            await send({"type": "http.response.body", "body": b""})

    async def receive_on() -> Message:
        return {"type": "http.disconnect"} if is_over else await receive()

    try:
        await router(asked, receive_on, send_head)
    finally:
        scope["route"] = asked.get("route")
