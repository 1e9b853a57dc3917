"""Named types: which are the same under another name, which come and go, and what changes about each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from ...contract.address import TypeAddress
from ...contract.changes import AddType, ChangeType, RemoveType, RenameType
from ...contract.changes.base import held_types, written_in
from ...contract.contract import Contract
from ...contract.named_types import AliasType, EnumType, NamedType, ObjectType, Unknown
from ...contract.operation import mentioned
from ...contract.reach import Direction
from ...contract.types import UNDECIDED, Kind, Scalar, Type, UnionOf, references
from .choosing import OPEN, Chosen, codec_for, keep, strip
from .comparing import is_inline, same_type
from .draft import Draft
from .enums import change_values
from .fields import bounds_between, change_fields
from .graph import together
from .matching import Evidence, about_names, about_prose, best_pairs, words
from .shapes import members_alike, shape
from .unions import change_union

COMMON = 20
"""What more types than these have tells none of them apart."""


def rename_types(draft: Draft) -> None:
    """Rename named types that stand under other names in the target, where that is likely enough."""
    if not draft.guess:
        return
    old, new = draft.contract, draft.target
    gone = {n: t for n, t in old.types.items() if not is_inline(t) and n not in new.types}
    come = {n: t for n, t in new.types.items() if not is_inline(t) and n not in old.types}
    if not gone or not come:
        return
    shared = {n for n in old.types if n in new.types}
    places = _places(old, gone, shared), _places(new, come, shared)
    candidates = []
    for one, other in _likely(gone, come, *places):
        evidence = _evidence(gone[one], come[other], places[0][one], places[1][other])
        if evidence is not None:
            candidates.append((one, other, evidence))
    for pair in best_pairs(candidates):
        change = RenameType(name=pair.old, to=pair.new, component=come[pair.new].component, guessed=pair.confidence)
        draft.make(change, pair.reasons)


def _places(contract: Contract, among: dict[str, NamedType], shared: set[str]) -> dict[str, set[str]]:
    """For each of some types, the places that mention it and that both contracts have."""
    found: dict[str, set[str]] = {name: set() for name in among}
    for type_ in contract.types.values():
        if type_.name in shared:
            if isinstance(type_, ObjectType):
                for f in type_.fields:
                    for name in references(f.type):
                        found.get(name, set()).add(f"{type_.name}.{f.name}")
            else:
                for held in held_types(type_):
                    for name in references(held):
                        found.get(name, set()).add(type_.name)
    for operation in contract.operations:
        for held in mentioned(operation):
            for name in references(held):
                found.get(name, set()).add(operation.address)
    return found


def _likely(
    gone: dict[str, NamedType], come: dict[str, NamedType], old_places: dict[str, set[str]], places: dict[str, set[str]]
) -> Iterator[tuple[str, str]]:
    """Pairs that have something uncommon in common."""
    holders: dict[str, list[str]] = defaultdict(list)
    for name, type_ in come.items():
        for feature in _features(type_, places[name]):
            holders[feature].append(name)
    seen: set[tuple[str, str]] = set()
    for name, type_ in gone.items():
        for feature in sorted(_features(type_, old_places[name])):
            met = holders.get(feature, [])
            if len(met) > COMMON:
                continue
            for other in met:
                if (name, other) not in seen:
                    seen.add((name, other))
                    yield name, other


def _features(type_: NamedType, places: set[str]) -> set[str]:
    made = {f"at {p}" for p in places} | {f"word {w}" for w in words(type_.name)}
    match type_:
        case ObjectType():
            return made | {f"field {f.name}" for f in type_.fields}
        case EnumType():
            return made | {f"value {v.value}" for v in type_.values}
        case AliasType():
            return made


def _evidence(one: NamedType, other: NamedType, old_places: set[str], new_places: set[str]) -> Evidence | None:
    if type(one) is not type(other):
        return None
    inside = members_alike(one, other)
    found = Evidence()
    size = min(4, _size(one), _size(other)) / 4
    if inside < 0.4 and not (words(one.name) == words(other.name) and old_places & new_places):
        return None
    found.add(1.0 + 3.0 * size, inside, "they have the same members" if inside == 1 else "most members are the same")
    found.telling = inside if size >= 0.5 else 0.0
    about_names(found, one.name, other.name, 2.0)
    about_prose(found, one.description, other.description, 2.0)
    if old_places or new_places:
        same = len(old_places & new_places) / len(old_places | new_places)
        found.add(3.0, same, "they are mentioned in the same places", telling=True)
    return found


def _size(type_: NamedType) -> int:
    match type_:
        case ObjectType():
            return len(type_.fields)
        case EnumType():
            return len(type_.values)
        case AliasType():
            return 1 + len(shape(type_.type).split(" | ")) // 2


def make_room(draft: Draft) -> None:
    """Put types out of the way whose names the target has for types of another nature."""
    for name, new in draft.target.types.items():
        old = draft.contract.types.get(name)
        if old is None or is_inline(new):
            continue
        if type(old) is not type(new):
            draft.make(RenameType(name=name, to=draft.free_name(f"Old{name}"), component=old.component))
        elif is_inline(old):
            draft.make(ChangeType(name=name, inline=False, **_component(old, new)))


def _component(old: NamedType, new: NamedType) -> dict[str, Any]:
    return {} if old.component == new.component else {"component": new.component}


def add_types(draft: Draft) -> None:
    """Add the named types of the target that are not there, each after those it mentions."""
    come = {n: t for n, t in draft.target.types.items() if n not in draft.contract.types and not is_inline(t)}
    mentions = {n: _named_types(draft.target, t) & come.keys() for n, t in come.items()}
    for group in together(mentions):
        types = [draft.born(come[n]) for n in group]
        inside = written_in(draft.target, [h for t in types for h in held_types(t)])
        more = (draft.born(t) for t in inside if t.name not in draft.contract.types)
        draft.make(AddType(types=(*types, *more)))


def _named_types(contract: Contract, type_: NamedType) -> set[str]:
    """The components that a type mentions, through what is written in it."""
    held = held_types(type_)
    inside = written_in(contract, held)
    every = [*held, *(h for t in inside for h in held_types(t))]
    return {name for h in every for name in references(h)}


def remove_types(draft: Draft) -> None:
    """Remove the named types that the target does not have, each before those it mentions."""
    gone = {n: t for n, t in draft.contract.types.items() if n not in draft.target.types and not is_inline(t)}
    mentions = {n: _named_types(draft.contract, gone[n]) & gone.keys() for n in sorted(gone)}
    for group in reversed(together(mentions)):
        draft.make(RemoveType(name=group[0], types=tuple(group[1:])))


def change_types(draft: Draft) -> None:
    """Change the types that both contracts have until they are those of the target."""
    for name, new in draft.target.types.items():
        match draft.contract.types.get(name), new:
            case ObjectType() as old, ObjectType():
                _change_object(draft, old, new)
                change_fields(draft, name)
            case EnumType() as old, EnumType():
                stated = _component(old, new)
                chosen: Chosen = []
                if old.open != new.open:
                    stated |= {"open": new.open, "policy": keep(chosen)}
                _state(draft, name, stated, chosen)
                change_values(draft, name)
            case AliasType() as old, AliasType():
                _change_alias(draft, old, new)


def _state(draft: Draft, name: str, stated: dict[str, Any], chosen: Chosen) -> None:
    if stated:
        draft.make(ChangeType(name=name, **stated), chosen=chosen)


def _change_object(draft: Draft, old: ObjectType, new: ObjectType) -> None:
    stated = _component(old, new)
    chosen: Chosen = []
    if old.unknown is not new.unknown:
        stated["unknown"] = new.unknown
        if old.unknown is not Unknown.REFUSE and new.unknown is not Unknown.KEEP:
            stated["policy"] = keep(chosen) if old.unknown is Unknown.KEEP else strip(chosen)
    if not same_type(old.rest, new.rest):
        stated["rest"] = new.rest
        if new.rest is not None:
            stated["types"] = draft.brought([new.rest])
        if old.unknown is new.unknown is Unknown.KEEP:
            free = Scalar(Kind.JSON)
            stated["codec"] = codec_for(draft.contract, old.rest or free, new.rest or free, chosen)
    _state(draft, old.name, stated, chosen)


def _whole(alias: AliasType) -> Type:
    """What an alias stands for, with its null: inside of lists that is a union."""
    return UnionOf((alias.type, Scalar(Kind.NULL)), exclusive=False) if alias.nullable else alias.type


def _change_alias(draft: Draft, old: AliasType, new: AliasType) -> None:
    stated = _component(old, new)
    chosen: Chosen = []
    if not same_type(old.type, new.type) and not change_union(draft, TypeAddress(old.name), old.type, new.type):
        stated |= {"type": new.type, "types": draft.brought([new.type])}
        stated["codec"] = codec_for(draft.contract, _whole(old), _whole(new), chosen)
        if bounds_between(old.type, new.type) is not None:
            stated["policy"] = keep(chosen)
    if old.nullable != new.nullable:
        stated["nullable"] = new.nullable
        unsure = Direction.RESPONSE if new.nullable else Direction.REQUEST
        if unsure in draft.ways(old) and stated.get("codec") is None:
            stated["codec"] = UNDECIDED
            chosen.append(("codec", UNDECIDED, OPEN))
    _state(draft, old.name, stated, chosen)
