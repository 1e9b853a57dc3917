"""Schemas of single values, and of a few values, as scalars and enums."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ...contract.ecma import scoped
from ...contract.named_types import EnumType, EnumValue
from ...contract.types import Kind, Ref, Scalar
from ..deprecated import ENUM_DEPRECATED
from ..held_back import OPT_IN, read_opt_in
from ..scalars import DECIMAL, INT64, POSITIVE_DECIMAL, UNBOUNDED
from .keywords import stated_types, type_of, widened
from .problems import RemarkKind, said
from .state import Own, Reading, Said

FORMATS: Mapping[str, Kind] = {
    "date": Kind.DATE,
    "date-time": Kind.DATETIME,
    "time": Kind.TIME,
    "duration": Kind.DURATION,
    "uuid": Kind.UUID,
    "email": Kind.EMAIL,
    "uri": Kind.URL,
}
"""Formats of a text that are kinds of their own."""

BOUNDS = {
    "minLength": "min_length",
    "maxLength": "max_length",
    "pattern": "pattern",
    "minimum": "ge",
    "exclusiveMinimum": "gt",
    "maximum": "le",
    "exclusiveMaximum": "lt",
    "multipleOf": "multiple_of",
}
TEXT_BOUNDS = ("minLength", "maxLength", "pattern")
NUMBER_BOUNDS = ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "multipleOf")
OPEN = "x-extensible-enum"
LOWEST, HIGHEST = INT64["minimum"], INT64["maximum"]


def read_scalar(schema: Mapping[str, Any], type_: str) -> tuple[Scalar, set[str]]:
    """The scalar that a schema of the JSON type `type_` says, and the keywords that it expresses."""
    format_ = schema.get("format")
    match type_:
        case "string":
            return _text(schema, format_)
        case "integer":
            return _whole(schema, format_)
        case "number":
            bounds, used = _bounds(schema, NUMBER_BOUNDS)
            return Scalar(Kind.FLOAT, format_, **bounds), used | {"type", "format"}
        case "boolean":
            return Scalar(Kind.BOOL), {"type"}
        case _:
            return Scalar(Kind.NULL), {"type"}


def _bounds(schema: Mapping[str, Any], words: tuple[str, ...]) -> tuple[dict[str, Any], set[str]]:
    """The bounds that `schema` states in `words`: those that can be checked, and that some value can meet."""
    used = {word for word in words if word in schema}
    for low, high in (("minLength", "maxLength"), ("minimum", "maximum"), ("exclusiveMinimum", "exclusiveMaximum")):
        if {low, high} <= used and schema[low] > schema[high]:
            used -= {low, high}
    if "pattern" in used and not _readable(schema["pattern"]):
        used.remove("pattern")
    made = {BOUNDS[word]: schema[word] for word in words if word in used}
    for name in ("min_length", "max_length"):
        if name in made:
            made[name] = int(made[name])
    return made, used


def _readable(pattern: str) -> bool:
    """Whether a regular expression is one in Python too."""
    try:
        re.compile(scoped(pattern))
    except (re.error, OverflowError, RecursionError):
        return False
    return True


def _text(schema: Mapping[str, Any], format_: str | None) -> tuple[Scalar, set[str]]:
    used = {"type", "format"}
    if format_ in (Kind.EMAIL.value, "uri"):
        bounds, more = _bounds(schema, TEXT_BOUNDS)
        return Scalar(FORMATS[format_], **bounds), used | more
    if format_ is not None and format_ in FORMATS:
        return Scalar(FORMATS[format_]), used
    if format_ == "byte" and schema.get("contentEncoding") == "base64":
        bounds, more = _bounds(schema, ("minLength", "maxLength"))
        return Scalar(Kind.BYTES, **bounds), used | more | {"contentEncoding"}
    bounds, more = _bounds(schema, TEXT_BOUNDS)
    if format_ == "decimal" and set(bounds) == {"pattern"} and bounds["pattern"] in (DECIMAL, POSITIVE_DECIMAL):
        return Scalar(Kind.DECIMAL, ge=0 if bounds["pattern"] == POSITIVE_DECIMAL else None), used | more
    return Scalar(Kind.STR, format_, **bounds), used | more


def _whole(schema: Mapping[str, Any], format_: str | None) -> tuple[Scalar, set[str]]:
    """An int; without a format it is one of any size, unless its bounds keep it in 64 bits."""
    bounds, used = _bounds(schema, NUMBER_BOUNDS)
    used |= {"type", "format"}
    if format_ is not None:
        return Scalar(Kind.INT, format_, **bounds), used
    low = [bounds[n] for n in ("ge", "gt") if n in bounds]
    high = [bounds[n] for n in ("le", "lt") if n in bounds]
    if not low or not high or max(low) < LOWEST or min(high) > HIGHEST:
        return Scalar(Kind.INT, UNBOUNDED, **bounds), used
    if bounds.get("ge") == LOWEST and "gt" not in bounds:
        del bounds["ge"]
    if bounds.get("le") == HIGHEST and "lt" not in bounds:
        del bounds["le"]
    return Scalar(Kind.INT, **bounds), used


def read_choices(reading: Reading, schema: Mapping[str, Any], name: str, at: str, own: Own | None) -> Said | None:
    """A schema of a few stated values: an enum where they are texts, else a scalar with choices.

    None where no stated value is of the type that the schema states: nothing can meet it.
    """
    given = [schema["const"]] if "const" in schema else list(schema["enum"])
    allowed = widened(stated_types(schema))
    found: list[Any] = []
    for value in given:
        if allowed and type_of(value) not in allowed:
            message = f"the value {said(value)!r} is not {' or '.join(sorted(allowed))}: no value can be it"
            reading.remark(RemarkKind.IGNORED, at, message)
        elif any(type_of(v) == type_of(value) and v == value for v in found):
            reading.remark(RemarkKind.IGNORED, at, f"the value {said(value)!r} stands twice")
        else:
            found.append(value)
    nullable = None in found
    values = [value for value in found if value is not None]
    types = {type_of(value) for value in values}
    if not values:
        return Said(Scalar(Kind.NULL), True) if nullable else None
    if types == {"string"} and "const" not in schema:
        open_ = schema.get(OPEN) == values  # the usual way to say that others may come
        return Said(_enum(reading, values, open_, name, None if nullable else own, schema), nullable)
    return Said(_choices(schema, values, types), nullable)


def _choices(schema: Mapping[str, Any], values: list[Any], types: set[str]) -> Scalar:
    format_ = schema.get("format")
    choices = tuple(values)
    stated = stated_types(schema)
    if types == {"string"}:
        return Scalar(Kind.STR, format_, choices=choices)
    if types == {"boolean"}:
        return Scalar(Kind.BOOL, choices=choices)
    if types == {"integer"} and "number" not in stated and all(isinstance(v, int) for v in values):
        return Scalar(Kind.INT, format_ or UNBOUNDED, choices=choices)
    if types <= {"integer", "number"}:
        return Scalar(Kind.FLOAT, format_, choices=choices)
    return Scalar(Kind.JSON, choices=choices)


def _enum(
    reading: Reading, values: list[str], open_: bool, name: str, own: Own | None, schema: Mapping[str, Any]
) -> Ref:
    """An enum of texts under its own name, or a new one written in its place."""
    called = reading.names.unique(name) if own is None else own.name
    born = reading.identity(called)
    identities = {value: reading.identity(born, value) for value in values}
    held, gone = schema.get(OPT_IN), schema.get(ENUM_DEPRECATED)
    asked = held if isinstance(held, Mapping) else {}
    deprecated = gone if isinstance(gone, list) else []
    reading.types[called] = EnumType(
        born,
        called,
        tuple(
            EnumValue(i, v, opt_in=read_opt_in(asked.get(v), identities), deprecated=v in deprecated)
            for v, i in identities.items()
        ),
        open=open_,
        inline=own is None,
        component=None if own is None else own.component,
    )
    return Ref(called)
