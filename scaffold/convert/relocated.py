"""Where a field of a version is by now: the moves since, and the splits and merges, played in order."""

from __future__ import annotations

from dataclasses import dataclass

from ..contract.address import find_field
from ..contract.changes import MoveFields
from ..contract.history import Applied, History
from .joints import Joint, joint_of

Path = tuple[str, ...]
"""Identities of fields, below one type."""


@dataclass(frozen=True)
class Relocation:
    """A field that moved, as paths below one type."""

    source: Path
    target: Path


@dataclass(frozen=True)
class Moved:
    """The moves and joints since a version, in order."""

    events: tuple[Relocation | Joint, ...]

    @property
    def joints(self) -> tuple[Joint, ...]:
        """The splits and merges among them."""
        return tuple(e for e in self.events if isinstance(e, Joint))

    def located(self, path: Path) -> tuple[Path, ...]:
        """Where the field at `path` is found by now, or all that it became part of."""
        found: list[tuple[Path, Path]] = [((), path)]  # each with what is around the object that it started in
        for event in self.events:
            if isinstance(event, Relocation):
                above = [_above(p, event) for _, p in found]
                found = [
                    ((*up, *around), _relocated((*up, *p), event)) for up, (around, p) in zip(above, found, strict=True)
                ]
            else:
                older, newer = {f.identity for f in event.older}, [f.identity for f in event.newer]
                found = [
                    (around, q)
                    for around, p in found
                    for q in ([(*p[:-1], n) for n in newer] if p[-1] in older else [p])
                ]
        return tuple(dict.fromkeys(p[len(up) :] if p[: len(up)] == up else p for up, p in found))

    def locate(self, path: Path) -> Path:
        """Where the field at `path` is found by now; the first place of several."""
        return self.located(path)[0]


def _above(path: Path, move: Relocation) -> Path:
    """What is around the object that `path` starts in, where the field moves out of it, perhaps to come back."""
    for start in range(1, len(move.source)):
        if path[: len(move.source) - start] == move.source[start:]:
            return move.source[:start]
    return ()


def _relocated(path: Path, move: Relocation) -> Path:
    size = len(move.source)
    for start in range(len(path) - size + 1):
        if path[start : start + size] == move.source:
            return (*path[:start], *move.target, *path[start + size :])
    return path


def moved(history: History, version: str) -> Moved:
    """The moves and joints since `version`."""
    found: list[Relocation | Joint] = []
    for applied in history.since(version):
        joint = joint_of(applied)
        found += _relocations(applied) if joint is None else [joint]
    return Moved(tuple(found))


def _relocations(applied: Applied) -> list[Relocation]:
    if not isinstance(applied.change, MoveFields):
        return []
    found = []
    for source, target in zip(applied.change.sources, applied.change.targets(), strict=True):
        old, new = find_field(applied.before, source), find_field(applied.after, target)
        before = (*(f.identity for f in old.passed), old.field.identity)
        after = (*(f.identity for f in new.passed), new.field.identity)
        while len(before) > 1 and len(after) > 1 and before[0] == after[0]:
            before, after = before[1:], after[1:]
        found.append(Relocation(before, after))
    return found
