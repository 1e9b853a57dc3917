"""The edge: finds the version of a request and keeps the calendar on every response.

It is pure ASGI around the whole application: it gives each request its context and each response its headers, whoever
made it. Behind it, and behind the user's middleware, `entrance` hands requests to the routes of their versions.
"""

import os
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .calendar import Calendar
from .context import KEY, Context, Wiring, serve
from .limits import limited
from .locating import Locator
from .starting import in_a_sentence

REQUEST_ID: Final = re.compile(rb"[A-Za-z0-9._-]{1,128}")


Watch = Callable[[Context, Scope, int], None]
"""Is told of every answer as it begins, with its status."""


class Edge:
    """ASGI around the application; WebSocket and lifespan pass untouched, but for the words of a start that is refused.

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
            await self.app(scope, receive, in_a_sentence(send) if scope["type"] == "lifespan" else send)
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


def _type(headers: list[tuple[bytes, bytes]], status: int, content_type: bytes) -> None:
    """Let a success in JSON have the media type that it was asked for."""
    usual = (b"content-type", b"application/json")
    if 200 <= status < 300 and usual in headers:
        headers[headers.index(usual)] = (usual[0], content_type)
