"""Schemas of objects: stated fields are an object type, free ones a map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...contract.named_types import Field, ObjectType, Unknown
from ...contract.naming import pascal, safe_name
from ...contract.types import MISSING, Kind, MapOf, Ref, Scalar, Type
from .problems import RemarkKind, child
from .state import Own, Read, Reading, Said
from .unions import placed

OPENING = ("patternProperties", "allOf", "oneOf", "anyOf", "if", "dependentSchemas", "discriminator", "$dynamicRef")
"""Keywords that can speak of fields which `properties` does not name."""


def read_object(
    reading: Reading, schema: Mapping[str, Any], name: str, at: str, own: Own | None, read: Read
) -> tuple[Type, set[str]]:
    """The type that a schema of objects says, and the keywords that it expresses."""
    properties: Mapping[str, Any] = schema.get("properties") or {}
    rest = schema.get("additionalProperties", MISSING)
    free = rest is True or rest == {} or rest is MISSING
    if not properties and not schema.get("required"):
        if isinstance(rest, dict) and rest:
            values = read(reading, rest, name, child(at, "additionalProperties"), None)
            return MapOf(placed(values)), {"type", "properties", "required", "additionalProperties"}
        if free and own is None:
            return MapOf(Scalar(Kind.JSON)), {"type", "properties", "required", "additionalProperties"}
    called = reading.names.unique(name) if own is None else own.name
    reading.types[called] = None
    unknown, used = _unknown(schema, bool(properties))
    held: Type | None = None
    if isinstance(rest, dict) and rest and unknown is Unknown.KEEP:
        held = placed(read(reading, rest, f"{called}Rest", child(at, "additionalProperties"), None))
    reading.types[called] = ObjectType(
        reading.identity(called),
        called,
        _fields(reading, schema, called, at, read),
        unknown,
        rest=held,
        inline=own is None,
        component=None if own is None else own.component,
    )
    return Ref(called), used | {"type", "properties", "required"}


def _unknown(schema: Mapping[str, Any], stated: bool) -> tuple[Unknown, set[str]]:
    """What becomes of fields that are not stated, and whether `additionalProperties` is said by that."""
    rest = schema.get("additionalProperties", MISSING)
    opened = any(word in schema for word in OPENING)
    if rest is False:
        # With other keywords that allow fields, refusing all that are not stated would refuse too much.
        return (Unknown.KEEP, set()) if opened else (Unknown.REFUSE, {"additionalProperties"})
    if rest is MISSING:
        if schema.get("unevaluatedProperties") is False and not opened:
            return Unknown.REFUSE, {"unevaluatedProperties"}
        return (Unknown.KEEP if opened or not stated else Unknown.IGNORE), set()
    return Unknown.KEEP, {"additionalProperties"}


def _fields(reading: Reading, schema: Mapping[str, Any], owner: str, at: str, read: Read) -> tuple[Field, ...]:
    properties: Mapping[str, Any] = schema.get("properties") or {}
    required = list(dict.fromkeys(schema.get("required") or ()))
    made: list[Field] = []
    attributes: dict[str, str] = {}
    for name in dict.fromkeys([*properties, *required]):
        here = child(at, "properties", name)
        if not name.strip():
            reading.findings.add("SC716", here, "a property has no name", "give it one, or leave it out")
            continue
        other = attributes.setdefault(safe_name(name), name)
        if other != name:
            message = f"`{other}` and `{name}` would both be `{safe_name(name)}` in Python"
            reading.findings.add("SC716", here, message, "rename one of them, or leave it out")
            continue
        if name in properties:
            said = read(reading, properties[name], owner + pascal(name), here, None)
        else:
            message = f"`{name}` is required, and nothing is said of it: it can be anything"
            reading.remark(RemarkKind.ASSUMED, child(at, "required"), message)
            rest = schema.get("additionalProperties")
            given = rest if isinstance(rest, dict) else True
            said = read(reading, given, owner + pascal(name), child(at, "additionalProperties"), None)
        made.append(_field(reading, owner, name, said, name in required, here))
    return tuple(made)


def _field(reading: Reading, owner: str, name: str, said: Said, required: bool, at: str) -> Field:
    """The field that a property is; what it cannot say of itself stays in `extra`."""
    words = dict(said.words)
    description = words.pop("description", None)
    example = words.pop("example", MISSING)
    examples = words.get("examples")
    if example is MISSING and isinstance(examples, list) and len(examples) == 1:
        (example,) = words.pop("examples")
    read_only, write_only = words.pop("readOnly", False), words.pop("writeOnly", False)
    if read_only and write_only:
        words["writeOnly"] = True
        message = "it is read-only and write-only at once, and read-only is what counts"
        reading.remark(RemarkKind.RAW, child(at, "writeOnly"), message)
    default = words.pop("default", MISSING)
    if required and default is not MISSING:
        # A client has to send it, so nothing is ever put in its place.
        words["default"], default = default, MISSING
        message = "it is required, so its default is never used"
        reading.remark(RemarkKind.RAW, child(at, "default"), message)
    identity = reading.identity(reading.identity(owner), name)
    reading.places[identity] = at
    return Field(
        identity=identity,
        name=name,
        type=said.type,
        required=required,
        nullable=said.nullable,
        default=default,
        read_only=read_only,
        write_only=write_only and not read_only,
        description=description,
        example=example,
        deprecated=words.pop("deprecated", False),
        extra=words,
    )
