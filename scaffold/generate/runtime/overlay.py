"""A version's document as it is served: the contract, and what the edge and the day add to it."""

from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from datetime import date, datetime
from itertools import count
from typing import Any

from .error_forms import PROBLEM, ErrorForm
from .naming import Naming, named
from .notices import Notice
from .stages import Stage, instant

METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})
NAMED_BY_PATH = Naming()
VALUES = frozenset({"example", "examples", "default", "enum", "const"})
"""What holds values, not schemas."""
NAMED = frozenset(
    {"properties", "patternProperties", "schemas", "parameters", "responses", "headers", "content", "paths"}
)
"""What is keyed by names, which may be those of keywords."""
UNTYPED = frozenset({"type", "$ref", "allOf", "anyOf", "oneOf", "enum", "const"})
"""Where a schema says one of these, nothing is added."""


def overlaid(
    document: Mapping[str, Any],
    notice: Notice,
    server: str,
    errors: ErrorForm = PROBLEM,
    undecided: Collection[str] = (),
    naming: Naming = NAMED_BY_PATH,
) -> dict[str, Any]:
    """A version's frozen document as it is served: at its server, in its stage, with the answers of the edge.

    Those stand beside what the contract says of the same status. `undecided` are ids of operations that may
    answer 501; `naming` says how requests name the version. Where a schema has properties and says no type, it says
    `object`, as it is read.
    """
    served: dict[str, Any] = _typed(document)
    served["servers"] = [{"url": server}]
    info = served.setdefault("info", {})
    if note := _note(notice):
        info["description"] = "\n\n".join(part for part in (info.get("description"), note) if part)
    schemas = served.setdefault("components", {}).setdefault("schemas", {})
    schema = errors.schema()
    name = next(n for n in _names(errors) if schemas.get(n, schema) == schema)
    schemas[name] = schema
    problem = {"$ref": f"#/components/schemas/{name}"}
    for operation in _operations(served):
        if notice.stage is Stage.DEPRECATED:
            operation["deprecated"] = True
        responses = operation.setdefault("responses", {})
        answers = _edge_answers(operation, served, notice)
        if operation.get("operationId") in undecided:
            answers["501"] = "Undecided"
        answers = {**naming.refusals, **answers}
        stated = {status: _stated(responses, status, served) for status in answers}
        for status, description in answers.items():
            responses[status] = _with(stated[status], errors.media_type, problem, description)
    named(served, naming)
    return served


def _typed(value: Any, held: bool = False) -> Any:
    """A copy in which schemas with properties have a type; `held` are names that mean something else."""
    if isinstance(value, list):
        return [_typed(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    made = {}
    for word, inner in value.items():
        kept = not held and (word in VALUES or word.startswith("x-"))
        made[word] = deepcopy(inner) if kept else _typed(inner, held=word in NAMED and not held)
    if not held and isinstance(made.get("properties"), dict) and not UNTYPED.intersection(made):
        made["type"] = "object"
    return made


def _names(errors: ErrorForm) -> Iterator[str]:
    """Names for the schema of an error; the first that the contract does not use for something else."""
    yield from ("Problem", "ProblemDetails") if errors is PROBLEM else ("Error", "ErrorBody")
    yield "EdgeProblem"
    yield from (f"EdgeProblem{number}" for number in count(2))


def _stated(responses: Mapping[str, Any], status: str, document: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the contract says of answers with this status: by its number, its class, or `default`."""
    found: Any = next((responses[s] for s in (status, f"{status[0]}XX", "default") if s in responses), {})
    while "$ref" in found:
        name = found["$ref"].rpartition("/")[2]
        found = document["components"]["responses"][name]
    return found if isinstance(found, Mapping) else {}


def _with(stated: Mapping[str, Any], media: str, problem: Mapping[str, Any], description: str) -> dict[str, Any]:
    """What the contract says of an answer, and that it may be a problem of the edge, which has none of its headers."""
    made = {"description": description, **deepcopy(dict(stated))}
    content = made.setdefault("content", {})
    mine = content.setdefault(media, {"schema": problem})
    if mine.get("schema", problem) != problem:
        mine["schema"] = {"anyOf": [mine["schema"], problem]}
    for header in made.get("headers", {}).values():
        header.pop("required", None)
    return made


def _operations(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every operation, without servers of its own. What stands under `x-` keys is nobody's path."""
    for path, item in document.get("paths", {}).items():
        if path.startswith("x-"):
            continue
        item.pop("servers", None)
        for method, operation in item.items():
            if method in METHODS:
                operation.pop("servers", None)
                yield operation


def _edge_answers(operation: Mapping[str, Any], document: Mapping[str, Any], notice: Notice) -> dict[str, str]:
    answers = {"404": "Not found", "405": "Method not allowed", "410": "API version retired"}
    if any(operation.get("security", document.get("security", ()))):
        answers |= {"401": "Unauthorized", "403": "Forbidden"}
    if "requestBody" in operation:
        answers["409"] = "Conflict"
        answers["413"] = "Content too large"
        answers["415"] = "Unsupported media type"
    if "requestBody" in operation or "parameters" in operation:
        answers["422"] = "Invalid request"
    if notice.stage is Stage.BETA and notice.version.clients:
        answers["403"] = "Forbidden"
    if any(brownout.status == 503 for brownout in notice.version.brownouts):
        answers["503"] = "API version switched off for a while"
    return {**answers, "500": "Internal server error"}


def _note(notice: Notice) -> str:
    version = notice.version
    ends = "" if version.sunset is None else f" It is answered until {_day(version.sunset)}."
    windows = ", ".join(f"{_time(b.start)} to {_time(b.until)}" for b in version.brownouts)
    ends += f" Before, it is switched off for a while: {windows} (UTC)." if windows else ""
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


def _time(value: date | datetime) -> str:
    return f"{instant(value):%Y-%m-%d %H:%M}"
