"""Defaults that are objects are said again where their type changes, or the change is refused."""

from __future__ import annotations

import pytest

from scaffold.contract.types import Json
from scaffold.convert.policies import findings
from scaffold.spec import load

from .shops import shop, spec

TYPES = "House:\n  fields: {city: str, 'zip?': int, 'of?': State}\nState: {enum: [new, old]}"
ONE = "home: {type: House, default: {city: Bonn, zip: 3, of: new}}"
MANY = "home: {type: 'list[House]', default: [{city: Bonn, zip: 3, of: new}]}"


@pytest.mark.parametrize("fields", [ONE, MANY])
@pytest.mark.parametrize(
    "change",
    [
        "- rename House.city to town",
        "- rename House.zip to code",
        "- move House.city to House.at.city",
        "- {add: House.size, type: int, old_sends: 3}",
        "- {change: House.city, to: bool, unreadable: false}",
        "- rename State.new to fresh",
        "- alias House.city as town\n- remove House.city",
    ],
)
def test_a_default_that_is_no_value_of_its_type_any_more_is_told(fields: str, change: str) -> None:
    (found,) = findings(load(spec(fields, change, types=TYPES)).history)
    assert found[1].code == "SC213"
    assert "the default of `Item.home` is no value of " in found[1].message


@pytest.mark.parametrize(
    ("change", "default"),
    [
        ("- rename House.city to town", {"town": "Ulm"}),
        ("- move House.city to House.at.city", {"at": {"city": "Ulm"}}),
        ("- {add: House.size, type: int, old_sends: 3}", {"city": "Ulm", "size": 3}),
        ("- alias House.city as town\n- remove House.city", {"town": "Ulm"}),
    ],
)
def test_a_default_is_said_anew_in_the_version_that_changes_its_type(change: str, default: Json) -> None:
    with shop(ONE, f"{change}\n- {{change: Item.home, default: {default}}}", types=TYPES) as item:
        assert item.post("v2", {}) == {"home": default}
        assert item.post("v1", {}) == {"home": {"city": "Bonn", "zip": 3, "of": "new"}}


@pytest.mark.parametrize(
    "change",
    [
        "- alias House.city as town",
        "- {alias: House.city, as: House.at.city}",
        "- remove House.zip",
        "- rename House to Place",
        "- {add: 'House.size?', type: int}",
        "- {change: House.city, max_length: 3, policy: keep}",
    ],
)
def test_a_default_that_still_is_one_stays(change: str) -> None:
    with shop(ONE, change, types=TYPES) as item:
        assert item.post("v2", {})["home"]["city"] == "Bonn"


SEARCH = """
api: {name: shop}
types:
  Place: {fields: {city: str, 'zip?': int}}
operations:
  GET /near:
    id: near
    parameters: {place: {type: Place, style: deepObject, default: {city: Bonn, zip: 3}}}
    responses: {200: str}
versions:
  - {id: v1, released: 2020-01-01}
  - id: v2
    released: 2021-01-01
    changes:
      - rename Place.city to town
"""


def test_a_default_of_a_parameter_is_judged_as_that_of_a_field() -> None:
    ((applied, found),) = findings(load(SEARCH).history)
    assert (applied.version, found.code) == ("v2", "SC213")
    assert "the default of `GET /near?place` is no value of Place any more" in found.message
    assert '{change: "GET /near?place", default: …}' in (found.help or "")
    said = SEARCH + '      - {change: "GET /near?place", default: {town: Ulm}}\n'
    assert findings(load(said).history) == []
