"""What a command would do to the disk: wanted files against the lock and what is there."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path, PurePosixPath

from scaffold.diagnostics import Diagnostic, ScaffoldError, Span
from scaffold.project.diff import unified
from scaffold.project.files import File, Owner, as_bytes, as_text, checksum, inside, read_bytes
from scaffold.project.layout import LOCK
from scaffold.project.lock import Lock, write_lock


class Kind(StrEnum):
    """What an action does to its file."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    KEEP = "keep"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Action:
    """What is to happen to one file: from `before` to `after`, None where there is no file. `problem` is why
    not.
    """

    kind: Kind
    path: str
    owner: Owner
    before: bytes | None
    after: bytes | None
    problem: Diagnostic | None = None

    def diff(self) -> str:
        """The change as a unified diff; files that are not text are named only."""
        before = None if self.before is None else as_text(self.before)
        after = None if self.after is None else as_text(self.after)
        if (before is None) != (self.before is None) or (after is None) != (self.after is None):
            return f"Binary file {self.path} differs\n" if self.before != self.after else ""
        return unified(self.path, before, after)


@dataclass(frozen=True, slots=True)
class Plan:
    """All actions of a command, in the order of their paths, the lock last; `lock` is what it will say."""

    actions: tuple[Action, ...]
    lock: Lock

    def __iter__(self) -> Iterator[Action]:
        return iter(self.actions)

    @property
    def changes(self) -> tuple[Action, ...]:
        """The actions that write."""
        return tuple(a for a in self.actions if a.kind in (Kind.CREATE, Kind.UPDATE, Kind.DELETE))

    @property
    def refused(self) -> tuple[Action, ...]:
        """The actions that stop the plan."""
        return tuple(a for a in self.actions if a.kind is Kind.REFUSE)

    @property
    def clean(self) -> bool:
        """Whether there is nothing to do and nothing refused."""
        return not self.changes and not self.refused

    @property
    def counts(self) -> dict[str, int]:
        """How many actions there are of each kind."""
        found = Counter(a.kind for a in self.actions)
        return {kind.value: found[kind] for kind in Kind if found[kind]}

    def problems(self) -> tuple[Diagnostic, ...]:
        """Why the plan cannot be applied, one diagnostic for each refused file."""
        return tuple(a.problem for a in self.refused if a.problem is not None)

    def diff(self) -> str:
        """Every change as one unified diff."""
        return "".join(a.diff() for a in self.changes)

    def summary(self, limit: int = 40) -> tuple[str, ...]:
        """The plan in words: a line for each file it touches, up to `limit`, and the counts."""
        touched = [a for a in self.actions if a.kind is not Kind.KEEP]
        lines = [f"{a.kind.value:<7} {a.path}" for a in touched[:limit]]
        if len(touched) > limit:
            lines.append(f"… and {len(touched) - limit} more")
        words = {
            "create": "to create",
            "update": "to update",
            "delete": "to delete",
            "keep": "unchanged",
            "refuse": "refused",
        }
        counted = ", ".join(f"{n} {words[kind]}" for kind, n in self.counts.items())
        return (*lines, counted or "nothing to do")

    def data(self) -> dict[str, object]:
        """The plan for `--json`: counts, and every file that is not simply kept."""
        touched = [a for a in self.actions if a.kind is not Kind.KEEP]
        return {
            "counts": self.counts,
            "actions": [{"kind": a.kind.value, "path": a.path, "owner": a.owner.value} for a in touched],
        }


def make_plan(root: Path, wanted: Iterable[File], old: Lock | None, new: Lock) -> Plan:
    """The plan that brings the project in `root` to `wanted`.

    `old` is the lock as it is, None where there is none; `new` is what it shall say, but for the checksums of
    files, which are filled in here. Files that `old` lists and nobody wants any more are deleted. A file of
    the tool's that is not what the lock says was edited by hand and is refused. Raises ScaffoldError SC501,
    SC502, SC508, SC511, SC513.
    """
    files = sorted(wanted, key=lambda f: f.path)
    _check_names(files)
    known: Mapping[str, str] = {} if old is None else old.files
    actions = [_place(root, file, known.get(file.path)) for file in files]
    names = {file.path for file in files}
    stale = (_remove(root, path, known[path]) for path in known if path not in names)
    actions = sorted([*actions, *(a for a in stale if a is not None)], key=lambda a: a.path)
    lock = replace(new, files={f.path: checksum(f.data) for f in files if f.owner is Owner.TOOL})
    return Plan((*actions, _write_lock(root, lock)), lock)


def _place(root: Path, file: File, known: str | None) -> Action:
    """The action for a wanted file, whose checksum in the lock is `known`."""
    before, after = read_bytes(root, file.path), file.data

    def act(kind: Kind, problem: Diagnostic | None = None) -> Action:
        return Action(kind, file.path, file.owner, before, after, problem)

    if before is None:
        blocked = _blocked(root, file.path)
        return act(Kind.CREATE) if blocked is None else act(Kind.REFUSE, blocked)
    if file.owner is Owner.USER_ONCE or checksum(before) == checksum(after):
        return act(Kind.KEEP)
    if file.owner is Owner.SPLICED:
        moved = file.base is not None and checksum(as_bytes(file.base)) != checksum(before)
        return act(Kind.REFUSE, changed_meanwhile(file.path)) if moved else act(Kind.UPDATE)
    if known is None:
        return act(Kind.REFUSE, _taken(file.path, before, after))
    if checksum(before) != known:
        return act(Kind.REFUSE, _edited(file.path, before, after))
    return act(Kind.UPDATE)


def _remove(root: Path, path: str, known: str) -> Action | None:
    """The action for a file of the tool's that nobody wants any more."""
    before = read_bytes(root, path)
    if before is None:
        return None
    if checksum(before) != known:
        return Action(Kind.REFUSE, path, Owner.TOOL, before, None, _edited(path, before, None))
    return Action(Kind.DELETE, path, Owner.TOOL, before, None)


def _write_lock(root: Path, lock: Lock) -> Action:
    before, after = read_bytes(root, LOCK), write_lock(lock).encode()
    if before is None:
        kind = Kind.CREATE
    else:
        kind = Kind.KEEP if checksum(before) == checksum(after) else Kind.UPDATE
    return Action(kind, LOCK, Owner.TOOL, before, after)


def _edited(path: str, before: bytes, after: bytes | None) -> Diagnostic:
    shown = Action(Kind.REFUSE, path, Owner.TOOL, after, before).diff()
    return Diagnostic(
        "SC510",
        f"`{path}` was edited by hand, and it is generated",
        Span(path, 1, 1, 1, 1),
        help=f"move the edit into a file of yours, delete `{path}`, and run the command again",
        notes=(f"your edit, against what would be written:\n{shown}",),
    )


def _taken(path: str, before: bytes, after: bytes) -> Diagnostic:
    shown = Action(Kind.REFUSE, path, Owner.TOOL, after, before).diff()
    return Diagnostic(
        "SC511",
        f"`{path}` is there already, and the lock does not know it",
        Span(path, 1, 1, 1, 1),
        help="move it away if it is yours, delete it if it is generated, then run the command again",
        notes=(f"what is there, against what would be written:\n{shown}",),
    )


def changed_meanwhile(path: str) -> Diagnostic:
    """The diagnostic for a file that somebody changed between the plan and the writing, SC512."""
    return Diagnostic(
        "SC512",
        f"`{path}` changed while the command ran",
        help="nothing was written: run the command again",
    )


def _blocked(root: Path, path: str) -> Diagnostic | None:
    """Why no file can be made at `path`: a file stands where a folder has to be."""
    for parent in PurePosixPath(path).parents:
        place = root if str(parent) == "." else inside(root, str(parent))
        if place.is_dir():
            return None
        if place.exists():
            message = f"`{parent}` is a file, and `{path}` wants a folder there"
            return Diagnostic("SC511", message, help="move the file away, then run the command again")
    return None


def _check_names(files: list[File]) -> None:
    """Refuse, with SC508, two files that are one on some disk, and a file that is another's folder."""
    seen: dict[str, str] = {}
    for file in files:
        folded = unicodedata.normalize("NFC", file.path).casefold()
        if folded in seen:
            _clash(file.path, seen[folded])
        seen[folded] = file.path
    for folded, path in seen.items():
        for parent in PurePosixPath(folded).parents:
            if str(parent) in seen:
                _clash(path, seen[str(parent)])


def _clash(path: str, other: str) -> None:
    raise ScaffoldError(
        Diagnostic(
            "SC508",
            f"two generated files want one place: `{path}` and `{other}`",
            help="rename one of the things they are named after: some disks do not tell `A` from `a`",
        )
    )
