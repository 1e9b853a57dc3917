"""What later versions change about bodies and answers: older callers go on as they were promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scaffold.contract.address import BodyAddress, OperationAddress, ParameterAddress, ResponseAddress
from scaffold.contract.changes import (
    AddBody,
    AddParameter,
    AddResponse,
    Change,
    ChangeBody,
    ChangeParameter,
    ChangeResponse,
    RemoveBody,
)
from scaffold.contract.history import History, Version, evolve
from scaffold.contract.message import Body, Media, Response
from scaffold.contract.parameter import Parameter
from scaffold.contract.types import UNDECIDED, ListOf, Ref

from .api import INT, QUERY, STR, Project, history, operation, parameter, query
from .conftest import Calls

FIRST = (
    operation("POST /same", "same", body=Body(Ref("Note"), media_type="multipart/form-data")),
    operation("POST /status", "status", Response(200, "Done.", STR), Response(404, "No.", STR)),
    operation("POST /gains", "gains"),
    operation("POST /loses", "loses", body=Body(Ref("Note"))),
    operation("POST /open", "open", body=Body(Ref("Note")), own=query("POST /open", ("n", QUERY, INT, {}))),
    operation("GET /asks", "asks", own=query("GET /asks", ("n", QUERY, ListOf(INT), {}))),
)


def at(text: str) -> OperationAddress:
    method, _, path = text.partition(" ")
    return OperationAddress(method, path)


def more(name: str, type_: Any, **stated: Any) -> Parameter:
    made = parameter("GET /asks", name, QUERY, type_, **stated)
    return replace(made, identity=made.identity.replace("v1", "v2"))


CHANGES: tuple[Change, ...] = (
    ChangeResponse(at=ResponseAddress(at("POST /status"), "200"), to=Response(201, "Made.", STR)),
    AddResponse(at=ResponseAddress(at("POST /status"), "409"), response=Response(409, "Taken.", STR)),
    AddBody(at=BodyAddress(at("POST /gains")), body=Body(Ref("Note"), required=False)),
    RemoveBody(at=BodyAddress(at("POST /loses"))),
    ChangeBody(at=BodyAddress(at("POST /open")), to=Body(INT), codec=UNDECIDED),
    ChangeParameter(at=ParameterAddress(at("GET /asks"), QUERY, "n"), required=True, old_sends=[7]),
    AddParameter(at=ParameterAddress(at("GET /asks"), QUERY, "m"), parameter=more("m", ListOf(INT), default=[1])),
)


def two_versions(*changes: Change) -> History:
    """A history of two versions, the second made by `changes`."""
    first = history(*FIRST)
    contract, applied = evolve(first.newest, changes, "v2")
    version = Version("v2", date(2025, 6, 1), changes=changes)
    return replace(first, versions=(*first.versions, version), contracts=(*first.contracts, contract), applied=applied)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("versions"), two_versions(*CHANGES))


def test_a_status_has_the_number_of_the_version_that_is_asked(project: Project, calls: Calls, tmp_path: Path) -> None:
    reply = project.module("wire").Reply
    with project.client(calls) as client:
        for answered, first, second in (("x", 200, 201), (reply(201, "x"), 200, 201), (reply(404, "x"), 404, 404)):
            calls.answers["status"] = answered
            assert client.post("/status").status_code == first
            assert client.post("http://t/api/v2/status").status_code == second
        calls.answers["status"] = reply(409, "x")
        taken = client.post("/status")
        assert (taken.status_code, taken.json()["title"]) == (409, "Conflict")
        assert client.post("http://t/api/v2/status").json() == "x"


def test_bodies_come_and_go(project: Project, calls: Calls) -> None:
    with project.client(calls) as client:
        assert client.post("/gains").status_code == 200
        assert calls.arguments == {"body": None}
        assert client.post("http://t/api/v2/gains", json={"text": "a"}).status_code == 200
        assert calls.arguments["body"].text == "a"
        assert client.post("/loses", json={"text": "a"}).status_code == 200
        assert calls.arguments == {}
        assert client.post("/loses", json={}).status_code == 422


def test_parameters_that_a_version_does_not_send_are_taken_as_stated(project: Project, calls: Calls) -> None:
    with project.client(calls) as client:
        client.get("/asks")
        assert calls.arguments == {"n": [7], "m": [1]}
        client.get("/asks?n=2")
        assert calls.arguments == {"n": [2], "m": [1]}
        assert client.get("http://t/api/v2/asks").status_code == 422


def test_what_is_undecided_reads_the_request_and_answers_501(project: Project, calls: Calls) -> None:
    with project.client(calls) as client:
        undecided = client.post("/open?n=1", json={"text": "a"})
        assert (undecided.status_code, undecided.json()["type"]) == (501, "/problems/undecided")
        assert client.post("/open?n=x", json={"text": "a"}).status_code == 422
        assert client.post("/open?n=1", json={"text": 1}).status_code == 422
        assert client.post("http://t/api/v2/open", json=5).status_code == 200


def test_a_route_that_did_not_change_is_there_once(project: Project) -> None:
    second = project.files[f"src/{project.name}/generated/v2/operations.py"]
    assert "/same" not in second
    assert "/status" in second


def test_other_forms_come_beside_without_touching_the_record(tmp_path: Path, calls: Calls) -> None:
    forms = Body(Ref("Note"), media_type="multipart/form-data", others=(Media("application/json", Ref("Note")),))
    made = Project(tmp_path, two_versions(ChangeBody(at=BodyAddress(at("POST /same")), to=forms)))
    with made.client(calls) as client:
        assert client.post("/same", json={"text": "a"}).status_code == 415
        assert client.post("/same", files=[("text", (None, "a"))]).status_code == 200
        assert client.post("http://t/api/v2/same", json={"text": "a"}).status_code == 200
        assert calls.arguments["body"].text == "a"
