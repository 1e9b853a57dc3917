"""Null and several types at once: `type` with a list, `anyOf`, `oneOf` and `enum` say it in different ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..kept import SPECIFIC
from ..reading.keywords import SHAPES, is_beside
from ..reading.unions import is_union
from .values import as_set, in_order, same

Schema = dict[str, Any]

NULL: Schema = {"type": "null"}


def evened_unions(made: Schema) -> Schema:
    """`made` without a union of one, with null said in one way, and with types in the place of plain variants."""
    word = is_union(made)
    if word is None:
        return made
    variants = [v if isinstance(v, Mapping) else {"not": {}} for v in made[word]]
    outer = {key: value for key, value in made.items() if key != word}
    null, others = NULL in variants, [dict(v) for v in variants if v != NULL]
    if len(others) == 1 and "discriminator" not in outer:
        return _or_null(others[0], outer) if null else _alone(others[0], outer) or made
    nullable = [v for v in others if _without_null(v) is not None]
    if nullable and (word == "anyOf" or (len(nullable) == 1 and not null)):
        others, null = [_without_null(v) or v for v in others], True
    made = {**outer, word: in_order([*others, *([NULL] if null else [])])}
    return _types(made) if word == "anyOf" else made


def _alone(only: Schema, outer: Schema) -> Schema | None:
    """The only variant with what is said around it; nothing where it has another type than is stated there."""
    if "type" in only and only["type"] != outer.get("type", only["type"]):
        return None
    return {**only, **outer}


def _or_null(only: Schema, outer: Schema) -> Schema:
    """The only variant or null, with what is said around them; prose and bounds of one type are said of the whole."""
    if "$ref" not in only and outer.get("type", "null") != "null":
        alone = _alone(only, outer)
        if alone is not None:
            return alone  # null is not of the type that is stated around it
    inside = {word: value for word, value in only.items() if not is_beside(word) and word not in SPECIFIC}
    around = {**{word: value for word, value in only.items() if word not in inside}, **outer}
    union = is_union(inside)
    if union is not None and set(inside) <= {union, "discriminator"} and "discriminator" not in outer:
        left = [v for v in inside[union] if v != NULL]
        return {**around, **inside, union: in_order([*left, NULL])}
    if "type" in inside and "type" not in outer and set(inside) <= {"type", "enum"}:
        around["type"] = in_order({*_listed(inside["type"]), "null"})
        if "enum" in inside:
            around["enum"] = as_set([*inside["enum"], None])
        return around
    return {**around, "anyOf": in_order([inside, NULL])}


def _without_null(variant: Schema) -> Schema | None:
    """`variant` without the null that it allows; None where it allows none."""
    types = variant.get("type")
    if isinstance(types, list) and "null" in types:
        left = [t for t in types if t != "null"]
        made = {**variant, "type": left[0] if len(left) == 1 else left}
        if "enum" in made:
            made["enum"] = [value for value in made["enum"] if value is not None]
        return made
    word = is_union(variant)
    if word is None or NULL not in variant[word]:
        return None
    others = [v for v in variant[word] if v != NULL]
    outer = {key: value for key, value in variant.items() if key != word}
    return {**others[0], **outer} if len(others) == 1 else {**outer, word: others}


def _types(made: Schema) -> Schema:
    """`made` with a list of types in the place of an `anyOf` whose variants are of one type each."""
    variants = made["anyOf"]
    if len(variants) < 2 or "type" in made:
        return made
    merged: Schema = {key: value for key, value in made.items() if key != "anyOf"}
    around = set(merged)
    types: list[str] = []
    for variant in variants:
        if not isinstance(variant.get("type"), str):
            return made
        kind = variant["type"]
        allowed = SHAPES.get("number" if kind == "integer" else kind, frozenset()) | {"type"}
        if kind in types or not set(variant) <= allowed or set(variant) & around:
            return made
        types.append(kind)
        merged |= {word: value for word, value in variant.items() if word != "type"}
    if {"integer", "number"} <= set(types):
        return made
    return {**merged, "type": in_order(types)}


def evened_types(made: Schema) -> Schema:
    """`made` with types that its `enum` can have, and one type not in a list."""
    made = dict(made)
    enum = made.get("enum")
    types = _listed(made["type"]) if "type" in made else None
    if isinstance(enum, list) and enum:
        fitting = in_order({_type_of(value) for value in enum})
        if types is None:
            types = fitting
        else:
            types = [t for t in types if any(_fits(value, t) for value in enum)] or types
        if types == ["null"] and same(enum, [None]):
            del made["enum"]
    if types is not None:
        made["type"] = types[0] if len(types) == 1 else in_order(types)
    return made


def _listed(types: Any) -> list[Any]:
    return list(types) if isinstance(types, list) else [types]


def _type_of(value: Any) -> str:
    kinds = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null", list: "array"}
    return kinds.get(type(value), "object")


def _fits(value: Any, type_: Any) -> bool:
    kind = _type_of(value)
    return type_ == kind or (type_ == "number" and kind == "integer") or (type_ == "integer" and kind == "number")
