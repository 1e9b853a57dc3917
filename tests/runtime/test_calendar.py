"""Stages follow the clock, and headers follow the stage, to the second."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import http_sf
import pytest

from scaffold.generate.runtime.calendar import Calendar, Stage, Successors, Version, instant

V1 = Version(
    id="v1",
    release="1.2",
    released=date(2025, 1, 15),
    deprecated=date(2026, 1, 15),
    sunset=date(2026, 7, 14),
    guide="migration/v1-to-v2",
)
V2 = Version(id="v2", release="2.0", released=date(2025, 12, 1))
V3 = Version(id="v3", release="3.0")


def at(text: str, seconds: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        ("2025-01-15", Stage.PREVIEW, Stage.STABLE),
        ("2026-01-15", Stage.STABLE, Stage.DEPRECATED),
        ("2026-07-14", Stage.DEPRECATED, Stage.RETIRED),
    ],
)
def test_a_stage_begins_at_midnight_utc_of_its_date(day: str, before: Stage, after: Stage) -> None:
    calendar = Calendar([V1, V2, V3])
    stages = [calendar.at(at(day, seconds)).notices["v1"].stage for seconds in (-1, 0, 1)]
    assert stages == [before, after, after]


def test_headers_are_made_once_between_two_boundaries_and_a_clock_may_go_back() -> None:
    calendar = Calendar([V1, V2, V3])
    almanac = calendar.at(at("2026-02-01"))
    assert calendar.at(at("2026-07-13", 86399)) is almanac
    assert calendar.at(at("2026-07-14")) is not almanac
    assert calendar.at(at("2026-02-01")).notices["v1"].stage is Stage.DEPRECATED


def test_deprecation_is_a_structured_date_and_sunset_an_http_date_also_when_announced() -> None:
    headers = dict(Calendar([V1, V2]).at(at("2025-12-24")).notices["v1"].headers)
    parsed: Any = http_sf.parse(headers[b"deprecation"], tltype="item")
    assert parsed[0] == at("2026-01-15")
    assert headers[b"sunset"] == b"Tue, 14 Jul 2026 00:00:00 GMT"
    assert headers[b"api-supported-versions"] == b"v1, v2"


def test_a_preview_warns_and_is_not_on_offer() -> None:
    almanac = Calendar([V1, V2, V3]).at(at("2026-02-01"))
    assert dict(almanac.notices["v3"].headers)[b"x-api-warn"] == b"v3 is a preview: it may change without notice"
    assert almanac.offer == ((b"api-supported-versions", b"v2"), (b"api-deprecated-versions", b"v1"))


def test_link_names_the_successor_and_the_guide_at_the_operation() -> None:
    calendar = Calendar([V1, V2], base_path="/api", docs_base="https://docs.example.com/")
    notice = calendar.at(at("2026-02-01")).notices["v1"]
    assert notice.link("", "GET", "/users", "list_users") == (
        b'</api/v2/users>; rel="successor-version", '
        b'<https://docs.example.com/migration/v1-to-v2#list-users>; rel="deprecation"; type="text/html", '
        b'<https://docs.example.com/migration/v1-to-v2>; rel="sunset"; type="text/html"'
    )


def test_link_has_no_guide_where_no_documentation_is_served() -> None:
    notice = Calendar([V1, V2], base_path="/api").at(at("2026-02-01")).notices["v1"]
    assert notice.link("/shop", "GET", "/users", None) == b'</shop/api/v2/users>; rel="successor-version"'


def test_link_cannot_be_broken_out_of_by_a_path() -> None:
    notice = Calendar([V1, V2], base_path="/api").at(at("2026-02-01")).notices["v1"]
    link = notice.link("", "GET", '/users/>; rel="x"\r\nSet-Cookie: a=b', None)
    assert link is not None
    assert b"\n" not in link
    assert link.count(b">") == 1


def test_the_successor_is_the_next_stable_version_through_all_moves_between() -> None:
    moved = {"GET /users/{id}": "/people/{id}", "/old": None}
    again = {"/people/{key}": "/persons/{key}"}
    versions = [
        Version(id="v1", release="1", released=date(2020, 1, 1), deprecated=date(2021, 1, 1), successors=moved),
        Version(id="v2", release="2", released=date(2021, 1, 1), deprecated=date(2022, 1, 1), successors=again),
        Version(id="v3", release="3", released=date(2022, 1, 1)),
    ]
    notice = Calendar(versions, base_path="/api").at(at("2023-01-01")).notices["v1"]
    assert notice.successor_path("", "GET", "/users/7") == "/api/v3/persons/7"
    assert notice.successor_path("", "PUT", "/users/7") == "/api/v3/users/7"
    assert notice.successor_path("", "GET", "/old") is None


def test_moved_paths_fill_parameters_by_name_then_by_place_and_prefer_literals() -> None:
    successors = Successors({"/a/{x}/{y}": "/b/{y}/{x}", "/a/{x}": "/c/{z}", "/a/me": "/me"})
    assert successors.follow("GET", "/a/1/2") == "/b/2/1"
    assert successors.follow("GET", "/a/1") == "/c/1"
    assert successors.follow("GET", "/a/me") == "/me"


def test_a_datetime_keeps_its_instant_and_needs_an_offset() -> None:
    east = timezone(timedelta(hours=2))
    assert instant(datetime(2026, 1, 1, 2, tzinfo=east)) == at("2026-01-01")
    with pytest.raises(ValueError, match="no offset"):
        instant(datetime(2026, 1, 1))  # noqa: DTZ001  # without an offset is what is tried
