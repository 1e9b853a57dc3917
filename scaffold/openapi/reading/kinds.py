"""Which JSON types the values of a schema can have, through references."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .keywords import ALL, stated_types, type_of, widened
from .state import Reading


def kinds_of(reading: Reading, schema: Any) -> frozenset[str]:
    """The JSON types of the values that `schema` allows, as far as its types, values and parts say."""
    if schema is False:
        return frozenset()
    if not isinstance(schema, Mapping):
        return ALL
    found = widened(stated_types(schema)) or ALL
    if isinstance(schema.get("$ref"), str):
        found &= kinds_of(reading, reading.resolved({"$ref": schema["$ref"]}, "")[0])
    if "const" in schema:
        found &= {type_of(schema["const"])}
    if isinstance(schema.get("enum"), list):
        found &= {type_of(value) for value in schema["enum"]}
    for member in schema.get("allOf") or ():
        found &= kinds_of(reading, member)
    for word in ("oneOf", "anyOf"):
        if schema.get(word):
            found &= frozenset().union(*(kinds_of(reading, member) for member in schema[word]))
    return found
