"""What an old client cannot see survives what it writes; names that others take later lead to nobody else's value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from ..projects import json_of

pytestmark = pytest.mark.slow
ORDER: dict[str, Any] = {
    "title": "Chairs",
    "status": "published",
    "place": {"street": "Main St", "city": "London", "floor": 3},
    "past": ["draft", "archived"],
    "lines": [
        {"sku": "a", "count": 1, "status": "archived", "gift": True},
        {"sku": "b", "count": 2, "status": "draft", "gift": False},
    ],
    "tags": [{"text": "new", "colour": "red"}, {"text": "new", "colour": "blue"}, {"text": "old"}],
    "sites": {"home": {"street": "Side St", "floor": 1}, "work": {"street": "High St", "floor": 9}},
    "first": "Ada",
    "last": "Lovelace",
    "phone": "1234",
    "wrapping": {"paper": "red", "ribbon": "gold"},
    "code": 42,
}


@pytest.fixture
def client(serve: Callable[[str], TestClient]) -> TestClient:
    return serve("unseen")


@pytest.fixture
def order(client: TestClient) -> str:
    """The path of an order that a client of v3 made."""
    return f"orders/{json_of(client.post('/v3/orders', json=ORDER))['id']}"


def seen(client: TestClient, path: str) -> dict[str, Any]:
    """What is there of an order, as a client of v3 sees it."""
    found: dict[str, Any] = json_of(client.get(f"/v3/{path}"))
    return found


def written_back(client: TestClient, path: str, **edits: Any) -> dict[str, Any]:
    """What v3 sees once a client of v1 has read an order, edited it and put all of it back."""
    mine = {k: v for k, v in json_of(client.get(f"/v1/{path}")).items() if k != "id"} | edits
    json_of(client.put(f"/v1/{path}", json=mine))
    return seen(client, path)


class TestNamesSwapped:
    def test_each_version_reads_and_writes_its_own(self, client: TestClient, order: str) -> None:
        assert (seen(client, order)["first"], seen(client, order)["last"]) == ("Ada", "Lovelace")
        old = json_of(client.get(f"/v1/{order}"))
        assert (old["first"], old["last"]) == ("Lovelace", "Ada")
        json_of(client.patch(f"/v1/{order}", json={"first": "Byron"}))
        assert (seen(client, order)["first"], seen(client, order)["last"]) == ("Ada", "Byron")

    def test_filters_and_sorting_follow(self, client: TestClient, order: str) -> None:
        json_of(client.post("/v3/orders", json={**ORDER, "first": "Zoe", "last": "Abbot", "code": 1}))
        assert [o["first"] for o in json_of(client.get("/v1/orders?sort=first"))] == ["Abbot", "Lovelace"]
        assert [o["last"] for o in json_of(client.get("/v3/orders?sort=last"))] == ["Abbot", "Lovelace"]
        assert [o["last"] for o in json_of(client.get("/v1/orders?first=Abbot"))] == ["Zoe"]
        assert [o["first"] for o in json_of(client.get("/v3/orders?last=Abbot"))] == ["Zoe"]
        assert json_of(client.get("/v1/orders?first=Zoe")) == []


class TestANameThatComesBack:
    def test_it_is_another_field(self, client: TestClient, order: str) -> None:
        assert seen(client, order)["code"] == 42
        assert json_of(client.get(f"/v1/{order}"))["code"] == "none"
        assert "code" not in json_of(client.get(f"/v2/{order}"))

    def test_neither_touches_the_other(self, client: TestClient, order: str) -> None:
        json_of(client.patch(f"/v1/{order}", json={"code": "X-1"}))
        assert seen(client, order)["code"] == 42
        json_of(client.patch(f"/v3/{order}", json={"code": 43}))
        assert json_of(client.get(f"/v1/{order}"))["code"] == "X-1"


class TestAValueSeenAsAnother:
    @pytest.fixture
    def archived(self, client: TestClient, order: str) -> str:
        json_of(client.patch(f"/v3/{order}", json={"status": "archived"}))
        return order

    def test_written_back_untouched_it_stays(self, client: TestClient, archived: str) -> None:
        assert json_of(client.get(f"/v1/{archived}"))["status"] == "published"
        after = written_back(client, archived, title="Tables")
        assert (after["status"], after["title"]) == ("archived", "Tables")

    def test_also_where_only_it_is_sent(self, client: TestClient, archived: str) -> None:
        json_of(client.patch(f"/v1/{archived}", json={"status": "published"}))
        assert seen(client, archived)["status"] == "archived"

    def test_also_in_a_list_and_in_the_items_of_one(self, client: TestClient, order: str) -> None:
        old = json_of(client.get(f"/v1/{order}"))
        assert old["past"] == ["draft", "published"]
        assert [line["status"] for line in old["lines"]] == ["published", "draft"]
        after = written_back(client, order, title="Tables")
        assert after["past"] == ["draft", "archived"]
        assert [line["status"] for line in after["lines"]] == ["archived", "draft"]

    def test_another_one_is_written(self, client: TestClient, archived: str) -> None:
        assert written_back(client, archived, status="draft")["status"] == "draft"

    def test_it_is_found_as_what_it_is_seen_as(self, client: TestClient, archived: str) -> None:
        assert len(json_of(client.get("/v1/orders?status=published"))) == 1
        assert json_of(client.get("/v3/orders?status=published")) == []


class TestAReplacementByAnOldClient:
    def test_written_back_as_read_it_changes_nothing(self, client: TestClient, order: str) -> None:
        before = seen(client, order)
        assert written_back(client, order) == before == {"id": before["id"], **ORDER}

    def test_an_object_inside_keeps_what_is_not_seen_of_it(self, client: TestClient, order: str) -> None:
        after = written_back(client, order, place={"street": "Long St"})
        assert after["place"] == {"street": "Long St", "floor": 3}
        assert (after["phone"], after["wrapping"]) == ("1234", {"paper": "red", "ribbon": "gold"})

    def test_items_with_a_key_are_known_wherever_they_stand(self, client: TestClient, order: str) -> None:
        lines = [
            {"sku": "b", "count": 7, "status": "published"},
            {"sku": "c", "count": 1},
            {"sku": "a", "count": 5, "status": "published"},
        ]
        assert written_back(client, order, lines=lines)["lines"] == [
            {"sku": "b", "count": 7, "status": "published", "gift": False},
            {"sku": "c", "count": 1, "status": "draft"},
            {"sku": "a", "count": 5, "status": "archived", "gift": True},
        ]

    def test_an_item_that_is_left_out_goes(self, client: TestClient, order: str) -> None:
        after = written_back(client, order, lines=[{"sku": "b", "count": 2}])
        assert after["lines"] == [{"sku": "b", "count": 2, "status": "draft", "gift": False}]

    def test_items_without_a_key_are_known_by_what_is_seen_of_them(self, client: TestClient, order: str) -> None:
        after = written_back(client, order, tags=[{"text": "old"}, {"text": "new"}, {"text": "new"}])
        assert after["tags"] == [
            {"text": "old"},
            {"text": "new", "colour": "red"},
            {"text": "new", "colour": "blue"},
        ]

    def test_maps_are_known_by_their_keys(self, client: TestClient, order: str) -> None:
        sites = {"work": {"street": "Low St"}, "shop": {"street": "New St"}}
        after = written_back(client, order, sites=sites)
        assert after["sites"] == {"work": {"street": "Low St", "floor": 9}, "shop": {"street": "New St"}}

    def test_an_object_that_is_taken_away_is_gone(self, client: TestClient, order: str) -> None:
        mine = {k: v for k, v in json_of(client.get(f"/v1/{order}")).items() if k not in ("id", "place")}
        json_of(client.put(f"/v1/{order}", json=mine))
        assert "place" not in seen(client, order)

    def test_a_partial_update_does_the_same(self, client: TestClient, order: str) -> None:
        edit = {"place": {"street": "Long St"}, "lines": [{"sku": "a", "count": 5}]}
        json_of(client.patch(f"/v1/{order}", json=edit))
        after = seen(client, order)
        assert after["place"] == {"street": "Long St", "city": "London", "floor": 3}
        assert after["lines"] == [{"sku": "a", "count": 5, "status": "draft", "gift": True}]
