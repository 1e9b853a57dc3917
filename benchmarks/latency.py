"""How long an answer takes, by direct ASGI calls: no client, no server, the same data, answers asserted equal."""

from __future__ import annotations

import asyncio
import importlib
import json
import statistics
import time
from typing import Any

from .histories import VALUES, newest_names

ROUNDS, SECONDS = 15, 0.08


async def call(app: Any, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
    """One request, and its status and body."""
    status, parts, sent = 0, [], False
    headers = [(b"host", b"t"), (b"accept", b"application/json")]
    if body:
        headers += [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]

    async def receive() -> dict[str, Any]:
        nonlocal sent
        if sent:
            await asyncio.get_running_loop().create_future()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
        else:
            parts.append(message.get("body", b""))

    path, _, query = path.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
        "headers": headers, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "state": {},
    }  # fmt: skip
    await app(scope, receive, send)
    return status, b"".join(parts)


async def compare(versions: int, ours: str, hand: str) -> dict[str, dict[str, float]]:
    """Microseconds for each case, of hand-written v1, our v1 and our newest version; medians of many rounds."""
    app, baseline = importlib.import_module(ours).app, importlib.import_module(hand).app
    names = newest_names(versions)
    old = json.dumps(VALUES).encode()
    new = json.dumps({names[f]: v for f, v in VALUES.items()}).encode()
    newest = f"/api/v{versions}"
    found: dict[str, dict[str, float]] = {}
    for kind, method, path, status in (
        ("get one", "GET", "/items/1", 200),
        ("list of 100", "GET", "/items", 200),
        ("create", "POST", "/items", 201),
    ):
        body = method == "POST"
        cases = {
            "hand": (baseline, method, f"/api/v1{path}", old if body else b""),
            "oldest": (app, method, f"/api/v1{path}", old if body else b""),
            "newest": (app, method, f"{newest}{path}", new if body else b""),
        }
        answers = {}
        for name, case in cases.items():
            got, answer = await call(*case)
            assert got == status, (kind, name, got, answer[:300])
            answers[name] = json.loads(answer)
        assert answers["hand"] == answers["oldest"], (kind, answers)
        found[kind] = await _measure(cases)
    return found


async def _measure(cases: dict[str, tuple[Any, ...]]) -> dict[str, float]:
    counts = {}
    for name, case in cases.items():
        start = time.perf_counter()
        for _ in range(20):
            await call(*case)
        counts[name] = max(10, int(SECONDS / ((time.perf_counter() - start) / 20)))
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(ROUNDS):  # in turn, so that a slow moment hits all of them
        for name, case in cases.items():
            start = time.perf_counter()
            for _ in range(counts[name]):
                await call(*case)
            times[name].append((time.perf_counter() - start) / counts[name] * 1e6)
    return {name: statistics.median(t) for name, t in times.items()}
