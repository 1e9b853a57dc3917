"""The forms of each type that generated tests go through: its converters, and where the record keeps its fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from ..contract.contract import Contract
from ..contract.examples import scalar_example
from ..contract.history import History
from ..contract.message import View
from ..contract.named_types import ObjectType
from ..contract.naming import safe_name
from ..contract.types import MISSING, Scalar
from ..contract.views import ViewField, added_by_release, objects_in, view_fields
from ..convert.identifiers import root
from ..convert.nodes import Group, Inline, Node
from ..convert.records import Record
from .converters import Converter, Converters, Mode
from .mentions import Names, constant_of
from .python import snake, text, value_of
from .sides import Side, refers_to, sides

Rows = tuple[tuple[str, str], ...]
Tables = tuple[tuple[str, Rows], ...]
"""By the type of the wire."""

WAYS = (
    ("create", View.CREATE, Mode.CREATE),
    ("create", View.INPUT, Mode.CREATE),
    ("update", View.UPDATE, Mode.UPDATE),
    ("replace", View.REPLACE, Mode.REPLACE),
)
"""How a form is written, from which side; what is sent to an operation that is no resource's has one side."""


@dataclass(frozen=True)
class FormView:
    """One distinct form of a type; every value is an expression."""

    version: str
    arguments: Rows
    places: tuple[tuple[str, tuple[str, ...]], ...]
    tables: tuple[tuple[str, Tables], ...]

    @property
    def id(self) -> str:
        """The version that introduced it, as an expression."""
        return text(self.version)

    named: bool = False
    """Whether partial updates may say some value under several names."""
    bare: bool = False
    """Whether writing it again can change nothing: all that it has is given by the server, or only when it is made."""

    @property
    def ways(self) -> frozenset[str]:
        """How it is written, `echo` where what is read can be written back, `between` where it can be created anew."""
        said = dict(self.arguments)
        ways = {way for way, _, _ in WAYS if way in said}
        if "update" in ways or ("replace" in ways and "echoes" not in said):
            ways |= {"echo"} if self.bare else {"echo", "edit"}
        if "create" in ways and "echoes" not in said:
            ways.add("between")
        if self.named:
            ways.add("names")
        return frozenset(ways)


@dataclass(frozen=True)
class TypeView:
    """A type with its distinct forms; `form_of` has, for each version, the one that introduced its form."""

    name: str
    constant: str
    assigned: Rows
    forms: tuple[FormView, ...]
    form_of: tuple[tuple[str, str], ...]

    @property
    def ways(self) -> frozenset[str]:
        """The ways in which some form is written; none where no version makes one to begin with."""
        ways = frozenset[str]().union(*(f.ways for f in self.forms))
        three = combinations((f.ways for f in self.forms), 3)
        if any("create" in old and "between" in middle for old, middle, _ in three):
            ways |= {"through"}
        return ways if "create" in ways else frozenset()


def type_views(converters: Converters, names: Names) -> Iterator[TypeView]:
    """The resources, and the types that other operations read whole; what is inside them is reached through them."""
    roots = _roots(converters.history)
    maker = _Forms(converters, names, sides(converters.history))
    for identity, record in converters.records.objects.items():
        if identity in roots and (forms := maker.of(identity)):
            yield _type(record, forms, converters.history)


def _roots(history: History) -> set[str]:
    found = set()
    for contract in history.contracts:
        for operation in contract.operations:
            if operation.resource is not None:
                found.add(contract.types[operation.resource].identity)
            if operation.body is not None:
                found |= {t.identity for t in objects_in(contract, operation.body.type)}
    return found


def _type(record: Record, forms: dict[str, FormView], history: History) -> TypeView:
    distinct: dict[object, FormView] = {}
    form_of = []
    for version, form in forms.items():
        first = distinct.setdefault((form.arguments, form.places, form.tables), form)
        form_of.append((version, first.version))
    name = snake(safe_name(record.name)).upper()
    return TypeView(record.name, name, tuple(_assigned(record, history)), tuple(distinct.values()), tuple(form_of))


def _assigned(record: Record, history: History) -> Iterator[tuple[str, str]]:
    """The attributes that a creation leaves to storage, to the path or to the handler, with a value they might get."""
    held = [contract.fields_by_identity for contract in history.contracts]
    parents = {f.identity for f in record.fields if any(f.identity in c and c[f.identity][1].parent for c in held)}
    for f in record.fields:
        kinds = sum(root(g.identity) == root(f.identity) for g in record.fields)
        # A version that does not know a kind of key does not send it.
        given = f.field.read_only or f.identity in parents or kinds > 1
        given = given and f.field.on_create is None and f.field.default is MISSING
        if f.required and given and isinstance(f.type, Scalar):
            value = f.field.example if f.field.example is not MISSING else scalar_example(f.type, f.field.name)
            if value is not MISSING:
                yield text(f.attr), value_of(value, f.type)


@dataclass(frozen=True)
class _Forms:
    """Finds the forms of a type; `names` gathers the modules that they are in."""

    converters: Converters
    names: Names
    reached: Mapping[Side, tuple[Contract, ObjectType]]

    def of(self, type_: str) -> dict[str, FormView]:
        """The form of the type in each version that shows it."""
        shown = [s for s in self.reached if s.type == type_ and s.view is View.OUTPUT]
        return {s.version: self._form(s) for s in shown if self._made(s, Mode.SHOW) and not self._loses(s)}

    def _loses(self, shown: Side) -> bool:
        """Whether a policy says that something the version's clients write is not what they are shown then."""
        written = [Side(shown.version, shown.type, view) for _, view, _ in WAYS]
        inside = [side for found in written if found in self.reached for side in self._inside(found)]
        return any(f.field.dropped is not None for side in inside for f in self._fields(side))

    def _made(self, side: Side, mode: Mode) -> Converter | None:
        """The converter of a side, where some operation needs it."""
        return self.converters.of.get((side, mode)) if side in self.converters.live else None

    def _form(self, shown: Side) -> FormView:
        show = self.converters.of[shown, Mode.SHOW]
        said = {"shown": self._shape(shown), "show": self.names.converter(show)}
        nodes = list(show.mapping.nodes)
        tables = [("makes", self._computed(self._inside(shown)))]
        replaced: list[Side] = []  # what a partial update replaces whole, as items of lists, is filled as well
        for way, view, mode in WAYS:
            side = Side(shown.version, shown.type, view)
            made = self._made(side, mode)
            if made is None or way in said:
                continue
            said |= {f"{way}d": self._shape(side), way: self.names.converter(made)}
            nodes += made.mapping.nodes
            inside = self._inside(side)
            if mode is Mode.CREATE:
                tables.append(("fills", self._defaults(inside)))
            else:
                replaced += [s for s in inside if s.view is not View.UPDATE]
            if mode is not Mode.UPDATE and any(f.field.write_only for s in inside for f in self._fields(s)):
                said["echoes"] = "False"
        tables += [("refills", self._defaults(replaced)), ("keeps", self._kept(replaced))]
        places = tuple((text(n), p) for n, p in _places(nodes).items())
        again = [Side(shown.version, shown.type, view) for way, view, mode in WAYS if mode is not Mode.CREATE]
        bare = not any(self._fields(s) for s in again if s in self.reached)
        update = Side(shown.version, shown.type, View.UPDATE)
        named = "update" in said and bool(self.converters.shapes.of[update].other_names)
        return FormView(shown.version, tuple(said.items()), places, tuple((n, t) for n, t in tables if t), named, bare)

    def _shape(self, side: Side) -> str:
        shape = self.converters.shapes.of[side]
        return self.names.shape(shape).removesuffix(shape.name) + constant_of(shape)

    def _fields(self, side: Side) -> tuple[ViewField, ...]:
        contract, type_ = self.reached[side]
        return view_fields(type_, side.view, contract.version)

    def _inside(self, side: Side) -> list[Side]:
        """The side and every other that it refers to."""
        found, open_ = [], [side]
        while open_:
            here = open_.pop(0)
            if here not in found and here in self.reached:
                found.append(here)
                open_ += refers_to(self.reached[here][0], self._fields(here))
        return found

    def _defaults(self, inside: list[Side]) -> Tables:
        stated = {s: [f for f in self._fields(s) if f.default is not MISSING] for s in inside}
        return self._table({s: tuple((text(f.name), sent(f)) for f in fields) for s, fields in stated.items()})

    def _computed(self, inside: list[Side]) -> Tables:
        """What hooks make of the rest."""
        made = {s: [f for f in self._fields(s) if f.field.computed is not None] for s in inside}
        return self._table({s: tuple((text(f.name), "True") for f in fields) for s, fields in made.items()})

    def _kept(self, inside: list[Side]) -> Tables:
        """What a replacement by a client of the version's first day leaves alone."""
        kept = {s: [f for f in self._fields(s) if self._is_kept(f, s)] for s in inside if s.view is View.REPLACE}
        return self._table({s: tuple((text(f.name), "True") for f in fields) for s, fields in kept.items()})

    def _is_kept(self, f: ViewField, side: Side) -> bool:
        return not f.required and added_by_release(f.field, side.version)

    def _table(self, rows: Mapping[Side, Rows]) -> Tables:
        shapes = self.converters.shapes.of
        return tuple({self.names.shape(shapes[s]): mine for s, mine in rows.items() if mine}.items())


def sent(f: ViewField) -> str:
    """A field's default as a client of its version would send it, as an expression of the wire's Python type."""
    return value_of(f.default, f.type)


def _places(nodes: list[Node]) -> dict[str, tuple[str, ...]]:
    """For each field, the places of the record that keep it or a part of it."""

    def paths(node: Node) -> Iterator[str]:
        if isinstance(node, Inline):
            for child in node.children:
                yield from paths(child)
        else:
            ends = node.ends if isinstance(node, Group) else (node,)
            yield from (text(".".join(step.attr for step in end.record)) for end in ends)

    found: dict[str, dict[str, None]] = {}
    for node in nodes:
        for f in node.fields if isinstance(node, Group) else (node.field,):
            found.setdefault(f.name, {}).update(dict.fromkeys(paths(node)))
    return {name: tuple(sorted(places)) for name, places in found.items()}
