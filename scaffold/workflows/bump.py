"""`scaffold bump-version`: cut the draft and the given changes into the next version or release."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ..compat import Cut, Numbering, number
from ..contract.history import History, Promise
from ..diagnostics import Diagnostic, ScaffoldError, Severity
from ..project.files import File, Owner
from ..project.handlers import find_uses, patch
from ..project.layout import SPEC, WORK
from ..project.undo import find_undo
from ..project.undo import undo as take_back
from ..project.writer import apply, session
from ..spec import load
from ..spec.splice import append_changes
from .files import plan_files, require_clean, require_promises, unwired
from .given_changes import placed
from .lifecycle import Deprecation, also_undated, deprecation, require_room
from .migrations import next_migration
from .outcome import Findings, Outcome
from .own_code import concerned, told
from .project_state import State, read_state, require_policies
from .spec_texts import Texts, spliced, with_cut, with_dates
from .versions import day


@dataclass(frozen=True)
class Edited:
    """The spec after the cut, and what was decided on the way."""

    texts: Texts
    history: History
    numbering: Numbering
    released: date | None
    older: Deprecation | None
    told: tuple[str, ...] = ()
    """How the changes were found, where they were."""
    notes: tuple[Diagnostic, ...] = ()


def bump_version(
    start: Path,
    *,
    changes: tuple[str, ...],
    stage: str,
    released: date | None,
    today: date,
    even_if_safe: bool,
    dry_run: bool,
    from_openapi: str | None = None,
    guess: bool = True,
) -> Outcome:
    """Cut the draft of the project at `start`, with `changes` added to it.

    With `from_openapi` the changes are those that lead to the document in that file, and the version is the one
    that it names; what cannot be known of them may be undecided, as in an import.

    The output is a patch for `git apply` that renames in the user's handlers what the cut renames; what means something
    else from the cut on is told beside it.

    Raises:
        Findings: SC440 when there is nothing to cut, or a generated file was edited.
        ScaffoldError: a change does not fit, lacks a policy, or comes on a wrong day.
    """
    when = None if stage != "stable" else released or today
    if when is not None and when < today:
        raise ScaffoldError(
            Diagnostic(
                "SC439", f"{when} is in the past", help="a version is cut today or later: leave `--released` out"
            )
        )
    with session(start, writes=not dry_run) as (project, earlier):
        state = read_state(project)
        require_promises(state, today)
        if from_openapi is None:
            cut = _cut(state, changes, stage, when, today, even_if_safe)
        else:
            cut = _cut_published(state, start, from_openapi, stage, when, today, guess)
        before = state.history.released
        migration = next_migration(before, cut.history, project)
        extra = [*spliced(state.texts, cut.texts), *([migration] if migration is not None else [])]
        scan = find_uses(project.root, project.package, list(concerned(before, cut.history)))
        if patch(scan):
            extra.append(File(_patch_file(cut), patch(scan), Owner.USER_ONCE))
        plan = plan_files(project.root, project, cut.history, state.lock, extra)
        if not dry_run:
            require_clean(plan)
            apply(project.root, plan, command="bump-version", undo=True)
        todo = tuple(replace(d, severity=Severity.WARNING) for d in unwired(project, cut.history))
    summary = [cut.numbering.sentence, *cut.told, *_dates(cut)]
    if migration is not None:
        summary.append(f"Migration: {migration.path}, which only adds.")
    summary += told(scan.uses, _patch_file(cut))
    return Outcome(
        summary=tuple(summary),
        output=patch(scan) or None,
        plan=plan,
        data={
            "version": cut.numbering.id,
            "because": cut.numbering.because,
            "uses": [use.data() for use in scan.uses],
            "patch": patch(scan),
            **plan.data(),
        },
        diagnostics=(*earlier, *cut.notes, *scan.warnings, *todo),
        next_command=_next(cut),
    )


def _cut_published(
    state: State, start: Path, file: str, stage: str, when: date | None, today: date, guess: bool
) -> Edited:
    """The version that a published document is, after the newest one."""
    from .import_openapi import continued
    from .import_report import findings, lines
    from .importing import unequal

    promised = Promise(stage)
    texts, steps, notes = continued(state, start, [file], guess=guess, released=when, promise=promised)
    before, version = state.history.released, steps[-1].source.version
    if when is not None:
        require_room(before, today)
    older = deprecation(before, when) if when is not None else None
    if older is not None:
        for id_ in (*also_undated(before, older.version), older.version):
            texts = with_dates(texts, id_, deprecated=older.deprecated, sunset=older.sunset)
    loaded = load(texts, file=SPEC)
    require_policies(loaded, draft=False)
    history = loaded.history.released
    left = unequal(history, steps)
    numbering = Numbering(version, Cut.VERSION, f"{file} is published as {version}", ())
    told = tuple(lines(history, steps, left))
    return Edited(texts, history, numbering, when, older, told, (*notes, *findings(steps, left)))


def _cut(
    state: State, changes: Sequence[str], stage: str, when: date | None, today: date, even_if_safe: bool
) -> Edited:
    current = state.history.released.versions[-1]
    if current.released is None:
        raise ScaffoldError(
            Diagnostic(
                "SC445",
                f"{current.id} is not released yet, so its contract can simply be edited",
                help=f"edit it in {SPEC}, or freeze it first with `scaffold release {current.id}`",
            )
        )
    text = append_changes(state.texts[SPEC], changes) if changes else state.texts[SPEC]
    with placed(state.texts[SPEC], text):
        drafted = load({**state.texts, SPEC: text}, file=SPEC)
        if not drafted.history.versions[-1].draft:
            raise Findings(Diagnostic("SC440", "the draft is empty: there is nothing to cut", help=_EMPTY))
        require_policies(drafted, draft=True, decided=(drafted.history.versions[-1].id,))
    before = drafted.history.released
    last = before.versions[-1]
    if when is not None and last.released is not None and when < day(last.released):
        raise ScaffoldError(Diagnostic("SC439", f"{last.id} is released on {day(last.released)}, which is later"))
    draft = drafted.history.versions[-1]
    numbering = number(drafted.history, draft.changes, when or today, even_if_safe=even_if_safe)
    version = numbering.cut is Cut.VERSION
    if version:
        require_room(before, today)
    promise = None if stage == "stable" else stage
    texts = with_cut(state.texts, numbering.id, released=when, promise=promise, changes=changes)
    older = deprecation(before, when) if version and when is not None else None
    if older is not None:
        for id_ in (*also_undated(before, older.version), older.version):
            texts = with_dates(texts, id_, deprecated=older.deprecated, sunset=older.sunset)
    loaded = load(texts, file=SPEC)
    require_policies(loaded, draft=False)
    return Edited(texts, loaded.history.released, numbering, when, older)


_EMPTY = "write changes under `next:`, or give one: `--change 'rename User.name to full_name'`"


def _dates(cut: Edited) -> Iterator[str]:
    if cut.released is None:
        yield f"{cut.numbering.id} is not promised yet: its contract may still be edited."
    if cut.older is not None:
        yield f"{cut.older.version} is deprecated on {cut.older.deprecated} and retires on {cut.older.sunset}."


def _patch_file(cut: Edited) -> str:
    return f"{WORK}/{cut.numbering.id}.patch"


def _next(cut: Edited) -> str:
    return "make test" if cut.released is not None else f"scaffold release {cut.numbering.id}"


def undo(start: Path, *, today: date, dry_run: bool) -> Outcome:
    """Take the last bump back: the spec, the lock and every generated file are as they were.

    Raises:
        ScaffoldError: SC444 when the version is released already, SC520 or SC521 when it cannot be undone.
    """
    with session(start, writes=not dry_run) as (project, earlier):
        state = read_state(project)
        newest = state.history.released.versions[-1]
        last = newest.releases[-1] if newest.releases else newest
        if last.released is not None and day(last.released) < today:
            raise ScaffoldError(
                Diagnostic(
                    "SC444",
                    f"{last.id} was released on {day(last.released)}: its clients may rely on it",
                    help="declare the change back under `next:`, and cut a further version",
                )
            )
        if state.lock is None:
            raise ScaffoldError(Diagnostic("SC520", "nothing to undo: there is no lock"))
        found = find_undo(project.root, state.lock)
        if found.command != "bump-version":
            help_ = "take that back first, or take the version back through version control"
            raise ScaffoldError(Diagnostic("SC599", f"what was done last is `{found.command}`", help=help_))
        if not dry_run:
            take_back(project.root, found)
    return Outcome(
        summary=(f"Took {last.id} back.",),
        plan=found.plan,
        diagnostics=earlier,
        data=found.plan.data(),
        next_command="alembic downgrade -1, if its migration was applied anywhere",
    )
