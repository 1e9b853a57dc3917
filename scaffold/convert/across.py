"""What a change does to versions further back than the one before it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from ..contract.address import find_field, find_owner
from ..contract.changes import AddField, ChangeField, CustomType, MergeFields, MoveFields, RemoveField, SplitField
from ..contract.changes.base import listing, said
from ..contract.contract import Contract
from ..contract.history import Applied, History, owner
from ..contract.named_types import Field, ObjectType
from ..contract.names import other_names
from ..contract.reach import Direction, directions
from ..contract.types import MISSING, Json, Missing, Ref, Undecided
from ..diagnostics import Diagnostic
from .beyond_joints import beyond_joints, whole
from .codecs import hook_at
from .crossing import due
from .joints import connected, joint_of, joints
from .listed_apart import listed_apart
from .stand_ins import born, promised
from .stated import stated
from .stating import concerns, field_of, newest, oldest
from .unreadable import unread


def across(applied: Applied, history: History) -> Iterator[Diagnostic]:
    """What `applied` makes impossible for some older version."""
    yield from _moved(applied, history)
    yield from _unreadable(applied, history)
    yield from _shown_again(applied, history)
    yield from [*_beyond_hooks(applied, history)] or _unsaid(applied, history)
    yield from _in_two_places(applied, history)
    yield from _apart(applied, history)
    yield from _beside_computed(applied, history)
    yield from _barred(applied, history)
    yield from _reborn(applied, history)
    yield from _gone_at_once(applied, history)
    yield from beyond_joints(applied, history)
    yield from listed_apart(applied, history)


def _reborn(applied: Applied, history: History) -> Iterator[Diagnostic]:
    """A name is taken away and given again by splits and merges of one version: nothing tells the two apart."""
    joint = joint_of(applied)
    before = takewhile(lambda a: a is not applied, history.applied)
    gone = {f.identity for j in joints(tuple(before)) for f in j.older}
    for f in () if joint is None else joint.newer:
        if f.identity in gone:
            yield Diagnostic(
                "SC325",
                f"`{f.name}` came and went in {applied.version} already",
                help="give it another name, or do the second step in a version of its own",
            )


def _gone_at_once(applied: Applied, history: History) -> Iterator[Diagnostic]:
    """What a split or a merge makes is there in some version: the record keeps it for those that have its parts."""
    change = applied.change
    if not isinstance(change, RemoveField):
        return
    field = find_field(applied.before, change.at).field
    mine = [a for a in takewhile(lambda a: a is not applied, history.applied) if a.version == applied.version]
    if any(f.identity == field.identity for j in joints(tuple(mine)) for f in j.newer):
        yield Diagnostic(
            "SC325",
            f"`{field.name}` came and went in {applied.version} already",
            help="remove it in a version of its own, so that older versions keep what it is made of",
        )


def _barred(applied: Applied, history: History) -> Iterator[Diagnostic]:
    """A type that is converted by hand changes in no other way in the same version."""
    change = applied.change
    if not isinstance(change, CustomType):
        return
    type_ = applied.before.types[change.name].identity
    mine = {type_, *(f.identity for c in (applied.before, applied.after) for f in _fields_of(c, type_))}
    others = [a for a in history.applied if a.version == applied.version and a is not applied]
    for other in others:
        if not mine.isdisjoint(other.touched):
            yield Diagnostic(
                "SC325",
                f"`{change.name}` is converted by hand in {applied.version}; `{other.change.address}` changes it too",
                help="say all of it in `custom`, or make the other change in a version of its own",
            )
            return


def _fields_of(contract: Contract, identity: str) -> tuple[Field, ...]:
    found = contract.types_by_identity.get(identity)
    return found.fields if isinstance(found, ObjectType) else ()


def _moved(applied: Applied, history: History) -> Iterator[Diagnostic]:
    """A field cannot move out of an object that an older version uses elsewhere too: there it would have no place."""
    change = applied.change
    if not isinstance(change, MoveFields):
        return
    held = {f.identity: f for s in change.sources for f in find_field(applied.before, s).passed}
    for holder, field in held.items():
        assert isinstance(field.type, Ref)  # a move passes through objects only
        type_ = applied.before.types[field.type.name].identity
        for contract in history.contracts[: history.index(owner(applied.version, history))]:
            there, mine = contract.types_by_identity.get(type_), contract.fields_by_identity.get(holder)
            own = f"{mine[0].name}.{mine[1].name}" if mine is not None else ""
            others = [u for u in contract.users_of(there.name) if u != own] if there is not None else []
            if others:
                yield Diagnostic(
                    "SC308",
                    f"`{change.address}` cannot move: {contract.version} has the same object in {listing(others)} too",
                    help="add fields at the new place and remove these, or drop that version first",
                )
                return


def _in_two_places(applied: Applied, history: History) -> Iterator[Diagnostic]:
    """What an older version has flat and nested at once stays one field."""
    change = applied.change
    if not isinstance(change, SplitField | MergeFields | CustomType):
        return
    gone = applied.before.fields_by_identity.keys() - applied.after.fields_by_identity.keys()
    for contract in history.contracts[: history.index(owner(applied.version, history))]:
        for type_ in contract.types.values():
            others = other_names(contract, type_) if isinstance(type_, ObjectType) else ()
            if any(not o.beside and o.path[-1].identity in gone for o in others):
                yield Diagnostic(
                    "SC308",
                    f"`{change.address}` is in two places of `{type_.name}` in {contract.version}",
                    help="drop that version first, or convert it into fields beside it and remove it later",
                )
                return


def _apart(applied: Applied, history: History) -> Iterator[Diagnostic]:
    """What is converted together is in one object, in every version that has it."""
    joint = joint_of(applied)
    if joint is None:
        return
    earlier = (*joints(tuple(takewhile(lambda a: a is not applied, history.applied))), joint)
    older = {f.identity for j in connected(joint.older[0].identity, earlier) for f in j.older}
    for contract in history.contracts[: history.index(owner(applied.version, history))]:
        known = [contract.fields_by_identity[i] for i in older if i in contract.fields_by_identity]
        if len({type_.identity for type_, _ in known}) > 1:
            names = listing(sorted(f"{type_.name}.{f.name}" for type_, f in known))
            yield Diagnostic(
                "SC309",
                f"`{applied.change.address}` converts together what stands apart in {contract.version}: {names}",
                help="drop that version first, or add fields beside these and remove these later",
            )
            return


def _beside_computed(applied: Applied, history: History) -> Iterator[Diagnostic]:
    """An object of which a hook makes something stays whole: the hook is given its record."""
    change = applied.change
    if not isinstance(change, MoveFields):
        return
    places = [find_owner(applied.before, a)[1] for a in change.sources]
    places += [find_owner(applied.after, a)[1] for a in change.targets()]
    held = {f.type.name for passed in places for f in passed if isinstance(f.type, Ref)}
    inside = {c.types[n].identity for n in held for c in (applied.before, applied.after) if n in c.types}
    for contract in (*history.contracts[: history.index(owner(applied.version, history))], applied.before):
        for type_ in contract.types.values():
            found = [f for f in getattr(type_, "fields", ()) if f.computed is not None]
            if found and type_.identity in inside:
                yield Diagnostic(
                    "SC308",
                    f"`{change.address}` cannot move: `{type_.name}.{found[0].name}` is computed of the whole object",
                    help="add fields at the new place and remove these",
                )
                return


def _unreadable(applied: Applied, history: History) -> Iterator[Diagnostic]:
    """What older clients mean by leaving a field out has to be a value of its new type too."""
    change = applied.change
    if not isinstance(change, ChangeField):
        return
    identity = find_field(applied.before, change.at).field.identity
    hook = hook_at(applied, identity)
    if change.type is None and hook is None:
        return
    for version, value in _meant(applied, identity, history):
        if value is not MISSING and newest(value, identity, applied.before, (applied,)) is MISSING:
            type_ = find_field(applied.after, change.at).field.type
            if hook is not None:
                yield due(
                    change,
                    f"`{change.at}` is {said(value)} where clients of {version} leave it out, and no hook reads a spec",
                    ("old_sends: VALUE    what that is from now on",),
                )
                return
            yield Diagnostic(
                "SC322",
                f"`{change.at}` is {said(value)} where clients of {version} leave it out, and that is no {type_}",
                help="add a field beside this one, and remove this one",
            )


def _shown_again(applied: Applied, history: History) -> Iterator[Diagnostic]:
    """What stands for what older clients cannot be shown may come back from them: a later codec reads it then."""
    change = applied.change
    if not isinstance(change, ChangeField) or change.type is None or unread(applied) is not MISSING:
        return
    field = find_field(applied.after, change.at).field
    if hook_at(applied, field.identity):
        return
    before = list(takewhile(lambda a: a is not applied, history.applied))
    for position, earlier in enumerate(before):
        sees = getattr(earlier.change, "old_sees", MISSING)
        if not isinstance(earlier.change, ChangeField | RemoveField) or not stated(sees):
            continue
        at, later = earlier.change.at, before[position:]
        identity = find_field(earlier.before, at).field.identity
        if identity != field.identity and not whole(sees):
            continue
        ends = [newest(sees, identity, earlier.before, steps) for steps in (later, (*later, applied))]
        if ends[0] is not MISSING and ends[1] is MISSING:
            yield Diagnostic(
                "SC322",
                f"clients from before {earlier.version} are shown `{at}` as {said(sees)}, and cannot send it back once"
                f" `{change.at}` is {field.type}",
                help="say `unreadable: VALUE`, add a field beside this one and remove this one, or drop those versions",
            )
            return


def _beyond_hooks(applied: Applied, history: History) -> Iterator[Diagnostic]:
    """What a change states for older clients goes back through no hook: the change that names one states it too."""
    change = applied.change
    if not isinstance(change, ChangeField | RemoveField) or not stated(change.old_sees):
        return
    identity = find_field(applied.before, change.at).field.identity
    for earlier in takewhile(lambda a: a is not applied, history.applied):
        if hook_at(earlier, identity) and not stated(getattr(earlier.change, "old_sees", MISSING)):
            yield Diagnostic(
                "SC322",
                f"`old_sees` of `{change.at}` goes through no hook, and clients from before {earlier.version} need it",
                help=f"say `old_sees` in the change of {earlier.version} too, in the words before it",
            )
            return


def _unsaid(applied: Applied, history: History) -> Iterator[Diagnostic]:
    """What stands for a missing object or for null is known in every older version that promises one."""
    change = applied.change
    if not isinstance(change, ChangeField | RemoveField) or not stated(change.old_sees) or change.old_sees is None:
        return
    identity = find_field(applied.before, change.at).field.identity
    before, after = field_of(applied.before, identity), field_of(applied.after, identity)
    assert before is not None
    gone = promised(before) and (after is None or not promised(after))
    null = after is not None and after.nullable and not before.nullable
    for contract in history.contracts[: history.index(owner(applied.version, history))]:
        known = field_of(contract, identity)
        if known is None or not ((gone and promised(known)) or (null and not known.nullable)):
            continue
        between = list(takewhile(lambda a: a is not applied, history.since(contract.version)))
        if oldest(change.old_sees, identity, applied.before, between) is MISSING:
            yield Diagnostic(
                "SC322",
                f"`old_sees` of `{change.at}` does not say what clients of {contract.version} are shown",
                help="changes in between convert it by hand or cannot read it: say `old_sees` in those too",
            )
            return


def _meant(applied: Applied, identity: str, history: History) -> list[tuple[str, Json | Missing]]:
    """What is stored where clients of a version leave the field out, in the words before `applied`, by version."""
    found: list[tuple[str, Json | Missing]] = []
    for contract in history.contracts[: history.index(owner(applied.version, history))]:
        type_, field = contract.fields_by_identity.get(identity, (None, None))
        if isinstance(type_, ObjectType) and field is not None and field.default is not MISSING:
            hooked = hook_at(applied, identity) is not None  # then the default goes through it, as if it was sent
            if not hooked and Direction.REQUEST in directions(contract).get(type_.identity, Direction.NONE):
                between = list(takewhile(lambda a: a is not applied, history.since(contract.version)))
                found.append((contract.version, newest(field.default, identity, contract, between)))
    before = list(takewhile(lambda a: a is not applied, history.applied))
    for position, earlier in enumerate(before):
        stated: Json | Missing | Undecided = MISSING
        if isinstance(earlier.change, AddField):
            stated = born(earlier, identity)
        elif isinstance(earlier.change, ChangeField) and concerns(earlier, identity):
            stated = earlier.change.old_sends
        if stated is not MISSING and not isinstance(stated, Undecided):
            found.append((earlier.version, newest(stated, identity, earlier.after, before[position + 1 :])))
    return found
