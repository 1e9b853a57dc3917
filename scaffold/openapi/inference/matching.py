"""How alike two things are, from what is known of both: names, prose, shapes; and which of many belong together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from ...contract.types import MISSING, Json
from .comparing import text

THRESHOLD = 0.65
"""A likeness below this is no guess: the one goes and the other comes."""

MARGIN = 0.06
"""Two partners closer than this are one too many: nobody can tell which is meant."""

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|[^\W\d_a-zA-Z]+")


@lru_cache(maxsize=65536)
def words(name: str) -> tuple[str, ...]:
    """The words of a name, in small letters: `cardNumber`, `card_number` and `Card-Number` are the same."""
    return tuple(w.lower() for w in _WORD.findall(name)) or (name.lower(),)


@lru_cache(maxsize=65536)
def names_alike(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1."""
    left, right = words(one), words(other)
    if left == right or "".join(left) == "".join(right):
        return 1.0
    plain = [[w for w in ws if not w.isdigit()] for ws in (left, right)]
    if plain[0] == plain[1] and any(w.isdigit() for w in left) and any(w.isdigit() for w in right):
        return 0.2  # line1 and line2 are two things
    found = SequenceMatcher(None, "".join(left), "".join(right), autojunk=False).ratio()
    close = max(0.0, (found - 0.4) / 0.6)
    return max(close, 0.9 * _shared(left, right))


def _shared(left: Sequence[str], right: Sequence[str]) -> float:
    """The share of words that both have; an abbreviation counts, and a word more is half a difference."""
    fewer, more = sorted((left, right), key=len)
    met = sum(any(w == o or _short(w, o) for o in more) for w in fewer)
    return met / (len(fewer) + 0.5 * (len(more) - len(fewer))) if met == len(fewer) else met / len(more)


def _short(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= 3 and long.startswith(short)


def prose_alike(one: str | None, other: str | None) -> float | None:
    """How alike two descriptions are; None where one says nothing."""
    if not one or not other:
        return None
    if one.strip() == other.strip():
        return 1.0
    left, right = (set(re.findall(r"\w+", t.lower())) for t in (one, other))
    return 0.9 * len(left & right) / (len(left | right) or 1)


@dataclass
class Evidence:
    """What speaks for two things being one: each piece with its weight, how true it is, and its words."""

    pieces: list[tuple[float, float, str]] = field(default_factory=list)
    telling: float = 0.0
    """The strongest piece that could not be by accident."""

    def add(self, weight: float, value: float | None, reason: str, *, telling: bool = False) -> None:
        """One more piece; None is none."""
        if value is not None:
            self.pieces.append((weight, value, reason))
            if telling:
                self.telling = max(self.telling, value)

    @property
    def confidence(self) -> float:
        """How sure it is, from 0 to 0.99; never sure without something telling."""
        weight = sum(w for w, _, _ in self.pieces)
        found = sum(w * v for w, v, _ in self.pieces) / weight if weight else 0.0
        return round(min(0.99, found if self.telling >= 0.5 else found * 0.6), 2)

    @property
    def reasons(self) -> tuple[str, ...]:
        """What speaks for it, the strongest first."""
        held = sorted((p for p in self.pieces if p[1] >= 0.6), key=lambda p: -p[0] * p[1])
        return tuple(reason for _, _, reason in held)


def about_names(evidence: Evidence, one: str, other: str, weight: float = 3.0) -> None:
    """Add what the names say."""
    value = names_alike(one, other)
    how = "the same words in another spelling" if value == 1 else f"the names `{one}` and `{other}` are alike"
    evidence.add(weight, value, how, telling=True)


def about_prose(evidence: Evidence, one: str | None, other: str | None, weight: float = 3.0) -> None:
    """Add what the descriptions say."""
    value = prose_alike(one, other)
    how = "the same description" if value == 1 else "the descriptions are alike"
    evidence.add(weight, value, how, telling=True)


def about_examples(evidence: Evidence, one: Json, other: Json) -> None:
    """Add what the examples say; common ones say little."""
    if one is not MISSING and other is not MISSING:
        evidence.add(1.0, 1.0 if text(one) == text(other) else 0.0, "the same example")


@dataclass(frozen=True)
class Pair:
    """Two things that are held for one."""

    old: str
    new: str
    confidence: float
    reasons: tuple[str, ...]


def best_pairs(candidates: Iterable[tuple[str, str, Evidence]]) -> list[Pair]:
    """The pairs that are sure enough, each thing in one; where two partners are as good as another, none."""
    scored = [(e.confidence, old, new, e) for old, new, e in candidates]
    good = sorted((s for s in scored if s[0] >= THRESHOLD), key=lambda s: (-s[0], s[1], s[2]))
    taken_old: set[str] = set()
    taken_new: set[str] = set()
    found = []
    for confidence, old, new, evidence in good:
        if old in taken_old or new in taken_new:
            continue
        rivals = [
            c
            for c, o, n, _ in good
            if (o == old) != (n == new) and o not in taken_old and n not in taken_new and confidence - c < MARGIN
        ]
        if rivals:
            taken_old.add(old)
            taken_new.add(new)
            continue
        taken_old.add(old)
        taken_new.add(new)
        found.append(Pair(old, new, confidence, evidence.reasons))
    return found
