"""Request bodies in the forms they travel in: JSON, forms, files, text. The Content-Type chooses."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import parse_qsl

from fastapi import Request
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from .context import now
from .media import find, kind_of, kinds, parameter_of
from .problems import Invalid, UnsupportedMediaType
from .shapes import Shape
from .texts import Fields, Items, Twice, file, raw, text

Up = Callable[[Any, datetime], Any]
"""Makes what a handler is given of what was sent."""

LARGEST_FIELD = 16 * 1024 * 1024
"""How many bytes a part of a form may have that is no file."""


class Form(Protocol):
    """One form of a body."""

    shape: Shape[Any] | None
    """What it must be; None where any bytes will do."""

    empty: bool
    """Whether no bytes at all are a body of this form."""

    async def read(self, request: Request, body: bytes, content_type: str) -> Any:
        """What was sent. Raises ValidationError, or ValueError, where it is not that."""
        ...


class Json:
    """A JSON document."""

    empty = False

    def __init__(self, shape: Shape[Any]) -> None:
        self.shape: Shape[Any] | None = shape
        self._read = shape.read

    async def read(self, request: Request, body: bytes, content_type: str) -> Any:
        """What it says."""
        return self._read(body)


class Text:
    """A text, read by what its schema says it is."""

    empty = True

    def __init__(self, shape: Shape[Any], reader: Callable[[str], Any] = text) -> None:
        self.shape: Shape[Any] | None = shape
        self._take, self._reader = shape.take, reader

    async def read(self, request: Request, body: bytes, content_type: str) -> Any:
        """The text, in the charset that it is said to have: UTF-8 unless stated."""
        try:
            said = body.decode(parameter_of(content_type, "charset") or "utf-8")
        except LookupError:
            raise UnsupportedMediaType(content_type) from None
        return self._take(self._reader(said))


class File:
    """Bytes that are nobody's business but the handler's. `shape` is for documents alone."""

    empty = True

    def __init__(self, shape: Shape[Any] | None = None) -> None:
        self.shape = shape

    async def read(self, request: Request, body: bytes, content_type: str) -> Any:
        """The bytes."""
        return body


class Urlencoded:
    """The fields of an object, as HTML forms send them (application/x-www-form-urlencoded).

    A list is a name that stands several times, an object a JSON document. `spread` are the fields that stand as
    `name[key]` instead.
    """

    empty = True

    def __init__(self, shape: Shape[Any], fields: Fields, spread: Mapping[str, Fields] | None = None) -> None:
        self.shape: Shape[Any] | None = shape
        self._take, self._fields, self._spread = shape.take, fields, spread or {}

    async def read(self, request: Request, body: bytes, content_type: str) -> Any:
        """The object."""
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=10_000)
        return self._take(_object(self._fields, self._spread, pairs))


class Multipart:
    """The fields of an object, each in a part of its own (RFC 7578): files as bytes, objects as JSON documents."""

    empty = False

    def __init__(self, shape: Shape[Any], fields: Fields, spread: Mapping[str, Fields] | None = None) -> None:
        self.shape: Shape[Any] | None = shape
        self._take, self._fields, self._spread = shape.take, fields, spread or {}

    async def read(self, request: Request, body: bytes, content_type: str) -> Any:
        """The object."""
        pairs: list[tuple[str, str | bytes]] = []
        try:
            async with request.form(max_part_size=LARGEST_FIELD) as form:
                for name, part in form.multi_items():
                    pairs.append((name, part if isinstance(part, str) else self._file(name, await part.read())))
        except HTTPException as error:
            raise ValueError(str(error.detail)) from None
        return self._take(_object(self._fields, self._spread, pairs))

    def _file(self, name: str, content: bytes) -> str | bytes:
        """A part with a name of its own: bytes where a file is meant, else the text that it holds."""
        tree = self._fields.known.get(name, self._fields.rest)
        reader = tree.item if isinstance(tree, Items) else tree
        if tree is None or reader in (raw, file):
            return content
        return content.decode()


def _object(fields: Fields, spread: Mapping[str, Fields], pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    if not spread:
        return fields.of(pairs)
    apart: dict[str, list[tuple[str, Any]]] = {}
    left = []
    for name, value in pairs:
        first, sign, key = name.partition("[")
        if first in spread and sign and key.endswith("]"):
            apart.setdefault(first, []).append((key[:-1], value))
        else:
            left.append((name, value))
    return {**fields.of(left), **{name: spread[name].of(found) for name, found in apart.items()}}


class Bodies:
    """The forms in which the body of one operation may travel, each with the way to what a handler is given."""

    def __init__(self, forms: Mapping[str, tuple[Form, Up | None]], *, required: bool = True) -> None:
        self.forms = forms
        self.required = required
        self._kinds = kinds(forms)
        self._accept = ", ".join(forms)

    async def read(self, request: Request) -> Any:
        """What was sent, as a handler is given it; None where a body that may be left out is.

        Raises UnsupportedMediaType for a form that it has not, and Invalid, with the places in it, for a body that
        does not fit.
        """
        body = await request.body()
        headers = request.scope["headers"]
        sent = next((value.decode("latin-1") for name, value in headers if name == b"content-type"), None)
        if not body and not self.required and sent is None:
            return None
        found = find(self._kinds, "application/octet-stream" if sent is None else kind_of(sent))
        if found is None:
            raise UnsupportedMediaType(sent, self._accept)
        form, up = self.forms[found]
        if not body and (sent is None or not form.empty):
            if not self.required:
                return None
            raise Invalid([{"loc": ("body",), "msg": "Field required", "type": "missing"}])
        try:
            payload = await form.read(request, body, sent or "")
        except (ValidationError, ValueError) as error:
            raise Invalid(list(_wrong(error))) from None
        return payload if up is None else up(payload, now(request))


def _wrong(error: ValidationError | ValueError) -> Iterator[dict[str, Any]]:
    if isinstance(error, ValidationError):
        for e in error.errors(include_url=False, include_context=False, include_input=False):
            yield {**e, "loc": ("body", *e["loc"])}
    elif isinstance(error, Twice):
        yield {"loc": ("body", error.name), "msg": str(error), "type": "value_error"}
    elif isinstance(error, UnicodeError):
        yield {"loc": ("body",), "msg": "must be text in the charset that it is said to have", "type": "value_error"}
    else:
        yield {"loc": ("body",), "msg": str(error), "type": "value_error"}


async def read_body(request: Request, bodies: Bodies) -> Any:
    """What `bodies` makes of the body of `request`. Raises what `Bodies.read` raises."""
    return await bodies.read(request)


__all__ = ["Bodies", "File", "Form", "Json", "Multipart", "Text", "Urlencoded", "read_body"]
