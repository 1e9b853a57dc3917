"""How a new form of errors is told to a client developer: where what they read stands from now on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..contract.changes import ChangeErrors
from ..contract.changes.whole import spoken_form
from ..contract.error_form import ErrorForm, facts_in, form_of
from .scene import Scene, Words
from .words import code

_KIND: Mapping[str, tuple[str, str]] = {
    "$code": ("{}", "not-found"),
    "$type": ("the last part of {}", "not-found"),
    "$code_snake": ("{}", "not_found"),
    "$code_upper": ("{}", "NOT_FOUND"),
}
"""The facts that tell errors apart: how each is spoken of, and how it is written."""
_SAID = ("$detail", "$title", "$message")
"""The facts that people read."""
_ALONE = ("$status", "$instance", "$request_id", "$errors", "$successor", "$documentation", "$supported")
"""Facts that mean the same wherever they stand."""
_WRONG = ("$loc", "$pointer", "$field")
"""The facts that say where a wrong value is."""


def _steps(change: ChangeErrors, scene: Scene) -> Iterator[str]:
    old, new = form_of(scene.before.errors), form_of(change.to)
    before, after = _places(old), _places(new)
    read = []
    if said := _first(after, _SAID):
        read.append(f"read an error from {code(said[1])}")
    if kind := _first(after, tuple(_KIND)):
        read.append(f"tell errors apart by {_KIND[kind[0]][0].format(code(kind[1]))}")
    elif "$status" in after or old.media_type != new.media_type:
        read.append("tell errors apart by the status of the answer")
    if old.media_type != new.media_type:
        read.append(f"expect {code(new.media_type)}")
    if read:
        told = " and ".join(read) if len(read) < 3 else f"{', '.join(read[:-1])}, and {read[-1]}"
        yield f"{told[0].upper()}{told[1:]}."
    moved = [*_kind(before, after), *_said(before, after), *_same(before, after)]
    if moved:
        told = "; what was ".join(moved)
        yield f"What was {told}."
    gone = [code(before[fact]) for fact in _ALONE if fact in before and fact not in after and not _beside(new, fact)]
    if gone:
        yield f"Do without {', '.join(gone)}."


def _places(form: ErrorForm) -> dict[str, str]:
    """Where a form has each fact, the first place of each."""
    found: dict[str, str] = {}
    for way, fact in facts_in(dict(form.body)):
        found.setdefault(fact, ".".join(way).replace(".[]", "[]"))
    if form.extend and not found.keys() & {"$errors", *_WRONG}:
        found["$errors"] = "errors"
    return found


def _first(places: Mapping[str, str], facts: tuple[str, ...]) -> tuple[str, str] | None:
    return next(((fact, places[fact]) for fact in facts if fact in places), None)


def _kind(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    old, new = _first(before, tuple(_KIND)), _first(after, tuple(_KIND))
    if old is None or new is None or old == new:
        return
    (was, written), (now, rewritten) = _KIND[old[0]], _KIND[new[0]]
    other = "" if written == rewritten else f" ({code(rewritten)} for {code(written)})"
    yield f"{was.format(code(old[1]))} is {now.format(code(new[1]))}{other}"


def _said(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    old, new = _first(before, _SAID[:2]), _first(after, _SAID[:2])
    if old is not None and new is not None and old[1] != new[1]:
        yield f"{code(old[1])} is {code(new[1])}"


def _same(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    for fact in _ALONE:
        if fact in before and fact in after and before[fact] != after[fact]:
            yield f"{code(before[fact])} is {code(after[fact])}"
    old = _first(before, ("$errors", *_WRONG))
    new = _first(after, ("$errors", *_WRONG))
    if old is not None and new is not None and old[0] != new[0]:
        yield f"in {code(old[1])} is in {code(new[1])}"


def _beside(form: ErrorForm, fact: str) -> bool:
    """Whether a form has a fact without naming it."""
    return form.extend and fact in ("$errors", "$successor", "$documentation", "$supported")


ERRORS = Words(
    "change",
    lambda c, s: f"The errors of the API are {spoken_form(c.to)}",
    lambda c, s: "Read errors in their new form",
    lambda c, s: iter((f"{s.older} goes on to write errors as {spoken_form(s.before.errors)}.",)),
    _steps,
)
