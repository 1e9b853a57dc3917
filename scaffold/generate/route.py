"""The text of one route function: what it reads, which method it calls, what it answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..contract.contract import Contract
from ..contract.history import History
from ..contract.message import Body, View
from ..contract.named_types import EnumType, ObjectType
from ..contract.names import stands_for
from ..contract.naming import safe_name
from ..contract.nesting import parents_in
from ..contract.operation import Action, Operation
from ..contract.parameter import OF_A_FIELD, Parameter, Role
from ..contract.reach import Direction
from ..contract.types import MISSING, Kind, ListOf, Ref, Type
from ..convert.conversions import Coded, Conversion
from ..convert.cutting import Cut, cut
from ..convert.innermost import innermost
from ..convert.returning import unbounded
from ..convert.values import conversion
from .coding import readable
from .converters import Converters
from .expressions import Crossing
from .handlers_view import Handler
from .mentions import Names, constant_of
from .older_forms import older_form
from .parameters_view import ReadBy, declared, made_reader, read_by, route_path, singles
from .placing import newest_reference
from .python import PLAIN, annotated, bounds, text, wire
from .shown_values import within
from .signatures import all_parameters, plural, prose


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
            return self.names.shape(shape).replace(shape.name, constant_of(shape))
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
        """The type of a parameter, which refuses what a codec could not read, or what is not taken any more."""
        taken = self.cuts(p).read or self._searched(p)
        crossing = innermost(self.crossing(p)) if self.undecided is None else None
        if p.role is Role.FILTER and p.fields and self.older_form(p.fields[0], sorts=False) is not None:
            crossing = None  # it is searched as it is sent
        if isinstance(crossing, Coded):
            made = self.names.wire(self.contract, taken, View.INPUT, readable(crossing), whole=crossing.whole)
        else:
            made = self.names.wire(self.contract, taken, View.INPUT)
        if taken == p.type:
            return made
        return annotated(made, (f"Promised({self.names.promised(self.contract, p.type, View.INPUT)})",))

    def _searched(self, p: Parameter) -> Type:
        """The type of what a parameter may ask for: whatever is shown of a field, beyond its bounds too."""
        searches = p.role is Role.FILTER and p.fields
        loose = searches and self.contract.fields_by_identity[p.fields[0]][1].loose is not None
        return unbounded(p.type) if loose else p.type

    def spelled_out(self, type_: Type) -> str:
        """The type of a header, whose value a handler gives as it is."""
        return wire(type_, lambda n: self.names.shape(self.converters.shapes.named(self.contract, n, View.OUTPUT)))

    # Parameters.

    def crossing(self, p: Parameter) -> Conversion:
        """How a parameter crosses to the words of the record."""
        known = p.role in OF_A_FIELD and p.fields
        identity = stands_for(self.contract, p.fields[0]) if known else p.identity
        return conversion(self.history, self.contract.version, identity, p.type, self.contract, Direction.REQUEST)

    def crossed(self, place: str, type_: Type, way: Direction) -> Conversion:
        """How what stands at a place of the operation crosses."""
        return conversion(self.history, self.contract.version, place, type_, self.contract, way)

    def older_form(self, identity: str, *, sorts: bool) -> str | None:
        """The version whose column of a field a filter or sort word acts on; None for the newest."""
        if identity in self.converters.joined:
            return None  # it is searched in a column of its own already
        type_ = self.contract.fields_by_identity[identity][1].type
        version = self.contract.version
        crossing = conversion(self.history, version, identity, type_, self.contract, Direction.RESPONSE)
        return older_form(self.history, version, identity, crossing, sorts=sorts)

    def up(self, p: Parameter, name: str) -> str:
        """A parameter in the words of the record."""
        if self.looked_up(p) is not None:
            return f"{name}_now"
        cuts = self.cuts(p)
        made = self.cross.up(self.crossing(p), within(name, cuts.before, p.type), View.INPUT)
        if cuts.after:
            made = within(made, cuts.after, all_parameters(self.history, self.operation.identity)[p.identity][1].type)
        if cuts.held is not None:
            stated = f"Bounds({bounds(cuts.held)}, {text(p.location.value)}, {text(p.name)})"
            made = f"{self.keep(f'{name}_bounds', stated)}.held({made})"
        return re.sub(r"\bnow\b(?!\()", "now(request)", made)

    def cuts(self, p: Parameter) -> Cut:
        """What a parameter is cut to, or held to, on its way to the handler."""
        return cut(self.history, self.contract.version, p.identity) if self.undecided is None else Cut()

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
        """The lines that find the key of today for one that this version shows, and what stands above."""
        below = ""
        for r in self.read:
            found = self.looked_up(r.parameter)
            if found is not None:
                attr, store = found
                scope = below if r.parameter.role is Role.PARENT else ""
                self.lines.append(f"{r.name}_now = await handler.stores.{store}{scope}.key_of({text(attr)}, {r.name})")
            if r.parameter.role is Role.PARENT:
                below = f".below({self.parent_attribute(r.parameter)}={self.up(r.parameter, r.name)})"

    def looked_up(self, p: Parameter) -> tuple[str, str] | None:
        """The attribute that a parameter names, and its store, where the row has to be found first.

        That is so for a key of another kind than today's, and for what a standard operation stands below.
        """
        if p.role is Role.PARENT:
            _, field = self.contract.fields_by_identity[p.fields[0]]
            above = self.contract.types_by_identity[field.refers or ""]
            assert isinstance(above, ObjectType)
            assert above.key is not None
            identity, whole = above.key.identity, self.operation.action is not Action.FREE
        elif p.role is Role.KEY:
            identity, whole = p.fields[0], False
        else:
            return None
        record = self.converters.records.objects[self.contract.fields_by_identity[identity][0].identity]
        asked = record.by_identity[identity]
        if (record.key is asked and not whole) or record.resource is None:
            return None
        store = safe_name(record.resource)
        return asked.attr, f"{store}.mine()"

    def parent_attribute(self, p: Parameter) -> str:
        """What records call the key of an object above, of today's kind, in those that stand below it."""
        return newest_reference(self.converters.records, self.contract, p.fields[0])

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
        own = self.converters.records.objects[type_].by_identity[mine.key.identity].attr
        places = {p.name: _segment(f"record.{own}", p.type) for p in get.parameters if p.role is Role.KEY}
        asked = {r.parameter.fields: r.name for r in self.read if r.parameter.role is Role.PARENT}
        for p in parents_in(get):
            places[p.name] = _segment(asked[p.fields], p.type) if p.fields in asked else ""
        return "" if "" in places.values() else re.sub(r"{([^}]+)}", lambda m: f"{{{places[m[1]]}}}", get.path)

    def asked(self, role: Role, otherwise: str) -> str:
        """What a parameter of paging says; `otherwise` where there is none, or where it is left out."""
        r = next((r for r in self.read if r.parameter.role is role), None)
        if r is None:
            return otherwise
        p, value = r.parameter, self.up(r.parameter, r.name)
        return value if p.required or p.default is not MISSING else f"{otherwise} if {r.name} is None else {value}"


def _segment(value: str, type_: Type) -> str:
    """The expression of a key as a part of a path (RFC 3986, 3.3)."""
    text_ = PLAIN.get(getattr(type_, "kind", Kind.STR), "str") == "str"
    return f"quote({value}, safe='')" if text_ else value
