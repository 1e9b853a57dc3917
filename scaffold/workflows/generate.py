"""`scaffold generate`: write the code that the spec describes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from ..diagnostics import Diagnostic, Severity
from ..project.writer import apply, session
from .files import plan_files, require_clean, require_promises, unwired
from .outcome import Outcome
from .project_state import policy_findings, read_state, require_policies
from .readdressing import warned


def generate(start: Path, *, draft: bool, write: bool, today: date | None = None) -> Outcome:
    """Bring the generated files of the project at `start` up to date; with `draft`, serve the draft as `next`.

    What is written is the same on every day; `today` says which versions are over, so that nobody relies on them.

    Raises:
        ScaffoldError: the spec is wrong, a released contract was edited, or a generated file was.
    """
    with session(start, writes=write) as (project, earlier):
        state = read_state(project)
        day = today or date.min
        require_promises(state, day)
        require_policies(state.loaded, draft=draft)
        history = state.history if draft else state.history.released
        plan = plan_files(project.root, project, history, state.lock)
        notes = (*earlier, *state.loaded.warnings, *warned(state, day))
        if not draft:
            open_ = policy_findings(state.loaded, draft=True)
            notes += tuple(_as_warning(d) for d in open_)
        if not write:
            return Outcome(plan=plan, diagnostics=notes, data=plan.data())
        require_clean(plan)
        apply(project.root, plan, command="generate")
        notes += tuple(_as_warning(d) for d in unwired(project, history))
    served = ", ".join(v.id for v in history.served.versions)
    current = f"Nothing to do: {len(plan.lock.files)} generated files are current, serving {served}."
    return Outcome(
        summary=(f"Serving {served}." if plan.changes else current,),
        plan=plan,
        diagnostics=notes,
        data=plan.data(),
        next_command="make test" if plan.changes else None,
    )


def _as_warning(diagnostic: Diagnostic) -> Diagnostic:
    """A finding about the draft, which does not stop a fix from being deployed."""
    return replace(diagnostic, severity=Severity.WARNING)
