"""What every change is: it applies to a contract, knows its inverse and says itself in one sentence."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass

from ...diagnostics import Diagnostic, ScaffoldError, did_you_mean
from ..address import OperationAddress, ParameterAddress
from ..contract import Contract, Operation, Parameter
from ..types import EnumType, NamedType, ObjectType


@dataclass(frozen=True, kw_only=True)
class Change(ABC):
    """One declared difference between a version and the one before it."""

    why: str | None = None
    note: str | None = None

    @property
    @abstractmethod
    def address(self) -> str:
        """The place it changes, as a spec writes it."""

    @abstractmethod
    def apply(self, contract: Contract, version: str) -> Contract:
        """The contract after this change, which is declared in `version`.

        Raises:
            ScaffoldError: SC3xx when the change does not fit the contract.
        """

    @abstractmethod
    def inverse(self, before: Contract) -> Change:
        """The change that undoes this one, which was applied to `before`."""

    @abstractmethod
    def sentence(self) -> str:
        """What it does, in one English sentence."""


def refuse(code: str, message: str, help_: str | None = None, notes: tuple[str, ...] = ()) -> ScaffoldError:
    """An error with one diagnostic; its place is filled in by who knows the file."""
    return ScaffoldError(Diagnostic(code, message, help=help_, notes=notes))


def need_type(contract: Contract, name: str) -> NamedType:
    """The type called `name`, or SC302."""
    found = contract.types.get(name)
    if found is None:
        raise refuse("SC302", f"there is no type `{name}` here", did_you_mean(name, list(contract.types)))
    return found


def need_object(contract: Contract, name: str) -> ObjectType:
    """The object type called `name`, or SC302."""
    found = need_type(contract, name)
    if not isinstance(found, ObjectType):
        raise refuse("SC302", f"`{name}` is an enum, not an object", f"its values are changed as `{name}.value`")
    return found


def need_enum(contract: Contract, name: str) -> EnumType:
    """The enum called `name`, or SC302."""
    found = need_type(contract, name)
    if not isinstance(found, EnumType):
        raise refuse("SC302", f"`{name}` is an object, not an enum", f"its fields are changed as `{name}.field`")
    return found


def need_operation(contract: Contract, at: OperationAddress) -> Operation:
    """The operation at `at`, or SC302."""
    found = contract.operation(at.method, at.path)
    if found is None:
        known = [o.address for o in contract.operations]
        raise refuse("SC302", f"there is no operation `{at}` here", did_you_mean(str(at), known))
    return found


def need_parameter(contract: Contract, at: ParameterAddress) -> tuple[Operation, Parameter]:
    """The operation and the parameter at `at`, or SC302."""
    operation = need_operation(contract, at.operation)
    found = operation.parameter(at.name, at.location)
    if found is None:
        known = [p.name for p in operation.parameters]
        raise refuse("SC302", f"`{at.operation}` has no parameter `{at.name}`", did_you_mean(at.name, known))
    return operation, found


def taken(what: str, name: str) -> ScaffoldError:
    """SC303: the new name is not free."""
    return refuse("SC303", f"{what} `{name}` is there already", "choose a free name, or remove the other one first")


def listing(words: Iterable[str]) -> str:
    """`a`, `b` and `c`, each in backticks."""
    quoted = [f"`{w}`" for w in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def said(value: object) -> str:
    """A JSON value as a sentence shows it."""
    import json

    return f"`{json.dumps(value, ensure_ascii=False)}`"
