"""What a policy states, carried to where it is needed.

`old_sends` is written in the words of the version that declares it and stored in the record; `old_sees` in the
words of the version before and shown to versions older still. In between values were renamed, fields took other
names and types. All of it is worked out here, once, when code is generated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from ..contract.address import find_field
from ..contract.changes import AddVariant, ChangeField, ChangeParameter, ChangeType, RemoveField, RemoveVariant
from ..contract.contract import Contract
from ..contract.history import Applied
from ..contract.named_types import Field
from ..contract.types import MISSING, Json, Missing, Type, Undecided, references, renamed
from .carried import carried
from .codecs import hook_at
from .completed import completed
from .one_change import Across, Lost
from .stated import stated
from .stated_parts import arriving, come_back, within


def field_of(contract: Contract, identity: str) -> Field | None:
    """The field with this identity, where the contract has it."""
    found = contract.fields_by_identity.get(identity)
    return None if found is None else found[1]


def newest(value: Json | Missing, identity: str, stated_in: Contract, later: Iterable[Applied]) -> Json | Missing:
    """`value` of the field `identity`, in the words of `stated_in`, as it is written after the changes `later`.

    MISSING where the value does not cross.
    """
    field = field_of(stated_in, identity)
    type_ = None if field is None else field.type
    if type_ is not None and value is not MISSING:
        value = completed(value, type_, stated_in, sent=True)
    first, later = value, tuple(later)
    for place, applied in enumerate(later):
        before, after = field_of(applied.before, identity), field_of(applied.after, identity)
        target = _renamed(type_, applied) if after is None else after.type
        if value is MISSING or type_ is None or target is None:
            break
        refused = value is None and before is not None and after is not None and before.nullable and not after.nullable
        if hook_at(applied, identity) or refused:
            value, type_ = _instead(applied, "old_sends", target, applied.after), target
            continue
        step = Across(applied.before, applied.after, applied.change, up=True)
        name = None if before is None or after is None else step.codec(before, after)
        try:
            value = carried(value, type_, target, step, name)
        except Lost:
            value = MISSING if after is None else step.unread(after)
        arrive = arriving(type_, applied.before, applied)
        if arrive and value is not MISSING and field is not None:
            part = partial(_newest_part, first, field, stated_in, later[: place + 1])
            value = come_back(value, target, applied.after, arrive, part)
        type_ = target
    return value


def _newest_part(
    whole: Json | Missing, field: Field, stated_in: Contract, later: Sequence[Applied], identity: str
) -> Json | Missing:
    """The part for `identity` in what is stated of `field`, as it is written after the changes `later`."""
    return newest(within(whole, field, identity, stated_in), identity, stated_in, later)


def _oldest_part(
    whole: Json | Missing, field: Field, stated_in: Contract, earlier: Sequence[Applied], identity: str
) -> Json | Missing:
    """The part for `identity` in what is stated of `field`, as it was written before the changes `earlier`."""
    return oldest(within(whole, field, identity, stated_in), identity, stated_in, earlier)


def _instead(applied: Applied, policy: str, type_: Type, contract: Contract) -> Json | Missing:
    """What a change states for values that a spec states where they do not go through: hooks, and null where there is
    none; as a value of `type_` in the words of `contract`.
    """
    value = getattr(applied.change, policy, MISSING)
    return completed(value, type_, contract, sent=policy == "old_sends") if stated(value) else MISSING


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
    for place, applied in enumerate(later):
        value = value if place else completed(value, type_, applied.before, sent=True)
        value, type_ = _across(value, type_, Across(applied.before, applied.after, applied.change, up=True))
    return value


def backwards(value: Json, type_: Type, earlier: Sequence[Applied]) -> Json:
    """`value` of `type_`, stated after the changes `earlier`, as it was written before them.

    Raises:
        Lost: it does not cross.
    """
    for place, applied in enumerate(reversed(earlier)):
        value = value if place else completed(value, type_, applied.after, sent=False)
        value, type_ = _across(value, type_, Across(applied.after, applied.before, applied.change, up=False))
        value = completed(value, type_, applied.before, sent=False)
    return value


Step = tuple[Applied, Type, Type]
"""A change, with the type of a place before it and after it."""


def carried_on(value: Json | Missing | Undecided, steps: Sequence[Step]) -> Json | Missing:
    """`value` of a place, stated before `steps`, as it is written after them; MISSING where it does not cross."""
    up = [(Across(a.before, a.after, a.change, up=True), older, newer) for a, older, newer in steps]
    return _carried_through(value, up)


def carried_back(value: Json | Missing | Undecided, steps: Sequence[Step]) -> Json | Missing:
    """`value` of a place, stated after `steps`, as it was written before them; MISSING where it does not cross."""
    down = [(Across(a.after, a.before, a.change, up=False), newer, older) for a, older, newer in reversed(steps)]
    return _carried_through(value, down)


def _carried_through(value: Json | Missing | Undecided, ways: Sequence[tuple[Across, Type, Type]]) -> Json | Missing:
    if isinstance(value, Missing | Undecided):
        return MISSING
    try:
        for place, (step, one, other) in enumerate(ways):
            value = value if place else completed(value, one, step.here, sent=step.up)
            about = one != other or isinstance(step.change, ChangeParameter)
            name = getattr(step.change, "codec", None) if about else None
            value = carried(value, one, other, step, name if isinstance(name, str) else None)
            value = value if step.up else completed(value, other, step.there, sent=False)
    except Lost:
        return MISSING
    return value


def _across(value: Json, type_: Type, step: Across) -> tuple[Json, Type]:
    if not any(references(type_)):
        return value, type_
    target = _said_in(type_, step.here, step.there)
    if target is None:
        raise Lost
    return carried(value, type_, target, step), target


def oldest(value: Json | Missing, identity: str, stated_in: Contract, earlier: Sequence[Applied]) -> Json | Missing:
    """`value` of the field `identity`, in the words of `stated_in`, as it was written before the changes `earlier`.

    MISSING where the value does not cross.
    """
    field = field_of(stated_in, identity)
    if field is not None and value is not MISSING:
        value = completed(value, field.type, stated_in, sent=False)
    first, stated_as = value, field
    for place in range(len(earlier) - 1, -1, -1):
        applied = earlier[place]
        before = field_of(applied.before, identity)
        if value is MISSING or field is None or before is None:
            break
        if hook_at(applied, identity) or (value is None and field.nullable and not before.nullable):
            value, field = _instead(applied, "old_sees", before.type, applied.before), before
            continue
        step = Across(applied.after, applied.before, applied.change, up=False)
        try:
            value = carried(value, field.type, before.type, step, step.codec(before, field))
        except Lost:
            # What stands for the unreadable stands for this too.
            sees = getattr(applied.change, "old_sees", MISSING)
            if not concerns(applied, identity) or not stated(sees):
                return MISSING
            value = sees
        arrive = arriving(field.type, applied.after, applied)
        if arrive and stated_as is not None:
            part = partial(_oldest_part, first, stated_as, stated_in, earlier[place:])
            value = come_back(value, before.type, applied.before, arrive, part)
        value, field = completed(value, before.type, applied.before, sent=False), before
    return value


def concerns(applied: Applied, identity: str) -> bool:
    """Whether a change is about the field `identity` itself; of its type's name where that stands for null too."""
    change = applied.change
    if isinstance(change, AddVariant | RemoveVariant | ChangeType):
        before, after = field_of(applied.before, identity), field_of(applied.after, identity)
        return before is not None and after is not None and before.nullable != after.nullable
    if not isinstance(change, RemoveField | ChangeField):
        return False
    return find_field(applied.before, change.at).field.identity == identity
