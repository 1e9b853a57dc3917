"""Operations that take their time; `app.state.flows` sees what becomes of them."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from fastapi import Request, Response
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, JSONResponse, StreamingResponse

from scaffold.generate.runtime.context import now, serving
from scaffold.generate.runtime.wire import Operations


def routes() -> Operations:
    """The operations on flows."""
    operations = Operations()

    @operations.get("/flows/steps", id="get_steps")
    async def get_steps(request: Request) -> Response:
        return StreamingResponse(_steps(request), media_type="text/plain")

    @operations.get("/flows/endless", id="get_endless")
    async def get_endless(request: Request) -> Response:
        return StreamingResponse(_endless(request), media_type="text/plain")

    @operations.get("/flows/task", id="get_task")
    async def get_task(request: Request) -> Response:
        return Response(b"sent", background=BackgroundTask(_task, request))

    @operations.get("/flows/variables", id="get_variables")
    async def get_variables(request: Request) -> Response:
        flows = request.app.state.flows
        seen = {"here": serving(), "mine": flows.variable.get(), "thread": await run_in_threadpool(serving)}
        seen["task"] = await asyncio.create_task(_serving())
        seen["state"] = request.state.opened
        seen["same"] = now(request) == now(request)
        return JSONResponse(seen)

    @operations.get("/flows/file", id="get_file")
    async def get_file(request: Request) -> Response:
        return FileResponse(Path(__file__), media_type="text/x-python")

    @operations.get("/flows/broken", id="get_broken")
    async def get_broken() -> Response:
        raise RuntimeError("broken")

    @operations.get("/flows/breaking", id="get_breaking")
    async def get_breaking() -> Response:
        return StreamingResponse(_breaking(), media_type="text/plain")

    return operations


async def _breaking() -> AsyncIterator[bytes]:
    yield b"so far"
    raise RuntimeError("broken")


async def _serving() -> str | None:
    return serving()


async def _steps(request: Request) -> AsyncIterator[bytes]:
    yield b"first"
    await run_in_threadpool(request.app.state.flows.go_on.wait, 10)
    yield b"second"


async def _endless(request: Request) -> AsyncIterator[bytes]:
    try:
        while True:
            yield b"."
            await asyncio.sleep(0.01)
    finally:
        request.app.state.flows.ended.set()


async def _task(request: Request) -> None:
    flows = request.app.state.flows
    await run_in_threadpool(flows.go_on.wait, 10)
    flows.done.append(serving())
    flows.ended.set()
