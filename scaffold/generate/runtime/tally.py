"""Who called what, counted in memory: a request adds one to a number that is there, and nothing else.

Memory is bounded. A client says its own name in `X-Client-ID`, and may say another one each time: beyond a number
of names a day, and of numbers that wait to be written, callers are counted together, as OTHERS.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

OTHERS: Final = "(others)"
"""The client that stands for those that are too many to be told apart."""
UNKNOWN: Final = "unknown"
"""The version that stands for all that there never were."""
NAMES, WAITING = 1_000, 20_000
"""How many names clients may give themselves a day, in one process; how many numbers wait to be written."""


class Client(NamedTuple):
    """Who called: by a credential that was verified, or by the name it gave; the empty name is nobody's."""

    name: str
    verified: bool


class Row(NamedTuple):
    """What is counted: an operation of a version that a client called on a day, or something deprecated that it
    sent there (`sent`). The operation is empty where none was reached."""

    day: date
    client: Client
    version: str
    operation: str
    sent: str = ""


class Told(NamedTuple):
    """What is counted for metrics."""

    version: str
    operation: str
    stage: str
    status_class: str


@dataclass(slots=True)
class Count:
    """How often, and when last."""

    count: int
    last: datetime


Key = tuple[Client, str, str, str, int, int]
"""Client, version, operation, stage, first digit of the status, and day: what differs from request to request."""


class Tally:
    """The counts of one process. `take` hands them over to whoever writes them.

    Where they are not `kept`, nobody takes any: there are metrics alone.
    """

    def __init__(self, names: int = NAMES, waiting: int = WAITING, *, kept: bool = True) -> None:
        self._kept = kept
        self._calls: dict[Key, Count] = {}
        self._rows: dict[Row, Count] = {}
        self._told: dict[Told, int] = {}
        self._most_names, self._most = names, waiting
        self._named: set[str] = set()
        self._day = 0

    def add(
        self, client: Client, version: str, operation: str, stage: str, status_class: int, moment: datetime
    ) -> None:
        """Count one request."""
        key = (client, version, operation, stage, status_class, moment.toordinal())
        found = self._calls.get(key)
        if found is None:
            self._first(key, moment)
        else:
            found.count += 1
            found.last = moment

    def note(self, client: Client, version: str, operation: str, sent: Iterable[str], moment: datetime) -> None:
        """Count what is deprecated and was sent all the same, each once a request."""
        client = self._known(client, moment.toordinal())
        for what in sent:
            self._write(Row(moment.date(), client, version, operation, what), 1, moment)

    def told(self) -> dict[Told, int]:
        """What is new for metrics since the last time."""
        self._sort()
        found, self._told = self._told, {}
        return found

    def take(self) -> dict[Row, Count]:
        """What is to be written; it is no longer here."""
        self._sort()
        found, self._rows = self._rows, {}
        return found

    @property
    def waiting(self) -> int:
        """How many requests, and things sent in them, are still to be written."""
        return sum(count.count for count in (*self._calls.values(), *self._rows.values()))

    def _first(self, key: Key, moment: datetime) -> None:
        client, version, operation, stage, status_class, day = key
        key = (self._known(client, day), version, operation, stage, status_class, day)
        if len(self._calls) >= self._most:
            self._sort()
        found = self._calls.get(key)
        if found is None:
            self._calls[key] = Count(1, moment)
        else:
            found.count += 1
            found.last = moment

    def _known(self, client: Client, day: int) -> Client:
        """The client, or the one that stands for the rest where its name is one too many."""
        if client.verified or not client.name:
            return client
        if day != self._day:
            self._day = day
            self._named.clear()
        if client.name not in self._named:
            if len(self._named) >= self._most_names:
                return Client(OTHERS, False)
            self._named.add(client.name)
        return client

    def _sort(self) -> None:
        """Add what was counted to what is to be written, and to what is told."""
        calls, self._calls = self._calls, {}
        for (client, version, operation, stage, status_class, day), count in calls.items():
            told = Told(version, operation, stage, f"{status_class}xx")
            self._told[told] = self._told.get(told, 0) + count.count
            self._write(Row(date.fromordinal(day), client, version, operation), count.count, count.last)

    def _write(self, row: Row, count: int, last: datetime) -> None:
        if not self._kept:
            return
        if row not in self._rows and len(self._rows) >= self._most:
            row = row._replace(client=Client(OTHERS, False))
        found = self._rows.get(row)
        if found is None:
            self._rows[row] = Count(count, last)
        else:
            found.count += count
            found.last = max(found.last, last)
