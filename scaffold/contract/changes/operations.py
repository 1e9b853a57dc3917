"""Changes of operations, and of the envelope of the whole API."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..address import OperationAddress
from ..contract import Contract, Envelope
from ..named_types import NamedType
from ..operation import Operation, mentioned
from ..parameter import Location
from .base import Change, need_operation, refuse, said, taken, tidied, written_in


@dataclass(frozen=True, kw_only=True)
class AddOperation(Change):
    """An operation appears; older versions answer 404."""

    operation: Operation
    types: tuple[NamedType, ...] = ()

    @property
    def address(self) -> str:
        return self.operation.address

    def apply(self, contract: Contract, version: str) -> Contract:
        if contract.operation(self.operation.method, self.operation.path) is not None:
            raise taken("an operation", self.operation.address)
        if any(o.id == self.operation.id for o in contract.operations):
            raise taken("an operation id", self.operation.id)
        for type_ in self.types:
            if type_.name in contract.types:
                raise taken("a type", type_.name)
            contract = contract.with_type(type_)
        return contract.with_operation(self.operation)

    def inverse(self, before: Contract) -> Change:
        at = OperationAddress(self.operation.method, self.operation.path)
        return RemoveOperation(at=at, types=tuple(t.name for t in self.types))

    def sentence(self) -> str:
        return f"Added operation `{self.operation.address}`."


@dataclass(frozen=True, kw_only=True)
class RemoveOperation(Change):
    """An operation goes; its handler stays for older versions until they retire."""

    at: OperationAddress
    types: tuple[str, ...] = ()
    """The types that go with it; only the inverse of an addition says so."""

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        gone = need_operation(contract, self.at)
        left = replace(contract, operations=tuple(o for o in contract.operations if o is not gone))
        for name in self.types:
            left = left.without_type(name)
        return tidied(left)

    def inverse(self, before: Contract) -> Change:
        gone = need_operation(before, self.at)
        return AddOperation(operation=gone, types=written_in(before, mentioned(gone)))

    def sentence(self) -> str:
        return f"Removed operation `{self.at}`."


@dataclass(frozen=True, kw_only=True)
class RenameOperation(Change):
    """An operation takes a new id: the name generated clients call it by."""

    at: OperationAddress
    to: str

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        found = need_operation(contract, self.at)
        if any(o.id == self.to for o in contract.operations):
            raise taken("an operation id", self.to)
        return contract.with_operation(replace(found, id=self.to))

    def inverse(self, before: Contract) -> Change:
        return RenameOperation(at=self.at, to=need_operation(before, self.at).id)

    def sentence(self) -> str:
        return f"Renamed operation `{self.at}` to id `{self.to}`."


@dataclass(frozen=True, kw_only=True)
class MoveOperation(Change):
    """An operation gets another method or path.

    Where it was, the version that moves it answers with the status `redirect` and the new place, or, with `alias`,
    as at the new one.
    """

    at: OperationAddress
    to: OperationAddress
    redirect: int | None = None
    alias: bool = False

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        found = need_operation(contract, self.at)
        if contract.operation(self.to.method, self.to.path) is not None:
            raise taken("an operation", str(self.to))
        before = re.findall(r"{([^}]+)}", self.at.path)
        after = re.findall(r"{([^}]+)}", self.to.path)
        if len(before) != len(after):
            whole = f"; a resource goes below another one, or leaves it, whole: `move: {found.resource}`, `to: /…`"
            raise refuse(
                "SC311",
                f"`{self.at}` has {len(before)} path parameter(s) and `{self.to}` has {len(after)}",
                f"keep the same parameters, in the same order; rename them freely{whole if found.resource else ''}",
            )
        if (self.redirect or self.alias) and _shape(self.at) == _shape(self.to):
            raise refuse("SC312", f"`{self.at}` and `{self.to}` are one place to callers", "leave `redirect` out")
        if self.redirect and self.at.method != self.to.method:
            raise refuse("SC312", "a redirect keeps the method, and this is another", "say `keep: true` instead")
        names = dict(zip(before, after, strict=True))
        parameters = tuple(
            replace(p, name=names[p.name]) if p.location is Location.PATH else p for p in found.parameters
        )
        moved = replace(found, method=self.to.method, path=self.to.path, parameters=parameters)
        return contract.with_operation(moved)

    def inverse(self, before: Contract) -> Change:
        return MoveOperation(at=self.to, to=self.at)

    def sentence(self) -> str:
        left = "; it works in both places" if self.alias else f"; {self.redirect} leads there" if self.redirect else ""
        return f"Moved operation `{self.at}` to `{self.to}`{left}."


def _shape(at: OperationAddress) -> tuple[str, str]:
    """An address as callers see it, who know no names of path parameters."""
    return at.method, re.sub(r"{[^}]*}", "{}", at.path)


@dataclass(frozen=True, kw_only=True)
class ChangeEnvelope(Change):
    """Lists of resources are wrapped differently, in the whole API."""

    to: Envelope

    @property
    def address(self) -> str:
        return "envelope"

    def apply(self, contract: Contract, version: str) -> Contract:
        if self.to == contract.envelope:
            raise refuse("SC307", "the envelope is the same as before", "remove the line, or say what changes")
        return replace(contract, envelope=self.to)

    def inverse(self, before: Contract) -> Change:
        return ChangeEnvelope(to=before.envelope)

    def sentence(self) -> str:
        if self.to.template is None:
            return "Lists are answered bare, without an envelope."
        return f"Lists are answered as {said(self.to.template)}."
