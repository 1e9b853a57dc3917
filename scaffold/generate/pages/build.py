"""The pages of a history as text.

What depends on the day, the stages and dates of versions, is put in by the running program at `PICKER` and `NOTICE`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import cache
from importlib.resources import files as resources
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from ...contract.contract import Contract
from ...contract.error_form import ErrorFormat
from ...contract.history import History
from ...contract.operation import Operation
from ...contract.prefix import published_path
from ...contract.types import MISSING
from ...guide.messages import Speaker, request_text, response_text
from ...openapi import document
from ..calls import credential
from ..examples_view import is_json
from .errors import sample
from .problems import PROBLEMS
from .prose import description, guide
from .view import Sample, page_view

PICKER, NOTICE = "<!-- picker -->", "<!-- notice -->"
"""What the running program replaces with the versions to choose from, and with what is to be said of this one."""


def version_pages(history: History) -> Iterator[tuple[str, str]]:
    """The page of each version, by its name."""
    for contract, version in zip(history.contracts, history.versions, strict=True):
        usual = contract.errors is ErrorFormat.PROBLEM
        view = page_view(
            document(contract, history.api, version),
            version.id,
            history.place(version.id),
            dict(_samples(contract, history)),
            errors=None if usual else sample(contract.errors, history.place(version.id)),
            named="" if (naming := history.locating.naming(version.id)) is None else naming.sentence,
        )
        yield f"{version.id}.html", _rendered("version.html.jinja", page=view)


def guide_page(history: History, older: str, newer: str, markdown: str) -> tuple[str, str]:
    """The page of a migration guide, by its name."""
    text = _rendered("guide.html.jinja", title=history.api.title, older=older, newer=newer, body=guide(markdown))
    return f"{older}-to-{newer}.html", text


def problems_page(history: History) -> tuple[str, str]:
    """The page of the kinds of problems, by its name."""
    told = [{**asdict(p), "about": description(p.about)} for p in PROBLEMS]
    return "problems.html", _rendered("problems.html.jinja", title=history.api.title, problems=told)


def stylesheet() -> str:
    """How the pages look."""
    return resources("scaffold.generate").joinpath("templates/pages/style.css").read_text("utf-8")


def _samples(contract: Contract, history: History) -> Iterator[tuple[str, Sample]]:
    speaker = Speaker.of(history, contract.version, contract, {})
    for operation in contract.operations:
        required = frozenset(p.identity for p in operation.parameters if p.required)
        line = speaker.line(operation, required)
        if line is None:
            continue
        sent = _request(speaker, operation, _shown(line, credential(contract, operation) or {}))
        if sent is not None:
            place = f"{operation.method} {published_path(contract, operation.path)}"
            yield place, Sample(sent, _answer(speaker, operation))


def _shown(line: str, credential: Mapping[str, Mapping[str, str]]) -> str:
    """The first lines of a request with the credential that it needs, as example mode takes it."""
    first, *headers = line.split("\n")
    if asked := credential.get("query"):
        first += ("&" if "?" in first else "?") + urlencode(asked)
    headers += [f"{name}: {value}" for name, value in credential.get("header", {}).items()]
    headers += [f"Cookie: {name}={value}" for name, value in credential.get("cookie", {}).items()]
    return "\n".join([first, *headers])


def _request(speaker: Speaker, operation: Operation, line: str) -> str | None:
    """A request as text, where its body can be shown."""
    if operation.body is None:
        return line
    body = speaker.request_body(operation)
    if body is MISSING or not is_json(operation.body.media_type):
        return None
    return request_text(line, body, operation.body.media_type)


def _answer(speaker: Speaker, operation: Operation) -> str | None:
    """The usual success of an operation as text, where one can be shown."""
    response = next((r for r in operation.responses if r.success), None)
    if response is None:
        return None
    body = speaker.response_body(response)
    if response.type is not None and (body is MISSING or not is_json(response.media_type)):
        return None
    return response_text(response, body, speaker)


def _rendered(template: str, **view: object) -> str:
    return _templates().get_template(f"pages/{template}").render(picker=PICKER, notice=NOTICE, **view)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("scaffold.generate"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=True,
    )
