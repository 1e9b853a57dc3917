"""Who is let in: reads the credentials of a request, has them verified, and answers 401 or 403.

What each operation requires is a table that was made with the code. Only the routes of operations that require
something are guarded; the check stands between the method, which is known by then, and the body, which is not
read before. Whether a credential is right is yours to say: `authenticate` is given each one that was sent.
"""

from collections.abc import Awaitable, Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, NoReturn

from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Receive, Scope, Send

from .context import call_as
from .credentials import ApiKey, Authorization, Basic, Bearer, Certificate, Credential, Scheme, is_sent, shown
from .problems import Forbidden, Unauthorized

__all__ = [
    "Access",
    "ApiKey",
    "Authenticate",
    "Authorization",
    "Basic",
    "Bearer",
    "Caller",
    "Certificate",
    "Credential",
    "Gate",
    "Guarded",
    "Requirement",
    "Scheme",
    "caller",
    "callers",
    "example_caller",
    "gates",
]

Requirement = tuple[tuple[str, tuple[str, ...]], ...]
"""Schemes that are needed together, each with its scopes; an empty one lets anybody in."""
EXAMPLE: Final = "example"
"""The key, user, password or token that is accepted where answers are examples."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What one version requires of its callers: any of `usual`, or of what `others` has for an operation's id.

    None at all lets anybody in.
    """

    schemes: Mapping[str, Scheme] = field(default_factory=dict)
    usual: tuple[Requirement, ...] = ()
    others: Mapping[str, tuple[Requirement, ...]] = field(default_factory=dict)

    def required(self, id: str) -> tuple[Requirement, ...]:
        """What the operation `id` requires."""
        return self.others.get(id, self.usual)

    def but(
        self, others: Mapping[str, tuple[Requirement, ...]], *, schemes: Mapping[str, Scheme] | None = None
    ) -> "Access":
        """The same, but for these operations, and with these ways to say who calls."""
        return replace(self, others={**self.others, **others}, schemes={**self.schemes, **(schemes or {})})


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who calls, and what it may do. Subclass it for what else your handlers want to know."""

    id: str
    scopes: Container[str] = frozenset()


Authenticate = Callable[[Credential], Awaitable[Caller | None]]
"""Says whose credential it is; None where it is not accepted."""


async def caller(connection: HTTPConnection) -> Caller | None:
    """Who calls; None where the operation lets anybody in. A dependency for your providers."""
    found: Caller | None = getattr(connection.state, "caller", None)
    return found


async def callers(connection: HTTPConnection) -> Mapping[str, Caller]:
    """Who calls, by scheme: several where an operation requires more than one credential. A dependency."""
    found: Mapping[str, Caller] = getattr(connection.state, "callers", {})
    return found


class _EveryScope(Container[str]):
    def __contains__(self, scope: object) -> bool:
        return True


async def example_caller(credential: Credential) -> Caller | None:
    """Accepts the word `example` as key, as user and password, or as token, and nothing else."""
    match credential:
        case ApiKey(key=word) | Bearer(token=word) | Authorization(value=word) if word == EXAMPLE:
            return Caller(id=EXAMPLE, scopes=_EveryScope())
        case Basic(username=user, password=word) if user == word == EXAMPLE:
            return Caller(id=EXAMPLE, scopes=_EveryScope())
        case _:
            return None


def gates(
    access: Mapping[str, Access], authenticate: Authenticate, realm: str, *, example: bool = False
) -> dict[str, "Gate"]:
    """The gate of each version, in a project whose versions require what `access` says."""
    return {version: Gate(stated, authenticate, realm, example=example) for version, stated in access.items()}


class Gate:
    """Guards the routes of one version. `realm` is what challenges call the API.

    With `example` the credential of examples is accepted beside those that `authenticate` accepts.
    """

    def __init__(self, access: Access, authenticate: Authenticate, realm: str, *, example: bool = False) -> None:
        self._access = access
        self._authenticate = authenticate
        self._example = example
        self._realm = realm.encode("ascii", "ignore").decode().replace("\\", "").replace('"', "'")

    def guarded(self, id: str, route: BaseRoute) -> BaseRoute:
        """`route` of the operation `id`, behind a check where the operation requires something."""
        required = self._access.required(id)
        return Guarded(route, self, required) if any(required) else route

    async def admit(self, connection: HTTPConnection, required: Sequence[Requirement]) -> None:
        """Let the caller in by the first requirement that it meets, and remember who it is.

        What is sent must be right, also where another credential, or none, would have been enough. Raises
        Unauthorized where it is not, or is missing, and Forbidden where a scope is lacking.
        """
        names = list(dict.fromkeys(name for requirement in required for name, _ in requirement))
        known, wrong = await self._verified(connection, names)
        if wrong:
            raise self._unauthorized(names, wrong, "The credential is not accepted.")
        met = [{name: known[name] for name, _ in r} for r in required if all(name in known for name, _ in r)]
        lacking = [list(_lacking(r, known)) for r in required if all(name in known for name, _ in r)]
        if not met:
            raise self._unauthorized(names, wrong, "This needs a credential.")
        if [] not in lacking:
            raise self._forbidden(required, known, lacking[0])
        chosen = next((m for m, missing in zip(met, lacking, strict=True) if m and not missing), {})
        connection.state.caller = next(iter((chosen or known).values()), None)
        connection.state.callers = chosen or known
        call_as(None if connection.state.caller is None else connection.state.caller.id)

    async def identify(self, connection: HTTPConnection) -> Caller | None:
        """Who calls, by any credential of this version; None where none is sent.

        Raises Unauthorized where one is sent that is not accepted.
        """
        names = list(self._access.schemes)
        known, wrong = await self._verified(connection, names)
        if wrong:
            raise self._unauthorized(names, wrong, "The credential is not accepted.")
        return next(iter(known.values()), None)

    async def _verified(
        self, connection: HTTPConnection, names: Sequence[str]
    ) -> tuple[dict[str, Caller], set[tuple[str, str]]]:
        """Who calls, by scheme, each credential verified once; and the places that hold something else than one."""
        authenticate = self._verifier(connection)
        known: dict[str, Caller] = {}
        sent, right = set(), set()
        for name in names:
            scheme = self._access.schemes[name]
            if not is_sent(scheme, connection):
                continue
            sent.add(scheme.place)
            credential = shown(name, scheme, connection)
            caller = None if credential is None else await authenticate(credential)
            if caller is not None:
                known[name] = caller
                right.add(scheme.place)
        return known, sent - right

    def _verifier(self, connection: HTTPConnection) -> Authenticate:
        """The function that verifies, or what stands for it in a test."""
        overrides: Mapping[Any, Any] = getattr(connection.scope.get("app"), "dependency_overrides", {})
        found: Authenticate = overrides.get(self._authenticate, self._authenticate)
        return _or_example(found) if self._example else found

    def _unauthorized(self, names: Sequence[str], wrong: Container[tuple[str, str]], detail: str) -> Unauthorized:
        places = {name: self._access.schemes[name].place for name in names}
        challenges = dict.fromkeys(self._challenge(name, wrong=place in wrong) for name, place in places.items())
        return Unauthorized(list(challenges), detail)

    def _forbidden(
        self, required: Sequence[Requirement], known: Mapping[str, Caller], scopes: Sequence[str]
    ) -> Forbidden:
        """RFC 6750, 3.1."""
        requirement = next(r for r in required if all(name in known for name, _ in r))
        words = [" ".join(wanted) for name, wanted in requirement if self._kind(name) == "bearer" and wanted]
        challenges = [f'Bearer realm="{self._realm}", error="insufficient_scope", scope="{word}"' for word in words]
        return Forbidden("The credential does not reach this far.", scopes=scopes, challenges=challenges)

    def _kind(self, name: str) -> str:
        """The word of a challenge: that of the `Authorization` header, or what kind of thing is wanted."""
        scheme = self._access.schemes[name]
        return scheme.word if scheme.kind in ("http", "oauth2", "openIdConnect") else scheme.kind

    def _challenge(self, name: str, *, wrong: bool) -> str:
        """How to say who calls by one scheme (RFC 9110, 11.6.1; RFC 7617, 2; RFC 6750, 3)."""
        realm = f'realm="{self._realm}"'
        match self._kind(name):
            case "apiKey":
                scheme = self._access.schemes[name]
                return f'ApiKey {realm}, in="{scheme.location}", name="{scheme.parameter}"'
            case "basic":
                return f'Basic {realm}, charset="UTF-8"'
            case "bearer":
                return f'Bearer {realm}, error="invalid_token"' if wrong else f"Bearer {realm}"
            case "mutualTLS":
                return f"MutualTLS {realm}"
            case word:
                return f"{word.capitalize()} {realm}"


def _or_example(authenticate: Authenticate) -> Authenticate:
    async def either(credential: Credential) -> Caller | None:
        return await example_caller(credential) or await authenticate(credential)

    return either


class Guarded(BaseRoute):
    """A route that asks who calls, once its method is known to be right."""

    def __init__(self, route: BaseRoute, gate: Gate, required: Iterable[Requirement]) -> None:
        self.path: str = getattr(route, "path", "/")
        self.methods: Container[str] = getattr(route, "methods", None) or ()
        self._route = route
        self._gate = gate
        self._required = tuple(required)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        return self._route.matches(scope)

    def url_path_for(self, name: str, /, **path_params: object) -> NoReturn:
        raise NoMatchFound(name, path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] in self.methods:
            await self._gate.admit(HTTPConnection(scope), self._required)
        await self._route.handle(scope, receive, send)


def _lacking(requirement: Requirement, known: Mapping[str, Caller]) -> Iterator[str]:
    for name, scopes in requirement:
        yield from (scope for scope in scopes if scope not in known[name].scopes)
