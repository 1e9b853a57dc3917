"""What stops the start, and how a server is told."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the calendar is also read where nothing is served
    from starlette.types import Message, Send


class StartRefused(RuntimeError):
    """The application cannot be served as it is; the message says what to change."""


def in_a_sentence(send: Send) -> Send:
    """What tells a server in a sentence that the start was refused, where it would be told with a traceback."""

    async def told(message: Message) -> None:
        refused = sys.exc_info()[1]
        if message["type"] == "lifespan.startup.failed" and isinstance(refused, StartRefused):
            message = {**message, "message": f"The application does not start: {refused}"}
        await send(message)

    return told


__all__ = ["StartRefused", "in_a_sentence"]
