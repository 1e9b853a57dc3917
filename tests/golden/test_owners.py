"""Objects are somebody's: callers find, filter, count, page, refer to and write their own alone, in every version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

pytestmark = pytest.mark.slow
KEY, TOKEN = "X-API-Key", "Authorization"


class People:
    """Two callers of a program, who name themselves as each version wants it."""

    def __init__(self, client: TestClient, caller: Any) -> None:
        self.client = client

        async def authenticate(credential: Any) -> Any:
            return caller(id=getattr(credential, "key", None) or credential.token)

        app: Any = client.app
        app.dependency_overrides[app.state.authenticate] = authenticate

    def ask(self, who: str, method: str, path: str, json: object = None) -> Any:
        shown = {KEY: who} if path.startswith("/v1/") else {TOKEN: f"Bearer {who}"}
        return self.client.request(method, path, json=json, headers=shown)

    def add(self, who: str, path: str, json: object) -> Any:
        answer = self.ask(who, "POST", path, json)
        assert answer.status_code == 201, answer.text
        return answer.json()


@pytest.fixture(params=["sqlite", "postgresql"])
def people(
    serve: Callable[..., TestClient], module: Callable[[str, str], Any], request: pytest.FixtureRequest
) -> People:
    url = "sqlite://" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    return People(serve("owners", url), module("owners", "generated.security").Caller)


def test_a_note_is_its_makers_in_every_version(people: People) -> None:
    made = people.add("lin", "/v1/notes", {"text": "a"})
    assert made["user_id"] == "lin"
    assert people.ask("lin", "GET", f"/v2/notes/{made['id']}").json()["owner_id"] == "lin"
    for version in ("v1", "v2"):
        at = f"/{version}/notes/{made['id']}"
        body = {"text": "b"}
        for method, json in (("GET", None), ("PATCH", body), ("PUT", body), ("DELETE", None)):
            answer = people.ask("bob", method, at, json)
            assert (answer.status_code, "lin" in answer.text) == (404, False), (method, answer.text)
        assert people.ask("lin", "GET", at).json()["text"] == "a"


def test_lists_filters_totals_and_pages_have_ones_own(people: People) -> None:
    for n in range(3):
        people.add("lin", "/v2/notes", {"text": f"a{n}", "topic": "x"})
    people.add("bob", "/v2/notes", {"text": "b", "topic": "x"})
    for path in ("/v1/notes", "/v2/notes?topic=x", "/v2/notes?sort=-text"):
        answer = people.ask("bob", "GET", path)
        assert ([n["text"] for n in answer.json()], answer.headers["x-total-count"]) == (["b"], "1"), path
    answer = people.ask("lin", "GET", "/v2/notes?limit=2&offset=2")
    assert (len(answer.json()), answer.headers["x-total-count"]) == (1, "3")
    assert people.ask("eve", "GET", "/v2/notes").json() == []


def test_the_owner_is_who_calls_whatever_is_sent(people: People) -> None:
    made = people.add("bob", "/v1/notes", {"text": "b", "user_id": "lin"})
    assert made["user_id"] == "bob"
    at = f"/v1/notes/{made['id']}"
    for method in ("PATCH", "PUT"):
        assert people.ask("bob", method, at, {"text": "c", "user_id": "lin"}).json()["user_id"] == "bob"


def test_nobody_refers_to_what_is_somebody_elses(people: People) -> None:
    note = people.add("lin", "/v1/notes", {"text": "a"})
    page = people.add("lin", "/v1/pages", {"note": note["id"], "number": 1})
    mine = people.add("bob", "/v1/notes", {"text": "b"})
    wanted = {"note": note["id"], "number": 2}
    refused = people.ask("bob", "POST", "/v1/pages", wanted)
    unknown = people.ask("bob", "POST", "/v1/pages", {"note": 99, "number": 2})
    assert refused.status_code == unknown.status_code == 422
    assert refused.text.replace(str(note["id"]), "99", 1).count("There is no Note") == unknown.text.count(
        "There is no Note"
    )
    own = people.add("bob", "/v1/pages", {"note": mine["id"], "number": 1})
    assert people.ask("bob", "PATCH", f"/v1/pages/{own['id']}", {"note": note["id"]}).status_code == 422
    assert people.ask("lin", "PATCH", f"/v1/pages/{page['id']}", {"number": 3}).json()["note"] == note["id"]


def test_what_is_nobodys_is_everybodys(people: People) -> None:
    made = people.add("lin", "/v1/topics", {"name": "x"})
    assert people.ask("bob", "GET", f"/v2/topics/{made['id']}").json() == made


def test_without_a_credential_there_is_nothing(people: People) -> None:
    assert people.client.get("/v1/notes").status_code == 401
    assert people.client.get("/v2/notes", headers={KEY: "lin"}).status_code == 401, "each version keeps its own way"
    assert people.client.get("/v1/notes", headers={TOKEN: "Bearer lin"}).status_code == 401


def test_all_rows_are_at_hand_where_they_are_asked_for(people: People, module: Callable[[str, str], Any]) -> None:
    for who in ("lin", "bob"):
        people.add(who, "/v2/notes", {"text": who})
    app: Any = people.client.app
    query = module("owners", "generated.query").Query(limit=None)
    assert people.client.portal is not None
    notes = app.state.stores.notes
    every = people.client.portal.call(notes.page, query)
    one = people.client.portal.call(notes.of("bob").page, query)
    none = people.client.portal.call(notes.mine().page, query)
    assert [[n.owner_id for n in found.items] for found in (every, one, none)] == [["lin", "bob"], ["bob"], []]


def test_what_stands_below_anothers_object_is_not_there(people: People) -> None:
    note = people.add("lin", "/v1/notes", {"text": "a"})
    page = people.add("lin", "/v1/pages", {"note": note["id"], "number": 1})
    at = f"/v1/pages/{page['id']}/lines"
    line = people.add("lin", at, {"text": "x"})
    for version in ("v1", "v2"):
        here = at.replace("v1", version)
        for method, path, json in (
            ("GET", here, None),
            ("POST", here, {"text": "y"}),
            ("GET", f"{here}/{line['id']}", None),
            ("PATCH", f"{here}/{line['id']}", {"text": "y"}),
            ("DELETE", f"{here}/{line['id']}", None),
        ):
            answer = people.ask("bob", method, path, json)
            assert (answer.status_code, answer.json()["detail"]) == (404, f"There is no Page {page['id']}."), method
        assert people.ask("lin", "GET", here).json() == [line]
