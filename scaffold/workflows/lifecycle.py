"""The dates that follow from the policy when a version is cut or released."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from ..contract.history import History, Version
from ..diagnostics import Diagnostic, ScaffoldError
from .versions import day


@dataclass(frozen=True)
class Deprecation:
    """An older version that a new one makes obsolete, and its dates."""

    version: str
    deprecated: date
    sunset: date


def add_months(start: date, months: int) -> date:
    """The same day some calendar months later, or the last day of that month where it is shorter."""
    index = start.month - 1 + months
    year, month = start.year + index // 12, index % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def deprecation(history: History, released: date, *, before: str | None = None) -> Deprecation | None:
    """What happens to the newest version without dates when another one is released on a day.

    Its sunset is the later of its own release plus the support, and the day plus the notice; sunsets never
    decrease along the history. `before` leaves out that version and all after it.
    """
    older = list(history.released.versions)
    if before is not None:
        older = older[: history.index(before)]
    found = next((v for v in reversed(older) if v.frozen), None)
    if found is None or found.deprecated is not None or found.released is None:
        return None
    policy = history.policy
    sunset = max(
        add_months(day(found.released), policy.support_months),
        released + timedelta(days=policy.notice_days),
        *(day(v.sunset) for v in older if v.sunset is not None),
    )
    return Deprecation(found.id, released, sunset)


def also_undated(history: History, newest: str) -> tuple[str, ...]:
    """The released versions before `newest` that have no sunset yet, as imported ones have none: they go with it."""
    older = history.released.versions[: history.index(newest)]
    return tuple(v.id for v in older if v.frozen and v.sunset is None)


def require_room(history: History, today: date) -> None:
    """Refuse a further version when as many as the policy allows are active.

    Raises:
        ScaffoldError: SC437, naming the versions to retire first.
    """
    most = history.policy.max_active
    active = [v for v in history.released.versions if not _retired(v, today)]
    if most is None or len(active) < most:
        return
    oldest = active[0]
    when = "" if oldest.sunset is None else f"; {oldest.id} retires on {day(oldest.sunset).isoformat()}"
    raise ScaffoldError(
        Diagnostic(
            "SC437",
            f"{len(active)} versions are active, and the policy allows {most}",
            help=f"retire {oldest.id} first{when}, or raise `policy.max_active`",
        )
    )


def _retired(version: Version, today: date) -> bool:
    return version.sunset is not None and day(version.sunset) <= today
