"""Before and after: one request and one answer that a change is seen in."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.operation import Action, Operation
from ..contract.types import MISSING
from .affected import Reached
from .messages import Speaker, changed_parameters, request_text, response_text, trimmed
from .model import Sample

REQUEST_ORDER = (Action.CREATE, Action.FREE, Action.REPLACE, Action.UPDATE, Action.LIST, Action.GET, Action.DELETE)
RESPONSE_ORDER = (Action.GET, Action.FREE, Action.CREATE, Action.LIST, Action.REPLACE, Action.UPDATE, Action.DELETE)
LEFT_OUT = " (members that stay the same are left out)"


def samples(reached: tuple[Reached, ...], before: Speaker, after: Speaker) -> Iterator[Sample]:
    """At most one request whose body changes, one whose parameters or address do where that one does not show it, and
    one answer.
    """
    asked = sorted((r for r in reached if r.request), key=lambda r: REQUEST_ORDER.index(r.either.action))
    carried = next(((r, s) for r in asked if (s := _body_sample(r, before, after)) is not None), None)
    if carried is not None:
        yield carried[1]
    if carried is None or _line_sample(carried[0], before, after) is None:
        asked.sort(key=lambda r: r.either.body is not None)
        found = next((s for r in asked if (s := _line_sample(r, before, after)) is not None), None)
        if found is not None:
            yield found
    told = sorted((r for r in reached if r.response), key=lambda r: RESPONSE_ORDER.index(r.either.action))
    found = next((s for r in told if (s := _answer_sample(r, before, after)) is not None), None)
    if found is not None:
        yield found


def _body_sample(found: Reached, before: Speaker, after: Speaker) -> Sample | None:
    old, new = found.before, found.after
    if new is None or new.body is None or (old is not None and old.body is None):
        return None
    then = MISSING if old is None else before.request_body(old)
    now = after.request_body(new)
    line = after.line(new)
    if now is MISSING or line is None or then == now:
        return None
    if old is None:
        return Sample(f"Request, {_name(new)}", None, request_text(line, now, new.body.media_type))
    was = before.line(old)
    if then is MISSING or was is None or old.body is None:
        return None
    short = trimmed(then, now)
    what = f"Request, {_name(old)}{LEFT_OUT if short != (then, now) else ''}"
    return Sample(
        what, request_text(was, short[0], old.body.media_type), request_text(line, short[1], new.body.media_type)
    )


def _line_sample(found: Reached, before: Speaker, after: Speaker) -> Sample | None:
    old, new = found.before, found.after
    if new is None or (old is None and new.body is not None):
        return None
    if old is None:
        line = after.line(new, frozenset(p.identity for p in new.parameters if p.required))
        return None if line is None else Sample(f"Request, {_name(new)}", None, line)
    differing = changed_parameters(old, new)
    if not differing and (old.method, old.path) == (new.method, new.path):
        return None
    was, now = before.line(old, differing), after.line(new, differing)
    plain = before.unversioned().line(old, differing), after.unversioned().line(new, differing)
    if was is None or now is None or plain[0] == plain[1]:
        return None
    return Sample(f"Request, {_name(old)}", was, now)


def _answer_sample(found: Reached, before: Speaker, after: Speaker) -> Sample | None:
    """The first answer that differs; of a new operation, the first that carries something."""
    if found.after is None:
        return None
    known = {} if found.before is None else {r.status: r for r in found.before.responses}
    for answer in found.after.responses:
        now = after.response_body(answer)
        if now is MISSING:
            continue
        if found.before is None:
            return Sample(f"Answer, {_name(found.after)}", None, response_text(answer, now, after))
        was = known.get(answer.status)
        then = MISSING if was is None else before.response_body(was)
        if was is not None and then is not MISSING and then != now:
            short = trimmed(then, now)
            what = f"Answer, {_name(found.before)}{LEFT_OUT if short != (then, now) else ''}"
            return Sample(what, response_text(was, short[0], before), response_text(answer, short[1], after))
    return None


def _name(operation: Operation) -> str:
    return f"`{operation.address}`"
