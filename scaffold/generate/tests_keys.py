"""How the same record is named in every version, for generated tests that look at it from several."""

from __future__ import annotations

from typing import Any, TypeAlias

from ..contract.contract import Contract
from ..contract.history import History
from ..contract.named_types import ObjectType
from ..contract.naming import safe_name
from ..contract.nesting import parent_of
from ..contract.types import Json
from ..convert.records import RecordField, Records
from .python import plain


def without_references(type_: ObjectType, payload: Json) -> Json:
    """`payload` without the fields that may be left out and refer to what a test would have to make first."""
    spare = {f.name for f in type_.fields if f.refers is not None and not f.required}
    return {n: v for n, v in payload.items() if n not in spare} if isinstance(payload, dict) else payload


def referred(contract: Contract, resource: str, records: Records) -> dict[str, str]:
    """The resources that a client must make first, by the field that refers to one."""
    types, type_ = contract.types_by_identity, contract.types[resource]
    assert isinstance(type_, ObjectType)
    return {
        f.name: records.name(types[f.refers].identity)
        for f in type_.fields
        if f.refers is not None and f.required and (f.parent or not f.read_only)
    }


def below(contract: Contract, resource: str, needs: dict[str, str]) -> dict[str, str]:
    """What stands in the stored paths of a resource for the object above, and what that is; empty for one on top."""
    type_ = contract.types[resource]
    parent = parent_of(type_) if isinstance(type_, ObjectType) else None
    if parent is None:
        return {}
    return {"place": above_place(contract, parent.identity), "resource": needs[parent.name]}


def above_place(contract: Contract, identity: str) -> str:
    """What stands in a stored path for the key that the field `identity` refers to."""
    holder, field = contract.fields_by_identity[identity]
    return f"{{{holder.name}.{field.name}}}"


def makeable(resources: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Those of the stored `resources` whose clients can make all that they refer to."""
    while True:
        makers = {n for n, r in resources.items() if any(s["does"] == "create" for s in r["steps"])}
        left = {n: r for n, r in resources.items() if set(r.get("refers", {}).values()) <= makers}
        if len(left) == len(resources):
            return left
        resources = left


Keys: TypeAlias = tuple[tuple[str, str, tuple[tuple[str, str, str], ...]], ...]
"""By resource: its store, and for each version what records call the key that it shows, and of what type it is."""


def keys(history: History, records: Records) -> Keys:
    """The keys of every resource of `history`, whose identifiers stand apart; none where no version has another key."""
    found: dict[str, dict[str, RecordField]] = {}
    for contract in history.contracts:
        for resource in contract.resources.values():
            type_ = contract.types[resource.type]
            assert isinstance(type_, ObjectType)
            assert type_.key is not None
            key = records.objects[type_.identity].by_identity[type_.key.identity]
            found.setdefault(type_.identity, {})[contract.version] = key
    if all(len(set(mine.values())) == 1 for mine in found.values()):
        return ()
    made = []
    for identity, mine in found.items():
        record = records.objects[identity]
        stated = tuple((version, key.attr, plain(key.type, records.name)) for version, key in mine.items())
        made.append((record.name, safe_name(record.resource or ""), stated))
    return tuple(made)
