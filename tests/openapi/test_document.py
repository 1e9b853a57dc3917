"""Documents: a contract as OpenAPI 3.1, valid, complete and always the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import schemathesis

from scaffold.contract.changes import ChangeEnvelope
from scaffold.contract.contract import Contract, Envelope
from scaffold.contract.error_form import ErrorFormat
from scaffold.contract.examples import example
from scaffold.contract.message import Body, View
from scaffold.contract.named_types import ObjectType, Unknown
from scaffold.contract.parameter import Location, Parameter
from scaffold.contract.types import MISSING, Kind, ListOf, MapOf, Ref, Scalar
from scaffold.openapi import document, to_json
from scaffold.openapi.components import Components
from scaffold.spec import load

from ..compat.contracts import (
    INT,
    KEY,
    STR,
    contract,
    enum_type,
    field,
    free_operation,
    history,
    object_type,
    shop,
)

EXAMPLES = Path(__file__).parents[2] / "examples"

INT64 = {"type": "integer", "minimum": -(2**63), "maximum": 2**63 - 1}
"""What an integer of which nothing more is said can be."""


def made(of: Contract) -> dict[str, Any]:
    found = history(of)
    return document(of, found.api, found.versions[0])


def test_errors_that_are_no_problem_details_are_said() -> None:
    assert "x-errors" not in made(shop())
    assert made(replace(shop(), errors=ErrorFormat.SIMPLE))["x-errors"] == "simple"


def schemas(of: Contract) -> dict[str, Any]:
    found: dict[str, Any] = made(of)["components"]["schemas"]
    return found


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def everything() -> Contract:
    """A contract that uses every kind, wrapper, mark and bound once."""
    node = object_type("Node", field("Node", "value"), field("Node", "next?", Ref("Node"), nullable=True))
    kinds = [field("Kinds", f"{kind}_field?", Scalar(kind), nullable=True) for kind in Kind if kind is not Kind.NULL]
    return contract(
        enum_type("Level", "low", "high"),
        node,
        object_type("Kinds", *kinds, field("Kinds", "level?", Ref("Level"), nullable=True)),
        object_type(
            "Line",
            field("Line", "sku", create_only=True),
            field("Line", "count", Scalar(Kind.INT, ge=1, lt=10, multiple_of=1), default=1),
        ),
        object_type(
            "Order",
            field("Order", "id", Scalar(Kind.UUID), **KEY),
            field("Order", "lines", ListOf(Ref("Line"), min_items=1, max_items=9, unique_items=True)),
            field("Order", "main", Ref("Line")),
            field("Order", "labels?", MapOf(STR)),
            field("Order", "total", Scalar(Kind.DECIMAL, ge=0), read_only=True),
            field("Order", "token?", write_only=True, deprecated=True, description="A secret."),
            field("Order", "kinds?", Ref("Kinds")),
            field("Order", "tree?", Ref("Node")),
            unknown=Unknown.REFUSE,
            description="An order.",
        ),
        resources=("Order",),
        operations=(
            free_operation(
                "price",
                "POST",
                "/price/{id}",
                body=Body(Ref("Line"), required=False),
                answers=ListOf(Ref("Line")),
                parameters=(
                    Parameter("p", "id", Location.PATH, INT, required=True, example=7),
                    Parameter("q", "X-Mode", Location.HEADER, Scalar(Kind.STR, choices=("a", "b")), default="a"),
                    Parameter("r", "s", Location.COOKIE, ListOf(INT), deprecated=True, description="Which."),
                ),
            ),
        ),
    )


@pytest.mark.parametrize("of", [shop(), everything(), Contract("v1")], ids=["shop", "everything", "empty"])
def test_documents_are_valid_and_every_reference_leads_somewhere(of: Contract) -> None:
    found = made(of)
    known = found.get("components", {}).get("schemas", {})
    assert {r.removeprefix("#/components/schemas/") for r in references(found)} <= set(known)
    for schema in known.values():
        jsonschema_rs.meta.validate({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})
    loaded = schemathesis.openapi.from_dict(found)
    assert len(list(loaded.get_all_operations())) == len(of.operations)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/api.yaml")), ids=lambda p: p.parent.name)
def test_the_documents_of_the_examples_are_valid(path: Path) -> None:
    found = load(path.read_text(encoding="utf-8")).history
    for version, of in zip(found.versions, found.contracts, strict=True):
        document_ = document(of, found.api, version)
        assert len(list(schemathesis.openapi.from_dict(document_).get_all_operations())) == len(of.operations)
        for schema in document_["components"]["schemas"].values():
            jsonschema_rs.meta.validate({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})


@pytest.mark.parametrize("view", list(View))
def test_examples_of_every_side_pass_its_schema(view: View) -> None:
    for of in (shop(), everything()):
        found = made(of)
        for name in of.types:
            side = Components(of).name(name, view)
            if side not in found["components"]["schemas"] or not isinstance(of.types[name], ObjectType):
                continue
            value = example(of, Ref(name), view)
            schema = {"$ref": f"#/components/schemas/{side}", "components": found["components"]}
            jsonschema_rs.validator_for(schema).validate(value)


def test_the_same_contract_gives_the_same_bytes() -> None:
    assert to_json(made(shop())) == to_json(made(shop()))
    assert to_json(made(shop())).endswith("}\n")


def test_the_version_is_the_full_number() -> None:
    assert made(shop())["info"] == {"title": "Shop API", "version": "1"}


def test_sides_are_named_and_equal_ones_shared() -> None:
    found = schemas(everything())
    shared = ["Level", "Node", "NodeUpdate", "Kinds"]
    lines = ["Line", "LineCreate", "LineReplace", "LineUpdate"]
    orders = ["Order", "OrderCreate", "OrderReplace", "OrderUpdate"]
    assert list(found) == [*shared, *lines, *orders]


def test_a_type_that_is_only_sent_keeps_its_plain_name() -> None:
    query = object_type("Query", field("Query", "words", default="all"))
    found = schemas(contract(query, operations=(free_operation("find", "POST", "/find", body=Body(Ref("Query"))),)))
    assert list(found) == ["Query"]
    assert found["Query"]["properties"]["words"]["default"] == "all"


def test_a_side_does_not_take_the_name_of_another_type() -> None:
    user = object_type("User", field("User", "id", INT, **KEY), field("User", "name"))
    other = object_type("UserCreate", field("UserCreate", "x"))
    found = schemas(contract(user, other, resources=("User",)))
    assert list(found["UserCreate"]["properties"]) == ["x"]
    assert list(found["UserCreateBody"]["properties"]) == ["name"]


def test_defaults_are_always_answered_and_may_be_left_out() -> None:
    found = schemas(everything())
    assert found["Line"]["required"] == ["sku", "count"]
    assert found["LineCreate"]["required"] == ["sku"]
    assert found["LineCreate"]["properties"]["count"]["default"] == 1
    assert "default" not in found["Line"]["properties"]["count"]


def test_partial_updates_reach_directly_nested_objects_and_replace_listed_ones() -> None:
    update = schemas(everything())["OrderUpdate"]
    assert "required" not in update
    assert update["properties"]["main"] == {"$ref": "#/components/schemas/LineUpdate"}
    assert update["properties"]["lines"]["items"] == {"$ref": "#/components/schemas/LineReplace"}
    assert [s["type"] for s in update["properties"]["labels"]["anyOf"]] == ["object", "null"]
    kinds = {"$ref": "#/components/schemas/Kinds"}
    assert update["properties"]["kinds"] == {"anyOf": [kinds, {"type": "null"}]}


def written(schema: dict[str, Any]) -> tuple[str | None, str | None]:
    """The type and format of a schema that allows null, or (None, None) for one that says neither."""
    if isinstance(schema.get("type"), list):
        kind, null = schema["type"]
        assert null == "null"
        return kind, schema.get("format")
    if "anyOf" not in schema:
        return None, None
    value, null = schema["anyOf"]
    assert null == {"type": "null"}
    return value.get("type"), value.get("format")


def test_kinds_have_their_formats_and_allow_null() -> None:
    properties = schemas(everything())["Kinds"]["properties"]
    said = {name: written(p) for name, p in properties.items()}
    assert said == {
        "str_field": ("string", None),
        "int_field": ("integer", None),
        "float_field": ("number", None),
        "bool_field": ("boolean", None),
        "decimal_field": ("string", "decimal"),
        "date_field": ("string", "date"),
        "datetime_field": ("string", "date-time"),
        "time_field": ("string", "time"),
        "duration_field": ("string", "duration"),
        "uuid_field": ("string", "uuid"),
        "email_field": ("string", "email"),
        "url_field": ("string", "uri"),
        "bytes_field": ("string", "byte"),
        "json_field": (None, None),
        "level": (None, None),
    }
    assert properties["json_field"] == {}
    assert properties["level"] == {"anyOf": [{"$ref": "#/components/schemas/Level"}, {"type": "null"}]}


def test_marks_bounds_and_prose_are_said() -> None:
    found = schemas(everything())
    assert found["Order"]["additionalProperties"] is False
    assert found["Order"]["description"] == "An order."
    assert found["Order"]["properties"]["total"]["readOnly"] is True
    assert found["Order"]["properties"]["total"]["pattern"] == r"^[0-9]+(\.[0-9]+)?$"
    assert "token" not in found["Order"]["properties"]
    token = found["OrderCreate"]["properties"]["token"]
    assert token == {"type": "string", "description": "A secret.", "writeOnly": True, "deprecated": True}
    lines = found["Order"]["properties"]["lines"]
    assert (lines["minItems"], lines["maxItems"], lines["uniqueItems"]) == (1, 9, True)
    count = found["Line"]["properties"]["count"]
    assert (count["minimum"], count["exclusiveMaximum"], count["multipleOf"]) == (1, 10, 1)


def test_parameters_say_where_they_travel_and_what_they_hold() -> None:
    parameters = made(everything())["paths"]["/price/{id}"]["post"]["parameters"]
    assert parameters == [
        {"name": "id", "in": "path", "required": True, "schema": INT64, "example": 7},
        {
            "name": "X-Mode",
            "in": "header",
            "schema": {"type": "string", "enum": ["a", "b"], "default": "a"},
        },
        {
            "name": "s",
            "in": "cookie",
            "description": "Which.",
            "deprecated": True,
            "schema": {"type": "array", "items": INT64},
        },
    ]


def test_an_optional_body_is_not_required() -> None:
    assert "required" not in made(everything())["paths"]["/price/{id}"]["post"]["requestBody"]


def test_updates_are_taken_as_merge_patches_too() -> None:
    content = made(shop())["paths"]["/users/{id}"]["patch"]["requestBody"]["content"]
    assert list(content) == ["application/json", "application/merge-patch+json"]


def test_a_bare_list_has_its_total_in_headers() -> None:
    answer = made(shop())["paths"]["/users"]["get"]["responses"]["200"]
    assert list(answer["headers"]) == ["X-Total-Count", "Link"]
    assert answer["content"]["application/json"]["schema"]["type"] == "array"


def test_an_envelope_is_filled_in() -> None:
    template = {"data": "$items", "meta": {"total": "$total", "kind": "page"}}
    wrapped = ChangeEnvelope(to=Envelope(template)).apply(shop(), "v2")
    found = made(wrapped)
    answer = found["paths"]["/users"]["get"]["responses"]["200"]
    assert answer["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/UserPage"}
    assert "headers" not in answer
    assert found["components"]["schemas"]["UserPage"] == {
        "type": "object",
        "properties": {
            "data": {"type": "array", "items": {"$ref": "#/components/schemas/User"}},
            "meta": {
                "type": "object",
                "properties": {"total": {"type": "integer", "minimum": 0}, "kind": {"const": "page"}},
                "required": ["total", "kind"],
            },
        },
        "required": ["data", "meta"],
    }


def test_a_default_of_null_is_said_and_a_missing_one_is_not() -> None:
    thing = object_type("Thing", field("Thing", "a", nullable=True, default=None), field("Thing", "b", default=MISSING))
    body = Body(Ref("Thing"), view=View.CREATE)
    found = schemas(contract(thing, operations=(free_operation("make", "POST", "/things", body=body),)))
    assert found["Thing"]["properties"]["a"]["default"] is None
    assert "default" not in found["Thing"]["properties"]["b"]
