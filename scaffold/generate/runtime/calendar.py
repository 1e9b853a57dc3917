"""When each version is in which stage, and the headers that tell a client so.

Everything a response says about dates is made once per stage and swapped at the instant of a boundary: a
request compares its time with two instants and adds bytes that are there.
"""

import logging
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from email.utils import format_datetime
from enum import StrEnum
from urllib.parse import quote

Clock = Callable[[], datetime]
Header = tuple[bytes, bytes]
log = logging.getLogger(__name__)

_BEGINNING = datetime.min.replace(tzinfo=UTC)
_END = datetime.max.replace(tzinfo=UTC)
_PATH_CHARACTERS = "/:@!$&'()*+,;=-._~"
_PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")
_PLAIN = re.compile(r"[\w/.~-]*", re.ASCII)  # needs no percent-encoding


def utc_now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def instant(value: date | datetime) -> datetime:
    """The instant a date or datetime means: a date is its midnight in UTC.

    Raises ValueError for a datetime without an offset.
    """
    if not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    if value.tzinfo is None:
        raise ValueError(f"{value.isoformat()} has no offset")
    return value.astimezone(UTC)


class Stage(StrEnum):
    """Where a version is in its life."""

    PREVIEW = "preview"
    BETA = "beta"
    STABLE = "stable"
    DEPRECATED = "deprecated"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version and its dates.

    `release` is its full number (`2.1`). `guide` is where the way to the next version is described, below the base
    URL of the documentation. `successors` maps the operations that are elsewhere in the next version, as `"GET
    /users/{id}"` (or `"/users/{id}"` for every method), to their path there, or to None where they ended.
    `deprecations` has, by the id of an operation, since when it is deprecated by itself, and when it ends. `base` is
    the path below which it is served, where that is not the API's.
    """

    id: str
    release: str
    released: date | datetime | None = None
    deprecated: date | datetime | None = None
    sunset: date | datetime | None = None
    guide: str | None = None
    successors: Mapping[str, str | None] = field(default_factory=dict)
    beta: bool = False
    deprecations: Mapping[str, tuple[date | datetime, date | datetime | None]] = field(default_factory=dict)
    base: str | None = None

    def stage(self, moment: datetime) -> Stage:
        """The stage at `moment`; at the instant of a date the new stage holds."""
        if self.sunset is not None and moment >= instant(self.sunset):
            return Stage.RETIRED
        if self.deprecated is not None and moment >= instant(self.deprecated):
            return Stage.DEPRECATED
        if self.released is not None and moment >= instant(self.released):
            return Stage.STABLE
        return Stage.BETA if self.beta else Stage.PREVIEW


class Successors:
    """Where the operations of one version are found in the next one."""

    def __init__(self, moved: Mapping[str, str | None]) -> None:
        # By the number of slashes, so that few patterns are tried; literal segments before parameters.
        self._rows: dict[int, list[_Moved]] = {}
        for source in sorted(moved, key=lambda source: [("{" in part, part) for part in source.split("/")]):
            self._rows.setdefault(source.count("/"), []).append(_Moved(source, moved[source]))

    def follow(self, method: str, path: str) -> str | None:
        """The path in the next version, the same path where nothing moved, None where the operation ended."""
        for row in self._rows.get(path.count("/"), ()):
            if row.method in ("", method) and (found := row.pattern.fullmatch(path)):
                return row.filled(found.groups())
        return path


class _Moved:
    def __init__(self, source: str, target: str | None) -> None:
        self.method, _, path = source.rpartition(" ")
        literals, names = _PARAMETER.split(path)[::2], _PARAMETER.findall(path)
        self.pattern = re.compile("([^/]+)".join(re.escape(part) for part in literals))
        self._pieces: list[str | int] | None = None
        if target is not None:
            self._pieces = list(_PARAMETER.split(target.rpartition(" ")[2]))
            for position, index in enumerate(range(1, len(self._pieces), 2)):
                name = self._pieces[index]
                self._pieces[index] = names.index(name) if name in names else position

    def filled(self, values: Sequence[str]) -> str | None:
        """The target with `values` for its parameters: by their names in the source, else by their places."""
        if self._pieces is None:
            return None
        return "".join([piece if isinstance(piece, str) else values[piece] for piece in self._pieces])


@dataclass(frozen=True, slots=True)
class Notice:
    """What one version tells its callers during one stage."""

    version: Version
    stage: Stage
    headers: tuple[Header, ...]
    successor: str | None  # the path prefix of the next stable version
    steps: tuple[Successors, ...]
    documentation: str | None
    guides: tuple[str, str] | None  # the links to it, before and after the anchor of an operation
    linked: bool
    own: Mapping[str, tuple[Header, ...]] = field(default_factory=dict)  # of operations deprecated by themselves

    def successor_path(self, root: str, method: str, path: str) -> str | None:
        """Where `path` (below the version) is found in the successor, percent-encoded; None if nowhere."""
        if self.successor is None:
            return None
        for step in self.steps:
            moved = step.follow(method, path)
            if moved is None:
                return None
            path = moved
        path = f"{root}{self.successor}{path}"
        return path if _PLAIN.fullmatch(path) else quote(path, safe=_PATH_CHARACTERS)

    def link(self, root: str, method: str, path: str, operation: str | None) -> bytes | None:
        """The value of `Link` (RFC 8288): successor-version (RFC 5829), deprecation (RFC 9745), sunset (RFC 8594)."""
        successor = self.successor_path(root, method, path)
        text = "" if successor is None else f'<{successor}>; rel="successor-version"'
        if self.guides is not None:
            before, after = self.guides
            anchor = f"#{operation.replace('_', '-')}" if operation else ""
            text = f"{text}{', ' if text else ''}{before}{anchor}{after}"
        return text.encode("latin-1", "replace") or None


@dataclass(frozen=True, slots=True)
class Almanac:
    """What holds for every version from one boundary up to, and without, the next."""

    since: datetime
    until: datetime
    notices: Mapping[str, Notice]
    supported: tuple[str, ...]
    offer: tuple[Header, ...]


class Calendar:
    """The versions in their order and the stage of each at any time; where each is served.

    `located` says that requests name a version, as the first segment below its base path; else there is one version,
    and neither requests nor answers name it.

    `environment` may hold `<NAME>_SUNSET_<ID>` to postpone a sunset; an earlier date than the version's own is
    ignored with a warning. Raises ValueError for a date that cannot be read.
    """

    def __init__(
        self,
        versions: Sequence[Version],
        *,
        name: str = "API",
        base_path: str = "",
        docs_base: str | None = None,
        located: bool = True,
        clock: Clock = utc_now,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.clock = clock
        self.base_path = base_path
        self.located = located
        self.bases = {v.id: base_path if v.base is None else v.base for v in versions}
        self.places = {id: f"{base}/{id}" if located else base for id, base in self.bases.items()}
        self._docs_base = docs_base
        self.versions = tuple(_postponed(version, name, environment or {}) for version in versions)
        self.postponed = {old.id: old for old, new in zip(versions, self.versions, strict=True) if old != new}
        self._steps = [Successors(version.successors) for version in self.versions]
        dates = {d for v in self.versions for d in (v.released, v.deprecated, v.sunset) if d is not None}
        self._boundaries = sorted({instant(d) for d in dates})
        self._almanac = self._make(utc_now())

    def at(self, moment: datetime) -> Almanac:
        """What holds at `moment`, made anew only when a boundary lies between it and the last one asked for."""
        almanac = self._almanac
        if almanac.since <= moment < almanac.until:
            return almanac
        self._almanac = almanac = self._make(moment)
        return almanac

    def _make(self, moment: datetime) -> Almanac:
        passed = bisect_right(self._boundaries, moment)
        stages = {version.id: version.stage(moment) for version in self.versions}
        live = tuple(id for id, stage in stages.items() if stage is not Stage.RETIRED)
        supported = tuple(id for id in live if stages[id] is Stage.STABLE) or live
        deprecated = tuple(id for id in live if stages[id] is Stage.DEPRECATED)
        offer = []
        if supported:
            offer.append((b"api-supported-versions", ", ".join(supported).encode()))
        if deprecated:
            offer.append((b"api-deprecated-versions", ", ".join(deprecated).encode()))
        return Almanac(
            since=self._boundaries[passed - 1] if passed else _BEGINNING,
            until=self._boundaries[passed] if passed < len(self._boundaries) else _END,
            notices={v.id: self._notice(i, stages, tuple(offer)) for i, v in enumerate(self.versions)},
            supported=supported,
            offer=tuple(offer),
        )

    def _notice(self, index: int, stages: Mapping[str, Stage], offer: tuple[Header, ...]) -> Notice:
        version, later = self.versions[index], range(index + 1, len(self.versions))
        stage = stages[version.id]
        named = [(b"api-version", version.id.encode()), (b"x-api-version", version.release.encode()), *offer]
        headers = named if self.located else []
        if stage in (Stage.PREVIEW, Stage.BETA):
            warning = f"{version.id} is a {stage}: it may change without notice"
            headers.append((b"x-api-warn", warning.encode()))
        own = {
            id: (*headers, *_dates(_earlier(since, version.deprecated), _earlier(end, version.sunset)))
            for id, (since, end) in version.deprecations.items()
        }
        headers += _dates(version.deprecated, version.sunset)
        target = next((i for i in later if stages[self.versions[i].id] is Stage.STABLE), None)
        documentation = self._guide(version)
        guides = None
        if documentation is not None and stage is not Stage.RETIRED:
            sunset = "" if version.sunset is None else f', <{documentation}>; rel="sunset"; type="text/html"'
            guides = (f"<{documentation}", f'>; rel="deprecation"; type="text/html"{sunset}')
        return Notice(
            version=version,
            stage=stage,
            headers=tuple(headers),
            successor=None if target is None else self.places[self.versions[target].id],
            steps=() if target is None else tuple(self._steps[index:target]),
            documentation=documentation,
            guides=guides,
            linked=stage in (Stage.DEPRECATED, Stage.RETIRED) or version.sunset is not None,
            own=own,
        )

    def _guide(self, version: Version) -> str | None:
        if version.guide is None or "://" in version.guide:
            return version.guide
        return None if self._docs_base is None else f"{self._docs_base.rstrip('/')}/{version.guide.lstrip('/')}"


def _dates(deprecated: date | datetime | None, sunset: date | datetime | None) -> list[Header]:
    """`Deprecation` (RFC 9745) and `Sunset` (RFC 8594)."""
    made: list[Header] = []
    if deprecated is not None:
        made.append((b"deprecation", f"@{int(instant(deprecated).timestamp())}".encode()))
    if sunset is not None:
        made.append((b"sunset", format_datetime(instant(sunset), usegmt=True).encode()))
    return made


def _earlier(one: date | datetime | None, other: date | datetime | None) -> date | datetime | None:
    """The earlier of two dates, where both are known."""
    if one is None or other is None:
        return one or other
    return min(one, other, key=instant)


def _postponed(version: Version, name: str, environment: Mapping[str, str]) -> Version:
    """The version with the sunset that the environment gives it, if that is later."""
    variable = re.sub(r"\W", "_", f"{name}_sunset_{version.id}").upper()
    text = environment.get(variable, "").strip()
    if not text:
        return version
    try:
        later = instant(date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text))
    except ValueError as error:
        raise ValueError(f"{variable}: {text!r} is not a date such as 2027-01-31") from error
    if version.sunset is None or later <= instant(version.sunset):
        log.warning("%s=%s is ignored: a sunset can be postponed, never set or advanced", variable, text)
        return version
    log.warning("%s: the sunset of %s is postponed from %s to %s", variable, version.id, version.sunset, text)
    return replace(version, sunset=later)
