"""What standard operations store and nothing gives a value: fields that clients may not send, and always read."""

from __future__ import annotations

from collections.abc import Iterator

from .contract import Contract
from .named_types import Field, ObjectType
from .operation import Action
from .types import MISSING
from .views import objects_in

_WRITING = (Action.CREATE, Action.REPLACE, Action.UPDATE)


def ungiven(contract: Contract) -> Iterator[tuple[ObjectType, Field]]:
    """Every such field with the object it stands in, each once. Handlers of free operations fill in their own."""
    seen: set[tuple[str, bool]] = set()
    told: set[str] = set()
    for operation in contract.operations:
        root = None if operation.resource is None else contract.object(operation.resource)
        if root is None or operation.action not in _WRITING:
            continue
        for owner, field in _of(contract, root, seen, made=operation.action is Action.CREATE):
            if field.identity not in told:
                told.add(field.identity)
                yield owner, field


def lacks_value(contract: Contract, identity: str) -> bool:
    """Whether a field is there of which nobody but the server can say the value, and nothing says what that is."""
    found = contract.fields_by_identity.get(identity)
    return found is not None and _lacks(found[1])


def _of(
    contract: Contract, type_: ObjectType, seen: set[tuple[str, bool]], *, made: bool | None = None
) -> Iterator[tuple[ObjectType, Field]]:
    """Those of an object and of the objects in it; `made` says of a resource whether it comes into being here."""
    if (type_.name, bool(made)) in seen:
        return
    seen.add((type_.name, bool(made)))
    for f in type_.fields:
        by_server = made is not None and (f.key or f.owner or f.parent)
        if made is not False and not by_server and _lacks(f):
            yield type_, f
        if not f.read_only:
            for inner in objects_in(contract, f.type):
                yield from _of(contract, inner, seen)


def _lacks(f: Field) -> bool:
    given = f.default is not MISSING or f.on_create is not None or f.computed is not None or f.alias_of is not None
    return f.read_only and f.required and not given
