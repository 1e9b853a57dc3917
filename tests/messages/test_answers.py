"""Answers: what a handler returns becomes the answer that the contract has for it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from .api import Project
from .conftest import Calls


@pytest.fixture
def wire(project: Project) -> Any:
    return project.module("wire")


@pytest.fixture
def note(project: Project) -> Any:
    return project.module("records").Note(text="hi", stars=1)


def ask(client: TestClient, calls: Calls, answer: Any, accept: str | None = None) -> Any:
    calls.answers["answers"] = answer
    return client.post("/answers?what=x", headers={} if accept is None else {"accept": accept})


def test_a_record_is_the_usual_answer(client: TestClient, calls: Calls, note: Any) -> None:
    response = ask(client, calls, note)
    assert (response.status_code, response.json()) == (200, {"text": "hi", "stars": 1})
    assert response.headers["content-type"] == "application/json"


def test_every_status_and_classes_of_them(client: TestClient, calls: Calls, wire: Any, project: Project) -> None:
    refusal = project.module("records").Refusal(reason="no")
    later = ask(client, calls, wire.Reply(202, None))
    assert (later.status_code, later.content, later.headers.get("content-type")) == (202, b"", None)
    conflict = ask(client, calls, wire.Reply(409, refusal))
    assert (conflict.status_code, conflict.json()) == (409, {"reason": "no"})
    assert conflict.headers["content-type"] == "application/problem+json"
    other = ask(client, calls, wire.Reply(418, refusal))
    assert (other.status_code, other.headers["content-type"]) == (418, "application/json")
    any_ = ask(client, calls, wire.Reply(503, "tomorrow, für sicher"))
    assert (any_.status_code, any_.text) == (503, "tomorrow, für sicher")
    assert any_.headers["content-type"] == "text/plain; charset=utf-8"


def test_the_form_follows_from_the_record_the_reply_and_the_accept(
    client: TestClient, calls: Calls, wire: Any, note: Any
) -> None:
    csv = ask(client, calls, "a,b")
    assert (csv.headers["content-type"], csv.text) == ("text/csv; charset=utf-8", "a,b")
    image = ask(client, calls, b"\x89PNG")
    assert (image.headers["content-type"], image.content) == ("image/png", b"\x89PNG")
    stated = ask(client, calls, wire.Reply(200, "x", media_type="image/png"))
    assert (stated.headers["content-type"], stated.content) == ("image/png", b"x")
    asked = ask(client, calls, "x", "image/png, text/csv;q=0.5")
    assert asked.headers["content-type"] == "image/png"
    assert ask(client, calls, note, "text/csv").headers["content-type"] == "application/json"
    assert ask(client, calls, wire.Reply(200, note, media_type="text/html")).status_code == 500


def test_headers_are_written_by_their_types(client: TestClient, calls: Calls, wire: Any, note: Any) -> None:
    response = ask(client, calls, wire.Reply(200, note, {"X-Rate": 5, "X-Ids": [1, 2], "X-Other": True}))
    assert (response.headers["x-rate"], response.headers["x-ids"], response.headers["x-other"]) == ("5", "1, 2", "true")


@pytest.mark.parametrize(
    "headers", [{"X-Rate": "much"}, {"X-Ids": "1,x"}, {"X-Any": "a\r\nb: c"}, {"X-Any": "😀"}], ids=str
)
def test_headers_that_are_not_what_was_promised_break_the_contract(
    client: TestClient, calls: Calls, wire: Any, note: Any, headers: dict[str, Any]
) -> None:
    assert ask(client, calls, wire.Reply(200, note, headers)).status_code == 500


def test_a_header_that_must_be_there(project: Project, calls: Calls, wire: Any) -> None:
    today = datetime.date(2026, 3, 1)
    for validate, answer, status in (
        (True, wire.Reply(200, 5, {"x-must": today}), 200),
        (True, wire.Reply(200, 5), 500),
        (True, 5, 500),
        (False, 5, 200),
    ):
        calls.answers["must"] = answer
        with project.client(calls, validate_responses=validate) as client:
            response = client.get("/must?what=x")
        assert response.status_code == status
        if isinstance(answer, wire.Reply) and answer.headers:
            assert response.headers["x-must"] == "2026-03-01"


def test_ranges_defaults_and_pages(client: TestClient, calls: Calls, wire: Any, project: Project, note: Any) -> None:
    calls.answers = {
        "image": wire.Reply(200, b"x", media_type="image/webp"),
        "only_default": project.module("records").Refusal(reason="no"),
        "pages": wire.Page([note], 3, 1),
    }
    assert client.get("/image").headers["content-type"] == "image/webp"
    assert client.get("/only-default").json() == {"reason": "no"}
    page = client.get("/pages")
    assert (page.json(), page.headers["x-total-count"]) == ([{"text": "hi", "stars": 1}], "3")
    calls.answers["pages"] = wire.Reply(409, None)
    assert client.get("/pages").status_code == 409


def test_a_status_that_is_not_promised_breaks_the_contract(client: TestClient, calls: Calls, wire: Any) -> None:
    calls.answers["must"] = wire.Reply(404, None)
    assert client.get("/must?what=x").status_code == 500
