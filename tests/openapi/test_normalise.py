"""Normalising: documents that promise the same become equal, others do not."""

from __future__ import annotations

from typing import Any

import pytest

from scaffold.openapi import normalise


def answering(schema: Any, **components: Any) -> dict[str, Any]:
    """A document with one operation that answers with `schema`."""
    content = {"application/json": {"schema": schema}}
    return {
        "paths": {"/x": {"get": {"responses": {"200": {"description": "x", "content": content}}}}},
        "components": {"schemas": components},
    }


def said(schema: Any, **components: Any) -> Any:
    found = normalise(answering(schema, **components))
    return found["/x"]["get"]["responses"]["200"]["application/json"]["schema"]


TEXT = {"type": "string"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"type": "string", "description": "A", "x-more": 1}, TEXT),
        ({"type": ["string"], "minLength": 0}, TEXT),
        ({"$ref": "#/components/schemas/Text"}, TEXT),
        ({"$ref": "#/components/schemas/Text", "description": "A"}, TEXT),
        ({"allOf": [{"$ref": "#/components/schemas/Text"}]}, TEXT),
        ({"$ref": "#/components/schemas/Text", "maxLength": 3}, {"type": "string", "maxLength": 3}),
        ({"anyOf": [TEXT, {"type": "null"}]}, {"type": ["null", "string"]}),
        ({"type": "string", "nullable": True}, {"type": ["null", "string"]}),
        ({"enum": ["a", "b"]}, {"enum": ["b", "a"]}),
        ({"const": "a"}, {"enum": ["a"]}),
        ({"type": "object", "required": ["a", "b"]}, {"required": ["b", "a"], "type": "object"}),
        ({"type": "object", "required": [], "additionalProperties": True}, {"type": "object"}),
        ({"oneOf": [TEXT, {"type": "integer"}]}, {"oneOf": [{"type": "integer"}, TEXT]}),
    ],
)
def test_ways_to_say_the_same_become_equal(one: Any, other: Any) -> None:
    assert said(one, Text=TEXT) == said(other, Text=TEXT)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TEXT, {"type": "integer"}),
        (TEXT, {"type": "string", "maxLength": 3}),
        (TEXT, {"type": ["string", "null"]}),
        ({"enum": ["a"]}, {"enum": ["a", "b"]}),
        ({"type": "object", "required": ["a"]}, {"type": "object"}),
        ({"type": "object", "additionalProperties": False}, {"type": "object"}),
        ({"minimum": 0}, {}),
        ({"default": 0}, {"default": False}),
    ],
)
def test_different_promises_stay_different(one: Any, other: Any) -> None:
    assert repr(said(one)) != repr(said(other))


def test_a_property_may_be_called_like_a_keyword() -> None:
    found = said({"type": "object", "properties": {"description": TEXT, "required": TEXT, "type": TEXT}})
    assert list(found["properties"]) == ["description", "required", "type"]


def test_recursion_ends_and_equals_itself_written_otherwise() -> None:
    node = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Node"}}}
    other = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Other"}}}
    one = said({"$ref": "#/components/schemas/Node"}, Node=node)
    assert one == said({"$ref": "#/components/schemas/Other"}, Other=other)
    assert one["properties"]["next"] == {"recursion": 1}


def test_parameters_of_a_path_belong_to_its_operations() -> None:
    parameter: dict[str, Any] = {"name": "X-Id", "in": "header", "schema": TEXT}
    operation = {"responses": {"200": {"description": "x"}}}
    one = {"paths": {"/x": {"parameters": [parameter], "get": operation}}}
    other: dict[str, Any] = {
        "paths": {"/x": {"get": {**operation, "parameters": [{"$ref": "#/components/parameters/P"}]}}}
    }
    other["components"] = {"parameters": {"P": {**parameter, "name": "x-id", "required": False}}}
    assert normalise(one) == normalise(other)
    assert normalise(one)["/x"]["get"]["parameters"]["header x-id"]["required"] is False


def test_a_reference_that_leads_nowhere_is_an_error() -> None:
    with pytest.raises(KeyError):
        said({"$ref": "#/components/schemas/Lost"})


def carried(schema: Any, **components: Any) -> tuple[Any, Any]:
    """What a request and an answer that carry `schema` say."""
    document = answering(schema, **components)
    operation = document["paths"]["/x"]["get"]
    operation["requestBody"] = {"content": operation["responses"]["200"]["content"]}
    found = normalise(document)["/x"]["get"]
    return found["body"]["application/json"]["schema"], found["responses"]["200"]["application/json"]["schema"]


def test_what_is_only_shown_is_not_sent_and_what_is_only_sent_is_not_shown() -> None:
    thing = {
        "type": "object",
        "properties": {"id": {**TEXT, "readOnly": True}, "secret": {**TEXT, "writeOnly": True}, "name": TEXT},
        "required": ["id", "secret", "name"],
    }
    request, answer = carried({"$ref": "#/components/schemas/Thing"}, Thing=thing)
    assert (list(request["properties"]), request["required"]) == (["name", "secret"], ["name", "secret"])
    assert (list(answer["properties"]), answer["required"]) == (["id", "name"], ["id", "name"])


def test_discriminators_are_what_they_lead_to() -> None:
    card, wallet = {"type": "object", "title": "C"}, {"type": "object", "properties": {"kind": TEXT}}
    one = {"oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}]}
    tell = {"propertyName": "kind", "mapping": {"a": "A", "b": "#/components/schemas/B"}}
    other = {"oneOf": [{"$ref": "#/components/schemas/C"}, {"$ref": "#/components/schemas/B"}]}
    told = {"propertyName": "kind", "mapping": {"a": "#/components/schemas/C", "b": "B"}}
    found = said({**one, "discriminator": tell}, A=card, B=wallet)
    assert found == said({**other, "discriminator": told}, C=card, B=wallet)
    assert found != said({**one, "discriminator": {**tell, "propertyName": "type"}}, A=card, B=wallet)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (True, {}),
        (False, {"not": {}}),
        ({"oneOf": [{"$ref": "#/components/schemas/Text"}, {"type": "null"}]}, {"type": ["string", "null"]}),
        ({"anyOf": [TEXT, {"type": "integer"}]}, {"type": ["integer", "string"]}),
        ({"type": ["string", "null"], "maxLength": 3}, {"anyOf": [{**TEXT, "maxLength": 3}, {"type": "null"}]}),
        ({"type": "object", "properties": {}}, {"type": "object"}),
        ({"enum": [1, 2]}, {"type": "integer", "enum": [2, 1]}),
    ],
)
def test_unions_nulls_and_marks_become_equal(one: Any, other: Any) -> None:
    assert said(one, Text=TEXT) == said(other, Text=TEXT)
