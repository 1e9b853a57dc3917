"""Betas that only named clients may call."""

from collections.abc import Collection
from typing import NoReturn

from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Receive, Scope, Send

from .context import KEY, Context
from .refusals import VersionLimited
from .stages import Stage


class Invited(BaseRoute):
    """A route of a version that is a beta for `clients`; anybody else is answered 403.

    `app.state.invited` has the clients by version: who puts other ones there invites those instead.
    """

    def __init__(self, route: BaseRoute, version: str) -> None:
        self.path: str = getattr(route, "path", "/")
        self.methods: set[str] = set(getattr(route, "methods", None) or ())
        self._route = route
        self._version = version

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        return self._route.matches(scope)

    def url_path_for(self, name: str, /, **path_params: object) -> NoReturn:
        raise NoMatchFound(name, path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        found: Context = scope[KEY]
        invited: Collection[str] = scope["app"].state.invited.get(self._version, ())
        is_beta = found.notice is not None and found.notice.stage is Stage.BETA
        if invited and is_beta and scope["method"] in self.methods:
            client = calling(HTTPConnection(scope))
            if client not in invited:
                raise VersionLimited(found, self._version, client)
        await self._route.handle(scope, receive, send)


def calling(connection: HTTPConnection) -> str | None:
    """The client that calls: who its credential says it is, else what it calls itself in `X-Client-ID`."""
    caller = getattr(connection.state, "caller", None)
    if caller is not None:
        known: str = caller.id
        return known
    return connection.headers.get("x-client-id")
