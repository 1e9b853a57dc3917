"""Whose objects are, for the generated test of two callers: by version, the field that says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..contract.history import History
from ..contract.named_types import ObjectType
from ..contract.nesting import above
from ..convert.records import Records
from .python import text
from .tests_clients import Clients


@dataclass(frozen=True)
class OwnedView:
    """A row of the test: `field` is an expression, None where only what is above says whose an object is.

    `below` says that it stands below something of somebody's: for another caller there is not even a list.
    """

    version: str
    resource: str
    field: str
    below: bool


def owners(history: History, records: Records, clients: Clients) -> Iterator[OwnedView]:
    """The resources of each version that are somebody's, where a stored client of it makes something."""
    for contract in history.contracts:
        for resource in contract.resources.values():
            type_ = contract.types[resource.type]
            name = records.name(type_.identity)
            field = next((f for f in type_.fields if f.owner), None) if isinstance(type_, ObjectType) else None
            standard = [o for o in contract.operations if o.resource == resource.type]
            below = any(f.owner for o in standard for t in above(contract, o) for f in t.fields)
            stored = clients.documents[contract.version]["resources"].get(name)
            made = stored is not None and any(s["does"] == "create" for s in stored["steps"])
            if made and (field is not None or below):
                yield OwnedView(contract.version, name, "None" if field is None else text(field.name), below)
