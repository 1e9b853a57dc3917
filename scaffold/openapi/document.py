"""A contract as an OpenAPI 3.1 document: what is promised, without lifecycle or the edge's own answers."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from ..contract.contract import Contract
from ..contract.error_form import ErrorFormat, Errors
from ..contract.history import Api, Version
from ..contract.prefix import WORDS, published_path
from .components import Components
from .kept import ERRORS
from .operations import Operations
from .security import requirements, security_scheme

MERGED = ("components", "paths", "info")
"""Parts of a document that what a contract keeps of its document adds to; of any other part it is the whole."""


def document(contract: Contract, api: Api, version: Version) -> dict[str, Any]:
    """The document of one version: the same contract always gives the same one, in the same order.

    What the contract keeps of a document it was read from is put over what is made here. An `info` that has a
    title is whole, but for its version. An empty list of tags says that the document describes none. The prefix
    of the contract stands before the paths.
    """
    made: dict[str, Any] = {"openapi": "3.1.0", "info": _info(contract, api, version)}
    tags = dict.fromkeys(tag for operation in contract.operations for tag in operation.tags)
    if tags:
        made["tags"] = [{"name": tag} for tag in tags]
    if contract.security:
        made["security"] = requirements(contract.security)
    components = Components(contract)
    operations = Operations(contract, components)
    paths: dict[str, Any] = {}
    for operation in contract.operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = operations.operation(operation)
    made["paths"] = paths
    parts = {
        "schemas": components.schemas(),
        "securitySchemes": {name: security_scheme(s) for name, s in contract.security_schemes.items()},
    }
    if any(parts.values()):
        made["components"] = {name: part for name, part in parts.items() if part}
    if contract.errors is not ErrorFormat.PROBLEM:
        made[ERRORS] = _errors(contract.errors)
    made = _over(made, {word: value for word, value in contract.extra.items() if word not in ("openapi", *WORDS)})
    made["paths"] = {published_path(contract, path): item for path, item in made["paths"].items()}
    if not made.get("tags"):
        made.pop("tags", None)
    return deepcopy(made)


def _errors(errors: Errors) -> Any:
    """How errors are written: a word, or the form itself."""
    if isinstance(errors, ErrorFormat):
        return str(errors)
    made = {"body": dict(errors.body), "media_type": errors.media_type}
    return {**made, "extend": True} if errors.extend else made


def _info(contract: Contract, api: Api, version: Version) -> dict[str, Any]:
    made: dict[str, Any] = {"title": api.title, "version": version.number}
    whole = "title" in contract.extra.get("info", {})
    if api.description is not None and not whole:
        made["description"] = api.description
    return made


def _over(made: Mapping[str, Any], kept: Mapping[str, Any], depth: int = 3) -> dict[str, Any]:
    """`made` with what is `kept` over it, merged as far down as what both say is a mapping of names."""
    over = dict(made)
    for word, value in kept.items():
        there = over.get(word)
        inside = depth > 0 and (depth < 3 or word in MERGED)
        if inside and isinstance(there, Mapping) and isinstance(value, Mapping):
            value = _over(there, value, depth - 1)
        over[word] = value
    return over
