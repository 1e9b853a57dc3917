"""Defaults with objects in them, where the type of those objects changes: nobody says them again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from ..contract.address import OperationAddress, ParameterAddress
from ..contract.contract import Contract
from ..contract.fitting import fits
from ..contract.history import Applied, History
from ..contract.message import View
from ..contract.named_types import AliasType, EnumType, ObjectType, Unknown
from ..contract.names import other_names, ways_to
from ..contract.types import Json, ListOf, MapOf, Ref, Scalar, Type, UnionOf
from ..contract.views import objects_in, settled_fields
from ..diagnostics import Diagnostic


def stale(history: History) -> Iterator[tuple[Applied, Diagnostic]]:
    """The changes of a version after which a default is no value of its type any more, as nothing says it anew."""
    for _, group in groupby(history.applied, lambda applied: applied.version):
        changes = tuple(group)
        first, last = changes[0].before, changes[-1].after
        before = dict(_defaults(first))
        for identity, now in _defaults(last):
            was = before.get(identity)
            if now.right(first, last) or (was is not None and not was.right(first, first)):
                continue
            blamed = next((a for a in changes if not _right(a, first, identity)), changes[-1])
            at = f'"{now.at}"' if " " in now.at else now.at
            yield (
                blamed,
                Diagnostic(
                    "SC213",
                    f"the default of `{now.at}` is no value of {now.type} any more",
                    help=f"say the new one after this, in the same version: `{{change: {at}, default: …}}`",
                ),
            )


@dataclass(frozen=True)
class _Default:
    """A default that may have objects in it: of the field or the parameter at an address."""

    at: str
    type: Type
    value: Json

    def right(self, before: Contract, now: Contract) -> bool:
        """Whether it can be read as what its place has `now`, by the words of `before` too."""
        return _Told(before, now).takes(self.type, self.value)


def _defaults(contract: Contract) -> Iterator[tuple[str, _Default]]:
    """The defaults that may have objects in them, by the identity of their field or parameter."""
    for identity, found in _stated(contract):
        if isinstance(found.value, dict | list) and any(objects_in(contract, found.type)):
            yield identity, found


def _stated(contract: Contract) -> Iterator[tuple[str, _Default]]:
    """What every field and parameter says; other names left out."""
    for type_ in (t for t in contract.types.values() if isinstance(t, ObjectType)):
        for f in type_.fields:
            if f.alias_of is None:
                yield f.identity, _Default(f"{type_.name}.{f.name}", f.type, f.default)
    for operation in contract.operations:
        for p in operation.parameters:
            at = ParameterAddress(OperationAddress(operation.method, operation.path), p.location, p.name)
            yield p.identity, _Default(str(at), p.type, p.default)


def _right(applied: Applied, first: Contract, identity: str) -> bool:
    found = dict(_defaults(applied.after)).get(identity)
    return found is None or found.right(first, applied.after)


@dataclass(frozen=True)
class _Told:
    """Reads a value in the words of `now`; `before` knows what it may have been written in."""

    before: Contract
    now: Contract

    def takes(self, type_: Type, value: Json) -> bool:
        """Whether `value` can be read as one of `type_`. Bounds are not looked at: who is held to them sends it."""
        match type_:
            case ListOf(items=items):
                return isinstance(value, list) and all(self.takes(items, v) for v in value)
            case MapOf(values=values):
                return isinstance(value, dict) and all(self.takes(values, v) for v in value.values())
            case UnionOf(variants):
                return any(self.takes(variant, value) for variant in variants)
            case Scalar(kind=kind):
                return fits(self.now, Scalar(kind), value)
            case Ref(name):
                return self._named(name, value)
            case _:
                return True

    def _named(self, name: str, value: Json) -> bool:
        found = self.now.types.get(name)
        if isinstance(found, AliasType):
            return found.nullable if value is None else self.takes(found.type, value)
        if isinstance(found, EnumType):
            return fits(self.now, Ref(name), value)
        if not isinstance(found, ObjectType):
            return True
        return isinstance(value, dict) and self._object(found, value)

    def _object(self, type_: ObjectType, value: dict[str, Json]) -> bool:
        needed = {f.field.identity for f in settled_fields(type_, View.CREATE, self.now.version) if f.required}
        said = {o.path[0].identity for o in other_names(self.now, type_) if o.field.name in value}
        if any(f.identity in needed - said and f.name not in value for f in type_.fields):
            return False
        return all(self._part(type_, name, held) for name, held in value.items())

    def _part(self, type_: ObjectType, name: str, value: Json) -> bool:
        field = type_.field(name)
        if field is not None:
            return field.nullable if value is None else self.takes(field.type, value)
        was = self.before.types_by_identity.get(type_.identity)
        known = was.field(name) if isinstance(was, ObjectType) else None
        # What was removed, or stands outside of the object by now, is not missed in it.
        return type_.unknown is Unknown.KEEP or known is None or not any(ways_to(self.now, type_, known.identity))
