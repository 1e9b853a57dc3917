"""Changes of what operations carry: bodies, answers and their headers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from ..contract.address import BodyAddress, HeaderAddress, OperationAddress, ResponseAddress
from ..contract.changes import (
    AddBody,
    AddHeader,
    AddResponse,
    Change,
    ChangeBody,
    ChangeHeader,
    ChangeResponse,
    RemoveBody,
    RemoveHeader,
    RemoveResponse,
)
from ..contract.changes.base import need_body, need_operation, need_response
from ..contract.changes.headers import need_header
from ..contract.message import Response
from ..contract.types import Missing, Undecided
from ..diagnostics import ScaffoldError
from .answers import (
    answer_spot,
    body_spot,
    build_body,
    build_header,
    build_response,
    header_spot,
    read_status,
)
from .change_addresses import only
from .change_keys import ADD, CHANGE
from .change_shapes import AddSpec, RemoveSpec
from .change_verb import ChangeSpec
from .operation_shapes import BodySpec, HeaderSpec, ResponseSpec
from .point import Point, fail, part
from .rewrapping import rewrapped
from .scalars import Raw
from .scope import Scope, Spot
from .settling import settle

Message = BodyAddress | ResponseAddress | HeaderAddress


def add_message(spec: AddSpec, at: Message, point: Point, said: dict[str, Any]) -> Change:
    """The body, the answer or the header that `spec` adds."""
    scope = point.scope()
    match at:
        case BodyAddress():
            only(spec, "add", "a body", ADD["a body"])
            body = build_body(spec, scope, _body_spot(at, point))
            settle(scope)
            if body is None:
                raise ScaffoldError(())
            return AddBody(at=at, body=body, types=scope.new_types, codec=point.codec(spec), **said)
        case ResponseAddress():
            only(spec, "add", "an answer", ADD["an answer"])
            status = read_status(at.status, spec.place("add"), scope)
            response = None if status is None else build_response(status, spec, scope, _answer_spot(at, point))
            settle(scope)
            if response is None:
                raise ScaffoldError(())
            return AddResponse(at=at, response=response, types=scope.new_types, old_sees=_status(spec, point), **said)
        case HeaderAddress():
            only(spec, "add", "a header", ADD["a header"])
            header = build_header(at.name, spec, scope, header_spot(_answer_spot(at.response, point), at.name))
            settle(scope)
            if header is None:
                raise ScaffoldError(())
            return AddHeader(at=at, header=header, types=scope.new_types, **said)


def _status(spec: AddSpec, point: Point) -> int | Missing | Undecided:
    """The status that clients of older versions read in the place of a new one."""
    stated = point.policy(spec, "old_sees")
    if isinstance(stated, Missing | Undecided):
        return stated
    if not re.fullmatch(r"[2-5]\d\d", str(stated)):
        raise fail(
            "SC213", f"`{stated}` is no status", spec.place("old_sees"), "write one of an answer: `old_sees: 400`"
        )
    return int(str(stated))


def remove_message(spec: RemoveSpec, at: Message, point: Point, said: dict[str, Any]) -> Change:
    """The body, the answer or the header that goes."""
    only(spec, "remove", f"`{at}`", ("old_sees",) if isinstance(at, HeaderAddress) else ())
    match at:
        case BodyAddress():
            return RemoveBody(at=at, **said)
        case ResponseAddress():
            return RemoveResponse(at=at, **said)
        case HeaderAddress():
            found = need_header(need_response(point.contract, at.response)[1], at)
            return RemoveHeader(at=at, old_sees=point.policy(spec, "old_sees", found.type), **said)


def change_message(spec: ChangeSpec, at: Message, point: Point, said: dict[str, Any]) -> Change:
    """The body, the answer or the header that is stated anew."""
    scope = point.scope()
    match at:
        case BodyAddress():
            only(spec, "change", "a body", CHANGE["a body"])
            _, old = need_body(point.contract, at)
            wrapped = rewrapped(spec, at, old)
            if wrapped is not None:
                return ChangeBody(at=at, to=wrapped, **said)
            _need_to(spec, f"`{at}`")
            body = build_body(part(BodySpec, spec, "to"), scope, _body_spot(at, point))
            settle(scope)
            if body is None:
                raise ScaffoldError(())
            body = replace(body, view=old.view)
            return ChangeBody(at=at, to=body, types=scope.new_types, codec=point.codec(spec), **said)
        case ResponseAddress():
            only(spec, "change", "an answer", CHANGE["an answer"])
            response = rewrapped(spec, at, need_response(point.contract, at)[1]) or _response(spec, at, point, scope)
            settle(scope)
            codec, flag = point.codec(spec), spec.flag
            if flag is not None and not flag.isidentifier():
                raise fail("SC213", f"`{flag}` cannot be the name of an argument", spec.place("flag"), "write one word")
            return ChangeResponse(at=at, to=response, types=scope.new_types, codec=codec, flag=flag, **said)
        case HeaderAddress():
            only(spec, "change", "a header", CHANGE["a header"])
            found = need_header(need_response(point.contract, at.response)[1], at)
            _need_to(spec, f"`{at}`")
            stated = part(HeaderSpec, spec, "to")
            name = stated.name or found.name  # here it is that of the header
            stated = stated.model_copy(update={"name": None})
            header = build_header(name, stated, scope, header_spot(_answer_spot(at.response, point), name))
            settle(scope)
            if header is None:
                raise ScaffoldError(())
            old_sees, codec = point.policy(spec, "old_sees", found.type), point.codec(spec)
            return ChangeHeader(at=at, to=header, types=scope.new_types, old_sees=old_sees, codec=codec, **said)


def change_status(spec: ChangeSpec, at: OperationAddress, point: Point, said: dict[str, Any]) -> ChangeResponse:
    """The new status of the only success that an operation has."""
    found = [r for r in need_operation(point.contract, at).responses if r.success]
    if len(found) != 1:
        help_ = f"say which: `change: {at} {found[0].status}`" if found else "add an answer"
        raise fail("SC313", f"`{at}` has {len(found)} answers of success", spec.place("status"), help_)
    where, scope = ResponseAddress(at, str(found[0].status)), point.scope()
    to = _response(spec, where, point, scope)
    settle(scope)
    return ChangeResponse(at=where, to=to, **said)


EMPTY = (204, 304)
"""The statuses that never have a body (RFC 9110, 15.3.5 and 15.4.5)."""


def rename_header(at: HeaderAddress, to: str, point: Point, said: dict[str, Any]) -> ChangeHeader:
    """The header at `at` under the name `to`."""
    found = need_header(need_response(point.contract, at.response)[1], at)
    return ChangeHeader(at=at, to=replace(found, name=to), **said)


def _response(spec: ChangeSpec, at: ResponseAddress, point: Point, scope: Scope) -> Response:
    _, found = need_response(point.contract, at)
    status = found.status if spec.status is None else read_status(spec.status, spec.place("status"), scope)
    if status is None or (spec.status is None and "to" not in spec.stated() and spec.cut()):
        raise ScaffoldError(())
    if "to" not in spec.stated():
        if spec.status is None:
            raise fail("SC313", f"nothing is said of `{at}`", spec.place("change"), "add `to:`, or `status:`")
        if status in EMPTY:
            return Response(status, found.description, headers=found.headers, extra=found.extra)
        return replace(found, status=status)
    if isinstance(spec.to, Raw) and spec.to.null:
        made: Response | None = Response(status, found.description)
    else:
        stated = part(ResponseSpec, spec, "to")
        idle = sorted({"description", "headers", "openapi"} & stated.stated()) + list(stated.marked)
        if idle:
            help_ = f"write `describe: {{{at}: …}}`" if idle[0] != "headers" else f"write `add: {at} header X-Id`"
            raise fail("SC312", f"`{idle[0]}` of `{at}` stays as it is", stated.place(idle[0]), help_)
        made = build_response(status, stated, scope, _answer_spot(at, point))
    if made is None:
        raise ScaffoldError(())
    return replace(made, description=found.description, headers=found.headers, extra=found.extra)


def _need_to(spec: ChangeSpec, what: str) -> None:
    if "to" not in spec.stated():
        if spec.cut():
            raise ScaffoldError(())
        raise fail("SC313", f"{what} is not stated", spec.place("change"), "add `to:` with the type, or the long form")


def _body_spot(at: BodyAddress, point: Point) -> Spot:
    return body_spot(need_operation(point.contract, at.operation).id, f"`{at}`")


def _answer_spot(at: ResponseAddress, point: Point) -> Spot:
    return answer_spot(need_operation(point.contract, at.operation).id, at.status, f"`{at}`")
