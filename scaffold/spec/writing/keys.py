"""The keys that say a type: what they are called in a place, and what is only kept word for word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...contract.named_types import NamedType
from ...contract.types import Extra
from .layout import Value

Keys = dict[str, Value]
_LONG = ("items", "values", "fields")


@dataclass
class Places:
    """The named types that are still to be written where they are mentioned first."""

    waiting: dict[str, NamedType] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    """What the types of the contract are called, by identity."""

    def take(self, name: str) -> NamedType | None:
        """The type called `name`, when this is the place to write it."""
        return self.waiting.pop(name, None)


@dataclass(frozen=True)
class Naming:
    """What a type that is written in a place is called; `name` None is not known, and so it is always stated.

    `items` and `values` are what comes behind the name inside of lists and maps. With `plain` a list of texts is no
    named type: parameters are so.
    """

    name: str | None
    items: str | None = ""
    values: str | None = ""
    plain: bool = False

    def inside(self, suffix: str | None) -> Naming:
        """The naming inside, where `suffix` comes behind the name."""
        name = None if self.name is None or suffix is None else self.name + suffix
        return Naming(name, plain=self.plain)


PLAIN = Naming(None, plain=True)


def said(extra: Extra) -> Keys:
    """What is kept word for word: prose, `x-` keywords, and the others under `openapi`."""
    made: Keys = {}
    others: Keys = {}
    for word, value in extra.items():
        if word.startswith("x-") or (word == "description" and isinstance(value, str)):
            made[word] = value
        else:
            others[word] = value
    if "description" in made:
        made = {"description": made.pop("description"), **made}
    if others:
        made["openapi"] = others
    return made


def short(keys: Keys) -> Value:
    """A type expression where that is all there is, else the long form."""
    if set(keys) == {"type"}:
        return keys["type"]
    return {key: value for key, value in keys.items() if key not in _LONG} | {
        key: keys[key] for key in _LONG if key in keys
    }
