"""Shapes, envelopes and edits."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError
from starlette.testclient import TestClient

from scaffold.generate.runtime.absent import ABSENT
from scaffold.generate.runtime.operations import Operations
from scaffold.generate.runtime.paging import Beside, Cursors, Offsets, Page, Pages, Paging, Whole
from scaffold.generate.runtime.shapes import Envelope, Shape
from scaffold.generate.runtime.wire import Edit

from .shop import types
from .shop.records import User, Users


def test_absent_is_false_and_not_none() -> None:
    assert not ABSENT
    assert repr(ABSENT) == "ABSENT"


def test_reading_is_strict() -> None:
    with pytest.raises(ValidationError):
        types.USER_V1.read(b'{"id": "1", "name": "Ada", "email": "a@example.com"}')


def test_a_shape_is_built_once_when_many_threads_meet_at_it() -> None:
    shape = Shape(types.UserV2)
    with ThreadPoolExecutor(8) as pool:
        adapters = set(pool.map(lambda _: id(shape.one), range(32)))
    assert len(adapters) == 1


def test_an_envelope_is_filled_in_and_opened_again() -> None:
    template = {"data": {"rows": "$items"}, "n": "$total", "at": ["$%", "$0"], "v": "$version", "$l": "$limit"}
    envelope = Envelope(template, "v2")
    body = envelope.wrap(b'[{"a":"%d"}]', Page([], 7, 20))
    assert json.loads(body) == {
        "data": {"rows": [{"a": "%d"}]},
        "n": 7,
        "at": ["$%", "$0"],
        "v": "v2",
        "$l": 20,
    }
    assert json.loads(envelope.open(body)) == [{"a": "%d"}]


def test_an_envelope_says_which_page_it_is_and_what_is_next() -> None:
    envelope = Envelope({"data": "$items", "page": "$page", "of": "$pages", "next": "$next"})
    assert json.loads(envelope.wrap(b"[]", Page([], 7, 3, 3))) == {"data": [], "page": 2, "of": 3, "next": None}
    assert json.loads(envelope.wrap(b"[]", Page([], 0, 0, next='a"%b')))["next"] == 'a"%b'


@pytest.mark.parametrize(
    ("by", "page", "beside"),
    [
        (Offsets(), Page([], 5, 2, 2), {"next": {"limit": 2, "offset": 4}, "prev": {"limit": 2, "offset": 0}}),
        (Offsets("at", "size"), Page([], 5, 2), {"next": {"size": 2, "at": 2}}),
        (Pages(), Page([], 5, 2, 2), {"next": {"limit": 2, "page": 3}, "prev": {"limit": 2, "page": 1}}),
        (Pages(), Page([], 5, 2, 4), {"prev": {"limit": 2, "page": 2}}),
        (Cursors(), Page([1, 2], 5, 2, next="x"), {"next": {"limit": 2, "cursor": "x"}}),
        (Cursors(), Page([1], 5, 2, next=None), {}),
        (Cursors(), Page([1], 1, 2), {}),
        (Whole(), Page([], 5, 2), {}),
    ],
)
def test_a_page_leads_to_those_beside_it(by: Paging, page: Page[int], beside: Beside) -> None:
    assert by.beside(page) == beside


def test_a_handler_that_says_nothing_of_the_next_part_is_told() -> None:
    with pytest.raises(ValueError, match="next"):
        Cursors().beside(Page([1, 2], 5, 2))


@pytest.mark.parametrize("template", [{}, {"a": "$items", "b": "$items"}, {"a": "$items", "b": "$what"}])
def test_an_envelope_without_items_or_with_unknown_names_is_refused(template: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="envelope"):
        Envelope(template)


def test_an_edit_may_be_applied_again_to_a_newer_record() -> None:
    first = User(id=1, full_name="A", email="a@example.com", created_at=datetime(2025, 1, 1, tzinfo=UTC))
    payload: types.UserUpdateV1 = {"name": "B"}
    edit = Edit(types.update_user_v1, payload, datetime(2025, 2, 1, tzinfo=UTC))
    assert edit.apply(first) == replace(first, full_name="B")
    assert edit.apply(replace(first, email="n@example.com")).email == "n@example.com"
    assert first.full_name == "A"


def test_an_operation_id_is_used_once() -> None:
    operations = Operations()

    async def endpoint() -> None: ...

    operations.get("/a", id="x")(endpoint)  # type: ignore[type-var]  # only its name matters here
    with pytest.raises(ValueError, match="two operations have the id x"):
        operations.get("/b", id="x")(endpoint)  # type: ignore[type-var]  # the same


def test_a_bare_list_has_its_numbers_in_headers(client: TestClient) -> None:
    answer = client.get("/api/v1/users?email=&limit=2&offset=2", params=None)
    assert answer.json() == []
    answer = client.get("/api/v1/users?limit=2&offset=2")
    assert [row["id"] for row in answer.json()] == [3, 4]
    assert answer.headers["x-total-count"] == "5"
    assert '</api/v1/users?limit=2&offset=4>; rel="next"' in answer.headers["link"]
    assert '</api/v1/users?limit=2&offset=0>; rel="prev"' in answer.headers["link"]


def test_the_envelope_is_the_one_of_the_version(client: TestClient) -> None:
    answer = client.get("/api/v2/people?limit=1")
    assert answer.json()["meta"] == {"total": 5, "page": ["100%"], "version": "v2"}
    assert answer.json()["data"][0]["full_name"] == "User 1"
    assert "x-total-count" not in answer.headers


def test_created_has_a_location_below_the_version(client: TestClient) -> None:
    answer = client.post("/api/v1/users", json={"name": "Ada", "email": "ada@example.com"})
    assert (answer.status_code, answer.headers["location"]) == (201, "/api/v1/users/6")
    assert client.get(answer.headers["location"]).json() == answer.json()


def test_partial_update_delete_and_several_answers(client: TestClient) -> None:
    assert client.patch("/api/v1/users/1", json={"name": "Z"}).json()["name"] == "Z"
    gone = client.delete("/api/v1/users/1")
    assert (gone.status_code, gone.content, gone.headers.get("content-length")) == (204, b"", None)
    now, later = client.post("/api/v2/users/2/verify"), client.post("/api/v2/users/3/verify")
    assert (now.status_code, now.json()["id"]) == (200, 2)
    assert (later.status_code, later.content, later.headers["x-check"]) == (202, b"", "later")


def test_merge_patch_and_charset_are_json_too(client: TestClient) -> None:
    for kind in ("application/merge-patch+json", "application/json; charset=utf-8", "Application/JSON"):
        answer = client.patch("/api/v1/users/1", content=b"{}", headers={"content-type": kind})
        assert answer.status_code == 200


@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")
def test_an_answer_out_of_its_contract_is_an_error_only_where_answers_are_validated(
    make: Callable[..., TestClient], users: Users
) -> None:
    users.rows[1].full_name = 7  # type: ignore[assignment]  # what a broken handler would do
    statuses = [
        make(validate_responses=validate).get(path).status_code
        for validate in (True, False)
        for path in ("/api/v1/users/1", "/api/v1/users")
    ]
    assert statuses == [500, 500, 200, 200]
