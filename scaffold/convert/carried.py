"""A value that a spec states, carried across one change: from the words of one contract to those of its neighbour."""

from __future__ import annotations

from ..contract.changes import AddField, Change, MergeFields, MoveFields, SplitField
from ..contract.changes.enums import shown_as, stored_as
from ..contract.changes.joints import WAYS
from ..contract.history import Applied
from ..contract.message import View
from ..contract.named_types import EnumType, Field, ObjectType
from ..contract.types import MISSING, Json, ListOf, MapOf, Ref, Type, UnionOf
from .boxes import content
from .carried_moves import emptied, moved
from .codecs import stated_codec
from .completed import completed
from .constants import CONSTANTS
from .joint_constants import divided, joined
from .joints import joint_of
from .one_change import Across, Lost
from .removed_parts import keep_removed, without_removed
from .stated import alike, identified, stated, variant_of, variants_of
from .stated_parts import said_again


def _looked_up(value: Json, table: dict[Json, Json]) -> Json:
    if value not in table:
        raise Lost
    return table[value]


def _recoded(value: Json, one: Type, other: Type, step: Across, name: str | None) -> Json:
    """`value` of the type `one` as a value of `other`, by the codec between them."""
    older, newer = (one, other) if step.up else (other, one)
    codec = stated_codec(step.change, older, newer, name)
    if codec is None:
        return value
    try:
        return CONSTANTS[codec.up if step.up else codec.down](value)
    except (ValueError, LookupError, ArithmeticError) as error:
        raise Lost from error


def carried(value: Json, type_: Type, other: Type, step: Across, name: str | None = None) -> Json:
    """`value` of `type_` before a step as one of `other` after it; `name` is the codec that is stated for it."""
    if value is None:
        return None
    table = step.table(type_, other)
    if table is not None:
        return _looked_up(value, table)
    match type_, other:
        case ListOf(items=a), ListOf(items=b):
            return [carried(v, a, b, step, name) for v in value]
        case MapOf(values=a), MapOf(values=b):
            return {k: carried(v, a, b, step, name) for k, v in value.items()}
        case Ref(ref), Ref(other_ref):
            found, target = step.here.types.get(ref), step.there.types.get(other_ref)
            if isinstance(found, EnumType) and isinstance(target, EnumType):
                return _word(str(value), found, target, step.change)
            if (held := content(type_, other, step.here, step.there)) is not None:
                return _unpacked(value, held, other, step)
            if (held := content(other, type_, step.there, step.here)) is not None:
                return {held.name: carried(value, type_, held.type, step)}
            if isinstance(found, ObjectType) and isinstance(target, ObjectType) and isinstance(value, dict):
                return _object(value, found, target, step)
            return value
        case (UnionOf(), _) | (_, UnionOf()):
            return _variant(value, type_, other, step)
        case _:
            return _recoded(value, type_, other, step, name)


def _unpacked(value: Json, held: Field, other: Type, step: Across) -> Json:
    """What an object that holds one value only holds."""
    if value.get(held.name) is None:
        raise Lost
    return carried(value[held.name], held.type, other, step)


def _variant(value: Json, type_: Type, other: Type, step: Across) -> Json:
    """A value of one of several types, as the same variant of `other`, or as what the change states instead of it."""
    mine = variant_of(without_removed(value), type_, step.here, View.INPUT if step.up else View.OUTPUT)
    if mine is None:
        raise Lost
    known = identified(mine, step.here)
    same = next((v for v in variants_of(other) if alike(known, identified(v, step.there))), None)
    if same is not None:
        return carried(value, mine, same, step)
    heir = getattr(step.change, "old_sends", MISSING)
    heir = getattr(step.change, "old_sees", MISSING) if heir is MISSING else heir
    made = completed(heir, other, step.there, sent=step.up) if stated(heir) else MISSING
    if made is MISSING or variant_of(made, other, step.there, View.INPUT if step.up else View.OUTPUT) is None:
        raise Lost
    return made


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


def _object(value: dict[str, Json], type_: ObjectType, other: ObjectType, step: Across) -> dict[str, Json]:
    made: dict[str, Json] = _joined(value, type_, step)
    change = step.change
    for f in other.fields:
        was = type_.by_identity(f.identity)
        if f.name in made or f.alias_of is not None:
            continue
        if was is None:
            # This side does not know it. What only the server gives is left to it, as in what clients send.
            given = step.up and f.read_only
            if f.required and f.default is MISSING and not given and not isinstance(change, MoveFields):
                made[f.name] = _policy(step, f, up=isinstance(change, AddField))
        elif was.name not in value:
            if f.required and not was.required and f.default is MISSING:
                made[f.name] = _policy(step, f, up=step.up)
        elif value[was.name] is None and was.nullable and not f.nullable:
            made[f.name] = _policy(step, f, up=step.up)
        else:
            made[f.name] = _part(value[was.name], was, f, step)
    if isinstance(change, MoveFields):
        moved(value, made, change, type_, step)
        if not step.up:
            emptied(made, other, change, step)
    if step.up:
        keep_removed(value, made, type_, step, carried)
    said_again(made, other, step.there)
    return made


def _part(value: Json, was: Field, field: Field, step: Across) -> Json:
    """What an object holds in the field that `was` so; what stands for the unreadable stands for this too."""
    name = step.codec(was, field) if step.up else step.codec(field, was)
    try:
        return carried(value, was.type, field.type, step, name)
    except Lost:
        made = step.unread(field)
        if made is MISSING:
            raise
        return made


def _joined(value: dict[str, Json], type_: ObjectType, step: Across) -> dict[str, Json]:
    """What a split or a merge makes of the object's fields by a built-in pair; hooks are given no spec to read."""
    change = step.change
    if not isinstance(change, SplitField | MergeFields) or change.by not in WAYS:
        return {}
    joint = joint_of(Applied("", change, *((step.here, step.there) if step.up else (step.there, step.here))))
    assert joint is not None
    given, wanted = (joint.older, joint.newer) if step.up else (joint.newer, joint.older)
    if any(type_.by_identity(f.identity) is None for f in given):
        return {}
    parts: list[Json] = [value.get(f.name, None if f.default is MISSING else f.default) for f in given]
    if all(part is None for part in parts) and (joint.may_lack or len(given) == 1):
        return {f.name: None for f in wanted if f.nullable and f.required}
    made = divided(change.by, parts[0], len(wanted)) if len(given) == 1 else [joined(change.by, parts)]
    return dict(zip((f.name for f in wanted), made, strict=True))


def _policy(step: Across, field: Field, *, up: bool) -> Json:
    """What the change says of a field that the neighbour needs and this side does not have."""
    policy = getattr(step.change, "old_sends" if up else "old_sees", MISSING)
    if not stated(policy):
        raise Lost
    return completed(policy, field.type, step.there, sent=step.up)
