"""The largest body that is read: counted as it comes, so that no length need be believed."""

from anyio.lowlevel import checkpoint
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope

from .context import Context


def limited(scope: Scope, receive: Receive, found: Context, most: int) -> Receive:
    """`receive`, which refuses a body of more than `most` bytes with 413 (RFC 9110, 15.5.14).

    A length that was stated is looked at before anything is read, and what comes is counted however it comes. It is
    refused to who reads the body, so that what is refused before, by its version, method or caller, stays so. Once
    the answer has begun, who still listens waits for the client to go.
    """
    taken = 0
    stated = _stated(scope)

    async def counted() -> Message:
        nonlocal taken
        if stated > most:
            await _refuse(found, most)
        message = await receive()
        if message["type"] == "http.request":
            taken += len(message.get("body", b""))
            if taken > most:
                await _refuse(found, most)
        return message

    return counted


async def _refuse(found: Context, most: int) -> None:
    """Raise the framework's own exception, which code that reads bodies passes on.

    A stream listens for its client to go while it begins to answer: one step later it has begun, and is let alone.
    """
    if not found.answering:
        await checkpoint()
    if not found.answering:
        raise HTTPException(413, f"A body may have at most {most} bytes.")


def _stated(scope: Scope) -> int:
    """The length that the request says its body has, 0 where it says none."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value) if len(value) < 20 else 10**19
    return 0
