"""The number of the next version or release: from the verdicts, with the sentence why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..contract.additive import additive
from ..contract.changes import Change
from ..contract.history import Applied, History, Scheme, evolve
from ..contract.naming import version_key
from ..contract.types import MISSING
from ..diagnostics import Diagnostic, ScaffoldError
from .rules import doing, judge
from .verdicts import Judgement, Verdict


class Cut(StrEnum):
    """What changes make: a version with its own URL, or an additive release of the newest one."""

    VERSION = "version"
    RELEASE = "release"


@dataclass(frozen=True)
class Judged:
    """One change of the draft with its verdicts."""

    applied: Applied
    judgement: Judgement


@dataclass(frozen=True)
class Numbering:
    """The id that a draft gets, what it is, and why: "v3, because renaming `Product.title` breaks requests"."""

    id: str
    cut: Cut
    because: str
    changes: tuple[Judged, ...]

    @property
    def sentence(self) -> str:
        """The id and the reason in one sentence."""
        return f"{self.id}, because {self.because}."


def number(history: History, changes: Sequence[Change], on: date, *, even_if_safe: bool = False) -> Numbering:
    """What `changes`, made to the newest version of `history` on a day, are to be called.

    Anything breaking, risky or changed in meaning makes a version; all safe makes a release, unless
    `even_if_safe` asks for a version. A draft at the end of `history` does not count. Each change is judged
    for clients of the newest version: what the draft itself brought is not known to them.

    Raises:
        ScaffoldError: SC440 when there are no changes, SC441 when a date version is not after the last one,
            SC442 when an API without versions would get another one; SC3xx when a change does not fit.
    """
    history = history.released
    if not changes:
        raise ScaffoldError(
            Diagnostic("SC440", "the draft is empty: there is nothing to cut", help="add changes under `next:`")
        )
    base = history.newest
    _, steps = evolve(base, changes, "next")
    judged = tuple(Judged(a, judge(a, base)) for a in steps)
    cut, because = _cut(history, judged, even_if_safe)
    if cut is Cut.VERSION and not history.located:
        message = f"requests name no version, so there is one, and it only gets more: {because}"
        help_ = "keep what is there, deprecate it, and add what is new beside it"
        raise ScaffoldError(Diagnostic("SC442", message, help=help_))
    return Numbering(next_id(history, cut, history.scheme, on), cut, because, judged)


def next_id(history: History, cut: Cut, scheme: Scheme, on: date) -> str:
    """The id after the last one: `v3`, `v2.1`, or the day itself in the date scheme.

    Raises:
        ScaffoldError: SC441 when the scheme is by date and the last version is of that day or later.
    """
    last = history.versions[-1]
    if scheme is Scheme.DATE:
        day = on.isoformat()
        if version_key(last.id) >= version_key(day):
            message = f"a version of {day} would not be after {last.id}, the last one"
            raise ScaffoldError(Diagnostic("SC441", message, help="choose a later day"))
        return day
    if cut is Cut.VERSION:
        return f"v{max(version_key(v.id)[0] for v in history.versions) + 1}"
    newest = last.releases[-1].id if last.releases else last.id
    numbers = (*version_key(newest), 0)
    return f"v{numbers[0]}.{numbers[1] + 1}"


def _cut(history: History, judged: Sequence[Judged], even_if_safe: bool) -> tuple[Cut, str]:
    last, base = history.versions[-1].id, history.newest
    harmful = [j for j in judged if not j.judgement.harmless]
    if harmful:
        return Cut.VERSION, _blame(harmful)
    policies = [p for p in (_policy(j.applied.change) for j in judged) if p is not None]
    if policies:
        return Cut.VERSION, f"{policies[0]}, which no release can hold"
    others = [j.applied.change for j in judged if not additive(j.applied.change, j.applied.before, base)]
    if others:
        return Cut.VERSION, f"a release only adds, and {doing(others[0])} is something else"
    if history.scheme is Scheme.DATE:
        return Cut.VERSION, f"versions by date have no releases, though every change is safe for clients of {last}"
    if even_if_safe:
        return Cut.VERSION, f"it was asked for, though every change is safe for clients of {last}"
    if len(judged) == 1:
        return Cut.RELEASE, f"{doing(judged[0].applied.change)} is safe for clients of {last}"
    return Cut.RELEASE, f"all {len(judged)} changes are safe for clients of {last}"


EFFECTS = {Verdict.BREAKING: "breaks", Verdict.MEANING: "changes the meaning of", Verdict.RISKY: "is risky for"}


def _blame(harmful: Sequence[Judged]) -> str:
    ordered = sorted(harmful, key=lambda j: -j.judgement.worst.rank)
    named = ordered if len(ordered) <= 3 else ordered[:2]
    parts = [f"{doing(j.applied.change)} {effect(j.judgement)}" for j in named]
    if len(named) < len(ordered):
        parts.append(f"{len(ordered) - len(named)} more changes are not safe")
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])}, and {parts[-1]}"


def effect(judgement: Judgement) -> str:
    """What a judgement comes to, as a sentence goes on: "breaks requests and responses"; the gravest only."""
    worst = judgement.worst
    verdicts = {"requests": judgement.request, "responses": judgement.response}
    where = [word for word, verdict in verdicts.items() if verdict is worst]
    return f"{EFFECTS[worst]} {' and '.join(where)}" if worst in EFFECTS else "is safe"


def _policy(change: Change) -> str | None:
    for word in ("old_sends", "old_sees"):
        if getattr(change, word, MISSING) is not MISSING:
            return f"{doing(change)} declares `{word}`"
    return None
