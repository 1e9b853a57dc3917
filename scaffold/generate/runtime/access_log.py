"""One structured line for each request that somebody should know of: to versions that end, or are no promise yet.

Lines are made with `logging`, what they say beside their text is in `extra`; a project's own logging writes it out.
"""

import logging
from dataclasses import dataclass
from datetime import datetime

from .context import Context
from .notices import Notice
from .stages import Stage, instant

log = logging.getLogger(__name__)
EVENTS = {
    Stage.PREVIEW: (logging.INFO, "preview version called"),
    Stage.BETA: (logging.INFO, "beta version called"),
    Stage.STABLE: (logging.WARNING, "ending version called"),
    Stage.DEPRECATED: (logging.WARNING, "deprecated version called"),
    Stage.RETIRED: (logging.ERROR, "retired version called"),
}
"""The level and the text of each stage; of a stable version only what has an end is said."""
GONE = 410


@dataclass(slots=True)
class Window:
    """How many lines were written about one version in this second, and how many not since the last one."""

    second: int = 0
    said: int = 0
    left_out: int = 0


class AccessLog:
    """At most `rate` lines a second about each version; the next one says how many were left out (`left_out`)."""

    def __init__(self, rate: int = 10) -> None:
        self._rate = rate
        self._windows: dict[str, Window] = {}

    def say(self, found: Context, notice: Notice, method: str, operation: str, client: str, status: int) -> None:
        """Log a request, where its version, or its operation alone, is more than stable and has no end."""
        told = _event(notice, operation, status, found.now)
        if told is None:
            return
        window = self._windows.setdefault(notice.version.id, Window())
        second = int(found.now.timestamp())
        if second != window.second:
            window.second, window.said = second, 0
        if window.said >= self._rate:
            window.left_out += 1
            return
        window.said += 1
        level, event = told
        sunset = _sunset(notice, operation)
        more: dict[str, object] = {
            "version": notice.version.id,
            "stage": str(notice.stage),
            "method": method,
            "path": f"{found.prefix}{found.path}",
            "operation": operation or None,
            "status": status,
            "client": client or None,
            "successor": notice.successor_path(found.root, method, found.path, found.at.way),
            "sunset": None if sunset is None else sunset.date().isoformat(),
            "days_left": None if sunset is None else (sunset - found.now).days,
            "request_id": found.request_id,
        }
        if window.left_out:
            more["left_out"], window.left_out = window.left_out, 0
        log.log(level, event, extra=more)


def _event(notice: Notice, operation: str, status: int, now: datetime) -> tuple[int, str] | None:
    level, event = EVENTS[notice.stage]
    if notice.stage is Stage.STABLE and notice.version.sunset is None:
        since = notice.version.deprecations.get(operation, (None, None))[0]
        if since is None or instant(since) > now:
            return None
        event = "deprecated operation called"
    if notice.brownout is not None and notice.stage is not Stage.RETIRED:
        return logging.ERROR, "version in brownout called"
    return (logging.ERROR if status == GONE else level), event


def _sunset(notice: Notice, operation: str) -> datetime | None:
    """When it ends: the operation, or the version that it is in."""
    ends = (notice.version.deprecations.get(operation, (None, None))[1], notice.version.sunset)
    return min((instant(end) for end in ends if end is not None), default=None)
