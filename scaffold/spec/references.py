"""Fields that refer to a resource: `{ref: User}` has the type of the key of `User`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from ..contract.named_types import Field, ObjectType
from ..contract.standard import as_resource
from ..contract.types import MISSING
from ..diagnostics import did_you_mean
from .scope import Scope


def refer(scope: Scope, resources: Collection[str]) -> None:
    """Give every field in `scope.made` that refers to one of `resources`, by name, its type."""
    for name, type_ in list(scope.made.items()):
        if isinstance(type_, ObjectType) and any(f.refers for f in type_.fields):
            fields = tuple(referring(f, name, scope, resources) if f.refers else f for f in type_.fields)
            scope.made[name] = replace(type_, fields=fields)


def referring(field: Field, owner: str, scope: Scope, resources: Collection[str]) -> Field:
    """`field`, whose `refers` is the name of a resource, with its type; `owner` is the type it stands in."""
    at, place = f"`{owner}.{field.name}`", scope.places.get(f"{owner}.{field.name}")
    target = scope.all_types.get(str(field.refers))
    plain = replace(field, refers=None)
    if field.refers not in resources or not isinstance(target, ObjectType):
        if field.refers not in scope.broken:
            help_ = did_you_mean(str(field.refers), list(resources))
            scope.findings.add("SC217", f"{at} refers to `{field.refers}`, which is no resource", place, help_)
        return plain
    if owner not in resources:
        help_ = "write its type here, and check in the handler what it refers to"
        scope.findings.add("SC390", f"{at} refers to `{field.refers}` from inside another object", place, help_)
        return plain
    if field.key or field.default is not MISSING or field.on_create is not None:
        what = "is a key" if field.key else "has a value of its own"
        scope.findings.add("SC217", f"{at} {what} and cannot refer to `{field.refers}`", place, "keep one of the two")
        return plain
    key = as_resource(target).key
    return plain if key is None else replace(field, type=key.type, refers=target.identity)
