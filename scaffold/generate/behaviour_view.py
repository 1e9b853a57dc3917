"""What the versions of a history do otherwise than those before them, as generated modules state it."""

from __future__ import annotations

from dataclasses import dataclass

from ..contract.changes import ChangeBehaviour
from ..contract.history import History
from .python import text
from .signatures import prose


@dataclass(frozen=True)
class BehaviourFlag:
    """One behaviour: its name, and what it means."""

    name: str
    why: str


def behaviours(history: History) -> tuple[BehaviourFlag, ...]:
    """Every behaviour that a version declared, dropped or not, in their order: handlers ask for them by name."""
    changes = (a.change for a in history.whole.applied)
    said = {c.name: c.why for c in changes if isinstance(c, ChangeBehaviour) and c.on}
    return tuple(BehaviourFlag(name, prose(why or name)) for name, why in said.items())


def behaving(history: History) -> tuple[tuple[str, tuple[tuple[str, bool], ...]], ...]:
    """For each version, as an expression, which behaviours are on in it."""
    names = [flag.name for flag in behaviours(history)]
    return tuple((text(c.version), tuple((n, n in c.behaviours) for n in names)) for c in history.contracts)
