"""Whose objects are, for the generated test of two callers: by version, the field that says so."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.history import History
from ..contract.named_types import ObjectType
from ..convert.records import Records
from .python import text
from .tests_clients import Clients


def owners(history: History, records: Records, clients: Clients) -> Iterator[tuple[str, str, str]]:
    """The version, the resource and the field as an expression, where a stored client of it makes something."""
    for contract in history.contracts:
        for resource in contract.resources.values():
            type_ = contract.types[resource.type]
            name = records.name(type_.identity)
            field = next((f for f in type_.fields if f.owner), None) if isinstance(type_, ObjectType) else None
            stored = clients.documents[contract.version]["resources"].get(name)
            if field is not None and stored is not None and any(s["does"] == "create" for s in stored["steps"]):
                yield contract.version, name, text(field.name)
