"""What a policy states, carried to where it is needed.

`old_sends` is written in the words of the version that declares it and stored in the record; `old_sees` in the
words of the version before and shown to versions older still. In between values were renamed, fields took other
names and types. All of it is worked out here, once, when code is generated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..contract.address import find_field
from ..contract.changes import (
    AddField,
    AddVariant,
    Change,
    ChangeField,
    ChangeParameter,
    ChangeType,
    MoveFields,
    RemoveField,
    RemoveVariant,
)
from ..contract.changes.enums import shown_as, stored_as
from ..contract.contract import Contract, View
from ..contract.fitting import fits
from ..contract.history import Applied
from ..contract.types import (
    MISSING,
    EnumType,
    Field,
    Json,
    ListOf,
    MapOf,
    Missing,
    ObjectType,
    Ref,
    Type,
    Undecided,
    UnionOf,
    references,
    renamed,
)
from ..diagnostics import ScaffoldError
from .boxes import content
from .codecs import hook_at, stated_codec
from .constants import CONSTANTS
from .stated import alike, identified, resolved, variants_of
from .tables import stated_rows, table_at


class Lost(Exception):
    """A stated value that does not cross."""


@dataclass(frozen=True)
class _Across:
    """One change that a stated value crosses, from the contract `here` to its neighbour `there`; `up` to the later."""

    here: Contract
    there: Contract
    change: Change
    up: bool

    def codec(self, older: Field, newer: Field) -> str | None:
        """The codec that the change names for a field, if it is about that one."""
        name = getattr(self.change, "codec", None)
        about = (older.type, older.meaning) != (newer.type, newer.meaning)
        return name if about and isinstance(name, str) else None

    def table(self, type_: Type, other: Type) -> dict[Json, Json] | None:
        """What values of an enum that is something else on the other side become there."""
        if isinstance(type_, ListOf | MapOf) or not (isinstance(type_, Ref) or isinstance(other, Ref)):
            return None
        contracts = (self.here, self.there) if self.up else (self.there, self.here)
        types = (type_, other) if self.up else (other, type_)
        applied = Applied("", self.change, *contracts)
        if table_at(None, applied, "", *types) is None:
            return None
        rows = stated_rows(applied, *types)
        return None if rows is None else rows[0 if self.up else 1]


def _looked_up(value: Json, table: dict[Json, Json]) -> Json:
    if value not in table:
        raise Lost
    return table[value]


def _recoded(value: Json, one: Type, other: Type, step: _Across, name: str | None) -> Json:
    """`value` of the type `one` as a value of `other`, by the codec between them."""
    older, newer = (one, other) if step.up else (other, one)
    codec = stated_codec(step.change, older, newer, name)
    if codec is None:
        return value
    try:
        return CONSTANTS[codec.up if step.up else codec.down](value)
    except (ValueError, LookupError, ArithmeticError) as error:
        raise Lost from error


def _carried(value: Json, type_: Type, other: Type, step: _Across, name: str | None = None) -> Json:
    """`value` of `type_` before a step as one of `other` after it; `name` is the codec that is stated for it."""
    if value is None:
        return None
    table = step.table(type_, other)
    if table is not None:
        return _looked_up(value, table)
    match type_, other:
        case ListOf(items=a), ListOf(items=b):
            return [_carried(v, a, b, step, name) for v in value]
        case MapOf(values=a), MapOf(values=b):
            return {k: _carried(v, a, b, step, name) for k, v in value.items()}
        case Ref(ref), Ref(other_ref):
            found, target = step.here.types.get(ref), step.there.types.get(other_ref)
            if isinstance(found, EnumType) and isinstance(target, EnumType):
                return _word(str(value), found, target, step.change)
            if (held := content(type_, other, step.here, step.there)) is not None:
                return _unpacked(value, held, other, step)
            if (held := content(other, type_, step.there, step.here)) is not None:
                return {held.name: _carried(value, type_, held.type, step)}
            if isinstance(found, ObjectType) and isinstance(target, ObjectType) and isinstance(value, dict):
                return _object(value, found, target, step)
            return value
        case (UnionOf(), _) | (_, UnionOf()):
            return _variant(value, type_, other, step)
        case _:
            return _recoded(value, type_, other, step, name)


def _unpacked(value: Json, held: Field, other: Type, step: _Across) -> Json:
    """What an object that holds one value only holds."""
    if value.get(held.name) is None:
        raise Lost
    return _carried(value[held.name], held.type, other, step)


def _variant(value: Json, type_: Type, other: Type, step: _Across) -> Json:
    """A value of one of several types, as the same variant of `other`, or as what the change states instead of it."""
    mine = next((v for v in variants_of(type_) if fits(step.here, v, value)), None)
    if mine is None:
        raise Lost
    known = identified(mine, step.here)
    same = next((v for v in variants_of(other) if alike(known, identified(v, step.there))), None)
    if same is not None:
        return _carried(value, mine, same, step)
    heir = getattr(step.change, "old_sends", MISSING)
    heir = getattr(step.change, "old_sees", MISSING) if heir is MISSING else heir
    found = resolved(heir, other, step.there, View.OUTPUT) if stated(heir) else None
    if found is None:
        raise Lost
    return found[1]


def _word(word: str, here: EnumType, there: EnumType, change: Change) -> str:
    value = here.value(word)
    if value is None:
        if here.open:
            return word
        raise Lost
    same = there.by_identity(value.identity)
    if same is not None:
        return same.value
    heir = stored_as(change, value, here, there) or shown_as(change, value, there, here)
    if heir is not None:
        return heir.value
    if there.open:
        return word
    raise Lost


def _object(value: dict[str, Json], type_: ObjectType, other: ObjectType, step: _Across) -> dict[str, Json]:
    made: dict[str, Json] = {}
    change = step.change
    for f in other.fields:
        was = type_.by_identity(f.identity)
        if was is not None and was.name in value:
            name = step.codec(was, f) if step.up else step.codec(f, was)
            made[f.name] = _carried(value[was.name], was.type, f.type, step, name)
        elif was is None and f.required and f.default is MISSING and not isinstance(change, MoveFields):
            # The neighbour has a field that this side does not know.
            policy = getattr(change, "old_sends" if isinstance(change, AddField) else "old_sees", MISSING)
            if policy is MISSING or isinstance(policy, Undecided):
                raise Lost
            made[f.name] = policy
    if isinstance(change, MoveFields) and type_.name == change.sources[0].type:
        _move(value, made, change, up=_is_before(change, step.here))
    return made


def _is_before(change: MoveFields, contract: Contract) -> bool:
    """Whether the moved fields stand where they come from."""
    try:
        return all(find_field(contract, s) for s in change.sources)
    except ScaffoldError:
        return False


def _move(value: dict[str, Json], made: dict[str, Json], change: MoveFields, *, up: bool) -> None:
    """Put the moved parts of an object where they belong."""
    for source, target in zip(change.sources, change.targets(), strict=True):
        old, new = (source.path, target.path) if up else (target.path, source.path)
        held: Json = value
        for name in old:
            held = held.get(name, MISSING) if isinstance(held, dict) else MISSING
        if held is MISSING:
            continue
        place = made
        for name in new[:-1]:
            place = place.setdefault(name, {})
        place[new[-1]] = held


def _field(contract: Contract, identity: str) -> Field | None:
    found = contract.fields_by_identity.get(identity)
    return None if found is None else found[1]


def newest(value: Json | Missing, identity: str, stated_in: Contract, later: Iterable[Applied]) -> Json | Missing:
    """`value` of the field `identity`, in the words of `stated_in`, as it is written after the changes `later`.

    MISSING where the value does not cross.
    """
    field = _field(stated_in, identity)
    type_ = None if field is None else field.type
    for applied in later:
        before, after = _field(applied.before, identity), _field(applied.after, identity)
        target = _renamed(type_, applied) if after is None else after.type
        if value is MISSING or type_ is None or target is None:
            break
        if hook_at(applied, identity):
            value, type_ = instead(applied, "old_sends"), target
            continue
        step = _Across(applied.before, applied.after, applied.change, up=True)
        name = None if before is None or after is None else step.codec(before, after)
        try:
            value = _carried(value, type_, target, step, name)
        except Lost:
            return MISSING
        type_ = target
    return value


def instead(applied: Applied, policy: str) -> Json | Missing:
    """What a change whose hook converts a field states for values that a spec states: those go through no hook."""
    value = getattr(applied.change, policy, MISSING)
    return value if stated(value) else MISSING


def _renamed(type_: Type | None, applied: Applied) -> Type | None:
    """`type_` of a field that is gone, after `applied`: what it refers to may go on changing."""
    return None if type_ is None else _said_in(type_, applied.before, applied.after)


def _said_in(type_: Type, here: Contract, there: Contract) -> Type | None:
    """`type_` of the contract `here` in the words of `there`, which has all that it refers to; else None."""
    known = there.types_by_identity
    names = {n: known[t.identity].name for n, t in here.types.items() if t.identity in known}
    return renamed(type_, names) if all(name in names for name in references(type_)) else None


def onwards(value: Json, type_: Type, later: Iterable[Applied]) -> Json:
    """`value` of `type_`, stated before the changes `later`, as it is written after them.

    Raises:
        Lost: it does not cross.
    """
    for applied in later:
        value, type_ = _across(value, type_, _Across(applied.before, applied.after, applied.change, up=True))
    return value


def backwards(value: Json, type_: Type, earlier: Sequence[Applied]) -> Json:
    """`value` of `type_`, stated after the changes `earlier`, as it was written before them.

    Raises:
        Lost: it does not cross.
    """
    for applied in reversed(earlier):
        value, type_ = _across(value, type_, _Across(applied.after, applied.before, applied.change, up=False))
    return value


Step = tuple[Applied, Type, Type]
"""A change, with the type of a place before it and after it."""


def carried_on(value: Json | Missing | Undecided, steps: Sequence[Step]) -> Json | Missing:
    """`value` of a place, stated before `steps`, as it is written after them; MISSING where it does not cross."""
    up = [(_Across(a.before, a.after, a.change, up=True), older, newer) for a, older, newer in steps]
    return _carried_through(value, up)


def carried_back(value: Json | Missing | Undecided, steps: Sequence[Step]) -> Json | Missing:
    """`value` of a place, stated after `steps`, as it was written before them; MISSING where it does not cross."""
    down = [(_Across(a.after, a.before, a.change, up=False), newer, older) for a, older, newer in reversed(steps)]
    return _carried_through(value, down)


def _carried_through(value: Json | Missing | Undecided, ways: Sequence[tuple[_Across, Type, Type]]) -> Json | Missing:
    if isinstance(value, Missing | Undecided):
        return MISSING
    try:
        for step, one, other in ways:
            about = one != other or isinstance(step.change, ChangeParameter)
            name = getattr(step.change, "codec", None) if about else None
            value = _carried(value, one, other, step, name if isinstance(name, str) else None)
    except Lost:
        return MISSING
    return value


def _across(value: Json, type_: Type, step: _Across) -> tuple[Json, Type]:
    if not any(references(type_)):
        return value, type_
    target = _said_in(type_, step.here, step.there)
    if target is None:
        raise Lost
    return _carried(value, type_, target, step), target


def oldest(value: Json | Missing, identity: str, stated_in: Contract, earlier: Sequence[Applied]) -> Json | Missing:
    """`value` of the field `identity`, in the words of `stated_in`, as it was written before the changes `earlier`.

    MISSING where the value does not cross.
    """
    field = _field(stated_in, identity)
    for applied in reversed(earlier):
        before = _field(applied.before, identity)
        if value is MISSING or field is None or before is None:
            break
        if hook_at(applied, identity):
            value, field = instead(applied, "old_sees"), before
            continue
        step = _Across(applied.after, applied.before, applied.change, up=False)
        try:
            value = _carried(value, field.type, before.type, step, step.codec(before, field))
        except Lost:
            # What stands for the unreadable stands for this too.
            sees = getattr(applied.change, "old_sees", MISSING)
            if not concerns(applied, identity) or not stated(sees):
                return MISSING
            value = sees
        field = before
    return value


def born(applied: Applied, identity: str) -> Json | Missing:
    """What the addition of a field states for `identity`: the field itself, or one inside the object that came."""
    change = applied.change
    if not isinstance(change, AddField) or isinstance(change.old_sends, Undecided):
        return MISSING
    return _within(change.old_sends, find_field(applied.after, change.at).field, identity, applied.after)


def _within(value: Json | Missing, field: Field, identity: str, contract: Contract) -> Json | Missing:
    if field.identity == identity:
        return value
    inner = contract.types.get(field.type.name) if isinstance(field.type, Ref) else None
    if not isinstance(inner, ObjectType) or not isinstance(value, dict):
        return MISSING
    for f in inner.fields:
        found = _within(value.get(f.name, MISSING), f, identity, contract)
        if found is not MISSING:
            return found
    return MISSING


def concerns(applied: Applied, identity: str) -> bool:
    """Whether a change is about the field `identity` itself; of its type's name where that stands for null too."""
    change = applied.change
    if isinstance(change, AddVariant | RemoveVariant | ChangeType):
        before, after = _field(applied.before, identity), _field(applied.after, identity)
        return before is not None and after is not None and before.nullable != after.nullable
    if not isinstance(change, RemoveField | ChangeField):
        return False
    return find_field(applied.before, change.at).field.identity == identity


def _policy(applied: Applied, name: str, field: Field, contract: Contract, view: View) -> Json | Missing:
    """What a change states by `name`, as a value of `field`; MISSING where it says nothing."""
    value = getattr(applied.change, name, MISSING)
    if not stated(value) or value is None or not isinstance(field.type, UnionOf):
        return value if stated(value) else MISSING
    found = resolved(value, field.type, contract, view)
    return MISSING if found is None else found[1]


def promised(field: Field) -> bool:
    """Whether an answer always has the field."""
    return field.required or field.default is not MISSING


def stated(value: object) -> bool:
    """Whether a policy says something."""
    return value is not MISSING and not isinstance(value, Undecided)


def shown_for(nothing: str, identity: str, later: Sequence[Applied]) -> Json | Missing:
    """What a version is shown where the record has "absent" or "null" (`nothing`) in the field `identity`.

    `later` are the changes since the version. The newest change that makes the difference decides, and what it
    states goes back through those before it.
    """
    for position in range(len(later) - 1, -1, -1):
        applied = later[position]
        if not concerns(applied, identity):
            continue
        before, after = _field(applied.before, identity), _field(applied.after, identity)
        assert before is not None
        if nothing == "absent":
            meets = promised(before) and (after is None or not promised(after))
        else:
            meets = after is not None and after.nullable and not before.nullable
        if not meets:
            continue
        value = _policy(applied, "old_sees", before, applied.before, View.OUTPUT)
        if nothing == "absent" and value is MISSING:
            value = before.default
        found = oldest(value, identity, applied.before, later[:position])
        if found is not MISSING:
            return found
    return MISSING


def stored_for(nothing: str, identity: str, later: Sequence[Applied]) -> Json | Missing:
    """What is stored where a version sends "absent" or "null" (`nothing`) for `identity`, and later ones may not.

    The first change that makes the difference decides, and what it states goes on through those after it.
    """
    for position, applied in enumerate(later):
        if not concerns(applied, identity) or isinstance(applied.change, RemoveField):
            continue
        before, after = _field(applied.before, identity), _field(applied.after, identity)
        assert before is not None
        assert after is not None
        if nothing == "absent":
            meets = promised(after) and not promised(before)
        else:
            meets = before.nullable and not after.nullable
        if not meets:
            continue
        value = _policy(applied, "old_sends", after, applied.after, View.INPUT)
        if nothing == "absent" and value is MISSING:
            value = after.default
        found = newest(value, identity, applied.after, later[position + 1 :])
        if found is not MISSING:
            return found
    return MISSING
