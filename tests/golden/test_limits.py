"""Bounds, marks and unique values of the case `limits`, as callers of each of its versions meet them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from ..projects import served

pytestmark = pytest.mark.slow
LINE = {"id": "6f1c1b5e-8a36-4d0e-9d0a-2f6b3f0c9e11", "label": "a long label", "count": 1}


@pytest.fixture(scope="module")
def base(golden: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The case as it is served."""
    database = tmp_path_factory.mktemp("limits") / "limits.db"
    with served(
        golden("limits"), "limits_api", DATABASE_URL=f"sqlite:///{database}", ENVIRONMENT="development"
    ) as base:
        yield f"{base}/api"


def places(answer: httpx2.Response) -> list[list[Any]]:
    """Where a refused request is wrong."""
    assert answer.status_code == 422, answer.text
    return [e["loc"] for e in answer.json()["errors"]]


def test_what_one_version_writes_others_show_within_their_bounds_and_give_back(base: str) -> None:
    sent = {"title": "a title of some length", "slogan": "buy it while it lasts", "mood": "odd", "note": {"text": "n"}}
    made = httpx2.post(f"{base}/v1/products", json={**sent, "price": "0.50", "lines": [LINE]}).json()
    at = f"products/{made['id']}"
    seen = httpx2.get(f"{base}/v2/{at}").json()
    assert (seen["title"], seen["slogan"], seen["mood"], seen["price"]) == (sent["title"], "buy it whi", "calm", "1")
    written = {k: v for k, v in seen.items() if k != "id"}
    assert httpx2.put(f"{base}/v2/{at}", json={**written, "code": "x"}).status_code == 200
    assert httpx2.get(f"{base}/v1/{at}").json() == {**made, "code": "x"}
    assert places(httpx2.put(f"{base}/v2/{at}", json={**written, "title": "another one that is long"})) == [
        ["body", "title"]
    ]
    longer = [{**LINE, "label": "a longer label"}]
    assert places(httpx2.patch(f"{base}/v3/{at}", json={"lines": longer})) == [["body", "lines", 0, "label"]]
    assert places(httpx2.patch(f"{base}/v3/{at}", json={"lines": [LINE, LINE]})) == [["body", "lines"]]
    assert places(httpx2.patch(f"{base}/v1/{at}", json={"code": "beyond it"})) == [["body", "code"]]


def test_what_is_taken_is_told_in_the_words_of_the_caller(base: str) -> None:
    assert httpx2.post(f"{base}/v2/badges", json={"label": "gold"}).status_code == 201
    taken = {v: httpx2.post(f"{base}/{v}/badges", json={n: "gold"}) for v, n in (("v1", "text"), ("v2", "label"))}
    assert [a.status_code for a in taken.values()] == [409, 409]
    assert [a.json()["detail"] for a in taken.values()] == [
        "Another Badge has the same text.",
        "Another Badge has the same label.",
    ]


def test_what_older_clients_may_not_write_is_passed_over_or_refused(base: str) -> None:
    made = httpx2.post(f"{base}/v1/badges", json={"text": "tin", "batch": "first"}).json()
    at = f"badges/{made['id']}"
    assert httpx2.put(f"{base}/v1/{at}", json={"text": "tin", "batch": "second"}).json() == made
    assert places(httpx2.patch(f"{base}/v1/{at}", json={"rank": 9})) == [["body", "rank"]]
    assert httpx2.patch(f"{base}/v1/{at}", json={"rank": made["rank"], "text": "lead"}).json() == {
        **made,
        "text": "lead",
    }
