"""What a resource takes along when it is called otherwise: its paths, and what was named after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..contract import Contract
from ..named_types import ObjectType
from ..operation import Action, Operation
from ..standard import plural, singular, standard_operations
from .base import taken

NAMED = ("id", "summary", "tags")
"""What a standard operation is called after its resource, where nobody said otherwise."""


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


def moved(before: Contract, after: Contract, old: str, new: str, path: str, version: str) -> Contract:
    """`after`, in which the resource `old` of `before` is called `new`, with its operations at `path`.

    Operations below its path go along; standard ones are called after it, where they were before.

    Raises:
        ScaffoldError: SC303, an operation is there already.
    """
    was = before.resources[old]
    names = _named_after(before, old, was.path, version), _named_after(after, new, path, version)
    resources = {n: replace(r, path=path) if n == new else r for n, r in after.resources.items()}
    after = replace(after, resources=resources)
    for operation in after.operations:
        below = operation.path == was.path or operation.path.startswith(f"{was.path}/")
        edits: dict[str, object] = {"path": path + operation.path[len(was.path) :]} if below else {}
        if operation.resource == new and operation.action in names[0]:
            one, other = (n[operation.action] for n in names)
            edits |= {k: getattr(other, k) for k in NAMED if getattr(operation, k) == getattr(one, k)}
        elif operation.tags == (plural(was.path),) and below:
            edits["tags"] = (plural(path),)
        made = replace(operation, **edits)  # type: ignore[arg-type]  # each under its own name
        if made.path != operation.path and after.operation(made.method, made.path) is not None:
            raise taken("an operation", made.address)
        after = after.with_operation(made)
    return after


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
