"""The components of a document: every side of every type that has a name, and the pages of resources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..contract.contract import Contract
from ..contract.message import View
from ..contract.operation import Operation
from ..contract.types import ListOf, Ref, references
from .scalars import Schema
from .schemas import Schemas, envelope_schema
from .sides import Sides


@dataclass(frozen=True)
class Components:
    """The names of a contract's components and their schemas."""

    contract: Contract

    @cached_property
    def sides(self) -> Sides:
        """Which sides of types have a component."""
        return Sides(self.contract)

    @cached_property
    def types(self) -> Schemas:
        """The schemas of types that refer to these components."""
        return Schemas(self.contract, self.sides)

    def name(self, type_: str, view: View) -> str:
        """The component name of one side of the type called `type_`."""
        return self.sides.name(type_, view)

    def page_name(self, type_: str) -> str:
        """The component name of a page of the type called `type_`."""
        name = f"{type_}Page"
        while self.sides.taken(name):
            name += "Body"
        return name

    def schemas(self) -> dict[str, Schema]:
        """Every component by name: types in order of declaration, each with its sides and its page."""
        pages = {name for o in self.contract.operations for name in _paged(o)}
        made: dict[str, Schema] = {}
        for type_ in self.contract.types.values():
            if self.sides.in_place(type_.name):
                continue
            for view in self.sides.distinct(type_.name):
                made[self.name(type_.name, view)] = self.types.named(type_, view)
            if type_.name in pages and self.contract.envelope.template is not None:
                items = self.types.schema(ListOf(Ref(type_.name)), View.OUTPUT)
                made[self.page_name(type_.name)] = envelope_schema(self.contract.envelope.template, items)
        return made


def _paged(operation: Operation) -> Iterator[str]:
    for response in operation.responses:
        if response.page and isinstance(response.type, ListOf) and isinstance(response.type.items, Ref):
            yield from references(response.type)
