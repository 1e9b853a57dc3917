"""The order of the keys of an object: the same whether it is put together of a record or read as it was written."""

from __future__ import annotations

from collections.abc import Mapping

from ..contract.contract import Contract
from ..contract.named_types import ObjectType
from ..contract.names import other_names
from .stand_ins import promised
from .stated import is_rest


def key_order(contract: Contract, type_: ObjectType) -> Mapping[str, int]:
    """Where each field of an object stands, by identity; worked out once.

    What is promised comes first, as it is declared; other names stand beside the name that their value has in the same
    object. What is shown of a value inside another object comes after all that is no such value, and what the object
    does not know comes last.
    """
    known: dict[str, dict[str, int]] = contract.__dict__.setdefault("_key_orders", {})
    if type_.identity not in known:
        place = {f.identity: n for n, f in enumerate(type_.fields)}
        others = {o.field.identity: o for o in other_names(contract, type_)}

        def key(identity: str) -> tuple[bool, bool, bool, int, bool, int]:
            field, other = type_.fields[place[identity]], others.get(identity)
            main = place[other.path[0].identity] if other is not None and other.beside else place[identity]
            again = other is not None and not other.beside
            return is_rest(field), not promised(field), again, main, other is not None, place[identity]

        known[type_.identity] = {identity: n for n, identity in enumerate(sorted(place, key=key))}
    return known[type_.identity]
