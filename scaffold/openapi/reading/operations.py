"""Operations: one method on one path each, with what its path says of all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...contract.naming import pascal, safe_name
from ...contract.operation import Operation
from ...contract.parameter import Location, Parameter
from ...contract.types import Kind, Scalar
from ..held_back import OPT_IN
from .messages import read_body, read_parameter, read_response
from .problems import Findings, RemarkKind, child
from .security import read_requirements
from .state import Reading

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
BODILESS = ("get", "head", "options", "trace")
"""Methods of which a request has no body that means anything (RFC 9110, 9.3)."""

IN_PATH = re.compile(r"{([^{}]+)}")

Declared = Mapping[tuple[str, str], tuple[Any, str]]
"""Parameters by place and name, each with its pointer."""


def stated_ids(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every operation id that `document` states, with a pointer to its operation."""
    for path, item in _paths(document):
        for method, operation in item.items() if isinstance(item, Mapping) else ():
            if method in METHODS and isinstance(operation, Mapping):
                if isinstance(operation.get("operationId"), str):
                    yield operation["operationId"], child("#", "paths", path, method)


def _paths(document: Mapping[str, Any]) -> list[tuple[str, Any]]:
    paths = document.get("paths")
    return list(paths.items()) if isinstance(paths, Mapping) else []


def check_operations(document: Mapping[str, Any], findings: Findings) -> None:
    """Put operations with one id, SC714, and paths that are the same, SC715, into `findings`."""
    first: dict[str, str] = {}
    for id_, at in stated_ids(document):
        if first.setdefault(id_, at) != at:
            message = f"the operation id `{id_}` is that of `{first[id_]}` too"
            findings.add("SC714", child(at, "operationId"), message, "give one of them another id")
    templates: dict[tuple[str, str], str] = {}
    for path, item in _paths(document):
        for method in [word for word in item if word in METHODS] if isinstance(item, Mapping) else ():
            other = templates.setdefault((method, IN_PATH.sub("{}", path)), path)
            if other != path:
                message = f"`{other}` is the same path: only the names of parameters differ"
                findings.add("SC715", child("#", "paths", path), message, "keep one of the two")


def read_operations(reading: Reading) -> tuple[Operation, ...]:
    """Every operation of the document, in its order."""
    ids = _Ids(reading.document)
    made: list[Operation] = []
    for path, stated in _paths(reading.document):
        at = child("#", "paths", path)
        if path.startswith("x-"):
            continue
        item, here = reading.resolved(stated, at)
        if "$ref" in stated:
            item = {**item, **{w: v for w, v in stated.items() if w != "$ref"}}
        methods = [word for word in item if word in METHODS]
        made += [_operation(reading, method, path, item, here, ids) for method in methods]
    return tuple(made)


def of_paths(reading: Reading) -> dict[str, Any]:
    """What the document says of its paths and has no place in an operation: extensions, servers."""
    made: dict[str, Any] = {}
    for path, stated in _paths(reading.document):
        if path.startswith("x-"):
            made[path] = stated
            continue
        item, _ = reading.resolved(stated, "")
        kept = {w: v for w, v in item.items() if w == "servers" or w.startswith("x-")}
        if kept or not any(word in METHODS for word in item):
            made[path] = kept
    return made


class _Ids:
    """Gives operations their ids: two are never the same, nor the same Python name."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.stated = {id_ for id_, _ in stated_ids(document)}
        self.attributes: set[str] = set()

    def of(self, stated: str | None, method: str, path: str) -> tuple[str, dict[str, Any]]:
        """The id of an operation, and what its `extra` says where the document has another one."""
        id_ = stated if stated else re.sub(r"\W+", "_", f"{method}{path}").strip("_").lower()
        made, number = id_, 2
        while safe_name(made) in self.attributes or (made in self.stated and made != stated):
            made, number = f"{id_}_{number}", number + 1
        self.attributes.add(safe_name(made))
        return made, {} if stated is None or made == stated else {"operationId": stated}


def _operation(reading: Reading, method: str, path: str, item: Mapping[str, Any], at: str, ids: _Ids) -> Operation:
    here = child(at, method)
    words = {**_shared(reading, item, item[method], at), **item[method]}
    id_, extra = ids.of(words.pop("operationId", None), method, path)
    born = reading.identity(f"{method.upper()} {path}")
    called = pascal(id_)
    tags = tuple(words.pop("tags", ()))
    words.pop("parameters", None)
    declared = {**_declared(reading, item, at), **_declared(reading, item[method], here)}
    parameters = _parameters(reading, declared, born, path, called, here)
    body = None
    if method in BODILESS and "requestBody" in words:
        message = f"a body of {method.upper()} means nothing: it is published and never read"
        reading.remark(RemarkKind.RAW, child(here, "requestBody"), message)
        reading.raw.append(words["requestBody"])
    elif "requestBody" in words:
        body = words.pop("requestBody")
        found, place = reading.resolved(body, child(here, "requestBody"))
        body = read_body(reading, found, f"{called}Body", place)
    responses = []
    for status, stated in (words.pop("responses", None) or {}).items():
        place = child(here, "responses", status)
        if status.startswith("x-"):
            reading.remark(RemarkKind.IGNORED, place, "an extension of all answers has no place in a contract")
            continue
        found, place = reading.resolved(stated, place)
        name = f"{called}Response{pascal(status)}"
        responses.append(read_response(reading, status, found, name, place))
    if "callbacks" in words:
        reading.remark(RemarkKind.RAW, child(here, "callbacks"), "callbacks are published and never called")
    security = words.pop("security", None)
    return Operation(
        identity=born,
        id=id_,
        method=method.upper(),
        path=path,
        responses=tuple(responses),
        parameters=parameters,
        body=body,
        handler=snake(tags[0]) if tags else "operations",
        summary=words.pop("summary", None),
        description=words.pop("description", None),
        tags=tags,
        deprecated=words.pop("deprecated", False),
        security=None if security is None else read_requirements(reading, security, child(here, "security")),
        extra={**words, **extra},
    )


def _shared(reading: Reading, item: Mapping[str, Any], operation: Mapping[str, Any], at: str) -> dict[str, Any]:
    """The summary and description of a path, for an operation that has none of its own."""
    shared = {word: item[word] for word in ("summary", "description") if word in item}
    for word in shared:
        if word in operation and operation[word] != shared[word]:
            message = f"`{word}` is said of the operation too, and that is what counts"
            reading.remark(RemarkKind.IGNORED, child(at, word), message)
    return shared


def _declared(reading: Reading, holder: Mapping[str, Any], at: str) -> dict[tuple[str, str], tuple[Any, str]]:
    """The parameters that a path or an operation declares."""
    made: dict[tuple[str, str], tuple[Any, str]] = {}
    for position, given in enumerate(holder.get("parameters") or ()):
        place = child(at, "parameters", position)
        found, here = reading.resolved(given, place)
        if found.get(OPT_IN) is True:
            continue  # the enums say by which headers their values are asked for
        key = found["in"], found["name"].lower() if found["in"] == "header" else found["name"]
        if key in made:
            message = f"the {found['in']} parameter `{found['name']}` is declared twice"
            reading.findings.add("SC718", place, message, "keep one of the two")
        made[key] = found, here
    return made


def _parameters(
    reading: Reading, declared: Declared, born: str, path: str, called: str, at: str
) -> tuple[Parameter, ...]:
    """The parameters of an operation, those of its path first and in its order."""
    in_path = list(dict.fromkeys(IN_PATH.findall(path)))
    made: list[Parameter] = []
    for name in in_path:
        if ("path", name) not in declared:
            message = f"nothing is said of the parameter `{name}`: it is read as a text"
            reading.remark(RemarkKind.ASSUMED, at, message)
            identity = reading.identity(born, Location.PATH, name)
            made.append(Parameter(identity, name, Location.PATH, Scalar(Kind.STR), required=True))
    names: set[str] = set()
    for (location, name), (found, place) in declared.items():
        if location == "path" and name not in in_path:
            reading.remark(RemarkKind.IGNORED, place, f"`{name}` is not in the path `{path}`")
            continue
        inline = called + pascal(found["name"])
        inline = inline if inline not in names else inline + pascal(location)
        names.add(inline)
        made.append(read_parameter(reading, found, born, inline, place))
    order = {name: i for i, name in enumerate(in_path)}
    return tuple(sorted(made, key=lambda p: order[p.name] if p.location is Location.PATH else len(order)))


def snake(text: str) -> str:
    """A tag as the name of a handler: `Balance transfers` and `balanceTransfers` give `balance_transfers`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text.strip())
    return re.sub(r"_+", "_", safe_name(spaced).lower())
