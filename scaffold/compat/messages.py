"""The rules for what operations carry: bodies, answers and their headers are compared, before and after."""

from __future__ import annotations

from collections.abc import Iterator

from ..contract.message import Body, Header, Response
from ..contract.operation import Operation
from .case import Case, turn_reason
from .values import turn_of_type
from .verdicts import Direction, Reason, Verdict

REQUEST, RESPONSE = Direction.REQUEST, Direction.RESPONSE


def of_messages(case: Case) -> Iterator[Reason]:
    """What a change means to the bodies and answers of the operations that old clients know."""
    for before, after in case.operations():
        if after is not None and (before.body, before.responses) != (after.body, after.responses):
            yield from _of_body(case, before, after)
            yield from _of_responses(case, before, after)


def _of_body(case: Case, before: Operation, after: Operation) -> Iterator[Reason]:
    what = f"the body of `{after.address}`"
    match before.body, after.body:
        case None, Body(required=True):
            sentence = f"Old clients do not send {what}."
            yield Reason(REQUEST, Verdict.BREAKING, "required-body-added", sentence)
        case None, Body():
            yield Reason(REQUEST, Verdict.SAFE, "body-added", f"{_big(what)} may be left out.")
        case Body(), None:
            sentence = f"Old clients still send {what}, and nobody reads it."
            yield Reason(REQUEST, Verdict.RISKY, "body-removed", sentence)
        case Body() as old, Body() as new:
            yield from turn_reason(
                REQUEST, turn_of_type(case.before, old.type, case.after, new.type), "body", _big(what)
            )
            if old.wrap != new.wrap:
                sentence = f"Old clients send {what} {_under(old.wrap)}, and it stands {_under(new.wrap)}."
                yield Reason(REQUEST, Verdict.BREAKING, "body-wrapped" if new.wrap else "body-unwrapped", sentence)
            if new.required and not old.required:
                sentence = f"Old clients may leave {what} out."
                yield Reason(REQUEST, Verdict.BREAKING, "body-made-required", sentence)
            if old.required and not new.required:
                yield Reason(REQUEST, Verdict.SAFE, "body-made-optional", f"{_big(what)} may be left out.")
            gone = [m.media_type for m in old.forms if m.media_type not in {n.media_type for n in new.forms}]
            for media_type in gone:
                sentence = f"Old clients may send {what} as {media_type}."
                yield Reason(REQUEST, Verdict.BREAKING, "media-type-removed", sentence)
            if not gone and len(new.forms) > len(old.forms):
                sentence = f"{_big(what)} may travel in more forms."
                yield Reason(REQUEST, Verdict.SAFE, "media-type-added", sentence)


def _of_responses(case: Case, before: Operation, after: Operation) -> Iterator[Reason]:
    old = {str(r.status): r for r in before.responses}
    new = {str(r.status): r for r in after.responses}
    for status in [s for s in old if s not in new]:
        yield from _gone(before, old[status], after)
    for status, response in new.items():
        if status in old:
            yield from _of_response(case, after, old[status], response)
        elif not (response.success and any(r.success and s not in new for s, r in old.items())):
            sentence = f"Old clients do not expect `{after.address}` to answer {status}."
            yield Reason(RESPONSE, Verdict.MEANING, "response-added", sentence)


def _gone(before: Operation, gone: Response, after: Operation) -> Iterator[Reason]:
    known = {str(r.status) for r in before.responses}
    heirs = [r for r in after.responses if r.success and str(r.status) not in known]
    if gone.success and heirs:
        sentence = f"`{before.address}` answers {heirs[0].status}, and old clients expect {gone.status}."
        yield Reason(RESPONSE, Verdict.BREAKING, "success-status-changed", sentence)
    else:
        sentence = f"Old clients may wait for `{before.address}` to answer {gone.status}."
        yield Reason(RESPONSE, Verdict.RISKY, "response-removed", sentence)


def _of_response(case: Case, operation: Operation, old: Response, new: Response) -> Iterator[Reason]:
    what = f"The answer {new.status} of `{operation.address}`"
    if old.type is not None and new.type is None:
        yield Reason(RESPONSE, Verdict.BREAKING, "answer-emptied", f"{what} has no body, and old clients read one.")
    elif old.type is None and new.type is not None:
        yield Reason(RESPONSE, Verdict.SAFE, "answer-filled", f"{what} has a body, which old clients pass over.")
    elif old.type is not None and new.type is not None:
        turn = turn_of_type(case.before, old.type, case.after, new.type)
        yield from turn_reason(RESPONSE, turn, "answer", what)
        if old.wrap != new.wrap:
            sentence = f"{what} stands {_under(new.wrap)}, and old clients read it {_under(old.wrap)}."
            yield Reason(RESPONSE, Verdict.BREAKING, "answer-wrapped" if new.wrap else "answer-unwrapped", sentence)
    gone = [m.media_type for m in old.forms if m.media_type not in {n.media_type for n in new.forms}]
    for media_type in gone if new.type is not None else ():
        sentence = f"Old clients may ask for {media_type} from `{operation.address}`."
        yield Reason(RESPONSE, Verdict.BREAKING, "media-type-removed", sentence)
    if not gone and len(new.forms) > len(old.forms) > 0:
        yield Reason(RESPONSE, Verdict.SAFE, "media-type-added", f"{what} comes in more forms, for who asks.")
    yield from _of_headers(case, operation, old, new)


def _of_headers(case: Case, operation: Operation, old: Response, new: Response) -> Iterator[Reason]:
    was, now = ({h.name.lower(): h for h in r.headers} for r in (old, new))
    for name, header in was.items():
        if name not in now:
            verdict = Verdict.BREAKING if header.required else Verdict.RISKY
            sentence = f"Old clients may read `{header.name}` from the answers of `{operation.address}`."
            yield Reason(RESPONSE, verdict, "header-removed", sentence)
        else:
            yield from _of_header(case, header, now[name])
    for name, header in now.items():
        if name not in was:
            yield Reason(RESPONSE, Verdict.SAFE, "header-added", f"Old clients pass over `{header.name}`.")


def _of_header(case: Case, old: Header, new: Header) -> Iterator[Reason]:
    what = f"The header `{new.name}`"
    yield from turn_reason(RESPONSE, turn_of_type(case.before, old.type, case.after, new.type), "header", what)
    if old.required and not new.required:
        yield Reason(RESPONSE, Verdict.RISKY, "header-made-optional", f"{what} may be missing.")
    elif new.required and not old.required:
        yield Reason(RESPONSE, Verdict.SAFE, "header-made-required", f"{what} is always there.")


def _under(wrap: str | None) -> str:
    return "alone" if wrap is None else f"under `{wrap}`"


def _big(text: str) -> str:
    return text[:1].upper() + text[1:]
