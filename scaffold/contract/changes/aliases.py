"""Several names for one field: the old ones live on beside the new ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..address import MemberAddress, find_field, find_owner
from ..contract import Contract, identity
from ..named_types import Field, NamedType
from ..names import with_names
from ..operation import Operation
from ..parameter import Parameter, Role
from ..types import Scalar
from .base import Change, fresh, listing, refuse, taken
from .reading import renamed_reading


@dataclass(frozen=True, kw_only=True)
class AliasFields(Change):
    """A field takes new names; the old one works too, and is deprecated.

    The first of `names` is what the field is called from then on.
    """

    at: MemberAddress
    names: tuple[str, ...]
    undone: tuple[tuple[NamedType, ...], tuple[Operation, ...]] | None = None
    """All that was there before; only an inverse says so."""

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        if self.undone is not None:
            types, operations = self.undone
            return replace(contract, types={t.name: t for t in types}, operations=operations)
        place = find_field(contract, self.at)
        if place.field.key:
            raise refuse("SC304", f"`{self.at}` is a key and has one name", "rename it in a new version")
        if place.field.alias_of is not None:
            value = contract.fields_by_identity[place.field.alias_of][1].name
            raise refuse("SC317", f"`{self.at}` is another name already", f"give `{value}` the new one")
        for name in self.names:
            if place.owner.field(name) is not None:
                raise taken("a field", str(MemberAddress(self.at.type, (*self.at.path[:-1], name))))
        now = replace(place.field, name=self.names[0])
        fields = tuple(now if f is place.field else f for f in place.owner.fields)
        after = contract.with_type(replace(place.owner, fields=fields))
        after = renamed_reading(after, {now.identity: (place.field.name, now.name)})
        position = fields.index(now) + 1
        return with_names(with_old(after, self.at, place.field, (self.at.name, *self.names[1:]), position, version))

    def inverse(self, before: Contract) -> Change:
        undone = (tuple(before.types.values()), before.operations)
        at = MemberAddress(self.at.type, (*self.at.path[:-1], self.names[0]))
        return AliasFields(at=at, names=(self.at.name,), undone=undone)

    def sentence(self) -> str:
        if self.undone is not None:
            return f"Took back the other names of `{self.at}`."
        return f"Gave `{self.at}` the {'names' if len(self.names) > 1 else 'name'} {listing(self.names)} too."


def with_old(
    contract: Contract, at: MemberAddress, was: Field, names: Iterable[str], position: int, version: str
) -> Contract:
    """`contract` with other names of the field `was`, which stood at `at`; the one it had is deprecated."""
    owner, _ = find_owner(contract, at)
    made: list[Field] = []
    for name in names:
        id_ = fresh(contract, identity(version, owner.identity, name))
        deprecated = was.deprecated or name == at.name
        made.append(replace(was, identity=id_, name=name, deprecated=deprecated, alias_of=was.identity))
    fields = (*owner.fields[:position], *made, *owner.fields[position:])
    contract = contract.with_type(replace(owner, fields=fields))
    for field in made:
        contract = _read_too(contract, was.identity, field, version)
    return contract


def _read_too(contract: Contract, known: str, field: Field, version: str) -> Contract:
    """Filters and sort words for another name of a field that is filtered or sorted by."""
    for operation in contract.operations:
        if not any(known in p.fields for p in operation.parameters):
            continue
        parameters: list[Parameter] = []
        for p in operation.parameters:
            if known in p.fields and p.role is Role.SORT and isinstance(p.type, Scalar):
                words = [w for w in (field.name, f"-{field.name}") if w not in p.type.choices]
                if words:
                    choices = (*p.type.choices, *words)
                    p = replace(p, type=replace(p.type, choices=choices), fields=(*p.fields, field.identity))
            parameters.append(p)
            if known in p.fields and p.role is Role.FILTER and operation.parameter(field.name, p.location) is None:
                id_ = identity(version, f"{operation.method} {operation.path}", field.name)
                parameters.append(
                    replace(p, identity=id_, name=field.name, fields=(field.identity,), deprecated=field.deprecated)
                )
        contract = contract.with_operation(replace(operation, parameters=tuple(parameters)))
    return contract
