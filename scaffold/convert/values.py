"""How one value crosses between a version and the record: as it is, by codecs, by an enum's map, or nested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from ..contract.changes import AddEnumValue, ChangeField, ChangeParameter, RemoveEnumValue
from ..contract.contract import Contract
from ..contract.history import Applied, History
from ..contract.types import (
    MISSING,
    EnumType,
    EnumValue,
    Json,
    ListOf,
    MapOf,
    Missing,
    ObjectType,
    Ref,
    Scalar,
    Type,
    Undecided,
)
from .codecs import Codec, between


@dataclass(frozen=True)
class Same:
    """The value crosses as it is."""

    exact = True
    one_to_one = True


@dataclass(frozen=True)
class Coded:
    """The value crosses by codecs, applied in order on the way up and in reverse on the way down.

    `unreadable` has, for each step, what is shown where its way down fails: a JSON value of the older type, of the
    whole field; MISSING where it cannot fail, or nothing is stated.
    """

    steps: tuple[Codec, ...]
    unreadable: tuple[Json | Missing, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether an older value that goes up comes down as it was."""
        return all(s.exact for s in self.steps)

    @property
    def one_to_one(self) -> bool:
        """Whether two different record values never look the same to the older version."""
        return all(s.one_to_one for s in self.steps)


@dataclass(frozen=True)
class Mapped:
    """An enum's values by name: `up` from the version to the record, `down` back."""

    enum: str
    version: str
    up: Mapping[str, str]
    down: Mapping[str, str]

    @property
    def exact(self) -> bool:
        """Whether an older value that goes up comes down as it was."""
        return all(self.down.get(new) == old for old, new in self.up.items())

    @property
    def one_to_one(self) -> bool:
        """Whether two different record values never look the same to the older version."""
        return len(set(self.down.values())) == len(self.down)


@dataclass(frozen=True)
class Nested:
    """An object with a record and converters of its own."""

    record: str
    exact = True
    one_to_one = True


@dataclass(frozen=True)
class Each:
    """Every item of a list, or every value of a map."""

    inner: Conversion
    mapping: bool = False

    @property
    def exact(self) -> bool:
        """As the items."""
        return self.inner.exact

    @property
    def one_to_one(self) -> bool:
        """As the items."""
        return self.inner.one_to_one


Conversion: TypeAlias = Same | Coded | Mapped | Nested | Each


def holds_object(conversion: Conversion) -> bool:
    """Whether objects with converters of their own are somewhere inside."""
    return isinstance(conversion, Nested) or (isinstance(conversion, Each) and holds_object(conversion.inner))


class NoWay(Exception):
    """No codec leads from one type to another; carries the change that asks for it."""

    def __init__(self, applied: Applied, older: Type, newer: Type) -> None:
        super().__init__(f"{older} to {newer}")
        self.applied, self.older, self.newer = applied, older, newer


def conversion(history: History, version: str, identity: str, type_: Type, contract: Contract) -> Conversion:
    """How values of the field or parameter `identity`, of `type_` in `version`, cross to the record.

    Raises:
        NoWay: a change of type has no codec.
    """
    crossed: list[tuple[Type, Codec, Json | Missing]] = []
    for applied in history.since_about(version, (identity,)):
        step = _step(applied, identity)
        if step is None:
            continue
        older, newer = step
        found = between(older, newer)
        if found is None:
            if _innermost(older) != _innermost(newer):
                raise NoWay(applied, older, newer)
            continue
        sees = getattr(applied.change, "old_sees", MISSING)
        crossed.append((older, found, sees if found.down_fails and not isinstance(sees, Undecided) else MISSING))
        # Back at a type that it had before: nothing is crossed between the two.
        start = next((n for n, (was, _, _) in enumerate(crossed) if _innermost(was) == _innermost(newer)), None)
        if start is not None:
            del crossed[start:]
    coded = Coded(tuple(codec for _, codec, _ in crossed), tuple(sees for _, _, sees in crossed))
    return _by_type(history, version, type_, contract, coded)


def _innermost(type_: Type) -> object:
    """What is inside the lists and maps of a type, bounds aside."""
    while isinstance(type_, ListOf | MapOf):
        type_ = type_.items if isinstance(type_, ListOf) else type_.values
    return type_.kind if isinstance(type_, Scalar) else type_


def _by_type(history: History, version: str, type_: Type, contract: Contract, coded: Coded) -> Conversion:
    match type_:
        case Scalar():
            return coded if coded.steps else Same()
        case ListOf(items=inner) | MapOf(values=inner):
            found = _by_type(history, version, inner, contract, coded)
            return Same() if isinstance(found, Same) else Each(found, isinstance(type_, MapOf))
        case Ref(name):
            target = contract.types[name]
            if isinstance(target, ObjectType):
                return Nested(target.identity)
            return _enum(history, version, target)


def _step(applied: Applied, identity: str) -> tuple[Type, Type] | None:
    """The types on both sides of `applied`, where it changes the type of `identity`."""
    if not isinstance(applied.change, ChangeField | ChangeParameter) or applied.change.type is None:
        return None
    if isinstance(applied.change, ChangeField):
        before = applied.before.fields_by_identity.get(identity)
        after = applied.after.fields_by_identity.get(identity)
        if before is None or after is None or before[1].type == after[1].type:
            return None
        return before[1].type, after[1].type
    old = {p.identity: p.type for o in applied.before.operations for p in o.parameters}
    new = {p.identity: p.type for o in applied.after.operations for p in o.parameters}
    if identity not in old or identity not in new or old[identity] == new[identity]:
        return None
    return old[identity], new[identity]


def _enum(history: History, version: str, enum: EnumType) -> Conversion:
    """The map of one enum between `version` and the newest version that has it."""
    newest = next(t for c in reversed(history.contracts) if (t := c.types_by_identity.get(enum.identity)) is not None)
    if not isinstance(newest, EnumType) or newest.values == enum.values:
        return Same()
    later = list(history.since_about(version, (enum.identity,)))
    up = {v.value: to for v in enum.values if (to := _forward(v, enum.identity, later, newest)) is not None}
    down = {v.value: to for v in newest.values if (to := _backward(v, enum, later)) is not None}
    mapped = Mapped(enum.identity, version, up, down)
    plain = all(old == new for old, new in up.items()) and len(up) == len(down) == len(newest.values)
    return Same() if plain else mapped


def _touches(applied: Applied, enum: str) -> bool:
    return applied.before.types_by_identity.get(enum) != applied.after.types_by_identity.get(enum)


def _values(contract: Contract, enum: str) -> EnumType:
    found = contract.types_by_identity[enum]
    assert isinstance(found, EnumType)
    return found


def _forward(value: EnumValue, enum: str, later: list[Applied], newest: EnumType) -> str | None:
    """What `value` of an old version is called in the record; None where no policy says."""
    identity = value.identity
    for applied in later:
        change = applied.change
        if isinstance(change, RemoveEnumValue):
            if _values(applied.before, enum).value(change.at.name) is not None and (
                _values(applied.after, enum).by_identity(identity) is None
            ):
                heir = _values(applied.after, enum).value(str(change.old_sends))
                if heir is None:
                    return None
                identity = heir.identity
    found = newest.by_identity(identity)
    return None if found is None else found.value


def _backward(value: EnumValue, enum: EnumType, later: list[Applied]) -> str | None:
    """How the old version is shown the record's `value`; None where no policy says."""
    identity = value.identity
    for applied in reversed(later):
        change = applied.change
        if isinstance(change, AddEnumValue) and _values(applied.before, enum.identity).by_identity(identity) is None:
            shown = _values(applied.before, enum.identity).value(str(change.old_sees))
            if shown is None:
                return None
            identity = shown.identity
    found = enum.by_identity(identity)
    return None if found is None else found.value
