"""How changes of bodies, answers, headers and variants are told to a client developer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..contract.changes import (
    AddBody,
    AddResponse,
    AddVariant,
    ChangeBody,
    ChangeHeader,
    ChangeResponse,
    ChangeType,
    RemoveHeader,
    RemoveVariant,
)
from ..contract.changes.base import need_body, need_response, need_type
from ..contract.named_types import AliasType, EnumType, ObjectType, Unknown
from ..contract.types import UNDECIDED
from .field_words import NOTHING, or_nothing, undecided
from .other_words import nothing_to_do, nothing_to_say
from .scene import Scene, Words, stated
from .words import code, codes, spoken, value


def _goes_on(change: object, scene: Scene) -> Iterator[str]:
    if not scene.harmless:
        yield f"{scene.older} goes on as it did."
    yield from _open(change)


def _read_otherwise(change: AddResponse | RemoveHeader | ChangeHeader, scene: Scene) -> Iterator[str]:
    """What clients of the older version read instead."""
    if stated(change.old_sees):
        what = f"the answer {change.old_sees}" if isinstance(change, AddResponse) else value(change.old_sees)
        yield f"{scene.older} reads {what} instead."
        yield from _open(change)
    else:
        yield from _goes_on(change, scene)


def _open(change: object) -> Iterator[str]:
    if getattr(change, "codec", None) is UNDECIDED:
        yield "How the one becomes the other is not decided yet; until then it is answered with 501."
    yield from undecided(change)


# Types as a whole, and variants.


def _type_heading(change: ChangeType, scene: Scene) -> str:
    name, new = code(change.name), need_type(scene.after, change.name)
    if isinstance(new, ObjectType) and change.unknown is not None:
        return f"{name} {_UNKNOWN[new.unknown]}"
    if isinstance(new, EnumType) and change.open is not None:
        return f"{name} {'may have other values' if new.open else 'has no other values'}"
    if isinstance(new, AliasType) and change.type is not None:
        return f"{name} is now {spoken(new.type)}"
    if isinstance(new, AliasType) and change.nullable is not None:
        return f"{name} {'may be null' if new.nullable else 'is never null'}"
    return f"{name} is stated otherwise"


_UNKNOWN = {
    Unknown.IGNORE: "passes over fields it does not know",
    Unknown.KEEP: "keeps fields it does not know",
    Unknown.REFUSE: "refuses fields it does not know",
}


def _type_steps(change: ChangeType, scene: Scene) -> Iterator[str]:
    name, new = code(change.name), need_type(scene.after, change.name)
    if scene.asks and not scene.judgement.request.harmless:
        if isinstance(new, ObjectType):
            yield f"Send no fields in {name} that the documents do not name{scene.requests()}."
        else:
            yield f"Check what you send as {name}{scene.requests()}."
    if scene.tells and not scene.judgement.response.harmless:
        yield f"Be ready to read more in {name} than before{scene.responses()}."


def _type_meanwhile(change: ChangeType, scene: Scene) -> Iterator[str]:
    older, newer, name = scene.older, scene.newer, code(change.name)
    if stated(change.old_sends):
        yield f"{newer} shows {code(change.old_sends)} for values of {name} that it does not have; {older} its own."
    if stated(change.old_sees):
        yield f"{older} shows {code(change.old_sees)} for values of {name} that it does not know."
    if change.policy in _TYPE_POLICIES:
        yield _TYPE_POLICIES[change.policy].format(older=older, newer=newer, name=name)
    else:
        yield from _goes_on(change, scene)


_TYPE_POLICIES = {
    "strip": "What {older} clients send in {name} beside its fields is passed over.",
    "refuse": "What {older} clients send as {name} and {newer} does not take is answered with 422, unless it is what "
    "they were shown.",
}

CHANGE_TYPE = Words(
    "change",
    _type_heading,
    lambda c, s: or_nothing(f"Check what you send and read as {code(c.name)}", s),
    _type_meanwhile,
    _type_steps,
)


def _variant_meanwhile(change: AddVariant | RemoveVariant, scene: Scene) -> Iterator[str]:
    shown = getattr(change, "old_sees", None)
    taken = getattr(change, "old_sends", None)
    if shown is not None and stated(shown) and scene.tells:
        yield f"{scene.older} shows {value(shown)} instead."
    if getattr(change, "hide", False) and scene.tells:
        held = code(change.at.variant)
        yield f"{scene.older} does not see what holds {held}: lists leave it out, and by its key it is not found (404)."
    if taken is not None and stated(taken) and scene.asks:
        yield f"What a client of {scene.older} sends as {code(change.at.variant)} is taken as {value(taken)}."
    yield from undecided(change)


def _added_variant_steps(change: AddVariant, scene: Scene) -> Iterator[str]:
    if scene.tells:
        yield f"Be ready to read {code(change.at.variant)} in {code(change.at.holder)}{scene.responses()}."
    if scene.asks:
        yield f"You may send {code(change.at.variant)} in {code(change.at.holder)} from here on."


def _removed_variant_steps(change: RemoveVariant, scene: Scene) -> Iterator[str]:
    if scene.asks:
        yield f"Stop sending {code(change.at.variant)} in {code(change.at.holder)}{scene.requests()}."


ADD_VARIANT = Words(
    "add",
    lambda c, s: f"{code(c.at.holder)} may be {code(c.at.variant)}",
    lambda c, s: or_nothing(f"Be ready for {code(c.at.variant)}", s),
    _variant_meanwhile,
    _added_variant_steps,
)
REMOVE_VARIANT = Words(
    "remove",
    lambda c, s: f"{code(c.at.holder)} is never {code(c.at.variant)} any more",
    lambda c, s: or_nothing(f"Stop sending {code(c.at.variant)}", s),
    _variant_meanwhile,
    _removed_variant_steps,
)


# Bodies.


def _body_steps(change: AddBody | ChangeBody, scene: Scene) -> Iterator[str]:
    new = change.body if isinstance(change, AddBody) else change.to
    if scene.judgement.request.harmless:
        yield f"You may send {spoken(new.type)} to {code(change.at.operation)}."
        return
    if isinstance(change, ChangeBody) and (said := _rewrapped(need_body(scene.before, change.at)[1].wrap, new.wrap)):
        yield f"Send the body of {code(change.at.operation)} {said}."
        return
    forms = "" if len(new.forms) < 2 else f" as {codes((f.media_type for f in new.forms), 'or')}"
    yield f"Send {spoken(new.type)} to {code(change.at.operation)}{forms}."


def _changed_body_heading(change: ChangeBody, scene: Scene) -> str:
    _, old = need_body(scene.before, change.at)
    at = code(change.at.operation)
    if old.type != change.to.type:
        return f"{at} takes {spoken(change.to.type)}"
    if old.required != change.to.required:
        return f"The body of {at} is now {'required' if change.to.required else 'optional'}"
    if said := _rewrapped(old.wrap, change.to.wrap):
        return f"{at} takes its body {said}"
    return f"{at} takes its body as {codes((f.media_type for f in change.to.forms), 'or')}"


def _rewrapped(old: str | None, new: str | None) -> str:
    """How a body or an answer stands by now, where it stood otherwise."""
    if old == new:
        return ""
    return f"out of {code(old or '')}" if new is None else f"under {code(new)}"


ADD_BODY = Words(
    "add",
    lambda c, s: f"{code(c.at.operation)} takes a body",
    lambda c, s: or_nothing("Send it", s),
    _goes_on,
    _body_steps,
)
REMOVE_BODY = Words(
    "remove",
    lambda c, s: f"{code(c.at.operation)} takes no body any more",
    lambda c, s: or_nothing("Stop sending it", s),
    _goes_on,
    lambda c, s: iter((f"Send nothing to {code(c.at.operation)}.",)),
)
CHANGE_BODY = Words(
    "change", _changed_body_heading, lambda c, s: or_nothing("Send the new body", s), _goes_on, _body_steps
)


# Answers.


def _added_response_steps(change: Any, scene: Scene) -> Iterator[str]:
    found = change.response
    what = "" if found.type is None else f", with {spoken(found.type)}"
    yield f"Be ready for {code(change.at.operation)} to answer {found.status}{what}."


def _changed_response_heading(change: ChangeResponse, scene: Scene) -> str:
    at = code(change.at.operation)
    if str(change.to.status) != change.at.status:
        return f"{at} answers {change.to.status} instead of {change.at.status}"
    if change.to.type is None:
        return f"{at} answers {change.at.status} without a body"
    _, old = need_response(scene.before, change.at)
    if old.type != change.to.type:
        return f"{at} answers {change.at.status} with {spoken(change.to.type)}"
    if said := _rewrapped(old.wrap, change.to.wrap):
        return f"{at} answers {change.at.status} {said}"
    return f"{at} answers {change.at.status} as {codes((f.media_type for f in change.to.forms), 'or')}"


def _changed_response_steps(change: ChangeResponse, scene: Scene) -> Iterator[str]:
    at = code(change.at.operation)
    if str(change.to.status) != change.at.status:
        yield f"Take {change.to.status} from {at} as you took {change.at.status}."
    _, old = need_response(scene.before, change.at)
    if said := _rewrapped(old.wrap, change.to.wrap):
        yield f"Read the answer {change.to.status} of {at} {said}."
    elif change.to.type is None:
        yield f"Read no body from the answer {change.to.status} of {at}."
    else:
        yield f"Read the answer {change.to.status} of {at} as {spoken(change.to.type)}."


ADD_RESPONSE = Words(
    "add",
    lambda c, s: f"{code(c.at.operation)} may answer {c.at.status}",
    lambda c, s: or_nothing(f"Be ready for {c.at.status}", s),
    _read_otherwise,
    _added_response_steps,
)
REMOVE_RESPONSE = Words(
    "remove",
    lambda c, s: f"{code(c.at.operation)} does not answer {c.at.status} any more",
    lambda c, s: or_nothing(f"Do not wait for {c.at.status}", s),
    _goes_on,
    lambda c, s: iter((f"Do not wait for {code(c.at.operation)} to answer {c.at.status}.",)),
)
CHANGE_RESPONSE = Words(
    "change",
    _changed_response_heading,
    lambda c, s: or_nothing("Read the new answer", s),
    _goes_on,
    _changed_response_steps,
)


# Headers of answers.


def _changed_header_heading(change: ChangeHeader, scene: Scene) -> str:
    if change.to.name.lower() != change.at.name.lower():
        return f"The header {code(change.at.name)} is now {code(change.to.name)}"
    return f"The header {code(change.at.name)} is {'always' if change.to.required else 'not always'} there"


def _header_steps(change: ChangeHeader, scene: Scene) -> Iterator[str]:
    where = f"the answers {change.at.response.status} of {code(change.at.response.operation)}"
    yield f"Read {code(change.to.name)} from {where} as {spoken(change.to.type)}."
    if not change.to.required:
        yield f"Be ready for answers without {code(change.to.name)}."


ADD_HEADER = Words(
    "add",
    lambda c, s: f"{code(c.at.response.operation)} answers with the header {code(c.at.name)}",
    nothing_to_do,
    nothing_to_say,
    lambda c, s: iter((f"Read {code(c.at.name)} where it helps you.",)),
)
REMOVE_HEADER = Words(
    "remove",
    lambda c, s: f"{code(c.at.response.operation)} answers without the header {code(c.at.name)}",
    lambda c, s: or_nothing(f"Do without {code(c.at.name)}", s),
    _read_otherwise,
    lambda c, s: iter((f"Do without {code(c.at.name)} in the answers of {code(c.at.response.operation)}.",)),
)
CHANGE_HEADER = Words(
    "change",
    _changed_header_heading,
    lambda c, s: or_nothing(f"Read {code(c.to.name)}", s),
    _read_otherwise,
    _header_steps,
)


# Who is let in, marks and prose.


def _auth_steps(change: Any, scene: Scene) -> Iterator[str]:
    if not scene.harmless:
        yield "Send the new credentials."


CHANGE_SECURITY = Words(
    "change",
    lambda c, s: f"{code(c.at)} asks for other credentials",
    lambda c, s: or_nothing("Send the new credentials", s),
    _goes_on,
    _auth_steps,
)
CHANGE_AUTH = Words(
    "change",
    lambda c, s: "The whole API asks for other credentials" if not s.harmless else "There are other ways to be let in",
    lambda c, s: or_nothing("Send the new credentials", s),
    _goes_on,
    _auth_steps,
)


def _deprecated_steps(change: Any, scene: Scene) -> Iterator[str]:
    if change.deprecated:
        instead = "" if change.use is None else f"; use {code(change.use)} instead"
        ends = "" if change.sunset is None else f"; it ends on {change.sunset.isoformat()}"
        yield f"Plan to do without {code(change.at)}{instead}{ends}."


DEPRECATE = Words(
    "deprecate",
    lambda c, s: f"{code(c.at)} is {'deprecated' if c.deprecated else 'not deprecated any more'}",
    lambda c, s: f"{NOTHING}; it works as it did",
    nothing_to_say,
    _deprecated_steps,
)
DESCRIBE = Words("describe", lambda c, s: "Documents say more", nothing_to_do, nothing_to_say, nothing_to_say)
