"""Which shapes there are: every distinct form of a type, shared by the versions that have it.

Two sides of a type in two versions are one shape when they are the same in everything they reach. Sides are
told apart by refinement: first by what they say themselves, then again and again by the classes of what they
refer to, until no class splits.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from ..contract.contract import Contract, View
from ..contract.history import History
from ..contract.naming import safe_name
from ..contract.reach import reached_sides
from ..contract.types import EnumType, ListOf, MapOf, ObjectType, Ref, Scalar, Type
from ..contract.views import SUFFIX, ViewField, canonical_view, objects_in, view_fields
from .python import snake, version_suffix


@dataclass(frozen=True)
class Side:
    """One side of a type in one version."""

    version: str
    type: str
    """Identity of the type."""
    view: View


@dataclass(frozen=True)
class Shape:
    """A distinct form of a type on the wire."""

    name: str
    module: str
    origin: Side
    """The first side that has it."""
    type: ObjectType | EnumType
    fields: tuple[ViewField, ...] = ()
    versions: tuple[str, ...] = ()


@dataclass
class Shapes:
    """Every shape of a history, and which side has which."""

    history: History
    modules: Mapping[str, str]
    """The module of each type, by identity."""
    of: dict[Side, Shape] = field(default_factory=dict)
    enums: dict[tuple[str, str], Shape] = field(default_factory=dict)
    """By version and enum identity."""
    all: list[Shape] = field(default_factory=list)

    def object(self, contract: Contract, name: str, view: View) -> Shape:
        """The shape of one side of the object called `name` in `contract`."""
        return self.of[Side(contract.version, contract.types[name].identity, view)]

    def enum(self, contract: Contract, name: str) -> Shape:
        """The shape of the enum called `name` in `contract`."""
        return self.enums[contract.version, contract.types[name].identity]

    def named(self, contract: Contract, name: str, view: View) -> Shape:
        """The shape that a reference to `name` means, seen from side `view`."""
        if isinstance(contract.types[name], EnumType):
            return self.enum(contract, name)
        return self.object(contract, name, view)


def sides(history: History) -> dict[Side, tuple[Contract, ObjectType]]:
    """Every side that an operation of some version reaches, oldest version first."""
    found: dict[Side, tuple[Contract, ObjectType]] = {}
    for contract in history.contracts:
        for name, view in reached_sides(contract):
            type_ = contract.types[name]
            if isinstance(type_, ObjectType):
                found[Side(contract.version, type_.identity, view)] = (contract, type_)
                for inner in _completed(contract, type_, view):
                    found.setdefault(Side(contract.version, inner.identity, View.REPLACE), (contract, inner))
    return found


def _completed(contract: Contract, type_: ObjectType, view: View) -> list[ObjectType]:
    """The objects that a partial update of `type_` may have to make: what it sends of them must be complete."""
    waiting = [t for f in view_fields(type_, view, contract.version) for t in objects_in(contract, f.type)]
    found: list[ObjectType] = []
    while waiting and view is View.UPDATE:
        inner = waiting.pop(0)
        if inner not in found:
            found.append(inner)
            fields = view_fields(inner, View.REPLACE, contract.version)
            waiting += [t for f in fields for t in objects_in(contract, f.type)]
    return found


def classes(items: Mapping[Side, Hashable], refers: Mapping[Side, Iterable[Side]]) -> dict[Side, int]:
    """The coarsest partition in which equal sides say the same and refer to equal sides."""
    numbers = _number(dict(items))
    count = len(set(numbers.values()))
    while True:
        finer = _number({s: (numbers[s], tuple(numbers[r] for r in refers[s] if r in numbers)) for s in items})
        if len(set(finer.values())) == count:
            return finer
        numbers, count = finer, len(set(finer.values()))


def _number(signatures: Mapping[Side, Hashable]) -> dict[Side, int]:
    seen: dict[Hashable, int] = {}
    return {side: seen.setdefault(signature, len(seen)) for side, signature in signatures.items()}


def said_of(contract: Contract, type_: Type) -> Hashable:
    """`type_` with references by identity, and enums by what they say: hashable, equal where the wire is equal."""
    match type_:
        case Scalar():
            return type_
        case ListOf(items=inner):
            return ("list", said_of(contract, inner), type_.min_items, type_.max_items, type_.unique_items)
        case MapOf(values=inner):
            return ("map", said_of(contract, inner))
        case Ref(name):
            target = contract.types[name]
            if isinstance(target, EnumType):
                return ("enum", target.identity, tuple(v.value for v in target.values))
            return ("object", target.identity)


def refers_to(contract: Contract, fields: Iterable[ViewField]) -> list[Side]:
    """The sides that `fields` refer to."""
    found = []
    for f in fields:
        inner = f.type
        while isinstance(inner, ListOf | MapOf):
            inner = inner.items if isinstance(inner, ListOf) else inner.values
        if isinstance(inner, Ref) and isinstance(contract.types[inner.name], ObjectType):
            found.append(Side(contract.version, contract.types[inner.name].identity, f.nested))
    return found


def shapes(history: History) -> Shapes:
    """The shapes of `history`."""
    reached = sides(history)
    fields = {s: view_fields(t, s.view, c.version) for s, (c, t) in reached.items()}
    local: dict[Side, Hashable] = {
        s: (
            s.type,
            t.unknown,
            tuple((f.name, said_of(c, f.type), f.required, f.nullable) for f in fields[s]),
        )
        for s, (c, t) in reached.items()
    }
    classed = classes(local, {s: refers_to(c, fields[s]) for s, (c, _) in reached.items()})
    result = Shapes(history, module_names(history))
    made: dict[int, Shape] = {}
    names: set[tuple[str, str]] = set()
    for side, number in classed.items():
        contract, type_ = reached[side]
        if number not in made:
            # Sides of one version that are the same share the name of the first of them.
            view = canonical_view(contract, type_, side.view)
            module = result.modules[type_.identity]
            name = f"{safe_name(type_.name)}{SUFFIX[view]}{version_suffix(contract.version)}"
            while (module, name) in names:
                name += "_"
            names.add((module, name))
            made[number] = Shape(name, module, side, type_, fields[side])
            result.all.append(made[number])
        result.of[side] = made[number]
    _enums(history, result, names)
    return result


def _enums(history: History, result: Shapes, names: set[tuple[str, str]]) -> None:
    made: dict[Hashable, Shape] = {}
    for contract in history.contracts:
        for type_ in contract.types.values():
            if not isinstance(type_, EnumType):
                continue
            key = (type_.identity, tuple(v.value for v in type_.values))
            if key not in made:
                module = result.modules[type_.identity]
                name = f"{safe_name(type_.name)}{version_suffix(contract.version)}"
                while (module, name) in names:
                    name += "_"
                names.add((module, name))
                origin = Side(contract.version, type_.identity, View.OUTPUT)
                made[key] = Shape(name, module, origin, type_)
                result.all.append(made[key])
            result.enums[contract.version, type_.identity] = made[key]


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
