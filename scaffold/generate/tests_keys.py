"""How the same record is named in every version, for generated tests that look at it from several."""

from __future__ import annotations

from typing import TypeAlias

from ..contract.history import History
from ..contract.naming import safe_name
from ..contract.types import ObjectType
from ..convert.records import Records

Keys: TypeAlias = tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
"""By resource: its store, and for each version what records call the key that it shows."""


def keys(history: History, records: Records) -> Keys:
    """The keys of every resource of `history`, whose identifiers stand apart; none where no version has another key."""
    found: dict[str, dict[str, str]] = {}
    for contract in history.contracts:
        for resource in contract.resources.values():
            type_ = contract.types[resource.type]
            assert isinstance(type_, ObjectType)
            assert type_.key is not None
            attribute = records.objects[type_.identity].by_identity[type_.key.identity].attr
            found.setdefault(type_.identity, {})[contract.version] = attribute
    if all(len(set(attributes.values())) == 1 for attributes in found.values()):
        return ()
    held = {identity: records.objects[identity] for identity in found}
    return tuple((held[i].name, safe_name(held[i].resource or ""), tuple(found[i].items())) for i in found)
