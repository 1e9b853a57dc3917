"""What handlers look like: one base class for each, with a method for every operation of any version."""

from __future__ import annotations

from dataclasses import dataclass

from ..contract.contract import Action, Contract, Operation, Parameter, Response
from ..contract.history import History
from ..contract.naming import safe_name
from ..contract.types import MISSING, Ref
from ..convert.records import Records, identified
from .python import plain, snake, value_of

RESERVED = frozenset(
    {
        "clock",
        "conversions",
        "docs_base",
        "environment",
        "handler",
        "lifespan",
        "problem_base",
        "request",
        "router",
        "storage",
        "stores",
        "validate_responses",
    }
)
"""What `create_app` and route modules call something else."""

_TAKEN = {"self", "body", "request", "handler", "payload", "now", "stores"}


@dataclass(frozen=True)
class Argument:
    """One parameter of a handler's method."""

    identity: str
    name: str
    annotation: str
    default: str | None


@dataclass(frozen=True)
class Method:
    """One method of a handler: `default` is the working body, empty where only the user can say."""

    identity: str
    name: str
    arguments: tuple[Argument, ...]
    body: str | None
    returns: str
    doc: str
    default: tuple[str, ...]
    action: Action

    @property
    def signature(self) -> str:
        """The parameters, as a definition states them."""
        stated = ["self"]
        if self.action in (Action.FREE, Action.LIST, Action.CREATE):
            named = [_stated(a) for a in self.arguments]
            if self.action is Action.FREE and (named or self.body):
                stated.append("*")
            stated += [n for n in named if " = " not in n]
            stated += [f"body: {self.body}"] if self.body else []
            stated += [n for n in named if " = " in n]
        else:
            stated += [_stated(a) for a in self.arguments]
        return ", ".join(stated)


def _stated(argument: Argument) -> str:
    default = "" if argument.default is None else f" = {argument.default}"
    return f"{argument.name}: {argument.annotation}{default}"


@dataclass(frozen=True)
class Handler:
    """One handler: the resource or group it serves, its classes and methods."""

    name: str
    base: str
    class_name: str
    store: str | None
    record: str | None
    methods: tuple[Method, ...]

    @property
    def doc(self) -> str:
        """What the base class says of itself."""
        if self.record is None:
            return f"The operations of {self.class_name}: every method is yours to write."
        works = "The standard operations work as they are" if self.abstract else "It works as it is"
        return (
            f"What the API does with records of {self.record}.\n\n    {works}; override what is yours to decide.\n    "
        )

    @property
    def abstract(self) -> tuple[Method, ...]:
        """The methods that the user writes."""
        return tuple(m for m in self.methods if not m.default)


def handler_name(handler: str) -> str:
    """The Python name of a handler, apart from what stands beside it."""
    safe = safe_name(handler)
    return f"{safe}_" if safe in RESERVED else safe


def class_name(handler: str) -> str:
    """The class of a handler called `order_lines`: `OrderLines`."""
    return "".join(p[:1].upper() + p[1:] for p in handler.split("_") if p) or "Operations"


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


def handlers(history: History, records: Records) -> tuple[Handler, ...]:
    """The handlers of a project, in the order of the newest contract."""
    groups: dict[str, list[Method]] = {}
    owners: dict[str, str] = {}
    for identity, (contract, operation) in newest_operations(history).items():
        groups.setdefault(operation.handler, []).append(_method(history, records, identity, contract, operation))
        if operation.resource is not None:
            owners.setdefault(operation.handler, contract.types[operation.resource].identity)
    made = []
    for name, methods in groups.items():
        record = records.name(owners[name]) if name in owners else None
        cls = class_name(name)
        store = safe_name(name) if name in owners else None
        made.append(Handler(handler_name(name), f"{cls}Base", cls, store, record, tuple(methods)))
    return tuple(made)


def _method(history: History, records: Records, identity: str, contract: Contract, operation: Operation) -> Method:
    record = f"records.{records.name(contract.types[operation.resource].identity)}" if operation.resource else ""
    doc = (operation.summary or operation.address).rstrip(".") + "."
    store = f"self.{handler_name(operation.handler)}"
    one = snake(operation.resource) if operation.resource else ""
    key = tuple(
        Argument(p.identity, argument_name(p.name), _annotation(c, p, records), None)
        for c, p in all_parameters(history, identity).values()
        if p.location == "path"
    )
    match operation.action:
        case Action.LIST:
            query = Argument("query", "query", "Query", None)
            body = (f"return await {store}.page(query)",)
            return Method(identity, "list", (query,), None, f"Page[{record}]", doc, body, operation.action)
        case Action.GET:
            body = (f"return await {store}.get({key[0].name})",)
            return Method(identity, "get", key, None, record, doc, body, operation.action)
        case Action.CREATE:
            new = Argument("new", one if one not in _TAKEN else "new", record, None)
            body = (f"return await {store}.insert({new.name})",)
            return Method(identity, "create", (new,), None, record, doc, body, operation.action)
        case Action.UPDATE | Action.REPLACE:
            edit = Argument("edit", "edit", f"Edit[{record}]", None)
            body = (f"return await {store}.edit({key[0].name}, edit.apply)",)
            return Method(identity, str(operation.action), (*key, edit), None, record, doc, body, operation.action)
        case Action.DELETE:
            body = (f"await {store}.delete({key[0].name})",)
            return Method(identity, "delete", key, None, "None", doc, body, operation.action)
        case Action.FREE:
            return _free(history, records, identity, contract, operation, doc)


def _free(
    history: History, records: Records, identity: str, contract: Contract, operation: Operation, doc: str
) -> Method:
    arguments = []
    for held, p in all_parameters(history, identity).values():
        annotation = _annotation(held, p, records)
        default = None
        if p.default is not MISSING:
            default = value_of(p.default, p.type)
        elif not p.required or (held is not history.newest and p.location != "path"):
            annotation, default = f"{annotation} | None", "None"
        arguments.append(Argument(p.identity, argument_name(p.name), annotation, default))
    body = None
    if operation.body is not None:
        body = plain(identified(operation.body.type, contract), lambda i: f"records.{records.name(i)}")
        if not operation.body.required:
            body += " | None"
    success = [r for r in operation.responses if r.status < 300]
    returns = [_returned(r, contract, records) for r in success] or ["None"]
    if len(operation.responses) > 1:
        returns = [*dict.fromkeys(returns[:1]), "Reply[Any]"]
    return Method(
        identity, safe_name(operation.id), tuple(arguments), body, " | ".join(returns), doc, (), operation.action
    )


def _returned(response: Response, contract: Contract, records: Records) -> str:
    if response.type is None:
        return "None"
    made = plain(identified(response.type, contract), lambda i: f"records.{records.name(i)}")
    return f"Page[{made.removeprefix('list[')[:-1]}]" if response.page else made


def argument_name(name: str) -> str:
    """The Python name of a parameter, apart from what a method has already."""
    safe = safe_name(name)
    return f"{safe}_" if safe in _TAKEN else safe


def _annotation(contract: Contract, parameter: Parameter, records: Records) -> str:
    if isinstance(parameter.type, Ref):
        return f"records.{records.name(contract.types[parameter.type.name].identity)}"
    return plain(identified(parameter.type, contract), lambda i: f"records.{records.name(i)}")
