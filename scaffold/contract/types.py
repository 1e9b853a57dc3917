"""The types a contract is made of: scalars, lists, maps, references, objects and enums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum
from typing import Any, TypeAlias

Json: TypeAlias = Any
"""A JSON value: None, bool, int, float, str, or a list or dict of them."""

Extra: TypeAlias = Mapping[str, Json]
"""What a document says that a contract only keeps: prose, `x-` keywords, keywords it does not check; by keyword.

Two values that differ in it alone are equal: they promise the same.
"""


class Missing(Enum):
    """The type of `MISSING`, which stands for "not stated"; null is a value and never stands for it."""

    MISSING = "missing"

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "MISSING"


MISSING = Missing.MISSING


class Undecided(Enum):
    """The type of `UNDECIDED`: a policy that a draft or an import leaves open."""

    UNDECIDED = "undecided"


UNDECIDED = Undecided.UNDECIDED


class Kind(StrEnum):
    """The scalar kinds, by the word that stands for them in a spec."""

    STR = "str"
    INT = "int"
    FLOAT = "float"
    BOOL = "bool"
    DECIMAL = "decimal"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    DURATION = "duration"
    UUID = "uuid"
    EMAIL = "email"
    URL = "url"
    BYTES = "bytes"
    JSON = "json"
    NULL = "null"
    """Null and nothing else; it stands in unions. A field that may be null is `nullable`."""


@dataclass(frozen=True)
class Scalar:
    """A single value; every bound is as in JSON Schema, `choices` closes it to a few.

    The format `unbounded` is an int of any size; without a format an int fits in 64 bits.
    """

    kind: Kind
    format: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    ge: int | float | None = None
    gt: int | float | None = None
    le: int | float | None = None
    lt: int | float | None = None
    multiple_of: int | float | None = None
    choices: tuple[Json, ...] = ()
    extra: Extra = field(default_factory=dict, compare=False, kw_only=True)

    def __str__(self) -> str:
        return str(self.kind)


@dataclass(frozen=True)
class ListOf:
    """An ordered list of one type."""

    items: Type
    min_items: int | None = None
    max_items: int | None = None
    unique_items: bool = False
    extra: Extra = field(default_factory=dict, compare=False, kw_only=True)

    def __str__(self) -> str:
        return f"list[{self.items}]"


@dataclass(frozen=True)
class MapOf:
    """A JSON object with free keys and values of one type."""

    values: Type
    extra: Extra = field(default_factory=dict, compare=False, kw_only=True)

    def __str__(self) -> str:
        return f"map[str, {self.values}]"


@dataclass(frozen=True)
class Ref:
    """A named type, by the name it has in this contract."""

    name: str
    extra: Extra = field(default_factory=dict, compare=False, kw_only=True)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Discriminator:
    """The property that tells the variants of a union apart; `mapping` has a type's name for each of its values."""

    property: str
    mapping: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class UnionOf:
    """One of several types; `exclusive`: of exactly one (`oneOf`), else of one or more (`anyOf`)."""

    variants: tuple[Type, ...]
    discriminator: Discriminator | None = None
    exclusive: bool = True
    extra: Extra = field(default_factory=dict, compare=False, kw_only=True)

    def __str__(self) -> str:
        return " | ".join(map(str, self.variants))


Type: TypeAlias = Scalar | ListOf | MapOf | Ref | UnionOf

CONSTRAINTS = ("format", "min_length", "max_length", "pattern", "ge", "gt", "le", "lt", "multiple_of")
LIST_CONSTRAINTS = ("min_items", "max_items", "unique_items")


def references(type_: Type) -> Iterator[str]:
    """The names of the types that `type_` mentions directly."""
    match type_:
        case Ref(name):
            yield name
        case ListOf(items=inner) | MapOf(values=inner):
            yield from references(inner)
        case UnionOf(variants):
            for variant in variants:
                yield from references(variant)
        case Scalar():
            return


def renamed(type_: Type, names: Mapping[str, str]) -> Type:
    """`type_` with every reference that `names` maps put under its new name; what tells variants apart stays.

    A variant that was told by its own name is so still, under the new one: clients go on to send that word.
    """
    match type_:
        case Ref(name):
            return replace(type_, name=names.get(name, name))
        case ListOf(items=inner):
            return replace(type_, items=renamed(inner, names))
        case MapOf(values=inner):
            return replace(type_, values=renamed(inner, names))
        case UnionOf(variants, discriminator):
            if discriminator is not None:
                stated = {name for _, name in discriminator.mapping}
                own = [v.name for v in variants if isinstance(v, Ref) and v.name not in stated]
                told = any(names.get(name, name) != name for name in own)
                pairs = (*discriminator.mapping, *((name, name) for name in own if told))
                mapping = tuple((value, names.get(name, name)) for value, name in pairs)
                discriminator = replace(discriminator, mapping=mapping)
            return replace(type_, variants=tuple(renamed(v, names) for v in variants), discriminator=discriminator)
        case Scalar():
            return type_


@dataclass(frozen=True)
class Fallback:
    """The value that is taken for one that cannot be read."""

    value: Json
