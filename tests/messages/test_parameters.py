"""Parameters in every place and style reach the handler as what they are, and as nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from starlette.testclient import TestClient

from scaffold.contract.message import Body
from scaffold.contract.types import Kind, ListOf, Scalar

from .api import INT, QUERY, STR, Project, asking, history
from .conftest import Calls

CHOICE = Scalar(Kind.INT, choices=(1, 2))
UUID_TEXT = "0f8fad5b-d9cb-469f-a165-70867728950e"


def given(calls: Calls, response: Any) -> dict[str, Any]:
    """The arguments that were not left out."""
    assert response.status_code == 200, response.text
    return {name: value for name, value in calls.arguments.items() if value is not None}


def wrong(response: Any) -> list[tuple[str, ...]]:
    """Where a refused request was wrong."""
    assert response.status_code == 422, response.text
    return [tuple(map(str, e["loc"])) for e in response.json()["errors"]]


def test_plain_ones_are_read_by_fastapi(client: TestClient, calls: Calls) -> None:
    response = client.get("/plain/5?n=2&ids=1&ids=2", headers={"X-Trace": UUID_TEXT, "Cookie": "seen=true"})
    assert given(calls, response) == {
        "id": 5,
        "n": 2,
        "ids": [1, 2],
        "colour": "red",
        "X_Trace": UUID(UUID_TEXT),
        "seen": True,
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("commas=1,2,3", {"commas": [1, 2, 3]}),
        ("commas=1%2C2", {"commas": [1, 2]}),
        ("words=a,b%2Cc,d+e", {"words": ["a", "b,c", "d e"]}),
        ("words=%C3%A4", {"words": ["ä"]}),
        ("spaces=a%20b+c", {"spaces": ["a", "b", "c"]}),
        ("pipes=1%7C2|3", {"pipes": [1, 2, 3]}),
        ("some=7", {"some": [7]}),
        ("size=2", {"size": 2}),
        ("either=5", {"either": 5}),
        ("either=five", {"either": "five"}),
        ("maybe=5", {"maybe": 5}),
        ("free=true", {"free": "true"}),
        ("free=a&free=b", {"free": ["a", "b"]}),
        ("gr%C3%B6%C3%9Fe.in-cm%20%F0%9F%93%8F=1.5", {"größe_in_cm": 1.5}),
        ("class=5", {"class_": "5"}),
        ("words=", {"words": [""]}),
    ],
)
def test_every_style_of_a_query(client: TestClient, calls: Calls, query: str, expected: dict[str, Any]) -> None:
    found = given(calls, client.get(f"/query?{query}"))
    assert found == {"some": [1, 2], **expected}


def test_a_default_is_everybodys_own(client: TestClient, calls: Calls) -> None:
    given(calls, client.get("/query"))["some"].append(3)
    assert given(calls, client.get("/query")) == {"some": [1, 2]}


def test_objects_in_a_query(client: TestClient, calls: Calls, project: Project) -> None:
    records = project.module("records")
    found = given(calls, client.get("/query?box[width]=3&box[rgb][R]=1&box[unknown]=x&rgb=R%2C100%2CB%2C7"))
    assert found["box"] == records.Box(width=3, rgb=records.Rgb(R=1))
    assert found["rgb"] == records.Rgb(R=100, B=7)
    found = given(calls, client.get('/query?note={"text":"hi","stars":2,"day":"2026-03-01"}'))
    assert (found["note"].text, found["note"].stars, str(found["note"].day)) == ("hi", 2, "2026-03-01")
    assert given(calls, client.get("/spread?R=1&B=2&other=x")) == {"rgb": records.Rgb(R=1, B=2), "other": "x"}
    assert given(calls, client.get("/spread?other=x")) == {"other": "x"}
    assert given(calls, client.get("/map?a=1&b=2&other=x")) == {"all": {"a": 1, "b": 2}, "other": "x"}


def test_every_style_of_a_path(client: TestClient, calls: Calls, project: Project) -> None:
    records = project.module("records")
    found = given(calls, client.get("/paths/1,2/.5/.a.b/;matrix=6/;matrices=1;matrices=2/R=1,G=2"))
    assert found == {
        "plain_ids": [1, 2],
        "label": 5,
        "labels": ["a", "b"],
        "matrix": 6,
        "matrices": [1, 2],
        "rgb": records.Rgb(R=1, G=2),
    }
    assert wrong(client.get("/paths/x/5/.a/;matrix=6/;matrices=1/R=1")) == [
        ("path", "plain-ids", "0"),
        ("path", "label"),
    ]
    assert wrong(client.get("/paths/1/.5/.a/;m=6/;x=1/R=1")) == [("path", "matrix"), ("path", "matrices")]


def test_headers_and_cookies(client: TestClient, calls: Calls, project: Project) -> None:
    records = project.module("records")
    headers = [
        ("X-Ids", "1, 2"),
        ("X-Ids", "3"),
        ("X-Rgb", "R=1, G=2"),
        ("X-Size", "2"),
        ("Cookie", "crumbs=1,2; rgb=R,5"),
    ]
    assert given(calls, client.get("/headers?X-Rgb=query", headers=headers)) == {
        "X_Ids": [1, 2, 3],
        "X_Rgb": records.Rgb(R=1, G=2),
        "X_Size": 2,
        "crumbs": [1, 2],
        "rgb": records.Rgb(R=5),
        "X_Rgb_query": "query",
    }
    assert wrong(client.get("/headers", headers=[("X-Size", "1"), ("X-Size", "2")])) == [("header", "X-Size")]
    assert wrong(client.get("/headers", headers=[("X-Ids", "1,x"), ("Cookie", "rgb=R")])) == [
        ("header", "X-Ids", "1"),
        ("cookie", "rgb"),
    ]


@pytest.mark.parametrize(
    ("path", "at"),
    [
        ("/plain/x?n=2", ("path", "id")),
        ("/plain/5", ("query", "n")),
        ("/plain/5?n=", ("query", "n")),
        ("/plain/5?n=1&n=2", ("query", "n")),
        ("/plain/5?n=%FF%FE", ("query", "n")),
        ("/plain/5?n=1&ids=1&ids=x", ("query", "ids", "1")),
        ("/plain/5?n=1&colour=blue", ("query", "colour")),
        ("/query?commas=1&commas=2", ("query", "commas")),
        ("/query?commas=", ("query", "commas", "0")),
        ("/query?words=%FF", ("query", "words")),
        ("/query?some=x", ("query", "some", "0")),
        ("/query?size=4", ("query", "size")),
        ("/query?size=1&size=1", ("query", "size")),
        ("/query?rgb=R,1,G", ("query", "rgb")),
        ("/query?rgb=R,1,R,2", ("query", "rgb", "R")),
        ("/query?box[width]=x", ("query", "box", "width")),
        ("/query?box[width]=1&box[width]=2", ("query", "box", "width")),
        ("/query?note={", ("query", "note")),
        ("/query?note={}", ("query", "note", "text")),
        (f"/query?size={'9' * 5000}", ("query", "size")),
        ("/query?class=1&class=2", ("query", "class")),
        ("/spread?R=%F0%9F%93%8F", ("query", "rgb", "R")),
        ("/map?a=b", ("query", "all", "a")),
    ],
)
def test_what_does_not_fit_is_told_by_its_own_name(client: TestClient, path: str, at: tuple[str, ...]) -> None:
    assert wrong(client.get(path)) == [at]


def test_two_of_one_name_are_two(client: TestClient, calls: Calls) -> None:
    assert given(calls, client.delete("/plain/5?id=x")) == {"id": 5, "id_query": "x"}
    assert given(calls, client.put("/plain/5?answer=a&now=b")) == {"id": "5", "answer": "a", "now_": "b"}


def test_names_that_python_would_take_for_one_are_two(tmp_path: Path, calls: Calls) -> None:
    """Ids, parameters and bodies whose constants would be called alike."""
    two = (
        asking("POST /a", "get", ("body_x", QUERY, ListOf(INT), {"explode": False}), ("A", QUERY, CHOICE, {})),
        asking("POST /b", "GET", ("a", QUERY, CHOICE, {}), ("A", QUERY, ListOf(INT), {"explode": False})),
        replace(asking("POST /c", "get_body", ("x", QUERY, CHOICE, {})), body=Body(ListOf(STR))),
        replace(asking("POST /d", "get__body", ("body", QUERY, CHOICE, {})), body=Body(ListOf(INT))),
    )
    with Project(tmp_path, history(*two)).client(calls) as client:
        assert given(calls, client.post("/a?body_x=1,2&A=1")) == {"body_x": [1, 2], "A": 1}
        assert given(calls, client.post("/b?a=1&A=1,2")) == {"a": 1, "A": [1, 2]}
        assert given(calls, client.post("/c?x=1", json=["a"])) == {"x": 1, "body": ["a"]}
        assert given(calls, client.post("/d?body=1", json=[1])) == {"body_": 1, "body": [1]}
