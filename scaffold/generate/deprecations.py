"""Since when operations, parameters, fields and values are deprecated in a version, and when they end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ..contract.address import MemberAddress, OperationAddress, ParameterAddress, find_field
from ..contract.changes import AliasFields, ChangeField, Deprecate
from ..contract.changes.base import need_operation, need_parameter, need_value
from ..contract.contract import Contract
from ..contract.history import Applied, History, owner
from ..contract.named_types import EnumType, ObjectType


@dataclass(frozen=True)
class Deprecation:
    """The dates of one thing: when it was said that it goes, and when it does."""

    since: date | datetime
    sunset: date | datetime | None


def deprecations(history: History, contract: Contract) -> Mapping[str, Deprecation]:
    """The operations of a version that a change deprecates, by id; what was never released says nothing yet."""
    known = contract.operations_by_identity
    return {known[i].id: found for i, found in marks(history, contract).items() if i in known}


def marks(history: History, contract: Contract) -> Mapping[str, Deprecation]:
    """All that a change deprecates up to a version, by identity: operations, parameters, fields, values of enums."""
    history = history.whole
    known = {v.id for v in history.versions[: history.index(contract.version) + 1]}
    days = released(history)
    found: dict[str, Deprecation] = {}
    for applied in history.declared:
        since = days.get(applied.version)
        mine = owner(applied.version, history)
        elsewhere = mine != contract.version and any(applied is other for other in history.backported)
        if since is None or mine not in known or elsewhere:
            continue
        for identity, is_marked in _marked(applied):
            if is_marked:
                found[identity] = Deprecation(since, getattr(applied.change, "sunset", None))
            else:
                found.pop(identity, None)
    return found


def released(history: History) -> Mapping[str, date | datetime | None]:
    """The day of each version and each release that is out."""
    versions = history.whole.versions
    days = {v.id: v.released for v in versions if v.frozen}
    return days | {r.id: r.released for v in versions for r in v.releases}


def _marked(applied: Applied) -> Iterator[tuple[str, bool]]:
    """What a change marks as deprecated, by identity, and what it takes the mark from."""
    change, after = applied.change, applied.after
    match change:
        case Deprecate():
            yield _identity(after, change.at), change.deprecated
        case ChangeField(marks=stated) if stated is not None and "deprecated" in stated:
            yield _identity(after, MemberAddress(change.at.type, change.at.path)), bool(stated["deprecated"])
        case AliasFields():
            for type_ in after.types.values():
                if isinstance(type_, ObjectType) and type_ is not applied.before.types.get(type_.name):
                    yield from ((f.identity, True) for f in type_.fields if f.deprecated and f.alias_of is not None)


def _identity(contract: Contract, at: OperationAddress | ParameterAddress | MemberAddress) -> str:
    match at:
        case OperationAddress():
            return need_operation(contract, at).identity
        case ParameterAddress():
            return need_parameter(contract, at)[1].identity
        case _ if isinstance(contract.types.get(at.type), EnumType):
            return need_value(contract, at)[1].identity
        case _:
            return find_field(contract, at).field.identity
