"""Splitting one field into several, and merging several into one: fields that are converted together."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..address import MemberAddress, OperationAddress, Place, find_field
from ..contract import Contract, Parameter, identity
from ..hooks import hook_name
from ..names import alone
from ..types import MISSING, Field, Json, Kind, ListOf, MapOf, Missing, ObjectType, Scalar, Type, Undecided
from .base import Change, fresh, listing, refuse, taken, tidied
from .reading import read_again, without_reading

WAYS = ("words", "lines", "comma")
"""The built-in pairs: text joined with a space, a line end, or a comma, and split there again."""
_MODES = ("read_only", "write_only", "create_only")

Reading = tuple[tuple[OperationAddress, Parameter], ...]


@dataclass(frozen=True, kw_only=True)
class SplitField(Change):
    """One field becomes several; older versions go on with the one. `by` names a built-in pair or hooks."""

    at: MemberAddress
    into: tuple[Field, ...]
    by: str
    old_sees: Json | Missing | Undecided = MISSING
    reading: Reading = ()
    """The filters and sort words that come back with the new fields; only the inverse of a merge says so."""

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        place = find_field(contract, self.at)
        modes = {mode: getattr(place.field, mode) for mode in _MODES}
        return joined(contract, version, [place], tuple(replace(f, **modes) for f in self.into), self.by, self.reading)

    def inverse(self, before: Contract) -> Change:
        field = find_field(before, self.at).field
        sources = tuple(MemberAddress(self.at.type, (*self.at.path[:-1], f.name)) for f in self.into)
        return MergeFields(sources=sources, into=field, by=self.by, reading=_reading(before, [field]))

    def sentence(self) -> str:
        return f"Split `{self.at}` into {listing(f.name for f in self.into)}."


@dataclass(frozen=True, kw_only=True)
class MergeFields(Change):
    """Several fields of one object become one; older versions go on with them. `by` names a built-in pair or hooks."""

    sources: tuple[MemberAddress, ...]
    into: Field
    by: str
    reading: Reading = ()
    """The filters and sort words that come back with the new field; only the inverse of a split says so."""

    @property
    def address(self) -> str:
        return ", ".join(map(str, self.sources))

    def apply(self, contract: Contract, version: str) -> Contract:
        if len({(s.type, s.path[:-1]) for s in self.sources}) > 1:
            raise refuse("SC309", "fields of one object are merged, and these are of several", "move them there first")
        if len(set(self.sources)) < 2:
            raise refuse("SC309", f"`{self.address}` is one field: there is nothing to merge", "name two or more")
        places = [find_field(contract, s) for s in self.sources]
        modes = {mode: getattr(places[0].field, mode) for mode in _MODES}
        for place in places[1:]:
            for mode, said in modes.items():
                if getattr(place.field, mode) != said:
                    names = listing(p.field.name for p in places)
                    raise refuse("SC309", f"{names} are not alike {mode.replace('_', '-')}", "make them alike first")
        return joined(contract, version, places, (replace(self.into, **modes),), self.by, self.reading)

    def inverse(self, before: Contract) -> Change:
        fields = [find_field(before, s).field for s in self.sources]
        at = MemberAddress(self.sources[0].type, (*self.sources[0].path[:-1], self.into.name))
        return SplitField(at=at, into=tuple(fields), by=self.by, reading=_reading(before, fields))

    def sentence(self) -> str:
        return f"Merged {listing(map(str, self.sources))} into `{self.into.name}`."


def joined(
    contract: Contract, version: str, places: list[Place], into: tuple[Field, ...], by: str, reading: Reading
) -> Contract:
    """`contract` with the fields `into` in the place of those at `places`, which are converted together.

    Raises:
        ScaffoldError: SC309 for fields that cannot be, SC303 for a name that is taken.
    """
    owner, gone = places[0].owner, [p.field for p in places]
    _check(owner, gone, into, by)
    for f in gone:
        alone(contract, f, f"{owner.name}.{f.name}")
        if f.alias_of is not None:
            raise refuse("SC317", f"`{owner.name}.{f.name}` is another name", "convert the value itself")
    left = [f for f in owner.fields if f not in gone]
    taken_ = {f.name for f in left}
    born: list[Field] = []
    for f in into:
        if f.name in taken_:
            raise taken("a field", f"{owner.name}.{f.name}")
        taken_.add(f.name)
        born.append(replace(f, identity=fresh(contract, identity(version, owner.identity, f.name))))
    here = next(n for n, f in enumerate(owner.fields) if f in gone)
    position = sum(f not in gone for f in owner.fields[:here])
    after = contract.with_type(replace(owner, fields=(*left[:position], *born, *left[position:])))
    for f in gone:
        after = without_reading(after, f.identity, f.name)
    for at, parameter in reading:
        for was, now in zip(into, born, strict=True):
            if was.identity in parameter.fields:
                after = read_again(after, at, parameter, was.identity, now.identity)
    return tidied(after)


def _check(owner: ObjectType, gone: list[Field], into: tuple[Field, ...], by: str) -> None:
    names = [*(f.name for f in gone), *(f.name for f in into)]
    if by not in WAYS and hook_name(by) is None:
        help_ = f"write one of {listing(WAYS)}, or the name of a hook, `conversions.split_name`"
        raise refuse("SC309", f"`with: {by}` names no way to convert {listing(names)} together", help_)
    if len(into) < 2 and len(gone) < 2:
        raise refuse("SC309", f"`{owner.name}.{gone[0].name}` becomes one field", "`rename` it, or name two or more")
    for f in (*gone, *into):
        at = f"`{owner.name}.{f.name}`"
        if f.key:
            raise refuse("SC304", f"{at} is a key and stays whole")
        if f.unique:
            raise refuse("SC309", f"{at} is unique: nothing keeps its parts so", "drop `unique` first")
        if f.on_create is not None:
            raise refuse("SC309", f"{at} is what the server puts in", "add fields beside it, and remove it")
        if hook_name(by) is None and not _text(f.type):
            raise refuse("SC309", f"`{by}` joins and splits text without bounds, and {at} is other", "name hooks")
        if not _single(f.type):
            raise refuse("SC309", f"{at} is {f.type}", "single values, and lists and maps of them, are converted")
    if all(map(lacks, into)) and not all(map(lacks, gone)):
        needed = listing(f.name for f in gone if not lacks(f))
        raise refuse("SC309", f"{needed} is always there, and nothing of it would be", "make a new field required")
    if all(map(lacks, gone)) and not all(map(lacks, into)):
        needed, all_ = listing(f.name for f in into if not lacks(f)), listing(f.name for f in gone)
        raise refuse("SC309", f"{all_} may be missing, and {needed} may not", "make the new fields optional")


def lacks(field: Field) -> bool:
    """Whether a field may be absent or null."""
    return field.nullable or (not field.required and field.default is MISSING)


def _text(type_: Type) -> bool:
    if not isinstance(type_, Scalar) or type_.kind is not Kind.STR or type_.choices:
        return False
    bounds = (type_.format, type_.min_length, type_.max_length, type_.pattern)
    return all(bound is None for bound in bounds)


def _single(type_: Type) -> bool:
    match type_:
        case ListOf(items=inner) | MapOf(values=inner):
            return _single(inner)
        case _:
            return isinstance(type_, Scalar)


def _reading(before: Contract, fields: list[Field]) -> Reading:
    """The filters and sort words that go with `fields`."""
    mine = {f.identity for f in fields}
    return tuple(
        (OperationAddress(o.method, o.path), p) for o in before.operations for p in o.parameters if mine & set(p.fields)
    )
