"""No cache keeps an answer beyond the instant at which its version stops answering."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.generate.runtime.freshness import Closing

NOW = datetime(2026, 7, 13, 23, 59, 0, tzinfo=UTC)
CLOSING = Closing.of(datetime(2026, 7, 14, tzinfo=UTC))
assert CLOSING is not None


def cut(name: str, value: str) -> str:
    assert CLOSING is not None
    ((_, found),) = CLOSING.cut([(name.encode(), value.encode())], NOW)
    return found.decode()


@pytest.mark.parametrize(
    ("stated", "left"),
    [
        ("max-age=3600", "max-age=60"),
        ("public, MAX-AGE = 3600 , s-maxage=30", "public, MAX-AGE = 60 , s-maxage=30"),
        ('max-age="3600"', 'max-age="60"'),
        ("max-age=59, immutable", "max-age=59, immutable"),
        ("max-age=99999999999999999999", "max-age=60"),
        ("max-age=20, stale-while-revalidate=600", "max-age=20, stale-while-revalidate=40"),
        ("s-maxage=600, stale-if-error=600", "s-maxage=60, stale-if-error=0"),
        ("no-store", "no-store"),
        ("private, no-cache", "private, no-cache"),
        ("max-age=soon, max-age=-1", "max-age=soon, max-age=-1"),
        ("x-max-age=3600", "x-max-age=3600"),
    ],
)
def test_cache_control_is_cut_at_the_closing(stated: str, left: str) -> None:
    assert cut("cache-control", stated) == left
    assert cut("cdn-cache-control", stated) == left


@pytest.mark.parametrize(
    ("stated", "left"),
    [
        ("Tue, 14 Jul 2026 00:00:01 GMT", "Tue, 14 Jul 2026 00:00:00 GMT"),
        ("Mon, 13 Jul 2026 23:59:30 GMT", "Mon, 13 Jul 2026 23:59:30 GMT"),
        ("Tuesday, 14-Jul-26 12:00:00 GMT", "Tue, 14 Jul 2026 00:00:00 GMT"),
        ("0", "0"),
        ("", ""),
    ],
)
def test_expires_is_cut_at_the_closing_and_what_is_no_date_stays(stated: str, left: str) -> None:
    assert cut("expires", stated) == left


def test_headers_without_a_lifetime_are_the_very_same() -> None:
    headers = [(b"content-type", b"text/plain"), (b"x-cache-control", b"max-age=9999")]
    assert CLOSING is not None
    assert CLOSING.cut(headers, NOW) is headers


@given(
    left=st.integers(0, 10**6),
    fresh=st.integers(0, 10**12),
    shared=st.integers(0, 10**12),
    stale=st.integers(0, 10**12),
    part=st.floats(0, 0.999),
)
def test_no_lifetime_reaches_beyond_the_closing(left: int, fresh: int, shared: int, stale: int, part: float) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    closing = Closing(now + timedelta(seconds=left + part), b"")
    value = b"max-age=%d, s-maxage=%d, stale-while-revalidate=%d" % (fresh, shared, stale)
    ((_, found),) = closing.cut([(b"cache-control", value)], now)
    kept = [int(word.partition(b"=")[2]) for word in found.split(b", ")]
    assert max(kept[0], kept[1]) + kept[2] <= left
    assert kept[0] == min(fresh, left)
    assert kept[1] == min(shared, left)
