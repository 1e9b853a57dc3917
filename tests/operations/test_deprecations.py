"""What is deprecated by itself: its answers say so, documents say what to use, and an operation ends on its day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from .service import Service, service

FIRST = """
types:
  Level: {enum: [low, high, lost]}
  Place: {fields: {city: str, "zone?": str}}
resources:
  User:
    path: /users
    fields: {id: {type: int, key: true}, name: str, "fax?": str, "level?": Level, "places?": "list[Place]"}
    operations: [list, get, create, delete]
    filters: [name, level]
operations:
  GET /stats:
    id: stats
    parameters: {q: {type: str, description: What to look for.}}
    responses: {200: str}
"""
RELEASE = """
- {deprecate: GET /stats, use: GET /users, sunset: 2022-06-01}
- {deprecate: "GET /stats?q", use: "GET /users?name", sunset: 2022-01-01}
"""
SECOND = """
- {deprecate: "DELETE /users/{id}", sunset: 2026-01-01}
- {deprecate: User.fax, use: name}
- {deprecate: Level.lost, use: low, sunset: 2027-01-01}
"""
THIRD = """
- {deprecate: "DELETE /users/{id}", deprecated: false}
- {deprecate: Place.zone, use: city}
- {deprecate: "GET /users?name", use: level}
"""


@pytest.fixture(scope="module")
def shop() -> Iterator[Service]:
    with service(FIRST, SECOND, THIRD, releases=RELEASE) as made:
        made.answers["stats"] = "ok"
        yield made


@pytest.fixture(autouse=True)
def now(shop: Service) -> None:
    shop.now = datetime(2022, 1, 1, tzinfo=UTC)


def dates(shop: Service, version: str, at: str) -> tuple[str | None, str | None]:
    """What an answer says of its end."""
    found = shop.call(version, at).headers
    return found.get("deprecation"), found.get("sunset")


def test_answers_say_since_when_and_until_when(shop: Service) -> None:
    june = f"@{int(datetime(2020, 6, 1, tzinfo=UTC).timestamp())}"
    for version in ("v1", "v2", "v3"):
        assert dates(shop, version, "GET /stats") == (june, "Wed, 01 Jun 2022 00:00:00 GMT")
        assert dates(shop, version, "GET /users") == (None, None)
    assert dates(shop, "v1", "DELETE /users/1") == (None, None)
    assert dates(shop, "v2", "DELETE /users/1") == ("@1609459200", "Thu, 01 Jan 2026 00:00:00 GMT")
    assert dates(shop, "v3", "DELETE /users/1") == (None, None)


def test_an_operation_ends_on_its_day(shop: Service) -> None:
    sunset = datetime(2022, 6, 1, tzinfo=UTC)
    for moment, status in ((sunset - timedelta(seconds=1), 200), (sunset, 410), (sunset + timedelta(days=9), 410)):
        shop.now = moment
        answer = shop.call("v2", "GET /stats")
        assert answer.status_code == status
        assert shop.call("v2", "GET /users").status_code == 200
    assert answer.json()["type"].endswith("/operation-retired")
    assert shop.call("v2", "POST /stats").status_code == 405


def test_documents_say_what_to_use_and_until_when(shop: Service) -> None:
    found = shop.files["openapi/v1.json"]
    assert "Deprecated: use `GET /users` instead, and it ends on 2022-06-01." in found
    assert "What to look for.\\n\\nDeprecated: use `GET /users?name` instead, and it ends on 2022-01-01." in found
    assert "Deprecated: use `name` instead." in shop.files["openapi/v2.json"]
    assert "it ends on 2026-01-01" in shop.files["openapi/v2.json"]
    assert "it ends on 2026-01-01" not in shop.files["openapi/v3.json"]


SECOND_DAY, THIRD_DAY = "@1609459200", "@1640995200"


@pytest.mark.parametrize(
    ("version", "sent", "since"),
    [
        ("v1", {"name": "a", "fax": "1", "level": "lost"}, None),
        ("v2", {"name": "a"}, None),
        ("v2", {"name": "a", "level": "low"}, None),
        ("v2", {"name": "a", "fax": "1"}, SECOND_DAY),
        ("v2", {"name": "a", "level": "lost"}, SECOND_DAY),
        ("v2", {"name": "a", "places": [{"city": "b", "zone": "c"}]}, None),
        ("v3", {"name": "a", "places": [{"city": "b"}, {"city": "b", "zone": "c"}]}, THIRD_DAY),
        ("v3", {"name": "a", "fax": "1", "places": [{"city": "b", "zone": "c"}]}, SECOND_DAY),
        ("v3", {"fax": "1"}, SECOND_DAY),
    ],
)
def test_who_sends_what_is_deprecated_is_told(
    shop: Service, version: str, sent: dict[str, object], since: str | None
) -> None:
    answer = shop.call(version, "POST /users", json=sent)
    assert answer.status_code == (201 if "name" in sent else 422)
    assert answer.headers.get("deprecation") == since
    assert "sunset" not in answer.headers


@pytest.mark.parametrize(
    ("version", "query", "since"),
    [
        ("v1", "name=a&level=lost", None),
        ("v2", "level=lost", SECOND_DAY),
        ("v2", "level=low", None),
        ("v2", "name=lost", None),
        ("v3", "name=a", THIRD_DAY),
        ("v3", "name=a&level=lost", SECOND_DAY),
        ("v3", "", None),
    ],
)
def test_who_asks_with_what_is_deprecated_is_told(shop: Service, version: str, query: str, since: str | None) -> None:
    answer = shop.call(version, f"GET /users?{query}")
    assert answer.status_code == 200
    assert answer.headers.get("deprecation") == since
    assert "sunset" not in answer.headers


def test_what_is_deprecated_already_is_told_once(shop: Service) -> None:
    answer = shop.call("v1", "GET /stats?q=a")
    assert answer.headers.get_list("deprecation") == [f"@{int(datetime(2020, 6, 1, tzinfo=UTC).timestamp())}"]


def test_what_is_deprecated_goes_on_to_be_shown(shop: Service) -> None:
    made = shop.call("v3", "POST /users", json={"name": "a", "fax": "1", "level": "lost"}).json()
    found = shop.call("v3", f"GET /users/{made['id']}")
    assert (found.json()["fax"], found.json()["level"]) == ("1", "lost")
    assert "deprecation" not in found.headers


def test_a_table_has_what_is_deprecated_since_when_and_until_when(shop: Service) -> None:
    table = shop.module("deprecations").DEPRECATIONS["v2"]
    said = table.instead["Level.lost"]
    assert (said.use, said.sunset, said.since.isoformat()) == ("low", "2027-01-01", "2021-01-01")
    assert set(table.operations["create_user"].shown) == {"User.fax", "Level.lost"}
