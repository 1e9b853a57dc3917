"""Comparing documents to the last description: `docs/openapi.md` has the rules, each of which is tested here."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from scaffold.contract.types import MISSING
from scaffold.openapi import Difference, differences

from .normalising import CARD_REF, NULL, TEXT, of_operation, of_parameter, of_schema

QUERY = {"name": "q", "in": "query", "schema": TEXT}
OK = {"200": {"description": "Done."}}
SHARED = {
    "parameters": {"Q": QUERY},
    "headers": {"H": {"schema": TEXT}},
    "responses": {"R": {"description": "Done.", "headers": {"X": {"$ref": "#/components/headers/H"}}}},
    "requestBodies": {"B": {"content": {"application/json": {"schema": TEXT}}}},
}
USING = {
    "parameters": [{"$ref": "#/components/parameters/Q"}],
    "requestBody": {"$ref": "#/components/requestBodies/B"},
    "responses": {"200": {"$ref": "#/components/responses/R"}},
}
PLACED = {
    "parameters": [QUERY],
    "requestBody": {"content": {"application/json": {"schema": TEXT}}},
    "responses": {"200": {"description": "Done.", "headers": {"X": {"schema": TEXT}}}},
}
KEY, OAUTH = {"Key": []}, {"OAuth": ["b", "a"]}

SAME_DOCUMENTS: dict[str, tuple[Any, Any]] = {
    "shared parts in place": (of_operation(USING, components=SHARED), of_operation(PLACED)),
    "what stands beside a reference": (
        of_operation(
            {"responses": {"200": {"$ref": "#/components/responses/R", "description": "Mine."}}},
            components={"responses": SHARED["responses"], "headers": SHARED["headers"]},
        ),
        of_operation({"responses": {"200": {**PLACED["responses"]["200"], "description": "Mine."}}}),  # type: ignore[index]  # a document is JSON
    ),
    "what a path says of its operations": (
        {"openapi": "3.1.0", "paths": {"/x": {"summary": "S.", "get": {}, "put": {"summary": "T."}}}},
        {"openapi": "3.1.0", "paths": {"/x": {"get": {"summary": "S."}, "put": {"summary": "T."}}}},
    ),
    "parameters of a path": (
        {"openapi": "3.1.0", "paths": {"/x": {"parameters": [QUERY], "get": {"responses": OK}}}},
        of_operation({"parameters": [QUERY], "responses": OK}),
    ),
    "parameters of a path, said again": (
        {
            "openapi": "3.1.0",
            "paths": {"/x": {"parameters": [{**QUERY, "required": True}], "get": {"parameters": [QUERY]}}},
        },
        of_operation({"parameters": [QUERY]}),
    ),
    "parameters in another order": (
        of_operation({"parameters": [QUERY, {**QUERY, "name": "a"}]}),
        of_operation({"parameters": [{**QUERY, "name": "a"}, QUERY]}),
    ),
    "a path that is shared": (
        {
            "openapi": "3.1.0",
            "paths": {"/x": {"$ref": "#/components/pathItems/P"}},
            "components": {"pathItems": {"P": {"get": {"responses": OK}}}},
        },
        of_operation({"responses": OK}),
    ),
    "security of the root": (
        of_operation({"security": [OAUTH, KEY]}, security=[KEY, {"OAuth": ["a", "b"]}]),
        of_operation({}, security=[KEY, OAUTH]),
    ),
    "no security": (of_operation({"security": []}), of_operation({}, security=[])),
    "tags in another order": (of_operation({"tags": ["b", "a"]}), of_operation({"tags": ["a", "b"]})),
    "what keywords say anyway": (
        of_operation({"deprecated": False, "tags": [], "parameters": [], "callbacks": {}}, servers=[], tags=[]),
        of_operation({}),
    ),
    "a parameter that need not be": (
        of_parameter(
            {"required": False, "deprecated": False, "allowReserved": False, "style": "form", "explode": True}
        ),
        of_parameter({}),
    ),
    "the usual writing of another style": (
        of_parameter({"style": "pipeDelimited", "explode": False}),
        of_parameter({"style": "pipeDelimited"}),
    ),
    "a class of answers": (
        of_operation({"responses": {"4xx": {"description": ""}}}),
        of_operation({"responses": {"4XX": {"description": ""}}}),
    ),
    "a status as a number": (
        of_operation({"responses": {200: {"description": ""}}}),
        of_operation({"responses": {"200": {"description": ""}}}),
    ),
    "a body of anything": (
        of_operation({"requestBody": {"required": False, "content": {"a/b": {"schema": {}}}}}),
        of_operation({"requestBody": {"content": {"a/b": {}}}}),
    ),
    "null of 3.0": (
        of_schema({"type": "string", "nullable": True, "maxLength": 3}) | {"openapi": "3.0.3"},
        of_schema({"type": ["string", "null"], "maxLength": 3}),
    ),
    "null of a reference of 3.0": (
        of_schema({"allOf": [CARD_REF], "nullable": True, "description": "D."}) | {"openapi": "3.0.0"},
        of_schema({"anyOf": [CARD_REF, NULL], "description": "D."}),
    ),
    "exclusive bounds of 3.0": (
        of_schema({"type": "number", "minimum": 1, "exclusiveMinimum": True}) | {"openapi": "3.0.3"},
        of_schema({"type": "number", "exclusiveMinimum": 1}),
    ),
    "the dialect that holds anyway": (
        {"openapi": "3.1.0", "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base"},
        {"openapi": "3.1.1"},
    ),
}

OTHER_DOCUMENTS: dict[str, tuple[Any, Any]] = {
    "title": ({"info": {"title": "A"}}, {"info": {"title": "B"}}),
    "version": ({"info": {"version": "1"}}, {"info": {"version": "1.0"}}),
    "contact": ({"info": {}}, {"info": {"contact": {"name": "Ada"}}}),
    "servers": ({}, {"servers": [{"url": "https://a.example"}]}),
    "order of servers": ({"servers": [{"url": "a"}, {"url": "b"}]}, {"servers": [{"url": "b"}, {"url": "a"}]}),
    "tags": ({}, {"tags": [{"name": "a"}]}),
    "description of a tag": ({"tags": [{"name": "a"}]}, {"tags": [{"name": "a", "description": "A."}]}),
    "order of tags": ({"tags": [{"name": "a"}, {"name": "b"}]}, {"tags": [{"name": "b"}, {"name": "a"}]}),
    "dialect": ({}, {"jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema"}),
    "extension": ({}, {"x-a": None}),
    "webhook": ({}, {"webhooks": {"x": {"post": {"responses": OK}}}}),
    "security of the root": ({}, {"security": [KEY]}),
    "a schema nobody mentions": ({}, {"components": {"schemas": {"A": {}}}}),
    "a shared parameter nobody mentions": ({}, {"components": {"parameters": {"Q": QUERY}}}),
    "a shared example": ({}, {"components": {"examples": {"e": {"value": 1}}}}),
    "a security scheme": ({}, {"components": {"securitySchemes": {"Key": {"type": "http", "scheme": "basic"}}}}),
    "name of a schema": ({"components": {"schemas": {"A": TEXT}}}, {"components": {"schemas": {"B": TEXT}}}),
    "path": (of_operation({}), {"paths": {"/y": {"get": {}}}}),
    "method": (of_operation({}), {"paths": {"/x": {"put": {}}}}),
    "summary of a path": (of_operation({}), {"paths": {"/x": {"get": {}, "summary": "S."}}}),
    "summary of an operation": (of_operation({"summary": "T."}), {"paths": {"/x": {"get": {}, "summary": "S."}}}),
    "extension of a path": (of_operation({"x-a": 1}), {"paths": {"/x": {"get": {}, "x-a": 1}}}),
    "servers of a path": (of_operation({}), {"paths": {"/x": {"get": {}, "servers": [{"url": "a"}]}}}),
    "extension of all paths": (of_operation({}), {"paths": {"/x": {"get": {}}, "x-a": {"get": {}}}}),
    "a path without operations": ({"paths": {}}, {"paths": {"/x": {}}}),
    "operation id": (of_operation({"operationId": "a"}), of_operation({"operationId": "b"})),
    "summary": (of_operation({}), of_operation({"summary": "S."})),
    "description": (of_operation({}), of_operation({"description": "D."})),
    "tag": (of_operation({"tags": ["a"]}), of_operation({"tags": ["a", "b"]})),
    "deprecated": (of_operation({}), of_operation({"deprecated": True})),
    "extension of an operation": (of_operation({}), of_operation({"x-a": 0})),
    "servers of an operation": (of_operation({}), of_operation({"servers": [{"url": "a"}]})),
    "callbacks": (of_operation({}), of_operation({"callbacks": {"a": {"{$url}": {"post": {}}}}})),
    "nobody let in but some": (of_operation({}, security=[KEY]), of_operation({"security": []}, security=[KEY])),
    "anybody let in": (of_operation({"security": [KEY]}), of_operation({"security": [KEY, {}]})),
    "together or either": (
        of_operation({"security": [{"A": [], "B": []}]}),
        of_operation({"security": [{"A": []}, {"B": []}]}),
    ),
    "scope": (of_operation({"security": [OAUTH]}), of_operation({"security": [{"OAuth": ["a"]}]})),
    "body": (of_operation({}), of_operation({"requestBody": {}})),
    "body required": (of_operation({"requestBody": {}}), of_operation({"requestBody": {"required": True}})),
    "form of a body": (
        of_operation({"requestBody": {"content": {"a/b": {}}}}),
        of_operation({"requestBody": {"content": {"a/c": {}}}}),
    ),
    "examples of a form": (
        of_operation({"requestBody": {"content": {"a/b": {}}}}),
        of_operation({"requestBody": {"content": {"a/b": {"examples": {"e": {"value": 1}}}}}}),
    ),
    "example of a form": (
        of_operation({"requestBody": {"content": {"a/b": {"example": 1}}}}),
        of_operation({"requestBody": {"content": {"a/b": {"examples": {"e": {"value": 1}}}}}}),
    ),
    "encoding": (
        of_operation({"requestBody": {"content": {"a/b": {}}}}),
        of_operation({"requestBody": {"content": {"a/b": {"encoding": {"p": {"contentType": "a/b"}}}}}}),
    ),
    "status": (of_operation({"responses": OK}), of_operation({"responses": {"201": OK["200"]}})),
    "description of an answer": (
        of_operation({"responses": OK}),
        of_operation({"responses": {"200": {"description": ""}}}),
    ),
    "header": (
        of_operation({"responses": OK}),
        of_operation({"responses": {"200": {**OK["200"], "headers": {"X": {}}}}}),
    ),
    "links": (of_operation({"responses": OK}), of_operation({"responses": {"200": {**OK["200"], "links": {"l": {}}}}})),
    "place of a parameter": (of_parameter({}), of_parameter({"in": "header"})),
    "name of a parameter": (of_parameter({}), of_parameter({"name": "Q"})),
    "parameter required": (of_parameter({}), of_parameter({"required": True})),
    "style": (of_parameter({}), of_parameter({"style": "spaceDelimited"})),
    "explode": (of_parameter({}), of_parameter({"explode": False})),
    "reserved characters": (of_parameter({}), of_parameter({"allowReserved": True})),
    "example of a parameter": (of_parameter({}), of_parameter({"example": None})),
    "default of a parameter": (of_parameter({"schema": TEXT}), of_parameter({"schema": {**TEXT, "default": ""}})),
    "form of a parameter": (of_parameter({"schema": TEXT}), of_parameter({"content": {"a/b": {"schema": TEXT}}})),
}  # fmt: skip


@pytest.mark.parametrize("pair", SAME_DOCUMENTS.values(), ids=SAME_DOCUMENTS)
def test_documents_that_say_the_same_are_equal(pair: tuple[Any, Any]) -> None:
    one, other = deepcopy(pair)
    assert differences(one, other) == ()
    assert (one, other) == pair


@pytest.mark.parametrize("pair", OTHER_DOCUMENTS.values(), ids=OTHER_DOCUMENTS)
def test_documents_that_say_something_else_differ(pair: tuple[Any, Any]) -> None:
    one, other = ({"openapi": "3.1.0", **part} for part in pair)
    assert differences(one, other)
    assert len(differences(other, one)) == len(differences(one, other))


def test_an_operation_without_an_id_has_none_to_compare() -> None:
    named, nameless = of_operation({"operationId": "a"}), of_operation({})
    assert differences(named, nameless) == differences(nameless, named) == ()


def test_a_difference_says_where_it_is_and_what_both_say() -> None:
    one = of_operation({"summary": "A", "x-list": [1, 2]}, servers=[{"url": "a"}, {"url": "b"}])
    other = of_operation({"x-list": [1, 2, 3]}, servers=[{"url": "a"}, {"url": "c"}])
    assert differences(one, other) == (
        Difference("/paths/~1x/get/summary", "A", MISSING),
        Difference("/paths/~1x/get/x-list", [1, 2], [1, 2, 3]),
        Difference("/servers/1/url", "b", "c"),
    )
    assert [str(d) for d in differences(one, other)][:2] == [
        '/paths/~1x/get/summary: "A" here, nothing there',
        "/paths/~1x/get/x-list: [1, 2] here, [1, 2, 3] there",
    ]


def test_long_values_are_cut_short_when_they_are_told() -> None:
    (found,) = differences({"openapi": "3.1.0", "x-a": "a" * 500}, {"openapi": "3.1.0"})
    assert len(str(found)) < 160
