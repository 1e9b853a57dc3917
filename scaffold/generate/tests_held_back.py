"""What is to be seen of values that are held back: by callers who ask for them, and by others."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.contract import Contract
from ..contract.held_back import headers_of, shown_to_others
from ..contract.history import History
from ..contract.message import View
from ..contract.named_types import EnumType
from ..contract.types import Ref
from ..contract.views import view_fields
from ..convert.records import Records
from .python import text
from .tests_clients import Clients

Case = tuple[str, ...]


def opt_ins(history: History) -> tuple[str, ...]:
    """The headers that ask for values of any version."""
    enums = (t for c in history.contracts for t in c.types.values() if isinstance(t, EnumType))
    return tuple(dict.fromkeys(header for enum in enums for header in headers_of(enum)))


def held_cases(history: History, records: Records, made: Clients) -> list[Case]:
    """For each field of a resource whose enum holds values back: the test's row, as expressions.

    It has the resource, the version, the field, the value, what others are shown, and the header.
    """
    return [
        (text(name), text(contract.version), *map(text, row))
        for contract in history.contracts
        for name, row in _rows(contract, records, made)
    ]


def _rows(contract: Contract, records: Records, made: Clients) -> Iterator[tuple[str, Case]]:
    for resource in contract.resources.values():
        root = contract.object(resource.type)
        name = records.name(contract.types[resource.type].identity)
        stored = made.documents[contract.version]["resources"].get(name, {"steps": []})
        does = {step["does"] for step in stored["steps"]}
        if root is None or not {"create", "get"} <= does:
            continue
        shown = {f.field.identity for f in view_fields(root, View.OUTPUT, contract.version)}
        for f in view_fields(root, View.CREATE, contract.version):
            enum = contract.types.get(f.type.name) if isinstance(f.type, Ref) else None
            if not isinstance(enum, EnumType) or f.field.identity not in shown or f.field.alias_of is not None:
                continue
            for value in enum.values:
                seen = shown_to_others(enum, value)
                if value.opt_in is not None and seen is not None:
                    yield name, (f.name, value.value, seen.value, value.opt_in.header)
