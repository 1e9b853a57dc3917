"""What several changes make of a place together: each has a codec, and yet no way leads from the first to the last."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.changes.base import listing
from ..contract.fitting import fitting_variant
from ..contract.history import Applied, History
from ..contract.listings import Structural
from ..contract.reach import Direction
from ..contract.types import MISSING, UNDECIDED, ListOf, MapOf, Type, UnionOf
from ..diagnostics import Diagnostic
from .codecs import codec_of
from .conversions import Chosen, Conversion
from .innermost import innermost
from .removed_parts import without_removed
from .stand_ins import stored_for
from .stated import identified, match, stated
from .stating import concerns
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
                        yield steps[-1].applied, _unseen(contract.version, f"send {lost}")
                    elif (instead := _stands_hidden(history, contract.version, place, crossing)) is not None:
                        told.add(place)
                        yield instead


def _hidden(crossing: Conversion) -> Iterator[Type]:
    """The variants that are taken as one that is hidden from who sends them."""
    if not isinstance(crossing, Chosen):
        return
    for variant, way in zip(crossing.here, crossing.up, strict=True):
        back = crossing.down[way.to] if way is not None and way.stated is not MISSING else None
        if back is not None and back.hidden:
            yield variant


def _stands_hidden(
    history: History, version: str, place: str, crossing: Conversion
) -> tuple[Applied, Diagnostic] | None:
    """The change by which null, or nothing, is taken as a variant that is hidden from who sends it."""
    known = history.newest.fields_by_identity.get(place)
    if known is None or not isinstance(known[1].type, UnionOf) or not isinstance(crossing, Chosen):
        return None
    union, later = known[1].type, history.since_about(version, (place,))
    variants = [identified(v, history.newest) for v in union.variants]
    for nothing, does in (("null", "send null"), ("absent", "leave it out")):
        value = stored_for(nothing, place, later)
        found = None if value is MISSING else fitting_variant(history.newest, union, without_removed(value))
        kept = None if found is None else match(variants[found], crossing.record)
        back = None if kept is None else crossing.down[kept]
        if back is not None and back.hidden:
            blamed = next(a for a in later if concerns(a, place) and stated(getattr(a.change, "old_sends", MISSING)))
            return blamed, _unseen(version, does)
    return None


def _unseen(version: str, does: str) -> Diagnostic:
    return Diagnostic(
        "SC322",
        f"clients of {version} that {does} would not see it again: it is taken as what is hidden from them",
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
