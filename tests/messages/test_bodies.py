"""Bodies in every form they may travel in: the Content-Type chooses, and one handler is given one record."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from .api import Project
from .conftest import Calls
from .test_parameters import wrong

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


def body(calls: Calls, response: Any) -> Any:
    assert response.status_code == 200, response.text
    return calls.arguments["body"]


def post(client: TestClient, path: str, content: str | bytes, kind: str | None) -> Any:
    return client.post(path, content=content, headers={} if kind is None else {"content-type": kind})


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ('{"text":"hi","stars":3,"tags":["a","b"],"sure":null,"rgb":{"R":1}}', JSON),
        ('{"text":"hi","stars":3,"tags":["a","b"],"sure":null,"rgb":{"R":1}}', "application/vnd.x+json; v=1"),
        ('text=hi&stars=3&tags=a&tags=b&sure=null&rgb={"R":1}&unknown=x', FORM),
    ],
)
def test_one_record_in_several_forms(
    client: TestClient, calls: Calls, project: Project, content: str, kind: str
) -> None:
    records = project.module("records")
    expected = records.Note(text="hi", stars=3, tags=["a", "b"], sure=None, rgb=records.Rgb(R=1))
    assert body(calls, post(client, "/forms", content, kind)) == expected


def test_a_multipart_form(client: TestClient, calls: Calls, project: Project) -> None:
    records = project.module("records")
    files: list[Any] = [
        ("text", (None, "hi")),
        ("sizes", (None, "1")),
        ("sizes", (None, "2")),
        ("rgb", ("rgb.json", b'{"R":1}', JSON)),
        ("day", (None, "2026-03-01")),
    ]
    expected = records.Note(text="hi", sizes=[1, 2], rgb=records.Rgb(R=1), day=datetime.date(2026, 3, 1))
    assert body(calls, client.post("/forms", files=files)) == expected


def test_texts_and_files(client: TestClient, calls: Calls) -> None:
    assert body(calls, post(client, "/forms", "grüß", "text/plain")) == "grüß"
    assert body(calls, post(client, "/forms", "grüß".encode("latin-1"), "text/plain; charset=iso-8859-1")) == "grüß"
    assert body(calls, post(client, "/forms", b"\xff\x00", "image/png")) == b"\xff\x00"
    assert (
        body(calls, client.put("/file", content=b"\xff", headers={"content-type": "application/octet-stream"}))
        == b"\xff"
    )
    assert body(calls, client.put("/file", content=b"\xff")) == b"\xff"
    assert wrong(client.put("/file")) == [("body",)]
    assert body(calls, client.put("/number", content="7", headers={"content-type": "text/plain"})) == 7


def test_files_in_a_form_are_bytes(client: TestClient, calls: Calls, project: Project) -> None:
    records = project.module("records")
    files: list[Any] = [
        ("title", (None, "two")),
        ("file", ("a.bin", b"\x00\xff")),
        ("more", ("b.bin", b"\x01")),
        ("more", ("c.bin", b"\x02")),
        ("code", (None, "/w==")),
        ("note", (None, '{"text":"hi"}', JSON)),
        ("numbers", (None, "1")),
    ]
    assert body(calls, client.post("/uploads", files=files)) == records.Upload(
        title="two", file=b"\x00\xff", more=[b"\x01", b"\x02"], code=b"\xff", note=records.Note(text="hi"), numbers=[1]
    )
    assert wrong(client.post("/uploads", files=files[:1])) == [("body", "file")]
    assert wrong(client.post("/uploads", files=[*files, ("title", (None, "x"))])) == [("body", "title")]
    free: list[Any] = [("a", (None, "1")), ("b", (None, "x")), ("c", (None, "y")), ("c", (None, "z"))]
    assert body(calls, client.post("/free-form", files=free)) == {
        "a": "1",
        "b": "x",
        "c": ["y", "z"],
    }


def test_fields_of_fields_where_the_form_says_so(client: TestClient, calls: Calls, project: Project) -> None:
    records = project.module("records")
    found = body(calls, post(client, "/deep", "text=hi&rgb[R]=1&rgb[G]=2", FORM))
    assert found == records.Note(text="hi", rgb=records.Rgb(R=1, G=2))


def test_bodies_that_are_no_objects(client: TestClient, calls: Calls, project: Project) -> None:
    records = project.module("records")
    assert body(calls, client.post("/json", json=[{"text": "a"}])) == [records.Note(text="a")]
    assert body(calls, client.post("/map", json={"a": 1})) == {"a": 1}
    assert body(calls, client.post("/map")) is None
    assert body(calls, client.post("/scalar", json=5)) == 5
    assert body(calls, client.post("/anything", json=[None, {"a": 1.5}])) == [None, {"a": 1.5}]
    assert body(calls, client.post("/forms")) is None


@pytest.mark.parametrize(
    ("path", "content", "kind", "at"),
    [
        ("/forms", "{", JSON, ("body",)),
        ("/forms", '{"text":1}', JSON, ("body", "text")),
        ("/forms", "text=a&text=b", FORM, ("body", "text")),
        ("/forms", "text=a&stars=x", FORM, ("body", "stars")),
        ("/forms", "text=a&stars=", FORM, ("body", "stars")),
        ("/forms", "text=%FF", FORM, ("body",)),
        ("/forms", b"text=\xff", FORM, ("body",)),
        ("/forms", "stars=1", FORM, ("body", "text")),
        ("/forms", "", FORM, ("body", "text")),
        ("/forms", 'text=a&rgb={"R":"x"}', FORM, ("body", "rgb", "R")),
        ("/forms", "text=a&rgb={", FORM, ("body", "rgb")),
        ("/forms", b"\xff", "text/plain", ("body",)),
        ("/forms", "--x\r\nnonsense", "multipart/form-data; boundary=x", ("body", "text")),
        ("/forms", "nothing", "multipart/form-data", ("body",)),
        ("/vendor", "", JSON, None),
        ("/forms", "text=a&sure=", FORM, ("body", "sure")),
        ("/scalar", "", JSON, ("body",)),
        ("/scalar", '"5"', JSON, ("body",)),
        ("/map", '{"a":"b"}', JSON, ("body", "a")),
    ],
)
def test_what_does_not_fit_is_told(
    client: TestClient, path: str, content: str | bytes, kind: str, at: tuple[str, ...] | None
) -> None:
    response = post(client, path, content, kind)
    if at is None:
        assert response.status_code == 415
    else:
        assert wrong(response) == [at]


@pytest.mark.parametrize(
    ("path", "kind", "accept"),
    [
        ("/scalar", "text/plain", "application/json"),
        ("/scalar", None, "application/json"),
        ("/vendor", "application/xml", "application/vnd.note+json"),
        ("/forms", "audio/ogg", "application/json, application/x-www-form-urlencoded, multipart/form-data"),
        ("/forms", "text/plain; charset=klingon", ""),
        ("/uploads", JSON, "multipart/form-data"),
    ],
)
def test_any_other_form_is_415(client: TestClient, path: str, kind: str | None, accept: str) -> None:
    response = post(client, path, "x", kind)
    assert response.status_code == 415, response.text
    assert accept in response.headers["accept"]
