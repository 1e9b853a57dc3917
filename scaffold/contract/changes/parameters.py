"""Changes of the parameters of operations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..address import OperationAddress, ParameterAddress
from ..codecs import flipped, meant, turned
from ..contract import Contract, identity
from ..named_types import NamedType
from ..operation import Operation
from ..parameter import Location, Parameter, Role
from ..types import CONSTRAINTS, LIST_CONSTRAINTS, MISSING, Fallback, Json, ListOf, Missing, Scalar, Type, Undecided
from .base import (
    Change,
    Waiver,
    gone_with,
    need_operation,
    need_parameter,
    refuse,
    said,
    taken,
    tidied,
    with_types,
    written_in,
)


@dataclass(frozen=True, kw_only=True)
class AddParameter(Change):
    """A parameter appears; `old_sends` is what callers of older versions are taken to have sent."""

    at: ParameterAddress
    parameter: Parameter
    types: tuple[NamedType, ...] = ()
    """Those that are written in the place of its type."""
    old_sends: Json | Missing | Undecided = MISSING

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        operation = need_operation(contract, self.at.operation)
        if operation.parameter(self.at.name, self.at.location) is not None:
            raise taken("a parameter", str(self.at))
        if self.at.location is Location.PATH and f"{{{self.at.name}}}" not in operation.path:
            raise refuse("SC311", "a path parameter comes with its path", "use `move` on the operation")
        born = replace(self.parameter, identity=identity(version, operation.identity, self.at.location, self.at.name))
        made = with_types(contract, self.types)
        return made.with_operation(replace(operation, parameters=(*operation.parameters, born)))

    def inverse(self, before: Contract) -> Change:
        return RemoveParameter(at=self.at)

    def sentence(self) -> str:
        how = "required" if self.parameter.required else "optional"
        return f"Added {how} {self.at.location} parameter `{self.at.name}` to `{self.at.operation}`."


@dataclass(frozen=True, kw_only=True)
class RemoveParameter(Change):
    """A parameter goes; it keeps working for callers of older versions."""

    at: ParameterAddress

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        operation, gone = need_parameter(contract, self.at)
        if gone.location is Location.PATH:
            raise refuse("SC311", "a path parameter goes with its path", "use `move` on the operation")
        left = tuple(p for p in operation.parameters if p is not gone)
        return tidied(contract.with_operation(replace(operation, parameters=left)))

    def inverse(self, before: Contract) -> Change:
        gone = need_parameter(before, self.at)[1]
        return AddParameter(at=self.at, parameter=gone, types=written_in(before, [gone.type]))

    def sentence(self) -> str:
        return f"Removed {self.at.location} parameter `{self.at.name}` from `{self.at.operation}`."


@dataclass(frozen=True, kw_only=True)
class RenameParameter(Change):
    """A parameter takes a new name."""

    at: ParameterAddress
    to: str

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        operation, found = need_parameter(contract, self.at)
        if operation.parameter(self.to, found.location) is not None:
            raise taken("a parameter", self.to)
        path = operation.path
        if found.location is Location.PATH:
            path = path.replace(f"{{{found.name}}}", f"{{{self.to}}}")
        parameters = tuple(replace(p, name=self.to) if p is found else p for p in operation.parameters)
        return contract.with_operation(replace(operation, path=path, parameters=parameters))

    def inverse(self, before: Contract) -> Change:
        operation = self.at.operation
        if self.at.location is Location.PATH:
            path = operation.path.replace(f"{{{self.at.name}}}", f"{{{self.to}}}")
            operation = OperationAddress(operation.method, path)
        return RenameParameter(at=ParameterAddress(operation, self.at.location, self.to), to=self.at.name)

    def sentence(self) -> str:
        return f"Renamed {self.at.location} parameter `{self.at.name}` of `{self.at.operation}` to `{self.to}`."


@dataclass(frozen=True, kw_only=True)
class MoveParameter(Change):
    """A parameter travels elsewhere: from the query to a header, say.

    One that goes into the path, or comes out of it, brings the path that its operation has from then on.
    """

    at: ParameterAddress
    to: Location
    name: str | None = None
    path: str | None = None

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        operation, found = need_parameter(contract, self.at)
        name = self.name or found.name
        if operation.parameter(name, self.to) is not None:
            raise taken("a parameter", name)
        if Location.PATH in (found.location, self.to):
            self._look(operation, found, name)
        path = self.path or operation.path
        if path != operation.path and contract.operation(operation.method, path) is not None:
            raise taken("an operation", f"{operation.method} {path}")
        parameters = tuple(replace(p, location=self.to, name=name) if p is found else p for p in operation.parameters)
        return contract.with_operation(replace(operation, path=path, parameters=parameters))

    def _look(self, operation: Operation, found: Parameter, name: str) -> None:
        """Refuse what cannot stand in a path, and a path that has not exactly what it is said to."""
        if found.role is not Role.PLAIN:
            raise refuse("SC311", f"`{self.at}` is what the operation is about, and stays where it is")
        if self.to is Location.PATH and not found.required:
            help_ = f"write `change: {self.at}` with `required: true` and `old_sends` before it"
            raise refuse("SC311", f"`{self.at}` may be left out, and a part of a path may not", help_)
        held = [p.name for p in operation.parameters if p.location is Location.PATH and p is not found]
        wanted = sorted([*held, name] if self.to is Location.PATH else held)
        if self.path is None or sorted(re.findall(r"{([^}]+)}", self.path)) != wanted:
            names = ", ".join(f"`{{{w}}}`" for w in wanted) or "no names"
            raise refuse("SC311", f"the new path of `{self.at.operation}` has to have {names}", _PATHS)

    def inverse(self, before: Contract) -> Change:
        path = None if self.path is None else self.at.operation.path
        operation = OperationAddress(self.at.operation.method, self.path or self.at.operation.path)
        at = ParameterAddress(operation, self.to, self.name or self.at.name)
        return MoveParameter(at=at, to=self.at.location, name=self.at.name, path=path)

    def sentence(self) -> str:
        return (
            f"Moved parameter `{self.at.name}` of `{self.at.operation}` from {self.at.location} "
            f"to {self.to}{f' as `{self.name}`' if self.name else ''}"
            f"{f': the path is `{self.path}`' if self.path else ''}."
        )


_PATHS = "write `to: path /reports/{year}`, or `to: query year` where it comes out of the path"


@dataclass(frozen=True, kw_only=True)
class ChangeParameter(Change):
    """A parameter changes its type, requiredness, default, bounds or how it is written.

    What is None or MISSING stays. `drop` names bounds, `default`, `style`, `explode` or `media_type` that go.
    """

    at: ParameterAddress
    type: Type | None = None
    types: tuple[NamedType, ...] = ()
    """Those that are written in the place of the new type."""
    codec: str | Undecided | None = None
    style: str | None = None
    explode: bool | None = None
    media_type: str | None = None
    required: bool | None = None
    default: Json | Missing = MISSING
    bounds: Mapping[str, Json] | None = None
    drop: tuple[str, ...] = ()
    old_sends: Json | Missing | Undecided = MISSING
    unreadable: str | Fallback | None = None
    values: tuple[tuple[Json, Json], ...] | None = None
    """What older values become, where an enum or a bool becomes another one."""
    pick: str | None = None
    """As of a field."""
    policy: str | None = None
    waiver: Waiver | None = None

    @property
    def address(self) -> str:
        return str(self.at)

    def after(self, parameter: Parameter) -> Parameter:
        """`parameter` as it stands after this change."""
        type_ = parameter.type if self.type is None else self.type
        edits: dict[str, Json] = dict(self.bounds or {})
        edits |= {d: False if d == "unique_items" else None for d in self.drop if d not in _WRITTEN}
        if edits:
            known = CONSTRAINTS if isinstance(type_, Scalar) else LIST_CONSTRAINTS
            if not isinstance(type_, Scalar | ListOf) or any(name not in known for name in edits):
                raise refuse("SC305", f"these bounds cannot be set on `{self.at}`, which is {type_}")
            type_ = replace(type_, **edits)
        stated = {"required": self.required, "style": self.style, "explode": self.explode}
        stated |= {"media_type": self.media_type}
        changed: dict[str, Any] = {word: value for word, value in stated.items() if value is not None}
        changed |= {word: None for word in self.drop if word in _WRITTEN}
        default = parameter.default if self.default is MISSING else self.default
        changed["default"] = MISSING if "default" in self.drop else default
        changed["meaning"] = meant(parameter.meaning, self.codec)
        return replace(parameter, type=type_, **changed)

    def apply(self, contract: Contract, version: str) -> Contract:
        operation, found = need_parameter(contract, self.at)
        changed = self.after(found)
        if changed == found and self.converts(contract) is None:
            raise refuse("SC307", f"nothing about `{self.at}` changes here", "remove the line, or say what changes")
        if changed.role is Role.SORT:
            changed = replace(changed, fields=sorted_by(contract, operation, changed.type))
        parameters = tuple(changed if p is found else p for p in operation.parameters)
        made = with_types(contract, self.types).with_operation(replace(operation, parameters=parameters))
        return tidied(made)

    def inverse(self, before: Contract) -> Change:
        _, found = need_parameter(before, self.at)
        changed = self.after(found)
        return ChangeParameter(
            at=self.at,
            type=found.type if changed.type != found.type else None,
            types=gone_with(before, [found.type], [changed.type]),
            codec=flipped(self.codec) if isinstance(self.codec, str) else self.codec,
            style=found.style if changed.style != found.style else None,
            explode=found.explode if changed.explode != found.explode else None,
            media_type=found.media_type if changed.media_type != found.media_type else None,
            required=found.required if changed.required != found.required else None,
            default=found.default if changed.default != found.default else MISSING,
            pick=self.pick,
            values=turned(self.values),
            drop=tuple(w for w, empty in _WRITTEN.items() if getattr(found, w) is empty is not getattr(changed, w)),
        )

    def converts(self, before: Contract) -> str | None:
        return need_parameter(before, self.at)[1].identity if isinstance(self.codec, str) else None

    def sentence(self) -> str:
        parts = []
        if self.type is not None:
            parts.append(f"its type to {self.type}")
        if self.required is not None:
            parts.append("it to be required" if self.required else "it to be optional")
        if self.default is not MISSING:
            parts.append(f"its default to {said(self.default)}")
        written = {"style": self.style, "explode": self.explode, "media type": self.media_type, **(self.bounds or {})}
        parts += [f"its {name} to {said(value)}" for name, value in written.items() if value is not None]
        if self.codec is not None and not parts:
            parts.append(f"its meaning by {self.codec}")
        parts += [f"it to have no {name}" for name in self.drop]
        return f"Changed {self.at.location} parameter `{self.at.name}` of `{self.at.operation}`: {', '.join(parts)}."


def sorted_by(contract: Contract, operation: Operation, type_: Type) -> tuple[str, ...]:
    """The identities of the fields that the words of a sort parameter name, or SC302."""
    resource = contract.object(operation.resource or "")
    words = type_.choices if isinstance(type_, Scalar) else ()
    names = dict.fromkeys(str(word).removeprefix("-") for word in words)
    known = {f.name: f.identity for f in resource.fields} if resource is not None else {}
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        problem = (
            f"`{unknown[0]}` is no field of {operation.resource}" if unknown else "an order needs words to choose from"
        )
        raise refuse("SC302", problem, "write `to: {enum: [name, -name]}`, with the names of fields")
    return tuple(known[name] for name in names)


_WRITTEN: Mapping[str, Any] = {"default": MISSING, "style": None, "explode": None, "media_type": None}
"""What a parameter can lose beside a bound, and what it is then."""
