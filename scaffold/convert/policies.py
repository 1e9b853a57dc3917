"""Law 4: a change that cannot be crossed without loss names its policy; this finds those that do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..contract.address import find_field
from ..contract.changes import (
    AddEnumValue,
    AddField,
    AddParameter,
    Change,
    ChangeField,
    ChangeParameter,
    RemoveEnumValue,
    RemoveField,
)
from ..contract.contract import Contract
from ..contract.history import Applied, History
from ..contract.reach import Direction, directions
from ..contract.types import CONSTRAINTS, MISSING, UNDECIDED, EnumType, Field, ObjectType, Scalar, Type
from ..diagnostics import Diagnostic
from .across import across
from .codecs import between, choices

Finding = tuple[Applied, Diagnostic]


def findings(history: History) -> list[Finding]:
    """The changes of `history` that lack a policy, each with the choices there are."""
    found: list[Finding] = []
    base: Contract | None = None
    for previous, applied in zip((None, *history.applied), history.applied, strict=False):
        if base is None or previous is None or previous.version != applied.version:
            base = applied.before  # what clients of older versions know
        found += [(applied, diagnostic) for diagnostic in _judge(applied, base)]
        found += [(applied, diagnostic) for diagnostic in across(applied, history)]
    return found


def _judge(applied: Applied, base: Contract) -> Iterator[Diagnostic]:
    change = applied.change
    for name in ("old_sends", "old_sees"):
        if getattr(change, name, MISSING) is UNDECIDED:
            yield _undecided(change, name)
    row = RULES.get(type(change))
    if row is not None:
        yield from row(applied, base)


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
    if not field.required or field.default is not MISSING or field.on_create is not None:
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
                "old_sends: VALUE    what they are taken to have sent",
                "required: false     records may be without it",
            ),
        )
    elif _stored(applied.before, before) and field.read_only:
        yield _needs(
            change,
            f"`{change.at}` is required and read-only, so something must give it its value",
            ("on_create: now      the time of the creation", "required: false     records may be without it"),
        )


def _remove_field(applied: Applied, base: Contract) -> Iterator[Diagnostic]:
    change = applied.change
    assert isinstance(change, RemoveField)
    place = find_field(applied.before, change.at)
    field = place.field
    if change.old_sees is not MISSING or not (field.required or field.default is not MISSING) or field.write_only:
        return
    if field.default is not MISSING:
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
    yield from _retyped(change, before.type, after.type, ways)
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
    given = after.default is not MISSING or after.on_create is not None
    was_given = not before.read_only or not before.required
    if after.required and after.read_only and not after.key and not given and was_given:
        yield _needs(
            change,
            f"`{change.at}` would be required and read-only, so something must give it its value",
            ("default: VALUE      what new records have", "required: false     records may be without it"),
        )
    yield from _bounded(change, before, after, ways)


def _promised_bounds(change: ChangeField, before: Type, after: Type) -> Iterator[Diagnostic]:
    """A value of the new type must not break the bounds that older versions promise in their answers."""
    if not isinstance(before, Scalar) or not isinstance(after, Scalar) or _same_kind(before, after):
        return
    promised = [n for n in CONSTRAINTS if n != "format" and getattr(before, n) is not None]
    loose = [n for n in promised if getattr(after, n) != getattr(before, n)]
    if loose:
        stated = ", ".join(f"{n}: {getattr(before, n)}" for n in loose)
        yield _needs(
            change,
            f"older versions promise {stated} for `{change.at}`, and the new type does not",
            (
                f"{loose[0]}: …        the same bound for the new type",
                "policy: keep        older clients are shown what newer ones send, bound or not",
            ),
        )


def _retyped(change: ChangeField | ChangeParameter, before: Type, after: Type, ways: Direction) -> Iterator[Diagnostic]:
    if change.type is None or _same_kind(before, after):
        return
    codec = between(before, after)
    if codec is None:
        known = ", ".join(f"`{c}`" for c in choices(before))
        yield Diagnostic(
            "SC322",
            f"no codec leads from {before} to {after}",
            help=f"{before} can become {known}" if known else "add a field and remove this one instead",
        )
    elif codec.down_fails and Direction.RESPONSE in ways and getattr(change, "old_sees", MISSING) is MISSING:
        yield _needs(
            change,
            f"not every {after} can be shown as {before} to clients of older versions",
            ("old_sees: VALUE     what they are shown then",),
        )


def _same_kind(before: Type, after: Type) -> bool:
    if isinstance(before, Scalar) and isinstance(after, Scalar):
        return before.kind is after.kind
    return before == after


def _bounded(change: ChangeField, before: Field, after: Field, ways: Direction) -> Iterator[Diagnostic]:
    if change.policy is None and change.type is None and (change.bounds or set(change.drop) - {"default"}):
        yield _needs(
            change,
            f"the bounds of `{change.at}` change, and older versions keep theirs",
            ("policy: keep        what older clients send is kept, what newer ones send is shown as it is",),
        )


def _add_enum_value(applied: Applied, base: Contract) -> Iterator[Diagnostic]:
    change = applied.change
    assert isinstance(change, AddEnumValue)
    enum = applied.before.types[change.at.type]
    if change.old_sees is MISSING and Direction.RESPONSE in _ways(base, enum):
        assert isinstance(enum, EnumType)
        yield _needs(
            change,
            f"clients of older versions do not know `{change.at.name}`",
            (f"old_sees: VALUE     what they are shown, one of {', '.join(v.value for v in enum.values)}",),
        )


def _remove_enum_value(applied: Applied, base: Contract) -> Iterator[Diagnostic]:
    change = applied.change
    assert isinstance(change, RemoveEnumValue)
    enum = applied.before.types[change.at.type]
    if change.old_sends is MISSING and _ways(base, enum):
        left = applied.after.types[change.at.type]
        assert isinstance(left, EnumType)
        values = ", ".join(v.value for v in left.values)
        yield _needs(
            change,
            f"clients of older versions may send `{change.at.name}`, and stored records may hold it",
            (f"old_sends: VALUE    what it is taken as, one of {values}",),
        )


def _add_parameter(applied: Applied, base: Contract) -> Iterator[Diagnostic]:
    change = applied.change
    assert isinstance(change, AddParameter)
    if change.parameter.required and change.old_sends is MISSING and change.parameter.default is MISSING:
        yield _needs(
            change,
            f"callers of older versions do not send `{change.at.name}`",
            ("old_sends: VALUE    what they are taken to have sent",),
        )


def _change_parameter(applied: Applied, base: Contract) -> Iterator[Diagnostic]:
    change = applied.change
    assert isinstance(change, ChangeParameter)
    before = applied.before.operation(change.at.operation.method, change.at.operation.path)
    found = before.parameter(change.at.name, change.at.location) if before else None
    if found is None:
        return
    after = change.after(found)
    if after.required and not found.required and change.old_sends is MISSING and found.default is MISSING:
        yield _needs(
            change,
            f"callers of older versions may leave `{change.at.name}` out",
            ("old_sends: VALUE    what they are taken to have sent",),
        )
    yield from _retyped(change, found.type, after.type, Direction.REQUEST)


def _needs(change: Change, cause: str, offers: tuple[str, ...]) -> Diagnostic:
    return Diagnostic(
        "SC320",
        f"{cause}: `{change.address}` needs a policy",
        help="add one of these to the change",
        notes=offers,
    )


RULES: dict[type[Change], Callable[[Applied, Contract], Iterator[Diagnostic]]] = {
    AddField: _add_field,
    RemoveField: _remove_field,
    ChangeField: _change_field,
    AddEnumValue: _add_enum_value,
    RemoveEnumValue: _remove_enum_value,
    AddParameter: _add_parameter,
    ChangeParameter: _change_parameter,
}
"""The changes that can need a policy; every other one crosses without loss."""
