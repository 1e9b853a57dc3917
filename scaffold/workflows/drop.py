"""`scaffold drop-version`: take a retired version out of the program and out of the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ..contract.history import History
from ..diagnostics import Diagnostic, ScaffoldError, Severity
from ..project.files import File, Owner
from ..project.layout import SPEC, WORK
from ..project.plan import Kind, Plan
from ..project.undo import find_undo
from ..project.undo import undo as take_back
from ..project.writer import apply, session
from ..spec import load
from .drop_gate import Gate, gate, overridden
from .files import not_asked_for, plan_files, require_clean, require_promises
from .migrations import Dropping, dropping_migrations
from .outcome import Findings, Outcome
from .project_state import State, read_state
from .spec_texts import Texts, spliced, with_dates
from .usage_reports import read_usage
from .versions import known_version

COMMAND = "drop-version"


@dataclass(frozen=True)
class Dropped:
    """The project without a version: its spec and history, what is to be written, and what is the user's to do."""

    texts: Texts
    history: History
    migrations: Dropping
    unasked: tuple[Diagnostic, ...]
    patch: str


def drop_version(
    start: Path, version: str, *, usage: str | None, within: int, force: bool, today: date, dry_run: bool
) -> Outcome:
    """Drop `version`, which is retired and which nobody called for `within` days, as the report `usage` says.

    The output is a patch for `git apply` that takes out of the user's code what no version asks for any more.

    Raises:
        Findings: SC591 to SC597, each with what stands against it; or a generated file was edited.
        ScaffoldError: SC433 when there is no such version, SC594 when it was dropped already.
    """
    with session(start, writes=not dry_run) as (project, _):
        state = read_state(project)
        require_promises(state, today)
        found = known_version(state.history, version)
        if found.draft or found.dropped is not None:
            raise ScaffoldError(_nothing(version, found.dropped))
        used = None if usage is None else read_usage(usage, start, project)
        checked = gate(state, found, used, within=within, today=today)
        refused = checked.refused(force=force)
        if refused:
            raise Findings(refused)
        made = _without(state, version, today)
        extra = [*spliced(state.texts, made.texts), *made.migrations.files]
        if made.patch:
            extra.append(File(_patch_file(version), made.patch, Owner.USER_ONCE))
        plan = plan_files(project.root, project, made.history, state.lock, extra)
        if not dry_run:
            require_clean(plan)
            apply(project.root, plan, command=COMMAND, undo=True)
    return Outcome(
        summary=tuple(_summary(version, made, plan)),
        output=made.patch or None,
        plan=plan,
        data=_data(version, made, checked, plan),
        diagnostics=(*(overridden(checked) if force else ()), *(_as_warning(d) for d in made.unasked)),
        next_command=_order(project.package, made.migrations),
    )


def _nothing(version: str, dropped: object) -> Diagnostic:
    if dropped is None:
        return Diagnostic("SC594", f"{version} is the draft: nothing of it is served", help="take it out of `next:`")
    return Diagnostic("SC594", f"{version} was dropped on {dropped}: there is nothing left of it to take out")


def _without(state: State, version: str, today: date) -> Dropped:
    """The project of `state` without a version."""
    texts = with_dates(state.texts, version, dropped=today)
    before, after = state.history.released, load(texts, file=SPEC).history.released
    made = dropping_migrations(before, after, version, state.project)
    found, patch = not_asked_for(state.project, after)
    return Dropped(texts, after, made, found, patch)


def _summary(version: str, made: Dropped, plan: Plan) -> Iterator[str]:
    gone = sum(action.kind is Kind.DELETE for action in plan.actions)
    yield f"{version} is dropped: its address goes on answering 410, and {gone} files of it are gone."
    files = made.migrations.files
    if files:
        yield f"Migrations: {', then '.join(f.path for f in files)}. What goes is kept in tables of its own."
    if made.migrations.held:
        yield "The last one holds rows to what every version that is left promises, and refuses where one breaks it:"
        yield from (f"  {rule}" for rule in made.migrations.held)
    if made.migrations.stops:
        columns = ", ".join(made.migrations.stops)
        yield f"This time the old program has to stop before the new one starts, for {columns}:"
        yield "it takes that for cleared where the new one writes the fields that it was split or merged into."
    if made.patch:
        yield ""
        yield "Your code hands over what no version asks for any more. The patch on standard output takes it out:"
        yield f"`git apply {_patch_file(version)}`."


def _data(version: str, made: Dropped, checked: Gate, plan: Plan) -> dict[str, object]:
    return {
        "version": version,
        "migrations": [f.path for f in made.migrations.files],
        "holds": list(made.migrations.held),
        "stops": list(made.migrations.stops),
        "callers": [
            {"client": c.name, "requests": c.requests, "last_seen": c.last_seen.isoformat()} for c in checked.callers
        ],
        "patch": made.patch,
        **plan.data(),
    }


def _order(package: str, made: Dropping) -> str:
    """What operators do, and in which order, so that nobody notices."""
    if not made.files:
        return "deploy the new program"
    first = f"`python -m {package} migrate`, then " if len(made.files) > 1 else ""
    first += "stop the old program, " if made.stops else ""
    last = f"`python -m {package} migrate --contract`"
    return f"{first}deploy the new program, and once the old one runs nowhere any more {last}"


def _patch_file(version: str) -> str:
    return f"{WORK}/drop-{version}.patch"


def _as_warning(diagnostic: Diagnostic) -> Diagnostic:
    return replace(diagnostic, severity=Severity.WARNING)


def undo(start: Path, version: str, *, dry_run: bool) -> Outcome:
    """Take the drop of `version` back: the spec, the lock and every generated file are as they were.

    Raises:
        ScaffoldError: SC433 when there is no such version, SC599 when it was not dropped last, SC520 or SC521 when it
            cannot be undone.
    """
    with session(start, writes=not dry_run) as (project, _):
        state = read_state(project)
        known_version(state.history, version)
        dropped = [v.id for v in state.history.dropped]
        if state.lock is None:
            raise ScaffoldError(Diagnostic("SC520", "nothing to undo: there is no lock"))
        found = find_undo(project.root, state.lock)
        if found.command != COMMAND or dropped[-1:] != [version]:
            last = f"`{found.command}`" if found.command != COMMAND else f"dropping {dropped[-1]}"
            help_ = "take that back first, or take the drop back through version control"
            raise ScaffoldError(
                Diagnostic("SC599", f"what was done last is {last}, not dropping {version}", help=help_)
            )
        if not dry_run:
            take_back(project.root, found)
    return Outcome(
        summary=(f"Took dropping {version} back.",),
        plan=found.plan,
        data=found.plan.data(),
        next_command="alembic downgrade -1, if its migration was applied anywhere",
    )
