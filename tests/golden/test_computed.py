"""What a hook makes of a record is shown wherever the record is; nobody sends it, nothing keeps it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

pytestmark = pytest.mark.slow

ADA = {"name": "Ada", "age": 36, "lines": [{"amount": 5, "count": 3}]}


@pytest.fixture
def client(serve: Callable[[str], TestClient]) -> TestClient:
    return serve("computed")


def ok(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


def test_it_is_shown_in_every_answer_nested_too(client: TestClient) -> None:
    made = ok(client.post("/v2/users", json=ADA), 201)
    assert (made["age_range"], made["size"], made["initial"]) == ("30-39", "small", "A")
    assert made["lines"] == [{"amount": 5, "count": 3, "total": 15}]
    at = f"/v2/users/{made['id']}"
    assert ok(client.get(at)) == made
    assert ok(client.get("/v2/users")) == [made]
    assert ok(client.get("/v2/users?name=Ada")) == [made]
    assert ok(client.patch(at, json={"age": 41}))["age_range"] == "40-49"
    assert ok(client.put(at, json={"name": "Bea"}))["age_range"] is None


def test_what_is_sent_for_it_is_passed_over(client: TestClient) -> None:
    made = ok(client.post("/v2/users", json={**ADA, "age_range": "0-9", "initial": "X"}), 201)
    assert (made["age_range"], made["initial"]) == ("30-39", "A")
    assert ok(client.put(f"/v2/users/{made['id']}", json=made)) == made


def test_a_version_has_it_under_its_own_name_or_not_at_all(client: TestClient) -> None:
    id_ = ok(client.post("/v1/users", json=ADA), 201)["id"]
    first, newest = ok(client.get(f"/v1/users/{id_}")), ok(client.get(f"/v3/users/{id_}"))
    assert first == {"id": id_, "name": "Ada", "age": 36, "lines": ADA["lines"], "initial": "A"}
    assert (newest["ages"], newest["size"]) == ("30-39", "little")
    assert "total" not in newest["lines"][0]


def test_versions_that_do_not_show_it_do_not_pay_for_it(
    client: TestClient, module: Callable[[str, str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []
    conversions = module("computed", "conversions")
    for name in ("initial", "age_range", "total", "size"):
        real = getattr(conversions, name)
        monkeypatch.setattr(conversions, name, lambda record, n=name, f=real: (called.append(n), f(record))[1])
    id_ = ok(client.post("/v1/users", json=ADA), 201)["id"]
    assert called == ["initial"]
    ok(client.get(f"/v3/users/{id_}"))
    assert sorted(called) == ["age_range", "initial", "initial", "size"]


def test_documents_say_that_nobody_sends_it(client: TestClient) -> None:
    schemas = ok(client.get("/v2/openapi.json"))["components"]["schemas"]
    assert {"age_range", "size", "initial"} <= set(schemas["User"]["required"])
    assert schemas["User"]["properties"]["age_range"]["readOnly"] is True
    assert "age_range" not in schemas["UserCreate"]["properties"]


def test_a_handler_is_told_whether_its_caller_is_shown_a_field(
    client: TestClient, module: Callable[[str, str], Any]
) -> None:
    id_ = ok(client.post("/v1/users", json=ADA), 201)["id"]
    asked: list[tuple[str, bool]] = module("computed", "handlers.users").asked
    told = {}
    for version in ("v1", "v2", "v3"):
        asked.clear()
        ok(client.get(f"/{version}/users/{id_}"))
        ok(client.get(f"/{version}/users"))
        told[version] = tuple(asked)
    assert told == {
        "v1": (("ages", False), ("Line.total", False)),
        "v2": (("ages", True), ("Line.total", True)),
        "v3": (("ages", True), ("Line.total", False)),
    }
    handler = module("computed", "handlers.users").Users(client.app.state.stores)  # type: ignore[attr-defined]  # the state of an application is untyped
    assert handler.wants("ages")
    assert not handler.wants("Line.total")
