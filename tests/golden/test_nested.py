"""Resources stand below others: in every version a path leads to what stands below that object, and to nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

pytestmark = pytest.mark.slow


@pytest.fixture(params=["sqlite", "postgresql"])
def http(serve: Callable[..., TestClient], request: pytest.FixtureRequest) -> TestClient:
    return serve("nested", "sqlite://" if request.param == "sqlite" else request.getfixturevalue("postgres_url"))


def made(http: TestClient, path: str, json: object) -> Any:
    answer = http.post(path, json=json)
    assert answer.status_code == 201, answer.text
    return answer.json()


def people(http: TestClient) -> tuple[tuple[int, str], tuple[int, str]]:
    """Two of them, each with the key of v1 and that of v2."""
    old = [made(http, "/v1/users", {"name": name})["id"] for name in ("Lin", "Bob")]
    new = [found["id"] for found in http.get("/v2/accounts").json()]
    return (old[0], new[0]), (old[1], new[1])


def test_what_stands_below_another_is_not_there(http: TestClient) -> None:
    (lin, _), (bob, _) = people(http)
    email = made(http, f"/v1/users/{lin}/emails", {"address": "lin@example.com"})
    assert email["user_id"] == lin
    for method, json in (("GET", None), ("PATCH", {}), ("PUT", {"address": "a@b.co"}), ("DELETE", None)):
        answer = http.request(method, f"/v1/users/{bob}/emails/{email['id']}", json=json)
        assert answer.status_code == 404, (method, answer.text)
    listed = http.get(f"/v1/users/{bob}/emails")
    assert (listed.json(), listed.headers["x-total-count"]) == ([], "0")
    assert http.get(f"/v1/users/{lin}/emails").json() == [email]
    for n in range(2):
        made(http, f"/v1/users/{lin}/emails", {"address": f"lin{n}@example.com"})
    listed = http.get(f"/v1/users/{lin}/emails?limit=2")
    assert (len(listed.json()), listed.headers["x-total-count"]) == (2, "3")
    assert f"/v1/users/{lin}/emails?" in listed.headers["link"]


def test_below_nothing_there_is_nothing(http: TestClient) -> None:
    (lin, _), (bob, _) = people(http)
    for answer in (http.get("/v1/users/99/emails"), http.post("/v1/users/99/emails", json={"address": "a@b.co"})):
        assert (answer.status_code, answer.json()["detail"]) == (404, "There is no Account 99.")
    wrong = http.get("/v1/users/x/emails")
    assert (wrong.status_code, wrong.json()["errors"][0]["loc"]) == (422, ["path", "user_id"])
    assert http.get("/v1/users/99999999999999999999/emails").status_code == 422
    email = made(http, f"/v1/users/{lin}/emails", {"address": "lin@example.com"})
    check = made(http, f"/v1/users/{lin}/emails/{email['id']}/checks", {"passed": True})
    assert check["email_id"] == email["id"]
    for path in (f"/v1/users/{bob}/emails/{email['id']}/checks", f"/v1/users/{lin}/emails/99/checks"):
        assert http.get(path).status_code == 404
        assert http.get(f"{path}/{check['id']}").status_code == 404
        assert http.post(path, json={"passed": False}).status_code == 404
    assert http.delete(f"/v1/users/{lin}/emails/{email['id']}").status_code == 409


def test_the_path_says_what_it_is_below_whatever_a_body_says(http: TestClient) -> None:
    (lin, _), (bob, _) = people(http)
    answer = http.post(f"/v1/users/{lin}/emails", json={"address": "a@b.co", "user_id": bob})
    assert answer.json()["user_id"] == lin
    assert answer.headers["location"] == f"/api/v1/users/{lin}/emails/{answer.json()['id']}"
    there = answer.headers["location"].removeprefix("/api")
    for method in ("PATCH", "PUT"):
        assert http.request(method, there, json={"address": "c@d.co", "user_id": bob}).json()["user_id"] == lin


def test_every_version_has_it_at_its_own_path_with_its_own_key(http: TestClient) -> None:
    (lin, account), (bob, other) = people(http)
    email = made(http, f"/v1/users/{lin}/emails", {"address": "lin@example.com"})
    new = {"id": email["id"], "owner": account, "address": "lin@example.com"}
    assert http.get(f"/v2/accounts/{account}/emails/{email['id']}").json() == new
    assert http.get(f"/v2/accounts/{other}/emails/{email['id']}").status_code == 404
    assert http.get(f"/v3/emails/{email['id']}").json() == new
    assert http.get(f"/v4/accounts/{account}/emails").json() == [new]
    second = made(http, "/v3/emails", {"owner": other, "address": "bob@example.com"})
    assert http.get(f"/v1/users/{bob}/emails/{second['id']}").json()["user_id"] == bob
    assert [e["id"] for e in http.get("/v3/emails").json()] == [email["id"], second["id"]]
    assert http.get(f"/v3/emails?owner={other}").json() == [second]
    assert http.post("/v3/emails", json={"owner": str(email["id"]), "address": "a@b.co"}).status_code == 422
    third = made(http, f"/v4/accounts/{account}/emails", {"address": "third@example.com"})
    assert (third["owner"], http.get(f"/v1/users/{lin}/emails/{third['id']}").json()["user_id"]) == (account, lin)
    moved = http.patch(f"/v3/emails/{second['id']}", json={"owner": account}).json()
    assert moved["owner"] == account
    assert http.get(f"/v1/users/{bob}/emails/{second['id']}").status_code == 404
    assert http.get(f"/v1/users/{lin}/emails/{second['id']}").json()["user_id"] == lin
    check = made(http, "/v3/checks", {"email_id": third["id"], "passed": True})
    assert http.get(f"/v2/accounts/{account}/emails/{third['id']}/checks").json() == [check]


def test_documents_lead_from_an_object_to_what_stands_below(http: TestClient) -> None:
    document = http.get("/v1/openapi.json").json()
    at = document["paths"]["/users/{user_id}/emails"]
    (user_id,) = at["post"]["parameters"]
    assert (user_id["name"], user_id["in"], user_id["required"]) == ("user_id", "path", True)
    assert "user_id" not in document["components"]["schemas"]["EmailCreate"]["properties"]
    made_user = document["paths"]["/users"]["post"]["responses"]["201"]["links"]
    assert made_user["list_emails"]["parameters"] == {"user_id": "$response.body#/id"}
    links = at["post"]["responses"]["201"]["links"]
    assert links["get_email"]["parameters"] == {"user_id": "$request.path.user_id", "id": "$response.body#/id"}
    below = {"user_id": "$request.path.user_id", "email_id": "$response.body#/id"}
    assert links["create_check"]["parameters"] == below


def test_a_sunset_version_leads_on_as_far_as_its_path_says_all(http: TestClient, module: Any) -> None:
    editions = {e.version.id: e.version for e in module("nested", "generated.versions").EDITIONS}
    assert editions["v2"].successors["GET /accounts/{owner}/emails/{id}"] == "/emails/{id}"
    assert editions["v3"].successors["GET /emails/{id}"] is None
