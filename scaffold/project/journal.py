"""The journal of one write: everything needed to finish it or to take it back, whenever the process dies."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from scaffold.diagnostics import Diagnostic, ScaffoldError
from scaffold.project.files import Owner, checksum, inside, read_bytes
from scaffold.project.layout import WORK
from scaffold.project.plan import Action

Checkpoint = Callable[[str], None]

BUILDING, STANDING, FINISHED, UNDO = "journal.new", "journal", "finished", "undo"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a journal: its checksum before and after, None where there is no file, and whose it is."""

    path: str
    before: str | None
    after: str | None
    owner: Owner


@dataclass(frozen=True, slots=True)
class Journal:
    """What a command set out to write. `folders` are the ones it had to make; `undo` says that it can be
    undone later.
    """

    command: str
    entries: tuple[Entry, ...]
    folders: tuple[str, ...] = ()
    undo: bool = False


def stage(root: Path, command: str, actions: Iterable[Action], undo: bool, checkpoint: Checkpoint) -> Journal:
    """Keep old and new contents aside, then make the journal stand in one step. Raises OSError."""
    work, building = root / WORK, root / WORK / BUILDING
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    entries: list[Entry] = []
    for number, action in enumerate(actions):
        for kind, data in (("old", action.before), ("new", action.after)):
            if data is not None:
                sure = kind == "new"  # the old content is on the disk already, in the project
                _store(building / f"{kind}-{number}", data, _mode(inside(root, action.path)), sure=sure)
        entries.append(Entry(action.path, _sum(action.before), _sum(action.after), action.owner))
        checkpoint(f"staged {action.path}")
    journal = Journal(command, tuple(entries), _missing_folders(root, entries), undo)
    _store(building / "journal.json", _dump(journal), None)
    _sync(building)
    checkpoint("journal written")
    os.rename(building, work / STANDING)
    _sync(work)
    checkpoint("journal stands")
    return journal


def load(folder: Path) -> Journal:
    """The journal kept in `folder`; raises ScaffoldError SC515 when it cannot be read."""
    try:
        raw = json.loads((folder / "journal.json").read_text(encoding="utf-8"))
        if raw["format"] != _FORMAT:
            raise ValueError("made by another release of the tool")
        entries = tuple(Entry(e["path"], e["before"], e["after"], Owner(e["owner"])) for e in raw["entries"])
        return Journal(raw["command"], entries, tuple(raw["folders"]), raw["undo"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ScaffoldError(
            Diagnostic(
                "SC515",
                f"the journal of an interrupted command cannot be read: {error}",
                help=f"compare the project with version control, then delete `{WORK}/{folder.name}`",
            )
        ) from error


def forward(root: Path, journal: Journal, checkpoint: Checkpoint) -> None:
    """Finish: switch every file that has not been switched, in order. Raises OSError."""
    for number, entry in enumerate(journal.entries):
        if state(root, entry) != entry.after:
            target = inside(root, entry.path)
            if entry.after is None:
                target.unlink()
                _prune(root, target.parent)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                os.replace(root / WORK / STANDING / f"new-{number}", target)
        checkpoint(f"switched {entry.path}")


def back(root: Path, journal: Journal, folder: Path, checkpoint: Checkpoint) -> tuple[str, ...]:
    """Take back every file that was switched, last first; files that somebody edited since are left, and
    returned.

    Raises OSError. Can be called again after it was interrupted.
    """
    left: list[str] = []
    for number, entry in reversed(tuple(enumerate(journal.entries))):
        found = state(root, entry)
        target = inside(root, entry.path)
        if found == entry.before:
            continue
        if found != entry.after:
            left.append(entry.path)
        elif entry.before is None:
            target.unlink()
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(folder / f"old-{number}", target)
        checkpoint(f"taken back {entry.path}")
    for made in sorted(journal.folders, reverse=True):
        _remove_folder(inside(root, made))
    return tuple(reversed(left))


def state(root: Path, entry: Entry) -> str | None:
    """The checksum of the file as it is now."""
    return _sum(read_bytes(root, entry.path))


def finish(root: Path, checkpoint: Checkpoint) -> None:
    """Close a journal whose files are all switched, and put it away. Raises OSError."""
    work = root / WORK
    os.rename(work / STANDING, work / FINISHED)
    checkpoint("finished")
    put_away(root, checkpoint)


def put_away(root: Path, checkpoint: Checkpoint) -> None:
    """Turn a finished journal into the undo, or remove it; without one there is nothing to do. Raises
    OSError.
    """
    finished = root / WORK / FINISHED
    if not finished.exists():
        return
    if (finished / "journal.json").exists() and load(finished).undo:
        discard(root / WORK / UNDO)
        os.rename(finished, root / WORK / UNDO)
    else:
        discard(finished)
    checkpoint("put away")


def discard(folder: Path) -> None:
    """Remove a journal in such an order that a half removed one is not taken for a whole one."""
    (folder / "journal.json").unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def _sum(data: bytes | None) -> str | None:
    return None if data is None else checksum(data)


def _dump(journal: Journal) -> bytes:
    entries = [{"path": e.path, "before": e.before, "after": e.after, "owner": e.owner.value} for e in journal.entries]
    whole = {"format": _FORMAT, "command": journal.command, "entries": entries, "folders": journal.folders}
    return json.dumps({**whole, "undo": journal.undo}, indent=1).encode()


def _missing_folders(root: Path, entries: Iterable[Entry]) -> tuple[str, ...]:
    wanted = {p.as_posix() for e in entries if e.after is not None for p in Path(e.path).parents} - {"."}
    return tuple(sorted(folder for folder in wanted if not inside(root, folder).exists()))


def _mode(target: Path) -> int | None:
    return target.stat().st_mode & 0o777 if target.exists() else None


def _store(place: Path, data: bytes, mode: int | None, *, sure: bool = True) -> None:
    """Write `data`, and if it has to be sure see it on the disk before going on."""
    with place.open("wb") as out:
        out.write(data)
        if sure:
            out.flush()
            os.fsync(out.fileno())
    if mode is not None:
        place.chmod(mode)


def _sync(folder: Path) -> None:
    """See the names in `folder` on the disk; where folders cannot be opened there is nothing to do."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _prune(root: Path, folder: Path) -> None:
    """Remove `folder` and its parents as far as they hold nothing but Python's caches."""
    while folder != root.resolve() and _remove_folder(folder):
        folder = folder.parent


def _remove_folder(folder: Path) -> bool:
    """Remove a folder that holds nothing but Python's cache; False when it holds more or is not there."""
    try:
        names = [child.name for child in folder.iterdir()]
        if names == ["__pycache__"]:
            shutil.rmtree(folder / "__pycache__")
        elif names:
            return False
        folder.rmdir()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True
