"""What objects that are kept word for word have where their client left something out: the default of its version."""

from __future__ import annotations

from ..contract.message import View
from ..contract.named_types import ObjectType
from ..contract.types import MISSING, ListOf, MapOf, Ref, Type, UnionOf
from ..contract.views import settled_fields, side_within
from .expressions import Crossing
from .python import text
from .variants import shape_variants


def filler(cross: Crossing, type_: Type, view: View, around: tuple[str, ...] = ()) -> str | None:
    """The function that puts defaults into what was sent of `type_` from side `view`; None where there are none.

    `around` are the objects that it is in: one that is inside of itself is filled as far as it is written out once.
    """
    match type_:
        case ListOf(items=inner):
            way = filler(cross, inner, view, around)
            return None if way is None else f"lambda held: [({way})(item) for item in held]"
        case MapOf(values=inner):
            way = filler(cross, inner, view, around)
            return None if way is None else f"lambda held: {{key: ({way})(item) for key, item in held.items()}}"
        case UnionOf():
            return _of_several(cross, type_, view, around)
        case Ref(name) if (found := cross.contract.object(name)) is not None and name not in around:
            return _of_object(cross, found, view, (*around, name))
        case _:
            return None


def _of_object(cross: Crossing, type_: ObjectType, view: View, around: tuple[str, ...]) -> str | None:
    defaults, inside = [], []
    for f in settled_fields(type_, view, cross.contract.version):
        if f.default is not MISSING:
            defaults.append(f"{text(f.name)}: {cross.literal(f.default, f.type, f.nested)}")
        way = filler(cross, f.type, side_within(cross.contract, f), around)
        if way is not None:
            inside.append(f"{text(f.name)}: {way}")
    if not defaults and not inside:
        return None
    more = f", {{{', '.join(inside)}}}" if inside else ""
    return f"lambda held: filled(held, {{{', '.join(defaults)}}}{more})"


def _of_several(cross: Crossing, union: UnionOf, view: View, around: tuple[str, ...]) -> str | None:
    shape = cross.names.converters.shapes.union(cross.contract, union, view)
    ways = [
        f"{text(tag)}: {way}"
        for tag, variant in zip(shape_variants(shape), union.variants, strict=True)
        if (way := filler(cross, variant, view, around)) is not None
    ]
    return f"lambda held: filled_variant(held, {{{', '.join(ways)}}})" if ways else None
