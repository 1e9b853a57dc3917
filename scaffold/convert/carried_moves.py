"""Parts of a stated object that move: where they are on the other side, and what is left of objects around them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from ..contract.address import find_owner
from ..contract.changes import MoveFields
from ..contract.contract import Contract
from ..contract.named_types import ObjectType
from ..contract.types import MISSING, Json, Ref
from .one_change import Across, Lost


def moved(value: dict[str, Json], made: dict[str, Json], change: MoveFields, type_: ObjectType, step: Across) -> None:
    """Put the moved parts of an object of `type_` where they belong."""
    older = step.here if step.up else step.there
    for anchor, source, target in _ways(change, older):
        if anchor != type_.identity:
            continue
        old, new = (source, target) if step.up else (target, source)
        held: Json = value
        for name in old:
            held = held.get(name, MISSING) if isinstance(held, dict) else MISSING
        if held is MISSING:
            continue
        place = made
        for name in new[:-1]:
            place[name] = {} if place.get(name) is None else place[name]
            place = place[name]
        place[new[-1]] = held


def emptied(made: dict[str, Json], type_: ObjectType, change: MoveFields, step: Across) -> None:
    """Take out of `made`, as it was before the move, objects of which a part that they need is not there.

    Raises:
        Lost: one of them is needed itself.
    """
    older = [old[:-1] for anchor, old, _ in _ways(change, step.there) if anchor == type_.identity]
    _without(made, type_, older, step)


def _without(made: dict[str, Json], type_: ObjectType, ways: list[tuple[str, ...]], step: Across) -> None:
    """Take away the objects on `ways` in `made` that lack what they need: what moved out of them is not there."""
    for name, *_ in filter(None, ways):
        field, inner = type_.field(name), made.get(name)
        held = step.there.object(field.type.name) if field is not None and isinstance(field.type, Ref) else None
        if field is None or held is None or not isinstance(inner, dict):
            continue
        _without(inner, held, [way[1:] for way in ways if way[0] == name], step)
        if all(f.name in inner for f in held.fields if f.required and f.default is MISSING and not f.write_only):
            continue
        if not field.required:
            del made[name]
        elif field.nullable:
            made[name] = None
        else:
            raise Lost


def _ways(change: MoveFields, older: Contract) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Each field that moves: the identity of the innermost object that has both of its places, and the ways to them."""
    for source, target in zip(change.sources, change.targets(), strict=True):
        pairs = zip(source.path[:-1], target.path[:-1], strict=False)
        shared = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
        anchor, _ = find_owner(older, replace(source, path=source.path[: shared + 1]))
        yield anchor.identity, source.path[shared:], target.path[shared:]
