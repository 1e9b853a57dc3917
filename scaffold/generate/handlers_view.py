"""What handlers look like: one base class for each, with a method for every operation of any version."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from ..contract.contract import Contract
from ..contract.history import History
from ..contract.naming import safe_name
from ..contract.operation import Action, Operation
from ..contract.parameter import Location, Role
from ..convert.records import Records
from .placing import direct_parents
from .python import snake
from .reserved import MODULE
from .signatures import (
    TAKEN,
    Argument,
    all_parameters,
    argument_name,
    arguments,
    body,
    documented,
    free_name,
    in_records,
    newest_operations,
    returns,
)
from .stored_unions import hiding

RESERVED = frozenset(
    {
        "app",
        "asked",
        "authenticate",
        "build",
        "clock",
        "conversions",
        "docs_base",
        "docs_pages",
        "documents",
        "environment",
        "examples",
        "following",
        "gates",
        "handler",
        "lifespan",
        "problem_base",
        "request",
        "router",
        "storage",
        "stores",
        "validate_responses",
        "watching",
    }
)
"""What `create_app` and route modules call something else."""

_METHODS = frozenset({
    "Any", "Decimal", "Literal", "Page", "Query", "Reply", "Request", "UUID", "behaviour", "bool", "builtins", "bytes",
    "date", "datetime", "dict", "float", "int", "list", "records", "str", "stores", "time", "timedelta",
    "wants",
})  # fmt: skip
"""What annotations in the classes of handlers, and handlers themselves, call something else."""


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
    more: tuple[Argument, ...] = ()
    """What a standard operation takes beside: its default only looks at what it stands below."""

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
        stated += ["*", *sorted(map(_stated, self.more), key=lambda a: " = " in a)] if self.more else []
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
    owned: bool = False
    """Whether callers see their own records alone."""
    hides: bool = False
    """Whether some version does not see every record."""

    @property
    def doc(self) -> str:
        """What the base class says of itself."""
        if self.record is None:
            return f"The operations of {self.class_name}: every method is yours to write."
        works = "The standard operations work as they are" if self.abstract else "It works as it is"
        if self.owned:
            works = f"Callers see their own alone: `self.{self.name}` has no others. {works}"
        elif self.hides:
            works = f"`self.{self.name}` has what the caller's version sees. {works}"
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
    return f"{safe}_" if safe in RESERVED or safe in MODULE else safe


def class_name(handler: str) -> str:
    """The class of a handler called `order_lines`: `OrderLines`."""
    return "".join(p[:1].upper() + p[1:] for p in handler.split("_") if p) or "Operations"


def handlers(history: History, records: Records) -> tuple[Handler, ...]:
    """The handlers of a project, in the order of the newest contract."""
    newest = newest_operations(history)
    names = method_names(history)
    groups: dict[str, list[Method]] = {}
    owners: dict[str, str] = {}
    for identity, (contract, operation) in newest.items():
        of = _free if operation.action is Action.FREE else _standard
        groups.setdefault(operation.handler, []).append(
            of(history, records, identity, contract, operation, names[identity])
        )
        if operation.resource is not None:
            owners.setdefault(operation.handler, contract.types[operation.resource].identity)
    hidden = {root for applied in history.applied for root in hiding(applied)}
    made = []
    for name, methods in groups.items():
        record = records.name(owners[name]) if name in owners else None
        cls = class_name(name)
        store = safe_name(name) if name in owners else None
        told = _builtins_told_apart(methods)
        owned = name in owners and any(f.field.owner for f in records.objects[owners[name]].fields)
        hides = name in owners and owners[name] in hidden
        made.append(Handler(handler_name(name), f"{cls}Base", cls, store, record, told, owned, hides))
    return tuple(made)


def method_names(history: History) -> dict[str, str]:
    """The method of each operation, by identity. Of two that would have one name the older keeps it."""
    newest = newest_operations(history)
    born = dict.fromkeys(o.identity for c in history.contracts for o in c.operations)
    taken: dict[str, set[str]] = {}
    made: dict[str, str] = {}
    for standard in (True, False):
        for identity in born:
            operation = newest[identity][1]
            if (operation.action is not Action.FREE) is not standard:
                continue
            handler = handler_name(operation.handler)
            mine = taken.setdefault(handler, {*_METHODS, handler})
            if standard:
                made[identity] = str(operation.action)
                mine.add(made[identity])
            else:
                made[identity] = free_name(safe_name(operation.id), mine)
    return made


def _builtins_told_apart(methods: list[Method]) -> tuple[Method, ...]:
    """`methods`, where one that is called `list` does not hide the type from the annotations of the others."""
    if not any(m.name == "list" for m in methods):
        return tuple(methods)

    def told(annotation: str) -> str:
        return re.sub(r"(?<![\w.])list(?=\[)", "builtins.list", annotation)

    return tuple(
        replace(
            m,
            arguments=tuple(replace(a, annotation=told(a.annotation)) for a in m.arguments),
            body=None if m.body is None else told(m.body),
            returns=told(m.returns),
        )
        for m in methods
    )


def _standard(
    history: History, records: Records, identity: str, contract: Contract, operation: Operation, name: str
) -> Method:
    """A method of a standard operation, with the default that works."""
    assert operation.resource is not None
    record = f"records.{records.name(contract.types[operation.resource].identity)}"
    one = snake(operation.resource)
    keys = tuple(
        Argument(p.identity, argument_name(p.name), in_records(p.type, c, records), None)
        for c, p in all_parameters(history, identity).values()
        if p.role is Role.KEY
    )
    action, key = operation.action, keys[0].name if keys else ""
    own = {
        Action.LIST: (Argument("query", "query", "Query", None),),
        Action.CREATE: (Argument("new", one if one not in TAKEN else "new", record, None),),
    }.get(action, keys)
    if action in (Action.UPDATE, Action.REPLACE):
        own = (*own, Argument("edit", "edit", f"Edit[{record}]", None))
    more = tuple(_more(history, records, identity, {a.name for a in own}))
    answers = returns(history, identity, records)
    store = f"self.{handler_name(operation.handler)}{_below(history, records, identity, more)}"
    body: tuple[str, ...] = {
        Action.LIST: (f"return await {store}.page(query)",),
        Action.GET: (f"return await {store}.get({key})",),
        Action.CREATE: (f"return await {store}.insert({own[0].name})",),
        Action.UPDATE: (f"return await {store}.edit({key}, edit.apply)",),
        Action.REPLACE: (f"return await {store}.edit({key}, edit.apply)",),
        Action.DELETE: (f"await {store}.delete({key})",),
    }[action]
    if action is Action.DELETE and answers != "None":
        body = (f"{one} = await {store}.get({key})", *body, f"return {one}")
    return Method(identity, name, own, None, answers, documented(history, identity, records), body, action, more)


def _below(history: History, records: Records, identity: str, arguments: Iterable[Argument]) -> str:
    """The call that narrows a store to what stands below the object that the path names."""
    attrs = direct_parents(history, records, identity)
    stated = ", ".join(f"{attrs[a.identity]}={a.name}" for a in arguments if a.identity in attrs)
    return f".below({stated})" if stated else ""


def _more(history: History, records: Records, identity: str, taken: Collection[str]) -> Iterator[Argument]:
    """The parameters of a standard operation beside those in `taken`: what it stands below, and what is beside its
    purpose; and its flags."""
    known = all_parameters(history, identity)
    for argument in arguments(history, records, identity):
        p = known[argument.identity][1] if argument.identity in known else None
        plain = p is not None and p.role is Role.PLAIN and p.location is not Location.PATH
        if p is None or plain or p.role is Role.PARENT:
            yield replace(argument, name=f"{argument.name}_") if argument.name in taken else argument


def _free(
    history: History, records: Records, identity: str, contract: Contract, operation: Operation, name: str
) -> Method:
    sent = body(history, identity, contract, operation, records)
    return Method(
        identity,
        name,
        tuple(arguments(history, records, identity)),
        sent,
        returns(history, identity, records),
        documented(history, identity, records),
        (),
        operation.action,
    )
