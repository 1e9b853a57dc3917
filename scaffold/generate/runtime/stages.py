"""A version, its dates, and the stage that these give it at any time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Literal

Clock = Callable[[], datetime]


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


@dataclass(frozen=True, slots=True)
class Brownout:
    """A time before its sunset in which a version does not answer, so that who still calls it notices.

    It begins at `start` and is over at `until`. `status` is 410, as after the sunset, or 503 with `Retry-After`.
    """

    start: date | datetime
    until: date | datetime
    status: Literal[410, 503] = 410

    def covers(self, moment: datetime) -> bool:
        """Whether it is on at `moment`."""
        return instant(self.start) <= moment < instant(self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version and its dates.

    `release` is its full number (`2.1`). `guide` is where the way to the next version is described, below the base
    URL of the documentation. `successors` maps the operations that are elsewhere in the next version, as `"GET
    /users/{id}"` (or `"/users/{id}"` for every method), to their path there, or to None where they ended.
    `deprecations` has, by the id of an operation, since when it is deprecated by itself, and when it ends. `base` is
    the path below which it is served, where that is not the API's. `clients` are those that may call it while it is a
    beta; none at all: everybody may. Of one that was `dropped` there is no code any more, so that it stays retired.
    """

    id: str
    release: str
    released: date | datetime | None = None
    deprecated: date | datetime | None = None
    sunset: date | datetime | None = None
    brownouts: tuple[Brownout, ...] = ()
    guide: str | None = None
    successors: Mapping[str, str | None] = field(default_factory=dict)
    beta: bool = False
    clients: tuple[str, ...] = ()
    deprecations: Mapping[str, tuple[date | datetime, date | datetime | None]] = field(default_factory=dict)
    base: str | None = None
    dropped: bool = False

    def stage(self, moment: datetime) -> Stage:
        """The stage at `moment`; at the instant of a date the new stage holds."""
        if self.dropped or (self.sunset is not None and moment >= instant(self.sunset)):
            return Stage.RETIRED
        if self.deprecated is not None and moment >= instant(self.deprecated):
            return Stage.DEPRECATED
        if self.released is not None and moment >= instant(self.released):
            return Stage.STABLE
        return Stage.BETA if self.beta else Stage.PREVIEW

    def brownout(self, moment: datetime) -> Brownout | None:
        """The brownout that is on at `moment`, if any."""
        return next((b for b in self.brownouts if b.covers(moment)), None)

    def boundaries(self) -> set[datetime]:
        """Every instant at which what is said, or answered, changes."""
        dates = {self.released, self.deprecated, self.sunset}
        dates |= {d for b in self.brownouts for d in (b.start, b.until)}
        dates |= {end for _, end in self.deprecations.values()}
        return {instant(d) for d in dates if d is not None}

    def closing(self, moment: datetime) -> datetime | None:
        """When it stops answering next: the start of a brownout, or its sunset."""
        dates = [self.sunset, *(b.start for b in self.brownouts)]
        return min((i for d in dates if d is not None and (i := instant(d)) > moment), default=None)
