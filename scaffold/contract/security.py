"""Who is let in: the ways for a caller to say who it is, and which of them are asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from .parameter import Location
from .types import Extra, Json

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
