"""Changes of the values of an enum: add, remove, rename, split, merge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ..address import MemberAddress
from ..contract import Contract, identity
from ..named_types import EnumType, EnumValue, Field, ObjectType
from ..types import MISSING, Json, Missing, Ref, Undecided
from .base import Change, Waiver, listing, need_enum, need_value, refuse, said, taken
from .holding import held, left_without


@dataclass(frozen=True, kw_only=True)
class AddEnumValue(Change):
    """An enum gains a value; clients of older versions are shown `old_sees` instead.

    With `opt_in`, the name of a header, it is held back: callers of this version and later ones who do not send the
    header are shown `old_sees` too, and may not send the value.
    """

    at: MemberAddress
    description: str | None = None
    old_sees: Json | Missing | Undecided = MISSING
    opt_in: str | None = None

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        enum = need_enum(contract, self.at.type)
        if enum.value(self.at.name) is not None:
            raise taken("a value", str(self.at))
        if isinstance(self.old_sees, str) and enum.value(self.old_sees) is None:
            raise refuse(
                "SC310",
                f"`old_sees: {self.old_sees}` is no value of `{enum.name}` before this change",
                f"one of {listing(v.value for v in enum.values)}",
            )
        asked = None if self.opt_in is None else held(enum, self.at.name, self.opt_in, self.old_sees)
        born = EnumValue(_born(enum, version, self.at.name), self.at.name, self.description, asked)
        return contract.with_type(replace(enum, values=(*enum.values, born)))

    def inverse(self, before: Contract) -> Change:
        return RemoveEnumValue(at=self.at, old_sends=self.old_sees)

    def sentence(self) -> str:
        asked = "" if self.opt_in is None else f", for callers who send `{self.opt_in}`"
        return f"Added value `{self.at.name}` to `{self.at.type}`{asked}."


@dataclass(frozen=True, kw_only=True)
class RemoveEnumValue(Change):
    """An enum loses a value; a client of an older version that sends it is taken to have sent `old_sends`.

    With the policy `refuse` it is answered with the values that are left (422); `existing` is then what records that
    hold the value become.
    """

    at: MemberAddress
    old_sends: Json | Missing | Undecided = MISSING
    policy: str | None = None
    waiver: Waiver | None = None
    existing: Json | Missing = MISSING

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        enum = need_enum(contract, self.at.type)
        gone = enum.value(self.at.name)
        if gone is None:
            raise _no_value(self.at, [v.value for v in enum.values])
        left = tuple(v for v in enum.values if v is not gone)
        if not left:
            raise refuse("SC304", f"`{self.at}` is the last value of its enum", "remove the fields that use it")
        for word, value in (("old_sends", self.old_sends), ("existing", self.existing)):
            if isinstance(value, str) and all(v.value != value for v in left):
                raise refuse(
                    "SC310",
                    f"`{word}: {value}` is no value of `{enum.name}` after this change",
                    f"one of {listing(v.value for v in left)}",
                )
        heir = next((v for v in left if v.value == self.old_sends), None)
        return contract.with_type(replace(enum, values=left_without(enum, (gone,), left, heir)))

    def inverse(self, before: Contract) -> Change:
        enum, gone = need_value(before, self.at)
        if gone.opt_in is None:
            return AddEnumValue(at=self.at, old_sees=self.existing if self.old_sends is MISSING else self.old_sends)
        shown = None if gone.opt_in.shown is None else enum.by_identity(gone.opt_in.shown)
        seen = MISSING if shown is None else shown.value
        return AddEnumValue(at=self.at, old_sees=seen, opt_in=gone.opt_in.header)

    def sentence(self) -> str:
        return f"Removed value `{self.at.name}` from `{self.at.type}`."


@dataclass(frozen=True, kw_only=True)
class RenameEnumValue(Change):
    """A value of an enum is written differently from here on."""

    at: MemberAddress
    to: str

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        enum = need_enum(contract, self.at.type)
        if enum.value(self.at.name) is None:
            raise _no_value(self.at, [v.value for v in enum.values])
        if enum.value(self.to) is not None:
            raise taken("a value", f"{enum.name}.{self.to}")
        values = tuple(replace(v, value=self.to) if v.value == self.at.name else v for v in enum.values)
        after = contract.with_type(replace(enum, values=values))
        return _restated(after, enum.name, {self.at.name: self.to})

    def inverse(self, before: Contract) -> Change:
        return RenameEnumValue(at=MemberAddress(self.at.type, (self.to,)), to=self.at.name)

    def sentence(self) -> str:
        return f"Renamed value {said(self.at.name)} of `{self.at.type}` to {said(self.to)}."


@dataclass(frozen=True, kw_only=True)
class SplitEnumValue(Change):
    """One value becomes several. What older clients send as it is taken as `pick`; all of them are shown as it."""

    at: MemberAddress
    into: tuple[str, ...]
    pick: str

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        enum = need_enum(contract, self.at.type)
        old = enum.value(self.at.name)
        if old is None:
            raise _no_value(self.at, [v.value for v in enum.values])
        if len(self.into) < 2 or len(set(self.into)) < len(self.into):
            raise refuse("SC310", f"`{self.at}` is split into two or more different values", "use `rename` for one")
        _need_pick(self.pick, self.into)
        for name in self.into:
            if name != old.value and enum.value(name) is not None:
                raise taken("a value", f"{enum.name}.{name}")
        left = replace(enum, values=tuple(v for v in enum.values if v is not old))
        made: list[EnumValue] = []
        for name in self.into:
            born = EnumValue(_born(enum, version, name), name, opt_in=old.opt_in)
            made.append(replace(old, value=name) if name == self.pick else born)
        place = enum.values.index(old)
        after = contract.with_type(replace(left, values=(*left.values[:place], *made, *left.values[place:])))
        return _restated(after, enum.name, {old.value: self.pick})

    def inverse(self, before: Contract) -> Change:
        merged = tuple(MemberAddress(self.at.type, (name,)) for name in self.into)
        return MergeEnumValues(values=merged, into=self.at.name, pick=self.pick)

    def sentence(self) -> str:
        return f"Split value {said(self.at.name)} of `{self.at.type}` into {listing(self.into)}."


@dataclass(frozen=True, kw_only=True)
class MergeEnumValues(Change):
    """Several values become one. Older clients, who know them apart, are shown `pick` for it, or what they wrote."""

    values: tuple[MemberAddress, ...]
    into: str
    pick: str

    @property
    def at(self) -> MemberAddress:
        """The first of the values."""
        return self.values[0]

    @property
    def names(self) -> tuple[str, ...]:
        """The values, by their words."""
        return tuple(v.name for v in self.values)

    @property
    def address(self) -> str:
        return str(self.at)

    def apply(self, contract: Contract, version: str) -> Contract:
        enum = need_enum(contract, self.at.type)
        if len(self.values) < 2 or len(set(self.names)) < len(self.names):
            raise refuse("SC310", f"two or more different values of `{enum.name}` are merged", "use `rename` for one")
        for value in self.values:
            if value.type != self.at.type:
                raise refuse("SC310", f"`{value}` is of another enum than `{self.at}`", "merge values of one enum")
            if enum.value(value.name) is None:
                raise _no_value(value, [v.value for v in enum.values])
        _need_pick(self.pick, self.names)
        if self.into not in self.names and enum.value(self.into) is not None:
            raise taken("a value", f"{enum.name}.{self.into}")
        heir = next(v for v in enum.values if v.value == self.pick)
        first = next(v for v in enum.values if v.value in self.names)
        made = {first.identity: replace(heir, value=self.into)}
        left = tuple(made.get(v.identity, v) for v in enum.values if v is first or v.value not in self.names)
        gone = tuple(v for v in enum.values if v.value in self.names and v is not heir)
        after = contract.with_type(replace(enum, values=left_without(enum, gone, left, heir)))
        return _restated(after, enum.name, dict.fromkeys(self.names, self.into))

    def inverse(self, before: Contract) -> Change:
        return SplitEnumValue(at=MemberAddress(self.at.type, (self.into,)), into=self.names, pick=self.pick)

    def sentence(self) -> str:
        return f"Merged values {listing(self.names)} of `{self.at.type}` into {said(self.into)}."


def taken_as(change: Change, gone: EnumValue, before: EnumType, after: EnumType) -> EnumValue | None:
    """What `gone`, a value that `change` takes out of an enum, is taken as from then on; None where it says nothing."""
    match change:
        case RemoveEnumValue(at=at, old_sends=heir) if before.value(at.name) == gone:
            return after.value(heir) if isinstance(heir, str) else None
        case MergeEnumValues(names=names, into=into) if gone.value in names:
            return after.value(into)
        case _:
            return None


def stored_as(change: Change, gone: EnumValue, before: EnumType, after: EnumType) -> EnumValue | None:
    """What records that hold `gone`, a value that `change` takes out of an enum, hold from then on."""
    if (
        isinstance(change, RemoveEnumValue)
        and isinstance(change.existing, str)
        and before.value(change.at.name) == gone
    ):
        return after.value(change.existing)
    return taken_as(change, gone, before, after)


def shown_as(change: Change, new: EnumValue, before: EnumType, after: EnumType) -> EnumValue | None:
    """What `new`, a value that `change` brings into an enum, is shown as to older clients."""
    match change:
        case AddEnumValue(at=at, old_sees=heir) if after.value(at.name) == new:
            return before.value(heir) if isinstance(heir, str) else None
        case SplitEnumValue(at=at, into=into) if new.value in into:
            return before.value(at.name)
        case _:
            return None


def _born(enum: EnumType, version: str, name: str) -> str:
    """The identity of a new value, also where one was born in this version under its name and renamed since."""
    wanted, number = identity(version, enum.identity, name), 1
    while enum.by_identity(wanted) is not None:
        number += 1
        wanted = f"{wanted.partition('#')[0]}#{number}"
    return wanted


def _need_pick(pick: str, among: Iterable[str]) -> None:
    if pick not in among:
        raise refuse("SC310", f"`pick: {pick}` is none of the values", f"one of {listing(among)}")


def _restated(contract: Contract, enum: str, names: Mapping[str, str]) -> Contract:
    """Defaults and examples that name a value which is written differently now follow it."""
    for type_ in tuple(contract.types.values()):
        if isinstance(type_, ObjectType) and any(f.type == Ref(enum) for f in type_.fields):
            fields = tuple(_follow(f, names) if f.type == Ref(enum) else f for f in type_.fields)
            contract = contract.with_type(replace(type_, fields=fields))
    for operation in contract.operations:
        if any(p.type == Ref(enum) for p in operation.parameters):
            parameters = tuple(
                replace(p, default=_new(p.default, names)) if p.type == Ref(enum) else p for p in operation.parameters
            )
            contract = contract.with_operation(replace(operation, parameters=parameters))
    return contract


def _follow(field: Field, names: Mapping[str, str]) -> Field:
    return replace(
        field,
        default=_new(field.default, names),
        example=_new(field.example, names),
        on_create=None if field.on_create is None else names.get(field.on_create, field.on_create),
    )


def _new(value: Json | Missing, names: Mapping[str, str]) -> Json | Missing:
    return names.get(value, value) if isinstance(value, str) else value


def _no_value(at: MemberAddress, known: list[str]) -> Exception:
    from ...diagnostics import did_you_mean

    return refuse("SC302", f"`{at.type}` has no value `{at.name}` here", did_you_mean(at.name, known))
