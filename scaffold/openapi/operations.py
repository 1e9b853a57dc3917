"""Operations as OpenAPI operation objects (OpenAPI 3.1, 4.8.10)."""

from __future__ import annotations

from typing import Any

from ..contract.contract import Contract, Location, Operation, Parameter, Response, View
from ..contract.types import MISSING, ListOf, Ref, Type
from .components import Components
from .schemas import Schema, envelope_schema, schema

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"


def operation_object(operation: Operation, contract: Contract, components: Components) -> dict[str, Any]:
    """One operation as a document states it."""
    made: dict[str, Any] = {"operationId": operation.id}
    if operation.summary is not None:
        made["summary"] = operation.summary
    if operation.description is not None:
        made["description"] = operation.description
    if operation.tags:
        made["tags"] = list(operation.tags)
    if operation.deprecated:
        made["deprecated"] = True
    if operation.parameters:
        made["parameters"] = [_parameter(p, components) for p in operation.parameters]
    if operation.body is not None:
        made["requestBody"] = _body(operation, components)
    made["responses"] = {str(r.status): _response(r, contract, components) for r in operation.responses}
    return made


def _parameter(parameter: Parameter, components: Components) -> dict[str, Any]:
    made: dict[str, Any] = {"name": parameter.name, "in": parameter.location.value}
    if parameter.description is not None:
        made["description"] = parameter.description
    if parameter.required or parameter.location is Location.PATH:
        made["required"] = True
    if parameter.deprecated:
        made["deprecated"] = True
    made["schema"] = schema(parameter.type, View.INPUT, components.name)
    if parameter.default is not MISSING:
        made["schema"]["default"] = parameter.default
    if parameter.example is not MISSING:
        made["example"] = parameter.example
    return made


def _body(operation: Operation, components: Components) -> dict[str, Any]:
    body = operation.body
    assert body is not None
    made: dict[str, Any] = {}
    if body.description is not None:
        made["description"] = body.description
    if body.required:
        made["required"] = True
    carried = {"schema": schema(body.type, body.view, components.name)}
    made["content"] = {body.media_type: carried}
    if body.view is View.UPDATE and body.media_type == JSON:
        # RFC 7396 names a media type of its own for partial updates; plain JSON is read the same way.
        made["content"][MERGE_PATCH] = carried
    return made


def _response(response: Response, contract: Contract, components: Components) -> dict[str, Any]:
    made: dict[str, Any] = {"description": response.description}
    if response.page and contract.envelope.template is None:
        made["headers"] = {
            "X-Total-Count": {
                "description": "How many there are in all.",
                "schema": {"type": "integer", "minimum": 0},
            },
            "Link": {
                "description": "The next and the previous page (RFC 8288).",
                "schema": {"type": "string"},
            },
        }
    if response.type is not None:
        found = _page(response.type, contract, components) if response.page else None
        made["content"] = {JSON: {"schema": found or schema(response.type, View.OUTPUT, components.name)}}
    return made


def _page(type_: Type, contract: Contract, components: Components) -> Schema | None:
    template = contract.envelope.template
    if template is None:
        return None
    if isinstance(type_, ListOf) and isinstance(type_.items, Ref):
        return {"$ref": f"#/components/schemas/{components.page_name(type_.items.name)}"}
    return envelope_schema(template, schema(type_, View.OUTPUT, components.name))
