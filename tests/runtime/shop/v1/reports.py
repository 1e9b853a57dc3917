"""Operations that answer in every way there is."""

from collections.abc import AsyncIterator

from fastapi import Request, Response
from starlette.exceptions import HTTPException
from starlette.responses import StreamingResponse

from scaffold.generate.runtime.problems import Conflict
from scaffold.generate.runtime.wire import Operations, read

from .. import types

CACHED = {"Cache-Control": "public, max-age=86400, s-maxage=864000"}


def routes() -> Operations:
    """The operations on reports."""
    operations = Operations()

    @operations.get("/reports/{kind}", id="get_report")
    async def get_report(kind: str) -> Response:
        if kind == "conflict":
            raise Conflict("It is so.")
        if kind == "unacceptable":
            raise HTTPException(406)
        if kind == "broken":
            raise RuntimeError("SELECT secret FROM /srv/private")
        if kind == "unchanged":
            return Response(status_code=304, headers={"ETag": '"1"', **CACHED})
        if kind == "streamed":
            return StreamingResponse(_parts(), media_type="text/plain", headers=CACHED)
        return Response(b"[]", media_type="application/json", headers=CACHED)

    @operations.post("/reports", id="create_report")
    async def create_report(request: Request) -> Response:
        await read(request, types.USER_CREATE_V1)
        return Response(status_code=201)

    @operations.get("/old-reports", id="old_reports")
    async def old_reports() -> Response:
        return Response(b"[]", media_type="application/json", headers=CACHED)

    return operations


async def _parts() -> AsyncIterator[bytes]:
    for part in (b"one ", b"two ", b"three"):
        yield part
