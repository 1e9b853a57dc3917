"""Who is let in: the schemes of the spec as values of the contract."""

from __future__ import annotations

from collections.abc import Mapping

from ..contract.parameter import Location
from ..contract.security import Requirement, SecurityKind, SecurityScheme
from ..diagnostics import did_you_mean
from .findings import Findings
from .model import Model
from .operation_shapes import AuthSpec, SchemeSpec
from .scalar_values import untyped
from .scope import Scope

NEEDED: Mapping[SecurityKind, tuple[str, ...]] = {
    SecurityKind.API_KEY: ("in", "name"),
    SecurityKind.HTTP: ("scheme",),
    SecurityKind.OAUTH2: ("flows",),
    SecurityKind.OPENID: ("openIdConnectUrl",),
    SecurityKind.MUTUAL_TLS: (),
}
"""What a scheme of each kind says (OpenAPI 3.1, 4.8.27.1)."""
_KEPT = ("type", "description", "openapi", "bearerFormat")
_FLOWS = ("implicit", "password", "clientCredentials", "authorizationCode")


def build_auth(spec: AuthSpec, scope: Scope) -> tuple[tuple[Requirement, ...], dict[str, SecurityScheme]]:
    """The ways to be let in, and the schemes that they name."""
    schemes = {name: build_scheme(name, stated, scope.findings) for name, stated in spec.schemes.items()}
    return requirements(spec.default, spec, "default", scope), schemes


def build_scheme(name: str, spec: SchemeSpec, findings: Findings) -> SecurityScheme:
    """One scheme; what it lacks goes to `findings`."""
    kind, stated = SecurityKind(spec.type), spec.stated()
    for key in NEEDED[kind]:
        if key not in stated and not spec.cut():
            findings.add("SC232", f"`{name}` is {kind} and has no `{key}`", spec.key_place(), f"add `{key}:`")
    for key in sorted(stated - {*NEEDED[kind], *_KEPT}):
        findings.add("SC232", f"`{key}` says nothing about {kind}", spec.place(key), "leave it out")
    flows = None if spec.flows is None else untyped(spec.flows)
    for flow in flows or {}:
        if flow not in _FLOWS and not str(flow).startswith("x-"):
            findings.add("SC232", f"`{flow}` is no flow", spec.place("flows", flow), did_you_mean(str(flow), _FLOWS))
    extra = {} if spec.bearer_format is None else {"bearerFormat": spec.bearer_format}
    return SecurityScheme(
        name,
        kind,
        location=None if spec.in_ is None else Location(spec.in_),
        parameter=spec.name,
        scheme=spec.scheme,
        flows=flows,
        url=spec.url,
        description=spec.description,
        extra={**extra, **spec.beside},
    )


def requirements(ways: list[Requirement], spec: Model, key: str, scope: Scope) -> tuple[Requirement, ...]:
    """The ways under `key`; whether there are such schemes is looked at later."""
    for position, way in enumerate(ways):
        for name, _ in way:
            scope.places.setdefault(f"scheme {name}", spec.item_place(key, position))
    return tuple(ways)
