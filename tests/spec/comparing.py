"""Histories compared by what they say: everything but identities, which come from where things were born."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from scaffold.contract.changes import Change, ChangeResponse
from scaffold.contract.contract import Contract
from scaffold.contract.history import History
from scaffold.contract.parameter import Parameter


def said(value: object, without: frozenset[str] = frozenset()) -> Any:
    """`value` as lists and mappings, prose and kept keywords too, but without identities.

    `without` names attributes that are left out, or `order`: that of operations.
    """
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if is_dataclass(value) and not isinstance(value, type):
        left = without | {"identity"}
        made = {f.name: said(getattr(value, f.name), without) for f in fields(value) if f.name not in left}
        if isinstance(value, Parameter):
            made["fields"] = len(made["fields"])
        if isinstance(value, Contract) and "order" in without:
            made["operations"] = sorted(made["operations"], key=str)
        if isinstance(value, ChangeResponse):
            made["to"] |= {"description": "", "headers": [], "extra": {}}  # they stay as they are
        if isinstance(value, Change):
            made |= {"address": value.address, "types": sorted(made.get("types", ()), key=str)}
        return {"": type(value).__name__, **made}
    if isinstance(value, Mapping):
        return {str(key): said(held, without) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [said(held, without) for held in value]
    if isinstance(value, bool | int | float):
        return (type(value).__name__, value)
    return value


def told(history: History, *without: str) -> Any:
    """What `history` says: its versions with their changes, and each contract on the way."""
    left = frozenset(without)
    return {
        "head": said((history.api, history.policy, history.scheme, history.unspecified, history.locating), left),
        "versions": said(history.versions, left),
        "contracts": said(history.contracts, left),
        "steps": [
            (a.version, said(a.change, left), said(a.before, left), said(a.after, left)) for a in history.applied
        ],
    }


def difference(one: Any, other: Any, at: str = "") -> str | None:
    """Where two values say something else first, with both."""
    if type(one) is type(other) and isinstance(one, dict):
        for key in [*one, *(k for k in other if k not in one)]:
            if key not in one or key not in other:
                return f"{at}.{key}: {one.get(key, 'nothing')!r} | {other.get(key, 'nothing')!r}"
            found = difference(one[key], other[key], f"{at}.{key}")
            if found:
                return found
        return None
    if type(one) is type(other) and isinstance(one, list) and len(one) == len(other):
        return next(
            (d for i, (a, b) in enumerate(zip(one, other, strict=True)) if (d := difference(a, b, f"{at}[{i}]"))), None
        )
    return None if one == other else f"{at}: {one!r} | {other!r}"
