"""The changelog of an API: every version and release, newest first, with what changed and what it means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from ..compat import Verdict, effect, judge
from ..contract.contract import Contract
from ..contract.history import Applied, History, Version, owner
from .words import day


@dataclass(frozen=True)
class _Part:
    """One version or release, in the place that its date gives it."""

    id: str
    on: date | datetime | None
    note: str | None
    order: int
    draft: bool = False

    @property
    def key(self) -> tuple[bool, str, int]:
        """Undated parts come last in time, and those of one day in the order of the history."""
        return self.on is None, "" if self.on is None else self.on.isoformat(), self.order


def changelog(history: History) -> str:
    """The changelog as Markdown; the same history always gives the same text."""
    lines = [f"# Changelog of {history.api.title}", ""]
    for part in sorted(_parts(history), key=lambda p: p.key, reverse=True):
        lines += _part(part, history)
    return "\n".join(lines).rstrip("\n") + "\n"


def _parts(history: History) -> Iterator[_Part]:
    order = 0
    for version in history.versions:
        yield _Part(version.id, version.released, version.note, order, version.draft)
        for release in version.releases:
            order += 1
            yield _Part(release.id, release.released, release.note, order)
        order += 1


def _part(part: _Part, history: History) -> Iterator[str]:
    when = "draft" if part.draft else day(part.on) if part.on is not None else "not released"
    yield f"## {part.id} ({when})"
    yield ""
    version = history.version(owner(part.id, history))
    if part.id == version.id:
        yield from _calendar(version)
    if part.note is not None:
        yield part.note
        yield ""
    changes = [a for a in history.declared if a.version == part.id]
    if not changes:
        yield "The first version." if version is history.versions[0] and part.id == version.id else "No changes."
        yield ""
        return
    base = changes[0].before
    for applied in changes:
        yield f"- {_line(applied, base)}"
    yield ""
    place = history.index(version.id)
    if part.id == version.id and place and not part.draft:
        older = history.versions[place - 1].id
        yield f"How to move: [from {older} to {version.id}](migration/{older}-to-{version.id}.md)."
        yield ""


def _line(applied: Applied, base: Contract) -> str:
    judgement = judge(applied, base)
    said = applied.change.sentence()
    why = f" {applied.change.why}" if applied.change.why is not None else ""
    harm = "" if judgement.worst.rank <= Verdict.SAFE.rank else f" It {effect(judgement)}."
    return f"{said}{harm}{why}"


def _calendar(version: Version) -> Iterator[str]:
    dates = [("Deprecated from", version.deprecated), ("Answers until", version.sunset)]
    said = [f"{word} {day(on)}." for word, on in dates if on is not None]
    said += [f"Switched off from {day(b.start)} to {day(b.until)}." for b in version.brownouts]
    if said:
        yield " ".join(said)
        yield ""
