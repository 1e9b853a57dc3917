"""Answers that change: older versions are answered as they were promised, under their status and in their form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .service import Service, service

FIRST = """
types:
  Ticket: {fields: {subject: str, "weight?": str}}
  Refusal: {fields: {reason: str}}
  Job: {fields: {id: int}}
  Level: {enum: [low, high]}
resources:
  User:
    path: /users
    fields: {id: {type: int, key: true}, name: str, "age?": int}
    operations: [list, get, create, update, replace, delete]
operations:
  POST /tickets:
    id: open_ticket
    body: Ticket
    responses:
      201:
        type: Ticket
        headers: {X-Rate: {type: int, required: true}, X-Cost: {type: int, required: true}, X-Level: Level, X-Old: str}
      400: Refusal
  DELETE /tickets/{id}:
    id: drop_ticket
    parameters: {id: {in: path, type: int}}
    responses: {200: Ticket}
  POST /reports:
    id: report
    body: Ticket
    responses: {200: Ticket}
"""
SECOND = """
- {change: POST /users body, wrap: user}
- {change: POST /users 201, wrap: data}
- {change: "DELETE /users/{id} 204", to: User, status: 200}
- {change: POST /users, status: 200}
- {change: "PATCH /users/{id}", status: 204}
- {change: POST /tickets body, wrap: ticket}
- {change: POST /tickets 201, wrap: ticket}
- {remove: POST /tickets 201 header X-Cost, old_sees: 0}
- {remove: POST /tickets 201 header X-Old}
- {change: POST /tickets 201 header X-Rate, to: {name: X-Limit, type: str}, old_sees: 1}
- {rename: Level.high, to: urgent}
- {add: POST /tickets 409, type: Refusal, old_sees: 400}
- {add: POST /tickets 202, type: Ticket, old_sees: 201}
- {change: "DELETE /tickets/{id}", status: 204}
- {change: POST /reports 200, to: Job, status: 202, flag: queued}
- {change: Ticket.weight, to: int, old_sees: ""}
"""
THIRD = """
- {change: POST /users body, unwrap: user}
- {rename: POST /tickets 201 header X-Limit, to: X-Quota}
- {add: POST /tickets 201 header X-Old, type: int}
- {change: POST /tickets 201, status: 200}
- {change: POST /reports 202, status: 200}
- {rename: Ticket, to: Case}
"""


@pytest.fixture(scope="module")
def shop() -> Iterator[Service]:
    with service(FIRST, SECOND, THIRD) as made:
        yield made


def test_a_creation_is_sent_and_answered_in_the_form_of_each_version(shop: Service) -> None:
    sent = {"v1": {"name": "Ada"}, "v2": {"user": {"name": "Ada"}}, "v3": {"name": "Ada"}}
    for version, body in sent.items():
        answer = shop.call(version, "POST /users", json=body)
        found = answer.json() if version == "v1" else answer.json()["data"]
        assert (answer.status_code, found["name"]) == (201 if version == "v1" else 200, "Ada")
        assert answer.headers["location"] == f"/api/{version}/users/{found['id']}"


def test_a_body_that_goes_is_still_answered_where_it_was_promised(shop: Service) -> None:
    for version, status, shown in (("v1", 200, True), ("v2", 204, False), ("v3", 204, False)):
        body = {"user": {"name": "Ada"}} if version == "v2" else {"name": "Ada"}
        made = shop.call(version, "POST /users", json=body)
        key = made.headers["location"].rpartition("/")[2]
        answer = shop.call(version, f"PATCH /users/{key}", json={"age": 7})
        assert (answer.status_code, bool(answer.content)) == (status, shown)
        assert shop.call(version, f"GET /users/{key}").json()["age"] == 7
        answer = shop.call(version, f"DELETE /users/{key}")
        assert (answer.status_code, bool(answer.content)) == (204 if shown else 200, not shown)
        assert shop.call(version, f"GET /users/{key}").status_code == 404
    shop.answers["drop_ticket"] = shop.record("Case", subject="a", weight=3)
    assert shop.call("v1", "DELETE /tickets/1").json() == {"subject": "a", "weight": "3"}
    assert shop.call("v3", "DELETE /tickets/1").status_code == 204


def test_errors_name_the_place_that_the_caller_has(shop: Service) -> None:
    for version, body, loc in (
        ("v1", {"name": 1}, ["body", "name"]),
        ("v2", {"user": {"name": 1}}, ["body", "user", "name"]),
        ("v2", {"name": "Ada"}, ["body", "user"]),
        ("v3", {"name": 1}, ["body", "name"]),
    ):
        answer = shop.call(version, "POST /users", json=body)
        assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, loc)


@pytest.mark.parametrize(
    ("status", "type_", "seen"),
    [(409, "Refusal", (400, 409, 409)), (202, "Case", (201, 202, 202)), (200, "Case", (201, 201, 200))],
)
def test_a_status_is_read_as_the_one_that_a_version_knows(
    shop: Service, status: int, type_: str, seen: tuple[int, ...]
) -> None:
    values = {"reason": "no"} if type_ == "Refusal" else {"subject": "a", "weight": 3}
    shop.answers["open_ticket"] = shop.reply(status, shop.record(type_, **values))
    for version, wanted in zip(("v1", "v2", "v3"), seen, strict=True):
        sent = {"subject": "a"} if version == "v1" else {"ticket": {"subject": "a"}}
        assert shop.call(version, "POST /tickets", json=sent).status_code == wanted


def test_headers_have_the_names_and_forms_of_the_version(shop: Service) -> None:
    case = shop.record("Case", subject="a", weight=3)
    names = ("x-rate", "x-limit", "x-quota", "x-cost", "x-level", "x-old")
    seen: dict[str, dict[str, str]] = {}
    for stated in ({"X-Quota": "7", "X-Cost": 5, "X-Level": "urgent", "X-Old": 9}, {}):
        shop.answers["open_ticket"] = shop.module("wire").Reply(200, case, stated)
        for version in ("v1", "v2", "v3"):
            sent = {"subject": "a"} if version == "v1" else {"ticket": {"subject": "a"}}
            answer = shop.call(version, "POST /tickets", json=sent)
            seen[f"{version} {len(stated)}"] = {n: answer.headers[n] for n in names if n in answer.headers}
    assert seen["v1 4"] == {"x-rate": "7", "x-cost": "5", "x-level": "high"}
    assert seen["v2 4"] == {"x-limit": "7", "x-level": "urgent"}
    assert seen["v3 4"] == {"x-quota": "7", "x-level": "urgent", "x-old": "9"}
    assert (seen["v1 0"], seen["v2 0"], seen["v3 0"]) == ({"x-rate": "1", "x-cost": "0"}, {}, {})


def test_what_cannot_be_made_of_the_new_is_answered_as_before(shop: Service) -> None:
    def report(given: dict[str, object]) -> object:
        return shop.record("Job", id=1) if given["queued"] else shop.record("Case", subject="a", weight=3)

    shop.answers["report"] = report
    found = {v: shop.call(v, "POST /reports", json={"subject": "a"}) for v in ("v1", "v2", "v3")}
    assert {v: (a.status_code, a.json()) for v, a in found.items()} == {
        "v1": (200, {"subject": "a", "weight": "3"}),
        "v2": (202, {"id": 1}),
        "v3": (200, {"id": 1}),
    }


def test_what_handlers_are_told_stands_in_their_signature(shop: Service) -> None:
    text = shop.text("handlers")
    assert "self, *, queued: bool, body: records.Case" in text
    assert "200, unless queued: records.Case" in text
    assert "for older versions X-Cost" in text
