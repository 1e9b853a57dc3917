"""Changes of whole types and resources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..contract import Contract, Resource
from ..message import Media
from ..named_types import AliasType, NamedType, ObjectType
from ..operation import Operation
from ..types import renamed
from .base import Change, held_types, listing, need_type, refuse, taken, tidied, written_in
from .identifiers import referring
from .resources import moved


@dataclass(frozen=True, kw_only=True)
class AddType(Change):
    """A named type appears, with the types written inside it."""

    types: tuple[NamedType, ...]

    @property
    def address(self) -> str:
        return self.types[0].name

    def apply(self, contract: Contract, version: str) -> Contract:
        for type_ in self.types:
            if type_.name in contract.types:
                raise taken("a type", type_.name)
            contract = contract.with_type(type_)
        return contract

    def inverse(self, before: Contract) -> Change:
        return RemoveType(name=self.types[0].name, types=tuple(t.name for t in self.types[1:]))

    def sentence(self) -> str:
        return f"Added type `{self.types[0].name}`."


@dataclass(frozen=True, kw_only=True)
class RemoveType(Change):
    """A named type that nothing mentions any more goes."""

    name: str
    types: tuple[str, ...] = ()
    """The types that go with it; only the inverse of an addition says so."""

    @property
    def address(self) -> str:
        return self.name

    def apply(self, contract: Contract, version: str) -> Contract:
        need_type(contract, self.name)
        going = (self.name, *self.types)
        held = [h for name in going for h in held_types(need_type(contract, name))]
        inside = {*going, *(t.name for t in written_in(contract, held))}
        users = [u for u in contract.users_of(self.name) if u.partition(".")[0] not in inside]
        if users:
            raise refuse("SC309", f"`{self.name}` is still used in {listing(users)}", "change or remove those first")
        for name in going:
            contract = contract.without_type(name)
        return tidied(contract)

    def inverse(self, before: Contract) -> Change:
        gone = {name: need_type(before, name) for name in (self.name, *self.types)}
        inside = written_in(before, [held for t in gone.values() for held in held_types(t)])
        return AddType(types=tuple({**gone, **{t.name: t for t in inside}}.values()))

    def sentence(self) -> str:
        return f"Removed type `{self.name}`."


@dataclass(frozen=True, kw_only=True)
class RenameType(Change):
    """A type takes a new name, wherever it is mentioned; a resource takes its operations along to `path`.

    `component` is what documents call it from then on, where that is not its new name. Without `path` paths stay.
    """

    name: str
    to: str
    component: str | None = None
    path: str | None = None

    @property
    def address(self) -> str:
        return self.name

    def apply(self, contract: Contract, version: str) -> Contract:
        need_type(contract, self.name)
        if self.to in contract.types:
            raise taken("a type", self.to)
        made = with_names(contract, {self.name: self.to})
        if self.path is not None:
            if self.name not in contract.resources:
                raise refuse("SC312", f"`{self.name}` is no resource and has no path", "leave `path` out")
            made = moved(contract, made, self.name, self.to, self.path, version)
        changed = made.types[self.to]
        if not isinstance(changed, AliasType) and changed.inline:
            return made
        return made.with_type(replace(changed, component=self.component))

    def inverse(self, before: Contract) -> Change:
        path = None if self.path is None else before.resources[self.name].path
        return RenameType(name=self.to, to=self.name, component=need_type(before, self.name).component, path=path)

    def sentence(self) -> str:
        what = "type" if self.path is None else "resource"
        return f"Renamed {what} `{self.name}` to `{self.to}`{f', at `{self.path}`' if self.path else ''}."


def with_names(contract: Contract, names: Mapping[str, str]) -> Contract:
    """`contract` with the types that `names` maps under their new names, all at once, wherever they are mentioned."""
    types: dict[str, NamedType] = {}
    for type_ in contract.types.values():
        name = names.get(type_.name, type_.name)
        if isinstance(type_, ObjectType):
            fields = tuple(replace(f, type=renamed(f.type, names)) for f in type_.fields)
            rest = None if type_.rest is None else renamed(type_.rest, names)
            types[name] = replace(type_, name=name, fields=fields, rest=rest)
        elif isinstance(type_, AliasType):
            types[name] = replace(type_, name=name, type=renamed(type_.type, names))
        else:
            types[name] = replace(type_, name=name)
    return replace(
        contract,
        types=types,
        resources={names.get(n, n): replace(r, type=names.get(r.type, r.type)) for n, r in contract.resources.items()},
        operations=tuple(renamed_operation(o, names) for o in contract.operations),
    )


def renamed_operation(operation: Operation, names: Mapping[str, str]) -> Operation:
    """`operation` with types called as `names` says."""
    body = operation.body
    return replace(
        operation,
        resource=names.get(operation.resource, operation.resource) if operation.resource else None,
        parameters=tuple(replace(p, type=renamed(p.type, names)) for p in operation.parameters),
        body=None
        if body is None
        else replace(body, type=renamed(body.type, names), others=_renamed_forms(body.others, names)),
        responses=tuple(
            replace(
                r,
                type=None if r.type is None else renamed(r.type, names),
                others=_renamed_forms(r.others, names),
                headers=tuple(replace(h, type=renamed(h.type, names)) for h in r.headers),
            )
            for r in operation.responses
        ),
    )


def _renamed_forms(forms: tuple[Media, ...], names: Mapping[str, str]) -> tuple[Media, ...]:
    return tuple(m if m.type is None else replace(m, type=renamed(m.type, names)) for m in forms)


@dataclass(frozen=True, kw_only=True)
class AddResource(Change):
    """A resource appears: its types and its standard operations."""

    resource: Resource
    types: tuple[NamedType, ...]
    operations: tuple[Operation, ...]

    @property
    def address(self) -> str:
        return self.resource.type

    def apply(self, contract: Contract, version: str) -> Contract:
        contract = AddType(types=self.types).apply(contract, version)
        for operation in self.operations:
            if contract.operation(operation.method, operation.path) is not None:
                raise taken("an operation", operation.address)
            contract = contract.with_operation(operation)
        return replace(contract, resources={**contract.resources, self.resource.type: self.resource})

    def inverse(self, before: Contract) -> Change:
        inner = tuple(t.name for t in self.types if t.name != self.resource.type)
        return RemoveResource(name=self.resource.type, types=inner)

    def sentence(self) -> str:
        return f"Added resource `{self.resource.type}` at `{self.resource.path}`."


@dataclass(frozen=True, kw_only=True)
class RemoveResource(Change):
    """A resource goes with its standard operations; older versions keep it."""

    name: str
    types: tuple[str, ...] = ()
    """The types that go with it; only the inverse of an addition says so."""

    @property
    def address(self) -> str:
        return self.name

    def apply(self, contract: Contract, version: str) -> Contract:
        if self.name not in contract.resources:
            raise refuse("SC302", f"there is no resource `{self.name}` here")
        users = [f"{t.name}.{f.name}" for t, f in referring(contract, need_type(contract, self.name).identity)]
        users = [u for u in users if u.partition(".")[0] != self.name]
        if users:
            refer = "refers" if len(users) == 1 else "refer"
            raise refuse("SC309", f"{listing(users)} {refer} to `{self.name}`", "remove what refers to it first")
        left = replace(
            contract,
            resources={n: r for n, r in contract.resources.items() if n != self.name},
            operations=tuple(o for o in contract.operations if o.resource != self.name),
        )
        return RemoveType(name=self.name, types=self.types).apply(left, version)

    def inverse(self, before: Contract) -> Change:
        operations = tuple(o for o in before.operations if o.resource == self.name)
        return AddResource(
            resource=before.resources[self.name],
            types=tuple(need_type(before, name) for name in (self.name, *self.types)),
            operations=operations,
        )

    def sentence(self) -> str:
        return f"Removed resource `{self.name}`."
