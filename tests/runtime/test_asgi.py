"""Everything that is not the edge's passes it untouched, on a real server."""

import json
import logging
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI, WebSocket
from starlette.types import ASGIApp, Receive, Scope, Send
from websockets.sync.client import connect

from .conftest import Clock
from .servers import listening
from .shop.app import EDITIONS, create_app
from .shop.records import Users
from .shop.v1 import ROUTES, flows

IDS = ("get_steps", "get_endless", "get_task", "get_variables", "get_file", "get_broken", "get_breaking")
FIRST = replace(EDITIONS[0], routes={**ROUTES, "v1.flows": IDS})


@dataclass
class Flows:
    """What the operations of the test see and leave behind."""

    variable: ContextVar[str] = field(default_factory=lambda: ContextVar("mine", default="unset"))
    go_on: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)
    done: list[str | None] = field(default_factory=list)
    events: list[str] = field(default_factory=list)


class Sets:
    """Pure ASGI middleware of the user's that sets a context variable."""

    def __init__(self, app: ASGIApp, flows: Flows) -> None:
        self.app, self.flows = app, flows

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.flows.variable.set("set")
        await self.app(scope, receive, send)


async def provide() -> Users:
    return Users()


async def echo(websocket: WebSocket) -> None:
    await websocket.accept(subprotocol="chat", headers=[(b"x-mine", b"1")])
    async for text in websocket.iter_text():
        await websocket.send_text(f"{websocket.query_params['n']}: {text}")


@pytest.fixture
def made() -> Flows:
    return Flows()


@pytest.fixture
def base(made: Flows, clock: Clock) -> Iterator[str]:
    """The shop on a real server; its base URL."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, Any]]:
        made.events.append("opened")
        yield {"opened": "by the user"}
        made.events.append("closed")

    app = create_app(
        provide,
        environment="production",
        clock=clock,
        editions=(FIRST, *EDITIONS[1:]),
        lifespan=lifespan,
        max_body=1000,
    )
    app.state.flows = made
    app.add_middleware(Sets, flows=made)
    app.add_api_websocket_route("/api/echo", echo)
    with listening(app) as base:
        yield base
        made.go_on.set()
    assert made.events == ["opened", "closed"]


def test_context_variables_and_state_reach_handlers_threads_and_tasks(base: str) -> None:
    seen = httpx2.get(f"http://{base}/api/v1/flows/variables").json()
    assert seen == {
        "here": "v1",
        "mine": "set",
        "thread": "v1",
        "task": "v1",
        "state": "by the user",
        "same": True,
    }


def test_a_stream_is_sent_as_it_comes(base: str, made: Flows) -> None:
    with httpx2.stream("GET", f"http://{base}/api/v1/flows/steps") as answer:
        assert (answer.status_code, answer.headers["api-version"]) == (200, "v1")
        parts = answer.iter_raw()
        assert next(parts) == b"first"
        made.go_on.set()
        assert b"".join(parts) == b"second"


def test_a_stream_ends_when_its_client_goes(base: str, made: Flows) -> None:
    with httpx2.stream("GET", f"http://{base}/api/v1/flows/endless") as answer:
        parts = answer.iter_raw()
        assert next(parts).startswith(b".")
        assert not made.ended.is_set()
    assert made.ended.wait(5)


def test_head_of_an_endless_stream_is_over(base: str, made: Flows) -> None:
    answer = httpx2.head(f"http://{base}/api/v1/flows/endless", timeout=5)
    assert (answer.status_code, answer.headers["api-version"], answer.content) == (200, "v1", b"")
    assert made.ended.wait(5)


def test_an_unexpected_error_is_logged_once_and_leaves_the_connection_open(
    base: str, caplog: pytest.LogCaptureFixture
) -> None:
    with httpx2.Client(base_url=f"http://{base}") as client, caplog.at_level(logging.ERROR):
        for _ in range(3):
            answer = client.get("/api/v1/flows/broken")
            assert (answer.status_code, "connection" in answer.headers) == (500, False)
    assert [r.name for r in caplog.records if r.levelno == logging.ERROR] == ["scaffold.generate.runtime.problems"] * 3


def test_a_stream_that_breaks_is_not_taken_for_a_whole_one(base: str) -> None:
    with pytest.raises(httpx2.RemoteProtocolError):
        httpx2.get(f"http://{base}/api/v1/flows/breaking")


def test_a_background_task_runs_behind_the_answer_and_knows_its_version(base: str, made: Flows) -> None:
    assert httpx2.get(f"http://{base}/api/v1/flows/task").text == "sent"
    assert made.done == []
    made.go_on.set()
    assert made.ended.wait(5)
    assert made.done == ["v1"]


def test_a_websocket_passes(base: str) -> None:
    with connect(f"ws://{base}/api/echo?n=7", subprotocols=["chat"]) as socket:  # type: ignore[list-item]  # a NewType
        assert socket.subprotocol == "chat"
        assert socket.response is not None
        assert socket.response.headers["x-mine"] == "1"
        assert "api-version" not in socket.response.headers
        socket.send("hi")
        assert socket.recv() == "7: hi"


def test_a_file_is_sent_whole_in_parts_and_not_again(base: str) -> None:
    url, wanted = f"http://{base}/api/v1/flows/file", Path(flows.__file__).read_bytes()
    whole = httpx2.get(url)
    assert (whole.content, whole.headers["api-version"]) == (wanted, "v1")
    part = httpx2.get(url, headers={"Range": "bytes=3-9"})
    assert (part.status_code, part.content) == (206, wanted[3:10])
    head = httpx2.head(url)
    assert (head.headers["content-length"], head.headers["etag"]) == (str(len(wanted)), whole.headers["etag"])


@pytest.mark.parametrize("framing", [b"Content-Length: 1000000\r\nExpect: 100-continue", b"Transfer-Encoding: chunked"])
def test_a_body_that_is_too_large_is_refused_while_it_comes(base: str, framing: bytes) -> None:
    host, _, port = base.partition(":")
    with socket.create_connection((host, int(port)), timeout=5) as raw:
        raw.sendall(
            b"POST /api/v1/users HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + framing + b"\r\n\r\n"
        )
        if b"chunked" in framing:
            raw.sendall(b"400\r\n" + b"a" * 1024 + b"\r\n")
        head, _, body = _answer(raw).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 413 "), "and not 100: nothing more is asked for"
    assert b"api-version: v1" in head
    assert json.loads(body)["detail"] == "A body may have at most 1000 bytes."


def _answer(raw: socket.socket) -> bytes:
    """What the server sends, up to the end of one JSON body."""
    found = b""
    while not found.endswith(b"}"):
        part = raw.recv(65536)
        assert part, found
        found += part
    return found
