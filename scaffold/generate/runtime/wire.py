"""What route functions are written with: reading a request and answering it, bytes in and bytes out."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Generic, TypeVar

from fastapi import Request
from pydantic import ValidationError

from .absent import ABSENT, Absent
from .answers import Answer, Answers, Heard, Reply, answer_reply, as_is
from .bodies import Bodies, read_body
from .context import now
from .operations import Operation, Operations, Provider
from .paging import Page
from .parameters import Parameter, read_parameters
from .problems import Invalid, Taken, UnsupportedMediaType
from .relations import Refers, referred
from .responses import ContractBroken, Paged, answer, answer_empty, answer_page
from .sent import once
from .shapes import Envelope, Shape, Wrapped

__all__ = [
    "ABSENT",
    "Absent",
    "Answer",
    "Answers",
    "Bodies",
    "ContractBroken",
    "Edit",
    "Envelope",
    "Heard",
    "Operation",
    "Operations",
    "Page",
    "Paged",
    "Parameter",
    "Provider",
    "Refers",
    "Reply",
    "Shape",
    "Wrapped",
    "answer",
    "answer_empty",
    "answer_page",
    "answer_reply",
    "as_is",
    "named",
    "now",
    "once",
    "read",
    "read_body",
    "read_if_sent",
    "read_parameters",
    "referred",
]

R = TypeVar("R")
P = TypeVar("P")
T = TypeVar("T")


class Edit(Generic[R]):
    """A write that is still to be applied to the stored record.

    A handler loads the record in its own transaction and calls `apply`; it is pure, so it may be called again
    with a newer record when the first attempt lost a race.
    """

    __slots__ = ("_convert", "_known", "now", "payload")

    def __init__(
        self,
        convert: Callable[[R, P, datetime], R],
        payload: P,
        now: datetime,
        known: Mapping[str, Any] | None = None,
    ) -> None:
        self._convert: Callable[[R, Any, datetime], R] = convert
        self._known = known
        self.payload: Any = payload
        self.now = now

    def apply(self, current: R) -> R:
        """The record after the write. Raises `Invalid` where the payload does not go with `current`."""
        made: Any = self._convert(current, self.payload, self.now)
        known: R = replace(made, **self._known) if self._known else made
        return known


async def read(request: Request, shape: Shape[T]) -> T:
    """The body of `request` as `shape`.

    Raises UnsupportedMediaType where it is not JSON, and Invalid, with the places in it, where it does not fit.
    """
    _expect_json(request)
    body = await request.body()
    if not body:
        raise Invalid([{"loc": ("body",), "msg": "Field required", "type": "missing"}])
    try:
        return shape.read(body)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        raise Invalid([{**e, "loc": ("body", *e["loc"])} for e in found]) from None


async def read_if_sent(request: Request, shape: Shape[T]) -> T | None:
    """The body of `request` as `shape`, None where it has none. Raises what `read` raises."""
    if not await request.body():
        return None
    payload: T = await read(request, shape)
    return payload


def _expect_json(request: Request) -> None:
    for name, value in request.scope["headers"]:
        if name == b"content-type":
            kind = value.partition(b";")[0].strip().lower()
            if kind == b"application/json" or (kind.startswith(b"application/") and kind.endswith(b"+json")):
                return
            raise UnsupportedMediaType(value.decode("latin-1"))
    raise UnsupportedMediaType(None)


async def named(work: Awaitable[T], type_name: str, names: Mapping[str, str]) -> T:
    """What `work` comes to, for a caller who has `names` of its own for attributes of the record.

    Raises what `work` raises: Taken in the caller's names, and without those of fields that it does not know.
    """
    try:
        return await work
    except Taken as error:
        unknown = "value in a field that this version does not have"
        raise Taken(type_name, [names.get(path, unknown) for path in error.fields]) from None
