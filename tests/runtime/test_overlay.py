"""A version's document as it is served."""

from __future__ import annotations

from typing import Any

import pytest

from scaffold.generate.runtime.calendar import Calendar, Notice, Stage, Version, utc_now
from scaffold.generate.runtime.overlay import overlaid

PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


MINE = {"schema": {"$ref": "#/components/schemas/Refusal"}, "examples": {"one": {"value": {}}}}


def overlay(operation: dict[str, Any], undecided: tuple[str, ...] = (), **document: Any) -> dict[str, Any]:
    """A document with one operation as it is served."""
    calendar = Calendar([Version(id="v1", release="1.0")])
    notice = calendar.at(utc_now()).notices["v1"]
    frozen = {"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "paths": {"/x": {"post": operation}}}
    return overlaid({**frozen, **document}, notice, "/api/v1", undecided=undecided)


def answers(served: dict[str, Any]) -> Any:
    return served["paths"]["/x"]["post"]["responses"]


def test_the_edges_answers_stand_beside_those_of_the_contract() -> None:
    mine = {"description": "Mine", "content": {"application/json": MINE}, "x-mine": 1}
    served = answers(overlay({"responses": {"404": mine}}))
    assert served["404"] == {"description": "Mine", "content": {"application/json": MINE, **PROBLEM}, "x-mine": 1}


@pytest.mark.parametrize("stated", ["4XX", "default"])
def test_an_answer_for_many_statuses_stays_one_where_the_edge_answers_too(stated: str) -> None:
    mine = {"description": "Mine", "content": {"application/json": MINE}}
    served = answers(overlay({"responses": {"200": {"description": "OK"}, stated: mine}}))
    assert served[stated] == mine
    assert served["404"]["content"] == {"application/json": MINE, **PROBLEM}
    assert served["500"]["content"] == ({**PROBLEM} if stated == "4XX" else {"application/json": MINE, **PROBLEM})


def test_a_problem_of_the_contracts_own_kind_may_be_either() -> None:
    own = {"type": "object", "required": ["code"], "properties": {"code": {"type": "string"}}}
    mine = {
        "description": "Mine",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    served = overlay({"responses": {"404": mine}}, components={"schemas": {"Problem": own}})
    edge = {"$ref": "#/components/schemas/ProblemDetails"}
    assert served["components"]["schemas"]["Problem"] == own
    assert answers(served)["404"]["content"]["application/problem+json"]["schema"] == {
        "anyOf": [{"$ref": "#/components/schemas/Problem"}, edge]
    }
    assert answers(served)["405"]["content"]["application/problem+json"]["schema"] == edge


def test_every_name_for_a_problem_may_be_taken() -> None:
    taken = {name: {"type": "string"} for name in ("Problem", "ProblemDetails", "EdgeProblem")}
    served = overlay({"responses": {}}, components={"schemas": taken})
    assert answers(served)["404"]["content"]["application/problem+json"]["schema"]["$ref"].endswith("/EdgeProblem2")


def test_headers_that_the_edge_does_not_send_are_not_promised_of_its_answers() -> None:
    header = {"required": True, "schema": {"type": "string"}}
    responses = {s: {"description": "", "headers": {"X-Rate": header}} for s in ("200", "422")}
    served = answers(overlay({"requestBody": {}, "responses": responses}))
    assert served["200"]["headers"]["X-Rate"]["required"]
    assert served["422"]["headers"]["X-Rate"] == {"schema": {"type": "string"}}


def test_a_shared_answer_is_put_in_place_where_the_edge_adds_to_it() -> None:
    shared = {"Gone": {"description": "Mine", "content": {"application/json": MINE}}}
    served = answers(
        overlay({"responses": {"410": {"$ref": "#/components/responses/Gone"}}}, components={"responses": shared})
    )
    assert served["410"]["content"] == {"application/json": MINE, **PROBLEM}


@pytest.mark.parametrize(
    ("operation", "document", "asks"),
    [
        ({}, {}, False),
        ({}, {"security": [{"Key": []}]}, True),
        ({"security": []}, {"security": [{"Key": []}]}, False),
        ({"security": [{}, {"Key": []}]}, {}, True),
        ({"security": [{}]}, {}, False),
    ],
)
def test_operations_that_ask_who_calls_may_refuse(operation: Any, document: Any, asks: bool) -> None:
    served = overlay({"responses": {}, **operation}, **document)
    assert ({"401", "403"} <= set(answers(served))) is asks
    assert served.get("security") == document.get("security")


def test_operations_that_are_undecided_may_say_so() -> None:
    operation = {"operationId": "pay", "responses": {}}
    assert "501" not in answers(overlay(operation))
    assert answers(overlay(operation, undecided=("pay",)))["501"] == {"description": "Undecided", "content": PROBLEM}


def test_a_schema_with_properties_says_that_it_is_an_object_as_it_is_read() -> None:
    inner = {"properties": {"properties": {"type": "string"}, "type": {"properties": {}}}}
    schemas = {
        "Plain": {"properties": {"a": inner}, "example": {"properties": {}}, "x-kept": {"properties": {}}},
        "Many": {"items": {"properties": {}}, "type": "array"},
        "Either": {"properties": {}, "anyOf": [{"properties": {}}, {"type": "string"}]},
        "properties": {"type": ["object", "null"], "properties": {}},
    }
    found = overlay({"responses": {}}, components={"schemas": schemas})["components"]["schemas"]
    nested = {"properties": {"type": "string"}, "type": {"properties": {}, "type": "object"}}
    plain = {"properties": {"a": {"properties": nested, "type": "object"}}, "example": {"properties": {}}}
    assert found["Plain"] == {**plain, "x-kept": {"properties": {}}, "type": "object"}
    assert found["Many"]["items"] == {"properties": {}, "type": "object"}
    assert found["Either"] == {"properties": {}, "anyOf": [{"properties": {}, "type": "object"}, {"type": "string"}]}
    assert found["properties"] == schemas["properties"]


def test_servers_are_the_one_that_serves_and_extensions_are_kept() -> None:
    away = [{"url": "https://elsewhere.example.com"}]
    frozen = {"responses": {}, "servers": away, "x-kept": {"a": 1}}
    served = overlay(frozen, servers=away, **{"x-root": [1]})
    assert served["servers"] == [{"url": "/api/v1"}]
    assert "servers" not in served["paths"]["/x"]["post"]
    assert (served["paths"]["/x"]["post"]["x-kept"], served["x-root"]) == ({"a": 1}, [1])
    assert frozen["servers"] == away


NOTICE = Notice(
    version=Version(id="v1", release="1"),
    stage=Stage.STABLE,
    headers=(),
    successor=None,
    steps=(),
    documentation=None,
    guides=None,
    linked=False,
)


def test_what_stands_under_x_keys_is_nobodys_path() -> None:
    operation = {"responses": {"200": {"description": "Fine."}}}
    paths: dict[str, Any] = {
        "x-text": "a",
        "x-list": [1],
        "x-none": None,
        "x-item": {"get": {"summary": "no operation"}},
        "/items": {"x-text": "a", "x-list": [1], "x-none": None, "x-item": {"get": {}}, "get": operation},
    }
    given = {"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "paths": paths}
    served = overlaid(given, NOTICE, "/v1")["paths"]
    assert {word: value for word, value in served.items() if word != "/items"} == {
        word: value for word, value in paths.items() if word != "/items"
    }
    assert "500" in served["/items"]["get"]["responses"]
    assert served["/items"]["x-item"] == {"get": {}}
