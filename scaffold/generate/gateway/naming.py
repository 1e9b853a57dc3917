"""Which version a request names beside its path: in a header, in its query, in the media types of its headers.

What is not surely read as the program reads it is left to the program. No pattern goes back over what it has passed, so
that a hostile header costs no more than a long one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...contract.locating import Place
from .maps import Map
from .text import literal
from .timetable import Timetable

NUMBER = "(?:v?(?:0|[1-9][0-9]{0,5})(?:[.][0-9]{1,6}){0,2}|next)"
UNKNOWN, OPEN = "?", "-"
"""A version that never was; and what only the program can read."""
WEIGHT = "(?:[ \t]*;[ \t]*[qQ]=(?:0[.][0-9]{0,2}[1-9][0-9]{0,2}|1(?:[.]0{0,3})?))?"
"""How much a type is wanted, where it is at all (RFC 9110, 12.4.2)."""


def naming(table: Timetable, word: str) -> Iterator[Map]:
    """A map for each place beside the path that is read: to an id, to UNKNOWN, to OPEN, or to nothing."""
    places = table.history.locating.places
    if Place.HEADER in places:
        yield _in_header(table, word)
    if Place.QUERY in places:
        yield _in_query(table, word)
    if Place.MEDIA_TYPE in places:
        yield from _in_media_types(table, word)


def header_variable(name: str) -> str:
    """Where nginx has a header of the request."""
    return f"$http_{name.lower().replace('-', '_')}"


def _in_header(table: Timetable, word: str) -> Map:
    source = header_variable(table.history.locating.header)
    rows = [("", "")]
    for id_ in table.calendar.bases:
        names = _names(id_)
        rows.append((f"~^[ \t]*{names}(?:[ \t]*,[ \t]*{names})*[ \t]*$", id_))
    rows.append((f"~^{NUMBER}$", UNKNOWN))
    return Map("The version in the header", source, f"${word}_in_header", OPEN).with_rows(rows)


def _in_query(table: Timetable, word: str) -> Map:
    """Names of parameters that are encoded may be this one, so that they are left open."""
    name = literal(table.history.locating.query)
    other = f"(?!{name}(?:=|&|$))[^&]*+"
    rows = [("", ""), ("~(?:^|&)[^=&]*[%+]", OPEN), (f"~^(?!(?:.*&)?{name}(?:=|&|$))", "")]
    for id_ in table.calendar.bases:
        rows.append((f"~^(?:(?:{other}|{name}={_names(id_)})(?:&|$))++$", id_))
    rows.append((f"~^(?:{other}&)*+{name}={NUMBER}(?:&{other})*+$", UNKNOWN))
    return Map("The version in the query", "$args", f"${word}_in_query", OPEN).with_rows(rows)


def _in_media_types(table: Timetable, word: str) -> Iterator[Map]:
    """One type that has versions, among any that have none and no quotes, whose commas might be in them."""
    stem = literal(table.history.locating.media_type.partition("+")[0])
    other = f'(?:(?!(?i:{stem}))[^",])*+'
    accept, body = [("", ""), (f"~^(?!.*(?i:{stem}))", "")], [("", ""), (f"~^(?!.*(?i:{stem}))", "")]
    for id_ in table.calendar.bases:
        kind = f"[ \t]*{_typed(table, id_)}"
        accept.append((f"~^(?:{other},)*+{kind}{WEIGHT}[ \t]*(?:,{other})*+$", id_))
        body.append((f"~^{kind}[ \t]*$", id_))
    yield Map("The version in `Accept`", "$http_accept", f"${word}_in_accept", OPEN).with_rows(accept)
    yield Map("The version in `Content-Type`", "$http_content_type", f"${word}_in_body", OPEN).with_rows(body)


def _typed(table: Timetable, id_: str) -> str:
    """The media type of a version: with a parameter, or with the version in its name (RFC 6838, 3.2)."""
    whole = table.history.locating.media_type
    names = _names(id_)
    parameter = f'[ \t]*;[ \t]*(?i:version)=(?:{names}|["]{names}["])'
    made = f"(?i:{literal(whole)}){parameter}"
    stem, plus, rest = whole.partition("+")
    return f"(?:{made}|(?i:{literal(stem)}[.]){literal(id_)}(?i:{literal(plus + rest)}))" if plus else made


def _names(id_: str) -> str:
    """What means a version: a number with its letter or without."""
    return literal(id_) if id_[:1] != "v" else f"(?:{literal(id_)}|{literal(id_[1:])})"


__all__ = ["OPEN", "UNKNOWN", "header_variable", "naming"]
