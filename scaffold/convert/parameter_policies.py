"""What a change of a parameter must say where older clients send, or leave out, something else."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.changes import AddParameter, ChangeParameter
from ..contract.contract import Contract
from ..contract.history import Applied
from ..contract.types import MISSING
from ..contract.vocabulary.telling import turns
from ..diagnostics import Diagnostic
from .crossing import due, needs
from .cutting import cuttable, misplaced

_CLAMP = "policy: clamp       handlers are given it cut to the new bounds"
_REFUSE = "policy: refuse      it is answered with 422; with a `waiver`"


def of_added_parameter(applied: Applied, base: Contract) -> Iterator[Diagnostic]:
    """What is to be said where callers who do not know a parameter would have to send it."""
    change = applied.change
    assert isinstance(change, AddParameter)
    if change.parameter.required and change.old_sends is MISSING and change.parameter.default is MISSING:
        yield due(
            change,
            f"callers of older versions do not send `{change.at.name}`",
            ("old_sends: VALUE    what they are taken to have sent",),
        )


def of_changed_parameter(applied: Applied, base: Contract) -> Iterator[Diagnostic]:
    """What is to be said where a parameter is required from now on, or bounded more tightly, or of another type."""
    change = applied.change
    assert isinstance(change, ChangeParameter)
    before = applied.before.operation(change.at.operation.method, change.at.operation.path)
    found = before.parameter(change.at.name, change.at.location) if before else None
    if found is None:
        return
    after = change.after(found)
    if after.required and not found.required and change.old_sends is MISSING and found.default is MISSING:
        yield due(
            change,
            f"callers of older versions may leave `{change.at.name}` out",
            ("old_sends: VALUE    what they are taken to have sent",),
        )
    if change.type is None and change.policy is None and "tighter" in turns(found.type, after.type):
        yield due(
            change,
            f"callers of older versions may send what the new bounds of `{change.at.name}` refuse",
            (
                "policy: keep        handlers are given what older versions allow",
                *([_CLAMP] if cuttable(found, after) else []),
                _REFUSE,
            ),
        )
    yield from misplaced(applied)
    yield from needs(applied, base)
