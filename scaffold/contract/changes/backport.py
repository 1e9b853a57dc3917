"""Backports: a release of an older version has what a later one brought, under the same identity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..address import MemberAddress, OperationAddress, find_field
from ..contract import Contract
from ..named_types import Field
from ..operation import Operation, mentioned
from ..types import Type, references, renamed
from .base import Change, need_object, need_operation, refuse, taken
from .fields import RemoveField
from .operations import RemoveOperation
from .types import renamed_operation


@dataclass(frozen=True, kw_only=True)
class Backport(Change):
    """A field or an operation of a later version can be used in a release of this one too: it is the same thing."""

    at: MemberAddress | OperationAddress
    """As the later version calls it."""
    base: str
    """The later version."""
    what: Field | Operation
    """In the words of this version."""
    owner: str | None = None
    """The type here that a field comes to."""

    @property
    def address(self) -> str:
        return str(self.at)

    @property
    def here(self) -> MemberAddress | OperationAddress:
        """Where it is in this version."""
        if isinstance(self.what, Operation):
            return OperationAddress(self.what.method, self.what.path)
        assert self.owner is not None
        return MemberAddress(self.owner, (self.what.name,))

    def apply(self, contract: Contract, version: str) -> Contract:
        if isinstance(self.what, Operation):
            for other in contract.operations:
                if other.address == self.what.address or other.id == self.what.id:
                    raise taken("an operation", other.address)
            return contract.with_operation(self.what)
        owner = need_object(contract, self.owner or "")
        if owner.field(self.what.name) is not None:
            raise taken("a field", str(self.here))
        return contract.with_type(replace(owner, fields=(*owner.fields, self.what)))

    def inverse(self, before: Contract) -> Change:
        here = self.here
        return RemoveOperation(at=here) if isinstance(here, OperationAddress) else RemoveField(at=here)

    def sentence(self) -> str:
        return f"Brought `{self.at}` of {self.base} here too."


def brought(at: MemberAddress | OperationAddress, newer: Contract, older: Contract) -> Backport:
    """The backport to `older` of what `newer` has at `at`.

    Raises:
        ScaffoldError: SC302 where `newer` has no such thing, SC303 where `older` has it already, SC419 where clients
            of `older` could not use it.
    """
    if isinstance(at, OperationAddress):
        operation = need_operation(newer, at)
        if operation.identity in older.operations_by_identity:
            raise taken("an operation", str(at))
        if operation.resource is not None and newer.types[operation.resource].identity not in older.types_by_identity:
            raise _foreign(operation.resource, older)
        made = renamed_operation(operation, _names(mentioned(operation), newer, older))
        return Backport(at=at, base=newer.version, what=made)
    place = find_field(newer, at)
    if place.field.identity in older.fields_by_identity:
        raise taken("a field", str(at))
    owner = older.types_by_identity.get(place.owner.identity)
    if owner is None:
        raise _foreign(place.owner.name, older)
    if place.field.required and not place.field.read_only:
        message = f"`{at}` is required in {newer.version}, and clients of {older.version} do not send it"
        raise refuse("SC419", message, "a backport brings what may be left out, or what is read-only")
    if place.field.alias_of is not None or place.field.elsewhere is not None:
        raise refuse("SC419", f"`{at}` is one of several names of one thing", "a backport brings what has one name")
    names = _names((place.field.type,), newer, older)
    field = replace(place.field, type=renamed(place.field.type, names))
    return Backport(at=at, base=newer.version, what=field, owner=owner.name)


def _names(types: Iterable[Type], newer: Contract, older: Contract) -> dict[str, str]:
    """What the named types that are mentioned are called in the older contract."""
    made = {}
    for name in {name for type_ in types for name in references(type_)}:
        there = older.types_by_identity.get(newer.types[name].identity)
        if there is None:
            raise _foreign(name, older)
        made[name] = there.name
    return made


def _foreign(name: str, older: Contract) -> Exception:
    message = f"{older.version} has no `{name}`, which this needs"
    return refuse("SC419", message, "a backport brings single things to types that are there")
