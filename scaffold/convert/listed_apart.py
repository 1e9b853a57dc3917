"""What one version has inside a list, or a map, and another outside of it: an item has no place by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..contract.address import find_field
from ..contract.changes import ChangeField, MoveFields
from ..contract.contract import Contract
from ..contract.history import Applied, History, owner
from ..contract.named_types import NamedType, ObjectType
from ..contract.types import ListOf, MapOf
from ..contract.views import objects_in
from ..diagnostics import Diagnostic
from .joints import Joint, joints


def listed_apart(applied: Applied, history: History) -> Iterator[Diagnostic]:
    """Fields that an older version has on the other side of a list, after a change that moves them, or makes a list of
    the object that they are in, or one object of a list.
    """
    change = applied.change
    if not isinstance(change, MoveFields) and not (isinstance(change, ChangeField) and _relisted(applied, change)):
        return
    became = _became(joints(history.applied))
    for contract in history.contracts[: history.index(owner(applied.version, history))]:
        for identity, (holder, field) in contract.fields_by_identity.items():
            now = _now(identity, applied.after, became)
            if now is None or now.identity == holder.identity:
                continue
            then, since = _around(contract, holder), _around(applied.after, now)
            shared = then.keys() & since.keys()
            if shared and all(then[i] or since[i] for i in shared):
                where = "outside of" if any(since[i] for i in shared) else "inside"
                theirs = f"{contract.version} has `{holder.name}.{field.name}` {where} the list"
                yield Diagnostic(
                    "SC308",
                    f"`{change.address}` cannot {_said(applied, change)}: {theirs}",
                    help="add fields at the new place and remove these, or drop that version first",
                )
                return


def _became(made: Sequence[Joint]) -> Mapping[str, str]:
    """What stands where a field was that was split or merged: one of those in its place, which stand together."""
    return {older.identity: joint.newer[0].identity for joint in made for older in joint.older if joint.newer}


def _now(identity: str, contract: Contract, became: Mapping[str, str]) -> ObjectType | None:
    """The object that a field is in by now, or what it became part of; None where it is gone."""
    found, next_ = contract.fields_by_identity.get(identity), became.get(identity)
    if found is None and next_ is not None:
        return _now(next_, contract, became)
    return None if found is None else found[0]


def _said(applied: Applied, change: MoveFields | ChangeField) -> str:
    if isinstance(change, MoveFields):
        return "move"
    return f"become {find_field(applied.after, change.at).field.type}"


def _relisted(applied: Applied, change: ChangeField) -> bool:
    older, newer = (find_field(c, change.at).field.type for c in (applied.before, applied.after))
    return any(isinstance(t, ListOf | MapOf) for t in (older, newer)) and type(older) is not type(newer)


def _around(contract: Contract, type_: ObjectType) -> Mapping[str, bool]:
    """An object type and those around it, by identity: whether every way to it leads out of a list or a map."""
    found = {type_.identity: False}
    waiting: list[NamedType] = [type_]
    for inner in waiting:
        for holder in contract.types.values():
            for f in holder.fields if isinstance(holder, ObjectType) else ():
                if inner.identity not in {t.identity for t in objects_in(contract, f.type)}:
                    continue
                listed = found[inner.identity] or isinstance(f.type, ListOf | MapOf)
                if holder.identity not in found or (found[holder.identity] and not listed):
                    found[holder.identity] = listed
                    waiting.append(holder)
    return found
