"""How changes of the values of an enum are told to a client developer."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.changes import (
    AddEnumValue,
    ChangeEnumValue,
    MergeEnumValues,
    RemoveEnumValue,
    RenameEnumValue,
    SplitEnumValue,
)
from ..contract.held_back import shown_to_others
from ..contract.named_types import EnumType, EnumValue
from ..contract.types import MISSING, Json
from .field_words import undecided
from .scene import Focus, Scene, Words, stated
from .words import code, codes


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
    if change.opt_in is not None:
        seen = f", and are shown {code(change.old_sees)} for it" if stated(change.old_sees) and scene.tells else ""
        yield f"Nothing, unless you want {code(change.at.name)}: callers who do not ask know nothing of it{seen}."
        yield f"To ask for it, send the header {code(f'{change.opt_in}: true')} with every request, reads and writes."
        return
    if scene.tells:
        yield f"Handle {code(change.at.name)} where you read {code(change.at.type)}{scene.answers()}."
    if scene.asks:
        yield f"Send {code(change.at.name)} where it is what you mean."


def _held(scene: Scene, change: ChangeEnumValue, *, before: bool) -> tuple[str | None, str | None]:
    """The header that asks for the value, and what others are shown for it; None for what is not so."""
    enum = (scene.before if before else scene.after).types.get(change.at.type)
    value = enum.value(change.at.name) if isinstance(enum, EnumType) else None
    if not isinstance(enum, EnumType) or not isinstance(value, EnumValue) or value.opt_in is None:
        return None, None
    shown = shown_to_others(enum, value)
    return value.opt_in.header, None if shown is None else shown.value


def _hold_value_meanwhile(change: ChangeEnumValue, scene: Scene) -> Iterator[str]:
    header, shown = _held(scene, change, before=True)
    new, older = code(change.at.name), scene.older
    if header is None:
        yield f"{older} goes on to show {new} to everybody."
    elif scene.tells and shown is not None:
        yield f"{older} goes on to show {new} to callers who send {code(header)}, and {code(shown)} to others."
    else:
        yield f"{older} goes on to take {new} from callers who send {code(header)}."


def _hold_value_steps(change: ChangeEnumValue, scene: Scene) -> Iterator[str]:
    new, (was, _), (header, shown) = (
        code(change.at.name),
        _held(scene, change, before=True),
        _held(scene, change, before=False),
    )
    if header is None:
        if scene.tells:
            yield f"Handle {new} where you read {code(change.at.type)}{scene.answers()}."
        if scene.asks:
            yield f"Send {new} where it is what you mean."
        if was is not None:
            yield f"The header {code(was)} can go: nobody has to ask for {new} any more."
        return
    seen = f", and are shown {code(shown)} for it" if shown is not None and scene.tells else ""
    yield f"If you want {new}, send the header {code(f'{header}: true')} with every request, reads and writes."
    yield f"Callers who do not ask may not send {new}{seen}."


def _sent(scene: Scene) -> str:
    """Where a value is sent: in bodies, and in parameters."""
    asked = f" in parameters{scene.asked()}" if scene.asked() else ""
    return f"{scene.requests()}{',' if scene.requests() and asked else ''}{asked}"


def _remove_value_meanwhile(change: RemoveEnumValue, scene: Scene) -> Iterator[str]:
    gone = code(change.at.name)
    if stated(change.old_sends):
        if scene.asks:
            yield f"A client of {scene.older} that sends {gone} is taken to have sent {code(change.old_sends)}."
        shown = f"; {scene.older} goes on to show {gone} until somebody changes them" if scene.tells else ""
        yield f"{scene.newer} shows {code(change.old_sends)} for objects that held {gone}{shown}."
    elif change.policy == "refuse":
        if scene.asks:
            yield f"A client of {scene.older} that sends {gone} is answered with 422, which names the values there are."
        if stated(change.existing):
            yield f"Objects that held {gone} hold {code(change.existing)} now."
    yield from undecided(change)


def _remove_value_steps(change: RemoveEnumValue, scene: Scene) -> Iterator[str]:
    if scene.asks:
        instead = f" Send {code(change.old_sends)} instead, or another value." if stated(change.old_sends) else ""
        yield f"Stop sending {code(change.at.name)} as {code(change.at.type)}{_sent(scene)}.{instead}"
    if scene.tells:
        yield f"Code that reads {code(change.at.name)} can go."


def _rename_value_steps(change: RenameEnumValue, scene: Scene) -> Iterator[str]:
    old, new = code(change.at.name), code(change.to)
    if scene.asks:
        yield f"Send {new} instead of {old}{_sent(scene)}."
    if scene.tells:
        yield f"Read {new} instead of {old}{scene.answers()}."


def _split_meanwhile(change: SplitEnumValue, scene: Scene) -> Iterator[str]:
    old, older = code(change.at.name), scene.older
    if scene.asks:
        yield f"A client of {older} that sends {old} is taken to have sent {code(change.pick)}."
    if scene.tells:
        yield f"{older} shows {old} for {codes(change.into, 'and')}."
        if scene.asks:
            yield f"A client of {older} that is shown {old} and sends it back changes nothing."
    yield f"Objects that held {old} hold {code(change.pick)} now."


def _split_steps(change: SplitEnumValue, scene: Scene) -> Iterator[str]:
    if scene.asks:
        yield f"Send {codes(change.into, 'or')} instead of {code(change.at.name)}{_sent(scene)}."
    if scene.tells:
        yield f"Handle {codes(change.into, 'and')} where you read {code(change.at.name)}{scene.answers()}."


def _merge_meanwhile(change: MergeEnumValues, scene: Scene) -> Iterator[str]:
    new, older = code(change.into), scene.older
    if scene.asks:
        yield f"What a client of {older} sends as {codes(change.names, 'or')} is taken as {new}, and shown back to it."
    if scene.tells:
        yield f"Where {scene.newer} wrote {new}, {older} shows {code(change.pick)}."


def _merge_steps(change: MergeEnumValues, scene: Scene) -> Iterator[str]:
    if scene.asks:
        yield f"Send {code(change.into)} instead of {codes(change.names, 'or')}{_sent(scene)}."
    if scene.tells:
        yield f"Read {code(change.into)} instead of {codes(change.names, 'or')}{scene.answers()}."


SPLIT_VALUE = Words(
    "split",
    lambda c, s: f"{code(c.at.name)} of {code(c.at.type)} is now {codes(c.into, 'or')}",
    lambda c, s: f"Use {codes(c.into, 'or')}",
    _split_meanwhile,
    _split_steps,
    lambda c, s: _focus(s, c.at.type, c.at.name, c.pick),
)


MERGE_VALUES = Words(
    "merge",
    lambda c, s: f"{codes(c.names)} of {code(c.at.type)} are now {code(c.into)}",
    lambda c, s: f"Use {code(c.into)}",
    _merge_meanwhile,
    _merge_steps,
    lambda c, s: _focus(s, c.at.type, c.pick, c.into),
)


ADD_VALUE = Words(
    "add",
    lambda c, s: f"{code(c.at.type)} may be {code(c.at.name)}",
    lambda c, s: f"Handle {code(c.at.name)}" if c.opt_in is None else f"Send {code(c.opt_in)} to see it",
    _add_value_meanwhile,
    _add_value_steps,
    lambda c, s: _focus(s, c.at.type, c.old_sees if stated(c.old_sees) else MISSING, c.at.name),
)


HOLD_VALUE = Words(
    "change",
    lambda c, s: (
        f"everybody is shown {code(c.at.name)} of {code(c.at.type)}"
        if c.opt_in is None
        else f"{code(c.at.name)} of {code(c.at.type)} is for callers who send {code(c.opt_in)}"
    ),
    lambda c, s: f"Handle {code(c.at.name)}" if c.opt_in is None else f"Send {code(c.opt_in)} to see it",
    _hold_value_meanwhile,
    _hold_value_steps,
    lambda c, s: _focus(s, c.at.type, _held(s, c, before=True)[1] or c.at.name, c.at.name),
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
