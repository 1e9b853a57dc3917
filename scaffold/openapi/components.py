"""The components of a document: every side of every type that the contract has, under one name each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..contract.contract import Contract, Operation, View
from ..contract.types import ListOf, ObjectType, Ref, references
from ..contract.views import SUFFIX, objects_in, same_side, view_fields
from .schemas import Schema, enum_schema, envelope_schema, object_schema, schema

ORDER = (View.OUTPUT, View.CREATE, View.REPLACE, View.UPDATE, View.INPUT)
"""Of sides that are the same the first gives the name."""


@dataclass(frozen=True)
class Components:
    """The names of a contract's components and their schemas.

    What is shown of a type has the type's plain name, and every other side that differs a name of its own. A type
    that is only sent, on one side, has its plain name too. A name that a type of the contract has already gets
    `Body` behind it.
    """

    contract: Contract

    @cached_property
    def _met(self) -> set[tuple[str, View]]:
        return met_sides(self.contract)

    @cached_property
    def _sides(self) -> dict[str, list[View]]:
        """The distinct sides of each object type that operations meet; one nobody meets has what is shown."""
        return {
            t.name: [v for v in ORDER if (t.name, v) in self._met and self._first(t, v) is v] or [View.OUTPUT]
            for t in self.contract.types.values()
            if isinstance(t, ObjectType)
        }

    @cached_property
    def _names(self) -> dict[tuple[str, View], str]:
        return {
            (type_.name, view): self._side_name(type_, view) if isinstance(type_, ObjectType) else type_.name
            for type_ in self.contract.types.values()
            for view in View
        }

    def _first(self, type_: ObjectType, view: View) -> View:
        """The first side that operations meet and that is the same as `view`."""
        met = (v for v in ORDER if (type_.name, v) in self._met)
        return next((v for v in met if v is view or same_side(self.contract, type_, v, view)), view)

    def _side_name(self, type_: ObjectType, view: View) -> str:
        first = self._first(type_, view)
        name = type_.name if self._sides[type_.name] == [first] else type_.name + SUFFIX[first]
        while name != type_.name and name in self.contract.types:
            name += "Body"
        return name

    def name(self, type_: str, view: View) -> str:
        """The component name of one side of the type called `type_`."""
        return self._names[type_, view]

    def page_name(self, type_: str) -> str:
        """The component name of a page of the type called `type_`."""
        name = f"{type_}Page"
        while name in self.contract.types or name in self._names.values():
            name += "Body"
        return name

    def schemas(self) -> dict[str, Schema]:
        """Every component by name: types in order of declaration, each with its sides and its page."""
        pages = {name for o in self.contract.operations for name in _paged(o)}
        made: dict[str, Schema] = {}
        for type_ in self.contract.types.values():
            if not isinstance(type_, ObjectType):
                made[type_.name] = enum_schema(type_)
                continue
            for view in self._sides[type_.name]:
                name = self.name(type_.name, view)
                made[name] = object_schema(type_, view, self.name, self.contract.version)
            if type_.name in pages and self.contract.envelope.template is not None:
                items = schema(ListOf(Ref(type_.name)), View.OUTPUT, self.name)
                made[self.page_name(type_.name)] = envelope_schema(self.contract.envelope.template, items)
        return made


def _paged(operation: Operation) -> Iterator[str]:
    for response in operation.responses:
        if response.page and isinstance(response.type, ListOf) and isinstance(response.type.items, Ref):
            yield from references(response.type)


def met_sides(contract: Contract) -> set[tuple[str, View]]:
    """Every side of an object type, by the type's name, that some operation shows or reads."""
    seen: set[tuple[str, View]] = set()
    open_: list[tuple[ObjectType, View]] = []
    for operation in contract.operations:
        if operation.body is not None:
            open_ += [(t, operation.body.view) for t in objects_in(contract, operation.body.type)]
        for response in operation.responses:
            if response.type is not None:
                open_ += [(t, View.OUTPUT) for t in objects_in(contract, response.type)]
    while open_:
        type_, view = open_.pop()
        if (type_.name, view) not in seen:
            seen.add((type_.name, view))
            for f in view_fields(type_, view, contract.version):
                open_ += [(t, f.nested) for t in objects_in(contract, f.type)]
    return seen
