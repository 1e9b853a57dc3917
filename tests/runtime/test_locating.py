"""Where a version is found in a request, whatever stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.generate.runtime.calendar import Calendar, Version
from scaffold.generate.runtime.locating import Located, Locator
from scaffold.generate.runtime.media_types import InMediaType, split
from scaffold.generate.runtime.readers import InHeader, InPath, InQuery, Reader
from scaffold.generate.runtime.ways import Way

NOW = datetime(2026, 9, 1, 23, 59, 59, tzinfo=UTC)
MEDIA_TYPE = InMediaType("application/vnd.shop+json")
ALL: tuple[Reader, ...] = (InHeader("API-Version"), InPath(), InQuery("version"), MEDIA_TYPE)
NUMBERS, DAYS = ("v1", "v2"), ("2025-01-01", "2026-01-01", "2026-09-01")


class Finding:
    """Finds the versions `ids` by `readers`."""

    def __init__(
        self, *readers: Reader, ids: Sequence[str] = NUMBERS, base: str = "/api", own: Sequence[str] = ()
    ) -> None:
        versions = [Version(id=id, release=id, released=date(2025, 1, 1)) for id in ids]
        self.calendar = Calendar(versions, base_path=base)
        dates = "-" in ids[0]
        self.locator = Locator(readers, self.calendar.bases, self.calendar.ways, dates=dates, own=own)

    def __call__(self, path: str, *headers: tuple[str, str], query: str = "", now: datetime = NOW) -> Located:
        sent = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers]
        scope: dict[str, Any] = {"headers": sent, "query_string": query.encode()}
        return self.locator.find(scope, path, now, self.calendar.at(now))


TYPES = ("application/vnd.shop+json", "application/vnd.shop.v1+json")
PIECES = st.sampled_from(
    ["v1", "v2", "2", "9", "", " ", '"', "\\", ",", ";", "=", "q=0.5", "q=", "version", "version=2", "*/*", "&", *TYPES]
)
MORE = st.sampled_from(["2026-01-01", "2026-01-32", "next", "\xff", "v1.2.3", "+", "%76"])
TEXTS = st.lists(PIECES | MORE, max_size=8).map("".join)


@given(path=TEXTS, header=TEXTS, accept=TEXTS, body=TEXTS, query=TEXTS, days=st.booleans())
def test_whatever_is_sent_is_a_version_or_a_problem(
    path: str, header: str, accept: str, body: str, query: str, days: bool
) -> None:
    find = Finding(*ALL, ids=DAYS if days else NUMBERS)
    headers = [("API-Version", header), ("Accept", accept), ("Content-Type", body)]
    at = find(f"/api/{path}", *headers, query=query)
    assert (at.version is None) is (at.trouble is not None)
    if at.trouble is not None:
        assert at.trouble.status in (400, 404, 406, 415)
        assert len(at.trouble.detail) < 1_200


@given(st.text(alphabet='ab\\",;', max_size=40), st.sampled_from(",;"))
def test_a_text_is_split_at_marks_and_not_in_quotes(text: str, mark: str) -> None:
    parts = split(text, mark)
    assert mark.join(parts) == text
    assert len(parts) <= text.count(mark) + 1
    if '"' not in text:
        assert parts == text.split(mark)
    assert split(f'a{mark}"{mark}\\"{mark}"{mark}b', mark) == ["a", f'"{mark}\\"{mark}"', "b"]


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_day_means_the_newest_version_that_is_not_after_it(day: date) -> None:
    text = str(day)
    at = Finding(InHeader("API-Version"), ids=DAYS)("/api/users", ("API-Version", text))
    before = [id for id in DAYS if id <= text]
    assert at.version == (before[-1] if before and text <= "2026-09-01" else None)


def test_today_is_today_in_utc() -> None:
    find = Finding(InHeader("API-Version"), ids=("2025-01-01",))
    for day, now in (("2026-09-01", NOW), ("2026-09-02", NOW.replace(day=2, hour=0, minute=0, second=0))):
        assert find("/api/users", ("API-Version", day), now=now).version == "2025-01-01"
    at = find("/api/users", ("API-Version", "2026-09-02"))
    assert at.trouble is not None
    assert at.trouble.detail == "2026-09-02 is after today, 2026-09-01 (UTC)."


def test_the_id_of_a_preview_is_a_name_and_not_a_day() -> None:
    find = Finding(InHeader("API-Version"), ids=("2025-01-01", "2027-01-01"))
    assert find("/api/users", ("API-Version", "2027-01-01")).version == "2027-01-01"
    assert find("/api/users", ("API-Version", "2027-01-02")).version is None


def test_what_carries_no_version_is_not_looked_at() -> None:
    find = Finding(*ALL, base="", own=("/healthz", "/docs/{name}", "/versions"))
    for path in ("/healthz", "/docs/v1", "/versions"):
        assert find(path, ("API-Version", "nonsense")).below is False
    assert find("/users").below


def test_the_way_of_an_address_is_that_of_the_request() -> None:
    find, header = Finding(*ALL), ("API-Version", "v2")
    assert find("/api/users", header).way is Way.BESIDE
    both = find("/api/users", header, query=urlencode({"version": "v2"}))
    assert (both.way, both.address("/users/1")) == (Way.QUERY, "/api/users/1?version=v2")
    path = find("/api/v2/users", header, query="version=v2")
    assert (path.way, path.in_path, path.address("/users/1")) == (Way.PATH, True, "/api/v2/users/1")


@pytest.mark.parametrize("header", [(), (("API-Version", "newest"),)])
def test_who_names_no_version_is_told_of_one_that_is_out_and_of_no_beta(header: tuple[tuple[str, str], ...]) -> None:
    find = Finding(InHeader("API-Version"), InPath())
    beta = Version(id="v3", release="3", beta=True, clients=("acme",))
    calendar = Calendar([*find.calendar.versions, beta], base_path="/api")
    find.calendar, find.locator = calendar, Locator(find.locator.readers, calendar.bases, calendar.ways)
    trouble = find("/api/users", *header).trouble
    assert trouble is not None
    assert trouble.detail.endswith("say `API-Version: v2` or `/v2/`.")
