"""One object becomes a list of such, and a list one of its objects: the others survive an older client."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from ..projects import json_of

pytestmark = pytest.mark.slow
HOME = {"road": "Main St", "city": "London", "since": "2020-02-02", "code": "N1"}
WORK = {"road": "Side St", "code": "W1"}
CARL = {"id": 1, "name": "Carl"}
DORA = {"id": 2, "name": "Dora"}
ORDER: dict[str, Any] = {"shipping": [HOME, WORK], "contacts": CARL, "inside": {"place": [WORK, HOME]}}


def older(address: dict[str, Any], **edits: Any) -> dict[str, Any]:
    """An address as v1 has it."""
    found = {"street" if k == "road" else k: v for k, v in address.items() if k != "code"}
    return found | edits


@pytest.fixture
def client(serve: Callable[[str], TestClient]) -> TestClient:
    return serve("picks")


def made(client: TestClient, version: str = "v3", **fields: Any) -> str:
    """The path of an order that a client of a version made."""
    return f"orders/{json_of(client.post(f'/{version}/orders', json=fields))['id']}"


def seen(client: TestClient, path: str, version: str = "v3") -> dict[str, Any]:
    """What a version is shown of an order."""
    found: dict[str, Any] = json_of(client.get(f"/{version}/{path}"))
    return found


def put(client: TestClient, path: str, **edits: Any) -> dict[str, Any]:
    """What v3 sees once a client of v1 has read an order, edited it and put all of it back."""
    mine = {k: v for k, v in seen(client, path, "v1").items() if k != "id"} | edits
    json_of(client.put(f"/v1/{path}", json=mine))
    return seen(client, path)


def test_an_older_client_sees_the_one_that_is_picked(client: TestClient) -> None:
    path = made(client, **ORDER, billing=[HOME, WORK])
    shown = seen(client, path, "v1")
    assert shown["shipping"] == older(HOME)
    assert shown["billing"] == older(WORK)
    assert shown["inside"] == {"place": older(WORK)}
    assert shown["contacts"] == [CARL]


def test_what_it_writes_back_changes_nothing(client: TestClient) -> None:
    path = made(client, **ORDER, billing=[], stops=WORK)
    before = seen(client, path)
    assert seen(client, path, "v1")["billing"] == {"street": "none"}
    assert put(client, path) == before


def test_what_it_changes_is_that_one_and_the_others_stay(client: TestClient) -> None:
    path = made(client, **ORDER, billing=[HOME, WORK])
    after = put(client, path, shipping=older(HOME, city="Paris"), billing=older(WORK, city="Rome"))
    assert after["shipping"] == [{**HOME, "city": "Paris"}, WORK]
    assert after["billing"] == [HOME, {**WORK, "city": "Rome"}]
    json_of(client.patch(f"/v1/{path}", json={"shipping": {"city": None}, "inside": {"place": {"street": "New St"}}}))
    after = seen(client, path)
    assert after["shipping"] == [{k: v for k, v in HOME.items() if k != "city"}, WORK]
    assert after["inside"] == {"place": [{**WORK, "road": "New St"}, HOME]}


def test_where_there_is_none_it_makes_one(client: TestClient) -> None:
    path = made(client, **ORDER | {"shipping": []})
    assert put(client, path, shipping={"street": "New St"})["shipping"] == [{"road": "New St"}]


def test_of_a_list_the_picked_one_is_stored_and_its_writer_is_shown_all(client: TestClient) -> None:
    sent = {"shipping": {"street": "a"}, "inside": {"place": {"street": "b"}}}
    stops = [older(HOME), older(WORK)]
    path = made(client, "v1", **sent, contacts=[CARL, DORA], stops=stops)
    assert seen(client, path)["contacts"] == CARL
    assert seen(client, path)["stops"] == {k: v for k, v in WORK.items() if k != "code"}
    assert (seen(client, path, "v1")["contacts"], seen(client, path, "v1")["stops"]) == ([CARL, DORA], stops)
    json_of(client.patch(f"/v3/{path}", json={"shipping": [{"road": "z"}]}))
    assert seen(client, path, "v1")["contacts"] == [CARL, DORA]
    json_of(client.patch(f"/v3/{path}", json={"contacts": {**CARL, "name": "Carla"}}))
    assert seen(client, path, "v1")["contacts"] == [{**CARL, "name": "Carla"}]


def test_what_a_version_cannot_see_of_the_picked_one_stays(client: TestClient) -> None:
    path = made(client, **ORDER, stops=WORK)
    json_of(client.patch(f"/v1/{path}", json={"stops": [older(HOME), {"street": "Other St"}]}))
    assert seen(client, path)["stops"] == {"road": "Other St", "code": "W1"}


def test_a_list_of_which_none_can_be_picked_is_refused_or_taken_as_is_stated(client: TestClient) -> None:
    sent = {"shipping": {"street": "a"}, "inside": {"place": {"street": "b"}}}
    refused = client.post("/v1/orders", json={**sent, "contacts": []})
    assert refused.status_code == 422
    assert "contacts" in refused.text
    path = made(client, "v1", **sent, contacts=[CARL], stops=[])
    assert seen(client, path)["stops"] == {"road": "nowhere"}
    assert seen(client, path, "v1")["stops"] == []
