"""The boundaries of the calendar as rows of a test: one second before each, at it, and one second after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

from ..contract.history import History, Promise, Version
from .deprecations import Deprecation

SOME_DAY = datetime(2026, 1, 15, tzinfo=UTC)
"""When a version without dates is looked at."""
SECOND = timedelta(seconds=1)


def instant(value: date | datetime) -> datetime:
    """The instant that a date means: midnight in UTC."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return datetime(value.year, value.month, value.day, tzinfo=UTC)


def boundaries(version: Version) -> tuple[datetime, ...]:
    """The instants at which a version changes its stage, or begins or ceases to answer."""
    released = version.released if version.frozen else None
    dates = [released, version.deprecated, version.sunset, *(d for b in version.brownouts for d in (b.start, b.until))]
    return tuple(sorted({instant(d) for d in dates if d is not None}))


def stage(version: Version, moment: datetime) -> str:
    """The stage that the spec gives a version at `moment`."""
    if version.dropped is not None or (version.sunset is not None and moment >= instant(version.sunset)):
        return "retired"
    if version.deprecated is not None and moment >= instant(version.deprecated):
        return "deprecated"
    if version.frozen and version.released is not None and moment >= instant(version.released):
        return "stable"
    return "beta" if version.promise is Promise.BETA else "preview"


def status(version: Version, moment: datetime) -> int:
    """What is answered at `moment` where a version has an answer."""
    on = next((b.status for b in version.brownouts if instant(b.start) <= moment < instant(b.until)), 200)
    return 410 if stage(version, moment) == "retired" else on


def stage_rows(history: History) -> Mapping[str, tuple[tuple[str, str, int, str | None], ...]]:
    """For each version, moments with its stage, its answer and the version that it names as its successor, if any."""
    return {
        version.id: tuple(_row(history, position, moment) for moment in _moments(version))
        for position, version in enumerate(history.versions)
    }


def brownout_rows(history: History) -> Mapping[str, tuple[tuple[str, str, int], ...]]:
    """For each version that has any, when its brownouts begin and are over, and what it answers then."""
    return {
        v.id: tuple((_text(b.start), _text(b.until), b.status) for b in v.brownouts)
        for v in history.versions
        if v.brownouts
    }


def _text(value: date | datetime) -> str:
    """As problems write it."""
    return instant(value).isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value.isoformat()


def served_rows(history: History) -> tuple[tuple[str, str, str], ...]:
    """For each version and each stage in which it is served, one moment."""
    found: dict[tuple[str, str], str] = {}
    for version, rows in stage_rows(history).items():
        for moment, now, answer, _ in rows:
            if answer == 200:
                found.setdefault((version, now), moment)
    return tuple((version, moment, now) for (version, now), moment in found.items())


def _moments(version: Version) -> list[datetime]:
    stated = boundaries(version)
    return [b + step for b in stated for step in (-SECOND, timedelta(), SECOND)] or [SOME_DAY]


def _row(history: History, position: int, moment: datetime) -> tuple[str, str, int, str | None]:
    version = history.versions[position]
    now = stage(version, moment)
    later = history.versions[position + 1 :]
    successor = next((v.id for v in later if stage(v, moment) == "stable"), None)
    named = now in ("deprecated", "retired") or version.sunset is not None
    return moment.isoformat(), now, status(version, moment), successor if named else None


def served_at(version: Version) -> datetime:
    """An instant at which clients of the version call: the day it came out, or before it went."""
    stated = boundaries(version)
    if not stated:
        return SOME_DAY
    return _answering(stated[0] if version.frozen else stated[0] - SECOND, version)


def both_served_at(older: Version, newer: Version) -> datetime:
    """An instant at which two versions are served: the newer one as a preview, if the older went before."""
    moment = max(served_at(older), served_at(newer))
    if older.sunset is not None and moment >= instant(older.sunset):
        moment = instant(older.sunset) - SECOND
    return _answering(moment, older, newer)


def _answering(moment: datetime, *versions: Version) -> datetime:
    """`moment` if all of `versions` answer then, else the boundary after it, or the second before one, when they do."""
    stated = sorted({b for version in versions for b in boundaries(version)})
    later = [b for b in stated if b > moment]
    before = [b - SECOND for b in reversed(stated)]
    fitting = (m for m in (moment, *later, *before) if all(status(v, m) == 200 for v in versions))
    return next(fitting, moment)


def lifecycle_headers(version: Version, own: Deprecation | None = None) -> dict[str, str | None]:
    """`Deprecation` (RFC 9745) and `Sunset` (RFC 8594) as the version's dates give them, and an operation's own."""
    deprecated = _first(version.deprecated, None if own is None else own.since)
    sunset = _first(version.sunset, None if own is None else own.sunset)
    return {
        "deprecation": None if deprecated is None else f"@{int(deprecated.timestamp())}",
        "sunset": None if sunset is None else format_datetime(sunset, usegmt=True),
    }


def _first(*dates: date | datetime | None) -> datetime | None:
    """The first of those that are known."""
    return min((instant(d) for d in dates if d is not None), default=None)
