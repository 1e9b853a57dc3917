"""The rules for fields: every side on which old clients meet the object is compared, before and after."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.address import find_field, find_owner
from ..contract.changes import (
    AddField,
    AliasFields,
    ChangeField,
    CustomType,
    MergeFields,
    MoveFields,
    RemoveField,
    RenameFields,
    SplitField,
)
from ..contract.changes.identifiers import referring
from ..contract.changes.joints import by_hand
from ..contract.codecs import reinterprets
from ..contract.message import View
from ..contract.named_types import ObjectType, Unknown
from ..contract.types import MISSING, Scalar
from ..contract.views import ViewField, view_fields
from .case import Case, turn_reason
from .parameters import all_parameter_reasons
from .reach import direction_of
from .values import Turn, turn_of_type
from .verdicts import Direction, Reason, Verdict


def of_one_field(case: Case) -> Iterator[Reason]:
    """What adding, removing or changing one field means, and what it does to the filters that follow it."""
    change = case.applied.change
    assert isinstance(change, AddField | RemoveField | ChangeField)
    owner, _ = find_owner(case.before, change.at)
    yield from _compared(case, owner, (change.at.name,))
    if isinstance(change, ChangeField) and change.keep is not None:
        for other, field in referring(case.before, owner.identity):
            yield from _compared(case, other, (field.name,))
    yield from all_parameter_reasons(case)


def of_renamed(case: Case) -> Iterator[Reason]:
    """What renaming fields means: every side that has them breaks."""
    change = case.applied.change
    assert isinstance(change, RenameFields)
    owner, _ = find_owner(case.before, change.at)
    yield from _compared(case, owner, tuple(change.names))
    yield from all_parameter_reasons(case)


def of_joined(case: Case) -> Iterator[Reason]:
    """What splitting or merging fields means: the old ones are gone, and the new ones are not known."""
    change = case.applied.change
    assert isinstance(change, SplitField | MergeFields)
    sources = (change.at,) if isinstance(change, SplitField) else change.sources
    into = change.into if isinstance(change, SplitField) else (change.into,)
    owner, _ = find_owner(case.before, sources[0])
    yield from _compared(case, owner, (*(s.name for s in sources), *(f.name for f in into)))
    yield from all_parameter_reasons(case)


def of_custom(case: Case) -> Iterator[Reason]:
    """What converting a type by hand means: its values mean something else, and fields may have come and gone."""
    change = case.applied.change
    assert isinstance(change, CustomType)
    owner = case.before.object(change.name)
    assert owner is not None
    gone, into = {f.name: f for f in by_hand(owner)}, {f.name: f for f in change.into}
    differ = [n for n in {**gone, **into} if n not in gone or n not in into or gone[n].type != into[n].type]
    yield from _compared(case, owner, tuple(differ))
    for direction in case.directions(owner.identity):
        sentence = f"`{change.name}` means something else: {change.up}."
        yield Reason(direction, Verdict.MEANING, "meaning-changed", sentence)
    yield from all_parameter_reasons(case)


def of_moved(case: Case) -> Iterator[Reason]:
    """What moving fields means: every side that has them breaks."""
    change = case.applied.change
    assert isinstance(change, MoveFields)
    for source, target in zip(change.sources, change.targets(), strict=True):
        place = find_field(case.before, source)
        for view in sorted(case.met.get(place.owner.identity, ())):
            if place.field not in (v.field for v in view_fields(place.owner, view)):
                continue
            if change.stays:
                yield _lives_on(direction_of(view), str(source), str(target))
            else:
                sentence = f"Old clients look for `{source}` where it was, not at `{target}`."
                yield Reason(direction_of(view), Verdict.BREAKING, "field-moved", sentence)


def of_aliased(case: Case) -> Iterator[Reason]:
    """What further names mean: old clients go on with theirs, and pass over the others."""
    change = case.applied.change
    assert isinstance(change, AliasFields)
    place = find_field(case.before, change.at)
    for view in sorted(case.met.get(place.owner.identity, ())):
        if place.field in (v.field for v in view_fields(place.owner, view)):
            yield _lives_on(direction_of(view), str(change.at), change.names[0])


def _lives_on(direction: Direction, old: str, new: str) -> Reason:
    sentence = f"Old clients go on with `{old}`; `{new}` is the same value."
    return Reason(direction, Verdict.SAFE, "name-added", sentence)


def _compared(case: Case, owner: ObjectType, names: tuple[str, ...]) -> Iterator[Reason]:
    after = case.after.types_by_identity.get(owner.identity)
    if not isinstance(after, ObjectType):
        return
    here = {f.identity for f in owner.fields if f.name in names}
    here |= {f.identity for f in after.fields if f.name in names and owner.by_identity(f.identity) is None}
    here |= {f.alias_of for f in owner.fields if f.alias_of is not None and f.identity in here}
    for view in sorted(case.met.get(owner.identity, ())):
        old = {v.field.identity: v for v in view_fields(owner, view)}
        new = {v.field.identity: v for v in view_fields(after, view)}
        for identity in sorted(here):
            yield from _one(case, owner, view, old.get(identity), new.get(identity))


def _one(case: Case, owner: ObjectType, view: View, old: ViewField | None, new: ViewField | None) -> Iterator[Reason]:
    direction = direction_of(view)
    if old is None and new is not None:
        yield _appears(owner, direction, new)
    elif old is not None and new is None:
        yield _vanishes(owner, direction, old)
    elif old is not None and new is not None:
        yield from _differs(case, owner, direction, old, new)


def _appears(owner: ObjectType, direction: Direction, new: ViewField) -> Reason:
    what = f"`{owner.name}.{new.name}`"
    if direction is Direction.RESPONSE:
        return Reason(direction, Verdict.SAFE, "field-added", f"Old clients pass over {what}.")
    if new.required:
        sentence = f"{what} must be sent, and old clients do not know it."
        return Reason(direction, Verdict.BREAKING, "required-field-added", sentence)
    return Reason(direction, Verdict.SAFE, "field-added", f"{what} may be left out.")


def _vanishes(owner: ObjectType, direction: Direction, old: ViewField) -> Reason:
    what = f"`{owner.name}.{old.name}`"
    if direction is Direction.REQUEST:
        if owner.unknown is Unknown.REFUSE:
            sentence = f"`{owner.name}` refuses fields it does not know, and old clients still send {what}."
            return Reason(direction, Verdict.BREAKING, "field-removed", sentence)
        sentence = f"Old clients still send {what}, and it has no effect any more."
        return Reason(direction, Verdict.RISKY, "field-removed", sentence)
    if old.required:
        sentence = f"Old clients were promised {what} in every answer."
        return Reason(direction, Verdict.BREAKING, "required-field-removed", sentence)
    sentence = f"Old clients may count on {what}, though it was optional."
    return Reason(direction, Verdict.RISKY, "optional-field-removed", sentence)


def _differs(case: Case, owner: ObjectType, direction: Direction, old: ViewField, new: ViewField) -> Iterator[Reason]:
    asks = direction is Direction.REQUEST
    what = f"`{owner.name}.{new.name}`"
    if old.name != new.name:
        verb = "send" if asks else "look for"
        sentence = f"Old clients {verb} `{old.name}`, not `{new.name}`."
        yield Reason(direction, Verdict.BREAKING, "field-renamed", sentence)
    turn = turn_of_type(case.before, old.type, case.after, new.type)
    yield from turn_reason(direction, turn, _code(old, new), what)
    change = case.applied.change
    if isinstance(change, ChangeField) and reinterprets(change.codec) and turn is not Turn.OTHER:
        sentence = f"The values of {what} mean something else: {change.codec}."
        yield Reason(direction, Verdict.MEANING, "meaning-changed", sentence)
    if old.required != new.required:
        tighter = Turn.NARROWER if new.required else Turn.WIDER
        yield _flag(direction, tighter, "required" if new.required else "optional", _SAYS_REQUIRED, what)
    if old.nullable != new.nullable:
        tighter = Turn.WIDER if new.nullable else Turn.NARROWER
        yield _flag(direction, tighter, "nullable" if new.nullable else "not-nullable", _SAYS_NULL, what)
    if asks and old.default != new.default and not old.required and not new.required:
        sentence = f"Old clients that leave {what} out get another value than they used to."
        yield Reason(direction, Verdict.MEANING, "default-changed", sentence)
    if asks and new.field.accepts != old.field.accepts:
        fewer = set(old.field.accepts or ()) - set(new.field.accepts or ())
        sentence = f"Requests may send {what} in {'fewer' if fewer else 'more'} forms."
        yield Reason(direction, Verdict.BREAKING if fewer else Verdict.SAFE, "forms-changed", sentence)
    if asks and new.field.unique and not old.field.unique:
        sentence = f"Two objects may no longer have the same {what}."
        yield Reason(direction, Verdict.BREAKING, "made-unique", sentence)
    elif asks and old.field.unique and not new.field.unique:
        sentence = f"Two objects may have the same {what}."
        yield Reason(direction, Verdict.SAFE, "unique-dropped", sentence)
    if old.default != new.default and old.default is MISSING and not asks:
        yield Reason(direction, Verdict.SAFE, "default-added", f"{what} is always answered.")


_SAYS_REQUIRED = {
    (Direction.REQUEST, Turn.NARROWER): "{what} must be sent, and old clients may leave it out.",
    (Direction.REQUEST, Turn.WIDER): "{what} may be left out.",
    (Direction.RESPONSE, Turn.NARROWER): "{what} is always answered.",
    (Direction.RESPONSE, Turn.WIDER): "{what} may be missing, and old clients were promised it.",
}
_SAYS_NULL = {
    (Direction.REQUEST, Turn.NARROWER): "{what} may no longer be null, and old clients may send null.",
    (Direction.REQUEST, Turn.WIDER): "{what} may be null.",
    (Direction.RESPONSE, Turn.NARROWER): "{what} is never null.",
    (Direction.RESPONSE, Turn.WIDER): "{what} may be null, and old clients do not expect it.",
}


def _flag(direction: Direction, turn: Turn, word: str, says: dict[tuple[Direction, Turn], str], what: str) -> Reason:
    safe = (direction is Direction.REQUEST) == (turn is Turn.WIDER)
    verdict = Verdict.SAFE if safe else Verdict.BREAKING
    return Reason(direction, verdict, f"made-{word}", says[direction, turn].format(what=what))


def _code(old: ViewField, new: ViewField) -> str:
    if isinstance(old.type, Scalar) and isinstance(new.type, Scalar) and old.type.kind is new.type.kind:
        return "bounds"
    return "type" if str(old.type) != str(new.type) else "bounds"
