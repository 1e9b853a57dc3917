"""Bodies are read up to a bound, whatever is said of their length."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace

import pytest
from fastapi import FastAPI, Request
from pydantic import BaseModel
from starlette.responses import StreamingResponse
from starlette.testclient import TestClient

from scaffold.generate.runtime.error_forms import SIMPLE

from .conftest import Clock
from .shop.app import EDITIONS

SMALL = b'{"name": "A", "email": "a@example.com"}'
LARGE = b'{"name": "%b", "email": "a@example.com"}' % (b"A" * 100)
JSON = {"content-type": "application/json"}


def chunks(body: bytes) -> Iterator[bytes]:
    """A body that is sent without its length."""
    for start in range(0, len(body), 10):
        yield body[start : start + 10]


@pytest.mark.parametrize("sent", [bytes, chunks])
def test_a_body_that_is_too_large_is_refused(
    make: Callable[..., TestClient], sent: Callable[[bytes], bytes | Iterator[bytes]]
) -> None:
    client = make(max_body=100)
    assert client.post("/api/v1/users", content=sent(SMALL), headers=JSON).status_code == 201
    answer = client.post("/api/v1/users", content=sent(LARGE), headers={**JSON, "x-request-id": "r"})
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
    assert answer.headers["api-version"] == "v1"
    assert answer.json() == {
        "type": "https://docs.example.com/problems/content-too-large",
        "title": "Content too large",
        "status": 413,
        "detail": "A body may have at most 100 bytes.",
        "instance": "/api/v1/users",
        "requestId": "r",
    }


def test_a_body_of_just_the_bound_is_read_and_one_byte_more_is_not(make: Callable[..., TestClient]) -> None:
    for sent in (bytes, chunks):
        assert make(max_body=len(SMALL)).post("/api/v1/users", content=sent(SMALL), headers=JSON).status_code == 201
        assert make(max_body=len(SMALL) - 1).post("/api/v1/users", content=sent(SMALL), headers=JSON).status_code == 413


def test_no_bound_is_no_bound(make: Callable[..., TestClient]) -> None:
    assert make(max_body=0).post("/api/v1/users", content=LARGE, headers=JSON).status_code == 201


def test_it_is_told_in_the_error_format_of_the_version(make: Callable[..., TestClient]) -> None:
    client = make(max_body=100, editions=(replace(EDITIONS[0], errors=SIMPLE), *EDITIONS[1:]))
    said = client.post("/api/v1/users", content=LARGE, headers=JSON).json()
    assert said == {"error": "content_too_large", "message": "A body may have at most 100 bytes."}


def test_version_path_method_and_media_type_are_told_first(make: Callable[..., TestClient], clock: Clock) -> None:
    client = make(max_body=100)
    for method, path, status in (
        ("POST", "/api/v9/users", 404),
        ("POST", "/api/v1/nothing", 404),
        ("PUT", "/api/v1/users", 405),
    ):
        assert client.request(method, path, content=LARGE, headers=JSON).status_code == status
    assert client.post("/api/v1/users", content=LARGE, headers={"content-type": "text/plain"}).status_code == 415
    clock.set("2026-07-14")
    assert client.post("/api/v1/users", content=LARGE, headers=JSON).status_code == 410


def test_routes_beside_the_versions_are_bounded_too(make: Callable[..., TestClient]) -> None:
    class Note(BaseModel):
        text: str

    async def write(note: Note) -> str:
        return note.text

    async def stream(request: Request) -> int:
        return sum([len(part) async for part in request.stream()])

    def prepare(app: FastAPI) -> None:
        app.post("/notes")(write)
        app.post("/streams")(stream)

    client = make(max_body=100, prepare=prepare)
    for path in ("/notes", "/streams"):
        assert client.post(path, content=b'{"text": "a"}', headers=JSON).status_code == 200
        answer = client.post(path, content=b'{"text": "%b"}' % (b"a" * 100), headers=JSON)
        assert (answer.status_code, answer.json()["title"]) == (413, "Content too large")


def test_a_body_that_nobody_reads_is_nobodys_error(make: Callable[..., TestClient]) -> None:
    assert make(max_body=10).request("GET", "/api/v1/users/1", content=LARGE, headers=JSON).status_code == 200


@pytest.mark.parametrize("sent", [bytes, chunks])
def test_a_stream_that_answers_without_reading_is_not_broken_off(
    make: Callable[..., TestClient], sent: Callable[[bytes], bytes | Iterator[bytes]]
) -> None:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(3):
            await asyncio.sleep(0.01)
            yield b"part "

    client = make(max_body=10, prepare=lambda app: app.post("/parts")(lambda: StreamingResponse(parts())))
    answer = client.post("/parts", content=sent(LARGE))
    assert (answer.status_code, answer.text) == (200, "part part part ")
