"""How changes of types, resources, operations and the envelope are told to a client developer."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.changes import ChangeEnvelope, MoveOperation, MoveResource, RemoveResource, RenameType
from ..contract.changes.base import need_object, need_operation
from ..contract.changes.resources import moved_operations
from ..contract.contract import PageStyle
from ..contract.nesting import parent_of
from ..contract.types import Json
from .field_words import NOTHING, or_nothing
from .scene import Scene, Words
from .words import code, codes


def nothing_to_say(change: object, scene: Scene) -> Iterator[str]:
    """Older clients notice nothing, and nothing has to be done."""
    return iter(())


def nothing_to_do(change: object, scene: Scene) -> str:
    """There is nothing to do."""
    return NOTHING


ADD_TYPE = Words(
    "add",
    lambda c, s: (
        f"The {'types' if len(c.types) > 1 else 'type'} {codes(t.name for t in c.types)} "
        f"{'are' if len(c.types) > 1 else 'is'} new"
    ),
    nothing_to_do,
    nothing_to_say,
    nothing_to_say,
)


REMOVE_TYPE = Words(
    "remove", lambda c, s: f"The type {code(c.name)} is gone", nothing_to_do, nothing_to_say, nothing_to_say
)


def _renamed_meanwhile(change: RenameType, scene: Scene) -> Iterator[str]:
    if change.path is None:
        yield "The name of a type is not part of any message."
    else:
        yield f"{scene.older} goes on at the old paths. Both versions show and write the same objects."


def _renamed_steps(change: RenameType, scene: Scene) -> Iterator[str]:
    for old, new in moved_operations(scene.before, scene.after):
        yield f"Call {code(new.address)} instead of {code(old.address)}."
    yield f"If your client is generated, generate it anew: its class {code(change.name)} is {code(change.to)} now."


RENAME_TYPE = Words(
    "rename",
    lambda c, s: f"The type {code(c.name)} is now called {code(c.to)}",
    lambda c, s: f"Call {code(c.path)}" if c.path else "Nothing, unless your client is generated",
    _renamed_meanwhile,
    _renamed_steps,
)


def _goes_on_elsewhere(change: MoveResource, scene: Scene) -> Iterator[str]:
    yield f"{scene.older} goes on at the old paths. Both versions show and write the same objects."


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
    if change.alias:
        yield f"Call {code(change.to)}; {code(change.at)} works too, in {scene.newer} alone."
        return
    if scene.harmless:
        return
    if change.redirect:
        yield f"In {scene.newer} {code(change.at)} answers {change.redirect} with the new place; later it does not."
    yield f"Call {code(change.to)} instead of {code(change.at)}."
    if change.at.path != change.to.path:
        yield "Do not keep links that you were given before: ask for them anew."


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


def _move_resource_steps(change: MoveResource, scene: Scene) -> Iterator[str]:
    for old, new in moved_operations(scene.before, scene.after):
        yield f"Call {code(new.address)} instead of {code(old.address)}."
    parents = [parent_of(need_object(c, change.name)) for c in (scene.before, scene.after)]
    before, after = (None if f is None else f.name for f in parents)
    if before == after:
        return
    if before is not None:
        yield f"Send {code(before)} in bodies: the path does not say it any more, and lists are not of one alone."
    if after is not None:
        yield f"Leave {code(after)} out of bodies: the path says it, and lists have what is below it alone."


MOVE_RESOURCE = Words(
    "move",
    lambda c, s: f"{code(s.before.resources[c.name].path)} is now {code(c.to)}",
    lambda c, s: or_nothing(f"Call {code(c.to)}", s),
    _goes_on_elsewhere,
    _move_resource_steps,
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
    nothing_to_say,
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


def _envelope_heading(change: ChangeEnvelope, scene: Scene) -> str:
    if change.to.template is None:
        return "Lists come without an envelope"
    return f"Lists come in {'an' if scene.before.envelope.template is None else 'another'} envelope"


def _envelope_steps(change: ChangeEnvelope, scene: Scene) -> Iterator[str]:
    where = place(change.to.template, "$items")
    at = "in the answer itself" if not where else f"under {code('.'.join(where))}"
    yield f"Read the items of a list {at}{scene.responses().replace(' of ', ': ', 1)}."
    bare = place(scene.before.envelope.template, "$items") == ()
    total, following = (place(change.to.template, word) for word in ("$total", "$next"))
    if total:
        gone = "; the header `X-Total-Count` is not sent any more" if bare else ""
        yield f"Read how many there are in all under {code('.'.join(total))}{gone}."
    if following and following != place(scene.before.envelope.template, "$next"):
        gone = ", not from the header `Link`" if bare else ""
        yield f"Read the cursor of the next part under {code('.'.join(following))}{gone}; null says that there is none."
    if not where:
        yield "Read how many there are in all from the header `X-Total-Count`, and the next page from `Link`."
    elif bare:
        if not total:
            yield "Do without the header `X-Total-Count`, which is not sent any more."
        if not following and scene.before.pagination.style is not PageStyle.NONE:
            yield "Do without the header `Link`, which is not sent any more; ask for the next part yourself."


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


ENVELOPE = Words(
    "change",
    _envelope_heading,
    lambda c, s: or_nothing("Read lists at their new place", s),
    lambda c, s: iter((f"{s.older} goes on to answer lists as it did.",)),
    _envelope_steps,
)
