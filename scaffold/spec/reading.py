"""What lists are filtered and sorted by: fields of a resource, and fields inside its objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..contract.changes.base import listing
from ..contract.contract import Contract
from ..contract.named_types import AliasType, EnumType, Field, NamedType, ObjectType
from ..contract.names import ways_to
from ..contract.parameter import Role
from ..contract.types import Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf
from ..diagnostics import Diagnostic, did_you_mean
from .parameters import is_single

TAKEN = ("sort", "limit", "offset", "page", "cursor")
"""Parameters that lists have already."""
_INNER = (Kind.STR, Kind.INT, Kind.BOOL, Kind.UUID, Kind.DATE, Kind.EMAIL, Kind.URL)
"""Kinds of which equal values are written alike inside of an object, which is how they are found there."""
Read = tuple[Field | None, str | None, str | None]


def read_by(type_: ObjectType, word: str, key: str, types: Mapping[str, NamedType]) -> Read:
    """The field called `word`, `address.city` say, under that name; else what is wrong with it, and the way out.

    `key` is `filters` or `sort`.
    """
    way, problem, help_ = _way(type_, word, types)
    if problem is not None:
        return None, problem, help_
    field = way[-1]
    at = f"`{type_.name}.{word}`"
    if any(f.write_only or f.computed for f in way) or not is_single(field.type, types):
        return None, f"{at} cannot stand in `{key}`", _instead(type_, word, field.type, types)
    if key == "filters" and word in TAKEN:
        return None, f"a filter cannot be called `{word}`: lists have such a parameter already", "leave it out"
    if len(way) == 1:
        return field, None, None
    return _inside(type_, way, word, key, types)


def _way(
    type_: ObjectType, word: str, types: Mapping[str, NamedType]
) -> tuple[tuple[Field, ...], str | None, str | None]:
    """The fields that `word` names, each inside of the one before it."""
    here, way = type_, list[Field]()
    names = word.split(".")
    for position, name in enumerate(names):
        field = here.field(name)
        if field is None:
            known = [".".join((*names[:position], f.name)) for f in here.fields]
            return (), f"`{type_.name}` has no field `{word}` to read lists by", did_you_mean(word, known)
        way.append(field)
        if position < len(names) - 1:
            inner = types.get(field.type.name) if isinstance(field.type, Ref) else None
            if not isinstance(inner, ObjectType):
                so_far = ".".join(names[: position + 1])
                help_ = _instead(type_, word, field.type, types)
                return (), f"`{type_.name}.{so_far}` is {field.type}, so no list is read by what is inside of it", help_
            here = inner
    return tuple(way), None, None


def _inside(type_: ObjectType, way: tuple[Field, ...], word: str, key: str, types: Mapping[str, NamedType]) -> Read:
    """A field inside of an object: found where it is the only one, and equal values are written alike."""
    at, field = f"`{type_.name}.{word}`", way[-1]
    if key == "sort":
        return (
            None,
            f"{at} is inside of an object, by which no list is sorted",
            "filter by it, or sort by another field",
        )
    if not is_inner(field.type, types):
        help_ = f"move it out: a field of `{type_.name}` itself can be filtered by"
        return None, f"{at} is {field.type}, and may be written in several ways inside of an object", help_
    if any(f.alias_of is not None for f in way):
        return None, f"{at} is another name, inside of an object", "filter by the name that it stands for"
    if len(list(ways_to(Contract("", types={**types, type_.name: type_}), type_, field.identity))) > 1:
        held = way[-2].type
        return None, f"`{held}` stands in several places of `{type_.name}`", "give this place a type of its own"
    return replace(field, name=word), None, None


def is_inner(type_: Type, types: Mapping[str, NamedType]) -> bool:
    """Whether equal values are written alike inside of an object, so that they can be found there."""
    return is_single(type_, types) and (not isinstance(type_, Scalar) or type_.kind in _INNER)


def lost_filters(before: Contract, after: Contract) -> Iterator[Diagnostic]:
    """Filters by what is inside of an object, and would not be reached any more, or in several places."""
    for operation in after.operations:
        held, was = after.object(operation.resource or ""), before.operations_by_identity.get(operation.identity)
        older = None if was is None else before.object(was.resource or "")
        for p in operation.parameters:
            if p.role is not Role.FILTER or held is None or older is None or held.by_identity(p.fields[0]) is not None:
                continue
            if len(list(ways_to(before, older, p.fields[0]))) != 1:
                continue
            ways = [".".join(f.name for f in way) for way in ways_to(after, held, p.fields[0])]
            help_ = f"write `remove: {operation.address}?{p.name}` before it"
            if not ways:
                problem = f"`{operation.address}` is filtered by `{p.name}`, which would not be found"
                yield Diagnostic("SC223", problem, help=help_)
            elif len(ways) > 1:
                places = listing(ways)
                problem = f"`{operation.address}` is filtered by `{p.name}`, which would be in several places: {places}"
                yield Diagnostic("SC223", problem, help=f"{help_}, or give the new place a type of its own")


def _instead(type_: ObjectType, word: str, held: Type, types: Mapping[str, NamedType]) -> str:
    """What to do where a field cannot be read by."""
    known = types.get(held.name) if isinstance(held, Ref) else None
    if isinstance(known, AliasType):
        held, known = known.type, None
    if isinstance(held, UnionOf):
        kind = f"{word.partition('.')[0]}_kind"
        return (
            "what is one of several types has no one value to compare: keep what is searched in a field beside it, "
            f"`{kind}: {{enum: [card, transfer]}}`, and filter by that"
        )
    if isinstance(held, ListOf | MapOf):
        return (
            "a list or a map has no one value to compare: filter by a field beside it, or by an operation of your own"
        )
    if isinstance(known, ObjectType):
        inner = next((f.name for f in known.fields if isinstance(f.type, Scalar) or _is_enum(f.type, types)), None)
        if inner is not None:
            return f"name a value inside of it: `{word}.{inner}`"
    return "only single values that clients see and records keep can be filtered and sorted by"


def _is_enum(type_: Type, types: Mapping[str, NamedType]) -> bool:
    return isinstance(type_, Ref) and isinstance(types.get(type_.name), EnumType)
