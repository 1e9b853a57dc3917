"""Operations as OpenAPI operation objects (OpenAPI 3.1, 4.8.10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..contract.contract import Contract
from ..contract.held_back import asked_by
from ..contract.message import JSON, Body, Header, Media, Response, View
from ..contract.operation import Operation
from ..contract.parameter import Location, Parameter
from ..contract.types import MISSING, ListOf, Ref, Type
from .components import Components
from .deprecated import described
from .held_back import asking
from .links import links
from .scalars import Schema
from .schemas import envelope_schema, reference
from .security import requirements

MERGE_PATCH = "application/merge-patch+json"

PAGE_HEADERS: dict[str, Any] = {
    "X-Total-Count": {
        "description": "How many there are in all.",
        "schema": {"type": "integer", "minimum": 0},
    },
    "Link": {
        "description": "The next and the previous page (RFC 8288).",
        "schema": {"type": "string"},
    },
}
"""What a list without an envelope says beside."""


@dataclass(frozen=True)
class Operations:
    """The operation objects of a contract, with references to `components`."""

    contract: Contract
    components: Components

    def operation(self, operation: Operation) -> dict[str, Any]:
        """One operation as a document states it."""
        made: dict[str, Any] = {"operationId": operation.id}
        if operation.summary is not None:
            made["summary"] = operation.summary
        if (description := described(operation.description, operation.extra)) is not None:
            made["description"] = description
        if operation.tags:
            made["tags"] = list(operation.tags)
        if operation.deprecated:
            made["deprecated"] = True
        if operation.security is not None:
            made["security"] = requirements(operation.security)
        asked = [asking(header) for header in asked_by(self.contract).get(operation.id, ())]
        if operation.parameters or asked:
            made["parameters"] = [*(self.parameter(p) for p in operation.parameters), *asked]
        if operation.body is not None:
            made["requestBody"] = self.body(operation.body)
        made["responses"] = {str(r.status): self.response(r, operation) for r in operation.responses}
        return {**made, **operation.extra}

    def parameter(self, parameter: Parameter) -> dict[str, Any]:
        """A parameter object (4.8.12)."""
        made: dict[str, Any] = {"name": parameter.name, "in": parameter.location.value}
        if (description := described(parameter.description, parameter.extra)) is not None:
            made["description"] = description
        if parameter.required or parameter.location is Location.PATH:
            made["required"] = True
        if parameter.deprecated:
            made["deprecated"] = True
        if parameter.style is not None:
            made["style"] = parameter.style
        if parameter.explode is not None:
            made["explode"] = parameter.explode
        schema = self._schema(parameter.type, View.INPUT)
        if parameter.default is not MISSING:
            schema = {**schema, "default": parameter.default}
        kept = dict(parameter.extra)
        if parameter.media_type is None:
            made["schema"] = schema
        else:  # what is said of the form beside its schema is kept as the document had it
            form = kept.pop("content", {}).get(parameter.media_type, {})
            made["content"] = {parameter.media_type: {"schema": schema, **form}}
        if parameter.example is not MISSING:
            made["example"] = parameter.example
        return {**made, **kept}

    def body(self, body: Body) -> dict[str, Any]:
        """A request body object (4.8.13)."""
        made: dict[str, Any] = {}
        if body.description is not None:
            made["description"] = body.description
        if body.required:
            made["required"] = True
        content = {m.media_type: self._media(m, body.view) for m in body.forms}
        if body.view is View.UPDATE and list(content) == [JSON]:
            # RFC 7396 names a media type of its own for partial updates; plain JSON is read the same way.
            content[MERGE_PATCH] = content[JSON]
        return {**made, "content": content, **body.extra}

    def response(self, response: Response, operation: Operation) -> dict[str, Any]:
        """A response object (4.8.17)."""
        made: dict[str, Any] = {"description": response.description}
        bare = response.page and self.contract.envelope.template is None
        headers = {**(PAGE_HEADERS if bare else {}), **{h.name: self.header(h) for h in response.headers}}
        if headers:
            made["headers"] = headers
        if response.type is not None:
            made["content"] = {m.media_type: self._media(m, View.OUTPUT) for m in response.forms}
            page = self._page(response.type) if response.page else None
            if page is not None:
                made["content"][response.media_type]["schema"] = page
        if linked := links(self.contract, operation, response):
            made["links"] = linked
        return {**made, **response.extra}

    def header(self, header: Header) -> dict[str, Any]:
        """A header object (4.8.21)."""
        made: dict[str, Any] = {}
        if header.description is not None:
            made["description"] = header.description
        made |= {"required": True} if header.required else {}
        made |= {"deprecated": True} if header.deprecated else {}
        if "content" not in header.extra:
            made["schema"] = self._schema(header.type, View.OUTPUT)
        return {**made, **header.extra}

    def _media(self, media: Media, view: View) -> dict[str, Any]:
        if media.type is None:
            return dict(media.extra)
        schema = self._schema(media.type, view)
        if media.wrap is not None:
            schema = {"type": "object", "properties": {media.wrap: schema}, "required": [media.wrap]}
        return {"schema": schema, **media.extra}

    def _schema(self, type_: Type, view: View) -> Schema:
        return self.components.types.schema(type_, view)

    def _page(self, type_: Type) -> Schema | None:
        template = self.contract.envelope.template
        if template is None:
            return None
        if isinstance(type_, ListOf) and isinstance(type_.items, Ref):
            return {"$ref": reference(self.components.page_name(type_.items.name))}
        return envelope_schema(template, self._schema(type_, View.OUTPUT))
