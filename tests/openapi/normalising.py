"""Small documents to compare: one around a schema, an operation, a parameter."""

from __future__ import annotations

from typing import Any

TEXT, NULL = {"type": "string"}, {"type": "null"}
CARD = {"type": "object", "properties": {"number": TEXT}, "required": ["number"], "description": "A card."}
CARD_REF, TINY_REF = {"$ref": "#/components/schemas/Card"}, {"$ref": "#/components/schemas/Tiny"}


def of_schema(schema: Any) -> dict[str, Any]:
    """A document with `schema` as a component, beside two others."""
    return {"openapi": "3.1.0", "components": {"schemas": {"It": schema, "Card": CARD, "Tiny": {"type": "integer"}}}}


def of_operation(operation: Any, **root: Any) -> dict[str, Any]:
    return {"openapi": "3.1.0", "paths": {"/x": {"get": operation}}, **root}


def of_parameter(parameter: Any) -> dict[str, Any]:
    return of_operation({"parameters": [{"name": "q", "in": "query", **parameter}]})


def string(**more: Any) -> dict[str, Any]:
    return {"type": "string", **more}
