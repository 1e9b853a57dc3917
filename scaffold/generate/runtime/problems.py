"""Errors as clients see them: problem details (RFC 9457), and the handlers that make every error one."""

import logging
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, ClassVar
from urllib.parse import quote

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import Scope

from .context import KEY, Context
from .discovery import discovered
from .error_forms import PROBLEM, known

log = logging.getLogger(__name__)
JSON_TYPES = "application/json, application/*+json"
NAMES = {413: "Content too large", 414: "URI too long", 416: "Range not satisfiable", 422: "Unprocessable content"}
"""What statuses are called (RFC 9110, 15) where Python has called them otherwise."""


class Problem(Exception):
    """An error for the caller: raise it anywhere below a route.

    `code` is a word of its kind for programs, `title` says it to people, `detail` is about this very case.
    Further named arguments become members of the answer. Subclass it to name your own.
    """

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal-error"
    title: ClassVar[str] = "Internal server error"

    def __init__(
        self,
        detail: str | None = None,
        *,
        status: int | None = None,
        code: str | None = None,
        title: str | None = None,
        headers: Mapping[str, str] | None = None,
        **members: Any,
    ) -> None:
        super().__init__(detail or title or self.title)
        self.detail = detail
        self.headers = dict(headers or {})
        self.members = members
        # An instance may say it more exactly than its class.
        self.kind = (status or self.status, code or self.code, title or self.title)


class NotFound(Problem):
    """There is no such thing: 404."""

    status, code, title = 404, "not-found", "Not found"

    def __init__(self, type_: str, key: object) -> None:
        super().__init__(f"There is no {type_} {key}.")
        self.type, self.key = type_, key


class Hidden(NotFound):
    """It is there, and holds what the caller's version does not see: 404, and no part of any list."""

    def __init__(self, place: str) -> None:
        Problem.__init__(self, "There is nothing here that this version sees.")
        self.type, self.key = place, None


class UnknownKey(NotFound):
    """There is nothing of the key that an older version goes on with: 404. In example mode, where nothing is stored,
    what is still to be written answers with its example."""


class Conflict(Problem):
    """What is stored does not allow it: 409."""

    status, code, title = 409, "conflict", "Conflict"

    def __init__(self, detail: str, code: str | None = None, **members: Any) -> None:
        super().__init__(detail, code=code, title=None if code is None else titled(code), **members)


class Taken(Conflict):
    """Another object has a value that is unique: 409. `fields` are those, as whoever raises it calls them."""

    def __init__(self, type_name: str, fields: Sequence[str]) -> None:
        super().__init__(f"Another {type_name} has the same {' and '.join(fields)}.")
        self.fields = fields


class Invalid(Problem):
    """What was sent does not fit: 422. `errors` are `{loc, msg, type}`, in the caller's own field names."""

    status, code, title = 422, "invalid", "Invalid request"

    def __init__(self, errors: Iterable[Mapping[str, Any]], detail: str | None = None) -> None:
        listed = [{"loc": list(e["loc"]), "msg": e["msg"], "type": e["type"]} for e in errors]
        said = detail or "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in listed[:3])
        super().__init__(said, errors=listed)
        self.errors = listed


class AliasConflict(Invalid):
    """Two names of one value were sent, each with another value: 422."""

    code, title = "alias-conflict", "Conflicting names"

    def __init__(self, places: Iterable[Sequence[str]]) -> None:
        msg = "Another name of this value was sent too, with another value"
        super().__init__({"loc": loc, "msg": msg, "type": "alias_conflict"} for loc in places)


class NotWritten(Problem):
    """501: the operation is there, and its handler is still to be written. In example mode its example answers."""

    status, code, title = 501, "not-written", "Not written yet"

    def __init__(self, method: str) -> None:
        super().__init__(f"{method} is still to be written.")


class Undecided(Problem):
    """501: how this version's callers are understood, or answered, is still to be said in the spec."""

    status, code, title = 501, "undecided", "Undecided"

    def __init__(self, what: str) -> None:
        super().__init__(f"How this is done for callers of this version is still to be decided: {what}.")


class Unauthorized(Problem):
    """Who calls is not known: 401, with the ways to say it in `WWW-Authenticate` (RFC 9110, 11.6.1)."""

    status, code, title = 401, "unauthorized", "Unauthorized"

    def __init__(self, challenges: Sequence[str], detail: str = "This needs a credential.") -> None:
        super().__init__(detail, headers={"WWW-Authenticate": ", ".join(challenges)})


class Forbidden(Problem):
    """Who calls is known, and may not do this: 403. `scopes` are those that the caller lacks."""

    status, code, title = 403, "forbidden", "Forbidden"

    def __init__(
        self, detail: str = "You may not do this.", *, scopes: Sequence[str] = (), challenges: Sequence[str] = ()
    ) -> None:
        headers = {"WWW-Authenticate": ", ".join(challenges)} if challenges else None
        members: dict[str, Any] = {"scopes": list(scopes)} if scopes else {}
        super().__init__(detail, headers=headers, **members)


class UnsupportedMediaType(Problem):
    """The body is of a kind that is not read here: 415, with `Accept` (RFC 9110, 15.5.16)."""

    status, code, title = 415, "unsupported-media-type", "Unsupported media type"

    def __init__(self, sent: str | None, accept: str = JSON_TYPES) -> None:
        said = "The body has no Content-Type." if sent is None else "A body of this Content-Type is not read here."
        super().__init__(said, headers={"Accept": accept})


class MethodNotAllowed(Problem):
    """The path is there and the method is not: 405, with `Allow` (RFC 9110, 15.5.6)."""

    status, code, title = 405, "method-not-allowed", "Method not allowed"

    def __init__(self, method: str, allow: Sequence[str]) -> None:
        super().__init__(f"{method} is not among {', '.join(allow)}.", headers={"Allow": ", ".join(allow)})


def titled(code: str) -> str:
    """A code as a title: `already-paid` gives `Already paid`."""
    return code.replace("-", " ").capitalize()


def render(problem: Problem, request: Request) -> Response:
    """The answer that tells a client of `problem`, in the error format of the version that was asked."""
    found: Context | None = request.scope.get(KEY)
    status, code, title = problem.kind
    form = PROBLEM if found is None else found.wiring.errors
    base = found.wiring.problem_base if found is not None else "/problems"
    if found is not None and base.startswith("/"):
        base = f"{found.root}{base}"
    facts = known(status, code, title, base, quote(request.scope["path"]))
    if problem.detail is not None:
        facts["$detail"] = problem.detail
    if found is not None:
        facts["$request_id"] = found.request_id
    return Response(form.bytes(facts, problem.members), status, problem.headers, form.media_type)


def allowed(routes: Iterable[BaseRoute], scope: Scope) -> list[str]:
    """The methods that any of `routes` has for the path of `scope`, and OPTIONS; in versions HEAD wherever GET is."""
    found: Context | None = scope.get(KEY)
    heads = found is not None and found.notice is not None
    methods = {
        method
        for route in routes
        if route.matches(scope)[0] is not Match.NONE
        for method in getattr(route, "methods", None) or ()
    }
    if not methods:
        return []
    return sorted(methods | {"OPTIONS"} | ({"HEAD"} if heads and "GET" in methods else set()))


async def _on_problem(request: Request, error: Problem) -> Response:
    return render(error, request)


async def _on_invalid(request: Request, error: RequestValidationError) -> Response:
    return render(Invalid(error.errors()), request)


async def _on_http(request: Request, error: HTTPException) -> Response:
    """A plain HTTPException, raised by the framework or by the user's code."""
    if error.status_code < 400 or error.status_code in (204, 304):
        return Response(status_code=error.status_code, headers=error.headers)
    router = request.scope.get("router") if error.status_code == 405 else None
    if router is not None and (allow := allowed(router.routes, request.scope)):
        if request.method == "OPTIONS":
            return discovered(request.scope.get(KEY), allow)
        return render(MethodNotAllowed(request.method, allow), request)
    try:
        phrase = NAMES.get(error.status_code) or HTTPStatus(error.status_code).phrase
    except ValueError:
        phrase = "Error"
    detail: Any = error.detail  # FastAPI's own may hold any JSON value
    said = detail if isinstance(detail, str) and detail != phrase else None
    if said is None and error.status_code == 404:
        said = "There is nothing at this path."
    members: dict[str, Any] = {} if detail is None or isinstance(detail, str) else {"errors": detail}
    problem = Problem(
        said,
        status=error.status_code,
        code=phrase.lower().replace(" ", "-").replace("'", ""),
        title=phrase.capitalize(),
        headers=error.headers,
        **members,
    )
    return render(problem, request)


async def _on_error(request: Request, error: Exception) -> Response:
    """Anything unexpected: logged with the id of the request, and nothing of it told to the caller."""
    found: Context | None = request.scope.get(KEY)
    request_id = found.request_id if found is not None else "-"
    if found is not None:
        found.failed = True
    log.error("request %s failed: %s %s", request_id, request.method, request.scope["path"], exc_info=error)
    return render(Problem("The server could not answer. The request id tells its keepers why."), request)


HANDLERS: dict[int | type[Exception], Callable[[Request, Any], Coroutine[Any, Any, Response]]] = {
    Problem: _on_problem,
    RequestValidationError: _on_invalid,
    HTTPException: _on_http,
    Exception: _on_error,
}
