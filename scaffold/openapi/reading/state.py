"""What one reading of a document knows and collects on its way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ...contract.contract import identity
from ...contract.named_types import NamedType
from ...contract.types import Json, Ref, Type
from .names import Names
from .problems import Findings, Remark, RemarkKind
from .references import keys_of, pointer, target

SCHEMAS = ("components", "schemas")


@dataclass(frozen=True)
class Said:
    """What a schema says: a type, whether null is one of its values, and `words` that speak of the place it is in.

    Among the words are descriptions, examples and marks, and every keyword that the type does not express.
    """

    type: Type
    nullable: bool = False
    words: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True)
class Own:
    """The named type that is being read: an object or an enum that is met takes this name."""

    name: str
    component: str | None


Read = Callable[["Reading", Any, str, str, Own | None], Said]
"""Reads the schema at a pointer; what is written in place there gets the name that is given."""


@dataclass
class Reading:
    """One document on its way to a contract; `types` has them in the order of the document."""

    document: Mapping[str, Any]
    version: str
    findings: Findings
    names: Names
    types: dict[str, NamedType | None] = field(default_factory=dict)
    remarks: dict[Remark, None] = field(default_factory=dict)
    raw: list[Any] = field(default_factory=list)
    waiting: list[tuple[str, str]] = field(default_factory=list)
    """References to schemas that are no components, with the name that each has now."""
    others: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    """The pointer of each field and parameter, by identity."""

    @property
    def schemas(self) -> Mapping[str, Any]:
        """The schemas that the document names."""
        found: Mapping[str, Any] = (self.document.get("components") or {}).get("schemas") or {}
        return found

    @cached_property
    def components(self) -> Mapping[str, str]:
        """The component of each type that is called otherwise."""
        return {name: c for c in self.schemas if (name := self.names.of_component(c)) != c}

    def remark(self, kind: RemarkKind, at: str, message: str) -> None:
        """Keep in mind that the contract says something in another way."""
        self.remarks.setdefault(Remark(kind, at, message))

    def identity(self, *parts: str) -> str:
        """The identity of a thing of this version."""
        return identity(self.version, *parts)

    def target(self, ref: str) -> Any:
        """What a reference leads to."""
        return target(self.document, ref)

    def resolved(self, value: Any, at: str) -> tuple[Any, str]:
        """`value`, or what it leads to where it is a reference, with a pointer to it; words beside it go on top."""
        beside: dict[str, Any] = {}
        while isinstance(value, Mapping) and isinstance(value.get("$ref"), str):
            beside = {w: v for w, v in value.items() if w in ("summary", "description")} | beside
            at = pointer(value["$ref"])
            value = self.target(value["$ref"])
        if beside and isinstance(value, Mapping):
            value = {**value, **beside}
        return value, at

    def reference(self, ref: str) -> Ref:
        """The type that a reference to a schema means; one that is no component gets a name."""
        keys = keys_of(ref)
        if len(keys) == 3 and tuple(keys[:2]) == SCHEMAS:
            return Ref(self.names.of_component(keys[2]))
        at = pointer(ref)
        if at not in self.others:
            start = keys[2:] if tuple(keys[:2]) == SCHEMAS else keys
            words = [k for k in start if k not in ("properties", "schema", "content") and not k.isdigit()]
            self.others[at] = self.names.unique("".join(f"{w[:1].upper()}{w[1:]}" for w in words[-3:]) or "Schema")
            self.waiting.append((at, self.others[at]))
            message = f"a reference leads to it, so it is a type of its own: `{self.others[at]}`"
            self.remark(RemarkKind.NAMED, at, message)
        return Ref(self.others[at])
