"""Which conversion leads from a value of a version to the record and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..contract.codecs import Codec
from ..contract.contract import Contract
from ..contract.history import Applied, History
from ..contract.listings import Structural
from ..contract.named_types import EnumType, Field, ObjectType
from ..contract.reach import Direction
from ..contract.types import MISSING, ListOf, MapOf, Ref, Scalar, Type, UnionOf
from .boxes import content, listed, packs
from .codecs import AnyCodec, TableCodec, codec_of, hook_at
from .conversions import (
    Boxed,
    Chosen,
    Coded,
    Coding,
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
)
from .enums import enum_conversion
from .one_change import Lost
from .stand_ins import shown_until, stored_since
from .stated import alike, identified, variants_of
from .stating import backwards, onwards
from .steps import coding, inner_type, levels, steps_since
from .tables import constant, table_at
from .unions import Step, folded


class NoWay(Exception):
    """No codec leads from one type to another; carries the change that asks for it."""

    def __init__(self, applied: Applied, older: Type, newer: Type) -> None:
        super().__init__(f"{older} to {newer}")
        self.applied, self.older, self.newer = applied, older, newer


def conversion(
    history: History, version: str, place: str, type_: Type, contract: Contract, way: Direction | None = None
) -> Conversion:
    """How values at `place`, of `type_` in `version`, cross to the record.

    A union may be crossed in one direction only: then the other is not there, unless it is asked for as `way`.

    Raises:
        NoWay: a change of type has no codec.
    """
    steps = steps_since(history, version, place, contract)
    walk = _Walk(history, version, contract, place, way)
    return walk.crossed(type_, steps)


@dataclass(frozen=True)
class _Walk:
    """Works out one conversion."""

    history: History
    version: str
    contract: Contract
    place: str
    way: Direction | None

    def crossed(self, type_: Type, steps: Sequence[Step]) -> Conversion:
        """The conversion of `type_`, through `steps`."""
        if any(hook_at(s.applied, self.place) for s in steps):
            return self._coded(steps, whole=True)
        start = identified(type_, self.contract)
        meaning = steps[0].was if steps else None
        back = [
            n
            for n, s in enumerate(steps, 1)
            if s.means == meaning and _one_value(start, identified(s.newer, s.applied.after))
        ]
        steps = steps[back[-1] :] if back else steps  # Back at the type it had: nothing is crossed before that.
        listings = [codec for s in steps if isinstance(codec := self._codec(s), Structural)]
        if any(not codec.named for codec in listings):
            return self._coded(steps, whole=True)
        if any(not codec.levels for codec in listings):
            return self._relisted(type_, steps)
        layers = (type_, *(s.newer for s in steps), *(s.older for s in steps))
        for layer, mapping in ((ListOf, False), (MapOf, True)):
            if steps and all(isinstance(t, layer) for t in layers):
                inner = [replace(s, older=inner_type(s.older), newer=inner_type(s.newer)) for s in steps]
                found = self.crossed(inner_type(type_), inner)
                return Same() if isinstance(found, Same) else Each(found, mapping)
        if any(isinstance(t, UnionOf) for t in layers):
            return self._chosen(type_, steps)
        boxed = self._boxed(type_, steps)
        if boxed is not None:
            return boxed
        coded = self._coded(steps)
        first = Same() if isinstance(type_, Scalar) and coded.steps else self.plain(type_)
        if not coded.steps or not isinstance(first, Same | Mapped):
            return first
        return Then(first, coded) if isinstance(first, Mapped) else coded

    def _relisted(self, type_: Type, steps: Sequence[Step]) -> Conversion:
        """The conversion where one value of a named type gives way to a list of such, or a list to one of them."""
        step = next(s for s in steps if isinstance(self._codec(s), Structural))
        codec = self._codec(step)
        assert isinstance(codec, Structural)
        if any(not s.stays for s in steps if s is not step):
            raise NoWay(step.applied, step.older, step.newer)
        stated, since = step.coding(codec), self.history.since(self.version)
        place = next(n for n, applied in enumerate(since) if applied is step.applied)
        try:
            unread, unshown = stated.unread, stated.unshown
            unread = unread if unread is MISSING else onwards(unread, step.newer, since[place + 1 :])
            unshown = unshown if unshown is MISSING else backwards(unshown, step.older, since[:place])
        except Lost:
            raise NoWay(step.applied, step.older, step.newer) from None
        if isinstance(type_, ListOf):
            return Picked(self.plain(type_.items), codec.up, codec.up_fails, unread)
        return Listed(self.plain(type_), codec.down == "last", codec.down_fails, unshown)

    def _boxed(self, type_: Type, steps: Sequence[Step]) -> Conversion | None:
        """The conversion where an object gives way to what it alone holds, or the other way round."""
        place, step = next(((n, s) for n, s in enumerate(steps) if not s.stays), (0, None))
        if step is None or not packs(step.applied):
            return None
        before, after = step.applied.before, step.applied.after
        mine = self.contract.types.get(type_.name) if isinstance(type_, Ref) else None
        held = content(step.older, step.newer, before, after)
        if held is not None and isinstance(mine, ObjectType):
            field = mine.by_identity(held.identity)
            if field is None or len(mine.fields) != 1:
                raise NoWay(step.applied, step.older, step.newer)
            inner = self.crossed(field.type, [*self._inside(held, step, later=False), *steps[place + 1 :]])
            sure = field.required and not field.nullable
            told = sure or (listed(self.contract, self.place) and not field.nullable)
            if not told or _fails(inner):
                raise NoWay(step.applied, step.older, step.newer)
            return Boxed(field.name, inner, sure)
        held = content(step.newer, step.older, after, before)
        if held is not None and held.required and not held.nullable and not steps[place + 1 :]:
            holder = identified(step.newer, after)
            assert isinstance(holder, Ref)
            return Unboxed(holder.name, held.identity, self.crossed(type_, self._inside(held, step, later=True)))
        return None

    def _inside(self, field: Field, step: Step, *, later: bool) -> list[Step]:
        """The changes of the only field of an object, before or after the object itself comes or goes."""
        order = {id(a): n for n, a in enumerate(self.history.since(self.version))}
        found = steps_since(self.history, self.version, field.identity, self.contract)
        return [s for s in found if (order[id(s.applied)] > order[id(step.applied)]) is later]

    def _codec(self, step: Step) -> AnyCodec | None:
        older, newer = identified(step.older, step.applied.before), identified(step.newer, step.applied.after)
        table = table_at(self.history, step.applied, self.place, step.older, step.newer)
        return table or codec_of(step.applied, self.place, older, newer)

    def _coded(self, steps: Sequence[Step], *, whole: bool = False) -> Coded:
        """The codecs of `steps`; with `whole` each takes the whole value, else the innermost ones."""
        crossed: list[tuple[Step, Type, Coding]] = []
        for step in steps:
            older, newer = identified(step.older, step.applied.before), identified(step.newer, step.applied.after)
            found = self._codec(step)
            if found is None:
                if not alike(older, newer) or step.was != step.means:
                    raise NoWay(step.applied, step.older, step.newer)
                continue
            if whole and isinstance(found, Codec | TableCodec):
                found = replace(found, levels=levels(newer))
            crossed.append((step, older, self._coding(step, found)))
            # Back at what it was before: nothing is crossed between the two.
            same = [n for n, (s, was, _) in enumerate(crossed) if s.was == step.means and _one_value(was, newer)]
            if same and not whole:
                del crossed[same[0] :]
        return Coded(tuple(coding for _, _, coding in crossed))

    def _coding(self, step: Step, codec: AnyCodec) -> Coding:
        """How a codec is applied at a step; what cannot be null at an end of the way is none there."""
        stated = step.coding(codec)
        since = self.history.since(self.version)
        place = next(n for n, applied in enumerate(since) if applied is step.applied)
        field = self.contract.fields_by_identity.get(self.place)
        unread, unshown = stated.unread, stated.unshown
        if field is not None and unshown is None and not field[1].nullable:
            unshown = shown_until(self.place, since[:place])
        if field is not None and unread is None:
            unread = stored_since(self.place, since[place + 1 :])
        return coding(self.history, step, codec, unread, unshown)

    def plain(self, type_: Type) -> Conversion:
        """The conversion of a type that no change since the version is about."""
        match type_:
            case Scalar():
                return Same()
            case ListOf(items=inner) | MapOf(values=inner):
                found = self.plain(inner)
                return Same() if isinstance(found, Same) else Each(found, isinstance(type_, MapOf))
            case UnionOf():
                return self._chosen(type_, ())
            case Ref(name):
                target = self.contract.types[name]
                if isinstance(target, ObjectType):
                    return Nested(target.identity)
                assert isinstance(target, EnumType)  # aliases are expanded
                return enum_conversion(self.history, self.version, target)

    def _chosen(self, type_: Type, steps: Sequence[Step]) -> Conversion:
        here = variants_of(type_)
        fold = folded(self.history, self.version, self.contract, type_, steps)
        up = tuple(
            None if e is None else Way(e.to, self._variant(t, e.steps), e.stated)
            for t, e in zip(here, fold.up, strict=True)
        )
        down = tuple(
            None
            if e is None
            else Way(e.to, Same(), hidden=True)
            if e.hidden
            else Way(e.to, self._variant(here[e.to], e.steps) if e.stated is MISSING else Same(), e.stated)
            for e in fold.down
        )
        made = Chosen(here, fold.record, up, down, type_ if isinstance(type_, UnionOf) else None)
        lost = (
            fold.lost_up
            if self.way is Direction.REQUEST
            else fold.lost_down
            if self.way is Direction.RESPONSE
            else None
        )
        if lost is not None:
            raise NoWay(lost.applied, lost.older, lost.newer)
        return Same() if made.plain and not made.wraps else made

    def _variant(self, type_: Type, steps: tuple[Coding, ...]) -> Conversion:
        return Coded(steps) if steps else self.plain(type_)


def _fails(conversion: Conversion) -> bool:
    """Whether the caller can be wrong about what is inside an object that stands for its only value."""
    while isinstance(conversion, Each):
        conversion = conversion.inner
    return isinstance(conversion, Boxed) or (isinstance(conversion, Coded) and any(s.strict for s in conversion.steps))


def _one_value(one: Type, other: Type) -> bool:
    """Whether values of two types, both by identity, are the same but for bounds, constants too."""
    return alike(one, other) and constant(one) == constant(other)
