"""What a change means to a client that does not know it yet: the words of a judgement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Direction(StrEnum):
    """Which way a message goes: an old client's request, or the new contract's response to it."""

    REQUEST = "request"
    RESPONSE = "response"


class Verdict(StrEnum):
    """How a client takes a change, mildest first; NONE where it never meets the change in this direction."""

    NONE = "none"
    SAFE = "safe"
    RISKY = "risky"
    MEANING = "meaning"
    BREAKING = "breaking"

    @property
    def rank(self) -> int:
        """Its place among the verdicts: the higher, the graver."""
        return tuple(Verdict).index(self)

    @property
    def harmless(self) -> bool:
        """Whether an additive release may hold it."""
        return self.rank <= Verdict.SAFE.rank


@dataclass(frozen=True)
class Reason:
    """One finding: `code` names its kind, `sentence` says why the verdict is what it is."""

    direction: Direction
    verdict: Verdict
    code: str
    sentence: str


@dataclass(frozen=True)
class Judgement:
    """The verdict for requests and for responses, each the gravest of its reasons."""

    request: Verdict
    response: Verdict
    reasons: tuple[Reason, ...] = ()

    @property
    def worst(self) -> Verdict:
        """The graver of the two."""
        return max(self.request, self.response, key=lambda v: v.rank)

    @property
    def harmless(self) -> bool:
        """Whether an additive release may hold this."""
        return self.worst.harmless


def judgement(reasons: Iterable[Reason]) -> Judgement:
    """The judgement that `reasons` add up to; equal reasons count once."""
    found = tuple(dict.fromkeys(reasons))

    def worst(direction: Direction) -> Verdict:
        verdicts = (r.verdict for r in found if r.direction is direction)
        return max(verdicts, key=lambda v: v.rank, default=Verdict.NONE)

    return Judgement(worst(Direction.REQUEST), worst(Direction.RESPONSE), found)
