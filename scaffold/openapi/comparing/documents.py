"""One way to write each document: what says the same becomes equal, and nothing else does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..reading.upgrade import upgraded
from .references import Shared
from .schemas import Schemas
from .values import in_order, is_nothing

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

IN_PLACE = ("parameters", "headers", "responses", "requestBodies", "pathItems")
"""Components that are put where they are mentioned. Schemas keep their names, other components stay what they are."""

DIALECT = "https://spec.openapis.org/oas/3.1/dialect/base"

ROOT: Mapping[str, Any] = {
    "tags": [],
    "servers": [],
    "security": [],
    "components": {},
    "paths": {},
    "webhooks": {},
    "jsonSchemaDialect": DIALECT,
}
OPERATION: Mapping[str, Any] = {
    "tags": [],
    "parameters": [],
    "servers": [],
    "callbacks": {},
    "responses": {},
    "deprecated": False,
}
CARRIED: Mapping[str, Any] = {
    "required": False,
    "deprecated": False,
    "allowEmptyValue": False,
    "allowReserved": False,
    "examples": {},
    "content": {},
    "headers": {},
    "links": {},
    "encoding": {},
    "schema": {},
}
"""Keywords at the value at which they say nothing: of a document, an operation, and what an operation carries."""

STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}


def canonical(document: Mapping[str, Any]) -> dict[str, Any]:
    """`document` in the one way to write what it says: two documents that say the same give equal ones.

    Descriptions, examples, extensions, tags, servers, security, operation ids and the names of schemas stay.
    A document of OpenAPI 3.0 is read in the words of 3.1.
    """
    return Documents(Shared(upgraded(document))).document()


@dataclass(frozen=True)
class Documents:
    """Evens out one document."""

    shared: Shared

    @property
    def _given(self) -> Mapping[str, Any]:
        return self.shared.document

    @cached_property
    def _schemas(self) -> Schemas:
        return Schemas(self.shared)

    def document(self) -> dict[str, Any]:
        """The whole document."""
        made = {str(word): value for word, value in self._given.items() if word != "openapi"}
        if "security" in made:
            made["security"] = _security(made["security"])
        for word in ("paths", "webhooks"):
            if isinstance(made.get(word), Mapping):
                made[word] = self._paths(made[word])
        if isinstance(made.get("components"), Mapping):
            made["components"] = self._components(made["components"])
        return _said(made, ROOT)

    def _paths(self, given: Mapping[str, Any]) -> dict[str, Any]:
        return {str(path): item if str(path).startswith("x-") else self._item(item) for path, item in given.items()}

    def _item(self, given: Any) -> Any:
        """A path, with the parameters, summary and description of all its operations given to each."""
        item = self.shared.resolved(given)
        if not isinstance(item, Mapping):
            return item
        methods = [method for method in METHODS if isinstance(item.get(method), Mapping)]
        shared = {word: item[word] for word in ("summary", "description") if word in item and methods}
        made = {word: value for word, value in item.items() if word not in shared and word != "parameters"}
        for method in methods:
            made[method] = self._operation({**shared, **item[method]}, item.get("parameters") or [])
        return _said(made, {"servers": []})

    def _operation(self, given: Mapping[str, Any], shared: list[Any]) -> dict[str, Any]:
        made = dict(given)
        parameters = {}
        for parameter in [*shared, *(given.get("parameters") or [])]:
            found = self._parameter(parameter)
            parameters[str(found.get("in")), str(found.get("name"))] = found
        made["parameters"] = [found for _, found in sorted(parameters.items())]
        made["security"] = _security(given.get("security", self._given.get("security", [])))
        if isinstance(given.get("tags"), list):
            made["tags"] = in_order(given["tags"])
        if "requestBody" in given:
            made["requestBody"] = self._carried(given["requestBody"])
        if isinstance(given.get("responses"), Mapping):
            made["responses"] = {
                _status(status): self._carried(response) for status, response in given["responses"].items()
            }
        if isinstance(given.get("callbacks"), Mapping):
            made["callbacks"] = {name: self._callback(c) for name, c in given["callbacks"].items()}
        return _said(made, OPERATION)

    def _callback(self, given: Any) -> Any:
        return given if not isinstance(given, Mapping) or "$ref" in given else self._paths(given)

    def _parameter(self, given: Any) -> dict[str, Any]:
        found = self._carried(given)
        return _styled(found, STYLES.get(str(found.get("in")), "form")) if isinstance(found, dict) else {"$ref": found}

    def _header(self, given: Any) -> Any:
        found = self._carried(given)
        return _styled(found, "simple") if isinstance(found, dict) else found

    def _carried(self, given: Any) -> Any:
        """A parameter, header, body, answer or form of one: they share the keywords that hold schemas."""
        found = self.shared.resolved(given)
        if not isinstance(found, Mapping):
            return found
        made = {str(word): value for word, value in found.items()}
        if "schema" in made:
            made["schema"] = self._schemas.schema(made["schema"])
        if isinstance(made.get("content"), Mapping):
            made["content"] = {name: self._carried(media) for name, media in made["content"].items()}
        if isinstance(made.get("encoding"), Mapping):
            made["encoding"] = {name: self._carried(encoding) for name, encoding in made["encoding"].items()}
        if isinstance(made.get("headers"), Mapping):
            made["headers"] = {name: self._header(header) for name, header in made["headers"].items()}
        return _said(made, CARRIED)

    def _components(self, given: Mapping[str, Any]) -> dict[str, Any]:
        made = dict(given)
        if isinstance(given.get("schemas"), Mapping):
            made["schemas"] = {name: self._schemas.schema(schema) for name, schema in given["schemas"].items()}
        each = {"parameters": self._parameter, "headers": self._header, "pathItems": self._item}
        for word in IN_PLACE:
            if isinstance(given.get(word), Mapping):
                even = each.get(word, self._carried)
                made[word] = {name: even(value) for name, value in given[word].items()}
        for word in IN_PLACE:
            if isinstance(given.get(word), Mapping):
                made[word] = {n: v for n, v in made[word].items() if ("components", word, n) not in self.shared.used}
        return {word: value for word, value in made.items() if value != {}}


def _said(made: Mapping[str, Any], nothing: Mapping[str, Any]) -> dict[str, Any]:
    """`made` without the keywords that say what their absence says."""
    return {word: value for word, value in sorted(made.items()) if not is_nothing(word, value, nothing)}


def _styled(made: dict[str, Any], usual: str) -> dict[str, Any]:
    """`made` without the style that its place has anyway (OpenAPI 3.1, 4.8.12.2)."""
    style = made.get("style", usual)
    kept = {word: value for word, value in made.items() if word not in ("style", "explode")}
    if style != usual:
        kept["style"] = style
    if made.get("explode", style == "form") != (style == "form"):
        kept["explode"] = made["explode"]
    return dict(sorted(kept.items()))


def _security(ways: Any) -> Any:
    """The ways to be let in: of any of them, and of scopes that are needed together, the order means nothing."""
    if not isinstance(ways, list):
        return ways
    return in_order(
        {name: in_order(scopes) if isinstance(scopes, list) else scopes for name, scopes in way.items()}
        if isinstance(way, Mapping)
        else way
        for way in ways
    )


def _status(status: Any) -> str:
    return str(status).upper() if str(status)[-2:] in ("xx", "XX") else str(status)
