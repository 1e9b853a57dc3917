"""The text of one route function: what it reads, which method it calls, what it answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..contract.contract import Action, Body, Contract, Operation, Parameter, Role, View
from ..contract.history import History
from ..contract.names import stands_for
from ..contract.naming import safe_name
from ..contract.reach import Direction
from ..contract.types import MISSING, EnumType, Kind, ListOf, ObjectType, Ref, Type
from ..contract.views import SUFFIX
from ..convert.conversions import Coded, Conversion, Mapped, Nested, Same, innermost
from ..convert.records import RecordField
from ..convert.values import conversion
from .coding import readable
from .converters import Converters, Mode
from .expressions import Crossing, Names
from .handlers_view import Handler
from .older_forms import first_of, older_form
from .own_names import own_names, unique_places
from .paging_view import by, part
from .parameters_view import ReadBy, declared, made_reader, read_by, route_path, singles
from .python import PLAIN, snake, text, wire
from .referring import refers
from .signatures import plural, prose
from .types_view import constant


@dataclass
class Route:
    """What the text of one route is put together with: its names, and the constants it needs beside it.

    `undecided` says what is still to be decided about it, where something is: then nothing crosses.
    """

    history: History
    converters: Converters
    contract: Contract
    operation: Operation
    handler: Handler
    name: str
    undecided: str | None = None
    lines: list[str] = field(default_factory=list)
    constants: list[str] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = Names(self.converters, "")
        self.cross = Crossing(self.names, self.contract)
        self.method = next(m for m in self.handler.methods if m.identity == self.operation.identity)
        self.plural = plural(self.history, self.operation.identity)
        self.read = read_by(self.operation, self.contract, frozenset({self.handler.name}))

    # Its frame.

    @property
    def doc(self) -> str:
        """What the function says of itself."""
        return prose(self.operation.summary or self.operation.address, 104).replace("\n    ", "\n        ")

    def declared(self) -> tuple[str, ...]:
        """The parameters that the function declares, those with defaults last."""
        made = [declared(r, self.spelled(r.parameter)) for r in self.read if r.native]
        return tuple(sorted(made, key=lambda p: " = " in p))

    def decorator(self, bodies: str | None, replies: str | None) -> str:
        """What the function states of its operation; `bodies` and `replies` are the constants that it has."""
        o = self.operation
        stated = [text(o.path), f"id={text(o.id)}"]
        at = route_path(o, self.read)
        stated += [] if at is None else [f"at={text(at)}"]
        readers = [self.reader(r) for r in self.read if not r.native]
        stated += [f"parameters=({', '.join(readers)},)"] if readers else []
        if bodies is not None:
            stated.append(f"bodies={bodies}")
        elif o.body is not None:
            stated.append(f"body={self.body_shape(o.body)}")
            stated += [] if o.body.required else ["body_required=False"]
        if replies is not None:
            stated.append(f"replies={replies}")
        elif not self.plural:
            stated += self._answers()
        verb = o.method.lower()
        known = ("get", "post", "put", "patch", "delete")
        return f"@router.{verb}({', '.join(stated)})" if verb in known else self._other(stated)

    def _other(self, stated: list[str]) -> str:
        return f"@router.operation({', '.join([text(self.operation.method), *stated])})"

    def _answers(self) -> list[str]:
        pages = [r for r in self.operation.responses if r.page]
        stated = []
        if pages and isinstance(pages[0].type, ListOf):
            stated.append(f"page_of={self.shape(pages[0].type.items, View.OUTPUT, 'item')}")
        answers = ", ".join(
            f"{r.status}: {'None' if r.type is None else self.wrapped(r.type, View.OUTPUT, str(r.status), r.wrap)}"
            for r in self.operation.responses
            if not r.page
        )
        return [*stated, *([f"answers={{{answers}}}"] if answers else [])]

    # What stands beside it.

    def keep(self, word: str, value: str, annotation: str = "") -> str:
        """A constant of this route with this value; its name.

        Between the route and the word are two underscores, as there are nowhere else in it: no two are one.
        """
        wanted = f"_{re.sub('_+', '_', self.name).strip('_')}__{word}".rstrip("_").upper()
        found, number = wanted, 2
        while self.kept.setdefault(found, value) != value:
            found, number = f"{wanted}_{number}", number + 1
        stated = f"{found}{annotation} = {value}"
        if stated not in self.constants:
            self.constants.append(stated)
        return found

    def spelled_as(self, type_: Type, view: View) -> str:
        """A type on the wire."""
        return self.names.wire(self.contract, type_, view)

    def shape(self, type_: Type, view: View, word: str) -> str:
        """The shape of a body or an answer: that of its type, or one made for a list, a map or a scalar."""
        if isinstance(type_, Ref) and not isinstance(self.contract.types[type_.name], EnumType):
            shape = self.converters.shapes.named(self.contract, type_.name, view)
            return self.names.shape(shape).replace(shape.name, constant(shape))
        return self.keep(word, f"Shape({self.spelled_as(type_, view)})", ": Shape[Any]")

    def wrapped(self, type_: Type, view: View, word: str, wrap: str | None) -> str:
        """The shape of a body or an answer, under the field that it travels in."""
        shape = self.shape(type_, view, word)
        return shape if wrap is None else self.keep(f"{word}_wrapped", f"Wrapped({shape}, {text(wrap)})")

    def body_shape(self, body: Body) -> str:
        """The shape of a body that is JSON."""
        return self.wrapped(body.type, body.view, "body", body.wrap)

    def reader(self, r: ReadBy) -> str:
        """The constant that reads a parameter which FastAPI does not read by itself."""
        made = made_reader(r, self.spelled(r.parameter), self.operation, self.contract)
        return self.keep(r.name, made)

    def spelled(self, p: Parameter) -> str:
        """The type of a parameter, which refuses what a codec could not read."""
        crossing = innermost(self.crossing(p)) if self.undecided is None else None
        if not isinstance(crossing, Coded):
            return self.names.wire(self.contract, p.type, View.INPUT)
        return self.names.wire(self.contract, p.type, View.INPUT, readable(crossing), whole=crossing.whole)

    def spelled_out(self, type_: Type) -> str:
        """The type of a header, whose value a handler gives as it is."""
        return wire(type_, lambda n: self.names.shape(self.converters.shapes.named(self.contract, n, View.OUTPUT)))

    # Parameters.

    def crossing(self, p: Parameter) -> Conversion:
        """How a parameter crosses to the words of the record."""
        known = p.role in (Role.FILTER, Role.KEY) and p.fields
        identity = stands_for(self.contract, p.fields[0]) if known else p.identity
        return conversion(self.history, self.contract.version, identity, p.type, self.contract, Direction.REQUEST)

    def crossed(self, place: str, type_: Type, way: Direction) -> Conversion:
        """How what stands at a place of the operation crosses."""
        return conversion(self.history, self.contract.version, place, type_, self.contract, way)

    def up(self, p: Parameter, name: str) -> str:
        """A parameter in the words of the record."""
        if self.older_key(p) is not None:
            return f"{name}_now"
        made = self.cross.up(self.crossing(p), name, View.INPUT)
        return re.sub(r"\bnow\b(?!\()", "now(request)", made)

    def read_parameters(self) -> None:
        """The lines that read what FastAPI does not, and refuse what it would let pass."""
        own = [r for r in self.read if not r.native]
        if asked := singles(self.read):
            self.lines.append(f"once(request, {asked})")
        if own:
            names = ", ".join(r.name for r in own)
            readers = ", ".join(self.reader(r) for r in own)
            self.lines.append(f"{names}{',' if len(own) == 1 else ''} = read_parameters(request, {readers})")

    def resolve_keys(self) -> None:
        """The lines that find the key of today for one that this version shows."""
        for r in self.read:
            found = self.older_key(r.parameter)
            if found is not None:
                attr, store = found
                self.lines.append(f"{r.name}_now = await handler.stores.{store}.key_of({text(attr)}, {r.name})")

    def older_key(self, p: Parameter) -> tuple[str, str] | None:
        """The attribute that a parameter names, and its store, where that is a key of another kind than today's."""
        if p.role is not Role.KEY:
            return None
        owner = self.contract.fields_by_identity[p.fields[0]][0].identity
        record = self.converters.records.objects[owner]
        asked = record.by_identity[p.fields[0]]
        return None if record.key is asked or record.resource is None else (asked.attr, safe_name(record.resource))

    # Standard operations.

    def standard(self, answers: str | None, given: Sequence[str]) -> None:
        """The lines of a standard operation.

        `answers` is the constant with all its answers, where it has several; `given` are more arguments of its method.
        """
        o = self.operation
        assert o.resource is not None
        self.read_parameters()
        type_ = self.contract.types[o.resource].identity
        key = next((self.up(r.parameter, r.name) for r in self.read if r.parameter.role is Role.KEY), "")
        if o.action in (Action.UPDATE, Action.REPLACE):
            self.read_json()
        self.resolve_keys()
        match o.action:
            case Action.LIST:
                self._list(type_, answers, given)
                return
            case Action.GET:
                call = f"await handler.get({', '.join([key, *given])})"
            case Action.CREATE:
                self.read_json()
                create = self.names.converter(self.cross.converter(type_, View.CREATE, Mode.CREATE))
                made = f"{create}(payload, now(request))"
                made = f"replace({made}, **known)" if self._referred(type_, View.CREATE, Mode.CREATE) else made
                call = f"await handler.create({', '.join([made, *given])})"
            case Action.UPDATE | Action.REPLACE:
                view, mode = (View.UPDATE, Mode.UPDATE) if o.action is Action.UPDATE else (View.REPLACE, Mode.REPLACE)
                change = self.names.converter(self.cross.converter(type_, view, mode))
                known = ", known" if self._referred(type_, view, mode) else ""
                self.lines.append(f"edit = Edit({change}, payload, now(request){known})")
                call = f"await handler.{o.action}({', '.join([key, 'edit', *given])})"
            case _:
                call = f"await handler.delete({', '.join([key, *given])})"
        if o.action in (Action.CREATE, Action.UPDATE, Action.REPLACE):
            call = self._in_own_names(type_, call)
        response = o.responses[0]
        if answers is not None:
            self.lines += [f"answered = {call}", f"return answer_reply(request, answered, {answers})"]
            return
        if response.type is None:
            self.lines += [call, f"return answer_empty({response.status})"]
            return
        self.lines.append(f"record = {call}")
        show = self.names.converter(self.cross.converter(type_, View.OUTPUT, Mode.SHOW))
        shape = self.wrapped(Ref(o.resource), View.OUTPUT, str(response.status), response.wrap)
        located = self.location() if o.action is Action.CREATE else ""
        location = f', location=f"{located}"' if located else ""
        self.lines.append(f"return answer(request, {response.status}, {shape}, {show}(record){location})")

    def _in_own_names(self, type_: str, call: str) -> str:
        """`call`, which says what is taken in the caller's names, where those are not the record's."""
        record, name = self.converters.records.objects[type_], self.contract.types_by_identity[type_].name
        names = own_names(self.cross.converter(type_, View.OUTPUT, Mode.SHOW).mapping)
        if name == record.name and all(names.get(path) == path for path in unique_places(record, names)):
            return call
        rows = ", ".join(f"{text(path)}: {text(own)}" for path, own in names.items())
        table = self.keep("names", f"{{{rows}}}", ": dict[str, str]")
        return f"await named({call.removeprefix('await ')}, {text(name)}, {table})"

    def _referred(self, type_: str, view: View, mode: Mode) -> bool:
        """The line that looks up what the body refers to; whether `known` has more of it for the record then."""
        fields, more = refers(self.converters, self.cross.converter(type_, view, mode).mapping)
        if fields:
            name = f"_{snake(self.contract.types_by_identity[type_].name + SUFFIX[view]).upper()}_REFERS"
            self.constants.append(f"{name} = ({', '.join(fields)},)")
            stated = [f"whole={mode is not Mode.UPDATE}"]
            assert self.operation.body is not None
            stated += [] if self.operation.body.wrap is None else [f"under={text(self.operation.body.wrap)}"]
            call = f"await referred(handler.stores, payload, {name}, {', '.join(stated)})"
            self.lines.append(f"known = {call}" if more else call)
        return more

    def read_json(self) -> None:
        """The line that reads a body which is JSON."""
        assert self.operation.body is not None
        body = self.operation.body
        read = "read" if body.required else "read_if_sent"
        self.lines.append(f"payload = await {read}(request, {self.body_shape(body)})")

    def location(self) -> str:
        """The path of the record that a creation made, as the inside of an f-string; empty where it has none."""
        assert self.operation.resource is not None
        type_ = self.contract.types[self.operation.resource].identity
        get = next(
            (o for o in self.contract.operations if o.resource == self.operation.resource and o.action is Action.GET),
            None,
        )
        mine = self.contract.types_by_identity[type_]
        if get is None or not isinstance(mine, ObjectType) or mine.key is None:
            return ""
        key = f"record.{self.converters.records.objects[type_].by_identity[mine.key.identity].attr}"
        if PLAIN.get(getattr(mine.key.type, "kind", Kind.STR), "str") == "str":
            key = f"quote({key}, safe='')"
        return re.sub(r"{[^}]+}", f"{{{key}}}", get.path)

    def _list(self, type_: str, answers: str | None, given: Sequence[str]) -> None:
        filters = [r for r in self.read if r.parameter.role is Role.FILTER]
        stated = part(self)
        sort = next((r for r in self.read if r.parameter.role is Role.SORT), None)
        if sort is not None:
            stated.append(f"sort={self._sort(sort, type_)}")
        if filters:
            filters = self._one_each(filters, type_)
            words = {r.name: self._words(r.parameter, r.name, type_) for r in filters}
            self.lines.append("filters: dict[str, tuple[Any, ...]] = {}")
            if any(words.values()):
                self.lines.append("words: dict[str, tuple[Words, str]] = {}")
            for r in filters:
                attr = self._attr(r.parameter.fields[0], type_)
                form = self._older(r.parameter.fields[0], sorts=False)
                crossing = self.crossing(r.parameter)
                attr, crossing = (attr, crossing) if form is None else (f"{attr}@{form}", first_of(crossing))
                self.lines.append(f"if {r.name} is not None:")
                self.lines.append(f"    filters[{text(attr)}] = {self._means(crossing, r)}")
                if kept := words[r.name]:
                    self.lines.append(f"    words[{text(attr)}] = ({kept}, {r.name})")
            stated += ["filters=filters", *(["words=words"] if any(words.values()) else [])]
        asked = f"Asked({', '.join(stated)})"
        call = f"await handler.list({', '.join([asked, *given])})"
        if answers is not None:
            self.lines += [f"answered = {call}", f"return answer_reply(request, answered, {answers})"]
            return
        self.lines.append(f"page = {call}")
        show = self.names.converter(self.cross.converter(type_, View.OUTPUT, Mode.SHOW))
        shape = self.shape(Ref(self.operation.resource or ""), View.OUTPUT, "item")
        self.lines.append(f"return answer_page({', '.join(['request', shape, 'page', show, *by(self.operation)])})")

    def _one_each(self, filters: list[ReadBy], type_: str) -> list[ReadBy]:
        """One filter for each attribute, after lines that bring together what is asked for under several names."""
        found: dict[str, list[ReadBy]] = {}
        for r in filters:
            found.setdefault(self._attr(r.parameter.fields[0], type_), []).append(r)
        for first, *others in found.values():
            if others:
                asked = ", ".join(f"{text(r.parameter.name)}: {r.name}" for r in (first, *others))
                self.lines.append(f"{first.name} = either({{{asked}}})")
        return [first for first, *_ in found.values()]

    def asked(self, role: Role, otherwise: str) -> str:
        """What a parameter of paging says; `otherwise` where there is none, or where it is left out."""
        r = next((r for r in self.read if r.parameter.role is role), None)
        if r is None:
            return otherwise
        p, value = r.parameter, self.up(r.parameter, r.name)
        return value if p.required or p.default is not MISSING else f"{otherwise} if {r.name} is None else {value}"

    def _means(self, crossing: Conversion, r: ReadBy) -> str:
        """The values that a filter asks for, where it is `crossing` that leads to what is searched."""
        if isinstance(crossing, Mapped):
            return f"{self.names.enum_map(crossing, 'MEANS')}[{r.name}]"
        return f"({r.name if isinstance(crossing, Same) else self.up(r.parameter, r.name)},)"

    def _older(self, identity: str, *, sorts: bool) -> str | None:
        """The version whose column of a field a filter or sort word acts on; None for the newest."""
        if identity in self.converters.joined:
            return None  # it is searched in a column of its own already
        type_ = self.contract.fields_by_identity[identity][1].type
        way = Direction.RESPONSE
        crossing = conversion(self.history, self.contract.version, identity, type_, self.contract, way)
        return older_form(self.history, self.contract.version, identity, crossing, sorts=sorts)

    def _words(self, p: Parameter, name: str, type_: str) -> str | None:
        """The constant that knows what older clients wrote where a filter acts; None where that is what is stored."""
        for leaf in self.cross.converter(type_, View.OUTPUT, Mode.SHOW).mapping.leaves():
            crossing = leaf.conversion
            if leaf.field.field.identity != p.fields[0] or not leaf.shadowed:
                continue
            if isinstance(crossing, Mapped):
                values = ", ".join(text(value) for value in crossing.down)
                return self.keep(f"{name}_words", f"Words({text(leaf.shadow)}, ({values},))")
            if isinstance(crossing, Same) and PLAIN.get(getattr(p.type, "kind", Kind.JSON)) == "str":
                return self.keep(f"{name}_words", f"Words({text(leaf.shadow)})")
        return None

    def _sort(self, r: ReadBy, type_: str) -> str:
        words: dict[str, str] = {}
        for identity in r.parameter.fields:
            word = self.contract.fields_by_identity[identity][1].name
            attr, form = self._attr(identity, type_), self._older(identity, sorts=True)
            attr = attr if form is None else f"{attr}@{form}"
            words |= {word: attr, f"-{word}": f"-{attr}"}
        if all(k == v for k, v in words.items()):
            return r.name
        rows = ", ".join(f"{text(k)}: {text(v)}" for k, v in words.items())
        table = self.keep("sort", f"{{{rows}}}")
        return f"None if {r.name} is None else {table}[{r.name}]"

    def _attr(self, identity: str, type_: str) -> str:
        """The path of the record's attribute that a filter or sort word acts on."""
        identity = stands_for(self.contract, identity)
        if identity in self.converters.joined:
            return identity  # the column of the older form, which is written along
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
