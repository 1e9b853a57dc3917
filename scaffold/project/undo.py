"""Take back the last command that can be undone, from the old contents that its journal kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from scaffold.diagnostics import Diagnostic, ScaffoldError
from scaffold.project import journal as journals
from scaffold.project.files import Owner, read_bytes
from scaffold.project.journal import Checkpoint, Entry
from scaffold.project.layout import LOCK, WORK
from scaffold.project.lock import Lock, read_lock
from scaffold.project.plan import Action, Kind, Plan
from scaffold.project.writer import apply


@dataclass(frozen=True, slots=True)
class Undo:
    """What can be taken back: the command, and the plan that does it."""

    command: str
    plan: Plan


def find_undo(root: Path, lock: Lock) -> Undo:
    """The undo of the last command that kept one; `lock` is the lock as it is now.

    Raises ScaffoldError SC520 when there is none here, SC521 for each file that changed since: nothing of it
    is lost.
    """
    folder = root / WORK / journals.UNDO
    if not (folder / "journal.json").exists():
        raise ScaffoldError(
            Diagnostic(
                "SC520",
                "nothing to undo here: what an undo needs is kept on the machine where the command ran",
                help="take it back through version control, with `git revert` or `git restore`",
            )
        )
    journal = journals.load(folder)
    changed = [entry.path for entry in journal.entries if journals.state(root, entry) != entry.after]
    if changed:
        raise ScaffoldError(_changed(path, journal.command) for path in changed)
    actions = tuple(_reverse(root, folder, number, entry) for number, entry in enumerate(journal.entries))
    return Undo(journal.command, Plan(tuple(_lock_last(actions)), _lock_before(actions, lock)))


def undo(root: Path, found: Undo, *, checkpoint: Checkpoint = lambda step: None) -> None:
    """Apply an undo, all or nothing, and forget it. Raises what `apply` raises."""
    apply(root, found.plan, command=f"undo of {found.command}", checkpoint=checkpoint)
    journals.discard(root / WORK / journals.UNDO)


def _reverse(root: Path, folder: Path, number: int, entry: Entry) -> Action:
    now = read_bytes(root, entry.path)
    then = None if entry.before is None else (folder / f"old-{number}").read_bytes()
    if now is None:
        kind = Kind.CREATE
    else:
        kind = Kind.DELETE if then is None else Kind.UPDATE
    return Action(kind, entry.path, Owner(entry.owner), now, then)


def _lock_last(actions: tuple[Action, ...]) -> Iterator[Action]:
    yield from (a for a in actions if a.path != LOCK)
    yield from (a for a in actions if a.path == LOCK)


def _lock_before(actions: tuple[Action, ...], lock: Lock) -> Lock:
    """What the lock says after the undo."""
    for action in actions:
        if action.path == LOCK:
            with suppress(ScaffoldError):
                return replace(lock, files={}) if action.after is None else read_lock(action.after.decode())
    return lock


def _changed(path: str, command: str) -> Diagnostic:
    return Diagnostic(
        "SC521",
        f"`{path}` changed since `{command}`, so it cannot be undone",
        help="put the file back as the command left it, or take the command back through version control",
    )
