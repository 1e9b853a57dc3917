"""Strategies of types as published documents state them: inline, of several, with keywords beside."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import strategies as st

from scaffold.contract.contract import identity
from scaffold.contract.named_types import AliasType, EnumType, EnumValue, Field, NamedType, ObjectType, Unknown
from scaffold.contract.naming import pascal
from scaffold.contract.types import MISSING, Discriminator, Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf

from .made_types import Draw

OBJECTS = ("Card", "Wallet", "Account", "Address")


ENUMS = ("Status", "Colour")


ALIASES = ("Method", "Money", "Codes")


FIELDS = ("name", "number", "street", "city", "note", "kind", "home", "a-b")


VALUES = ("red", "blue", "dark green", "green")


WORDS = ("A text.", "Another text.", "")


@dataclass
class Scope:
    """The types of a contract while it is made, and what may be mentioned."""

    draw: Draw
    named: tuple[str, ...]
    version: str = "v1"
    types: dict[str, NamedType] = field(default_factory=dict)

    def inline(self, name: str) -> str:
        """A free name for a type that is written in a place."""
        found, number = name, 1
        while found in self.types or found in self.named:
            number += 1
            found = f"{name}{number}"
        return found


def extras(draw: Draw, *words: str) -> dict[str, Any]:
    """What is said beside: a keyword or two, now and then null."""
    if draw(st.integers(0, 3)):
        return {}
    chosen = draw(st.lists(st.sampled_from(("x-note", *words)), max_size=2, unique=True))
    return {word: draw(st.sampled_from(("kept", 1, True, {"a": [1.5]}, None))) for word in chosen}


def prose(draw: Draw) -> str | None:
    """A description, or none."""
    return draw(st.sampled_from(WORDS)) or None


def scalar(draw: Draw) -> Scalar:
    """A single value."""
    return draw(
        st.sampled_from(
            (
                Scalar(Kind.STR),
                Scalar(Kind.STR),
                Scalar(Kind.STR, max_length=9),
                Scalar(Kind.STR, format="hostname"),
                Scalar(Kind.INT, format="int32"),
                Scalar(Kind.INT, choices=(1, 2)),
                Scalar(Kind.BOOL),
                Scalar(Kind.JSON),
                Scalar(Kind.DATE),
            )
        )
    )


def type_of(scope: Scope, owner: str, depth: int = 0) -> Type:
    """A type that may stand in the place called `owner`."""
    draw = scope.draw
    shape = draw(st.sampled_from(("scalar", "scalar", "scalar", "ref", "list", "map", "inline", "enum", "union")))
    if depth > 1 or shape == "scalar":
        return scalar(draw)
    match shape:
        case "ref" if scope.named:
            return Ref(draw(st.sampled_from(scope.named)))
        case "list":
            inner = type_of(scope, owner, depth + 1)
            return ListOf(replace(inner, extra=extras(draw, "title")), draw(st.sampled_from((None, 1))))
        case "map":
            return MapOf(type_of(scope, owner, depth + 1))
        case "inline":
            name = scope.inline(owner)
            scope.types[name] = ObjectType("", name, ())  # its name is taken
            made = object_type(scope, name, depth + 1, inline=True)
            scope.types[name] = made
            return Ref(name)
        case "enum":
            name = scope.inline(owner)
            scope.types[name] = enum_type(scope, name, inline=True)
            return Ref(name)
        case "union":
            return union(scope, owner, depth + 1)
    return scalar(draw)


def union(scope: Scope, owner: str, depth: int) -> Type:
    """A union of named objects with a discriminator, or of anything."""
    draw = scope.draw
    named = [n for n in scope.named if n in OBJECTS]
    if len(named) > 1 and draw(st.booleans()):
        chosen = draw(st.lists(st.sampled_from(named), min_size=2, max_size=3, unique=True))
        tags = tuple((n.lower(), n) for n in chosen if draw(st.booleans()))
        told = Discriminator("kind", tags) if draw(st.booleans()) else None
        return UnionOf(tuple(map(Ref, chosen)), told, exclusive=draw(st.booleans()))
    variants: list[Type] = []
    for number in range(draw(st.integers(2, 3))):
        made = type_of(scope, f"{owner}{number}", depth)
        if made not in variants:
            variants.append(made)
    return UnionOf(tuple(variants), exclusive=draw(st.booleans())) if len(variants) > 1 else variants[0]


def object_type(scope: Scope, name: str, depth: int = 0, *, inline: bool = False) -> ObjectType:
    """An object of a few fields."""
    draw = scope.draw
    born = identity(scope.version, name)
    names = draw(st.lists(st.sampled_from(FIELDS), max_size=4, unique=True))
    unknown = draw(st.sampled_from(Unknown))
    rest = type_of(scope, f"{name}Rest", depth) if unknown is Unknown.KEEP and draw(st.booleans()) else None
    component = f"acme.{name}" if not inline and draw(st.integers(0, 3)) == 0 else None
    fields = tuple(field_of(scope, born, name, n, depth) for n in names)
    return ObjectType(
        born, name, fields, unknown, prose(draw), rest, inline=inline, component=component, extra=extras(draw, "title")
    )


def field_of(scope: Scope, born: str, owner: str, name: str, depth: int) -> Field:
    """A field of any kind."""
    draw = scope.draw
    type_ = type_of(scope, owner + pascal(name), depth)
    plain = isinstance(type_, Scalar) and type_.kind is Kind.STR and type_.format is None
    return Field(
        identity(scope.version, born, name),
        name,
        type_,
        required=draw(st.booleans()),
        nullable=draw(st.integers(0, 4)) == 0,
        default=draw(st.sampled_from((MISSING, MISSING, "x", ""))) if plain else MISSING,
        read_only=draw(st.integers(0, 5)) == 0,
        write_only=draw(st.integers(0, 9)) == 0,
        description=prose(draw),
        example=draw(st.sampled_from((MISSING, MISSING, "Ada", None, 1))),
        deprecated=draw(st.integers(0, 5)) == 0,
        extra=extras(draw, "title"),
    )


def enum_type(scope: Scope, name: str, *, inline: bool = False) -> EnumType:
    """An enum of a few texts."""
    draw = scope.draw
    born = identity(scope.version, name)
    words = draw(st.lists(st.sampled_from(VALUES), min_size=1, max_size=3, unique=True))
    values = tuple(EnumValue(identity(scope.version, born, w), w, prose(draw), extra=extras(draw)) for w in words)
    return EnumType(born, name, values, prose(draw), draw(st.booleans()), inline, extra=extras(draw, "title"))


def named_type(scope: Scope, name: str) -> NamedType:
    """A type of its own; one of another nature than its name has, now and then."""
    draw = scope.draw
    nature = "object" if name in OBJECTS else "enum" if name in ENUMS else "alias"
    nature = draw(st.sampled_from((nature,) * 8 + ("object", "enum", "alias")))
    match nature:
        case "object":
            return object_type(scope, name)
        case "enum":
            return enum_type(scope, name)
    type_ = type_of(scope, name, 1)
    if isinstance(type_, Ref) and type_.name not in scope.types:
        type_ = ListOf(type_)  # a name for a name may lead back to itself
    return AliasType(identity(scope.version, name), name, type_, draw(st.booleans()), prose(draw), extra=extras(draw))
