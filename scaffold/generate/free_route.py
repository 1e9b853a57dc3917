"""The text of a route that only the user's own method can answer: any forms in, any answers out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import shorten, wrap

from ..contract.message import Body, Media, Response, View
from ..contract.places import answer_place, body_place
from ..contract.reach import Direction
from ..contract.types import ListOf, Scalar
from ..convert.conversions import Each, Same
from .given import given
from .media import kind_of
from .messages_view import encodings, form_of, is_text, objects
from .python import text
from .readings import fields, reader, tree
from .replies import replies, shown_by
from .route import Route


def write(route: Route) -> tuple[str, tuple[str, ...]]:
    """The decorator and the constants of a free operation; its lines are in `route`."""
    o = route.operation
    bodies = _bodies(route, o.body) if o.body is not None and _in_forms(o.body) else None
    answers = replies(route) if route.plural else None
    decorator = route.decorator(bodies, answers)
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
    route.resolve_keys()
    stated = [*given(route, route.method.arguments), *_body(route, bodies)]
    call = f"await handler.{route.method.name}({', '.join(stated)})"
    if answers is not None:
        route.lines += [f"answered = {call}", f"return answer_reply(request, answered, {answers})"]
    elif o.responses:
        _one(route, call, o.responses[0])
    else:
        route.lines += [call, "return answer_empty(200)"]
    return decorator, tuple(route.constants)


# What the method is given.


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
        crossing = route.crossed(body_place(route.operation), body.type, Direction.REQUEST)
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
    made = route.cross.up(route.crossed(place, media.type, Direction.REQUEST), "payload", body.view)
    if made == "payload":
        return "None"
    called = re.fullmatch(r"([\w.]+)\(payload, now\)", made)
    return called[1] if called else f"lambda payload, now: {made}"


# What is answered.


def _one(route: Route, call: str, response: Response) -> None:
    """The only answer: JSON, or nothing, of one status."""
    if response.type is None:
        route.lines += [call, f"return answer_empty({response.status})"]
        return
    route.lines.append(f"record = {call}")
    place = answer_place(route.operation, response.status)
    crossing = route.crossed(place, response.type, Direction.RESPONSE)
    if response.page and isinstance(response.type, ListOf):
        item = crossing.inner if isinstance(crossing, Each) else Same()
        shape = route.shape(response.type.items, View.OUTPUT, "item")
        route.lines.append(f"return answer_page(request, {shape}, record, {shown_by(route, item) or 'as_is'})")
        return
    shape = route.wrapped(response.type, View.OUTPUT, str(response.status), response.wrap)
    shown = route.cross.down(crossing, "record")
    route.lines.append(f"return answer(request, {response.status}, {shape}, {shown})")
