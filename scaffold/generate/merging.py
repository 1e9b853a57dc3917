"""Objects inside objects: replaced in place where there is one already, so that what the caller cannot see stays."""

from __future__ import annotations

from ..contract.contract import Contract
from ..contract.message import View
from ..contract.named_types import ObjectType
from ..contract.views import objects_in, settled_fields
from ..convert.conversions import Chosen, Conversion, Each, Listed, Mapped, Nested, Picked
from ..convert.innermost import holds_object, innermost
from ..convert.nodes import Leaf
from ..convert.values import conversion
from .converters import Mode
from .expressions import Crossing
from .mentions import Names
from .python import text
from .sides import Side


class Merging:
    """Makes the expressions by which a nested object, list or map is written over the one that is there."""

    def __init__(self, names: Names, cross: Crossing, contract: Contract) -> None:
        self.names, self.cross, self.contract = names, cross, contract

    def merged(self, leaf: Leaf, sent: str, now: str, mode: Mode, *, now_there: bool, seen: str) -> str:
        """What is at `now` after `sent` was written over it; the caller sees `seen` there, if that is not empty."""
        if isinstance(leaf.conversion, Nested):
            view = View.UPDATE if mode is Mode.UPDATE and leaf.field.nested is View.UPDATE else View.REPLACE
            how = Mode.UPDATE if view is View.UPDATE else Mode.REPLACE
            change = self.names.converter(self.cross.converter(leaf.conversion.record, view, how))
            changed = f"inside({text(leaf.field.name)}, {change}, {now}, {sent}, now)"
            if view is View.REPLACE and not self.cross.guarded(leaf.conversion):
                changed = f"{change}({now}, {sent}, now)"
            if now_there:
                return changed
            return f"{changed} if {now} else {self._fresh(leaf, leaf.conversion, sent, view, seen)}"
        if isinstance(leaf.conversion, Listed):
            return self._listed(leaf, leaf.conversion, sent, now, mode, seen)
        if isinstance(leaf.conversion, Picked):
            create = self.cross.up(leaf.conversion.inner, f"{sent}[{leaf.conversion.place}]", View.REPLACE)
            change = self._each(leaf.conversion.inner, None, f"{sent}[{leaf.conversion.place}]", now, 0)
            made = change if now_there else f"({change} if {now} else {create})"
            made = self.cross.picked(leaf.conversion, sent, made)
            return f"inside({text(leaf.field.name)}, lambda: {made})" if self.cross.guarded(leaf.conversion) else made
        if isinstance(leaf.conversion, Chosen):
            changed = f"{self.cross.replacing(leaf.conversion)}({now}, {sent}, now)"
            fresh = self.cross.up(leaf.conversion, sent, View.REPLACE)
            return changed if now_there else f"({changed} if {now} is not ABSENT and {now} is not None else {fresh})"
        item = next(objects_in(self.contract, leaf.field.type), None)
        if mode is Mode.UPDATE and leaf.field.merges and holds_object(leaf.conversion):
            assert item is not None
            made = self._by_key(leaf.conversion, item, sent, now, 0)
            return f"inside({text(leaf.field.name)}, lambda: {made})"
        made = self._each(leaf.conversion, item, sent, now, 0)
        return f"inside({text(leaf.field.name)}, lambda: {made})" if self.cross.guarded(leaf.conversion) else made

    def _listed(self, leaf: Leaf, conversion: Listed, sent: str, now: str, mode: Mode, seen: str) -> str:
        """The list at `now`, of which one item is what was `sent`: the others stay."""
        inner = conversion.inner
        if isinstance(inner, Nested):
            view = View.UPDATE if mode is Mode.UPDATE and leaf.field.nested is View.UPDATE else View.REPLACE
            how = Mode.UPDATE if view is View.UPDATE else Mode.REPLACE
            function = self.names.converter(self.cross.converter(inner.record, view, how))
            change = f"inside({text(leaf.field.name)}, {function}, one, {sent}, now)"
            if view is View.REPLACE and not self.cross.guarded(inner):
                change = f"{function}(one, {sent}, now)"
            create = self._fresh(leaf, inner, sent, view, seen)
        else:
            change = create = self.cross.up(inner, sent, View.REPLACE)
        return f"over_one({now}, {-1 if conversion.last else 0}, lambda one: {change}, lambda: {create})"

    def _by_key(self, conversion: Conversion, type_: ObjectType, sent: str, now: str, depth: int) -> str:
        """A map of objects after a partial update: key by key, in maps of maps too (RFC 7396)."""
        assert isinstance(conversion, Each)
        inner = conversion.inner
        one, item = (f"{name}{depth or ''}" for name in ("one", "item"))
        if isinstance(inner, Nested):
            update = self.names.converter(self.cross.converter(inner.record, View.UPDATE, Mode.UPDATE))
            create = self.names.converter(self.cross.converter(inner.record, View.REPLACE, Mode.CREATE))
            changed, made = f"{update}({one}, {item}, now)", f"{create}({self.whole(type_, item, ())}, now)"
        elif isinstance(inner, Each) and inner.mapping:
            changed = self._by_key(inner, type_, item, one, depth + 1)
            made = self._by_key(inner, type_, item, "{}", depth + 1)
        else:
            changed = self._each(inner, type_, item, one, depth + 1)
            made = self.cross.up(inner, item, View.REPLACE)
        return f"merge_keys({now}, {sent}, lambda {one}, {item}: {changed}, lambda {item}: {made})"

    def _each(self, conversion: Conversion, type_: ObjectType | None, sent: str, now: str, depth: int) -> str:
        """A list or map of objects, at any depth."""
        if isinstance(conversion, Nested):
            change = self.names.converter(self.cross.converter(conversion.record, View.REPLACE, Mode.REPLACE))
            return f"{change}({now}, {sent}, now)"
        if isinstance(conversion, Listed | Picked):
            inner = conversion.inner
            if isinstance(conversion, Picked):
                item = f"{sent}[{conversion.place}]"
                return self.cross.picked(conversion, sent, self._each(inner, type_, item, now, depth))
            one = f"one{depth or ''}_"
            change, create = self._each(inner, type_, sent, one, depth + 1), self.cross.up(inner, sent, View.REPLACE)
            return f"over_one({now}, {-1 if conversion.last else 0}, lambda {one}: {change}, lambda: {create})"
        if isinstance(conversion, Mapped):
            return self.cross.up(conversion, sent, View.REPLACE)
        if isinstance(conversion, Chosen):
            return f"{self.cross.replacing(conversion)}({now}, {sent}, now)"
        assert isinstance(conversion, Each)
        one, item = (f"{name}{depth or ''}" for name in ("one", "item"))
        inner = conversion.inner
        create = self.cross.up(inner, item, View.REPLACE)
        if conversion.mapping:
            change = self._each(inner, type_, item, f"{now}[key{depth or ''}]", depth + 1)
            key = f"key{depth or ''}"
            if self.cross.guarded(inner):
                change, create = (f"inside({key}, lambda: {made})" for made in (change, create))
            made = f"{change} if {now} and {key} in {now} else {create}"
            return f"{{{key}: {made} for {key}, {item} in {sent}.items()}}"
        change = self._each(inner, type_, item, one, depth + 1)
        return (
            f"match_items({now}, {sent}, {self._matched(inner, type_)}, "
            f"lambda {one}, {item}: {change}, lambda {item}: {create}{self._equal(inner, type_)})"
        )

    def _keyed(self, inner: Conversion, type_: ObjectType | None) -> bool:
        """Whether items are told apart by a key that the caller sends."""
        if not isinstance(inner, Nested) or type_ is None:
            return False
        written = {f.field.identity for f in settled_fields(type_, View.REPLACE, self.contract.version)}
        record = self.names.converters.records.objects[inner.record]
        return type_.key is not None and type_.key.identity in written and type_.key.identity in record.by_identity

    def _matched(self, inner: Conversion, type_: ObjectType | None) -> str:
        key = None if type_ is None else type_.key
        if not self._keyed(inner, type_) or key is None or not isinstance(inner, Nested):
            return "lambda one, item: False"
        attr = self.names.converters.records.objects[inner.record].by_identity[key.identity].attr
        crossing = conversion(
            self.names.converters.history, self.contract.version, key.identity, key.type, self.contract
        )
        return f"lambda one, item: {self.cross.down(crossing, f'one.{attr}')} == item.get({text(key.name)})"

    def _equal(self, inner: Conversion, type_: ObjectType | None) -> str:
        if self._keyed(inner, type_):
            return ""
        if isinstance(inner, Chosen):
            return f", lambda one, item: {self.cross.seen_alike(inner, 'one', 'item') or False}"
        if type_ is None:
            return ", lambda one, item: False"
        side = Side(self.contract.version, type_.identity, View.OUTPUT)
        show = self.names.converters.of.get((side, Mode.SHOW))
        if show is None or not isinstance(inner, Nested):
            return ", lambda one, item: False"
        names = [text(f.name) for f in settled_fields(type_, View.REPLACE, self.contract.version)]
        listed = f"({', '.join(names)}{',' if len(names) == 1 else ''})"
        return f", lambda one, item: same_seen({self.names.converter(show)}(one), item, {listed})"

    def _fresh(self, leaf: Leaf, conversion: Nested, sent: str, view: View, seen: str) -> str:
        """A new object where there was none; from a partial update it must be whole."""
        create = self.names.converter(self.cross.converter(conversion.record, View.REPLACE, Mode.CREATE))
        if view is View.UPDATE:
            type_ = next(objects_in(self.contract, leaf.field.type))
            if seen:
                names = [text(f.name) for f in settled_fields(type_, View.REPLACE, self.contract.version)]
                sent = f"over({seen}, {sent}, [{', '.join(names)}])"
            sent = self.whole(type_, sent, (leaf.field.name,))
        return (
            f"inside({text(leaf.field.name)}, {create}, {sent}, now)"
            if self.cross.guarded(conversion)
            else f"{create}({sent}, now)"
        )

    def whole(self, type_: ObjectType, sent: str, path: tuple[str, ...]) -> str:
        """A partial update of `type_`, at `path` in its sender's payload, as a complete object."""
        shapes = self.names.converters.shapes
        partial, complete = (
            self.names.constant(shapes.of[Side(self.contract.version, type_.identity, view)])
            for view in (View.UPDATE, View.REPLACE)
        )
        written = settled_fields(type_, View.REPLACE, self.contract.version)
        nullable = [text(f.name) for f in written if f.field.nullable]
        more = f", ({', '.join(nullable)},)" if nullable else ""
        names = "".join(f"{text(name)}, " for name in path)
        return f"whole({partial}, {complete}, {sent}, ({names}){more})"


def in_place(conversion: Conversion) -> bool:
    """Whether values are written over those that are there, so that what their sender cannot see stays."""
    inner = innermost(conversion)
    if isinstance(inner, Listed | Picked):
        return isinstance(inner, Listed) or isinstance(inner.inner, Nested)
    if not isinstance(inner, Chosen):
        return holds_object(conversion)
    parts = any(way is not None and isinstance(way.conversion, Nested) for way in inner.up)
    return parts or (inner is not conversion and not inner.one_to_one)
