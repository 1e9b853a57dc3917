"""What clients are shown of an object and cannot send: the parts that the server sets."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..contract.fitting import tags
from ..contract.message import View
from ..contract.named_types import ObjectType
from ..contract.types import ListOf, MapOf, Ref, Type, UnionOf
from ..contract.views import side_within, view_fields
from ..convert.conversions import wrapped
from .expressions import Crossing
from .python import text


def own_parts(cross: Crossing, type_: Type, view: View) -> str | None:
    """The function that puts into JSON of `type_`, sent from side `view`, the parts that its sender is shown and cannot
    send; None where there are none.
    """
    return _Beside(cross).of(type_, view)


@dataclass(frozen=True)
class _Beside:
    """Makes the function; `around` are the objects that one is in, each gone through once."""

    cross: Crossing
    around: tuple[str, ...] = ()

    def of(self, type_: Type, view: View) -> str | None:
        match type_:
            case ListOf(items=inner) | MapOf(values=inner):
                way = self.of(inner, view)
                return None if way is None else f"lambda sent, seen: each_with_seen(sent, seen, {way})"
            case UnionOf(variants) if not wrapped(variants):
                return next((way for v in variants if (way := self.of(v, view)) is not None), None)
            case UnionOf():
                return self._of_several(type_, view)
            case Ref(name) if (found := self.cross.contract.object(name)) is not None and name not in self.around:
                return replace(self, around=(*self.around, name))._of_object(found, view)
            case _:
                return None

    def _of_several(self, union: UnionOf, view: View) -> str | None:
        ways = {str(v): way for v in union.variants if (way := self.of(v, view)) is not None}
        if not ways:
            return None
        if union.discriminator is None:
            return f"lambda sent, seen: variant_with_seen(sent, seen, [{', '.join(ways.values())}])"
        told = {word: ways[str(v)] for v in union.variants if str(v) in ways for word in tags(union, str(v))}
        listed = ", ".join(f"{text(word)}: {way}" for word, way in told.items())
        return f"lambda sent, seen: told_with_seen(sent, seen, {text(union.discriminator.property)}, {{{listed}}})"

    def _of_object(self, type_: ObjectType, view: View) -> str | None:
        version = self.cross.contract.version
        sendable = {f.name: f for f in view_fields(type_, view, version)}
        own = "".join(f"{text(f.name)}, " for f in view_fields(type_, View.OUTPUT, version) if f.name not in sendable)
        ways = [
            f"{text(name)}: {way}"
            for name, f in sendable.items()
            if (way := self.of(f.type, side_within(self.cross.contract, f))) is not None
        ]
        if not own and not ways:
            return None
        inside = f", {{{', '.join(ways)}}}" if ways else ""
        return f"lambda sent, seen: with_seen(sent, seen, ({own}){inside})"
