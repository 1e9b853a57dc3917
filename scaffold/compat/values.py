"""Whether one type takes all values of another: which way a change of type, bounds or choices goes."""

from __future__ import annotations

from enum import Enum

from ..contract.contract import Contract
from ..contract.named_types import AliasType, EnumType
from ..contract.types import Json, Kind, ListOf, MapOf, Ref, Scalar, Type, UnionOf

TEXTS = frozenset(
    {
        Kind.STR,
        Kind.DECIMAL,
        Kind.DATE,
        Kind.DATETIME,
        Kind.TIME,
        Kind.DURATION,
        Kind.UUID,
        Kind.EMAIL,
        Kind.URL,
        Kind.BYTES,
    }
)
"""The kinds that are text on the wire."""

LOWER = ("min_length", "ge", "gt", "min_items")
UPPER = ("max_length", "le", "lt", "max_items")


class Turn(Enum):
    """Which way a set of values goes: what it takes is the same, more, less, less than everything, or other."""

    SAME = "same"
    WIDER = "wider"
    NARROWER = "narrower"
    BOUNDED = "bounded"
    OTHER = "other"


def joined(one: Turn, two: Turn) -> Turn:
    """Both turns together."""
    if one is Turn.SAME or one is two:
        return two
    if two is Turn.SAME:
        return one
    if {one, two} == {Turn.NARROWER, Turn.BOUNDED}:
        return Turn.NARROWER
    return Turn.OTHER


def turn_of_type(before: Contract, old: Type, after: Contract, new: Type) -> Turn:
    """Which way the values go from `old`, a type of `before`, to `new`, a type of `after`."""
    old, new = _meant(before, old), _meant(after, new)
    match old, new:
        case (UnionOf(), _) | (_, UnionOf()):
            return _turn_of_union(before, old, after, new)
        case Scalar(), Scalar():
            return joined(_turn_of_kind(old, new), turn_of_bounds(old, new))
        case ListOf(), ListOf():
            items = turn_of_type(before, old.items, after, new.items)
            return joined(items, turn_of_bounds(old, new))
        case MapOf(), MapOf():
            return turn_of_type(before, old.values, after, new.values)
        case Ref(), Ref():
            return _turn_of_reference(before, old, after, new)
        case _:
            was, now = _words(before, old), _words(after, new)
            if was is not None and now is not None:
                return turn_of_words(was, now)
            if was is not None and _takes_any_text(new):
                return Turn.WIDER
            if now is not None and _takes_any_text(old):
                return Turn.NARROWER
            if isinstance(new, Scalar) and new.kind is Kind.JSON:
                return Turn.WIDER
            return Turn.NARROWER if isinstance(old, Scalar) and old.kind is Kind.JSON else Turn.OTHER


def _meant(contract: Contract, type_: Type) -> Type:
    """`type_`, or what stands behind it where it is an alias."""
    seen: set[str] = set()
    while isinstance(type_, Ref) and type_.name not in seen:
        seen.add(type_.name)
        found = contract.types.get(type_.name)
        if not isinstance(found, AliasType):
            break
        type_ = found.type
    return type_


def _turn_of_union(before: Contract, old: Type, after: Contract, new: Type) -> Turn:
    """Which way the values go where one of the two is a union: by the variants that are in both."""
    was = old.variants if isinstance(old, UnionOf) else (old,)
    now = new.variants if isinstance(new, UnionOf) else (new,)

    def within(one: Type, others: tuple[Type, ...], back: bool) -> bool:
        turns = (turn_of_type(after, one, before, o) if back else turn_of_type(before, one, after, o) for o in others)
        return any(turn in (Turn.SAME, Turn.WIDER) for turn in turns)

    kept = all(within(v, now, False) for v in was)
    known = all(within(v, was, True) for v in now)
    told = [u.discriminator for u in (old, new) if isinstance(u, UnionOf)]
    if len(told) == 2 and told[0] != told[1] and None not in told:
        a, b = told
        if a is not None and b is not None and (a.property != b.property or not _agree(a.mapping, b.mapping)):
            return Turn.OTHER
    turns = {(True, True): Turn.SAME, (True, False): Turn.WIDER, (False, True): Turn.NARROWER}
    return turns.get((kept, known), Turn.OTHER)


def _agree(one: tuple[tuple[str, str], ...], other: tuple[tuple[str, str], ...]) -> bool:
    """Whether no word of a discriminator stands for another type."""
    mine = dict(one)
    return all(mine.get(word, name) == name for word, name in other)


def _turn_of_reference(before: Contract, old: Ref, after: Contract, new: Ref) -> Turn:
    was, now = before.types.get(old.name), after.types.get(new.name)
    if was is not None and now is not None and was.identity == now.identity:
        return Turn.SAME
    if isinstance(was, EnumType) and isinstance(now, EnumType):
        return turn_of_words({v.value for v in was.values}, {v.value for v in now.values})
    return Turn.OTHER


def turn_of_words(was: set[Json], now: set[Json]) -> Turn:
    """Which way a closed set of words goes."""
    if was == now:
        return Turn.SAME
    if was < now:
        return Turn.WIDER
    return Turn.NARROWER if was > now else Turn.OTHER


def _turn_of_kind(old: Scalar, new: Scalar) -> Turn:
    if old.kind is new.kind:
        return Turn.SAME
    pairs = {
        (True, False): Turn.WIDER,
        (False, True): Turn.NARROWER,
    }
    widens = _kind_within(old, new)
    return pairs.get((widens, _kind_within(new, old)), Turn.OTHER)


def _kind_within(small: Scalar, big: Scalar) -> bool:
    if big.kind is Kind.JSON or (small.kind, big.kind) == (Kind.INT, Kind.FLOAT):
        return True
    return big.kind is Kind.STR and small.kind in TEXTS


def _takes_any_text(type_: Type) -> bool:
    return type_ == Scalar(Kind.STR)


def _words(contract: Contract, type_: Type) -> set[Json] | None:
    if isinstance(type_, Scalar) and type_.choices:
        return set(type_.choices)
    found = contract.enum(type_.name) if isinstance(type_, Ref) else None
    return None if found is None else {v.value for v in found.values}


def turn_of_bounds(old: Scalar | ListOf, new: Scalar | ListOf) -> Turn:
    """Which way the bounds go; bounds that mean nothing to the new kind are gone."""
    turn = Turn.SAME
    for name in (*LOWER, *UPPER):
        if hasattr(old, name) and hasattr(new, name):
            sign = 1 if name in LOWER else -1
            turn = joined(turn, _turn_of_bound(getattr(old, name), getattr(new, name), sign))
    if isinstance(old, Scalar) and isinstance(new, Scalar):
        for name in ("pattern", "format"):
            turn = joined(turn, _turn_of_mark(getattr(old, name), getattr(new, name)))
        turn = joined(turn, _turn_of_multiple(old.multiple_of, new.multiple_of))
        if old.choices or new.choices:
            turn = joined(turn, _turn_of_choices(set(old.choices), set(new.choices)))
    elif isinstance(old, ListOf) and isinstance(new, ListOf):
        turn = joined(turn, _turn_of_mark(old.unique_items or None, new.unique_items or None))
    return turn


def _turn_of_bound(old: Json, new: Json, sign: int) -> Turn:
    if old == new:
        return Turn.SAME
    if old is None:
        return Turn.BOUNDED
    if new is None:
        return Turn.WIDER
    return Turn.NARROWER if (new - old) * sign > 0 else Turn.WIDER


def _turn_of_mark(old: Json, new: Json) -> Turn:
    if old == new:
        return Turn.SAME
    if (old, new) == ("int32", "int64"):
        return Turn.WIDER
    if (old, new) == ("int64", "int32"):
        return Turn.NARROWER
    if old is None:
        return Turn.BOUNDED
    return Turn.WIDER if new is None else Turn.OTHER


def _turn_of_multiple(old: Json, new: Json) -> Turn:
    if old is None or new is None or old == new:
        return _turn_of_mark(old, new)
    if new % old == 0:
        return Turn.NARROWER
    return Turn.WIDER if old % new == 0 else Turn.OTHER


def _turn_of_choices(was: set[Json], now: set[Json]) -> Turn:
    if not was:
        return Turn.NARROWER
    return Turn.WIDER if not now else turn_of_words(was, now)
