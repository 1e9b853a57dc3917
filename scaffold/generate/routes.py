"""The route functions: each distinct form of an operation once, in the version that introduced it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..contract.changes import AddParameter
from ..contract.contract import Action, Contract, Location, Operation, Parameter, Role, View
from ..contract.history import History
from ..contract.naming import safe_name
from ..contract.standard import DEFAULT_LIMIT
from ..contract.types import MISSING, EnumType, Kind, ListOf, Ref, Type
from ..convert.records import RecordField, Records
from ..convert.values import Coded, Mapped, Nested, Same, conversion
from .converters import Converters, Mode
from .expressions import Crossing, Names
from .handlers_view import Handler, all_parameters, argument_name, handler_name, handlers
from .python import PLAIN, text, value_of, wire
from .shapes import Shape
from .types_view import constant

_FASTAPI = {Location.PATH: "Path", Location.QUERY: "Query", Location.HEADER: "Header", Location.COOKIE: "Cookie"}


@dataclass(frozen=True)
class RouteView:
    """One route function."""

    id: str
    name: str
    decorator: str
    parameters: tuple[str, ...]
    doc: str
    lines: tuple[str, ...]
    constants: tuple[str, ...]
    imports: frozenset[str]


@dataclass(frozen=True)
class RouteModule:
    """One module of a version: the operations of one handler that this version introduced or changed."""

    version: str
    package: str
    handler: Handler
    routes: tuple[RouteView, ...]

    @property
    def imports(self) -> tuple[str, ...]:
        """The modules of `types/` that the routes mention."""
        return tuple(sorted({i for r in self.routes for i in r.imports}))

    @property
    def name(self) -> str:
        """Its dotted name below the package."""
        return f"{self.package}.{self.handler.name}"


@dataclass(frozen=True)
class VersionRoutes:
    """What a version changes about the routes of the one before: modules it takes routes from, routes gone."""

    version: str
    package: str
    modules: tuple[RouteModule, ...]
    taken: tuple[tuple[str, tuple[str, ...]], ...]
    removed: tuple[str, ...]


def package_of(version: str) -> str:
    """The package of a version: `v1`, `v2026_03_01`."""
    spelled = "".join(c if c.isalnum() else "_" for c in version)
    return spelled if spelled[:1].isalpha() else f"v{spelled}"


def version_routes(history: History, records: Records, converters: Converters) -> tuple[VersionRoutes, ...]:
    """The routes of every version, each distinct one in the version where it first stood."""
    groups = {h.name: h for h in handlers(history, records)}
    seen: dict[tuple[str, RouteView], str] = {}
    before: dict[str, tuple[str, RouteView]] = {}
    made = []
    for contract in history.contracts:
        package = package_of(contract.version)
        fresh: dict[str, list[RouteView]] = {}
        taken: dict[str, list[str]] = {}
        here: dict[str, tuple[str, RouteView]] = {}
        for operation in contract.operations:
            handler = groups[handler_name(operation.handler)]
            view = _Route(history, converters, contract, operation, handler).view()
            here[view.id] = (handler.name, view)
            if before.get(view.id) == here[view.id]:
                continue
            if (handler.name, view) not in seen:
                seen[handler.name, view] = package
                fresh.setdefault(handler.name, []).append(view)
            taken.setdefault(f"{seen[handler.name, view]}.{handler.name}", []).append(view.id)
        modules = tuple(RouteModule(contract.version, package, groups[n], tuple(v)) for n, v in fresh.items())
        removed = tuple(i for i in before if i not in here)
        stated = tuple((m, tuple(ids)) for m, ids in taken.items())
        made.append(VersionRoutes(contract.version, package, modules, stated, removed))
        before = here
    return tuple(made)


@dataclass
class _Route:
    """Writes one route function."""

    history: History
    converters: Converters
    contract: Contract
    operation: Operation
    handler: Handler
    lines: list[str] = field(default_factory=list)
    constants: list[str] = field(default_factory=list)
    arguments: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.names = Names(self.converters, "")
        self.cross = Crossing(self.names, self.contract)
        self.method = next(m for m in self.handler.methods if m.identity == self.operation.identity)

    def view(self) -> RouteView:
        """The function, with what its module must have."""
        parameters = tuple(self._parameter(p) for p in self.operation.parameters)
        if self.operation.action is Action.FREE:
            self._free()
        else:
            self._standard()
        return RouteView(
            id=self.operation.id,
            name=safe_name(self.operation.id),
            decorator=self._decorator(),
            parameters=tuple(sorted(parameters, key=lambda p: " = " in p)),
            doc=(self.operation.summary or self.operation.address).rstrip(".") + ".",
            lines=tuple(self.lines),
            constants=tuple(self.constants),
            imports=frozenset(self.names.imports),
        )

    def _decorator(self) -> str:
        o = self.operation
        stated = [text(o.path), f"id={text(o.id)}"]
        if o.body is not None:
            stated.append(f"body={self._shape(o.body.type, o.body.view, 'body')}")
            if not o.body.required:
                stated.append("body_required=False")
        pages = [r for r in o.responses if r.page]
        if pages and isinstance(pages[0].type, ListOf):
            stated.append(f"page_of={self._shape(pages[0].type.items, View.OUTPUT, 'item')}")
        answers = ", ".join(
            f"{r.status}: {'None' if r.type is None else self._shape(r.type, View.OUTPUT, str(r.status))}"
            for r in o.responses
            if not r.page
        )
        if answers:
            stated.append(f"answers={{{answers}}}")
        return f"@router.{o.method.lower()}({', '.join(stated)})"

    def _shape(self, type_: Type, view: View, word: str) -> str:
        """The shape of a body or an answer: that of its type, or one made for a list, a map or a scalar."""
        if isinstance(type_, Ref) and not isinstance(self.contract.types[type_.name], EnumType):
            shape = self.converters.shapes.named(self.contract, type_.name, view)
            return self._of(shape)
        name = f"_{safe_name(self.operation.id).upper()}_{word.upper()}"
        spelled = wire(type_, lambda n: self.names.shape(self.converters.shapes.named(self.contract, n, view)))
        stated = f"{name}: Shape[Any] = Shape({spelled})"
        if stated not in self.constants:
            self.constants.append(stated)
        return name

    def _of(self, shape: Shape) -> str:
        return self.names.shape(shape).replace(shape.name, constant(shape))

    # Parameters.

    def _parameter(self, p: Parameter) -> str:
        name = argument_name(p.name)
        crossing = self._crossing(p)
        extra: tuple[str, ...] = ()
        if isinstance(crossing, Coded) and any(s.up_fails for s in crossing.steps):
            steps = ", ".join(f"codecs.{s.up}" for s in crossing.steps)
            extra = (f"AfterValidator(codecs.readable({steps}))",)
        spelled = wire(p.type, lambda n: self.names.shape(self.converters.shapes.enum(self.contract, n)), extra)
        optional = not p.required and p.default is MISSING
        alias = ""
        if p.location is Location.HEADER or name != p.name:
            alias = f"alias={text(p.name)}"
        where = f"{_FASTAPI[p.location]}({alias})"
        if spelled.startswith("Annotated[") and not optional:
            made = f"{name}: {spelled[:-1]}, {where}]"
        else:
            made = f"{name}: Annotated[{spelled}{' | None' if optional else ''}, {where}]"
        if p.location is Location.PATH or p.required:
            return made
        return f"{made} = {'None' if optional else value_of(p.default, p.type)}"

    def _crossing(self, p: Parameter) -> Same | Coded | Mapped | object:
        identity = p.fields[0] if p.role in (Role.FILTER, Role.KEY) and p.fields else p.identity
        return conversion(self.history, self.contract.version, identity, p.type, self.contract)

    # Standard operations.

    def _standard(self) -> None:
        o = self.operation
        assert o.resource is not None
        type_ = self.contract.types[o.resource].identity
        key = next((argument_name(p.name) for p in o.parameters if p.role is Role.KEY), "")
        key = self._up(next(p for p in o.parameters if p.role is Role.KEY), key) if key else ""
        match o.action:
            case Action.LIST:
                self._list(type_)
                return
            case Action.GET:
                self.lines.append(f"record = await handler.get({key})")
            case Action.CREATE:
                self._read()
                create = self.names.converter(self.cross.converter(type_, View.CREATE, Mode.CREATE))
                self.lines.append(f"record = await handler.create({create}(payload, now(request)))")
            case Action.UPDATE | Action.REPLACE:
                self._read()
                view, mode = (View.UPDATE, Mode.UPDATE) if o.action is Action.UPDATE else (View.REPLACE, Mode.REPLACE)
                change = self.names.converter(self.cross.converter(type_, view, mode))
                self.lines.append(f"edit = Edit({change}, payload, now(request))")
                self.lines.append(f"record = await handler.{o.action}({key}, edit)")
            case _:
                self.lines.append(f"await handler.delete({key})")
                self.lines.append(f"return answer_empty({o.responses[0].status})")
                return
        show = self.names.converter(self.cross.converter(type_, View.OUTPUT, Mode.SHOW))
        response = o.responses[0]
        shape = self._shape(Ref(o.resource), View.OUTPUT, "")
        location = self._location(type_) if o.action is Action.CREATE else ""
        self.lines.append(f"return answer(request, {response.status}, {shape}, {show}(record){location})")

    def _read(self) -> None:
        assert self.operation.body is not None
        body = self.operation.body
        read = "read" if body.required else "read_if_sent"
        self.lines.append(f"payload = await {read}(request, {self._shape(body.type, body.view, 'body')})")

    def _location(self, type_: str) -> str:
        get = next(
            (o for o in self.contract.operations if o.resource == self.operation.resource and o.action is Action.GET),
            None,
        )
        record = self.converters.records.objects[type_]
        if get is None or record.key is None:
            return ""
        key = f"record.{record.key.attr}"
        if PLAIN.get(getattr(record.key.type, "kind", Kind.STR), "str") == "str":
            key = f"quote({key}, safe='')"
        path = re.sub(r"{[^}]+}", f"{{{key}}}", get.path)
        return f', location=f"{path}"'

    def _list(self, type_: str) -> None:
        filters = [p for p in self.operation.parameters if p.role is Role.FILTER]
        stated = [f"limit={self._number(Role.LIMIT, DEFAULT_LIMIT)}", f"offset={self._number(Role.OFFSET, 0)}"]
        sort = next((p for p in self.operation.parameters if p.role is Role.SORT), None)
        if sort is not None:
            stated.append(f"sort={self._sort(sort, type_)}")
        if filters:
            self.lines.append("filters: dict[str, tuple[Any, ...]] = {}")
            for p in filters:
                name = argument_name(p.name)
                self.lines.append(f"if {name} is not None:")
                self.lines.append(f"    filters[{text(self._attr(p.fields[0], type_))}] = {self._means(p, name)}")
            stated.append("filters=filters")
        self.lines.append(f"page = await handler.list(Asked({', '.join(stated)}))")
        show = self.names.converter(self.cross.converter(type_, View.OUTPUT, Mode.SHOW))
        shape = self._shape(Ref(self.operation.resource or ""), View.OUTPUT, "item")
        self.lines.append(f"return answer_page(request, {shape}, page, {show})")

    def _number(self, role: Role, otherwise: int) -> str:
        """The limit or offset of a page, under whatever name it is asked for; `otherwise` where it is not."""
        p = next((p for p in self.operation.parameters if p.role is role), None)
        if p is None:
            return str(otherwise)
        name = argument_name(p.name)
        value = self._up(p, name)
        return value if p.required or p.default is not MISSING else f"{otherwise} if {name} is None else {value}"

    def _means(self, p: Parameter, name: str) -> str:
        crossing = self._crossing(p)
        if isinstance(crossing, Mapped):
            return f"{self.names.enum_map(crossing, 'MEANS')}[{name}]"
        return f"({self._up(p, name)},)"

    def _up(self, p: Parameter, name: str) -> str:
        crossing = self._crossing(p)
        assert isinstance(crossing, Same | Coded | Mapped)
        return self.cross.up(crossing, name, View.INPUT)

    def _sort(self, p: Parameter, type_: str) -> str:
        words: dict[str, str] = {}
        for identity in p.fields:
            word = self.contract.fields_by_identity[identity][1].name
            attr = self._attr(identity, type_)
            words |= {word: attr, f"-{word}": f"-{attr}"}
        name = argument_name(p.name)
        if all(k == v for k, v in words.items()):
            return name
        table = f"_{safe_name(self.operation.id).upper()}_SORT"
        rows = ", ".join(f"{text(k)}: {text(v)}" for k, v in words.items())
        self.constants.append(f"{table} = {{{rows}}}")
        return f"None if {name} is None else {table}[{name}]"

    def _attr(self, identity: str, type_: str) -> str:
        """The path of the record's attribute that a filter or sort word acts on."""
        found = self._path(identity, type_, frozenset())
        if found is None:
            raise ValueError(f"{type_} of {self.contract.version} has no {identity}")
        return ".".join(step.attr for step in found)

    def _path(self, identity: str, type_: str, seen: frozenset[str]) -> tuple[RecordField, ...] | None:
        """Where a field is in the record of `type_`, or in an object inside it."""
        leaves = list(self.cross.converter(type_, View.OUTPUT, Mode.SHOW).mapping.leaves())
        for leaf in leaves:
            if leaf.field.field.identity == identity:
                return leaf.record
        for leaf in leaves:
            if isinstance(leaf.conversion, Nested) and leaf.conversion.record not in seen:
                inner = self._path(identity, leaf.conversion.record, seen | {type_})
                if inner is not None:
                    return (*leaf.record, *inner)
        return None

    # Any other operation.

    def _free(self) -> None:
        o = self.operation
        stated = []
        mine = {p.identity: p for p in o.parameters}
        for identity, (_, newest) in all_parameters(self.history, o.identity).items():
            argument = next(a for a in self.method.arguments if a.identity == identity)
            if identity in mine:
                p = mine[identity]
                name = argument_name(p.name)
                value = self._up(p, name)
                if value != name and not p.required and p.default is MISSING:
                    value = f"None if {name} is None else {value}"
                stated.append(f"{argument.name}={value}")
            else:
                sends = self._old_sends(identity)
                if sends is not MISSING:
                    stated.append(f"{argument.name}={value_of(sends, newest.type)}")
        if o.body is not None:
            self._read()
            crossing = conversion(self.history, self.contract.version, f"{o.identity} body", o.body.type, self.contract)
            made = self.cross.up(crossing, "payload", o.body.view)
            made = re.sub(r"\bnow\b(?!\()", "now(request)", made)
            stated.append(f"body={made if o.body.required else f'None if payload is None else {made}'}")
        call = f"await handler.{self.method.name}({', '.join(stated)})"
        answers = [r for r in o.responses if r.status < 300] or list(o.responses)
        if len(o.responses) == 1:
            self._one(call, answers[0].status, answers[0].type, page=answers[0].page)
            return
        self.lines.append(f"answered = {call}")
        self.lines.append(f"reply = answered if isinstance(answered, Reply) else Reply({answers[0].status}, answered)")
        rows = ", ".join(f"{r.status}: {self._answer(r.type, str(r.status))}" for r in o.responses)
        self.lines.append(f"return answer_reply(request, reply, {{{rows}}})")

    def _one(self, call: str, status: int, type_: Type | None, *, page: bool) -> None:
        if type_ is None:
            self.lines += [call, f"return answer_empty({status})"]
            return
        self.lines.append(f"record = {call}")
        crossing = conversion(
            self.history, self.contract.version, f"{self.operation.identity} {status}", type_, self.contract
        )
        if page and isinstance(type_, ListOf):
            item = getattr(crossing, "inner", Same())
            shape = self._shape(type_.items, View.OUTPUT, "item")
            self.lines.append(f"return answer_page(request, {shape}, record, {self._function(item)})")
            return
        shape = self._shape(type_, View.OUTPUT, str(status))
        self.lines.append(f"return answer(request, {status}, {shape}, {self.cross.down(crossing, 'record')})")

    def _answer(self, type_: Type | None, word: str) -> str:
        if type_ is None:
            return "None"
        crossing = conversion(
            self.history, self.contract.version, f"{self.operation.identity} {word}", type_, self.contract
        )
        return f"({self._shape(type_, View.OUTPUT, word)}, {self._function(crossing)})"

    def _function(self, crossing: object) -> str:
        made = self.cross.down(crossing, "record")  # type: ignore[arg-type]  # any conversion
        called = re.fullmatch(r"([\w.]+)\(record\)", made)
        return called[1] if called else f"lambda record: {made}"

    def _old_sends(self, identity: str) -> object:
        for applied in self.history.since(self.contract.version):
            change = applied.change
            if isinstance(change, AddParameter):
                after = {p.identity for o in applied.after.operations for p in o.parameters}
                before = {p.identity for o in applied.before.operations for p in o.parameters}
                if identity in after and identity not in before:
                    return change.old_sends
        return MISSING
