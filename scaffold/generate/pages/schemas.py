"""JSON Schemas in words: what a reader wants to know of a value, with links to the types that have a name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from .prose import description

Schema = Mapping[str, Any]
DEEP = 6
"""How far objects inside objects are written out in one table."""
NAMED = "#/components/schemas/"
FORMATS = {
    "date": "date",
    "date-time": "date and time",
    "time": "time",
    "duration": "duration",
    "decimal": "decimal number as text",
    "uuid": "UUID",
    "email": "email address",
    "uri": "URL",
    "byte": "base64 text",
    "binary": "bytes",
}
"""What a text of a format is called."""
PLAIN = {
    "string": "text",
    "integer": "integer",
    "number": "number",
    "boolean": "true or false",
    "null": "null",
    "object": "object",
    "array": "list",
}
WIDEST = {-(2**63), 2**63 - 1, -(2**31), 2**31 - 1}
"""Bounds that say no more than how wide an integer is."""


@dataclass(frozen=True)
class Row:
    """One field, parameter or header: its name with those of the objects around it, and what is known of it."""

    name: str
    type: Markup
    facts: tuple[Markup, ...]
    about: Markup
    required: bool
    deprecated: bool
    place: str = ""


def anchor(name: str) -> str:
    """Where the type called `name` stands on the page."""
    return f"type-{name}"


def type_words(schema: object, depth: int = 0) -> Markup:
    """What kind of value it is, in a few words."""
    if not isinstance(schema, Mapping) or not schema:
        return Markup("nothing") if schema is False else Markup("any value")
    if isinstance(reference := schema.get("$ref"), str):
        return _named(reference)
    if "const" in schema:
        return code(schema["const"])
    if isinstance(schema.get("enum"), list):
        return _either([code(v) for v in schema["enum"]])
    for word in ("oneOf", "anyOf"):
        if isinstance(several := schema.get(word), list) and depth < DEEP:
            return _either([type_words(s, depth + 1) for s in several])
    if isinstance(parts := schema.get("allOf"), list) and depth < DEEP:
        return Markup(" with ").join(dict.fromkeys(type_words(s, depth + 1) for s in parts)) or Markup("any value")
    stated = schema.get("type")
    kinds = stated if isinstance(stated, list) else [stated]
    return _either([_kind(k, schema, depth) for k in kinds])


def _kind(kind: object, schema: Schema, depth: int) -> Markup:
    if kind == "array" and depth < DEEP:
        return Markup("list of {}").format(type_words(schema.get("items", True), depth + 1))
    inner = schema.get("additionalProperties")
    if kind == "object" and isinstance(inner, Mapping) and not schema.get("properties") and depth < DEEP:
        return Markup("map of names to {}").format(type_words(inner, depth + 1))
    if kind == "string" and isinstance(form := schema.get("format"), str):
        return Markup(escape(FORMATS.get(form, f"text ({form})")))
    if kind is None:
        return Markup("object") if "properties" in schema else Markup("any value")
    return Markup(escape(PLAIN.get(str(kind), str(kind))))


def _either(said: list[Markup]) -> Markup:
    told = list(dict.fromkeys(said))
    if len(told) > 1:
        return Markup("{} or {}").format(Markup(", ").join(told[:-1]), told[-1])
    return told[0] if told else Markup("nothing")


def _named(reference: str) -> Markup:
    name = reference.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
    if not reference.startswith(NAMED):
        return code(reference)
    return Markup('<a href="#{}">{}</a>').format(anchor(name), name)


def code(value: object) -> Markup:
    """A value as it stands in JSON; texts without their quotes where they are a word."""
    said = value if isinstance(value, str) and value.strip() == value and value else json.dumps(value, default=str)
    return Markup("<code>{}</code>").format(said)


def facts(schema: object) -> tuple[Markup, ...]:
    """What else is promised of a value: bounds, pattern, default, an example."""
    return tuple(_facts(schema)) if isinstance(schema, Mapping) else ()


def _facts(schema: Schema) -> Iterator[Markup]:
    for low, high, what in (("minLength", "maxLength", "characters"), ("minItems", "maxItems", "items")):
        if (words := _between(schema.get(low), schema.get(high))) is not None:
            yield Markup("{} {}").format(words, what)
    lowest, highest = (None if v in WIDEST else v for v in (schema.get("minimum"), schema.get("maximum")))
    if (words := _between(lowest, highest)) is not None:
        yield words
    for word, said in (("exclusiveMinimum", "more than"), ("exclusiveMaximum", "less than")):
        if word in schema:
            yield Markup("{} {}").format(said, code(schema[word]))
    if "multipleOf" in schema:
        yield Markup("a multiple of {}").format(code(schema["multipleOf"]))
    if schema.get("uniqueItems") is True:
        yield Markup("no item twice")
    if "pattern" in schema:
        yield Markup("matches {}").format(code(schema["pattern"]))
    if "default" in schema:
        yield Markup("default {}").format(code(schema["default"]))
    if schema.get("writeOnly") is True:
        yield Markup("only sent, never answered")
    examples = schema.get("examples")
    shown = examples[0] if isinstance(examples, list) and examples else schema.get("example")
    if shown is not None:
        yield Markup("for example {}").format(code(shown))


def _between(low: object, high: object) -> Markup | None:
    match low, high:
        case None, None:
            return None
        case ((None | 0), high) if high is not None:
            return Markup("at most {}").format(code(high))
        case low, None:
            return Markup("at least {}").format(code(low))
        case low, high if low == high:
            return Markup("exactly {}").format(code(low))
        case _:
            return Markup("{} to {}").format(code(low), code(high))


def rows(schema: object, prefix: str = "", depth: int = 0) -> Iterator[Row]:
    """The fields of an object, those of objects inside it below theirs, and those of all parts of an `allOf`."""
    if not isinstance(schema, Mapping) or depth > DEEP:
        return
    for part in schema.get("allOf") or ():
        yield from rows(part, prefix, depth + 1)
    required = schema.get("required") or ()
    properties = schema.get("properties")
    for name, inner in (properties if isinstance(properties, Mapping) else {}).items():
        yield row(f"{prefix}{name}", inner, required=name in required)
        below, mark = _inside(inner)
        yield from rows(below, f"{prefix}{name}{mark}.", depth + 1)


def _inside(schema: object) -> tuple[object, str]:
    """The object in a value without a name of its own, and how its place is written."""
    mark = ""
    while isinstance(schema, Mapping) and schema.get("type") == "array":
        schema, mark = schema.get("items"), f"{mark}[]"
    return schema, mark


def row(name: str, schema: object, *, required: bool, about: str | None = None, place: str = "") -> Row:
    """What is known of one value."""
    stated: Schema = schema if isinstance(schema, Mapping) else {}
    said = about if about is not None else stated.get("description")
    return Row(
        name=name,
        type=type_words(schema),
        facts=facts(stated),
        about=description(said if isinstance(said, str) else None, below=4),
        required=required,
        deprecated=stated.get("deprecated") is True,
        place=place,
    )
