"""Random lives of versions: dates in their order, brownouts, betas for named clients."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import strategies as st

from scaffold.contract.history import Brownout, History, Promise, Version

Moment = date | datetime
START = datetime(2025, 1, 1, tzinfo=UTC)
CLIENTS = st.lists(st.sampled_from(["acme", "7", "a b", "umbrella: ltd", "null", "#1"]), unique=True, max_size=3)


def instant(moment: Moment) -> datetime:
    """The instant that a date means."""
    return moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day, tzinfo=UTC)


@st.composite
def lived(draw: st.DrawFn, history: History) -> History:
    """`history` with other dates: sunsets never decrease, the last versions have none, the very last may be a beta.

    The first ones may be dropped.
    """
    hours = draw(st.lists(st.integers(0, 2000), min_size=40, max_size=40))
    after = START
    ended = draw(st.integers(0, len(history.versions)))
    versions: list[Version] = []
    for position, version in enumerate(history.versions):
        released = _moment(draw, after)
        made = replace(version, released=released, promise=Promise.STABLE, releases=())
        after = instant(released)
        if position < ended:
            earlier = [instant(v.sunset) for v in versions if v.sunset is not None]
            deprecated = _moment(draw, after + timedelta(hours=hours.pop()))
            sunset = _moment(draw, max([instant(deprecated), *earlier]) + timedelta(hours=hours.pop()))
            windows = draw(_windows(instant(deprecated), instant(sunset)))
            made = replace(made, deprecated=deprecated, sunset=sunset, brownouts=windows)
        versions.append(made)
        after += timedelta(hours=hours.pop())
    if ended < len(versions) and draw(st.booleans()):
        clients = tuple(draw(CLIENTS))
        versions[-1] = replace(versions[-1], released=None, promise=Promise.BETA, clients=clients)
    left = sum(v.released is not None for v in versions)
    for position in range(draw(st.integers(0, min(ended, max(left - 1, 0))))):
        dropped = _moment(draw, instant(versions[position].sunset or START))
        versions[position] = replace(versions[position], dropped=dropped)
    return replace(history, versions=tuple(versions))


def _moment(draw: st.DrawFn, least: datetime) -> Moment:
    """A date or an instant that is not before `least`."""
    if draw(st.booleans()):
        return least.replace(microsecond=0)
    day = date(least.year, least.month, least.day)
    return day if instant(day) >= least else day + timedelta(days=1)


@st.composite
def _windows(draw: st.DrawFn, least: datetime, most: datetime) -> tuple[Brownout, ...]:
    """Brownouts between two instants, which may touch each other and their ends."""
    seconds = int((most - least).total_seconds())
    ends = sorted(draw(st.lists(st.integers(0, max(seconds, 0)), unique=True, max_size=5)))
    apart, touching = zip(ends[::2], ends[1::2], strict=False), pairwise(ends)
    made = []
    for start, until in touching if draw(st.booleans()) else apart:
        status = draw(st.sampled_from([410, 503]))
        made.append(Brownout(least + timedelta(seconds=start), least + timedelta(seconds=until), status))
    return tuple(made)
