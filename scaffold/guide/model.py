"""A migration guide as a value: what a client developer is told, before it becomes text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ..compat import Verdict


@dataclass(frozen=True)
class Dates:
    """The calendar of one version."""

    version: str
    released: date | datetime | None
    deprecated: date | datetime | None
    sunset: date | datetime | None


@dataclass(frozen=True)
class Sample:
    """A message before a change and after it; `before` is None where there was no such message."""

    what: str
    before: str | None
    after: str


@dataclass(frozen=True)
class Entry:
    """One change: what it is, what it means to each direction, and what to do about it."""

    anchor: str
    version: str
    heading: str
    sentence: str
    request: Verdict
    response: Verdict
    todo: str
    why: str | None = None
    note: str | None = None
    reasons: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    meanwhile: tuple[str, ...] = ()
    samples: tuple[Sample, ...] = ()
    steps: tuple[str, ...] = ()

    @property
    def harmless(self) -> bool:
        """Whether a client may do nothing about it."""
        return self.request.harmless and self.response.harmless


@dataclass(frozen=True)
class Visit:
    """One operation that clients of the older version call, with the changes that they meet there, if any."""

    anchor: str
    title: str
    before: str
    after: str | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Guide:
    """The way from one version to a later one."""

    title: str
    older: str
    newer: str
    opening: tuple[str, ...]
    dates: tuple[Dates, ...]
    entries: tuple[Entry, ...]
    visits: tuple[Visit, ...]
    same: tuple[Visit, ...]
    unchanged: tuple[str, ...]
    checklist: tuple[str, ...]
    anchor: str
