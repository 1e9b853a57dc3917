"""Reads the version in media types: what a request accepts, and what its body is said to be."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .readers import VERSION_LIKE, Asking, Malformed, Said
from .ways import Way

_WEIGHT = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Range:
    """One of the types in `Accept`, or that of a body: as it was sent, and if it is the one that has versions."""

    text: str
    kind: str
    weight: float = 1.0
    mine: bool = False
    vendor: bool = False
    versions: tuple[str, ...] = ()


@dataclass(slots=True)
class _Wanted:
    """What `Accept` names: each version that is wanted most, and whether in the vendor's form."""

    said: list[Said] = field(default_factory=list)
    vendor: bool = False


class InMediaType:
    """The media type of what is accepted, or sent: `application/vnd.shop+json; version=2`, or
    `application/vnd.shop.v2+json` (RFC 9110, 8.3.1, 12.5.1; RFC 6838, 3.2).

    Of several the one with the greatest weight counts that is served.
    """

    way: Way = Way.BESIDE
    vary: tuple[str, ...] = ("Accept", "Content-Type")

    def __init__(self, media_type: str) -> None:
        self.media_type = media_type
        stem, plus, _ = media_type.partition("+")
        self._stem = f"{stem}." if plus else None

    def read(self, asking: Asking) -> Sequence[Said]:
        """What `Accept` names, 406 where there is none of it, and what the body is said to be, 415."""
        accepts, sent = [], None
        for name, value in asking.scope["headers"]:
            if name == b"accept":
                accepts.append(value.decode("latin-1"))
            elif name == b"content-type":
                sent = value.decode("latin-1")
        ranges = [self._range(part) for part in split(",".join(accepts), ",")] if accepts else []
        body = None if sent is None else self._range(sent)
        mine = [r for r in ranges if r.mine and r.weight > 0]
        wanted = self._wanted(mine, asking)
        if mine:
            asking.content_type = self.written(vendor=wanted.vendor)
            asking.accept = ", ".join(_plain(r) for r in ranges).encode("latin-1")
        elif body is not None and body.mine and (not ranges or any(r.kind == "*/*" for r in ranges)):
            asking.content_type = self.written(vendor=body.vendor)
        of_body = () if body is None else body.versions
        return [*wanted.said, *(asking.said(text, 415) for text in of_body)]

    def written(self, *, vendor: bool = False) -> Callable[[str], bytes]:
        """What makes the Content-Type of an answer, given its version."""

        def made(id: str) -> bytes:
            if vendor and self._stem is not None:
                return f"{self._stem}{id}+json".encode()
            return self.typed(id).encode()

        return made

    def typed(self, id: str) -> str:
        """The media type of what a version shows."""
        return f"{self.media_type}; version={id.removeprefix('v')}"

    def example(self, id: str) -> str:
        """The header that asks for it."""
        return f"Accept: {self.typed(id)}"

    def sent(self, id: str) -> Mapping[str, str]:
        """The header that asks for it."""
        return {"Accept": self.typed(id)}

    def _wanted(self, ranges: Sequence[_Range], asking: Asking) -> _Wanted:
        """The versions that are wanted most among those that are served, else among those that are known, else all."""
        named = [(r, [asking.said(text, 406) for text in r.versions]) for r in ranges if r.versions]
        known = [(r, said) for r, said in named if all(s.version is not None for s in said)]
        served = [(r, said) for r, said in known if all(asking.served(s.version or "") for s in said)]
        among = served or known or named
        most = max((r.weight for r, _ in among), default=0.0)
        first = [(r, said) for r, said in among if r.weight == most]
        vendor = bool(first) and first[0][0].vendor
        return _Wanted([one for _, said in first for one in said], vendor)

    def _range(self, text: str) -> _Range:
        """A media type with its parameters. Raises Malformed for a weight that is none, in one that is read here."""
        kind, *parameters = (part.strip(" \t") for part in split(text, ";"))
        kind = kind.lower()
        vendor = self._vendor(kind)
        if kind != self.media_type and vendor is None:
            return _Range(text, kind)
        versions, weight = [] if vendor is None else [vendor], "1"
        for name, value in _parameters(parameters):
            if name == "version":
                versions.append(value)
            elif name == "q":
                weight = value
                break
        if not _WEIGHT.fullmatch(weight):
            raise Malformed(text.strip(" \t"))
        return _Range(text, kind, float(weight), True, vendor is not None, tuple(versions))

    def _vendor(self, kind: str) -> str | None:
        """The version in the name of a type, if it is ours."""
        if self._stem is None or not kind.startswith(self._stem) or not kind.endswith("+json"):
            return None
        found = kind[len(self._stem) : -len("+json")]
        return found if VERSION_LIKE.fullmatch(found) else None


def _parameters(parts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for part in parts:
        name, _, value = part.partition("=")
        if len(value) > 1 and value[0] == value[-1] == '"':
            value = _ESCAPED.sub(r"\1", value[1:-1])
        yield name.strip(" \t").lower(), value


def _plain(found: _Range) -> str:
    """A type as it is behind the edge: JSON, where it has versions."""
    return f"application/json;q={found.weight:g}" if found.mine else found.text.strip(" \t")


def split(text: str, mark: str) -> list[str]:
    """`text` in its parts between marks; those in quotes are none (RFC 9110, 5.6.4)."""
    if '"' not in text:
        return text.split(mark)
    made, start, quoted, escaped = [], 0, False, False
    for position, character in enumerate(text):
        if escaped:
            escaped = False
        elif quoted:
            escaped, quoted = character == "\\", character != '"'
        elif character == '"':
            quoted = True
        elif character == mark:
            made.append(text[start:position])
            start = position + 1
    return [*made, text[start:]]


__all__ = ["InMediaType", "split"]
