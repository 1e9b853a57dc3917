"""A value that requests may send in several forms is one value: answers, records and other versions have one form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

pytestmark = pytest.mark.slow


@pytest.fixture
def client(serve: Callable[[str], TestClient]) -> TestClient:
    return serve("accepts")


def ok(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


def test_a_list_or_one_text_makes_the_same(client: TestClient) -> None:
    one = ok(client.post("/v1/articles", json={"title": "a", "size": 1, "tags": ["x", "y, z"]}), 201)
    two = ok(client.post("/v1/articles", json={"title": "a", "size": 1, "tags": 'x,"y, z"'}), 201)
    assert {**one, "id": 0} == {**two, "id": 0}
    assert two["tags"] == ["x", "y, z"]
    at = f"/v1/articles/{two['id']}"
    assert ok(client.patch(at, json={"tags": "p"}))["tags"] == ["p"]
    assert ok(client.put(at, json={"title": "b", "size": 2, "tags": "p,q"}))["tags"] == ["p", "q"]
    assert ok(client.get("/v2/articles?title=b"))[0]["labels"] == ["p", "q"]


def test_it_holds_in_objects_inside_and_bounds_hold_for_either_form(client: TestClient) -> None:
    made = {"title": "a", "size": 1, "notes": [{"words": "a,b"}]}
    assert ok(client.post("/v1/articles", json=made), 201)["notes"] == [{"words": ["a", "b"]}]
    refused = ok(client.post("/v1/articles", json={**made, "notes": [{"words": "a,b,c,d"}]}), 422)
    assert [e["loc"] for e in refused["errors"]] == [["body", "notes", 0, "words"]]


def test_numbers_may_be_texts(client: TestClient) -> None:
    made = ok(client.post("/v2/articles", json={"title": "a", "size": "12", "weight": "1.5"}), 201)
    assert (made["size"], made["weight"]) == (12, 1.5)
    assert ok(client.patch(f"/v2/articles/{made['id']}", json={"weight": None}))["weight"] is None
    refused = ok(client.post("/v2/articles", json={"title": "a", "size": "many"}), 422)
    assert [e["loc"] for e in refused["errors"]] == [["body", "size"]]
    assert ok(client.post("/v2/articles", json={"title": "a", "size": "-1"}), 422)


def test_other_versions_keep_to_their_one_form(client: TestClient) -> None:
    ok(client.post("/v1/articles", json={"title": "a", "size": "1"}), 422)
    ok(client.post("/v3/articles", json={"title": "a", "size": 1, "labels": "x"}), 422)
    ok(client.post("/v2/articles", json={"title": "a", "size": 1, "labels": "x"}), 201)


def test_documents_say_both_forms_of_requests_alone(client: TestClient) -> None:
    schemas = ok(client.get("/v1/openapi.json"))["components"]["schemas"]
    text = {"type": "string"}
    assert text in schemas["ArticleCreate"]["properties"]["tags"]["anyOf"]
    assert schemas["Article"]["properties"]["tags"]["type"] == "array"
