"""Whether a document keeps to the OpenAPI specification, as the OpenAPI Initiative's own JSON Schemas say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from .problems import Findings, child

if TYPE_CHECKING:
    from jsonschema_rs import Draft4Validator, Draft202012Validator, ValidationError

MOST = 50
"""Findings of one document that are told."""


def check_structure(document: Mapping[str, Any], findings: Findings) -> None:
    """Put every breach of the specification into `findings`: SC710, or SC703 for endless nesting."""
    version = str(document["openapi"])[:3]
    try:
        errors = list(_validator(version).iter_errors(dict(document)))
    except ValueError:
        findings.add("SC703", "#", "it is nested too deeply to be read", "give the inner schemas names")
        return
    told: dict[tuple[str, str], None] = {}
    for error in errors:
        for at, message in _told(error):
            told.setdefault((at, message))
    for at, message in list(told)[:MOST]:
        findings.add("SC710", at, message, f"see the OpenAPI specification, version {version}")
    if len(told) > MOST:
        findings.add("SC710", "#", f"and {len(told) - MOST} places more break the specification")


@cache
def _validator(version: str) -> Draft4Validator | Draft202012Validator:
    from jsonschema_rs import Draft4Validator, Draft202012Validator
    from openapi_spec_validator.schemas import schema_v30, schema_v31

    if version == "3.0":
        return Draft4Validator(_without_references(dict(schema_v30)), validate_formats=False)
    # The schema leaves open which dialect schemas are in; everything but a stated dialect means this one.
    text = json.dumps(dict(schema_v31)).replace('{"$dynamicRef": "#meta"}', '{"$ref": "#/$defs/schema"}')
    stated = json.loads(text)
    stated["$defs"]["schema"] = {"$ref": "https://json-schema.org/draft/2020-12/schema"}
    return Draft202012Validator(stated, validate_formats=False)


def _without_references(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of 3.0 telling objects and references apart by `$ref`, so that what it finds is to the point."""
    return dict(json.loads(json.dumps(schema), object_hook=_either))


def _either(node: dict[str, Any]) -> dict[str, Any]:
    choices = node.get("oneOf")
    reference = {"$ref": "#/definitions/Reference"}
    if not isinstance(choices, list) or reference not in choices or len(choices) != 2:
        return node
    (other,) = (c for c in choices if c != reference)
    left = {word: value for word, value in node.items() if word != "oneOf"}
    is_reference = {"type": "object", "required": ["$ref"]}
    return {**left, "anyOf": [is_reference, other]}


def _told(error: ValidationError) -> Iterator[tuple[str, str]]:
    """What `error` comes down to: of several ways that all fail, the one that came closest."""
    ways = getattr(error.kind, "context", None)
    at = child("#", *error.instance_path)
    if ways:
        depth = len(error.instance_path)
        close = [way for way in ways if way and any(len(e.instance_path) > depth for e in way)]
        fitting = [way for way in ways if way and not any(_other_kind(e) for e in way)]
        chosen = (close or fitting or [way for way in ways if way])[:1]
        if chosen:
            for inner in chosen[0]:
                yield from _told(inner)
            return
    yield at, _message(error)


def _other_kind(error: ValidationError) -> bool:
    """Whether `error` says that something else was meant: a reference, say."""
    return "$ref" in error.message or error.kind.name == "type"


def _message(error: ValidationError) -> str:
    message = str(error.message)
    if error.kind.name == "required":
        return message.replace('"', "`").replace("is a required property", "is missing")
    if error.kind.name in ("unevaluatedProperties", "additionalProperties"):
        names = ", ".join(f"`{name}`" for name in getattr(error.kind, "unexpected", ()))
        return f"{names} cannot stand here" if names else message
    return message if len(message) <= 200 else f"it breaks the rule `{'/'.join(map(str, error.schema_path))}`"
