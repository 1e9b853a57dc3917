"""What is inside of an object that a spec states: its parts, also those that were elsewhere for a while."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from ..contract.address import find_field
from ..contract.changes import MoveFields
from ..contract.contract import Contract
from ..contract.history import Applied
from ..contract.named_types import Field, ObjectType
from ..contract.names import other_names, ways_to
from ..contract.types import MISSING, Json, Missing, Ref, Type


def within(
    value: Json | Missing, field: Field, identity: str, contract: Contract, around: Collection[str] = ()
) -> Json | Missing:
    """The part for `identity` in `value` of `field`; MISSING where it has none.

    Of several the one that is inside no other objects than those called `around`, or inside the fewest others.
    """
    found = list(_parts(value, field, identity, contract))
    others = [sum(i not in around for i in way) for way, _ in found]
    return found[others.index(min(others))][1] if found else MISSING


def _parts(
    value: Json | Missing, field: Field, identity: str, contract: Contract, way: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Json]]:
    """Each part for `identity` in `value` of `field`, with the objects around it."""
    if isinstance(value, Missing):
        return
    if field.identity == identity:
        yield way, value
        return
    inner = contract.types.get(field.type.name) if isinstance(field.type, Ref) else None
    if isinstance(inner, ObjectType) and isinstance(value, dict):
        for f in inner.fields:
            yield from _parts(value.get(f.name, MISSING), f, identity, contract, (*way, field.identity))


def said_again(value: dict[str, Json], type_: ObjectType, contract: Contract) -> None:
    """Let an object of `type_` say what it says at all names and places of each value."""
    for second in other_names(contract, type_):
        own: Json = value
        for f in second.path:
            own = own.get(f.name, MISSING) if isinstance(own, dict) else MISSING
        if own is not MISSING:
            value[second.field.name] = own


def arriving(type_: Type, here: Contract, applied: Applied) -> frozenset[str]:
    """The fields, by identity, that a change moves and that are not inside of `type_` of the contract `here`."""
    held = here.object(type_.name) if isinstance(type_, Ref) else None
    if held is None or not isinstance(applied.change, MoveFields):
        return frozenset()
    moved = {find_field(applied.before, s).field.identity for s in applied.change.sources}
    return frozenset(i for i in moved if not any(ways_to(here, held, i)))


def come_back(
    value: Json,
    type_: Type,
    contract: Contract,
    identities: Collection[str],
    part: Callable[[str], Json | Missing],
    made: frozenset[str] = frozenset(),
) -> Json:
    """`value` of `type_` with those fields called by `identities` that it lacks, each as `part` has it.

    `made` are the objects around it that are there for them alone.
    """
    found = contract.types.get(type_.name) if isinstance(type_, Ref) else None
    if not identities or not isinstance(found, ObjectType) or not isinstance(value, dict):
        return value
    whole = dict(value)
    for f in found.fields:
        if f.alias_of is not None:
            continue
        held: Json | Missing = MISSING
        if f.name in value:
            held = come_back(value[f.name], f.type, contract, identities, part)
        elif f.identity in identities:
            held = part(f.identity)
        elif found.identity not in made:
            held = come_back({}, f.type, contract, identities, part, made | {found.identity}) or MISSING
        if not isinstance(held, Missing):
            whole[f.name] = held
    said_again(whole, found, contract)
    return whole
