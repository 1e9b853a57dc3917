"""How changes of bodies, answers, headers and variants are told to a client developer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..contract.changes import AddBody, ChangeBody, ChangeHeader, ChangeResponse
from ..contract.changes.base import need_body, need_response
from .field_words import NOTHING, or_nothing
from .meanwhile import goes_on, read_otherwise
from .other_words import nothing_to_do, nothing_to_say
from .scene import Scene, Words
from .words import code, codes, spoken


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
    goes_on,
    _body_steps,
)
REMOVE_BODY = Words(
    "remove",
    lambda c, s: f"{code(c.at.operation)} takes no body any more",
    lambda c, s: or_nothing("Stop sending it", s),
    goes_on,
    lambda c, s: iter((f"Send nothing to {code(c.at.operation)}.",)),
)
CHANGE_BODY = Words(
    "change", _changed_body_heading, lambda c, s: or_nothing("Send the new body", s), goes_on, _body_steps
)


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
    read_otherwise,
    _added_response_steps,
)
REMOVE_RESPONSE = Words(
    "remove",
    lambda c, s: f"{code(c.at.operation)} does not answer {c.at.status} any more",
    lambda c, s: or_nothing(f"Do not wait for {c.at.status}", s),
    goes_on,
    lambda c, s: iter((f"Do not wait for {code(c.at.operation)} to answer {c.at.status}.",)),
)
CHANGE_RESPONSE = Words(
    "change",
    _changed_response_heading,
    lambda c, s: or_nothing("Read the new answer", s),
    goes_on,
    _changed_response_steps,
)


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
    read_otherwise,
    lambda c, s: iter((f"Do without {code(c.at.name)} in the answers of {code(c.at.response.operation)}.",)),
)
CHANGE_HEADER = Words(
    "change",
    _changed_header_heading,
    lambda c, s: or_nothing(f"Read {code(c.to.name)}", s),
    read_otherwise,
    _header_steps,
)


def _auth_steps(change: Any, scene: Scene) -> Iterator[str]:
    if not scene.harmless:
        yield "Send the new credentials."


CHANGE_SECURITY = Words(
    "change",
    lambda c, s: f"{code(c.at)} asks for other credentials",
    lambda c, s: or_nothing("Send the new credentials", s),
    goes_on,
    _auth_steps,
)
CHANGE_AUTH = Words(
    "change",
    lambda c, s: "The whole API asks for other credentials" if not s.harmless else "There are other ways to be let in",
    lambda c, s: or_nothing("Send the new credentials", s),
    goes_on,
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
