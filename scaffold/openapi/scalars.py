"""Single values as JSON Schema."""

from __future__ import annotations

from typing import Any, TypeAlias

from ..contract.types import Kind, Scalar

Schema: TypeAlias = dict[str, Any]

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
    Kind.NULL: {"type": "null"},
}

UNBOUNDED = "unbounded"
"""The format of an int of any size, in contracts; documents say nothing of it."""

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
"""What a contract calls a bound, and what JSON Schema calls it."""

NUMERIC = ("ge", "gt", "le", "lt", "multiple_of")
INT64 = {"minimum": -(2**63), "maximum": 2**63 - 1}
"""The bounds of an integer of which no format is said."""


def scalar_schema(scalar: Scalar) -> Schema:
    """The schema of a single value.

    A decimal travels as text, which JSON Schema cannot bound like a number: of its bounds only the sign is said,
    by the pattern.
    """
    made = dict(KINDS[scalar.kind])
    if scalar.format not in (None, UNBOUNDED):
        made["format"] = scalar.format
    if len(scalar.choices) == 1 and isinstance(scalar.choices[0], str):
        made["const"] = scalar.choices[0]  # a text of one value, and no enum
    elif scalar.choices:
        made["enum"] = list(scalar.choices)
    if scalar.kind is Kind.DECIMAL and scalar.pattern is None:
        signless = any(bound is not None and bound >= 0 for bound in (scalar.ge, scalar.gt))
        made["pattern"] = POSITIVE_DECIMAL if signless else DECIMAL
    for name, word in BOUNDS.items():
        value = getattr(scalar, name)
        if value is not None and (name not in NUMERIC or scalar.kind in NUMBERS):
            made[word] = value
    if scalar.kind is Kind.INT and scalar.format is None and not scalar.choices:
        _bound_to_64_bits(made)
    return made


def _bound_to_64_bits(made: Schema) -> None:
    """An integer of which no format is said is what 64 bits hold, and the document says so."""
    if "minimum" not in made and "exclusiveMinimum" not in made:
        made["minimum"] = INT64["minimum"]
    if "maximum" not in made and "exclusiveMaximum" not in made:
        made["maximum"] = INT64["maximum"]
