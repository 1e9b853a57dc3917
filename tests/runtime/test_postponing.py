"""A deployment may postpone a sunset; it never takes a version away earlier than its callers were told."""

import logging
from datetime import UTC, date, datetime

import pytest

from scaffold.generate.runtime.calendar import Calendar, Stage, Version
from scaffold.generate.runtime.checks import StartRefused
from scaffold.generate.runtime.postponing import in_environment

V1 = Version(id="v1", release="1.0", released=date(2025, 1, 15), deprecated=date(2026, 1, 15), sunset=date(2026, 7, 14))
DAY = Version(id="2026-03-01", release="2026-03-01", released=date(2026, 3, 1), sunset=date(2027, 3, 1))


def calendar(**sunsets: str) -> Calendar:
    return Calendar([V1, DAY], name="shop", sunsets=sunsets)


def stage(made: Calendar, day: date, version: str = "v1") -> Stage:
    return made.at(datetime(day.year, day.month, day.day, tzinfo=UTC)).notices[version].stage


def test_a_postponed_sunset_holds_everywhere_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        later = calendar(v1="2027-01-31")
    assert stage(later, date(2027, 1, 30)) is Stage.DEPRECATED
    assert stage(later, date(2027, 1, 31)) is Stage.RETIRED
    headers = dict(later.at(datetime(2026, 8, 1, tzinfo=UTC)).notices["v1"].headers)
    assert headers[b"sunset"] == b"Sun, 31 Jan 2027 00:00:00 GMT"
    assert later.postponed["v1"].sunset == date(2026, 7, 14)
    assert caplog.messages == [
        "SHOP_SUNSET_V1: the sunset of v1 is postponed from 2026-07-14 to 2027-01-31T00:00:00+00:00"
    ]


def test_the_environment_has_them_by_version_also_where_that_is_a_date() -> None:
    stated = in_environment("shop", {"SHOP_SUNSET_2026_03_01": "2028-01-01", "SHOP_LOG_LEVEL": "INFO"})
    assert stated == {"2026_03_01": "2028-01-01"}
    assert stage(calendar(**stated), date(2027, 6, 1), "2026-03-01") is Stage.STABLE


@pytest.mark.parametrize("same", ["", "2026-07-14", "2026-07-14T02:00:00+02:00"])
def test_what_postpones_nothing_changes_nothing(same: str) -> None:
    assert calendar(v1=same).postponed == {}


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        (
            "2026-07-13",
            r"SHOP_SUNSET_V1=2026-07-13 is before 2026-07-14, the sunset of v1\. It can be postponed, never advanced",
        ),
        ("soon", r"SHOP_SUNSET_V1=soon is no date: write 2027-01-31"),
        ("2027-02-30", "is no date"),
        ("2027-01-01T00:00:00", "is no date"),
    ],
)
def test_a_sunset_that_would_be_advanced_or_cannot_be_read_stops_the_start(stated: str, said: str) -> None:
    with pytest.raises(StartRefused, match=said):
        calendar(v1=stated)


def test_a_version_without_a_sunset_has_none_to_postpone_and_all_mistakes_are_told_at_once() -> None:
    stable = Version(id="v2", release="2.0", released=date(2026, 1, 1))
    with pytest.raises(StartRefused) as caught:
        Calendar([V1, stable], name="shop", sunsets={"V1": "soon", "v2": "2030-01-01"})
    assert len(str(caught.value).splitlines()) == 2
    assert "v2 has no sunset" in str(caught.value)


def test_a_version_that_is_gone_does_not_stop_the_start(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        calendar(v0="2030-01-01")
    assert caplog.messages == ["SHOP_SUNSET_V0 is for a version that is not there"]
