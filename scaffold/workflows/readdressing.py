"""Whether clients of what was released still reach it as the lock says that they do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..compat import Verdict, judge_addressing
from ..contract.addressing import addressing
from ..diagnostics import Diagnostic, Severity, Span
from .project_state import State
from .versions import stage

_BACK = "put it back; where nobody was ever served so, take the lock back too: `git checkout -- scaffold.lock`"
_HELP = {"base_path": "put it back; a later version may have its own: write `change: base_path` under `next:`"}


def readdressed(state: State, today: date) -> Iterator[Diagnostic]:
    """Where released versions are reached otherwise: SC584 where that breaks clients, SC585 where it may.

    Nobody relies on what is over: versions that are retired or dropped.
    """
    promised = None if state.lock is None else state.lock.addressing
    if promised is None:
        return
    released = state.history.released
    over = {v.id for v in state.history.whole.versions if stage(v, today) in ("retired", "dropped")}
    for moved in judge_addressing(promised, addressing(released), released.contracts, over):
        sentence, span = moved.reason.sentence, _stated(state, moved.word)
        if moved.reason.verdict is Verdict.BREAKING:
            yield Diagnostic("SC584", sentence, span, help=_HELP.get(moved.word, _BACK))
        elif not moved.reason.verdict.harmless:
            help_ = "if clients do not mind, `scaffold generate` writes it down; else put it back"
            yield Diagnostic("SC585", sentence, span, help=help_, severity=Severity.WARNING)


def warned(state: State, today: date) -> tuple[Diagnostic, ...]:
    """Those that clients may not mind: nothing is refused for them."""
    return tuple(found for found in readdressed(state, today) if found.severity is Severity.WARNING)


def _stated(state: State, word: str) -> Span | None:
    """Where the spec says it, or what it is part of."""
    section = "api" if word == "base_path" else "versioning"
    for path in ((section, word), (section,)):
        try:
            return state.loaded.spans.key(*path)
        except KeyError:
            continue
    return None
