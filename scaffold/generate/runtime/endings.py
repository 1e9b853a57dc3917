"""Operations that end before their version does: from their sunset on they answer 410."""

from datetime import date, datetime
from typing import NoReturn

from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Receive, Scope, Send

from .context import KEY, Context
from .refusals import OperationRetired
from .stages import instant


class Ending(BaseRoute):
    """A route that is there until the operation's sunset."""

    def __init__(self, route: BaseRoute, sunset: date | datetime) -> None:
        self.path: str = getattr(route, "path", "/")
        self.methods: set[str] = set(getattr(route, "methods", None) or ())
        self._route = route
        self._sunset = instant(sunset)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        return self._route.matches(scope)

    def url_path_for(self, name: str, /, **path_params: object) -> NoReturn:
        raise NoMatchFound(name, path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        found: Context = scope[KEY]
        if found.now >= self._sunset and scope["method"] in self.methods:
            raise OperationRetired(found, self._sunset)
        await self._route.handle(scope, receive, send)


__all__ = ["Ending"]
