"""The largest body that is read: counted as it comes, so that no length need be believed."""

from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope


def limited(scope: Scope, receive: Receive, most: int) -> Receive:
    """`receive`, which refuses a body of more than `most` bytes with 413 (RFC 9110, 15.5.14).

    A length that was stated is looked at before anything is read, and what comes is counted however it comes. It is
    refused to who reads the body, so that what is refused before, by its version, method or caller, stays so.
    """
    taken = 0
    stated = _stated(scope)

    async def counted() -> Message:
        nonlocal taken
        if stated > most:
            raise _too_large(most)
        message = await receive()
        if message["type"] == "http.request":
            taken += len(message.get("body", b""))
            if taken > most:
                raise _too_large(most)
        return message

    return counted


def _too_large(most: int) -> HTTPException:
    """The framework's own exception: code that reads bodies passes it on."""
    return HTTPException(413, f"A body may have at most {most} bytes.")


def _stated(scope: Scope) -> int:
    """The length that the request says its body has, 0 where it says none."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value) if len(value) < 20 else 10**19
    return 0
