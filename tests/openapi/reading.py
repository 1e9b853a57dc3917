"""Small published documents for the tests of the reader."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from scaffold.contract.contract import Contract
from scaffold.contract.history import Api, Version
from scaffold.contract.named_types import Field, ObjectType
from scaffold.contract.operation import Operation
from scaffold.diagnostics import ScaffoldError
from scaffold.openapi import differences, document
from scaffold.openapi.reading import Published, parse, read

OK = {"200": {"description": "Fine."}}


def doc(
    schemas: Mapping[str, Any] | None = None,
    paths: Mapping[str, Any] | None = None,
    *,
    openapi: str = "3.1.0",
    components: Mapping[str, Any] | None = None,
    **root: Any,
) -> dict[str, Any]:
    """A document of these schemas and paths."""
    parts = {**({"schemas": dict(schemas)} if schemas else {}), **(components or {})}
    made: dict[str, Any] = {"openapi": openapi, "info": {"title": "Shop", "version": "1"}, "paths": dict(paths or {})}
    return made | ({"components": parts} if parts else {}) | root


def published(document_: Mapping[str, Any]) -> Published:
    """What a document says; a document made of it says the same, and is read as the same contract."""
    found = read(document_, version="v1", file="shop.json")
    exported = document(found.contract, Api("shop", "Shop"), Version("v1", None))
    assert differences(document_, exported) == ()
    assert read(exported, version="v1", file="again.json").contract == found.contract
    json.dumps(exported)
    return found


def changed(document_: Mapping[str, Any]) -> Published:
    """What a document says in ways that a contract has no words for: it comes back in others."""
    found = read(document_, version="v1", file="shop.json")
    exported = document(found.contract, Api("shop", "Shop"), Version("v1", None))
    assert read(exported, version="v1", file="again.json").contract == found.contract
    return found


def contract_of(schemas: Mapping[str, Any], *, openapi: str = "3.1.0") -> Contract:
    """The contract of a document of these schemas."""
    return published(doc(schemas, openapi=openapi)).contract


def field_of(schema: Any, *, openapi: str = "3.1.0", required: bool = False, **others: Any) -> Field:
    """The field that a property with this schema becomes."""
    owner: dict[str, Any] = {"type": "object", "properties": {"it": schema}}
    if required:
        owner["required"] = ["it"]
    type_ = contract_of({"Thing": owner, **others}, openapi=openapi).types["Thing"]
    assert isinstance(type_, ObjectType)
    return type_.fields[0]


def operation_of(operation: Mapping[str, Any], path: str = "/things", **others: Any) -> Operation:
    """The operation that `POST path` becomes."""
    found = published(doc(others.pop("schemas", None), {path: {"post": {"responses": OK, **operation}}}, **others))
    return found.contract.operations[0]


def said(found: Published) -> list[tuple[str, str]]:
    """The kinds and places of all remarks."""
    return [(r.kind.value, r.place) for r in found.remarks]


def refused(document_: Mapping[str, Any] | bytes | str, file: str = "shop.json") -> list[tuple[str, str, int | None]]:
    """The code, the message and the line of everything that is wrong with a document."""
    text = document_ if isinstance(document_, bytes | str) else json.dumps(document_, indent=1)
    try:
        read(parse(text, file), version="v1", file=file)
    except ScaffoldError as error:
        return [(d.code, d.message, d.span.line if d.span else None) for d in error.diagnostics]
    raise AssertionError("nothing is wrong with it")
