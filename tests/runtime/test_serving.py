"""The application around the versions."""

import asyncio
import json
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.testclient import TestClient

from scaffold.generate.runtime.checks import StartRefused
from scaffold.generate.runtime.sites import Site, merged

from .conftest import Clock
from .shop.app import EDITIONS, create_app
from .shop.records import Users


async def provide() -> Users:
    return Users()


def test_each_version_takes_over_what_it_does_not_state() -> None:
    tables = merged(EDITIONS)
    assert tables["v2"]["update_user"] == "v1.users"
    assert tables["v2"]["get_user"] == "v2.users"
    assert "get_me" not in tables["v2"]
    assert tables["v3"] == tables["v2"]


def test_literal_segments_win_over_parameters(client: TestClient) -> None:
    assert client.get("/api/v1/users/me").json()["name"] == "me"
    assert client.get("/api/v2/users/me").status_code == 405


def test_overrides_state_and_handlers_of_the_application_hold_in_every_version(
    make: Callable[..., TestClient],
) -> None:
    class Teapot(Exception):
        pass

    async def broken() -> Users:
        raise Teapot

    async def on_teapot(request: Request, error: Teapot) -> JSONResponse:
        return JSONResponse({"state": request.app.state.kettle}, 418)

    def prepare(app: FastAPI) -> None:
        app.state.kettle = "on"
        app.add_exception_handler(Teapot, on_teapot)  # type: ignore[arg-type]  # starlette wants Exception
        app.dependency_overrides[app.state.provide] = broken

    client = make(prepare=prepare)
    for path in ("/api/v1/users/1", "/api/v2/people/1"):
        assert (client.get(path).status_code, client.get(path).json()) == (418, {"state": "on"})


def test_middleware_of_the_user_sees_versioned_requests_and_its_answers_are_marked(
    make: Callable[..., TestClient],
) -> None:
    def prepare(app: FastAPI) -> None:
        @app.middleware("http")
        async def refuse(request: Request, call_next: Any) -> Any:
            return JSONResponse({}, 401) if "x-no" in request.headers else await call_next(request)

    client = make(prepare=prepare)
    assert client.get("/api/v1/users/1").status_code == 200
    refused = client.get("/api/v1/users/1", headers={"x-no": "1"})
    assert (refused.status_code, refused.headers["api-version"]) == (401, "v1")


def test_versions_are_built_off_the_event_loop_and_once(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[tuple[str, bool]] = []
    build = Site._build

    def watched(self: Site) -> Any:
        threads.append((self.version.id, threading.current_thread() is threading.main_thread()))
        return build(self)

    monkeypatch.setattr(Site, "_build", watched)
    app = create_app(provide, clock=clock)
    assert threads == []

    async def ask() -> list[int]:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://t") as client:
            answers = await asyncio.gather(*(client.get("/api/v1/users") for _ in range(8)))
        return [answer.status_code for answer in answers]

    assert asyncio.run(ask()) == [200] * 8
    assert threads == [("v1", False)]


def test_ready_means_the_newest_is_built_and_storage_answers(clock: Clock) -> None:
    class Storage:
        def __init__(self) -> None:
            self.events: list[str] = []
            self.up = False

        async def start(self) -> None:
            self.events.append("start")

        async def close(self) -> None:
            self.events.append("close")

        async def ready(self) -> bool:
            return self.up

    @asynccontextmanager
    async def users_own(app: FastAPI) -> AsyncIterator[dict[str, str]]:
        storage.events.append("mine")
        yield {"mine": "yes"}
        storage.events.append("mine ends")

    storage = Storage()
    app = create_app(provide, clock=clock, storage=storage, lifespan=users_own)
    waiting = TestClient(app).get("/readyz")
    assert (waiting.status_code, waiting.json()["title"]) == (503, "Not ready")
    with TestClient(app) as client:
        assert client.get("/healthz").json() == {"status": "ok"}
        assert "storage" in client.get("/readyz").json()["detail"]
        storage.up = True
        assert client.get("/readyz").status_code == 200
    assert storage.events == ["start", "mine", "mine ends", "close"]


def test_routes_beside_the_versions_are_served(make: Callable[..., TestClient]) -> None:
    def prepare(app: FastAPI) -> None:
        app.add_api_route("/api/status", lambda: {"mine": True})
        app.add_api_route("/{rest:path}", lambda rest: {"rest": rest})

    client = make(prepare=prepare)
    assert client.get("/api/status").json() == {"mine": True}
    assert client.get("/anything").json() == {"rest": "anything"}
    assert client.get("/api/v1/users/1").json()["id"] == 1


def test_a_draft_is_served_in_development_alone() -> None:
    drafts = (*EDITIONS[:2], replace(EDITIONS[2], draft=True))
    create_app(provide, editions=drafts, environment="development")
    with pytest.raises(StartRefused, match="the draft v3"):
        create_app(provide, editions=drafts, environment="production")


def test_the_list_of_versions_has_stage_dates_and_documents(client: TestClient, clock: Clock) -> None:
    clock.set("2026-02-01")
    answer = client.get("/api/versions")
    assert "api-version" not in answer.headers
    assert answer.json()["versions"][0] == {
        "id": "v1",
        "release": "1.2",
        "stage": "deprecated",
        "released": "2025-01-15",
        "deprecated": "2026-01-15",
        "sunset": "2026-07-14",
        "url": "/api/v1",
        "document": "/api/v1/openapi.json",
        "guide": "https://docs.example.com/migration/v1-to-v2",
    }
    assert [v["stage"] for v in answer.json()["versions"]] == ["deprecated", "stable", "preview"]


def test_the_document_is_the_frozen_one_with_the_lifecycle_of_the_day(
    make: Callable[..., TestClient], clock: Clock, tmp_path: Path
) -> None:
    answers = {"responses": {"404": {"description": "Mine"}}}
    frozen = {"openapi": "3.1.0", "info": {"title": "Shop", "version": "1.2"}, "paths": {"/x": {"get": answers}}}
    (tmp_path / "v1.json").write_text(json.dumps(frozen))
    client = make(documents=tmp_path)
    before = client.get("/api/v1/openapi.json").json()
    assert before["servers"] == [{"url": "/api/v1"}]
    assert "deprecated" not in before["paths"]["/x"]["get"]
    assert before["paths"]["/x"]["get"]["responses"]["404"]["description"] == "Mine"
    assert set(before["paths"]["/x"]["get"]["responses"]) == {"404", "405", "410", "500"}
    clock.set("2026-02-01")
    after = client.get("/api/v1/openapi.json").json()
    assert after["paths"]["/x"]["get"]["deprecated"] is True
    assert "v1 is deprecated since 2026-01-15. It is answered until 2026-07-14." in after["info"]["description"]


def test_without_a_frozen_document_the_one_of_the_code_is_served(client: TestClient) -> None:
    document = client.get("/api/v2/openapi.json").json()
    create, page = document["paths"]["/people"]["post"], document["paths"]["/people"]["get"]
    ref = create["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    assert document["components"]["schemas"][ref.rsplit("/", 1)[1]]["required"] == ["full_name", "email"]
    wrapped = page["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
    assert set(document["components"]["schemas"][wrapped.rsplit("/", 1)[1]]["properties"]) == {"data", "meta"}
    assert set(create["responses"]) >= {"201", "404", "405", "410", "415", "422", "500"}
    assert document["paths"]["/users/{id}/verify"]["post"]["responses"]["202"]["description"] == "Accepted"


def test_nothing_of_the_framework_is_served_beside(client: TestClient) -> None:
    assert [client.get(path).status_code for path in ("/openapi.json", "/docs", "/redoc")] == [404] * 3


def test_modules_are_imported_when_a_version_first_needs_them() -> None:
    module = f"{__package__}.shop.v1.users"
    sys.modules.pop(module, None)
    app = create_app(provide)
    assert module not in sys.modules
    TestClient(app).get("/api/v2/people")
    assert module in sys.modules


@pytest.mark.slow
def test_a_real_server_serves_it(clock: Clock) -> None:
    server = uvicorn.Server(uvicorn.Config(create_app(provide, clock=clock), port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
        port = server.servers[0].sockets[0].getsockname()[1]
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}") as client:
            assert client.get("/readyz").status_code == 200
            assert client.get("/api/v1/users").json() == []
            head = client.head("/api/v1/users")
            assert (head.status_code, head.headers["content-length"]) == (200, "2")
            assert client.options("/api/v1/users").status_code == 204
            assert client.get("/api/v1/users/666").status_code == 500
    finally:
        server.should_exit = True
        thread.join(10)
