"""Lists that are filtered by what is inside of an object, while that gets other names and places."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scaffold.diagnostics import ScaffoldError
from scaffold.spec import load
from scaffold.spec.writing.files import spec_files

from .service import Service, service, spec

FIRST = """
types:
  Kind: {enum: [home, work]}
  Place: {fields: {lat: int, "lon?": "int | null"}}
  Address: {fields: {city: str, "zip?": str, kind: Kind, "place?": Place, "since?": date}}
resources:
  User:
    path: /users
    fields: {id: {type: int, key: true}, name: str, "address?": Address}
    operations: [list, get, create, update]
    filters: [name, address.city, address.kind, address.place.lat, address.since]
"""
SECOND = """
- {rename: Address.city, to: town}
- {rename: Kind.work, to: office}
- {change: User.name, max_length: 90, policy: keep}
- {add: "GET /users?address.zip", type: str}
"""
THIRD = """
- {rename: User.address, to: home}
- {rename: Place.lat, to: latitude}
"""
FOURTH = """
- {move: User.home.place, to: User.place}
- {rename: "GET /users?home.town", to: in}
"""
FIFTH = """
- {remove: User.home}
"""


@pytest.fixture(scope="module")
def shop() -> Iterator[Service]:
    with service(FIRST, SECOND, THIRD, FOURTH, FIFTH) as made:
        for name, city, kind, lat in (("a", "Oslo", "home", 59), ("b", "Rome", "work", 41), ("c", "Oslo", "work", 60)):
            address = {"city": city, "kind": kind, "zip": f"{lat}00", "place": {"lat": lat}, "since": f"20{lat}-01-01"}
            assert made.call("v1", "POST /users", json={"name": name, "address": address}).status_code == 201
        assert made.call("v1", "POST /users", json={"name": "d"}).status_code == 201
        yield made


@pytest.mark.parametrize(
    ("version", "asked", "names"),
    [
        ("v1", "", "abcd"),
        ("v1", "address.city=Oslo", "ac"),
        ("v1", "address.city=oslo", ""),
        ("v1", "address.kind=work", "bc"),
        ("v1", "address.kind=work&address.city=Oslo", "c"),
        ("v1", "address.place.lat=41", "b"),
        ("v1", "address.since=2060-01-01", "c"),
        ("v2", "address.town=Oslo", "ac"),
        ("v2", "address.kind=office", "bc"),
        ("v2", "address.zip=5900", "a"),
        ("v2", "address.city=Rome", "abcd"),
        ("v3", "home.town=Rome", "b"),
        ("v3", "home.kind=home", "a"),
        ("v3", "home.place.latitude=60", "c"),
        ("v4", "in=Rome", "b"),
        ("v4", "home.place.latitude=60", "c"),
        ("v5", "home.place.latitude=60", "c"),
        ("v5", "home.kind=home", "abcd"),
        ("v1", "address.kind=home", "a"),
    ],
)
def test_each_version_finds_what_it_shows(shop: Service, version: str, asked: str, names: str) -> None:
    answer = shop.call(version, f"GET /users?{asked}")
    assert answer.status_code == 200, answer.text
    assert "".join(user["name"] for user in answer.json()) == names


@pytest.mark.parametrize(
    ("version", "asked"), [("v1", "address.kind=office"), ("v2", "address.kind=work"), ("v1", "address.place.lat=x")]
)
def test_what_is_no_value_of_the_version_is_refused_under_its_name(shop: Service, version: str, asked: str) -> None:
    answer = shop.call(version, f"GET /users?{asked}")
    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, ["query", asked.partition("=")[0]])


def test_what_an_update_wrote_is_found(shop: Service) -> None:
    assert shop.call("v3", "PATCH /users/4", json={"home": {"town": "Bonn", "kind": "office"}}).status_code == 200
    assert [u["id"] for u in shop.call("v1", "GET /users?address.city=Bonn&address.kind=work").json()] == [4]
    assert shop.call("v3", "PATCH /users/4", json={"home": None}).status_code == 200
    assert shop.call("v1", "GET /users?address.city=Bonn").json() == []


NARROWED = """
- {change: Address.zip, to: int, unreadable: refuse}
- {remove: Kind.work, old_sends: home}
- {add: Kind.other, old_sees: home}
"""


@pytest.fixture(scope="module")
def narrowed() -> Iterator[Service]:
    with service(FIRST.replace("address.since]", "address.since, address.zip]"), NARROWED) as made:
        for name, zip_, kind in (("a", "0123", "home"), ("b", "123", "work"), ("c", "77", "work")):
            address = {"city": "Oslo", "kind": kind, "zip": zip_}
            assert made.call("v1", "POST /users", json={"name": name, "address": address}).status_code == 201
        address = {"city": "Rome", "kind": "other", "zip": 5}
        assert made.call("v2", "POST /users", json={"name": "d", "address": address}).status_code == 201
        yield made


@pytest.mark.parametrize(
    ("version", "asked", "names"),
    [
        ("v1", "address.zip=0123", "a"),
        ("v1", "address.zip=123", "b"),
        ("v2", "address.zip=123", "ab"),
        ("v1", "address.kind=work", "bc"),
        ("v1", "address.kind=home", "ad"),
        ("v2", "address.kind=home", "abc"),
        ("v2", "address.kind=other", "d"),
    ],
)
def test_what_an_older_version_wrote_is_found_as_it_is_shown(
    narrowed: Service, version: str, asked: str, names: str
) -> None:
    found = narrowed.call(version, f"GET /users?{asked}")
    assert found.status_code == 200, found.text
    assert "".join(user["name"] for user in found.json()) == names
    name, _, value = asked.removeprefix("address.").partition("=")
    assert {str(user["address"][name]) for user in found.json()} == {value}


USER = """
types:
  Card: {{fields: {{type: {{const: card}}, number: str}}}}
  Cheque: {{fields: {{type: {{const: cheque}}, iban: str}}}}
  Method: {{type: Card | Cheque, discriminator: type, tags: {{card: Card, cheque: Cheque}}}}
  Address: {{fields: {{city: str, price: decimal, "tags?": "list[str]", secret: {{type: str, write_only: true}}}}}}
resources:
  User:
    path: /users
    fields:
      id: {{type: int, key: true}}
      address: Address
      method: Method
      code: int | str
      all: list[Address]
    {reads}
"""


@pytest.mark.parametrize(
    ("reads", "problem", "help_"),
    [
        ("filters: [address]", "`User.address` cannot stand", "`address.city`"),
        ("filters: [address.town]", "no field `address.town`", "address."),
        ("filters: [adress.city]", "no field `adress.city`", "did you mean `address`"),
        ("filters: [address.secret]", "cannot stand", "only single values"),
        ("filters: [address.price]", "several ways", "a field of `User` itself"),
        ("filters: [address.tags]", "cannot stand", "a list or a map"),
        ("filters: [all.city]", "is list[Address]", "a list or a map"),
        ("filters: [address.city, address.city]", "stands twice", "keep one"),
        ("sort: [address.city]", "no list is sorted", "filter by it"),
        ("filters: [method]", "`User.method` cannot stand", "`method_kind: {enum:"),
        ("filters: [method.type]", "`User.method` is Method", "`method_kind: {enum:"),
        ("filters: [code]", "`User.code` cannot stand", "one of several types"),
    ],
)
def test_what_cannot_be_read_by_is_told_with_a_way_out(reads: str, problem: str, help_: str) -> None:
    with pytest.raises(ScaffoldError) as raised:
        load(spec(USER.format(reads=reads)))
    (found,) = raised.value.diagnostics
    assert found.code == "SC223"
    assert problem in found.message
    assert help_ in (found.help or "")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            '{change: User.address, to: "list[Address]", pick: first, old_sees: {city: x, kind: home}}',
            "would not be found",
        ),
        ("{add: 'User.other?', type: Address}", "in several places"),
        ("{change: Address.zip, to: decimal, unreadable: refuse}", "`address.zip` is filtered by inside"),
    ],
)
def test_a_change_that_would_lose_a_filter_is_refused(change: str, problem: str) -> None:
    with pytest.raises(ScaffoldError) as raised:
        load(spec(FIRST.replace("address.since]", "address.zip]"), f"- {change}"))
    assert problem in "; ".join(d.message for d in raised.value.diagnostics)


def test_it_is_written_as_it_was_stated() -> None:
    history = load(spec(FIRST, SECOND)).history
    (text,) = spec_files(history).values()
    assert "address.place.lat" in text
    assert load(text).history.contracts == history.contracts
