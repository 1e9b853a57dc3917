"""Whatever the lives of its versions are: what a project's tests expect is what its program does, to the second."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scaffold.contract.history import History, Promise, Version
from scaffold.generate.runtime import stages as runtime
from scaffold.generate.runtime.calendar import Calendar
from scaffold.generate.tests_calendar import both_served_at, boundaries, served_at, stage_rows, status
from scaffold.spec import load
from scaffold.spec.writing import spec_files

from ..random_histories.lives import START, lived
from ..spec.comparing import difference, told

SPEC = "api: {name: shop}\nresources:\n  User: {path: /users, fields: {id: {type: int, key: true}}}\nversions:\n"
HISTORY = load(SPEC + "".join(f"  - {{id: v{n}, released: 2025-0{n}-01}}\n" for n in range(1, 5))).history
LIVES = lived(HISTORY)
THOROUGH = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def calendar(history: History) -> Calendar:
    """The calendar of the generated program."""
    return Calendar([_version(v) for v in history.versions], base_path="/api")


def _version(version: Version) -> runtime.Version:
    return runtime.Version(
        id=version.id,
        release=version.number,
        released=version.released,
        deprecated=version.deprecated,
        sunset=version.sunset,
        brownouts=tuple(runtime.Brownout(b.start, b.until, b.status) for b in version.brownouts),
        beta=version.promise is Promise.BETA,
        clients=version.clients,
        dropped=version.dropped is not None,
    )


@THOROUGH
@given(LIVES)
def test_a_life_is_written_and_read_back(history: History) -> None:
    files = spec_files(history)
    read = load(files).history
    assert difference(told(history), told(read)) is None, files["api.yaml"]
    assert spec_files(read) == files


@THOROUGH
@given(LIVES)
def test_what_is_expected_is_what_happens(history: History) -> None:
    made, link = calendar(history), '</api/{}/users>; rel="successor-version"'
    for version, rows in stage_rows(history).items():
        for text, stage, answer, successor in rows:
            notice = made.at(datetime.fromisoformat(text)).notices[version]
            off = None if notice.brownout is None else notice.brownout.status
            happens = (str(notice.stage), off or (410 if notice.stage is runtime.Stage.RETIRED else 200))
            assert happens == (stage, answer), (version, text)
            led = notice.link("", "GET", "/users", None) if notice.linked else None
            assert led == (None if successor is None else link.format(successor).encode()), (version, text)


@THOROUGH
@given(LIVES, st.lists(st.integers(-100, 10**8), min_size=1, max_size=20))
def test_a_calendar_that_was_asked_before_says_what_a_new_one_does(history: History, seconds: list[int]) -> None:
    made = calendar(history)
    for later in seconds:
        moment = START + timedelta(seconds=later)
        old, new = made.at(moment), calendar(history).at(moment)
        assert (old.since, old.until, old.offer) == (new.since, new.until, new.offer)
        for id, notice in old.notices.items():
            assert (notice.headers, notice.stage, notice.brownout) == (
                new.notices[id].headers,
                new.notices[id].stage,
                new.notices[id].brownout,
            )


@THOROUGH
@given(LIVES, st.integers(-100, 10**8))
def test_a_version_that_answers_does_so_until_its_closing_and_not_at_it(history: History, seconds: int) -> None:
    made, moment = calendar(history), START + timedelta(seconds=seconds)
    for version in history.versions:
        closing = made.at(moment).notices[version.id].closing
        if status(version, moment) != 200:
            continue
        ends = [b for b in boundaries(version) if b > moment and status(version, b) != 200]
        assert (None if closing is None else closing.at) == (ends[0] if ends else None)


@THOROUGH
@given(LIVES)
def test_clients_are_tested_when_their_versions_answer(history: History) -> None:
    versions = history.served.versions
    for position, older in enumerate(versions):
        assert status(older, served_at(older)) == 200
        for newer in versions[position + 1 :]:
            moment = both_served_at(older, newer)
            assert {status(older, moment), status(newer, moment)} == {200}
