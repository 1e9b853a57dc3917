"""One row of the vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from ..changes import Change
from ..history import Applied


class Bridge(StrEnum):
    """How a change is crossed."""

    LOSSLESS = "lossless"
    POLICY = "a policy"
    """Something would be lost or made up: the spec says what happens, or is refused."""
    CODEC = "as its codec"
    HOOK = "a hook"
    """Only the user's own code can, or every version keeps what it had."""


class State(StrEnum):
    """How far a row is built."""

    DONE = "done"
    PARTLY = "partly"
    NOT_YET = "not yet"
    OUT = "out"


def always(_: Applied) -> bool:
    """Every change of the row's classes belongs to it."""
    return True


@dataclass(frozen=True, kw_only=True)
class Row:
    """A kind of change: what it is called, how it is recognised, what it means to older versions and to storage."""

    title: str
    written: str
    """The verb and its address, as a spec writes them."""
    classes: tuple[type[Change], ...] = ()
    when: Callable[[Applied], bool] = always
    bridge: tuple[Bridge, ...]
    policies: tuple[str, ...] = ()
    """The words a spec may say with it to decide what would be lost."""
    up: str
    """What an older client's request becomes."""
    down: str
    """What an older client is shown."""
    storage: str = "nothing"
    golden: str | None = None
    """The case under `tests/golden/` whose history has it."""
    missing: str | None = None
    """What it still lacks."""
    out: str | None = None
    """Why it is left out."""

    @property
    def state(self) -> State:
        """Done where a golden case shows it, partly where something is missing still."""
        if self.out is not None:
            return State.OUT
        if self.golden is None:
            return State.NOT_YET
        return State.DONE if self.missing is None else State.PARTLY

    def matches(self, applied: Applied) -> bool:
        """Whether `applied` is such a change."""
        return isinstance(applied.change, self.classes) and self.when(applied)
