"""The reader matrix: each place for versions and each pair of them, with everything that a request may say there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product

import httpx2
import pytest

from .headers import check_lifecycle, code, names
from .saying import MALFORMED, Asked, Cell, cells
from .services import IDS, service, spec

pytestmark = pytest.mark.slow
PLACES = ("header", "path", "query", "media_type")
PAIRS = [*combinations(PLACES, 2), ("media_type", "header"), ("query", "path")]
SETS = [*((place,) for place in PLACES), *PAIRS]
VARY = {"header": {"api-version"}, "media_type": {"accept", "content-type"}, "path": set(), "query": set()}
STATUS = {"path": 404, "media_type": 406, "header": 400, "query": 400}
"""What says that there is no such version."""


def expected(row: Sequence[tuple[str, Cell]], scheme: str) -> tuple[int, str]:
    """The status of the answer to a request that says the cells of `row`, and its version or what is wrong."""
    said = [(place, meant) for place, cell in row for meant in cell.means]
    if any(meant == MALFORMED for _, meant in said):
        return 400, "version-invalid"
    if not said:
        return 400, "version-unspecified"
    if len({meant.replace("!", "?") for _, meant in said}) > 1:
        return 400, "version-ambiguous"
    place, meant = said[0]
    if meant.startswith("!"):
        return 415, "version-unsupported"
    if meant.startswith("?"):
        return STATUS[place], "version-unsupported"
    if meant == IDS[scheme][0]:
        return 410, "version-retired"
    elsewhere = any(place == "path" and cell.name in ("malformed", "quoted", "weighted") for place, cell in row)
    return (404 if elsewhere else 200), meant


def check(answer: httpx2.Response, row: Sequence[tuple[str, Cell]], scheme: str, also: Sequence[str] = ()) -> None:
    """Hold an answer to what is expected of its row, and to the headers that every answer has.

    `also` are places that are read beside those of the row.
    """
    status, outcome = expected(row, scheme)
    retired, old, new = IDS[scheme]
    assert answer.status_code == status, answer.text
    assert answer.headers["api-supported-versions"] == new
    assert answer.headers["api-deprecated-versions"] == old
    assert answer.headers["x-request-id"]
    varies = set().union(*(VARY[place] for place in (*also, *(place for place, _ in row))))
    assert set(names(answer.headers.get("vary", ""))) == varies
    version = outcome if outcome in IDS[scheme] else retired if status == 410 else None
    assert answer.headers.get("api-version") == version
    assert answer.headers.get("x-api-version") == (None if version is None else version.removeprefix("v"))
    check_lifecycle(answer, 2 if version is None else IDS[scheme].index(version))
    if status != 200:
        assert code(answer) == ("not-found" if outcome == version else outcome)
        assert answer.json().get("supported", [new]) == [new]
    in_path = any(place == "path" and cell.means for place, cell in row)
    if status == 410 and not in_path:
        assert answer.headers["cache-control"] == "no-store"


def followed(
    client: httpx2.Client, answer: httpx2.Response, row: Sequence[tuple[str, Cell]], scheme: str, seen: set[str]
) -> set[str]:
    """The links of an answer, all of which are to be there and lead somewhere; those that were `seen` are not followed.

    Where the version was named beside the address, the address of the successor is the same, and is left out.
    """
    status, outcome = expected(row, scheme)
    retired, old, new = IDS[scheme]
    version = retired if status == 410 else outcome
    links = {rel: link["url"] for rel, link in answer.links.items()}
    if version not in (retired, old):
        assert links == {}
        return set()
    in_address = any(place in ("path", "query") and cell.means for place, cell in row)
    rels = {"successor-version"} if in_address else set()
    assert set(links) == (rels if status == 410 else rels | {"deprecation", "sunset"})
    if status != 410:
        assert links["sunset"] == f"https://docs.example.com/migration/{old}-to-{new}"
        assert links["deprecation"].startswith(links["sunset"])
    for url in {links[rel] for rel in rels} - seen:
        found = client.get(url)  # nothing but the address, wherever the version was named beside
        wanted = 404 if outcome == version and status == 404 else 200
        assert (found.status_code, found.headers["api-version"]) == (wanted, new)
    return {links[rel] for rel in rels}


def sent(client: httpx2.Client, asked: Asked) -> httpx2.Response:
    """The answer to a request, which says what it accepts only where it says so."""
    request = client.build_request("GET", asked.path, headers=asked.headers, params=asked.query or None)
    if not any(name == "Accept" for name, _ in asked.headers):
        del request.headers["accept"]
    return client.send(request)


@pytest.mark.parametrize("scheme", ["major", "date"])
@pytest.mark.parametrize("places", SETS, ids="-".join)
def test_every_cell_is_answered_as_it_should_be(places: tuple[str, ...], scheme: str) -> None:
    seen: set[str] = set()
    with service(spec(scheme, places)) as client:
        for row in product(*([(place, cell) for cell in cells(place, scheme)] for place in places)):
            asked = Asked()
            for _, cell in row:
                cell.write(asked)
            answer = sent(client, asked)
            try:
                check(answer, row, scheme)
                seen |= followed(client, answer, row, scheme, seen)
            except AssertionError as error:
                said = ", ".join(f"{place}: {cell.name}" for place, cell in row)
                raise AssertionError(f"{said}: {asked} got {answer.status_code} {answer.text[:400]}") from error
