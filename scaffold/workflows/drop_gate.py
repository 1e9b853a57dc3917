"""Whether a version may be dropped: it is over, later ones are left, and nobody calls it any more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ..contract.history import Version
from ..diagnostics import Diagnostic, Severity, Span
from .project_state import State
from .usage_reports import FRESH, LISTED, Caller, Usage
from .versions import day

WITHIN = 30
"""For how many days nobody must have called a version, unless another number is asked for."""


@dataclass(frozen=True)
class Gate:
    """What stands against dropping a version: `shut` whatever is forced, `guarded` unless it is."""

    shut: tuple[Diagnostic, ...]
    guarded: tuple[Diagnostic, ...]
    callers: tuple[Caller, ...]
    """Who called within the days that count."""

    def refused(self, *, force: bool) -> tuple[Diagnostic, ...]:
        """What is told instead of dropping it."""
        return (*self.shut, *(() if force else self.guarded))


def gate(state: State, version: Version, usage: Usage | None, *, within: int, today: date) -> Gate:
    """What stands against dropping `version` today, where `usage` says who calls, and calls of `within` days count."""
    callers = () if usage is None else tuple(c for c in usage.of(version.id) if (today - c.last_seen).days < within)
    place = _place(state, version.id)
    return Gate(
        shut=tuple(d.at(place) for d in (*_standing(state, version), *_running(version, usage, today))),
        guarded=tuple(d.at(place) for d in _calling(state, version, usage, callers, within, today)),
        callers=callers,
    )


def _standing(state: State, version: Version) -> Iterator[Diagnostic]:
    """What of the other versions stands against it."""
    history = state.history.released
    place = history.index(version.id)
    left = [v for v in history.versions[:place] if v.dropped is None]
    if left:
        older = left[0].id
        help_ = f"drop {older} first: `scaffold drop-version {older}`"
        yield Diagnostic("SC591", f"{older} is older than {version.id}, and is not dropped", help=help_)
    if not any(v.released is not None for v in history.versions[place + 1 :]):
        only = "the only version" if len(history.versions) == 1 else "the newest version that is released"
        help_ = "cut and release the version that follows it: `scaffold bump-version`"
        yield Diagnostic("SC592", f"{version.id} is {only}: without it nobody could call any", help=help_)
    if history.unspecified == version.id:
        help_ = "let another one answer them, or nobody: `versioning: {unspecified: reject}`"
        yield Diagnostic("SC593", f"{version.id} answers who names no version", help=help_)


def _running(version: Version, usage: Usage | None, today: date) -> Iterator[Diagnostic]:
    """A version is promised until its sunset, also where a deployment postponed it."""
    if version.sunset is None:
        help_ = "say when it ends, with notice: `deprecated:` and `sunset:`"
        yield Diagnostic("SC595", f"{version.id} has no sunset, so its clients may go on calling it", help=help_)
        return
    stated = day(version.sunset)
    postponed = None if usage is None else usage.sunsets.get(version.id)
    sunset = max(stated, postponed) if postponed is not None else stated
    if sunset > today:
        where = f" where the program runs, which postponed it from {stated}" if sunset != stated else ""
        help_ = f"drop it from {sunset} on"
        yield Diagnostic("SC595", f"{version.id} is not retired before {sunset}{where}", help=help_)


def _calling(
    state: State, version: Version, usage: Usage | None, callers: tuple[Caller, ...], within: int, today: date
) -> Iterator[Diagnostic]:
    """Who calls it, or why that is not known; `--force` drops it nevertheless."""
    package = state.project.package
    if usage is None:
        help_ = "give `--usage run`, or a report of the program as a file; or drop it unseen: `--force`"
        yield Diagnostic("SC597", f"nothing says whether {version.id} is still called", help=help_)
        return
    since = today - timedelta(days=within - 1)
    if today - usage.until > FRESH or usage.since > since:
        help_ = f"make one of now: `python -m {package} usage --json --days {within} > report.json`; or `--force`"
        message = f"the report tells of {usage.since} to {usage.until}, and {since} to {today} count"
        yield Diagnostic("SC597", message, help=help_)
    if callers:
        many = "1 client" if len(callers) == 1 else f"{len(callers)} clients"
        more = len(callers) - LISTED
        yield Diagnostic(
            "SC596",
            f"{many} called {version.id} in the last {within} days",
            help="tell them; they are answered 410 either way, and by their calls you know them. Or `--force`",
            notes=(*map(str, callers[:LISTED]), *([f"and {more} more"] if more > 0 else [])),
        )


def overridden(found: Gate) -> tuple[Diagnostic, ...]:
    """What was forced, as warnings."""
    return tuple(Diagnostic(d.code, d.message, d.span, notes=d.notes, severity=Severity.WARNING) for d in found.guarded)


def _place(state: State, version: str) -> Span | None:
    """Where the version stands in the spec."""
    for position, stated in enumerate(state.loaded.spec.versions):
        if stated.id == version:
            return state.loaded.spans.of("versions", position, "id")
    return None
