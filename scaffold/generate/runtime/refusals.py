"""What the edge refuses, and says where to go: versions and operations that are not there any more, or not now."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from .context import Context
from .freshness import http_date
from .locating import Trouble
from .notices import Notice
from .problems import Problem
from .stages import Brownout, instant


class VersionProblem(Problem):
    """No version answers, for `trouble` with the one that is asked for."""

    status = 400

    def __init__(self, found: Context, trouble: Trouble) -> None:
        headers = None if trouble.accept is None else {"Accept": trouble.accept}
        members = {**trouble.members, "supported": list(found.almanac.supported)}
        super().__init__(trouble.detail, status=trouble.status, headers=headers, **members)


class VersionUnspecified(VersionProblem):
    """The request names no version, and must: 400."""

    code, title = "version-unspecified", "API version not specified"


class VersionInvalid(VersionProblem):
    """What the request names is no version and could be none: 400."""

    code, title = "version-invalid", "Invalid API version"


class VersionAmbiguous(VersionProblem):
    """The request names two versions: 400."""

    code, title = "version-ambiguous", "Ambiguous API version"


class VersionUnsupported(VersionProblem):
    """The request names a version that never was: 404 in a path, 406 in `Accept`, 415 in `Content-Type`, else 400."""

    code, title = "version-unsupported", "API version not supported"


TROUBLES: Mapping[str, type[VersionProblem]] = {
    "unspecified": VersionUnspecified,
    "invalid": VersionInvalid,
    "ambiguous": VersionAmbiguous,
    "unsupported": VersionUnsupported,
}


def refusal(found: Context) -> VersionProblem:
    """Why no version answers the request of `found`, which is noted there."""
    trouble = found.at.trouble
    assert trouble is not None  # else a version was found
    found.at.refused = True
    return TROUBLES[trouble.kind](found, trouble)


class VersionRetired(Problem):
    """The version is past its sunset: 410."""

    status, code, title = 410, "version-retired", "API version retired"

    def __init__(self, found: Context, notice: Notice, method: str) -> None:
        day = "" if notice.version.sunset is None else f" on {instant(notice.version.sunset).date()}"
        super().__init__(
            f"{notice.version.id} was retired{day}.",
            headers=_uncached(found),
            **_ways_on(found, notice, method),
        )


class VersionBrownout(Problem):
    """The version does not answer for a while, as it will not from its sunset on: 410, or 503 with `Retry-After`."""

    status, code, title = 410, "version-brownout", "API version switched off for a while"

    def __init__(self, found: Context, notice: Notice, brownout: Brownout, method: str) -> None:
        id, end = notice.version.id, _written(brownout.until)
        sunset = notice.version.sunset
        for_good = "" if sunset is None else f", and for good from {_written(sunset)} on"
        headers = {"Cache-Control": "no-store"}
        if brownout.status == 503:
            headers["Retry-After"] = http_date(instant(brownout.until)).decode()  # RFC 9110, 10.2.3
        super().__init__(
            f"{id} is switched off until {end}{for_good}.",
            status=brownout.status,
            headers=headers,
            until=end,
            **_ways_on(found, notice, method),
        )


class VersionLimited(Problem):
    """The version is a beta that only named clients may call: 403."""

    status, code, title = 403, "version-limited", "API version for named clients"

    HOW: ClassVar = "Ask for yours to be one of them, or call another version."

    def __init__(self, found: Context, id: str, client: str | None) -> None:
        who = "the request names no client" if client is None else "this client is none of them"
        super().__init__(
            f"{id} is a beta for named clients, and {who}. {self.HOW}",
            headers={"Cache-Control": "no-store"},
            requested=id,
            supported=list(found.almanac.supported),
        )


class OperationRetired(Problem):
    """The operation is past its own sunset, which its version announced: 410."""

    status, code, title = 410, "operation-retired", "Operation retired"

    def __init__(self, found: Context, sunset: datetime) -> None:
        super().__init__(f"This operation ended on {sunset.date()}.", headers=_uncached(found))


def _uncached(found: Context) -> dict[str, str]:
    """A 410 may be kept by caches (RFC 9110, 15.5.11): not where the same path is another version's too."""
    return {} if found.at.in_path else {"Cache-Control": "no-store"}


def _ways_on(found: Context, notice: Notice, method: str) -> dict[str, Any]:
    members: dict[str, Any] = {
        "requested": notice.version.id,
        "successor": notice.successor_path(found.root, method, found.path, found.at.way),
        "supported": list(found.almanac.supported),
        "documentation": notice.guide(found.root),
    }
    return {name: value for name, value in members.items() if value is not None}


def _written(value: date | datetime) -> str:
    """A date, or an instant in UTC, as people and programs read it."""
    return instant(value).isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value.isoformat()
