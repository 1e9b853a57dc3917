"""What a version tells its callers during one stage, made once: headers as bytes, and the links that go with them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import quote

from .freshness import Closing, Header, http_date, until
from .stages import Brownout, Stage, Version, instant
from .successors import Successors
from .ways import Place, Way

_PATH_CHARACTERS = "/:@!$&'()*+=-._~"  # without , and ; which simple readers of Link stumble over
_PLAIN = re.compile(r"[\w/.~-]*", re.ASCII)  # needs no percent-encoding


@dataclass(frozen=True, slots=True)
class Notice:
    """What one version tells its callers during one stage, or one brownout.

    `own` has the headers of the operations that are deprecated by themselves; `closing` is when the version stops
    answering next, and `closings` has that of operations which end before.
    """

    version: Version
    stage: Stage
    headers: tuple[Header, ...]
    successor: Mapping[Way, Place] | None  # where the next stable version is
    steps: tuple[Successors, ...]
    documentation: str | None
    guides: tuple[str, str] | None  # the links to it, before and after the anchor of an operation
    linked: bool
    own: Mapping[str, tuple[Header, ...]] = field(default_factory=dict)
    brownout: Brownout | None = None
    closing: Closing | None = None
    closings: Mapping[str, Closing] = field(default_factory=dict)
    base: str = ""  # the path before those of its operations, without the version

    def guide(self, root: str) -> str | None:
        """Where the guide is, as callers of the program at `root` reach it."""
        own = self.documentation is not None and self.documentation.startswith("/")
        return f"{root}{self.documentation}" if own else self.documentation

    def successor_path(self, root: str, method: str, path: str, way: Way = Way.PATH) -> str | None:
        """Where `path` (below the version) is found in the successor, percent-encoded; None if nowhere, or if the
        address stays the same, because the version is named beside it."""
        if self.successor is None:
            return None
        here = f"{self.base}{path}"
        for step in self.steps:
            moved = step.follow(method, path)
            if moved is None:
                return None
            path = moved
        place = self.successor[way]
        path = f"{place.prefix}{path}"
        if way is Way.BESIDE and path == here:
            return None
        path = f"{root}{path}"
        return (path if _PLAIN.fullmatch(path) else quote(path, safe=_PATH_CHARACTERS)) + place.suffix

    def link(self, root: str, method: str, path: str, operation: str | None, way: Way = Way.PATH) -> bytes | None:
        """The value of `Link` (RFC 8288): successor-version (RFC 5829), deprecation (RFC 9745), sunset (RFC 8594)."""
        successor = self.successor_path(root, method, path, way)
        text = "" if successor is None else f'<{successor}>; rel="successor-version"'
        if self.guides is not None:
            before, after = (reached(root, part) for part in self.guides) if root else self.guides
            anchor = f"#{operation.replace('_', '-')}" if operation else ""
            text = f"{text}{', ' if text else ''}{before}{anchor}{after}"
        return text.encode("latin-1", "replace") or None


def told(version: Version, stage: Stage, offer: tuple[Header, ...], *, named: bool) -> tuple[Header, ...]:
    """The headers of every answer of a version in `stage`, but its dates; `named` says that answers name versions."""
    made: list[Header] = []
    if named:
        made += [(b"api-version", version.id.encode()), (b"x-api-version", version.release.encode()), *offer]
    if stage in (Stage.PREVIEW, Stage.BETA):
        made.append((b"x-api-warn", f"{version.id} is a {stage}: it may change without notice".encode()))
    if stage is Stage.BETA and version.clients:
        made.append((b"vary", b"X-Client-ID"))
    return tuple(made)


def dates(version: Version) -> list[Header]:
    """`Deprecation` and `Sunset` of a version."""
    return _dates(version.deprecated, version.sunset)


def own_dates(version: Version, headers: tuple[Header, ...]) -> dict[str, tuple[Header, ...]]:
    """`headers` with the dates of each operation that is deprecated by itself, by its id."""
    return {
        id: (*headers, *_dates(_earlier(since, version.deprecated), _earlier(end, version.sunset)))
        for id, (since, end) in version.deprecations.items()
    }


def own_closings(version: Version, moment: datetime, closing: Closing | None) -> dict[str, Closing]:
    """When each operation that has a sunset of its own stops answering, as seen at `moment`."""
    ends = {id: instant(end) for id, (_, end) in version.deprecations.items() if end is not None}
    made = {id: until(closing, [Closing.of(end)]) for id, end in ends.items() if end > moment}
    return {id: found for id, found in made.items() if found is not None}


def reached(root: str, links: str) -> str:
    """`links` whose paths are the program's own, as callers of the program at `root` reach them."""
    return links.replace("</", f"<{root}/")


def guide_links(version: Version, documentation: str | None) -> tuple[str, str] | None:
    """The links to what helps callers to move on, before and after the anchor of an operation."""
    if documentation is None:
        return None
    sunset = "" if version.sunset is None else f', <{documentation}>; rel="sunset"; type="text/html"'
    return f"<{documentation}", f'>; rel="deprecation"; type="text/html"{sunset}'


def _dates(deprecated: date | datetime | None, sunset: date | datetime | None) -> list[Header]:
    """`Deprecation` (RFC 9745) and `Sunset` (RFC 8594)."""
    made: list[Header] = []
    if deprecated is not None:
        made.append((b"deprecation", f"@{int(instant(deprecated).timestamp())}".encode()))
    if sunset is not None:
        made.append((b"sunset", http_date(instant(sunset))))
    return made


def _earlier(one: date | datetime | None, other: date | datetime | None) -> date | datetime | None:
    """The earlier of two dates, where both are known."""
    if one is None or other is None:
        return one or other
    return min(one, other, key=instant)
