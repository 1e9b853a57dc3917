"""What objects that are kept word for word have where their client left something out, and are without for their other
names: how a value that is one of several types is made like another before the two are compared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..contract.message import View
from ..contract.named_types import ObjectType
from ..contract.names import other_names
from ..contract.types import MISSING, ListOf, MapOf, Ref, Type, UnionOf
from ..contract.views import settled_fields, side_within
from ..convert.conversions import wrapped
from .expressions import Crossing
from .python import text
from .variants import shape_variants


def filler(cross: Crossing, type_: Type, view: View) -> str | None:
    """The function that puts defaults and other names into what was sent of `type_` from side `view`; None where there
    are none.
    """
    return _Through(cross, _filled).of(type_, view)


def completer(cross: Crossing, type_: Type) -> str | None:
    """The function that puts into JSON of `type_` the defaults and names that a release added since it was kept; None
    where there are none.
    """
    return _Through(cross, _filled, json=True).of(type_, View.OUTPUT)


def settler(cross: Crossing, type_: Type) -> str | None:
    """The function that takes the other names out of what is shown of `type_`, as requests have it; None where there
    are none.
    """
    return _Through(cross, _settled).of(type_, View.OUTPUT)


@dataclass(frozen=True)
class _Through:
    """Makes the function that does the same to every object in a value.

    `around` are the objects that one is in: one that is inside of itself is gone through as far as it is written out
    once. `json`: of values of several types it is not known which they are.
    """

    cross: Crossing
    of_object: Callable[[_Through, ObjectType, View], str | None]
    around: tuple[str, ...] = ()
    json: bool = False

    def of(self, type_: Type, view: View) -> str | None:
        match type_:
            case ListOf(items=inner):
                way = self.of(inner, view)
                return None if way is None else f"lambda held: [({way})(item) for item in held]"
            case MapOf(values=inner):
                way = self.of(inner, view)
                return None if way is None else f"lambda held: {{key: ({way})(item) for key, item in held.items()}}"
            case UnionOf(variants) if not wrapped(variants):
                way = next((w for v in variants if (w := self.of(v, view)) is not None), None)
                return None if way is None else f"lambda held: None if held is None else ({way})(held)"
            case UnionOf():
                return self._of_several(type_, view)
            case Ref(name) if (found := self.cross.contract.object(name)) is not None and name not in self.around:
                return self.of_object(replace(self, around=(*self.around, name)), found, view)
            case _:
                return None

    def _of_several(self, union: UnionOf, view: View) -> str | None:
        names = self.cross.names
        shape = names.converters.shapes.union(self.cross.contract, union, view)
        ways = [
            f"{text(tag)}: {way}"
            for tag, variant in zip(shape_variants(shape), union.variants, strict=True)
            if (way := self.of(variant, view)) is not None
        ]
        if not ways:
            return None
        made = f"completed_variant({names.constant(shape)}, held" if self.json else "filled_variant(held"
        return f"lambda held: {made}, {{{', '.join(ways)}}})"

    def inside(self, type_: ObjectType, view: View) -> str:
        """The argument that leads into the fields of an object that hold objects; nothing where none does."""
        contract = self.cross.contract
        ways = [
            f"{text(f.name)}: {way}"
            for f in settled_fields(type_, view, contract.version)
            if (way := self.of(f.type, side_within(contract, f))) is not None
        ]
        return f", {{{', '.join(ways)}}}" if ways else ""


def _filled(through: _Through, type_: ObjectType, view: View) -> str | None:
    cross = through.cross
    fields = settled_fields(type_, view, cross.contract.version)
    stated = [(f, f.field.default if through.json else f.default) for f in fields]
    literals = [f"{text(f.name)}: {cross.literal(v, f.type, f.nested)}" for f, v in stated if v is not MISSING]
    defaults = ", ".join(literals)
    inside = through.inside(type_, view)
    others = [o for o in other_names(cross.contract, type_) if not o.field.write_only]
    names = ", ".join(f"{text(o.field.name)}: ({''.join(f'{text(f.name)}, ' for f in o.path)})" for o in others)
    if names:
        inside = f"{inside or ', {}'}, {{{names}}}"
    function = "completed" if through.json and names else "filled"
    return f"lambda held: {function}(held, {{{defaults}}}{inside})" if defaults or inside else None


def _settled(through: _Through, type_: ObjectType, view: View) -> str | None:
    names = [text(o.field.name) for o in other_names(through.cross.contract, type_)]
    inside = through.inside(type_, view)
    return f"lambda held: without(held, ({''.join(f'{n}, ' for n in names)}){inside})" if names or inside else None
