"""What stands in for something deprecated: found by what `use` says of it, and followed when it gets another name.

Documents say it by the keyword `x-use`, as clients of the version know it: `full_name` beside what is deprecated,
`User.full_name` elsewhere, `GET /users`, `GET /users?name`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeAlias, TypeVar

from ..diagnostics import ScaffoldError
from .address import MemberAddress, OperationAddress, ParameterAddress, find_field, find_owner, parse_address, quoted
from .contract import Contract
from .named_types import EnumType, EnumValue, Field, NamedType, ObjectType
from .operation import Operation
from .parameter import Parameter
from .types import Ref

At: TypeAlias = OperationAddress | ParameterAddress | MemberAddress
"""What can be deprecated by itself."""

USE = "x-use"
"""The keyword by which documents say what stands in for something deprecated."""

Marked = TypeVar("Marked", Operation, Parameter, Field, EnumValue)


def find(contract: Contract, at: At, use: str) -> str | None:
    """The identity of what `use` names, said of what stands `at`: first what is beside it, then what has that address;
    None where there is nothing.
    """
    for written in (_beside(contract, at, use), use):
        try:
            found = None if written is None else _identity(contract, parse_address(written))
        except ScaffoldError:
            continue
        if found is not None:
            return found
    return None


def beside(contract: Contract, at: At) -> list[str]:
    """The names that may stand in for what stands `at`, without its own: those of its siblings."""
    match at:
        case OperationAddress():
            return [o.address for o in contract.operations if o.address != str(at)]
        case ParameterAddress():
            operation = contract.operation(at.operation.method, at.operation.path)
            return [] if operation is None else [p.name for p in operation.parameters if p.name != at.name]
    enum = contract.enum(at.type)
    if enum is not None:
        return [v.value for v in enum.values if v.value != at.name]
    return [f.name for f in find_owner(contract, at)[0].fields if f.name != at.name]


def followed(before: Contract, after: Contract) -> Contract:
    """`after` with what stood in for something in `before` called as it is by now, and left out where it went."""
    said = dict(_said(before))
    if not said:
        return after
    named = _Names(before, after, said)
    types = {name: named.type(type_) for name, type_ in after.types.items()}
    return replace(after, types=types, operations=tuple(named.operation(o) for o in after.operations))


def _said(contract: Contract) -> Iterator[tuple[str, tuple[At, str]]]:
    """By identity, where something stands that something else stands in for, and what is said to."""
    for type_ in contract.types.values():
        members = _members(type_)
        yield from ((i, (MemberAddress(type_.name, (name,)), x[USE])) for i, name, x in members if _use(x))
    for operation in contract.operations:
        at = OperationAddress(operation.method, operation.path)
        if _use(operation.extra):
            yield operation.identity, (at, operation.extra[USE])
        for p in operation.parameters:
            if _use(p.extra):
                yield p.identity, (ParameterAddress(at, p.location, p.name), p.extra[USE])


def _use(extra: Mapping[str, Any]) -> bool:
    return isinstance(extra.get(USE), str)


def _members(type_: NamedType) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    if isinstance(type_, EnumType):
        yield from ((v.identity, v.value, v.extra) for v in type_.values)
    elif isinstance(type_, ObjectType):
        yield from ((f.identity, f.name, f.extra) for f in type_.fields)


class _Names:
    """What stands in, by the names of a later contract."""

    def __init__(self, before: Contract, after: Contract, said: Mapping[str, tuple[At, str]]) -> None:
        self._after = after
        found = {identity: (text, find(before, at, text)) for identity, (at, text) in said.items()}
        self._wanted = {identity: (text, target) for identity, (text, target) in found.items() if target is not None}

    def type(self, type_: NamedType) -> NamedType:
        if isinstance(type_, EnumType):
            values = tuple(self._renamed(v, MemberAddress(type_.name, (v.value,))) for v in type_.values)
            return type_ if _same(values, type_.values) else replace(type_, values=values)
        if isinstance(type_, ObjectType):
            fields = tuple(self._renamed(f, MemberAddress(type_.name, (f.name,))) for f in type_.fields)
            return type_ if _same(fields, type_.fields) else replace(type_, fields=fields)
        return type_

    def operation(self, operation: Operation) -> Operation:
        at = OperationAddress(operation.method, operation.path)
        told = tuple(self._renamed(p, ParameterAddress(at, p.location, p.name)) for p in operation.parameters)
        made = operation if _same(told, operation.parameters) else replace(operation, parameters=told)
        return self._renamed(made, at)

    def _renamed(self, marked: Marked, at: At) -> Marked:
        text, target = self._wanted.get(marked.identity, (None, None))
        held: Any = marked
        if text is None or target is None or held.extra.get(USE) != text or find(self._after, at, text) == target:
            return marked
        name = self._name(at, target)
        kept = {word: said for word, said in held.extra.items() if word != USE}
        made: Marked = replace(held, extra=kept if name is None else {**kept, USE: name})
        return made

    def _name(self, at: At, target: str) -> str | None:
        """What is called `target`, as somebody says it who stands `at`."""
        written = next((text for identity, text in _addresses(self._after) if identity == target), None)
        if written is None:
            return None
        near = [*beside(self._after, at), *_inside(self._after, at)]
        return next((name for name in near if find(self._after, at, name) == target), written)


def _addresses(contract: Contract) -> Iterator[tuple[str, str]]:
    """All that can stand in for something, by identity: where it is."""
    for operation in contract.operations:
        at = OperationAddress(operation.method, operation.path)
        yield operation.identity, str(at)
        yield from ((p.identity, str(ParameterAddress(at, p.location, p.name))) for p in operation.parameters)
    for type_ in contract.types.values():
        yield from ((i, str(MemberAddress(type_.name, (name,)))) for i, name, _ in _members(type_))


def _inside(contract: Contract, at: At) -> Iterator[str]:
    """The fields of objects beside what stands `at`, and of those in them, the nearest first: `profile.name`."""
    if not isinstance(at, MemberAddress) or contract.object(at.type) is None:
        return
    owner = find_owner(contract, at)[0]
    passed, wanted = {owner.name}, [("", owner)]
    for before, object_ in wanted:
        for f in object_.fields:
            inner = contract.object(f.type.name) if isinstance(f.type, Ref) else None
            if inner is not None and inner.name not in passed:
                passed.add(inner.name)
                wanted.append((f"{before}{quoted(f.name)}.", inner))
                yield from (f"{before}{quoted(f.name)}.{quoted(g.name)}" for g in inner.fields)


def _same(made: tuple[object, ...], kept: tuple[object, ...]) -> bool:
    return all(m is k for m, k in zip(made, kept, strict=True))


def _beside(contract: Contract, at: At, use: str) -> str | None:
    """The address of what is called `use` beside what stands `at`."""
    match at:
        case OperationAddress():
            return None
        case ParameterAddress(operation=operation):
            holder = contract.operation(operation.method, operation.path)
            found = None if holder is None else next((p for p in holder.parameters if p.name == use), None)
            return None if found is None else str(ParameterAddress(operation, found.location, use))
    if contract.enum(at.type) is not None:
        return str(MemberAddress(at.type, (use,)))
    return f"{'.'.join((at.type, *map(quoted, at.path[:-1])))}.{use}"


def _identity(contract: Contract, at: object) -> str | None:
    match at:
        case OperationAddress():
            found = contract.operation(at.method, at.path)
            return None if found is None else found.identity
        case ParameterAddress():
            operation = contract.operation(at.operation.method, at.operation.path)
            parameter = None if operation is None else operation.parameter(at.name, at.location)
            return None if parameter is None else parameter.identity
        case MemberAddress():
            enum = contract.enum(at.type)
            if enum is None:
                return find_field(contract, at).field.identity
            value = enum.value(at.name)
            return None if value is None else value.identity
    return None
