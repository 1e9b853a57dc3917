"""Schemas of several variants (`oneOf`, `anyOf`, several types) as unions, and null beside one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ...contract.changes.base import listing
from ...contract.fitting import said_of_several
from ...contract.naming import pascal
from ...contract.types import Discriminator, Kind, Ref, Scalar, Type, UnionOf
from .keywords import SHAPES, bounds_of, is_beside, stated_types, widened, words_of
from .kinds import kinds_of
from .problems import RemarkKind, child
from .references import Lost, keys_of
from .state import SCHEMAS, Own, Read, Reading, Said

NULL = Scalar(Kind.NULL)

SPECIFIC = frozenset().union(*SHAPES.values())
"""Keywords that say nothing of null: they say the same inside a variant and around it and null."""


def placed(said: Said) -> Type:
    """What a schema says, as a type in a place that has no other holder: null and words are part of the type."""
    type_ = said.type
    if said.nullable and type_ != Scalar(Kind.JSON) and type_ != NULL:
        if isinstance(type_, UnionOf) and not type_.extra:
            type_ = replace(type_, variants=(*type_.variants, NULL))
        else:
            type_ = UnionOf((type_, NULL), exclusive=False)
    return replace(type_, extra={**type_.extra, **said.words}) if said.words else type_


def is_union(schema: Mapping[str, Any]) -> str | None:
    """`oneOf` or `anyOf`, where that alone says what `schema` is."""
    found = [word for word in ("oneOf", "anyOf") if schema.get(word)]
    beside = set(bounds_of(schema)) - {"oneOf", "anyOf", "type", "discriminator", "nullable"}
    return found[0] if len(found) == 1 and not beside else None


def read_union(
    reading: Reading, schema: Mapping[str, Any], word: str, name: str, at: str, own: Own | None, read: Read
) -> Said:
    """The union that `schema` says in `word`; of one variant that one, null beside it or not."""
    words = words_of(schema)
    variants = _alive(reading, schema, word, at, words)
    null = [v for _, v in variants if _is_null(v)]
    others = [(place, v) for place, v in variants if not _is_null(v)]
    if len(variants) < len(schema[word]) and all(isinstance(v, Mapping) and "$ref" in v for _, v in others):
        words[word] = schema[word]  # the contract has only what the `type` leaves; the document stays as it was
    if not others:
        return Said(NULL, True, words)
    if len(others) == 1 and "discriminator" not in schema:
        place, only = others[0]
        found = read(reading, only, name, place, None if null else own)
        _told_apart(reading, found.words, words, place)
        around = {w: v for w, v in found.words.items() if not null or is_beside(w) or w in SPECIFIC}
        inside = {w: v for w, v in found.words.items() if w not in around}
        type_ = replace(found.type, extra={**found.type.extra, **inside}) if inside else found.type
        return Said(type_, found.nullable or bool(null), {**around, **words})
    read_ = [
        read(reading, v, _variant_name(schema, v, name, len(others), i), place, None)
        for i, (place, v) in enumerate(others, start=1)
    ]
    with_null = [s for s in read_ if s.nullable and s.type != Scalar(Kind.JSON)]
    nullable = bool(null)
    if with_null and (word == "anyOf" or (len(with_null) == 1 and not null)):
        read_, nullable = [replace(s, nullable=False) if s in with_null else s for s in read_], True
    types = tuple(placed(s) for s in read_)
    discriminator = _discriminator(reading, schema.get("discriminator"), types, at, words)
    return Said(UnionOf(types, discriminator, word == "oneOf"), nullable, words)


def _told_apart(reading: Reading, inner: Mapping[str, Any], outer: Mapping[str, Any], at: str) -> None:
    for word in inner:
        if word in outer and inner[word] != outer[word]:
            message = f"`{word}` is said of the whole too, and that is what counts"
            reading.remark(RemarkKind.IGNORED, child(at, word), message)


def _is_null(schema: Any) -> bool:
    if not isinstance(schema, Mapping):
        return False
    says = {w for w in schema if not is_beside(w)}
    if says == {"type"}:
        return bool(schema["type"] in ("null", ["null"]))
    return (says <= {"type", "const"} and schema.get("const", 0) is None) or (
        says <= {"type", "enum"} and schema.get("enum") == [None]
    )


def _alive(
    reading: Reading, schema: Mapping[str, Any], word: str, at: str, words: dict[str, Any]
) -> list[tuple[str, Any]]:
    """The variants that a `type` beside them leaves, with that type where they state none, and their places.

    `words` keeps the type, and the variants as they were where others are left.
    """
    variants = [(child(at, word, i), v) for i, v in enumerate(schema[word])]
    stated = stated_types(schema)
    if not stated:
        return variants
    allowed = widened(stated)
    alive = [(place, v) for place, v in variants if kinds_of(reading, v) & allowed]
    words["type"] = schema["type"]
    if len(alive) < len(variants):
        words[word] = schema[word]
    if not alive:
        message = f"no variant is {' or '.join(stated)}: no value can be this; it is read without the `type`"
        reading.remark(RemarkKind.UNCHECKED, child(at, "type"), message)
        return [(place, v) for place, v in variants if not _is_null(v)] or variants
    for place, v in variants:
        if (place, v) not in alive:
            message = f"the `type` beside the variants leaves no value of it: only {' or '.join(stated)}"
            reading.remark(RemarkKind.IGNORED, place, message)
    made = []
    for place, v in alive:
        if not kinds_of(reading, v) <= allowed:
            if isinstance(v, Mapping) and "$ref" not in v and not stated_types(v):
                v = {"type": schema["type"], **v}
                words[word] = schema[word]
            else:
                reading.remark(RemarkKind.UNCHECKED, child(at, "type"), "the `type` beside variants is not checked")
        made.append((place, v))
    return made


def _variant_name(schema: Mapping[str, Any], variant: Any, name: str, of: int, number: int) -> str:
    """What an inline variant is called: after its title, the value of its discriminator, or its position."""
    if not isinstance(variant, Mapping):
        return name
    title = variant.get("title")
    if isinstance(title, str) and pascal(title).isidentifier() and pascal(title).isascii() and len(title) <= 40:
        return pascal(title)
    held = variant.get("properties")
    marks = [schema["discriminator"]["propertyName"]] if isinstance(schema.get("discriminator"), Mapping) else []
    for mark in [*marks, "type", "kind", "object"]:
        inner = held.get(mark) if isinstance(held, Mapping) else None
        if isinstance(inner, Mapping):
            values = [inner["const"]] if "const" in inner else inner.get("enum") or []
            if len(values) == 1 and isinstance(values[0], str):
                return name + pascal(values[0])
    return f"{name}Option{number}" if of > 1 else name


def _discriminator(
    reading: Reading, given: Any, types: tuple[Type, ...], at: str, words: dict[str, Any]
) -> Discriminator | None:
    """The discriminator, where every variant is a named type; else its words are kept."""
    if not isinstance(given, Mapping):
        return None
    here = child(at, "discriminator")
    names = [t.name for t in types if isinstance(t, Ref)]
    if len(names) < len(types):
        reading.remark(RemarkKind.UNCHECKED, here, "variants without a name cannot be told apart by it")
        words["discriminator"] = given
        return None
    mapping: list[tuple[str, str]] = []
    whole = set(given) <= {"propertyName", "mapping"}
    for value, target in (given.get("mapping") or {}).items():
        name = _mapped(reading, target)
        if name is None:
            message = f"`{target}` leads nowhere"
            reading.findings.add("SC711", child(here, "mapping", value), message, "name a schema of the variants")
        elif name in names:
            mapping.append((value, name))
        else:
            whole = False
            message = f"`{target}` is no variant here, so `{value}` stands for nothing"
            reading.remark(RemarkKind.RAW, child(here, "mapping", value), message)
    stated = {name for _, name in mapping}
    for type_ in types:
        component = reading.components.get(type_.name) if isinstance(type_, Ref) else None
        if isinstance(type_, Ref) and component is not None and type_.name not in stated:
            mapping.append((component, type_.name))
    made = Discriminator(str(given["propertyName"]), tuple(mapping))
    twice = next(said_of_several(UnionOf(types, made)), None)
    if twice is not None:
        reading.remark(RemarkKind.UNCHECKED, here, f"`{twice[0]}` stands for {listing(twice[1])}, and tells none apart")
    if twice is not None or not whole:
        words["discriminator"] = given
    return made if twice is None else None


def _mapped(reading: Reading, target: str) -> str | None:
    """The type that a value of a discriminator stands for: a reference, or the name of a component."""
    components = reading.schemas
    if target in components:
        return reading.names.of_component(target)
    ref = target if target.startswith("#/") else None
    if ref is None:
        return None
    try:
        reading.target(ref)
    except Lost:
        return None
    keys = keys_of(ref)
    return reading.reference(ref).name if tuple(keys[:2]) == SCHEMAS else None


def read_types(reading: Reading, schema: Mapping[str, Any], types: list[str], name: str, at: str, read: Read) -> Said:
    """A schema of several types as a union, each with the keywords that speak of it."""
    words = words_of(schema)
    bounds = {w: v for w, v in bounds_of(schema).items() if w != "type"}
    variants: list[Type] = []
    used: set[str] = set()
    for type_ in types:
        number = type_ in ("integer", "number")
        shape = SHAPES.get("number" if number else type_, frozenset())
        shape |= {"format"} if number or type_ == "string" else frozenset()
        mine = {w: v for w, v in bounds.items() if w in shape}
        used |= set(mine)
        variants.append(placed(read(reading, {"type": type_, **mine}, name, at, None)))
    left = {w: v for w, v in bounds.items() if w not in used}
    return Said(UnionOf(tuple(variants), exclusive=False), False, {**words, **left})
