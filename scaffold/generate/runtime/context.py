"""What the edge knows about a request: its version, its id, its time."""

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from starlette.requests import HTTPConnection

from .calendar import Almanac
from .error_forms import PROBLEM, ErrorForm
from .locating import Located
from .notices import Notice
from .shapes import Envelope

if TYPE_CHECKING:
    from .links import Links

KEY: Final = "api_context"


@dataclass(frozen=True, slots=True)
class Wiring:
    """What holds for all requests of one version, or for those without one."""

    envelope: Envelope
    errors: ErrorForm = PROBLEM
    problem_base: str = "/problems"
    validate_responses: bool = False
    links: "Links | None" = None


@dataclass(slots=True)
class Context:
    """One request as the edge found it.

    `asked` is the version in the request, None where it names none; `notice` is that version's, None where
    there is no such version. `root` is the path of the application at its server, `prefix` the same with the
    version (`/api/v1`), `path` what follows. `now` is one instant for the whole request. `at` says where the version
    was named. `answering` says that the answer has begun; `failed`, that something unexpected happened, which was
    logged and told to the caller.
    """

    asked: str | None
    notice: Notice | None
    almanac: Almanac
    wiring: Wiring
    root: str
    prefix: str
    path: str
    request_id: str
    now: datetime
    at: Located
    answering: bool = False
    failed: bool = False

    def address(self, path: str) -> str:
        """The address of a path of the same version, which names it as the request did."""
        return f"{self.prefix}{path}{self.at.suffix}"


_serving: ContextVar[Context | None] = ContextVar("serving", default=None)
_calling: ContextVar[str | None] = ContextVar("calling", default=None)


def serve(found: Context) -> None:
    """Let `found` be the request that this task, and what it starts, is at."""
    _serving.set(found)
    _calling.set(None)


def call_as(caller: str | None) -> None:
    """Let this task, and what it starts, be at work for the caller of this id."""
    _calling.set(caller)


def calling() -> str | None:
    """Who calls: the id of the caller, None outside of a request and where anybody is let in."""
    return _calling.get()


def serving() -> str | None:
    """The version that the request of this task named, None outside of one and where it names none."""
    found = _serving.get()
    return None if found is None or found.notice is None else found.notice.version.id


def context(request: HTTPConnection) -> Context:
    """The context of `request`. Raises KeyError where the request did not come through the edge."""
    found: Context = request.scope[KEY]
    return found


def now(request: HTTPConnection) -> datetime:
    """The time of the request: the same instant however often it is asked."""
    return context(request).now
