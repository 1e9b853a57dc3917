"""Answers: what a handler returned as a response, by its status and in the form that fits, bytes and headers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from fastapi import Request, Response
from starlette.exceptions import HTTPException

from .context import Context, context
from .links import HEADERS
from .media import find, kind_of, kinds, preferred
from .parameters import Parameter
from .responses import EMPTY, BytesResponse, ContractBroken, Paged, check, encoded, length, page_response
from .shapes import Shape

R_co = TypeVar("R_co", covariant=True)
Status = int | str
"""A number, a class of them (`4XX`), or `default`: any that is not named."""


@dataclass(frozen=True, slots=True)
class Reply(Generic[R_co]):
    """What a handler returns where an operation has several answers, or where it sets headers.

    `record` is what the answer of this status holds, None where it has no body. `headers` are written as their
    operation states them: a number, a time or a list needs no text of yours. `media_type` chooses among several
    forms; without it the first one counts that takes such a record and that the caller's `Accept` asks for.
    """

    status: int
    record: R_co
    headers: Mapping[str, Any] = field(default_factory=dict)
    media_type: str | None = None


def as_is(record: Any) -> Any:
    """A record that is shown as it is."""
    return record


class Form(Protocol):
    """One form of an answer."""

    shape: Shape[Any] | None
    """What documents say of it."""

    content_type: bytes | None
    """Its Content-Type, None where that is its media type."""

    def takes(self, record: Any) -> bool:
        """Whether a record like this one travels in this form."""
        ...

    def write(self, record: Any) -> bytes:
        """The body."""
        ...

    def check(self, body: bytes) -> None:
        """Raise ContractBroken where the body is not what was promised."""
        ...


class Json:
    """A JSON document; `down` makes what the caller's version is shown of a record.

    `texts`: a text may be such a record. Else a handler that returns one means another form.
    """

    content_type: bytes | None = None

    def __init__(self, shape: Shape[Any], down: Callable[[Any], Any] = as_is, *, texts: bool = False) -> None:
        self.shape: Shape[Any] | None = shape
        self._shape, self._down, self._texts = shape, down, texts

    def takes(self, record: Any) -> bool:
        """Anything but the bytes of a file, and texts where they are none."""
        return not isinstance(record, bytes if self._texts else bytes | str)

    def write(self, record: Any) -> bytes:
        """The document."""
        return self._shape.write(self._down(record))

    def check(self, body: bytes) -> None:
        """Read it as the caller does."""
        check(self._shape.read, body, self._shape)


class Text:
    """A text."""

    def __init__(self, shape: Shape[Any] | None = None, media_type: str = "text/plain") -> None:
        self.shape = shape
        self.content_type: bytes | None = f"{media_type}; charset=utf-8".encode()

    def takes(self, record: Any) -> bool:
        """Texts, and numbers and the like."""
        return isinstance(record, str | int | float)

    def write(self, record: Any) -> bytes:
        """The text in UTF-8."""
        return (str(record).lower() if isinstance(record, bool) else str(record)).encode()

    def check(self, body: bytes) -> None:
        """Any text will do."""


class File:
    """The bytes of a file, as they are; of a text, its bytes in UTF-8."""

    content_type: bytes | None = None

    def __init__(self, shape: Shape[Any] | None = None) -> None:
        self.shape = shape

    def takes(self, record: Any) -> bool:
        """Bytes and texts."""
        return isinstance(record, bytes | str)

    def write(self, record: Any) -> bytes:
        """The bytes."""
        if not isinstance(record, bytes | str):
            raise ContractBroken(f"an answer of bytes cannot be made of {type(record).__name__}")
        return record if isinstance(record, bytes) else record.encode()

    def check(self, body: bytes) -> None:
        """Any bytes will do."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A header that a handler calls otherwise than this version: its name here, and what makes its value."""

    name: str
    down: Callable[[Any], Any] = as_is


class Answer:
    """The answers of one status: the forms of their body, usual one first, and their headers.

    `heard` has the headers that handlers call otherwise, `hidden` those that only other versions have, by the
    handlers' names in small letters; `otherwise` is what this version reads of headers that handlers do not set.
    `apart`: other versions have more forms, so what a handler made for one of these is none of this version's.
    """

    def __init__(
        self,
        forms: Mapping[str, Form] | None = None,
        headers: Sequence[Parameter] = (),
        *,
        page: Paged | None = None,
        heard: Mapping[str, Heard] | None = None,
        hidden: Sequence[str] = (),
        otherwise: Mapping[str, Any] | None = None,
        apart: bool = False,
    ) -> None:
        self.forms = forms or {}
        self.headers = {header.name.lower(): header for header in headers}
        self.page = page
        self._heard, self._hidden, self._otherwise = heard or {}, frozenset(hidden), otherwise or {}
        self._told_apart = bool(heard or hidden or otherwise)
        self._kinds = kinds(self.forms)
        self._only = next(iter(self.forms.items())) if len(self.forms) == 1 and not apart else None
        self._apart = apart

    def response(self, request: Request, reply: Reply[Any]) -> Response:
        """The response for `reply`. Raises ContractBroken where it is not what was promised."""
        found = context(request)
        validates = found.wiring.validate_responses
        stated = self._here(reply.headers) if self._told_apart else reply.headers
        headers = list(self._written(stated, found)) if stated or self.headers else []
        if self.page is not None:
            return page_response(request, self.page, reply.record, headers, reply.status)
        if not self.forms or reply.status in EMPTY:
            return BytesResponse(reply.status, b"", [*length(reply.status, b""), *headers])
        media_type, form = self._only or self._chosen(request, reply.record)
        if reply.media_type is not None:
            media_type, form = self._named(reply.media_type)
        body = form.write(reply.record)
        if validates:
            form.check(body)
        if not any(name == b"content-type" for name, _ in headers):
            headers.insert(0, (b"content-type", form.content_type or concrete(media_type)))
        return BytesResponse(reply.status, body, [*length(reply.status, body), *headers])

    def _named(self, media_type: str) -> tuple[str, Form]:
        found = find(self._kinds, kind_of(media_type))
        if found is None and self._apart:
            raise HTTPException(406)
        if found is None:
            raise ContractBroken(f"the handler answered {media_type}; the operation has {', '.join(self.forms)}")
        form = self.forms[found]
        return (found if form.content_type is not None else media_type), form

    def _chosen(self, request: Request, record: Any) -> tuple[str, Form]:
        fitting = [name for name, form in self.forms.items() if form.takes(record)]
        if not fitting and self._apart:
            raise HTTPException(406)
        fitting = fitting or list(self.forms)
        accept = request.headers.get("accept")
        name = fitting[0] if accept is None or len(fitting) == 1 else preferred(fitting, accept)
        return name, self.forms[name]

    def _here(self, headers: Mapping[str, Any]) -> dict[str, Any]:
        """The headers that a handler set, as this version has them."""
        made: dict[str, Any] = {}
        for name, value in headers.items():
            heard = self._heard.get(name.lower())
            if heard is not None:
                made[heard.name] = heard.down(value)
            elif name.lower() not in self._hidden:
                made[name] = value
        known = {name.lower() for name in made}
        return made | {name: value for name, value in self._otherwise.items() if name.lower() not in known}

    def _written(self, headers: Mapping[str, Any], found: Context) -> Iterator[tuple[bytes, bytes]]:
        """The headers as bytes; every one that is stated is checked where answers are validated."""
        validates, links = found.wiring.validate_responses, found.wiring.links
        missing = {name for name, header in self.headers.items() if header.required}
        for name, value in headers.items():
            stated = self.headers.get(name.lower())
            missing.discard(name.lower())
            said = _said(value) if stated is None else stated.written(value)
            if links is not None and name.lower() in HEADERS:
                said = links.here(name.lower(), said, found)
            if validates and stated is not None:
                _check_header(stated, said)
            yield encoded(name, said)
        if missing and validates:
            raise ContractBroken(f"an answer lacks the header {', '.join(sorted(missing))}")


class Answers:
    """Every answer of one operation by its status; `usual` is that of a record without a status.

    `renumbered` has the status of this version for one that the handler uses by now. `later` are those that
    only later versions have: of these a caller of this version gets the bare status. `location` says where a record
    that was made is, below the version.
    """

    def __init__(
        self,
        stated: Mapping[Status, Answer],
        *,
        usual: int = 200,
        renumbered: Mapping[int, int] | None = None,
        later: Sequence[Status] = (),
        location: Callable[[Any], str] | None = None,
    ) -> None:
        self.stated = stated
        self.usual = usual
        self._location = location
        self._renumbered = renumbered or {}
        self._later = frozenset(later)

    def response(self, request: Request, answered: Any) -> Response:
        """The response for what a handler returned.

        Raises ContractBroken where the operation has no such status, or where it promised something else.
        """
        reply = answered if isinstance(answered, Reply) else Reply(self.usual, answered)
        status = self._renumbered.get(reply.status, reply.status)
        if status != reply.status:
            reply = Reply(status, reply.record, reply.headers, reply.media_type)
        found = next((self.stated[s] for s in (status, f"{status // 100}XX", "default") if s in self.stated), None)
        if found is not None:
            if self._location is not None and status < 300 and reply.record is not None:
                made = context(request).address(self._location(reply.record))
                reply = Reply(status, reply.record, {"Location": made, **reply.headers}, reply.media_type)
            return found.response(request, reply)
        if status >= 400 and not self._later.isdisjoint((status, f"{status // 100}XX", "default")):
            raise HTTPException(status)
        raise ContractBroken(f"the handler answered {status}; the operation has {', '.join(map(str, self.stated))}")


def answer_reply(request: Request, answered: Any, answers: Answers) -> Response:
    """The response for what a handler returned: a record, or a `Reply` with a status of its own.

    Raises ContractBroken where the operation has no such status.
    """
    return answers.response(request, answered)


def _check_header(header: Parameter, said: str) -> None:
    try:
        header.taken([said])
    except ValueError as error:
        raise ContractBroken(f"the header {header.name} is not what it is said to be: {error}") from error


def concrete(media_type: str) -> bytes:
    """A media type as a Content-Type; a range says nothing, and then it is bytes."""
    return b"application/octet-stream" if "*" in media_type else media_type.encode("latin-1")


def _said(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
