"""How callers say who they are: security schemes and requirements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...contract.parameter import Location
from ...contract.security import Requirement, SecurityKind, SecurityScheme
from ...diagnostics import did_you_mean
from .problems import child
from .state import Reading


def read_schemes(reading: Reading) -> dict[str, SecurityScheme]:
    """The security schemes of a document (OpenAPI 3.1, 4.8.27), by name."""
    given: Mapping[str, Any] = (reading.document.get("components") or {}).get("securitySchemes") or {}
    made = {}
    for name, stated in given.items():
        found, _ = reading.resolved(stated, child("#", "components", "securitySchemes", name))
        words = dict(found)
        kind = SecurityKind(words.pop("type"))
        key, http = kind is SecurityKind.API_KEY, kind is SecurityKind.HTTP
        made[name] = SecurityScheme(
            name,
            kind,
            location=Location(words.pop("in")) if key else None,
            parameter=words.pop("name") if key else None,
            scheme=words.pop("scheme") if http else None,
            flows=words.pop("flows") if kind is SecurityKind.OAUTH2 else None,
            url=words.pop("openIdConnectUrl") if kind is SecurityKind.OPENID else None,
            description=words.pop("description", None),
            extra=words,
        )
    return made


def read_requirements(reading: Reading, given: Sequence[Mapping[str, Any]], at: str) -> tuple[Requirement, ...]:
    """The ways to be let in that a list of security requirements says (OpenAPI 3.1, 4.8.30)."""
    schemes = list((reading.document.get("components") or {}).get("securitySchemes") or {})
    for position, requirement in enumerate(given):
        for name in requirement:
            if name not in schemes:
                message = f"there is no security scheme `{name}`"
                reading.findings.add("SC717", child(at, position, name), message, did_you_mean(name, schemes))
    return tuple(tuple((name, tuple(scopes)) for name, scopes in requirement.items()) for requirement in given)
