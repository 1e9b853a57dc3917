"""Law 4: a change that cannot be crossed without loss names its policy; this finds those that do not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..contract.address import find_field
from ..contract.changes import (
    AddEnumValue,
    AddField,
    AddParameter,
    AddVariant,
    Change,
    ChangeField,
    ChangeParameter,
    ChangeType,
    RemoveEnumValue,
    RemoveField,
    RemoveVariant,
)
from ..contract.changes.identifiers import is_another_kind
from ..contract.contract import Contract
from ..contract.history import Applied, History
from ..contract.named_types import EnumType, Field, ObjectType
from ..contract.reach import Direction, directions
from ..contract.types import MISSING, UNDECIDED, Ref
from ..contract.ungiven import ungiven
from ..contract.views import reached_types
from ..diagnostics import Diagnostic
from .across import across
from .beyond_joints import unread_within
from .crossing import due as _needs
from .crossing import needs
from .cutting import uncut
from .handlers_apart import shared
from .held_back import unshown_values
from .hooks import clashes
from .identifiers import root
from .message_policies import MESSAGES
from .no_way import no_way
from .parameter_policies import of_added_parameter, of_changed_parameter
from .prepared import prepared
from .refused_values import emptied, not_refused
from .retagged import untold
from .stale_defaults import stale
from .stored_kinds import of_stored
from .undecided import nullability
from .uniqueness import one_for_many
from .value_policies import of_field, of_type

Finding = tuple[Applied, Diagnostic]


def findings(history: History) -> list[Finding]:
    """The changes of `history` that lack a policy, each with the choices there are; none of dropped versions."""
    history = history.served
    found: list[Finding] = []
    base: Contract | None = None
    plain = prepared(history)
    for previous, applied, stated in zip((None, *plain.applied), plain.applied, history.applied, strict=False):
        if base is None or previous is None or previous.version != applied.version:
            base = applied.before  # what clients of older versions know
        found += [(stated, diagnostic) for diagnostic in _judge(applied, base)]
        found += [(stated, diagnostic) for diagnostic in across(applied, plain)]
        found += [(stated, diagnostic) for diagnostic in one_for_many(applied)]
        found += [(stated, diagnostic) for diagnostic in of_stored(applied, plain)]
    named = {id(applied): stated for applied, stated in zip(plain.applied, history.applied, strict=True)}
    whole = tuple(found for rule in WHOLE for found in rule(plain))
    whole = whole or (() if found else tuple(stale(plain)) or tuple(no_way(plain)) or tuple(unread_within(plain)))
    return [*found, *((named[id(applied)], diagnostic) for applied, diagnostic in whole)]


def _judge(applied: Applied, base: Contract) -> Iterator[Diagnostic]:
    change = applied.change
    for name in ("old_sends", "old_sees", "codec"):
        if getattr(change, name, MISSING) is UNDECIDED:
            yield _undecided(change, name)
    if getattr(change, "policy", None) == "refuse" and getattr(change, "waiver", None) is None:
        yield _unwaived(change)
    if isinstance(change, ChangeField | RemoveField):
        yield from _kinds_of_key(applied, base)
    row = RULES.get(type(change))
    if row is not None:
        yield from row(applied, base)


def _unwaived(change: Change) -> Diagnostic:
    return Diagnostic(
        "SC326",
        f"`{change.address}` refuses what older versions promised to take",
        help="say who allows it and why: `waiver: {name: Ada Lovelace, reason: Nobody sends it.}`, or choose otherwise",
    )


def _kept(contract: Contract, type_: ObjectType | EnumType) -> bool:
    """Whether stored records can hold values of a type."""
    roots = (Ref(r.type) for r in contract.resources.values())
    return any(t.identity == type_.identity for root in roots for t in reached_types(contract, root))


def _kinds_of_key(applied: Applied, base: Contract) -> Iterator[Diagnostic]:
    """What refers to a key of several kinds is there, and null, in all of them or in none."""
    change = applied.change
    assert isinstance(change, ChangeField | RemoveField)
    field = find_field(applied.before, change.at).field
    if root(field.identity) == field.identity or field.refers is None:
        return
    after = find_field(applied.after, change.at).field if isinstance(change, ChangeField) else None
    if after is None and not field.required:
        return
    if after is None or (after.required, after.nullable) != (field.required, field.nullable):
        target = applied.before.types_by_identity[field.refers].name
        first, owner = "say it before the change that has `keep`, in this version", change.at.type
        beside = f"leave it, add another field, `{{add: {owner}.…, ref: {target}}}`, and `deprecate` this one"
        yield Diagnostic(
            "SC316",
            f"older versions know `{change.at}` by another kind of key, for which this cannot be said",
            help=beside if field.identity in base.fields_by_identity else first,
        )


def _undecided(change: Change, name: str) -> Diagnostic:
    return Diagnostic("SC321", f"`{name}` of `{change.address}` is undecided", help="say what it is before this is cut")


def _ways(contract: Contract, type_: ObjectType | EnumType) -> Direction:
    return directions(contract).get(type_.identity, Direction.NONE)


def _stored(contract: Contract, type_: ObjectType) -> bool:
    """Whether records of this type are kept: it is a resource, or part of one that is written."""
    return any(r.type == type_.name for r in contract.resources.values())


def _add_field(applied: Applied, base: Contract) -> Iterator[Diagnostic]:
    change = applied.change
    assert isinstance(change, AddField)
    place = find_field(applied.after, change.at)
    field = place.field
    if not field.required or field.default is not MISSING or field.on_create is not None or field.computed is not None:
        return
    if _ungiven(applied, field):
        yield _needs(
            change,
            f"`{change.at}` is required and read-only, so something must give it its value",
            (
                "default: VALUE      what new records have",
                "on_create: now      the time of the creation; or a value, or a hook",
                "required: false     records may be without it",
            ),
        )
        return
    if change.old_sends is not MISSING:
        return
    before = applied.before.types_by_identity.get(place.owner.identity)
    if not isinstance(before, ObjectType):
        return
    ways = _ways(base, before)
    if Direction.REQUEST in ways and not field.read_only:
        yield _needs(
            change,
            f"`{change.at}` is required, and clients of older versions do not send it",
            (
                *([] if field.unique else ["old_sends: VALUE    what they are taken to have sent"]),
                "required: false     records may be without it",
            ),
        )


def _ungiven(applied: Applied, field: Field) -> bool:
    """Whether nothing gives a field its value any more where standard operations store it."""
    here, there = ({f.identity for _, f in ungiven(c)} for c in (applied.before, applied.after))
    return field.identity in there - here


def _remove_field(applied: Applied, base: Contract) -> Iterator[Diagnostic]:
    change = applied.change
    assert isinstance(change, RemoveField)
    place = find_field(applied.before, change.at)
    field = place.field
    if change.old_sees is not MISSING or not (field.required or field.default is not MISSING) or field.write_only:
        return
    if field.default is not MISSING or field.alias_of is not None or field.computed is not None:
        return
    if Direction.RESPONSE in _ways(base, place.owner):
        yield _needs(
            change,
            f"older versions promise `{change.at}` in their answers, and records born later will not have it",
            ("old_sees: VALUE     what their clients are shown then",),
        )


def _change_field(applied: Applied, base: Contract) -> Iterator[Diagnostic]:
    change = applied.change
    assert isinstance(change, ChangeField)
    place = find_field(applied.before, change.at)
    before, after = place.field, find_field(applied.after, change.at).field
    ways = _ways(base, place.owner)
    if before.key and _stored(applied.before, place.owner) and is_another_kind(before.type, after.type):
        yield _needs(
            change,
            f"older versions name `{place.owner.name}` by `{change.at}`, in paths and wherever something refers to it",
            (f"keep: {before.type}           they go on with theirs, and every row has both",),
        )
        return
    yield from needs(applied, base)
    if Direction.REQUEST in ways and change.old_sends is MISSING and not before.read_only:
        if after.required and not before.required and before.default is MISSING and after.default is MISSING:
            yield _needs(
                change,
                f"clients of older versions may leave `{change.at}` out",
                ("old_sends: VALUE    what they are taken to have sent",),
            )
        if before.nullable and not after.nullable:
            yield _needs(
                change,
                f"clients of older versions may send null for `{change.at}`",
                ("old_sends: VALUE    what null is taken as",),
            )
    if Direction.RESPONSE in ways and change.old_sees is MISSING and not before.write_only:
        if before.required and not after.required and after.default is MISSING:
            yield _needs(
                change,
                f"older versions promise `{change.at}` in their answers",
                ("old_sees: VALUE     what their clients are shown where it is missing",),
            )
        if after.nullable and not before.nullable:
            yield _needs(
                change,
                f"older versions promise that `{change.at}` is never null",
                ("old_sees: VALUE     what their clients are shown for null",),
            )
    if _ungiven(applied, after):
        yield _needs(
            change,
            f"`{change.at}` would be required and read-only, so something must give it its value",
            ("default: VALUE      what new records have", "required: false     records may be without it"),
        )
    yield from of_field(applied, ways)


def _add_enum_value(applied: Applied, base: Contract) -> Iterator[Diagnostic]:
    change = applied.change
    assert isinstance(change, AddEnumValue)
    enum = applied.before.types[change.at.type]
    assert isinstance(enum, EnumType)
    unknown = Direction.RESPONSE in _ways(base, enum) and not enum.open
    if change.old_sees is MISSING and change.opt_in is None and unknown:
        yield _needs(
            change,
            f"clients of older versions do not know `{change.at.name}`",
            (f"old_sees: VALUE     what they are shown, one of {', '.join(v.value for v in enum.values)}",),
        )


def _remove_enum_value(applied: Applied, base: Contract) -> Iterator[Diagnostic]:
    change = applied.change
    assert isinstance(change, RemoveEnumValue)
    enum, left = applied.before.types[change.at.type], applied.after.types[change.at.type]
    assert isinstance(enum, EnumType)
    assert isinstance(left, EnumType)
    values = ", ".join(v.value for v in left.values)
    if change.policy is None and change.old_sends is MISSING and _ways(base, enum) and not left.open:
        yield _needs(
            change,
            f"clients of older versions may send `{change.at.name}`, and stored records may hold it",
            (
                f"old_sends: VALUE    what it is taken as, one of {values}",
                "policy: refuse      they are answered 422, which names the values that are left; with a `waiver`",
            ),
        )
    elif change.policy is not None and change.existing is MISSING and _kept(applied.before, enum):
        yield _needs(
            change,
            f"stored records may hold `{change.at.name}`",
            (f"existing: VALUE     what they hold from then on, one of {values}",),
        )


def _change_type(applied: Applied, base: Contract) -> Iterator[Diagnostic]:
    change = applied.change
    assert isinstance(change, ChangeType)
    yield from needs(applied, base)
    found = applied.before.types.get(change.name)
    if isinstance(found, EnumType | ObjectType):
        yield from of_type(applied, base, _ways(base, found))
    if change.codec is not None:
        return
    for identity, gained in nullability(applied):
        owner = base.fields_by_identity[identity][0] if identity in base.fields_by_identity else None
        unsure = Direction.RESPONSE if gained else Direction.REQUEST
        if owner is not None and unsure in _ways(base, owner):
            yield Diagnostic(
                "SC322",
                f"clients of older versions {'never get' if gained else 'may send'} null for `{change.name}`",
                help="change the fields that hold it instead, or say `codec: undecided`: then those calls answer 501",
            )
            return


WHOLE: tuple[Callable[[History], Iterable[tuple[Applied, Diagnostic]]], ...] = (
    *(shared, clashes, emptied, not_refused, unshown_values, uncut, untold),
)
"""What is judged over a whole history."""

RULES: dict[type[Change], Callable[[Applied, Contract], Iterator[Diagnostic]]] = {
    AddField: _add_field,
    RemoveField: _remove_field,
    ChangeField: _change_field,
    AddEnumValue: _add_enum_value,
    RemoveEnumValue: _remove_enum_value,
    AddParameter: of_added_parameter,
    ChangeParameter: of_changed_parameter,
    AddVariant: needs,
    RemoveVariant: needs,
    ChangeType: _change_type,
    **MESSAGES,
}
"""The changes that can need a policy; every other one crosses without loss."""
