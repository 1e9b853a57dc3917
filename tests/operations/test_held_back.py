"""Values that are held back where something else is said of their enum too: refused values, open enums, parameters."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .service import Service, service

FIRST = """
types:
  Status: {enum: [draft, published, lost]}
  Mood: {enum: [calm], open: true}
  Size: {enum: [small, large]}
resources:
  Note:
    path: /notes
    fields: {id: {type: int, key: true}, status: Status, "mood?": Mood, "size?": Size}
    operations: [list, get, create, update, replace]
    filters: [status, mood, size]
operations:
  GET /plans:
    id: plans
    parameters: {status: "list[Status]"}
    response: Status
"""
RELEASE = "- {add: Mood.merry, opt_in: X-Moods, old_sees: calm}"
SECOND = """
- {add: Status.scheduled, opt_in: X-Values, old_sees: draft}
- {add: Size.huge, opt_in: X-Values, old_sees: small}
"""
THIRD = """
- {remove: Status.lost, policy: refuse, existing: draft, waiver: {name: Ada, reason: Nobody sends it.}}
- {remove: Size.huge, old_sends: large}
- {remove: Mood.merry}
"""
ASKS = {"X-Values": "true", "X-Moods": "?1"}


@pytest.fixture(scope="module")
def shop() -> Iterator[Service]:
    with service(FIRST, SECOND, THIRD, releases=RELEASE) as made:
        made.answers["plans"] = "scheduled"
        yield made


@pytest.mark.parametrize("version", ["v2", "v3"])
def test_a_value_that_is_refused_does_not_let_in_one_that_is_held_back(shop: Service, version: str) -> None:
    sent = {"status": "scheduled"}
    assert shop.call(version, "POST /notes", json=sent).status_code == 422
    made = shop.call(version, "POST /notes", json=sent, headers=ASKS).json()
    assert made["status"] == "scheduled"
    at = f"/notes/{made['id']}"
    assert shop.call(version, f"PATCH {at}", json=sent).status_code == 422
    assert shop.call(version, f"PUT {at}", json=sent).status_code == 422
    assert shop.call(version, f"PUT {at}", json=sent, headers=ASKS).status_code == 200
    assert shop.call(version, "POST /notes", json={"status": "lost"}, headers=ASKS).status_code == 422


def test_a_value_of_an_open_enum_is_held_back_in_a_release(shop: Service) -> None:
    for mood, status in (("merry", 422), ("odd", 201)):
        assert shop.call("v1", "POST /notes", json={"status": "draft", "mood": mood}).status_code == status
    made = shop.call("v1", "POST /notes", json={"status": "draft", "mood": "merry"}, headers=ASKS).json()
    assert shop.call("v1", f"GET /notes/{made['id']}").json()["mood"] == "calm"
    assert shop.call("v1", f"GET /notes/{made['id']}", headers=ASKS).json()["mood"] == "merry"
    found = [n["id"] for n in shop.call("v1", "GET /notes?mood=calm").json()]
    assert made["id"] in found
    assert made["id"] not in [n["id"] for n in shop.call("v1", "GET /notes?mood=calm", headers=ASKS).json()]


def test_a_text_that_newer_clients_write_is_held_back_where_it_is_a_value(shop: Service) -> None:
    made = shop.call("v3", "POST /notes", json={"status": "draft", "mood": "merry"}).json()
    assert made["mood"] == "merry"
    for version in ("v1", "v2"):
        at = f"GET /notes/{made['id']}"
        assert [shop.call(version, at, headers=h).json()["mood"] for h in ({}, ASKS)] == ["calm", "merry"]
        for word, headers, is_found in (("calm", {}, True), ("calm", ASKS, False), ("merry", ASKS, True)):
            found = shop.call(version, f"GET /notes?mood={word}", headers=headers).json()
            assert (made["id"] in [n["id"] for n in found]) is is_found
        assert shop.call(version, "GET /notes?mood=merry").status_code == 422
    assert made["id"] in [n["id"] for n in shop.call("v3", "GET /notes?mood=merry").json()]


def test_parameters_and_answers_of_any_operation_know_it(shop: Service) -> None:
    assert shop.call("v2", "GET /plans?status=scheduled").status_code == 422
    assert shop.call("v2", "GET /plans?status=draft").json() == "draft"
    answer = shop.call("v2", "GET /plans?status=draft&status=scheduled", headers=ASKS)
    assert (answer.status_code, answer.json()) == (200, "scheduled")
    assert answer.headers["vary"] == "X-Values"
    assert shop.given["status"] == ["draft", "scheduled"]


def test_what_a_later_version_removed_stays_held_back_where_it_was_written(shop: Service) -> None:
    made = shop.call("v2", "POST /notes", json={"status": "draft", "size": "huge"}, headers=ASKS).json()
    at = f"/notes/{made['id']}"
    shown = shop.call("v2", f"GET {at}").json()
    assert shown["size"] == "large"
    assert shop.call("v2", f"PUT {at}", json=shown).json() == shown
    assert shop.call("v2", f"GET {at}", headers=ASKS).json()["size"] == "huge"

    def found(asked: str, headers: dict[str, str] | None = None) -> bool:
        return made["id"] in [n["id"] for n in shop.call("v2", f"GET /notes?size={asked}", headers=headers).json()]

    assert [found(word) for word in ("large", "small")] == [True, False]
    assert [found(word, ASKS) for word in ("large", "huge")] == [False, True]
