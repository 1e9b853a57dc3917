"""Unions as they are stored: each value under a word for its variant, which the variant has from birth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from ..contract.changes import AddVariant
from ..contract.history import Applied, History
from ..contract.types import Discriminator, ListOf, MapOf, Ref, Type, UnionOf, references, renamed
from ..contract.views import reached_types
from ..convert.conversions import NULL, Chosen, Each, Way, wrapped
from ..convert.stated import alike, identified, match
from ..convert.undecided import retyped
from ..convert.values import NoWay, conversion


@dataclass(frozen=True)
class Gone:
    """A variant that values were stored as, and that records do not have any more: how one becomes what they have.

    `record` is the variant that it becomes; both are None where no change says so.
    """

    type: Type
    way: Way | None = None
    record: Type | None = None


@dataclass(frozen=True)
class StoredUnion(UnionOf):
    """A union by identity, flat. A value of one that is not `worded` was the only type there was, and stands alone.

    `told` is what tells its values apart on the wire, where it was flat there: no part of how they are stored.
    """

    worded: bool = True
    gone: tuple[Gone, ...] = field(default=(), hash=False)
    told: Discriminator | None = field(default=None, compare=False)


def stored(type_: Type, was: Type | None = None) -> Type:
    """`type_`, by identity, as it is stored where values of `was` are stored already."""
    match type_:
        case ListOf(items=inner):
            return replace(type_, items=stored(inner, was.items if isinstance(was, ListOf) else None))
        case MapOf(values=inner):
            return replace(type_, values=stored(inner, was.values if isinstance(was, MapOf) else None))
        case UnionOf():
            before = was if isinstance(was, StoredUnion) else None
            now = tuple(map(stored, _flat(type_)))
            known = [] if before is None else [*before.variants, *(g.type for g in before.gone)]
            gone = tuple(Gone(v) for v in known if match(v, now) is None)
            worded = wrapped(now) if before is None else before.worded
            told = type_.discriminator if len(now) == len(type_.variants) else None
            return StoredUnion(now, None, type_.exclusive, worded, gone, told=told)
        case _:
            return type_


def _flat(union: UnionOf) -> Iterator[Type]:
    for variant in union.variants:
        if isinstance(variant, UnionOf):
            yield from _flat(variant)
        else:
            yield variant


def unions_in(type_: Type) -> Iterator[StoredUnion]:
    """The unions that a stored type holds, outer ones first."""
    match type_:
        case ListOf(items=inner) | MapOf(values=inner):
            yield from unions_in(inner)
        case StoredUnion(variants):
            yield type_
            for variant in (*variants, *(g.type for g in type_.gone)):
                yield from unions_in(variant)
        case _:
            pass


def settled(history: History, identity: str, type_: Type) -> Type:
    """The stored type of a field, where it is known what has become of the variants that are gone."""
    match type_:
        case ListOf(items=inner):
            return replace(type_, items=settled(history, identity, inner))
        case MapOf(values=inner):
            return replace(type_, values=settled(history, identity, inner))
        case StoredUnion(gone=gone) if gone:
            return replace(type_, gone=tuple(_followed(history, identity, g) for g in gone))
        case _:
            return type_


def _followed(history: History, identity: str, gone: Gone) -> Gone:
    for contract in reversed(history.contracts):
        found = contract.fields_by_identity.get(identity)
        if found is None:
            continue
        try:
            crossing = conversion(history, contract.version, identity, found[1].type, contract)
        except NoWay:
            continue
        while isinstance(crossing, Each):
            crossing = crossing.inner
        if not isinstance(crossing, Chosen):
            continue
        for variant, way in zip(crossing.here, crossing.up, strict=True):
            if way is not None and alike(stored(identified(variant, contract)), gone.type):
                return Gone(gone.type, way, crossing.record[way.to])
    return gone


def words(types: Iterable[Type], names: Mapping[str, str]) -> Iterator[tuple[str, Type]]:
    """The word for each of several variants, with the first that it stands for; null needs none."""
    found: dict[str, Type] = {}
    for type_ in types:
        if type_ != NULL:
            found.setdefault(word(type_, names), type_)
    yield from found.items()


def word(type_: Type, names: Mapping[str, str]) -> str:
    """What values of a variant are stored under: the name that its type was born with, the kind of a single value."""
    return str(renamed(type_, names))


def birth_names(history: History) -> Mapping[str, str]:
    """What each type is called in storage, by its identity: its first name, with the version where others had it."""
    history = history.whole
    first = history.applied[0].before if history.applied else history.contracts[0]
    found: dict[str, str] = {}
    taken: set[str] = set()
    for version, contract in [(first.version, first), *((a.version, a.after) for a in history.applied)]:
        for type_ in contract.types.values():
            if type_.identity not in found:
                name = type_.name if type_.name not in taken else f"{type_.name}@{version}"
                taken.add(name)
                found[type_.identity] = name
    return found


def holds_union(type_: Type) -> bool:
    """Whether a value of `type_` may be of one of several types, at any depth of lists and maps."""
    match type_:
        case ListOf(items=inner) | MapOf(values=inner):
            return holds_union(inner)
        case _:
            return isinstance(type_, UnionOf)


def mentioned(type_: Type) -> Iterator[str]:
    """The identities of the types that values of a stored type are, or hold in lists and maps."""
    yield from references(type_)
    for union in unions_in(type_):
        for gone in union.gone:
            yield from references(gone.type)


def hiding(applied: Applied) -> Iterator[str]:
    """The resources, by identity, whose objects may hold a variant that a change hides from older versions."""
    if not isinstance(applied.change, AddVariant) or not applied.change.hide:
        return
    fields = applied.before.fields_by_identity
    places = {fields[place][0].identity for place, _, _ in retyped(applied) if place in fields}
    for resource in applied.before.resources.values():
        if any(t.identity in places for t in reached_types(applied.before, Ref(resource.type))):
            yield applied.before.types[resource.type].identity
