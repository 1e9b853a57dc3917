"""What is stored may be of several types: each version sees those it knows, and what it cannot see survives it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from ..projects import json_of

pytestmark = pytest.mark.slow
CARD = {"kind": "card", "number": "1234", "owner": "Ada", "expires": "2030-01-31"}
WALLET = {"kind": "wallet", "email": "ada@example.com"}
SHOWN = {"kind": "card", "number": "unknown"}
"""What a wallet is to clients of v1."""


@pytest.fixture
def client(serve: Callable[[str], TestClient]) -> TestClient:
    return serve("variants")


def made(client: TestClient, version: str = "v3", **fields: Any) -> str:
    """The path of a payment that a client of a version made."""
    return f"payments/{json_of(client.post(f'/{version}/payments', json={'amount': 1} | fields))['id']}"


def seen(client: TestClient, path: str, version: str = "v3") -> dict[str, Any]:
    """What a version is shown of a payment."""
    found: dict[str, Any] = json_of(client.get(f"/{version}/{path}"))
    return found


def written_back(client: TestClient, path: str, **edits: Any) -> dict[str, Any]:
    """What v3 sees once a client of v1 has read a payment, edited it and put all of it back."""
    mine = {k: v for k, v in seen(client, path, "v1").items() if k != "id"} | edits
    json_of(client.put(f"/v1/{path}", json=mine))
    return seen(client, path)


def test_a_variant_that_a_version_lacks_is_shown_as_another_and_survives_it(client: TestClient) -> None:
    path = made(client, method=WALLET)
    assert seen(client, path, "v1")["method"] == SHOWN
    assert written_back(client, path, amount=2) == {"id": 1, "amount": 2, "method": WALLET, "others": []}
    assert written_back(client, path, method={"kind": "card", "number": "7"})["method"]["number"] == "7"


def test_what_a_version_does_not_know_of_a_variant_survives_a_change_of_the_rest(client: TestClient) -> None:
    path = made(client, method=CARD)
    assert written_back(client, path, method={"kind": "card", "number": "99", "holder": "Ada"})["method"] == {
        **CARD,
        "number": "99",
    }
    json_of(client.patch(f"/v1/{path}", json={"method": {"kind": "card", "number": "5"}}))
    assert seen(client, path)["method"] == {"kind": "card", "number": "5", "expires": "2030-01-31"}


def test_items_of_a_list_are_matched_by_what_their_reader_sees(client: TestClient) -> None:
    path = made(client, method=CARD, others=[WALLET, CARD, WALLET])
    others = seen(client, path, "v1")["others"]
    assert others == [SHOWN, {"kind": "card", "number": "1234", "holder": "Ada"}, SHOWN]
    edited = [others[1] | {"number": "77"}, *others[2:], others[0], {"kind": "cheque", "bank": "b"}]
    assert written_back(client, path, others=edited)["others"] == [
        {**CARD, "number": "77"},
        WALLET,
        WALLET,
        {"kind": "card", "number": "none"},
    ]
    assert seen(client, path, "v1")["others"] == edited


def test_a_variant_that_is_gone_comes_back_to_who_wrote_it(client: TestClient) -> None:
    cheque = {"kind": "cheque", "bank": "b"}
    path = made(client, "v1", method=cheque)
    assert seen(client, path, "v1")["method"] == cheque
    assert seen(client, path)["method"] == {"kind": "card", "number": "none"}
    assert seen(client, path, "v2")["method"] == {"kind": "card", "number": "none"}
    assert client.post("/v3/payments", json={"amount": 1, "method": cheque}).status_code == 422


def test_single_values_of_several_kinds_and_nulls_are_kept(client: TestClient) -> None:
    fields = {"named": {"a": 1, "b": "1"}, "marks": ["x", None], "spare": None}
    path = made(client, method=CARD, **fields)
    assert {k: seen(client, path)[k] for k in fields} == fields
    json_of(client.patch(f"/v1/{path}", json={"named": {"a": None, "c": "3"}, "marks": [None]}))
    assert seen(client, path)["named"] == {"b": "1", "c": "3"}
    assert seen(client, path)["marks"] == [None]
    assert seen(client, path)["method"] == CARD


FLIGHT = {"kind": "flight", "number": "LH1"}
WALK = {"kind": "walk", "km": 3}


def trips(client: TestClient) -> list[int]:
    """Trips of which v1 sees the first, the third and the fifth; v2 not the fifth."""
    bodies: list[dict[str, Any]] = [
        {"first": WALK},
        {"first": FLIGHT},
        {"legs": [WALK]},
        {"legs": [WALK, FLIGHT]},
        {"spare": FLIGHT},
        {"back": {"leg": FLIGHT}},
    ]
    made = [client.post("/v3/trips", json={"name": f"trip {n}"} | body) for n, body in enumerate(bodies)]
    return [json_of(m)["id"] for m in made]


class TestHidden:
    """What holds a variant that is hidden from a version is not there for it."""

    def test_lists_totals_and_pages_are_of_what_a_version_sees(self, client: TestClient) -> None:
        ids = trips(client)
        for version, wanted in (("v1", [0, 2, 4]), ("v2", [0, 2]), ("v3", range(6))):
            seen_here = [ids[n] for n in wanted]
            found = client.get(f"/{version}/trips?limit=10")
            assert [t["id"] for t in json_of(found)] == seen_here
            assert found.headers["x-total-count"] == str(len(seen_here))
        second = client.get("/v1/trips?limit=2&offset=2")
        assert [t["id"] for t in json_of(second)] == [ids[4]]
        assert 'rel="next"' not in second.headers["link"]
        assert json_of(client.get("/v1/trips?name=trip 1")) == []
        assert client.get("/v1/trips?name=trip 1").headers["x-total-count"] == "0"

    @pytest.mark.parametrize("version", ["v1", "v2"])
    def test_by_key_it_is_not_found_changed_or_deleted(self, client: TestClient, version: str) -> None:
        hidden = trips(client)[1]
        path = f"/{version}/trips/{hidden}"
        for answer in (
            client.get(path),
            client.put(path, json={"name": "x"}),
            client.patch(path, json={"name": "x"}),
            client.delete(path),
        ):
            assert answer.status_code == 404
            assert "Flight" not in answer.text
        assert json_of(client.get(f"/v3/trips/{hidden}")) == {
            "id": hidden,
            "name": "trip 1",
            "first": FLIGHT,
            "legs": [],
        }

    def test_a_newer_client_hides_it_and_lets_it_be_seen_again(self, client: TestClient) -> None:
        made = json_of(client.post("/v1/trips", json={"name": "a", "first": WALK}))["id"]
        json_of(client.patch(f"/v3/trips/{made}", json={"legs": [FLIGHT]}))
        assert client.get(f"/v1/trips/{made}").status_code == 404
        json_of(client.patch(f"/v3/trips/{made}", json={"legs": []}))
        assert json_of(client.get(f"/v1/trips/{made}"))["first"] == WALK

    def test_what_it_may_be_is_refused_of_an_older_client(self, client: TestClient) -> None:
        assert client.post("/v2/trips", json={"name": "a", "first": FLIGHT}).status_code == 422

    def test_a_handler_that_answers_with_all_of_them_shows_no_more(
        self, client: TestClient, module: Callable[[str, str], Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ids = trips(client)
        base = module("variants", "generated.handlers").TripsBase

        async def get(self: Any, id: int) -> Any:
            return await self.stores.trips.get(id)

        async def listed(self: Any, query: Any) -> Any:
            return await self.stores.trips.page(query)

        monkeypatch.setattr(base, "get", get)
        monkeypatch.setattr(base, "list", listed)
        assert client.get(f"/v1/trips/{ids[1]}").status_code == 404
        assert [t["id"] for t in json_of(client.get("/v1/trips?limit=10"))] == [ids[0], ids[2], ids[4]]
