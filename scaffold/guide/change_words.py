"""How a change of a field is told to a client developer."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.address import find_field
from ..contract.changes import ChangeField
from ..contract.codecs import reinterprets
from ..contract.message import View
from ..contract.named_types import Field
from ..contract.types import MISSING, Fallback
from .field_words import NOTHING, existing_words, undecided
from .scene import Focus, Scene, Words, stated
from .stated_words import stated_value
from .words import briefly, code, codes, listed, spoken, value


def _change_heading(change: ChangeField, scene: Scene) -> str:
    at, old, new = code(change.at), _before(change, scene), _after(change, scene)
    if old.type != new.type and str(old.type) != str(new.type):
        return f"{at} is now {briefly(new.type)}"
    if reinterprets(change.codec):
        return f"{at} means something else"
    if old.required != new.required:
        return f"{at} is now {'required' if new.required else 'optional'}"
    if old.nullable != new.nullable:
        return f"{at} {'may be null' if new.nullable else 'is never null'}"
    if old.default != new.default:
        return f"{at} has {'no default' if new.default is MISSING else 'another default'}"
    if old.type != new.type:
        return f"{at} has other bounds"
    for mark, words in MARKS.items():
        if getattr(old, mark) != getattr(new, mark):
            return f"{at} is {'now' if getattr(new, mark) else 'no longer'} {words}"
    if old.accepts != new.accepts:
        return f"{at} may be sent as {codes(new.accepts)} too" if new.accepts else f"{at} has one form in requests"
    return f"{at} changes"


MARKS = {
    "read_only": "read-only",
    "write_only": "write-only",
    "create_only": "set only at creation",
    "unique": "unique",
    "deprecated": "deprecated",
}


def _before(change: ChangeField, scene: Scene) -> Field:
    return find_field(scene.before, change.at).field


def _after(change: ChangeField, scene: Scene) -> Field:
    return find_field(scene.after, change.at).field


def _change_todo(change: ChangeField, scene: Scene) -> str:
    if scene.harmless:
        return NOTHING
    ways = {"sending": scene.judgement.request, "reading": scene.judgement.response}
    harmed = [word for word, verdict in ways.items() if not verdict.harmless]
    return f"Adapt {listed(harmed)} {code(change.at.name)}"


def _change_meanwhile(change: ChangeField, scene: Scene) -> Iterator[str]:
    old, new, older = _before(change, scene), _after(change, scene), scene.older
    name = code(old.name)
    if change.accepts is not None:
        yield f"{older} goes on to read {name} in the forms it always had. Answers show it in one, whichever was sent."
    if change.keep is not None:
        yield (
            f"{older} goes on with its own, {spoken(old.type)}, in paths, in filters, and wherever something refers to "
            f"one. Each {code(change.at.type)} has both, whichever version it was made through."
        )
    elif str(old.type) != str(new.type) or reinterprets(change.codec):
        if str(old.type) != str(new.type):
            yield f"In {older} it goes on to be {spoken(old.type)}. Values are converted in both directions."
        else:
            yield f"In {older} its values go on to mean what they meant. They are converted in both directions."
        if not scene.judgement.request.harmless:
            yield f"What a client writes through {older} is shown to {older} word for word until somebody changes it."
            wrong = "converted" if str(old.type) == str(new.type) else f"read as {spoken(new.type)}"
            yield _unreadable(change).format(wrong=wrong)
    if scene.asks and stated(change.old_sends):
        what = "null" if old.nullable and not new.nullable else "nothing"
        sent = stated_value(change.old_sends, new.type, scene.after, View.CREATE)
        yield f"A client of {older} that sends {what} for {name} is taken to have sent {sent}."
    if scene.tells and stated(change.old_sees):
        yield from _shown_instead(change, scene, old, new)
    if change.policy is not None:
        words = _ABOUT_MARKS if change.marks and old.type == new.type else _ABOUT_BOUNDS
        yield words[change.policy].format(older=older, newer=scene.newer, name=name)
    if old.default != new.default and old.default is not MISSING and scene.asks:
        yield f"{older} keeps its own default, {value(old.default)}."
    yield from existing_words(change.existing, new, scene)
    yield from undecided(change)


def _unreadable(change: ChangeField) -> str:
    if isinstance(change.unreadable, Fallback):
        taken = value(change.unreadable.value).replace("{", "{{").replace("}", "}}")
        return f"A value that cannot be {{wrong}} is taken as {taken} there."
    return _UNREADABLE[change.unreadable or "refuse"]


_UNREADABLE = {
    "refuse": "A value that cannot be {wrong} is answered with 422 there.",
    "default": "A value that cannot be {wrong} is taken as the default there.",
    "null": "A value that cannot be {wrong} is stored as null there.",
}
_UNITS = {"decimal": "whole units", "cents": "cents (hundredths)"}
_ABOUT_BOUNDS = {
    "keep": "Bounds of {older} stay as they were. What was written within the bounds of one version is shown by the "
    "other as it is, even where it passes those of that one; sent back as it was shown, it is taken.",
    "clamp": "Bounds of {older} stay as they were. What passes the bounds of a version is shown there cut to them; "
    "sent back as it was shown, it changes nothing.",
    "refuse": "What {older} clients send as {name} beyond the bounds of {newer} is answered with 422, unless it is "
    "what they were shown.",
}
_ABOUT_MARKS = {
    "keep": "{older} goes on with {name} as it did.",
    "drop": "What {older} clients send as {name}, where clients of {newer} cannot, is passed over.",
    "refuse": "What {older} clients send as {name}, where clients of {newer} cannot, is answered with 422, unless it "
    "is what they were shown.",
}


def _shown_instead(change: ChangeField, scene: Scene, old: Field, new: Field) -> Iterator[str]:
    name, older = code(old.name), scene.older
    shown = stated_value(change.old_sees, old.type, scene.before, View.OUTPUT)
    if new.nullable and not old.nullable:
        what = "null"
    elif old.required and not new.required:
        what = "no value"
    else:
        what = f"a value that cannot be shown as {spoken(old.type)}"
    yield f"Where {name} has {what}, {older} shows {shown}."
    if scene.asks and change.as_seen != "write":
        yield (
            f"A client of {older} cannot tell the two apart: sending {shown} back where {older} shows it changes "
            "nothing, so such a client cannot set that value there."
        )


def _change_steps(change: ChangeField, scene: Scene) -> Iterator[str]:
    old, new = _before(change, scene), _after(change, scene)
    name = code(new.name)
    if change.keep is not None:
        yield f"Read {name} as {spoken(new.type)} in the answers, and name each {code(change.at.type)} by it in paths."
        yield f"What you have stored by the old {name} has no place in {scene.newer}: look the new one up by a list."
    elif str(old.type) != str(new.type):
        if scene.sends and scene.judgement.request.harmless:
            yield f"You may send {name} as {spoken(new.type)} from here on."
        elif scene.sends:
            yield f"Send {name} as {spoken(new.type)}, no longer as {spoken(old.type)},{scene.requests()}."
        if scene.tells:
            yield f"Read {name} as {spoken(new.type)} in the answers{scene.responses()}."
    elif reinterprets(change.codec) and "<->" in str(change.codec):
        was, now = (_UNITS.get(unit, unit) for unit in str(change.codec).split("<->"))
        yield f"Send and read {name} in {now}; before, it was in {was}."
    elif old.type != new.type:
        if scene.sends and not scene.judgement.request.harmless:
            yield f"Check that what you send as {name} keeps the new bounds{scene.requests()}."
        if scene.tells and not scene.judgement.response.harmless:
            yield f"Be ready to read values of {name} beyond the old bounds."
    if new.required and not old.required and scene.sends:
        yield f"Always send {name}{scene.requests(whole=True)}."
    if old.required and not new.required and scene.tells:
        yield f"Be ready for answers without {name}."
    if old.nullable and not new.nullable and scene.sends:
        yield f"Never send null as {name}{scene.requests()}."
    if new.nullable and not old.nullable and scene.tells:
        yield f"Be ready to read null as {name}."
    if old.default != new.default and scene.sends:
        to = "there is none any more" if new.default is MISSING else f"it is {value(new.default)} now"
        yield f"Send {name} yourself where you counted on the default; {to}."
    yield from _mark_steps(old, new)
    yield from scene.parameter_steps()


def _mark_steps(old: Field, new: Field) -> Iterator[str]:
    name = code(new.name)
    if new.read_only and not old.read_only:
        yield f"Stop sending {name}: the server sets it."
    if new.create_only and not old.create_only:
        yield f"Send {name} only when you create an object."
    if new.write_only and not old.write_only:
        yield f"Stop reading {name}: answers do not have it any more."
    if new.unique and not old.unique:
        yield f"Be ready for 409 where another object has the same {name}."
    if new.deprecated and not old.deprecated:
        yield f"Plan to do without {name}."


def _change_focus(change: ChangeField, scene: Scene) -> Focus:
    old, new = _before(change, scene), _after(change, scene)
    if old.nullable and not new.nullable:
        return {old.identity: None}, {}
    if new.nullable and not old.nullable:
        return {}, {new.identity: None}
    if new.required and not old.required:
        return {old.identity: MISSING}, {}
    if old.required and not new.required:
        return {}, {new.identity: MISSING}
    return {}, {}


CHANGE = Words("change", _change_heading, _change_todo, _change_meanwhile, _change_steps, _change_focus)
