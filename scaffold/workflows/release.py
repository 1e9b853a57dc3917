"""`scaffold release`: from a day on, the contract of a version is frozen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ..diagnostics import Diagnostic, ScaffoldError
from ..project.layout import SPEC
from ..project.writer import apply, session
from ..spec import load
from .files import plan_files, require_clean, require_promises
from .lifecycle import deprecation
from .migrations import missing_migration
from .outcome import Outcome
from .project_state import read_state, require_policies
from .spec_texts import spliced, with_dates, without_promise
from .versions import known_version


def release(start: Path, version: str, *, date: date | None, today: date, dry_run: bool) -> Outcome:
    """Release `version` on a day, today by default; the newest version before it is deprecated by policy.

    Raises:
        ScaffoldError: SC438 when it is released already, SC439 for a day in the past.
    """
    when = date or today
    with session(start, writes=not dry_run) as (project, earlier):
        state = read_state(project)
        require_promises(state, today)
        found = known_version(state.history, version)
        if found.released is not None or found.draft:
            what = "is the draft: cut it first" if found.draft else "is released already"
            raise ScaffoldError(Diagnostic("SC438", f"{version} {what}"))
        if when < today:
            raise ScaffoldError(
                Diagnostic("SC439", f"{when} is in the past", help="a release is today or later: leave `--date` out")
            )
        texts = with_dates(without_promise(state.texts, version), version, released=when)
        older = deprecation(state.history, when, before=version)
        if older is not None:
            texts = with_dates(texts, older.version, deprecated=older.deprecated, sunset=older.sunset)
        loaded = load(texts, file=SPEC)
        require_policies(loaded, draft=False, decided=(version,))
        history = loaded.history.released
        extra = [*spliced(state.texts, texts), *missing_migration(history, project)]
        plan = plan_files(project.root, project, history, state.lock, extra)
        summary = [f"{version} is released on {when.isoformat()}: its contract is frozen."]
        if older is not None:
            summary.append(f"{older.version} is deprecated on {older.deprecated} and retires on {older.sunset}.")
        if not dry_run:
            require_clean(plan)
            apply(project.root, plan, command="release")
    return Outcome(
        summary=tuple(summary),
        plan=plan,
        diagnostics=earlier,
        data=plan.data(),
        next_command="git add -A && git commit",
    )
