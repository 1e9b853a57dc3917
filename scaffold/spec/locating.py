"""Where requests name their version, as the spec says it: places, and what is read there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..contract.contract import Contract
from ..contract.locating import Locating, Place, usual_media_type
from ..contract.operation import Operation
from ..contract.parameter import Location
from ..diagnostics import did_you_mean
from .findings import Findings
from .models import VersioningSpec

_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}")
_QUERY = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}")
_MEDIA_TYPE = re.compile(r"application/(json|[a-z0-9][a-z0-9!#$&^_.-]{0,60}\+json)")
_TAKEN = frozenset(
    {"accept", "authorization", "connection", "content-length", "content-type", "cookie", "expect", "forwarded", "host"}
    | {"if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since", "origin", "range", "te"}
    | {"referer", "trailer", "transfer-encoding", "upgrade", "user-agent", "via", "x-client-id", "x-request-id"}
    | {"accept-charset", "accept-encoding", "accept-language"}
)
"""Headers that say something else."""

WORDS = {Place.HEADER: "header", Place.QUERY: "parameter"}
OTHERS = {Place.HEADER: "X-Api-Version", Place.QUERY: "api-version"}
"""What may be read where the usual name is taken."""


def read_locating(spec: VersioningSpec, api: str, findings: Findings) -> Locating:
    """Where requests to the API called `api` name their version; what is wrong goes to `findings`."""
    places: list[Place] = []
    for word in spec.locate:
        if word not in set(Place):
            findings.add("SC421", f"no version is read in `{word}`", spec.place("locate"), did_you_mean(word, [*Place]))
        elif word in places:
            findings.add("SC422", f"`{word}` stands here twice", spec.place("locate"), "once is enough")
        else:
            places.append(Place(word))
    for place in (Place.HEADER, Place.QUERY, Place.MEDIA_TYPE):
        if getattr(spec, place) is not None and place not in places:
            help_ = f"add `{place}` to `locate`, or leave `{place}` out"
            findings.add(
                "SC423", f"`{place}` says what is read, and no version is read there", spec.place(place), help_
            )
    if not spec.locate:
        _unlocated(spec, findings)
    read = {Place.HEADER: _header, Place.QUERY: _query, Place.MEDIA_TYPE: _media_type}
    for place, check in read.items():
        value = getattr(spec, place)
        if value is not None:
            check(value, spec, findings)
    usual = Locating()
    media_type = spec.media_type or usual_media_type(api)
    return Locating(
        tuple(places),
        spec.header or usual.header,
        spec.query or usual.query,
        media_type if Place.MEDIA_TYPE in places else usual.media_type,
    )


def _unlocated(spec: VersioningSpec, findings: Findings) -> None:
    if "unspecified" in spec.stated():
        message = "requests never name a version here, so there is nothing to say of those that do not"
        findings.add("SC418", message, spec.place("unspecified"), "leave `unspecified` out")
    if spec.scheme == "date":
        message = "versions by date have no releases, and an API without versions in its requests has nothing else"
        findings.add("SC418", message, spec.place("scheme"), "write `scheme: major`, or `locate: [path]`")


def _header(name: str, spec: VersioningSpec, findings: Findings) -> None:
    if not _TOKEN.fullmatch(name):
        findings.add("SC424", f"`{name}` can be no header", spec.place("header"), "write `API-Version`")
    elif name.lower() in _TAKEN:
        help_ = "write `API-Version`; for `Accept` there is `locate: [media_type]`"
        findings.add("SC424", f"the header `{name}` says something else", spec.place("header"), help_)


def _query(name: str, spec: VersioningSpec, findings: Findings) -> None:
    if not _QUERY.fullmatch(name):
        help_ = "letters, digits, `_`, `-` and `.`, a letter first: `version`"
        findings.add("SC425", f"`{name}` can be no parameter of a query", spec.place("query"), help_)


def _media_type(name: str, spec: VersioningSpec, findings: Findings) -> None:
    if not _MEDIA_TYPE.fullmatch(name):
        help_ = "write `application/vnd.shop+json`, in small letters and without the version"
        findings.add("SC426", f"`{name}` is no media type that can have versions", spec.place("media_type"), help_)


def check_parameters(
    locating: Locating, contracts: Iterable[Contract], spec: VersioningSpec, findings: Findings
) -> None:
    """Note operations that have a parameter where the version is read."""
    for contract in contracts:
        for operation in contract.operations:
            for place in _read_twice(locating, operation):
                name, where = getattr(locating, place), spec.place(place if place in spec.stated() else "locate")
                help_ = f"read the version elsewhere: `{place}: {OTHERS[place]}`"
                findings.add("SC427", f"`{operation.address}` has a {WORDS[place]} `{name}` of its own", where, help_)


def _read_twice(locating: Locating, operation: Operation) -> Iterable[Place]:
    for parameter in operation.parameters:
        if Place.HEADER in locating.places and parameter.location is Location.HEADER:
            if parameter.name.lower() == locating.header.lower():
                yield Place.HEADER
        if Place.QUERY in locating.places and parameter.location is Location.QUERY and parameter.name == locating.query:
            yield Place.QUERY
