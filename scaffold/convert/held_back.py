"""Values that are held back, where nothing is said of what callers who do not ask for them are shown."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.changes import AddEnumValue, ChangeEnumValue
from ..contract.history import Applied, History, owner
from ..contract.named_types import EnumType
from ..contract.reach import Direction, directions
from ..diagnostics import Diagnostic
from .crossing import due


def unshown_values(history: History) -> Iterator[tuple[Applied, Diagnostic]]:
    """The changes that hold a value back and do not say what stands for it, though some version shows the enum."""
    for applied in history.applied:
        change = applied.change
        if not isinstance(change, AddEnumValue | ChangeEnumValue) or change.opt_in is None:
            continue
        enum, after = applied.before.types[change.at.type], applied.after.enum(change.at.type)
        value = None if after is None else after.value(change.at.name)
        if value is None or value.opt_in is None or value.opt_in.shown is not None:
            continue
        first = history.index(owner(applied.version, history))
        known = [applied.before, *history.contracts[first:]]
        if isinstance(enum, EnumType) and any(
            Direction.RESPONSE in directions(c).get(enum.identity, Direction.NONE) for c in known
        ):
            seen = ", ".join(v.value for v in enum.values if v.opt_in is None and v.value != change.at.name)
            cause = f"callers who do not send `{change.opt_in}` are not shown `{change.at.name}`"
            yield applied, due(change, cause, (f"old_sees: VALUE     what they are shown, one of {seen}",))
