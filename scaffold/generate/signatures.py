"""The signatures and docstrings of a handler's methods: what they are given, and what they may return."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from textwrap import wrap

from ..contract.contract import JSON, Contract, Media, Operation, Parameter, Response
from ..contract.history import History
from ..contract.naming import safe_name
from ..contract.types import MISSING, Type
from ..convert.records import Records, identified
from .messages_view import form_of, is_text, several, usual, usual_answer
from .python import plain, value_of

TAKEN = {"self", "body", "request", "handler", "payload", "now", "stores"}


@dataclass(frozen=True)
class Argument:
    """One parameter of a handler's method."""

    identity: str
    name: str
    annotation: str
    default: str | None


def newest_operations(history: History) -> dict[str, tuple[Contract, Operation]]:
    """Every operation of any version in its newest form, by identity, in the order of the newest contracts."""
    found: dict[str, tuple[Contract, Operation]] = {}
    for contract in reversed(history.contracts):
        for operation in contract.operations:
            found.setdefault(operation.identity, (contract, operation))
    return found


def all_parameters(history: History, identity: str) -> dict[str, tuple[Contract, Parameter]]:
    """Every parameter that an operation has in some version, in its newest form, by identity."""
    found: dict[str, tuple[Contract, Parameter]] = {}
    for contract in reversed(history.contracts):
        operation = contract.operations_by_identity.get(identity)
        for parameter in operation.parameters if operation else ():
            found.setdefault(parameter.identity, (contract, parameter))
    return found


def arguments(history: History, records: Records, identity: str) -> Iterator[Argument]:
    """The parameters of every version, the newest form of each under a name of its own."""
    taken: set[str] = set()
    newest = newest_operations(history)[identity][0]
    for found_in, p in all_parameters(history, identity).values():
        annotation = in_records(p.type, found_in, records)
        default = None
        if p.default is not MISSING and not isinstance(p.default, list | dict):
            default = value_of(p.default, p.type)
        elif p.default is MISSING and (not p.required or (found_in is not newest and p.location != "path")):
            annotation, default = joined([annotation, "None"]), "None"
        name = argument_name(p.name)
        if name in taken:
            name = f"{name}_{p.location}"
        yield Argument(p.identity, free_name(name, taken), annotation, default)


def body(history: History, identity: str, contract: Contract, operation: Operation, records: Records) -> str | None:
    """The annotation of what is sent: one for all forms, and None where a version's callers may send nothing."""
    if operation.body is None:
        return None
    bodies = [o.body for c in history.contracts if (o := c.operations_by_identity.get(identity)) is not None]
    optional = any(b is None or not b.required for b in bodies)
    return joined([*(held(m, contract, records) for m in operation.body.forms), *(["None"] if optional else [])])


def held(media: Media, contract: Contract, records: Records, *, page: bool = False) -> str:
    """What a handler has of a body or an answer in this form."""
    form = form_of(media, contract)
    if form == "File":
        return "bytes"
    if form == "Text" and not is_text(media.type, contract):
        return "str"
    if media.type is None:
        return "Any" if form == "Json" else "dict[str, Any]"
    made = in_records(media.type, contract, records)
    return f"Page[{made.removeprefix('list[')[:-1]}]" if page else made


def in_records(type_: Type, contract: Contract, records: Records) -> str:
    """The annotation of a value as records hold it."""
    return plain(identified(type_, contract), lambda i: f"records.{records.name(i)}")


def joined(annotations: Iterable[str]) -> str:
    """A union of annotations, each once."""
    given = list(annotations)
    parts = list(dict.fromkeys(a.removesuffix(" | None") for a in given))
    if "Any" in parts:
        return "Any"
    null = any(a == "None" or a.endswith(" | None") for a in given)
    return " | ".join([*(p for p in parts if p != "None"), *(["None"] if null else [])])


def _holds(response: Response, contract: Contract, records: Records) -> list[str]:
    return [held(m, contract, records, page=response.page) for m in response.forms] or ["None"]


def _only_replies(operation: Operation) -> bool:
    """Whether a record alone is no answer: the usual one has a header that must be there."""
    first = usual_answer(operation)
    return first is None or any(h.required for h in first.headers)


def returns(operation: Operation, contract: Contract, records: Records) -> str:
    """What the method returns: what the usual answer holds, or a reply that names another one."""
    first = usual_answer(operation)
    record = joined(["None"] if first is None else _holds(first, contract, records))
    if not several(operation, contract):
        return record
    every = joined(a for r in operation.responses for a in _holds(r, contract, records))
    reply = f"Reply[{every}]"
    if _only_replies(operation):
        return reply
    return f"Any | {reply}" if record == "Any" else joined([record, reply])


def documented(operation: Operation, contract: Contract, records: Records) -> str:
    """What it does, and what it may return."""
    doc = prose(operation.summary or operation.address)
    if not several(operation, contract):
        return doc
    alone = "" if _only_replies(operation) else f"what {usual(operation)} holds, or "
    lines = [f"Returns {alone}a `Reply`:"]
    for response in operation.responses:
        lines += wrap(f"{_answer(response, contract, records)}.", 104, subsequent_indent="  ")
    return "\n    ".join([f"{doc}\n", *lines, ""])


def _answer(response: Response, contract: Contract, records: Records) -> str:
    """One answer in words: its status, what it holds, its headers."""
    status = "any other status" if response.status == "default" else str(response.status)
    forms = [(m.media_type, held(m, contract, records, page=response.page)) for m in response.forms]
    said = ", or ".join(h if media == JSON else f"{h} as {escaped(media)}" for media, h in forms) or "no body"
    headers = [f"{escaped(h.name)}{'' if h.required else ' if any'}" for h in response.headers]
    return f"- {status}: {said}{'; headers ' + ', '.join(headers) if headers else ''}"


def prose(said: str, width: int = 108) -> str:
    """A sentence of somebody's own as the beginning of a docstring, on as many lines as it needs."""
    words = escaped(" ".join(said.split())).rstrip(".") + "."
    return "\n    ".join(wrap(words, width, break_long_words=False, break_on_hyphens=False))


def escaped(said: str) -> str:
    """Text as it may stand between three quotes."""
    return said.replace("\\", "\\\\").replace('"' * 3, "'" * 3)


def free_name(name: str, taken: set[str]) -> str:
    """`name`, or with a number behind it where that is taken; it is taken from then on."""
    found, number = name, 2
    while found in taken:
        found, number = f"{name}_{number}", number + 1
    taken.add(found)
    return found


def argument_name(name: str) -> str:
    """The Python name of a parameter, apart from what a method has already."""
    safe = safe_name(name)
    return f"{safe}_" if safe in TAKEN else safe
