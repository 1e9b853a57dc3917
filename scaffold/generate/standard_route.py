"""The text of a route of a standard operation: its lines."""

from __future__ import annotations

from collections.abc import Sequence

from ..contract.message import View
from ..contract.operation import Action
from ..contract.parameter import Role
from ..contract.types import Ref
from ..contract.views import SUFFIX
from .converters import Mode
from .listing_route import listing
from .own_names import own_names, unique_places
from .python import snake, text
from .referring import refers
from .route import Route


def write(route: Route, answers: str | None, given: Sequence[str]) -> None:
    """The lines of a standard operation.

    `answers` is the constant with all its answers, where it has several; `given` are more arguments of its method.
    """
    o = route.operation
    assert o.resource is not None
    route.read_parameters()
    type_ = route.contract.types[o.resource].identity
    key = next((route.up(r.parameter, r.name) for r in route.read if r.parameter.role is Role.KEY), "")
    if o.action in (Action.CREATE, Action.UPDATE, Action.REPLACE):
        route.read_json()
    route.resolve_keys()
    match o.action:
        case Action.LIST:
            listing(route, type_, answers, given)
            return
        case Action.GET:
            call = f"await handler.get({', '.join([key, *given])})"
        case Action.CREATE:
            create = route.names.converter(route.cross.converter(type_, View.CREATE, Mode.CREATE))
            made = f"{create}(payload, now(request))"
            filled = ["**known"] if _referred(route, type_, View.CREATE, Mode.CREATE) else []
            filled += _placed(route)
            made = f"replace({', '.join([made, *filled])})" if filled else made
            call = f"await handler.create({', '.join([made, *given])})"
        case Action.UPDATE | Action.REPLACE:
            view, mode = (View.UPDATE, Mode.UPDATE) if o.action is Action.UPDATE else (View.REPLACE, Mode.REPLACE)
            change = route.names.converter(route.cross.converter(type_, view, mode))
            known = ", known" if _referred(route, type_, view, mode) else ""
            route.lines.append(f"edit = Edit({change}, payload, now(request){known})")
            call = f"await handler.{o.action}({', '.join([key, 'edit', *given])})"
        case _:
            call = f"await handler.delete({', '.join([key, *given])})"
    if o.action in (Action.CREATE, Action.UPDATE, Action.REPLACE):
        call = _in_own_names(route, type_, call)
    response = o.responses[0]
    if answers is not None:
        route.lines += [f"answered = {call}", f"return answer_reply(request, answered, {answers})"]
        return
    if response.type is None:
        route.lines += [call, f"return answer_empty({response.status})"]
        return
    route.lines.append(f"record = {call}")
    show = route.names.converter(route.cross.converter(type_, View.OUTPUT, Mode.SHOW))
    shape = route.wrapped(Ref(o.resource), View.OUTPUT, str(response.status), response.wrap)
    located = route.location() if o.action is Action.CREATE else ""
    location = f', location=f"{located}"' if located else ""
    route.lines.append(f"return answer(request, {response.status}, {shape}, {show}(record){location})")


def _placed(route: Route) -> list[str]:
    """What a new record stands below: that is said by the path alone."""
    parents = [r for r in route.read if r.parameter.role is Role.PARENT][-1:]
    return [f"{route.parent_attribute(r.parameter)}={route.up(r.parameter, r.name)}" for r in parents]


def _in_own_names(route: Route, type_: str, call: str) -> str:
    """`call`, which says what is taken in the caller's names, where those are not the record's."""
    record, name = route.converters.records.objects[type_], route.contract.types_by_identity[type_].name
    names = own_names(route.cross.converter(type_, View.OUTPUT, Mode.SHOW).mapping)
    if name == record.name and all(names.get(path) == path for path in unique_places(record, names)):
        return call
    rows = ", ".join(f"{text(path)}: {text(own)}" for path, own in names.items())
    table = route.keep("names", f"{{{rows}}}", ": dict[str, str]")
    return f"await named({call.removeprefix('await ')}, {text(name)}, {table})"


def _referred(route: Route, type_: str, view: View, mode: Mode) -> bool:
    """The line that looks up what the body refers to; whether `known` has more of it for the record then."""
    fields, more = refers(route.converters, route.cross.converter(type_, view, mode).mapping)
    if fields:
        name = f"_{snake(route.contract.types_by_identity[type_].name + SUFFIX[view]).upper()}_REFERS"
        route.constants.append(f"{name} = ({', '.join(fields)},)")
        stated = [f"whole={mode is not Mode.UPDATE}"]
        assert route.operation.body is not None
        stated += [] if route.operation.body.wrap is None else [f"under={text(route.operation.body.wrap)}"]
        call = f"await referred(handler.stores, payload, {name}, {', '.join(stated)})"
        route.lines.append(f"known = {call}" if more else call)
    return more
