"""The calendar as a gateway needs it: for each version the states that it goes through, and when each begins.

It is worked out by the very modules that the program has, so that both say the same, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Literal, TypeAlias

from ...contract.error_form import Errors
from ...contract.history import History, Promise
from ...contract.locating import Place as Named
from ..deprecations import deprecations
from ..runtime.calendar import Almanac, Calendar
from ..runtime.notices import Notice
from ..runtime.stages import Brownout, Stage, Version, instant
from ..runtime.ways import Place, Way
from ..versions_view import successors

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
WAYS = {Named.PATH: Way.PATH, Named.QUERY: Way.QUERY, Named.HEADER: Way.BESIDE, Named.MEDIA_TYPE: Way.BESIDE}
"""In which way an address says what is named in a place."""
Headers: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Moved:
    """Where one operation of a version is in the next stable one; `target` None is nowhere."""

    method: str
    path: str
    target: str | None


@dataclass(frozen=True)
class State:
    """What holds for one version for some time; `answer` is the kind of refusal that it is answered with."""

    id: str
    since: datetime
    version: str
    headers: Headers
    own: tuple[tuple[str, Headers], ...]
    answer: Literal["retired", "brownout"] | None
    brownout: Brownout | None
    guides: tuple[str, str] | None
    linked: bool
    places: tuple[tuple[Way, Place], ...]
    moved: tuple[Moved, ...]
    supported: tuple[str, ...]
    documentation: str | None
    sunset: str
    sunset_written: str


@dataclass(frozen=True)
class Offer:
    """What is on offer for some time, for who asks for what is not."""

    id: str
    since: datetime
    headers: Headers
    supported: tuple[str, ...]


@dataclass(frozen=True)
class Timetable:
    """All states of all versions, oldest first, and what was on offer when."""

    history: History
    calendar: Calendar
    states: Mapping[str, tuple[State, ...]]
    offers: tuple[Offer, ...]

    @property
    def ways(self) -> tuple[Way, ...]:
        """How requests name versions: documents are in a path wherever requests name theirs."""
        named = {WAYS[place] for place in self.history.locating.places}
        return tuple(way for way in Way if way is Way.PATH or way in named)

    def errors(self, version: str) -> Errors:
        """How a version writes its errors."""
        return self.history.contract(version).errors


def timetable(history: History, *, name: str, docs_base: str | None, sunsets: Mapping[str, str]) -> Timetable:
    """The states of every version of `history`; `sunsets` are those that are postponed, as text by version.

    Raises:
        StartRefused: a sunset that cannot be read, or would be earlier than it was told.
    """
    versions = [calendar_version(history, position) for position in range(len(history.versions))]
    places = history.locating.places
    calendar = Calendar(
        versions,
        name=name,
        base_path=history.api.base_path.rstrip("/"),
        docs_base=docs_base,
        way=WAYS[places[0]],
        parameter=history.locating.query if Named.QUERY in places else None,
        sunsets=sunsets,
    )
    moments = [BEGINNING, *sorted({b for v in calendar.versions for b in v.boundaries()})]
    almanacs = [(moment, calendar.at(moment)) for moment in moments]
    return Timetable(
        history=history,
        calendar=calendar,
        states={v.id: tuple(_states(v.id, position, calendar, almanacs)) for position, v in enumerate(versions)},
        offers=tuple(_offers(almanacs)),
    )


def calendar_version(history: History, position: int) -> Version:
    """A version as the program's calendar has it."""
    version, contract = history.versions[position], history.contracts[position]
    later = history.versions[position + 1].id if position + 1 < len(history.versions) else None
    return Version(
        id=version.id,
        release=version.number,
        released=version.released if version.frozen else None,
        deprecated=version.deprecated,
        sunset=version.sunset,
        brownouts=tuple(Brownout(b.start, b.until, 503 if b.status == 503 else 410) for b in version.brownouts),
        guide=None if later is None else f"migration/{version.id}-to-{later}",
        successors=successors(history, position),
        beta=version.promise is Promise.BETA,
        deprecations={id_: (d.since, d.sunset) for id_, d in deprecations(history, contract).items()},
        base=contract.base_path,
        dropped=version.dropped is not None,
    )


def _states(
    id: str, position: int, calendar: Calendar, almanacs: Sequence[tuple[datetime, Almanac]]
) -> Iterator[State]:
    before: State | None = None
    for moment, almanac in almanacs:
        state = _state(almanac.notices[id], position, calendar, almanac, moment)
        if before is None or replace(state, since=before.since, id=before.id) != before:
            number = 0 if before is None else int(before.id.rpartition("_")[2]) + 1
            before = replace(state, id=f"{id}_{number}")
            yield before


def _state(notice: Notice, position: int, calendar: Calendar, almanac: Almanac, moment: datetime) -> State:
    version = calendar.versions[position]
    answer: Literal["retired", "brownout"] | None = None
    if notice.stage is Stage.RETIRED:
        answer = "retired"
    elif notice.brownout is not None:
        answer = "brownout"
    places = () if notice.successor is None else tuple((way, notice.successor[way]) for way in Way)
    steps = version, *calendar.versions[position + 1 : position + len(notice.steps)]
    return State(
        id="",
        since=moment,
        version=version.id,
        headers=tuple((n.decode(), v.decode()) for n, v in notice.headers),
        own=tuple((id_, tuple((n.decode(), v.decode()) for n, v in own)) for id_, own in notice.own.items()),
        answer=answer,
        brownout=notice.brownout,
        guides=notice.guides,
        linked=notice.linked,
        places=places,
        moved=tuple(_moved(notice, steps)) if notice.successor is not None else (),
        supported=almanac.supported,
        documentation=notice.documentation,
        sunset="" if version.sunset is None else instant(version.sunset).date().isoformat(),
        sunset_written="" if version.sunset is None else written(version.sunset),
    )


def written(value: date | datetime) -> str:
    """A date, or an instant in UTC, as answers have it."""
    return instant(value).isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value.isoformat()


def _moved(notice: Notice, steps: Sequence[Version]) -> Iterator[Moved]:
    """Every operation that is elsewhere in the successor: those that any step names, followed to the end."""
    sources = dict.fromkeys(source for version in steps for source in version.successors)
    for source in sorted(sources, key=lambda s: [("{" in part, part) for part in s.split("/")]):
        method, _, path = source.rpartition(" ")
        target: str | None = path
        for step in notice.steps:
            target = None if target is None else step.follow(method or "GET", target)
        yield Moved(method, path, target)


def _offers(almanacs: Sequence[tuple[datetime, Almanac]]) -> Iterator[Offer]:
    before: Offer | None = None
    for moment, almanac in almanacs:
        headers = tuple((n.decode(), v.decode()) for n, v in almanac.offer)
        if before is None or (headers, almanac.supported) != (before.headers, before.supported):
            number = 0 if before is None else int(before.id.rpartition("_")[2]) + 1
            before = Offer(f"offer_{number}", moment, headers, almanac.supported)
            yield before
