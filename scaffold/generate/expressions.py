"""Expressions of generated converters: a value's way up and down."""

from __future__ import annotations

from dataclasses import dataclass

from ..contract.contract import Contract
from ..contract.fitting import fitting_variant
from ..contract.message import View
from ..contract.named_types import ObjectType
from ..contract.types import MISSING, Json, ListOf, MapOf, Ref, Type, UnionOf
from ..contract.views import settled_fields
from ..convert.conversions import (
    Boxed,
    Chosen,
    Coded,
    Conversion,
    Each,
    Listed,
    Mapped,
    Nested,
    Picked,
    Same,
    Then,
    Unboxed,
    Way,
    wrapped,
)
from ..convert.innermost import innermost
from ..convert.key_order import key_order
from ..convert.nodes import Leaf
from .coding import decoded, each_item, encoded, ends_in_null, nested_each
from .converters import Converter, Mode
from .mentions import Names
from .python import NULL, text, value_of
from .record_values import RecordValues
from .same_text import said
from .sides import Side
from .variants import shape_variants


@dataclass
class Crossing:
    """Makes the expressions by which values cross, for one version's contract."""

    names: Names
    contract: Contract

    def guarded(self, conversion: Conversion) -> bool:
        """Whether objects in a value may be refused though their shapes let them pass: then errors name their place."""
        inner = innermost(conversion)
        inner = inner.inner if isinstance(inner, Listed | Picked) else inner
        return isinstance(inner, Nested) and inner.record in self.names.converters.guarded

    def down(self, conversion: Conversion, value: str) -> str:
        """`value` of the record as the version is shown it."""
        match conversion:
            case Chosen(record=(_,)):
                return self.shown_as(conversion, conversion.down[0], value)
            case Chosen():
                return f"{self.choosing(conversion, View.OUTPUT)}({value})"
            case Same():
                return value
            case Coded():
                return decoded(conversion, value, ())
            case Mapped():
                return f"{self.names.enum_map(conversion, 'DOWN')}[{value}]"
            case Nested(record):
                return f"{self._function(record, View.OUTPUT, Mode.SHOW)}({value})"
            case Then(first, rest):
                shown = decoded(rest, value, ())
                if not ends_in_null(rest):
                    return self.down(first, shown)
                return f"coding.unless_null({self.names.enum_map(first, 'DOWN')}.__getitem__, {shown})"
            case Boxed(name, inner):
                return f"{{{text(name)}: {self.down(inner, value)}}}"
            case Listed(inner, last, fails, unshown):
                made = self.down(inner, f"{value}[{-1 if last else 0}]")
                return f"({made} if {value} else {self.literal(unshown, self._of(inner))})" if fails else made
            case Picked(inner):
                return f"[{self.down(inner, value)}]"
            case Unboxed(record, held, inner):
                return self.down(inner, f"{value}.{self._attr(record, held)}")
            case Each(inner, mapping):
                levels = [mapping]
                while isinstance(inner, Each):
                    levels, inner = [*levels, inner.mapping], inner.inner
                if isinstance(inner, Coded):
                    return decoded(inner, value, tuple(levels))
                if isinstance(inner, Then):
                    shown = decoded(inner.rest, value, tuple(levels))
                    table = f"{self.names.enum_map(inner.first, 'DOWN')}.__getitem__"
                    if not ends_in_null(inner.rest):
                        return nested_each(shown, tuple(levels), table)
                    each = f"lambda value: {nested_each('value', tuple(levels), table)}"
                    return f"coding.unless_null({each}, {shown})"
                return each_item(value, mapping, lambda v: self.down(conversion.inner, v))

    def shown_as(self, chosen: Chosen, way: Way | None, value: str) -> str:
        """`value`, which is of the record's variant that goes this `way`, as the version is shown it."""
        assert way is not None  # else nothing is made of it
        type_ = chosen.here[way.to]
        made = self.down(way.conversion, value) if way.stated is MISSING else self.literal(way.stated, type_)
        return self.wrapped(chosen, way.to, made)

    def wrapped(self, chosen: Chosen, variant: int, value: str) -> str:
        """`value` of one variant as it stands on the wire."""
        if chosen.here[variant] == NULL:
            return "None"
        if not chosen.wraps or chosen.union is None:
            return value
        return self._as_variant(chosen.union, View.OUTPUT, variant, value)

    def _as_variant(self, union: UnionOf, view: View, variant: int, value: str) -> str:
        shape = self.names.converters.shapes.union(self.contract, union, view)
        return f"{self.names.shape(shape)}({shape_variants(shape)[variant]}={value})"

    def choosing(self, chosen: Chosen, view: View) -> str:
        """The function that carries a value of one of several types."""
        return self.names.converter(self.names.converters.choosing[self.contract.version, said(chosen), view])

    def replacing(self, chosen: Chosen) -> str:
        """The function that writes a value of one of several types over one that is there."""
        return self.names.converter(self.names.converters.replacing[self.contract.version, said(chosen), View.REPLACE])

    def seen_alike(self, chosen: Chosen, record: str, sent: str) -> str | None:
        """The condition that what was `sent` is what the version is shown of `record`; None if it is shown nothing."""
        show = self.names.converters.choosing.get((self.contract.version, said(chosen), View.OUTPUT))
        if show is None and len(chosen.record) > 1:
            return None
        shown = self.down(chosen, record)
        if chosen.union is None or not chosen.wraps:
            return f"{shown} == {sent}"
        shapes = self.names.converters.shapes
        ways = [shapes.union(self.contract, chosen.union, view) for view in (View.OUTPUT, View.REPLACE)]
        if ways[0] is ways[1]:
            return f"{shown} == {sent}"
        rows = []
        for name, variant in zip(shape_variants(ways[1]), chosen.here, strict=True):
            held = self.contract.object(variant.name) if isinstance(variant, Ref) else None
            if held is not None:
                written = [text(f.name) for f in settled_fields(held, View.REPLACE, self.contract.version)]
                rows.append(f"{text(name)}: ({', '.join(written)}{',' if len(written) == 1 else ''})")
        return f"same_variant({shown}, {sent}, {{{', '.join(rows)}}})"

    def up(self, conversion: Conversion, value: str, view: View) -> str:
        """`value` as the version sent it, as the record has it; objects are made anew from side `view`."""
        match conversion:
            case Chosen(here=(_,)):
                return self.kept_as(conversion, conversion.up[0], value, view)
            case Chosen():
                return f"{self.choosing(conversion, view)}({value}, now)"
            case Same():
                return value
            case Coded():
                return encoded(conversion, value, ())
            case Mapped():
                return f"{self.names.enum_map(conversion, 'UP')}[{value}]"
            case Nested(record):
                return f"{self._function(record, view, Mode.CREATE)}({value}, now)"
            case Then(first, rest):
                return encoded(rest, self.up(first, value, view), ())
            case Boxed(name, inner):
                return self.up(inner, f"{value}[{text(name)}]", view)
            case Listed(inner):
                return f"[{self.up(inner, value, view)}]"
            case Picked(inner):
                return self.picked(conversion, value, self.up(inner, f"{value}[{conversion.place}]", view))
            case Unboxed(record, held, inner):
                made = self.up(inner, value, view)
                return f"{self.names.record(record)}({self._attr(record, held)}={made})"
            case Each(inner, mapping):
                if isinstance(inner, Nested) and self.guarded(inner):
                    return _each_inside(value, mapping, self._function(inner.record, view, Mode.CREATE))
                levels = [mapping]
                while isinstance(inner, Each):
                    levels, inner = [*levels, inner.mapping], inner.inner
                if isinstance(inner, Coded):
                    return encoded(inner, value, tuple(levels))
                if isinstance(inner, Then):
                    table = f"{self.names.enum_map(inner.first, 'UP')}.__getitem__"
                    return encoded(inner.rest, nested_each(value, tuple(levels), table), tuple(levels))
                box = conversion.inner
                only = box.name if isinstance(box, Boxed) and not box.sure else ""
                return each_item(value, mapping, lambda v: self.up(conversion.inner, v, view), only)

    def picked(self, conversion: Picked, sent: str, made: str) -> str:
        """What is `made` of the item picked of the list that was `sent`, or stands for it where there is none."""
        if not conversion.fails or conversion.refuses:
            return made
        there = f"len({sent}) == 1" if conversion.pick == "only" else sent
        inner = conversion.inner
        record = inner.record if isinstance(inner, Nested) else inner.enum if isinstance(inner, Mapped) else ""
        return f"({made} if {there} else {self.stored(conversion.unread, Ref(record))})"

    def _of(self, conversion: Conversion) -> Type:
        """The version's own type of what crosses as an object, or as a value of an enum."""
        identity = conversion.record if isinstance(conversion, Nested) else getattr(conversion, "enum", "")
        return Ref(self.contract.types_by_identity[identity].name)

    def kept_as(self, chosen: Chosen, way: Way | None, value: str, view: View) -> str:
        """`value`, which is of the version's variant that goes this `way`, as the record has it."""
        assert way is not None  # else nothing is made of it
        if way.stated is not MISSING:
            return self.stored(way.stated, chosen.record[way.to])
        return self.up(way.conversion, value, view)

    def _attr(self, record: str, field: str) -> str:
        return self.names.converters.records.objects[record].by_identity[field].attr

    def _function(self, record: str, view: View, mode: Mode) -> str:
        return self.names.converter(self.converter(record, view, mode))

    def converter(self, record: str, view: View, mode: Mode) -> Converter:
        """The converter of a nested object."""
        return self.names.converters.of[Side(self.contract.version, record, view), mode]

    def literal(self, value: object, type_: Type, view: View = View.OUTPUT) -> str:
        """A JSON value of the version's `type_` as an expression, seen from side `view`."""

        def made(name: str, fields: dict[str, Json]) -> str:
            target = self.contract.types[name]
            assert isinstance(target, ObjectType)
            order = key_order(self.contract, target)
            own = sorted((f for f in target.fields if f.name in fields), key=lambda f: order[f.identity])
            return f"{{{', '.join(f'{text(f.name)}: {self.literal(fields[f.name], f.type, view)}' for f in own)}}}"

        match type_:
            case ListOf(items=inner) if value is not None:
                return f"[{', '.join(self.literal(v, inner, view) for v in _list(value))}]"
            case MapOf(values=inner) if isinstance(value, dict):
                return f"{{{', '.join(f'{text(k)}: {self.literal(v, inner, view)}' for k, v in value.items())}}}"
            case UnionOf(variants) if value is not None:
                number = fitting_variant(self.contract, type_, value, view=view) or 0
                literal = self.literal(value, variants[number], view)
                if not wrapped(variants):
                    return literal
                return self._as_variant(type_, view, number, literal)
        return value_of(value, type_, made)

    def typed(self, value: object, leaf: Leaf) -> str:
        """A JSON value of a leaf's own type as an expression that a type checker takes for it."""
        made = self.literal(value, leaf.field.type, leaf.field.nested)
        inner = leaf.field.type
        while isinstance(inner, ListOf | MapOf):
            inner = inner.items if isinstance(inner, ListOf) else inner.values
        if isinstance(inner, Ref) and not isinstance(value, str | None):
            return f"cast({text(self.wire_type(leaf))}, {made})"
        return made

    def stored(self, value: object, type_: Type) -> str:
        """A JSON value of a record's `type_`, in the newest words, as an expression."""
        converters = self.names.converters
        return RecordValues(converters.records, converters.history.newest).of(value, type_)

    def wire_type(self, leaf: Leaf) -> str:
        """The plain Python type of a leaf on the wire."""

        return self.names.plain(self.contract, leaf.field.type, leaf.field.nested)


def _list(value: object) -> list[Json]:
    assert isinstance(value, list)
    return value


def _each_inside(value: str, mapping: bool, create: str) -> str:
    """Every item made by `create`, which says where it refuses one."""
    if mapping:
        return f"{{key: inside(key, {create}, item, now) for key, item in {value}.items()}}"
    return f"[inside(nth, {create}, item, now) for nth, item in enumerate({value})]"
