"""What the API says about itself: the document of each version with its lifecycle, and the list of versions."""

import json
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from datetime import date, datetime
from pathlib import Path
from typing import Any

from fastapi.openapi.utils import get_openapi
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .calendar import Almanac, Calendar, Notice, Stage, instant
from .context import context
from .operations import Operation
from .shapes import Envelope

METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})
PROBLEM: Mapping[str, Any] = {
    "type": "object",
    "description": "Problem details (RFC 9457).",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "format": "uri-reference"},
        "requestId": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["loc", "msg", "type"],
                "properties": {
                    "loc": {"type": "array", "items": {"type": ["string", "integer"]}},
                    "msg": {"type": "string"},
                    "type": {"type": "string"},
                },
            },
        },
    },
}
SIMPLE: Mapping[str, Any] = {
    "type": "object",
    "required": ["error", "message"],
    "properties": {"error": {"type": "string"}, "message": {"type": "string"}},
}


def derived(operations: Iterable[Operation], envelope: Envelope, title: str, release: str) -> dict[str, Any]:
    """The document that FastAPI derives from the code, made when it is asked for."""
    return get_openapi(title=title, version=release, routes=[o.documented(envelope) for o in operations])


def overlaid(document: Mapping[str, Any], notice: Notice, server: str, errors: str = "problem") -> dict[str, Any]:
    """A version's frozen document as it is served: at its server, in its stage, with the answers of the edge."""
    served = deepcopy(dict(document))
    served["servers"] = [{"url": server}]
    info = served.setdefault("info", {})
    if note := _note(notice):
        info["description"] = "\n\n".join(part for part in (info.get("description"), note) if part)
    schemas = served.setdefault("components", {}).setdefault("schemas", {})
    schema = PROBLEM if errors == "problem" else SIMPLE
    name = next(n for n in ("Problem", "ProblemDetails", "EdgeProblem") if schemas.get(n, schema) == schema)
    schemas[name] = deepcopy(dict(schema))
    media = "application/problem+json" if errors == "problem" else "application/json"
    content = {media: {"schema": {"$ref": f"#/components/schemas/{name}"}}}
    for operation in _operations(served):
        if notice.stage is Stage.DEPRECATED:
            operation["deprecated"] = True
        responses = operation.setdefault("responses", {})
        for status, description in _edge_answers(operation).items():
            responses.setdefault(status, {"description": description, "content": content})
    return served


def _operations(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for item in document.get("paths", {}).values():
        for method, operation in item.items():
            if method in METHODS:
                yield operation


def _edge_answers(operation: Mapping[str, Any]) -> dict[str, str]:
    answers = {"404": "Not found", "405": "Method not allowed", "410": "API version retired"}
    if "requestBody" in operation:
        answers["409"] = "Conflict"
        answers["415"] = "Unsupported media type"
    if "requestBody" in operation or "parameters" in operation:
        answers["422"] = "Invalid request"
    return {**answers, "500": "Internal server error"}


def _note(notice: Notice) -> str:
    version = notice.version
    ends = "" if version.sunset is None else f" It is answered until {_day(version.sunset)}."
    guide = "" if notice.documentation is None else f" How to move on: {notice.documentation}"
    if notice.stage is Stage.DEPRECATED and version.deprecated is not None:
        return f"{version.id} is deprecated since {_day(version.deprecated)}.{ends}{guide}"
    if notice.stage in (Stage.PREVIEW, Stage.BETA):
        return f"{version.id} is a {notice.stage}: it may change without notice."
    if version.deprecated is not None:
        return f"{version.id} will be deprecated on {_day(version.deprecated)}.{ends}{guide}"
    return ends.strip()


def _day(value: date | datetime) -> str:
    return instant(value).date().isoformat()


class Document:
    """`openapi.json` of one version: the frozen file where there is one, else what the code says."""

    def __init__(self, load: Mapping[str, Path], derive: Mapping[str, Any]) -> None:
        self._load = load
        self._derive = derive
        self._frozen: dict[str, dict[str, Any]] = {}
        self._served: dict[tuple[str, Stage, str], bytes] = {}

    def frozen(self, id: str) -> dict[str, Any]:
        """The document of the version `id` without anything of the day."""
        if id not in self._frozen:
            path = self._load.get(id)
            found = json.loads(path.read_bytes()) if path is not None and path.is_file() else self._derive[id]()
            self._frozen[id] = found
        return self._frozen[id]

    def endpoint(self, request: Request) -> Response:
        """Answer with the document, made once per stage."""
        found = context(request)
        assert found.notice is not None  # the route is only reached through a version
        key = (found.notice.version.id, found.notice.stage, found.prefix)
        if key not in self._served:
            document = overlaid(self.frozen(key[0]), found.notice, found.prefix, found.wiring.errors)
            self._served[key] = json.dumps(document, ensure_ascii=False).encode()
        return Response(self._served[key], media_type="application/json")

    def route(self) -> Route:
        """The route that serves it below a version."""
        return Route("/openapi.json", self.endpoint, methods=["GET"], include_in_schema=False)


def listed(calendar: Calendar, almanac: Almanac, root: str = "") -> dict[str, Any]:
    """Every version with its stage, dates, document and guide, oldest first."""
    versions = []
    for notice in almanac.notices.values():
        version = notice.version
        prefix = f"{root}{calendar.base_path}/{version.id}"
        facts = {
            "id": version.id,
            "release": version.release,
            "stage": str(notice.stage),
            "released": version.released,
            "deprecated": version.deprecated,
            "sunset": version.sunset,
            "url": None if notice.stage is Stage.RETIRED else prefix,
            "document": None if notice.stage is Stage.RETIRED else f"{prefix}/openapi.json",
            "guide": notice.documentation,
        }
        if (stated := calendar.postponed.get(version.id)) is not None:
            facts["postponed_from"] = stated.sunset
        versions.append({k: _text(v) for k, v in facts.items() if v is not None})
    return {"versions": versions}


def _text(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
