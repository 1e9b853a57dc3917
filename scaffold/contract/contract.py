"""A contract: everything one version promises. Immutable; changes make new ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from .types import (
    MISSING,
    AliasType,
    EnumType,
    Extra,
    Field,
    Json,
    NamedType,
    ObjectType,
    Ref,
    Type,
    references,
)


class Location(StrEnum):
    """Where a parameter travels."""

    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    COOKIE = "cookie"


class Role(StrEnum):
    """What a parameter does in a standard operation; free operations have plain ones."""

    PLAIN = "plain"
    KEY = "key"
    FILTER = "filter"
    SORT = "sort"
    LIMIT = "limit"
    OFFSET = "offset"
    PAGE = "page"
    CURSOR = "cursor"


class Action(StrEnum):
    """The standard operations of a resource, and FREE for any other."""

    LIST = "list"
    GET = "get"
    CREATE = "create"
    UPDATE = "update"
    REPLACE = "replace"
    DELETE = "delete"
    FREE = "free"


class View(StrEnum):
    """Which side of a type is meant: what is shown, or one of the ways to write it."""

    OUTPUT = "output"
    INPUT = "input"
    CREATE = "create"
    REPLACE = "replace"
    UPDATE = "update"


@dataclass(frozen=True)
class Parameter:
    """A path, query, header or cookie parameter; `fields` are the identities a filter or sort acts on."""

    identity: str
    name: str
    location: Location
    type: Type
    required: bool = False
    default: Json = MISSING
    role: Role = Role.PLAIN
    fields: tuple[str, ...] = ()
    description: str | None = None
    example: Json = MISSING
    deprecated: bool = False
    style: str | None = None
    """How a list or an object is written (OpenAPI 3.1, 4.8.12.3); None is the usual way of its place."""
    explode: bool | None = None
    media_type: str | None = None
    """Set where the value travels as a document of this type: JSON in a query parameter, say."""
    meaning: tuple[str, ...] | None = None
    """As of a field."""
    extra: Extra = field(default_factory=dict, compare=False, kw_only=True)


JSON = "application/json"


@dataclass(frozen=True)
class Media:
    """One form in which a body or an answer travels; `type` is None for what is not described."""

    media_type: str
    type: Type | None = None
    wrap: str | None = None
    """Set where it travels as the only field of an object, under this name."""
    extra: Extra = field(default_factory=dict, compare=False, kw_only=True)


@dataclass(frozen=True)
class Header:
    """A header that an answer carries."""

    name: str
    type: Type
    required: bool = False
    description: str | None = None
    deprecated: bool = False
    extra: Extra = field(default_factory=dict, compare=False, kw_only=True)


@dataclass(frozen=True)
class Body:
    """What a request carries; `view` says which side of the type it is, `others` the other forms it may travel in."""

    type: Type
    required: bool = True
    view: View = View.INPUT
    description: str | None = None
    media_type: str = JSON
    others: tuple[Media, ...] = ()
    wrap: str | None = None
    """The field of an object under which it travels, where it does not stand alone."""
    media: Extra = field(default_factory=dict, compare=False, kw_only=True)
    """What is said of its first form: examples, encodings."""
    extra: Extra = field(default_factory=dict, compare=False, kw_only=True)

    @property
    def forms(self) -> tuple[Media, ...]:
        """Every form it may travel in, the usual one first."""
        return (Media(self.media_type, self.type, self.wrap, extra=self.media), *self.others)


@dataclass(frozen=True)
class Response:
    """One answer: `type` is None where there is no body; `page` puts a list into the envelope.

    `status` is a number, a class of them (`4XX`) or `default`: any that is not named.
    """

    status: int | str
    description: str
    type: Type | None = None
    page: bool = False
    media_type: str = JSON
    others: tuple[Media, ...] = ()
    headers: tuple[Header, ...] = ()
    wrap: str | None = None
    """The field of an object under which its body travels, where that does not stand alone."""
    media: Extra = field(default_factory=dict, compare=False, kw_only=True)
    """What is said of its first form: examples."""
    extra: Extra = field(default_factory=dict, compare=False, kw_only=True)

    @property
    def forms(self) -> tuple[Media, ...]:
        """Every form it may travel in, the usual one first; none where it has no body."""
        if self.type is None:
            return ()
        return (Media(self.media_type, self.type, self.wrap, extra=self.media), *self.others)

    @property
    def success(self) -> bool:
        """Whether it says that the request was done."""
        return str(self.status).startswith("2")


Requirement: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""One way to be let in: schemes that are needed together, each with its scopes. An empty one lets anybody in."""


class SecurityKind(StrEnum):
    """How a caller says who it is (OpenAPI 3.1, 4.8.27)."""

    API_KEY = "apiKey"
    HTTP = "http"
    OAUTH2 = "oauth2"
    OPENID = "openIdConnect"
    MUTUAL_TLS = "mutualTLS"


@dataclass(frozen=True)
class SecurityScheme:
    """One way for a caller to say who it is.

    An API key travels at `location` under the name `parameter`; `scheme` is that of the `Authorization` header
    (RFC 9110, 11.1): `basic` or `bearer`. `flows` are those of OAuth 2, as a document states them.
    """

    name: str
    kind: SecurityKind
    location: Location | None = None
    parameter: str | None = None
    scheme: str | None = None
    flows: Json = None
    url: str | None = None
    description: str | None = None
    extra: Extra = field(default_factory=dict, compare=False, kw_only=True)


@dataclass(frozen=True)
class Operation:
    """One method on one path."""

    identity: str
    id: str
    method: str
    path: str
    responses: tuple[Response, ...]
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    action: Action = Action.FREE
    resource: str | None = None
    handler: str = "operations"
    summary: str | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    deprecated: bool = False
    security: tuple[Requirement, ...] | None = None
    """Who is let in: any of these. None is what the whole contract says, an empty tuple anybody."""
    extra: Extra = field(default_factory=dict, compare=False, kw_only=True)

    @property
    def address(self) -> str:
        """How a spec names this operation: `GET /users/{id}`."""
        return f"{self.method} {self.path}"

    def parameter(self, name: str, location: Location | None = None) -> Parameter | None:
        """The parameter called `name`, at `location` if that is given."""
        return next(
            (p for p in self.parameters if p.name == name and location in (None, p.location)),
            None,
        )


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


class ErrorFormat(StrEnum):
    """How every error is written, also the framework's own."""

    PROBLEM = "problem"
    """Problem details (RFC 9457)."""
    SIMPLE = "simple"
    """A flat object: `error`, `message`, and what helps."""


@dataclass(frozen=True)
class Contract:
    """What one version promises. Types and resources are keyed by the names they have here, in order of declaration."""

    version: str
    types: Mapping[str, NamedType] = field(default_factory=dict)
    resources: Mapping[str, Resource] = field(default_factory=dict)
    operations: tuple[Operation, ...] = ()
    envelope: Envelope = Envelope()
    errors: ErrorFormat = ErrorFormat.PROBLEM
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


def mentioned(operation: Operation) -> Iterator[Type]:
    """Every type that an operation states: of its parameters, bodies, answers and their headers."""
    yield from (p.type for p in operation.parameters)
    forms = [*(operation.body.forms if operation.body else ()), *(f for r in operation.responses for f in r.forms)]
    yield from (f.type for f in forms if f.type is not None)
    yield from (h.type for r in operation.responses for h in r.headers)


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
