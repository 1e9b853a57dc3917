"""What every change is: it applies to a contract, knows its inverse and says itself in one sentence."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ...diagnostics import Diagnostic, ScaffoldError, did_you_mean
from ..address import BodyAddress, MemberAddress, OperationAddress, ParameterAddress, ResponseAddress
from ..contract import Contract
from ..message import Body, Response
from ..named_types import AliasType, EnumType, EnumValue, NamedType, ObjectType
from ..operation import Operation, mentioned
from ..parameter import Parameter
from ..types import Type, references


@dataclass(frozen=True)
class Waiver:
    """Who lets a change refuse what an older version promised to take, and why."""

    name: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Change(ABC):
    """One declared difference between a version and the one before it."""

    why: str | None = None
    note: str | None = None
    guessed: float | None = None
    """How sure an import was of it, between 0 and 1; None for what somebody declared."""

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

    def converts(self, before: Contract) -> str | None:
        """The identity of the field or parameter whose values a codec that it names converts; None without one."""
        return None


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
    if isinstance(found, AliasType):
        raise refuse("SC302", f"`{name}` is {found.type}, not an object", "change the type itself")
    if not isinstance(found, ObjectType):
        raise refuse("SC302", f"`{name}` is an enum, not an object", f"its values are changed as `{name}.value`")
    return found


def need_value(contract: Contract, at: MemberAddress) -> tuple[EnumType, EnumValue]:
    """The enum and the value that `at` names. Raises SC302 where there is none."""
    enum = need_enum(contract, at.type)
    value = enum.value(at.name)
    if value is None:
        known = [v.value for v in enum.values]
        raise refuse("SC302", f"`{at.type}` has no value `{at.name}` here", did_you_mean(at.name, known))
    return enum, value


def need_enum(contract: Contract, name: str) -> EnumType:
    """The enum called `name`, or SC302."""
    found = need_type(contract, name)
    if isinstance(found, AliasType):
        raise refuse("SC302", f"`{name}` is {found.type}, not an enum", "change the type itself")
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


def need_response(contract: Contract, at: ResponseAddress) -> tuple[Operation, Response]:
    """The operation and the answer at `at`, or SC302."""
    operation = need_operation(contract, at.operation)
    found = next((r for r in operation.responses if str(r.status) == at.status), None)
    if found is None:
        known = [str(r.status) for r in operation.responses]
        raise refuse("SC302", f"`{at.operation}` has no answer {at.status}", did_you_mean(at.status, known))
    return operation, found


def need_body(contract: Contract, at: BodyAddress) -> tuple[Operation, Body]:
    """The operation and the body at `at`, or SC302."""
    operation = need_operation(contract, at.operation)
    if operation.body is None:
        raise refuse("SC302", f"`{at.operation}` has no body", "add one with `add`")
    return operation, operation.body


def with_types(contract: Contract, types: Iterable[NamedType]) -> Contract:
    """`contract` with the types that a change brings along, or SC303 where one is there already."""
    for type_ in types:
        if type_.name in contract.types:
            raise taken("a type", type_.name)
        contract = contract.with_type(type_)
    return contract


def tidied(contract: Contract) -> Contract:
    """`contract` without the types that were written in a place that is gone."""
    while True:
        inline = {t.name for t in contract.types.values() if not isinstance(t, AliasType) and t.inline}
        gone = inline - _mentioned(contract) if inline else inline
        if not gone:
            return contract
        contract = replace(contract, types={n: t for n, t in contract.types.items() if n not in gone})


def _mentioned(contract: Contract) -> set[str]:
    """The names of all types that something mentions."""
    found: set[str] = set()
    for type_ in contract.types.values():
        for held in held_types(type_):
            found.update(references(held))
    for operation in contract.operations:
        for held in mentioned(operation):
            found.update(references(held))
    return found


def held_types(type_: NamedType) -> list[Type]:
    """The types that a named type states inside it."""
    match type_:
        case ObjectType():
            return [*(f.type for f in type_.fields), *([] if type_.rest is None else [type_.rest])]
        case AliasType():
            return [type_.type]
        case EnumType():
            return []


def written_in(contract: Contract, types: Iterable[Type]) -> tuple[NamedType, ...]:
    """The types that were written in the place of `types`, at any depth: they go and come with it."""
    found: dict[str, NamedType] = {}
    waiting = [name for t in types for name in references(t)]
    while waiting:
        type_ = contract.types.get(waiting.pop())
        if type_ is None or isinstance(type_, AliasType) or not type_.inline or type_.name in found:
            continue
        found[type_.name] = type_
        waiting += [name for t in held_types(type_) for name in references(t)]
    return tuple(found.values())


def gone_with(contract: Contract, old: Iterable[Type], new: Iterable[Type]) -> tuple[NamedType, ...]:
    """The types that were written in the place of `old` and are not in `new`, which stands there instead."""
    kept = {t.name for t in written_in(contract, new)}
    return tuple(t for t in written_in(contract, old) if t.name not in kept)


def fresh(contract: Contract, wanted: str) -> str:
    """`wanted`, unless a field has it that was born in the same version under the same name and then renamed."""
    held = [t.fields for t in contract.types.values() if isinstance(t, ObjectType)]
    found, number = wanted, 1
    while any(f.identity == found for fields in held for f in fields):
        number += 1
        found = f"{wanted}#{number}"
    return found


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
