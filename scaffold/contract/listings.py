"""The codecs that take lists as a whole: one value and a list of values, a text with commas and a list of texts."""

from __future__ import annotations

from dataclasses import dataclass

from .codecs import CSV, LISTED, flipped, innermost
from .types import Kind, ListOf, MapOf, Ref, Scalar, Type


@dataclass(frozen=True)
class Structural:
    """How one value becomes a list of values, or a list one value, as a whole. See `Codec` for the facts."""

    name: str
    older: Type
    newer: Type
    up: str
    down: str
    up_fails: bool = False
    down_fails: bool = False
    exact: bool = True
    one_to_one: bool = True
    levels: tuple[bool, ...] = ()
    """The lists (False) and maps (True) around it."""

    @property
    def named(self) -> bool:
        """Whether it is values of a named type that one is picked of: objects, values of an enum."""
        return any(isinstance(t, Ref) for t in (self.older, self.newer))

    module = "list_codecs"
    ordered = False
    alike = False

    @property
    def reads_back(self) -> bool:
        """Whether what is shown can be read: how long an item in a text with commas may be is another's to say."""
        return self.up != "csv_to_list"


PICKS = {"first": "first", "last": "last", "refuse": "only"}
"""Which item of a list stands for all of it; `refuse`: lists of one alone are taken."""


def structural(older: Type, newer: Type, name: str | None, pick: str | None) -> Structural | None:
    """The codec between one value and a list, as a change names it by `name` or `pick`; None where it is none."""
    one, other = innermost(older, newer)
    levels = _around(older, one)
    match one, other:
        case Ref(name=held), ListOf(items=Ref(name=same), min_items=least) if held == same:
            if pick not in ("first", "last") or name is not None:
                return None
            fails = not least
            return Structural(*(LISTED, one, other, "listed", pick), down_fails=fails, one_to_one=False, levels=levels)
        case ListOf(items=Ref(name=held), min_items=least, max_items=most), Ref(name=same) if held == same:
            if pick not in PICKS or name is not None:
                return None
            fails = not least or (pick == "refuse" and most != 1)
            return Structural(
                *(flipped(LISTED), one, other, PICKS[pick], "listed"), up_fails=fails, exact=False, levels=levels
            )
        case Scalar(kind=Kind.STR), ListOf(items=Scalar(kind=Kind.STR)) if name == CSV:
            return Structural(CSV, one, other, "csv_to_list", "list_to_csv", up_fails=True, exact=False, levels=levels)
        case ListOf(items=Scalar(kind=Kind.STR)), Scalar(kind=Kind.STR) if name == flipped(CSV):
            return Structural(
                *(name, one, other, "list_to_csv", "csv_to_list"), down_fails=True, one_to_one=False, levels=levels
            )
        case Scalar(kind=kind), ListOf(items=Scalar(kind=same), min_items=least) if kind is same:
            if pick not in ("first", "last") or name not in (None, LISTED):
                return None
            empty = not least
            return Structural(*(LISTED, one, other, "listed", pick), down_fails=empty, one_to_one=False, levels=levels)
        case ListOf(items=Scalar(kind=kind), min_items=least, max_items=most), Scalar(kind=same) if kind is same:
            if pick not in PICKS or name not in (None, flipped(LISTED)):
                return None
            fails = not least or (pick == "refuse" and most != 1)
            return Structural(
                *(flipped(LISTED), one, other, PICKS[pick], "listed"), up_fails=fails, exact=False, levels=levels
            )
    return None


def listings(older: Type, newer: Type) -> list[str]:
    """What a change may say that makes a list of one value, or one value of a list: lines of a spec."""
    one, other = innermost(older, newer)
    if isinstance(one, ListOf) == isinstance(other, ListOf):
        return []
    names = [*(f"codec: {n}" for n in (CSV, flipped(CSV))), *(f"pick: {p}" for p in PICKS)]
    return [
        said
        for said in names
        if structural(one, other, said[7:] if said[:5] == "codec" else None, said[6:] if said[:4] == "pick" else None)
    ]


def _around(type_: Type, inner: Type) -> tuple[bool, ...]:
    found = []
    while type_ != inner and isinstance(type_, ListOf | MapOf):
        found.append(isinstance(type_, MapOf))
        type_ = type_.values if isinstance(type_, MapOf) else type_.items
    return tuple(found)
