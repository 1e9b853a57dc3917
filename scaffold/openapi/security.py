"""Who is let in, as OpenAPI's security schemes and requirements (OpenAPI 3.1, 4.8.27 and 4.8.30)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..contract.security import Requirement, SecurityScheme


def requirements(ways: Sequence[Requirement]) -> list[dict[str, list[str]]]:
    """The ways to be let in, each the schemes that it needs with their scopes."""
    return [{name: list(scopes) for name, scopes in way} for way in ways]


def security_scheme(scheme: SecurityScheme) -> dict[str, Any]:
    """A security scheme object."""
    stated = {
        "type": scheme.kind.value,
        "description": scheme.description,
        "name": scheme.parameter,
        "in": None if scheme.location is None else scheme.location.value,
        "scheme": scheme.scheme,
        "flows": scheme.flows,
        "openIdConnectUrl": scheme.url,
    }
    return {**{word: value for word, value in stated.items() if value is not None}, **scheme.extra}
