"""Types as JSON Schema (draft 2020-12, the dialect of OpenAPI 3.1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from ..contract.contract import View
from ..contract.types import MISSING, EnumType, Json, Kind, ListOf, MapOf, ObjectType, Ref, Scalar, Type, Unknown
from ..contract.views import ViewField, view_fields

Schema: TypeAlias = dict[str, Any]
Named: TypeAlias = Callable[[str, View], str]
"""The component name of a side of the type called so."""

DECIMAL = r"^-?[0-9]+(\.[0-9]+)?$"
POSITIVE_DECIMAL = r"^[0-9]+(\.[0-9]+)?$"

KINDS: dict[Kind, Schema] = {
    Kind.STR: {"type": "string"},
    Kind.INT: {"type": "integer"},
    Kind.FLOAT: {"type": "number"},
    Kind.BOOL: {"type": "boolean"},
    Kind.DECIMAL: {"type": "string", "format": "decimal"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.DATETIME: {"type": "string", "format": "date-time"},
    Kind.TIME: {"type": "string", "format": "time"},
    Kind.DURATION: {"type": "string", "format": "duration"},
    Kind.UUID: {"type": "string", "format": "uuid"},
    Kind.EMAIL: {"type": "string", "format": "email"},
    Kind.URL: {"type": "string", "format": "uri"},
    Kind.BYTES: {"type": "string", "format": "byte", "contentEncoding": "base64"},
    Kind.JSON: {},
}

NUMBERS = (Kind.INT, Kind.FLOAT)
BOUNDS = {
    "min_length": "minLength",
    "max_length": "maxLength",
    "pattern": "pattern",
    "ge": "minimum",
    "gt": "exclusiveMinimum",
    "le": "maximum",
    "lt": "exclusiveMaximum",
    "multiple_of": "multipleOf",
}
NUMERIC = ("ge", "gt", "le", "lt", "multiple_of")


def schema(type_: Type, view: View, named: Named) -> Schema:
    """The schema of a type on one side; named types are references to their components."""
    match type_:
        case Scalar():
            return scalar_schema(type_)
        case ListOf():
            made: Schema = {"type": "array", "items": schema(type_.items, view, named)}
            bounds = {"minItems": type_.min_items, "maxItems": type_.max_items}
            made.update({word: value for word, value in bounds.items() if value is not None})
            return made | ({"uniqueItems": True} if type_.unique_items else {})
        case MapOf():
            return {"type": "object", "additionalProperties": schema(type_.values, view, named)}
        case Ref():
            return {"$ref": f"#/components/schemas/{named(type_.name, view)}"}


def scalar_schema(scalar: Scalar) -> Schema:
    """The schema of a single value.

    A decimal travels as text, which JSON Schema cannot bound like a number: of its bounds only the sign is said,
    by the pattern.
    """
    made = dict(KINDS[scalar.kind])
    if scalar.format is not None:
        made["format"] = scalar.format
    if scalar.choices:
        made["enum"] = list(scalar.choices)
    if scalar.kind is Kind.DECIMAL and scalar.pattern is None:
        signless = any(bound is not None and bound >= 0 for bound in (scalar.ge, scalar.gt))
        made["pattern"] = POSITIVE_DECIMAL if signless else DECIMAL
    for name, word in BOUNDS.items():
        value = getattr(scalar, name)
        if value is not None and (name not in NUMERIC or scalar.kind in NUMBERS):
            made[word] = value
    if scalar.kind is Kind.INT and scalar.format is None:
        _bound_to_64_bits(made)
    return made


def _bound_to_64_bits(made: Schema) -> None:
    """An integer of which no format is said is what 64 bits hold, and the document says so."""
    if "minimum" not in made and "exclusiveMinimum" not in made:
        made["minimum"] = -(2**63)
    if "maximum" not in made and "exclusiveMaximum" not in made:
        made["maximum"] = 2**63 - 1


def nullable(made: Schema) -> Schema:
    """`made`, or null; bounds and formats stay with the value they speak of."""
    if not made:
        return made
    if isinstance(made.get("type"), str) and set(made) <= {"type", "enum", "items"}:
        made = made | {"type": [made["type"], "null"]}
        return made | {"enum": [*made["enum"], None]} if "enum" in made else made
    return {"anyOf": [made, {"type": "null"}]}


def field_schema(made: ViewField, named: Named) -> Schema:
    """The schema of one property: its type with what is said about it."""
    found = schema(made.type, made.nested, named)
    if made.nullable:
        found = nullable(found)
    field = made.field
    if field.description is not None:
        found["description"] = field.description
    if made.default is not MISSING:
        found["default"] = made.default
    if field.example is not MISSING:
        found["examples"] = [field.example]
    marks = {"readOnly": field.read_only, "writeOnly": field.write_only, "deprecated": field.deprecated}
    return found | {word: True for word, holds in marks.items() if holds}


def object_schema(type_: ObjectType, view: View, named: Named, version: str) -> Schema:
    """The schema of one side of an object."""
    made: Schema = {"type": "object"}
    if type_.description is not None:
        made["description"] = type_.description
    fields = view_fields(type_, view, version)
    made["properties"] = {f.name: field_schema(f, named) for f in fields}
    required = [f.name for f in fields if f.required]
    if required:
        made["required"] = required
    if type_.unknown is not Unknown.IGNORE:
        made["additionalProperties"] = type_.unknown is Unknown.KEEP
    return made


def enum_schema(type_: EnumType) -> Schema:
    """The schema of an enum."""
    made: Schema = {"type": "string"}
    if type_.description is not None:
        made["description"] = type_.description
    return made | {"enum": [v.value for v in type_.values]}


PLACES: dict[str, Schema] = {
    "$total": {"type": "integer", "minimum": 0},
    "$limit": {"type": "integer", "minimum": 1},
    "$offset": {"type": "integer", "minimum": 0},
}
"""What the places of an envelope, other than its items, hold."""


def envelope_schema(template: Json, items: Schema) -> Schema:
    """The schema of a page: the envelope's template with `items` in the place of `$items`."""
    match template:
        case "$items":
            return items
        case str() if template in PLACES:
            return dict(PLACES[template])
        case str() if template.startswith("$"):
            return {"type": "string"}
        case dict():
            return {
                "type": "object",
                "properties": {key: envelope_schema(value, items) for key, value in template.items()},
                "required": list(template),
            }
        case list():
            made = [envelope_schema(value, items) for value in template]
            return {"type": "array", "prefixItems": made, "minItems": len(made), "maxItems": len(made)}
        case _:
            return {"const": template}
