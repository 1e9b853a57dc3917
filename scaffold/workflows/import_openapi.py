"""`scaffold import openapi`: published documents as a spec with a history, or as further versions of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from ..contract.history import History, Promise
from ..diagnostics import Diagnostic, ScaffoldError, Severity
from ..project.files import File, Owner
from ..project.layout import SPEC, Project, find_project
from ..project.plan import Plan
from ..project.writer import apply, create_tree, session
from ..spec import load
from ..spec.writing import change_items, spec_files, version_text
from .files import plan_files, require_clean, require_promises, unwired
from .import_report import data, findings, lines
from .importing import Step, take_in, unequal
from .migrations import next_migration
from .new import new_project
from .outcome import Outcome
from .project_state import State, read_state, require_policies
from .published import in_order, read_sources
from .questions import Ask
from .spec_texts import Texts, spliced, with_cut
from .versions import day


def import_openapi(
    start: Path,
    given: Sequence[str],
    *,
    project: bool,
    output: Path | None,
    guess: bool,
    released: date,
    dry_run: bool,
    ask: Ask | None = None,
) -> Outcome:
    """Take in the documents that `given` names: into the `project` at `start`, else as a spec of its own.

    Such a spec is written into the folder `output`, or is the output of the command, in one file.

    Raises:
        ScaffoldError: a document is wrong, or the versions do not go on from the project's.
    """
    if project:
        return _into_project(start, given, guess=guess, released=released, dry_run=dry_run, ask=ask)
    texts, history, steps, notes = spec_of(start, given, guess=guess, released=released, ask=ask, one=output is None)
    left = unequal(history, steps)
    summary = tuple(lines(history, steps, left))
    if output is not None and not dry_run:
        create_tree(output, [File(path, text, Owner.USER_ONCE) for path, text in texts.items()])
    named = "" if output is None else str(output)
    return Outcome(
        summary=summary,
        output=texts[SPEC] if output is None else None,
        data={"spec": texts, **data(history, steps, left)},
        diagnostics=(*notes, *findings(steps, left)),
        next_command=f"scaffold new NAME --spec {named or 'FILE'}{f'/{SPEC}' if named else ''}",
    )


def is_project(start: Path) -> bool:
    """Whether `start` is in a project."""
    try:
        find_project(start)
    except ScaffoldError:
        return False
    return True


def new_from_openapi(
    name: str,
    given: Sequence[str],
    *,
    start: Path,
    directory: Path,
    answers: Mapping[str, str],
    guess: bool,
    released: date,
    dry_run: bool,
    ask: Ask | None = None,
) -> Outcome:
    """Make the project `name` in `directory` from published documents.

    Raises:
        ScaffoldError: a document or an answer is wrong, or `directory` is not empty; then nothing is written.
    """
    texts, history, steps, notes = spec_of(start, given, guess=guess, released=released, ask=ask)
    made = new_project(
        name, directory=directory, spec=None, answers=answers, defaults=True, dry_run=dry_run, texts=texts
    )
    left = unequal(history, steps)
    return replace(
        made,
        summary=(*lines(history, steps, left), *made.summary),
        data={**made.data, **data(history, steps, left)},
        diagnostics=(*notes, *findings(steps, left), *made.diagnostics),
    )


def spec_of(
    start: Path, given: Sequence[str], *, guess: bool, released: date, ask: Ask | None = None, one: bool = False
) -> tuple[dict[str, str], History, tuple[Step, ...], tuple[Diagnostic, ...]]:
    """The spec that documents make, by file, with its history, how it was found, and warnings.

    With `one` it is a single file, else it is split where it is large. The history is that of the text.

    Raises:
        ScaffoldError: a document is wrong.
    """
    sources, notes = read_sources(start, given)
    history, steps = take_in(in_order(sources), guess=guess, released=released, ask=ask)
    texts = spec_files(history, folder=False if one else None)
    return texts, _read_back(texts), steps, notes


def _read_back(texts: Mapping[str, str]) -> History:
    """The history that the written spec states: what is reported is what the user gets.

    Raises:
        ScaffoldError: SC456 when the spec that was written cannot be read, which is a fault of this program.
    """
    try:
        return load(texts, file=SPEC).history
    except ScaffoldError as error:
        first = error.diagnostics[0]
        raise ScaffoldError(
            Diagnostic(
                "SC456",
                f"the spec that was written cannot be read: {first.message}",
                help="this is a fault of scaffold: please report it, with the documents if you may share them",
                notes=tuple(f"{d.code} {d.span or ''} {d.message}" for d in error.diagnostics[:8]),
            )
        ) from error


def _into_project(
    start: Path, given: Sequence[str], *, guess: bool, released: date, dry_run: bool, ask: Ask | None
) -> Outcome:
    with session(start, writes=not dry_run) as (project, earlier):
        state = read_state(project)
        require_promises(state, released)
        texts, steps, notes = continued(state, start, given, guess=guess, released=released, ask=ask)
        loaded = load(texts, file=SPEC)
        require_policies(loaded, draft=False)
        history = loaded.history.released
        plan = _planned(state, project, history, texts)
        if not dry_run:
            require_clean(plan)
            apply(project.root, plan, command="import openapi", undo=True)
        todo = unwired(project, history)
    left = unequal(history, steps)
    return Outcome(
        summary=tuple(lines(history, steps, left)),
        plan=plan,
        data={**data(history, steps, left), **plan.data()},
        diagnostics=(*earlier, *notes, *findings(steps, left), *_warnings(todo)),
        next_command="make test",
    )


def _planned(state: State, project: Project, history: History, texts: Texts) -> Plan:
    migration = next_migration(state.history.released, history, project)
    extra = [*spliced(state.texts, texts), *([migration] if migration is not None else [])]
    return plan_files(project.root, project, history, state.lock, extra)


def continued(
    state: State,
    start: Path,
    given: Sequence[str],
    *,
    guess: bool,
    released: date | None,
    ask: Ask | None = None,
    promise: Promise = Promise.STABLE,
) -> tuple[dict[str, str], tuple[Step, ...], tuple[Diagnostic, ...]]:
    """The spec of a project with documents as its next versions.

    Raises:
        ScaffoldError: SC454 when a draft is open or the last version is not released, and what is wrong with
            the documents.
    """
    history = state.history
    last = history.released.versions[-1]
    if history.versions[-1].draft:
        raise ScaffoldError(
            Diagnostic("SC454", "the draft is not empty", help="cut it first with `scaffold bump-version`")
        )
    if last.released is None:
        raise ScaffoldError(
            Diagnostic("SC454", f"{last.id} is not released yet", help=f"freeze it with `scaffold release {last.id}`")
        )
    sources, notes = read_sources(start, given, after=last.id, scheme=history.scheme)
    grown, steps = take_in(in_order(sources), into=history, guess=guess, released=released, ask=ask)
    return with_versions(state.texts, grown, steps, promise), steps, notes


def with_versions(texts: Texts, grown: History, steps: Sequence[Step], promise: Promise) -> dict[str, str]:
    """The spec with a version for each step: in a file of its own where versions have such files."""
    made = dict(texts)
    apart = any(name.startswith("versions/") for name in texts)
    for step in steps:
        id_ = step.source.version
        index = grown.index(id_)
        before = grown.contracts[index - 1]
        if apart:
            made[f"versions/{id_}.yaml"] = version_text(replace(grown.versions[index], promise=promise), before)
        else:
            items = change_items(step.changes, before)
            said = None if promise is Promise.STABLE else str(promise)
            made = with_cut(made, id_, released=_day(grown, id_), promise=said, changes=items, empty=True)
    return made


def _day(history: History, version: str) -> date | None:
    found = history.version(version).released
    return None if found is None else day(found)


def _warnings(found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(replace(d, severity=Severity.WARNING) for d in found)
