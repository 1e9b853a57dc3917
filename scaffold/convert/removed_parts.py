"""Parts of a stated object that a later change removes: they stay in it for the record, and for versions with them.

In between they are written as the types that they are of are called by then, like all else that is stated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..contract.address import find_field
from ..contract.changes import MoveFields, RemoveField
from ..contract.contract import Contract
from ..contract.named_types import ObjectType
from ..contract.types import Json, Ref, Type, references, renamed
from .one_change import Across, Lost
from .stated import identified


@dataclass(frozen=True)
class Removed:
    """Where a stated object has a part that newer versions do not have: a key that is equal to no name.

    Its `type` refers to others by identity.
    """

    identity: str
    type: Type = field(compare=False)


def keep_removed(
    value: dict[Json, Json], made: dict[Json, Json], type_: ObjectType, step: Across, carried: Callable[..., Json]
) -> None:
    """Let `made`, which is `value` of `type_` after a change, have what newer versions do not have of it.

    `carried` carries a value of one type to another.
    """
    for key, held in list(value.items()):
        if isinstance(key, Removed):
            _keep(made, key, held, step, carried)
    for f in type_.fields:
        if f.name not in value or f.alias_of is not None or f.identity in step.there.fields_by_identity:
            continue
        key = Removed(f.identity, identified(f.type, step.here))
        if isinstance(step.change, RemoveField) and find_field(step.here, step.change.at).field is f:
            _keep(made, key, value[f.name], step, carried)
        elif isinstance(step.change, MoveFields) and (left := _removed_only(value[f.name], f.type, step.here)):
            made[key] = left


def _keep(made: dict[Json, Json], key: Removed, held: Json, step: Across, carried: Callable[..., Json]) -> None:
    """Put a part into `made`; what no codec reads any more is not kept."""
    older, newer = (_called(key.type, contract) for contract in (step.here, step.there))
    try:
        made[key] = held if older is None or newer is None else carried(held, older, newer, step)
    except Lost:
        return


def _called(type_: Type, contract: Contract) -> Type | None:
    """A type, by identity, in the words of a contract; None where that does not have all that it refers to."""
    names = {identity: t.name for identity, t in contract.types_by_identity.items()}
    return renamed(type_, names) if all(i in names for i in references(type_)) else None


def _removed_only(value: Json, type_: Type, contract: Contract) -> dict[Json, Json]:
    """What was removed from an object of which nothing else is left, and from objects in it."""
    found = contract.types.get(type_.name) if isinstance(type_, Ref) else None
    if not isinstance(found, ObjectType) or not isinstance(value, dict):
        return {}
    left: dict[Json, Json] = {key: held for key, held in value.items() if isinstance(key, Removed)}
    for f in found.fields:
        if f.name in value and (inside := _removed_only(value[f.name], f.type, contract)):
            left[Removed(f.identity, identified(f.type, contract))] = inside
    return left


def without_removed(value: Json) -> Json:
    """`value` as today's clients would say it."""
    if isinstance(value, list):
        return [without_removed(v) for v in value]
    if isinstance(value, dict):
        return {k: without_removed(v) for k, v in value.items() if not isinstance(k, Removed)}
    return value
