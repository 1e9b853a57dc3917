"""What is known of callers, put together: for the keepers of the API, and for each client what concerns it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from .calendar import Almanac, Calendar
from .clients import Known
from .notices import Notice
from .noting import Deprecations, Instead
from .stages import Stage, instant
from .tally import UNKNOWN, Client
from .usage import Entry
from .ways import Way

SCHEMA: Final = 1
DAYS: Final = 30
NOTHING: Final = Deprecations()
METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


@dataclass(frozen=True)
class Sources:
    """What a report is made of beside the rows: the calendar, what is deprecated below it, the operations' places."""

    calendar: Calendar
    deprecations: Mapping[str, Deprecations] = field(default_factory=dict)
    documents: Path | None = None
    clients: Mapping[str, Known] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day of the report."""
        return self.calendar.clock().date()

    def since(self, days: int = DAYS) -> date:
        """The first of so many days, of which today is the last."""
        return self.today - timedelta(days=days - 1)

    def almanac(self) -> Almanac:
        """What holds now."""
        return self.calendar.at(self.calendar.clock())

    def places(self, version: str) -> dict[str, tuple[str, str]]:
        """Method and path of each operation of a version, by its id, as its document states them."""
        if self.documents is None:
            return {}
        try:
            stated = json.loads((self.documents / f"{version}.json").read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return {
            operation["operationId"]: (method.upper(), path)
            for path, item in stated.get("paths", {}).items()
            for method, operation in item.items()
            if method in METHODS and "operationId" in operation
        }


def report(entries: Sequence[Entry], sources: Sources, days: int = DAYS) -> dict[str, Any]:
    """Everything, for programs: by version, and by client what it calls and what deprecated things it sends."""
    notices = sources.almanac().notices
    return {
        "schema": SCHEMA,
        "from": sources.since(days).isoformat(),
        "to": sources.today.isoformat(),
        "versions": [_version(id, rows, notices.get(id)) for id, rows in _by_version(entries, notices)],
        "clients": [_client(client, rows, sources) for client, rows in _by_client(entries)],
    }


def _by_version(entries: Iterable[Entry], notices: Mapping[str, Notice]) -> Iterator[tuple[str, list[Entry]]]:
    """The calls of every version that there is, and of those that there never were, as one."""
    found: dict[str, list[Entry]] = {id: [] for id in notices}
    for entry in entries:
        if not entry.sent:
            found.setdefault(entry.version, []).append(entry)
    yield from found.items()


def _by_client(entries: Iterable[Entry]) -> Iterator[tuple[Client, list[Entry]]]:
    found: dict[Client, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.client, []).append(entry)
    yield from sorted(found.items(), key=lambda item: (item[0].name, item[0].verified))


def _version(id: str, rows: Sequence[Entry], notice: Notice | None) -> dict[str, Any]:
    return {
        "version": id,
        "stage": UNKNOWN if notice is None else str(notice.stage),
        "sunset": None if notice is None else _day(notice.version.sunset),
        "requests": sum(row.count for row in rows),
        "clients": len({row.client for row in rows}),
        "last_seen": _last(rows),
    }


def _client(client: Client, rows: Sequence[Entry], sources: Sources) -> dict[str, Any]:
    known = sources.clients.get(client.name, Known())
    calls = [row for row in rows if not row.sent]
    return {
        "client": client.name or None,
        "verified": client.verified,
        "name": known.name,
        "address": known.address,
        "requests": sum(row.count for row in calls),
        "last_seen": _last(rows),
        "calls": [
            {
                "version": version,
                "operation": operation or None,
                "requests": sum(row.count for row in mine),
                "last_seen": _last(mine),
                "days": {row.day.isoformat(): row.count for row in mine},
            }
            for (version, operation, _), mine in _grouped(calls)
        ],
        "sent": [
            {
                "version": version,
                "operation": operation,
                "what": what,
                "times": sum(row.count for row in mine),
                "last_seen": _last(mine),
            }
            for (version, operation, what), mine in _grouped([row for row in rows if row.sent])
        ],
        "may_read": list(_may_read(calls, sources)),
    }


def _grouped(rows: Iterable[Entry]) -> Iterator[tuple[tuple[str, str, str], list[Entry]]]:
    found: dict[tuple[str, str, str], list[Entry]] = {}
    for row in rows:
        found.setdefault((row.version, row.operation, row.sent), []).append(row)
    yield from sorted(found.items())


def _may_read(calls: Iterable[Entry], sources: Sources) -> Iterator[dict[str, Any]]:
    """What is deprecated in answers to these calls: what a client reads of it nobody can see."""
    for version, operation in dict.fromkeys((row.version, row.operation) for row in calls):
        noted = sources.deprecations.get(version, NOTHING).operations.get(operation)
        for what in () if noted is None else noted.shown:
            yield {"version": version, "operation": operation, "what": what}


def ending(client: Client, rows: Sequence[Entry], sources: Sources, days: int = DAYS) -> dict[str, Any]:
    """What one client still uses that ends: its calls, where they go, and what deprecated things it sends."""
    notices = sources.almanac().notices
    calls = list(_grouped([row for row in rows if not row.sent]))
    return {
        "client": client.name,
        "verified": client.verified,
        "from": sources.since(days).isoformat(),
        "to": sources.today.isoformat(),
        "versions": [
            _ending_version(notice, [c for c in calls if c[0][0] == id], sources)
            for id, notice in notices.items()
            if _ends(notice) and any(version == id for (version, _, _), _ in calls)
        ],
        "operations": list(_ending_operations(calls, notices, sources)),
        "sent": [
            {
                "version": version,
                "operation": operation,
                "what": what,
                **_instead(sources, version, what),
                "times": sum(row.count for row in mine),
                "last_seen": _last(mine),
            }
            for (version, operation, what), mine in _grouped([row for row in rows if row.sent])
        ],
        "may_read": [
            {**found, **_instead(sources, found["version"], found["what"])}
            for found in _may_read([row for row in rows if not row.sent], sources)
        ],
    }


def _ends(notice: Notice) -> bool:
    return notice.stage in (Stage.DEPRECATED, Stage.RETIRED) or notice.version.sunset is not None


Calls = list[tuple[tuple[str, str, str], list[Entry]]]


def _ending_version(notice: Notice, calls: Calls, sources: Sources) -> dict[str, Any]:
    version = notice.version
    places = sources.places(version.id)
    return {
        "version": version.id,
        "stage": str(notice.stage),
        "deprecated": _day(version.deprecated),
        "sunset": _day(version.sunset),
        "days_left": _left(version.sunset, sources),
        "documentation": notice.documentation,
        "calls": [
            {
                "operation": operation or None,
                "call": _call(places.get(operation), sources.calendar, version.id),
                "successor": _successor(notice, places.get(operation), sources.calendar.way),
                "documentation": _anchored(notice, operation),
                "requests": sum(row.count for row in mine),
                "last_seen": _last(mine),
            }
            for (_, operation, _), mine in calls
        ],
    }


def _ending_operations(calls: Calls, notices: Mapping[str, Notice], sources: Sources) -> Iterator[dict[str, Any]]:
    """Calls of operations that are deprecated by themselves."""
    now = sources.calendar.clock()
    for (id, operation, _), mine in calls:
        since, end = (
            (None, None) if id not in notices else notices[id].version.deprecations.get(operation, (None, None))
        )
        if since is None or instant(since) > now:
            continue
        yield {
            "version": id,
            "operation": operation,
            "call": _call(sources.places(id).get(operation), sources.calendar, id),
            "deprecated": _day(since),
            "sunset": _day(end),
            "days_left": _left(end, sources),
            **_instead_of(sources, id, operation),
            "requests": sum(row.count for row in mine),
            "last_seen": _last(mine),
        }


def _instead(sources: Sources, version: str, what: str) -> dict[str, Any]:
    said = sources.deprecations.get(version, NOTHING).instead.get(what, Instead())
    return {"use": said.use, "sunset": said.sunset}


def _instead_of(sources: Sources, version: str, operation: str) -> dict[str, Any]:
    place = sources.places(version).get(operation)
    return {"use": None if place is None else _instead(sources, version, " ".join(place))["use"]}


def _call(place: tuple[str, str] | None, calendar: Calendar, version: str) -> str | None:
    if place is None:
        return None
    at = calendar.canonical(version)
    return f"{place[0]} {at.prefix}{place[1]}{at.suffix}"


def _successor(notice: Notice, place: tuple[str, str] | None, way: Way) -> str | None:
    """The same call in the version to move to, whose name may stand beside it; None where it is gone or not known."""
    if place is None or notice.successor_path("", *place) is None:
        return None
    path = notice.successor_path("", *place, way)
    return f"{place[0]} {notice.base + place[1] if path is None else unquote(path)}"


def _anchored(notice: Notice, operation: str) -> str | None:
    """Where the guide describes what to change about one operation."""
    if notice.documentation is None or not operation:
        return notice.documentation
    return f"{notice.documentation}#{operation.replace('_', '-')}"


def _left(sunset: date | datetime | None, sources: Sources) -> int | None:
    return None if sunset is None else (instant(sunset) - sources.calendar.clock()).days


def _day(value: date | datetime | None) -> str | None:
    return None if value is None else instant(value).date().isoformat()


def _last(rows: Iterable[Entry]) -> str | None:
    found = max((row.last_seen for row in rows), default=None)
    return None if found is None else found.isoformat(timespec="seconds")
