"""Schemas that hold together (`allOf`) as one schema that says the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .keywords import bounds_of, is_beside, stated_types, widened, words_of
from .state import Reading

Rule = Callable[[Any, Any], Any]
"""Makes one value of a keyword of two; None where no single one says the same."""


def merged(reading: Reading, schema: Mapping[str, Any]) -> dict[str, Any]:
    """`schema` with the members of its `allOf` put into it, those that are references too.

    What a referenced schema says of itself, its title and description, stays there. Keywords of which no single
    one says what two say stay in an `allOf`.
    """
    made: dict[str, Any] = {}
    left: list[Any] = []
    for member in schema.get("allOf") or ():
        if member is True:
            continue
        inner = _member(reading, member)
        left += inner.pop("allOf", [])
        left += _combine(made, inner)
    own = {word: value for word, value in schema.items() if word != "allOf"}
    left += _combine(made, own, wins=True)
    return made | ({"allOf": left} if left else {})


def _member(reading: Reading, member: Any) -> dict[str, Any]:
    if not isinstance(member, Mapping):
        return {"not": {}}
    if isinstance(member.get("$ref"), str):
        found, _ = reading.resolved({"$ref": member["$ref"]}, "")
        base = _member(reading, found) if isinstance(found, Mapping) else {}
        bounds = {w: v for w, v in bounds_of(base).items() if w != "discriminator"}
        member = {**bounds, **{w: v for w, v in member.items() if w != "$ref"}}
    return merged(reading, member) if member.get("allOf") else dict(member)


def _combine(made: dict[str, Any], given: Mapping[str, Any], wins: bool = False) -> list[Any]:
    """Put `given` into `made`; gives what does not go into one, as schemas of their own.

    Of two that do not go into one the second stays in place if it `wins`.
    """
    left = []
    for word, value in given.items():
        if word not in made or made[word] == value or is_beside(word):
            made[word] = value
            continue
        both = RULES.get(word, _neither)(made[word], value)
        if both is None:
            left.append({word: made[word] if wins else value})
            made[word] = value if wins else made[word]
        else:
            made[word] = both
    return left


def _neither(one: Any, other: Any) -> Any:
    return None


def _types(one: Any, other: Any) -> Any:
    first, second = stated_types({"type": one}), stated_types({"type": other})
    both = widened(first) & widened(second)
    kept = [t for t in (*first, *second) if t in both]
    if "number" in kept:
        kept = [t for t in kept if t != "integer"]
    found = list(dict.fromkeys(kept))
    return (found[0] if len(found) == 1 else found) or None


def _common(one: list[Any], other: list[Any]) -> list[Any] | None:
    return [value for value in one if value in other] or None


def _step(one: Any, other: Any) -> Any:
    low, high = sorted((one, other))
    return high if low > 0 and high % low == 0 else None


def _properties(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    made = dict(one)
    for name, schema in other.items():
        made[name] = _both(made[name], schema) if name in made and made[name] != schema else schema
    return made


def _both(one: Any, other: Any) -> Any:
    if one is True or one == {}:
        return other
    if other is True or other == {}:
        return one
    if isinstance(one, dict) and not bounds_of(one):
        return {**words_of(one), **other} if isinstance(other, dict) else other
    return {"allOf": [one, other]}


def _rest(one: Any, other: Any) -> Any:
    return False if one is False or other is False else _both(one, other)


RULES: Mapping[str, Rule] = {
    "type": _types,
    "enum": _common,
    "required": lambda one, other: list(dict.fromkeys([*one, *other])),
    "properties": _properties,
    "patternProperties": _properties,
    "dependentSchemas": _properties,
    "additionalProperties": _rest,
    "items": _both,
    "propertyNames": _both,
    "minimum": max,
    "exclusiveMinimum": max,
    "minLength": max,
    "minItems": max,
    "minProperties": max,
    "maximum": min,
    "exclusiveMaximum": min,
    "maxLength": min,
    "maxItems": min,
    "maxProperties": min,
    "multipleOf": _step,
    "uniqueItems": lambda one, other: one or other,
    "unevaluatedProperties": _rest,
}
"""How two values of a keyword become one."""
