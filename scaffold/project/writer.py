"""Write a plan all or nothing, also when killed, and put right what an earlier command left half done."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scaffold.diagnostics import Diagnostic, ScaffoldError, Severity
from scaffold.project import journal as journals
from scaffold.project.busy import exclusive
from scaffold.project.files import File, checked_path, disk_error, read_bytes
from scaffold.project.journal import Checkpoint, Journal
from scaffold.project.layout import WORK, Project, find_project
from scaffold.project.plan import Plan, changed_meanwhile


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was done about an interrupted command: finished or taken back, and the files left as somebody
    edited them.
    """

    command: str
    finished: bool
    left: tuple[str, ...] = ()

    def diagnostic(self) -> Diagnostic:
        """The warning that tells the user, SC516."""
        what = "finished now" if self.finished else "taken back"
        notes = tuple(f"`{path}` was edited since and is left as it is" for path in self.left)
        return Diagnostic(
            "SC516",
            f"`{self.command}` was interrupted earlier, and was {what}",
            help="look at the left files with `git diff`" if self.left else None,
            notes=notes,
            severity=Severity.WARNING,
        )


@contextlib.contextmanager
def session(start: Path, *, writes: bool = True) -> Iterator[tuple[Project, tuple[Diagnostic, ...]]]:
    """Open the project that `start` is in for one command: held against other commands, and whole.

    With it comes what is to be told of an earlier command: that it was interrupted, and what became of it.
    Commands that only read do not hold the project, unless there is something to recover. Raises what
    `find_project`, `exclusive` and `recover` raise.
    """
    project = find_project(start)
    if not writes and not _interrupted(project.root):
        yield project, ()
        return
    with exclusive(project.root):
        recovery = recover(project.root)
        earlier = () if recovery is None else (recovery.diagnostic(),)
        if writes:
            yield project, earlier
            return
    yield project, earlier


def apply(
    root: Path, plan: Plan, *, command: str, undo: bool = False, checkpoint: Checkpoint = lambda step: None
) -> None:
    """Write the plan, or leave the project as it is.

    `command` is the name to tell the user later; with `undo` what is needed to take it back is kept.
    `checkpoint` is told each step. Call it while holding `exclusive`. Raises ScaffoldError: the plan's
    problems, SC512 when a file changed since the plan was made, SC513 when the disk fails (then all is as it
    was), SC515 when even that could not be reached yet.
    """
    if plan.refused:
        raise ScaffoldError(plan.problems())
    changes = plan.changes
    if not changes:
        return
    moved = [a.path for a in changes if read_bytes(root, a.path) != a.before]
    if moved:
        raise ScaffoldError(changed_meanwhile(path) for path in moved)
    try:
        journal = journals.stage(root, command, changes, undo, checkpoint)
    except OSError as error:
        shutil.rmtree(root / WORK / journals.BUILDING, ignore_errors=True)
        raise ScaffoldError(disk_error("nothing was written", error)) from error
    try:
        journals.forward(root, journal, checkpoint)
    except OSError as error:
        _take_back(root, journal, checkpoint)
        raise ScaffoldError(disk_error("the project is as it was, the files could not be written", error)) from error
    except BaseException:  # Ctrl-C: the same, and the interruption goes on its way
        _take_back(root, journal, checkpoint)
        raise
    with contextlib.suppress(OSError):  # all is written: what cannot be put away now is put away by `recover`
        journals.finish(root, checkpoint)


def recover(root: Path, checkpoint: Checkpoint = lambda step: None) -> Recovery | None:
    """Bring the project to a whole state after a command that died. None when there was nothing to do.

    An interrupted write is finished when every file is still as the command found or left it; otherwise it is
    taken back, and files that somebody edited meanwhile stay as they are. Raises ScaffoldError SC513, SC515.
    """
    work = root / WORK
    try:
        shutil.rmtree(work / journals.BUILDING, ignore_errors=True)
        journals.put_away(root, checkpoint)
        if not (work / journals.STANDING).exists():
            return None
        if not (work / journals.STANDING / "journal.json").exists():
            journals.discard(work / journals.STANDING)
            return None
        journal = journals.load(work / journals.STANDING)
        if _can_finish(root, journal):
            journals.forward(root, journal, checkpoint)
            journals.finish(root, checkpoint)
            return Recovery(journal.command, finished=True)
        left = journals.back(root, journal, work / journals.STANDING, checkpoint)
        journals.discard(work / journals.STANDING)
        return Recovery(journal.command, finished=False, left=left)
    except OSError as error:
        raise ScaffoldError(disk_error("an interrupted command could not be put right", error)) from error


def create_tree(target: Path, files: Iterable[File], checkpoint: Checkpoint = lambda step: None) -> None:
    """Make a new project at `target` with these files, all or nothing: it is built beside and appears in one
    step.

    Raises ScaffoldError SC517 when `target` is a file or a folder that is not empty, SC513 when the disk
    fails.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        message = f"`{target}` is there already and is not an empty folder"
        raise ScaffoldError(Diagnostic("SC517", message, help="choose another name, or another place with `--dir`"))
    building = target.parent / f".{target.name}.scaffold-new"
    try:
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir(parents=True)
        for file in files:
            place = building / checked_path(file.path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.data)
            checkpoint(f"staged {file.path}")
        if target.exists():
            target.rmdir()
        os.rename(building, target)
    except OSError as error:
        shutil.rmtree(building, ignore_errors=True)
        raise ScaffoldError(disk_error(f"`{target}` could not be made", error)) from error
    checkpoint("done")


def _interrupted(root: Path) -> bool:
    return any((root / WORK / name).exists() for name in (journals.STANDING, journals.FINISHED))


def _can_finish(root: Path, journal: Journal) -> bool:
    """Whether every file is either switched, or untouched with its new content still at hand."""
    staged = root / WORK / journals.STANDING
    for number, entry in enumerate(journal.entries):
        found = journals.state(root, entry)
        ready = entry.after is None or (staged / f"new-{number}").exists()
        if found != entry.after and not (found == entry.before and ready):
            return False
    return True


def _take_back(root: Path, journal: Journal, checkpoint: Checkpoint) -> None:
    """Undo a write that failed half-way; raises ScaffoldError SC515 when that fails too."""
    try:
        journals.back(root, journal, root / WORK / journals.STANDING, checkpoint)
        journals.discard(root / WORK / journals.STANDING)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ScaffoldError(
            Diagnostic(
                "SC515",
                f"`{journal.command}` failed half-way, and taking it back failed too: {reason.lower()}",
                help="mend the disk or its permissions and run any command: it puts the project right first",
            )
        ) from error
