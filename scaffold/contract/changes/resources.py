"""What a resource takes along when it is called otherwise or goes elsewhere: its paths, and what was named after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ...diagnostics import ScaffoldError
from ..contract import Contract, Resource
from ..named_types import ObjectType
from ..nesting import Level, NoLevel, levels, put_below, rest_below, unplaced
from ..operation import Action, Operation
from ..parameter import Location, Parameter, Role
from ..standard import parent_parameter, plural, singular, standard_operations
from .base import Change, refuse, taken

NAMED = ("id", "summary", "tags")
"""What a standard operation is called after its resource, where nobody said otherwise."""


@dataclass(frozen=True, kw_only=True)
class MoveResource(Change):
    """A resource gets another path, below another one or below none, and takes along what stands below it."""

    name: str
    to: str
    brings: tuple[Parameter, ...] = ()
    """Parameters of paths that come back as they were; only the inverse of a move says so."""

    @property
    def address(self) -> str:
        return self.name

    def apply(self, contract: Contract, version: str) -> Contract:
        found = contract.resources.get(self.name)
        if found is None:
            raise refuse("SC302", f"there is no resource `{self.name}` here", "write its name: `move: User`")
        if found.path == self.to:
            raise refuse("SC307", f"`{self.name}` is at `{self.to}` already", "remove the line")
        return moved(contract, contract, self.name, self.name, self.to, version, self.brings)

    def inverse(self, before: Contract) -> Change:
        was = before.resources[self.name].path
        below = [o for o in before.operations if rest_below(o.path, was) is not None]
        brings = tuple(p for o in below for p in o.parameters if p.role is Role.PARENT)
        return MoveResource(name=self.name, to=was, brings=brings)

    def sentence(self) -> str:
        return f"Moved resource `{self.name}` to `{self.to}`."


def path_named(path: str, old: str, new: str) -> str:
    """`path` for a resource called `new`, where it was made of the name `old`: `/users` becomes `/accounts`."""
    before, _, last = path.rpartition("/")
    for between in ("-", "_", ""):
        if last == _many(singular(old).replace("_", between)):
            return f"{before}/{_many(singular(new).replace('_', between))}"
    return path


def _many(one: str) -> str:
    if re.search(r"[^aeiou]y$", one):
        return f"{one[:-1]}ies"
    return f"{one}es" if re.search(r"(s|x|z|ch|sh)$", one) else f"{one}s"


def moved(
    before: Contract,
    after: Contract,
    old: str,
    new: str,
    path: str,
    version: str,
    brings: tuple[Parameter, ...] = (),
) -> Contract:
    """`after`, in which the resource `old` of `before` is called `new`, with its operations at `path`.

    Operations and resources below its path go along; standard operations are called after it, where they were before.
    Their paths name what they stand below by then: `brings` are such parameters as they were before.

    Raises:
        ScaffoldError: SC303, an operation is there already. SC236 and SC237, `path` names what is nothing above.
            SC311, an operation below has a parameter of its own that the path would lose.
    """
    was = before.resources[old]
    names = _named_after(before, old, was.path, version), _named_after(after, new, path, version)
    type_ = after.types[new]
    if isinstance(type_, ObjectType):
        after = after.with_type(put_below(type_, _above(after, type_, path)))
    resources = {}
    for name, resource in after.resources.items():
        rest = rest_below(resource.path, was.path)
        resources[name] = resource if rest is None else replace(resource, path=path + rest)
    after = replace(after, resources=resources)
    known = {p.identity: p for p in brings}
    for operation in after.operations:
        rest = rest_below(operation.path, was.path)
        edits: dict[str, object] = {}
        if rest is not None:
            parameters = _in_path(after, operation, path + rest, known)
            edits = {"path": path + rest, "parameters": parameters}
        if operation.resource == new and operation.action in names[0]:
            one, other = (n[operation.action] for n in names)
            edits |= {k: getattr(other, k) for k in NAMED if getattr(operation, k) == getattr(one, k)}
        elif operation.tags == (plural(was.path),) and rest is not None:
            edits["tags"] = (plural(path),)
        made = replace(operation, **edits)  # type: ignore[arg-type]  # each under its own name
        if made.path != operation.path and after.operation(made.method, made.path) is not None:
            raise taken("an operation", made.address)
        after = after.with_operation(made)
    return after


def _in_path(
    contract: Contract, operation: Operation, path: str, known: Mapping[str, Parameter]
) -> tuple[Parameter, ...]:
    """The parameters of an operation that is at `path` now, in a contract whose resources are where they go."""
    owner = _closest(contract, path)
    type_ = None if owner is None else contract.types[owner.type]
    above = _above(contract, type_, owner.path) if owner is not None and isinstance(type_, ObjectType) else ()
    here = {p.fields: p for p in operation.parameters if p.role is Role.PARENT}
    others = [p for p in operation.parameters if p.role is not Role.PARENT]
    if not above and not here:
        return operation.parameters
    names, own = re.findall(r"{([^}]+)}", path), {p.name for p in others if p.location is Location.PATH}
    made: list[Parameter] = []
    for name, level in zip(names, above, strict=False):
        fresh = parent_parameter(operation.identity, level)
        if operation.action is Action.FREE:
            fresh = replace(fresh, description=None)  # nothing is said of its parameters that nobody wrote
        if name not in own:  # else the operation says itself what stands there
            made.append(replace(here.get(fresh.fields) or known.get(fresh.identity) or fresh, name=name))
    made += others
    if sorted(p.name for p in made if p.location is Location.PATH) != sorted(names):
        help_ = "move that operation, or its parameter, to another path first"
        raise refuse("SC311", f"`{operation.address}` has not the parameters of `{path}`", help_)
    return tuple(made)


def _above(contract: Contract, type_: ObjectType, path: str) -> tuple[Level, ...]:
    try:
        return levels(type_, path, contract.types_by_identity)
    except NoLevel as wrong:
        raise ScaffoldError(unplaced(path, wrong)) from None


def _closest(contract: Contract, path: str) -> Resource | None:
    found = [r for r in contract.resources.values() if rest_below(path, r.path) is not None]
    return max(found, key=lambda r: r.path.count("/"), default=None)


def _named_after(contract: Contract, name: str, path: str, version: str) -> dict[Action, Operation]:
    """The standard operations as they would be called."""
    type_, resource = contract.types[name], contract.resources[name]
    if not isinstance(type_, ObjectType) or type_.key is None:
        return {}
    actions = tuple(a for a in Action if a is not Action.FREE)
    return {o.action: o for o in standard_operations(version, type_, path, resource.handler, actions)}


def moved_operations(before: Contract, after: Contract) -> Iterator[tuple[Operation, Operation]]:
    """The operations that have another path after a change, each with what it was."""
    for operation in before.operations:
        now = after.operations_by_identity.get(operation.identity)
        if now is not None and now.path != operation.path:
            yield operation, now
