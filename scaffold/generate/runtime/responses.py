"""Responses made of bytes: one record as JSON, a page of them, nothing at all."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import parse_qsl, quote, urlencode

from fastapi import Request, Response
from pydantic import ValidationError

from .coding import SHOWN
from .context import Context, context
from .paging import Beside, Offsets, Page, Paging
from .problems import Hidden
from .shapes import Shape

R = TypeVar("R")
T = TypeVar("T")
_JSON = (b"content-type", b"application/json")
OFFSETS = Offsets()
EMPTY = (204, 304)
"""The statuses that never have a body (RFC 9110, 15.3.5 and 15.4.5)."""


class ContractBroken(RuntimeError):
    """An answer that is not what its operation promises."""


class BytesResponse(Response):
    """A response of bytes that are there, with headers that are bytes already."""

    def __init__(self, status: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
        self.status_code = status
        self.background = None
        self.body = body
        self.raw_headers = headers


@dataclass(frozen=True, slots=True)
class Paged:
    """A page of records, each as `down` shows it, in the envelope of the caller's version.

    `limit` and `offset` are what this version calls the parameters that ask for a part of the list.
    """

    shape: Shape[Any]
    down: Callable[[Any], Any]
    by: Paging = OFFSETS


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
        check(shape.read, body, shape)
    raw = [(b"content-length", str(len(body)).encode()), _JSON]
    if location is not None:
        raw.append((b"location", found.address(location).encode("latin-1")))
    if headers is not None:
        raw += [encoded(name, value) for name, value in headers.items()]
    return BytesResponse(status, body, raw)


def answer_empty(status: int = 204, *, headers: Mapping[str, str] | None = None) -> Response:
    """The response without a body."""
    return BytesResponse(status, b"", [*length(status, b""), *(encoded(n, v) for n, v in (headers or {}).items())])


def answer_page(
    request: Request,
    shape: Shape[T],
    page: Page[R],
    down: Callable[[R], T],
    *,
    by: Paging = OFFSETS,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The response with a page of what `down` shows of each record, in the envelope of the caller's version.

    Without an envelope the numbers are headers: `X-Total-Count`, and `Link` (RFC 8288) with next and prev, which are
    asked for as `by` says.
    """
    return page_response(request, Paged(shape, down, by), page, [encoded(n, v) for n, v in (headers or {}).items()])


def page_response(
    request: Request, paged: Paged, page: Page[Any], headers: Sequence[tuple[bytes, bytes]], status: int = 200
) -> Response:
    """A page as a response, with these headers."""
    try:
        shown = [paged.down(record) for record in page.items]
    except Hidden:  # a handler of yours has answered with more than its caller's version sees
        shown = list(seen(page.items, paged.down))
    items = paged.shape.write_list(shown)
    found = context(request)
    envelope = found.wiring.envelope
    try:
        beside = paged.by.beside(page)
    except ValueError as error:
        raise ContractBroken(str(error)) from error
    body = envelope.wrap(items, page)
    if found.wiring.validate_responses:
        check(paged.shape.read_list, envelope.open(body), paged.shape)
    raw = [(b"content-length", str(len(body)).encode()), _JSON]
    if envelope.is_bare:
        raw.append((b"x-total-count", str(page.total).encode()))
        if beside:
            raw.append((b"link", _links(request, found, beside)))
    return BytesResponse(status, body, [*raw, *headers])


def seen(records: Iterable[Any], down: Callable[[Any], T]) -> Iterator[T]:
    """What `down` shows of each record, without those that the caller's version does not see."""
    for record in records:
        with suppress(Hidden):
            yield down(record)


def check(read: Callable[[bytes], object], body: bytes, shape: Shape[Any]) -> None:
    """Read an answer as its caller does. Raises ContractBroken where that fails."""
    before = SHOWN.set(True)
    try:
        read(body)
    except (ValidationError, KeyError) as error:
        raise ContractBroken(f"an answer is not a {shape!r}: {error}") from error
    finally:
        SHOWN.reset(before)


def encoded(name: str, value: str) -> tuple[bytes, bytes]:
    """A header as bytes. Raises ContractBroken for what no header can hold (RFC 9110, 5.5)."""
    if not value.isprintable():
        raise ContractBroken(f"the header {name} holds what no header can")
    try:
        return name.lower().encode("ascii"), value.encode("latin-1")
    except UnicodeEncodeError:
        raise ContractBroken(f"the header {name} holds what no header can") from None


def length(status: int, body: bytes) -> list[tuple[bytes, bytes]]:
    """The header that says how long the body is, where one may be said."""
    return [] if status in EMPTY else [(b"content-length", str(len(body)).encode())]


def _links(request: Request, found: Context, beside: Beside) -> bytes:
    """The links to the pages beside this one, with every other parameter kept."""
    path = quote(found.prefix + found.path)
    sent = parse_qsl(request.url.query, True)
    links = []
    for rel, asking in beside.items():
        asked = urlencode([*((k, v) for k, v in sent if k not in asking), *asking.items()])
        links.append(f'<{path}?{asked}>; rel="{rel}"')
    return ", ".join(links).encode()
