"""The keywords of schemas (JSON Schema 2020-12 and OpenAPI 3.1, 4.8.24), by what a contract makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

BESIDE = frozenset(
    {
        "title",
        "description",
        "default",
        "example",
        "examples",
        "deprecated",
        "readOnly",
        "writeOnly",
        "externalDocs",
        "xml",
        "contentMediaType",
        "contentEncoding",
        "contentSchema",
        "$comment",
        "$schema",
        "$id",
        "$anchor",
        "$vocabulary",
        "$defs",
        "definitions",
    }
)
"""Keywords that bound no value: they speak of the place that a schema stands in."""

UNCHECKED = frozenset(
    {
        "allOf",
        "oneOf",
        "anyOf",
        "not",
        "if",
        "then",
        "else",
        "dependentSchemas",
        "dependentRequired",
        "dependencies",
        "patternProperties",
        "propertyNames",
        "minProperties",
        "maxProperties",
        "unevaluatedProperties",
        "prefixItems",
        "additionalItems",
        "contains",
        "minContains",
        "maxContains",
        "unevaluatedItems",
        "enum",
        "const",
        "required",
        "properties",
        "items",
        "type",
        "$dynamicRef",
        "$recursiveRef",
    }
)
"""Keywords that bound values, and that a contract only keeps where its types do not express them."""

SHAPES: Mapping[str, frozenset[str]] = {
    "object": frozenset(
        {
            "properties",
            "required",
            "additionalProperties",
            "patternProperties",
            "propertyNames",
            "minProperties",
            "maxProperties",
            "dependentRequired",
            "dependentSchemas",
            "unevaluatedProperties",
        }
    ),
    "array": frozenset(
        {
            "items",
            "prefixItems",
            "contains",
            "minContains",
            "maxContains",
            "minItems",
            "maxItems",
            "uniqueItems",
            "unevaluatedItems",
        }
    ),
    "string": frozenset({"minLength", "maxLength", "pattern"}),
    "number": frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}),
}
"""Keywords that say something of values of one type only."""

TEXT_FORMATS = frozenset(
    {"date", "date-time", "time", "duration", "uuid", "email", "uri", "byte", "binary", "password"}
)
NUMBER_FORMATS = frozenset({"int32", "int64", "float", "double"})

ALL = frozenset({"null", "boolean", "object", "array", "number", "integer", "string"})

SILENT: Mapping[str, Any] = {"readOnly": False, "writeOnly": False, "deprecated": False, "nullable": False}
"""Marks at the value at which they say nothing."""


def is_beside(word: str) -> bool:
    """Whether a keyword bounds no value."""
    return word in BESIDE or word.startswith("x-")


def words_of(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The keywords of `schema` that speak of the place it stands in."""
    return {w: v for w, v in schema.items() if is_beside(w) and not (w in SILENT and v is SILENT[w])}


def bounds_of(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The keywords of `schema` that bound values, and what nobody knows."""
    return {w: v for w, v in schema.items() if not is_beside(w) and not (w in SILENT and v is SILENT[w])}


def stated_types(schema: Mapping[str, Any]) -> list[str]:
    """The types that `schema` states; none where it does not say."""
    stated = schema.get("type")
    if isinstance(stated, str):
        return [stated]
    return list(dict.fromkeys(stated)) if isinstance(stated, list) else []


def inferred_type(schema: Mapping[str, Any]) -> str | None:
    """The type that a schema without one surely means, by the keywords that say something of that type alone."""
    found = [name for name, words in SHAPES.items() if words & set(schema)]
    if not found and schema.get("format") in TEXT_FORMATS:
        return "string"
    if not found and schema.get("format") in NUMBER_FORMATS:
        return "integer" if str(schema["format"]).startswith("int") else "number"
    return found[0] if len(found) == 1 else None


def type_of(value: Any) -> str:
    """The JSON type of a value; a whole number is an integer."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "integer" if value.is_integer() else "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def widened(types: list[str]) -> frozenset[str]:
    """JSON types as a set in which every number type has what it holds."""
    return frozenset(types) | ({"integer"} if "number" in types else frozenset())
