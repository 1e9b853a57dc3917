"""What a spec states of an object, with the defaults of what it leaves out: later ones are not meant."""

from __future__ import annotations

from dataclasses import dataclass

from ..contract.contract import Contract
from ..contract.message import View
from ..contract.named_types import AliasType, Field, ObjectType
from ..contract.names import other_names
from ..contract.types import MISSING, Json, ListOf, MapOf, Ref, Type, UnionOf
from .stated import resolved, variant_of


def completed(value: Json, type_: Type, contract: Contract, *, sent: bool) -> Json:
    """`value`, stated of `type_` in the words of `contract`, where objects have each field that has a default.

    `sent` says whether clients are taken to have sent it; what they are shown has nothing that is only written.
    `{variant: Card, values: {…}}` becomes the value that it stands for.
    """
    if isinstance(type_, UnionOf) and isinstance(value, dict) and "variant" in value:
        found = resolved(value, type_, contract, View.INPUT if sent else View.OUTPUT)
        value = value if found is None else found[1]
    return _Completing(contract, sent).value(value, type_)


@dataclass(frozen=True)
class _Completing:
    """Completes values. What is inside a default of one of the types `around` gets none: it would have no end."""

    contract: Contract
    sent: bool
    around: tuple[str, ...] = ()

    def value(self, value: Json, type_: Type) -> Json:
        match type_, value:
            case ListOf(items=items), list():
                return [self.value(v, items) for v in value]
            case MapOf(values=values), dict():
                return {k: self.value(v, values) for k, v in value.items()}
            case UnionOf(variants), _:
                made = ((v, self.value(value, v)) for v in variants)
                view = View.INPUT if self.sent else View.OUTPUT
                fitting = (whole for v, whole in made if variant_of(whole, type_, self.contract, view) == v)
                return next(fitting, value)
            case Ref(name), _:
                found = self.contract.types.get(name)
                if isinstance(found, AliasType):
                    return self.value(value, found.type)
                if isinstance(found, ObjectType) and isinstance(value, dict):
                    return self._object(value, found)
        return value

    def _object(self, value: dict[str, Json], type_: ObjectType) -> dict[str, Json]:
        made: dict[str, Json] = {}
        inside = _Completing(self.contract, self.sent, (*self.around, type_.name))
        for f in type_.fields:
            if f.name in value:
                made[f.name] = self.value(value[f.name], f.type)
            elif self._has_default(f) and type_.name not in self.around:
                made[f.name] = inside.value(f.default, f.type)
        for other in other_names(self.contract, type_):
            own: Json = made
            for f in other.path:
                own = own.get(f.name, MISSING) if isinstance(own, dict) else MISSING
            if own is not MISSING:
                made.setdefault(other.field.name, own)
        return made | {name: held for name, held in value.items() if name not in made}

    def _has_default(self, field: Field) -> bool:
        """Whether a field that is left out is its default; other names have what it has."""
        return field.default is not MISSING and field.alias_of is None and (self.sent or not field.write_only)
