"""OpenAPI 3.0 in the words of 3.1: null, bounds and bytes are said in another way there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .nodes import rewritten

NEWEST = "3.1.0"

PROSE = frozenset({"$ref", "summary", "description", "title", "example", "deprecated", "externalDocs"})
"""What may stand beside a reference: 3.0 ignores the rest (OpenAPI 3.0, 4.7.23)."""


def upgraded(document: Mapping[str, Any]) -> dict[str, Any]:
    """`document` as OpenAPI 3.1; one of 3.1 is given back as it is."""
    if not str(document["openapi"]).startswith("3.0"):
        return dict(document)
    made: dict[str, Any] = rewritten(dict(document), _upgraded)
    return {**made, "openapi": NEWEST}


def _upgraded(node: dict[str, Any]) -> dict[str, Any]:
    if isinstance(node.get("$ref"), str):
        return {word: value for word, value in node.items() if word in PROSE or word.startswith("x-")}
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if isinstance(node.get(exclusive), bool):
            node = _bound(node, bound, exclusive)
    if node.get("type") == "string" and node.get("format") == "byte":
        node.setdefault("contentEncoding", "base64")
    if isinstance(node.get("nullable"), bool):
        node = _nullable(node)
    return node


def _bound(node: dict[str, Any], bound: str, exclusive: str) -> dict[str, Any]:
    """`exclusiveMinimum: true` makes the minimum itself exclusive (3.0), and is a number of its own (3.1)."""
    holds = node[exclusive] and bound in node
    left = {word: value for word, value in node.items() if word != exclusive and not (holds and word == bound)}
    return {**left, exclusive: node[bound]} if holds else left


def _nullable(node: dict[str, Any]) -> dict[str, Any]:
    """`nullable` as a type; where the node refers to schemas, null stands beside them."""
    left = {word: value for word, value in node.items() if word != "nullable"}
    if not node["nullable"]:
        return left
    if isinstance(left.get("allOf"), list):
        outer = {w: v for w, v in left.items() if w in PROSE or w.startswith("x-") or w in _MARKS}
        inner = {w: v for w, v in left.items() if w not in outer}
        return {**outer, "anyOf": [inner, {"type": "null"}]}
    if isinstance(left.get("type"), str):
        left["type"] = [left["type"], "null"]
    if isinstance(left.get("enum"), list) and None not in left["enum"]:
        left["enum"] = [*left["enum"], None]
    for word in ("oneOf", "anyOf"):
        if isinstance(left.get(word), list):
            left[word] = [*left[word], {"type": "null"}]
    return left


_MARKS = frozenset({"default", "readOnly", "writeOnly", "discriminator", "xml"})
