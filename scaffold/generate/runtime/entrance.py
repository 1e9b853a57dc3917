"""The way in to the versions: hands a request to the routes of its version, or answers for one that is not there.

Both ends of it are routes of the application, not applications of their own, so that the dependency overrides, the
state, the exception handlers and the middleware of the application stay in force.
"""

from collections.abc import Mapping
from typing import NoReturn, Protocol

from fastapi import APIRouter
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .calendar import Calendar
from .context import KEY, Context, Wiring
from .discovery import discovered
from .problems import allowed
from .refusals import VersionBrownout, VersionRetired, refusal
from .stages import Stage


class Site(Protocol):
    """The routes of one version, which may have to be built first."""

    async def router(self, path: str) -> APIRouter:
        """The router for `path` below the version."""
        ...


class Entrance(BaseRoute):
    """The first route of the application: takes every request whose path names a version."""

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
