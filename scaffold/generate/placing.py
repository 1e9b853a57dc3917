"""What records call the keys of the objects that they stand below."""

from __future__ import annotations

from ..contract.contract import Contract
from ..contract.history import History
from ..contract.nesting import parents_in
from ..convert.identifiers import root
from ..convert.records import RecordField, Records


def newest_reference(records: Records, contract: Contract, identity: str) -> str:
    """The attribute with the kind of key that is the newest, where a version knows it as the field `identity`."""
    record = records.objects[contract.fields_by_identity[identity][0].identity]
    return max((f for f in record.fields if root(f.identity) == root(identity)), key=_number).attr


def _number(field: RecordField) -> int:
    """Which of several kinds of a key: those that came later have a higher number."""
    return int(field.identity.rpartition("|key")[2]) if "|key" in field.identity else 0


def direct_parents(history: History, records: Records, operation: str) -> dict[str, str]:
    """By identity of a parameter that names the object just above: what records call the key that it is.

    Several, where versions have the operation below different objects.
    """
    found: dict[str, str] = {}
    for contract in history.contracts:
        stated = contract.operations_by_identity.get(operation)
        parents = () if stated is None else parents_in(stated)
        if parents:
            found[parents[-1].identity] = newest_reference(records, contract, parents[-1].fields[0])
    return found
