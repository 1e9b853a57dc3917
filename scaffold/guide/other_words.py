"""How changes of enums, types, resources, operations, parameters and the envelope are told to a client developer."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.changes import (
    AddEnumValue,
    AddParameter,
    ChangeEnvelope,
    ChangeParameter,
    MoveOperation,
    RemoveEnumValue,
    RemoveParameter,
    RemoveResource,
    RenameEnumValue,
)
from ..contract.changes.base import need_operation, need_parameter
from ..contract.contract import Parameter
from ..contract.types import MISSING, Json
from .field_words import NOTHING, or_nothing, undecided
from .scene import PLACES, Focus, Scene, Words, stated
from .words import code, codes, spoken, value

HasParameter = AddParameter | RemoveParameter | RenameParameter | MoveParameter | ChangeParameter


def nothing_to_say(change: object, scene: Scene) -> Iterator[str]:
    """Older clients notice nothing, and nothing has to be done."""
    return iter(())


def _enum_identity(scene: Scene, name: str) -> str:
    return scene.before.types[name].identity


def _focus(scene: Scene, name: str, before: Json, after: Json) -> Focus:
    identity = _enum_identity(scene, name)
    return ({} if before is MISSING else {identity: before}), ({} if after is MISSING else {identity: after})


def _add_value_meanwhile(change: AddEnumValue, scene: Scene) -> Iterator[str]:
    older, new = scene.older, code(change.at.name)
    if scene.tells and stated(change.old_sees):
        shown = code(change.old_sees)
        yield f"{older} shows {shown} where {scene.newer} shows {new}."
        if scene.asks:
            yield (
                f"A client of {older} cannot set {new}, and cannot tell it from {shown}: where it is shown {shown} "
                f"for {new} and sends {shown} back, {new} stays."
            )
    elif scene.asks:
        yield f"A client of {older} cannot set {new}."
    yield from undecided(change)


def _add_value_steps(change: AddEnumValue, scene: Scene) -> Iterator[str]:
    if scene.tells:
        yield f"Handle {code(change.at.name)} where you read {code(change.at.type)}{_answers(scene)}."
    if scene.asks:
        yield f"Send {code(change.at.name)} where it is what you mean."


def _answers(scene: Scene) -> str:
    return f" in the answers{scene.responses()}" if scene.responses() else ""


def _remove_value_meanwhile(change: RemoveEnumValue, scene: Scene) -> Iterator[str]:
    gone = code(change.at.name)
    if stated(change.old_sends):
        if scene.asks:
            yield f"A client of {scene.older} that sends {gone} is taken to have sent {code(change.old_sends)}."
        yield f"Objects that held {gone} hold {code(change.old_sends)} now."
    elif scene.asks and change.old_sends is MISSING:
        yield f"A client of {scene.older} that sends {gone} is answered with 422, which names the values there are."
    yield from undecided(change)


def _remove_value_steps(change: RemoveEnumValue, scene: Scene) -> Iterator[str]:
    if scene.asks:
        instead = f" Send {code(change.old_sends)} instead, or another value." if stated(change.old_sends) else ""
        yield f"Stop sending {code(change.at.name)} as {code(change.at.type)}{scene.requests()}.{instead}"
    if scene.tells:
        yield f"Code that reads {code(change.at.name)} can go."


def _rename_value_steps(change: RenameEnumValue, scene: Scene) -> Iterator[str]:
    old, new = code(change.at.name), code(change.to)
    if scene.asks:
        yield f"Send {new} instead of {old}{scene.requests() or ', also in filters'}."
    if scene.tells:
        yield f"Read {new} instead of {old}{_answers(scene)}."


def _goes_on(change: object, scene: Scene) -> Iterator[str]:
    if not scene.harmless:
        yield f"{scene.older} goes on to answer as it did."


def _not_there(change: object, scene: Scene) -> Iterator[str]:
    yield f"{scene.older} does not have it, and answers 404."


def _remove_resource_steps(change: RemoveResource, scene: Scene) -> Iterator[str]:
    gone = [r.either.address for r in scene.reached if r.after is None]
    if gone:
        yield f"Stop calling {codes(gone)}."


def _move_operation_steps(change: MoveOperation, scene: Scene) -> Iterator[str]:
    if scene.harmless:
        return
    yield f"Call {code(change.to)} instead of {code(change.at)}."
    if change.at.path != change.to.path:
        yield "Do not keep links that you were given before: ask for them anew."


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


def _envelope_heading(change: ChangeEnvelope, scene: Scene) -> str:
    if change.to.template is None:
        return "Lists come without an envelope"
    return f"Lists come in {'an' if scene.before.envelope.template is None else 'another'} envelope"


def _envelope_steps(change: ChangeEnvelope, scene: Scene) -> Iterator[str]:
    where = place(change.to.template, "$items")
    at = "in the answer itself" if not where else f"under {code('.'.join(where))}"
    yield f"Read the items of a list {at}{scene.responses().replace(' of ', ': ', 1)}."
    total = place(change.to.template, "$total")
    if total:
        yield f"Read how many there are in all under {code('.'.join(total))}."
    elif change.to.template is None:
        yield "Read how many there are in all from the header `X-Total-Count`, and the next page from `Link`."


def place(template: Json, word: str) -> tuple[str, ...] | None:
    """The keys that lead to `word` in an envelope; empty where it is the whole, None where it is not there."""
    if template == word or (template is None and word == "$items"):
        return ()
    if isinstance(template, dict):
        for key, inner in template.items():
            found = None if inner is None else place(inner, word)
            if found is not None:
                return (key, *found)
    return None


def _nothing(change: object, scene: Scene) -> str:
    return NOTHING


ADD_VALUE = Words(
    "add",
    lambda c, s: f"{code(c.at.type)} may be {code(c.at.name)}",
    lambda c, s: f"Handle {code(c.at.name)}",
    _add_value_meanwhile,
    _add_value_steps,
    lambda c, s: _focus(s, c.at.type, c.old_sees if stated(c.old_sees) else MISSING, c.at.name),
)
REMOVE_VALUE = Words(
    "remove",
    lambda c, s: f"{code(c.at.type)} is never {code(c.at.name)}",
    lambda c, s: f"Do without {code(c.at.name)}",
    _remove_value_meanwhile,
    _remove_value_steps,
    lambda c, s: _focus(s, c.at.type, c.at.name, c.old_sends if stated(c.old_sends) else MISSING),
)
RENAME_VALUE = Words(
    "rename",
    lambda c, s: f"{code(c.at.name)} of {code(c.at.type)} is now {code(c.to)}",
    lambda c, s: f"Use {code(c.to)}",
    lambda c, s: iter((f"{s.older} goes on to write {code(c.at.name)}.",)),
    _rename_value_steps,
    lambda c, s: _focus(s, c.at.type, c.at.name, c.to),
)
ADD_TYPE = Words(
    "add",
    lambda c, s: (
        f"The {'types' if len(c.types) > 1 else 'type'} {codes(t.name for t in c.types)} "
        f"{'are' if len(c.types) > 1 else 'is'} new"
    ),
    _nothing,
    nothing_to_say,
    nothing_to_say,
)
REMOVE_TYPE = Words("remove", lambda c, s: f"The type {code(c.name)} is gone", _nothing, nothing_to_say, nothing_to_say)
RENAME_TYPE = Words(
    "rename",
    lambda c, s: f"The type {code(c.name)} is now called {code(c.to)}",
    lambda c, s: "Nothing, unless your client is generated",
    lambda c, s: iter(("The name of a type is not part of any message.",)),
    lambda c, s: iter(
        (f"If your client is generated, generate it anew: its class {code(c.name)} is {code(c.to)} now.",)
    ),
)
ADD_RESOURCE = Words(
    "add",
    lambda c, s: f"{code(c.resource.path)} is a new resource",
    lambda c, s: f"{NOTHING}; use it when you like",
    _not_there,
    lambda c, s: iter((f"Call {codes(o.address for o in c.operations)} where they help you.",)),
)
REMOVE_RESOURCE = Words(
    "remove",
    lambda c, s: f"{code(s.before.resources[c.name].path)} is gone",
    lambda c, s: "Stop calling it",
    _goes_on,
    _remove_resource_steps,
)
ADD_OPERATION = Words(
    "add",
    lambda c, s: f"{code(c.operation.address)} is new",
    lambda c, s: f"{NOTHING}; call it when you like",
    _not_there,
    lambda c, s: iter((f"Call {code(c.operation.address)} where it helps you.",)),
)
REMOVE_OPERATION = Words(
    "remove",
    lambda c, s: f"{code(c.at)} is gone",
    lambda c, s: "Stop calling it",
    _goes_on,
    lambda c, s: iter((f"Stop calling {code(c.at)}.",)),
)
RENAME_OPERATION = Words(
    "rename",
    lambda c, s: f"{code(c.at)} has the id {code(c.to)}",
    lambda c, s: "Nothing, unless your client is generated",
    lambda c, s: iter(("The id of an operation is not part of any message.",)),
    lambda c, s: iter(
        (
            "If your client is generated, generate it anew: "
            f"its method {code(need_operation(s.before, c.at).id)} is {code(c.to)} now.",
        )
    ),
)
MOVE_OPERATION = Words(
    "move",
    lambda c, s: f"{code(c.at)} is now {code(c.to)}",
    lambda c, s: or_nothing(f"Call {code(c.to)}", s),
    _goes_on,
    _move_operation_steps,
)
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
ENVELOPE = Words(
    "change",
    _envelope_heading,
    lambda c, s: or_nothing("Read lists at their new place", s),
    lambda c, s: iter((f"{s.older} goes on to answer lists as it did.",)),
    _envelope_steps,
)
