"""What a request sends beside its body, taken apart."""

from collections.abc import Sequence
from functools import cached_property
from urllib.parse import unquote_to_bytes

from fastapi import Request

from .problems import Invalid


class Sent:
    """What a request sends beside its body, taken apart once for all of its parameters."""

    def __init__(self, request: Request) -> None:
        self._request = request

    @cached_property
    def query(self) -> list[tuple[str, str]]:
        """Every name of the query, decoded, with its value as it was sent."""
        found = []
        for part in self._request.scope["query_string"].decode("latin-1").split("&"):
            if part:
                name, _, value = part.partition("=")
                found.append((unquote_to_bytes(name.replace("+", " ")).decode("utf-8", "replace"), value))
        return found

    @cached_property
    def cookies(self) -> list[tuple[str, str]]:
        """Every cookie with its value as it was sent."""
        parts = [part.strip() for line in self.headers(b"cookie") for part in line.split(";")]
        return [(name.strip(), value.strip('"')) for name, sign, value in (p.partition("=") for p in parts) if sign]

    def headers(self, name: bytes) -> list[str]:
        """The value of every header called `name`."""
        return [value.decode("latin-1") for key, value in self._request.scope["headers"] if key == name]

    def segment(self, name: str) -> str:
        """The part of the path that the route calls `name`."""
        return str(self._request.path_params[name])


def once(request: Request, *names: str, headers: Sequence[bytes] = ()) -> None:
    """Raise Invalid where one of `names` stands twice in the query, or one of `headers` among the headers."""
    asked = request.query_params
    found: list[tuple[str, str]] = []
    if names and len(asked.multi_items()) != len(asked):
        found += [("query", name) for name in names if len(asked.getlist(name)) > 1]
    if headers:
        sent = [name for name, _ in request.scope["headers"] if name in headers]
        if len(sent) != len(set(sent)):
            found += [("header", name.decode("latin-1")) for name in headers if sent.count(name) > 1]
    if found:
        raise Invalid([{"loc": at, "msg": "Given more than once", "type": "value_error"} for at in found])
