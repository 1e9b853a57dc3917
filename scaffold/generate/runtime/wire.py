"""What route functions are written with: reading a request and answering it, bytes in and bytes out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qsl, quote, urlencode

from fastapi import Request, Response
from pydantic import ValidationError

from .absent import ABSENT, Absent
from .context import Context, context, now
from .operations import Operation, Operations, Provider
from .problems import Invalid, UnsupportedMediaType
from .shapes import Envelope, Shape

__all__ = [
    "ABSENT",
    "Absent",
    "ContractBroken",
    "Edit",
    "Envelope",
    "Operation",
    "Operations",
    "Page",
    "Provider",
    "Reply",
    "Shape",
    "answer",
    "answer_empty",
    "answer_page",
    "answer_reply",
    "now",
    "read",
    "read_if_sent",
]

R = TypeVar("R")
P = TypeVar("P")
T = TypeVar("T")
_JSON = (b"content-type", b"application/json")


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """A part of a list: `total` counts what the caller could see of all of it."""

    items: Sequence[R]
    total: int
    limit: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Reply(Generic[R]):
    """What a handler returns where an operation has several answers."""

    status: int
    record: R
    headers: Mapping[str, str] = field(default_factory=dict)


class Edit(Generic[R]):
    """A write that is still to be applied to the stored record.

    A handler loads the record in its own transaction and calls `apply`; it is pure, so it may be called again
    with a newer record when the first attempt lost a race.
    """

    __slots__ = ("_convert", "now", "payload")

    def __init__(self, convert: Callable[[R, P, datetime], R], payload: P, now: datetime) -> None:
        self._convert: Callable[[R, Any, datetime], R] = convert
        self.payload: Any = payload
        self.now = now

    def apply(self, current: R) -> R:
        """The record after the write. Raises `Invalid` where the payload does not go with `current`."""
        return self._convert(current, self.payload, self.now)


class ContractBroken(RuntimeError):
    """An answer that is not of the shape its operation promises; seen only where answers are validated."""


class _Answer(Response):
    """A response of bytes that are there, with headers that are bytes already."""

    def __init__(self, status: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
        self.status_code = status
        self.background = None
        self.body = body
        self.raw_headers = headers


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


def answer(
    request: Request,
    status: int,
    shape: Shape[T],
    value: T,
    *,
    location: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The response with `value` as JSON. `location` is a path below the version, and becomes `Location`."""
    body = shape.write(value)
    found = context(request)
    if found.wiring.validate_responses:
        _check(shape.read, body, shape)
    raw = [(b"content-length", str(len(body)).encode()), _JSON]
    if location is not None:
        raw.append((b"location", (found.prefix + location).encode("latin-1")))
    if headers is not None:
        raw += _encoded(headers)
    return _Answer(status, body, raw)


def answer_empty(status: int = 204, *, headers: Mapping[str, str] | None = None) -> Response:
    """The response without a body."""
    raw = [] if status in (204, 304) else [(b"content-length", b"0")]
    return _Answer(status, b"", raw + _encoded(headers or {}))


def answer_page(
    request: Request,
    shape: Shape[T],
    page: Page[R],
    down: Callable[[R], T],
    *,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The response with a page of what `down` shows of each record, in the envelope of the caller's version.

    Without an envelope the numbers are headers: `X-Total-Count`, and `Link` (RFC 8288) with next and prev.
    """
    items = shape.write_list([down(record) for record in page.items])
    found = context(request)
    envelope = found.wiring.envelope
    body = envelope.wrap(items, page.total, page.limit, page.offset)
    if found.wiring.validate_responses:
        _check(shape.read_list, envelope.open(body), shape)
    raw = [(b"content-length", str(len(body)).encode()), _JSON]
    if envelope.is_bare:
        raw.append((b"x-total-count", str(page.total).encode()))
        if links := _neighbours(request, found, page):
            raw.append((b"link", links))
    if headers is not None:
        raw += _encoded(headers)
    return _Answer(200, body, raw)


def answer_reply(
    request: Request,
    reply: Reply[R],
    answers: Mapping[int, tuple[Shape[Any], Callable[[R], Any]] | None],
) -> Response:
    """The response for the status that the handler chose; None stands for no body.

    Raises ContractBroken where the operation has no such status.
    """
    if reply.status not in answers:
        stated = ", ".join(map(str, answers))
        raise ContractBroken(f"the handler answered {reply.status}; the operation has {stated}")
    if (shown := answers[reply.status]) is None:
        return answer_empty(reply.status, headers=reply.headers)
    shape, down = shown
    return answer(request, reply.status, shape, down(reply.record), headers=reply.headers)


def _check(read: Callable[[bytes], object], body: bytes, shape: Shape[Any]) -> None:
    try:
        read(body)
    except (ValidationError, KeyError) as error:
        raise ContractBroken(f"an answer is not a {shape!r}: {error}") from error


def _encoded(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]


def _neighbours(request: Request, found: Context, page: Page[Any]) -> bytes:
    """The links to the pages beside this one, with every other parameter kept."""
    offsets = {}
    if page.offset + page.limit < page.total:
        offsets["next"] = page.offset + page.limit
    if page.offset > 0:
        offsets["prev"] = max(0, page.offset - page.limit)
    if not offsets:
        return b""
    path = quote(found.prefix + found.path)
    query = [(k, v) for k, v in parse_qsl(request.url.query, True) if k not in ("limit", "offset")]
    links = []
    for rel, offset in offsets.items():
        asked = urlencode([*query, ("limit", page.limit), ("offset", offset)])
        links.append(f'<{path}?{asked}>; rel="{rel}"')
    return ", ".join(links).encode()
