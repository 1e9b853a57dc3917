"""Where versions are named, as a spec says it."""

from __future__ import annotations

import pytest

from scaffold.contract.history import History
from scaffold.contract.locating import Locating, Place
from scaffold.spec import load
from scaffold.spec.writing import spec_files

from .helpers import found, told

SPEC = """\
api: {name: Shop_1}
versioning: {locate: [header]}
resources:
  User: {path: /users, fields: {id: {type: int, key: true}, name: str}, filters: [name]}
versions:
  - id: v1
    released: 2025-01-01
"""


def history(versioning: str) -> History:
    return load(SPEC.replace("{locate: [header]}", versioning)).history


@pytest.mark.parametrize(
    ("versioning", "locating"),
    [
        ("{}", Locating((Place.PATH,))),
        ("{locate: []}", Locating(())),
        ("{locate: [header, path]}", Locating((Place.HEADER, Place.PATH))),
        ("{locate: [header], header: X-Version}", Locating((Place.HEADER,), header="X-Version")),
        ("{locate: [query], query: api-version}", Locating((Place.QUERY,), query="api-version")),
        ("{locate: [media_type]}", Locating((Place.MEDIA_TYPE,), media_type="application/vnd.shop_1+json")),
        (
            "{locate: [media_type], media_type: application/json}",
            Locating((Place.MEDIA_TYPE,), media_type="application/json"),
        ),
    ],
)
def test_places_are_read_with_what_is_usual_and_written_back(versioning: str, locating: Locating) -> None:
    made = history(versioning)
    assert made.locating == locating
    assert load(spec_files(made)["api.yaml"]).history.locating == locating


def test_a_version_is_served_where_the_first_place_has_it() -> None:
    assert history("{locate: [path, header]}").place("v1") == "/api/v1"
    assert history("{locate: [header, path]}").place("v1") == "/api"


@pytest.mark.parametrize(
    ("versioning", "code", "words"),
    [
        ("{locate: [headers]}", "SC421", "did you mean `header`?"),
        ("{locate: [cookie]}", "SC421", "one of `path`, `header`, `query`, `media_type`"),
        ("{locate: [path, path]}", "SC422", "`path` stands here twice"),
        ("{header: X-Version}", "SC423", "add `header` to `locate`"),
        ("{locate: [path], media_type: application/json}", "SC423", "no version is read there"),
        ("{locate: [], query: version}", "SC423", "no version is read there"),
        ('{locate: [header], header: "X Version"}', "SC424", "can be no header"),
        ("{locate: [header], header: accept}", "SC424", "for `Accept` there is `locate: [media_type]`"),
        ("{locate: [header], header: Host}", "SC424", "says something else"),
        ('{locate: [query], query: "a b"}', "SC425", "can be no parameter of a query"),
        ("{locate: [media_type], media_type: text/html}", "SC426", "no media type that can have versions"),
        ('{locate: [media_type], media_type: "application/vnd.a+json; version=1"}', "SC426", "without the version"),
        ("{locate: [query], query: name}", "SC427", "`GET /users` has a parameter `name` of its own"),
        ("{locate: [], unspecified: v1}", "SC418", "leave `unspecified` out"),
    ],
)
def test_nonsense_is_refused_where_it_stands(versioning: str, code: str, words: str) -> None:
    text = SPEC.replace("{locate: [header]}", versioning)
    assert found(text) == [(code, 2)]
    assert words in told(text)


def test_a_parameter_of_any_version_is_in_the_way() -> None:
    text = SPEC + "  - id: v2\n    released: 2025-02-01\n    changes:\n      - add: GET /users header api-version\n"
    text += "        type: str\n"
    assert "SC427" in [code for code, _ in found(text)]
    assert "`GET /users` has a header `API-Version` of its own" in told(text)
