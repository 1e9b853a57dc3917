"""What the edge knows about a request: its version, its id, its time."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal

from starlette.requests import HTTPConnection

from .calendar import Almanac, Notice
from .shapes import Envelope

if TYPE_CHECKING:
    from .links import Links

KEY: Final = "api_context"


@dataclass(frozen=True, slots=True)
class Wiring:
    """What holds for all requests of one version, or for those without one."""

    envelope: Envelope
    errors: Literal["problem", "simple"] = "problem"
    problem_base: str = "/problems"
    validate_responses: bool = False
    links: "Links | None" = None


@dataclass(slots=True)
class Context:
    """One request as the edge found it.

    `asked` is the version in the request, None where it names none; `notice` is that version's, None where
    there is no such version. `root` is the path of the application at its server, `prefix` the same with the
    version (`/api/v1`), `path` what follows. `now` is one instant for the whole request.
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


def context(request: HTTPConnection) -> Context:
    """The context of `request`. Raises KeyError where the request did not come through the edge."""
    found: Context = request.scope[KEY]
    return found


def now(request: HTTPConnection) -> datetime:
    """The time of the request: the same instant however often it is asked."""
    return context(request).now
