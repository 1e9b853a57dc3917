"""Many clients that call at once and write down what they sent and what came back."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx2


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

    @property
    def sent(self) -> Counter[tuple[str, str, str]]:
        """How often each client called each operation of each version."""
        return Counter((call.client, call.version, call.operation) for call in self.calls)

    def of(self, version: str) -> list[Call]:
        """The calls of one version."""
        return [call for call in self.calls if call.version == version]


def load(base: str, *, clients: int, seconds: float) -> Load:
    """`clients` at once call two versions of `/notes` below `base` for some time, and every tenth call writes."""
    made = Load()
    asyncio.run(_all(base, clients, seconds, made))
    return made


async def _all(base: str, clients: int, seconds: float, made: Load) -> None:
    limits = httpx2.Limits(max_connections=clients, max_keepalive_connections=clients)
    async with httpx2.AsyncClient(base_url=base, limits=limits, timeout=30) as http:
        end = time.monotonic() + seconds
        await asyncio.gather(*(_one(http, f"client-{n}", n, end, made) for n in range(clients)))


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
            made.broken.append(f"{client} {version}: {error!r}")
        else:
            operation = "create_note" if writes else "list_notes"
            made.calls.append(Call(client, version, operation, sent, datetime.now(UTC), answer.status_code))
        turn += 1
