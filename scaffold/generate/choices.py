"""Finds every place at which a value is of one of several types, and the functions that this takes."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field

from ..contract.contract import Contract
from ..contract.message import View
from ..contract.naming import safe_name
from ..contract.places import body_place, messages
from ..contract.reach import Direction
from ..contract.types import ListOf, MapOf, Ref, Type, UnionOf
from ..contract.views import objects_in
from ..convert.conversions import Boxed, Chosen, Conversion, Each, Unboxed
from ..convert.innermost import directions_of
from ..convert.nodes import SideMap
from ..convert.values import conversion
from .converters import PREFIX, Choosing, Converters, Mode
from .python import snake, version_suffix
from .same_text import said
from .sides import Side

CHOOSING: dict[View, tuple[Mode, ...]] = {
    View.OUTPUT: (Mode.SHOW,),
    View.INPUT: (Mode.CREATE,),
    View.CREATE: (Mode.CREATE,),
    View.REPLACE: (Mode.CREATE, Mode.REPLACE),
    View.UPDATE: (Mode.CREATE,),
}
"""The functions that each side of a value of one of several types needs."""


@dataclass
class Choices:
    """Finds every place at which a value is of one of several types, and the functions that this takes."""

    result: Converters
    names: set[tuple[str, str]]
    classed: Mapping[Side, int]
    made: dict[Hashable, Choosing] = field(default_factory=dict)

    def find(self, mapped: Mapping[Side, SideMap]) -> None:
        """Look through the sides that are converted, and then through what operations carry."""
        modules = self.result.shapes.modules
        for side, mapping in mapped.items():
            contract = self.result.contracts[side.version]
            for leaf in mapping.leaves():
                owner, f = contract.types_by_identity[side.type].name, leaf.field
                base, title = f"{snake(owner)}_{safe_name(f.name)}".lower(), f"{owner}.{f.name}"
                view: View = View.REPLACE if f.nested is View.UPDATE else f.nested
                self._add(contract, f.type, view, leaf.conversion, modules[side.type], base, title)
        for contract in self.result.history.contracts:
            for type_, view, crossing, base, title in self._carried(contract):
                self.result.carried.setdefault(contract.version, []).append((type_, view, crossing))
                self._add(contract, type_, view, crossing, self.result.shapes.messages, base, title)

    def _carried(self, contract: Contract) -> Iterator[tuple[Type, View, Conversion, str, str]]:
        for operation in contract.operations:
            if (contract.version, operation.identity) in self.result.undecided:
                continue
            base = safe_name(operation.id).lower()
            sent = [
                (p.identity, p.type, View.INPUT, safe_name(p.name).lower())
                for p in operation.parameters
                if not p.fields
            ]
            for place, type_ in messages(operation):
                if operation.body is not None and place.startswith(body_place(operation)):
                    sent.append((place, type_, operation.body.view, "body"))
                else:
                    sent.append((place, type_, View.OUTPUT, "header" if " header " in place else "answer"))
            for place, type_, view, word in sent:
                way = Direction.RESPONSE if view is View.OUTPUT else Direction.REQUEST
                found = conversion(self.result.history, contract.version, place, type_, contract, way)
                yield type_, view, found, f"{base}_{word}", f"{word} of {operation.address}"

    def _add(
        self, contract: Contract, type_: Type, view: View, crossing: Conversion, module: str, base: str, title: str
    ) -> None:
        while isinstance(crossing, Each | Boxed | Unboxed):
            type_ = _held(contract, type_, crossing)
            crossing = crossing.inner
        if not isinstance(crossing, Chosen):
            return
        needed = Direction.RESPONSE if view is View.OUTPUT else Direction.REQUEST
        known = (contract.version, said(crossing), view)
        if known in self.result.choosing or needed not in directions_of(crossing):
            return
        for mode in CHOOSING[view]:
            held = self.result.replacing if mode is Mode.REPLACE else self.result.choosing
            held[known] = self._function(contract, type_, view, crossing, module, base, title, mode)
        for variant, way in zip(crossing.here, crossing.up, strict=True):
            if way is not None:
                self._add(contract, variant, view, way.conversion, module, f"{base}_part", title)

    def _function(
        self,
        contract: Contract,
        type_: Type,
        view: View,
        crossing: Chosen,
        module: str,
        base: str,
        title: str,
        mode: Mode,
    ) -> Choosing:
        """One function, which other versions may have already."""
        shapes = self.result.shapes
        shape = shapes.union(contract, type_, view) if isinstance(type_, UnionOf) and crossing.wraps else None
        held = tuple(self.classed.get(Side(contract.version, t.identity, view)) for t in objects_in(contract, type_))
        key = (id(shape), said(crossing), held, mode, view)
        if key not in self.made:
            name = f"{PREFIX[mode]}{base}_{version_suffix(contract.version).lower()}"
            while (module, name) in self.names:
                name += "_"
            self.names.add((module, name))
            self.made[key] = Choosing(name, module, mode, contract.version, view, crossing, shape, title)
            self.result.all_choosing.append(self.made[key])
        return self.made[key]


def _held(contract: Contract, type_: Type, crossing: Each | Boxed | Unboxed) -> Type:
    """The type of what is inside a list, a map, or an object that holds one value only."""
    if isinstance(crossing, Boxed) and isinstance(type_, Ref):
        found = contract.object(type_.name)
        field = None if found is None else found.field(crossing.name)
        return type_ if field is None else field.type
    if isinstance(crossing, Each) and isinstance(type_, ListOf | MapOf):
        return type_.items if isinstance(type_, ListOf) else type_.values
    return type_
