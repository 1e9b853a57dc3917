"""What an import has to say: what it took in, what it guessed, what is open, and what it could not check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..contract.history import History
from ..contract.types import UNDECIDED
from ..diagnostics import Diagnostic
from ..openapi import Difference
from ..openapi.inference import OPEN
from .importing import Step

MOST = 8
"""How many lines of one sort a person is shown."""


def lines(history: History, steps: Sequence[Step], unequal: Mapping[str, Sequence[Difference]]) -> Iterator[str]:
    """The report for a person."""
    newest = history.newest
    yield (
        f"Took in {_count(len(steps), 'document')} as {_versions(steps)}: {_count(len(newest.types), 'type')} and "
        f"{_count(len(newest.operations), 'operation')} now, {_count(sum(len(s.changes) for s in steps), 'change')}."
    )
    for step in steps:
        if step.changes:
            yield f"  {step.source.version}: {_count(len(step.changes), 'change')}{_of_which(step)}"
    yield from _some("Guessed, please look:", [g for s in steps for g in _guesses(s)])
    yield from _some("Chosen:", [c for s in steps for c in _choices(s)])
    yield from _some("Undecided; what it touches answers 501 in older versions:", [u for s in steps for u in _open(s)])
    yield from _some("Kept in the documents, not checked:", [r for s in steps for r in _remarks(s)])
    if not unequal:
        yield f"{'All documents are' if len(steps) > 1 else 'The document is'} given back as published."


def _versions(steps: Sequence[Step]) -> str:
    ids = [s.source.version for s in steps]
    return ", ".join(ids) if len(ids) < 5 else f"{ids[0]}, {ids[1]} … {ids[-1]}"


def _of_which(step: Step) -> str:
    parts = [f"{n} {word}" for n, word in ((len(step.guesses), "guessed"), (len(step.undecided), "undecided")) if n]
    return f" ({', '.join(parts)})" if parts else ""


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _some(title: str, found: Sequence[str]) -> Iterator[str]:
    if not found:
        return
    yield title
    yield from (f"  {line}" for line in found[:MOST])
    if len(found) > MOST:
        yield f"  … and {len(found) - MOST} more; `--json` lists all"


def _guesses(step: Step) -> Iterator[str]:
    for guess in step.guesses:
        sure = f"{guess.confidence:.0%}"
        yield f"{step.source.version}: {guess.change.sentence()} ({sure}: {', '.join(guess.reasons)})"


def _choices(step: Step) -> Iterator[str]:
    for choice in step.choices:
        if choice.value is not UNDECIDED:
            yield f"{step.source.version}: `{choice.key}` of `{choice.change.address}`: {choice.why}"


def _open(step: Step) -> Iterator[str]:
    why = {(c.change.address, c.key): c.why for c in step.choices if c.why != OPEN}
    for change, key in step.undecided:
        known = why.get((change.address, key))
        yield f"{step.source.version}: `{key}` of `{change.address}`{'' if known is None else f': {known}'}"


def _remarks(step: Step) -> Iterator[str]:
    for remark in step.remarks:
        yield f"{step.source.file} {remark.place}: {remark.message}"


def data(history: History, steps: Sequence[Step], unequal: Mapping[str, Sequence[Difference]]) -> dict[str, object]:
    """The report for programs: everything."""
    return {
        "unspecified": history.unspecified,
        "versions": [
            {
                "version": step.source.version,
                "file": step.source.file,
                "changes": [
                    {"change": type(c).__name__, "address": c.address, "sentence": c.sentence(), "guessed": c.guessed}
                    for c in step.changes
                ],
                "guesses": [
                    {"address": g.change.address, "confidence": g.confidence, "reasons": list(g.reasons)}
                    for g in step.guesses
                ],
                "choices": [{"address": c.change.address, "key": c.key, "why": c.why} for c in step.choices],
                "undecided": [{"address": c.address, "key": key} for c, key in step.undecided],
                "remarks": [{"kind": str(r.kind), "place": r.place, "message": r.message} for r in step.remarks],
                "unequal": [str(d) for d in unequal.get(step.source.version, ())],
            }
            for step in steps
        ],
    }


def findings(steps: Sequence[Step], unequal: Mapping[str, Sequence[Difference]]) -> tuple[Diagnostic, ...]:
    """What a person must know: warnings of the reader, and every difference that is left."""
    found = [d for s in steps for d in s.warnings]
    for step in steps:
        left = [*step.remaining, *(str(d) for d in unequal.get(step.source.version, ()))]
        if left:
            found.append(
                Diagnostic(
                    "SC455",
                    f"{step.source.version} differs from {step.source.file} in {_count(len(left), 'place')}",
                    help="the spec cannot say this yet; the rest is taken in",
                    notes=tuple(left[:MOST]),
                )
            )
    return tuple(found)
