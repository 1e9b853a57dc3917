"""What stands between the two types of a place on both sides of a change: nothing, a policy that is due, or no way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..contract.changes import AddVariant, Change, ChangeField, ChangeParameter, ChangeResponse, RemoveVariant
from ..contract.changes.base import listing
from ..contract.codecs import choices, fitting
from ..contract.contract import Contract
from ..contract.history import Applied
from ..contract.hooks import MODULE
from ..contract.listings import Structural, listings
from ..contract.message import View
from ..contract.places import body_place, operation_of, parameters
from ..contract.reach import Direction, directions
from ..contract.types import MISSING, UNDECIDED, Json, ListOf, MapOf, Missing, Ref, Type, UnionOf
from ..contract.views import reached_types
from ..diagnostics import Diagnostic
from .boxes import content, listed, packs
from .codecs import codec_of, convertible, hook_at
from .stated import alike, identified, resolved, unmatched, variants_of
from .tables import convertible_bool, table_at, unknown_words
from .undecided import retyped
from .unreadable import unread, unshown


@dataclass(frozen=True)
class Gap:
    """What of `older` has no counterpart in `newer` (`up`), and the other way round (`down`)."""

    place: str
    older: Type
    newer: Type
    ways: Direction
    up: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    impossible: bool = False
    unreadable: bool = False
    unmapped: tuple[str, ...] = ()
    """The older values of an enum for which nothing of the newer one stands."""

    @property
    def union(self) -> bool:
        """Whether variants are what is missing."""
        return bool(self.up or self.down)


def gaps(applied: Applied, base: Contract) -> Iterator[Gap]:
    """The gaps of every place to which a change gives another type; `base` is what older clients know."""
    for place, before, after in retyped(applied):
        ways = _ways(place, base, applied)
        if ways:
            older, newer = (before, after) if hook_at(applied, place) else _peeled(before, after)
            yield _gap(applied, place, older, newer, ways)


def _peeled(older: Type, newer: Type) -> tuple[Type, Type]:
    """What is inside the lists and maps that both sides have."""
    while True:
        match older, newer:
            case (ListOf(items=one), ListOf(items=other)) | (MapOf(values=one), MapOf(values=other)):
                older, newer = one, other
            case _:
                return older, newer


def _gap(applied: Applied, place: str, older: Type, newer: Type, ways: Direction) -> Gap:
    if hook_at(applied, place):
        return Gap(place, older, newer, ways, impossible=not (convertible(older) and convertible(newer)))
    one, other = identified(older, applied.before), identified(newer, applied.after)
    if isinstance(older, UnionOf) or isinstance(newer, UnionOf):
        mine, theirs = variants_of(one), variants_of(other)
        gone, new = unmatched(mine, theirs)
        return Gap(
            place,
            older,
            newer,
            ways,
            tuple(str(variants_of(older)[n]) for n in gone),
            tuple(str(variants_of(newer)[n]) for n in new),
        )
    codec = table_at(None, applied, place, older, newer) or codec_of(applied, place, one, other)
    if codec is not None:
        unmapped = unknown_words(applied, older, newer) if unread(applied) is MISSING else ()
        fails = codec.down_fails and unshown(applied, codec) is MISSING
        return Gap(place, older, newer, ways, unreadable=fails, unmapped=unmapped)
    return Gap(place, older, newer, ways, impossible=not alike(one, other) and not _boxed(applied, place, older, newer))


def _boxed(applied: Applied, place: str, older: Type, newer: Type) -> bool:
    """Whether an object gives way to what it alone holds, or the other way round, where no table has it."""
    if stored(applied.before, place) or not packs(applied):
        return False
    held = content(older, newer, applied.before, applied.after)
    if held is not None and listed(applied.before, place) and not held.nullable:
        return True
    held = held or content(newer, older, applied.after, applied.before)
    return held is not None and held.required and not held.nullable


def _ways(place: str, base: Contract, applied: Applied) -> Direction:
    """The directions in which clients of older versions meet `place`."""
    operation = operation_of(applied.before, place)
    if operation is not None:
        if operation.identity not in base.operations_by_identity:
            return Direction.NONE
        return Direction.REQUEST if place.startswith(body_place(operation)) else Direction.RESPONSE
    if place in base.fields_by_identity:
        owner = base.fields_by_identity[place][0].identity
        field = applied.before.fields_by_identity[place][1]
        found = directions(base).get(owner, Direction.NONE)
        found &= ~Direction.REQUEST if field.read_only else found
        return found & ~Direction.RESPONSE if field.write_only else found
    return Direction.REQUEST if place in parameters(base) else Direction.NONE


def needs(applied: Applied, base: Contract) -> Iterator[Diagnostic]:
    """What a change that gives places another type must say and does not, once for all its places."""
    deep = {d.message: d for d in _listed_deep(applied, base)}
    found = deep or {d.message: d for gap in gaps(applied, base) for d in _of(applied, gap)}
    yield from found.values()


def _listed_deep(applied: Applied, base: Contract) -> Iterator[Diagnostic]:
    """Objects and values of enums become lists, or lists such, as the whole of a place alone, not inside of another.

    What is stated for one of which there is none is of the whole place, and parts of one are written by its name.
    """
    for place, older, newer in retyped(applied):
        codec = codec_of(applied, place, identified(older, applied.before), identified(newer, applied.after))
        if isinstance(codec, Structural) and codec.named and codec.levels and _ways(place, base, applied):
            yield Diagnostic(
                "SC322",
                f"no codec leads from {older} to {newer}: what is picked of a list inside of another, or of a map, "
                "cannot be an object or a value of an enum",
                help="add a field beside this one and remove this one instead",
            )


def _of(applied: Applied, gap: Gap) -> Iterator[Diagnostic]:
    change = applied.change
    open_ = getattr(change, "codec", None) is UNDECIDED
    if gap.impossible:
        yield from _impossible(applied, gap, open_=open_)
    elif gap.unmapped and Direction.REQUEST in gap.ways:
        words = ", ".join(f"{word}: VALUE" for word in gap.unmapped)
        cause = f"clients of older versions may send {_listed(gap.unmapped)}, and no value of {gap.newer} is called so"
        yield due(change, cause, (f"values: {{{words}}}", "unreadable: refuse    older clients are told so"))
    elif gap.unreadable and Direction.RESPONSE in gap.ways and getattr(change, "old_sees", 0) is MISSING:
        yield due(
            change,
            f"not every {gap.newer} can be shown as {gap.older} to clients of older versions",
            ("old_sees: VALUE     what they are shown then",),
        )
    sides = (
        (gap.up, Direction.REQUEST, "old_sends", gap.newer, applied.after, View.INPUT),
        (gap.down, Direction.RESPONSE, "old_sees", gap.older, applied.before, View.OUTPUT),
    )
    for lost, direction, policy, type_, contract, view in sides:
        hidden = policy == "old_sees" and getattr(change, "hide", False)
        if lost and direction in gap.ways and not open_ and not hidden:
            stated: Json | Missing | None = getattr(change, policy, None)
            yield from _lost(change, lost, policy, stated, type_, contract, view)


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _lost(
    change: Change, lost: tuple[str, ...], policy: str, stated: object, type_: Type, contract: Contract, view: View
) -> Iterator[Diagnostic]:
    words = listing(lost)
    cause = (
        f"clients of older versions may send {words}, which goes"
        if policy == "old_sends"
        else f"clients of older versions do not know {words}"
    )
    if stated is MISSING:
        what = "it is taken as" if policy == "old_sends" else "they are shown"
        offers = [f"{policy}: VALUE{' ' * (11 - len(policy))}what {what}, such as `{{variant: …, values: …}}`"]
        if isinstance(change, AddVariant):
            offers.append("hide: true         they do not see the objects that hold it")
        yield due(change, cause, tuple(offers))
    elif stated is None and not isinstance(change, ChangeField | ChangeParameter | RemoveVariant):
        yield Diagnostic("SC322", f"{cause}, and `{change.address}` has no way to say what then", help=_HELP)
    elif stated is not UNDECIDED and resolved(stated, type_, contract, view) is None:
        yield Diagnostic(
            "SC310",
            f"`{policy}` of `{change.address}` is no value of {type_}",
            help="write a value of one variant, or `{variant: …, values: {…}}`",
        )


_FLAG = "say `flag: NAME`: handlers are told by that name whether the caller's version has this"
_HELP = "leave this as it is and add another operation or type, or say `codec: undecided`: then those calls answer 501"


def _impossible(applied: Applied, gap: Gap, *, open_: bool) -> Iterator[Diagnostic]:
    change = applied.change
    if open_ and not stored(applied.after, gap.place):
        return
    known = ", ".join(f"`{c}`" for c in choices(gap.older))
    named = ["values: {true: VALUE, false: VALUE}"] if convertible_bool(applied, gap.older, gap.newer) else []
    named += [f"codec: {c.name}" for c in fitting(gap.older, gap.newer)] + listings(gap.older, gap.newer)
    if named and isinstance(change, ChangeField | ChangeParameter) and not open_:
        cause = f"values of {gap.older} can become {gap.newer} in more than one way"
        yield due(change, cause, tuple(named))
        return
    if hook_at(applied, gap.place):
        help_ = "a hook converts single values, and lists and maps of them; for an object take each of its fields"
    elif isinstance(change, ChangeField | ChangeParameter):
        ways = [f"{gap.older} can become {known}"] if known else []
        ways += [f"`codec: {MODULE}.NAME` names your own"] if convertible(gap.older) and convertible(gap.newer) else []
        help_ = "; ".join(ways) or "add a field and remove this one instead"
    elif isinstance(change, ChangeResponse):
        help_ = f"{_FLAG}; or {_HELP}"
    else:
        help_ = _HELP
    yield Diagnostic("SC322", f"no codec leads from {gap.older} to {gap.newer}", help=help_)


def stored(contract: Contract, place: str) -> bool:
    """Whether records that hold a field are kept in tables: rows that are there cannot stay undecided."""
    if place not in contract.fields_by_identity:
        return False
    owner = contract.fields_by_identity[place][0].identity
    roots = (Ref(r.type) for r in contract.resources.values())
    return any(t.identity == owner for root in roots for t in reached_types(contract, root))


def due(change: Change, cause: str, offers: tuple[str, ...]) -> Diagnostic:
    """The finding that a change lacks a policy, with the choices there are."""
    return Diagnostic(
        "SC320",
        f"{cause}: `{change.address}` needs a policy",
        help="add one of these to the change",
        notes=offers,
    )
