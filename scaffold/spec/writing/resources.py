"""Resources as a spec states them: a type with a path, and which standard operations it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...contract.contract import Contract, PageStyle, Pagination, Resource
from ...contract.named_types import Field, ObjectType
from ...contract.operation import Operation
from ...contract.parameter import Role
from ...contract.standard import KEY_PATTERN, as_resource, plural
from ...contract.types import Scalar
from .keys import Keys, Places
from .layout import Block, Value
from .scalars import Word
from .types import named


def resource_keys(resource: Resource, type_: ObjectType, operations: Sequence[Operation], places: Places) -> Keys:
    """What stands under the name of a resource with these standard operations."""
    stated = named(_as_stated(type_), places)
    fields = stated.pop("fields")
    made: Keys = {**{key: stated.pop(key) for key in ("description",) if key in stated}, "path": resource.path}
    if resource.handler != plural(resource.path):
        made["handler"] = resource.handler
    owner = next((f.name for f in type_.fields if f.owner), None)
    if owner is not None:
        made["owner"] = owner
    made |= stated
    made["fields"] = Block(fields)
    made["operations"] = [str(o.action) for o in operations]
    names = {f.identity: f.name for f in type_.fields}
    for key, role in (("filters", Role.FILTER), ("sort", Role.SORT)):
        found = [names.get(i, p.name) for o in operations for p in o.parameters if p.role is role for i in p.fields]
        if found:
            made[key] = found
    if resource.pagination is not None:
        made["pagination"] = pagination(resource.pagination)
    return made


def pagination(value: Pagination) -> Value:
    """How lists are paged, whole."""
    if value.style is PageStyle.NONE:
        return Word(value.style)
    return Block(style=Word(value.style), limit=value.limit, max_limit=value.max_limit)


def _as_stated(type_: ObjectType) -> ObjectType:
    """`type_` without what its key gets by being one."""
    key = type_.key
    if key is None:
        return type_
    for candidate in _candidates(key):
        stated = replace(type_, fields=tuple(candidate if f is key else f for f in type_.fields))
        if as_resource(stated).key == key:
            return stated
    return type_


def _candidates(key: Field) -> list[Field]:
    bare = replace(key, read_only=False, create_only=False)
    if isinstance(key.type, Scalar) and key.type.pattern == KEY_PATTERN:
        return [replace(bare, type=replace(key.type, pattern=None)), bare]
    return [bare]


def standard(contract: Contract, resource: Resource) -> list[Operation]:
    """The standard operations of a resource, in their order."""
    return [o for o in contract.operations if o.resource == resource.type]
