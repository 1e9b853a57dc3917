"""What values are held to beside their type, where Pydantic's own constraints are too lenient or say it otherwise."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from pydantic import AfterValidator, GetCoreSchemaHandler
from pydantic import GetJsonSchemaHandler as SchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from .patterns import searching

DECIMAL = r"^-?[0-9]+(\.[0-9]+)?$"

BOUNDS = {
    "ge": "minimum",
    "gt": "exclusiveMinimum",
    "le": "maximum",
    "lt": "exclusiveMaximum",
    "multiple_of": "multipleOf",
}
"""What JSON Schema calls the bounds of a number."""


@dataclass(frozen=True)
class DecimalText:
    """Reads decimals that travel as text in which `pattern` is found; a document cannot bound them as numbers."""

    pattern: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        found = searching(self.pattern)

        def read(value: Any) -> Any:
            if isinstance(value, Decimal):
                return value
            if not isinstance(value, str) or not found(value):
                raise ValueError("must be a decimal number, as text")
            try:
                return Decimal(value)
            except InvalidOperation:
                raise ValueError("must be a decimal number, as text") from None

        return core_schema.no_info_before_validator_function(read, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: SchemaHandler) -> dict[str, Any]:
        return {"type": "string", "format": "decimal", "pattern": self.pattern}


@dataclass(frozen=True)
class Matching:
    """Reads text in which `pattern` is found, with the meaning that JSON Schema gives it (ECMA-262)."""

    pattern: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        found = searching(self.pattern)

        def check(value: str) -> str:
            if not found(value):
                raise ValueError(f"must match {self.pattern}")
            return value

        return core_schema.no_info_after_validator_function(check, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: SchemaHandler) -> dict[str, Any]:
        return {**handler(core), "pattern": self.pattern}


def decimal(pattern: str = DECIMAL) -> DecimalText:
    """A validator for decimals that travel as text matching `pattern`."""
    return DecimalText(pattern)


def matching(pattern: str) -> Matching:
    """A validator for text in which `pattern` is found."""
    return Matching(pattern)


@dataclass(frozen=True)
class Unique:
    """Reads lists in which no two items are equal as JSON: 1 is 1.0, and the same instant may be written twice."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_unique, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: SchemaHandler) -> dict[str, Any]:
        return {**handler(core), "uniqueItems": True}


def _unique(value: Any) -> Any:
    if isinstance(value, list) and len({_same(item) for item in value}) < len(value):
        raise ValueError("must not have the same item twice")
    return value


def _same(value: Any) -> Hashable:
    """Something that is equal for equal JSON values, and for no others: true is not 1."""
    if isinstance(value, bool):
        return ("bool", value)
    if isinstance(value, list):
        return ("list", *map(_same, value))
    if isinstance(value, dict):
        return ("dict", frozenset((key, _same(item)) for key, item in value.items()))
    found: Hashable = value
    return found


@dataclass(frozen=True)
class Among:
    """Reads one of a few values, equal as JSON: 1.0 is 1, and true is not."""

    choices: tuple[Any, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        known = {_same(choice): choice for choice in self.choices}

        def read(value: Any) -> Any:
            if _same(value) not in known:
                raise ValueError(f"must be one of {', '.join(map(repr, self.choices))}")
            return known[_same(value)]

        return core_schema.no_info_before_validator_function(read, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: SchemaHandler) -> dict[str, Any]:
        return {**handler(core), "enum": list(self.choices)}


def among(*choices: Any) -> Among:
    """A validator for one of a few values."""
    return Among(choices)


@dataclass(frozen=True)
class Within:
    """Reads numbers within bounds, exactly: 0.3 is a multiple of 0.1, and 0.30000001 is none."""

    bounds: tuple[tuple[str, int | float], ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        exact = [(name, bound, _HOLDS[name], Fraction(repr(bound))) for name, bound in self.bounds]

        def check(value: int | float) -> int | float:
            number = Fraction(repr(value))
            for name, bound, holds, limit in exact:
                if not holds(number, limit):
                    raise ValueError(f"must be {_SAID[name]} {bound}")
            return value

        return core_schema.no_info_after_validator_function(check, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: SchemaHandler) -> dict[str, Any]:
        return {**handler(core), **{BOUNDS[name]: bound for name, bound in self.bounds}}


_HOLDS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "ge": lambda value, bound: value >= bound,
    "gt": lambda value, bound: value > bound,
    "le": lambda value, bound: value <= bound,
    "lt": lambda value, bound: value < bound,
    "multiple_of": lambda value, bound: value % bound == 0,
}
_SAID = {"ge": "at least", "gt": "above", "le": "at most", "lt": "below", "multiple_of": "a multiple of"}


def within(**bounds: int | float) -> Within:
    """A validator for numbers within bounds that Pydantic does not hold exactly."""
    return Within(tuple(bounds.items()))


UNIQUE = Unique()


def keyed(name: str) -> AfterValidator:
    """A validator of lists of objects that are told apart by the field `name`: no two may have the same."""

    def check(items: list[Any]) -> list[Any]:
        seen: dict[Any, int] = {}
        for place, item in enumerate(items):
            if seen.setdefault(item.get(name), place) != place:
                said = {"name": name, "place": place, "other": seen[item.get(name)]}
                raise PydanticCustomError("key_twice", "Item {place} has the {name} of item {other}", said)
        return items

    return AfterValidator(check)
