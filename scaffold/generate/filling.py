"""What objects that are kept word for word have where their client left something out, and are without for their other
names: how a value that is one of several types is made like another before the two are compared.
"""

from __future__ import annotations

from collections.abc import Callable

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
    return _through(cross, type_, view, _filled, ())


def settler(cross: Crossing, type_: Type) -> str | None:
    """The function that takes the other names out of what is shown of `type_`, as requests have it; None where there
    are none.
    """
    return _through(cross, type_, View.OUTPUT, _settled, ())


Around = tuple[str, ...]
"""The objects that one is in: one that is inside of itself is gone through as far as it is written out once."""


def _through(
    cross: Crossing,
    type_: Type,
    view: View,
    of_object: Callable[[Crossing, ObjectType, View, Around], str | None],
    around: Around,
) -> str | None:
    match type_:
        case ListOf(items=inner):
            way = _through(cross, inner, view, of_object, around)
            return None if way is None else f"lambda held: [({way})(item) for item in held]"
        case MapOf(values=inner):
            way = _through(cross, inner, view, of_object, around)
            return None if way is None else f"lambda held: {{key: ({way})(item) for key, item in held.items()}}"
        case UnionOf(variants) if not wrapped(variants):
            way = next((w for v in variants if (w := _through(cross, v, view, of_object, around)) is not None), None)
            return None if way is None else f"lambda held: None if held is None else ({way})(held)"
        case UnionOf(variants):
            shape = cross.names.converters.shapes.union(cross.contract, type_, view)
            ways = [
                f"{text(tag)}: {way}"
                for tag, variant in zip(shape_variants(shape), variants, strict=True)
                if (way := _through(cross, variant, view, of_object, around)) is not None
            ]
            return f"lambda held: filled_variant(held, {{{', '.join(ways)}}})" if ways else None
        case Ref(name) if (found := cross.contract.object(name)) is not None and name not in around:
            return of_object(cross, found, view, (*around, name))
        case _:
            return None


def _filled(cross: Crossing, type_: ObjectType, view: View, around: Around) -> str | None:
    fields = settled_fields(type_, view, cross.contract.version)
    defaults = [
        f"{text(f.name)}: {cross.literal(f.default, f.type, f.nested)}" for f in fields if f.default is not MISSING
    ]
    inside = _inside(cross, type_, view, _filled, around)
    others = [o for o in other_names(cross.contract, type_) if not o.field.write_only]
    names = [f"{text(o.field.name)}: ({''.join(f'{text(f.name)}, ' for f in o.path)})" for o in others]
    if names:
        inside = f"{inside or ', {}'}, {{{', '.join(names)}}}"
    return f"lambda held: filled(held, {{{', '.join(defaults)}}}{inside})" if defaults or inside else None


def _settled(cross: Crossing, type_: ObjectType, view: View, around: Around) -> str | None:
    names = [text(o.field.name) for o in other_names(cross.contract, type_)]
    inside = _inside(cross, type_, view, _settled, around)
    return f"lambda held: without(held, ({''.join(f'{n}, ' for n in names)}){inside})" if names or inside else None


def _inside(
    cross: Crossing,
    type_: ObjectType,
    view: View,
    of_object: Callable[[Crossing, ObjectType, View, Around], str | None],
    around: Around,
) -> str:
    """The argument that leads into the fields of an object that hold objects; nothing where none does."""
    ways = [
        f"{text(f.name)}: {way}"
        for f in settled_fields(type_, view, cross.contract.version)
        if (way := _through(cross, f.type, side_within(cross.contract, f), of_object, around)) is not None
    ]
    return f", {{{', '.join(ways)}}}" if ways else ""
