"""Which version a request asks for, in which way it says so, and which path below the version it asks."""

from __future__ import annotations

from collections.abc import Iterator

from ...contract.locating import Place
from ..runtime.ways import Way
from .maps import Map
from .naming import OPEN, UNKNOWN, header_variable, naming
from .text import literal, named, path_pattern
from .timetable import Timetable

VERSION_LIKE = "(?:v[0-9][0-9A-Za-z_.]*|[0-9]{4}-[0-9]{2}-[0-9]{2}|next)"


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
    beside = tuple(naming(table, word))
    yield from beside
    yield from _together(table, word, [f"${word}_in_path", *(m.target for m in beside)])
    asked = [(f"~^{literal(base)}/(?<{word}_a>{VERSION_LIKE})(?:/|$)", f"${word}_a") for base in bases]
    if Place.QUERY in locating.places:
        key = literal(locating.query)
        made = Map("How the query calls it", "$args", f"${word}_asked_in_query", "")
        yield made.with_rows([(f"~(?:^|&){key}=(?<{word}_q>[^&]*)", f"${word}_q")])
    texts = {Place.HEADER: header_variable(locating.header), Place.QUERY: f"${word}_asked_in_query"}
    said = "".join(text for place, text in texts.items() if place in locating.places)
    yield Map("How it is called", "$uri", f"${word}_asked", said).with_rows(asked if in_path else [])


def _together(table: Timetable, word: str, named: list[str]) -> Iterator[Map]:
    """In which way a version is named, and which it is where all places that name one agree."""
    in_query = Place.QUERY in table.history.locating.places
    source = f"${word}_in_path:" + (f"${word}_in_query" if in_query else "")
    rows = [(":", str(Way.BESIDE)), ("~^:", str(Way.QUERY))]
    yield Map("Where it is named", source, f"${word}_way", str(Way.PATH)).with_rows(rows)
    source = ":".join(named) + (":" if len(named) == 1 else "")
    yield Map("The version that is named", source, f"${word}_named", OPEN).with_rows(
        [
            (":" * source.count(":"), ""),
            (f"~(?:^|:){OPEN}(?:$|:)", OPEN),
            (f"~^:*(?<{word}_n>[^:]+):*$", f"${word}_n"),
            (f"~^:*(?<{word}_o>[^:{UNKNOWN}]+)(?::+(?P={word}_o))+:*$", f"${word}_o"),
        ]
    )


def _placed(table: Timetable, word: str) -> Iterator[Map]:
    ways = [(id_, way, places[way].prefix) for id_, places in table.calendar.ways.items() for way in table.ways]
    made = Map("The version that answers", f"${word}_named:${word}_way:$uri", f"${word}_version", "")
    yield made.with_rows((f"~^{literal(f'{id_}:{way}:{prefix}')}(?:/|$)", id_) for id_, way, prefix in ways)
    made = Map("The path below it", f"${word}_version:${word}_way:${word}_path", f"${word}_rest", "")
    yield made.with_rows(
        (f"~^{literal(f'{id_}:{way}:{prefix}')}(?<{word}_b>(?:/.*)?)$", f"${word}_b") for id_, way, prefix in ways
    )
    known = Map("Whether some version has such a path, where it does not name one", "$uri", f"${word}_known", "")
    if table.ways != (Way.PATH,):
        paths = dict.fromkeys(
            f"{table.calendar.bases[c.version]}{o.path}" for c in table.history.contracts for o in c.operations
        )
        known = known.with_rows((f"~^{path_pattern(path)[0]}$", "1") for path in paths)
    yield known
    made = Map("Its state", f"${word}_named:${word}_way:${word}_known:${word}_version", f"${word}_state", "")
    offers = [(f"~^[{UNKNOWN}]:{way}:" + ("" if way is Way.PATH else "1:"), f"${word}_offer") for way in table.ways]
    yield made.with_rows([*((f"~:{literal(i)}$", f"${word}_at_{named(i)}") for i in table.calendar.bases), *offers])
