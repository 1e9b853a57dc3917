"""Places where an operation was: they send callers on, and keep the method and what was sent (RFC 9110, 15.4)."""

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .context import context

_NAMED = re.compile(r"{(\w+)}")


def redirect(address: str, target: str, status: int) -> Route:
    """The route at `address` (`GET /users/{id}`) that leads to `target`, which is below the same version."""
    method, _, path = address.partition(" ")

    async def leading(request: Request) -> Response:
        values = {name: quote(value, safe="") for name, value in request.path_params.items()}
        place = context(request).prefix + _NAMED.sub(lambda found: values[found[1]], target)
        query = request.scope["query_string"].decode("latin-1")
        return Response(status_code=status, headers={"Location": f"{place}?{query}" if query else place})

    return Route(path, leading, methods=[method], include_in_schema=False)


__all__ = ["redirect"]
