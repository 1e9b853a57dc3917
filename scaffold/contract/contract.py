"""A contract: everything one version promises. Immutable; changes make new ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from .error_form import ErrorFormat, Errors
from .named_types import AliasType, EnumType, Field, NamedType, ObjectType
from .operation import Operation, mentioned
from .security import Requirement, SecurityScheme
from .types import Extra, Json, Ref, Type, references


class PageStyle(StrEnum):
    """How a caller asks for a part of a list."""

    OFFSET = "offset"
    """How many to pass over."""
    PAGE = "page"
    """The number of a page."""
    CURSOR = "cursor"
    """Where the last answer ended: a word that the answer gave."""
    NONE = "none"
    """Not at all: every answer has the whole list."""


@dataclass(frozen=True)
class Pagination:
    """How lists are paged: `limit` items at most where a caller names no number, `max_limit` whatever it names."""

    style: PageStyle = PageStyle.OFFSET
    limit: int = 20
    max_limit: int = 100


@dataclass(frozen=True)
class Resource:
    """A type that is stored and served by standard operations; named after its type."""

    identity: str
    type: str
    path: str
    handler: str
    pagination: Pagination | None = None
    """How its list is paged, where that is not as the whole contract says."""


@dataclass(frozen=True)
class Envelope:
    """How a page is wrapped: a JSON template with `$items`, `$total`, `$limit` and others; None is a bare list."""

    template: Json = None


@dataclass(frozen=True)
class Contract:
    """What one version promises. Types and resources are keyed by the names they have here, in order of declaration."""

    version: str
    types: Mapping[str, NamedType] = field(default_factory=dict)
    resources: Mapping[str, Resource] = field(default_factory=dict)
    operations: tuple[Operation, ...] = ()
    envelope: Envelope = Envelope()
    errors: Errors = ErrorFormat.PROBLEM
    """How every error is written, also the framework's own."""
    pagination: Pagination = Pagination()
    base_path: str | None = None
    """Below which path it is served, where that is not the API's."""
    behaviours: tuple[str, ...] = ()
    """What this version does otherwise than those before it, by names that handlers ask for."""
    security: tuple[Requirement, ...] = ()
    security_schemes: Mapping[str, SecurityScheme] = field(default_factory=dict)
    extra: Extra = field(default_factory=dict, compare=False, kw_only=True)
    """What its document says beside: `info`, `servers`, `tags`, `externalDocs`, shared examples."""

    def object(self, name: str) -> ObjectType | None:
        """The object type called `name`, if there is one."""
        found = self.types.get(name)
        return found if isinstance(found, ObjectType) else None

    def enum(self, name: str) -> EnumType | None:
        """The enum called `name`, if there is one."""
        found = self.types.get(name)
        return found if isinstance(found, EnumType) else None

    def alias(self, name: str) -> AliasType | None:
        """The alias called `name`, if there is one."""
        found = self.types.get(name)
        return found if isinstance(found, AliasType) else None

    @cached_property
    def types_by_identity(self) -> Mapping[str, NamedType]:
        """Every named type, by identity."""
        return {t.identity: t for t in self.types.values()}

    @cached_property
    def fields_by_identity(self) -> Mapping[str, tuple[ObjectType, Field]]:
        """Every field with the type it stands in, by identity."""
        return {f.identity: (t, f) for t in self.types.values() if isinstance(t, ObjectType) for f in t.fields}

    @cached_property
    def operations_by_identity(self) -> Mapping[str, Operation]:
        """Every operation, by identity."""
        return {o.identity: o for o in self.operations}

    def operation(self, method: str, path: str) -> Operation | None:
        """The operation at `method` and `path`, if there is one."""
        return next((o for o in self.operations if o.method == method and o.path == path), None)

    def with_type(self, type_: NamedType, *, instead_of: str | None = None) -> Contract:
        """This contract with `type_` added, or put in the place of the type named `instead_of`."""
        old = instead_of or type_.name
        if old not in self.types:
            return replace(self, types={**self.types, type_.name: type_})
        return replace(
            self,
            types={(type_.name if n == old else n): (type_ if n == old else t) for n, t in self.types.items()},
        )

    def without_type(self, name: str) -> Contract:
        """This contract without the type called `name`."""
        return replace(self, types={n: t for n, t in self.types.items() if n != name})

    def with_operation(self, operation: Operation) -> Contract:
        """This contract with `operation` added, or put in the place of the one with its identity."""
        if operation.identity not in self.operations_by_identity:
            return replace(self, operations=(*self.operations, operation))
        return replace(
            self,
            operations=tuple(operation if o.identity == operation.identity else o for o in self.operations),
        )

    def users_of(self, name: str) -> Iterator[str]:
        """The addresses of what mentions the type called `name`."""
        for type_ in self.types.values():
            if isinstance(type_, ObjectType):
                for f in type_.fields:
                    if name in references(f.type):
                        yield f"{type_.name}.{f.name}"
                if type_.rest is not None and name in references(type_.rest):
                    yield type_.name
            elif isinstance(type_, AliasType) and name in references(type_.type):
                yield type_.name
        for operation in self.operations:
            if any(name in references(t) for t in mentioned(operation)):
                yield operation.address


def identity(version: str, *parts: str) -> str:
    """The identity of a thing born in `version` at the address `parts`."""
    return f"{version}:{'.'.join(parts)}"


def item_type(type_: Type) -> Type:
    """The type inside lists and maps: what a `Ref` at any depth points from."""
    while not isinstance(type_, Ref):
        inner = getattr(type_, "items", None) or getattr(type_, "values", None)
        if inner is None:
            return type_
        type_ = inner
    return type_
