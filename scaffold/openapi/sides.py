"""Which sides of a contract's types documents show, and the name of the component of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ..contract.contract import Contract
from ..contract.message import View
from ..contract.named_types import AliasType, EnumType, Field, NamedType, ObjectType
from ..contract.operation import Operation, mentioned
from ..contract.types import MISSING, ListOf, MapOf, Ref, Type, UnionOf, references
from ..contract.views import SUFFIX, objects_in, rest_view, same_side, side_within, view_fields

ORDER = (View.OUTPUT, View.CREATE, View.REPLACE, View.UPDATE, View.INPUT)
"""Of sides that are the same the first gives the name."""

FREE = frozenset({View.OUTPUT, View.INPUT})
"""The sides of what free operations carry: their fields differ in nothing that a document cannot mark."""

Side = tuple[str, View]
"""One side of the type called so."""


@dataclass(frozen=True)
class Sides:
    """The distinct sides of each type and the names of their components.

    What is shown of a type has the type's plain name, and every other side that differs a name of its own. A type
    that is only sent, on one side, has its plain name too. A name that a type of the contract has already gets
    `Body` behind it.

    A type that only free operations carry is one component, whole: what is only shown is marked `readOnly`, what
    is only sent `writeOnly` (OpenAPI 3.1, 4.8.24).
    """

    contract: Contract

    @cached_property
    def _met(self) -> set[Side]:
        return met_sides(self.contract)

    def whole(self, name: str) -> bool:
        """Whether one schema says everything about the type called `name`, on whichever side it is met."""
        return name in self._whole

    @cached_property
    def _whole(self) -> frozenset[str]:
        """Types met on no other side than the free ones, and, where on both, with nothing below that has two."""
        types = self.contract.types
        free = {n for n in types if self.views(n) <= FREE and n not in self.contract.resources}
        free |= {n for n in types if not any(objects_in(self.contract, Ref(n)))}
        twice = {n for n in free if self.views(n) == FREE}
        split = {n for n in twice if _splits(types[n])}
        inner = {n: {r for t in inner_types(types[n]) for r in references(t)} for n in twice}
        while more := {n for n in twice - split if any(r in split or r not in free for r in inner[n])}:
            split |= more
        return frozenset(free - split)

    def views(self, name: str) -> set[View]:
        """The sides of the type called `name` that are met; all sides of an enum are one."""
        return self._views.get(name, set())

    @cached_property
    def _views(self) -> dict[str, set[View]]:
        found: dict[str, set[View]] = {}
        for name, view in self._met:
            found.setdefault(name, set()).add(view)
        return found

    def distinct(self, name: str) -> list[View]:
        """The sides of the type called `name` that have a component each, in order."""
        type_ = self.contract.types[name]
        views = [v for v in ORDER if v in self.views(name)]
        if isinstance(type_, EnumType):
            return [View.OUTPUT]
        if self.whole(name):
            return views[:1] or [View.OUTPUT]
        return [v for v in views if self._first(type_, v) is v] or [View.OUTPUT]

    def in_place(self, name: str) -> bool:
        """Whether the type called `name` is written where it is mentioned, and is no component."""
        type_ = self.contract.types[name]
        return not isinstance(type_, AliasType) and type_.inline and name not in self._needed

    @cached_property
    def _needed(self) -> frozenset[str]:
        """Types in place that need a name all the same: a discriminator names them, or they lead into themselves."""
        types = self.contract.types
        mapped = {n for t in types.values() for inner in inner_types(t) for n in _mapped(inner)}
        mapped |= {n for o in self.contract.operations for inner in mentioned(o) for n in _mapped(inner)}
        inline = {n for n, t in types.items() if not isinstance(t, AliasType) and t.inline} - mapped
        inner = {n: {r for t in inner_types(types[n]) for r in references(t)} & inline for n in inline}
        left = set(inline)
        while ends := {n for n in left if not inner[n] & left}:
            left -= ends
        return frozenset(left | mapped)

    def name(self, type_: str, view: View) -> str:
        """The component name of one side of the type called `type_`."""
        return self._names[type_, view]

    @cached_property
    def _names(self) -> dict[Side, str]:
        return {
            (name, view): self._side_name(type_, view)
            for name, type_ in self.contract.types.items()
            if not self.in_place(name)
            for view in View
        }

    def _side_name(self, type_: NamedType, view: View) -> str:
        plain = type_.component or type_.name
        if isinstance(type_, EnumType) or self.whole(type_.name):
            return plain
        first = self._first(type_, view)
        name = plain if self.distinct(type_.name) == [first] else plain + SUFFIX[first]
        while name != plain and name in self.plain_names:
            name += "Body"
        return name

    @cached_property
    def plain_names(self) -> frozenset[str]:
        """The component names that the types themselves have."""
        return frozenset(t.component or n for n, t in self.contract.types.items() if not self.in_place(n))

    def taken(self, name: str) -> bool:
        """Whether a component of some side is called `name`."""
        return name in self.plain_names or name in self._names.values()

    def _first(self, type_: NamedType, view: View) -> View:
        """The first side that operations meet and that is the same as `view`."""
        met = (v for v in ORDER if v in self.views(type_.name))
        return next((v for v in met if v is view or self._same(type_, v, view)), view)

    def _same(self, type_: NamedType, one: View, other: View) -> bool:
        targets = [type_] if isinstance(type_, ObjectType) else _objects_below(self.contract, type_)
        return all(same_side(self.contract, t, one, other) for t in targets)


def _objects_below(contract: Contract, type_: NamedType) -> Iterable[ObjectType]:
    return objects_in(contract, type_.type) if isinstance(type_, AliasType) else ()


def _splits(type_: NamedType) -> bool:
    """Whether a field may be left out of requests, or has more forms there, and not in answers: no mark says so."""
    return isinstance(type_, ObjectType) and any(
        f.accepts or (f.required and f.default is not MISSING) for f in type_.fields
    )


def field_view(field: Field, view: View) -> View:
    """The side of a field's type in an object that is written whole: what is only shown is shown."""
    return View.OUTPUT if field.read_only else View.INPUT if field.write_only else view


def inner_types(type_: NamedType) -> Iterator[Type]:
    """The types that a named type states: of its fields, of what it does not know, of what it stands for."""
    match type_:
        case ObjectType():
            yield from (f.type for f in type_.fields)
            if type_.rest is not None:
                yield type_.rest
        case AliasType():
            yield type_.type
        case EnumType():
            return


def _mapped(type_: Type) -> Iterator[str]:
    """The names that discriminators in `type_` map values to."""
    match type_:
        case ListOf(items=inner) | MapOf(values=inner):
            yield from _mapped(inner)
        case UnionOf(variants, discriminator):
            yield from (name for _, name in (discriminator.mapping if discriminator else ()))
            for variant in variants:
                yield from _mapped(variant)
        case _:
            return


def met_sides(contract: Contract) -> set[Side]:
    """Every side of a named type that some operation shows or reads, and what is shown of any other."""
    seen: set[Side] = set()
    for operation in contract.operations:
        _meet(contract, carried(operation), seen)
    lone = [name for name in contract.types if not any((name, view) in seen for view in View)]
    _meet(contract, ((name, View.OUTPUT) for name in lone), seen)
    return seen


def carried(operation: Operation) -> Iterator[Side]:
    """The named types that an operation mentions, each with the side of it that is meant."""
    yield from _sides((p.type for p in operation.parameters), View.INPUT)
    if operation.body is not None:
        yield from _sides((f.type for f in operation.body.forms), operation.body.view)
    for response in operation.responses:
        yield from _sides((f.type for f in response.forms), View.OUTPUT)
        yield from _sides((h.type for h in response.headers), View.OUTPUT)


def _sides(types: Iterable[Type | None], view: View) -> Iterator[Side]:
    for type_ in types:
        if type_ is not None:
            yield from ((name, view) for name in references(type_))


def _meet(contract: Contract, sides: Iterable[Side], seen: set[Side]) -> None:
    waiting = list(sides)
    while waiting:
        name, view = waiting.pop()
        type_ = contract.types.get(name)
        if type_ is None or (name, view) in seen:
            continue
        seen.add((name, view))
        match type_:
            case ObjectType():
                for f in view_fields(type_, view, contract.version):
                    waiting += _sides([f.type], side_within(contract, f))
                for one in type_.fields if view in FREE else ():
                    waiting += _sides([one.type], field_view(one, view))
                waiting += _sides([type_.rest], rest_view(view))
            case AliasType():
                waiting += _sides([type_.type], view)
            case EnumType():
                pass
