"""The text of a route that only the user's own method can answer: any forms in, any answers out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import shorten, wrap

from ..contract.changes import AddParameter, ChangeParameter, ChangeResponse
from ..contract.contract import Body, Media, Operation, Parameter, Response, View
from ..contract.places import answer_place, body_place
from ..contract.reach import Direction
from ..contract.types import MISSING, Json, ListOf, Missing, Scalar, Type, Undecided
from ..convert.conversions import Conversion, Each, Same
from ..convert.values import conversion
from .media import kind_of
from .messages_view import encodings, form_of, header_parameter, is_text, may_be_text, objects, several, usual
from .parameters_view import ReadBy, made_reader
from .python import text, value_of
from .readings import fields, reader, tree
from .route import Route
from .signatures import all_parameters, newest_operations


def write(route: Route) -> tuple[str, tuple[str, ...]]:
    """The decorator and the constants of a free operation; its lines are in `route`."""
    o = route.operation
    bodies = _bodies(route, o.body) if o.body is not None and _in_forms(o.body) else None
    replies = _replies(route) if several(o, route.contract) else None
    decorator = route.decorator(bodies, replies)
    route.read_parameters()
    if route.undecided is not None:
        if bodies is not None:
            route.lines.append(f"await read_body(request, {bodies})")
        elif o.body is not None:
            route.read_json()
            route.lines[-1] = route.lines[-1].removeprefix("payload = ")
        said = wrap(shorten(route.undecided.rstrip("."), 240, placeholder=" …"), 96, drop_whitespace=False)
        route.lines += ["raise Undecided(", *(f"    {text(part)}" for part in said), ")"]
        return decorator, tuple(route.constants)
    stated = [*_arguments(route), *_body(route, bodies)]
    call = f"await handler.{route.method.name}({', '.join(stated)})"
    if replies is not None:
        route.lines += [f"answered = {call}", f"return answer_reply(request, answered, {replies})"]
    elif o.responses:
        _one(route, call, o.responses[0])
    else:
        route.lines += [call, "return answer_empty(200)"]
    return decorator, tuple(route.constants)


# What the method is given.


def _arguments(route: Route) -> Iterator[str]:
    mine = {r.parameter.identity: r for r in route.read}
    for identity, (_, newest) in all_parameters(route.history, route.operation.identity).items():
        argument = next(a for a in route.method.arguments if a.identity == identity)
        if identity in mine:
            yield f"{argument.name}={_argument(route, mine[identity], newest)}"
            continue
        sends = _old_sends(route, identity)
        sends = newest.default if sends is MISSING and argument.default is None else sends
        if sends is not MISSING:
            yield f"{argument.name}={value_of(sends, newest.type)}"


def _argument(route: Route, r: ReadBy, newest: Parameter) -> str:
    value = route.up(r.parameter, r.name)
    if r.parameter.required or r.parameter.default is not MISSING:
        return value
    sends = _old_sends(route, r.parameter.identity) if newest.required else MISSING
    if sends is not MISSING:
        return f"{value_of(sends, newest.type)} if {r.name} is None else {value}"
    return value if value == r.name else f"None if {r.name} is None else {value}"


def _old_sends(route: Route, identity: str) -> Json | Missing:
    """What callers of this version are taken to have sent where they sent nothing."""
    for applied in route.history.since(route.contract.version):
        change = applied.change
        if isinstance(change, AddParameter | ChangeParameter) and not isinstance(change.old_sends, Undecided):
            after = {p.identity: p for o in applied.after.operations for p in o.parameters}
            before = {p.identity: p for o in applied.before.operations for p in o.parameters}
            if after.get(identity) != before.get(identity) and change.old_sends is not MISSING:
                return change.old_sends
    return MISSING


def _body(route: Route, bodies: str | None) -> Iterator[str]:
    body = route.operation.body
    if body is None:
        if route.method.body is not None:
            yield "body=None"
    elif bodies is not None:
        read = f"await read_body(request, {bodies})"
        if route.method.body is None:
            route.lines.append(read)
        else:
            yield f"body={read}"
    else:
        route.read_json()
        if route.method.body is None:
            route.lines[-1] = route.lines[-1].removeprefix("payload = ")
            return
        crossing = _conversion(route, body_place(route.operation), body.type, Direction.REQUEST)
        made = re.sub(r"\bnow\b(?!\()", "now(request)", route.cross.up(crossing, "payload", body.view))
        yield f"body={made if body.required or made == 'payload' else f'None if payload is None else {made}'}"


def _in_forms(body: Body) -> bool:
    """Whether it travels in any other form than plain JSON."""
    return bool(body.others) or kind_of(body.media_type) != "application/json"


def _bodies(route: Route, body: Body) -> str:
    rows = []
    for number, media in enumerate(body.forms):
        words = "body" if number == 0 else f"body {media.media_type}"
        rows.append(
            f"{text(media.media_type)}: ({_reader(route, body, media, number)}, {_up(route, body, media, words)})"
        )
    required = "" if body.required else ", required=False"
    return route.keep("body", f"Bodies({{{', '.join(rows)}}}{required})")


def _reader(route: Route, body: Body, media: Media, number: int) -> str:
    """The reader of one form of a body."""
    contract, type_ = route.contract, media.type
    form = form_of(media, contract)
    shape = "Shape(Any)"
    if type_ is not None:
        shape = route.shape(type_, body.view, f"body{number or ''}_shape")
    elif form in ("Urlencoded", "Multipart"):
        shape = "Shape(dict[str, Any])"
    if form == "File":
        return "bodies.File()" if type_ is None else f"bodies.File({shape})"
    if form == "Json":
        return f"bodies.Json({shape})"
    if form == "Text":
        if type_ is None or not is_text(type_, contract):
            return "bodies.Text(Shape(str))"
        reading = reader(type_, contract)
        return f"bodies.Text({shape}{'' if reading == 'texts.text' else f', {reading}'})"
    said = encodings(media)
    found = objects(type_, contract)
    read = fields(found, contract, body.view, encodings=said) if found else "texts.Fields(rest=texts.text)"
    if not found and type_ is not None and not isinstance(type_, Scalar):
        read = tree(type_, contract, body.view)
    deep = {f.name: f for t in found for f in t.fields if said.get(f.name, {}).get("style") == "deepObject"}
    spread = ", ".join(f"{text(n)}: {tree(f.type, contract, body.view, deep=True)}" for n, f in deep.items())
    return f"bodies.{form}({shape}, {read}{f', {{{spread}}}' if spread else ''})"


def _up(route: Route, body: Body, media: Media, place: str) -> str:
    """The function that makes what the method is given of what one form holds."""
    if route.undecided is not None or media.type is None or form_of(media, route.contract) in ("File", "Text"):
        return "None"
    made = route.cross.up(_conversion(route, place, media.type, Direction.REQUEST), "payload", body.view)
    if made == "payload":
        return "None"
    called = re.fullmatch(r"([\w.]+)\(payload, now\)", made)
    return called[1] if called else f"lambda payload, now: {made}"


def _conversion(route: Route, place: str, type_: Type, way: Direction) -> Conversion:
    return conversion(route.history, route.contract.version, place, type_, route.contract, way)


# What is answered.


def _one(route: Route, call: str, response: Response) -> None:
    """The only answer: JSON, or nothing, of one status."""
    if response.type is None:
        route.lines += [call, f"return answer_empty({response.status})"]
        return
    route.lines.append(f"record = {call}")
    place = answer_place(route.operation, response.status)
    crossing = _conversion(route, place, response.type, Direction.RESPONSE)
    if response.page and isinstance(response.type, ListOf):
        item = crossing.inner if isinstance(crossing, Each) else Same()
        shape = route.shape(response.type.items, View.OUTPUT, "item")
        route.lines.append(f"return answer_page(request, {shape}, record, {_function(route, item) or 'as_is'})")
        return
    shape = route.shape(response.type, View.OUTPUT, str(response.status))
    shown = route.cross.down(crossing, "record")
    route.lines.append(f"return answer(request, {response.status}, {shape}, {shown})")


def _replies(route: Route) -> str:
    """The constant with every answer of the operation."""
    rows = [f"{_status(r.status)}: {_answer(route, r)}" for r in route.operation.responses]
    stated = [f"{{{', '.join(rows)}}}"]
    stated += [] if usual(route.operation) == 200 else [f"usual={usual(route.operation)}"]
    renumbered = _renumbered(route)
    if renumbered:
        stated.append(f"renumbered={{{', '.join(f'{new}: {old}' for new, old in renumbered.items())}}}")
    newest = newest_operations(route.history)[route.operation.identity][1]
    here = {r.status for r in route.operation.responses}
    later = [_status(r.status) for r in newest.responses if r.status not in here and r.status not in renumbered]
    stated += [f"later=({', '.join(later)},)"] if later else []
    return route.keep("answers", f"Answers({', '.join(stated)})")


def _status(status: int | str) -> str:
    return text(status) if isinstance(status, str) else str(status)


def _answer(route: Route, response: Response) -> str:
    headers = [_header(route, response, n) for n in range(len(response.headers))]
    with_ = f"({', '.join(headers)},)" if headers else ""
    if response.page and isinstance(response.type, ListOf):
        crossing = _shown(route, answer_place(route.operation, response.status), response.type)
        item = crossing.inner if isinstance(crossing, Each) else Same()
        shape = route.shape(response.type.items, View.OUTPUT, f"{response.status}_item")
        page = f"page=Paged({shape}, {_function(route, item) or 'as_is'})"
        return f"Answer(None, {with_}, {page})" if with_ else f"Answer({page})"
    forms = []
    for number, media in enumerate(response.forms):
        forms.append(f"{text(media.media_type)}: {_writer(route, response, media, number)}")
    stated = [f"{{{', '.join(forms)}}}"] if forms else ["None"] if with_ else []
    return f"Answer({', '.join([*stated, *([with_] if with_ else [])])})"


def _writer(route: Route, response: Response, media: Media, number: int) -> str:
    """The writer of one form of an answer."""
    form = form_of(media, route.contract)
    word = f"{response.status}{f'_{number}' if number else ''}"
    shape = "" if media.type is None else route.shape(media.type, View.OUTPUT, word)
    if form == "Text":
        said = media.media_type if "*" not in media.media_type else "text/plain"
        stated = [] if said == "text/plain" else [f"media_type={text(said)}"]
        return f"answers.Text({', '.join([*([shape] if shape else []), *stated])})"
    if form != "Json":
        return f"answers.File({shape})"
    place = answer_place(route.operation, response.status, media.media_type if number else None)
    down = "" if media.type is None else _function(route, _shown(route, place, media.type))
    stated = [shape or "Shape(Any)", *([down] if down else [])]
    if len(response.forms) > 1 and may_be_text(media.type, route.contract):
        stated.append("texts=True")
    return f"answers.Json({', '.join(stated)})"


def _shown(route: Route, place: str, type_: Type) -> Conversion:
    """How an answer crosses; it does not where that is undecided, for then none is given."""
    return Same() if route.undecided is not None else _conversion(route, place, type_, Direction.RESPONSE)


def _header(route: Route, response: Response, number: int) -> str:
    parameter = header_parameter(response.headers[number])
    spelled = route.spelled_out(parameter.type)
    made = made_reader(ReadBy(parameter, "", False), spelled, route.operation, route.contract)
    return route.keep(f"{response.status}_header{number or ''}", made)


def _function(route: Route, crossing: Conversion) -> str:
    """The function that makes what is shown of a record; empty where it is shown as it is."""
    made = route.cross.down(crossing, "record")
    if made == "record":
        return ""
    called = re.fullmatch(r"([\w.]+)\(record\)", made)
    return called[1] if called else f"lambda record: {made}"


def _renumbered(route: Route) -> dict[int, int]:
    """The status that this version has for one that the newest calls otherwise."""
    found: dict[str, str] = {}
    for applied in reversed(route.history.since(route.contract.version)):
        change = applied.change
        if not isinstance(change, ChangeResponse) or not _concerns(change, route, applied.before.operations):
            continue
        new, old = str(change.to.status), change.at.status
        if new != old:
            later = next((k for k, v in found.items() if v == new), new)
            found[later] = old
    return {int(new): int(old) for new, old in found.items() if new.isdigit() and old.isdigit() and new != old}


def _concerns(change: ChangeResponse, route: Route, operations: tuple[Operation, ...]) -> bool:
    at = change.at.operation
    return any(o.identity == route.operation.identity for o in operations if (o.method, o.path) == (at.method, at.path))
