"""Watches who calls: told of every answer, it counts it, logs it where that is wanted, and writes counts beside."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol

import anyio
from starlette.types import Scope

from .access_log import AccessLog
from .calendar import Calendar
from .context import Context
from .metrics import Metrics
from .stages import Stage
from .tally import UNKNOWN, Client, Count, Row, Tally

log = logging.getLogger(__name__)
NAMED: Final = re.compile(rb"[\x21-\x7e]{1,100}")
"""What a client may call itself in `X-Client-ID`."""
NOBODY: Final = Client("", False)
NOT_ALLOWED: Final = 405
TRIES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Watching:
    """How much is watched: whether it is kept in the database who called what (`usage`), whether `/metrics` is there,
    how many lines a second are logged about a version that ends, or is no promise yet, and how many seconds pass
    between two writings of what was counted."""

    usage: bool = True
    metrics: bool = True
    log_rate: int = 10
    seconds: float = 5


class Ledger(Protocol):
    """Where counts are kept."""

    async def write(self, rows: Mapping[Row, Count], batch: int, today: date) -> None:
        """Add them, all or none, and once however often it is asked for `batch`. Raises where that cannot be done."""


class Watch:
    """Told by the edge of every answer as it begins.

    Without a `ledger` nothing is kept of single clients; `seconds` pass between two writings. `rate` is how many
    lines a second are logged about a version, none with 0.
    """

    def __init__(self, calendar: Calendar, ledger: Ledger | None = None, *, rate: int = 10, seconds: float = 5) -> None:
        self.tally = Tally(kept=ledger is not None)
        self.metrics = Metrics(calendar, self.tally)
        self._clock = calendar.clock
        self._ledger = ledger
        self._log = AccessLog(rate)
        self._rate = rate
        self._seconds = seconds
        self._writing = anyio.Lock()
        self._failing = False
        self._unwritten: dict[Row, Count] = {}
        self._batch = 1

    @property
    def waiting(self) -> int:
        """How many requests, and things sent in them, are still to be written."""
        return self.tally.waiting + sum(count.count for count in self._unwritten.values())

    def __call__(self, found: Context, scope: Scope, status: int) -> None:
        """Count an answer."""
        notice = found.notice
        if notice is None:
            if found.asked is not None or (found.at.refused and status >= 400):
                self.tally.add(client_of(scope), UNKNOWN, "", UNKNOWN, status // 100, found.now)
            return
        operation = getattr(scope.get("route"), "operation_id", None) or ""
        if status == NOT_ALLOWED:
            operation = ""
        client = client_of(scope)
        self.tally.add(client, notice.version.id, operation, notice.stage, status // 100, found.now)
        if self._rate and (notice.stage is not Stage.STABLE or notice.linked or notice.own):
            self._log.say(found, notice, scope["method"], operation, client.name, status)

    async def run(self) -> None:
        """Write what was counted, every few seconds, until it is cancelled."""
        while True:
            await anyio.sleep(self._seconds)
            with anyio.CancelScope(shield=True):
                await self.flush()

    async def flush(self) -> bool:
        """Write what was counted; whether that could be done. What could not be written waits for the next time."""
        async with self._writing:
            self.metrics.collect()
            if self._ledger is None:
                return True
            try:
                while rows := self._unwritten or self.tally.take():
                    self._unwritten = rows  # as it is: nobody knows whether it was written until that is heard of
                    await self._ledger.write(rows, self._batch, self._clock().date())
                    self._unwritten, self._batch = {}, self._batch + 1
            except Exception as error:  # whatever the database says: requests go on, and counts wait
                if not self._failing:
                    log.warning("usage cannot be written and is kept in memory: %s", type(error).__name__)
                self._failing = True
                return False
            if self._failing:
                log.info("usage is written again")
            self._failing = False
            return True

    async def close(self) -> None:
        """Write what is left, at the end."""
        with anyio.CancelScope(shield=True):
            if not self.waiting:
                return
            for _ in range(TRIES):
                if await self.flush():
                    return
                await anyio.sleep(0.5)
        log.error("the usage of %d requests could not be written and is lost", self.waiting)


def client_of(scope: Scope) -> Client:
    """Who calls: whoever its credential says it is, else by the name it gives itself."""
    state: Any = scope.get("state")
    caller = state.get("caller") if state else None
    if caller is not None:
        return Client(str(caller.id), True)
    for name, value in scope["headers"]:
        if name == b"x-client-id":
            return Client(value.decode(), False) if NAMED.fullmatch(value) else NOBODY
    return NOBODY
