"""Which shapes there are: every distinct form of a type, shared by the versions that have it.

Two sides of a type in two versions are one shape when they are the same in everything they reach.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from ..contract.contract import Contract
from ..contract.history import History
from ..contract.message import View
from ..contract.named_types import EnumType, ObjectType, Unknown
from ..contract.names import other_names
from ..contract.naming import pascal, safe_name
from ..contract.operation import Operation
from ..contract.places import body_place, messages
from ..contract.types import MISSING, ListOf, MapOf, Type, UnionOf
from ..contract.views import SUFFIX, ViewField, canonical_view, objects_in, view_fields
from ..convert.codecs import hook_at
from ..convert.conversions import wrapped
from ..convert.key_order import key_order
from .python import NULL, snake, version_suffix
from .sides import Side, classes, is_keyed, refers_to, refused_in, said_of, sides, values_of


@dataclass(frozen=True)
class Shape:
    """A distinct form of a type on the wire."""

    name: str
    module: str
    origin: Side
    """The first side that has it."""
    type: ObjectType | EnumType | UnionOf
    fields: tuple[ViewField, ...] = ()
    title: str = ""
    """What it is called in prose."""
    other_names: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Of what is sent: other names of values, each with the names that lead to the value's own place."""
    needed: tuple[tuple[str, ...], ...] = ()
    """Those places of which one name has to be sent."""


@dataclass
class Shapes:
    """Every shape of a history, and which side has which."""

    history: History
    modules: Mapping[str, str]
    """The module of each type, by identity."""
    messages: str
    """The module of what stands in no type: the unions that requests and answers are."""
    of: dict[Side, Shape] = field(default_factory=dict)
    enums: dict[tuple[str, str], Shape] = field(default_factory=dict)
    """By version and enum identity."""
    unions: dict[tuple[str, Hashable, View], Shape] = field(default_factory=dict)
    """By version, what the union says, and side."""
    all: list[Shape] = field(default_factory=list)

    @cached_property
    def mixed(self) -> bool:
        """Whether some object does not ignore what it does not know."""
        return any(isinstance(s.type, ObjectType) and s.type.unknown is not Unknown.IGNORE for s in self.all)

    def object(self, contract: Contract, name: str, view: View) -> Shape:
        """The shape of one side of the object called `name` in `contract`."""
        return self.of[Side(contract.version, contract.types[name].identity, view)]

    def enum(self, contract: Contract, name: str) -> Shape:
        """The shape of the enum called `name` in `contract`."""
        return self.enums[contract.version, contract.types[name].identity]

    def union(self, contract: Contract, type_: UnionOf, view: View) -> Shape:
        """The shape of a union, seen from side `view`; the one of the same variants where null is only one more."""
        known = self.unions.get((contract.version, said_of(contract, type_), view))
        if known is not None:
            return known
        bare = replace(type_, variants=tuple(v for v in type_.variants if v != NULL))
        return self.unions[contract.version, said_of(contract, bare), view]

    def named(self, contract: Contract, name: str, view: View) -> Shape:
        """The shape that a reference to `name` means, seen from side `view`."""
        if isinstance(contract.types[name], EnumType):
            return self.enum(contract, name)
        return self.object(contract, name, view)


def shapes(history: History) -> Shapes:
    """The shapes of `history`. A name is given once: where versions were dropped, what is left keeps the one it has."""
    made = _shapes(history)
    return made if history.complete is None else _named_as_before(made, _shapes(history.complete))


def _named_as_before(made: Shapes, whole: Shapes) -> Shapes:
    """`made` with the names that the shapes have in `whole`, which knows older versions too."""
    before = {id(shape): whole.of[side] for side, shape in made.of.items()}
    before |= {id(shape): whole.enums[key] for key, shape in made.enums.items()}
    before |= {id(shape): whole.unions[key] for key, shape in made.unions.items()}
    now = {id(s): replace(s, name=before[id(s)].name, module=before[id(s)].module) for s in made.all}
    return Shapes(
        made.history,
        whole.modules,
        whole.messages,
        {side: now[id(shape)] for side, shape in made.of.items()},
        {key: now[id(shape)] for key, shape in made.enums.items()},
        {key: now[id(shape)] for key, shape in made.unions.items()},
        [now[id(shape)] for shape in made.all],
    )


def _shapes(history: History) -> Shapes:
    reached = sides(history)
    fields = {s: _fields(c, t, s.view) for s, (c, t) in reached.items()}
    local: dict[Side, Hashable] = {
        s: (
            s.type,
            t.unknown,
            tuple(f.name for f in t.fields) if t.unknown is Unknown.KEEP else (),
            tuple((f.name, said_of(c, f.type), f.required, f.nullable, _means(history, s, f)) for f in fields[s]),
            tuple((said_of(c, f.wire), f.late, refused_in(history, c, f.type, s.view)) for f in fields[s]),
            s.view is not View.OUTPUT and any(is_keyed(c, f.type) for f in fields[s]),
            names_sent(c, t, s.view),
            _forms(fields[s]) if s.view is not View.OUTPUT else (),
        )
        for s, (c, t) in reached.items()
    }
    classed = classes(local, {s: refers_to(c, fields[s]) for s, (c, _) in reached.items()})
    modules = module_names(history)
    result = Shapes(history, modules, _free_module(modules))
    made: dict[int, Shape] = {}
    names: set[tuple[str, str]] = set()
    for side, number in classed.items():
        contract, type_ = reached[side]
        if number not in made:
            # Sides of one version that are the same share the name of the first of them.
            view = canonical_view(contract, type_, side.view)
            if classed.get(Side(side.version, side.type, view), number) != number:
                view = side.view  # what is read is not what is shown, whatever documents say
            module = result.modules[type_.identity]
            name = f"{safe_name(type_.name)}{SUFFIX[view]}{version_suffix(contract.version)}"
            while (module, name) in names:
                name += "_"
            names.add((module, name))
            sent = names_sent(contract, type_, side.view)
            made[number] = Shape(name, module, side, type_, fields[side], type_.name, *sent)
            result.all.append(made[number])
        result.of[side] = made[number]
    _enums(history, result, names)
    _unions(history, result, names, classed)
    return result


def _fields(contract: Contract, type_: ObjectType, view: View) -> tuple[ViewField, ...]:
    """The fields of one side, in the order in which its keys are shown."""
    order = key_order(contract, type_)
    return tuple(sorted(view_fields(type_, view, contract.version), key=lambda f: order[f.field.identity]))


def _forms(fields: tuple[ViewField, ...]) -> Hashable:
    """The other forms that requests may send values in."""
    return tuple((f.name, f.field.accepts) for f in fields if f.field.accepts)


Names = tuple[tuple[str, tuple[str, ...]], ...]


def names_sent(contract: Contract, type_: ObjectType, view: View) -> tuple[Names, tuple[tuple[str, ...], ...]]:
    """The other names that clients may send, each with where its value is, and the places that must be sent."""
    sent = {f.name for f in view_fields(type_, view, contract.version)} if view is not View.OUTPUT else set()
    found = [o for o in other_names(contract, type_) if o.field.name in sent]
    paths = {o.field.name: tuple(f.name for f in o.path) for o in found}
    ends = [o.path[-1] for o in found if view is not View.UPDATE]
    needed = {f.identity for f in ends if f.required and f.default is MISSING}
    must = dict.fromkeys(paths[o.field.name] for o in found if o.path[-1].identity in needed)
    return tuple(paths.items()), tuple(must)


def _means(history: History, side: Side, f: ViewField) -> Hashable:
    """What a field's values mean, and the hooks that read them: what those refuse, its shape refuses."""
    place = f.field.identity
    return f.field.meaning, *(hook for a in history.since_about(side.version, (place,)) if (hook := hook_at(a, place)))


def _enums(history: History, result: Shapes, names: set[tuple[str, str]]) -> None:
    made: dict[Hashable, Shape] = {}
    for contract in history.contracts:
        for type_ in contract.types.values():
            if not isinstance(type_, EnumType):
                continue
            key = values_of(type_)
            if key not in made:
                module = result.modules[type_.identity]
                name = f"{safe_name(type_.name)}{version_suffix(contract.version)}"
                while (module, name) in names:
                    name += "_"
                names.add((module, name))
                origin = Side(contract.version, type_.identity, View.OUTPUT)
                made[key] = Shape(name, module, origin, type_, title=type_.name)
                result.all.append(made[key])
            result.enums[contract.version, type_.identity] = made[key]


@dataclass(frozen=True)
class UnionPlace:
    """Where a union stands: the name that it gets there, and the module; `title` says it in prose."""

    union: UnionOf
    view: View
    name: str
    module: str
    title: str


def _free_module(modules: Mapping[str, str]) -> str:
    name = "messages"
    while name in modules.values():
        name += "_"
    return name


def union_places(contract: Contract, result: Shapes) -> Iterator[UnionPlace]:
    """Every place of a contract's wire at which a value is of one of several types, inner ones after outer ones."""
    sides = [s for s in result.of if s.version == contract.version]
    for side in sides:
        type_ = contract.types_by_identity[side.type]
        assert isinstance(type_, ObjectType)
        for f in view_fields(type_, side.view, contract.version):
            name, module = f"{safe_name(type_.name)}{pascal(f.name)}", result.modules[type_.identity]
            for held in (f.type, f.wire, f.field.check or f.type):
                yield from _within(held, f.nested, name, module, f"{type_.name}.{f.name}")
    for operation in contract.operations:
        for word, held, view in _carried(operation):
            name = f"{pascal(operation.id)}{word}"
            yield from _within(held, view, name, result.messages, f"the {word.lower()} of {operation.address}")


def _carried(operation: Operation) -> Iterator[tuple[str, Type, View]]:
    """What an operation carries: the word for it, its type and side."""
    for p in operation.parameters:
        yield pascal(p.name), p.type, View.INPUT
    for place, type_ in messages(operation):
        if operation.body is not None and place.startswith(body_place(operation)):
            yield "Body", type_, operation.body.view
        else:
            yield "Answer", type_, View.OUTPUT


def _within(type_: Type, view: View, name: str, module: str, title: str) -> Iterator[UnionPlace]:
    match type_:
        case ListOf(items=inner) | MapOf(values=inner):
            yield from _within(inner, view, name, module, title)
        case UnionOf(variants):
            if wrapped(variants):
                yield UnionPlace(type_, view, name, module, title)
            for variant in variants:
                yield from _within(variant, view, f"{name}Part", module, title)
        case _:
            return


def _unions(history: History, result: Shapes, names: set[tuple[str, str]], classed: Mapping[Side, int]) -> None:
    made: dict[Hashable, Shape] = {}
    for contract in history.contracts:
        # A union that is shown as it is sent has the name of what is shown.
        for place in sorted(union_places(contract, result), key=lambda p: p.view is not View.OUTPUT):
            said = said_of(contract, place.union)
            if (contract.version, said, place.view) in result.unions:
                continue
            objects = objects_in(contract, place.union)
            held = tuple(classed[Side(contract.version, t.identity, place.view)] for t in objects)
            key = (said, held, refused_in(history, contract, place.union, place.view))
            if key not in made:
                name = f"{place.name}{SUFFIX[place.view]}{version_suffix(contract.version)}"
                while (place.module, name) in names:
                    name += "_"
                names.add((place.module, name))
                origin = Side(contract.version, "", place.view)
                made[key] = Shape(name, place.module, origin, place.union, title=place.title)
                result.all.append(made[key])
            result.unions[contract.version, said, place.view] = made[key]


def module_names(history: History) -> dict[str, str]:
    """For each type, the module of `types/` that holds all its shapes: named after its newest name."""
    modules: dict[str, str] = {}
    taken: set[str] = set()
    for contract in reversed(history.contracts):
        for type_ in contract.types.values():
            if type_.identity in modules:
                continue
            name = safe_name(snake(type_.name))
            while name in taken:
                name = f"{name}_{safe_name(contract.version)}"
            taken.add(name)
            modules[type_.identity] = name
    return modules
