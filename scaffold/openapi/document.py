"""A contract as an OpenAPI 3.1 document: what is promised, without servers, lifecycle or the edge's own answers."""

from __future__ import annotations

import json
from typing import Any

from ..contract.contract import Contract
from ..contract.history import Api, Version
from .components import Components
from .operations import operation_object


def document(contract: Contract, api: Api, version: Version) -> dict[str, Any]:
    """The document of one version: the same contract always gives the same one, in the same order."""
    components = Components(contract)
    info: dict[str, Any] = {"title": api.title, "version": version.number}
    if api.description is not None:
        info["description"] = api.description
    made: dict[str, Any] = {"openapi": "3.1.0", "info": info}
    tags = dict.fromkeys(tag for operation in contract.operations for tag in operation.tags)
    if tags:
        made["tags"] = [{"name": tag} for tag in tags]
    paths: dict[str, Any] = {}
    for operation in contract.operations:
        at = paths.setdefault(operation.path, {})
        at[operation.method.lower()] = operation_object(operation, contract, components)
    made["paths"] = paths
    schemas = components.schemas()
    if schemas:
        made["components"] = {"schemas": schemas}
    return made


def to_json(document: dict[str, Any]) -> str:
    """A document as text, as it is written to disk."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
