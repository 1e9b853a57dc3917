"""What a module of `types/` mentions, and how it is named there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..contract.contract import Contract
from ..contract.message import View
from ..contract.named_types import EnumType
from ..contract.types import Type, UnionOf
from ..convert.conversions import (
    Mapped,
)
from ..convert.refused_values import refused
from .converters import Choosing, Converter, Converters, Joining
from .python import annotated, literal_of, plain, snake, text, wire
from .shapes import Shape


@dataclass
class Names:
    """What a module of `types/` mentions, and how: everything of another module by that module's name."""

    converters: Converters
    module: str
    imports: set[str] = field(default_factory=set)
    checks: dict[str, str] = field(default_factory=dict)
    """The constants that check single values beside their shapes: the type of each, by name."""
    called: set[Converter | Choosing | Joining] = field(default_factory=set)

    def shape(self, shape: Shape) -> str:
        """The name of a shape."""
        return self._qualified(shape.module, shape.name)

    def constant(self, shape: Shape) -> str:
        """The name of a shape's reader and writer."""
        return self._qualified(shape.module, constant_of(shape))

    def wire(
        self, contract: Contract, type_: Type, view: View, extra: tuple[str, ...] = (), *, whole: bool = False
    ) -> str:
        """The annotation that reads and shows a type of `contract` on the wire.

        `extra` are more validators: of single values, or of the `whole`.
        """
        union = self._union(contract, view)

        def named(name: str) -> str:
            return self._taken(contract, name, view)

        return annotated(wire(type_, named, (), union), extra) if whole else wire(type_, named, extra, union)

    def promised(
        self, contract: Contract, type_: Type, view: View, extra: tuple[str, ...] = (), *, whole: bool = False
    ) -> str:
        """The annotation of what documents say of a value, whatever is taken of it by now; `extra` as in `wire`."""
        union = self._union(contract, view)

        def named(name: str) -> str:
            return self.shape(self.converters.shapes.named(contract, name, view))

        return annotated(wire(type_, named, (), union), extra) if whole else wire(type_, named, extra, union)

    def plain(self, contract: Contract, type_: Type, view: View) -> str:
        """The Python type of a value of `contract` once it is read from the wire."""
        shapes = self.converters.shapes
        return plain(type_, lambda name: self.shape(shapes.named(contract, name, view)), self._union(contract, view))

    def held(self, type_: Type) -> str:
        """The Python type of a value as records hold it; `type_` is by identity."""
        return plain(type_, self.record)

    def _taken(self, contract: Contract, name: str, view: View) -> str:
        """The annotation of a named type: of an enum without the values that clients may not send any more."""
        shape = self.shape(self.converters.shapes.named(contract, name, view))
        enum = contract.types[name]
        new = view in (View.CREATE, View.INPUT)  # who replaces what is there may leave it as it is shown
        gone = refused(self.converters.history, contract.version, enum) if new else ()
        if not gone or not isinstance(enum, EnumType):
            return shape
        left = tuple(v for v in enum.values if v.value not in gone)
        held = ", ".join(f"({text(v.value)}, {text(v.opt_in.header)})" for v in left if v.opt_in is not None)
        asked = f"Withheld(({held},)), " if held else ""
        return f"Annotated[{literal_of(tuple(v.value for v in left))}, {asked}Promised({shape})]"

    def _union(self, contract: Contract, view: View) -> Callable[[UnionOf], str]:
        return lambda union: self.shape(self.converters.shapes.union(contract, union, view))

    def check(self, wanted: str, type_: str) -> str:
        """The name of a constant that reads values of `type_`, like `wanted`."""
        name = wanted
        while self.checks.setdefault(name, type_) != type_:
            name += "_"
        return name

    def converter(self, converter: Converter | Choosing) -> str:
        """The name of a converter."""
        self.called.add(converter)
        return self._qualified(converter.module, converter.name)

    def joining(self, joining: Joining, function: str) -> str:
        """The name of one of the functions of a group."""
        self.called.add(joining)
        return self._qualified(joining.module, function)

    def enum_map(self, mapped: Mapped, way: str) -> str:
        """The name of an enum's table, `way` being UP or DOWN."""
        shape = self.converters.shapes.enums[mapped.version, mapped.enum]
        return self._qualified(shape.module, enum_table(shape, mapped, way))

    def record(self, identity: str) -> str:
        """The name of a record class or of the values of an enum."""
        return f"records.{self.converters.records.name(identity)}"

    def _qualified(self, module: str, name: str) -> str:
        if module == self.module:
            return name
        self.imports.add(module)
        return f"{module}_shapes.{name}"


def constant_of(shape: Shape) -> str:
    """The name of a shape's reader and writer in its own module: `USER_V1`; `ACHV1_SHAPE` of a class `ACHV1`."""
    name = snake(shape.name).upper()
    return f"{name}_SHAPE" if name == shape.name else name


def enum_table(shape: Shape, mapped: Mapped, way: str) -> str:
    """The constant that maps the values of an enum's shape to the record's, or back."""
    return f"{snake(shape.name).upper()}_{way}"
