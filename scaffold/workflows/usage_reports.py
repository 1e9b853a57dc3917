"""Reports of who calls which version, as the program of a project gives them, and what follows from them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ..contract.history import Version
from ..diagnostics import Diagnostic, ScaffoldError, Severity, Span
from ..project.layout import Project
from ..project.program import ask_usage
from .project_state import State
from .versions import day

SCHEMA = 1
STDIN, RUN = "-", "run"
"""Where a report may come from beside a file: standard input, and the program itself."""
WARNED = (7, 30, 60)
"""How many days before a sunset it is worth a warning that somebody still calls."""
FRESH = timedelta(days=7)
LISTED = 5


@dataclass(frozen=True)
class Caller:
    """One client of one version."""

    name: str
    requests: int
    last_seen: date
    operations: tuple[str, ...]

    def __str__(self) -> str:
        listed = f" ({', '.join(self.operations)})" if self.operations else ""
        times = "once" if self.requests == 1 else f"{self.requests} times"
        return f"{self.name}: {times}, last on {self.last_seen}{listed}"


@dataclass(frozen=True)
class Usage:
    """Who called which version from one day to another; `sunsets` are those that hold where the program runs."""

    since: date
    until: date
    callers: Mapping[str, tuple[Caller, ...]]
    sunsets: Mapping[str, date]

    def of(self, version: str) -> tuple[Caller, ...]:
        """The callers of a version, who called it most first."""
        return self.callers.get(version, ())


def read_usage(source: str, start: Path, project: Project) -> Usage:
    """The report in the file `source`, on standard input (`-`), or of the program itself (`run`).

    Raises:
        ScaffoldError: SC570 when it cannot be read, or is none; SC571 when the program does not say it.
    """
    if source == RUN:
        return parse_usage(ask_usage(project), f"python -m {project.package}")
    try:
        text = sys.stdin.read() if source == STDIN else (start / source).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        cause = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise ScaffoldError(
            Diagnostic("SC570", f"the report `{source}` cannot be read: {cause}", help=_MAKE)
        ) from error
    return parse_usage(text, source)


_MAKE = "make one with `python -m <package> usage --json > report.json`"


def parse_usage(text: str, source: str) -> Usage:
    """The report that a text is.

    Raises:
        ScaffoldError: SC570 when it is none.
    """
    try:
        stated = json.loads(text)
        if stated["schema"] != SCHEMA:
            raise ValueError(f"its schema is {stated['schema']}, and this program reads {SCHEMA}")
        return _usage(stated)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        why = f"`{error.args[0]}` is missing" if isinstance(error, KeyError) and error.args else str(error)
        raise ScaffoldError(Diagnostic("SC570", f"`{source}` is no report of usage: {why}", help=_MAKE)) from error


def _usage(stated: Mapping[str, Any]) -> Usage:
    callers: dict[str, list[Caller]] = {}
    for client in stated["clients"]:
        calls: dict[str, list[Mapping[str, Any]]] = {}
        for call in client["calls"]:
            calls.setdefault(str(call["version"]), []).append(call)
        for version, made in calls.items():
            callers.setdefault(version, []).append(
                Caller(
                    name=_named(client),
                    requests=sum(int(call["requests"]) for call in made),
                    last_seen=max(date.fromisoformat(str(call["last_seen"])[:10]) for call in made),
                    operations=tuple(str(call["operation"]) for call in made if call["operation"]),
                )
            )
    return Usage(
        since=date.fromisoformat(stated["from"]),
        until=date.fromisoformat(stated["to"]),
        callers={v: tuple(sorted(found, key=lambda c: (-c.requests, c.name))) for v, found in callers.items()},
        sunsets={str(v["version"]): date.fromisoformat(v["sunset"]) for v in stated["versions"] if v["sunset"]},
    )


def _named(client: Mapping[str, Any]) -> str:
    id = client["client"]
    if id is None:
        return "nobody who says its name"
    return f"{client['name']} ({id})" if client["name"] else str(id)


def ending_callers(state: State, usage: Usage, today: date) -> Iterator[Diagnostic]:
    """SC572 for each version that ends within 60 days and is still called; SC573 for a report that is old."""
    if today - usage.until > FRESH:
        yield Diagnostic(
            "SC573",
            f"the report of usage ends on {usage.until}: who calls by now is not in it",
            help=_MAKE,
            severity=Severity.WARNING,
        )
    for version in state.history.released.versions:
        sunset = usage.sunsets.get(version.id) or (None if version.sunset is None else day(version.sunset))
        callers = usage.of(version.id)
        if sunset is None or not callers or sunset <= today:
            continue
        left = (sunset - today).days
        within = next((days for days in WARNED if left <= days), None)
        if within is not None:
            yield _ending(state, version, sunset, left, callers)


def _ending(state: State, version: Version, sunset: date, left: int, callers: tuple[Caller, ...]) -> Diagnostic:
    many = "1 client still calls" if len(callers) == 1 else f"{len(callers)} clients still call"
    days = "tomorrow" if left == 1 else f"in {left} days"
    package = state.project.package
    variable = f"{package}_SUNSET_{version.id}".upper()
    more = len(callers) - LISTED
    return Diagnostic(
        "SC572",
        f"{version.id} ends on {sunset}, {days}, and {many} it",
        _place(state, version.id),
        help=f"tell them: `python -m {package} notices`; or postpone it: `{variable}`",
        notes=(*map(str, callers[:LISTED]), *([f"and {more} more"] if more > 0 else [])),
        severity=Severity.WARNING,
    )


def _place(state: State, version: str) -> Span | None:
    """Where a version's sunset stands in the spec, or the version itself."""
    for position, stated in enumerate(state.loaded.spec.versions):
        if stated.id == version:
            for key in ("sunset", "id"):
                try:
                    return state.loaded.spans.of("versions", position, key)
                except KeyError:
                    continue
    return None
