"""Many clients that call at once and write down what they sent and what came back."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx2

GONE = 410


@dataclass(frozen=True)
class Call:
    """One request and its answer; times are of the client's clock, which is the server's."""

    client: str
    version: str
    operation: str
    sent: datetime
    received: datetime
    status: int


@dataclass
class Load:
    """All that was sent, by whom, and what went wrong on the way."""

    calls: list[Call] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    stopped: datetime | None = None
    """When the server was told to stop: who calls on from then finds nobody sooner or later."""

    @property
    def sent(self) -> Counter[tuple[str, str, str]]:
        """How often each client called each operation of each version; of one that is gone there is no operation."""
        return Counter(
            (call.client, call.version, "" if call.status == GONE else call.operation) for call in self.calls
        )

    def of(self, version: str) -> list[Call]:
        """The calls of one version."""
        return [call for call in self.calls if call.version == version]


def load(base: str, *, clients: int, seconds: float, stop: Callable[[], None]) -> Load:
    """`clients` at once call two versions of `/notes` below `base`, and every tenth call writes.

    After some time the server is told to `stop`, and each calls on until nobody answers it.
    """
    made = Load()
    asyncio.run(_all(base, clients, seconds, stop, made))
    return made


async def _all(base: str, clients: int, seconds: float, stop: Callable[[], None], made: Load) -> None:
    limits = httpx2.Limits(max_connections=clients, max_keepalive_connections=clients)
    async with httpx2.AsyncClient(base_url=base, limits=limits, timeout=30) as http:
        end = time.monotonic() + seconds + 30
        calling = asyncio.gather(*(_one(http, f"client-{n}", n, end, made) for n in range(clients)))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(calling), seconds)
        made.stopped = datetime.now(UTC)
        stop()
        await calling


async def _one(http: httpx2.AsyncClient, client: str, number: int, end: float, made: Load) -> None:
    turn = number
    while time.monotonic() < end:
        version = ("v1", "v2")[turn % 2]
        writes = turn % 10 == number % 10
        headers = {"X-Client-ID": client}
        sent = datetime.now(UTC)
        try:
            if writes:
                answer = await http.post(f"/api/{version}/notes", json={"title": client}, headers=headers)
            else:
                answer = await http.get(f"/api/{version}/notes?limit=1", headers=headers)
        except httpx2.TransportError as error:
            if made.stopped is not None:
                return
            made.broken.append(f"{client} {version}: {error!r}")
        else:
            operation = "create_note" if writes else "list_notes"
            made.calls.append(Call(client, version, operation, sent, datetime.now(UTC), answer.status_code))
        turn += 1
    made.broken.append(f"{client}: the server was told to stop, and went on answering")
