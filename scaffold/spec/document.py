"""What documents say beside the contract: kept word for word."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..contract.prefix import PREFIX, UNPREFIXED, WORDS
from ..contract.types import Extra
from ..diagnostics import did_you_mean
from .findings import Findings
from .models import Spec
from .scalar_values import untyped

KNOWN = ("info", "servers", "tags", "externalDocs", "components", "webhooks", "jsonSchemaDialect")
MADE: Mapping[str, str] = {
    "openapi": "it is always 3.1",
    "paths": "they are made of `operations:` and `resources:`",
    "security": "write `auth: {default: […]}`",
    "schemas": "state them under `types:`",
    "securitySchemes": "state them under `auth: {schemes: …}`",
}
"""What is made from the rest of the spec."""

OF_OPERATIONS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace", "parameters"})
"""What a path says of its operations, and what the spec states for each of them."""


def _beside_operations(paths: object) -> bool:
    """Whether `paths` says only what no operation can: servers, extensions."""
    items = list(paths.values()) if isinstance(paths, dict) else []
    return bool(items) and not any(isinstance(item, dict) and OF_OPERATIONS & item.keys() for item in items)


def read_document(spec: Spec, findings: Findings) -> Extra:
    """What stands under `document`; SC233 for what is made from the rest of the spec, or is no part of a document."""
    if spec.document is None:
        return {}
    for key, value in spec.document.items():
        if key == "paths" and _beside_operations(value):
            continue
        if key in WORDS:
            continue
        if key in MADE or (key not in KNOWN and not key.startswith("x-")):
            findings.add(
                "SC233",
                f"`{key}` cannot stand in `document`",
                spec.place("document", key),
                MADE.get(key) or did_you_mean(key, [*KNOWN, *WORDS]),
            )
    components = spec.document.get("components")
    for key in components if isinstance(components, dict) else ():
        if key in MADE:
            where = spec.place("document", "components", key)
            findings.add("SC233", f"`{key}` cannot stand in `document`", where, MADE[key])
    kept: Extra = untyped(spec.document)
    _check_prefix(kept, spec, findings)
    return kept


_PREFIX = re.compile(r"(/([A-Za-z0-9._~-]+|\{version\}))+")


def _check_prefix(kept: Extra, spec: Spec, findings: Findings) -> None:
    """SC233 for a prefix, or a list of paths without it, that is none."""
    prefix, without = kept.get(PREFIX, "/a"), kept.get(UNPREFIXED, [])
    if not isinstance(prefix, str) or not _PREFIX.fullmatch(prefix):
        where, help_ = spec.place("document", PREFIX), "write `/api/{version}`"
        findings.add("SC233", f"`{PREFIX}` is what stands before every path", where, help_)
    if not isinstance(without, list) or not all(isinstance(p, str) and p.startswith("/") for p in without):
        where, help_ = spec.place("document", UNPREFIXED), "write `[/health]`"
        findings.add("SC233", f"`{UNPREFIXED}` are the paths without the prefix", where, help_)
