"""How adding, removing, renaming and moving fields is told to a client developer."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.address import MemberAddress, TypeAddress, find_field
from ..contract.changes import AddField, MoveFields, RemoveField, RenameFields
from ..contract.message import View
from ..contract.named_types import Field
from ..contract.types import MISSING, UNDECIDED, Json
from .scene import Scene, Words, stated
from .stated_words import stated_value
from .words import code, codes, listed, spoken, value

NOTHING = "Nothing"


def or_nothing(text: str, scene: Scene) -> str:
    """What to do, where something has to be done."""
    return NOTHING if scene.harmless else text


def undecided(change: object) -> Iterator[str]:
    """What is left open, said as such."""
    if getattr(change, "old_sends", MISSING) is UNDECIDED:
        yield "What older clients are taken to have sent is not decided yet."
    if getattr(change, "old_sees", MISSING) is UNDECIDED:
        yield "What older clients are shown instead is not decided yet."


def _holder(at: MemberAddress) -> str:
    return ".".join((at.type, *at.path[:-1]))


def _must_send(scene: Scene) -> bool:
    return any(r.code == "required-field-added" for r in scene.judgement.reasons)


def _add_todo(change: AddField, scene: Scene) -> str:
    if _must_send(scene):
        return f"Send {code(change.at.name)}"
    if not scene.asks and not scene.tells:
        return NOTHING
    return f"{NOTHING}; {_may(scene)} it when you like"


def _may(scene: Scene) -> str:
    if scene.asks and scene.tells:
        return "send or read"
    return "send" if scene.asks else "read"


def _add_meanwhile(change: AddField, scene: Scene) -> Iterator[str]:
    field, older = change.field, scene.older
    name = code(change.at.name)
    if field.computed is not None:
        yield f"The server works {name} out of the rest each time it shows it; clients cannot send it."
    elif field.read_only:
        how = ", at the time of the creation" if field.on_create == "now" else ""
        yield f"The server sets {name}{how}; clients cannot send it."
    if scene.asks and stated(change.old_sends):
        sent = stated_value(change.old_sends, field.type, scene.after, View.CREATE)
        yield f"What is created through {older} gets {sent} as {name}."
    elif scene.asks and field.default is not MISSING:
        yield f"What is created through {older} gets the default, {value(field.default)}."
    elif scene.asks and not field.required:
        yield f"What is created through {older} has no {name}."
    if scene.asks:
        yield f"Clients of {older} cannot send {name}{'; their updates leave it as it is' if scene.updates else ''}."
    yield from existing_words(change.existing, field, scene)
    yield from undecided(change)


def existing_words(existing: Json, field: Field, scene: Scene) -> Iterator[str]:
    """What objects that were there before have in a field, by the policy `existing`."""
    name, newer = code(field.name), scene.newer
    if existing is MISSING:
        return
    if existing == "now":
        yield f"Objects that were there before {newer} have the time of the upgrade as {name}."
    elif isinstance(existing, dict) and set(existing) == {"from"}:
        yield f"Objects that were there before {newer} have the value of {code(existing['from'])} as {name}."
    elif isinstance(existing, dict) and "hook" in existing:
        yield f"For objects that were there before {newer} the server works {name} out."
    else:
        had = stated_value(existing, field.type, scene.after, View.OUTPUT)
        yield f"Objects that were there before {newer} have {had} as {name}."


def _add_steps(change: AddField, scene: Scene) -> Iterator[str]:
    name = f"{code(change.at.name)}, {spoken(change.field.type)},"
    if _must_send(scene):
        yield f"Send {name}{scene.requests(whole=True)}.".replace(",.", ".")
    elif scene.asks:
        yield f"Send {name} where you have a value for it{scene.requests()}."
    if scene.tells:
        yield f"Make sure that your client passes over fields that it does not know. Read {name} where it helps you."


def _lives_on(change: RemoveField, scene: Scene) -> str | None:
    """What the value is called from then on, where only one of its names goes."""
    field = find_field(scene.before, change.at).field
    return None if field.alias_of is None else code(scene.after.fields_by_identity[field.alias_of][1].name)


def _remove_todo(change: RemoveField, scene: Scene) -> str:
    other = _lives_on(change, scene)
    return or_nothing(f"Use {other}" if other else f"Do without {code(change.at.name)}", scene)


def _remove_meanwhile(change: RemoveField, scene: Scene) -> Iterator[str]:
    name, older, newer = code(change.at.name), scene.older, scene.newer
    if (other := _lives_on(change, scene)) is not None:
        yield f"{older} goes on to have {name} beside {other}."
        return
    yield f"{older} goes on to have {name}, and keeps what its clients write. When {older} ends, nothing shows it."
    if scene.tells and stated(change.old_sees):
        seen = stated_value(change.old_sees, find_field(scene.before, change.at).field.type, scene.before, View.OUTPUT)
        yield f"For objects created through {newer}, {older} shows {seen}."
    elif scene.tells and change.old_sees is MISSING:
        yield f"Objects created through {newer} have no {name}, also when they are read through {older}."
    yield from undecided(change)


def _remove_steps(change: RemoveField, scene: Scene) -> Iterator[str]:
    name, other = code(change.at.name), _lives_on(change, scene)
    if scene.sends:
        yield (
            f"Send {other} instead of {name}{scene.requests()}." if other else f"Stop sending {name}{scene.requests()}."
        )
    if scene.tells:
        verb = f"Read {other} instead of" if other else "Stop reading"
        yield f"{verb} {name} in the answers{scene.responses()}."
    yield from scene.parameter_steps()


def _rename_heading(change: RenameFields, scene: Scene) -> str:
    holder = _holder(change.at)
    return listed(f"{code(f'{holder}.{old}')} is now {code(new)}" for old, new in change.names.items())


def _rename_todo(change: RenameFields, scene: Scene) -> str:
    return or_nothing(f"Use {codes(change.names.values())}", scene)


def _rename_meanwhile(change: RenameFields, scene: Scene) -> Iterator[str]:
    which = "names" if len(change.names) > 1 else "name"
    yield f"{scene.older} goes on with the old {which}. Both versions show and write the same value."


def _rename_steps(change: RenameFields, scene: Scene) -> Iterator[str]:
    said = listed(f"{code(new)} instead of {code(old)}" for old, new in change.names.items())
    if scene.sends:
        yield f"Send {said}{scene.requests()}."
    if scene.tells:
        yield f"Read {said} in the answers{scene.responses()}."
    yield from scene.parameter_steps()


def _move_heading(change: MoveFields, scene: Scene) -> str:
    sources = codes(str(s) for s in change.sources)
    if not change.into:
        return f"{sources} is now {code(change.to)}"
    verb = "is" if len(change.sources) == 1 else "are"
    if isinstance(change.to, TypeAddress):
        return f"{sources} {verb} now in {code(change.to)} itself"
    return f"{sources} {verb} now inside {code(change.to)}"


def _move_todo(change: MoveFields, scene: Scene) -> str:
    targets = [".".join(t.path) for t in change.targets()]
    return or_nothing(f"Use {codes(targets)}", scene)


def _move_meanwhile(change: MoveFields, scene: Scene) -> Iterator[str]:
    them = "it" if len(change.sources) == 1 else "them"
    yield f"{scene.older} goes on to have {them} at the old place. Both versions show and write the same values."
    made = [f for f in _parents(change, scene) if not f.required]
    for field in made:
        yield f"An object that has none of the fields inside {code(field.name)} has no {code(field.name)} either."


def _parents(change: MoveFields, scene: Scene) -> Iterator[Field]:
    seen = set()
    for target in change.targets():
        if len(target.path) > 1:
            parent = MemberAddress(target.type, target.path[:-1])
            field = find_field(scene.after, parent).field
            if field.identity not in seen and field.identity not in scene.before.fields_by_identity:
                seen.add(field.identity)
                yield field


def _move_steps(change: MoveFields, scene: Scene) -> Iterator[str]:
    pairs = [(".".join(s.path), ".".join(t.path)) for s, t in zip(change.sources, change.targets(), strict=True)]
    said = listed(f"{code(new)} instead of {code(old)}" for old, new in pairs)
    if scene.sends:
        yield f"Send {said}{scene.requests()}."
    if scene.tells:
        yield f"Read {said} in the answers{scene.responses()}."


ADD = Words("add", lambda c, s: f"{code(c.at)} is new", _add_todo, _add_meanwhile, _add_steps)
REMOVE = Words(
    "remove",
    lambda c, s: f"{code(c.at)} is gone",
    _remove_todo,
    _remove_meanwhile,
    _remove_steps,
)
RENAME = Words("rename", _rename_heading, _rename_todo, _rename_meanwhile, _rename_steps)
MOVE = Words("move", _move_heading, _move_todo, _move_meanwhile, _move_steps)
