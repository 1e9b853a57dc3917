"""Small projects on disk for the tests, and what they hold."""

from __future__ import annotations

from pathlib import Path

from scaffold.project.files import File
from scaffold.project.lock import Lock, read_lock
from scaffold.project.plan import Plan, make_plan
from scaffold.project.writer import apply

EMPTY = Lock("shop")


def make_tree(root: Path, files: dict[str, str]) -> Path:
    """Write a tree of files."""
    for path, text in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())
    return root


def tree(root: Path) -> dict[str, str]:
    """Everything in a project, but for the tool's working files."""
    found = (p for p in sorted(root.rglob("*")) if p.is_file() or not any(p.iterdir()))
    return {
        p.relative_to(root).as_posix(): p.read_bytes().decode() if p.is_file() else "<empty folder>"
        for p in found
        if ".scaffold" not in p.parts
    }


def lock_of(root: Path) -> Lock | None:
    """The lock on disk."""
    place = root / "scaffold.lock"
    return read_lock(place.read_text()) if place.exists() else None


def planned(root: Path, *wanted: File, new: Lock = EMPTY) -> Plan:
    """The plan from what is on disk."""
    return make_plan(root, wanted, lock_of(root), new)


def write(root: Path, *wanted: File, undo: bool = False, new: Lock = EMPTY) -> Plan:
    """Plan and apply."""
    plan = planned(root, *wanted, new=new)
    apply(root, plan, command="scaffold generate", undo=undo)
    return plan
