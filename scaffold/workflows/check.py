"""`scaffold check`: the spec is valid, released contracts are kept, generated files are current and unedited,
migrations make what the program keeps."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ..compat import judge
from ..contract.history import Release
from ..diagnostics import Diagnostic, Severity
from ..project.layout import LOCK, strangers
from ..project.plan import Kind
from ..project.writer import session
from ..spec import Loaded
from .files import broken_promises, plan_files, unwired
from .migration_drift import drift
from .outcome import Outcome
from .project_state import State, policy_findings, read_state, span_of
from .readdressing import warned
from .usage_reports import ending_callers, read_usage


def check(start: Path, *, today: date, usage: str | None = None) -> Outcome:
    """Everything that is wrong with the project at `start`, each finding with its place and a way out.

    `usage` is where the report of who calls is: then versions that end soon and are still called are findings too.

    Raises:
        ScaffoldError: the spec or the lock cannot be read.
    """
    with session(start, writes=False) as (project, earlier):
        state = read_state(project)
        found: list[Diagnostic] = [*earlier, *state.loaded.warnings]
        missing = policy_findings(state.loaded)
        found += [*broken_promises(state, today), *warned(state, today), *missing, *unsafe_releases(state.loaded)]
        if usage is not None:
            found += ending_callers(state, read_usage(usage, start, project), today)
        if state.lock is None:
            found.append(
                Diagnostic(
                    "SC542",
                    f"`{LOCK}` is missing: nothing says what was released",
                    help="take it from version control, `git checkout -- scaffold.lock`",
                )
            )
        drafted = state.lock is not None and state.lock.draft
        if drafted:
            found.append(
                Diagnostic(
                    "SC435",
                    "the generated package holds the draft, which must not be deployed",
                    help="run `scaffold generate`, or cut the draft with `scaffold bump-version`",
                )
            )
        if not any(d.severity is Severity.ERROR for d in missing):
            found += _drift(state)
            found += drift(state.history.released, state.project)
            found += unwired(state.project, state.history if drafted else state.history.released)
    count = len(state.history.released.served.versions)
    summary = () if found else (f"All is well: {count} version{'s' if count != 1 else ''}, generated files current.",)
    return Outcome(summary=summary, diagnostics=tuple(found), data={"versions": count})


def unsafe_releases(loaded: Loaded) -> list[Diagnostic]:
    """Changes in an additive release that are not safe for clients of its version: SC436."""
    history = loaded.history
    releases: dict[str, Release] = {r.id: r for v in history.versions for r in v.releases}
    return [
        Diagnostic(
            "SC436",
            f"{applied.change.sentence().rstrip('.')} is not safe in a release",
            span_of(loaded, applied),
            help="put it into a version of its own: move it under `next:`",
        )
        for applied in history.applied
        if applied.version in releases and not judge(applied).harmless
    ]


def _few(lines: list[str]) -> tuple[str, ...]:
    more = len(lines) - 8
    return tuple(lines) if more < 2 else (*lines[:8], f"and {more} more: `scaffold generate --dry-run` has them all")


def _drift(state: State) -> list[Diagnostic]:
    """Generated files that are missing, stale, edited, or that nobody generated."""
    history = state.history if state.lock is not None and state.lock.draft else state.history.released
    plan = plan_files(state.project.root, state.project, history, state.lock)
    found = list(plan.problems())
    words = {Kind.CREATE: "is missing", Kind.UPDATE: "is not current", Kind.DELETE: "is left over"}
    stale = [f"`{a.path}` {words[a.kind]}" for a in plan.changes if a.path != LOCK]
    if len(stale) == 1:
        found.append(Diagnostic("SC540", stale[0], help="run `scaffold generate`"))
    elif stale:
        message = f"{len(stale)} generated files are not what the spec describes"
        found.append(Diagnostic("SC540", message, help="run `scaffold generate`", notes=_few(stale)))
    if state.lock is not None:
        found += [
            Diagnostic(
                "SC541",
                f"`{path}` stands among generated files, and nobody generated it",
                help="move it out of the tool's folders",
            )
            for path in strangers(state.project, state.lock)
        ]
    return found
