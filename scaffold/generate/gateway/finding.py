"""Which version a request asks for, in which way it says so, and which path below the version it asks."""

from __future__ import annotations

from collections.abc import Iterator

from ...contract.locating import Place
from ..runtime.ways import Way
from .maps import Map
from .text import literal, named, path_pattern
from .timetable import Timetable

VERSION_LIKE = "(?:v[0-9][0-9A-Za-z_.]*|[0-9]{4}-[0-9]{2}-[0-9]{2}|next)"
NUMBER = "(?:v?(?:0|[1-9][0-9]{0,5})(?:[.][0-9]{1,6}){0,2}|next)"
UNKNOWN, OPEN = "?", "-"
"""A version that never was; and what only the program can read."""


def finding(table: Timetable, word: str) -> Iterator[Map]:
    """The maps from a request to `_version`, `_way`, `_rest` and `_state`."""
    yield from _paths(table, word)
    yield from _named(table, word)
    yield from _placed(table, word)


def _paths(table: Timetable, word: str) -> Iterator[Map]:
    yield Map("The path as it was sent, where it is a sound one", "$request_uri", f"${word}_raw", "").with_rows(
        [(f"~^(?<{word}_r>[0-9A-Za-z/:@!$&'()*+=._~%-]*)(?:[?]|$)", f"${word}_r")]
    )
    yield Map("The path, percent-encoded", "$uri", f"${word}_path", f"${word}_raw").with_rows(
        [("~^[0-9A-Za-z/:@!$&'()*+=._~-]*$", "$uri")]
    )
    yield Map(
        "The id of the request: the caller's, where it is sane", "$http_x_request_id", f"${word}_id", "$request_id"
    ).with_rows([("~^[A-Za-z0-9._-]{1,128}$", "$http_x_request_id")])


def _named(table: Timetable, word: str) -> Iterator[Map]:
    locating = table.history.locating
    bases = dict.fromkeys(table.calendar.bases.values())
    in_path = Place.PATH in locating.places
    rows = []
    for id_, base in table.calendar.bases.items():
        rest = "(?:/|$)" if in_path else "/openapi[.]json$"
        rows.append((f"~^{literal(base)}/{literal(id_)}{rest}", id_))
    if in_path:
        rows += [(f"~^{literal(base)}/{VERSION_LIKE}(?:/|$)", UNKNOWN) for base in bases]
    yield Map("The version in the path", "$uri", f"${word}_in_path", "").with_rows(rows)
    in_header = Place.HEADER in locating.places
    if in_header:
        yield _in_header(table, word)
    yield Map("Where it is named", f"${word}_in_path", f"${word}_way", str(Way.PATH)).with_rows([("", str(Way.BESIDE))])
    both = Map("The version that is named", f"${word}_in_path:${word}_in_header", f"${word}_named", OPEN)
    if not in_header:
        both = Map(both.doc, f"${word}_in_path:", both.target, OPEN)
    yield both.with_rows(
        [
            (":", ""),
            (f"~^(?<{word}_n>[^:]+):$", f"${word}_n"),
            (f"~^:(?<{word}_m>[^:]+)$", f"${word}_m"),
            (f"~^(?<{word}_o>[^:?]+):(?P={word}_o)$", f"${word}_o"),
        ]
    )
    asked = [(f"~^{literal(base)}/(?<{word}_a>{VERSION_LIKE})(?:/|$)", f"${word}_a") for base in bases]
    beside = f"$http_{locating.header.lower().replace('-', '_')}" if in_header else ""
    yield Map("How it is called", "$uri", f"${word}_asked", beside).with_rows(asked if in_path else [])


def _in_header(table: Timetable, word: str) -> Map:
    header = table.history.locating.header.lower().replace("-", "_")
    rows = [("", "")]
    for id_ in table.calendar.bases:
        names = literal(id_) if id_[:1] != "v" else f"(?:{literal(id_)}|{literal(id_[1:])})"
        rows.append((f"~^[ \t]*{names}(?:[ \t]*,[ \t]*{names})*[ \t]*$", id_))
    rows.append((f"~^{NUMBER}$", UNKNOWN))
    return Map("The version in the header", f"$http_{header}", f"${word}_in_header", OPEN).with_rows(rows)


def _placed(table: Timetable, word: str) -> Iterator[Map]:
    ways = [
        (id_, way, places[way].prefix) for id_, places in table.calendar.ways.items() for way in (Way.PATH, Way.BESIDE)
    ]
    made = Map("The version that answers", f"${word}_named:${word}_way:$uri", f"${word}_version", "")
    yield made.with_rows((f"~^{literal(f'{id_}:{way}:{prefix}')}(?:/|$)", id_) for id_, way, prefix in ways)
    made = Map("The path below it", f"${word}_version:${word}_way:${word}_path", f"${word}_rest", "")
    yield made.with_rows(
        (f"~^{literal(f'{id_}:{way}:{prefix}')}(?<{word}_b>(?:/.*)?)$", f"${word}_b") for id_, way, prefix in ways
    )
    known = Map("Whether some version has such a path, where it does not name one", "$uri", f"${word}_known", "")
    if Place.HEADER in table.history.locating.places:
        paths = dict.fromkeys(
            f"{table.calendar.bases[c.version]}{o.path}" for c in table.history.contracts for o in c.operations
        )
        known = known.with_rows((f"~^{path_pattern(path)[0]}$", "1") for path in paths)
    yield known
    made = Map("Its state", f"${word}_named:${word}_way:${word}_known:${word}_version", f"${word}_state", "")
    offers = [(f"~^[{UNKNOWN}]:{Way.PATH}:", f"${word}_offer"), (f"~^[{UNKNOWN}]:{Way.BESIDE}:1:", f"${word}_offer")]
    yield made.with_rows([*((f"~:{literal(i)}$", f"${word}_at_{named(i)}") for i in table.calendar.bases), *offers])
