"""Requests to operations of which nothing is known but their contract: where they are, and what they must refuse."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from ..contract.contract import Contract, Location, Operation
from ..contract.examples import parameter_example
from ..contract.types import MISSING, Json, Kind, ListOf, Missing, Scalar, Type


def call(contract: Contract, operation: Operation) -> dict[str, Any]:
    """A request to an operation of which nothing is known but its contract, and a body it must refuse."""
    made: dict[str, Any] = {"method": operation.method, "path": operation.path, "query": {}, "header": {}, "cookie": {}}
    whole = True
    for p in operation.parameters:
        value = parameter_example(contract, p) if p.required or p.location is Location.PATH else None
        if p.location is Location.PATH:
            segment = "1" if value is MISSING else quote(_text(value), safe="")
            made["path"] = made["path"].replace(f"{{{p.name}}}", segment)
        elif value is not None and value is not MISSING:
            made[p.location][p.name] = _text(value)
        whole = whole and value is not MISSING
    if operation.body is not None and whole and (refused := _refused(operation.body.type)) is not MISSING:
        made["refused"] = refused
    return made


def _text(value: Json) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _refused(type_: Type) -> Json | Missing:
    """A JSON value that no value of the type is."""
    if isinstance(type_, Scalar) and type_.kind is Kind.JSON:
        return MISSING
    return {} if isinstance(type_, ListOf) else []
