"""Fields that are converted together: one becomes several, several become one, or all of a type others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..address import MemberAddress, OperationAddress, Place, find_field
from ..contract import Contract, identity
from ..hooks import hook_name
from ..named_types import Field, ObjectType
from ..names import alone
from ..parameter import Role
from ..types import MISSING, Json, Kind, ListOf, MapOf, Missing, Scalar, Type, Undecided
from .base import Change, fresh, listing, need_object, refuse, taken, tidied
from .reading import Reading, without_reading

WAYS = ("words", "lines", "comma")
"""The built-in pairs: text joined with a space, a line end, or a comma, and split there again."""
_MODES = ("read_only", "write_only", "create_only")


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
        return MergeFields(sources=sources, into=field, by=self.by, reading=reading_of(before, [field]))

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
        return SplitField(at=at, into=tuple(fields), by=self.by, reading=reading_of(before, fields))

    def sentence(self) -> str:
        return f"Merged {listing(map(str, self.sources))} into `{self.into.name}`."


@dataclass(frozen=True, kw_only=True)
class CustomType(Change):
    """The single values of an object become others by two hooks, which get and give them as JSON objects have them.

    `into` are the fields in their place; the key, and fields that hold objects or enums, stay beside. `lossless`: what
    goes `up` and `down` again is as it was.
    """

    name: str
    into: tuple[Field, ...]
    up: str
    down: str
    lossless: bool = False
    reading: Reading = ()
    """The filters and sort words that come back; only an inverse says so."""

    @property
    def address(self) -> str:
        return self.name

    def apply(self, contract: Contract, version: str) -> Contract:
        owner = need_object(contract, self.name)
        gone = by_hand(owner)
        for word, hook in (("up", self.up), ("down", self.down)):
            if hook_name(hook) is None:
                raise refuse("SC309", f"`{word}: {hook}` names no hook", f"write `{word}: conversions.order_{word}`")
        if not gone:
            raise refuse("SC309", f"`{self.name}` has no single values to convert", "change what it holds")
        for f in gone:
            alone(contract, f, f"{self.name}.{f.name}")
        for f in self.into:
            if f.key or f.unique or f.on_create is not None or not _single(f.type):
                help_ = "give it a single value, or a list or map of them, without `key`, `unique` and `on_create`"
                raise refuse("SC309", f"`{self.name}.{f.name}` cannot be made by a hook", help_)
        after = _replaced(contract, version, owner, gone, self.into)
        born = {f.name: f for f in need_object(after, self.name).fields}
        if self.reading:
            heirs = {was.identity: born[was.name].identity for was in self.into}
            return _read_on(after, self.reading, heirs)
        alike = [f for f in gone if f.name in born and f.type == born[f.name].type]
        return _read_on(after, reading_of(contract, alike), {f.identity: born[f.name].identity for f in alike})

    def inverse(self, before: Contract) -> Change:
        gone = by_hand(need_object(before, self.name))
        return CustomType(
            name=self.name,
            into=gone,
            up=self.down,
            down=self.up,
            lossless=self.lossless,
            reading=reading_of(before, gone),
        )

    def sentence(self) -> str:
        return f"Converted `{self.name}` by functions of its own."


def by_hand(owner: ObjectType) -> tuple[Field, ...]:
    """The fields that hooks convert when a whole type is: its single values."""
    plain = (f for f in owner.fields if not f.key and not f.unique and f.on_create is None and f.alias_of is None)
    return tuple(f for f in plain if _single(f.type) and f.computed is None and f.elsewhere is None)


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
        if f.computed is not None:
            raise refuse("SC317", f"`{owner.name}.{f.name}` is computed: there is nothing to convert", "remove it")
        if f.alias_of is not None:
            raise refuse("SC317", f"`{owner.name}.{f.name}` is another name", "convert the value itself")
    after = _replaced(contract, version, owner, gone, into)
    names = {f.name: f.identity for f in need_object(after, owner.name).fields}
    return _read_on(after, reading, {f.identity: names[f.name] for f in into})


def _replaced(
    contract: Contract, version: str, owner: ObjectType, gone: Sequence[Field], into: Sequence[Field]
) -> Contract:
    """`contract` where `owner` has new fields in the place of those that are `gone`."""
    left = [f for f in owner.fields if f not in gone]
    names = {f.name for f in left}
    born: list[Field] = []
    for f in into:
        if f.name in names:
            raise taken("a field", f"{owner.name}.{f.name}")
        names.add(f.name)
        born.append(replace(f, identity=fresh(contract, identity(version, owner.identity, f.name))))
    here = next(n for n, f in enumerate(owner.fields) if f in gone)
    position = sum(f not in gone for f in owner.fields[:here])
    after = contract.with_type(replace(owner, fields=(*left[:position], *born, *left[position:])))
    for f in gone:
        after = without_reading(after, f.identity, f.name)
    return tidied(after)


def _read_on(contract: Contract, reading: Reading, heirs: Mapping[str, str]) -> Contract:
    """`contract` with the filters and sort words of `reading` again: for the fields that are there, or their heirs."""
    for at, parameter in reading:
        operation, there = contract.operation(at.method, at.path), contract.fields_by_identity
        fields = tuple(i for f in parameter.fields if (i := heirs.get(f, f)) in there)
        if operation is None or not fields:
            continue
        made = replace(parameter, fields=fields)
        if made.role is Role.SORT and isinstance(made.type, Scalar):
            names = {there[i][1].name for i in fields}
            words = tuple(c for c in made.type.choices if c.removeprefix("-") in names)
            made = replace(made, type=replace(made.type, choices=words))
        others = tuple(p for p in operation.parameters if p.identity != parameter.identity)
        contract = contract.with_operation(replace(operation, parameters=(*others, made)))
    return contract


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
            help_ = "name functions of your own, `with: conversions.split_name`"
            raise refuse("SC309", f"`{by}` joins and splits text without bounds, which {at} is not", help_)
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


def reading_of(before: Contract, fields: Sequence[Field]) -> Reading:
    """The filters and sort words that go with `fields`."""
    mine = {f.identity for f in fields}
    return tuple(
        (OperationAddress(o.method, o.path), p) for o in before.operations for p in o.parameters if mine & set(p.fields)
    )
