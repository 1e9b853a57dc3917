"""Text as JSON: how a value that travels as text is read, by what its schema says it is.

A reader never refuses: text that is not what was expected stays text, and the shape behind it says why it does
not fit. Which reader a value gets is decided when the code is generated.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Reader = Callable[[Any], Any]
"""One text, or the bytes of a file, as a JSON value."""

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?", re.ASCII)
LONGEST = 4000
"""How many digits a number may have: longer ones stay text."""


def text(value: Any) -> Any:
    """As it is."""
    return value


def anything(value: Any) -> Any:
    """A text of which nothing is said; several of one name are a list of them."""
    return value


def file(value: Any) -> Any:
    """The bytes of a file, or a text that stands for them."""
    return value


def raw(value: Any) -> Any:
    """The bytes of a file."""
    return value.encode() if isinstance(value, str) else value


def number(value: Any) -> Any:
    """A number as JSON writes it: an int where it has neither fraction nor exponent."""
    if not isinstance(value, str) or len(value) > LONGEST or (found := _NUMBER.fullmatch(value)) is None:
        return value
    return float(value) if found[1] or found[2] else int(value)


def boolean(value: Any) -> Any:
    """`true` and `false`."""
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


def null(value: Any) -> Any:
    """Null, written out."""
    return None if value == "null" else value


def document(value: Any) -> Any:
    """A JSON document."""
    try:
        return json.loads(value, parse_constant=str)
    except (ValueError, TypeError, RecursionError):
        return value


def either(*readers: Reader) -> Reader:
    """What the first of `readers` makes of a text, of those that make something of it."""

    def read(value: Any) -> Any:
        for reader in readers:
            if (found := reader(value)) is not value:
                return found
        return value

    return read


@dataclass(frozen=True, slots=True)
class Items:
    """A list, each of its items a text."""

    item: Reader = text

    def of(self, values: Sequence[Any]) -> Any:
        """The list; a single text that is a JSON array is taken for it where items are documents."""
        if self.item is document and len(values) == 1 and isinstance(found := document(values[0]), list):
            return found
        return [self.item(value) for value in values]


@dataclass(frozen=True, slots=True)
class Fields:
    """An object: how each field is read, and `rest` for those that are not named, None where they are dropped."""

    known: Mapping[str, "Tree"] = field(default_factory=dict)
    rest: Reader | None = None

    def of(self, pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
        """The object that names with texts make. Raises ValueError where a name stands twice and means one value."""
        found: dict[str, list[Any]] = {}
        for name, value in pairs:
            if name in self.known or self.rest is not None:
                found.setdefault(name, []).append(value)
        return {name: self._one(name, values) for name, values in found.items()}

    def _one(self, name: str, values: list[Any]) -> Any:
        tree = self.known.get(name)
        if tree is None or tree is anything:
            # Nothing is known of it: several are a list, and whether it may be one says the shape.
            found = [(self.rest or text)(value) for value in values]
            return found[0] if len(found) == 1 else found
        if isinstance(tree, Items):
            return tree.of(values)
        if len(values) > 1:
            raise Twice(name)
        return document(values[0]) if isinstance(tree, Fields) else tree(values[0])


Tree = Reader | Items | Fields


class Twice(ValueError):
    """A name that means one value stands twice."""

    def __init__(self, name: str) -> None:
        super().__init__("Given more than once")
        self.name = name
