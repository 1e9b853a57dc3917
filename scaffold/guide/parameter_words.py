"""How changes of parameters are told to a client developer."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.changes import AddParameter, ChangeParameter, MoveParameter, RemoveParameter, RenameParameter
from ..contract.changes.base import need_parameter
from ..contract.parameter import Parameter
from ..contract.types import MISSING
from .field_words import NOTHING, or_nothing, undecided
from .scene import PLACES, Scene, Words, stated
from .words import code, spoken, value

HasParameter = AddParameter | RemoveParameter | RenameParameter | MoveParameter | ChangeParameter


def _parameter(change: RemoveParameter | ChangeParameter, scene: Scene) -> Parameter:
    return need_parameter(scene.before, change.at)[1]


def _of(change: HasParameter, word: str = "of") -> str:
    return f"{code(change.at.name)} {word} {code(change.at.operation)}"


def _add_parameter_meanwhile(change: AddParameter, scene: Scene) -> Iterator[str]:
    if stated(change.old_sends):
        yield f"Calls of {scene.older} are answered as if they had sent {value(change.old_sends)}."
    else:
        yield f"{scene.older} does not know it, and answers as it did."
    yield from undecided(change)


def _add_parameter_steps(change: AddParameter, scene: Scene) -> Iterator[str]:
    if change.parameter.required:
        yield f"Send {_of(change, 'to')}."
    elif not scene.harmless:
        yield f"Send {_of(change, 'to')} yourself where its default is not what you want."
    else:
        yield f"Send {_of(change, 'to')} where it helps you."


def _change_parameter_meanwhile(change: ChangeParameter, scene: Scene) -> Iterator[str]:
    old = _parameter(change, scene)
    if stated(change.old_sends):
        yield f"A call of {scene.older} without it is taken to have sent {value(change.old_sends)}."
    if old.default is not MISSING and change.after(old).default != old.default:
        yield f"{scene.older} keeps its own default, {value(old.default)}."
    else:
        yield f"{scene.older} takes it as it did."
    if change.policy == "clamp":
        yield f"What {scene.older} clients send beyond the new bounds has the effect of the nearest value within them."
    elif change.policy == "refuse":
        yield f"What {scene.older} clients send beyond the new bounds is answered with 422."
    yield from undecided(change)


def _change_parameter_steps(change: ChangeParameter, scene: Scene) -> Iterator[str]:
    old = _parameter(change, scene)
    new = change.after(old)
    what = _of(change, "to")
    if str(old.type) != str(new.type):
        yield f"Send {what} as {spoken(new.type)}, no longer as {spoken(old.type)}."
    elif old.type != new.type and not scene.harmless:
        yield f"Check that what you send as {what} keeps the new bounds."
    if new.required and not old.required:
        yield f"Always send {what}."
    if old.default != new.default:
        to = "there is none any more" if new.default is MISSING else f"it is {value(new.default)} now"
        yield f"Send {what} yourself where you counted on the default; {to}."


ADD_PARAMETER = Words(
    "add",
    lambda c, s: f"The parameter {_of(c)} is new",
    lambda c, s: f"{NOTHING}; send it when you like" if s.harmless else f"Send {code(c.at.name)}",
    _add_parameter_meanwhile,
    _add_parameter_steps,
)


REMOVE_PARAMETER = Words(
    "remove",
    lambda c, s: f"The parameter {_of(c)} is gone",
    lambda c, s: f"Do without {code(c.at.name)}",
    lambda c, s: iter((f"It goes on to work in {s.older}.",)),
    lambda c, s: iter((f"Stop sending {_of(c, 'to')}; it has no effect any more.",)),
)


RENAME_PARAMETER = Words(
    "rename",
    lambda c, s: f"The parameter {_of(c)} is now {code(c.to)}",
    lambda c, s: or_nothing(f"Use {code(c.to)}", s),
    lambda c, s: iter((f"{s.older} goes on with {code(c.at.name)}.",)),
    lambda c, s: s.parameter_steps(),
)


MOVE_PARAMETER = Words(
    "move",
    lambda c, s: f"The parameter {_of(c)} is now in {PLACES[c.to]}",
    lambda c, s: f"Send it in {PLACES[c.to]}",
    lambda c, s: iter((f"{s.older} goes on to take it in {PLACES[c.at.location]}.",)),
    lambda c, s: s.parameter_steps(),
)


CHANGE_PARAMETER = Words(
    "change",
    lambda c, s: f"The parameter {_of(c)} changes",
    lambda c, s: or_nothing(f"Adapt sending {code(c.at.name)}", s),
    _change_parameter_meanwhile,
    _change_parameter_steps,
)
