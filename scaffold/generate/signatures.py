"""The signatures and docstrings of a handler's methods: what they are given, and what they may return."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from textwrap import wrap

from ..contract.contract import Contract
from ..contract.history import History
from ..contract.message import JSON, Media
from ..contract.naming import safe_name
from ..contract.operation import Operation
from ..contract.parameter import Parameter, Role
from ..contract.types import MISSING, Type
from ..convert.records import Records, identified
from ..convert.sent import old_sends
from .held import Held, flags, held
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
        if p.role is Role.PARENT and not _everywhere(history, identity, p.identity):
            annotation, default = joined([annotation, "None"]), "None"  # some version has it below nothing
        if default not in (None, "None") and _may_be_nothing(history, identity, p.identity):
            annotation = joined([annotation, "None"])
        name = argument_name(p.name)
        if name in taken:
            name = f"{name}_{p.location}"
        yield Argument(p.identity, free_name(name, taken), annotation, default)
    for flag in flags(history, identity):
        yield Argument("", free_name(argument_name(flag.name), taken), "bool", None)


def _everywhere(history: History, operation: str, parameter: str) -> bool:
    """Whether every version that has an operation has a parameter of it."""
    stated = [o for c in history.contracts if (o := c.operations_by_identity.get(operation)) is not None]
    return all(any(p.identity == parameter for p in o.parameters) for o in stated)


def _may_be_nothing(history: History, operation: str, parameter: str) -> bool:
    """Whether callers of some version are taken to have sent nothing, where others get a default."""
    versions = [c.version for c in history.contracts if operation in c.operations_by_identity]
    return any(old_sends(history, version, parameter) is None for version in versions)


def body(history: History, identity: str, contract: Contract, operation: Operation, records: Records) -> str | None:
    """The annotation of what is sent: one for all forms, and None where a version's callers may send nothing."""
    if operation.body is None:
        return None
    versions = [(c, o.body) for c in history.contracts if (o := c.operations_by_identity.get(identity)) is not None]
    optional = any(b is None or not b.required for _, b in versions)
    forms = {m.media_type: held_by(m, contract, records) for m in operation.body.forms}
    for older, sent in reversed(versions):
        for m in () if sent is None else sent.forms:
            forms.setdefault(m.media_type, held_by(m, older, records))
    return joined([*forms.values(), *(["None"] if optional else [])])


def held_by(media: Media, contract: Contract, records: Records, *, page: bool = False) -> str:
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


def plural(history: History, identity: str) -> bool:
    """Whether a method may say which of several answers it gives, or set headers: some version has more than one."""
    operations = [(c, o) for c in history.contracts if (o := c.operations_by_identity.get(identity)) is not None]
    return any(several(o, c) for c, o in operations) or bool(flags(history, identity))


def returns(history: History, identity: str, records: Records) -> str:
    """What the method returns: what the usual answer holds, or a reply that names another one."""
    operation = newest_operations(history)[identity][1]
    answers = held(history, identity)
    usual_ones = [a for a in answers if a.flag is not None or a.response.status == _usual_status(operation)]
    record = joined(h for a in usual_ones for h in _holds(a, records)) if usual_ones else "None"
    if not plural(history, identity):
        return record
    reply = f"Reply[{joined(h for a in answers for h in _holds(a, records))}]"
    if _only_replies(operation):
        return reply
    return f"Any | {reply}" if record == "Any" else joined([record, reply])


def documented(history: History, identity: str, records: Records) -> str:
    """What it does, and what it may return."""
    operation = newest_operations(history)[identity][1]
    doc = prose(operation.summary or operation.address)
    if not plural(history, identity):
        return doc
    alone = "" if _only_replies(operation) else f"what {usual(operation)} holds, or "
    lines = [f"Returns {alone}a `Reply`:"]
    for answer in held(history, identity):
        lines += wrap(f"{_answer(answer, records)}.", 104, subsequent_indent="  ")
    return "\n    ".join([f"{doc}\n", *lines, ""])


def _usual_status(operation: Operation) -> int | str | None:
    first = usual_answer(operation)
    return None if first is None else first.status


def _only_replies(operation: Operation) -> bool:
    """Whether a record alone is no answer: the usual one has a header that must be there."""
    first = usual_answer(operation)
    return first is None or any(h.required for h in first.headers)


def _holds(answer: Held, records: Records) -> list[str]:
    response = answer.response
    return [held_by(m, answer.contract, records, page=response.page) for m in response.forms] or ["None"]


def _answer(answer: Held, records: Records) -> str:
    """One answer in words: its status, what it holds, its headers, and when it is given."""
    response = answer.response
    status = "any other status" if response.status == "default" else str(response.status)
    forms = [(m.media_type, held_by(m, answer.contract, records, page=response.page)) for m in response.forms]
    said = ", or ".join(h if media == JSON else f"{h} as {escaped(media)}" for media, h in forms) or "no body"
    headers = [f"{escaped(h.name)}{'' if h.required else ' if any'}" for h in response.headers]
    gone = [escaped(h.name) for h in answer.gone]
    for_older = f"; for older versions {', '.join(gone)}" if gone else ""
    where = "" if answer.flag is None else f", unless {safe_name(answer.flag)}"
    return f"- {status}{where}: {said}{'; headers ' + ', '.join(headers) if headers else ''}{for_older}"


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
