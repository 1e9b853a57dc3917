"""A schema as a type of the contract, with all that is said beside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...contract.named_types import EnumType
from ...contract.types import Kind, ListOf, Ref, Scalar, Type
from ..deprecated import ENUM_DEPRECATED, deprecated_values
from ..held_back import OPT_IN, opt_ins
from .keywords import BESIDE, SHAPES, UNCHECKED, bounds_of, inferred_type, stated_types, widened, words_of
from .kinds import kinds_of
from .merging import merged
from .objects import read_object
from .problems import RemarkKind, child, said
from .scalars import OPEN, read_choices, read_scalar
from .state import Own, Reading, Said
from .unions import is_union, placed, read_types, read_union

ANYTHING = Scalar(Kind.JSON)

TYPELESS: Mapping[str, Any] = {"type": []}
"""Kept of a schema that states no type, so that it is published without one."""


def read_schema(reading: Reading, schema: Any, name: str, at: str, own: Own | None = None) -> Said:
    """What the schema at the pointer `at` says.

    An object or an enum that it states becomes a type called `name`, or that of `own`, where a named type is read.
    """
    if not isinstance(schema, Mapping):
        if schema is not False:
            return Said(ANYTHING, True)
        reading.remark(RemarkKind.UNCHECKED, at, "the schema is `false`, which nothing meets: it is not checked")
        return Said(ANYTHING, True, {"not": {}})
    stated = {w: v for w, v in schema.items() if w == "type"}
    schema = simplified(reading, schema, at)
    words = words_of(schema)
    if isinstance(schema.get("$ref"), str):
        # A type beside a reference that has it anyway stays in the document.
        return Said(reading.reference(schema["$ref"]), False, words | stated)
    union = is_union(schema)
    if union is not None:
        return read_union(reading, schema, union, name, at, own, read_schema)
    if "const" in schema or isinstance(schema.get("enum"), list):
        choices = read_choices(reading, schema, name, at, own)
        if choices is not None:
            expressed = {"type", *(["const"] if "const" in schema else ["enum"])}
            made = choices.type
            if isinstance(made, Scalar) and made.format == schema.get("format"):
                expressed.add("format")
            left = _left(reading, schema, expressed, at)
            enum = reading.types.get(made.name) if isinstance(made, Ref) else None
            if isinstance(enum, EnumType) and enum.open:
                del left[OPEN]
            if isinstance(enum, EnumType):
                for word, made_again in ((OPT_IN, opt_ins(enum)), (ENUM_DEPRECATED, deprecated_values(enum))):
                    if made_again and left.get(word) == made_again:
                        del left[word]
            return Said(choices.type, choices.nullable, left)
    return _of_type(reading, schema, name, at, own)


def _of_type(reading: Reading, schema: Mapping[str, Any], name: str, at: str, own: Own | None) -> Said:
    types = stated_types(schema)
    nullable = "null" in types and len(types) > 1
    types = [t for t in types if t != "null" or not nullable]
    if not types:
        inferred = inferred_type(schema)
        if inferred is None:
            left = _left(reading, schema, set(), at)
            return Said(ANYTHING, True, left)
        message = f"it states no `type`, and is read as {_A[inferred]}"
        reading.remark(RemarkKind.ASSUMED, at, message)
        made, used = _single(reading, schema, inferred, name, at, own)
        return Said(made, False, {**_left(reading, schema, used, at), **TYPELESS})
    if len(types) > 1:
        several = read_types(reading, schema, types, name, at, read_schema)
        _remark_unchecked(reading, several.words, at)
        return Said(several.type, nullable, several.words)
    type_, used = _single(reading, schema, types[0], name, at, None if nullable else own)
    left = _left(reading, schema, used, at)
    # An empty list of types, which no document can have, says that this one states none.
    return Said(type_, nullable, left if stated_types(schema) else {**left, "type": []})


_A = {"object": "an object", "array": "a list", "string": "a text", "number": "a number", "integer": "a whole number"}


def _single(
    reading: Reading, schema: Mapping[str, Any], type_: str, name: str, at: str, own: Own | None
) -> tuple[Type, set[str]]:
    """The type of a schema that has one JSON type, and the keywords that it expresses."""
    if type_ == "object":
        return read_object(reading, schema, name, at, own, read_schema)
    if type_ != "array":
        return read_scalar(schema, type_)
    used = {"type", "minItems", "maxItems", "uniqueItems"}
    items: Type = ANYTHING
    if "prefixItems" not in schema and schema.get("items") is not False:
        used.add("items")
        items = placed(read_schema(reading, schema.get("items", True), name, child(at, "items")))
    low, high = schema.get("minItems"), schema.get("maxItems")
    if low is not None and high is not None and low > high:
        used -= {"minItems", "maxItems"}
        low = high = None
    made = ListOf(
        items,
        None if low is None else int(low),
        None if high is None else int(high),
        bool(schema.get("uniqueItems", False)),
    )
    return made, used


def simplified(reading: Reading, schema: Mapping[str, Any], at: str) -> Mapping[str, Any]:
    """`schema` without `allOf`, and without anything but words beside a reference.

    A `oneOf` or `anyOf` of one says what `allOf` of it says.
    """
    for word in ("oneOf", "anyOf"):
        if len(schema.get(word) or ()) == 1 and "discriminator" not in schema:
            rest = {w: v for w, v in schema.items() if w != word}
            schema = {**rest, "allOf": [*(schema.get("allOf") or ()), *schema[word]]}
    if isinstance(schema.get("$ref"), str) and bounds_of(schema).keys() - {"$ref"}:
        rest = {w: v for w, v in schema.items() if w != "$ref"}
        schema = {**rest, "allOf": [{"$ref": schema["$ref"]}, *(schema.get("allOf") or ())]}
    if not schema.get("allOf"):
        return schema
    members = [m for m in schema["allOf"] if m is not True and m != {}]
    spoken = [m for m in members if isinstance(m, Mapping) and not bounds_of(m)]
    bounds = [m for m in members if m not in spoken]
    own = {w: v for w, v in schema.items() if w != "allOf"}
    for member in spoken:
        own = {**words_of(member), **own}
    beside = bounds_of(own).keys()
    if len(bounds) == 1 and beside == {"type"} and kinds_of(reading, bounds[0]) <= widened(stated_types(own)):
        own = {w: v for w, v in own.items() if w != "type"}
        beside = bounds_of(own).keys()
    if not bounds:
        return own
    if len(bounds) == 1 and not beside and isinstance(bounds[0], Mapping):
        (only,) = bounds
        return simplified(reading, {**words_of(only), **words_of(own), **bounds_of(only)}, child(at, "allOf", 0))
    reading.remark(RemarkKind.MERGED, at, "the parts of `allOf` are one schema here, with all they say")
    return merged(reading, schema)


def _left(reading: Reading, schema: Mapping[str, Any], used: set[str], at: str) -> dict[str, Any]:
    """The keywords of `schema` that its type does not express; a remark on each that bounds values."""
    left = {w: v for w, v in words_of(schema).items() if w not in used}
    left |= {w: v for w, v in bounds_of(schema).items() if w not in used}
    _remark_unchecked(reading, left, at)
    return left


def _remark_unchecked(reading: Reading, left: Mapping[str, Any], at: str) -> None:
    known = BESIDE | UNCHECKED | {"format", "additionalProperties"}
    for word, value in left.items():
        if word.startswith("x-") or word in BESIDE:
            continue
        if word == "format":
            reading.remark(RemarkKind.RAW, child(at, word), f"the format `{said(value)}` is published and not checked")
            continue
        if word == "discriminator":
            message = "it stands without variants: it is published, and values are not told apart by it"
        elif word in UNCHECKED or word in known or any(word in words for words in SHAPES.values()):
            message = f"`{word}` is published and not checked: {said(value)}"
        else:
            reading.remark(RemarkKind.RAW, child(at, word), f"nobody knows the keyword `{word}`; it is published")
            continue
        reading.remark(RemarkKind.UNCHECKED, child(at, word), message)
