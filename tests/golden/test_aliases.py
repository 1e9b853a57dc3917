"""A value that has several names is read by any, shown under all, and kept once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

pytestmark = pytest.mark.slow

V1 = {"name": "Ada", "nick": "A", "height": "1.70", "street": "Main", "city": "Bonn", "lines": [{"text": "one"}]}
V2 = {"full_name": "Ada", "alias": "A", "tall": "1.7", "address": {"street": "Main", "city": "Bonn"}}


@pytest.fixture
def client(serve: Callable[[str], TestClient]) -> TestClient:
    return serve("aliases")


def ok(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


def test_either_name_makes_the_same_and_answers_show_both(client: TestClient) -> None:
    old = ok(client.post("/v1/users", json=V1), 201)
    renamed = {"full_name": "Ada", "handle": "A"} | {k: v for k, v in V1.items() if k not in ("name", "nick")}
    new = ok(client.post("/v1/users", json=renamed | {"lines": [{"body": "one"}]}), 201)
    assert {**old, "id": 0} == {**new, "id": 0}
    assert (old["name"], old["full_name"]) == ("Ada", "Ada")
    assert (old["nick"], old["alias"], old["handle"]) == ("A", "A", "A")
    assert old["lines"] == [{"text": "one", "body": "one", "count": 1}]


def test_flat_and_nested_are_one_value(client: TestClient) -> None:
    flat = {"full_name": "Ada", "height": "1.7", "street": "Main", "city": "Bonn"}
    one = ok(client.post("/v2/users", json=flat), 201)
    two = ok(client.post("/v2/users", json={"full_name": "Ada", "tall": "1.7", "address": V2["address"]}), 201)
    assert {**one, "id": 0} == {**two, "id": 0}
    assert (one["street"], one["address"]) == ("Main", {"street": "Main", "city": "Bonn"})
    half = ok(client.patch(f"/v2/users/{one['id']}", json={"city": "Köln"}))
    assert (half["city"], half["address"]) == ("Köln", {"street": "Main", "city": "Köln"})
    assert "street" not in ok(client.get(f"/v3/users/{one['id']}"))


@pytest.mark.parametrize("method", ["put", "patch"])
def test_of_two_names_the_one_that_differs_from_what_is_stored_holds(client: TestClient, method: str) -> None:
    shown = ok(client.post("/v1/users", json=V1), 201)
    at = f"/v1/users/{shown.pop('id')}"
    write = getattr(client, method)
    for name, value in (("name", "Eva"), ("full_name", "Ida"), ("handle", "I"), ("alias", "B")):
        shown = {k: v for k, v in ok(write(at, json={**shown, name: value})).items() if k != "id"}
        twin = {"name": "full_name", "full_name": "name", "handle": "nick", "alias": "nick"}[name]
        assert shown[name] == shown[twin] == value
    assert ok(write(at, json=shown))["name"] == "Ida"


@pytest.mark.parametrize("method", ["put", "patch"])
def test_two_names_that_both_differ_are_refused_by_name(client: TestClient, method: str) -> None:
    shown = ok(client.post("/v1/users", json=V1), 201)
    refused = getattr(client, method)(f"/v1/users/{shown.pop('id')}", json={**shown, "name": "Eva", "full_name": "Ida"})
    said = ok(refused, 422)
    assert said["type"].endswith("/alias-conflict")
    assert [e["loc"] for e in said["errors"]] == [["body", "full_name"], ["body", "name"]]


def test_what_is_created_has_one_value(client: TestClient) -> None:
    said = ok(client.post("/v1/users", json={**V1, "full_name": "Ida"}), 422)
    assert said["type"].endswith("/alias-conflict")
    said = ok(client.post("/v1/users", json={**V1, "lines": [{"text": "a", "body": "b"}]}), 422)
    assert said["type"].endswith("/alias-conflict")
    assert ok(client.post("/v1/users", json={**V1, "full_name": "Ada"}), 201)["name"] == "Ada"


def test_a_value_that_is_needed_is_asked_for_by_all_its_names(client: TestClient) -> None:
    said = ok(client.post("/v1/users", json={k: v for k, v in V1.items() if k != "name"}), 422)
    assert [e["loc"] for e in said["errors"]] == [["body", "full_name"], ["body", "name"]]
    said = ok(client.post("/v1/users", json={**V1, "lines": [{"count": 2}]}), 422)
    assert [e["loc"] for e in said["errors"]] == [["body", "lines", 0, "body"], ["body", "lines", 0, "text"]]
    said = ok(client.post("/v2/users", json={k: v for k, v in V2.items() if k != "address"}), 422)
    assert [e["loc"] for e in said["errors"]] == [["body", "address", "street"], ["body", "street"]]


def test_lists_are_filtered_and_sorted_by_either_name(client: TestClient) -> None:
    ok(client.post("/v1/users", json=V1), 201)
    ok(client.post("/v1/users", json=V1 | {"name": "Bea"}), 201)
    for name in ("name", "full_name"):
        assert [u["name"] for u in ok(client.get(f"/v1/users?{name}=Bea"))] == ["Bea"]
        assert [u["name"] for u in ok(client.get(f"/v1/users?sort=-{name}"))] == ["Bea", "Ada"]
    assert [u["name"] for u in ok(client.get("/v1/users?name=Bea&full_name=Bea"))] == ["Bea"]
    assert ok(client.get("/v1/users?name=Bea&full_name=Ada"), 422)["type"].endswith("/alias-conflict")


def test_a_version_ends_a_name_and_those_before_go_on(client: TestClient) -> None:
    shown = ok(client.post("/v1/users", json=V1), 201)
    newest = ok(client.get(f"/v3/users/{shown['id']}"))
    assert "name" not in newest
    assert newest["display_name"] == "Ada"
    ok(client.patch(f"/v3/users/{shown['id']}", json={"display_name": "Ida", "lines": [{"body": "two"}]}))
    now = ok(client.get(f"/v1/users/{shown['id']}"))
    assert (now["name"], now["full_name"], now["lines"][0]["text"]) == ("Ida", "Ida", "two")


def test_documents_mark_the_old_name(client: TestClient) -> None:
    schemas = ok(client.get("/v1/openapi.json"))["components"]["schemas"]
    assert schemas["User"]["properties"]["name"]["deprecated"] is True
    assert "deprecated" not in schemas["User"]["properties"]["full_name"]
    assert {"name", "full_name"} <= set(schemas["User"]["required"])
    assert not {"name", "full_name"} & set(schemas["UserCreate"]["required"])
