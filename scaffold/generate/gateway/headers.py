"""The headers of every answer of a version, as its state has them: those of the program count, where it sends them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...contract.locating import Locating, Place
from ..runtime.ways import Way
from .maps import Map
from .text import literal, plain
from .timetable import Timetable

WRITTEN = {
    "api-version": "API-Version",
    "x-api-version": "X-API-Version",
    "api-supported-versions": "API-Supported-Versions",
    "api-deprecated-versions": "API-Deprecated-Versions",
    "x-api-warn": "X-API-Warn",
    "deprecation": "Deprecation",
    "sunset": "Sunset",
}
"""The headers, as they are written."""


@dataclass(frozen=True)
class Header:
    """A header and the map that gives its value; an empty one is not sent."""

    name: str
    map: Map


def headers(table: Timetable, word: str) -> Iterator[Header]:
    """Every header that some state has, with `Link` and `Vary`."""
    edge = "$upstream_http_api_version$upstream_http_api_supported_versions"
    for name, written in WRITTEN.items():
        rows = list(_rows(table, name, f"{word}_dollar"))
        if rows:
            target = f"${word}_{name.replace('-', '_')}"
            source = f"{edge}:${word}_state:${word}_operation"
            yield Header(written, Map(f"`{written}`, unless the program says it", source, target, "").with_rows(rows))
    said = f"${word}_leading${word}_comma${word}_guides"
    yield Header("Link", Map("`Link`, unless the program says it", edge, f"${word}_link", "").with_rows([("", said)]))
    if table.history.locating.places != (Place.PATH,) and (varies := ", ".join(_read(table.history.locating))):
        named = [way for way in table.ways if way is not Way.PATH or Place.PATH in table.history.locating.places]
        rows = [(f"~^:[^:]+:{way}$", varies) for way in named]
        source = f"{edge}:${word}_state:${word}_way"
        yield Header("Vary", Map("`Vary`, unless the program says it", source, f"${word}_vary", "").with_rows(rows))


def _read(locating: Locating) -> Iterator[str]:
    """The headers in which versions are named, in order of precedence."""
    for place in locating.places:
        yield from {Place.HEADER: (locating.header,), Place.MEDIA_TYPE: ("Accept", "Content-Type")}.get(place, ())


def _rows(table: Timetable, name: str, dollar: str) -> Iterator[tuple[str, str]]:
    for states in table.states.values():
        for state in states:
            for id_, own in state.own:
                yield f"~^:{state.id}:{literal(id_)}$", plain(dict(own).get(name, ""), dollar)
            if (value := dict(state.headers).get(name)) is not None:
                yield f"~^:{state.id}:", plain(value, dollar)
    for offer in table.offers:
        if (value := dict(offer.headers).get(name)) is not None:
            yield f"~^:{offer.id}:", plain(value, dollar)
