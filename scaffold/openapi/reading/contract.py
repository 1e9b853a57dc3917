"""A published document as a contract, with a remark on everything that the contract says in another way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...contract.contract import Contract
from ...contract.error_form import ErrorForm, ErrorFormat, Errors, called, mistakes
from ..kept import ERRORS
from .named import read_named, read_waiting
from .names import Names
from .nodes import references
from .operations import check_operations, of_paths, read_operations
from .problems import Findings, Remark, RemarkKind, child
from .references import check_references, keys_of
from .security import read_requirements, read_schemes
from .settling import settled
from .state import Reading
from .text import check_version
from .upgrade import upgraded
from .validity import check_structure

PUT_IN_PLACE = ("parameters", "headers", "responses", "requestBodies", "pathItems")
"""Components that are written where they are mentioned."""


@dataclass(frozen=True)
class Published:
    """A published document, read: its contract, and what it says of itself.

    `remarks` are what the contract says in another way or only keeps, `servers` their addresses with the usual
    values of variables put in.
    """

    file: str
    version: str
    contract: Contract
    remarks: tuple[Remark, ...]
    stated_version: str
    title: str
    description: str | None
    servers: tuple[str, ...]


def read(document: Mapping[str, Any], *, version: str, file: str) -> Published:
    """The contract of the version that `document` publishes; `file` is what messages call it.

    Raises:
        ScaffoldError: everything wrong with it at once, SC702 to SC718.
    """
    check_version(document, file)
    findings = Findings(file)
    check_structure(document, findings)
    check_references(document, findings)
    check_operations(document, findings)
    findings.stop(document)
    try:
        made = _read(upgraded(document), version, file, findings)
    except RecursionError:
        findings.add("SC703", "#", "schemas lead into each other too deeply", "give the inner ones names")
        findings.stop(document)
        raise
    findings.stop(document)
    return made


def _read(document: Mapping[str, Any], version: str, file: str, findings: Findings) -> Published:
    components: Mapping[str, Any] = document.get("components") or {}
    reading = Reading(document, version, findings, Names(components.get("schemas") or {}))
    read_named(reading)
    operations = read_operations(reading)
    read_waiting(reading)
    contract = Contract(
        version,
        {name: type_ for name, type_ in reading.types.items() if type_ is not None},
        operations=operations,
        security=read_requirements(reading, document.get("security") or (), "#/security"),
        security_schemes=read_schemes(reading),
        errors=_errors(reading) or ErrorFormat.PROBLEM,
        extra=_extra(reading),
    )
    if not findings.found:
        contract = settled(reading, contract)
    info = document["info"]
    return Published(
        file,
        version,
        contract,
        tuple(reading.remarks),
        stated_version=str(info["version"]),
        title=str(info["title"]),
        description=info.get("description"),
        servers=tuple(_server(s) for s in document.get("servers") or ()),
    )


def _errors(reading: Reading) -> Errors | None:
    """How errors are written, where the document says so as ours do; None where it does not."""
    stated = reading.document.get(ERRORS)
    if isinstance(stated, str) and stated in set(ErrorFormat):
        return ErrorFormat(stated)
    if not isinstance(stated, Mapping) or not isinstance(stated.get("body"), Mapping):
        return None
    made = ErrorForm(stated["body"], str(stated.get("media_type", "application/json")), stated.get("extend") is True)
    return None if any(mistakes(made)) else called(made)


def _server(server: Mapping[str, Any]) -> str:
    url = str(server.get("url", ""))
    for name, variable in (server.get("variables") or {}).items():
        url = url.replace(f"{{{name}}}", str(variable.get("default", "")))
    return url


def _extra(reading: Reading) -> dict[str, Any]:
    """What the document says beside its operations and types, word for word."""
    document = reading.document
    read = {"openapi", "paths", "components", "security"}
    if _errors(reading) is not None:
        read.add(ERRORS)
    extra = {w: v for w, v in document.items() if w not in read}
    extra.setdefault("tags", [])  # operations may be tagged without it
    paths = of_paths(reading)
    if paths:
        extra["paths"] = paths
    for name in document.get("webhooks") or {}:
        message = "a webhook is published and never called; its types are in the contract"
        reading.remark(RemarkKind.RAW, child("#", "webhooks", name), message)
    components = _components(reading, extra)
    return extra | ({"components": components} if components else {})


def _components(reading: Reading, extra: Mapping[str, Any]) -> dict[str, Any]:
    """The components that are neither types nor security schemes nor written in their place everywhere."""
    stated: Mapping[str, Any] = reading.document.get("components") or {}
    kept: dict[str, Any] = {}
    for section, held in stated.items():
        if section in ("schemas", "securitySchemes", *PUT_IN_PLACE):
            continue
        kept[section] = held
        if not section.startswith("x-") and section != "examples":
            for name in held:
                message = "it is published, and a contract knows nothing of it"
                reading.remark(RemarkKind.RAW, child("#", "components", section, name), message)
    used = set(_mentioned(reading.document.get("paths")))
    waiting = [*_mentioned([extra, kept, reading.raw])]
    for section in PUT_IN_PLACE:
        for name in stated.get(section) or {}:
            if (section, name) not in used and not _reached(stated, used, (section, name)):
                at = child("#", "components", section, name)
                reading.remark(RemarkKind.RAW, at, "no operation mentions it, so it is only kept")
                waiting.append((section, name))
    while waiting:
        section, name = waiting.pop()
        if section in PUT_IN_PLACE and name not in kept.setdefault(section, {}):
            kept[section][name] = stated[section][name]
            waiting += _mentioned(stated[section][name])
    return {section: held for section, held in kept.items() if held}


def _reached(stated: Mapping[str, Any], used: set[tuple[str, str]], wanted: tuple[str, str]) -> bool:
    """Whether components that operations mention lead to `wanted`; `used` grows by what they lead to."""
    waiting = list(used)
    while waiting:
        section, name = waiting.pop()
        held = stated.get(section)
        for found in _mentioned(held[name] if isinstance(held, Mapping) and name in held else None):
            if found not in used:
                used.add(found)
                waiting.append(found)
    return wanted in used


def _mentioned(value: Any) -> Iterator[tuple[str, str]]:
    """The section and name of every component that references in `value` lead to."""
    for _, ref in references(value):
        if ref.startswith("#/components/"):
            keys = keys_of(ref)
            if len(keys) >= 3:
                yield keys[1], keys[2]
