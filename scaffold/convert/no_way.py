"""What several changes make of a place together: each has a codec, and yet no way leads from the first to the last."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.changes.base import listing
from ..contract.history import Applied, History
from ..contract.listings import Structural
from ..contract.reach import Direction
from ..contract.types import MISSING, UNDECIDED, ListOf, MapOf, Type
from ..diagnostics import Diagnostic
from .codecs import codec_of
from .conversions import Chosen, Conversion
from .innermost import innermost
from .stated import identified
from .steps import inner_type, steps_since
from .undecided import reached
from .unions import Step
from .values import NoWay, conversion


def no_way(history: History) -> Iterator[tuple[Applied, Diagnostic]]:
    """The changes after which a place of an older version has no way to the record, though nobody left it undecided.

    Every change alone is fine: see `crossing`, which finds those that are not. `history` is prepared.
    """
    told: set[str] = set()
    for contract in history.contracts[:-1]:
        for operation in contract.operations:
            for way in (Direction.REQUEST, Direction.RESPONSE):
                for place, type_ in reached(contract, operation, way).places:
                    if place in told:
                        continue
                    steps = steps_since(history, contract.version, place, contract)
                    if not steps or any(map(_open, steps)):
                        continue
                    emptied = _emptied(steps, place)
                    if emptied is not None:
                        told.add(place)
                        yield emptied
                        continue
                    try:
                        crossing = conversion(history, contract.version, place, type_, contract, way)
                    except NoWay:
                        told.add(place)
                        yield steps[-1].applied, _said(contract.version, steps)
                        continue
                    lost = next(_hidden(innermost(crossing)), None)
                    if lost is not None:
                        told.add(place)
                        yield steps[-1].applied, _unseen(contract.version, lost)


def _hidden(crossing: Conversion) -> Iterator[Type]:
    """The variants that are taken as one that is hidden from who sends them."""
    if not isinstance(crossing, Chosen):
        return
    for variant, way in zip(crossing.here, crossing.up, strict=True):
        back = crossing.down[way.to] if way is not None and way.stated is not MISSING else None
        if back is not None and back.hidden:
            yield variant


def _unseen(version: str, variant: Type) -> Diagnostic:
    return Diagnostic(
        "SC322",
        f"clients of {version} that send {variant} would not see it again: it is taken as what is hidden from them",
        help="let `old_sends` say a variant that they know, or `old_sees` in place of `hide`",
    )


def _open(step: Step) -> bool:
    return any(getattr(step.applied.change, n, None) is UNDECIDED for n in ("codec", "old_sends", "old_sees"))


def _emptied(steps: list[Step], place: str) -> tuple[Applied, Diagnostic] | None:
    """The change that lets a list be empty of which an older version is always shown an item."""
    for n, step in enumerate(steps):
        codec = codec_of(step.applied, place, *(_identified(step)))
        if not isinstance(codec, Structural) or codec.down == "listed" or codec.down_fails or codec.up != "listed":
            continue
        for later in steps[n + 1 :]:
            inner = later.newer
            for _ in codec.levels:
                inner = inner_type(inner) if isinstance(inner, ListOf | MapOf) else inner
            if not isinstance(inner, ListOf):
                break
            if not inner.min_items:
                return later.applied, Diagnostic(
                    "SC322",
                    f"`{later.applied.change.address}` may be empty from then on, and clients from before "
                    f"{step.applied.version} are shown one item of it",
                    help="keep `min_items: 1`, or add a field beside this one and remove this one instead",
                )
    return None


def _identified(step: Step) -> tuple[Type, Type]:
    return identified(step.older, step.applied.before), identified(step.newer, step.applied.after)


def _said(version: str, steps: list[Step]) -> Diagnostic:
    last = steps[-1]
    versions = listing(dict.fromkeys(s.applied.version for s in steps)).replace("`", "")
    return Diagnostic(
        "SC322",
        f"no way leads from {steps[0].older} in {version} to {last.newer} through what {versions} change of it",
        help="add a field beside this one and remove this one instead",
    )
