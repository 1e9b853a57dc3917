"""The change of a field: its type, its bounds, its marks, and what older versions get of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..accepting import accepted
from ..address import MemberAddress, Place, find_field
from ..codecs import flipped, meant, turned
from ..contract import Contract
from ..named_types import Field, NamedType, ObjectType
from ..names import agreeing, main_one, names_of, with_names
from ..types import (
    CONSTRAINTS,
    LIST_CONSTRAINTS,
    MISSING,
    Fallback,
    Json,
    Kind,
    ListOf,
    Missing,
    Scalar,
    Type,
    Undecided,
)
from .base import Change, Waiver, gone_with, listing, refuse, said, tidied, with_types
from .identifiers import check_kept, in_paths, marks_of_kind, retyped_references
from .reading import retyped_reading


@dataclass(frozen=True, kw_only=True)
class ChangeField(Change):
    """A field changes its type, requiredness, nullability, default or bounds.

    What is None or MISSING stays. `drop` names bounds (or `default`) that go.
    """

    at: MemberAddress
    type: Type | None = None
    from_type: Type | None = None
    types: tuple[NamedType, ...] = ()
    """Those that are written in the place of the new type."""
    codec: str | Undecided | None = None
    required: bool | None = None
    nullable: bool | None = None
    default: Json | Missing = MISSING
    bounds: Mapping[str, Json] | None = None
    drop: tuple[str, ...] = ()
    marks: Mapping[str, Any] | None = None
    old_sends: Json | Missing | Undecided = MISSING
    old_sees: Json | Missing | Undecided = MISSING
    unreadable: str | Fallback | None = None
    """What becomes of a value that a codec cannot read: `refuse`, `default`, `null`, or a value."""
    values: tuple[tuple[Json, Json], ...] | None = None
    """What older values become, where an enum or a bool becomes another one."""
    pick: str | None = None
    """Which item of a list stands for it, where one value becomes a list or a list one value."""
    policy: str | None = None
    waiver: Waiver | None = None
    existing: Json | Missing = MISSING
    as_seen: str | None = None
    accepts: tuple[str, ...] | None = None
    """The other forms that requests may send it in from then on; empty: none."""
    keep: Kind | None = None
    """Of a resource's key that is of another kind now: the kind that older versions go on with."""

    @property
    def address(self) -> str:
        return str(self.at)

    def after(self, field: Field) -> Field:
        """`field` as it stands after this change."""
        type_ = field.type if self.type is None else self.type
        edits: dict[str, Any] = dict(self.bounds or {})
        edits.update({name: _without_bound(type_, name) for name in self.drop if name != "default"})
        if edits:
            known = CONSTRAINTS if isinstance(type_, Scalar) else LIST_CONSTRAINTS
            wrong = [name for name in edits if name not in known]
            if wrong or not isinstance(type_, Scalar | ListOf):
                raise refuse("SC305", f"{listing(wrong or edits)} cannot bound `{self.at}`, which is {type_}")
            type_ = replace(type_, **edits)
        default = self.default if self.default is not MISSING else field.default
        if "default" in self.drop:
            default = MISSING
        given = marks_of_kind(field, type_) if self.keep is not None else {}
        made = replace(
            field,
            type=type_,
            required=field.required if self.required is None else self.required,
            nullable=field.nullable if self.nullable is None else self.nullable,
            default=default,
            meaning=meant(field.meaning, self.codec),
            accepts=self._accepted(field, type_),
            **{**given, **(self.marks or {})},
        )
        return made if self.keep is None else in_paths(made)

    def _accepted(self, field: Field, type_: Type) -> tuple[str, ...] | None:
        stated = field.accepts if self.accepts is None else self.accepts
        return tuple(form for form in stated or () if form in accepted(type_)) or None

    def apply(self, contract: Contract, version: str) -> Contract:
        place = find_field(contract, self.at)
        if self.from_type is not None and str(place.field.type) != str(self.from_type):
            raise refuse(
                "SC306",
                f"`{self.at}` is {place.field.type} at this point, not {self.from_type}",
                f"write `from: {place.field.type}`, or leave `from` out",
            )
        main_one(contract, place.field, str(self.at))
        if place.field.computed is not None:
            raise refuse(
                "SC317", f"`{self.at}` is computed, and has no values to change", "add another field, remove it"
            )
        changed = self.after(place.field)
        if place.field.refers is not None and changed.type != place.field.type:
            help_ = "change the key with `keep`, or remove the field and add another"
            raise refuse("SC316", f"`{self.at}` has the type of the key that it refers to", help_)
        if changed.meaning != place.field.meaning and (place.field.key or place.field.refers is not None):
            what = "is a key" if place.field.key else "refers to a resource"
            help_ = "leave the codec out, or add a field beside it for the number"
            raise refuse("SC316", f"`{self.at}` {what}, and what it says has no unit", help_)
        if self.keep is not None:
            stored = place.owner.name in contract.resources
            check_kept(place.owner, place.field, changed.type, self.keep, stored)
        if changed == place.field and self.converts(contract) is None:
            raise refuse("SC307", f"nothing about `{self.at}` changes here", "remove the line, or say what changes")
        after = agreeing(with_types(contract, self.types).with_type(_with_field(place, changed)), changed)
        if (changed.type, changed.meaning) != (place.field.type, place.field.meaning):
            for field in (changed, *names_of(after, changed.identity)):
                after = retyped_reading(after, field)
            after = tidied(after)
        after = with_names(after)
        if self.keep is not None:
            after, references = retyped_references(after, place.owner.identity, changed.type)
            for field in references:
                after = retyped_reading(after, field)
        return after

    def inverse(self, before: Contract) -> Change:
        place = find_field(before, self.at)
        changed = self.after(place.field)
        gone = () if place.field.default is not MISSING or changed.default is MISSING else ("default",)
        given = () if self.keep is None else ("read_only", "create_only")
        return ChangeField(
            at=self.at,
            type=place.field.type if changed.type != place.field.type else None,
            types=gone_with(before, [place.field.type], [changed.type]),
            codec=flipped(self.codec) if isinstance(self.codec, str) else self.codec,
            required=place.field.required if changed.required != place.field.required else None,
            nullable=place.field.nullable if changed.nullable != place.field.nullable else None,
            default=place.field.default if changed.default != place.field.default else MISSING,
            drop=gone,
            accepts=(place.field.accepts or ()) if changed.accepts != place.field.accepts else None,
            marks={m: getattr(place.field, m) for m in {**(self.marks or {}), **dict.fromkeys(given)}},
            old_sends=self.old_sees,
            old_sees=self.old_sends,
            pick=self.pick,
            values=turned(self.values),
            keep=changed.type.kind if self.keep is not None and isinstance(changed.type, Scalar) else None,
        )

    def sentence(self) -> str:
        parts = []
        if self.type is not None:
            was = f" from {self.from_type}" if self.from_type is not None else ""
            kept = f", and {self.keep} for older versions" if self.keep is not None else ""
            only = self.type.choices if isinstance(self.type, Scalar) else ()
            new = f"its only value to {said(only[0])}" if len(only) == 1 else f"its type{was} to {self.type}"
            parts.append(f"{new}{kept}")
        if self.required is not None:
            parts.append("it to be required" if self.required else "it to be optional")
        if self.nullable is not None:
            parts.append("it to allow null" if self.nullable else "it to refuse null")
        if self.default is not MISSING:
            parts.append(f"its default to {said(self.default)}")
        parts += [f"its {name} to {said(value)}" for name, value in (self.bounds or {}).items()]
        parts += [_mark(name, value) for name, value in (self.marks or {}).items()]
        parts += [f"it to have no {name}" for name in self.drop]
        if self.accepts is not None:
            parts.append(
                f"requests to send it as {listing(self.accepts)} too" if self.accepts else "it to have one form"
            )
        if self.codec is not None and self.type is None:
            parts.insert(0, "what its values mean")
        return f"Changed `{self.at}`: {', '.join(parts)}."

    def converts(self, before: Contract) -> str | None:
        return find_field(before, self.at).field.identity if isinstance(self.codec, str) else None


MARKED = {
    "key": "the key",
    "read_only": "read-only",
    "write_only": "write-only",
    "create_only": "set only at creation",
    "unique": "unique",
    "deprecated": "deprecated",
}
"""What a field is that has a mark."""


def _mark(name: str, value: Json) -> str:
    if name in MARKED:
        return f"it {'' if value else 'not '}to be {MARKED[name]}"
    return f"its {name}" if name == "description" else f"its {name.replace('_', ' ')} to {said(value)}"


def _without_bound(type_: Type, name: str) -> Json:
    return False if name == "unique_items" else None


def _with_field(place: Place, changed: Field) -> ObjectType:
    return replace(place.owner, fields=tuple(changed if f is place.field else f for f in place.owner.fields))
