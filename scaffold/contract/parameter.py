"""A parameter of an operation: where it travels, what it does there."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from .types import MISSING, Extra, Json, Type


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
    PARENT = "parent"
    """The key of an object that the resource stands below."""
    FILTER = "filter"
    SORT = "sort"
    LIMIT = "limit"
    OFFSET = "offset"
    PAGE = "page"
    CURSOR = "cursor"


OF_A_FIELD = (Role.FILTER, Role.KEY, Role.PARENT)
"""The roles of parameters whose values are those of a field: the only one of their `fields`."""


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
