"""What reads the version that a request names, one reader for each place: path, header, query.

Media types have a module of their own. Which readers there are, and what they read, is said once, when the code is
generated.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import parse_qsl

from starlette.types import Scope

from .ways import Way

VERSION_LIKE: Final = re.compile(r"v\d[\w.]*|\d{4}-\d{2}-\d{2}|next")
"""What a segment of a path looks like that means a version."""


class Malformed(ValueError):
    """What names a version is none, and could be none."""


@dataclass(frozen=True, slots=True)
class Said:
    """A version as a request names it in one place: its text, what that means, None where there is no such version.

    `status` is that of the answer then (RFC 9110, 15.5).
    """

    text: str
    version: str | None
    status: int = 400


@dataclass(slots=True)
class Asking:
    """A request, as readers see it, and what texts mean today.

    `segment` is the first one below the base path where it looks like a version. A reader of media types notes the
    `content_type` that answers are to have, by their version, and an `accept` in which it is the usual one.
    """

    scope: Scope
    segment: str | None
    meaning: Callable[[str], str | None]
    served: Callable[[str], bool]
    content_type: Callable[[str], bytes] | None = None
    accept: bytes | None = None

    def said(self, text: str, status: int = 400) -> Said:
        """What `text` says. Raises Malformed for what could be no version."""
        return Said(text, self.meaning(text), status)


class Reader(Protocol):
    """Reads one place."""

    way: Way
    """How an address says the same."""

    vary: tuple[str, ...]
    """The headers that are read: answers vary with them (RFC 9110, 12.5.5)."""

    def read(self, asking: Asking) -> Sequence[Said]:
        """The versions that are named here. Raises Malformed for what could be no version."""
        ...

    def example(self, id: str) -> str:
        """How a request names `id` here."""
        ...

    def sent(self, id: str) -> Mapping[str, str]:
        """The header or parameter that names `id` here, by its name; nothing where the path does."""
        ...


class InPath:
    """The first segment below the base path: `/api/v2/users`. What looks like no version there is a path like any."""

    way: Way = Way.PATH
    vary: tuple[str, ...] = ()

    def read(self, asking: Asking) -> Sequence[Said]:
        """The segment. A date in a path is the version itself, or none."""
        text = asking.segment
        if text is None:
            return ()
        try:
            found = asking.meaning(text)
        except Malformed:
            found = None
        return (Said(text, found if found == text else None, 404),)

    def example(self, id: str) -> str:
        """The beginning of a path."""
        return f"/{id}/"

    def sent(self, id: str) -> Mapping[str, str]:
        """Nothing beside the path."""
        return {}


class InHeader:
    """A header: `API-Version: v2`. Sent twice, or as a list, it must say the same."""

    way: Way = Way.BESIDE

    def __init__(self, name: str) -> None:
        self.name = name
        self.vary: tuple[str, ...] = (name,)
        self._key = name.lower().encode("ascii")

    def read(self, asking: Asking) -> Sequence[Said]:
        """Each value."""
        sent = [value.decode("latin-1") for name, value in asking.scope["headers"] if name == self._key]
        return [asking.said(part.strip(" \t")) for value in sent for part in value.split(",")] if sent else ()

    def example(self, id: str) -> str:
        """The header."""
        return f"{self.name}: {id}"

    def sent(self, id: str) -> Mapping[str, str]:
        """The header."""
        return {self.name: id}


class InQuery:
    """A parameter of the query: `?version=v2`. Sent twice, it must say the same."""

    way: Way = Way.QUERY
    vary: tuple[str, ...] = ()

    def __init__(self, name: str) -> None:
        self.name = name

    def read(self, asking: Asking) -> Sequence[Said]:
        """Each value."""
        query: bytes = asking.scope.get("query_string", b"")
        if not query:
            return ()
        sent = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
        return [asking.said(value) for name, value in sent if name == self.name]

    def example(self, id: str) -> str:
        """The query."""
        return f"?{self.name}={id}"

    def sent(self, id: str) -> Mapping[str, str]:
        """The parameter."""
        return {self.name: id}


__all__ = ["VERSION_LIKE", "Asking", "InHeader", "InPath", "InQuery", "Malformed", "Reader", "Said"]
