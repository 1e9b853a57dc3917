"""What handlers may ask for: the fields of their answers that not every version shows, under the names of records."""

from __future__ import annotations

from scaffold.convert.prepared import prepared
from scaffold.convert.records import records
from scaffold.generate.wanted_view import Wanted, wanted
from tests.spec.helpers import history


def asked(*lines: str) -> dict[str, Wanted]:
    made = prepared(history(*lines))
    return dict(wanted(made, records(made)))


def test_what_every_version_shows_is_not_asked_for() -> None:
    assert asked("- rename User.name to title", "- alias User.nick as handle") == {}


def test_what_comes_and_what_goes_is() -> None:
    found = asked("- add User.age? int", "- remove User.nick")["users"]
    assert dict(found.shown) == {'"age"': (('"v2"', '"v2"'),), '"nick"': (('"v1"', '"v1"'),)}


def test_what_is_inside_is_named_with_its_record() -> None:
    found = asked('- {add: "User.home?", fields: {city: str}}')["users"]
    assert [word for word, _ in found.shown] == ['"home"', '"UserHome.city"']


def test_what_only_requests_have_is_not_shown() -> None:
    assert asked('- {add: "User.secret?", type: str, write_only: true}') == {}
