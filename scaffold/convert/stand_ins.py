"""What stands for a value that is absent or null where one side of a change cannot say so."""

from __future__ import annotations

from collections.abc import Sequence

from ..contract.address import find_field
from ..contract.changes import AddField, RemoveField
from ..contract.contract import Contract
from ..contract.history import Applied
from ..contract.message import View
from ..contract.named_types import Field
from ..contract.reach import directions
from ..contract.types import MISSING, Json, Missing, Undecided, UnionOf
from .stated import resolved, stated
from .stated_parts import within
from .stating import concerns, field_of, newest, oldest


def born(applied: Applied, identity: str) -> Json | Missing:
    """What the addition of a field states for `identity`: the field itself, or one inside the object that came."""
    change = applied.change
    if not isinstance(change, AddField) or isinstance(change.old_sends, Undecided):
        return MISSING
    field = find_field(applied.after, change.at).field
    inside = change.old_sends is MISSING and field.identity != identity
    return within(field.default if inside else change.old_sends, field, identity, applied.after)


def comes(applied: Applied, identity: str) -> bool:
    """Whether there are values of a field from a change on: before it nothing held the object that it is in."""
    return not _met(applied.before, identity) and _met(applied.after, identity)


def _met(contract: Contract, identity: str) -> bool:
    """Whether a resource, or something that an operation carries, has the field."""
    owner, _ = contract.fields_by_identity.get(identity, (None, None))
    return owner is not None and (owner.name in contract.resources or bool(directions(contract)[owner.identity]))


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


def shown_for(nothing: str, identity: str, later: Sequence[Applied]) -> Json | Missing:
    """What a version is shown where the record has "absent" or "null" (`nothing`) in the field `identity`.

    `later` are the changes since the version. The newest change that makes the difference decides, and what it
    states goes back through those before it.
    """
    for position in range(len(later) - 1, -1, -1):
        applied = later[position]
        if not concerns(applied, identity):
            continue
        before, after = field_of(applied.before, identity), field_of(applied.after, identity)
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


def stored_for(
    nothing: str, identity: str, later: Sequence[Applied], part: tuple[str, tuple[str, ...]] | None = None
) -> Json | Missing:
    """What is stored where a version sends "absent" or "null" (`nothing`) for `identity`, and later ones may not.

    The first change that makes the difference decides, and what it states goes on through those after it. With a
    `part`, of the objects around it, it is what is stored for that: it may stand elsewhere since.
    """
    for position, applied in enumerate(later):
        if not concerns(applied, identity) or isinstance(applied.change, RemoveField):
            continue
        before, after = field_of(applied.before, identity), field_of(applied.after, identity)
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
        wanted = identity if part is None else part[0]
        value = value if part is None else within(value, after, wanted, applied.after, part[1])
        found = newest(value, wanted, applied.after, later[position + 1 :])
        if found is not MISSING:
            return found
    return MISSING


def shown_until(identity: str, earlier: Sequence[Applied]) -> Json | Missing:
    """What stands for null of a field that a version cannot be shown, in the words after the changes `earlier`.

    `earlier` are the changes since the version; the last of them that let in null decides. MISSING where none does,
    or where what it states does not cross.
    """
    for position in range(len(earlier) - 1, -1, -1):
        before, after = (field_of(c, identity) for c in (earlier[position].before, earlier[position].after))
        if before is not None and after is not None and after.nullable and not before.nullable:
            sees = _policy(earlier[position], "old_sees", before, earlier[position].before, View.OUTPUT)
            return newest(sees, identity, earlier[position].before, earlier[position:])
    return MISSING


def stored_since(identity: str, later: Sequence[Applied]) -> Json | Missing:
    """What stands for null of a field, in the words before the changes `later`: null, or what the one of them
    states that lets it in no more; MISSING where that does not cross.
    """
    for position, applied in enumerate(later):
        before, after = field_of(applied.before, identity), field_of(applied.after, identity)
        if before is not None and after is not None and before.nullable and not after.nullable:
            sends = _policy(applied, "old_sends", after, applied.after, View.INPUT)
            return oldest(sends, identity, applied.after, later[: position + 1])
    return None
